//! The port for the waiting list.

use async_trait::async_trait;
use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;

use super::Stored;

/// A place on the list to add.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct NewWaiting {
    pub id: Uuid,
    pub clinic_id: String,
    pub service_id: String,
    pub reference: String,
    pub client_id: Uuid,
    pub intake_id: Uuid,
    pub needs: String,
    pub days: String,
    pub parts: String,
    pub modes: String,
    pub helps_until: Option<NaiveDate>,
    pub urgent: bool,
    pub source: &'static str,
    pub created_at: i64,
}

/// A place on the list with its clinic, service and client.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(
    missing_docs,
    reason = "the columns of the view, explained at their tables"
)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one person, as stored"
)]
pub struct WaitingRow {
    pub id: Uuid,
    pub clinic_id: String,
    pub service_id: String,
    pub reference: String,
    pub client_id: Uuid,
    pub intake_id: Uuid,
    pub needs: String,
    pub days: String,
    pub parts: String,
    pub modes: String,
    pub helps_until: Option<NaiveDate>,
    pub urgent: bool,
    pub state: String,
    pub link_version: i64,
    pub source: String,
    pub created_at: i64,
    pub clinic_name: String,
    pub service_name: String,
    pub neutral_label: String,
    pub minutes: i64,
    pub client_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub safe_to_email: bool,
    pub safe_to_call: bool,
    pub call_window: String,
    pub leave_message: bool,
}

/// A time that was offered.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct OfferRow {
    pub id: Uuid,
    pub waiting_id: Uuid,
    pub appointment_id: Uuid,
    pub number: i64,
    pub starts_at: i64,
    pub mode: String,
    pub kept_until: i64,
    pub state: String,
    pub staff_id: Option<Uuid>,
    pub reason: Option<String>,
    pub created_at: i64,
}

/// A time for which somebody was passed over.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, explained there")]
pub struct SkipRow {
    pub at: i64,
    pub starts_at: i64,
    pub mode: String,
    pub reason: String,
    pub staff_reason: Option<String>,
}

/// The waiting list.
#[async_trait]
pub trait WaitingRecords {
    /// Adds a place.
    async fn put_waiting(&mut self, place: &NewWaiting) -> Stored<()>;
    /// A place, whatever became of it.
    async fn waiting(&mut self, id: Uuid) -> Stored<Option<WaitingRow>>;
    /// The place of that reference.
    async fn waiting_by_reference(&mut self, reference: &str) -> Stored<Option<WaitingRow>>;
    /// Who waits, in one clinic or in all, since longest first.
    async fn waiting_list(&mut self, clinic: Option<&str>) -> Stored<Vec<WaitingRow>>;
    /// Ends a place: false if it has ended.
    async fn end_waiting(&mut self, id: Uuid, state: &str, now: i64) -> Stored<bool>;
    /// Ends the calls about a place that are open: what they were for is settled.
    async fn end_waiting_calls(&mut self, place: Uuid, now: i64) -> Stored<()>;
    /// Adds an offer. [`super::StoreError::Duplicate`] if one to the same person is open.
    async fn put_offer(&mut self, offer: &OfferRow) -> Stored<()>;
    /// The offers to one place, the first first.
    async fn offers_to(&mut self, place: Uuid) -> Stored<Vec<OfferRow>>;
    /// Every offer to those who still wait, in one clinic or in all.
    async fn offers(&mut self, clinic: Option<&str>) -> Stored<Vec<OfferRow>>;
    /// The offers that are open, whoever has them; those that end first come first.
    async fn open_offers(&mut self) -> Stored<Vec<OfferRow>>;
    /// Ends an offer: false if it has ended.
    /// Other places of the same service on the list by the same address or number, with the names on them.
    async fn others_waiting(&mut self, place: &WaitingRow) -> Stored<Vec<(Uuid, String)>>;
    /// Whether its client has heard of an offer: the mail was taken, or somebody has rung them since.
    async fn offer_was_told(&mut self, offer: &OfferRow) -> Stored<bool>;
    async fn end_offer(&mut self, id: Uuid, state: &str, now: i64) -> Stored<bool>;
    /// Says who was passed over for an offer, and why.
    async fn put_skip(&mut self, offer: Uuid, place: Uuid, reason: &str) -> Stored<()>;
    /// The offers for which a place was passed over, the newest first, so many at most.
    async fn skips(&mut self, place: Uuid, limit: i64) -> Stored<Vec<SkipRow>>;
}

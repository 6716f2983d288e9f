//! Who an account is in the calendar.

use async_trait::async_trait;
use uuid::Uuid;

use super::Stored;

/// Places of accounts in the calendar. One person of the calendar has one account at most.
#[async_trait]
pub trait PlaceRecords {
    /// Lets nobody else change the account before this transaction ends.
    async fn lock_staff(&mut self, staff: Uuid) -> Stored<()>;
    /// The people of the calendar that an account has: each with the account.
    async fn places(&mut self) -> Stored<Vec<(Uuid, Uuid)>>;
    /// Makes this account that person of the calendar, or nobody in it.
    async fn set_place(&mut self, staff: Uuid, resource: Option<Uuid>) -> Stored<()>;
}

//! Whose name stays hidden from this member of staff until a conflict check is cleared. Asks `domain::conflict`, row by row.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::booking::conflict;
use crate::domain::access::Standing;
use crate::domain::conflict::may_see_client;
use crate::domain::ids::ClinicId;
use crate::store::{AppointmentRow, Records, RequestRow, Stored};

/// What is not cleared, and who asks.
pub(super) struct Withheld<'a> {
    standing: &'a Standing,
    uncleared: BTreeSet<Uuid>,
}

impl<'a> Withheld<'a> {
    /// For appointments of which these are not cleared.
    pub(super) fn of(standing: &'a Standing, uncleared: BTreeSet<Uuid>) -> Self {
        Self {
            standing,
            uncleared,
        }
    }

    /// For appointments that start in `[from, until)` (seconds). One query.
    pub(super) async fn between(
        tx: &mut dyn Records,
        standing: &'a Standing,
        from: i64,
        until: i64,
    ) -> Stored<Self> {
        let uncleared = tx.uncleared_between(from, until).await?;
        Ok(Self {
            standing,
            uncleared: uncleared.into_iter().collect(),
        })
    }

    /// For one request, whatever became of it. Two queries.
    pub(super) async fn request(
        tx: &mut dyn Records,
        standing: &'a Standing,
        row: &RequestRow,
    ) -> Stored<Self> {
        let cleared = conflict::cleared(tx, &row.clinic_id, row.id, Some(row.intake_id)).await?;
        Ok(Self {
            standing,
            uncleared: (!cleared).then_some(row.id).into_iter().collect(),
        })
    }

    /// For the requests that stand. One query.
    pub(super) async fn requests(tx: &mut dyn Records, standing: &'a Standing) -> Stored<Self> {
        let uncleared = tx.uncleared_requests().await?;
        Ok(Self {
            standing,
            uncleared: uncleared.into_iter().collect(),
        })
    }

    /// Whether the check of this appointment is open.
    pub(super) fn uncleared(&self, id: Uuid) -> bool {
        self.uncleared.contains(&id)
    }

    /// Whether who the client is stays hidden.
    pub(super) fn hides(&self, row: &AppointmentRow) -> bool {
        self.hides_in(&row.clinic_id, row.id)
    }

    fn hides_in(&self, clinic: &str, id: Uuid) -> bool {
        let cleared = !self.uncleared(id);
        !may_see_client(self.standing, &ClinicId(clinic.to_owned()), cleared)
    }
}

//! What an adviser has of their own: the meetings they take part in, and the cases that they have, have prepared, or that
//! nobody has yet. Every list and page of appointments or cases asks here, row by row.
//!
//! A case that nobody has is open to every adviser of its clinic: somebody has to prepare it, and what they see of it
//! before the conflict check is `domain::sight`'s to say. Once it is given to somebody else it is closed to them.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::domain::access::{Action, Reach, Standing, reach};
use crate::domain::ids::ClinicId;
use crate::store::{AppointmentRow, Records, RequestRow, Stored};

/// The meetings of an adviser, and who asks.
pub(super) struct OwnMeetings<'a> {
    standing: &'a Standing,
    meetings: BTreeSet<Uuid>,
}

impl<'a> OwnMeetings<'a> {
    /// For meetings that start in `[from, until)` (seconds). One query.
    pub(super) async fn between(
        tx: &mut dyn Records,
        standing: &'a Standing,
        from: i64,
        until: i64,
    ) -> Stored<Self> {
        let meetings = tx.own_meetings(standing.staff.0, from, until).await?;
        Ok(Self {
            standing,
            meetings: meetings.into_iter().collect(),
        })
    }

    /// Whether this member of staff's `action` reaches the appointment.
    pub(super) fn reach(&self, action: Action, row: &AppointmentRow) -> bool {
        match reach(self.standing, action, &ClinicId(row.clinic_id.clone())) {
            Some(Reach::Whole) => true,
            Some(Reach::Own) => self.meetings.contains(&row.meeting_id),
            None => false,
        }
    }
}

/// The cases of an adviser, and who asks.
pub(super) struct OwnCases<'a> {
    standing: &'a Standing,
    prepared: BTreeSet<Uuid>,
}

impl<'a> OwnCases<'a> {
    /// One query.
    pub(super) async fn of(tx: &mut dyn Records, standing: &'a Standing) -> Stored<Self> {
        let prepared = tx.prepared_by(standing.staff.0).await?;
        Ok(Self {
            standing,
            prepared: prepared.into_iter().collect(),
        })
    }

    /// Whether this member of staff may see the case.
    pub(super) fn reach(&self, row: &RequestRow) -> bool {
        let clinic = ClinicId(row.clinic_id.clone());
        match reach(self.standing, Action::SeeRequests, &clinic) {
            Some(Reach::Whole) => true,
            Some(Reach::Own) => {
                row.assigned_to
                    .is_none_or(|staff| staff == self.standing.staff.0)
                    || self.prepared.contains(&row.id)
            }
            None => false,
        }
    }
}

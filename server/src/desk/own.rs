//! What an adviser has of their own: the meetings they take part in, and the cases that they have, have prepared, or that
//! nobody has yet. Every list and page of appointments or cases asks here, row by row.
//!
//! A case that nobody has is open to every adviser of its clinic: somebody has to prepare it, and what they see of it
//! before the conflict check is `domain::sight`'s to say. Once it is given to somebody else it is closed to them.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::domain::access::{Action, Reach, Standing, reach};
use crate::domain::decision::State;
use crate::domain::ids::ClinicId;
use crate::store::{AppointmentRow, FoundRequest, Records, RequestRow, Stored};

/// The meetings of an adviser, and who asks.
pub(super) struct OwnMeetings<'a> {
    standing: &'a Standing,
    resource: Option<Uuid>,
    meetings: BTreeSet<Uuid>,
}

impl<'a> OwnMeetings<'a> {
    /// For meetings that start in `[from, until)` (seconds). One query, and none for whoever advises nowhere.
    pub(super) async fn between(
        tx: &mut dyn Records,
        standing: &'a Standing,
        from: i64,
        until: i64,
    ) -> Stored<Self> {
        let (resource, meetings) = if standing.advises() {
            tx.own_meetings(standing.staff.0, from, until).await?
        } else {
            (None, Vec::new())
        };
        Ok(Self {
            standing,
            resource,
            meetings: meetings.into_iter().collect(),
        })
    }

    /// Whenever they are: for a search. One query, and none for whoever advises nowhere.
    pub(super) async fn ever(tx: &mut dyn Records, standing: &'a Standing) -> Stored<Self> {
        Self::between(tx, standing, i64::MIN, i64::MAX).await
    }

    /// Whether this member of staff's `action` reaches the appointment.
    pub(super) fn reach(&self, action: Action, row: &AppointmentRow) -> bool {
        self.reach_meeting(action, &row.clinic_id, row.meeting_id)
    }

    /// The same of a meeting in a clinic.
    pub(super) fn reach_meeting(&self, action: Action, clinic: &str, meeting: Uuid) -> bool {
        match reach(self.standing, action, &ClinicId(clinic.to_owned())) {
            Some(Reach::Whole) => true,
            Some(Reach::Own) => self.meetings.contains(&meeting),
            None => false,
        }
    }

    /// The person in the calendar whose time alone counts in this clinic for whoever reaches but their own there; nil
    /// for an adviser whose account is nobody in the calendar. `None` for everybody else.
    pub(super) fn only_time_of(&self, action: Action, clinic: &str) -> Option<Uuid> {
        let reach = reach(self.standing, action, &ClinicId(clinic.to_owned()));
        (reach == Some(Reach::Own)).then(|| self.resource.unwrap_or_default())
    }
}

/// The cases of an adviser, and who asks.
pub(super) struct OwnCases<'a> {
    standing: &'a Standing,
    prepared: BTreeSet<Uuid>,
}

impl<'a> OwnCases<'a> {
    /// One query, and none for whoever advises nowhere.
    pub(super) async fn of(tx: &mut dyn Records, standing: &'a Standing) -> Stored<Self> {
        let prepared = if standing.advises() {
            tx.prepared_by(standing.staff.0).await?
        } else {
            Vec::new()
        };
        Ok(Self {
            standing,
            prepared: prepared.into_iter().collect(),
        })
    }

    /// Whether this member of staff may see the case.
    pub(super) fn reach(&self, row: &RequestRow) -> bool {
        let open = is_open(&row.state);
        self.reach_case(&row.clinic_id, row.id, (row.assigned_to, open))
    }

    /// The same of a case that a search found.
    pub(super) fn reach_found(&self, row: &FoundRequest) -> bool {
        let open = is_open(&row.state);
        self.reach_case(&row.clinic_id, row.id, (row.assigned_to, open))
    }

    /// A case that nobody has is everybody's to prepare while it stands. Once it is over it is of those alone who had to
    /// do with it.
    fn reach_case(
        &self,
        clinic: &str,
        id: Uuid,
        (assigned_to, open): (Option<Uuid>, bool),
    ) -> bool {
        match reach(
            self.standing,
            Action::SeeRequests,
            &ClinicId(clinic.to_owned()),
        ) {
            Some(Reach::Whole) => true,
            Some(Reach::Own) => {
                assigned_to.map_or(open, |staff| staff == self.standing.staff.0)
                    || self.prepared.contains(&id)
            }
            None => false,
        }
    }
}

/// Whether something is still to be done about a case in this state.
fn is_open(state: &str) -> bool {
    State::from_name(state).is_some_and(State::is_open)
}

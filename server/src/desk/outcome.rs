//! What the page of an appointment says of its day: what can be ticked off, people and room by hand, and what came of it;
//! and the row for the pages below it (what came of it, the next meeting).

use std::collections::BTreeSet;

use app::text::t_with;
use app::view::{AppointmentPage, Choice, CrewForm, OutcomeWords, StaffAppointment};
use uuid::Uuid;

use super::appointment::{reaches, tidy};
use super::audit::note_read;
use super::day::{Known, day_row};
use super::rows::{Staffing, line};
use super::withheld::Withheld;
use crate::booking::{BookingError, Candidates, candidates};
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::schedule::Part;
use crate::store::{
    AppointmentRow, IssueRow, OutcomeRow, Records, ServiceRow, StaffingRow, StoreError, Stored,
    VisitRow,
};

/// What is read for the page of one appointment.
pub(super) struct OfDay {
    visit: Option<VisitRow>,
    outcome: Option<OutcomeRow>,
    issues: Vec<IssueRow>,
    advisers: i64,
    crew: Option<Candidates>,
}

/// Reads it. A fixed number of queries.
pub(super) async fn of_day(
    tx: &mut dyn Records,
    context: &Context,
    standing: &Standing,
    row: &AppointmentRow,
) -> Stored<OfDay> {
    let clinic = ClinicId(row.clinic_id.clone());
    let services = tx.services(Some(&row.clinic_id)).await?;
    let open = matches!(row.state.as_str(), "requested" | "confirmed" | "arrived");
    let crew = if open && may(standing, Action::Allocate, Some(&clinic)) {
        match candidates(tx, context, row).await {
            Ok(found) => Some(found),
            Err(BookingError::Store(error)) => return Err(error),
            // The service is switched off: nothing can be worked out, and nothing is offered.
            Err(_) => None,
        }
    } else {
        None
    };
    Ok(OfDay {
        visit: tx.visit(row.id).await?,
        outcome: tx.outcome(row.id).await?,
        issues: tx.issues(Some(&row.clinic_id)).await?,
        advisers: services
            .iter()
            .find(|one| one.id == row.service_id)
            .map_or(1, |one| one.advisers_needed),
        crew,
    })
}

impl OfDay {
    /// Puts it on the page.
    pub(super) fn fill(
        self,
        context: &Context,
        standing: &Standing,
        row: &AppointmentRow,
        page: &mut AppointmentPage,
    ) -> Stored<()> {
        let known = Known {
            visit: self.visit.as_ref(),
            has_outcome: self.outcome.is_some(),
            advisers: self.advisers,
        };
        let clinic = ClinicId(row.clinic_id.clone());
        page.day = day_row(context, standing, row, page.appointment.clone(), &known)?;
        let reads = may(standing, Action::RecordOutcome, Some(&clinic));
        page.outcome = self
            .outcome
            .filter(|_| reads)
            .map(|outcome| words(&outcome, &self.issues));
        if reads && page.outcome.is_some() {
            page.day.more.push("outcome".to_owned());
        }
        page.crew = self.crew.map(|crew| form(&crew));
        Ok(())
    }
}

fn form(crew: &Candidates) -> CrewForm {
    let list = |all: &[(Uuid, String)], chosen: Option<Uuid>| -> Vec<Choice> {
        all.iter()
            .map(|(id, name)| Choice {
                value: id.to_string(),
                label: name.clone(),
                chosen: chosen == Some(*id),
                ..Choice::default()
            })
            .collect()
    };
    // At a full hour nobody is free: whoever is in another meeting can be had for somebody of this one.
    let with_exchanges = |mut all: Vec<Choice>, part: Part| -> Vec<Choice> {
        let others = crew.exchanges.iter().filter(|one| one.part == part);
        all.extend(others.map(|one| Choice {
            value: format!("{}@{}", one.resource, one.meeting),
            label: t_with(
                "day-crew-exchange",
                &[
                    ("name", one.name.clone().into()),
                    ("reference", one.reference.clone().into()),
                ],
            ),
            ..Choice::default()
        }));
        all
    };
    CrewForm {
        advisers: (0..crew.needed)
            .map(|place| list(&crew.advisers, crew.now.advisers.get(place).copied()))
            .map(|all| with_exchanges(all, Part::Adviser))
            .collect(),
        supervisors: list(&crew.supervisors, crew.now.supervisor),
        rooms: with_exchanges(list(&crew.rooms, crew.now.room), Part::Room),
        seen: crew.seen.clone(),
    }
}

/// What was written down, in words.
fn words(outcome: &OutcomeRow, issues: &[IssueRow]) -> OutcomeWords {
    let issue = issues.iter().find(|one| Some(one.id) == outcome.issue_id);
    OutcomeWords {
        came: outcome.result.clone(),
        issue: issue.map(|one| one.name.clone()).unwrap_or_default(),
        student_minutes: outcome.student_minutes,
        supervisor_minutes: outcome.supervisor_minutes,
        confidence_before: outcome.confidence_before.unwrap_or(0),
        confidence_after: outcome.confidence_after.unwrap_or(0),
    }
}

/// An appointment for the pages below it.
pub struct AtDesk {
    /// The row.
    pub row: AppointmentRow,
    /// Its line, as this member of staff may see it.
    pub line: StaffAppointment,
    /// What came of it.
    pub outcome: Option<OutcomeRow>,
    /// The clinic's issues.
    pub issues: Vec<IssueRow>,
    /// The clinic's services that are switched on.
    pub services: Vec<ServiceRow>,
    /// Minutes of its students and of its supervisors, all together, as the calendar suggests: a supervisor who looks after
    /// several meetings at once shares the time between them.
    pub minutes: (i64, i64),
}

impl AtDesk {
    /// What was written down, in words.
    #[must_use]
    pub fn written(&self) -> Option<OutcomeWords> {
        self.outcome.as_ref().map(|one| words(one, &self.issues))
    }
}

/// The appointment of that reference; `None` if there is none or this member of staff may not see it: the two are not told
/// apart.
///
/// # Errors
/// Those of the store.
pub async fn at_desk(
    context: &Context,
    standing: &Standing,
    reference: &str,
) -> Result<Option<AtDesk>, StoreError> {
    let mut tx = context.store.read().await?;
    let Some(row) = tx.appointment_by_reference(&tidy(reference)).await? else {
        return Ok(None);
    };
    if !reaches(&mut *tx, standing, &row).await? {
        return Ok(None);
    }
    let seconds = row.ends_at - row.starts_at;
    // With the meetings that overlap with it, if they are as long.
    let staffing = tx
        .staffing_between(row.starts_at - seconds + 1, row.ends_at)
        .await?;
    let withheld = Withheld::between(&mut *tx, standing, row.starts_at, row.starts_at + 1).await?;
    if withheld.hides(&row) {
        return Ok(None);
    }
    let minutes = minutes(&staffing, row.meeting_id, seconds / 60);
    let mut services = tx.services(Some(&row.clinic_id)).await?;
    services.retain(|service| service.enabled);
    let found = AtDesk {
        line: line(&row, &Staffing::new(staffing), &withheld)?,
        outcome: tx.outcome(row.id).await?,
        issues: tx.issues(Some(&row.clinic_id)).await?,
        services,
        minutes,
        row,
    };
    drop(tx);
    let subject = ("appointment", found.row.id);
    note_read(context, standing, subject, &found.row.clinic_id).await?;
    Ok(Some(found))
}

/// Minutes of the students and of the supervisors of a meeting of `length` minutes. A share is rounded up to five.
fn minutes(staffing: &[StaffingRow], meeting: Uuid, length: i64) -> (i64, i64) {
    let of = |part: &'static str| {
        staffing
            .iter()
            .filter(move |one| one.part == part && one.meeting_id == meeting)
    };
    let students: i64 = of("adviser").map(|_| length).sum();
    let supervisors = of("supervisor").map(|own| {
        let covered: BTreeSet<Uuid> = staffing
            .iter()
            .filter(|one| one.part == "supervisor" && one.resource_id == own.resource_id)
            .map(|one| one.meeting_id)
            .collect();
        let covered = i64::try_from(covered.len()).unwrap_or(1).max(1);
        (length + 5 * covered - 1) / (5 * covered) * 5
    });
    (students, supervisors.sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_supervisor_of_several_meetings_shares_the_time_between_them() {
        let (own, other, third) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let (ada, bea, sue) = (Uuid::from_u128(4), Uuid::from_u128(5), Uuid::from_u128(6));
        let row = |meeting_id, resource_id, part: &str| StaffingRow {
            meeting_id,
            resource_id,
            part: part.to_owned(),
            name: String::new(),
            exception: String::new(),
        };
        let alone = [
            row(own, ada, "adviser"),
            row(own, bea, "adviser"),
            row(own, sue, "supervisor"),
        ];
        assert_eq!(minutes(&alone, own, 45), (90, 45));
        let mut three = alone.to_vec();
        three.extend([row(other, sue, "supervisor"), row(third, sue, "supervisor")]);
        assert_eq!(minutes(&three, own, 45), (90, 15));
        assert_eq!(
            minutes(&three, own, 50),
            (90 + 10, 20),
            "rounded up to five"
        );
        assert_eq!(minutes(&[], own, 45), (0, 0));
    }
}

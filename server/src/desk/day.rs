//! One appointment on its day: how it stands at the desk, its one likely action, and what else can be done. The state
//! machine is asked for every button, so that none is offered that would be refused.

use app::view::{DayRow, StaffAppointment};
use chrono::{DateTime, TimeDelta, Utc};

use super::rows::instant;
use crate::booking::{Again, could};
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::visit::{Lateness, Mark, lateness};
use crate::store::{AppointmentRow, Stored, VisitRow};

/// A call or a video begins with a button this long before its time, not earlier: nobody waits in a room for it.
const CALL_FROM: TimeDelta = TimeDelta::minutes(15);

/// What is known beside the row.
pub(super) struct Known<'a> {
    pub visit: Option<&'a VisitRow>,
    pub has_outcome: bool,
    /// How many advisers a meeting of the service has.
    pub advisers: i64,
}

/// The row of an appointment. `shown` is its line, as this member of staff may see it.
pub(super) fn day_row(
    context: &Context,
    standing: &Standing,
    row: &AppointmentRow,
    shown: StaffAppointment,
    known: &Known<'_>,
) -> Stored<DayRow> {
    let now = context.now();
    let (start, end) = (instant(row.starts_at)?, instant(row.ends_at)?);
    let visit = known.visit.cloned().unwrap_or_default();
    let late = visit.late_minutes.unwrap_or(0);
    let length = (row.ends_at - row.starts_at) / 60;
    let waits = row.state == "confirmed";
    let allowed = |action| may(standing, action, Some(&ClinicId(row.clinic_id.clone())));
    let (main, more) = if allowed(Action::WorkTheDay) {
        buttons(context, row, known, start, allowed(Action::RecordOutcome))?
    } else {
        (String::new(), Vec::new())
    };
    Ok(DayRow {
        late_minutes: late,
        late_typed: String::new(),
        left_minutes: match lateness(late, length) {
            Lateness::Shorten(minutes) if late > 0 => Some(minutes),
            _ => None,
        },
        overdue_minutes: if waits {
            (now - start).num_minutes().max(0)
        } else {
            0
        },
        begun: row.state == "arrived" && visit.started_at.is_some(),
        left_early: visit.left_early,
        walk_in: visit.walk_in,
        over: end <= now,
        main,
        more,
        lacks: lacks(&shown, known.advisers),
        appointment: shown,
    })
}

fn lacks(shown: &StaffAppointment, advisers: i64) -> Vec<String> {
    if !matches!(shown.state.as_str(), "requested" | "confirmed" | "arrived") {
        return Vec::new();
    }
    let has = i64::try_from(shown.advisers.len()).unwrap_or(0);
    let lacking = [
        ("adviser", has < advisers),
        ("supervisor", shown.supervisor.is_empty()),
        ("room", shown.mode == "in_person" && shown.room.is_empty()),
    ];
    lacking
        .into_iter()
        .filter(|(_, lacks)| *lacks)
        .map(|(what, _)| what.to_owned())
        .collect()
}

fn buttons(
    context: &Context,
    row: &AppointmentRow,
    known: &Known<'_>,
    start: DateTime<Utc>,
    records: bool,
) -> Stored<(String, Vec<String>)> {
    let now = context.now();
    let can = |mark: Mark| could(row, known.visit, mark, context);
    let begun = known.visit.is_some_and(|visit| visit.started_at.is_some());
    let main = match row.state.as_str() {
        "confirmed" if row.mode == "in_person" => Some(Mark::CheckIn),
        "confirmed" if now >= start - CALL_FROM => Some(Mark::Start),
        "arrived" if begun => Some(Mark::Finish),
        "arrived" => Some(Mark::Start),
        _ => None,
    }
    .filter(|mark| can(*mark));
    let word = match main {
        Some(mark) => mark.as_str(),
        None if row.state == "attended" && records && !known.has_outcome => "outcome",
        None => "",
    };
    let others = [
        Mark::Late(1),
        Mark::Missed,
        Mark::LeftEarly,
        Mark::NotHere,
        Mark::NotStarted,
        Mark::CameAfterAll,
    ];
    let mut more: Vec<String> = others
        .into_iter()
        .chain((!known.has_outcome).then_some(Mark::NotSeen))
        .filter(|mark| can(*mark) && main != Some(*mark))
        .map(|mark| mark.as_str().to_owned())
        .collect();
    if row.client_id.is_some() && Again::can_follow(row, now)? {
        more.push("again".to_owned());
    }
    Ok((word.to_owned(), more))
}

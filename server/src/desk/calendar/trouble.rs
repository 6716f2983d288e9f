//! What is wrong with an appointment that is still to come: nobody to supervise it, outside the hours after these were
//! changed, an adviser who is away or in no session then, somebody in two meetings at once. Pure. Says it in words; repairs
//! nothing.

use std::collections::BTreeMap;

use app::text::{t, t_with};
use chrono::NaiveDate;
use uuid::Uuid;

use super::plan::Plan;
use crate::desk::away::Away;
use crate::domain::trouble::Exception;
use crate::store::{AllocatedRow, AppointmentRow};

/// Everything that meetings take in the stretch that is shown, by meeting and by resource.
pub(super) struct Taken {
    by_meeting: BTreeMap<Uuid, Vec<AllocatedRow>>,
    by_resource: BTreeMap<Uuid, Vec<(Uuid, i64, i64)>>,
}

impl Taken {
    /// Of rows as they come; a hold that has run out at `now` takes nothing.
    pub(super) fn new(rows: Vec<AllocatedRow>, now: i64) -> Self {
        let mut by_meeting = BTreeMap::<Uuid, Vec<AllocatedRow>>::new();
        let mut by_resource = BTreeMap::<Uuid, Vec<_>>::new();
        for row in rows {
            if row.hold_until.is_some_and(|end| end <= now) {
                continue;
            }
            // A supervisor may be in several, as the clinic's ratio says.
            if row.part != "supervisor" {
                by_resource.entry(row.resource_id).or_default().push((
                    row.meeting_id,
                    row.busy_from,
                    row.busy_until,
                ));
            }
            by_meeting.entry(row.meeting_id).or_default().push(row);
        }
        Self {
            by_meeting,
            by_resource,
        }
    }

    /// Who and what one meeting takes.
    pub(super) fn of(&self, meeting: Uuid) -> &[AllocatedRow] {
        self.by_meeting.get(&meeting).map_or(&[], Vec::as_slice)
    }

    /// Every row.
    pub(super) fn all(&self) -> impl Iterator<Item = &AllocatedRow> {
        self.by_meeting.values().flatten()
    }

    fn twice(&self, row: &AllocatedRow) -> bool {
        let own = self.by_resource.get(&row.resource_id).into_iter().flatten();
        row.part != "supervisor"
            && own.into_iter().any(|(meeting, from, until)| {
                *meeting != row.meeting_id && *from < row.busy_until && row.busy_from < *until
            })
    }
}

/// When an appointment is, in the terms of the plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub(super) date: NaiveDate,
    /// Minutes after local midnight.
    pub(super) from: i64,
    pub(super) until: i64,
}

/// What is wrong, the gravest first; empty if nothing is, or if it no longer matters.
pub(super) fn trouble(
    row: &AppointmentRow,
    at: At,
    plan: &Plan,
    taken: &Taken,
    away: &Away,
    now: i64,
) -> String {
    let matters = matches!(row.state.as_str(), "requested" | "confirmed" | "arrived");
    if !matters || row.ends_at <= now {
        return String::new();
    }
    let all = taken.of(row.meeting_id);
    let has = |part: &str| all.iter().any(|one| one.part == part);
    let missing = [("supervisor", "no-supervisor"), ("adviser", "no-adviser")];
    if let Some((_, key)) = missing.into_iter().find(|(part, _)| !has(part)) {
        return t(&format!("calendar-trouble-{key}"));
    }
    let named = |key: &str, name: &str| {
        t_with(
            &format!("calendar-trouble-{key}"),
            &[("name", name.to_owned().into())],
        )
    };
    if let Some(one) = all.iter().find(|one| taken.twice(one)) {
        return named("twice", &one.name);
    }
    if let Some(one) = all.iter().find(|one| !one.active) {
        return named("gone", &one.name);
    }
    // A supervisor who put it there knew that.
    let exception = all
        .iter()
        .map(|one| Exception::from_word(&one.exception))
        .max()
        .unwrap_or_default();
    if exception < Exception::Closed && !plan.closed(&row.clinic_id, at.date).is_empty() {
        return t("calendar-trouble-closed");
    }
    if away.blocked(&row.clinic_id, row.starts_at, row.ends_at) {
        return t("calendar-trouble-blocked");
    }
    let sessions: Vec<_> = plan
        .planned(&row.clinic_id, at.date)
        .into_iter()
        .filter(|hours| {
            hours
                .span
                .is_some_and(|(from, until)| from <= at.from && at.until <= until)
        })
        .collect();
    if exception < Exception::Hours && sessions.is_empty() {
        return t("calendar-trouble-hours");
    }
    if let Some(one) = all
        .iter()
        .find(|one| away.has(one.resource_id, one.busy_from, one.busy_until))
    {
        return named("away", &one.name);
    }
    let absent = |one: &&AllocatedRow| {
        let mut open = sessions.iter();
        !sessions.is_empty() && !open.any(|hours| hours.plays(one.resource_id, &one.part))
    };
    if let Some(one) = all.iter().find(absent) {
        return named("absent", &one.name);
    }
    if row.mode == "in_person" && !has("room") {
        return t("calendar-trouble-no-room");
    }
    String::new()
}

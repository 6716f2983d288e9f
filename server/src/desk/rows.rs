//! What several pages of the desk make of stored rows.

use std::collections::{BTreeMap, BTreeSet};

use app::text::{t, t_with};
use app::view::{ClinicRef, StaffAppointment};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::withheld::Withheld;
use crate::domain::access::{Action, Standing};
use crate::domain::client::{Access, AccessNeed, Phone};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::store::{AppointmentRow, Records, StaffingRow, StoreError, Stored};

/// The clinics in which somebody may do something.
pub(super) struct Seen<'a>(Vec<&'a ClinicId>);

impl<'a> Seen<'a> {
    pub(super) fn by(standing: &'a Standing, action: Action) -> Self {
        Self(standing.clinics_for(action))
    }

    /// Whether a row of this clinic may be shown.
    pub(super) fn has(&self, clinic: &str) -> bool {
        self.0.iter().any(|seen| seen.as_str() == clinic)
    }

    /// The one clinic to ask the store for, so that rows of others are not even read. Rows of several
    /// clinics come in one query and are filtered by [`Self::has`].
    pub(super) fn only(&self) -> Option<&str> {
        match self.0.as_slice() {
            [one] => Some(one.as_str()),
            _ => None,
        }
    }

    /// The clinics, one by one.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|clinic| clinic.as_str())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Who and what each meeting has.
pub(super) struct Staffing(BTreeMap<Uuid, Vec<StaffingRow>>);

impl Staffing {
    pub(super) fn new(rows: Vec<StaffingRow>) -> Self {
        let mut meetings = BTreeMap::<Uuid, Vec<StaffingRow>>::new();
        for row in rows {
            meetings.entry(row.meeting_id).or_default().push(row);
        }
        Self(meetings)
    }

    fn names(&self, meeting: Uuid, part: &str) -> Vec<String> {
        let rows = self.0.get(&meeting).into_iter().flatten();
        rows.filter(|row| row.part == part)
            .map(|row| row.name.clone())
            .collect()
    }
}

/// The instant that a stored number of seconds means.
pub(super) fn instant(seconds: i64) -> Stored<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
        .ok_or_else(|| StoreError::Corrupt(format!("instant {seconds}")))
}

/// Whether the row still stands for something at `now`: a hold whose time is over does not, even
/// before anybody has ended it.
pub(super) fn stands(row: &AppointmentRow, now: DateTime<Utc>) -> bool {
    row.state != "held" || row.hold_expires_at.is_some_and(|end| end > now.timestamp())
}

/// One line of a list, or one block of a calendar.
pub(super) fn line(
    row: &AppointmentRow,
    staffing: &Staffing,
    withheld: &Withheld<'_>,
) -> Stored<StaffAppointment> {
    let hidden = row.state != "held" && withheld.hides(row);
    let (start, end) = (instant(row.starts_at)?, instant(row.ends_at)?);
    let date = time::local_date(start);
    let from = time::minute_of_day(start);
    Ok(StaffAppointment {
        reference: row.reference.clone(),
        clinic: clinic(&row.clinic_id, &row.clinic_name),
        service: row.service_name.clone(),
        date: time::iso_date(date),
        day: time::short_day(date),
        start: time::clock(start),
        end: time::clock(end),
        start_minute: from,
        end_minute: last_minute(date, from, end),
        mode: row.mode.clone(),
        state: row.state.clone(),
        client: if hidden {
            withheld_name(&row.reference)
        } else {
            row.client_name.clone().unwrap_or_default()
        },
        advisers: staffing.names(row.meeting_id, "adviser"),
        supervisor: staffing.names(row.meeting_id, "supervisor").join(", "),
        room: staffing.names(row.meeting_id, "room").join(", "),
        stop_shown: row.stop_shown == Some(true),
        interpreter: row.interpreter == Some(true),
        access: row
            .access
            .as_deref()
            .map(|stored| needs(stored, !hidden))
            .unwrap_or_default(),
        trouble: String::new(),
        movable: false,
        offer: None,
    })
}

/// What stands in the place of a name, told apart by the reference.
pub(super) fn withheld_name(reference: &str) -> String {
    t_with(
        "staff-name-withheld",
        &[("reference", reference.to_owned().into())],
    )
}

/// Where a block ends in a drawing of its first day: midnight at the latest, and after its start even
/// in the hour that happens twice.
fn last_minute(date: NaiveDate, from: i64, end: DateTime<Utc>) -> i64 {
    let until = if time::local_date(end) > date {
        24 * 60
    } else {
        time::minute_of_day(end)
    };
    until.max(from + 5)
}

pub(super) fn clinic(id: &str, name: &str) -> ClinicRef {
    ClinicRef {
        id: id.to_owned(),
        name: name.to_owned(),
    }
}

/// What somebody needs, in words. What cannot be read is left out: the list must still open.
/// What they wrote about it themselves only with `note`.
pub(super) fn needs(stored: &str, note: bool) -> Vec<String> {
    let access: Access = serde_json::from_str(stored).unwrap_or_default();
    let known = access.needs.into_iter().map(|need| match need {
        AccessNeed::StepFree => t("staff-access-step-free"),
        AccessNeed::Hearing => t("staff-access-hearing"),
        AccessNeed::Sight => t("staff-access-sight"),
        AccessNeed::Quiet => t("staff-access-quiet"),
        AccessNeed::BringSomeone => t("staff-access-bring-someone"),
        AccessNeed::Video => t("staff-access-video"),
        AccessNeed::AdviserMan => t("staff-access-adviser-man"),
        AccessNeed::AdviserWoman => t("staff-access-adviser-woman"),
        AccessNeed::Chaperone => t("staff-access-chaperone"),
    });
    let note = (note && !access.note.is_empty()).then_some(access.note);
    known.chain(note).collect()
}

/// A number as people read it; one that cannot be read any more is shown as it is stored.
pub fn telephone(stored: &str) -> String {
    Phone::parse(stored).map_or_else(|_| stored.to_owned(), |phone| phone.display().to_owned())
}

/// How long ago: "asked 40 minutes ago".
pub(super) fn age(asked: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = (now - asked).num_minutes().max(0);
    let (key, count) = match minutes {
        0..60 => ("staff-age-minutes", minutes),
        60..2880 => ("staff-age-hours", minutes / 60),
        _ => ("staff-age-days", minutes / 1440),
    };
    t_with(key, &[("count", count.into())])
}

/// The appointments of these meetings of one clinic, by start, each with its meeting; those that are over or cancelled
/// are left out. The caller has found that they may be seen.
pub(crate) async fn of_meetings(
    tx: &mut dyn Records,
    standing: &Standing,
    clinic: &str,
    meetings: &BTreeSet<Uuid>,
    now: DateTime<Utc>,
) -> Stored<Vec<(Uuid, StaffAppointment)>> {
    let (from, until) = (now.timestamp(), now.timestamp() + FARTHEST);
    let mut rows = tx.appointments_between(Some(clinic), from, until).await?;
    rows.retain(|row| meetings.contains(&row.meeting_id) && stands(row, now));
    let staffing = Staffing::new(tx.staffing_between(from, until).await?);
    let withheld = Withheld::between(tx, standing, from, until).await?;
    rows.iter()
        .map(|row| Ok((row.meeting_id, line(row, &staffing, &withheld)?)))
        .collect()
}

/// No appointment is made farther ahead, in seconds.
const FARTHEST: i64 = 401 * 86_400;

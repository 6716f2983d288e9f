//! `/staff/calendar/day-list`: one day on paper, for the front desk and for an outage.

use app::view::{DayList, DayListRow, Span, Spot};

use super::{Look, Scope, Sheet, note_look};
use crate::context::Context;
use crate::desk::rows::telephone;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::store::{ClinicRow, Stored};

/// The list of a day; `None` if this member of staff may not see it. Numbers are for those who may see the appointment,
/// and only where ringing is safe.
pub async fn day_list(
    context: &Context,
    standing: &Standing,
    clinics: &[ClinicRow],
    asked: Spot,
) -> Stored<Option<DayList>> {
    let now = context.now();
    let day = time::parse_date(&asked.day).unwrap_or_else(|_| time::local_date(now));
    let Some(sheet) = Sheet::read(context, standing, clinics, &asked.of, (day, day)).await? else {
        return Ok(None);
    };
    note_look(context, standing, Look::Paper, &sheet.read_of(), (day, day)).await?;
    let plain = sheet.day(day)?;
    let lines = sheet.lines()?;
    let rows = sheet
        .rows
        .iter()
        .zip(lines)
        .filter_map(|(stored, (_, one))| {
            // A time that is kept for an hour or a day belongs on the paper, one that is kept for minutes does not.
            if one.state == "held" && one.offer.is_none() {
                return None;
            }
            let clinic = ClinicId(stored.row.clinic_id.clone());
            let hidden = stored.uncleared
                && !crate::domain::conflict::may_see_client(standing, &clinic, false);
            let may_ring = may(standing, Action::SeeAppointment, Some(&clinic)) && !hidden;
            let number = stored.row.phone.as_deref().filter(|_| may_ring);
            let safe = stored.row.safe_to_call == Some(true);
            Some(DayListRow {
                appointment: one,
                phone: number.filter(|_| safe).map(telephone).unwrap_or_default(),
                do_not_ring: number.is_some() && !safe,
                call_window: stored
                    .row
                    .call_window
                    .clone()
                    .filter(|_| may_ring && safe)
                    .unwrap_or_default(),
                leave_message: stored.row.leave_message == Some(true),
            })
        });
    let busy = plain.busy.into_iter().map(|one| one.text);
    Ok(Some(DayList {
        rows: rows.collect(),
        several: !matches!(sheet.scope, Scope::Clinic(_)),
        own: standing.only_advises(),
        name: sheet.name(),
        date: time::long_date(day),
        printed: time::moment(now),
        closed: plain.closed,
        cover: plain.cover.into_iter().chain(busy).collect(),
        at: Spot {
            span: Span::Day,
            day: time::iso_date(day),
            of: sheet.scope.address(),
            ..asked
        },
    }))
}

//! Moving an appointment from the desk: the free times to choose from, in the calendar and on a page of their own.

use app::view::{Calendar, FreeStart, MoveDay, MovePage, Moving, Span};
use chrono::{DateTime, NaiveDate, Utc};

use super::appointment::{change_target, line_of};
use super::audit::note_read;
use crate::booking::{BookingError, free_starts};
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::store::AppointmentRow;

/// Days with something free on one page.
const DAYS_ON_A_PAGE: usize = 7;

/// Whether the state and the start let it be moved.
fn can_move(context: &Context, row: &AppointmentRow) -> bool {
    matches!(row.state.as_str(), "requested" | "confirmed")
        && row.starts_at > context.now().timestamp()
}

fn start_of(row: &AppointmentRow) -> DateTime<Utc> {
    DateTime::from_timestamp(row.starts_at, 0).unwrap_or_default()
}

fn free(start: DateTime<Utc>) -> FreeStart {
    let minute = time::minute_of_day(start);
    FreeStart {
        start: time::rfc3339(start),
        minute,
        label: time::clock(start),
        short: format!("{}:{:02}", (minute / 60 + 11) % 12 + 1, minute % 60),
    }
}

/// Puts the free starts of the appointment that is being moved into the calendar. One that cannot be moved, or is none
/// of theirs, ends the move without a word: the calendar is what was asked for.
pub(super) async fn offer(
    context: &Context,
    standing: &Standing,
    model: &mut Calendar,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<(), BookingError> {
    let target = change_target(context, standing, &model.at.moving).await?;
    let allowed = |row: &AppointmentRow| {
        let clinic = ClinicId(row.clinic_id.clone());
        may(standing, Action::MoveAppointment, Some(&clinic)) && can_move(context, row)
    };
    let Some(row) = target.filter(allowed) else {
        model.at.moving = String::new();
        return Ok(());
    };
    let horizon = time::add_days(time::local_date(context.now()), 400).max(until);
    let starts = free_starts(context, &row, (from, horizon)).await?;
    let shown: Vec<DateTime<Utc>> = starts
        .iter()
        .copied()
        .filter(|start| time::local_date(*start) <= until)
        .collect();
    for day in &mut model.days {
        let own = shown
            .iter()
            .filter(|start| time::iso_date(time::local_date(**start)) == day.date);
        day.free = own.map(|start| free(*start)).collect();
    }
    if model.at.span == Span::Week {
        for (column, day) in model.columns.iter_mut().zip(&model.days) {
            column.free.clone_from(&day.free);
        }
    } else if let Some(day) = model.days.first().filter(|day| !day.free.is_empty()) {
        // Whoever is free is found when it is placed: one column of times for all.
        let column = app::view::Column {
            label: app::text::t("calendar-free-times"),
            free: day.free.clone(),
            windows: model
                .columns
                .iter()
                .flat_map(|own| own.windows.clone())
                .take(1)
                .collect(),
            ..app::view::Column::default()
        };
        model.columns.insert(0, column);
    }
    let later = starts.first().filter(|_| shown.is_empty());
    model.at.moving.clone_from(&row.reference);
    model.moving = Some(Moving {
        now: time::moment(start_of(&row)),
        was: time::rfc3339(start_of(&row)),
        service: row.service_name.clone(),
        free: !shown.is_empty(),
        first_free: later
            .map(|start| time::iso_date(time::local_date(*start)))
            .unwrap_or_default(),
        reference: row.reference,
    });
    Ok(())
}

/// The page of a move with the days from `from` on; `None` if it cannot be moved by them any more. The caller adds what
/// was typed.
pub async fn move_page(
    context: &Context,
    standing: &Standing,
    row: &AppointmentRow,
    from: Option<NaiveDate>,
) -> Result<Option<MovePage>, BookingError> {
    if !can_move(context, row) {
        return Ok(None);
    }
    note_read(context, standing, ("appointment", row.id), &row.clinic_id).await?;
    let clinic = ClinicId(row.clinic_id.clone());
    let today = time::local_date(context.now());
    let from = from.unwrap_or(today).max(today);
    let until = time::add_days(from.max(today), 400);
    let starts = free_starts(context, row, (from, until)).await?;
    let mut days: Vec<MoveDay> = Vec::new();
    let mut more_from = String::new();
    let mut last = None;
    for start in starts {
        let date = time::local_date(start);
        if last != Some(date) {
            if days.len() == DAYS_ON_A_PAGE {
                more_from = time::iso_date(date);
                break;
            }
            last = Some(date);
            days.push(MoveDay {
                label: time::long_date(date),
                free: Vec::new(),
            });
        }
        if let Some(day) = days.last_mut() {
            day.free.push(free(start));
        }
    }
    let start = start_of(row);
    Ok(Some(MovePage {
        appointment: line_of(context, standing, row).await?,
        date: time::long_date(time::local_date(start)),
        was: time::rfc3339(start),
        days,
        more_from,
        may_overrule: may(standing, Action::OverrideRule, Some(&clinic)),
        ..MovePage::default()
    }))
}

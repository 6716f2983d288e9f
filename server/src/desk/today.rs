//! `/staff`: the appointments of today with who is here and who is late, who supervises, the calls to make, and how many
//! cases wait.

use std::collections::{BTreeMap, BTreeSet};

use app::view::{ClinicRef, DayBoard, DayRow, Today};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::audit::{Look, note_list, note_look};
use super::away::Away;
use super::cover::cover;
use super::day::{Known, day_row};
use super::own::OwnMeetings;
use super::rows::{Seen, Staffing, clinic, line, stands};
use super::withheld::Withheld;
use super::{calls, requests, runs};
use crate::context::Context;
use crate::domain::access::{Action, Standing};
use crate::domain::time;
use crate::packs::Packs;
use crate::store::{AppointmentRow, Records, Stored, VisitRow};

/// Today in the clinics of this member of staff. Holds are left out: nobody comes for them yet. A fixed number of queries.
pub async fn today(context: &Context, packs: &Packs, standing: &Standing) -> Stored<Today> {
    let now = context.now();
    let date = time::local_date(now);
    let mut tx = context.store.read().await?;
    let (board, clinics) = board(&mut *tx, context, standing, date).await?;
    let model = Today {
        date: time::long_date(date),
        now: time::clock_here(now),
        board,
        calls: calls::open(&mut *tx, standing, packs, now).await?,
        requests: requests::waiting(&mut *tx, standing).await?.len(),
        without: runs::without(standing),
        checks: runs::checks(&mut *tx, standing, now).await?,
        runs: runs::runs(&mut *tx, standing, now).await?,
        walk_in_full: None,
    };
    drop(tx);
    let clinics = clinics.iter().map(String::as_str).collect();
    note_look(context, standing, Look::Screen, &clinics, (date, date)).await?;
    let listed = model
        .calls
        .iter()
        .map(|one| (one.clinic.id.clone(), one.reference.clone()));
    note_list(context, standing, "calls", listed).await?;
    Ok(model)
}

/// The board, and the clinics that somebody's appointment on it is of.
async fn board(
    tx: &mut dyn Records,
    context: &Context,
    standing: &Standing,
    date: NaiveDate,
) -> Stored<(DayBoard, BTreeSet<String>)> {
    let now = context.now();
    let from = time::start_of_day(date).timestamp();
    let until = time::end_of_day(date).timestamp();
    let seen = Seen::by(standing, Action::SeeToday);
    let all = tx.appointments_between(seen.only(), from, until).await?;
    let staffing = tx.staffing_between(from, until).await?;
    let visits: BTreeMap<Uuid, VisitRow> = tx
        .visits_between(from, until)
        .await?
        .into_iter()
        .map(|visit| (visit.appointment_id, visit))
        .collect();
    let outcomes: BTreeSet<Uuid> = tx
        .with_outcome_between(from, until)
        .await?
        .into_iter()
        .collect();
    let advisers: BTreeMap<String, i64> = tx
        .services(None)
        .await?
        .into_iter()
        .map(|service| (service.id, service.advisers_needed))
        .collect();
    let duty = tx.duty(date).await?;
    let away = Away::new(tx.away_between(from, until).await?);
    let clinics = tx.clinics().await?;
    let withheld = Withheld::between(tx, standing, from, until).await?;
    let own = OwnMeetings::between(tx, standing, from, until).await?;
    let shown: Vec<&AppointmentRow> = all
        .iter()
        .filter(|row| own.reach(Action::SeeToday, row) && row.state != "held" && stands(row, now))
        .collect();
    let clinics_of_rows = shown.iter().map(|row| row.clinic_id.clone()).collect();
    let duty = duty.into_iter().filter(|row| seen.has(&row.clinic_id));
    let cover = cover((date, now), duty.collect(), &away, &shown, &staffing)?;
    let staffing = Staffing::new(staffing);
    let rows = shown
        .iter()
        .map(|row| {
            let known = Known {
                visit: visits.get(&row.id),
                has_outcome: outcomes.contains(&row.id),
                advisers: advisers.get(&row.service_id).copied().unwrap_or(1),
            };
            let line = line(row, &staffing, &withheld)?;
            day_row(context, standing, row, line, &known)
        })
        .collect::<Stored<Vec<_>>>()?;
    let taking = Seen::by(standing, Action::PhoneBooking);
    let walk_in: Vec<ClinicRef> = clinics
        .iter()
        .filter(|row| row.enabled && taking.has(&row.id))
        .map(|row| clinic(&row.id, &row.name))
        .collect();
    let board = DayBoard {
        cover,
        walk_in,
        ..summed(rows, &shown, now)
    };
    Ok((board, clinics_of_rows))
}

fn summed(rows: Vec<DayRow>, stored: &[&AppointmentRow], now: DateTime<Utc>) -> DayBoard {
    let second = now.timestamp();
    let waits = |row: &&AppointmentRow| row.state == "confirmed";
    let next = stored
        .iter()
        .zip(&rows)
        .find(|(row, _)| waits(row) && row.starts_at > second)
        .map(|(_, shown)| {
            let one = &shown.appointment;
            format!("{}, {}", one.start, one.client)
        });
    DayBoard {
        now_before: stored.iter().filter(|row| row.starts_at <= second).count(),
        here: stored.iter().filter(|row| row.state == "arrived").count(),
        late: rows.iter().filter(|row| is_late(row)).count(),
        to_come: stored
            .iter()
            .filter(|row| waits(row) && row.starts_at > second)
            .count(),
        next: next.unwrap_or_default(),
        rows,
        ..DayBoard::default()
    }
}

/// Not here although it has begun, or the client has said that they will be late.
fn is_late(row: &DayRow) -> bool {
    row.appointment.state == "confirmed" && (row.overdue_minutes > 0 || row.late_minutes > 0)
}

//! Who waits for a time: in the staff's queue, and one place with what was offered, who came first and why.
//!
//! Promises: where a clinic checks names before anybody hears a story, the list names nobody. The order is that in which
//! people are asked (`domain::waiting`).

use std::collections::BTreeMap;

use app::view::{Choice, OfferLine, SkipLine, WaitingLine, WaitingPage};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::appointment::told as told_row;
use super::rows::{Seen, age, clinic, instant, telephone};
use super::waiting_words::{live, offer_in_words, start_in_words, times_in_words};
use crate::booking::{conflict, mode_word, waiting as list};
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::domain::waiting::in_order;
use crate::store::{OfferRow, Records, Stored, WaitingRow};

/// So many days before the last one on which a time helps, staff are shown that it is getting late.
const NEARLY_OVER: TimeDelta = TimeDelta::days(7);
/// Times for which somebody was passed over, on the page.
const MOST_SKIPS: i64 = 20;
/// Free times to choose from, out of turn.
const MOST_FREE: usize = 60;

/// Those who wait in the clinics of this member of staff, in the order in which they are asked. A fixed number of queries
/// for each clinic that is shown.
pub(super) async fn lines_of(
    tx: &mut dyn Records,
    context: &Context,
    standing: &Standing,
    only: &str,
) -> Stored<Vec<WaitingLine>> {
    let seen = Seen::by(standing, Action::SeeWaiting);
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = tx.waiting_list(seen.only()).await?;
    rows.retain(|row| seen.has(&row.clinic_id) && (only.is_empty() || row.clinic_id == only));
    let offers = offers_by_place(tx.offers(seen.only()).await?);
    let mut sealed: BTreeMap<String, bool> = BTreeMap::new();
    for row in &rows {
        if !sealed.contains_key(&row.clinic_id) {
            let checks = conflict::checks(tx, &row.clinic_id).await?;
            sealed.insert(row.clinic_id.clone(), checks);
        }
    }
    let order = order(&rows, &offers)?;
    let mut by_id: BTreeMap<Uuid, WaitingRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    let mut found = Vec::new();
    for id in order {
        let Some(row) = by_id.remove(&id) else {
            continue;
        };
        let own = offers.get(&id).map(Vec::as_slice).unwrap_or_default();
        let names = sealed.get(&row.clinic_id) == Some(&false);
        found.push(line(&row, own, names, context.now())?);
    }
    Ok(found)
}

fn offers_by_place(all: Vec<OfferRow>) -> BTreeMap<Uuid, Vec<OfferRow>> {
    let mut by_place: BTreeMap<Uuid, Vec<OfferRow>> = BTreeMap::new();
    for one in all {
        by_place.entry(one.waiting_id).or_default().push(one);
    }
    by_place
}

/// The ids in the order in which people are asked.
fn order(rows: &[WaitingRow], offers: &BTreeMap<Uuid, Vec<OfferRow>>) -> Stored<Vec<Uuid>> {
    let mut waiting = Vec::new();
    for row in rows {
        let own = offers.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        waiting.push(list::place(row, own, true)?);
    }
    in_order(&mut waiting);
    Ok(waiting.into_iter().map(|one| one.id).collect())
}

fn line(
    row: &WaitingRow,
    offers: &[OfferRow],
    names: bool,
    now: DateTime<Utc>,
) -> Stored<WaitingLine> {
    let today = time::local_date(now);
    let times = list::times_of(row)?;
    Ok(WaitingLine {
        reference: row.reference.clone(),
        clinic: clinic(&row.clinic_id, &row.clinic_name),
        client: if names {
            row.client_name.clone()
        } else {
            String::new()
        },
        service: row.service_name.clone(),
        urgent: row.urgent,
        helps_until: row.helps_until.map(time::long_date).unwrap_or_default(),
        nearly_over: row
            .helps_until
            .is_some_and(|last| last - NEARLY_OVER <= today),
        age: age(instant(row.created_at)?, now),
        times: times_in_words(&times),
        offer: live(offers, now).map(offer_in_words).transpose()?,
    })
}

/// The place of this reference, if this member of staff may see it. The caller asks whether they may change it.
///
/// # Errors
/// The database cannot be read.
pub async fn waiting_target(
    context: &Context,
    standing: &Standing,
    reference: &str,
) -> Stored<Option<WaitingRow>> {
    let mut tx = context.store.read().await?;
    let row = tx
        .waiting_by_reference(&reference.trim().to_uppercase())
        .await?;
    Ok(row.filter(|row| {
        may(
            standing,
            Action::SeeWaiting,
            Some(&ClinicId(row.clinic_id.clone())),
        )
    }))
}

/// One place with its offers, what went to others, its history, and what this member of staff may do about it.
///
/// # Errors
/// The database cannot be read.
pub async fn waiting(
    context: &Context,
    standing: &Standing,
    row: &WaitingRow,
) -> Stored<WaitingPage> {
    let now = context.now();
    let of = ClinicId(row.clinic_id.clone());
    let mut tx = context.store.read().await?;
    let names = !conflict::checks(&mut *tx, &row.clinic_id).await?;
    let offers = tx.offers_to(row.id).await?;
    let skips = tx.skips(row.id, MOST_SKIPS).await?;
    let mut rivals = tx.waiting_list(Some(&row.clinic_id)).await?;
    rivals.retain(|other| other.service_id == row.service_id);
    let all = offers_by_place(tx.offers(Some(&row.clinic_id)).await?);
    let order = order(&rivals, &all)?;
    let history = tx.history(row.id).await?;
    drop(tx);
    let waits = row.state == "waiting";
    let may_offer = waits && may(standing, Action::OfferWaiting, Some(&of));
    let open = live(&offers, now).is_some();
    // A calendar that cannot be read offers nothing, and keeps nobody from the rest of the page.
    let free = if may_offer && !open {
        list::free_for(context, row).await.unwrap_or_default()
    } else {
        Vec::new()
    };
    let free = free.iter().flat_map(|slot| {
        slot.modes.iter().map(|mode| {
            let word = mode_word(*mode);
            Choice {
                value: format!("{} {word}", time::rfc3339(slot.start)),
                label: format!(
                    "{}, {}",
                    start_in_words(slot.start),
                    app::pages::words::mode(word)
                ),
                ..Choice::default()
            }
        })
    });
    let told = |text: &str| {
        if names {
            text.to_owned()
        } else {
            String::new()
        }
    };
    Ok(WaitingPage {
        state: row.state.clone(),
        phone: if names {
            row.phone.as_deref().map(telephone).unwrap_or_default()
        } else {
            String::new()
        },
        safe_to_call: row.safe_to_call,
        call_window: told(&row.call_window),
        leave_message: row.leave_message,
        email: told(row.email.as_deref().unwrap_or_default()),
        safe_to_email: row.safe_to_email,
        turn: order
            .iter()
            .position(|id| *id == row.id)
            .map_or(0, |at| at + 1),
        offers: offers
            .iter()
            .rev()
            .map(|one| {
                Ok(OfferLine {
                    when: start_in_words(instant(one.starts_at)?),
                    mode: one.mode.clone(),
                    state: one.state.clone(),
                    reason: one.reason.clone().unwrap_or_default(),
                })
            })
            .collect::<Stored<_>>()?,
        skips: skips
            .into_iter()
            .map(|skip| {
                Ok(SkipLine {
                    when: start_in_words(instant(skip.starts_at)?),
                    reason: skip.reason,
                    words: skip.staff_reason.unwrap_or_default(),
                })
            })
            .collect::<Stored<_>>()?,
        history: history.into_iter().map(told_row).collect::<Stored<_>>()?,
        free: free.take(MOST_FREE).collect(),
        may_offer,
        untold: !(row.phone.is_some() && row.safe_to_call
            || row.email.is_some() && row.safe_to_email),
        may_answer: waits,
        line: line(row, &offers, names, now)?,
        ..WaitingPage::default()
    })
}

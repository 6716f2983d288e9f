//! What the clients of the sample's appointments answered: the usual answers of `packs/sample/cases.toml`, with one topic
//! after another of those that lead to a time. Only for a sample of the usual size: a large one is there to measure with.

use std::collections::BTreeMap;

use crate::booking::BookingError;
use crate::context::Context;
use crate::domain::time;
use crate::domain::triage::{Answers, Assessment, Fill, Outcome, Pack, QuestionId, Raw, assess};
use crate::intake::intake_row;
use crate::packs::InForce;
use crate::store::IntakeRow;

/// More appointments than this keep no answers.
const MOST: usize = 1_000;
/// From so many days ago to so many days ahead.
const DAYS: i64 = 200;

/// Gives the appointments that have no answers theirs; returns how many.
pub(super) async fn answer(
    context: &Context,
    packs: &InForce,
    usual: &BTreeMap<QuestionId, Raw>,
) -> Result<usize, BookingError> {
    let now = context.now();
    let today = time::local_date(now);
    let (from, until) = (time::add_days(today, -DAYS), time::add_days(today, DAYS));
    let dates = (
        time::start_of_day(from).timestamp(),
        time::end_of_day(until).timestamp(),
    );
    let all = context
        .store
        .read()
        .await?
        .appointments_between(None, dates.0, dates.1)
        .await?;
    if all.len() > MOST {
        return Ok(0);
    }
    let mut ways: BTreeMap<String, (usize, Vec<(Answers, Assessment)>)> = BTreeMap::new();
    let mut tx = context.store.write().await?;
    let mut given = 0;
    for row in &all {
        let (Some(client), None) = (row.client_id, row.intake_id) else {
            continue;
        };
        let Some(pack) = packs.get(&crate::domain::ids::ClinicId(row.clinic_id.clone())) else {
            continue;
        };
        let (number, ways) = ways
            .entry(row.clinic_id.clone())
            .or_insert_with(|| (0, to_a_time(&pack, usual, today)));
        *number += 1;
        // Some come up more often than others, as in life.
        let spread = *number * (*number + 1) / 2;
        let Some((answers, found)) = ways.get(spread % ways.len().max(1)) else {
            continue;
        };
        let intake = IntakeRow {
            created_at: row.created_at,
            ..intake_row(context, &pack, answers, found, false)?
        };
        tx.put_intake(&intake).await?;
        tx.give_to(row.id, client, Some(intake.id)).await?;
        given += 1;
    }
    tx.commit().await?;
    Ok(given)
}

/// The usual answers with each topic that leads to a time by itself.
fn to_a_time(
    pack: &Pack,
    usual: &BTreeMap<QuestionId, Raw>,
    today: chrono::NaiveDate,
) -> Vec<(Answers, Assessment)> {
    let asked = pack
        .questions
        .iter()
        .find(|question| question.fills == Some(Fill::Topic));
    let topics = asked.into_iter().flat_map(|question| {
        let choices = question.choices.iter();
        choices.map(|choice| (question.id.clone(), Raw::One(choice.value.clone())))
    });
    let one = |(id, topic): (QuestionId, Raw)| {
        let mut raw = usual.clone();
        raw.retain(|id, _| pack.question(id).is_some());
        raw.insert(id, topic);
        let answers = Answers::read(pack, &raw).ok()?;
        let found = assess(pack, &answers, today);
        (found.outcome == Outcome::Book && found.missing.is_none()).then_some((answers, found))
    };
    topics.filter_map(one).collect()
}

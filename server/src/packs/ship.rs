//! Puts the texts that this release came with into the database, beside what the clinics have published.
//!
//! Promises: a text that a clinic lead has published stays in force whatever a release brings; the new text is kept as a
//! version, so that it can be compared and taken. Doing it twice changes nothing. A release that was stored once is never
//! news again, so an older program that starts beside a newer one turns nothing back.

use std::collections::BTreeMap;

use super::in_force::checked;
use super::{Packs, SHARED, SIGNPOSTS, Source, file_of, shipped};
use crate::context::Context;
use crate::store::{QuestionSetRow, QuestionVersionRow, Records, Stored};

/// Stores what is new in this release; returns how many texts were.
pub async fn ship(context: &Context) -> Stored<usize> {
    ship_texts(context, &shipped()).await
}

/// The same for the texts of any release.
pub(crate) async fn ship_texts(context: &Context, texts: &[Source]) -> Stored<usize> {
    let known = context.store.read().await?.shipped_questions().await?;
    if news(texts, &known).is_empty() {
        return Ok(0);
    }
    let now = context.now().timestamp();
    let mut tx = context.store.write().await?;
    tx.lock_questions().await?;
    // Another process may have been first.
    let news = news(texts, &tx.shipped_questions().await?);
    let mut latest = latest(&mut *tx).await?;
    let before = tx.questions_in_force().await?;
    let mut after = before.clone();
    for source in &news {
        let number = latest.get(&source.file).copied().unwrap_or(0) + 1;
        latest.insert(source.file.clone(), number);
        let version = QuestionVersionRow {
            id: context.id(),
            file: source.file.clone(),
            number,
            text: source.text.clone(),
            published_at: now,
            published_by: None,
            note: String::new(),
        };
        tx.put_question_version(&version).await?;
        put_over_shipped(&mut after, version);
    }
    put_in_force(&mut *tx, &before, &after, now).await?;
    tx.commit().await?;
    Ok(news.len())
}

/// The files of a release that were never stored.
fn news(texts: &[Source], known: &[QuestionVersionRow]) -> Vec<Source> {
    let mut news = texts.to_vec();
    news.retain(|source| {
        !known
            .iter()
            .any(|row| row.file == source.file && row.text == source.text)
    });
    news
}

async fn latest(tx: &mut dyn Records) -> Stored<BTreeMap<String, i64>> {
    let mut latest = BTreeMap::new();
    for line in tx.question_versions(None).await? {
        let number: &mut i64 = latest.entry(line.file).or_default();
        *number = line.number.max(*number);
    }
    Ok(latest)
}

/// A shipped text takes the place of a shipped one, never of one that a clinic lead has published.
fn put_over_shipped(in_force: &mut Vec<QuestionVersionRow>, version: QuestionVersionRow) {
    match in_force.iter_mut().find(|row| row.file == version.file) {
        None => in_force.push(version),
        Some(row) if row.published_by.is_none() => *row = version,
        Some(_) => {}
    }
}

/// The new texts beside the clinics' own have to pass the check too; if they do not, everything stays as it was.
async fn put_in_force(
    tx: &mut dyn Records,
    before: &[QuestionVersionRow],
    after: &[QuestionVersionRow],
    now: i64,
) -> Stored<()> {
    let sources: Vec<Source> = after
        .iter()
        .map(|row| Source::new(&row.file, &row.text))
        .collect();
    let packs = match checked(&sources) {
        Ok(packs) => packs,
        Err(broken) => {
            let broken = broken.to_string();
            tracing::error!(%broken, "the new sample texts do not go with the clinics' own; what was in force stays");
            return Ok(());
        }
    };
    let changed = after.iter().filter(|row| !before.contains(row));
    for row in changed {
        tx.put_in_force(&row.file, row.number, now).await?;
    }
    remember(tx, &packs, after, now).await?;
    tx.move_questions().await?;
    Ok(())
}

/// Remembers what the digest of each pack is made of, for past results.
pub async fn remember(
    tx: &mut dyn Records,
    packs: &Packs,
    in_force: &[QuestionVersionRow],
    now: i64,
) -> Stored<()> {
    let number = |file: &str| {
        let row = in_force.iter().find(|row| row.file == file);
        row.map_or(0, |row| row.number)
    };
    for pack in packs.iter() {
        let set = QuestionSetRow {
            clinic_id: pack.clinic.to_string(),
            version: pack.version.clone(),
            own_number: number(&file_of(&pack.clinic)),
            shared_number: number(SHARED),
            signposts_number: number(SIGNPOSTS),
            since: now,
        };
        tx.put_question_set(&set).await?;
    }
    Ok(())
}

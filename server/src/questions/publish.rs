//! Publishing a draft: under a name, with a note, after the checker found nothing.

use app::view::questions::EditBase;
use uuid::Uuid;

use super::Set;
use super::draft::{audit, opened};
use super::edit::without_old_checks;
use super::evidence::{examined, with};
use super::softer::softer;
use crate::auth::session::standing;
use crate::context::Context;
use crate::packs::{InForce, remember};
use crate::store::{QuestionVersionRow, StoreError};

/// Longest note, in characters.
const LONGEST_NOTE: usize = 500;

/// Why a draft is not published. Nothing is changed.
#[derive(Debug, thiserror::Error)]
pub enum NotPublished {
    /// There is no draft, or somebody saved, published or ended it since the page was opened.
    #[error("somebody else changed the draft")]
    Conflict,
    /// The checker finds something.
    #[error("the checker finds something: {0:?}")]
    Broken(Vec<String>),
    /// There is no note, or it is too long.
    #[error("the note is empty or too long")]
    Note,
    /// It asks less than what is in force, and this person is no supervisor.
    #[error("only a supervisor publishes something softer: {0:?}")]
    Softer(Vec<String>),
    /// The box is not ticked.
    #[error("nobody says that they have read the difference")]
    NotRead,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Publishes the draft of a set; returns its number. It is in force in this process when this returns, and in every
/// other a quarter of a second later. Past results stay as they are.
pub async fn publish(
    context: &Context,
    in_force: &InForce,
    set: &Set,
    staff: Uuid,
    base: EditBase,
    (note, read): (&str, bool),
) -> Result<i64, NotPublished> {
    let note = note.trim();
    if note.is_empty() || note.chars().count() > LONGEST_NOTE {
        return Err(NotPublished::Note);
    }
    if !read {
        return Err(NotPublished::NotRead);
    }
    let number = publish_now(context, set, staff, base, note).await?;
    if let Err(error) = in_force.reload(context).await {
        tracing::warn!(%error, "published, and not yet read again");
    }
    Ok(number)
}

async fn publish_now(
    context: &Context,
    set: &Set,
    staff: Uuid,
    base: EditBase,
    note: &str,
) -> Result<i64, NotPublished> {
    let now = context.now().timestamp();
    let file = set.file();
    // The check takes a while and the texts may not move: it is made first, and the write that follows is refused if
    // anything was published meanwhile.
    let mut tx = context.store.read().await?;
    let counter = tx.question_counter().await?;
    let before = tx.questions_in_force().await?;
    let draft = opened(&mut *tx, set).await?;
    let standing = standing(&mut *tx, staff, context.now()).await?;
    drop(tx);
    let opened = draft.filter(|opened| opened.base() == base);
    let opened = opened.ok_or(NotPublished::Conflict)?;
    let (was, draft) = (opened.in_force.text, opened.draft);
    let text = draft.ok_or(NotPublished::Conflict)?.text;
    // Again: another version may have come into force after the draft was saved.
    let text = without_old_checks(&was, &text).unwrap_or(text);
    let packs = match examined(with(&before, &file, &text)).await? {
        (Some(packs), problems) if problems.is_empty() => packs,
        (_, problems) => return Err(NotPublished::Broken(problems)),
    };
    if !set.may_soften(&standing) {
        let (now, _) = examined(with(&before, &file, &was)).await?;
        let softer = now.map_or_else(Vec::new, |now| softer(&now, &packs));
        if !softer.is_empty() {
            return Err(NotPublished::Softer(softer));
        }
    }

    let mut tx = context.store.write().await?;
    if tx.lock_questions().await? != counter {
        return Err(NotPublished::Conflict);
    }
    if !tx.drop_question_draft(&file, base.revision).await? {
        return Err(NotPublished::Conflict);
    }
    let latest = tx.question_versions(Some(&file)).await?;
    let version = QuestionVersionRow {
        id: context.id(),
        number: latest.first().map_or(0, |line| line.number) + 1,
        file: file.clone(),
        text,
        published_at: now,
        published_by: Some(staff),
        note: note.to_owned(),
    };
    tx.put_question_version(&version).await?;
    tx.put_in_force(&file, version.number, now).await?;
    let mut after = before;
    after.retain(|row| row.file != file);
    after.push(version.clone());
    remember(&mut *tx, &packs, &after, now).await?;
    tx.move_questions().await?;
    let detail = format!("{file} {}", version.number);
    let line = audit(context, staff, "questions_published", &version, set, detail);
    tx.put_audit(&line).await?;
    tx.commit().await?;
    Ok(version.number)
}

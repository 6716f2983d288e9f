//! The draft of a set: one a set, saved only by whoever saw the last change.

use app::view::questions::{DraftMark, EditBase};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Set;
use super::edit::without_old_checks;
use crate::context::Context;
use crate::domain::time;
use crate::store::{AuditRow, QuestionDraftRow, QuestionVersionRow, Records, StoreError, Stored};

/// A set as it is edited: what is in force, and the draft if there is one.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The version in force.
    pub in_force: QuestionVersionRow,
    /// The draft.
    pub draft: Option<QuestionDraftRow>,
}

impl Opened {
    /// The text to work on.
    #[must_use]
    pub fn text(&self) -> &str {
        self.draft
            .as_ref()
            .map_or(&self.in_force.text, |draft| &draft.text)
    }

    /// What a form made from this has to bring back.
    #[must_use]
    pub fn base(&self) -> EditBase {
        EditBase {
            in_force: self.in_force.number,
            revision: self.draft.as_ref().map_or(0, |draft| draft.revision),
        }
    }

    /// When the draft was saved last, and by whom.
    #[must_use]
    pub fn mark(&self) -> Option<DraftMark> {
        self.draft.as_ref().map(mark)
    }
}

/// When a draft was saved last, and by whom.
pub(super) fn mark(draft: &QuestionDraftRow) -> DraftMark {
    DraftMark {
        saved: moment(draft.saved_at),
        by: draft.staff_name.clone(),
    }
}

pub(super) fn moment(seconds: i64) -> String {
    DateTime::<Utc>::from_timestamp(seconds, 0).map_or_else(String::new, time::moment)
}

/// The set as it is; `None` if there is no such set.
pub async fn open(context: &Context, set: &Set) -> Stored<Option<Opened>> {
    let mut tx = context.store.read().await?;
    opened(&mut *tx, set).await
}

pub(super) async fn opened(tx: &mut dyn Records, set: &Set) -> Stored<Option<Opened>> {
    let file = set.file();
    let in_force = tx.questions_in_force().await?;
    let Some(in_force) = in_force.into_iter().find(|row| row.file == file) else {
        return Ok(None);
    };
    let draft = tx.question_drafts(Some(&file)).await?.pop();
    Ok(Some(Opened { in_force, draft }))
}

/// Saves a text as the draft, without the checks that were of something else. False if somebody else saved, published or ended the draft since `base`: nothing is
/// changed then.
pub async fn save(
    context: &Context,
    set: &Set,
    staff: Uuid,
    base: EditBase,
    text: &str,
) -> Stored<bool> {
    let now = context.now().timestamp();
    let mut tx = context.store.write().await?;
    tx.lock_questions().await?;
    let Some(opened) = opened(&mut *tx, set).await? else {
        return Ok(false);
    };
    if opened.base() != base {
        return Ok(false);
    }
    let signed = without_old_checks(&opened.in_force.text, text);
    let text = signed.as_deref().unwrap_or(text);
    if opened.text() == text {
        return Ok(true);
    }
    let file = set.file();
    let saved = if base.revision == 0 {
        let draft = QuestionDraftRow {
            file,
            based_on: base.in_force,
            text: text.to_owned(),
            revision: 1,
            started_at: now,
            saved_at: now,
            saved_by: staff,
            staff_name: String::new(),
        };
        match tx.start_question_draft(&draft).await {
            Ok(()) => true,
            Err(StoreError::Duplicate) => false,
            Err(error) => return Err(error),
        }
    } else {
        tx.save_question_draft(&file, base.revision, text, now, staff)
            .await?
    };
    if saved {
        tx.commit().await?;
    }
    Ok(saved)
}

/// Makes the text of another version the draft: a newer sample text, or an old version to go back to. False as for
/// [`save`].
pub async fn take(
    context: &Context,
    set: &Set,
    staff: Uuid,
    base: EditBase,
    number: i64,
) -> Stored<bool> {
    let file = set.file();
    let mut tx = context.store.read().await?;
    let version = tx.question_version(&file, number).await?;
    drop(tx);
    match version {
        Some(version) if base.revision == 0 => save(context, set, staff, base, &version.text).await,
        _ => Ok(false),
    }
}

/// Ends a draft without publishing it. False if somebody else saved or ended it meanwhile.
pub async fn discard(context: &Context, set: &Set, staff: Uuid, base: EditBase) -> Stored<bool> {
    let mut tx = context.store.write().await?;
    tx.lock_questions().await?;
    let Some(opened) = opened(&mut *tx, set).await? else {
        return Ok(false);
    };
    let file = set.file();
    if opened.base() != base || !tx.drop_question_draft(&file, base.revision).await? {
        return Ok(false);
    }
    let line = audit(
        context,
        staff,
        "questions_discarded",
        &opened.in_force,
        set,
        file,
    );
    tx.put_audit(&line).await?;
    tx.commit().await?;
    Ok(true)
}

/// A line of the audit log about a version.
pub(super) fn audit(
    context: &Context,
    staff: Uuid,
    action: &str,
    version: &QuestionVersionRow,
    set: &Set,
    detail: String,
) -> AuditRow {
    AuditRow {
        id: context.id(),
        at: context.now().timestamp(),
        actor_kind: "staff",
        actor_id: Some(staff),
        action: action.to_owned(),
        subject_kind: "question_version",
        subject_id: version.id,
        clinic_id: set.clinic().map(ToString::to_string),
        detail,
    }
}

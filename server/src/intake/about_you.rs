//! The questions about equality: what a form that was sent adds to the counters, and nothing else.
//!
//! Promises: it is given a clinic, a month and the answers, and never who answered; it runs in a transaction of its own,
//! after the one that booked. Hiding small counts is the business of whoever shows them.

use crate::context::Context;
use crate::domain::equality::Answered;
use crate::domain::time;
use crate::store::Stored;

/// Adds one to the counter of each answer, for the clinic and the month that it is.
pub async fn count_about_you(context: &Context, clinic: &str, answers: &[Answered]) -> Stored<()> {
    if answers.is_empty() {
        return Ok(());
    }
    let month = time::local_date(context.now()).format("%Y-%m").to_string();
    let mut tx = context.store.write().await?;
    for answered in answers {
        tx.count_equality(clinic, &month, answered.question, answered.answer)
            .await?;
    }
    tx.commit().await
}

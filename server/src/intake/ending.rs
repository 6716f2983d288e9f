//! Forms that ended with "get help now" or "not us", as a number of a month beside the rule that ended them: nothing of
//! who it was, and no finer time. Each form counts once, however often somebody goes back and forth.

use crate::booking::{BookingError, in_turn};
use crate::context::Context;
use crate::domain::time;
use crate::domain::triage::{Assessment, Outcome};

use super::Draft;

/// How the form ends by these answers, if it does and is not counted yet: `stop` or `out`, and the worst rule.
#[must_use]
pub fn ending(draft: &Draft, after: &Assessment) -> Option<(&'static str, String)> {
    let kind = match after.outcome {
        Outcome::Stop if !draft.stop_shown => "stop",
        Outcome::Out if after.next.is_none() && !draft.out_counted => "out",
        _ => return None,
    };
    let worst = after.reasons.first()?;
    Some((kind, worst.rule.to_string()))
}

/// Counts it.
///
/// # Errors
/// Those of the store.
pub async fn count_ending(
    context: &Context,
    clinic: &str,
    kind: &'static str,
    reason: &str,
) -> Result<(), BookingError> {
    let month = time::iso_month(time::local_date(context.now()));
    in_turn!(context, |tx| async {
        Ok(tx.count_ending(clinic, &month, kind, reason).await?)
    })
}

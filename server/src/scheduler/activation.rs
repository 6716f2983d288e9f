//! What a worker does, one round each.

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use crate::auth::session::DEVICE;
use crate::auth::slow::FORGOTTEN_AFTER;
use crate::booking::{self, BookingError, conflict};
use crate::context::Context;
use crate::daily_list;
use crate::outbox::{Courier, Delivered};
use crate::retention;

/// A worker that has written nothing for so long is gone.
const WORKER_GONE: TimeDelta = TimeDelta::hours(1);

/// Messages delivered before a round is noted and the next begins.
const BATCH: usize = 500;

/// One kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Activation {
    /// Delivers what the outbox holds.
    DeliverMail,
    /// Ends holds that have run out.
    ExpireHolds,
    /// Forgets drafts, replies, sessions, links and names that have had their time, and opens conflict checks that are
    /// missing.
    Prune,
    /// Seals what was written into the audit log.
    SealAudit,
    /// Queues reminders, what is said after an appointment, and the lists of the day.
    Remind,
    /// Reads the mail that came back.
    ReadBounces,
    /// Offers free times to those who wait for one.
    OfferTimes,
    /// Erases clients and words whose time is over.
    Erase,
}

impl Activation {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::DeliverMail,
        Self::ExpireHolds,
        Self::Prune,
        Self::SealAudit,
        Self::Remind,
        Self::ReadBounces,
        Self::OfferTimes,
        Self::Erase,
    ];

    /// The name in the log and on the board.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DeliverMail => "deliver mail",
            Self::ExpireHolds => "expire holds",
            Self::Prune => "prune",
            Self::SealAudit => "seal audit",
            Self::Remind => "remind",
            Self::ReadBounces => "read what came back",
            Self::OfferTimes => "offer times",
            Self::Erase => "erase",
        }
    }

    /// One round. The answer says what was done, empty if there was nothing to do, or what went wrong; neither holds
    /// personal data.
    pub(super) async fn perform(
        self,
        courier: Courier,
        stop: CancellationToken,
    ) -> Result<String, String> {
        match self {
            Self::DeliverMail => deliver(&courier, &stop).await,
            Self::ExpireHolds => booking::expire_ended_holds(courier.context())
                .await
                .map(|ended| said(ended, "holds ended"))
                .map_err(|error| error.to_string()),
            Self::Prune => prune(&courier).await,
            Self::SealAudit => crate::audit::seal(courier.context())
                .await
                .map(|sealed| said(sealed, "lines sealed"))
                .map_err(|error| error.to_string()),
            Self::Remind => remind(courier.context()).await,
            Self::ReadBounces => courier
                .read_bounces()
                .await
                .map(|back| match (back.messages, back.set_aside) {
                    (0, 0) => String::new(),
                    (messages, aside) => format!("{messages} came back, {aside} files set aside"),
                })
                .map_err(|error| format!("BOUNCE_DIR: {error}")),
            Self::OfferTimes => booking::waiting::offer_times(courier.context())
                .await
                .map(|round| match (round.offered, round.ran_out + round.ended) {
                    (0, 0) => String::new(),
                    (offered, ended) => format!("{offered} times offered, {ended} ended"),
                })
                .map_err(|error| error.to_string()),
            Self::Erase => retention::erase_due(courier.context())
                .await
                .map(|erased| {
                    let total = usize::try_from(erased.total()).unwrap_or(usize::MAX);
                    said(total, "records erased")
                })
                .map_err(|error| error.to_string()),
        }
    }
}

async fn deliver(courier: &Courier, stop: &CancellationToken) -> Result<String, String> {
    let mut last = BATCH;
    let mut parts = Vec::new();
    while last == BATCH {
        let delivered = courier
            .deliver_due(BATCH, stop)
            .await
            .map_err(|error| error.to_string())?;
        last = delivered.total();
        parts.push(delivered);
    }
    let sum = |count: fn(&Delivered) -> usize| parts.iter().map(count).sum::<usize>();
    let (sent, dropped) = (sum(|part| part.sent), sum(|part| part.dropped));
    let (later, failed) = (sum(|part| part.later), sum(|part| part.failed));
    if sent + dropped + later + failed == 0 {
        return Ok(String::new());
    }
    Ok(format!(
        "{sent} sent, {dropped} dropped, {later} later, {failed} failed"
    ))
}

async fn remind(context: &Context) -> Result<String, String> {
    let nudged = booking::queue_nudges(context).await;
    // What is wrong with one keeps the other back no longer than this round.
    let lists = daily_list::queue(context).await;
    let nudged = nudged.map_err(|error| error.to_string())?;
    let lists = lists.map_err(|error| error.to_string())?;
    let sum = nudged.reminders + nudged.follow_ups + lists;
    Ok(said(sum, "reminders, notes and lists"))
}

async fn prune(courier: &Courier) -> Result<String, String> {
    let now = courier.context().now().timestamp();
    let pruned = async {
        let context = courier.context();
        conflict::adopt(context).await?;
        let mut tx = context.store.write().await?;
        let pruned = tx.prune(now).await?
            + tx.prune_rounds(now - WORKER_GONE.num_seconds()).await?
            + conflict::prune(&mut *tx, context).await?
            + tx.prune_sign_ins(
                now - FORGOTTEN_AFTER.num_seconds(),
                now - DEVICE.num_seconds(),
            )
            .await?;
        tx.commit().await?;
        Ok::<_, BookingError>(pruned)
    };
    let pruned = pruned.await.map_err(|error| error.to_string())?;
    Ok(said(
        usize::try_from(pruned).unwrap_or(usize::MAX),
        "rows pruned",
    ))
}

fn said(count: usize, what: &str) -> String {
    if count == 0 {
        String::new()
    } else {
        format!("{count} {what}")
    }
}

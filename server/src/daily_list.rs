//! The day's list: a mail in the morning to whoever sees clients that day, with the times and rooms.
//!
//! Promises: one a person and day, whichever worker looks and however often; what it says is read when it is sent, and a
//! day that is over or empty by then is not told; like the calendar feed it names no client, no service and no clinic.

use chrono::{DateTime, NaiveTime, Utc};
use uuid::Uuid;

use crate::auth::session::standing;
use crate::context::Context;
use crate::domain::access::{Action, may};
use crate::domain::time;
use crate::store::{FeedRow, Records, Stored};

/// The kind of the message in the outbox.
pub const KIND: &str = "staff_day";
/// From this hour on, by London's clocks.
const FROM: Option<NaiveTime> = NaiveTime::from_hms_opt(7, 0, 0);

/// The first and last instant of the local day that an instant is in, in seconds.
fn day_of(at: DateTime<Utc>) -> (i64, i64) {
    let date = time::local_date(at);
    (
        time::start_of_day(date).timestamp(),
        time::end_of_day(date).timestamp(),
    )
}

/// Queues the lists of today that are due and were not queued yet; returns how many. After an outage, whoever still has
/// something ahead of them gets theirs later.
pub async fn queue(context: &Context) -> Stored<usize> {
    let now = context.now();
    if FROM.is_none_or(|from| time::local(now).time() < from) {
        return Ok(0);
    }
    let (first, last) = day_of(now);
    let due = {
        let mut tx = context.store.read().await?;
        tx.daily_lists_due((now.timestamp(), last), (KIND, first))
            .await?
    };
    let mut queued = 0;
    for staff in due {
        let mut tx = context.store.write().await?;
        let version = (first, 0);
        let here = may(
            &standing(&mut *tx, staff, now).await?,
            Action::OpenDesk,
            None,
        );
        if here && tx.tell_once(staff, KIND, version, now.timestamp()).await? {
            tx.queue_for_staff(context.id(), KIND, staff, now.timestamp())
                .await?;
            tx.commit().await?;
            queued += 1;
        }
    }
    if queued > 0 {
        context.bell.notify_one();
    }
    Ok(queued)
}

/// What a list that was queued at `queued_at` says now: the person's mail address and name, and their appointments of that
/// day. `None` if it is not to be sent any more: the day is over or empty, they have left, or switched it off.
pub async fn read(
    tx: &mut dyn Records,
    staff: Uuid,
    queued_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Stored<Option<(String, String, Vec<FeedRow>)>> {
    let (first, last) = day_of(queued_at);
    let Some(row) = tx.staff(staff).await?.filter(|row| row.active) else {
        return Ok(None);
    };
    let standing = standing(tx, staff, now).await?;
    let wanted = tx.wants_daily_list(staff).await?;
    let Some(resource) = row.resource_id.filter(|_| wanted && now.timestamp() < last) else {
        return Ok(None);
    };
    if !may(&standing, Action::OpenDesk, None) {
        return Ok(None);
    }
    let mut all = tx.feed_rows(resource, first, last).await?;
    let mine = standing.clinics();
    all.retain(|one| {
        matches!(one.state.as_str(), "requested" | "confirmed" | "arrived")
            && mine.iter().any(|clinic| clinic.as_str() == one.clinic_id)
    });
    Ok((!all.is_empty()).then_some((row.email, row.name, all)))
}

/// Switches one's own list on or off.
pub async fn switch(context: &Context, staff: Uuid, on: bool) -> Stored<()> {
    let mut tx = context.store.write().await?;
    tx.set_daily_list(staff, on).await?;
    tx.commit().await
}

//! Personal calendar feeds: one secret address a person, for their own calendar program to read.
//!
//! Promises: the address is 256 random bits, stored as a hash, shown once, and ends when a new one is made or access
//! ends; an appointment has the same UID in every reading, so that reading again adds nothing (lessons 23 and 24); no
//! client, no service and no clinic is named. Will not say more to whoever asks with an address that is not one.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::auth::key::{opaque_token, token_hash};
use crate::auth::session::{note_by, standing};
use crate::context::Context;
use crate::domain::access::{Action, may};
use crate::store::{FeedRow, Stored};

/// How far back the feed goes.
const BACK: TimeDelta = TimeDelta::days(60);
/// How far ahead.
const AHEAD: TimeDelta = TimeDelta::days(365);

/// Makes somebody's address: what stands between `/feeds/` and `.ics`. An older one ends.
pub async fn make(context: &Context, staff: Uuid) -> Stored<String> {
    let token = opaque_token(context.bytes());
    let mut tx = context.store.write().await?;
    let now = context.now().timestamp();
    tx.put_feed(staff, &token_hash(token.as_bytes()), now)
        .await?;
    note_by(&mut *tx, context, staff, staff, "feed_made", None).await?;
    tx.commit().await?;
    Ok(token)
}

/// Ends somebody's address.
pub async fn end(context: &Context, staff: Uuid) -> Stored<()> {
    let mut tx = context.store.write().await?;
    if tx.drop_feed(staff).await? {
        note_by(&mut *tx, context, staff, staff, "feed_ended", None).await?;
    }
    tx.commit().await
}

/// The appointments behind an address; `None` if it is none, or access has ended. Four queries at most.
pub async fn read(context: &Context, token: &str) -> Stored<Option<Vec<FeedRow>>> {
    let now: DateTime<Utc> = context.now();
    let mut tx = context.store.read().await?;
    let Some(staff) = tx.feed(&token_hash(token.as_bytes())).await? else {
        return Ok(None);
    };
    let standing = standing(&mut *tx, staff.id, now).await?;
    if !may(&standing, Action::OpenDesk, None) {
        return Ok(None);
    }
    let Some(resource) = staff.resource_id else {
        return Ok(Some(Vec::new()));
    };
    let (from, until) = ((now - BACK).timestamp(), (now + AHEAD).timestamp());
    let mut rows = tx.feed_rows(resource, from, until).await?;
    // Of a clinic that they have left they see nothing more.
    let mine = standing.clinics();
    rows.retain(|row| mine.iter().any(|clinic| clinic.as_str() == row.clinic_id));
    Ok(Some(rows))
}

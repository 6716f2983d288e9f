//! Writing down what became of a message, with the call that takes its place, in one transaction.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::still_true::NOT_SAFE;
use super::{Courier, Delivered, Verdict, backoff};
use crate::booking::{self, Actor, Kind};
use crate::domain::booking::reference;
use crate::domain::reminder::TOO_LATE;
use crate::store::{NewCall, OutboxRow, Records, StoreError, Stored};

/// How often writing is tried: what was sent and is not marked so will be sent again when the lease ends.
const TRIES: u32 = 6;

/// A call about an appointment that starts within this time goes to the head of the list.
const URGENT: TimeDelta = TimeDelta::days(1);

/// Whom a message concerns.
struct Subject {
    kind: &'static str,
    id: Uuid,
    clinic: String,
    may_call: bool,
    starts_at: Option<DateTime<Utc>>,
}

impl Courier {
    /// Writes the verdict. If the database does not answer, the message is left to the end of its lease.
    pub(super) async fn settle(&self, message: &OutboxRow, verdict: &Verdict) -> Delivered {
        for tried in 1..=TRIES {
            match self.write_down(message, verdict).await {
                Ok(done) => return done,
                Err(error) => {
                    tracing::warn!(message = %message.id, tried, %error, "what became of a message is not written down yet");
                    tokio::time::sleep(Duration::from_millis(50 << tried)).await;
                }
            }
        }
        Delivered {
            later: 1,
            ..Delivered::default()
        }
    }

    async fn write_down(&self, message: &OutboxRow, verdict: &Verdict) -> Stored<Delivered> {
        let now = self.context.now();
        let mut tx = self.context.store.write().await?;
        let mut done = Delivered::default();
        match verdict {
            Verdict::Sent => {
                tx.finish(message.id, "sent", "", now.timestamp()).await?;
                done.sent = 1;
            }
            Verdict::Dropped(reason) => {
                tracing::info!(message = %message.id, kind = message.kind, reason, "not sent");
                let first = tx
                    .finish(message.id, "dropped", reason, now.timestamp())
                    .await?;
                // They have said so since it was queued: what it was to tell is told by a person, or when they ring.
                if first && *reason == NOT_SAFE {
                    self.ring_instead(&mut *tx, message, now).await?;
                }
                done.dropped = 1;
            }
            Verdict::Later(reason) => {
                if let Some(next) = self.next_try(&mut *tx, message, now).await? {
                    put_back(&mut *tx, message, next, reason).await?;
                    done.later = 1;
                } else {
                    self.give_up(&mut *tx, message, reason, now).await?;
                    done.failed = 1;
                }
            }
            Verdict::NotNow(until) => {
                tx.try_later(
                    message.id,
                    message.attempts,
                    until.timestamp(),
                    "not by night",
                )
                .await?;
                done.later = 1;
            }
            Verdict::Undeliverable(reason) => {
                self.give_up(&mut *tx, message, reason, now).await?;
                done.failed = 1;
            }
        }
        tx.commit().await?;
        Ok(done)
    }

    async fn next_try(
        &self,
        tx: &mut dyn Records,
        message: &OutboxRow,
        now: DateTime<Utc>,
    ) -> Stored<Option<DateTime<Utc>>> {
        let [jitter] = self.context.bytes::<1>();
        let useful_until = useful_until(tx, message).await?;
        let queued_at = DateTime::from_timestamp(message.created_at, 0).unwrap_or(now);
        Ok(backoff::next_try(
            message.attempts,
            queued_at,
            now,
            useful_until,
            jitter,
        ))
    }

    /// Ends the message as failed. Staff ring where that is safe; where it is not, the history says that nobody was told.
    async fn give_up(
        &self,
        tx: &mut dyn Records,
        message: &OutboxRow,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        tracing::error!(message = %message.id, kind = message.kind, attempts = message.attempts, reason, "given up");
        if !tx
            .finish(message.id, "failed", reason, now.timestamp())
            .await?
        {
            // Another worker has ended it: its call stands already.
            return Ok(());
        }
        self.ring_instead(tx, message, now).await
    }

    /// A call in the place of a message that does not arrive, or a line that nobody was told.
    pub(super) async fn ring_instead(
        &self,
        tx: &mut dyn Records,
        message: &OutboxRow,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        let Some(subject) = subject(tx, message).await? else {
            return Ok(());
        };
        if !subject.may_call {
            let about = (subject.kind, subject.id);
            Actor::System
                .note(
                    tx,
                    &self.context,
                    "not_told",
                    about,
                    &subject.clinic,
                    message.kind.clone(),
                )
                .await?;
        }
        // How it was is asked in writing or not at all.
        if Kind::from_name(&message.kind).is_some_and(|kind| !kind.is_rung()) {
            return Ok(());
        }
        if let Some(place) = message.waiting_id.filter(|_| subject.may_call) {
            return booking::waiting::ring_instead(tx, &self.context, place, message.sequence)
                .await;
        }
        tx.put_call(&NewCall {
            id: self.context.id(),
            clinic_id: subject.clinic,
            reference: reference(self.context.bytes()),
            kind: if subject.may_call {
                "undeliverable"
            } else {
                booking::NOT_TOLD
            },
            name: None,
            phone: None,
            call_window: None,
            leave_message: None,
            appointment_id: message.appointment_id,
            request_id: message.request_id,
            waiting_id: message.waiting_id,
            urgent: subject
                .starts_at
                .is_some_and(|start| start > now && start < now + URGENT),
            created_at: now.timestamp(),
        })
        .await
    }
}

/// Staff need so long to ring about a time that is kept for somebody.
const TIME_TO_RING: TimeDelta = TimeDelta::minutes(45);

async fn put_back(
    tx: &mut dyn Records,
    message: &OutboxRow,
    next: DateTime<Utc>,
    reason: &str,
) -> Stored<()> {
    let (kind, attempts) = (&message.kind, message.attempts);
    tracing::warn!(message = %message.id, kind, attempts, reason, "to be tried again");
    tx.try_later(message.id, attempts, next.timestamp(), reason)
        .await
}

/// Until when it is of use to try again: after that somebody rings, while there is still time to. A reminder is sent no later
/// than [`TOO_LATE`] before the start; who is offered a time has to be rung while it is kept for them.
async fn useful_until(tx: &mut dyn Records, message: &OutboxRow) -> Stored<Option<DateTime<Utc>>> {
    if let (Some(place), "offer") = (message.waiting_id, message.kind.as_str()) {
        let offers = tx.offers_to(place).await?;
        let own = offers.iter().find(|one| one.number == message.sequence);
        let until = own.and_then(|one| DateTime::from_timestamp(one.kept_until, 0));
        return Ok(until.map(|until| until - TIME_TO_RING));
    }
    let starts_at = subject(tx, message)
        .await?
        .and_then(|subject| subject.starts_at);
    Ok(if message.kind == Kind::Reminder.as_str() {
        starts_at.map(|start| start - TOO_LATE)
    } else {
        starts_at
    })
}

/// Whom the message concerns; `None` if that cannot be read or is gone, so that a damaged row can still be ended.
async fn subject(tx: &mut dyn Records, message: &OutboxRow) -> Stored<Option<Subject>> {
    if let Some(id) = message.waiting_id {
        return Ok(tx.waiting(id).await?.map(|row| Subject {
            kind: "waiting",
            id,
            may_call: row.phone.is_some() && row.safe_to_call,
            clinic: row.clinic_id,
            starts_at: None,
        }));
    }
    let found = match (message.appointment_id, message.request_id) {
        (Some(id), _) => tx.appointment(id).await.map(|row| {
            row.map(|row| Subject {
                kind: "appointment",
                id,
                clinic: row.clinic_id,
                may_call: row.phone.is_some() && row.safe_to_call == Some(true),
                starts_at: DateTime::from_timestamp(row.starts_at, 0),
            })
        }),
        (None, Some(id)) => tx.request(id).await.map(|row| {
            row.map(|row| Subject {
                kind: "request",
                id,
                clinic: row.clinic_id,
                may_call: row.phone.is_some() && row.safe_to_call,
                starts_at: None,
            })
        }),
        (None, None) => Ok(None),
    };
    match found {
        Err(StoreError::Corrupt(_)) => Ok(None),
        other => other,
    }
}

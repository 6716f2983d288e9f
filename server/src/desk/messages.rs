//! `/staff/messages`: what was to be told to clients, what became of it and why, and "try again".
//!
//! Promises: only messages of clinics whose messages this member of staff may see; neither a name nor an address is shown,
//! so that the page may stand open. Will not: write to anybody, or change what a message says; whether it is still true is
//! asked again when it is sent.

use app::view::{ClinicRef, StaffMessage, StaffMessages, WorkLine};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::rows::{Seen, clinic, instant};
use crate::booking::{Actor, BookingError, address_key, in_turn};
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::store::{ClinicRow, PostRow, Records, RoundRow, Stored};

/// Messages on one page.
const PAGE: usize = 50;

/// The states by which the page can be narrowed, as they are stored.
pub const STATES: [&str; 4] = ["failed", "queued", "sent", "dropped"];

/// What is asked for: a clinic or all, a state or any, made before another or the newest.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// The clinic's id, or empty.
    pub clinic: &'a str,
    /// One of [`STATES`], or empty.
    pub state: &'a str,
    /// The last message of the page before.
    pub before: Option<Uuid>,
}

/// The messages of this member of staff's clinics. A clinic that is none of theirs has none. Three queries.
///
/// # Errors
/// The database cannot be read.
pub async fn messages(
    context: &Context,
    standing: &Standing,
    wanted: Wanted<'_>,
) -> Stored<StaffMessages> {
    let seen = Seen::by(standing, Action::SeeMessages);
    let only = seen
        .only()
        .or(Some(wanted.clinic).filter(|id| !id.is_empty()));
    let state = Some(wanted.state).filter(|state| STATES.contains(state));
    let mut tx = context.store.read().await?;
    let clinics = tx.clinics().await?;
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX);
    let mut rows = tx.post(only, state, wanted.before, limit).await?;
    let older = rows
        .last()
        .filter(|_| rows.len() == PAGE)
        .map(|row| row.id.to_string());
    rows.retain(|row| {
        seen.has(&row.clinic_id) && (wanted.clinic.is_empty() || row.clinic_id == wanted.clinic)
    });
    let work = tx.last_rounds().await?;
    let messages = rows.into_iter().map(|row| line(standing, row));
    Ok(StaffMessages {
        clinics: named(&clinics, &seen),
        clinic: wanted.clinic.to_owned(),
        state: state.unwrap_or_default().to_owned(),
        messages: messages.collect::<Stored<_>>()?,
        older,
        work: work
            .iter()
            .map(|round| worked(round, context.now()))
            .collect::<Stored<_>>()?,
        can_reword: !standing.clinics_for(Action::EditWording).is_empty(),
    })
}

/// An activation is late when it has rested for so long: the slowest comes every ten minutes.
const RESTS: TimeDelta = TimeDelta::minutes(30);

pub(super) fn worked(round: &RoundRow, now: DateTime<Utc>) -> Stored<WorkLine> {
    let ended = instant(round.ended_at)?;
    Ok(WorkLine {
        name: round.activation.replace(' ', "-"),
        last: moment(ended),
        late: now - ended > RESTS,
        failing: round.failing,
    })
}

fn named(clinics: &[ClinicRow], seen: &Seen<'_>) -> Vec<ClinicRef> {
    let own = clinics.iter().filter(|row| seen.has(&row.id));
    own.map(|row| clinic(&row.id, &row.name)).collect()
}

fn line(standing: &Standing, row: PostRow) -> Stored<StaffMessage> {
    let of = ClinicId(row.clinic_id.clone());
    let (pages, action) = match (row.appointment_id, row.waiting_id) {
        (Some(_), _) => ("appointments", Action::SeeAppointment),
        (None, Some(_)) => ("waiting", Action::SeeWaiting),
        (None, None) => ("requests", Action::SeeRequests),
    };
    let reason = row.reason.unwrap_or_default();
    Ok(StaffMessage {
        id: row.id.to_string(),
        kind: row.kind,
        path: if may(standing, action, Some(&of)) {
            format!("/staff/{pages}/{}", row.reference)
        } else {
            String::new()
        },
        reference: row.reference,
        clinic: clinic(&row.clinic_id, &row.clinic_name),
        made: moment(instant(row.created_at)?),
        ended: match row.finished_at {
            Some(at) => moment(instant(at)?),
            None => String::new(),
        },
        next: if row.state == "queued" {
            moment(instant(row.due_at)?)
        } else {
            String::new()
        },
        retry: matches!(row.state.as_str(), "failed" | "queued")
            && (row.state == "failed" || row.attempts > 0),
        attempts: row.attempts,
        reason: why(&reason).to_owned(),
        // What a mail server said helps whoever looks after the mail; our own words are told by the code.
        detail: if matches!(why(&reason), "busy" | "refused" | "other" | "bounced") {
            reason
        } else {
            String::new()
        },
        state: row.state,
    })
}

/// "Tue 24 Nov, 9:05am".
fn moment(at: DateTime<Utc>) -> String {
    format!(
        "{}, {}",
        time::short_day(time::local_date(at)),
        time::clock(at)
    )
}

/// The code of a reason, for the words of the page; empty where there is nothing to explain.
fn why(reason: &str) -> &'static str {
    match reason {
        "" => "",
        "not safe to mail" => "unsafe",
        "the appointment stands otherwise by now"
        | "the request stands otherwise by now"
        | "the list stands otherwise by now"
        | "the appointment is gone"
        | "the request is gone"
        | "the place on the list is gone"
        | "the appointment was changed again" => "changed",
        "the time has passed" | "too near to be reminded of" | "the day to reply by has passed" => {
            "late"
        }
        "not by night" => "night",
        "mail to this address came back before" => "dead",
        "given up after too many tries" => "tries",
        _ if reason.starts_with("it came back") => "bounced",
        _ => match reply_class(reason) {
            Some('4') => "busy",
            Some('5') => "refused",
            _ => "other",
        },
    }
}

/// The first digit of the first three-digit reply (RFC 5321, section 4.2.1) in what was written down about a delivery.
fn reply_class(reason: &str) -> Option<char> {
    let mut words = reason.split(|one: char| !one.is_ascii_alphanumeric());
    let code = words.find(|word| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit()));
    code.and_then(|code| code.chars().next())
}

/// Puts a message that failed, or that waits for its next try, back to the head of the queue. If its address was marked
/// because mail came back from it, the mark is taken away. False if there is no such message in a clinic whose messages they
/// see, or it was sent or dropped by now: then nothing changes.
///
/// # Errors
/// The database cannot be read or written.
pub async fn send_again(
    context: &Context,
    standing: &Standing,
    id: Uuid,
) -> Result<bool, BookingError> {
    let sent = in_turn!(context, |tx| put_back(tx, context, standing, id))?;
    context.bell.notify_one();
    Ok(sent)
}

async fn put_back(
    tx: &mut dyn Records,
    context: &Context,
    standing: &Standing,
    id: Uuid,
) -> Result<bool, BookingError> {
    let seen = Seen::by(standing, Action::SeeMessages);
    let row = tx.one_post(id).await?;
    let Some(row) = row.filter(|row| seen.has(&row.clinic_id)) else {
        return Ok(false);
    };
    if !tx.send_again(id, context.now().timestamp()).await? {
        return Ok(false);
    }
    let (subject, address) = match (row.appointment_id, row.request_id) {
        (None, None) if row.waiting_id.is_some() => {
            let id = row.waiting_id.unwrap_or_default();
            let about = tx.waiting(id).await?;
            (("waiting", id), about.and_then(|about| about.email))
        }
        (Some(id), _) => {
            let about = tx.appointment(id).await?;
            (("appointment", id), about.and_then(|about| about.email))
        }
        (None, Some(id)) => {
            let about = tx.request(id).await?;
            (("request", id), about.and_then(|about| about.email))
        }
        (None, None) => return Ok(false),
    };
    if let (Some(address), true) = (address, context.vault.is_some()) {
        let key = address_key(context, &address)?;
        tx.forget_dead(&key).await?;
    }
    Actor::Staff(standing.staff.0)
        .note(tx, context, "sent_again", subject, &row.clinic_id, row.kind)
        .await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mail_server_said_is_told_in_words_by_its_class() {
        for (reason, code) in [
            ("", ""),
            ("giving the address: 450 4.2.1 try later", "busy"),
            ("giving the address: 550 5.1.1 no such user", "refused"),
            ("sending the text: no answer within 30 s", "other"),
            ("it came back: 5.1.1", "bounced"),
            ("not safe to mail", "unsafe"),
            ("the appointment was changed again", "changed"),
        ] {
            assert_eq!(why(reason), code, "{reason}");
        }
    }
}

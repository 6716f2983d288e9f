//! From a row of the outbox to a typed message: everything is read now, nothing was stored when it was queued.

use chrono::{DateTime, Utc};

use super::still_true::{Facts, untrue};
use super::{Courier, Verdict};
use crate::auth::key::token_hash;
use crate::auth::session::INVITATION;
use crate::booking::{Kind, can_ring, cancelled_by_client, life};
use crate::clinics::About;
use crate::domain::booking::State;
use crate::domain::client::first_name;
use crate::domain::conflict::CaseState;
use crate::domain::ids::{AppointmentId, RequestId};
use crate::domain::time;
use crate::mail::{
    AppointmentDetails, Cancellation, CancelledBy, Change, Confirmation, Decision, FirstMail,
    FirstOf, InReview, Meeting, Message, Recipient, RequestReceived, StaffInvitation, TurnedDown,
};
use crate::people;
use crate::store::{
    AppointmentRow, HistoryRow, OutboxRow, Records, RequestRow, StoreError, Stored,
};

/// A message to send, or what becomes of the row without one.
type Prepared = Result<Message, Verdict>;

impl Courier {
    /// Reads what the message is about and writes it, if it is true still.
    pub(super) async fn prepare(&self, message: &OutboxRow) -> Stored<Prepared> {
        if message.kind == people::INVITATION {
            return self.about_account(message).await;
        }
        let Some(kind) = Kind::from_name(&message.kind) else {
            // Queued by a newer version, which will send it when its turn comes.
            return Ok(Err(Verdict::Later(
                "a kind that this version does not know".to_owned(),
            )));
        };
        let mut tx = self.context.store.read().await?;
        match (message.appointment_id, message.request_id) {
            (Some(id), _) => match tx.appointment(id).await? {
                Some(row) => {
                    self.about_appointment(&mut *tx, kind, message.sequence, &row)
                        .await
                }
                None => Ok(Err(Verdict::Dropped("the appointment is gone"))),
            },
            (None, Some(id)) => match tx.request(id).await? {
                Some(row) => self.about_request(kind, message.sequence, &row),
                None => Ok(Err(Verdict::Dropped("the request is gone"))),
            },
            (None, None) => Ok(Err(Verdict::Undeliverable(
                "it is about nothing".to_owned(),
            ))),
        }
    }

    /// The link of an invitation is made again from the message's own id, so that nothing of it is stored.
    async fn about_account(&self, message: &OutboxRow) -> Stored<Prepared> {
        let token = people::invitation_token(&self.context, message.id)?;
        let now = self.context.now().timestamp();
        let mut tx = self.context.store.read().await?;
        let Some(staff) = tx.staff_link(&token_hash(token.as_bytes()), now).await? else {
            return Ok(Err(Verdict::Dropped("the link was used, or is over")));
        };
        let until = instant(message.created_at)? + INVITATION;
        Ok(Ok(Message::StaffInvitation(StaffInvitation {
            to: Recipient::staff(&staff.email, first_name(&staff.name)),
            id: message.id,
            link: self.links.password(&token),
            expires_date_label: date_label(until),
            expires_time_label: time::clock(until),
        })))
    }

    async fn about_appointment(
        &self,
        tx: &mut dyn Records,
        kind: Kind,
        sequence: i64,
        row: &AppointmentRow,
    ) -> Stored<Prepared> {
        let facts = Facts {
            state: State::from_name(&row.state),
            sequence: row.sequence,
            starts_at: life(row)?.starts_at,
            may_mail: row.safe_to_email == Some(true) && row.email.is_some(),
        };
        if let Some(reason) = untrue(kind, sequence, &facts, self.context.now()) {
            return Ok(Err(Verdict::Dropped(reason)));
        }
        let Some(to) = recipient(
            row.email.as_deref(),
            row.client_name.as_deref(),
            row.safe_to_email == Some(true),
        ) else {
            return Ok(Err(Verdict::Dropped("not safe to mail")));
        };
        let appointment = self.details(row, meeting(tx, row).await?)?;
        Ok(Ok(match kind {
            Kind::Confirmation => Message::Confirmation(Confirmation { to, appointment }),
            Kind::Cancellation => {
                let by = cancelled_by(&tx.history(row.id).await?);
                Message::Cancellation(Cancellation {
                    to,
                    appointment,
                    by,
                })
            }
            Kind::Change if facts.state == Some(State::Confirmed) => {
                let (old_date_label, old_time_label) = old_time(&tx.history(row.id).await?, row);
                Message::Change(Change {
                    to,
                    appointment,
                    old_date_label,
                    old_time_label,
                })
            }
            // Moved before staff have cleared it: the new time is kept, not booked, and goes into no calendar.
            Kind::Change | Kind::RequestReceived => {
                let aim = self.aim(tx, row).await?;
                Message::RequestReceived(RequestReceived {
                    to,
                    appointment,
                    aim,
                })
            }
            Kind::TurnedDown => Message::TurnedDown(TurnedDown {
                to,
                about: row.id,
                sequence: appointment.sequence,
                first: FirstOf::RequestReceived,
                manage_url: appointment.manage_url,
            }),
            Kind::InReview | Kind::Decision => {
                return Ok(Err(Verdict::Dropped("it is about requests only")));
            }
        }))
    }

    /// The day by which the check that waits is meant to be done, if that can be kept still.
    async fn aim(&self, tx: &mut dyn Records, row: &AppointmentRow) -> Stored<String> {
        let check = tx.conflict_case_of(row.id, row.intake_id).await?;
        let Some(check) = check.filter(|check| check.state == CaseState::Waiting.as_str()) else {
            return Ok(String::new());
        };
        let due = instant(check.due_at)?;
        Ok(if due > self.context.now() {
            date_label(due)
        } else {
            String::new()
        })
    }

    fn details(&self, row: &AppointmentRow, meeting: Meeting) -> Stored<AppointmentDetails> {
        let (start, end) = (instant(row.starts_at)?, instant(row.ends_at)?);
        Ok(AppointmentDetails {
            id: AppointmentId(row.id),
            sequence: u32::try_from(row.sequence)
                .map_err(|_| StoreError::Corrupt(format!("sequence {}", row.sequence)))?,
            // A service that staff clear first opens the conversation with "we are keeping this time".
            first_mail: if row.booking == "held" {
                FirstMail::RequestReceived
            } else {
                FirstMail::Confirmation
            },
            label: row.neutral_label.clone(),
            start,
            end,
            date_label: date_label(start),
            time_label: time_label(start, end),
            meeting,
            manage_url: self.links.appointment(row.id, row.link_version),
            reference: row.reference.clone(),
        })
    }

    fn about_request(&self, kind: Kind, sequence: i64, row: &RequestRow) -> Stored<Prepared> {
        let Some(to) = recipient(
            row.email.as_deref(),
            Some(&row.client_name),
            row.safe_to_email,
        ) else {
            return Ok(Err(Verdict::Dropped("not safe to mail")));
        };
        match kind {
            Kind::InReview => self.in_review(to, row),
            Kind::Decision => Ok(self.decision(to, sequence, row)),
            Kind::TurnedDown => Ok(self.turned_down(to, sequence, row)),
            _ => Ok(Err(Verdict::Dropped("it is about appointments only"))),
        }
    }

    fn in_review(&self, to: Recipient, row: &RequestRow) -> Stored<Prepared> {
        if row.state != "in_review" || row.revision != 0 {
            return Ok(Err(Verdict::Dropped("the request stands otherwise by now")));
        }
        let respond_by = instant(row.respond_by)?;
        if respond_by <= self.context.now() {
            // A promise that is broken already must not be made; a person has to ring.
            return Ok(Err(Verdict::Undeliverable(
                "the day to reply by has passed".to_owned(),
            )));
        }
        Ok(Ok(Message::InReview(InReview {
            to,
            id: RequestId(row.id),
            reference: row.reference.clone(),
            reply_by: date_label(respond_by),
            manage_url: self.links.request(row.id, row.link_version),
        })))
    }

    fn turned_down(&self, to: Recipient, sequence: i64, row: &RequestRow) -> Prepared {
        if row.state != "declined" || row.revision != sequence {
            return Err(Verdict::Dropped("the request stands otherwise by now"));
        }
        Ok(Message::TurnedDown(TurnedDown {
            to,
            about: row.id,
            sequence: u32::try_from(sequence).unwrap_or(0),
            first: FirstOf::InReview,
            manage_url: self.links.request(row.id, row.link_version),
        }))
    }

    /// The mail says only that there is an answer; it is sent while the case stands as that decision left it.
    fn decision(&self, to: Recipient, sequence: i64, row: &RequestRow) -> Prepared {
        let decided = matches!(
            row.state.as_str(),
            "waiting_for_client" | "accepted" | "offered" | "declined"
        );
        if !decided || row.revision != sequence {
            return Err(Verdict::Dropped("the request stands otherwise by now"));
        }
        Ok(Message::Decision(Decision {
            to,
            id: RequestId(row.id),
            sequence: u32::try_from(sequence).unwrap_or(0),
            reference: row.reference.clone(),
            manage_url: self.links.request(row.id, row.link_version),
        }))
    }
}

fn recipient(email: Option<&str>, name: Option<&str>, safe: bool) -> Option<Recipient> {
    Recipient::client(email?, first_name(name.unwrap_or_default()), "en", safe)
}

/// How they meet. A place that cannot be read is left out: the page behind the link has it, and the time matters more.
async fn meeting(tx: &mut dyn Records, row: &AppointmentRow) -> Stored<Meeting> {
    match row.mode.as_str() {
        "phone" => {
            return Ok(Meeting::Phone {
                we_ring: can_ring(row),
            });
        }
        "video" => return Ok(Meeting::Video),
        _ => {}
    }
    let clinics = tx.clinics().await?;
    let about = clinics
        .iter()
        .find(|clinic| clinic.id == row.clinic_id)
        .and_then(|clinic| About::parse(&clinic.id, &clinic.about).ok());
    let place = about.map(|about| about.place.address).unwrap_or_default();
    Ok(Meeting::InPerson {
        place,
        ask_for: String::new(),
    })
}

/// Who called it off.
fn cancelled_by(history: &[HistoryRow]) -> CancelledBy {
    if cancelled_by_client(history) {
        CancelledBy::Client
    } else {
        CancelledBy::Clinic
    }
}

/// The time before the last move, in words; empty if the history does not tell.
fn old_time(history: &[HistoryRow], row: &AppointmentRow) -> (String, String) {
    let moved = history.iter().rev().find(|line| line.action == "moved");
    let Some(start) = moved.and_then(|line| time::parse_instant(&line.detail).ok()) else {
        return Default::default();
    };
    let length = chrono::TimeDelta::seconds(row.ends_at - row.starts_at);
    (date_label(start), time_label(start, start + length))
}

fn date_label(at: DateTime<Utc>) -> String {
    time::day_and_month(time::local_date(at))
}

/// Without "UK time", which the mail adds.
fn time_label(start: DateTime<Utc>, end: DateTime<Utc>) -> String {
    format!("{} to {}", time::clock(start), time::clock(end))
}

fn instant(seconds: i64) -> Stored<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
        .ok_or_else(|| StoreError::Corrupt(format!("instant {seconds}")))
}

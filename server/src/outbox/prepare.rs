//! From a row of the outbox to a typed message: everything is read now, nothing was stored when it was queued.

use chrono::{DateTime, Utc};

use super::still_true::{Facts, NOT_SAFE, untrue};
use super::{Courier, Verdict};
use crate::auth::key::token_hash;
use crate::auth::session::INVITATION;
use crate::booking::{Kind, can_ring, cancelled_by_client, is_dead, life};
use crate::clinics::About;
use crate::daily_list;
use crate::domain::booking::State;
use crate::domain::client::first_name;
use crate::domain::conflict::CaseState;
use crate::domain::ids::{AppointmentId, RequestId, WaitingId};
use crate::domain::reminder;
use crate::domain::time;
use crate::mail::wording::OwnWords;
use crate::mail::{
    AppointmentDetails, AppointmentMail, CancelledBy, Entry, FirstMail, How, Meeting, Message,
    News, OfferedTime, Recipient, RequestMail, RequestNews, StaffDay, StaffInvitation, WaitingMail,
    WaitingNews,
};
use crate::people;
use crate::store::{
    AppointmentRow, FeedRow, HistoryRow, OutboxRow, Records, RequestRow, StoreError, Stored,
    WaitingRow,
};
use crate::wording::own_words;

/// A message to send, or what becomes of the row without one.
type Prepared = Result<(Message, OwnWords), Verdict>;

impl Courier {
    /// Reads what the message is about and writes it, if it is true still.
    pub(super) async fn prepare(&self, message: &OutboxRow) -> Stored<Prepared> {
        if message.kind == people::INVITATION {
            return self.about_account(message).await;
        }
        if message.kind == daily_list::KIND {
            return self.about_day(message).await;
        }
        let Some(kind) = Kind::from_name(&message.kind) else {
            // Queued by a newer version, which will send it when its turn comes.
            return Ok(Err(Verdict::Later(
                "a kind that this version does not know".to_owned(),
            )));
        };
        let mut tx = self.context.store.read().await?;
        if let Some(id) = message.waiting_id {
            return match tx.waiting(id).await? {
                Some(row) => self.about_waiting(&mut *tx, kind, message, &row).await,
                None => Ok(Err(Verdict::Dropped("the place on the list is gone"))),
            };
        }
        match (message.appointment_id, message.request_id) {
            (Some(id), _) => match tx.appointment(id).await? {
                Some(row) => self.about_appointment(&mut *tx, kind, message, &row).await,
                None => Ok(Err(Verdict::Dropped("the appointment is gone"))),
            },
            (None, Some(id)) => match tx.request(id).await? {
                Some(row) => self.about_request(&mut *tx, kind, message, &row).await,
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
        let invitation = Message::StaffInvitation(StaffInvitation {
            to: Recipient::staff(&staff.email, first_name(&staff.name)),
            id: message.id,
            link: self.links.password(&token),
            expires_date_label: date_label(until),
            expires_time_label: time::clock(until),
        });
        Ok(Ok((invitation, OwnWords::new())))
    }

    async fn about_day(&self, message: &OutboxRow) -> Stored<Prepared> {
        let (now, queued_at) = (self.context.now(), instant(message.created_at)?);
        let mut tx = self.context.store.read().await?;
        let Some(staff) = tx.message_staff(message.id).await? else {
            return Ok(Err(Verdict::Dropped("the account is gone")));
        };
        let day = daily_list::read(&mut *tx, staff, queued_at, now).await?;
        let Some((email, name, rows)) = day else {
            return Ok(Err(Verdict::Dropped("nothing is left of that day")));
        };
        let entry = |row: &FeedRow| {
            Ok(Entry {
                time_label: time_label(instant(row.starts_at)?, instant(row.ends_at)?),
                how: match (row.mode.as_str(), &row.room) {
                    ("phone", _) => How::Phone,
                    ("video", _) => How::Video,
                    (_, Some(room)) => How::Room(room.clone()),
                    (_, None) => How::NoRoom,
                },
                reference: row.reference.clone(),
                waits: row.state == "requested",
            })
        };
        let list = Message::StaffDay(StaffDay {
            to: Recipient::staff(&email, first_name(&name)),
            id: message.id,
            date_label: date_label(queued_at),
            as_of_label: time::clock(now),
            entries: rows.iter().map(entry).collect::<Stored<_>>()?,
            link: self.links.today(),
        });
        Ok(Ok((list, OwnWords::new())))
    }

    async fn about_appointment(
        &self,
        tx: &mut dyn Records,
        kind: Kind,
        message: &OutboxRow,
        row: &AppointmentRow,
    ) -> Stored<Prepared> {
        let now = self.context.now();
        let facts = Facts {
            state: State::from_name(&row.state),
            sequence: row.sequence,
            starts_at: life(row)?.starts_at,
            may_mail: row.safe_to_email == Some(true) && row.email.is_some(),
        };
        if let Some(reason) = untrue(kind, message.sequence, &facts, now) {
            return Ok(Err(Verdict::Dropped(reason)));
        }
        if kind.waits_for_day() && reminder::is_quiet(now) {
            return Ok(Err(Verdict::NotNow(reminder::end_of_quiet(now))));
        }
        let to = recipient(
            row.email.as_deref(),
            row.client_name.as_deref(),
            row.safe_to_email == Some(true),
        );
        let to = match self.taken(tx, to, row.email.as_deref()).await? {
            Ok(to) => to,
            Err(verdict) => return Ok(Err(verdict)),
        };
        let Some(news) = self.news(tx, (kind, message.part), &facts, row).await? else {
            return Ok(Err(Verdict::Dropped("it is about requests only")));
        };
        let appointment = self.details(row, meeting(tx, row).await?)?;
        let mail = AppointmentMail {
            to,
            appointment,
            news,
        };
        let own = own_words(tx, &row.clinic_id).await?;
        Ok(Ok((Message::Appointment(mail), own)))
    }

    /// The recipient, if mail to this address did not come back before: then a person has to ring.
    async fn taken(
        &self,
        tx: &mut dyn Records,
        to: Option<Recipient>,
        address: Option<&str>,
    ) -> Stored<Result<Recipient, Verdict>> {
        let (Some(to), Some(address)) = (to, address) else {
            return Ok(Err(Verdict::Dropped(NOT_SAFE)));
        };
        if is_dead(tx, &self.context, address).await? {
            let reason = "mail to this address came back before";
            return Ok(Err(Verdict::Undeliverable(reason.to_owned())));
        }
        Ok(Ok(to))
    }

    async fn news(
        &self,
        tx: &mut dyn Records,
        (kind, part): (Kind, i64),
        facts: &Facts,
        row: &AppointmentRow,
    ) -> Stored<Option<News>> {
        let part = u32::try_from(part).unwrap_or(0);
        Ok(Some(match kind {
            Kind::Confirmation => News::Booked,
            Kind::Cancellation => News::Cancelled(cancelled_by(&tx.history(row.id).await?)),
            Kind::Change if facts.state == Some(State::Confirmed) => {
                let history = tx.history(row.id).await?;
                let (old_date_label, old_time_label) = old_time(&history, row);
                News::Moved {
                    sorry: clinic_moved(&history),
                    old_date_label,
                    old_time_label,
                }
            }
            // Moved before staff have cleared it: the new time is kept, not booked, and goes into no calendar.
            Kind::Change | Kind::RequestReceived => News::Received {
                aim: self.aim(tx, row).await?,
            },
            Kind::TurnedDown => News::TurnedDown,
            Kind::Reminder => News::Reminder { days_before: part },
            Kind::Missed => News::Missed,
            Kind::Feedback => News::Feedback {
                url: self.links.feedback(row.id, row.link_version),
            },
            Kind::Link => News::Link { part },
            Kind::InReview
            | Kind::Decision
            | Kind::OnList
            | Kind::Offer
            | Kind::OfferEnded
            | Kind::ListEnded => return Ok(None),
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

    async fn about_request(
        &self,
        tx: &mut dyn Records,
        kind: Kind,
        message: &OutboxRow,
        row: &RequestRow,
    ) -> Stored<Prepared> {
        let to = recipient(
            row.email.as_deref(),
            Some(&row.client_name),
            row.safe_to_email,
        );
        let to = match self.taken(tx, to, row.email.as_deref()).await? {
            Ok(to) => to,
            Err(verdict) => return Ok(Err(verdict)),
        };
        let news = match self.request_news(kind, message, row)? {
            Ok(news) => news,
            Err(verdict) => return Ok(Err(verdict)),
        };
        let mail = RequestMail {
            to,
            id: RequestId(row.id),
            sequence: u32::try_from(message.sequence).unwrap_or(0),
            reference: row.reference.clone(),
            manage_url: self.links.request(row.id, row.link_version),
            news,
        };
        let own = own_words(tx, &row.clinic_id).await?;
        Ok(Ok((Message::Request(mail), own)))
    }

    async fn about_waiting(
        &self,
        tx: &mut dyn Records,
        kind: Kind,
        message: &OutboxRow,
        row: &WaitingRow,
    ) -> Stored<Prepared> {
        let email = row.email.as_deref();
        let to = recipient(email, Some(&row.client_name), row.safe_to_email);
        let to = match self.taken(tx, to, email).await? {
            Ok(to) => to,
            Err(verdict) => return Ok(Err(verdict)),
        };
        let offers = tx.offers_to(row.id).await?;
        let told = offers.iter().find(|one| one.number == message.sequence);
        let now = self.context.now().timestamp();
        let held = match told {
            Some(offer) => tx.appointment(offer.appointment_id).await?,
            None => None,
        };
        let waits = row.state == "waiting";
        let news = match (kind, told, &held) {
            (Kind::OnList, _, _) if waits => WaitingNews::OnList,
            (Kind::ListEnded, _, _) if row.state == "ended" => WaitingNews::ListEnded,
            (Kind::Link, _, _) if waits => WaitingNews::Link {
                part: u32::try_from(message.part).unwrap_or(0),
            },
            (Kind::Offer, Some(offer), Some(held))
                if waits && offer.state == "open" && offer.kept_until > now =>
            {
                let until = instant(offer.kept_until)?;
                let (date, hours) = time_of(held)?;
                WaitingNews::Offer(OfferedTime {
                    date_label: date,
                    time_label: hours,
                    meeting: match held.mode.as_str() {
                        // The held time names nobody.
                        "phone" => Meeting::Phone {
                            we_ring: row.phone.is_some() && row.safe_to_call,
                        },
                        _ => meeting(tx, held).await?,
                    },
                    until_date_label: date_label(until),
                    until_time_label: time::clock(until),
                })
            }
            // Not told of a time that is past, or where a newer one is offered already.
            (Kind::OfferEnded, Some(offer), Some(held))
                if waits
                    && matches!(offer.state.as_str(), "expired" | "withdrawn")
                    && offer.starts_at > now
                    && offers
                        .last()
                        .is_some_and(|last| last.number == offer.number) =>
            {
                let (date, hours) = time_of(held)?;
                WaitingNews::OfferEnded {
                    date_label: date,
                    time_label: hours,
                    withdrawn: offer.state == "withdrawn",
                }
            }
            _ => return Ok(Err(Verdict::Dropped("the list stands otherwise by now"))),
        };
        let at = self.context.now();
        if kind.waits_for_day() && reminder::is_quiet(at) {
            return Ok(Err(Verdict::NotNow(reminder::end_of_quiet(at))));
        }
        let mail = WaitingMail {
            to,
            id: WaitingId(row.id),
            sequence: u32::try_from(message.sequence).unwrap_or(0),
            reference: row.reference.clone(),
            manage_url: self.links.waiting(row.id, row.link_version),
            news,
        };
        let own = own_words(tx, &row.clinic_id).await?;
        Ok(Ok((Message::Waiting(mail), own)))
    }

    fn request_news(
        &self,
        kind: Kind,
        message: &OutboxRow,
        row: &RequestRow,
    ) -> Stored<Result<RequestNews, Verdict>> {
        let state = row.state.as_str();
        let respond_by = instant(row.respond_by)?;
        let fits = match kind {
            Kind::InReview => state == "in_review" && row.revision == 0,
            Kind::TurnedDown => state == "declined" && row.revision == message.sequence,
            // Sent while the case stands as that decision left it; the mail says only that there is an answer.
            Kind::Decision => {
                matches!(
                    state,
                    "waiting_for_client" | "accepted" | "offered" | "declined"
                ) && row.revision == message.sequence
            }
            Kind::Link => true,
            _ => return Ok(Err(Verdict::Dropped("it is about appointments only"))),
        };
        if !fits {
            return Ok(Err(Verdict::Dropped("the request stands otherwise by now")));
        }
        if kind == Kind::InReview && respond_by <= self.context.now() {
            // A promise that is broken already must not be made; a person has to ring.
            return Ok(Err(Verdict::Undeliverable(
                "the day to reply by has passed".to_owned(),
            )));
        }
        Ok(Ok(match kind {
            Kind::InReview => RequestNews::InReview {
                reply_by: date_label(respond_by),
            },
            Kind::TurnedDown => RequestNews::TurnedDown,
            Kind::Link => RequestNews::Link {
                part: u32::try_from(message.part).unwrap_or(0),
            },
            _ => RequestNews::Decision,
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

/// Whether the last move was made for the clinic's sake.
fn clinic_moved(history: &[HistoryRow]) -> bool {
    let last = history.iter().rev();
    let mut last = last.filter(|line| line.action.starts_with("moved"));
    last.next()
        .is_some_and(|line| line.action == "moved_for_the_clinic")
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

/// Date and time of an appointment, in words.
fn time_of(row: &AppointmentRow) -> Stored<(String, String)> {
    let (start, end) = (instant(row.starts_at)?, instant(row.ends_at)?);
    Ok((date_label(start), time_label(start, end)))
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

//! What the client is told, and how: a message in the outbox where it is safe to mail, a call to make where it is not, in
//! the transaction of the change. Nothing is sent from here.

use uuid::Uuid;

use super::Actor;
use crate::context::Context;
use crate::domain::booking::reference;
use crate::store::{AppointmentRow, NewCall, NewMessage, Records, RequestRow, Stored, WaitingRow};

/// What there is to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The appointment is confirmed.
    Confirmation,
    /// The appointment is asked for; the time is kept until staff have cleared it.
    RequestReceived,
    /// Another time.
    Change,
    /// Called off.
    Cancellation,
    /// A case that staff look at first has arrived.
    InReview,
    /// The clinic cannot take it on.
    TurnedDown,
    /// Staff have decided about a case, or ask for more.
    Decision,
    /// The appointment is near.
    Reminder,
    /// The client did not come.
    Missed,
    /// How was it?
    Feedback,
    /// The client has lost the link and asked for it.
    Link,
    /// The client is on the waiting list.
    OnList,
    /// A time has come free for somebody on the list.
    Offer,
    /// A time that was offered is not kept any more.
    OfferEnded,
    /// No time came free while it would have helped.
    ListEnded,
}

impl Kind {
    /// Every kind: a new one belongs here, or the outbox would never send it and no test would ask whether it is safe.
    pub const ALL: [Self; 15] = [
        Self::Confirmation,
        Self::RequestReceived,
        Self::Change,
        Self::Cancellation,
        Self::InReview,
        Self::TurnedDown,
        Self::Decision,
        Self::Reminder,
        Self::Missed,
        Self::Feedback,
        Self::Link,
        Self::OnList,
        Self::Offer,
        Self::OfferEnded,
        Self::ListEnded,
    ];

    /// The name in the outbox.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::RequestReceived => "request_received",
            Self::Change => "change",
            Self::Cancellation => "cancellation",
            Self::InReview => "in_review",
            Self::TurnedDown => "turned_down",
            Self::Decision => "decision",
            Self::Reminder => "reminder",
            Self::Missed => "missed",
            Self::Feedback => "feedback",
            Self::Link => "link",
            Self::OnList => "on_list",
            Self::Offer => "offer",
            Self::OfferEnded => "offer_ended",
            Self::ListEnded => "list_ended",
        }
    }

    /// Whether nobody caused it just now, so that it waits for the day.
    #[must_use]
    pub fn waits_for_day(self) -> bool {
        matches!(
            self,
            Self::Reminder | Self::Missed | Self::Feedback | Self::OfferEnded | Self::ListEnded
        )
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether somebody rings where it cannot be mailed.
    #[must_use]
    pub fn is_rung(self) -> bool {
        self.call().is_some()
    }

    /// The kind of call that takes its place; `None` where nobody is rung for it.
    fn call(self) -> Option<&'static str> {
        Some(match self {
            Self::Confirmation => "confirmation",
            Self::RequestReceived | Self::InReview => "request_received",
            Self::Change => "change",
            // Whoever rings says what the mail would: no more.
            Self::Cancellation | Self::TurnedDown => "cancellation",
            Self::Decision => "decision",
            Self::Reminder => "reminder",
            Self::Missed => "missed",
            Self::Link => "link",
            Self::Offer => "offer",
            Self::ListEnded => "list_ended",
            // How it was is asked in writing or not at all; the others have it on the page, or from the person they rang.
            Self::Feedback | Self::OnList | Self::OfferEnded => return None,
        })
    }
}

/// How the client will hear of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// By a message in the outbox.
    Mail,
    /// By a telephone call that staff make.
    Call,
    /// Neither is safe: the client keeps the reference and rings the clinic.
    Nothing,
}

/// A task of staff that is no call: neither mail nor ringing reaches them safely, so they are told when they ring us.
pub const NOT_TOLD: &str = "not_told";

/// Whom the news concerns and how to reach them.
struct About<'a> {
    appointment: Option<Uuid>,
    request: Option<Uuid>,
    clinic: &'a str,
    sequence: i64,
    part: i64,
    /// The address, if it is safe to mail there.
    mail_to: Option<&'a str>,
    may_call: bool,
}

/// Whether the client gave a number and said that it is safe to ring.
#[must_use]
pub fn can_ring(appointment: &AppointmentRow) -> bool {
    appointment.phone.is_some() && appointment.safe_to_call == Some(true)
}

/// Queues the news about an appointment as it stands in this transaction.
pub(super) async fn tell(
    tx: &mut dyn Records,
    context: &Context,
    appointment: &AppointmentRow,
    kind: Kind,
) -> Stored<Told> {
    // Nobody should ring to say that it is booked when it is called off.
    tx.end_older_calls(appointment.id, context.now().timestamp())
        .await?;
    let about = about_appointment(appointment, appointment.sequence, 0);
    queue(tx, context, &about, kind).await
}

/// Queues what is told of an appointment as it stands without a change of it; `part` tells several of a kind apart.
pub(super) async fn nudge(
    tx: &mut dyn Records,
    context: &Context,
    appointment: &AppointmentRow,
    (kind, part): (Kind, i64),
) -> Stored<Told> {
    let about = about_appointment(appointment, appointment.sequence, part);
    queue(tx, context, &about, kind).await
}

/// Queues the link of a request for a client who has lost it.
pub(super) async fn tell_request_link(
    tx: &mut dyn Records,
    context: &Context,
    request: &RequestRow,
    part: i64,
) -> Stored<Told> {
    let about = About {
        part,
        ..about_request(request, request.revision)
    };
    queue(tx, context, &about, Kind::Link).await
}

/// Whether mail to this address came back for good.
///
/// # Errors
/// The database cannot be read.
pub async fn is_dead(tx: &mut dyn Records, context: &Context, address: &str) -> Stored<bool> {
    // Without a key nothing was ever marked.
    if context.vault.is_none() {
        return Ok(false);
    }
    tx.is_dead(&address_key(context, address)?).await
}

/// The blind key of a mail address.
pub(crate) fn address_key(context: &Context, address: &str) -> Stored<String> {
    context.blind("mail-address", &address.trim().to_lowercase())
}

/// Queues the news that a request has arrived.
pub async fn tell_about_request(
    tx: &mut dyn Records,
    context: &Context,
    request: &RequestRow,
) -> Stored<Told> {
    queue(tx, context, &about_request(request, 0), Kind::InReview).await
}

/// Queues the news that the clinic cannot take a request on.
pub async fn tell_request_turned_down(
    tx: &mut dyn Records,
    context: &Context,
    request: &RequestRow,
) -> Stored<Told> {
    tx.end_older_request_calls(request.id, context.now().timestamp())
        .await?;
    let about = about_request(request, request.revision);
    queue(tx, context, &about, Kind::TurnedDown).await
}

/// Queues the news of the decision that made this revision of a request.
pub async fn tell_about_decision(
    tx: &mut dyn Records,
    context: &Context,
    request: &RequestRow,
) -> Stored<Told> {
    tx.end_older_request_calls(request.id, context.now().timestamp())
        .await?;
    let about = about_request(request, request.revision);
    queue(tx, context, &about, Kind::Decision).await
}

fn about_appointment(row: &AppointmentRow, sequence: i64, part: i64) -> About<'_> {
    About {
        appointment: Some(row.id),
        request: None,
        clinic: &row.clinic_id,
        sequence,
        part,
        mail_to: row
            .email
            .as_deref()
            .filter(|_| row.safe_to_email == Some(true)),
        may_call: can_ring(row),
    }
}

fn about_request(request: &RequestRow, sequence: i64) -> About<'_> {
    About {
        appointment: None,
        request: Some(request.id),
        clinic: &request.clinic_id,
        sequence,
        part: 0,
        mail_to: request.email.as_deref().filter(|_| request.safe_to_email),
        may_call: request.phone.is_some() && request.safe_to_call,
    }
}

/// Queues the news about a place on the waiting list. `number` is that of the latest offer, 0 before the first.
pub(crate) async fn tell_waiting(
    tx: &mut dyn Records,
    context: &Context,
    place: &WaitingRow,
    (kind, number): (Kind, i64),
) -> Stored<Told> {
    tell_waiting_part(tx, context, place, (kind, number, 0)).await
}

/// Queues the link of a place on the waiting list for a client who has lost it.
pub(super) async fn tell_waiting_link(
    tx: &mut dyn Records,
    context: &Context,
    place: &WaitingRow,
    part: i64,
) -> Stored<Told> {
    tell_waiting_part(tx, context, place, (Kind::Link, 0, part)).await
}

async fn tell_waiting_part(
    tx: &mut dyn Records,
    context: &Context,
    place: &WaitingRow,
    (kind, number, part): (Kind, i64, i64),
) -> Stored<Told> {
    let now = context.now().timestamp();
    let address = place.email.as_deref().filter(|_| place.safe_to_email);
    let takes_mail = match address {
        Some(address) => !is_dead(tx, context, address).await?,
        None => false,
    };
    if takes_mail {
        tx.queue(&NewMessage {
            id: context.id(),
            kind: kind.as_str(),
            appointment_id: None,
            request_id: None,
            waiting_id: Some(place.id),
            sequence: number,
            part,
            due_at: now,
            created_at: now,
        })
        .await?;
        return Ok(Told::Mail);
    }
    let Some(call) = kind.call() else {
        return Ok(Told::Nothing);
    };
    if place.phone.is_some() && place.safe_to_call {
        ring_waiting(tx, context, place, call).await?;
        return Ok(Told::Call);
    }
    let (subject, detail) = (("waiting", place.id), kind.as_str().to_owned());
    Actor::System
        .note(tx, context, "not_told", subject, &place.clinic_id, detail)
        .await?;
    Ok(Told::Nothing)
}

/// A call to somebody on the waiting list.
pub(crate) async fn ring_waiting(
    tx: &mut dyn Records,
    context: &Context,
    place: &WaitingRow,
    kind: &'static str,
) -> Stored<()> {
    tx.put_call(&NewCall {
        id: context.id(),
        clinic_id: place.clinic_id.clone(),
        reference: reference(context.bytes()),
        kind,
        name: None,
        phone: None,
        call_window: None,
        leave_message: None,
        appointment_id: None,
        request_id: None,
        waiting_id: Some(place.id),
        // What is kept for somebody is not kept for long.
        urgent: kind == "offer",
        created_at: context.now().timestamp(),
    })
    .await
}

async fn queue(
    tx: &mut dyn Records,
    context: &Context,
    about: &About<'_>,
    kind: Kind,
) -> Stored<Told> {
    let now = context.now().timestamp();
    let takes_mail = match about.mail_to {
        Some(address) => !is_dead(tx, context, address).await?,
        None => false,
    };
    if takes_mail {
        tx.queue(&NewMessage {
            id: context.id(),
            kind: kind.as_str(),
            appointment_id: about.appointment,
            request_id: about.request,
            waiting_id: None,
            sequence: about.sequence,
            part: about.part,
            due_at: now,
            created_at: now,
        })
        .await?;
        return Ok(Told::Mail);
    }
    let Some(call) = kind.call() else {
        return Ok(Told::Nothing);
    };
    if about.may_call {
        put_call(tx, context, about, call).await?;
        return Ok(Told::Call);
    }
    let subject = about
        .appointment
        .map_or(("request", about.request), |id| ("appointment", Some(id)));
    // What the clinic has changed waits for the moment when they ring: a task without a number.
    if matches!(
        kind,
        Kind::Change | Kind::Cancellation | Kind::TurnedDown | Kind::Decision
    ) {
        put_call(tx, context, about, NOT_TOLD).await?;
    }
    if let (name, Some(id)) = subject {
        Actor::System
            .note(
                tx,
                context,
                "not_told",
                (name, id),
                about.clinic,
                kind.as_str().to_owned(),
            )
            .await?;
    }
    Ok(Told::Nothing)
}

/// A call that the client asked for, about an appointment.
pub(super) async fn call_back(
    tx: &mut dyn Records,
    context: &Context,
    appointment: &AppointmentRow,
) -> Stored<()> {
    let about = about_appointment(appointment, appointment.sequence, 0);
    put_call(tx, context, &about, "call_back").await
}

async fn put_call(
    tx: &mut dyn Records,
    context: &Context,
    about: &About<'_>,
    kind: &'static str,
) -> Stored<()> {
    tx.put_call(&NewCall {
        id: context.id(),
        clinic_id: about.clinic.to_owned(),
        reference: reference(context.bytes()),
        kind,
        name: None,
        phone: None,
        call_window: None,
        leave_message: None,
        appointment_id: about.appointment,
        request_id: about.request,
        waiting_id: None,
        urgent: false,
        created_at: context.now().timestamp(),
    })
    .await
}

/// A call that staff make about an appointment, of a kind that is not the news of a change. Where it is not safe to ring,
/// or there is no number, the history says that nobody could be told.
pub(super) async fn call_about(
    tx: &mut dyn Records,
    context: &Context,
    appointment: &AppointmentRow,
    kind: &'static str,
) -> Stored<Told> {
    if can_ring(appointment) {
        let about = about_appointment(appointment, appointment.sequence, 0);
        put_call(tx, context, &about, kind).await?;
        return Ok(Told::Call);
    }
    let subject = ("appointment", appointment.id);
    let (clinic, detail) = (&appointment.clinic_id, kind.to_owned());
    Actor::System
        .note(tx, context, "not_told", subject, clinic, detail)
        .await?;
    Ok(Told::Nothing)
}

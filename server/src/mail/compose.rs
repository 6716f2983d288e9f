//! From a message to the bytes of a mail.
//!
//! The shape is `mixed(alternative(text, html, calendar), appointment.ics)`. Gmail, Outlook and
//! Apple Mail act on a `text/calendar` part only inside `alternative`, with a `method` parameter
//! equal to the `METHOD` inside it; other programs show the attachment, which a person can open.
//! The attachment is `application/ics`, as a second `text/calendar` would be a second invitation,
//! and holds the same bytes, so a program that reads both sees one UID and one sequence.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::address::{Address, Envelope};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};

use super::kinds::{Kind, Message, Thread};
use super::recipient::Recipient;
use super::sender::Sender;
use super::wording::OwnWords;
use super::words::{MissingWords, Words};
use crate::ical::{self, CalendarEntry, Method, Party};

/// RFC 5322, 2.1.1: no line may be longer, line end not counted.
const LONGEST_LINE: usize = 998;

/// Why a mail could not be written. Trying again will not help.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// The recipient's address is not one. The address is not repeated here.
    #[error("the recipient's address is not a mail address")]
    Address,
    /// The catalogue lacks something.
    #[error(transparent)]
    Words(#[from] MissingWords),
    /// The HTML template is wrong.
    #[error("the mail template cannot be filled in: {0}")]
    Template(#[from] minijinja::Error),
    /// The calendar part could not be written.
    #[error("the calendar part cannot be written")]
    Calendar(#[from] std::fmt::Error),
    /// The parts do not make a mail.
    #[error("the parts do not make a mail: {0}")]
    Mime(String),
}

/// A mail, ready to be handed to a [`Mailer`](super::Mailer).
#[derive(Clone)]
pub struct Outgoing {
    /// The short name of its kind, such as `confirmation`.
    pub kind: &'static str,
    /// `{kind}.{id}.{sequence}@{host}`, with a part after the sequence where one kind has several, without angle brackets.
    pub message_id: String,
    /// The instant in its `Date` header.
    pub date: DateTime<Utc>,
    /// The recipient's address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The plain text part, before encoding.
    pub text: String,
    /// The HTML part, before encoding.
    pub html: String,
    /// The calendar part, before encoding.
    pub calendar: Option<String>,
    /// The whole mail as RFC 5322 wants it, ASCII, CRLF line ends.
    pub bytes: Vec<u8>,
    pub(super) envelope: Envelope,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outgoing({})", self.message_id)
    }
}

struct Invitation {
    method: Method,
    text: String,
}

/// Writes a mail. The same message, sender and instant give the same bytes.
pub fn compose(
    message: &Message,
    sender: &Sender,
    now: DateTime<Utc>,
) -> Result<Outgoing, ComposeError> {
    compose_with(message, OwnWords::new(), sender, now)
}

/// Writes a mail with a clinic's own words where it has some.
pub fn compose_with(
    message: &Message,
    own: OwnWords,
    sender: &Sender,
    now: DateTime<Utc>,
) -> Result<Outgoing, ComposeError> {
    let kind = message.kind();
    let words = Words::of(&kind.to().lang).with(own);
    let letter = kind.letter(&words, sender)?;
    let thread = kind.thread();
    let address: Address = kind
        .to()
        .address
        .parse()
        .map_err(|_| ComposeError::Address)?;
    let envelope = Envelope::new(Some(sender.from.email.clone()), vec![address.clone()])
        .map_err(|_| ComposeError::Address)?;
    let invitation = invitation(kind, &words, sender, now)?;
    let (text, html) = (letter.text(), letter.html()?);
    let parts = parts(&thread, &text, &html, invitation.as_ref())?;
    let message_id = message_id(kind.name(), &thread, sender);
    let mut builder = headers(sender, kind.to(), address)
        .subject(&letter.subject)
        .date(SystemTime::from(now))
        .message_id(Some(format!("<{message_id}>")))
        .envelope(envelope.clone());
    if kind.name() != thread.first {
        let first = Thread {
            sequence: 0,
            part: 0,
            ..thread
        };
        let first = format!("<{}>", self::message_id(first.first, &first, sender));
        builder = builder.in_reply_to(first.clone()).references(first);
    }
    let mail = builder
        .multipart(parts)
        .map_err(|error| ComposeError::Mime(error.to_string()))?;
    Ok(Outgoing {
        kind: kind.name(),
        message_id,
        date: now,
        to: kind.to().address.clone(),
        subject: letter.subject,
        text,
        html,
        calendar: invitation.map(|invitation| invitation.text),
        bytes: mail.formatted(),
        envelope,
    })
}

fn message_id(kind: &str, thread: &Thread, sender: &Sender) -> String {
    let part = part(thread);
    format!(
        "{kind}.{}.{}{part}@{}",
        thread.id, thread.sequence, sender.host
    )
}

/// Nothing where one mail of a kind is all there is.
fn part(thread: &Thread) -> String {
    match thread.part {
        0 => String::new(),
        part => format!(".{part}"),
    }
}

fn headers(sender: &Sender, to: &Recipient, address: Address) -> lettre::message::MessageBuilder {
    let name = (!to.first_name.is_empty()).then(|| to.first_name.clone());
    let header = |name, value: &str| HeaderValue::new(name, value.to_owned());
    lettre::Message::builder()
        .from(sender.from.clone())
        .reply_to(sender.reply_to.clone())
        .to(Mailbox::new(name, address))
        // RFC 3834: no out-of-office answer is wanted; Exchange only knows the second.
        .raw_header(header(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated",
        ))
        .raw_header(header(
            HeaderName::new_from_ascii_str("X-Auto-Response-Suppress"),
            "All",
        ))
}

fn invitation(
    kind: &dyn Kind,
    words: &Words,
    sender: &Sender,
    now: DateTime<Utc>,
) -> Result<Option<Invitation>, ComposeError> {
    let Some((method, appointment)) = kind.calendar() else {
        return Ok(None);
    };
    let organiser = sender.from.email.to_string();
    let to = kind.to();
    // Calendar programs ignore an invitation from a person to themselves, or show it as their own
    // meeting; somebody trying the system with its own address still gets the mail.
    if organiser.eq_ignore_ascii_case(&to.address) {
        return Ok(None);
    }
    let summary = match appointment.label.trim() {
        "" => words.say("mail-label")?,
        label => label.to_owned(),
    };
    let entry = CalendarEntry {
        appointment: appointment.id,
        host: &sender.host,
        sequence: appointment.sequence,
        stamp: now,
        start: appointment.start,
        end: appointment.end,
        summary: &summary,
        location: &appointment.meeting.location(words)?,
        link: &appointment.manage_url,
        organiser: Party {
            name: sender.from.name.as_deref().unwrap_or(&sender.site_name),
            address: &organiser,
        },
    };
    let attendee = Party {
        name: &to.first_name,
        address: &to.address,
    };
    let text = if method == Method::Cancel {
        ical::cancellation(&entry, attendee)?
    } else {
        ical::invitation(&entry, attendee)?
    };
    Ok(Some(Invitation { method, text }))
}

fn parts(
    thread: &Thread,
    text: &str,
    html: &str,
    invitation: Option<&Invitation>,
) -> Result<MultiPart, ComposeError> {
    // Boundaries are made of what is in the Message-ID, not of chance.
    let boundary = |level: &str| {
        format!(
            "{level}-{}-{}{}",
            thread.id,
            thread.sequence,
            self::part(thread)
        )
    };
    let part = |content_type: ContentType, content: &str| {
        SinglePart::builder()
            .header(content_type)
            .body(encoded(content))
    };
    let alternative = MultiPart::alternative()
        .boundary(boundary("alternative"))
        .singlepart(part(ContentType::TEXT_PLAIN, text))
        .singlepart(part(ContentType::TEXT_HTML, html));
    let Some(invitation) = invitation else {
        return Ok(alternative);
    };
    let method = invitation.method.as_str();
    let calendar = content_type(&format!("text/calendar; method={method}; charset=utf-8"))?;
    let attached = content_type("application/ics; name=\"appointment.ics\"")?;
    Ok(MultiPart::mixed()
        .boundary(boundary("mixed"))
        .multipart(alternative.singlepart(part(calendar, &invitation.text)))
        .singlepart(
            Attachment::new("appointment.ics".to_owned()).body(encoded(&invitation.text), attached),
        ))
}

fn content_type(text: &str) -> Result<ContentType, ComposeError> {
    ContentType::parse(text).map_err(|error| ComposeError::Mime(error.to_string()))
}

/// Plain ASCII travels as it is, so that a person reading the file of a mail can copy its link;
/// lettre would wrap lines of 76 and more in quoted-printable, which cuts links in two.
fn encoded(content: &str) -> Body {
    let lines = content.replace("\r\n", "\n").replace('\n', "\r\n");
    let as_it_is = lines.is_ascii() && lines.split("\r\n").all(|line| line.len() <= LONGEST_LINE);
    if as_it_is {
        Body::dangerous_pre_encoded(lines.into_bytes(), ContentTransferEncoding::SevenBit)
    } else {
        Body::new(lines)
    }
}

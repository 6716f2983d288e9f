//! Calendar files for one appointment: the invitation and the cancellation that travel in mail,
//! and the file a person downloads from their appointment's page.
//!
//! Promises: one UID for the life of an appointment, instants in UTC (so no time-zone block can be
//! wrong), a neutral title, lines of 75 octets at most, CRLF line ends. Will not: decide the
//! sequence number (the appointment's row counts its changes), or say what the appointment is about.

use std::fmt::{self, Write as _};

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Class, Component as _, Event, EventLike as _, EventStatus, Property};

use crate::domain::ids::AppointmentId;

/// Names this program to calendar programs.
const PRODUCT: &str = "-//Met Lab Clinics//Appointments//EN";

/// RFC 5545, 3.1: lines of content longer than this many octets are folded.
const LINE_OCTETS: usize = 75;

/// What a calendar program is asked to do (RFC 5546).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Put the appointment into the calendar, or change it there.
    Request,
    /// Take it out again.
    Cancel,
    /// Here is a copy; nobody is invited.
    Publish,
}

impl Method {
    /// The value of `METHOD` and of the MIME parameter `method`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
        }
    }
}

/// Who invites, or who is invited.
#[derive(Clone, Copy)]
pub struct Party<'a> {
    /// The name shown; empty shows the address.
    pub name: &'a str,
    /// The mail address.
    pub address: &'a str,
}

/// One appointment as a calendar sees it.
#[derive(Clone, Copy)]
pub struct CalendarEntry<'a> {
    /// The appointment; its UID is made from this and `host`.
    pub appointment: AppointmentId,
    /// The host of the public address, such as `clinics.example.org`.
    pub host: &'a str,
    /// How many times the appointment has been moved or cancelled: 0 when booked.
    pub sequence: u32,
    /// When this file is made.
    pub stamp: DateTime<Utc>,
    /// When the appointment starts.
    pub start: DateTime<Utc>,
    /// When it ends.
    pub end: DateTime<Utc>,
    /// A neutral title, such as "Appointment".
    pub summary: &'a str,
    /// Where to go; empty leaves the line out.
    pub location: &'a str,
    /// The address of the appointment's own page.
    pub link: &'a str,
    /// Who invites.
    pub organiser: Party<'a>,
}

/// The UID of an appointment, the same in every file and mail about it.
#[must_use]
pub fn uid(appointment: AppointmentId, host: &str) -> String {
    format!("{appointment}@{host}")
}

/// The calendar part of a mail that books or moves an appointment (`METHOD:REQUEST`).
///
/// # Errors
/// Never in practice: writing to memory cannot fail, but the calendar crate says it may.
pub fn invitation(entry: &CalendarEntry<'_>, attendee: Party<'_>) -> Result<String, fmt::Error> {
    write(entry, Method::Request, Some(attendee))
}

/// The calendar part of a mail that cancels an appointment (`METHOD:CANCEL`). `entry.sequence`
/// must be higher than in the last invitation, or mail programs ignore it.
///
/// # Errors
/// As [`invitation`].
pub fn cancellation(entry: &CalendarEntry<'_>, attendee: Party<'_>) -> Result<String, fmt::Error> {
    write(entry, Method::Cancel, Some(attendee))
}

/// The file behind "Add to calendar". It is published rather than an invitation: nobody is asked
/// to answer, and the person's name and address stay out of a file that may be passed on. The UID
/// is that of the mails, so adding both shows one appointment.
///
/// # Errors
/// As [`invitation`].
pub fn appointment_file(entry: &CalendarEntry<'_>) -> Result<String, fmt::Error> {
    write(entry, Method::Publish, None)
}

/// An appointment in somebody's own calendar feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// The appointment.
    pub appointment: AppointmentId,
    /// How many times it was changed and told.
    pub sequence: u32,
    /// When it was last changed: a feed that is read twice without a change is the same to the byte.
    pub changed: DateTime<Utc>,
    /// When it starts.
    pub start: DateTime<Utc>,
    /// When it ends.
    pub end: DateTime<Utc>,
    /// A neutral title.
    pub summary: String,
    /// A room, or the way to meet; empty leaves the line out.
    pub location: String,
    /// The address of the staff's calendar.
    pub link: String,
    /// It was called off.
    pub cancelled: bool,
    /// It is not cleared yet.
    pub tentative: bool,
}

/// Somebody's own calendar (`METHOD:PUBLISH`), to be read again every quarter of an hour (RFC 7986, 5.7, and the older
/// property that Outlook reads). The UIDs are not those of the clients' invitations: a feed is another calendar.
///
/// # Errors
/// As [`invitation`].
pub fn feed(name: &str, host: &str, entries: &[FeedEntry]) -> Result<String, fmt::Error> {
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", Method::Publish.as_str()),
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("X-PUBLISHED-TTL", "PT15M"),
    ] {
        calendar.append_property(Property::new(name, value));
    }
    let mut again = Property::new("REFRESH-INTERVAL", "PT15M");
    again.add_parameter("VALUE", "DURATION");
    calendar.append_property(again);
    for entry in entries {
        calendar.push(feed_event(entry, host));
    }
    let mut text = String::new();
    write!(text, "{calendar}")?;
    Ok(fold(&text))
}

fn feed_event(entry: &FeedEntry, host: &str) -> Event {
    let status = if entry.cancelled {
        EventStatus::Cancelled
    } else if entry.tentative {
        EventStatus::Tentative
    } else {
        EventStatus::Confirmed
    };
    let mut event = Event::new();
    event
        .uid(&format!("staff-{}", uid(entry.appointment, host)))
        .sequence(entry.sequence)
        .timestamp(entry.changed)
        .starts(entry.start)
        .ends(entry.end)
        .summary(&one_line(&entry.summary))
        .description(&one_line(&entry.link))
        .status(status)
        .class(Class::Private);
    if !entry.location.is_empty() {
        event.location(&one_line(&entry.location));
    }
    event
}

fn write(
    entry: &CalendarEntry<'_>,
    method: Method,
    attendee: Option<Party<'_>>,
) -> Result<String, fmt::Error> {
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method.as_str()),
    ] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.push(event(entry, method, attendee));
    let mut text = String::new();
    write!(text, "{calendar}")?;
    Ok(fold(&text))
}

fn event(entry: &CalendarEntry<'_>, method: Method, attendee: Option<Party<'_>>) -> Event {
    let status = if method == Method::Cancel {
        EventStatus::Cancelled
    } else {
        EventStatus::Confirmed
    };
    let mut event = Event::new();
    event
        .uid(&uid(entry.appointment, entry.host))
        .sequence(entry.sequence)
        .timestamp(entry.stamp)
        .starts(entry.start)
        .ends(entry.end)
        .summary(&one_line(entry.summary))
        .description(&one_line(entry.link))
        .status(status)
        // A calendar is often shared: others see that the time is taken and no more.
        .class(Class::Private)
        .append_property(party("ORGANIZER", entry.organiser));
    if !entry.location.is_empty() {
        event.location(&one_line(entry.location));
    }
    if let Some(attendee) = attendee {
        let mut invited = party("ATTENDEE", attendee);
        // The person chose the time, so no answer is asked for, and none would be read.
        for (name, value) in [
            ("CUTYPE", "INDIVIDUAL"),
            ("ROLE", "REQ-PARTICIPANT"),
            ("PARTSTAT", "ACCEPTED"),
            ("RSVP", "FALSE"),
        ] {
            invited.add_parameter(name, value);
        }
        event.append_multi_property(invited);
    }
    event.done()
}

fn party(property: &str, party: Party<'_>) -> Property {
    let mut line = Property::new(property, format!("mailto:{}", one_line(party.address)));
    // A parameter value cannot hold a double quote (RFC 5545, 3.2).
    let name = one_line(party.name).replace('"', "'");
    if !name.is_empty() {
        line.add_parameter("CN", &name);
    }
    line
}

/// A value that cannot start a line of its own.
fn one_line(value: &str) -> String {
    value
        .split(char::is_control)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Folds at 75 octets, never inside a character. The calendar crate folds too, but counts the
/// space that starts a continuation wrongly and lets a last line have 76.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + text.len() / 32);
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut octets = 0;
        for letter in line.chars() {
            if octets + letter.len_utf8() > LINE_OCTETS {
                folded.push_str("\r\n ");
                octets = 1;
            }
            folded.push(letter);
            octets += letter.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_75_octets_whatever_its_length_or_script() {
        for letter in ["a", "é", "ж", "老", "😀", "a é"] {
            for count in 0..400 {
                let line = format!("SUMMARY:{}\r\n", letter.repeat(count));
                let folded = fold(&line);
                for part in folded.split_terminator("\r\n") {
                    assert!(part.len() <= LINE_OCTETS, "{} octets: {part}", part.len());
                }
                assert_eq!(folded.replace("\r\n ", ""), line);
            }
        }
    }

    #[test]
    fn a_value_with_line_ends_stays_one_value() {
        assert_eq!(one_line("N7\r\nMETHOD:CANCEL\n"), "N7 METHOD:CANCEL");
    }
}

//! One message of each kind about an invented appointment, for staff to look at and for the tests to read.
//!
//! Promises: a kind of the outbox that is missing here fails a test. The people, times and references are made up, and the
//! same on every day. `None` from these functions means that the sample itself is broken, which the tests would show.

use chrono::{DateTime, TimeDelta};
use uuid::Uuid;

use super::{
    AppointmentDetails, AppointmentMail, CancelledBy, Entry, FirstMail, How, Meeting, Message,
    News, OfferedTime, Recipient, RequestMail, RequestNews, StaffDay, StaffInvitation, WaitingMail,
    WaitingNews,
};
use crate::domain::ids::{AppointmentId, RequestId, WaitingId};

/// 14:00 UTC on Tuesday 1 December 2026.
const START: i64 = 1_796_133_600;

/// An invented client, to whom it is safe to write.
#[must_use]
pub fn recipient() -> Option<Recipient> {
    Recipient::client("amina@example.org", "Amina", "en", true)
}

fn id(last: u128) -> Uuid {
    Uuid::from_u128(0x0193_5d3e_2c00_7000_8000_0000_0000_0000 + last)
}

/// An invented appointment; `link` is the address of its page.
#[must_use]
pub fn appointment(link: &str) -> Option<AppointmentDetails> {
    let start = DateTime::from_timestamp(START, 0)?;
    Some(AppointmentDetails {
        id: AppointmentId(id(1)),
        sequence: 0,
        first_mail: FirstMail::Confirmation,
        label: String::new(),
        start,
        end: start + TimeDelta::minutes(60),
        date_label: "Tuesday 1 December".to_owned(),
        time_label: "2:00pm to 3:00pm".to_owned(),
        meeting: Meeting::InPerson {
            place: "London Met, Holloway Road, London N7".to_owned(),
            ask_for: "Met Lab".to_owned(),
        },
        manage_url: link.to_owned(),
        reference: "K7M-4PQ".to_owned(),
    })
}

/// The same appointment after `sequence` changes, on Thursday.
#[must_use]
pub fn moved(link: &str, sequence: u32) -> Option<AppointmentDetails> {
    let before = appointment(link)?;
    Some(AppointmentDetails {
        sequence,
        start: before.start + TimeDelta::days(2),
        end: before.end + TimeDelta::days(2),
        date_label: "Thursday 3 December".to_owned(),
        ..before
    })
}

/// The same appointment where staff clear the time first.
#[must_use]
pub fn kept(link: &str) -> Option<AppointmentDetails> {
    Some(AppointmentDetails {
        first_mail: FirstMail::RequestReceived,
        ..appointment(link)?
    })
}

fn about(appointment: AppointmentDetails, news: News) -> Option<Message> {
    Some(Message::Appointment(AppointmentMail {
        to: recipient()?,
        appointment,
        news,
    }))
}

fn case(link: &str, sequence: u32, news: RequestNews) -> Option<Message> {
    Some(Message::Request(RequestMail {
        to: recipient()?,
        id: RequestId(id(2)),
        sequence,
        reference: "R4T-9WX".to_owned(),
        manage_url: link.to_owned(),
        news,
    }))
}

fn on_list(link: &str, sequence: u32, news: WaitingNews) -> Option<Message> {
    Some(Message::Waiting(WaitingMail {
        to: recipient()?,
        id: WaitingId(id(4)),
        sequence,
        reference: "W2K-8HD".to_owned(),
        manage_url: link.replace("appointments", "waiting"),
        news,
    }))
}

fn offered(link: &str) -> Option<WaitingNews> {
    let appointment = appointment(link)?;
    Some(WaitingNews::Offer(OfferedTime {
        date_label: appointment.date_label,
        time_label: appointment.time_label,
        meeting: appointment.meeting,
        until_date_label: "Friday 27 November".to_owned(),
        until_time_label: "10:15am".to_owned(),
    }))
}

fn staff_day() -> Message {
    let entry = |time: &str, how, reference: &str, waits| Entry {
        time_label: time.to_owned(),
        how,
        reference: reference.to_owned(),
        waits,
    };
    let room = How::Room("Sample room 1".to_owned());
    Message::StaffDay(StaffDay {
        to: Recipient::staff("sam@example.org", "Sam"),
        id: id(5),
        date_label: "Tuesday 1 December".to_owned(),
        as_of_label: "7:00am".to_owned(),
        entries: vec![
            entry("10:00am to 11:00am", How::Phone, "T5N-2KD", false),
            entry("2:00pm to 3:00pm", room, "K7M-4PQ", false),
            entry("3:15pm to 4:15pm", How::Video, "M3X-9RF", true),
        ],
        link: "https://clinics.example.org/staff".to_owned(),
    })
}

fn staff_invitation() -> Message {
    Message::StaffInvitation(StaffInvitation {
        to: Recipient::staff("sam@example.org", "Sam"),
        id: id(3),
        link: "https://clinics.example.org/staff/password/Zm9yIGEgdGVzdCBvbmx5".to_owned(),
        expires_date_label: "Thursday 26 November".to_owned(),
        expires_time_label: "9:00am".to_owned(),
    })
}

/// One of each kind, with its name. `link` stands where a client's own link would, and must open nothing.
#[must_use]
pub fn every_kind(link: &str) -> Option<Vec<(&'static str, Message)>> {
    let news = |news| about(appointment(link)?, news);
    let moved_by = |by| about(moved(link, 2)?, News::Cancelled(by));
    let change = News::Moved {
        old_date_label: "Tuesday 1 December".to_owned(),
        old_time_label: "2:00pm to 3:00pm".to_owned(),
        sorry: false,
    };
    let sorry = News::Moved {
        old_date_label: "Tuesday 1 December".to_owned(),
        old_time_label: "2:00pm to 3:00pm".to_owned(),
        sorry: true,
    };
    let far = |meeting, news| {
        let appointment = AppointmentDetails {
            meeting,
            ..appointment(link)?
        };
        about(appointment, news)
    };
    let by_phone = Meeting::Phone { we_ring: true };
    let soon = News::Reminder { days_before: 1 };
    let received = News::Received {
        aim: "Wednesday 25 November".to_owned(),
    };
    let in_review = RequestNews::InReview {
        reply_by: "Friday 27 November".to_owned(),
    };
    let feedback = News::Feedback {
        url: link.replace("appointments", "feedback"),
    };
    let offer_ended = WaitingNews::OfferEnded {
        date_label: "Tuesday 1 December".to_owned(),
        time_label: "2:00pm to 3:00pm".to_owned(),
        withdrawn: false,
    };
    let withdrawn = WaitingNews::OfferEnded {
        date_label: "Tuesday 1 December".to_owned(),
        time_label: "2:00pm to 3:00pm".to_owned(),
        withdrawn: true,
    };
    // Which hour a lost link was asked for in.
    let part = 494_000;
    Some(vec![
        ("confirmation", news(News::Booked)?),
        ("confirmation_by_video", far(Meeting::Video, News::Booked)?),
        ("request_received", about(kept(link)?, received)?),
        ("in_review", case(link, 0, in_review)?),
        ("change", about(moved(link, 1)?, change)?),
        ("change_by_clinic", about(moved(link, 1)?, sorry)?),
        ("cancellation_by_client", moved_by(CancelledBy::Client)?),
        ("cancellation_by_clinic", moved_by(CancelledBy::Clinic)?),
        ("staff_invitation", staff_invitation()),
        ("staff_day", staff_day()),
        ("turned_down", about(kept(link)?, News::TurnedDown)?),
        (
            "turned_down_request",
            case(link, 1, RequestNews::TurnedDown)?,
        ),
        ("decision", case(link, 1, RequestNews::Decision)?),
        ("reminder", news(News::Reminder { days_before: 5 })?),
        ("reminder_by_phone", far(by_phone, soon)?),
        ("missed", news(News::Missed)?),
        ("feedback", news(feedback)?),
        ("link", news(News::Link { part })?),
        ("link_request", case(link, 1, RequestNews::Link { part })?),
        ("on_list", on_list(link, 0, WaitingNews::OnList)?),
        ("offer", on_list(link, 1, offered(link)?)?),
        ("offer_ended", on_list(link, 1, offer_ended)?),
        ("offer_ended_by_clinic", on_list(link, 1, withdrawn)?),
        ("list_ended", on_list(link, 1, WaitingNews::ListEnded)?),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::booking::Kind;

    #[test]
    fn every_kind_of_the_outbox_has_a_sample_to_look_at() {
        let samples = every_kind("https://clinics.example.org/appointments/x").unwrap();
        for kind in Kind::ALL {
            let name = kind.as_str();
            assert!(
                samples.iter().any(|(sample, _)| sample.starts_with(name)),
                "{name}"
            );
        }
    }
}

//! Invented people and appointments to write mails about.

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use clinics::domain::ids::{AppointmentId, RequestId};
use clinics::mail::{
    AppointmentDetails, Cancellation, CancelledBy, Change, Confirmation, Decision, FirstMail,
    FirstOf, InReview, Meeting, Message, Outgoing, Recipient, RequestReceived, Sender,
    SenderSettings, StaffInvitation, TurnedDown, compose,
};
use uuid::Uuid;

pub const LINK: &str = "https://clinics.example.org/appointments/\
    AZq8Vt1xcAaTnJc5wJ2c0Q.1.n2bG0lq3Zc8uVwXyJ5s7T9eRkQhLmNpA4dFiKoUtYbE";

/// 09:00 UTC on 24 November 2026.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap()
}

pub fn settings() -> SenderSettings {
    SenderSettings {
        mail_from: "clinics@example.org".to_owned(),
        reply_to: Some("Front desk <desk@example.org>".to_owned()),
        replies_are_read: true,
        host: "clinics.example.org".to_owned(),
        site_name: "Met Lab Clinics".to_owned(),
        telephone: "020 7946 0000".to_owned(),
        telephone_hours: "Monday to Friday, 10am to 4pm".to_owned(),
    }
}

pub fn sender() -> Sender {
    Sender::new(settings()).unwrap()
}

pub fn amina() -> Recipient {
    client("amina@example.org", "Amina")
}

pub fn client(address: &str, first_name: &str) -> Recipient {
    Recipient::client(address, first_name, "en", true).unwrap()
}

fn id(last: u128) -> Uuid {
    Uuid::from_u128(0x0193_5d3e_2c00_7000_8000_0000_0000_0000 + last)
}

pub fn appointment() -> AppointmentDetails {
    let start = Utc.with_ymd_and_hms(2026, 12, 1, 14, 0, 0).unwrap();
    AppointmentDetails {
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
        manage_url: LINK.to_owned(),
        reference: "K7M-4PQ".to_owned(),
    }
}

/// The same appointment after `sequence` changes, on Thursday.
pub fn moved(sequence: u32) -> AppointmentDetails {
    let before = appointment();
    AppointmentDetails {
        sequence,
        start: before.start + TimeDelta::days(2),
        end: before.end + TimeDelta::days(2),
        date_label: "Thursday 3 December".to_owned(),
        ..before
    }
}

pub fn confirmation() -> Message {
    Message::Confirmation(Confirmation {
        to: amina(),
        appointment: appointment(),
    })
}

pub fn change(sequence: u32) -> Message {
    Message::Change(Change {
        sorry: false,
        to: amina(),
        appointment: moved(sequence),
        old_date_label: "Tuesday 1 December".to_owned(),
        old_time_label: "2:00pm to 3:00pm".to_owned(),
    })
}

pub fn cancellation(sequence: u32, by: CancelledBy) -> Message {
    Message::Cancellation(Cancellation {
        to: amina(),
        appointment: moved(sequence),
        by,
    })
}

pub fn request_received() -> Message {
    Message::RequestReceived(RequestReceived {
        to: amina(),
        appointment: AppointmentDetails {
            first_mail: FirstMail::RequestReceived,
            ..appointment()
        },
        aim: "Wednesday 25 November".to_owned(),
    })
}

pub fn in_review() -> Message {
    Message::InReview(InReview {
        to: amina(),
        id: RequestId(id(2)),
        reference: "R4T-9WX".to_owned(),
        reply_by: "Friday 27 November".to_owned(),
        manage_url: LINK.to_owned(),
    })
}

pub fn decision() -> Message {
    Message::Decision(Decision {
        to: amina(),
        id: RequestId(id(2)),
        sequence: 1,
        reference: "R4T-9WX".to_owned(),
        manage_url: LINK.to_owned(),
    })
}

pub fn staff_invitation() -> Message {
    Message::StaffInvitation(StaffInvitation {
        to: Recipient::staff("sam@example.org", "Sam"),
        id: id(3),
        link: "https://clinics.example.org/staff/password/Zm9yIGEgdGVzdCBvbmx5".to_owned(),
        expires_date_label: "Thursday 26 November".to_owned(),
        expires_time_label: "9:00am".to_owned(),
    })
}

pub fn turned_down() -> Message {
    Message::TurnedDown(TurnedDown {
        to: amina(),
        about: id(1),
        sequence: 1,
        first: FirstOf::RequestReceived,
        manage_url: LINK.to_owned(),
    })
}

/// One of each kind, with a name for its snapshot.
pub fn every_kind() -> Vec<(&'static str, Message)> {
    vec![
        ("confirmation", confirmation()),
        ("request_received", request_received()),
        ("in_review", in_review()),
        ("change", change(1)),
        (
            "cancellation_by_client",
            cancellation(2, CancelledBy::Client),
        ),
        (
            "cancellation_by_clinic",
            cancellation(2, CancelledBy::Clinic),
        ),
        ("staff_invitation", staff_invitation()),
        ("turned_down", turned_down()),
        ("decision", decision()),
    ]
}

pub fn written(message: &Message) -> Outgoing {
    compose(message, &sender(), now()).unwrap()
}

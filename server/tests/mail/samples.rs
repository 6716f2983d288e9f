//! Invented people and appointments to write mails about.

use chrono::{DateTime, TimeZone as _, Utc};
use clinics::mail::{
    AppointmentDetails, AppointmentMail, CancelledBy, Message, News, Outgoing, Recipient, Sender,
    SenderSettings, compose, samples,
};

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

pub fn appointment() -> AppointmentDetails {
    samples::appointment(LINK).unwrap()
}

/// The same appointment after `sequence` changes, on Thursday.
pub fn moved(sequence: u32) -> AppointmentDetails {
    samples::moved(LINK, sequence).unwrap()
}

/// A mail about an appointment.
pub fn mail(to: Recipient, appointment: AppointmentDetails, news: News) -> Message {
    Message::Appointment(AppointmentMail {
        to,
        appointment,
        news,
    })
}

/// A confirmation of this appointment.
pub fn booked(appointment: AppointmentDetails) -> Message {
    mail(amina(), appointment, News::Booked)
}

pub fn confirmation() -> Message {
    booked(appointment())
}

pub fn change(sequence: u32) -> Message {
    let news = News::Moved {
        old_date_label: "Tuesday 1 December".to_owned(),
        old_time_label: "2:00pm to 3:00pm".to_owned(),
        sorry: false,
    };
    mail(amina(), moved(sequence), news)
}

pub fn cancellation(sequence: u32, by: CancelledBy) -> Message {
    mail(amina(), moved(sequence), News::Cancelled(by))
}

pub fn reminder(days_before: u32) -> Message {
    mail(amina(), appointment(), News::Reminder { days_before })
}

pub fn decision() -> Message {
    let mut all = every_kind().into_iter();
    all.find(|(name, _)| *name == "decision").unwrap().1
}

/// One of each kind, with a name for its snapshot.
pub fn every_kind() -> Vec<(&'static str, Message)> {
    samples::every_kind(LINK).unwrap()
}

pub fn written(message: &Message) -> Outgoing {
    compose(message, &sender(), now()).unwrap()
}

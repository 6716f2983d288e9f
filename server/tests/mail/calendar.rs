//! What calendars get, read by a parser that is not ours.

use chrono::{NaiveDateTime, TimeDelta};
use clinics::ical::{CalendarEntry, Party, appointment_file};
use clinics::mail::{AppointmentDetails, CancelledBy, Meeting, Message, News, Sender, compose};
use serde_json::{Value, json};

use crate::readers::read;
use crate::samples::{
    LINK, appointment, booked, cancellation, change, client, confirmation, every_kind, mail, now,
    sender, settings, written,
};

fn calendar_of(message: &Message) -> String {
    written(message).calendar.unwrap()
}

/// One property of a calendar file, unfolded.
fn property(calendar: &str, name: &str) -> Option<String> {
    let unfolded = calendar.replace("\r\n ", "");
    unfolded
        .split("\r\n")
        .find_map(|line| line.strip_prefix(&format!("{name}:")).map(str::to_owned))
}

#[test]
fn calendar_parts_read_as_a_person_approved_them() {
    for (name, message) in [
        ("confirmation_calendar", confirmation()),
        ("change_calendar", change(1)),
        (
            "cancellation_calendar",
            cancellation(2, CancelledBy::Client),
        ),
    ] {
        insta::assert_snapshot!(name, calendar_of(&message).replace("\r\n", "\n"));
    }
}

#[test]
fn lesson_18_book_move_move_cancel_is_one_uid_sequence_0_to_3_request_thrice_then_cancel() {
    let life = [
        (confirmation(), "REQUEST", "CONFIRMED"),
        (change(1), "REQUEST", "CONFIRMED"),
        (change(2), "REQUEST", "CONFIRMED"),
        (cancellation(3, CancelledBy::Clinic), "CANCEL", "CANCELLED"),
    ];
    let uid = property(&calendar_of(&life[0].0), "UID");
    assert!(uid.is_some());
    for (sequence, (message, method, status)) in life.iter().enumerate() {
        let mail = written(message);
        let calendar = mail.calendar.clone().unwrap();
        assert_eq!(property(&calendar, "UID"), uid);
        assert_eq!(property(&calendar, "SEQUENCE"), Some(sequence.to_string()));
        assert_eq!(property(&calendar, "METHOD").as_deref(), Some(*method));
        assert_eq!(property(&calendar, "STATUS").as_deref(), Some(*status));

        let Some(found) = read("mail", &mail.bytes) else {
            continue;
        };
        let parts = found["parts"].as_array().unwrap();
        let inline = parts
            .iter()
            .find(|part| part["type"] == "text/calendar")
            .unwrap();
        assert_eq!(inline["method"], *method, "the MIME parameter agrees");
        let attached = parts
            .iter()
            .find(|part| part["type"] == "application/ics")
            .unwrap();
        assert_eq!(attached["filename"], "appointment.ics");
        for part in [inline, attached] {
            let read = &part["calendar"];
            assert_eq!(read["uid"].as_str(), uid.as_deref());
            assert_eq!(read["sequence"], sequence);
            assert_eq!(read["method"], *method);
            assert_eq!(read["status"], *status);
            assert_eq!(read["errors"], json!([]));
        }
    }
}

#[test]
fn lesson_21_every_calendar_part_has_a_uid_a_stamp_and_instants_in_utc() {
    for message in [
        confirmation(),
        change(1),
        cancellation(2, CancelledBy::Client),
    ] {
        let calendar = calendar_of(&message);
        assert!(property(&calendar, "UID").is_some_and(|uid| uid.contains('@')));
        for name in ["DTSTAMP", "DTSTART", "DTEND"] {
            let instant = property(&calendar, name).unwrap_or_default();
            assert!(
                NaiveDateTime::parse_from_str(&instant, "%Y%m%dT%H%M%SZ").is_ok(),
                "{name} is an instant in UTC, not {instant:?}"
            );
        }
        assert!(!calendar.contains("TZID"), "no time zone to misread");
    }
}

#[test]
fn lessons_20_21_an_independent_reader_finds_what_was_booked_and_no_more() {
    let Some(read) = read("calendar", calendar_of(&confirmation()).as_bytes()) else {
        return;
    };
    let expected = json!({
        "version": "2.0",
        "method": "REQUEST",
        "uid": "01935d3e-2c00-7000-8000-000000000001@clinics.example.org",
        "sequence": 0,
        "stamp": "2026-11-24T09:00:00+00:00",
        "start": "2026-12-01T14:00:00+00:00",
        "end": "2026-12-01T15:00:00+00:00",
        "summary": "Appointment",
        "description": LINK,
        "location": "London Met, Holloway Road, London N7",
        "status": "CONFIRMED",
        "class": "PRIVATE",
        "organizer": "mailto:clinics@example.org",
        "organizer_name": "Met Lab Clinics",
        "attendees": [{"address": "mailto:amina@example.org", "name": "Amina", "rsvp": "FALSE"}],
        "properties": [
            "ATTENDEE", "BEGIN", "CLASS", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "END",
            "LOCATION", "ORGANIZER", "SEQUENCE", "STATUS", "SUMMARY", "UID",
        ],
        "errors": [],
    });
    assert_eq!(read, expected);
}

#[test]
fn a_time_that_is_not_booked_goes_into_no_calendar() {
    for (name, message) in every_kind() {
        let mail = written(&message);
        let of_calendar = ["confirmation", "change", "cancellation"];
        if of_calendar.iter().any(|kind| name.starts_with(kind)) {
            assert!(mail.calendar.is_some(), "{name}");
            continue;
        }
        assert!(mail.calendar.is_none(), "{name}");
        assert!(!String::from_utf8(mail.bytes).unwrap().contains("VCALENDAR"));
    }
}

#[test]
fn lesson_20_nobody_is_invited_by_themselves() {
    let mut own = settings();
    own.mail_from = "Amina@Example.org".to_owned();
    let mail = compose(&confirmation(), &Sender::new(own).unwrap(), now()).unwrap();
    assert!(mail.calendar.is_none());
}

#[test]
fn long_and_accented_values_fold_at_75_octets_and_read_back_whole() {
    let place = "Université à côté, étage n° 7; salle «Ångström», Ελλάδα \\ 東京 ".repeat(6);
    let mail = written(&mail(
        client("zoe@example.org", "Zoë-Çağrı"),
        AppointmentDetails {
            label: "Séance d'information".to_owned(),
            meeting: Meeting::InPerson {
                place: place.trim().to_owned(),
                ask_for: "Met Lab".to_owned(),
            },
            ..appointment()
        },
        News::Booked,
    ));
    let calendar = mail.calendar.unwrap();
    for line in calendar.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains('\n'), "only CRLF ends a line");
    }
    let Some(read) = read("mail", &mail.bytes) else {
        return;
    };
    let parts = read["parts"].as_array().unwrap();
    let calendars: Vec<&Value> = parts.iter().map(|part| &part["calendar"]).collect();
    for calendar in calendars.into_iter().filter(|found| found.is_object()) {
        assert_eq!(calendar["location"], place.trim());
        assert_eq!(calendar["summary"], "Séance d'information");
        assert_eq!(calendar["attendees"][0]["name"], "Zoë-Çağrı");
    }
}

#[test]
fn a_value_cannot_add_a_line_to_the_calendar() {
    let mail = written(&booked(AppointmentDetails {
        meeting: Meeting::InPerson {
            place: "N7\r\nMETHOD:CANCEL\nX:\"y\"".to_owned(),
            ask_for: String::new(),
        },
        ..appointment()
    }));
    let calendar = mail.calendar.unwrap();
    assert_eq!(calendar.matches("\r\nMETHOD:").count(), 1);
    assert!(calendar.contains("LOCATION:N7 METHOD:CANCEL X:\"y\"\r\n"));
}

#[test]
fn by_phone_the_calendar_says_so_in_place_of_a_place() {
    let calendar = calendar_of(&booked(AppointmentDetails {
        meeting: Meeting::Phone { we_ring: true },
        ..appointment()
    }));
    assert_eq!(
        property(&calendar, "LOCATION").as_deref(),
        Some("Phone call")
    );
}

#[test]
fn the_file_to_download_names_nobody_and_has_the_uid_of_the_mails() {
    let details = appointment();
    let file = appointment_file(&CalendarEntry {
        appointment: details.id,
        host: "clinics.example.org",
        sequence: 1,
        stamp: now(),
        start: details.start,
        end: details.start + TimeDelta::minutes(45),
        summary: "Appointment",
        location: "",
        link: LINK,
        organiser: Party {
            name: "Met \"Lab\", Clinics",
            address: "clinics@example.org",
        },
    })
    .unwrap();
    insta::assert_snapshot!("appointment_file", file.replace("\r\n", "\n"));
    assert_eq!(
        property(&file, "UID"),
        property(&calendar_of(&confirmation()), "UID")
    );
    assert!(!file.contains("ATTENDEE"));
    assert!(!file.contains("LOCATION"));
    let Some(read) = read("calendar", file.as_bytes()) else {
        return;
    };
    assert_eq!(read["method"], "PUBLISH");
    assert_eq!(read["organizer_name"], "Met 'Lab', Clinics");
    assert_eq!(read["end"], "2026-12-01T14:45:00+00:00");
}

#[test]
fn the_same_message_at_the_same_instant_gives_the_same_bytes() {
    let first = compose(&confirmation(), &sender(), now()).unwrap();
    let again = compose(&confirmation(), &sender(), now()).unwrap();
    assert_eq!(first.bytes, again.bytes);
}

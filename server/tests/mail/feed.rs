//! A personal calendar feed, read alike by two parsers: one in Rust and one in Python.

use chrono::{TimeZone as _, Utc};
use clinics::domain::ids::AppointmentId;
use clinics::ical::{FeedEntry, feed};
use icalendar::{Calendar, CalendarComponent, Component as _};
use uuid::Uuid;

use crate::readers::read;

fn entry(number: u128, cancelled: bool) -> FeedEntry {
    FeedEntry {
        appointment: AppointmentId(Uuid::from_u128(number)),
        sequence: 2,
        changed: Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0).unwrap(),
        start: Utc.with_ymd_and_hms(2026, 11, 23, 10, 0, 0).unwrap(),
        end: Utc.with_ymd_and_hms(2026, 11, 23, 11, 0, 0).unwrap(),
        summary: "Appointment".into(),
        location: "Sample room 1; by the stairs, left".into(),
        link: "https://clinics.example.org/staff/calendar".into(),
        cancelled,
        tentative: false,
    }
}

fn written() -> String {
    feed(
        "Appointments",
        "clinics.example.org",
        &[entry(1, false), entry(2, true)],
    )
    .unwrap()
}

#[test]
fn two_readers_that_do_not_know_each_other_read_a_feed_alike() {
    let text = written();
    let calendar: Calendar = text.parse().unwrap();
    let events: Vec<_> = calendar
        .components
        .iter()
        .filter_map(|one| match one {
            CalendarComponent::Event(event) => Some(event),
            _ => None,
        })
        .collect();
    assert_eq!(events.len(), 2);
    let Some(python) = read("feed", text.as_bytes()) else {
        return;
    };
    assert_eq!(python["method"], "PUBLISH");
    assert_eq!(python["refresh"], 900.0);
    assert_eq!(python["ttl"], "PT15M");
    for (rust, python) in events.iter().zip(python["events"].as_array().unwrap()) {
        assert_eq!(rust.get_uid().unwrap(), python["uid"]);
        assert_eq!(rust.get_summary().unwrap(), python["summary"]);
        assert_eq!(rust.property_value("STATUS").unwrap(), python["status"]);
        assert_eq!(python["start"], "2026-11-23T10:00:00+00:00");
        assert_eq!(rust.property_value("DTSTART").unwrap(), "20261123T100000Z");
        assert_eq!(python["end"], "2026-11-23T11:00:00+00:00");
        assert_eq!(python["location"], "Sample room 1; by the stairs, left");
        assert_eq!(python["errors"].as_array().unwrap().len(), 0);
        let names: Vec<_> = python["properties"].as_array().unwrap().clone();
        for nobody in ["ATTENDEE", "ORGANIZER"] {
            assert!(!names.iter().any(|name| name == nobody), "{nobody}");
        }
    }
}

#[test]
fn lesson_23_a_feed_read_again_is_the_same_to_the_byte() {
    assert_eq!(written(), written());
    let uids: Vec<String> = written()
        .replace("\r\n ", "")
        .lines()
        .filter(|line| line.starts_with("UID:"))
        .map(str::to_owned)
        .collect();
    assert_eq!(uids.len(), 2);
    assert_ne!(uids[0], uids[1]);
}

//! The whole mail: its headers and parts, as a mail program reads them.

use clinics::mail::{AppointmentDetails, CancelledBy, FirstMail, News, Outgoing, compose};
use serde_json::{Value, json};

use crate::readers::read;
use crate::samples::{
    LINK, appointment, booked, cancellation, change, client, confirmation, every_kind, mail, now,
    reminder, sender, written,
};

const APPOINTMENT: &str = "01935d3e-2c00-7000-8000-000000000001";

/// A header as it is written, unfolded.
fn header(mail: &Outgoing, name: &str) -> Option<String> {
    let text = String::from_utf8(mail.bytes.clone()).unwrap();
    let headers = text.split_once("\r\n\r\n").unwrap().0.replace("\r\n ", " ");
    headers
        .split("\r\n")
        .find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned))
}

#[test]
fn message_ids_are_made_of_kind_appointment_and_sequence_and_later_mails_answer_the_first() {
    let id = |kind: &str, sequence: u32| {
        format!("<{kind}.{APPOINTMENT}.{sequence}@clinics.example.org>")
    };
    let first = written(&confirmation());
    assert_eq!(header(&first, "Message-ID"), Some(id("confirmation", 0)));
    assert_eq!(header(&first, "In-Reply-To"), None);
    assert_eq!(header(&first, "References"), None);
    for days in [5, 1] {
        let id = format!("<reminder.{APPOINTMENT}.0.{days}@clinics.example.org>");
        assert_eq!(header(&written(&reminder(days)), "Message-ID"), Some(id));
    }
    for (message, kind, sequence) in [
        (reminder(0), "reminder", 0),
        (change(1), "change", 1),
        (cancellation(2, CancelledBy::Client), "cancellation", 2),
    ] {
        let mail = written(&message);
        assert_eq!(header(&mail, "Message-ID"), Some(id(kind, sequence)));
        assert_eq!(mail.message_id, id(kind, sequence).trim_matches(['<', '>']));
        for answer in ["In-Reply-To", "References"] {
            assert_eq!(header(&mail, answer), Some(id("confirmation", 0)));
        }
    }
    let cleared = written(&booked(AppointmentDetails {
        first_mail: FirstMail::RequestReceived,
        ..appointment()
    }));
    let first = Some(id("request-received", 0));
    assert_eq!(header(&cleared, "In-Reply-To"), first);
}

#[test]
fn lesson_33_headers_say_that_a_machine_wrote_it_and_who_reads_the_answer() {
    for (name, message) in every_kind() {
        let mail = written(&message);
        let is = |header_name: &str, value: &str| {
            assert_eq!(header(&mail, header_name).as_deref(), Some(value), "{name}");
        };
        is("Auto-Submitted", "auto-generated");
        is("X-Auto-Response-Suppress", "All");
        is("From", "\"Met Lab Clinics\" <clinics@example.org>");
        is("Reply-To", "\"Front desk\" <desk@example.org>");
        is("Date", "Tue, 24 Nov 2026 09:00:00 +0000");
        is("MIME-Version", "1.0");
    }
}

#[test]
fn an_independent_reader_finds_no_defect_and_the_parts_in_order() {
    for (name, message) in every_kind() {
        let mail = written(&message);
        let Some(found) = read("mail", &mail.bytes) else {
            return;
        };
        assert_eq!(found["header_defects"], json!([]), "{name}");
        let parts = found["parts"].as_array().unwrap();
        let types: Vec<&str> = parts
            .iter()
            .filter_map(|part| part["type"].as_str())
            .collect();
        let expected: &[&str] = if mail.calendar.is_some() {
            &[
                "multipart/mixed",
                "multipart/alternative",
                "text/plain",
                "text/html",
                "text/calendar",
                "application/ics",
            ]
        } else {
            &["multipart/alternative", "text/plain", "text/html"]
        };
        assert_eq!(types, expected, "{name}");
        assert!(
            parts.iter().all(|part| part["defects"] == json!([])),
            "{name}"
        );
        assert_eq!(content(parts, "text/plain"), mail.text, "{name}");
        assert_eq!(
            content(parts, "text/html").trim(),
            mail.html.trim(),
            "{name}"
        );
    }
}

fn content(parts: &[Value], content_type: &str) -> String {
    let part = parts
        .iter()
        .find(|part| part["type"] == content_type)
        .unwrap();
    part["text"].as_str().unwrap().replace("\r\n", "\n")
}

#[test]
fn a_link_is_whole_in_the_bytes_so_that_a_person_can_copy_it_from_the_file() {
    let text = String::from_utf8(written(&confirmation()).bytes).unwrap();
    assert!(text.contains(&format!("\r\n{LINK}\r\n")));
}

#[test]
fn names_and_addresses_of_any_script_travel_as_ascii_and_read_back() {
    for name in ["Zoë", "أمينة", "佳子", "Ngọc"] {
        let message = mail(client("zoe@example.org", name), appointment(), News::Booked);
        let mail = compose(&message, &sender(), now()).unwrap();
        assert!(mail.bytes.is_ascii(), "works with servers without 8BITMIME");
        let lines = String::from_utf8(mail.bytes.clone()).unwrap();
        assert!(
            lines
                .split("\r\n")
                .all(|line| line.len() <= 998 && !line.contains('\n'))
        );
        let Some(found) = read("mail", &mail.bytes) else {
            continue;
        };
        let headers = found["headers"].as_array().unwrap();
        let to = headers.iter().find(|header| header[0] == "To").unwrap();
        assert_eq!(to[1], format!("{name} <zoe@example.org>"));
        let parts = found["parts"].as_array().unwrap();
        assert!(content(parts, "text/plain").starts_with(&format!("Hello {name},\n")));
        assert!(content(parts, "text/html").contains(&format!("Hello {name},")));
    }
}

//! What mails say.

use clinics::mail::{AppointmentDetails, Meeting, News, Sender, compose};
use regex::Regex;

use crate::samples::{
    LINK, appointment, booked, client, confirmation, decision, every_kind, mail, now, reminder,
    sender, settings, written,
};

#[test]
fn each_mail_reads_as_a_person_approved_it() {
    for (name, message) in every_kind() {
        let mail = written(&message);
        let shown = format!("Subject: {}\n\n{}", mail.subject, mail.text);
        insta::assert_snapshot!(name, shown);
    }
}

#[test]
fn the_html_reads_as_a_person_approved_it() {
    insta::assert_snapshot!("confirmation_html", written(&confirmation()).html);
    insta::assert_snapshot!("decision_html", written(&decision()).html);
}

/// Words and web addresses in order, without signs.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || "/.:-_'".contains(c)))
        .map(|word| word.trim_matches(['.', ':', ',']).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

fn words_of_html(html: &str) -> Vec<String> {
    let body = html.split_once("<body").unwrap().1;
    let body = format!("<body{body}");
    let shown = Regex::new("<[^>]*>").unwrap().replace_all(&body, " ");
    let shown = shown.replace("&#39;", "'").replace("&quot;", "\"");
    words(&shown.replace("&lt;", "<").replace("&amp;", "&"))
}

#[test]
fn lesson_33_text_and_html_say_the_same_in_the_same_order() {
    for (name, message) in every_kind() {
        let mail = written(&message);
        assert_eq!(words(&mail.text), words_of_html(&mail.html), "{name}");
    }
}

#[test]
fn nothing_anywhere_names_a_clinic_a_topic_a_reason_or_a_member_of_staff() {
    let telling = Regex::new(
        r"(?i)\b(law|legal|advice|advisers?|advisors?|solicitors?|court|tribunal|eviction|landlord|immigration|debts?|benefits|sports?|injury|injuries|massage|therap\w*|physio\w*|nutrition\w*|diet\w*|food|weight|business|charit\w*|counsel\w*|mental|health|student|supervisor|doctor|patient|conflict|questions?|triage|urgent|because)\b",
    )
    .unwrap();
    for (name, message) in every_kind() {
        let mail = written(&message);
        // The style sheet says `font-weight`, which nobody reads.
        let shown = words_of_html(&mail.html).join(" ");
        let headers = String::from_utf8(mail.bytes).unwrap();
        let headers = headers.split_once("\r\n\r\n").unwrap().0.to_owned();
        let calendar = mail.calendar.unwrap_or_default();
        for part in [headers, mail.text, shown, calendar] {
            assert!(
                !telling.is_match(&part),
                "{name}: {:?}",
                telling.find(&part)
            );
        }
    }
}

#[test]
fn every_time_says_that_it_is_uk_time() {
    let clock = Regex::new(r"\d(am|pm)").unwrap();
    for (name, message) in every_kind() {
        for line in written(&message).text.lines() {
            let of_the_desk = line.contains("Monday to Friday");
            if clock.is_match(line) && !of_the_desk {
                assert!(line.contains("(UK time)"), "{name}: {line}");
            }
        }
    }
}

#[test]
fn subjects_are_neutral_and_hold_nothing_personal() {
    for (name, message) in every_kind() {
        let subject = written(&message).subject;
        for personal in ["Amina", "Sam", "K7M-4PQ", "R4T-9WX", "example", "Holloway"] {
            assert!(!subject.contains(personal), "{name}: {subject}");
        }
    }
    let subject = written(&confirmation()).subject;
    assert_eq!(subject, "Your appointment on Tuesday 1 December");
}

/// The addresses of a mail's links, in order.
fn links(html: &str) -> Vec<String> {
    let address = Regex::new(r#"href="([^"]*)""#).unwrap();
    let found = address.captures_iter(html);
    found.map(|found| found[1].to_owned()).collect()
}

#[test]
fn each_link_has_its_whole_address_visible_and_nothing_is_fetched_or_tracked() {
    for (name, message) in every_kind() {
        let mail = written(&message);
        let links = links(&mail.html);
        assert_eq!(
            links.len(),
            if name.starts_with("reminder") { 3 } else { 1 },
            "{name}"
        );
        assert_eq!(mail.html.matches("<a ").count(), links.len(), "{name}");
        for link in links {
            assert!(mail.html.contains(&format!(">{link}</p>")), "{name}");
            assert!(mail.text.contains(&format!("\n{link}\n")), "{name}");
        }
        for fetched in [
            "src=",
            "<img",
            "url(",
            "@import",
            "<link",
            "<script",
            "background=",
        ] {
            assert!(!mail.html.contains(fetched), "{name}: {fetched}");
        }
    }
}

#[test]
fn the_buttons_of_a_reminder_all_open_the_appointments_page() {
    let mail = written(&reminder(1));
    let expected = ["coming", "change", "cancel"].map(|part| format!("{LINK}#{part}"));
    assert_eq!(links(&mail.html), expected);
    assert!(mail.calendar.is_none(), "it is in the calendar already");
}

#[test]
fn what_people_typed_cannot_become_html() {
    let mail = written(&booked(AppointmentDetails {
        meeting: Meeting::InPerson {
            place: "Room <b>\"1\"</b> & 'annexe'".to_owned(),
            ask_for: String::new(),
        },
        ..appointment()
    }));
    let escaped = "Room &lt;b&gt;&quot;1&quot;&lt;/b&gt; &amp; &#39;annexe&#39;";
    assert!(mail.html.contains(escaped), "{}", mail.html);
    assert!(mail.text.contains("Place: Room <b>\"1\"</b> & 'annexe'"));
    assert!(!mail.text.contains("Ask at"), "nothing to ask for");
}

#[test]
fn by_phone_and_by_video_there_is_no_place_to_go_to() {
    for (meeting, how) in [
        (
            Meeting::Phone { we_ring: true },
            "How: By phone. We will ring you on the number you gave us.",
        ),
        (
            Meeting::Phone { we_ring: false },
            "How: By phone. We have no number that is safe to ring.",
        ),
        (
            Meeting::Video,
            "How: By video call. The clinic will tell you how to join.",
        ),
    ] {
        let mail = written(&booked(AppointmentDetails {
            meeting,
            ..appointment()
        }));
        assert!(mail.text.contains(how), "{}", mail.text);
        assert!(!mail.text.contains("Place:"));
    }
}

#[test]
fn lesson_44_a_set_up_without_a_telephone_still_says_how_to_reach_a_person() {
    let mut bare = settings();
    bare.telephone.clear();
    let mail = compose(&confirmation(), &Sender::new(bare).unwrap(), now()).unwrap();
    assert!(mail.text.contains("Do you need help? Reply to this email."));
    let mut no_hours = settings();
    no_hours.telephone_hours.clear();
    let mail = compose(&confirmation(), &Sender::new(no_hours).unwrap(), now()).unwrap();
    assert!(mail.text.contains("Ring 020 7946 0000 and tell us"));
}

#[test]
fn a_person_without_a_usable_name_is_greeted_all_the_same() {
    let mail = written(&mail(
        client("amina@example.org", "www.example.com"),
        appointment(),
        News::Booked,
    ));
    assert!(mail.text.starts_with("Hello,\n"));
    assert!(!mail.text.contains("www.example.com"));
}

#[test]
fn a_wrong_address_is_an_error_that_does_not_repeat_it() {
    let message = mail(
        client("amina at example", "Amina"),
        appointment(),
        News::Booked,
    );
    let error = compose(&message, &sender(), now()).unwrap_err();
    assert!(!error.to_string().contains("amina"), "{error}");
}

#[test]
fn printed_into_a_log_a_mail_shows_no_name_address_or_link() {
    for (_, message) in every_kind() {
        let printed = format!("{message:?} {:?}", written(&message));
        for personal in [
            "Amina",
            "amina@",
            "Sam",
            LINK,
            "K7M",
            "password/",
            "Subject",
        ] {
            assert!(!printed.contains(personal), "{printed}");
        }
    }
}

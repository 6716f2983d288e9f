//! Mail that came back.

use std::path::Path;

use super::*;
use crate::outbox::CameBack;

/// A report (RFC 3464) about a mail, as a mail system writes it.
fn report(message_id: &str, recipient: &str, status: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example\r\nTo: clinics@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: {status}\r\n\r\n\
         --b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{message_id}>\r\nSubject: x\r\n\r\nHello.\r\n\r\n--b--\r\n"
    )
}

fn at_work(test: &TestClinic, folder: &Path) -> Courier {
    courier(test, Mailer::memory().0).with_bounces(Some(folder.to_owned()))
}

fn back(messages: usize, set_aside: usize) -> CameBack {
    CameBack {
        messages,
        set_aside,
    }
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let files = entries.map(|entry| entry.unwrap());
    let files = files.filter(|entry| entry.file_type().unwrap().is_file());
    let mut names: Vec<String> = files
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn confirmation(booked: &Booked) -> String {
    format!("confirmation.{}.0@clinics.example.org", booked.id)
}

const CALLS: &str = "SELECT kind FROM calls WHERE state = 'open' ORDER BY kind";

#[tokio::test]
async fn a_mail_that_came_back_becomes_a_call_and_so_does_every_later_one() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let folder = tempfile::tempdir().unwrap();
        let courier = at_work(&test, folder.path());
        let booked = book(&test, at(12, 1, 14, 0)).await;
        assert_eq!(courier.all().await, sent(1));
        let text = report(&confirmation(&booked), "CLIENT@sample.invalid", "5.1.1");
        std::fs::write(folder.path().join("one.eml"), &text).unwrap();
        // A Maildir has it twice, so to say.
        std::fs::create_dir(folder.path().join("new")).unwrap();
        std::fs::write(folder.path().join("new/two"), &text).unwrap();
        assert_eq!(
            courier.read_bounces().await.unwrap(),
            back(1, 0),
            "{}",
            test.url
        );
        assert_eq!(courier.read_bounces().await.unwrap(), back(0, 0));
        assert!(names(folder.path()).is_empty());
        assert_eq!(names(&folder.path().join("done")), ["one.eml", "two"]);
        assert_eq!(outbox(&test).await, counts(&[("failed", 1)]));
        assert_eq!(test.texts(CALLS).await, ["undeliverable"]);

        // The same address again, however it is written: nothing is mailed, staff ring.
        let again = ClientRow {
            name: "Other Sample".into(),
            email: Some("Client@Sample.invalid".into()),
            ..client(&test.context)
        };
        let told = book_as(&test, "a-one", at(12, 2, 14, 0), again).await.told;
        assert_eq!(told, booking::Told::Call);
        assert_eq!(courier.all().await, sent(0));
        assert_eq!(test.texts(CALLS).await, ["confirmation", "undeliverable"]);
        let readable = "SELECT count(*) FROM dead_addresses WHERE address LIKE '%sample%'";
        assert_eq!(test.number(readable).await, 0, "no address is kept");
    }
}

#[tokio::test]
async fn what_was_queued_before_the_address_was_known_to_be_bad_is_rung_too() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let folder = tempfile::tempdir().unwrap();
    let courier = at_work(&test, folder.path());
    let booked = book(&test, at(12, 1, 14, 0)).await;
    courier.all().await;
    booking::relocate(&test.context, booked.id, at(12, 2, 14, 0), Actor::Client)
        .await
        .unwrap();
    let back_again = report(&confirmation(&booked), "client@sample.invalid", "5.1.1");
    std::fs::write(folder.path().join("one.eml"), back_again).unwrap();
    assert_eq!(courier.read_bounces().await.unwrap(), back(1, 0));
    assert!(
        test.texts(CALLS).await.is_empty(),
        "the old time concerns nobody"
    );
    assert_eq!(courier.all().await.failed, 1);
    assert_eq!(test.texts(CALLS).await, ["undeliverable"]);
}

#[tokio::test]
async fn a_report_about_nothing_we_sent_there_changes_nothing() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let folder = tempfile::tempdir().unwrap();
        let courier = at_work(&test, folder.path());
        let booked = book(&test, at(12, 1, 14, 0)).await;
        let id = confirmation(&booked);
        let client = "client@sample.invalid";
        let reports = [
            ("not-sent-yet", report(&id, client, "5.1.1")),
            (
                "other-host",
                report(&id.replace("clinics.", "x."), client, "5.1.1"),
            ),
            (
                "other-version",
                report(&id.replace(".0@", ".1@"), client, "5.1.1"),
            ),
            (
                "other-kind",
                report(&id.replace("confirmation", "change"), client, "5.1.1"),
            ),
        ];
        for (name, text) in &reports {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        assert_eq!(courier.read_bounces().await.unwrap(), back(0, 0));
        courier.all().await;
        for (name, recipient, status) in [
            ("other-address", "somebody@else.invalid", "5.1.1"),
            ("for-a-while", client, "4.2.2"),
        ] {
            std::fs::write(folder.path().join(name), report(&id, recipient, status)).unwrap();
        }
        assert_eq!(
            courier.read_bounces().await.unwrap(),
            back(0, 0),
            "{}",
            test.url
        );
        assert_eq!(outbox(&test).await, counts(&[("sent", 1)]));
        assert_eq!(test.number("SELECT count(*) FROM dead_addresses").await, 0);
        assert_eq!(names(&folder.path().join("done")).len(), 6);
    }
}

#[tokio::test]
async fn a_full_mailbox_is_rung_about_and_written_to_again() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let folder = tempfile::tempdir().unwrap();
    let courier = at_work(&test, folder.path());
    let booked = book(&test, at(12, 1, 14, 0)).await;
    courier.all().await;
    let back_again = report(&confirmation(&booked), "client@sample.invalid", "5.2.2");
    std::fs::write(folder.path().join("full"), back_again).unwrap();
    assert_eq!(courier.read_bounces().await.unwrap(), back(1, 0));
    assert_eq!(test.texts(CALLS).await, ["undeliverable"]);
    book(&test, at(12, 2, 14, 0)).await;
    assert_eq!(courier.all().await, sent(1));
}

#[tokio::test]
async fn lesson_30_a_file_that_is_no_report_is_set_aside_and_stops_no_other() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let folder = tempfile::tempdir().unwrap();
    let courier = at_work(&test, folder.path());
    let booked = book(&test, at(12, 1, 14, 0)).await;
    courier.all().await;
    let good = report(&confirmation(&booked), "client@sample.invalid", "5.1.1");
    for (name, bytes) in [
        ("1-empty", Vec::new()),
        ("2-noise", (0..=255).cycle().take(5000).collect()),
        (
            "3-letter",
            b"Subject: Out of office\r\n\r\nI am away.\r\n".to_vec(),
        ),
        ("4-cut", good.as_bytes()[..400].to_vec()),
        ("5-good", good.clone().into_bytes()),
        (".6-being-written", good.clone().into_bytes()),
    ] {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    assert_eq!(courier.read_bounces().await.unwrap(), back(1, 4));
    let aside = names(&folder.path().join("set-aside"));
    assert_eq!(aside, ["1-empty", "2-noise", "3-letter", "4-cut"]);
    assert_eq!(names(folder.path()), [".6-being-written"]);
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_an_error_and_none_at_all_is_not() {
    let test = TestClinic::sqlite().await;
    let gone = Path::new("/nowhere/at/all");
    assert!(at_work(&test, gone).read_bounces().await.is_err());
    let without = courier(&test, Mailer::memory().0);
    assert_eq!(without.read_bounces().await.unwrap(), back(0, 0));
}

#[tokio::test]
async fn a_mailbox_file_is_read_as_it_grows_and_each_report_counts_once() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let folder = tempfile::tempdir().unwrap();
        let mailbox = folder.path().join("mbox");
        let courier = at_work(&test, &mailbox);
        std::fs::write(&mailbox, "").unwrap();
        let one = book(&test, at(12, 1, 14, 0)).await;
        let two = book(&test, at(12, 2, 14, 0)).await;
        assert_eq!(courier.all().await, sent(2));
        let mail = |booked: &Booked| {
            let report = report(&confirmation(booked), "client@sample.invalid", "5.1.1");
            format!("From MAILER-DAEMON Sun Nov 22 10:00:00 2026\n{report}\n")
        };
        let mut text = mail(&one);
        std::fs::write(&mailbox, &text).unwrap();
        // What may still be written to is left alone until it has stood for a round.
        assert_eq!(courier.read_bounces().await.unwrap(), back(0, 0));
        assert_eq!(
            courier.read_bounces().await.unwrap(),
            back(1, 0),
            "{}",
            test.url
        );
        assert_eq!(courier.read_bounces().await.unwrap(), back(0, 0));
        text.push_str(&mail(&two));
        std::fs::write(&mailbox, &text).unwrap();
        courier.read_bounces().await.unwrap();
        assert_eq!(courier.read_bounces().await.unwrap(), back(1, 0));
        // A worker that starts anew reads it all and finds nothing new; the file is as it was.
        let other = at_work(&test, &mailbox);
        other.read_bounces().await.unwrap();
        assert_eq!(other.read_bounces().await.unwrap(), back(0, 0));
        assert_eq!(std::fs::read_to_string(&mailbox).unwrap(), text);
        assert_eq!(test.texts(CALLS).await, ["undeliverable", "undeliverable"]);
    }
}

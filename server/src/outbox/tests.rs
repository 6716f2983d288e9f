//! The outbox against real databases and a mail server that does what a test tells it to.

mod bounced;
mod refused;
mod reminders;
mod safe_contact;
mod truth;
mod workers;

#[path = "../../tests/mail/smtp_server.rs"]
pub(crate) mod smtp_server;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::booking::{self, Actor, Booked, From, Needs, Submission, Wanted};
use crate::domain::ids::ServiceId;
use crate::domain::schedule::Mode;
use crate::mail::{Outgoing, SenderSettings, Smtp, SmtpUrl};
use crate::store::{ClientRow, IntakeRow, ServiceRow};
use crate::testing::{ClinicSpec, TestClinic, at, service};

/// A clinic with a service that is booked at once and one that staff clear first.
pub(crate) async fn open_clinic(test: &TestClinic) {
    let services = vec![
        service("a-one", "a"),
        ServiceRow {
            booking: "held".into(),
            ..service("a-held", "a")
        },
    ];
    let spec = ClinicSpec {
        id: "a",
        advisers: 6,
        supervisors: 1,
        ratio: 10,
        rooms: 6,
        services,
        shared: Vec::new(),
    };
    test.clinic(spec).await;
    // A clinic that keeps no time until somebody has cleared it, and so checks no conflicts.
    let spec = ClinicSpec {
        id: "b",
        advisers: 1,
        supervisors: 1,
        ratio: 1,
        rooms: 1,
        services: vec![service("b-one", "b")],
        shared: Vec::new(),
    };
    test.clinic(spec).await;
}

/// A client who may be mailed and rung.
pub(crate) fn client(context: &Context) -> ClientRow {
    ClientRow {
        id: context.id(),
        name: "Ms Sample Client".into(),
        email: Some("client@sample.invalid".into()),
        phone: Some("+442079460000".into()),
        safe_to_email: true,
        safe_to_call: true,
        call_window: String::new(),
        leave_message: false,
        postcode_area: None,
        no_fixed_home: false,
        language: String::new(),
        interpreter: false,
        access: "{}".into(),
        organisation: None,
        created_at: 0,
    }
}

pub(crate) async fn book_as(
    test: &TestClinic,
    service: &str,
    start: DateTime<Utc>,
    client: ClientRow,
) -> Booked {
    let wanted = Wanted {
        service: ServiceId::from(service),
        start,
        mode: Mode::InPerson,
        needs: Needs::default(),
    };
    let submission = Submission {
        from: From::Slot(wanted),
        client,
        intake: None,
        source: "web",
        actor: Actor::Client,
        replay: None,
    };
    booking::submit(&test.context, &submission).await.unwrap()
}

pub(crate) async fn book(test: &TestClinic, start: DateTime<Utc>) -> Booked {
    book_as(test, "a-one", start, client(&test.context)).await
}

/// Joins the waiting list of a service.
pub(crate) async fn wait(
    test: &TestClinic,
    client: ClientRow,
    needs: Needs,
) -> booking::waiting::Joined {
    wait_for(test, ("a", "a-one"), client, needs).await
}

/// The same, of a clinic's service.
pub(crate) async fn wait_for(
    test: &TestClinic,
    (clinic, service): (&str, &str),
    client: ClientRow,
    needs: Needs,
) -> booking::waiting::Joined {
    let context = &test.context;
    let join = booking::waiting::Join {
        service: service.into(),
        client,
        intake: IntakeRow {
            id: context.id(),
            clinic_id: clinic.into(),
            pack_version: "1".into(),
            answers: "{}".into(),
            assessment: "{}".into(),
            stop_shown: false,
            topic: String::new(),
            created_at: 0,
            sealed: None,
        },
        needs,
        times: crate::domain::waiting::Times::default(),
        urgent: false,
        source: "web",
        actor: Actor::Client,
        replay: None,
    };
    booking::waiting::join(context, &join).await.unwrap()
}

pub(crate) fn courier_on(test: &TestClinic, context: Context, mailer: Mailer) -> Courier {
    let app = test.app();
    let sender = Sender::new(SenderSettings {
        mail_from: "clinics@example.org".into(),
        host: "clinics.example.org".into(),
        site_name: "Sample Clinics".into(),
        replies_are_read: true,
        ..SenderSettings::default()
    });
    let links = Links::new(app.key.clone(), app.config.listen.public_url.clone());
    Courier::new(context, mailer, sender.unwrap(), links)
}

pub(crate) fn courier(test: &TestClinic, mailer: Mailer) -> Courier {
    courier_on(test, test.context.clone(), mailer)
}

/// A mailer for the scripted server, with this long for each step.
pub(crate) fn smtp(port: u16, step: Duration) -> Mailer {
    let url = SmtpUrl::parse(&format!("smtp://127.0.0.1:{port}")).unwrap();
    Mailer::Smtp(Arc::new(Smtp::new(url).unwrap().with_step(step)))
}

impl Courier {
    /// Delivers all that is due.
    pub(crate) async fn all(&self) -> Delivered {
        self.deliver_due(1000, &CancellationToken::new())
            .await
            .unwrap()
    }
}

fn sent(count: usize) -> Delivered {
    Delivered {
        sent: count,
        ..Delivered::default()
    }
}

fn kinds(mails: &[Outgoing]) -> Vec<&'static str> {
    mails.iter().map(|mail| mail.kind).collect()
}

async fn outbox(test: &TestClinic) -> Vec<(String, i64)> {
    test.context
        .store
        .read()
        .await
        .unwrap()
        .outbox_counts()
        .await
        .unwrap()
}

fn counts(expected: &[(&str, i64)]) -> Vec<(String, i64)> {
    expected
        .iter()
        .map(|(state, count)| ((*state).to_owned(), *count))
        .collect()
}

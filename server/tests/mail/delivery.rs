//! What happens at the mail server, in the folder and in a test's hands.

use std::sync::Arc;
use std::time::Duration;

use clinics::mail::{DeliveryError, Failure, Mailer, News, Outgoing, Smtp, SmtpUrl, compose};

use crate::samples::{appointment, change, client, confirmation, mail, now, sender, written};
use crate::smtp_server::{Answer, FINE, Script, Server};

/// A step where the server is silent on purpose: short, so that the silence is found quickly.
const SHORT: Duration = Duration::from_millis(500);

/// A step where the server answers, however busy the machine is.
const PATIENT: Duration = Duration::from_secs(15);

fn mailer(url: &str, step: Duration) -> Mailer {
    let smtp = Smtp::new(SmtpUrl::parse(url).unwrap()).unwrap();
    Mailer::Smtp(Arc::new(smtp.with_step(step)))
}

async fn server_and_mailer(scripts: &[Script]) -> (Server, Mailer) {
    let server = Server::start(scripts).await;
    let silent = |answer| matches!(answer, Answer::Hangs | Answer::Late);
    let silences = scripts
        .iter()
        .flat_map(|script| [script.greeting, script.recipient, script.content])
        .any(silent);
    let step = if silences { SHORT } else { PATIENT };
    let mailer = mailer(&format!("smtp://127.0.0.1:{}", server.port), step);
    (server, mailer)
}

async fn refusal(script: Script) -> DeliveryError {
    let (server, mailer) = server_and_mailer(&[script]).await;
    let error = mailer.deliver(&written(&confirmation())).await.unwrap_err();
    assert!(server.seen(|seen| seen.mails.is_empty()));
    for personal in ["amina", "example.org", "Tuesday", "Amina"] {
        assert!(!error.detail.contains(personal), "{}", error.detail);
    }
    error
}

#[tokio::test]
async fn a_mail_counts_as_sent_when_the_server_has_taken_all_of_it() {
    let (server, mailer) = server_and_mailer(&[FINE]).await;
    let mail = written(&confirmation());
    assert_eq!(mailer.deliver(&mail).await.unwrap().code, Some(250));
    server.seen(|seen| {
        let taken = seen.mails[0].trim_end().to_owned();
        assert_eq!(
            taken,
            String::from_utf8(mail.bytes.clone()).unwrap().trim_end()
        );
        assert!(
            seen.commands
                .contains(&"MAIL FROM:<clinics@example.org>".to_owned())
        );
        assert!(
            seen.commands
                .contains(&"RCPT TO:<amina@example.org>".to_owned())
        );
    });
}

/// Where in the conversation the server does something else than it should.
#[derive(Debug, Clone, Copy)]
enum At {
    Greeting,
    Sender,
    Recipient,
    Data,
    Content,
}

impl At {
    fn script(self, answer: Answer) -> (Script, &'static str) {
        let mut script = FINE;
        let (point, step) = match self {
            Self::Greeting => (&mut script.greeting, "connecting to the mail server"),
            Self::Sender => (&mut script.sender, "giving the sender"),
            Self::Recipient => (&mut script.recipient, "giving the recipient"),
            Self::Data => (&mut script.data, "giving the mail"),
            Self::Content => (&mut script.content, "giving the mail"),
        };
        *point = answer;
        (script, step)
    }
}

#[tokio::test]
async fn lesson_27_421_450_a_drop_in_data_550_and_silence_are_told_apart() {
    use Answer::{Hangs, HangsUp, Says};
    use At::{Content, Data, Greeting, Recipient, Sender};
    let busy = Says("421 4.3.2 closing for amina@example.org");
    let grey = Says("450 4.2.0 <amina@example.org> try later");
    let unknown = Says("550 5.1.1 <amina@example.org> no such user");
    let spam = Says("554 5.7.1 mail about Tuesday refused");
    let hung_up = "the server hung up or did not speak SMTP";
    let (again, never) = (Failure::Transient, Failure::Permanent);
    for (at, answer, kind, code, reason) in [
        (Greeting, busy, again, 421, "answered 421 4.3.2"),
        (Sender, busy, again, 421, "answered 421 4.3.2"),
        (Recipient, grey, again, 450, "answered 450 4.2.0"),
        (Content, grey, again, 450, "answered 450 4.2.0"),
        (Recipient, unknown, never, 550, "answered 550 5.1.1"),
        (Recipient, Says("550 no"), never, 550, "answered 550"),
        (Data, spam, never, 554, "answered 554 5.7.1"),
        (Content, spam, never, 554, "answered 554 5.7.1"),
        (
            Content,
            Says("354 more?"),
            again,
            354,
            "answered 354 at its end",
        ),
        (Content, HangsUp, again, 0, hung_up),
        (Greeting, HangsUp, again, 0, hung_up),
        (Greeting, Says("hello amina"), again, 0, hung_up),
        (Greeting, Hangs, again, 0, "no answer within 0.5 s"),
        (Recipient, Hangs, again, 0, "no answer within 0.5 s"),
        (Content, Hangs, again, 0, "no answer within 2 s"),
    ] {
        let (script, step) = at.script(answer);
        let error = refusal(script).await;
        let found = (error.kind, error.code.unwrap_or(0));
        assert_eq!(found, (kind, code), "{at:?} {answer:?}: {error}");
        assert_eq!(error.detail, format!("{step}: {reason}"));
    }
}

#[tokio::test]
async fn a_refusal_of_us_is_never_taken_for_a_refusal_of_the_person() {
    use Answer::Says;
    for script in [
        Script {
            greeting: Says("554 5.7.1 your address is on a list"),
            ..FINE
        },
        Script {
            sender: Says("550 5.7.1 you may not send as clinics@example.org"),
            ..FINE
        },
    ] {
        let error = refusal(script).await;
        assert_eq!(error.kind, Failure::Transient, "{error}");
    }
    let script = Script {
        auth: Says("535 5.7.8 wrong password"),
        ..FINE
    };
    let server = Server::start(&[script]).await;
    let mailer = mailer(
        &format!("smtp://post:hunter2@127.0.0.1:{}?tls=none", server.port),
        PATIENT,
    );
    let error = mailer.deliver(&written(&confirmation())).await.unwrap_err();
    assert_eq!((error.kind, error.code), (Failure::Transient, Some(535)));
    assert_eq!(
        error.detail,
        "signing in to the mail server: answered 535 5.7.8"
    );
}

#[tokio::test]
async fn nobody_there_is_transient() {
    // A port that was free a moment ago and on which nothing listens.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let free = listener.local_addr().unwrap().port();
    drop(listener);
    let mailer = mailer(&format!("smtp://127.0.0.1:{free}"), PATIENT);
    let error = mailer.deliver(&written(&confirmation())).await.unwrap_err();
    assert_eq!((error.kind, error.code), (Failure::Transient, None));
    assert!(
        error.detail.starts_with("connecting to the mail server: "),
        "{error}"
    );
}

#[tokio::test]
async fn one_connection_serves_many_mails_and_a_refusal_between_them() {
    let (server, mailer) = server_and_mailer(&[FINE]).await;
    for sequence in 1..=3 {
        mailer.deliver(&written(&change(sequence))).await.unwrap();
    }
    assert_eq!(
        server.seen(|seen| (seen.connections, seen.mails.len())),
        (1, 3)
    );

    let refusing = Script {
        recipient: Answer::Says("550 5.1.1 no"),
        ..FINE
    };
    let (server, mailer) = server_and_mailer(&[refusing]).await;
    for _ in 0..3 {
        assert!(mailer.deliver(&written(&confirmation())).await.is_err());
    }
    assert_eq!(server.seen(|seen| seen.connections), 1);
}

#[tokio::test]
async fn a_late_answer_to_one_mail_is_never_the_answer_to_the_next() {
    let late = Script {
        content: Answer::Late,
        ..FINE
    };
    let (server, mailer) = server_and_mailer(&[late, FINE]).await;
    let given_up = mailer.deliver(&written(&confirmation())).await.unwrap_err();
    assert_eq!(given_up.kind, Failure::Transient);
    // By now the late 250 has arrived on the first connection.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    mailer.deliver(&written(&change(1))).await.unwrap();
    server.seen(|seen| {
        assert_eq!(seen.connections, 2);
        assert!(seen.mails[0].contains("Message-ID: <change."));
    });
}

#[tokio::test]
async fn a_kept_connection_that_the_server_has_closed_is_replaced() {
    let closing = Script {
        closes: true,
        ..FINE
    };
    let (server, mailer) = server_and_mailer(&[closing]).await;
    mailer.deliver(&written(&confirmation())).await.unwrap();
    mailer.deliver(&written(&change(1))).await.unwrap();
    assert_eq!(
        server.seen(|seen| (seen.connections, seen.mails.len())),
        (2, 2)
    );
}

#[tokio::test]
async fn a_delivery_given_up_from_outside_leaves_no_connection_behind() {
    let slow = Script {
        content: Answer::Late,
        ..FINE
    };
    let (server, mailer) = server_and_mailer(&[slow, FINE]).await;
    let mail = written(&confirmation());
    let given_up = tokio::time::timeout(SHORT, mailer.deliver(&mail)).await;
    assert!(given_up.is_err(), "still waiting for the last answer");
    mailer.deliver(&written(&change(1))).await.unwrap();
    assert_eq!(server.seen(|seen| seen.connections), 2);
}

#[tokio::test]
async fn required_encryption_is_never_done_without() {
    let server = Server::start(&[FINE]).await;
    let mailer = mailer(
        &format!("smtp://127.0.0.1:{}?tls=required", server.port),
        PATIENT,
    );
    let error = mailer.deliver(&written(&confirmation())).await.unwrap_err();
    assert_eq!(error.kind, Failure::Transient);
    assert!(
        error.detail.starts_with("encrypting the connection: "),
        "{error}"
    );
    assert!(server.seen(|seen| seen.commands.iter().all(|line| !line.starts_with("MAIL"))));
}

#[tokio::test]
async fn opportunistic_encryption_keeps_the_password_back_where_there_is_none() {
    let server = Server::start(&[FINE]).await;
    let url = format!(
        "smtp://post:hunter2@127.0.0.1:{}?tls=opportunistic",
        server.port
    );
    let error = mailer(&url, PATIENT)
        .deliver(&written(&confirmation()))
        .await
        .unwrap_err();
    assert_eq!(error.kind, Failure::Transient);
    assert!(server.seen(|seen| seen.commands.iter().all(|line| !line.starts_with("AUTH"))));
}

fn to_another_script() -> Outgoing {
    let message = mail(
        client("josé@example.org", "José"),
        appointment(),
        News::Booked,
    );
    compose(&message, &sender(), now()).unwrap()
}

#[tokio::test]
async fn an_address_the_server_cannot_take_is_for_the_telephone() {
    let (_server, mailer) = server_and_mailer(&[FINE]).await;
    let error = mailer.deliver(&to_another_script()).await.unwrap_err();
    assert_eq!(error.kind, Failure::Permanent);
    assert!(!error.detail.contains("jos"), "{error}");

    let able = Script {
        offers: &["SMTPUTF8", "8BITMIME"],
        ..FINE
    };
    let (server, mailer) = server_and_mailer(&[able]).await;
    mailer.deliver(&to_another_script()).await.unwrap();
    assert!(server.seen(|seen| seen.commands.iter().any(|line| line.ends_with(" SMTPUTF8"))));
}

#[tokio::test]
async fn doctor_can_try_the_mail_route_without_sending() {
    let server = Server::start(&[FINE]).await;
    let url = format!("smtp://post:hunter2@127.0.0.1:{}?tls=none", server.port);
    let smtp = Smtp::new(SmtpUrl::parse(&url).unwrap()).unwrap();
    smtp.check().await.unwrap();
    assert!(server.seen(|seen| seen.commands.iter().any(|line| line.starts_with("AUTH"))));
    assert!(server.seen(|seen| seen.mails.is_empty()));
    assert_eq!(smtp.longest_delivery(), Duration::from_mins(3));
}

#[tokio::test]
async fn the_folder_gets_one_whole_readable_file_a_mail() {
    let folder = std::env::temp_dir().join(format!("clinics-mail-{}", std::process::id()));
    let mailer = Mailer::File(folder.join("mail"));
    let mail = written(&confirmation());
    mailer.deliver(&mail).await.unwrap();
    mailer.deliver(&mail).await.unwrap();
    mailer.deliver(&written(&change(1))).await.unwrap();
    let mut names: Vec<String> = std::fs::read_dir(folder.join("mail"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let id = "01935d3e-2c00-7000-8000-000000000001";
    let first =
        format!("20261124T090000Z-confirmation-confirmation.{id}.0@clinics.example.org.eml");
    let second = format!("20261124T090000Z-change-change.{id}.1@clinics.example.org.eml");
    assert_eq!(names, [second, first.clone()], "and no unfinished file");
    assert_eq!(
        std::fs::read(folder.join("mail").join(first)).unwrap(),
        mail.bytes
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_transient_and_says_so() {
    let error = Mailer::File("/dev/null/mail".into())
        .deliver(&written(&confirmation()))
        .await
        .unwrap_err();
    assert_eq!(error.kind, Failure::Transient);
    assert!(
        error
            .detail
            .starts_with("writing the mail into its folder: "),
        "{error}"
    );
}

#[tokio::test]
async fn a_test_can_look_at_what_was_sent() {
    let (mailer, sent) = Mailer::memory();
    mailer
        .clone()
        .deliver(&written(&confirmation()))
        .await
        .unwrap();
    let sent = sent.lock().unwrap();
    assert_eq!((sent.len(), sent[0].kind), (1, "confirmation"));
    assert_eq!(sent[0].to, "amina@example.org");
}

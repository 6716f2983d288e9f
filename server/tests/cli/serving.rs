//! `serve` and `worker`: what they make, where they listen, how they stop.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use crate::process::Place;

#[tokio::test]
async fn serve_on_an_empty_database_makes_the_schema_only_and_says_how_to_add_staff() {
    let place = Place::new();
    let serving = place.serve(&["serve"]);
    assert!(
        serving.address().starts_with("http://127.0.0.1:") && !serving.address().ends_with(":0")
    );
    assert_eq!(serving.get("/healthz"), (200, "ok".to_owned()));
    assert_eq!(serving.get("/readyz"), (200, "ready".to_owned()));
    assert_eq!(serving.get("/").0, 200);
    assert_eq!(serving.get("/nowhere").0, 404);
    for table in [
        "SELECT count(*) FROM clinics",
        "SELECT count(*) FROM staff",
        "SELECT count(*) FROM settings",
        "SELECT count(*) FROM outbox",
    ] {
        assert_eq!(place.number(table).await, 0, "{table}");
    }
    let key = place.path("data/clinics.db.key");
    assert_eq!(
        std::fs::metadata(key).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let (code, printed, took) = serving.stop("TERM");
    assert_eq!(code, 0);
    assert!(printed.contains("clinics staff add --email"), "{printed}");
    assert!(took < Duration::from_secs(10), "{took:?}");

    place.run(&[
        "staff",
        "add",
        "--email",
        "a@example.org",
        "--name",
        "A",
        "--role",
        "administrator",
    ]);
    let (code, printed, _) = place.serve(&["serve", "--no-worker"]).stop("INT");
    assert_eq!((code, printed.as_str()), (0, ""));
}

#[test]
fn an_address_that_is_taken_is_one_line_and_exit_code_1_before_the_database_is_touched() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let place = Place::new().with("LISTEN", &address);
    let done = place.run(&["serve"]);
    assert_eq!(done.code, 1);
    let line = done.err.lines().last().unwrap();
    assert!(
        line.starts_with(&format!("clinics: LISTEN: {address}: ")),
        "{line}"
    );
    assert!(!place.path("data/clinics.db").exists());
}

#[tokio::test]
async fn a_worker_of_its_own_delivers_what_is_due_and_stops_when_told() {
    let place = Place::new();
    place.run(&["demo", "--appointments", "3"]);
    // A sample client who may be mailed after all, and a message about their appointment.
    let due =
        "UPDATE clients SET email = 'client@sample.invalid', safe_to_email = TRUE RETURNING 1";
    place.number(due).await;
    let queue = "INSERT INTO outbox (id, kind, appointment_id, sequence, state, due_at, created_at)
        SELECT randomblob(16), 'confirmation', a.id, a.sequence, 'queued', 0, CAST(strftime('%s', 'now') AS INTEGER)
        FROM appointments a JOIN meetings m ON m.id = a.meeting_id
        WHERE a.state = 'confirmed' AND m.starts_at > CAST(strftime('%s', 'now') AS INTEGER) + 3600 LIMIT 1
        RETURNING 1";
    assert_eq!(place.number(queue).await, 1);
    let working = place.serve(&["worker"]);
    assert_eq!(working.first, "Working");
    // Reminders that are due by now may go beside it.
    let sent = "SELECT count(*) FROM outbox WHERE kind = 'confirmation' AND state = 'sent'";
    for _ in 0..200 {
        if place.number(sent).await == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(place.number(sent).await, 1);
    assert_eq!(working.stop("TERM").0, 0);
    let all = place
        .number("SELECT count(*) FROM outbox WHERE state = 'sent'")
        .await;
    let mails = std::fs::read_dir(place.path("data/mail")).unwrap().count();
    assert_eq!(i64::try_from(mails).unwrap(), all);
}

/// Told to stop, it says so first and serves on, then closes the door, and answers what it has in hand.
#[test]
fn it_is_not_ready_first_then_takes_nothing_new_and_finishes_what_is_in_hand() {
    use std::io::{Read as _, Write as _};
    let place = Place::new().with("DRAIN_DELAY", "2");
    let serving = place.serve(&["serve"]);
    let host = serving
        .address()
        .strip_prefix("http://")
        .unwrap()
        .to_owned();
    assert_eq!(serving.get("/readyz").0, 200);
    // A request whose body is still on its way when the door closes.
    let mut slow = std::net::TcpStream::connect(&host).unwrap();
    write!(slow, "POST /staff/sign-in HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 20\r\n\r\nemail=a%40b").unwrap();
    let told = std::time::Instant::now();
    serving.signal("TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(serving.get("/readyz").0, 503, "it says so");
    assert_eq!(serving.get("/healthz").0, 200, "and it still serves");
    assert_eq!(serving.get("/").0, 200);
    while std::net::TcpStream::connect(&host).is_ok() {
        assert!(
            told.elapsed() < Duration::from_secs(10),
            "the door stays open"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(
        told.elapsed() >= Duration::from_millis(1900),
        "{:?}",
        told.elapsed()
    );
    write!(slow, ".example&").unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert_eq!(serving.wait().0, 0);
}

#[test]
fn figures_have_a_listener_of_their_own_on_serve_and_on_worker() {
    let place = Place::new().with("METRICS_LISTEN", "127.0.0.1:0");
    for command in ["serve", "worker"] {
        let mut serving = place.serve(&[command]);
        let line = serving.next_line();
        let address = line.strip_prefix("Metrics on ").expect(&line).to_owned();
        let (status, page) = crate::process::get(&address);
        assert_eq!(status, 200);
        assert!(page.contains("\nclinics_database_up 1\n"), "{page}");
        if command == "serve" {
            assert_eq!(serving.get("/metrics").0, 404);
        }
        assert_eq!(serving.stop("TERM").0, 0);
    }
}

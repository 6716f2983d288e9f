//! Commands that do one thing and end.

use crate::process::{Done, Place};

fn one_line(done: &Done) -> &str {
    assert_eq!(done.err.lines().count(), 1, "{done:?}");
    done.err.trim_end()
}

#[test]
fn a_wrong_command_or_setting_is_exit_code_2_and_says_what_was_expected() {
    assert_eq!(Place::new().run(&["fly"]).code, 2);
    assert_eq!(Place::new().run(&[]).code, 2);
    let done = Place::new().with("LOG_FORMAT", "xml").run(&["migrate"]);
    assert_eq!(done.code, 2);
    assert_eq!(
        one_line(&done),
        "clinics: LOG_FORMAT: \"xml\" is not right, expected text or json"
    );
}

#[test]
fn a_database_that_cannot_be_had_is_exit_code_1_in_one_line_without_the_password() {
    let place = Place::new()
        .with(
            "DATABASE_URL",
            "postgres://clinics:hunter2@127.0.0.1:9/clinics",
        )
        .with("SECRET_KEY", &"07".repeat(32));
    let done = place.run(&["migrate"]);
    assert_eq!(done.code, 1);
    assert!(
        one_line(&done)
            .starts_with("clinics: DATABASE_URL: postgres://clinics:***@127.0.0.1:9/clinics: ")
    );
    assert!(done.err.contains("Connection refused"), "{}", done.err);
    assert!(!done.err.contains("hunter2"));
}

#[test]
fn help_and_version_are_there() {
    let done = Place::new().run(&["--help"]);
    assert_eq!(done.code, 0);
    for command in [
        "serve", "worker", "migrate", "demo", "staff", "backup", "restore", "doctor", "config",
        "triage", "openapi",
    ] {
        assert!(
            done.out.contains(&format!("\n  {command} ")),
            "{command} in {}",
            done.out
        );
    }
    assert!(Place::new().run(&["--version"]).out.starts_with("clinics "));
}

#[tokio::test]
async fn migrate_makes_the_schema_once_and_nothing_else() {
    let place = Place::new();
    let done = place.run(&["migrate"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert!(!done.out.contains(": 0 migrations"), "{}", done.out);
    assert!(
        place
            .run(&["migrate"])
            .out
            .ends_with(": 0 migrations applied, up to date\n")
    );
    assert_eq!(place.number("SELECT count(*) FROM clinics").await, 0);
}

#[test]
fn demo_is_refused_in_one_line_unless_only_this_machine_can_reach_it() {
    for address in ["0.0.0.0:3000", "[::]:3000", "192.0.2.7:80"] {
        let place = Place::new().with("LISTEN", address);
        let done = place.run(&["demo"]);
        assert_eq!((done.code, done.out.as_str()), (2, ""));
        let line = one_line(&done);
        assert!(
            line.starts_with("clinics: LISTEN: ") && line.contains(address),
            "{line}"
        );
        assert!(!place.path("data").exists(), "nothing is made");
    }
}

#[tokio::test]
async fn demo_loads_the_sample_once_and_shows_each_password_once() {
    let place = Place::new();
    let done = place.run(&[
        "demo",
        "--staff",
        "2",
        "--appointments",
        "25",
        "--seed",
        "7",
    ]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("25 appointments"), "{}", done.out);
    let accounts: Vec<&str> = done
        .out
        .lines()
        .filter(|line| line.contains("@sample.invalid"))
        .collect();
    let stored = place
        .number("SELECT count(*) FROM staff WHERE password LIKE '$argon2id$%'")
        .await;
    assert!(
        stored > 5 && usize::try_from(stored).unwrap() == accounts.len(),
        "{stored} {accounts:?}"
    );
    let password = accounts[0].split_whitespace().nth(1).unwrap();
    assert_eq!(password.len(), "abcd-efgh-jkmn-pqrs".len());
    assert_eq!(place.number("SELECT count(*) FROM outbox").await, 0);

    let again = place.run(&["demo"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(
        again.out.contains("already") && !again.out.contains('@'),
        "{}",
        again.out
    );
}

#[tokio::test]
async fn staff_add_makes_an_account_and_prints_a_link_that_the_database_does_not_know() {
    let place = Place::new().with("PUBLIC_URL", "https://clinics.example.org");
    let add = |more: &[&str]| {
        let mut arguments = vec!["staff", "add", "--name", "Sam  Sample"];
        arguments.extend(more);
        place.run(&arguments)
    };
    let done = add(&["--email", "Sam@Example.org", "--role", "administrator"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let link = done.out.lines().last().unwrap();
    let token = link
        .strip_prefix("https://clinics.example.org/staff/password/")
        .unwrap();
    assert_eq!(token.len(), 43);
    assert!(
        done.out.starts_with("Sam Sample has an account now."),
        "{}",
        done.out
    );
    let account = "SELECT count(*) FROM staff JOIN staff_roles ON staff_id = id
        WHERE email = 'sam@example.org' AND password IS NULL AND role = 'administrator' AND clinic_id = ''";
    assert_eq!(place.number(account).await, 1);
    assert_eq!(
        place
            .number("SELECT length(token_hash) FROM staff_links")
            .await,
        32
    );

    let twice = add(&["--email", "sam@example.org", "--role", "administrator"]);
    assert_eq!(twice.code, 2);
    assert!(one_line(&twice).contains("has an account"));
    assert_eq!(
        place.number("SELECT count(*) FROM staff_links").await,
        1,
        "all or nothing"
    );
    let other = place.run(&["staff", "link", "--email", "SAM@example.org"]);
    assert_eq!(other.code, 0, "{}", other.err);
    assert_ne!(other.out.lines().last().unwrap(), link);
}

#[test]
fn staff_add_says_what_is_wrong_with_role_clinic_address_and_name() {
    let place = Place::new();
    let add = |email: &str, name: &str, more: &[&str]| {
        let mut arguments = vec!["staff", "add", "--email", email, "--name", name];
        arguments.extend(more);
        place.run(&arguments)
    };
    for (email, name, more, expected) in [
        ("sam", "Sam", &["--role", "administrator"][..], "--email"),
        (
            "sam@example.org",
            " ",
            &["--role", "administrator"][..],
            "--name",
        ),
        (
            "sam@example.org",
            "Sam",
            &["--role", "adviser"][..],
            "--clinic",
        ),
        (
            "sam@example.org",
            "Sam",
            &["--role", "adviser", "--clinic", "law"][..],
            "there is none yet",
        ),
        (
            "sam@example.org",
            "Sam",
            &["--role", "administrator", "--clinic", "law"][..],
            "belongs to no clinic",
        ),
        (
            "sam@example.org",
            "Sam",
            &["--role", "king"][..],
            "is not a role",
        ),
    ] {
        let done = add(email, name, more);
        assert_eq!(done.code, 2, "{done:?}");
        assert!(done.err.contains(expected), "{done:?}");
    }
}

#[test]
fn doctor_says_one_line_about_each_thing_and_fails_if_one_is_wrong() {
    let place = Place::new();
    let before = place.run(&["doctor"]);
    assert_eq!(before.code, 0, "{}", before.out);
    assert!(before.out.contains("will be made at the first start"));
    assert!(
        !place.path("data/clinics.db").exists(),
        "it looks, and makes no database"
    );

    place.run(&["migrate"]);
    let well = place.run(&["doctor"]);
    assert_eq!((well.code, well.err.as_str()), (0, ""), "{}", well.out);
    for about in [
        "configuration",
        "secret key",
        "database",
        "schema",
        "mail",
        "clock",
        "questions",
        "work",
    ] {
        assert!(
            well.out.lines().any(|line| line[7..].starts_with(about)),
            "{about} in {}",
            well.out
        );
    }
    assert!(!well.out.contains("wrong"), "{}", well.out);

    let dead = Place::new()
        .with("SMTP_URL", "smtp://post:hunter2@127.0.0.1:9?tls=none")
        .run(&["doctor"]);
    assert_eq!((dead.code, dead.err.as_str()), (1, ""));
    assert!(
        dead.out.lines().any(|line| line.starts_with("wrong  mail")),
        "{}",
        dead.out
    );
    assert!(!dead.out.contains("hunter2"));

    let misspelt = Place::new().with("PUBLIC_URL", "clinics").run(&["doctor"]);
    assert_eq!(misspelt.code, 1);
    assert!(
        misspelt.out.starts_with("wrong  configuration"),
        "{}",
        misspelt.out
    );
}

#[test]
fn triage_check_passes_what_is_built_in_and_fails_a_broken_folder() {
    let place = Place::new();
    let done = place.run(&["triage", "check"]);
    assert_eq!(done.code, 0, "{}", done.out);
    assert!(done.out.contains("law: "));
    std::fs::write(place.path("law.toml"), "clinic = 1\nquestions = 2\n").unwrap();
    let broken = place.run(&["triage", "check", "."]);
    assert_eq!(broken.code, 1, "{}", broken.out);
    assert!(!broken.out.is_empty());
    assert_eq!(place.run(&["triage", "check", "nowhere"]).code, 1);
}

#[test]
fn openapi_prints_the_document_whatever_the_configuration() {
    let done = Place::new()
        .with("DATABASE_URL", "nonsense")
        .run(&["openapi"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let document: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    assert!(
        document["openapi"].as_str().unwrap().starts_with("3.1"),
        "{}",
        document["openapi"]
    );
    assert!(document["paths"]["/appointments"]["post"].is_object());
}

#[test]
fn config_tells_every_variable_whatever_the_configuration() {
    let place = Place::new().with("DATABASE_URL", "nonsense");
    let done = place.run(&["config"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    for text in [
        "DATABASE_URL\n",
        "default: sqlite:data/clinics.db",
        "METRICS_LISTEN\n",
        "SECRET_KEY_FILE may name",
    ] {
        assert!(done.out.contains(text), "{text} in {}", done.out);
    }
    let table = place.run(&["config", "--markdown"]).out;
    assert!(table.starts_with("| variable | default |"), "{table}");
}

/// The drill as an operator does it: save while it serves, lose everything, restore, serve.
#[tokio::test]
async fn a_backup_taken_while_it_serves_is_restored_and_served() {
    let place = Place::new();
    place.run(&["demo", "--appointments", "5"]);
    let serving = place.serve(&["serve"]);
    let saved = place.run(&["backup", "saved.db"]);
    assert_eq!((saved.code, saved.err.as_str()), (0, ""), "{saved:?}");
    assert!(
        saved.out.starts_with("Saved ") && saved.out.contains("SECRET_KEY is not in it"),
        "{}",
        saved.out
    );
    assert!(saved.out.contains("data/clinics.db.key"));
    let again = place.run(&["backup", "saved.db"]);
    assert_eq!(again.code, 2);
    assert!(one_line(&again).contains("is there already"), "{again:?}");
    let in_use = place.run(&["restore", "saved.db", "--replace"]);
    assert_eq!(in_use.code, 1);
    assert!(
        one_line(&in_use).contains("stop every `serve` and `worker` first"),
        "{in_use:?}"
    );
    assert_eq!(serving.get("/clinics/sports").0, 200);
    assert_eq!(serving.stop("TERM").0, 0);

    let people = place.number("SELECT count(*) FROM clients").await;
    let refused = place.run(&["restore", "saved.db"]);
    assert_eq!(refused.code, 2);
    assert!(one_line(&refused).contains("not empty"), "{refused:?}");
    for end in ["", "-wal", "-shm"] {
        std::fs::remove_file(place.path(&format!("data/clinics.db{end}"))).ok();
    }
    let restored = place.run(&["restore", "saved.db"]);
    assert_eq!(
        (restored.code, restored.err.as_str()),
        (0, ""),
        "{restored:?}"
    );
    assert!(restored.out.starts_with("Restored "), "{}", restored.out);
    assert!(
        restored.out.contains("ok     schema"),
        "doctor has looked: {}",
        restored.out
    );
    assert_eq!(place.number("SELECT count(*) FROM clients").await, people);
    let serving = place.serve(&["serve"]);
    assert_eq!(serving.get("/readyz").0, 200);
    assert_eq!(serving.get("/clinics/sports").0, 200);
    assert_eq!(serving.stop("TERM").0, 0);

    let replaced = place.run(&["restore", "saved.db", "--replace"]);
    assert_eq!(replaced.code, 0, "{replaced:?}");
    assert!(
        replaced.out.contains("data/clinics.db.before-restore-1"),
        "{}",
        replaced.out
    );
    assert!(place.path("data/clinics.db.before-restore-1").exists());
}

#[test]
fn a_file_that_is_no_backup_is_refused_in_one_line() {
    let place = Place::new();
    std::fs::write(place.path("notes.txt"), "not a backup").unwrap();
    let done = place.run(&["restore", "notes.txt"]);
    assert_eq!(done.code, 2);
    assert!(one_line(&done).contains("is not a backup"), "{done:?}");
    assert!(!place.path("data/clinics.db").exists());
    assert_eq!(
        place.run(&["backup", "new.db"]).code,
        2,
        "there is nothing to save yet"
    );
}

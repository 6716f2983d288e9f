//! A law case from the first question to the mail, on the sample set-up, with a pack that asks for the other side and
//! seals the story.

use super::PASSWORD;
use crate::http::router::router;
use crate::http::state::App;
use crate::mail::{Mailer, Outgoing};
use crate::outbox::tests::courier;
use crate::packs::{InForce, Packs, tests::with};
use crate::store::StaffRow;
use crate::testing::{Browser, TestClinic};

const LAW: &str = r#"
clinic = "law"
elsewhere = ["citizens_advice"]

[settings]
exit_button = true
allow_under_16 = false

[[question]]
id = "L0"
kind = "names"
names_of = "own"
text = "What is your name?"

[[question]]
id = "L12"
kind = "names"
names_of = "other_side"
text = "Who is on the other side?"
options = [{ value = "no_one", label = "No one" }]

[[question]]
id = "L15"
kind = "long"
sealed = true
text = "Tell us what happened, in a few lines."
"#;

const ANSWERS: [(&str, &str); 12] = [
    ("A1", "no"),
    ("A2", "me"),
    ("A3", "18_over"),
    ("A4", "no"),
    ("A5", "English"),
    ("A5b", "no"),
    ("A6", "none"),
    ("A7", "any"),
    ("A8", "yes"),
    ("L0", "Amina Sample"),
    ("L12", "Boris Example"),
    ("L15", "The ceiling fell on me"),
];

fn found(pattern: &str, body: &str) -> String {
    let found = regex::Regex::new(pattern).unwrap();
    found
        .captures(body)
        .unwrap_or_else(|| panic!("{pattern} in {body}"))[1]
        .to_owned()
}

/// Books a law meeting and returns the reference and the path of its page.
async fn book(app: &App, name: &str, other: &str) -> (String, String) {
    let mut client = Browser::new(router(app.clone()).unwrap());
    for (question, answer) in ANSWERS {
        let answer = match question {
            "L0" => name,
            "L12" => other,
            _ => answer,
        };
        let path = format!("/clinics/law/questions/{question}");
        let seen = client.post(&path, &[("answer", answer)]).await;
        assert_eq!(seen.status, 303, "{question}: {}", seen.body);
    }
    let times = client.get("/clinics/law/times").await;
    let start = found(r#"value="(\d{4}-\d\d-\d\dT[\d:]+Z)""#, &times.body);
    let chosen = [("start", start.as_str()), ("mode", "in_person")];
    client.post("/clinics/law/times", &chosen).await;
    // WCAG 3.3.7: nobody types their name twice.
    let empty = client.get("/clinics/law/details").await;
    assert!(
        empty.body.contains(&format!("value=\"{name}\"")),
        "{}",
        empty.body
    );
    assert!(!empty.location.contains("name"));
    let details = [
        ("name", name),
        ("by_email", "yes"),
        ("email", "client@sample.invalid"),
        ("safe_to_email", "yes"),
        ("postcode", "n7 8db"),
    ];
    let seen = client.post("/clinics/law/details", &details).await;
    assert_eq!(seen.location, "/clinics/law/check", "{}", seen.body);
    let digest = found(
        r#"name="digest" value="(\d+)""#,
        &client.get("/clinics/law/check").await.body,
    );
    client
        .post("/clinics/law/check", &[("digest", &digest)])
        .await;
    let done = client.get("/clinics/law/done").await;
    assert!(
        done.body.contains("We are keeping this time for you"),
        "{}",
        done.body
    );
    // Domain 9.1: the check's target is one working day.
    let aim = "We aim to tell you by ";
    assert!(done.body.contains(aim), "{}", done.body);
    let mut tx = app.context.store.read().await.unwrap();
    let case = tx
        .conflict_cases(Some("law"), i64::MAX)
        .await
        .unwrap()
        .remove(0);
    let row = tx
        .appointment(case.appointment_id.unwrap())
        .await
        .unwrap()
        .unwrap();
    let link = app.manage_url(row.id, row.link_version);
    (
        case.reference,
        link.strip_prefix("http://clinics.test").unwrap().to_owned(),
    )
}

async fn checker(test: &TestClinic, app: &App) -> Browser {
    let phc = app.passwords.hash(PASSWORD.into(), [1; 16]).await.unwrap();
    let id = test.context.id();
    let mut tx = test.context.store.write().await.unwrap();
    tx.put_staff(&StaffRow {
        id,
        email: "cleo@sample.invalid".into(),
        name: "Cleo Sample".into(),
        password: Some(phc),
        resource_id: None,
        active: true,
        created_at: 0,
    })
    .await
    .unwrap();
    tx.put_role(id, "conflict_checker", "law").await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = Browser::new(router(app.clone()).unwrap());
    let form = [("email", "cleo@sample.invalid"), ("password", PASSWORD)];
    assert_eq!(browser.post("/staff/sign-in", &form).await.status, 303);
    browser
}

async fn decide(checker: &mut Browser, reference: &str, what: &str) {
    let path = format!("/staff/conflicts/{reference}");
    let read = found(
        r#"name="seen" value="([^"]+)""#,
        &checker.get(&path).await.body,
    );
    let form = [
        ("do", what),
        ("reason", "I looked"),
        ("seen", read.as_str()),
    ];
    let answer = checker.post(&path, &form).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

async fn mailed(test: &TestClinic) -> Vec<Outgoing> {
    let (mailer, mails) = Mailer::memory();
    courier(test, mailer).all().await;
    let mails = mails.lock().unwrap();
    mails.clone()
}

#[tokio::test]
async fn a_law_case_is_booked_checked_and_confirmed_or_refused_from_end_to_end() {
    for test in TestClinic::all().await {
        test.load_sample().await;
        let app = App {
            packs: InForce::fixed(Packs::from_sources(&with("law.toml", LAW)).unwrap()),
            ..test.app()
        };
        let (first, page) = book(&app, "Amina Sample", "Boris Example").await;
        let mails = mailed(&test).await;
        assert_eq!(mails.len(), 1);
        assert_eq!(
            (mails[0].kind, &mails[0].calendar),
            ("request-received", &None)
        );
        assert!(
            mails[0].text.contains("We aim to tell you by "),
            "{}",
            mails[0].text
        );
        let plain = test.number("SELECT count(*) FROM intakes WHERE answers LIKE '%Boris%' OR answers LIKE '%ceiling%'").await;
        assert_eq!(
            plain, 0,
            "neither the other side nor the story stands in clear"
        );

        let mut checker = checker(&test, &app).await;
        let check = checker.get(&format!("/staff/conflicts/{first}")).await;
        assert!(
            check.body.contains("Boris Example") && !check.body.contains("ceiling"),
            "{}",
            check.body
        );
        decide(&mut checker, &first, "clear").await;
        let mails = mailed(&test).await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].kind, "confirmation");
        assert!(
            mails[0]
                .calendar
                .as_deref()
                .is_some_and(|part| part.contains("METHOD:REQUEST"))
        );
        let mut anybody = Browser::new(router(app.clone()).unwrap());
        assert!(anybody.get(&page).await.body.contains("Booked"));

        // The other side comes, spelt otherwise, and wants to act against the first client.
        let (second, page) = book(&app, "Example, Boriss", "Amina Sample").await;
        let check = checker.get(&format!("/staff/conflicts/{second}")).await;
        assert!(
            check.body.contains(&first) && check.body.contains("Nearly the same letters"),
            "{}",
            check.body
        );
        mailed(&test).await;
        decide(&mut checker, &second, "refuse").await;
        let mails = mailed(&test).await;
        assert_eq!(mails.len(), 1);
        assert_eq!((mails[0].kind, &mails[0].calendar), ("turned-down", &None));
        for text in [&mails[0].text, &mails[0].html, &mails[0].subject] {
            for wrong in ["onflict", "Law clinic", "capacity", "Amina"] {
                assert!(!text.contains(wrong), "{wrong}: {text}");
            }
        }
        let refused = anybody.get(&page).await;
        assert_eq!(refused.status, 200);
        assert!(
            refused.body.contains("We cannot help you with this")
                && refused.body.contains("Citizens Advice")
        );
    }
}

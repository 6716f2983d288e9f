//! Reports: what is counted, who sees it, and that small numbers are hidden on the page and in the files alike.

use super::*;
use crate::booking::{Outcome, mark, record_outcome};
use crate::domain::outcome::Came;
use crate::domain::visit::Mark;

/// So many visits to the sports clinic, seen and written down; one a working hour.
async fn seen(desk: &Desk, staff: Uuid, visits: i64) {
    let context = &desk.test.context;
    for number in 0..visits {
        let start =
            monday(9) + chrono::TimeDelta::hours(number % 8) + chrono::TimeDelta::days(number / 8);
        let name = format!("Zelda Example {number}");
        let booked = desk.book("sports-first", &name, start).await;
        desk.test.clock.set(start);
        mark(context, booked.id, Mark::Start, Actor::System)
            .await
            .unwrap();
        mark(context, booked.id, Mark::Finish, Actor::System)
            .await
            .unwrap();
        let outcome = Outcome {
            came: Came::Advised,
            issue: None,
            student_minutes: 60,
            supervisor_minutes: 15,
            confidence_before: None,
            confidence_after: None,
        };
        record_outcome(context, booked.id, 0, &outcome, staff)
            .await
            .unwrap();
        desk.test
            .clock
            .set(start - chrono::TimeDelta::hours(1) + chrono::TimeDelta::minutes(1));
    }
}

/// The value of a hidden field.
fn field(body: &str, name: &str) -> String {
    let after = body
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap();
    after.split('"').next().unwrap().to_owned()
}

async fn figure(browser: &mut Browser<'_>, name: &str) -> String {
    let body = browser.get("/staff/reports").await.body;
    let after = body
        .split(&format!("<h2>{name}</h2>"))
        .nth(1)
        .unwrap_or_else(|| panic!("{name}: {body}"));
    let value = after
        .split("figure")
        .nth(1)
        .unwrap()
        .split('>')
        .nth(1)
        .unwrap();
    value.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn counts_under_five_are_hidden_on_the_page_and_in_the_files() {
    for desk in Desk::all().await {
        let staff = desk.staff("Sue", &[("supervisor", "sports")]).await;
        seen(&desk, staff, 4).await;
        let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
        for name in ["Enquiries", "Helped", "Came", "Student hours"] {
            assert_eq!(figure(&mut browser, name).await, "hidden", "{name}");
        }
        let csv = browser.get("/staff/reports.csv").await;
        assert_eq!(csv.status, StatusCode::OK);
        assert!(
            csv.headers["content-disposition"]
                .to_str()
                .unwrap()
                .contains("reports-sports-2026.csv")
        );
        assert!(
            csv.body.contains("\"hidden\"") && !csv.body.contains(",\"4\""),
            "{}",
            csv.body
        );
        assert!(!csv.body.contains("Zelda"));
    }
}

#[tokio::test]
async fn what_the_clinic_did_is_counted_with_its_hours_and_their_value() {
    for desk in Desk::all().await {
        let staff = desk.staff("Sue", &[("supervisor", "sports")]).await;
        seen(&desk, staff, 6).await;
        desk.test.clock.set(monday(20));
        let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
        for (name, value) in [
            ("Enquiries", "6"),
            ("Helped", "6"),
            ("Pointed on", "0"),
            ("Came", "6"),
            ("Did not come", "0"),
            ("Student hours", "6.0"),
            ("Supervisor hours", "1.5"),
            ("Value of the hours", "–"),
        ] {
            assert_eq!(figure(&mut browser, name).await, value, "{name}");
        }
        let form = "clinic=sports&seen=&student_rate=12.50&supervisor_rate=40&from=2026-08-01&issues=Sore+knee";
        let stale = browser.post("/staff/reports/set-up", form).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.body.contains("12.50"), "what was typed is kept");
        let body = browser.get("/staff/reports/set-up").await.body;
        let was = field(&body, "seen");
        let form = form.replace("seen=", &format!("seen={was}"));
        let saved = browser.post("/staff/reports/set-up", &form).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        // Six hours at 12.50 and one and a half at 40.
        assert_eq!(figure(&mut browser, "Value of the hours").await, "£135");
        let body = browser.get("/staff/reports").await.body;
        assert!(body.contains("class=\"chart\"") && !body.contains("style="));
        assert!(body.contains("November 2026"));
        // From tomorrow on an hour counts as more: what was done keeps its value.
        let now = browser.get("/staff/reports/set-up").await.body;
        assert!(
            now.contains("1 August 2026") && now.contains("£12.50"),
            "{now}"
        );
        let seen = field(&now, "seen");
        let tomorrow = format!(
            "clinic=sports&seen={seen}&student_rate=99&supervisor_rate=99&from=2026-11-24&issues=Sore+knee"
        );
        let saved = browser.post("/staff/reports/set-up", &tomorrow).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        assert_eq!(figure(&mut browser, "Value of the hours").await, "£135");
        // From the day itself it is another.
        let now = browser.get("/staff/reports/set-up").await.body;
        let (seen, on_the_day) = (field(&now, "seen"), "from=2026-11-23");
        let form = tomorrow.replace("from=2026-11-24", on_the_day);
        let form = form.split_once("&student").unwrap().1;
        let form = format!("clinic=sports&seen={seen}&student{form}");
        assert_eq!(
            browser.post("/staff/reports/set-up", &form).await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(figure(&mut browser, "Value of the hours").await, "£742");
        let wrong = browser
            .post("/staff/reports/set-up", "clinic=sports&student_rate=lots")
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn each_sees_the_counts_of_their_clinics_and_the_administrator_of_all_together() {
    let desk = Desk::sqlite().await;
    let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
    assert_eq!(
        manager.get("/staff/reports?clinic=sports").await.status,
        StatusCode::OK
    );
    for path in [
        "/staff/reports",
        "/staff/reports.csv",
        "/staff/reports.xlsx",
        "/staff/reports/set-up",
    ] {
        let law = manager.get(&format!("{path}?clinic=law")).await;
        let none = manager.get(&format!("{path}?clinic=made-up")).await;
        assert_eq!(
            (law.status, none.status),
            (StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
            "{path}"
        );
    }
    assert!(
        !manager
            .get("/staff/reports")
            .await
            .body
            .to_lowercase()
            .contains("law clinic")
    );
    let mut admin = desk.signed_in("Root", &[("administrator", "")]).await;
    let body = admin.get("/staff/reports").await.body;
    assert!(
        body.contains("Clinic by clinic") && body.contains("law clinic"),
        "{body}"
    );
    let mut adviser = desk.signed_in("Ada", &[("adviser", "sports")]).await;
    assert_eq!(
        adviser.get("/staff/reports").await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn the_excel_file_opens_and_a_take_away_leaves_a_trace() {
    let desk = Desk::sqlite().await;
    let staff = desk.staff("Sue", &[("supervisor", "sports")]).await;
    seen(&desk, staff, 6).await;
    let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
    let cookie = browser.cookie.clone().unwrap();
    let request = Request::builder()
        .uri("/staff/reports.xlsx")
        .header(COOKIE, cookie)
        .body(Body::empty())
        .unwrap();
    let answer = desk.router.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    // A ZIP file (APPNOTE 4.3.7) that names its parts.
    assert!(bytes.starts_with(b"PK\x03\x04"));
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(has(b"xl/workbook.xml") && has(b"xl/worksheets/sheet1.xml"));
    let trace = "SELECT count(*) FROM audit WHERE action = 'exported'";
    assert_eq!(desk.test.number(trace).await, 1);
    browser.get("/staff/reports").await;
    assert_eq!(desk.test.number(trace).await, 1, "looking is not taking");
}

#[tokio::test]
async fn whoever_takes_the_numbers_away_has_just_said_who_they_are() {
    let desk = Desk::sqlite().await;
    let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
    let exports = ["/staff/reports.csv", "/staff/reports.xlsx"];
    for path in exports {
        assert_eq!(browser.get(path).await.status, StatusCode::OK, "{path}");
    }
    let later = desk.test.context.now() + chrono::TimeDelta::minutes(6);
    desk.test.clock.set(later);
    assert_eq!(browser.get("/staff/reports").await.status, StatusCode::OK);
    for path in exports {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.location().starts_with("/staff/prove"), "{path}");
    }
    // They come back to the numbers that they asked for.
    let answer = browser
        .get("/staff/reports.csv?clinic=sports&year=2025")
        .await;
    let back = "next=%2Fstaff%2Freports%3Fclinic%3Dsports%26year%3D2025";
    assert!(answer.location().ends_with(back), "{}", answer.location());
}

/// The lines of a CSV file below its head, without their quotation marks.
fn fields(csv: &str) -> Vec<Vec<String>> {
    let lines = csv.lines().skip(1);
    lines
        .map(|line| {
            let line = line.trim_matches('"');
            line.split("\",\"").map(str::to_owned).collect()
        })
        .collect()
}

#[tokio::test]
async fn the_files_say_whose_numbers_they_are_and_begin_with_the_large_ones() {
    let desk = Desk::sqlite().await;
    let staff = desk.staff("Sue", &[("supervisor", "sports")]).await;
    seen(&desk, staff, 6).await;
    desk.test.clock.set(monday(20));
    let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
    let csv = browser.get("/staff/reports.csv").await.body;
    assert!(csv.starts_with("\"Clinic\",\"Year\",\"Table\","), "{csv}");
    let all = fields(&csv);
    let year = "August 2026 to July 2027";
    assert!(
        all.iter()
            .all(|line| line[0] == "sports clinic" && line[1] == year),
        "{csv}"
    );
    let number = |table: &str, of: &str, what: &str| {
        let own = all
            .iter()
            .find(|line| line[2] == table && line[3] == of && line[4] == what);
        own.unwrap_or_else(|| panic!("{table}, {of}, {what}: {csv}"))[5].clone()
    };
    assert_eq!(number("In short", "All", "Helped"), "6");
    let by_month = "Waiting, hours and how full, month by month";
    let hours = |month| number(by_month, month, "Student hours");
    assert_eq!(
        (hours("November 2026"), hours("October 2026")),
        ("6.0".into(), "0.0".into())
    );
    assert!(
        !csv.contains("December 2026"),
        "a month to come in which nothing is counted"
    );
    assert_eq!(
        number("What meetings were about", "Something else", "Helped"),
        "6"
    );
}

/// Enquiries, as the page has them.
async fn enquiries(browser: &mut Browser<'_>) -> String {
    figure(browser, "Enquiries").await
}

#[tokio::test]
async fn whoever_joins_the_waiting_list_has_asked_and_their_wait_begins_there() {
    for desk in Desk::all().await {
        let staff = desk.staff("Sue", &[("supervisor", "sports")]).await;
        seen(&desk, staff, 5).await;
        desk.test.clock.set(monday(20));
        let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
        assert_eq!(enquiries(&mut browser).await, "5");
        let before = figure(&mut browser, "Days of waiting").await;
        // Each of them joined the list ten days before they booked.
        let joined = "INSERT INTO waiting (id, clinic_id, service_id, reference, client_id, intake_id, needs, days, parts,
            modes, helps_until, urgent, state, source, created_at, ended_at)
            SELECT id, 'sports', 'sports-first', reference, client_id, id, '{}', '', '', '', NULL,
            FALSE, 'booked', 'web', created_at - 864000, created_at FROM appointments WHERE state = 'attended'";
        let intakes = "INSERT INTO intakes (id, clinic_id, pack_version, answers, assessment, stop_shown, created_at, topic)
            SELECT id, 'sports', '', '{}', '{}', FALSE, created_at, 'neck_back' FROM appointments WHERE state = 'attended'";
        desk.test.change(intakes).await;
        desk.test.change(joined).await;
        assert_eq!(
            enquiries(&mut browser).await,
            "10",
            "joined, and booked besides"
        );
        let offers = "INSERT INTO offers (id, waiting_id, appointment_id, number, starts_at, mode, kept_until, state,
            created_at, ended_at) SELECT a.id, a.id, a.id, 1, m.starts_at, 'in_person', a.created_at + 1, 'accepted',
            a.created_at, a.created_at FROM appointments a JOIN meetings m ON m.id = a.meeting_id WHERE a.state = 'attended'";
        desk.test.change(offers).await;
        assert_eq!(
            enquiries(&mut browser).await,
            "5",
            "offered what they waited for"
        );
        let after = figure(&mut browser, "Days of waiting").await;
        let days = |text: &str| text.parse::<f64>().unwrap();
        assert!(
            (days(&after) - days(&before) - 10.0).abs() < 0.05,
            "{before} to {after}"
        );
        // By what they chose in the form.
        let csv = browser.get("/staff/reports.csv").await.body;
        let all = fields(&csv);
        let about = |what: &str| {
            let own = all.iter().find(|line| {
                line[2] == "What people asked about" && line[3] == "Neck or back" && line[4] == what
            });
            own.unwrap_or_else(|| panic!("{what}: {csv}"))[5].clone()
        };
        assert_eq!(
            (about("Enquiries"), about("Came")),
            ("5".to_owned(), "0".to_owned())
        );
        desk.test
            .change("UPDATE appointments SET intake_id = id WHERE state = 'attended'")
            .await;
        let csv = browser.get("/staff/reports.csv").await.body;
        let line = "\"What people asked about\",\"Neck or back\",\"Came\",\"5\"";
        assert!(csv.contains(line), "{csv}");
        // For whom no time was found, we could not help.
        assert_eq!(figure(&mut browser, "Could not help").await, "0");
        desk.test.change("DELETE FROM offers").await;
        desk.test.change("UPDATE waiting SET state = 'ended'").await;
        assert_eq!(figure(&mut browser, "Could not help").await, "5");
    }
}

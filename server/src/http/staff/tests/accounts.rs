//! People, the second factor, personal feeds and the record of who did what, through HTTP.

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::auth::{second, totp};
use crate::daily_list;
use crate::desk::{AuditAsked, audit_csv};
use crate::domain::access::{Grant, Role, Standing};
use crate::domain::ids::StaffId;
use crate::mail::Mailer;
use crate::outbox::tests::courier;
use crate::testing::{Browser as Site, noon};

/// A site in which somebody with these roles is signed in, with every cookie kept.
async fn site(desk: &Desk, name: &str, roles: &[(&str, &str)]) -> Site {
    desk.staff(name, roles).await;
    let mut site = Site::new(desk.router.clone());
    assert_eq!(sign_in(&mut site, name, PASSWORD).await, "/staff");
    site
}

/// Signs in and says where that leads; empty if it was refused.
async fn sign_in(site: &mut Site, name: &str, password: &str) -> String {
    let email = format!("{}@sample.invalid", name.to_lowercase());
    let form = [("email", email.as_str()), ("password", password)];
    site.post("/staff/sign-in", &form).await.location
}

async fn staff_id(desk: &Desk, name: &str) -> Uuid {
    let mut tx = desk.test.context.store.read().await.unwrap();
    let email = format!("{}@sample.invalid", name.to_lowercase());
    tx.staff_by_email(&email).await.unwrap().unwrap().id
}

const NEW: [(&str, &str); 4] = [
    ("name", "Nia Sample"),
    ("email", "nia@sample.invalid"),
    ("role", "adviser@law"),
    ("until", "2026-12-18"),
];

#[tokio::test]
async fn a_manager_invites_a_student_who_sets_a_password_until_their_last_day() {
    for desk in Desk::all().await {
        let mut manager = site(&desk, "Mo", &[("manager", "law")]).await;
        let answer = manager.post("/staff/people", &NEW).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let page = manager.get(&answer.location).await.body;
        assert!(page.contains("sending the invitation to Nia Sample"));
        assert!(page.contains("until Friday 18 December 2026"));
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&desk.test, mailer);
        let done = courier.deliver_due(10, &CancellationToken::new()).await;
        assert_eq!(done.unwrap().sent, 1);
        let mail = mails.lock().unwrap().remove(0);
        assert_eq!(mail.to, "nia@sample.invalid");
        let link = mail
            .text
            .split_whitespace()
            .find(|word| word.contains("/staff/password/"))
            .unwrap();
        let path = &link[link.find("/staff/password/").unwrap()..];
        let token = path.rsplit('/').next().unwrap();
        assert!(!dump(&desk).await.contains(token), "only its hash is kept");
        let mut nia = Site::new(desk.router.clone());
        let set = [("password", "three kind otters")];
        assert_eq!(nia.post(path, &set).await.location, "/staff");
        assert_eq!(nia.get("/staff").await.status, 200);
        desk.test.clock.set(at(12, 19, 9, 0));
        assert_eq!(
            sign_in(&mut nia, "Nia", "three kind otters").await,
            "/staff"
        );
        assert_eq!(nia.get("/staff").await.status, 403);
    }
}

#[tokio::test]
async fn whoever_has_appointments_gets_their_day_by_mail_once_and_it_names_nobody() {
    for desk in Desk::all().await {
        let context = &desk.test.context;
        let booked = desk.book("law-first", "Zelda Example", monday(10)).await;
        let mut ada = site(&desk, "Ada", &[("adviser", "law")]).await;
        desk.takes_part("Ada").await;
        // Nobody's day but today's, and not in the night.
        assert_eq!(daily_list::queue(context).await.unwrap(), 0, "not today");
        desk.test.clock.set(at(11, 23, 6, 59));
        assert_eq!(daily_list::queue(context).await.unwrap(), 0, "too early");
        desk.test.clock.set(at(11, 23, 7, 0));
        assert_eq!(daily_list::queue(context).await.unwrap(), 1);
        assert_eq!(daily_list::queue(context).await.unwrap(), 0, "once");
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&desk.test, mailer);
        let stop = CancellationToken::new();
        assert_eq!(courier.deliver_due(10, &stop).await.unwrap().sent, 1);
        let mail = mails.lock().unwrap().remove(0);
        assert_eq!(mail.to, "ada@sample.invalid");
        assert_eq!(mail.subject, "Your appointments on Monday 23 November");
        assert!(
            mail.text.contains("10:00am to 11:00am (UK time):"),
            "{}",
            mail.text
        );
        assert!(mail.text.contains(&booked.reference), "{}", mail.text);
        for gives_away in ["Zelda", "Example", "Law clinic", "First"] {
            assert!(
                !mail.text.contains(gives_away),
                "{gives_away}: {}",
                mail.text
            );
        }

        // Who switched it off gets none the next day; who has nothing left of the day when it is sent neither.
        desk.test.change("DELETE FROM told_once").await;
        sign_in(&mut ada, "Ada", PASSWORD).await;
        let off = ada.post("/staff/account/day/end", &[]).await;
        assert_eq!(off.location, "/staff/account");
        assert!(
            ada.get("/staff/account")
                .await
                .body
                .contains("do not email")
        );
        assert_eq!(daily_list::queue(context).await.unwrap(), 0, "off");
        ada.post("/staff/account/day", &[]).await;
        assert_eq!(daily_list::queue(context).await.unwrap(), 1, "on again");
        let cancel = "UPDATE appointments SET state = 'cancelled'";
        desk.test.change(cancel).await;
        let done = courier.deliver_due(10, &stop).await.unwrap();
        assert_eq!((done.sent, done.dropped), (0, 1));
    }
}

/// Every text in the tables that this file writes.
async fn dump(desk: &Desk) -> String {
    let mut all = Vec::new();
    for sql in [
        "SELECT coalesce(kind, '') || coalesce(reason, '') FROM outbox",
        "SELECT action || ' ' || detail || ' ' || coalesce(clinic_id, '') || ' ' || subject_kind FROM audit",
        "SELECT email || ' ' || name FROM staff",
        "SELECT secret FROM second_factors",
        "SELECT code_hash FROM recovery_codes",
    ] {
        all.extend(desk.test.texts(sql).await);
    }
    all.join("\n")
}

#[tokio::test]
async fn nobody_gives_more_than_they_have_through_the_forms() {
    for desk in Desk::all().await {
        let mut manager = site(&desk, "Mo", &[("manager", "law")]).await;
        desk.staff("Sue", &[("supervisor", "law")]).await;
        desk.staff("Two", &[("adviser", "law"), ("adviser", "sports")])
            .await;
        let (mo, sue, two) = (
            staff_id(&desk, "Mo").await,
            staff_id(&desk, "Sue").await,
            staff_id(&desk, "Two").await,
        );
        for role in [
            "administrator@",
            "administrator@law",
            "supervisor@law",
            "conflict_checker@law",
            "manager@sports",
            "adviser@sports",
            "adviser@nowhere",
            "adviser@",
            "boss@law",
            "",
        ] {
            let mut form = NEW;
            form[2].1 = role;
            assert_eq!(
                manager.post("/staff/people", &form).await.status,
                422,
                "{role}"
            );
            for id in [mo, two] {
                let form = [("role", role), ("until", "2026-12-18")];
                let answer = manager
                    .post(&format!("/staff/people/{id}/give"), &form)
                    .await;
                assert_eq!(answer.status, 422, "{role}");
            }
        }
        // Nor do they end, invite or reset somebody above them, in another clinic too, or themselves.
        for id in [sue, two, mo] {
            for end in ["end", "reset"] {
                let answer = manager
                    .post(&format!("/staff/people/{id}/{end}"), &[])
                    .await;
                assert_eq!(answer.status, 403, "{end}");
            }
        }
        let take = [("role", "supervisor@law")];
        let answer = manager
            .post(&format!("/staff/people/{sue}/take"), &take)
            .await;
        assert_eq!(answer.status, 422);
        // A student without a last day, with one in the past, and with one that ends nothing.
        for until in ["", "2026-11-21", "soon", "2027-12-28", "9999-12-31"] {
            let mut form = NEW;
            form[3].1 = until;
            assert_eq!(
                manager.post("/staff/people", &form).await.status,
                422,
                "{until}"
            );
        }
        let roles = desk.test.number("SELECT count(*) FROM staff_roles").await;
        assert_eq!(roles, 4);
        assert_eq!(desk.test.number("SELECT count(*) FROM outbox").await, 0);
    }
}

#[tokio::test]
async fn ended_access_ends_at_once_and_the_last_administrator_stays() {
    for desk in Desk::all().await {
        let mut ada = site(&desk, "Ada", &[("adviser", "law")]).await;
        let mut root = site(&desk, "Root", &[("administrator", "")]).await;
        let id = staff_id(&desk, "Ada").await;
        assert_eq!(ada.get("/staff").await.status, 200);
        let end = root.post(&format!("/staff/people/{id}/end"), &[]).await;
        assert_eq!(end.status, 303);
        assert_eq!(ada.get("/staff").await.status, 303);
        assert_eq!(sign_in(&mut ada, "Ada", PASSWORD).await, "");
        root.post(&format!("/staff/people/{id}/begin"), &[]).await;
        assert_eq!(sign_in(&mut ada, "Ada", PASSWORD).await, "/staff");
        let own = staff_id(&desk, "Root").await;
        let role = [("role", "administrator@")];
        let take = root.post(&format!("/staff/people/{own}/take"), &role).await;
        assert_eq!(take.status, 422);
        let role = [("role", "administrator@"), ("until", "2026-12-01")];
        let give = root.post(&format!("/staff/people/{own}/give"), &role).await;
        assert_eq!(give.status, 422);
        assert_eq!(root.get("/staff/people").await.status, 200);
    }
}

async fn strict() -> Vec<Desk> {
    let vars = [("SECOND_FACTOR", "on"), ("RATE_LIMITS", "off")];
    let mut all = Vec::new();
    for test in TestClinic::all().await {
        all.push(Desk::with(test, &vars).await);
    }
    all
}

/// The code of an app that was set up for somebody, at this moment.
fn code(desk: &Desk, secret: &[u8]) -> String {
    totp::code(secret, totp::step(desk.test.context.now()))
}

#[tokio::test]
async fn whoever_sees_more_than_their_own_sets_up_a_second_factor_first() {
    for desk in strict().await {
        desk.test.clock.set(noon());
        let mut adviser = site(&desk, "Ada", &[("adviser", "law")]).await;
        assert_eq!(
            adviser.get("/staff").await.status,
            200,
            "a student need not"
        );
        for (name, role, clinic) in [
            ("Sue", "supervisor", "law"),
            ("Mo", "manager", "law"),
            ("Con", "conflict_checker", "law"),
            ("Root", "administrator", ""),
        ] {
            let mut site = site(&desk, name, &[(role, clinic)]).await;
            for path in ["/staff", "/staff/people", "/staff/account"] {
                let seen = site.get(path).await;
                assert!(
                    seen.location.starts_with("/staff/second-factor"),
                    "{name} {path}"
                );
            }
            assert_eq!(site.get("/staff/second-factor").await.status, 200);
        }
        let mut sue = Site::new(desk.router.clone());
        sign_in(&mut sue, "Sue", PASSWORD).await;
        let before = sue.cookie("staff");
        let begin = sue.post("/staff/second-factor/begin", &[]).await;
        assert_eq!(begin.location, "/staff/second-factor");
        let page = sue.get("/staff/second-factor").await.body;
        assert!(page.contains("<svg") && page.contains("otpauth://totp/"));
        let id = staff_id(&desk, "Sue").await;
        let secret = second::begun(&desk.test.context, id)
            .await
            .unwrap()
            .unwrap();
        let wrong = sue
            .post("/staff/second-factor", &[("code", "000000")])
            .await;
        assert_eq!(wrong.status, 422);
        let first = code(&desk, &secret);
        let set = sue.post("/staff/second-factor", &[("code", &first)]).await;
        assert_eq!(set.location, "/staff/account", "{}", set.body);
        assert_ne!(sue.cookie("staff"), before, "a new session");
        let page = sue.get("/staff/account").await.body;
        let spare: Vec<&str> = page
            .split("<code>")
            .skip(1)
            .map(|rest| &rest[..19])
            .collect();
        assert_eq!(spare.len(), 10, "{page}");
        assert!(
            !sue.get("/staff/account").await.body.contains(spare[0]),
            "once"
        );
        let kept = dump(&desk).await;
        assert!(!kept.contains(&totp::base32(&secret)) && !kept.contains(spare[0]));

        // Signing in: the password alone opens nothing, a code works once, and so does a spare code.
        let mut site = Site::new(desk.router.clone());
        assert_eq!(
            sign_in(&mut site, "Sue", PASSWORD).await,
            "/staff/second-step"
        );
        let half = site.cookie("staff");
        for path in ["/staff", "/staff/account", "/staff/second-factor"] {
            assert_eq!(site.get(path).await.status, 303, "{path}");
        }
        let again = site.post("/staff/second-step", &[("code", &first)]).await;
        assert_eq!(again.status, 422, "the code was used");
        desk.test.clock.advance(TimeDelta::seconds(30));
        let next = code(&desk, &secret);
        let step = site.post("/staff/second-step", &[("code", &next)]).await;
        assert_eq!(step.location, "/staff", "{}", step.body);
        assert_ne!(site.cookie("staff"), half, "a new session");
        assert_eq!(site.get("/staff").await.status, 200);
        let mut own_browser = site;
        for (tried, status) in [(spare[0], 303), (spare[0], 422), (&next, 422)] {
            let mut site = Site::new(desk.router.clone());
            sign_in(&mut site, "Sue", PASSWORD).await;
            let step = site.post("/staff/second-step", &[("code", tried)]).await;
            assert_eq!(step.status, status, "{tried}");
        }
        // Guessing codes gets slow.
        let mut site = Site::new(desk.router.clone());
        sign_in(&mut site, "Sue", PASSWORD).await;
        let mut last = 0;
        for _ in 0..6 {
            last = site
                .post("/staff/second-step", &[("code", "1")])
                .await
                .status;
        }
        assert_eq!(last, 429);
        // Who knows the password and guesses elsewhere does not keep its owner out of a browser that is known.
        own_browser.post("/staff/sign-out", &[]).await;
        desk.test.clock.advance(TimeDelta::seconds(30));
        sign_in(&mut own_browser, "Sue", PASSWORD).await;
        let next = code(&desk, &secret);
        let step = own_browser
            .post("/staff/second-step", &[("code", &next)])
            .await;
        assert_eq!(step.location, "/staff", "{}", step.body);
    }
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_and_forgets_the_browsers() {
    for desk in Desk::all().await {
        let mut one = site(&desk, "Ada", &[("adviser", "law")]).await;
        let mut two = Site::new(desk.router.clone());
        sign_in(&mut two, "Ada", PASSWORD).await;
        let page = one.get("/staff/account").await.body;
        assert_eq!(page.matches("<tr><th scope=\"row\">").count(), 2, "{page}");
        let out = one.post("/staff/account/sign-out-everywhere", &[]).await;
        assert_eq!(out.location, "/staff/sign-in");
        for site in [&mut one, &mut two] {
            assert_eq!(site.get("/staff").await.status, 303);
        }
        let left =
            "SELECT (SELECT count(*) FROM staff_sessions) + (SELECT count(*) FROM known_devices)";
        assert_eq!(desk.test.number(left).await, 0);
    }
}

#[tokio::test]
async fn what_lets_somebody_in_asks_for_a_proof_of_the_last_minutes() {
    let desk = Desk::sqlite().await;
    let mut sue = site(&desk, "Sue", &[("supervisor", "law")]).await;
    desk.test.clock.advance(TimeDelta::minutes(6));
    for path in [
        "/staff/account/password",
        "/staff/account/feed",
        "/staff/second-factor/begin",
        "/staff/audit/export",
    ] {
        let answer = sue.post(path, &[]).await;
        assert!(
            answer.location.starts_with("/staff/prove?next="),
            "{path}: {}",
            answer.location
        );
    }
    let wrong = sue.post("/staff/prove", &[("password", "nearly")]).await;
    assert_eq!(wrong.status, 422);
    let form = [("password", PASSWORD), ("next", "/staff/audit")];
    assert_eq!(
        sue.post("/staff/prove", &form).await.location,
        "/staff/audit"
    );
    let csv = sue.post("/staff/audit/export", &[("clinic", "law")]).await;
    assert_eq!(csv.status, 200);
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert!(csv.body.starts_with("time,actor,staff,"));
    assert!(!csv.body.contains("older lines"));

    // An export that leaves lines out says so.
    sue.post("/staff/audit/export", &[("clinic", "law")]).await;
    let standing = Standing {
        staff: StaffId(staff_id(&desk, "Sue").await),
        grants: vec![Grant {
            role: Role::Supervisor,
            clinic: Some("law".into()),
        }],
    };
    let asked = AuditAsked {
        clinic: "law".to_owned(),
        ..AuditAsked::default()
    };
    let short = audit_csv(&desk.test.context, &standing, &asked, 1).await;
    let short = short.unwrap().unwrap();
    assert_eq!(short.lines().count(), 3, "{short}");
    assert!(short.ends_with("as the last day.\"\r\n"), "{short}");
}

/// The lines of a calendar, unfolded.
fn lines(calendar: &str) -> Vec<String> {
    calendar
        .replace("\r\n ", "")
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn lesson_24_a_feed_is_personal_revocable_hashed_and_names_nobody() {
    for desk in Desk::all().await {
        desk.book("law-first", "Zelda Example", monday(10)).await;
        let mut ada = site(&desk, "Ada", &[("adviser", "law")]).await;
        desk.takes_part("Ada").await;
        let made = ada.post("/staff/account/feed", &[]).await;
        assert_eq!(made.location, "/staff/account");
        let page = ada.get("/staff/account").await.body;
        let from = page.find("/feeds/").expect("shown once");
        let path = page[from..from + "/feeds/.ics".len() + 43].to_owned();
        assert!(!ada.get("/staff/account").await.body.contains("/feeds/"));

        let mut reader = Site::new(desk.router.clone());
        let feed = reader.get(&path).await;
        assert_eq!(feed.status, 200);
        assert_eq!(feed.headers["content-type"], "text/calendar; charset=utf-8");
        for wanted in [
            "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
            "X-PUBLISHED-TTL:PT15M",
            "METHOD:PUBLISH",
            "SUMMARY:Appointment",
            "DTSTART:20261123T100000Z",
            "STATUS:TENTATIVE",
        ] {
            assert!(
                lines(&feed.body).iter().any(|line| line == wanted),
                "{wanted}: {}",
                feed.body
            );
        }
        for hidden in ["Zelda", "law", "Law", "+44"] {
            // The rooms of the tests are named after their clinic.
            let mine = feed.body.replace("law room", "");
            assert!(!mine.contains(hidden), "{hidden}: {}", feed.body);
        }
        // Lesson 23: the same bytes and UIDs each time, and 304 for whoever has them.
        desk.test.clock.advance(TimeDelta::minutes(20));
        let again = reader.get(&path).await;
        assert_eq!(again.body, feed.body);
        let tag = feed.headers["etag"].to_str().unwrap().to_owned();
        let request = Request::builder()
            .uri(&path)
            .header("if-none-match", format!("\"other\", W/{tag}"))
            .body(Body::empty())
            .unwrap();
        let same = desk.router.clone().oneshot(request).await.unwrap();
        assert_eq!(same.status(), StatusCode::NOT_MODIFIED);

        // A new one ends the old one, ended access ends all.
        for wrong in ["/feeds/x.ics", "/feeds/x", &path[..path.len() - 4]] {
            assert_eq!(reader.get(wrong).await.status, 404, "{wrong}");
        }
        sign_in(&mut ada, "Ada", PASSWORD).await;
        ada.post("/staff/account/feed", &[]).await;
        assert_eq!(reader.get(&path).await.status, 404);
        let page = ada.get("/staff/account").await.body;
        let from = page.find("/feeds/").expect("shown once");
        let path = page[from..from + "/feeds/.ics".len() + 43].to_owned();
        assert_eq!(reader.get(&path).await.status, 200);
        desk.test
            .change("UPDATE staff_roles SET access_until = '2026-11-21'")
            .await;
        assert_eq!(reader.get(&path).await.status, 404);
    }
}

#[tokio::test]
async fn who_opened_a_record_is_written_down_with_ids_alone() {
    for desk in Desk::all().await {
        let booked = desk.book("law-first", "Zelda Example", monday(10)).await;
        let case = requests::law_case(&desk, "Yuri Example").await;
        let mut sue = site(&desk, "Sue", &[("supervisor", "law")]).await;
        let paths = [
            format!("/staff/appointments/{}", booked.reference),
            format!("/staff/requests/{case}"),
        ];
        for path in &paths {
            let page = sue.get(path).await;
            assert_eq!(page.status, 200);
            assert!(
                !page.body.contains("opened it"),
                "looking is not its history"
            );
        }
        let read = "SELECT count(*) FROM audit WHERE action = 'read' AND actor_kind = 'staff' AND clinic_id = 'law'";
        assert_eq!(desk.test.number(read).await, 2);
        // Whoever may not see it leaves no trace of having seen it.
        let mut other = site(&desk, "Sam", &[("supervisor", "sports")]).await;
        assert_eq!(other.get(&paths[0]).await.status, 404);
        assert_eq!(desk.test.number(read).await, 2);

        let page = sue.get("/staff/audit").await.body;
        for shown in ["Sue Sample", "opened it", &booked.reference, &case] {
            assert!(page.contains(shown), "{shown}");
        }
        let filtered = sue
            .get("/staff/audit?action=read&from=2026-11-22&until=2026-11-22")
            .await;
        assert_eq!(
            filtered.body.matches("<tr><td class=\"time\">").count(),
            2,
            "{}",
            filtered.body
        );
        let none = sue.get("/staff/audit?from=2026-11-23").await.body;
        assert!(none.contains("Nothing matches."));
        assert_eq!(sue.get("/staff/audit?clinic=sports").await.status, 403);
        let theirs = other.get("/staff/audit").await.body;
        assert!(!theirs.contains(&booked.reference));

        sue.post(&format!("{}/confirm", paths[0]), &[]).await;
        sue.post("/staff/people", &NEW).await;
        let everything = desk
            .test
            .texts("SELECT actor_kind || '|' || action || '|' || subject_kind || '|' || coalesce(clinic_id, '') || '|' || detail FROM audit")
            .await
            .join("\n");
        for personal in [
            "Zelda",
            "Yuri",
            "Sue",
            "Nia",
            "sample.invalid",
            "4420",
            "N7",
            "chair",
        ] {
            assert!(!everything.contains(personal), "{personal}: {everything}");
        }
    }
}

#[tokio::test]
async fn the_record_comes_in_pages_without_a_gap() {
    let desk = Desk::sqlite().await;
    let mut root = site(&desk, "Root", &[("administrator", "")]).await;
    let id = staff_id(&desk, "Root").await;
    let mut tx = desk.test.context.store.write().await.unwrap();
    for number in 0..119 {
        let line = crate::store::AuditRow {
            id: desk.test.context.id(),
            at: noon().timestamp() + number / 7,
            actor_kind: "staff",
            actor_id: Some(id),
            action: format!("made_up_{number:03}"),
            subject_kind: "staff",
            subject_id: id,
            clinic_id: None,
            detail: String::new(),
        };
        tx.put_audit(&line).await.unwrap();
    }
    tx.commit().await.unwrap();
    let (mut path, mut seen) = ("/staff/audit".to_owned(), Vec::new());
    loop {
        let body = root.get(&path).await.body;
        let table = body.split("<tbody>").nth(1).unwrap();
        let table = table.split("</tbody>").next().unwrap();
        seen.extend(
            table
                .split("made up ")
                .skip(1)
                .map(|rest| rest[..3].parse::<i64>().unwrap()),
        );
        let Some(next) = body
            .split("rel=\"next\"")
            .next()
            .filter(|_| body.contains("rel=\"next\""))
        else {
            break;
        };
        let from = next.rfind("href=\"").unwrap() + 6;
        let rest = &next[from..];
        path = rest[..rest.find('"').unwrap()].replace("&amp;", "&");
    }
    let expected: Vec<i64> = (0..119).rev().collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn many_wrong_passwords_at_once_are_no_way_round_the_wait() {
    for desk in Desk::all().await {
        desk.staff("Ada", &[("adviser", "law")]).await;
        let context = desk.test.context.clone();
        let passwords = crate::auth::password::Passwords::new(1);
        let tries = (0..40).map(|_| {
            crate::auth::session::sign_in(
                &context,
                &passwords,
                crate::auth::session::Attempt {
                    email: "ada@sample.invalid",
                    password: "not the password".into(),
                    network: "203.0.113.9",
                    device: None,
                    before: None,
                },
            )
        });
        let done = futures_util::future::join_all(tries).await;
        let compared = done
            .into_iter()
            .filter(|one| matches!(one, Ok(crate::auth::session::SignedIn::Wrong)));
        assert_eq!(compared.count(), 5, "five are free");
    }
}

//! A clinic's time and set-up through HTTP: what is shown before it is saved, who may, and a clinic from nothing.

use super::editing::{filled, with};
use super::*;

/// The hidden fields of the first form whose page has them, as pairs.
pub(super) fn hidden(body: &str) -> Vec<(String, String)> {
    let pattern = regex::Regex::new(r#"<input type="hidden" name="([^"]*)" value="([^"]*)""#);
    let unescape = |text: &str| text.replace("&quot;", "\"").replace("&amp;", "&");
    pattern
        .unwrap()
        .captures_iter(body)
        .map(|found| (unescape(&found[1]), unescape(&found[2])))
        .collect()
}

fn encoded(pairs: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// Opens a form, fills it in, looks, saves; returns the look.
async fn change(browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) -> String {
    let form = browser.get(path).await;
    assert_eq!(form.status, StatusCode::OK, "{path}: {}", form.body);
    let mut pairs = hidden(&form.body);
    pairs.extend(
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    pairs.push(("do".to_owned(), "look".to_owned()));
    let look = browser.post(path, &encoded(&pairs)).await;
    if look.status == StatusCode::SEE_OTHER {
        return look.location().to_owned();
    }
    assert_eq!(look.status, StatusCode::OK, "{path}: {}", look.body);
    let mut pairs = hidden(&look.body);
    pairs.push(("do".to_owned(), "save".to_owned()));
    let saved = browser.post(path, &encoded(&pairs)).await;
    assert_eq!(
        saved.status,
        StatusCode::SEE_OTHER,
        "{path}: {}",
        saved.body
    );
    look.body
}

async fn states(desk: &Desk, reference: &str) -> (String, i64) {
    let mut tx = desk.test.context.store.read().await.unwrap();
    let row = tx.appointment_by_reference(reference).await.unwrap();
    let row = row.unwrap();
    (row.state, row.starts_at)
}

/// The id of the person or room of this name.
pub(super) async fn member(desk: &Desk, name: &str) -> String {
    let mut tx = desk.test.context.store.read().await.unwrap();
    let all = tx.members(None).await.unwrap();
    let one = all.into_iter().find(|one| one.name == name);
    one.unwrap_or_else(|| panic!("no {name}")).id.to_string()
}

#[tokio::test]
#[expect(
    clippy::too_many_lines,
    reason = "one story, told from its beginning to its end"
)]
async fn a_clinic_from_nothing_to_its_first_bookable_slot() {
    for desk in Desk::all().await {
        crate::packs::ship(&desk.test.context).await.unwrap();
        let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let made = manager
            .post("/staff/settings/new", "name=Bicycle+clinic")
            .await;
        assert_eq!(
            made.location(),
            "/staff/settings/bicycle-clinic",
            "{}",
            made.body
        );
        let again = manager
            .post("/staff/settings/new", "name=Bicycle+clinic")
            .await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let home = "/staff/settings/bicycle-clinic";
        let page = manager.get(home).await.body;
        assert!(page.contains("9 things are still missing"), "{page}");
        let refused = manager
            .post(&format!("{home}/switch"), "revision=1&to=on")
            .await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "not ready");

        let at = |rest: &str| format!("/staff/availability/bicycle-clinic/{rest}");
        let words = [
            ("name", "Bicycle clinic"),
            ("summary", "Help with bicycles."),
            ("examples", "My bell is flat."),
            ("what", "We look at your bicycle."),
            ("who_for", "People who ride."),
            ("price", "Free"),
            ("who_delivers", "Students mend it. A supervisor checks it."),
            ("cannot", "Cars: A garage."),
            ("address", "1 Sample Street"),
            ("directions", "Turn left."),
            ("step_free", "No steps."),
            ("bring", "Your bicycle."),
            ("open_days", "Mondays"),
            ("organisations", "no"),
            ("reply_days", "3"),
            ("urgent_reply_days", "1"),
        ];
        assert_eq!(change(&mut manager, &at("words/all"), &words).await, home);
        let service = [
            ("name", "First visit"),
            ("label", "Appointment"),
            ("price", "Free"),
            ("enabled", "yes"),
            ("booking", "instant"),
            ("offered_to", "anyone"),
            ("modes", "in_person"),
            ("minutes", "45"),
            ("buffer_before", "0"),
            ("buffer_after", "15"),
            ("start_every", "60"),
            ("notice_hours", "1.5"),
            ("horizon_days", "28"),
            ("capacity", "1"),
            ("advisers_needed", "1"),
            ("daily_cap", ""),
            ("turnaround_days", "0"),
            ("reminder_days", "7, 2"),
        ];
        change(&mut manager, &at("service/new"), &service).await;
        let id = {
            let mut tx = desk.test.context.store.read().await.unwrap();
            let added = tx.services(Some("bicycle-clinic")).await.unwrap();
            assert_eq!(added[0].reminder_days, "7,2", "when it reminds");
            added[0].id.clone()
        };
        let person = [("name", "Pat Sample"), ("services", id.as_str())];
        change(&mut manager, &at("person/new"), &person).await;
        change(&mut manager, &at("person/new"), &[("name", "Sam Sample")]).await;
        let room = [
            ("name", "Sample shed"),
            ("features", "step_free"),
            ("features", "video"),
        ];
        change(&mut manager, &at("room/new"), &room).await;
        let term = [
            ("title", "Winter"),
            ("from", "2026-11-01"),
            ("until", "2027-03-31"),
        ];
        change(&mut manager, &at("term/new"), &term).await;
        let (pat, sam) = (
            member(&desk, "Pat Sample").await,
            member(&desk, "Sam Sample").await,
        );
        let shed = member(&desk, "Sample shed").await;
        let session = [
            ("weekday", "1"),
            ("start", "14:00"),
            ("end", "17:00"),
            ("from", "2026-11-22"),
            ("until", ""),
            ("advisers", pat.as_str()),
            ("supervisors", sam.as_str()),
            ("rooms", shed.as_str()),
        ];
        let look = change(&mut manager, &at("session/new"), &session).await;
        assert!(
            look.contains("Mon 23 Nov"),
            "the first day that changes: {look}"
        );
        manager.post(&format!("{home}/questions"), "").await;
        let page = manager.get(home).await.body;
        assert!(page.contains("Nothing is missing"), "{page}");
        assert!(page.contains("Monday 23 November 2026, 2:00pm"), "{page}");
        let revision = hidden(&page)
            .into_iter()
            .find(|(name, _)| name == "revision");
        let form = format!("revision={}&to=on", revision.unwrap().1);
        let on = manager.post(&format!("{home}/switch"), &form).await;
        assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.body);

        // A client books it.
        let booked = desk.book(&id, "Zelda Example", at_monday(14)).await;
        assert_eq!(states(&desk, &booked.reference).await.0, "confirmed");
        let pack = desk.app.packs.look(&desk.test.context).await;
        assert!(pack.get(&"bicycle-clinic".into()).is_some());
    }
}

fn at_monday(hour: u32) -> DateTime<Utc> {
    monday(hour)
}

#[tokio::test]
async fn a_change_is_shown_before_it_is_saved_and_saved_only_then() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let path = "/staff/availability/sports/closure/new";
        let form = manager.get(path).await;
        let mut pairs = hidden(&form.body);
        for (name, value) in [
            ("title", "Flood"),
            ("from", "2026-11-23"),
            ("until", "2026-11-23"),
        ] {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        let look = manager.post(path, &encoded(&pairs)).await;
        assert!(look.body.contains("Nothing is saved yet"), "{}", look.body);
        assert!(
            look.body.contains("Zelda Example"),
            "named, for whoever may see: {}",
            look.body
        );
        assert!(look.body.contains(&booked.reference));
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM calendar_dates WHERE kind = 'closure'")
                .await,
            0
        );

        // Somebody books between the look and the saving: it is shown again, not broken unseen.
        let second = desk.book("sports-first", "Yann Example", monday(11)).await;
        let mut pairs = hidden(&look.body);
        pairs.push(("do".to_owned(), "save".to_owned()));
        let again = manager.post(path, &encoded(&pairs)).await;
        assert_eq!(again.status, StatusCode::OK);
        assert!(
            again.body.contains("Somebody booked since you looked"),
            "{}",
            again.body
        );
        assert!(again.body.contains(&second.reference));
        let mut pairs = hidden(&again.body);
        pairs.push(("do".to_owned(), "save".to_owned()));
        let saved = manager.post(path, &encoded(&pairs)).await;
        assert_eq!(
            saved.location(),
            "/staff/availability?clinic=sports#attention"
        );
        // Sent twice, it is there once.
        manager.post(path, &encoded(&pairs)).await;
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM calendar_dates WHERE kind = 'closure'")
                .await,
            1
        );
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM audit WHERE action = 'closure_added'")
                .await,
            1
        );
        let page = manager.get("/staff/availability?clinic=sports").await.body;
        assert!(
            page.contains(&booked.reference) && page.contains(&second.reference),
            "{page}"
        );
    }
}

#[tokio::test]
async fn of_two_who_change_the_same_thing_the_second_is_told_and_keeps_what_they_typed() {
    for desk in Desk::all().await {
        let mut first = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let mut second = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let path = "/staff/availability/sports/rules/all";
        let stale = hidden(&second.get(path).await.body);
        change(&mut first, path, &[("ratio", "7")]).await;
        let mut pairs = stale;
        pairs.push(("ratio".to_owned(), "3".to_owned()));
        pairs.push(("do".to_owned(), "save".to_owned()));
        let told = second.post(path, &encoded(&pairs)).await;
        assert_eq!(told.status, StatusCode::CONFLICT);
        assert!(
            told.body.contains(">7</td>") && told.body.contains(">3</td>"),
            "{}",
            told.body
        );
        assert!(told.body.contains("value=\"3\""), "what was typed stays");
        let ratio = "SELECT supervisor_ratio FROM clinics WHERE id = 'sports'";
        assert_eq!(desk.test.number(ratio).await, 7);
    }
}

#[tokio::test]
async fn roles_and_clinics_decide_who_sees_and_changes_hours() {
    type Cell<'a> = (&'a str, &'a [(&'a str, &'a str)], [u16; 4]);
    let desk = Desk::sqlite().await;
    let see = "/staff/availability?clinic=sports";
    let form = "/staff/availability/sports/session/new";
    let settings = "/staff/settings/sports";
    let cells: [Cell<'_>; 6] = [
        ("Ada", &[("adviser", "sports")], [200, 403, 403, 403]),
        ("Sue", &[("supervisor", "sports")], [200, 200, 200, 200]),
        ("Mo", &[("manager", "sports")], [200, 200, 200, 200]),
        (
            "Lea",
            &[("manager", "law"), ("supervisor", "law")],
            [403, 403, 403, 403],
        ),
        ("Con", &[("conflict_checker", "law")], [403, 403, 403, 403]),
        ("Adm", &[("administrator", "")], [403, 403, 403, 200]),
    ];
    for (name, roles, expected) in cells {
        let mut browser = desk.signed_in(name, roles).await;
        let drop_out = "/staff/availability/drop-out?clinic=sports";
        for (path, status) in [see, form, drop_out, settings].into_iter().zip(expected) {
            let got = browser.get(path).await.status.as_u16();
            assert_eq!(got, status, "{name} {path}");
            if path == form && status == 403 {
                assert_eq!(
                    browser.post(form, "do=save").await.status,
                    StatusCode::FORBIDDEN
                );
            }
        }
    }
}

#[tokio::test]
async fn when_an_adviser_drops_out_each_appointment_is_shown_then_resolved() {
    for desk in Desk::all().await {
        let all = [
            desk.book("sports-first", "Zelda Example", monday(10)).await,
            desk.book("sports-first", "Yann Example", monday(11)).await,
        ];
        desk.test.clock.set(monday(8));
        let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let who = desk
            .test
            .number("SELECT count(*) FROM allocations WHERE part = 'adviser' AND active")
            .await;
        assert_eq!(who, 2);
        // Whoever has the first meeting.
        let adviser = {
            let mut tx = desk.test.context.store.read().await.unwrap();
            let row = tx
                .appointment_by_reference(&all[0].reference)
                .await
                .unwrap()
                .unwrap();
            let staffing = tx
                .staffing_between(row.starts_at, row.starts_at + 1)
                .await
                .unwrap();
            staffing
                .into_iter()
                .find(|one| one.part == "adviser")
                .unwrap()
        };
        let path = "/staff/availability/drop-out";
        let form = manager.get(&format!("{path}?clinic=sports")).await;
        let mut pairs = hidden(&form.body);
        let id = adviser.resource_id.to_string();
        for (name, value) in [
            ("who", id.as_str()),
            ("how_long", "rest"),
            ("kind", "away"),
            ("title", ""),
        ] {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        pairs.push(("do".to_owned(), "look".to_owned()));
        let dry = manager.post(path, &encoded(&pairs)).await;
        assert_eq!(dry.status, StatusCode::OK, "{}", dry.body);
        assert!(dry.body.contains(&all[0].reference), "{}", dry.body);
        assert!(dry.body.contains("Same time, with"), "{}", dry.body);
        assert_eq!(
            desk.test.number("SELECT count(*) FROM absences").await,
            0,
            "a dry run"
        );

        let mut pairs = hidden(&dry.body);
        pairs.push((format!("choice-{}", all[0].reference), "swap".to_owned()));
        pairs.push(("do".to_owned(), "apply".to_owned()));
        let done = manager.post(path, &encoded(&pairs)).await;
        assert!(done.body.contains("All done"), "{}", done.body);
        assert_eq!(desk.test.number("SELECT count(*) FROM absences").await, 1);
        let now = {
            let mut tx = desk.test.context.store.read().await.unwrap();
            let row = tx
                .appointment_by_reference(&all[0].reference)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(
                row.starts_at,
                monday(10).timestamp(),
                "the client keeps the time"
            );
            let staffing = tx
                .staffing_between(row.starts_at, row.starts_at + 1)
                .await
                .unwrap();
            staffing
                .into_iter()
                .find(|one| one.part == "adviser")
                .unwrap()
        };
        assert_ne!(now.resource_id, adviser.resource_id);
        // Nobody was told: nothing changed for the client but what was told at booking.
        let calls = "SELECT count(*) FROM calls WHERE kind = 'change'";
        assert_eq!(desk.test.number(calls).await, 0);
    }
}

#[tokio::test]
async fn whoever_must_move_is_told_once_and_whoever_cannot_be_mailed_becomes_a_call() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        // As the sample set-up stores somebody who said nothing about access.
        desk.test.change("UPDATE clients SET access = ''").await;
        desk.test.clock.set(monday(8));
        let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let path = "/staff/availability/drop-out";
        let form = manager.get(&format!("{path}?clinic=sports")).await;
        let mut pairs = hidden(&form.body);
        let fields = [
            ("who", "clinic"),
            ("how_long", "range"),
            ("from", "2026-11-23"),
            ("from_time", "08:00"),
            ("until", "2026-11-23"),
            ("until_time", "12:00"),
            ("kind", "event"),
            ("title", "Fire drill"),
        ];
        pairs.extend(fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let dry = manager.post(path, &encoded(&pairs)).await;
        assert!(!dry.body.contains("Same time, with"), "{}", dry.body);
        let midday = "time:2026-11-23T12:00:00Z";
        assert!(
            dry.body.contains(midday),
            "the same day first: {}",
            dry.body
        );
        let mut pairs = hidden(&dry.body);
        pairs.push((format!("choice-{}", booked.reference), midday.to_owned()));
        pairs.push(("do".to_owned(), "apply".to_owned()));
        // Sent twice, it happens once.
        for _ in 0..2 {
            assert_eq!(
                manager.post(path, &encoded(&pairs)).await.status,
                StatusCode::OK
            );
        }
        let (state, starts) = states(&desk, &booked.reference).await;
        assert_eq!(
            (state.as_str(), starts),
            ("confirmed", monday(12).timestamp())
        );
        let calls = "SELECT count(*) FROM calls WHERE kind = 'change' AND state = 'open'";
        assert_eq!(desk.test.number(calls).await, 1);
        // Whoever rings has on the card what there is to tell.
        let today = manager.get("/staff").await.body;
        let said = "The appointment is on Monday 23 November 2026, 12:00 midday";
        assert!(today.contains(said), "{today}");
        let link = format!("href=\"/staff/appointments/{}\"", booked.reference);
        assert!(today.contains(&link), "{today}");
        let sorry = "SELECT count(*) FROM audit WHERE action = 'moved_for_the_clinic'";
        assert_eq!(desk.test.number(sorry).await, 1);
    }
}

#[tokio::test]
async fn an_absence_takes_times_away_and_is_kept_to_when_booking() {
    use crate::booking::{BookingError, free_slots};
    use crate::domain::availability::Unavailable;
    use crate::store::{AllocationRow, MeetingRow, StoreError};
    for desk in Desk::all().await {
        let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let supervisor = member(&desk, "sports supervisor 0").await;
        let fields = [
            ("who", supervisor.as_str()),
            ("from", "2026-11-23"),
            ("from_time", "10:30"),
            ("until", "2026-11-23"),
            ("until_time", "11:00"),
            ("kind", "training"),
            ("title", ""),
        ];
        change(&mut manager, "/staff/availability/sports/away/new", &fields).await;
        let service = ServiceId::from("sports-first");
        let day = crate::domain::time::local_date(monday(9));
        let context = &desk.test.context;
        let (_, slots) = free_slots(context, &service, &Needs::default(), (day, day), None)
            .await
            .unwrap();
        let starts: Vec<_> = slots.iter().map(|slot| slot.start).collect();
        assert!(
            !starts.contains(&monday(10)) && starts.contains(&monday(11)),
            "{starts:?}"
        );
        let wanted = Wanted {
            service,
            start: monday(10),
            mode: Mode::Phone,
            needs: Needs::default(),
        };
        let refused = crate::booking::hold(context, &wanted, "web", None).await;
        assert!(
            matches!(refused, Err(BookingError::Unavailable(Unavailable::Taken))),
            "{refused:?}"
        );
        // And by the database itself, whatever a use case has read before.
        let meeting = MeetingRow {
            id: context.id(),
            clinic_id: "sports".into(),
            service_id: "sports-first".into(),
            mode: "phone".into(),
            starts_at: monday(10).timestamp(),
            ends_at: monday(11).timestamp(),
            capacity: 1,
        };
        let takes = AllocationRow {
            id: context.id(),
            resource_id: supervisor.parse().unwrap(),
            part: "supervisor".into(),
            busy_from: monday(10).timestamp(),
            busy_until: monday(11).timestamp(),
            at_once: 10,
            hold_until: None,
        };
        let mut tx = context.store.write().await.unwrap();
        let refused = tx.put_meeting(&meeting, &[takes]).await;
        assert!(
            matches!(refused, Err(StoreError::Overcommitted)),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_time_that_is_kept_for_somebody_is_not_booked_with_whoever_is_away_by_then() {
    use crate::booking::{BookingError, From, Submission, hold, submit};
    for desk in Desk::all().await {
        let context = &desk.test.context;
        let kept = |hour| async move {
            let wanted = Wanted {
                service: ServiceId::from("sports-first"),
                start: monday(hour),
                mode: Mode::Phone,
                needs: Needs::default(),
            };
            hold(context, &wanted, "web", None).await.unwrap().id
        };
        let take = |id| async move {
            let submission = Submission {
                from: From::Hold(id),
                client: crate::outbox::tests::client(context),
                intake: None,
                source: "web",
                actor: crate::booking::Actor::Client,
                replay: None,
            };
            submit(context, &submission).await
        };
        let away = |who: String, hour: u32| async move {
            let mut tx = context.store.write().await.unwrap();
            let row = crate::store::AbsenceRow {
                id: context.id(),
                clinic_id: "sports".to_owned(),
                resource_id: Some(who.parse().unwrap()),
                from_at: monday(hour).timestamp(),
                until_at: monday(hour + 1).timestamp(),
                kind: "away".to_owned(),
                title: String::new(),
                revision: 1,
            };
            tx.put_absence(&row, context.now().timestamp())
                .await
                .unwrap();
            tx.commit().await.unwrap();
        };
        // Somebody else is there: the client keeps the time and does not notice.
        let first = kept(10).await;
        let adviser = "SELECT r.name FROM allocations l JOIN resources r ON r.id = l.resource_id WHERE l.part = 'adviser' AND l.active";
        let was = desk.test.texts(adviser).await;
        away(member(&desk, &was[0]).await, 10).await;
        assert_eq!(take(first).await.unwrap().start, monday(10));
        assert_ne!(desk.test.texts(adviser).await, was);

        // Nobody else can supervise, the day is closed, the service is switched off: no false yes.
        let second = kept(12).await;
        let boss = "SELECT r.name FROM resources r WHERE r.name LIKE 'sports supervisor%'";
        for name in desk.test.texts(boss).await {
            away(member(&desk, &name).await, 12).await;
        }
        let third = kept(14).await;
        let refused = take(second).await;
        assert!(
            matches!(refused, Err(BookingError::Unavailable(_))),
            "{refused:?}"
        );
        desk.test
            .change("UPDATE services SET enabled = FALSE WHERE id = 'sports-first'")
            .await;
        let refused = take(third).await;
        assert!(
            matches!(refused, Err(BookingError::Unavailable(_))),
            "{refused:?}"
        );
        let confirmed = "SELECT count(*) FROM appointments WHERE state = 'confirmed'";
        assert_eq!(desk.test.number(confirmed).await, 1);
    }
}

/// A closed day of the sports clinic, as the form sends it.
fn closed(new_id: &str, day: &str, doing: &str) -> String {
    format!("new_id={new_id}&title=Flood&from={day}&until={day}&do={doing}")
}

#[tokio::test]
async fn a_form_gone_back_to_and_filled_in_anew_adds_one_more_and_sent_twice_adds_one() {
    for desk in Desk::all().await {
        let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let path = "/staff/availability/sports/closure/new";
        let new_id = desk.test.context.id().to_string();
        let count = "SELECT count(*) FROM calendar_dates WHERE kind = 'closure'";
        for (day, expected) in [("2027-06-01", 1), ("2027-06-01", 1), ("2027-06-08", 2)] {
            let form = closed(&new_id, day, "save");
            let saved = manager.post(path, &form).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
            assert_eq!(desk.test.number(count).await, expected, "{day}");
        }
        // Looked at first, it is one more as well.
        let look = manager
            .post(path, &closed(&new_id, "2027-06-15", "look"))
            .await;
        assert_eq!(look.status, StatusCode::OK, "{}", look.body);
        assert!(!look.body.contains(&new_id), "a number of its own");
        let mut pairs = hidden(&look.body);
        pairs.push(("do".to_owned(), "save".to_owned()));
        manager.post(path, &encoded(&pairs)).await;
        assert_eq!(desk.test.number(count).await, 3);
    }
}

#[tokio::test]
async fn who_belongs_to_a_clinic_of_others_is_not_taken_on_or_changed() {
    for desk in Desk::all().await {
        let esther = member(&desk, "law supervisor 0").await;
        let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let new = "/staff/availability/sports/person/new";
        let form = manager.get(new).await;
        assert!(!form.body.contains(&esther), "she is not in the list");
        let taken = manager
            .post(new, &format!("existing={esther}&do=save"))
            .await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);

        // Both clinics have agreed on her.
        let id = Uuid::parse_str(&esther).unwrap();
        let mut tx = desk.test.context.store.write().await.unwrap();
        tx.list_member("sports", id).await.unwrap();
        tx.commit().await.unwrap();
        let own = format!("/staff/availability/sports/person/{esther}");
        let form = manager.get(&own).await;
        let mut pairs = hidden(&form.body);
        for (name, value) in [("name", "Somebody Else"), ("active", "no"), ("do", "save")] {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        let refused = manager.post(&own, &encoded(&pairs)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Another clinic has this too"));
        assert_eq!(member(&desk, "law supervisor 0").await, esther);

        // Whoever runs both may, and both logs say so.
        let both = [("manager", "sports"), ("manager", "law")];
        let mut lead = desk.signed_in("Lee", &both).await;
        let form = lead.get(&own).await;
        let mut pairs = hidden(&form.body);
        for (name, value) in [
            ("name", "Esther Example"),
            ("active", "yes"),
            ("do", "save"),
        ] {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        let saved = lead.post(&own, &encoded(&pairs)).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let logged = desk
            .test
            .texts("SELECT clinic_id FROM audit WHERE action = 'person_changed' ORDER BY clinic_id")
            .await;
        assert_eq!(logged, ["law", "sports"]);

        // She is on the list: her skills are changed where they stand, not by taking her on once more.
        let again = format!("existing={esther}&services=sports-first&do=save");
        let refused = lead.post(new, &again).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("on this clinic"), "{}", refused.body);
    }
}

#[tokio::test]
async fn appointments_of_a_service_that_is_switched_off_can_still_be_moved_and_covered() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        desk.test.clock.set(monday(8));
        desk.test
            .change("UPDATE services SET enabled = FALSE WHERE id = 'sports-first'")
            .await;
        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let page = format!("/staff/appointments/{}", booked.reference);
        let times = supervisor.get(&format!("{page}/move")).await;
        assert_eq!(times.status, StatusCode::OK, "{}", times.body);
        let cut = format!(
            "/staff/calendar?view=week&of=sports&moving={}",
            booked.reference
        );
        assert_eq!(supervisor.get(&cut).await.status, StatusCode::OK);
        let dry = drop_out_of_the_adviser(&desk, &mut supervisor).await;
        assert!(dry.contains(&booked.reference));
        assert!(dry.contains("Same time, with"), "{dry}");
    }
}

/// What would happen if the adviser of the only meeting dropped out for the rest of the day.
async fn drop_out_of_the_adviser(desk: &Desk, browser: &mut Browser<'_>) -> String {
    let form = browser
        .get("/staff/availability/drop-out?clinic=sports")
        .await;
    let mut pairs = hidden(&form.body);
    let adviser = desk
        .test
        .texts("SELECT r.name FROM allocations a JOIN resources r ON r.id = a.resource_id WHERE a.part = 'adviser' AND a.active")
        .await;
    let who = member(desk, &adviser[0]).await;
    for (name, value) in [
        ("who", who.as_str()),
        ("how_long", "rest"),
        ("kind", "away"),
        ("title", ""),
        ("do", "look"),
    ] {
        pairs.push((name.to_owned(), value.to_owned()));
    }
    let dry = browser
        .post("/staff/availability/drop-out", &encoded(&pairs))
        .await;
    assert_eq!(dry.status, StatusCode::OK, "{}", dry.body);
    dry.body
}

#[tokio::test]
async fn a_meeting_that_a_supervisor_put_outside_hours_stays_there_and_is_covered_like_any_other() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        desk.test.clock.set(monday(8));
        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let page = format!("/staff/appointments/{}/move", booked.reference);
        let form = supervisor.get(&page).await;
        let mut pairs = hidden(&form.body);
        for (name, value) in [
            ("overrule", "yes"),
            ("date", "2026-11-23"),
            ("time", "21:00"),
            ("reason", "They work until eight"),
        ] {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        let moved = supervisor.post(&page, &encoded(&pairs)).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
        let at_nine = monday(21).timestamp();
        assert_eq!(states(&desk, &booked.reference).await.1, at_nine);

        // It is nobody's mistake: nothing offers to move it back.
        for page in [
            "/staff/availability/sports/resolve",
            "/staff/availability?clinic=sports",
        ] {
            let shown = supervisor.get(page).await.body;
            assert!(!shown.contains(&booked.reference), "{page}: {shown}");
        }
        let day = "/staff/calendar?view=day&of=sports&date=2026-11-23&as=list";
        let calendar = supervisor.get(day).await.body;
        assert!(calendar.contains(&booked.reference), "{calendar}");
        assert!(!calendar.contains("Outside the clinic"), "{calendar}");

        let dry = drop_out_of_the_adviser(&desk, &mut supervisor).await;
        assert!(dry.contains(&booked.reference), "{dry}");
        assert!(dry.contains("Same time, with"), "{dry}");
        // Somebody else can be put in by hand, at that hour too.
        let people = supervisor
            .get(&format!("/staff/appointments/{}", booked.reference))
            .await
            .body;
        assert!(
            people.matches("name=\"adviser\"").count() > 1 || people.matches("<option").count() > 1,
            "{people}"
        );
    }
}

#[tokio::test]
async fn what_a_service_a_room_or_a_clinic_stops_offering_is_shown_with_whom_it_touches() {
    let leave = regex::Regex::new(r#"value="leave"[^>]*checked"#).unwrap();
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        desk.test
            .change("UPDATE clients SET access = '{\"needs\":[\"step_free\"],\"note\":\"\"}'")
            .await;
        let room = desk
            .test
            .texts("SELECT r.name FROM allocations a JOIN resources r ON r.id = a.resource_id WHERE a.part = 'room' AND a.active")
            .await;
        desk.test
            .change("UPDATE resources SET features = 'step_free,quiet' WHERE kind = 'room'")
            .await;
        let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let at = |what: &str| format!("/staff/availability/sports/{what}");
        let room = at(&format!("room/{}", member(&desk, &room[0]).await));
        let service = at("service/sports-first");
        for (path, change, why) in [
            (
                &room,
                ("features", ""),
                "does not have what this person needs",
            ),
            (&service, ("enabled", "no"), "This service is switched off"),
            (
                &service,
                ("advisers_needed", "2"),
                "now needs more advisers",
            ),
            (&service, ("modes", "phone"), "no longer meets in this way"),
        ] {
            let form = manager.get(path).await;
            let form = filled(&form.body, path, "new_id");
            let pairs = with(form, &[change, ("do", "look")]);
            let look = manager.post(path, &encoded(&pairs)).await;
            assert_eq!(look.status, StatusCode::OK, "{why}: {}", look.body);
            assert!(
                look.body.contains(&booked.reference),
                "{why}: {}",
                look.body
            );
            assert!(look.body.contains(why), "{why}: {}", look.body);
        }

        // A clinic that is switched off shows the same first, and keeps who is booked.
        let (home, switch) = ("/staff/settings/sports", "/staff/settings/sports/switch");
        let mut pairs = hidden(&manager.get(home).await.body);
        pairs.push(("to".to_owned(), "off".to_owned()));
        let look = manager.post(switch, &encoded(&pairs)).await;
        assert_eq!(look.status, StatusCode::OK, "{}", look.body);
        assert!(look.body.contains(&booked.reference), "{}", look.body);
        let on = "SELECT count(*) FROM clinics WHERE id = 'sports' AND enabled";
        assert_eq!(desk.test.number(on).await, 1, "a look");
        let mut pairs = hidden(&look.body);
        pairs.push(("do".to_owned(), "save".to_owned()));
        assert_eq!(
            manager.post(switch, &encoded(&pairs)).await.location(),
            home
        );
        assert_eq!(desk.test.number(on).await, 0);
        assert_eq!(states(&desk, &booked.reference).await.0, "confirmed");
        // It can still be held: staying is what is ticked, and nothing is moved by sending the page.
        let resolve = manager.get(&at("resolve")).await.body;
        assert!(resolve.contains(&booked.reference), "{resolve}");
        assert!(leave.is_match(&resolve), "{resolve}");
    }
}

#[tokio::test]
async fn an_address_with_a_nul_in_it_is_not_found() {
    for desk in Desk::all().await {
        let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
        for path in ["/staff/appointments/%00", "/staff/audit?action=%00"] {
            assert_eq!(
                manager.get(path).await.status,
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn a_session_with_nobody_in_it_is_said_to_offer_nothing() {
    let desk = Desk::sqlite().await;
    let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
    let session = [
        ("weekday", "7"),
        ("start", "14:00"),
        ("end", "17:00"),
        ("from", "2026-11-22"),
        ("until", ""),
    ];
    let path = "/staff/availability/sports/session/new";
    let look = change(&mut manager, path, &session).await;
    let page = manager.get("/staff/availability?clinic=sports").await.body;
    for words in [
        "No adviser is in this session, so it offers no time of its own.",
        "No supervisor is in this session, so it offers no time of its own.",
        "No room is in this session, so it offers no time to meet in person.",
    ] {
        assert!(look.contains(words), "{words}: {look}");
        assert!(page.contains(words), "{words}: {page}");
    }
}

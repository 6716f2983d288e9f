//! The sample set-up on `SQLite` in a file and, where `TEST_POSTGRES_URL` names a server, on `PostgreSQL`.

mod cases;
mod planned;
mod shipped;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng};
use sqlx::{Connection as _, PgPool, SqlitePool};

use super::{Loaded, SampleError, Size, load, plan};
use crate::clinics::About;
use crate::domain::time;
use crate::store::{self, ServiceRow, Store};

/// A fresh database, and a second way into it for plain SQL.
struct Fresh {
    store: Arc<dyn Store>,
    plain: Plain,
    file: Option<PathBuf>,
}

enum Plain {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Fresh {
    async fn sqlite(name: &str) -> Self {
        let file =
            std::env::temp_dir().join(format!("clinics-sample-{}-{name}.db", std::process::id()));
        let url = format!("sqlite:{}", file.display());
        let store = store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        Self {
            store,
            plain: Plain::Sqlite(SqlitePool::connect(&url).await.unwrap()),
            file: Some(file),
        }
    }

    async fn postgres(name: &str, server: &str) -> Self {
        let database = format!(
            "{}{}_{name}",
            crate::testing::SAMPLE_DATABASE,
            std::process::id()
        );
        let mut url = url::Url::parse(server).unwrap();
        let mut admin = sqlx::PgConnection::connect(server).await.unwrap();
        let clear = format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        sqlx::query(sqlx::AssertSqlSafe(clear))
            .execute(&mut admin)
            .await
            .unwrap();
        let create = format!("CREATE DATABASE {database}");
        sqlx::query(sqlx::AssertSqlSafe(create))
            .execute(&mut admin)
            .await
            .unwrap();
        url.set_path(&database);
        let store = store::open(url.as_str()).await.unwrap();
        store.migrate().await.unwrap();
        Self {
            store,
            plain: Plain::Postgres(PgPool::connect(url.as_str()).await.unwrap()),
            file: None,
        }
    }

    /// One on each engine there is.
    async fn each(name: &str) -> Vec<Self> {
        let mut all = vec![Self::sqlite(name).await];
        if let Ok(server) = std::env::var("TEST_POSTGRES_URL") {
            all.push(Self::postgres(name, &server).await);
        }
        all
    }

    async fn count(&self, sql: &'static str) -> i64 {
        match &self.plain {
            Plain::Sqlite(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
            Plain::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
        }
    }

    async fn load(&self, now: DateTime<Utc>, size: Size) -> Result<Loaded, SampleError> {
        let mut rng = StdRng::seed_from_u64(99);
        let mut random = |bytes: &mut [u8]| rng.fill_bytes(bytes);
        load(
            &*self.store,
            now,
            &mut random,
            size,
            &|password| format!("hash of {password}"),
            &mut |_, _| (),
        )
        .await
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            if let Some(file) = &self.file {
                let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
            }
        }
    }
}

/// Tuesday 24 November 2026, 3pm.
fn tuesday() -> DateTime<Utc> {
    time::parse_instant("2026-11-24T15:00:00Z").unwrap()
}

fn sized(staff: u32, appointments: u32) -> Size {
    Size {
        staff,
        appointments: Some(appointments),
        seed: 7,
    }
}

/// Invariant 1 in plain words of SQL: pairs of uses of one adviser or room that overlap, and uses of a supervisor that
/// begin while as many others run as are allowed.
const OVER_COMMITTED: &str = "SELECT count(*) FROM allocations a
    WHERE a.active AND (
        SELECT count(*) FROM allocations b
        WHERE b.active AND b.resource_id = a.resource_id AND b.busy_from <= a.busy_from AND b.busy_until > a.busy_from
    ) > a.at_once";

async fn nothing_is_over_committed(fresh: &Fresh) {
    assert_eq!(fresh.count(OVER_COMMITTED).await, 0);
    let over_full = "SELECT count(*) FROM meetings m WHERE (SELECT count(*) FROM appointments a
        WHERE a.meeting_id = m.id AND a.state NOT IN ('cancelled', 'expired')) > m.capacity";
    assert_eq!(fresh.count(over_full).await, 0);
    let in_person_without_room = "SELECT count(*) FROM meetings m
        WHERE (m.mode = 'in_person') <> EXISTS (SELECT 1 FROM allocations l WHERE l.meeting_id = m.id AND l.part = 'room')";
    assert_eq!(fresh.count(in_person_without_room).await, 0);
    let unskilled = "SELECT count(*) FROM allocations l JOIN meetings m ON m.id = l.meeting_id
        WHERE l.part = 'adviser' AND NOT EXISTS (SELECT 1 FROM resource_services s
            WHERE s.resource_id = l.resource_id AND s.service_id = m.service_id)";
    assert_eq!(fresh.count(unskilled).await, 0);
    let wrong_number = "SELECT count(*) FROM meetings m JOIN services s ON s.id = m.service_id
        WHERE s.advisers_needed <> (SELECT count(*) FROM allocations l WHERE l.meeting_id = m.id AND l.part = 'adviser')
           OR 1 <> (SELECT count(*) FROM allocations l WHERE l.meeting_id = m.id AND l.part = 'supervisor')";
    assert_eq!(fresh.count(wrong_number).await, 0);
}

#[tokio::test]
async fn it_loads_once_and_a_second_run_changes_nothing_and_tells_no_secret() {
    for fresh in Fresh::each("once").await {
        let first = fresh.load(tuesday(), Size::default()).await.unwrap();
        assert!(!first.already);
        assert_eq!(
            first.appointments,
            plan::DEFAULT_APPOINTMENTS + plan::EARLIER_APPOINTMENTS
        );
        let rows = "SELECT (SELECT count(*) FROM resources) + (SELECT count(*) FROM windows) + (SELECT count(*) FROM
            calendar_dates) + (SELECT count(*) FROM appointments) + (SELECT count(*) FROM audit) + (SELECT count(*) FROM staff)";
        let before = fresh.count(rows).await;
        let second = fresh
            .load(tuesday() + TimeDelta::days(1), sized(5, 500))
            .await
            .unwrap();
        assert_eq!(
            second,
            Loaded {
                already: true,
                ..Loaded::default()
            }
        );
        assert_eq!(fresh.count(rows).await, before);
        assert_eq!(
            fresh
                .store
                .read()
                .await
                .unwrap()
                .setting("sample_loaded")
                .await
                .unwrap()
                .unwrap(),
            "2026-11-24"
        );
        assert_eq!(
            fresh
                .store
                .read()
                .await
                .unwrap()
                .setting("sample")
                .await
                .unwrap()
                .unwrap(),
            "1"
        );
    }
}

#[tokio::test]
async fn it_never_goes_into_a_database_that_has_clinics() {
    for fresh in Fresh::each("own").await {
        let mut tx = fresh.store.write().await.unwrap();
        let about = String::new();
        let (id, name) = ("law".to_owned(), "Ours".to_owned());
        tx.put_clinic(&store::ClinicRow {
            id,
            name,
            position: 0,
            enabled: true,
            supervisor_ratio: 1,
            about,
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(
            fresh.load(tuesday(), Size::default()).await,
            Err(SampleError::NotEmpty)
        ));
        assert_eq!(
            fresh
                .count("SELECT count(*) FROM clinics WHERE name = 'Ours'")
                .await,
            1
        );
        assert_eq!(fresh.count("SELECT count(*) FROM settings").await, 0);
    }
}

/// A row of the table of the set-up: service, minutes, booking, offered to.
type Expected = (&'static str, i64, &'static str, &'static str);

const TABLE: [(&str, bool, &str, &[Expected]); 6] = [
    (
        "law",
        true,
        "Free",
        &[
            ("law-first", 60, "held", "new"),
            ("law-follow-up", 30, "held", "returning"),
        ],
    ),
    (
        "sports",
        true,
        "Low cost",
        &[
            ("sports-first", 60, "instant", "new"),
            ("sports-follow-up", 30, "instant", "returning"),
            ("sports-massage", 45, "instant", "anyone"),
        ],
    ),
    (
        "nutrition",
        true,
        "Low cost",
        &[
            ("nutrition-first", 45, "instant", "new"),
            ("nutrition-follow-up", 30, "instant", "returning"),
            ("nutrition-group", 60, "instant", "anyone"),
        ],
    ),
    (
        "business",
        true,
        "Free",
        &[
            ("business-chat", 45, "instant", "anyone"),
            ("business-scoping", 60, "review", "anyone"),
        ],
    ),
    (
        "charity",
        true,
        "Free",
        &[
            ("charity-chat", 45, "instant", "anyone"),
            ("charity-scoping", 60, "review", "anyone"),
        ],
    ),
    (
        "counselling",
        false,
        "Free",
        &[("counselling-assessment", 50, "review", "anyone")],
    ),
];

#[tokio::test]
async fn every_clinic_of_the_table_is_there_with_every_service() {
    for fresh in Fresh::each("table").await {
        fresh.load(tuesday(), Size::default()).await.unwrap();
        let mut tx = fresh.store.read().await.unwrap();
        let clinics = tx.clinics().await.unwrap();
        assert_eq!(clinics.len(), TABLE.len());
        for (clinic, (id, enabled, price, services)) in clinics.iter().zip(TABLE) {
            assert_eq!((clinic.id.as_str(), clinic.enabled), (id, enabled));
            let about = About::parse(id, &clinic.about).unwrap();
            assert_eq!(
                about.serves_organisations,
                matches!(id, "business" | "charity")
            );
            let found = tx.services(Some(id)).await.unwrap();
            let short = |row: &ServiceRow| {
                (
                    row.id.clone(),
                    row.minutes,
                    row.booking.clone(),
                    row.offered_to.clone(),
                )
            };
            let expected = services
                .iter()
                .map(|row| (row.0.to_owned(), row.1, row.2.to_owned(), row.3.to_owned()));
            assert_eq!(
                found.iter().map(short).collect::<Vec<_>>(),
                expected.collect::<Vec<_>>()
            );
            assert!(
                found
                    .iter()
                    .all(|row| row.price == price && row.neutral_label == "Appointment")
            );
            let law = id == "law";
            assert!(
                found
                    .iter()
                    .all(|row| row.turnaround_days == if law { 14 } else { 0 })
            );
            assert!(
                found
                    .iter()
                    .all(|row| row.advisers_needed == if law { 2 } else { 1 })
            );
            assert!(
                found
                    .iter()
                    .all(|row| row.capacity == if row.id == "nutrition-group" { 8 } else { 1 })
            );
        }
    }
}

#[tokio::test]
async fn clinics_are_open_on_the_days_and_hours_of_the_table() {
    let fresh = Fresh::sqlite("days").await;
    fresh.load(tuesday(), Size::default()).await.unwrap();
    let mut tx = fresh.store.read().await.unwrap();
    for (clinic, days, from, until) in [
        ("law", &[2, 4][..], 14, 19),
        ("sports", &[1, 2, 4], 10, 17),
        ("nutrition", &[3, 5], 10, 16),
        ("business", &[3], 12, 18),
        ("charity", &[4], 10, 16),
        ("counselling", &[], 0, 0),
    ] {
        let windows = tx.windows(clinic).await.unwrap();
        assert_eq!(
            windows
                .iter()
                .filter_map(|window| window.weekday)
                .collect::<Vec<_>>(),
            days,
            "{clinic}"
        );
        for window in windows {
            assert_eq!(
                (window.start_minute, window.end_minute),
                (Some(from * 60), Some(until * 60)),
                "{clinic}"
            );
        }
    }
    let terms = tx
        .calendar_dates(
            "law",
            time::local_date(tuesday()),
            time::local_date(tuesday()),
        )
        .await
        .unwrap();
    let date = |text| time::parse_date(text).unwrap();
    assert_eq!(terms.len(), 1);
    assert_eq!(
        (terms[0].from_date, terms[0].until_date),
        (date("2026-10-27"), date("2027-04-13"))
    );
}

#[tokio::test]
async fn staff_can_sign_in_one_account_for_every_duty() {
    for fresh in Fresh::each("staff").await {
        let loaded = fresh.load(tuesday(), Size::default()).await.unwrap();
        let mut tx = fresh.store.read().await.unwrap();
        let mut roles = BTreeSet::new();
        let mut passwords = BTreeSet::new();
        for staff in &loaded.staff_sign_ins {
            let row = tx.staff_by_email(&staff.email).await.unwrap().unwrap();
            assert_eq!(row.password, Some(format!("hash of {}", staff.password)));
            assert_eq!(tx.roles(row.id).await.unwrap().len(), staff.roles.len());
            assert_eq!(staff.password.len(), 19);
            assert!(!format!("{staff:?}").contains(&staff.password));
            roles.extend(staff.roles.clone());
            passwords.insert(staff.password.clone());
        }
        assert_eq!(passwords.len(), loaded.staff_sign_ins.len());
        for clinic in ["law", "sports", "nutrition", "business", "charity"] {
            for role in ["supervisor", "adviser", "manager"] {
                assert!(
                    roles.contains(&(role.to_owned(), clinic.to_owned())),
                    "{role} {clinic}"
                );
            }
        }
        assert!(roles.contains(&("conflict_checker".to_owned(), "law".to_owned())));
        assert!(roles.contains(&("administrator".to_owned(), String::new())));
        assert!(
            loaded
                .staff_sign_ins
                .iter()
                .filter(|staff| staff.roles[0].0 == "supervisor")
                .count()
                == 5
        );
    }
}

#[tokio::test]
async fn the_default_sample_is_a_living_fortnight_that_sends_no_mail() {
    for fresh in Fresh::each("living").await {
        fresh.load(tuesday(), Size::default()).await.unwrap();
        nothing_is_over_committed(&fresh).await;
        assert_eq!(fresh.count("SELECT count(*) FROM outbox").await, 0);
        assert_eq!(fresh.count("SELECT count(*) FROM clients WHERE safe_to_email OR name NOT LIKE 'Sample Client %'").await, 0);
        assert!(
            fresh
                .count("SELECT count(DISTINCT clinic_id) FROM meetings")
                .await
                >= 4
        );
        assert!(
            fresh
                .count("SELECT count(*) FROM appointments WHERE state = 'confirmed'")
                .await
                > 10
        );
        assert!(
            fresh
                .count("SELECT count(*) FROM appointments WHERE state = 'attended'")
                .await
                > 0
        );
        // Monday 23 November to Sunday 6 December 2026; the clock is at Tuesday 3pm.
        let fortnight = "SELECT count(*) FROM appointments a JOIN meetings m ON m.id = a.meeting_id
            WHERE m.starts_at >= 1795392000 AND m.starts_at < 1796601600";
        assert_eq!(
            fresh.count(fortnight).await,
            i64::from(plan::DEFAULT_APPOINTMENTS)
        );
        // And the four weeks of the term before.
        let outside =
            "SELECT count(*) FROM meetings WHERE starts_at < 1793059200 OR starts_at >= 1796601600";
        assert_eq!(fresh.count(outside).await, 0);
        let ahead_of_time =
            "SELECT count(*) FROM appointments a JOIN meetings m ON m.id = a.meeting_id
            WHERE (a.state IN ('attended', 'missed') AND m.ends_at > 1795532400)
               OR (a.state = 'confirmed' AND m.starts_at <= 1795532400)
               OR a.created_at > 1795532400 OR a.created_at >= m.starts_at";
        assert_eq!(fresh.count(ahead_of_time).await, 0);
        assert_eq!(
            fresh
                .count(
                    "SELECT count(*) FROM appointments a WHERE NOT EXISTS
            (SELECT 1 FROM audit u WHERE u.subject_id = a.id AND u.action = a.state)"
                )
                .await,
            0
        );
    }
}

#[tokio::test]
async fn the_default_sample_has_visits_and_outcomes_so_that_reports_show_something() {
    for fresh in Fresh::each("worked").await {
        fresh.load(tuesday(), Size::default()).await.unwrap();
        let came = "SELECT count(*) FROM appointments a WHERE a.state IN ('arrived', 'attended')
            AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.appointment_id = a.id)";
        assert_eq!(
            fresh.count(came).await,
            0,
            "everybody who came was checked in"
        );
        let without =
            "SELECT count(*) FROM outcomes o JOIN appointments a ON a.id = o.appointment_id
            WHERE a.state <> 'attended'";
        assert_eq!(fresh.count(without).await, 0);
        let counted = "SELECT count(*) FROM (SELECT clinic_id FROM outcomes o
            JOIN appointments a ON a.id = o.appointment_id GROUP BY clinic_id HAVING count(*) >= 5) t";
        assert_eq!(
            fresh.count(counted).await,
            5,
            "no clinic is only hidden numbers"
        );
        let elsewhere =
            "SELECT count(*) FROM outcomes o JOIN appointments a ON a.id = o.appointment_id
            JOIN issues i ON i.id = o.issue_id WHERE i.clinic_id <> a.clinic_id";
        assert_eq!(fresh.count(elsewhere).await, 0);
        let mut tx = fresh.store.read().await.unwrap();
        let rates = tx.setting(crate::store::HOURLY_RATES).await.unwrap();
        assert!(rates.is_some_and(|rates| rates.contains("\"student\":1250")));
    }
}

#[tokio::test]
async fn every_day_of_the_week_gives_the_default_sample() {
    for (day, now) in (0..7).map(|day| (day, tuesday() + TimeDelta::days(day + 26))) {
        // The fortnights that begin with the week before Christmas: closures thin them, but do not empty them.
        let fresh = Fresh::sqlite(&format!("day-{day}")).await;
        let loaded = fresh.load(now, Size::default()).await.unwrap().appointments;
        assert!((40..=200).contains(&loaded), "{loaded} on day {day}");
        let since = time::start_of_day(time::monday(time::local_date(now))).timestamp();
        let mut rng = StdRng::seed_from_u64(1);
        let setup = super::Setup::shipped().unwrap();
        let plan = plan::plan(&setup, time::local_date(now), None, &mut rng).unwrap();
        let ahead = plan.meetings.iter().filter(|one| one.start >= since);
        let ahead: u32 = ahead.map(|one| one.clients).sum();
        assert_eq!(ahead, 40, "day {day}");
    }
}

#[tokio::test]
async fn a_larger_sample_is_exact_legal_and_runs_back_before_the_term() {
    for fresh in Fresh::each("large").await {
        let loaded = fresh.load(tuesday(), sized(3, 3_000)).await.unwrap();
        assert_eq!(loaded.appointments, 3_000);
        assert_eq!(
            fresh.count("SELECT count(*) FROM appointments").await,
            3_000
        );
        assert_eq!(
            fresh
                .count("SELECT count(*) FROM calendar_dates WHERE kind = 'term'")
                .await,
            2
        );
        assert_eq!(
            fresh
                .count("SELECT count(*) FROM resources WHERE name LIKE 'Adviser % Sample'")
                .await,
            3
        );
        nothing_is_over_committed(&fresh).await;
        assert_eq!(
            fresh
                .count("SELECT count(DISTINCT state) FROM appointments")
                .await,
            5
        );
        let all_cancelled_still_takes = "SELECT count(*) FROM allocations l WHERE l.active AND NOT EXISTS
            (SELECT 1 FROM appointments a WHERE a.meeting_id = l.meeting_id AND a.state <> 'cancelled')";
        assert_eq!(fresh.count(all_cancelled_still_takes).await, 0);
    }
}

#[tokio::test]
async fn the_same_seed_and_instant_give_the_same_rows() {
    let mut loads = Vec::new();
    for name in ["same", "again"] {
        let fresh = Fresh::sqlite(name).await;
        fresh.load(tuesday(), sized(2, 400)).await.unwrap();
        let mut tx = fresh.store.read().await.unwrap();
        loads.push((
            tx.appointments_between(None, 0, i64::MAX).await.unwrap(),
            tx.staffing_between(0, i64::MAX).await.unwrap(),
        ));
    }
    assert!(!loads[0].0.is_empty());
    assert_eq!(loads[0], loads[1]);
}

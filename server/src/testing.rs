//! One `TestClinic` that wires everything with a clock that stands still and seeded randomness, on a real `SQLite` file
//! and, where `TEST_POSTGRES_URL` names a server, on a real `PostgreSQL` database of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use sqlx::Connection as _;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::auth::Entropy;
use crate::auth::password::Passwords;
use crate::auth::seal::Sealer;
use crate::config::Config;
use crate::context::Context;
use crate::domain::time::FixedClock;
use crate::http::limits::RateLimits;
use crate::http::state::App;
use crate::packs::Packs;
use crate::store::{self, CalendarRow, ClinicRow, ResourceRow, ServiceRow, WindowRow};

/// Different bytes at every call, the same in every run.
fn seeded() -> Entropy {
    let state = AtomicU64::new(0);
    Arc::new(move |bytes| {
        for chunk in bytes.chunks_mut(8) {
            // splitmix64
            let mut z = state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let word = (z ^ (z >> 31)).to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    })
}

/// A database of its own, with a context on it.
pub struct TestClinic {
    /// What use cases take.
    pub context: Context,
    /// The clock, to move.
    pub clock: Arc<FixedClock>,
    /// `sqlite:` or `postgres:` address.
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

/// Sunday 22 November 2026, noon.
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0).unwrap()
}

/// An instant on a date of the tests' winter, when London and UTC agree.
pub fn at(month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, month, day, hour, minute, 0).unwrap()
}

impl TestClinic {
    /// On a new `SQLite` file.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("clinics.db").display());
        Self::open(url, Some(folder)).await
    }

    /// On a new `PostgreSQL` database, if a server is named; says so if not.
    pub async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
            assert!(std::env::var("CLINICS_REQUIRE_POSTGRES").is_err(), "TEST_POSTGRES_URL is not set");
            eprintln!("skipped on PostgreSQL: TEST_POSTGRES_URL is not set");
            return None;
        };
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("clinics_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut admin = sqlx::PgConnection::connect(&server).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
        let mut url = url::Url::parse(&server).unwrap();
        url.set_path(&name);
        Some(Self::open(url.to_string(), None).await)
    }

    /// On every engine there is.
    pub async fn all() -> Vec<Self> {
        let mut all = vec![Self::sqlite().await];
        all.extend(Self::postgres().await);
        all
    }

    async fn open(url: String, folder: Option<tempfile::TempDir>) -> Self {
        let store = store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        let clock = Arc::new(FixedClock::new(noon()));
        let context = Context {
            store,
            clock: clock.clone(),
            entropy: seeded(),
            bell: Arc::new(Notify::new()),
        };
        Self { context, clock, url, _folder: folder }
    }

    /// What handlers share, configured by these variables (`RATE_LIMITS=off` for most tests).
    pub fn app_with(&self, vars: &[(&str, &str)]) -> App {
        let secret = "5a".repeat(32);
        let own = [("DATABASE_URL", self.url.as_str()), ("SECRET_KEY", secret.as_str())];
        let find = |name: &str| {
            let mut all = vars.iter().chain(&own);
            all.find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        let config = Config::load(find, |_| Err(std::io::ErrorKind::NotFound.into())).unwrap();
        let key = config.secret.key([0; 32]).unwrap();
        App {
            context: self.context.clone(),
            sealer: Sealer::new(key.clone()),
            key,
            packs: Arc::new(Packs::embedded().unwrap()),
            limits: RateLimits::new(config.limits.on),
            passwords: Arc::new(Passwords::new(2)),
            config: Arc::new(config),
        }
    }

    /// The answer of a plain SQL query that knows nothing of the code: one number.
    pub async fn number(&self, sql: &'static str) -> i64 {
        if self.url.starts_with("sqlite:") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
        }
    }

    /// Adds a clinic that is open every weekday from 09:00 to 17:00 (with term all year and no closures).
    pub async fn clinic(&self, spec: ClinicSpec) -> Built {
        let mut tx = self.context.store.write().await.unwrap();
        tx.put_clinic(&ClinicRow {
            id: spec.id.into(),
            name: format!("{} clinic", spec.id),
            position: 1,
            enabled: true,
            supervisor_ratio: spec.ratio,
            about: "{}".into(),
        })
        .await
        .unwrap();
        for service in &spec.services {
            tx.put_service(service).await.unwrap();
        }
        let skills: Vec<String> = spec.services.iter().map(|service| service.id.clone()).collect();
        let mut built = Built { advisers: Vec::new(), supervisors: Vec::new(), rooms: Vec::new() };
        let parts =
            [("adviser", spec.advisers, "person"), ("supervisor", spec.supervisors, "person"), ("room", spec.rooms, "room")];
        let mut staff: Vec<(Uuid, String)> = spec.shared.clone();
        for (part, count, kind) in parts {
            for number in 0..count {
                let id = self.context.id();
                let resource = ResourceRow {
                    id,
                    kind: kind.into(),
                    name: format!("{} {part} {number}", spec.id),
                    features: if part == "room" && number == 0 { "step_free".into() } else { String::new() },
                    active: true,
                };
                let services = if part == "adviser" { skills.clone() } else { Vec::new() };
                tx.put_resource(&resource, &services).await.unwrap();
                staff.push((id, part.to_owned()));
                match part {
                    "adviser" => built.advisers.push(id),
                    "supervisor" => built.supervisors.push(id),
                    _ => built.rooms.push(id),
                }
            }
        }
        for weekday in 1..=5 {
            let window = WindowRow {
                id: self.context.id(),
                clinic_id: spec.id.into(),
                weekday: Some(weekday),
                from_date: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
                until_date: None,
                start_minute: Some(9 * 60),
                end_minute: Some(17 * 60),
            };
            tx.put_window(&window, &staff).await.unwrap();
        }
        tx.put_calendar_dates(&CalendarRow {
            id: self.context.id(),
            clinic_id: Some(spec.id.into()),
            kind: "term".into(),
            from_date: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            until_date: NaiveDate::from_ymd_opt(2027, 12, 31).unwrap(),
            title: "Test term".into(),
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        built
    }
}

/// A clinic to make.
pub struct ClinicSpec {
    pub id: &'static str,
    pub advisers: usize,
    pub supervisors: usize,
    pub ratio: i64,
    pub rooms: usize,
    pub services: Vec<ServiceRow>,
    /// Resources of another clinic that work here too, with their part (advisers need the skill already).
    pub shared: Vec<(Uuid, String)>,
}

/// What was made.
pub struct Built {
    pub advisers: Vec<Uuid>,
    pub supervisors: Vec<Uuid>,
    pub rooms: Vec<Uuid>,
}

/// A service of one hour, booked at once, face to face or by telephone.
pub fn service(id: &str, clinic: &str) -> ServiceRow {
    ServiceRow {
        id: id.into(),
        clinic_id: clinic.into(),
        name: format!("{id} service"),
        neutral_label: "Appointment".into(),
        price: "Free".into(),
        position: 1,
        enabled: true,
        booking: "instant".into(),
        offered_to: "anyone".into(),
        modes: "in_person,phone".into(),
        minutes: 60,
        buffer_before: 0,
        buffer_after: 0,
        start_every: 60,
        notice_minutes: 60,
        horizon_days: 60,
        capacity: 1,
        advisers_needed: 1,
        daily_cap: None,
        turnaround_days: 0,
    }
}

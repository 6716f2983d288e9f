//! One `TestClinic` that wires everything with a clock that stands still and seeded randomness, on a real `SQLite` file
//! and, where `TEST_POSTGRES_URL` names a server, on a real `PostgreSQL` database of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use sqlx::Connection as _;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::auth::Entropy;
use crate::auth::key::SecretKey;
use crate::auth::password::Passwords;
use crate::auth::seal::Sealer;
use crate::auth::vault::Vault;
use crate::config::Config;
use crate::context::Context;
use crate::domain::time::FixedClock;
use crate::http::first_free::FirstFree;
use crate::http::limits::RateLimits;
use crate::http::live::Live;
use crate::http::state::App;
use crate::packs::InForce;
use crate::store::{self, CalendarRow, ClinicRow, ResourceRow, ServiceRow, WindowRow};

/// Different bytes at every call, the same in every run.
fn seeded() -> Entropy {
    let state = AtomicU64::new(0);
    Arc::new(move |bytes| {
        for chunk in bytes.chunks_mut(8) {
            // splitmix64
            let mut z = state
                .fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)
                .wrapping_add(0x9e37_79b9_7f4a_7c15);
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

/// Numbers the databases of one run.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// What every test database on `PostgreSQL` is called, before the id of its process and a number.
const TEST_DATABASE: &str = "clinics_test_";
/// As [`TEST_DATABASE`], before the id and a name: those of the sample set-up's own tests.
pub const SAMPLE_DATABASE: &str = "clinics_sample_";

/// Drops the databases of runs that are over, once a process: a run that was stopped leaves its own behind.
async fn drop_left_behind(admin: &mut sqlx::PgConnection) {
    static ONCE: tokio::sync::OnceCell<()> = tokio::sync::OnceCell::const_new();
    ONCE.get_or_init(|| drop_left_behind_now(admin)).await;
}

async fn drop_left_behind_now(admin: &mut sqlx::PgConnection) {
    let all: Vec<String> = sqlx::query_scalar("SELECT datname FROM pg_database")
        .fetch_all(&mut *admin)
        .await
        .unwrap();
    for name in all.iter().filter(|name| is_left_behind(name, &is_running)) {
        // One that is in use after all, or that another process drops at this moment, is left alone.
        let drop = sqlx::AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"));
        sqlx::query(drop).execute(&mut *admin).await.ok();
    }
}

/// Whether this is a test database of a process that runs no more.
fn is_left_behind(name: &str, is_running: &dyn Fn(u32) -> bool) -> bool {
    let rest = [TEST_DATABASE, SAMPLE_DATABASE]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix));
    let process = rest.and_then(|rest| rest.split_once('_')?.0.parse().ok());
    process.is_some_and(|id| !is_running(id))
}

/// Whether a process of this id runs; where that cannot be told, it does.
fn is_running(process: u32) -> bool {
    let all = std::path::Path::new("/proc");
    !all.join("self").exists() || all.join(process.to_string()).exists()
}

/// Makes every line of the log reach a subscriber that one test sets for its own thread: without one for the whole
/// process, another thread may have had a line switched off for good.
pub fn hear_every_line() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(tracing_subscriber::registry()).unwrap();
    });
}

/// Sunday 22 November 2026, noon.
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0).unwrap()
}

/// An instant on a date of the tests' winter, when London and UTC agree.
pub fn at(month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, month, day, hour, minute, 0)
        .unwrap()
}

impl TestClinic {
    /// On a new `SQLite` file.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("clinics.db").display());
        Self::open(url, Some(folder)).await
    }

    /// A second world that is the same to the last byte: a copy of this `SQLite` file, with the same clock.
    pub async fn twin(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clinics.db");
        let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
        sqlx::query("VACUUM INTO $1")
            .bind(path.display().to_string())
            .execute(&mut connection)
            .await
            .unwrap();
        let twin = Self::open(format!("sqlite:{}", path.display()), Some(folder)).await;
        twin.clock.set(self.context.now());
        twin
    }

    /// On a new `PostgreSQL` database, if a server is named; says so if not.
    pub async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
            assert!(
                std::env::var("CLINICS_REQUIRE_POSTGRES").is_err(),
                "TEST_POSTGRES_URL is not set"
            );
            eprintln!("skipped on PostgreSQL: TEST_POSTGRES_URL is not set");
            return None;
        };
        let name = format!(
            "{TEST_DATABASE}{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let mut admin = sqlx::PgConnection::connect(&server).await.unwrap();
        drop_left_behind(&mut admin).await;
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut admin)
            .await
            .unwrap();
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
            vault: Some(Vault::new(SecretKey::from_random([7; 32]))),
            metrics: Arc::default(),
        };
        Self {
            context,
            clock,
            url,
            _folder: folder,
        }
    }

    /// What handlers share, on this database: the packs compiled in, a key that is always the same, no rate limits.
    pub fn app(&self) -> App {
        self.app_with(&[])
    }

    /// The same, with these variables instead of the usual ones.
    pub fn app_with(&self, vars: &[(&str, &str)]) -> App {
        let secret = "07".repeat(32);
        let usual = [
            ("DATABASE_URL", self.url.as_str()),
            ("SECRET_KEY", &secret),
            ("PUBLIC_URL", "http://clinics.test"),
            ("RATE_LIMITS", "off"),
            ("SECOND_FACTOR", "off"),
        ];
        let env = |name: &str| {
            let mut all = vars.iter().chain(&usual);
            let found = all.find(|(own, _)| *own == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let config = Config::load(env, |_| Err(std::io::ErrorKind::NotFound.into())).unwrap();
        let key = SecretKey::from_random([7; 32]);
        App {
            context: self.context.clone(),
            limits: RateLimits::new(config.limits.on),
            config: Arc::new(config),
            sealer: Sealer::new(key.clone()),
            key,
            packs: InForce::shipped().unwrap(),
            passwords: Arc::new(Passwords::new(1)),
            first_free: FirstFree::default(),
            draining: tokio_util::sync::CancellationToken::new(),
            live: Live::default(),
        }
    }

    /// Loads the sample set-up, without appointments; passwords of staff are not hashed.
    pub async fn load_sample(&self) {
        let none = crate::sample::Size {
            appointments: Some(0),
            ..crate::sample::Size::default()
        };
        self.load_sample_of(none).await;
    }

    /// The sample set-up of that size.
    pub async fn load_sample_of(&self, size: crate::sample::Size) {
        let entropy = self.context.entropy.clone();
        let mut random = move |bytes: &mut [u8]| entropy(bytes);
        let hash = |_: &str| String::new();
        crate::sample::load(
            &*self.context.store,
            self.context.now(),
            &mut random,
            size,
            &hash,
            &mut |_, _| {},
        )
        .await
        .unwrap();
    }

    /// The answer of a plain SQL query that knows nothing of the code: one number.
    pub async fn number(&self, sql: &'static str) -> i64 {
        if self.url.starts_with("sqlite:") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql)
                .fetch_one(&mut connection)
                .await
                .unwrap()
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql)
                .fetch_one(&mut connection)
                .await
                .unwrap()
        }
    }

    /// A row of text of a plain SQL query, one column.
    pub async fn texts(&self, sql: &'static str) -> Vec<String> {
        if self.url.starts_with("sqlite:") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql)
                .fetch_all(&mut connection)
                .await
                .unwrap()
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql)
                .fetch_all(&mut connection)
                .await
                .unwrap()
        }
    }

    /// Changes rows by plain SQL that knows nothing of the code.
    pub async fn change(&self, sql: &'static str) {
        if self.url.starts_with("sqlite:") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.unwrap();
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.unwrap();
        }
    }

    /// Tries the same: whether the database let it happen.
    pub async fn try_change(&self, sql: &'static str) -> bool {
        if self.url.starts_with("sqlite:") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.is_ok()
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.is_ok()
        }
    }

    /// Says that a clinic checks conflicts.
    pub async fn checks_conflicts(&self, clinic: &str) {
        let mut tx = self.context.store.write().await.unwrap();
        tx.set_conflict_check(clinic, true).await.unwrap();
        tx.commit().await.unwrap();
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
        let skills: Vec<String> = spec
            .services
            .iter()
            .map(|service| service.id.clone())
            .collect();
        let mut built = Built {
            advisers: Vec::new(),
            supervisors: Vec::new(),
            rooms: Vec::new(),
        };
        let parts = [
            ("adviser", spec.advisers, "person"),
            ("supervisor", spec.supervisors, "person"),
            ("room", spec.rooms, "room"),
        ];
        let mut staff: Vec<(Uuid, String)> = spec.shared.clone();
        for (part, count, kind) in parts {
            for number in 0..count {
                let id = self.context.id();
                let resource = ResourceRow {
                    id,
                    kind: kind.into(),
                    name: format!("{} {part} {number}", spec.id),
                    features: if part == "room" && number == 0 {
                        "step_free".into()
                    } else {
                        String::new()
                    },
                    active: true,
                };
                let services = if part == "adviser" {
                    skills.clone()
                } else {
                    Vec::new()
                };
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
        reminder_days: "5,1".into(),
    }
}

/// A browser without JavaScript: keeps cookies, sends forms, follows nothing by itself.
pub struct Browser {
    router: axum::Router,
    cookies: std::collections::BTreeMap<String, String>,
}

/// What came back.
pub struct Seen {
    pub status: u16,
    pub location: String,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Browser {
    pub fn new(router: axum::Router) -> Self {
        Self {
            router,
            cookies: std::collections::BTreeMap::new(),
        }
    }

    /// Puts a cookie into the browser, or takes it out where there is none.
    pub fn set_cookie(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.cookies.insert(name.to_owned(), value.to_owned()),
            None => self.cookies.remove(name),
        };
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.get(name).cloned()
    }

    pub async fn get(&mut self, path: &str) -> Seen {
        self.send("GET", path, None).await
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Seen {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        self.send("POST", path, Some(body)).await
    }

    /// As `get`, then after every redirect.
    pub async fn follow(&mut self, path: &str) -> (String, Seen) {
        let mut path = path.to_owned();
        for _ in 0..5 {
            let seen = self.get(&path).await;
            if !(300..400).contains(&seen.status) {
                return (path, seen);
            }
            path = seen.location;
        }
        panic!("redirected without end at {path}");
    }

    async fn send(&mut self, method: &str, path: &str, body: Option<String>) -> Seen {
        use tower::ServiceExt as _;
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin");
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        if body.is_some() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        let request = request
            .body(axum::body::Body::from(body.unwrap_or_default()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        for cookie in headers.get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let bytes = axum::body::to_bytes(response.into_body(), 10_000_000)
            .await
            .unwrap();
        Seen {
            status,
            location: headers
                .get("location")
                .map(|value| value.to_str().unwrap().to_owned())
                .unwrap_or_default(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
            headers,
        }
    }
}

/// The harmless answers of a clinic by question, from the table of rules: what somebody answers who has nothing to flag.
pub fn harmless(clinic: &str) -> std::collections::BTreeMap<String, Vec<String>> {
    let table = include_str!("../packs/rules.md");
    let heading = format!("\n## {clinic}\n");
    let section = table
        .split(&heading)
        .nth(1)
        .expect("the clinic is in the table");
    let answers = section.split('`').nth(1).expect("harmless answers");
    let pairs = answers
        .split_whitespace()
        .map(|pair| pair.split_once('=').expect("id=value"));
    let embedded = crate::packs::Packs::embedded().unwrap();
    let pack = embedded.get(&clinic.into()).expect("a pack");
    pairs
        .map(|(id, value)| {
            let question = pack.question(&id.into()).expect("a question");
            // An underscore stands for a space, but not in the value of an option.
            let value = question
                .choice(value)
                .map_or_else(|| value.replace('_', " "), |one| one.value.clone());
            (id.to_owned(), vec![value])
        })
        .collect()
}

#[test]
fn only_test_databases_of_processes_that_are_gone_are_dropped() {
    let runs = |id| id == 7;
    for (name, dropped) in [
        ("clinics_test_8_0", true),
        ("clinics_test_8_123", true),
        ("clinics_test_7_0", false),
        ("clinics_test_8", false),
        ("clinics_test_eight_0", false),
        ("clinics_sample_8_grown", true),
        ("clinics_sample_7_grown", false),
        ("clinics_8_0", false),
        ("clinics", false),
        ("postgres", false),
    ] {
        assert_eq!(is_left_behind(name, &runs), dropped, "{name}");
    }
    assert!(is_running(std::process::id()));
}

#[tokio::test]
async fn the_database_of_a_run_that_is_over_is_gone_when_the_next_begins() {
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        return;
    };
    // Beyond the largest process id that Linux gives (`pid_max`).
    let left = format!("{TEST_DATABASE}4194305_{}", std::process::id());
    let mut admin = sqlx::PgConnection::connect(&server).await.unwrap();
    let make = sqlx::AssertSqlSafe(format!("CREATE DATABASE {left}"));
    sqlx::query(make).execute(&mut admin).await.unwrap();
    drop_left_behind_now(&mut admin).await;
    let there: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_database WHERE datname = $1")
        .bind(&left)
        .fetch_one(&mut admin)
        .await
        .unwrap();
    assert_eq!(there, 0);
}

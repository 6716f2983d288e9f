//! The sample set-up: five clinics, their people, rooms, hours and staff, and some appointments, for a newcomer to see and
//! for measuring. Everything in it is invented and says so.
//!
//! Promises to load once, into an empty database only, to show each password once, and to queue no message. It never runs
//! by itself. The same seed and instant give the same rows; only passwords come from true randomness.

mod asked;
mod cases;
mod grow;
mod plan;
mod rows;
pub mod setup;
#[cfg(test)]
mod tests;

use std::fmt;

use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;

pub use cases::{CasesError, send_cases};
pub use plan::{DEFAULT_APPOINTMENTS, EARLIER_APPOINTMENTS, TooMany};
pub use setup::SetupError;

use crate::domain::time;
use crate::store::{Store, StoreError, Stored};
use plan::{Meeting, Plan};
use rows::Rows;
use setup::Setup;

/// The setting that marks a database as holding the sample set-up; its value is "1".
pub const SETTING: &str = "sample";
/// The setting with the local date of loading.
pub const SETTING_LOADED: &str = "sample_loaded";

/// The setting that says that the cases that wait for staff are there.
pub const SETTING_CASES: &str = "sample_cases";

/// Meetings written in one transaction.
const BATCH: usize = 300;

/// How large a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Advisers beyond those of the set-up.
    pub staff: u32,
    /// Appointments over the whole term and, if they don't fit, before it; without a number [`DEFAULT_APPOINTMENTS`] this
    /// week and next, and [`EARLIER_APPOINTMENTS`] in the weeks of the term before.
    pub appointments: Option<u32>,
    /// Same seed, same sample.
    pub seed: u64,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            staff: 0,
            appointments: None,
            seed: 1,
        }
    }
}

/// A sample member of staff and how they sign in.
#[derive(Clone, PartialEq, Eq)]
pub struct SignIn {
    /// What they sign in with.
    pub email: String,
    /// In clear; to be shown once and never stored.
    pub password: String,
    /// Their name.
    pub name: String,
    /// Role and clinic (empty: all clinics), such as `("adviser", "law")`.
    pub roles: Vec<(String, String)>,
}

impl fmt::Debug for SignIn {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn")
            .field("email", &self.email)
            .field("roles", &self.roles)
            .finish_non_exhaustive()
    }
}

/// What [`load`] did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The sample was there already; nothing was changed, and the rest is empty.
    pub already: bool,
    /// Staff accounts, each with its password.
    pub staff_sign_ins: Vec<SignIn>,
    /// Clinics, with those switched off.
    pub clinics: usize,
    /// People in the calendar.
    pub people: usize,
    /// Appointments written.
    pub appointments: u32,
}

/// Why the sample could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The database holds a set-up that somebody made.
    #[error("the database holds clinics of its own; the sample set-up goes into an empty one only")]
    NotEmpty,
    /// The files of the set-up are wrong.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// More appointments than fit.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// Nothing was loaded.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The set-up is loaded, the appointments only in part. The sign-ins in `loaded` are good, and shown nowhere else.
    #[error("loaded {} appointments, then stopped: {source}", loaded.appointments)]
    Unfinished {
        /// What was loaded.
        loaded: Box<Loaded>,
        /// What stopped it.
        source: StoreError,
    },
}

/// Loads the sample set-up into a migrated database.
///
/// `random` fills bytes for the passwords, `hash_password` turns one into a PHC string, `progress` is told how many
/// appointments of how many are written. Set-up and first appointments are one transaction; many more follow in batches.
pub async fn load(
    store: &dyn Store,
    now: DateTime<Utc>,
    random: &mut (dyn FnMut(&mut [u8]) + Send),
    size: Size,
    hash_password: &(dyn Fn(&str) -> String + Sync),
    progress: &mut (dyn FnMut(u32, u32) + Send),
) -> Result<Loaded, SampleError> {
    // Asked before the work of planning and hashing, and again in the transaction that writes.
    if store.read().await?.setting(SETTING).await?.is_some() {
        return Ok(Loaded {
            already: true,
            ..Loaded::default()
        });
    }
    let mut setup = Setup::shipped()?;
    setup.grow(size.staff);
    let mut rng = StdRng::seed_from_u64(size.seed);
    let plan = plan::plan(&setup, time::local_date(now), size.appointments, &mut rng)?;
    let staff_sign_ins = sign_ins(&setup, random);
    let passwords = staff_sign_ins
        .iter()
        .map(|staff| hash_password(&staff.password))
        .collect();
    let mut rows = Rows::new(&setup, now, rng);
    let (first, rest) = plan.meetings.split_at(BATCH.min(plan.meetings.len()));

    if !put_first(store, now, &mut rows, &plan, first, passwords).await? {
        return Ok(Loaded {
            already: true,
            ..Loaded::default()
        });
    }
    let total = clients(&plan.meetings);
    let (clinics, people) = (setup.clinics.len(), setup.people.len());
    let mut loaded = Loaded {
        already: false,
        staff_sign_ins,
        clinics,
        people,
        appointments: clients(first),
    };
    progress(loaded.appointments, total);
    for batch in rest.chunks(BATCH) {
        if let Err(source) = put_batch(store, &mut rows, batch).await {
            return Err(SampleError::Unfinished {
                loaded: Box::new(loaded),
                source,
            });
        }
        loaded.appointments += clients(batch);
        progress(loaded.appointments, total);
    }
    Ok(loaded)
}

/// Writes the set-up and the first meetings, all or nothing. False if another run was faster.
async fn put_first(
    store: &dyn Store,
    now: DateTime<Utc>,
    rows: &mut Rows<'_>,
    plan: &Plan,
    meetings: &[Meeting],
    passwords: Vec<String>,
) -> Result<bool, SampleError> {
    let mut tx = store.write().await?;
    if tx.setting(SETTING).await?.is_some() {
        return Ok(false);
    }
    if !tx.clinics().await?.is_empty() {
        return Err(SampleError::NotEmpty);
    }
    tx.put_setting(SETTING, "1").await?;
    tx.put_setting(SETTING_LOADED, &time::iso_date(time::local_date(now)))
        .await?;
    rows.put_setup(&mut *tx, plan).await?;
    rows.put_accounts(&mut *tx, passwords).await?;
    rows.put_measures(&mut *tx).await?;
    for meeting in meetings {
        rows.put_meeting(&mut *tx, meeting).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn put_batch(store: &dyn Store, rows: &mut Rows<'_>, meetings: &[Meeting]) -> Stored<()> {
    let mut tx = store.write().await?;
    for meeting in meetings {
        rows.put_meeting(&mut *tx, meeting).await?;
    }
    tx.commit().await
}

fn clients(meetings: &[Meeting]) -> u32 {
    meetings.iter().map(|meeting| meeting.clients).sum()
}

fn sign_ins(setup: &Setup, random: &mut (dyn FnMut(&mut [u8]) + Send)) -> Vec<SignIn> {
    let roles = |account: &setup::Account| {
        account
            .roles
            .iter()
            .map(|role| (role.role.clone(), role.clinic.clone().unwrap_or_default()))
            .collect()
    };
    setup
        .accounts
        .iter()
        .map(|account| SignIn {
            email: account.email.clone(),
            password: password(random),
            name: account.name.clone(),
            roles: roles(account),
        })
        .collect()
}

/// Sixteen characters that are hard to mistake for one another, in groups of four: 80 random bits.
fn password(random: &mut (dyn FnMut(&mut [u8]) + Send)) -> String {
    // 32 characters, so that five bits of a byte choose one evenly; without i, l, o and 1.
    const CHARACTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let mut bytes = [0; 16];
    random(&mut bytes);
    let letters = bytes.map(|byte| char::from(CHARACTERS[usize::from(byte % 32)]));
    letters
        .chunks(4)
        .map(String::from_iter)
        .collect::<Vec<_>>()
        .join("-")
}

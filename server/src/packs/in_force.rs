//! The packs in force: read from the database, kept in memory, read again when somebody has published.
//!
//! Promises: whoever asks gets whole packs of one version and keeps them for as long as needed; a change is seen by every
//! process within [`LOOK_EVERY`]; texts that do not pass the check never replace texts that did, and the log says so.
//! While the database cannot be read, the last packs stay.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::TimeDelta;

use super::{Broken, Packs, SHARED, SIGNPOSTS, Source, file_of, shipped};
use crate::context::Context;
use crate::domain::ids::ClinicId;
use crate::domain::triage::{Pack, Problem};
use crate::store::{Records, StoreError, Stored};

/// How long a process may go on without looking whether something was published.
const LOOK_EVERY: TimeDelta = TimeDelta::milliseconds(250);
/// Packs of the past that are kept in memory.
const MOST_PAST: usize = 64;

/// The packs in force. Cheap to clone; the clones are one.
#[derive(Clone)]
pub struct InForce(Arc<Holder>);

struct Holder {
    loaded: RwLock<Loaded>,
    /// When the database was last looked at, in milliseconds since 1970.
    looked: AtomicI64,
    past: Mutex<BTreeMap<(ClinicId, String), Arc<Pack>>>,
}

#[derive(Clone)]
struct Loaded {
    packs: Arc<Packs>,
    /// The counter of the database when they were read; 0 before the first text was stored.
    counter: i64,
}

/// What the database has in force.
pub struct Read {
    /// The counter that moves with every change.
    pub counter: i64,
    /// The texts, by file; none if nothing was stored yet.
    pub sources: Vec<Source>,
}

/// Reads the texts in force.
pub async fn in_force(tx: &mut dyn Records) -> Stored<Read> {
    let counter = tx.question_counter().await?;
    let rows = tx.questions_in_force().await?;
    let sources = rows
        .iter()
        .map(|row| Source::new(&row.file, &row.text))
        .collect();
    Ok(Read { counter, sources })
}

impl InForce {
    /// The packs compiled in, until the database is looked at.
    ///
    /// # Errors
    /// The program was built from packs that do not pass the check.
    pub fn shipped() -> Result<Self, Broken> {
        let loaded = Loaded {
            packs: Arc::new(Packs::embedded()?),
            counter: 0,
        };
        Ok(Self(Arc::new(Holder {
            loaded: RwLock::new(loaded),
            looked: AtomicI64::new(i64::MIN),
            past: Mutex::default(),
        })))
    }

    /// These packs, whatever the database says.
    #[cfg(test)]
    #[must_use]
    pub fn fixed(packs: Packs) -> Self {
        let loaded = Loaded {
            packs: Arc::new(packs),
            counter: 0,
        };
        Self(Arc::new(Holder {
            loaded: RwLock::new(loaded),
            looked: AtomicI64::new(i64::MAX),
            past: Mutex::default(),
        }))
    }

    /// The packs as they are in memory.
    #[must_use]
    pub fn current(&self) -> Arc<Packs> {
        Arc::clone(&self.loaded().packs)
    }

    /// The pack of a clinic as it is in memory.
    #[must_use]
    pub fn get(&self, clinic: &ClinicId) -> Option<Arc<Pack>> {
        self.loaded().packs.share(clinic)
    }

    /// The packs in force, after a look at the database if the last one is too long ago.
    pub async fn look(&self, context: &Context) -> Arc<Packs> {
        let now = context.now().timestamp_millis();
        let before = self.0.looked.load(Ordering::Relaxed);
        let due = now.abs_diff(before) >= LOOK_EVERY.num_milliseconds().unsigned_abs();
        let looked = &self.0.looked;
        // One of many requests looks; the others go on with what there is.
        let mine = due
            && looked
                .compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        if mine && let Err(error) = self.reload(context).await {
            tracing::warn!(%error, "the question sets could not be read; the last ones stay in force");
        }
        self.current()
    }

    /// Looks at the database now.
    pub async fn reload(&self, context: &Context) -> Stored<()> {
        let mut tx = context.store.read().await?;
        let counter = tx.question_counter().await?;
        if counter == self.loaded().counter {
            return Ok(());
        }
        let read = in_force(&mut *tx).await?;
        drop(tx);
        let checked = tokio::task::spawn_blocking(move || checked(&read.sources))
            .await
            .map_err(|error| StoreError::Other(error.to_string()))?;
        let packs = match checked {
            Ok(packs) => Arc::new(packs),
            Err(broken) => {
                let broken = broken.to_string();
                tracing::error!(%broken, "the question sets in force do not pass the check; the last good ones stay");
                self.current()
            }
        };
        let mut loaded = self
            .0
            .loaded
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        // Whoever was slower has read something older.
        if counter > loaded.counter {
            *loaded = Loaded { packs, counter };
        }
        Ok(())
    }

    /// The pack of a clinic as it was when results of this version were made; `None` if the database has no such
    /// version.
    pub async fn of_version(
        &self,
        context: &Context,
        clinic: &ClinicId,
        version: &str,
    ) -> Stored<Option<Arc<Pack>>> {
        if let Some(pack) = self.get(clinic)
            && pack.version == version
        {
            return Ok(Some(pack));
        }
        let key = (clinic.clone(), version.to_owned());
        if let Some(pack) = self.past().get(&key) {
            return Ok(Some(Arc::clone(pack)));
        }
        let mut tx = context.store.read().await?;
        let Some(pack) = past(&mut *tx, clinic, version).await? else {
            return Ok(None);
        };
        let mut past = self.past();
        if past.len() >= MOST_PAST {
            past.clear();
        }
        past.insert(key, Arc::clone(&pack));
        Ok(Some(pack))
    }

    fn loaded(&self) -> Loaded {
        self.0
            .loaded
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn past(&self) -> std::sync::MutexGuard<'_, BTreeMap<(ClinicId, String), Arc<Pack>>> {
        self.0.past.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Texts of the database as packs. Those that this release came with need no second check.
pub(super) fn checked(sources: &[Source]) -> Result<Packs, Broken> {
    let same = shipped()
        .iter()
        .all(|one| sources.iter().any(|other| one == other));
    if same && sources.len() == shipped().len() {
        return Packs::embedded();
    }
    Packs::from_sources(sources)
}

/// Only read, not checked: a later release may check more than was checked then.
async fn past(tx: &mut dyn Records, clinic: &ClinicId, version: &str) -> Stored<Option<Arc<Pack>>> {
    let Some(set) = tx.question_set(clinic.as_str(), version).await? else {
        return Ok(None);
    };
    let own = file_of(clinic);
    let mut sources = Vec::new();
    for (file, number) in [
        (SHARED, set.shared_number),
        (SIGNPOSTS, set.signposts_number),
        (own.as_str(), set.own_number),
    ] {
        let row = tx.question_version(file, number).await?;
        sources.extend(row.map(|row| Source::new(file, &row.text)));
    }
    let read = super::read::packs(&sources).unwrap_or_else(|problems: Vec<Problem>| {
        let broken = Broken(problems).to_string();
        tracing::error!(%broken, "a question set of the past cannot be read");
        Vec::new()
    });
    let found = read
        .into_iter()
        .find(|pack| pack.clinic == *clinic && pack.version == version);
    Ok(found.map(Arc::new))
}

//! From the text of pack files to packs. The shape of the files is explained in `packs/shared.toml`, for the people
//! who write them; `file` is the same in Rust, and `build` makes questions and rules of it.

mod build;
mod file;
mod place;

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{SHARED, SIGNPOSTS};
use crate::domain::ids::ClinicId;
use crate::domain::triage::{At, Pack, Problem, Question, Rule, Settings, Signpost, SignpostId};
use file::{PackFile, SignpostsFile};
use place::Place;

/// The name and the text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name without a folder, such as `law.toml`.
    pub file: String,
    /// What is in it.
    pub text: String,
}

impl Source {
    /// A file of this name and text.
    #[must_use]
    pub fn new(file: &str, text: &str) -> Self {
        Self {
            file: file.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Whether it is a pack at all. A folder may hold other TOML; a file that cannot be read as TOML is taken for
    /// a pack, so that it is reported.
    #[must_use]
    pub fn is_pack(&self) -> bool {
        let keys = ["clinic", "question", "rule", "signpost"];
        let table: Result<toml::Table, _> = toml::from_str(&self.text);
        table.map_or(true, |table| {
            keys.iter().any(|key| table.contains_key(*key))
        })
    }
}

/// Reads every clinic's pack. A clinic's file that cannot be read does not hide what is wrong with the next.
pub(super) fn packs(sources: &[Source]) -> Result<Vec<Pack>, Vec<Problem>> {
    let find = |name: &str| {
        let missing = || vec![nowhere(name, "the file is missing")];
        sources
            .iter()
            .find(|source| source.file == name)
            .ok_or_else(missing)
    };
    let (shared_source, signposts_source) = (find(SHARED)?, find(SIGNPOSTS)?);
    let signposts = Arc::new(signposts(signposts_source)?);
    let shared = one::<PackFile>(shared_source)?;
    let mut packs = Vec::new();
    let mut problems = Vec::new();
    for source in sources {
        if [SHARED, SIGNPOSTS].contains(&source.file.as_str()) || !source.is_pack() {
            continue;
        }
        let version = version([shared_source, signposts_source, source]);
        let read = one::<PackFile>(source)
            .and_then(|own| pack(&shared, (shared_source, source), own, version, &signposts));
        match read {
            Ok(pack) => packs.push(pack),
            Err(wrong) => problems.extend(wrong),
        }
    }
    if packs.is_empty() && problems.is_empty() {
        problems.push(nowhere(SHARED, "there is no clinic's file beside it"));
    }
    if problems.is_empty() {
        Ok(packs)
    } else {
        Err(problems)
    }
}

fn nowhere(file: &str, text: &str) -> Problem {
    let at = At {
        file: file.into(),
        line: 1,
    };
    Problem {
        at,
        question: None,
        text: text.to_owned(),
    }
}

fn one<'de, F: serde::Deserialize<'de>>(source: &'de Source) -> Result<F, Vec<Problem>> {
    toml::from_str(&source.text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        vec![Place::new(source).problem(at, error.message().to_owned())]
    })
}

/// A digest of all that a pack is made from. Sixteen figures are plenty to tell versions of one clinic apart.
fn version(sources: [&Source; 3]) -> String {
    use std::fmt::Write as _;
    let mut digest = Sha256::new();
    for source in sources {
        // Lengths keep a sentence moved from one file to the next from looking the same.
        digest.update(source.text.len().to_be_bytes());
        digest.update(source.text.as_bytes());
    }
    let mut hex = String::new();
    for byte in digest.finalize().iter().take(8) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

fn signposts(source: &Source) -> Result<BTreeMap<SignpostId, Signpost>, Vec<Problem>> {
    let place = Place::new(source);
    let mut found = BTreeMap::new();
    for file in one::<SignpostsFile>(source)?.signpost {
        let at = file.id.span().start;
        let signpost = file.build(&place);
        if found.contains_key(&signpost.id) {
            return Err(vec![
                place.problem(at, format!("signpost `{}` is there twice", signpost.id)),
            ]);
        }
        found.insert(signpost.id.clone(), signpost);
    }
    Ok(found)
}

/// The shared file and a clinic's own as one pack.
fn pack(
    shared: &PackFile,
    sources: (&Source, &Source),
    own: PackFile,
    version: String,
    signposts: &Arc<BTreeMap<SignpostId, Signpost>>,
) -> Result<Pack, Vec<Problem>> {
    let (shared_place, own_place) = (Place::new(sources.0), Place::new(sources.1));
    let Some(clinic) = own.clinic.clone() else {
        return Err(vec![
            own_place.problem(0, "does not say which `clinic` it is for".to_owned()),
        ]);
    };
    let mut problems = Vec::new();
    let (mut questions, mut rules) = (Vec::new(), Vec::new());
    let mut settings = BTreeMap::new();
    let elsewhere = own.elsewhere.clone();
    let mut own_settings = Vec::new();
    for (file, place) in [
        (shared.clone().checked(), &shared_place),
        (own.checked(), &own_place),
    ] {
        for (name, value) in file.settings {
            let at = place.at(value.span().start);
            if place.file() != SHARED && !settings.contains_key(&name) {
                own_settings.push((name.clone(), at));
            }
            settings.insert(name, value.into_inner());
        }
        build::build(
            file.question,
            file.rule,
            place,
            &mut questions,
            &mut rules,
            &mut problems,
        );
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    // Stable: in each part the shared questions come first, in the order of the files.
    questions.sort_by_key(|question: &Question| !question.safety);
    let place_of = |rule: &Rule| {
        questions
            .iter()
            .position(|question| question.id == rule.question)
    };
    rules.sort_by_key(|rule| place_of(rule).unwrap_or(usize::MAX));
    let used = build::settings_used(&rules, &questions);
    own_settings.retain(|(name, _)| !used.contains(name));
    Ok(Pack {
        clinic: ClinicId(clinic),
        version,
        questions,
        rules,
        settings: Settings(settings),
        elsewhere,
        signposts: Arc::clone(signposts),
        unread_settings: own_settings,
    })
}

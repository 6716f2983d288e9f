//! The clinics' question packs: read from TOML that is compiled in, from the database, or from a folder that somebody
//! wants checked.
//!
//! Promises that a pack handed out has passed every check (one of the past excepted, which only has to be readable), and
//! that what is wrong with one is told with file, line and question.

mod in_force;
mod read;
mod ship;
#[cfg(test)]
pub(crate) mod tests;
pub mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

pub use in_force::{InForce, in_force};
pub use read::Source;
#[cfg(test)]
pub(crate) use ship::ship_texts;
pub use ship::{remember, ship};

use crate::domain::ids::ClinicId;
use crate::domain::triage::{NOT_YET_CHECKED, Pack, Problem, check};

/// The name of the file with the questions that all clinics share.
pub const SHARED: &str = "shared.toml";
/// The name of the file with everybody that a rule may point to.
pub const SIGNPOSTS: &str = "signposts.toml";

/// The files compiled in.
const EMBEDDED: [(&str, &str); 8] = [
    (SHARED, include_str!("../packs/shared.toml")),
    (SIGNPOSTS, include_str!("../packs/signposts.toml")),
    ("law.toml", include_str!("../packs/law.toml")),
    ("sports.toml", include_str!("../packs/sports.toml")),
    ("nutrition.toml", include_str!("../packs/nutrition.toml")),
    ("business.toml", include_str!("../packs/business.toml")),
    ("charity.toml", include_str!("../packs/charity.toml")),
    (
        "counselling.toml",
        include_str!("../packs/counselling.toml"),
    ),
];

/// The packs of all clinics, checked.
#[derive(Debug, Clone, Default)]
pub struct Packs(BTreeMap<ClinicId, Arc<Pack>>);

/// What is wrong with some packs, one line each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.0).join("\n"))]
pub struct Broken(pub Vec<Problem>);

impl Packs {
    /// The packs compiled in. Fails only if the program was built from packs that do not pass the check.
    pub fn embedded() -> Result<Self, Broken> {
        static ONCE: OnceLock<Result<Packs, Broken>> = OnceLock::new();
        ONCE.get_or_init(|| Self::from_sources(&embedded())).clone()
    }

    /// Packs from the texts of files: [`SHARED`], [`SIGNPOSTS`] and one file a clinic.
    pub fn from_sources(sources: &[Source]) -> Result<Self, Broken> {
        let (packs, problems) = examine(sources);
        match packs {
            Some(packs) if problems.is_empty() => Ok(packs),
            _ => Err(Broken(problems)),
        }
    }

    /// The pack of a clinic.
    #[must_use]
    pub fn get(&self, clinic: &ClinicId) -> Option<&Pack> {
        self.0.get(clinic).map(AsRef::as_ref)
    }

    /// The pack of a clinic, to keep for as long as a request takes.
    #[must_use]
    pub fn share(&self, clinic: &ClinicId) -> Option<Arc<Pack>> {
        self.0.get(clinic).cloned()
    }

    /// All packs, by clinic.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.0.values().map(AsRef::as_ref)
    }
}

/// Reads texts and checks them: the packs, if they can be read at all, and everything that is wrong.
#[must_use]
pub fn examine(sources: &[Source]) -> (Option<Packs>, Vec<Problem>) {
    let packs = match read::packs(sources) {
        Ok(packs) => packs,
        Err(problems) => return (None, problems),
    };
    let mut problems: Vec<Problem> = Vec::new();
    for problem in packs.iter().flat_map(check) {
        // A slip in the shared file shows up in every clinic's pack: say it once.
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    let by_clinic = packs
        .into_iter()
        .map(|pack| (pack.clinic.clone(), Arc::new(pack)));
    (Some(Packs(by_clinic.collect())), problems)
}

/// The files that this release came with.
#[must_use]
pub fn shipped() -> Vec<Source> {
    embedded()
}

/// The name of the file with a clinic's own questions.
#[must_use]
pub fn file_of(clinic: &ClinicId) -> String {
    format!("{clinic}.toml")
}

/// The result of a check, to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What to print, in order.
    pub lines: Vec<String>,
    /// Whether the packs may be used.
    pub ok: bool,
}

/// Checks the packs compiled in.
#[must_use]
pub fn check_embedded() -> Report {
    report(&embedded())
}

/// Checks the packs in a folder: every `*.toml` in it that has questions, rules, signposts or a clinic.
#[must_use]
pub fn check_dir(dir: &Path) -> Report {
    match folder(dir) {
        Ok(sources) => report(&sources),
        Err(error) => Report {
            lines: vec![format!("{}: {error}", dir.display())],
            ok: false,
        },
    }
}

/// Checks these texts.
#[must_use]
pub fn check_sources(sources: &[Source]) -> Report {
    report(sources)
}

fn embedded() -> Vec<Source> {
    EMBEDDED
        .iter()
        .map(|(file, text)| Source::new(file, text))
        .collect()
}

fn folder(dir: &Path) -> std::io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let text = std::fs::read_to_string(&path)?;
            sources.push(Source::new(&name.unwrap_or_default(), &text));
        }
    }
    sources.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(sources)
}

fn report(sources: &[Source]) -> Report {
    let skipped = sources.iter().filter(|source| !source.is_pack());
    let mut report = Report {
        lines: skipped
            .map(|source| format!("{}: not a question pack, skipped", source.file))
            .collect(),
        ok: true,
    };
    match Packs::from_sources(sources) {
        Ok(packs) => report.lines.extend(summary(&packs)),
        Err(broken) => {
            report.lines.extend(lines(&broken.0));
            report
                .lines
                .push(format!("{} to put right", count(broken.0.len(), "problem")));
            report.ok = false;
        }
    }
    report
}

fn summary(packs: &Packs) -> Vec<String> {
    let mut lines: Vec<String> = packs.iter().map(one_line).collect();
    let signposts = packs
        .iter()
        .next()
        .map(|pack| pack.signposts.clone())
        .unwrap_or_default();
    let unchecked = signposts
        .values()
        .filter(|one| one.checked_on == NOT_YET_CHECKED)
        .count();
    lines.push(format!(
        "{}, {unchecked} not yet checked by anybody",
        count(signposts.len(), "signpost")
    ));
    lines
}

fn one_line(pack: &Pack) -> String {
    let (questions, rules) = (
        count(pack.questions.len(), "question"),
        count(pack.rules.len(), "rule"),
    );
    let off = if pack.settings.flag("switched_on") {
        ""
    } else {
        ", switched off"
    };
    format!(
        "{}: {questions}, {rules}, reading grade {:.1}, version {}{off}: ok",
        pack.clinic,
        words::reading(pack).grade(),
        pack.version
    )
}

fn count(number: usize, thing: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{s}")
}

fn lines(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

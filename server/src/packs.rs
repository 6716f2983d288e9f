//! The clinics' question packs: read from TOML that is compiled in, or from a folder that somebody wants checked.
//!
//! Promises that a pack handed out has passed every check, and that what is wrong with one is told with file, line
//! and question. Reads nothing at run time but a folder it is given.

mod read;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;
use std::path::Path;

pub use read::Source;

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
pub struct Packs(BTreeMap<ClinicId, Pack>);

/// What is wrong with some packs, one line each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.0).join("\n"))]
pub struct Broken(pub Vec<Problem>);

impl Packs {
    /// The packs compiled in. Fails only if the program was built from packs that do not pass the check.
    pub fn embedded() -> Result<Self, Broken> {
        Self::from_sources(&embedded())
    }

    /// Packs from the texts of files: [`SHARED`], [`SIGNPOSTS`] and one file a clinic.
    pub fn from_sources(sources: &[Source]) -> Result<Self, Broken> {
        let packs = read::packs(sources).map_err(Broken)?;
        let mut problems: Vec<Problem> = Vec::new();
        for problem in packs.iter().flat_map(check) {
            // A slip in the shared file shows up in every clinic's pack: say it once.
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        if !problems.is_empty() {
            return Err(Broken(problems));
        }
        Ok(Self(
            packs
                .into_iter()
                .map(|pack| (pack.clinic.clone(), pack))
                .collect(),
        ))
    }

    /// The pack of a clinic.
    #[must_use]
    pub fn get(&self, clinic: &ClinicId) -> Option<&Pack> {
        self.0.get(clinic)
    }

    /// All packs, by clinic.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.0.values()
    }
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
        "{}: {questions}, {rules}, version {}{off}: ok",
        pack.clinic, pack.version
    )
}

fn count(number: usize, thing: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{s}")
}

fn lines(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

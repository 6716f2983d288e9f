//! The table of every rule, `packs/rules.md`: each line is answered as it stands, and the whole result has to be what
//! the line says.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Packs, in_days, today, try_answers, with};
use crate::domain::schedule::Dates;
use crate::domain::triage::{
    Answers, Assessment, Day, Outcome, Pack, Setting, assess, on_path, path,
};

/// The file, with what is not the table left out.
const TEXT: &str = include_str!("../../../packs/rules.md");

/// A clinic that has no questions and no settings of its own: the shared lines are read with it.
pub(super) const BARE: &str = "clinic = \"charity\"\nelsewhere = [\"citizens_advice\"]\n";

/// What follows from some answers, as the columns of the table have it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Result {
    outcome: String,
    rules: String,
    signposts: String,
    offers: String,
    services: String,
    facts: BTreeMap<String, String>,
    by: String,
    /// The question that is still open; most lines have complete answers.
    next: String,
}

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) clinic: &'static str,
    pub(super) at: usize,
    /// Settings that are switched for it.
    settings: Vec<&'static str>,
    /// All the answers, the harmless ones included.
    answers: String,
    /// The questions that it answers in a way of its own.
    pub(super) about: Vec<&'static str>,
    /// The line that has nothing flagged.
    pub(super) harmless: bool,
    /// The columns after the answers.
    cells: [&'static str; 7],
}

/// The terms that all lines share.
pub(super) fn terms() -> [Dates; 1] {
    [Dates {
        from: in_days(-60),
        until: in_days(60),
    }]
}

/// Every line of the table.
pub(super) fn lines() -> &'static [Line] {
    static LINES: LazyLock<Vec<Line>> = LazyLock::new(read);
    &LINES
}

fn read() -> Vec<Line> {
    let (mut clinic, mut base) = ("", "");
    let mut lines = Vec::new();
    for (number, text) in TEXT.lines().enumerate() {
        if let Some(name) = text.strip_prefix("## ") {
            clinic = name;
        } else if let Some(answers) = text.strip_prefix("harmless: `") {
            base = answers.trim_end_matches('`');
        } else if let Some(cells) = text.strip_prefix("| ").filter(|_| !clinic.is_empty()) {
            let cells: Vec<&str> = cells.split('|').map(str::trim).collect();
            let [row, _, settings, answers, rest @ .., ""] = cells.as_slice() else {
                panic!("line {}: {text}", number + 1)
            };
            if *row != "row" {
                lines.push(Line {
                    clinic,
                    at: number + 1,
                    settings: settings.split_whitespace().collect(),
                    answers: format!("{base} {answers}"),
                    about: answers
                        .split_whitespace()
                        .filter_map(|pair| pair.split('=').next())
                        .collect(),
                    harmless: *row == "-",
                    cells: rest.try_into().unwrap_or_else(|_| panic!("{text}")),
                });
            }
        }
    }
    lines
}

/// The pack that each heading of the table is read with.
pub(super) fn packs() -> BTreeMap<&'static str, Pack> {
    let packs = Packs::embedded().unwrap();
    let shared = Packs::from_sources(&with("charity.toml", BARE)).unwrap();
    let headings = lines().iter().map(|line| line.clinic);
    headings
        .map(|clinic| match clinic {
            "shared" => (clinic, shared.get(&"charity".into()).unwrap().clone()),
            _ => (clinic, packs.get(&clinic.into()).unwrap().clone()),
        })
        .collect()
}

impl Line {
    /// The pack with the line's settings.
    pub(super) fn pack(&self, pack: &Pack) -> Pack {
        let mut pack = pack.clone();
        for setting in &self.settings {
            let (name, value) = setting.split_once('=').unwrap();
            let flag = Setting::Flag(value.parse().unwrap());
            assert!(
                pack.settings.0.insert(name.to_owned(), flag).is_some(),
                "{name}"
            );
        }
        pack
    }

    /// All its answers, as they are written.
    pub(super) fn all_answers(&self) -> &str {
        &self.answers
    }

    /// The answers as the pack reads them.
    pub(super) fn given(&self, pack: &Pack) -> std::result::Result<Answers, String> {
        try_answers(pack, &self.answers)
    }

    /// What the engine makes of it.
    pub(super) fn assessed(&self, pack: &Pack) -> std::result::Result<Assessment, String> {
        let pack = self.pack(pack);
        let terms = terms();
        let day = Day {
            date: today(),
            terms: &terms,
        };
        Ok(assess(&pack, &self.given(&pack)?, day))
    }

    /// What the table says, given the line of its clinic that has nothing flagged.
    pub(super) fn expected(&self) -> Result {
        let [outcome, rules, signposts, offers, services, facts, by] = self.cells;
        let harmless = lines()
            .iter()
            .find(|line| line.harmless && line.clinic == self.clinic);
        let harmless = harmless.unwrap().cells;
        let mut all = BTreeMap::new();
        for fact in harmless[5]
            .split_whitespace()
            .chain(facts.split_whitespace())
        {
            let (name, value) = fact.split_once('=').unwrap();
            all.insert(name.to_owned(), value.to_owned());
        }
        let services = if services.is_empty() {
            harmless[4]
        } else {
            services
        };
        let (outcome, next) = outcome.split_once(", asks ").unwrap_or((outcome, ""));
        Result {
            outcome: outcome.to_owned(),
            rules: rules.to_owned(),
            signposts: signposts.to_owned(),
            offers: offers.to_owned(),
            services: services.to_owned(),
            facts: all,
            by: by.to_owned(),
            next: next.to_owned(),
        }
    }

    /// What is wrong with it; `None` if the engine does what the line says.
    pub(super) fn failure(&self, pack: &Pack) -> Option<String> {
        match self.given(pack) {
            Ok(given) => self.unlike(pack, &given, &self.expected()),
            Err(error) => Some(format!("rules.md line {}: {error}", self.at)),
        }
    }

    /// The same for answers that have been read, and a result that has been looked up: the line, once for many packs.
    pub(super) fn unlike(&self, pack: &Pack, given: &Answers, expected: &Result) -> Option<String> {
        let switched;
        let pack = if self.settings.is_empty() {
            pack
        } else {
            switched = self.pack(pack);
            &switched
        };
        let terms = terms();
        let day = Day {
            date: today(),
            terms: &terms,
        };
        let at = format!("rules.md line {}, {}", self.at, self.clinic);
        if on_path(pack, given, day) != *given {
            return Some(format!("{at}: some of it is not asked"));
        }
        let got = result(&assess(pack, given, day));
        (got != *expected).then(|| format!("{at}: {got:?}\n  not {expected:?}"))
    }
}

/// An assessment in the columns of the table.
fn result(assessment: &Assessment) -> Result {
    let p1 = if assessment.priority.is_some() {
        " p1"
    } else {
        ""
    };
    let reasons = assessment.reasons.iter().map(|one| one.rule.to_string());
    let notices = assessment
        .notices
        .iter()
        .map(|one| format!("({})", one.rule));
    let signposts = assessment.signposts().into_iter();
    // Beside "not us", what a rule offers counts only if it can be had.
    let can_be_had = |offer: &Outcome| {
        let not_us = assessment.outcome == Outcome::Out;
        *offer != Outcome::Review || !not_us || assessment.offers_review()
    };
    let offers = assessment.reasons.iter().filter_map(|one| one.follow_up);
    let offers = offers.filter(can_be_had);
    let facts = super::facts(assessment).into_iter().filter_map(|fact| {
        let (name, value) = fact.split_once('=')?;
        (name != "services").then(|| (name.to_owned(), value.to_owned()))
    });
    let services = assessment.facts.services.iter().map(ToString::to_string);
    let by = assessment.deadline.map(|date| (date - today()).num_days());
    Result {
        outcome: format!("{}{p1}", assessment.outcome.as_str()),
        rules: words(reasons.chain(notices)),
        signposts: words(signposts.map(|one| one.id.to_string())),
        offers: words(offers.map(|offer| offer.as_str().to_owned())),
        services: words(services),
        facts: facts.collect(),
        by: by.map_or(String::new(), |days| format!("{days:+}")),
        next: assessment
            .next
            .as_ref()
            .map_or(String::new(), ToString::to_string),
    }
}

fn words(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_line_of_the_table_is_what_follows() {
    let packs = packs();
    let failures: Vec<String> = lines()
        .iter()
        .filter_map(|line| line.failure(&packs[line.clinic]))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(lines().len() > 230, "{}", lines().len());
}

#[test]
fn the_harmless_answers_answer_what_is_asked_and_nothing_else() {
    for (clinic, pack) in packs() {
        let line = lines()
            .iter()
            .find(|line| line.harmless && line.clinic == clinic);
        let answers = line.unwrap().given(&pack).unwrap();
        assert_eq!(on_path(&pack, &answers, today()), answers, "{clinic}");
        let path = path(&pack, &answers, today());
        assert_eq!(path.next.map(|next| &next.id), None, "{clinic}");
        let mildest = if clinic == "counselling" {
            Outcome::Review
        } else {
            Outcome::Book
        };
        assert_eq!(
            line.unwrap().assessed(&pack).unwrap().outcome,
            mildest,
            "{clinic}"
        );
    }
}

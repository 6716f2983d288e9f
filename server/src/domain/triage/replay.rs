//! Past answers under other questions: what would have come of them, and which rule makes the difference.
//!
//! Promises: a past case holds no name, no text and no reference, only what was chosen, how far away dates were on the
//! day they were given, and that something was typed; what comes out is counts. Judges nothing: whether a change is wanted
//! is for the person who reads it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use serde_json::Value;

use super::{
    Answer, Answers, Assessment, Kind, Outcome, Pack, Priority, Question, QuestionId, Raw, RuleId,
    assess, parse,
};

/// Stands for whatever was typed. No rule looks for it.
const TYPED: &str = "-";

/// What is kept of one answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Kept {
    /// Options.
    Chosen(BTreeSet<String>),
    /// So many days from the day of the answers.
    Days(i64),
    /// Something was typed: text, or names.
    Typed,
}

/// What one person answered once, without the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCase {
    day: NaiveDate,
    kept: BTreeMap<QuestionId, Kept>,
}

impl PastCase {
    /// Takes from stored answers (JSON by question id) what may be replayed. `asked` finds the question as it is or was
    /// asked: without it nobody knows whether a text is an option or a name, so the answer is left out.
    #[must_use]
    pub fn new<'q>(
        stored: &BTreeMap<String, Value>,
        day: NaiveDate,
        asked: impl Fn(&QuestionId) -> Option<&'q Question>,
    ) -> Self {
        let kept = stored.iter().filter_map(|(id, value)| {
            let id = QuestionId::from(id.as_str());
            let raw: Raw = serde_json::from_value(value.clone()).ok()?;
            let answer = parse(asked(&id)?, &raw).ok()?;
            Some((id, keep(&answer, day)))
        });
        Self {
            day,
            kept: kept.collect(),
        }
    }

    /// The answers that fit a pack.
    fn answers(&self, pack: &Pack) -> Answers {
        let fitting = self.kept.iter().filter_map(|(id, kept)| {
            let question = pack.question(id)?;
            let answer = kept.answer(question, self.day)?;
            question.accepts(&answer).then(|| (id.clone(), answer))
        });
        fitting.collect()
    }
}

fn keep(answer: &Answer, day: NaiveDate) -> Kept {
    match answer {
        Answer::One(_) | Answer::Many(_) => {
            Kept::Chosen(answer.chosen().map(str::to_owned).collect())
        }
        Answer::Date(date) => Kept::Days((*date - day).num_days()),
        Answer::Text(_) | Answer::Names(_) => Kept::Typed,
    }
}

impl Kept {
    fn answer(&self, question: &Question, day: NaiveDate) -> Option<Answer> {
        match (self, question.kind) {
            (Self::Chosen(values), Kind::Checks) => Some(Answer::Many(values.clone())),
            (Self::Chosen(values), _) => values.first().cloned().map(Answer::One),
            (Self::Days(days), Kind::Date) => {
                let date = day.checked_add_signed(TimeDelta::try_days(*days)?)?;
                Some(Answer::Date(date))
            }
            (Self::Typed, Kind::Text | Kind::Long) => Some(Answer::Text(TYPED.to_owned())),
            (Self::Typed, Kind::Names) => Some(Answer::Names(vec![TYPED.to_owned()])),
            _ => None,
        }
    }
}

/// An outcome with how soon staff look.
pub type Verdict = (Outcome, Option<Priority>);

/// How many cases went from one outcome to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Under the first pack.
    pub from: Verdict,
    /// Under the second.
    pub to: Verdict,
    /// How many, those that stayed included.
    pub cases: usize,
}

/// Cases that changed in the same way for the same rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Under the first pack.
    pub from: Verdict,
    /// Under the second.
    pub to: Verdict,
    /// The rules that held under the first pack and made its outcome, and do so no more.
    pub gone: BTreeSet<RuleId>,
    /// The rules that make the outcome under the second pack, and did not before.
    pub new: BTreeSet<RuleId>,
    /// How many.
    pub cases: usize,
}

/// What some past answers come to under two packs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReplayReport {
    /// How many there were.
    pub cases: usize,
    /// How many have another outcome or another priority.
    pub changed: usize,
    /// How many have the same outcome, and are told other reasons or pointed to others.
    pub told_otherwise: usize,
    /// How many would be asked something that they were not asked.
    pub asked_more: usize,
    /// From outcome to outcome, mild to severe.
    pub moves: Vec<Move>,
    /// What made the changes, most frequent first.
    pub patterns: Vec<Pattern>,
}

impl ReplayReport {
    /// Adds the report of another clinic.
    pub fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.changed += other.changed;
        self.told_otherwise += other.told_otherwise;
        self.asked_more += other.asked_more;
        for one in other.moves {
            match self
                .moves
                .iter_mut()
                .find(|own| (own.from, own.to) == (one.from, one.to))
            {
                Some(own) => own.cases += one.cases,
                None => self.moves.push(one),
            }
        }
        for one in other.patterns {
            let same = |own: &&mut Pattern| {
                Pattern {
                    cases: one.cases,
                    ..(**own).clone()
                } == one
            };
            match self.patterns.iter_mut().find(same) {
                Some(own) => own.cases += one.cases,
                None => self.patterns.push(one),
            }
        }
        self.sort();
    }

    fn sort(&mut self) {
        self.moves.sort_by_key(|one| (one.from, one.to));
        self.patterns
            .sort_by_key(|one| (std::cmp::Reverse(one.cases), one.from, one.to));
    }
}

/// Runs past cases under two packs, each as of its own day.
#[must_use]
pub fn replay(before: &Pack, after: &Pack, cases: &[PastCase]) -> ReplayReport {
    let mut moves: BTreeMap<(Verdict, Verdict), usize> = BTreeMap::new();
    let mut patterns: BTreeMap<Key, usize> = BTreeMap::new();
    let mut report = ReplayReport {
        cases: cases.len(),
        ..ReplayReport::default()
    };
    for case in cases {
        let old = assess(before, &case.answers(before), case.day);
        let new = assess(after, &case.answers(after), case.day);
        let (from, to) = (verdict(&old), verdict(&new));
        *moves.entry((from, to)).or_default() += 1;
        report.asked_more += usize::from(old.missing.is_none() && new.missing.is_some());
        if from == to {
            report.told_otherwise += usize::from(told(&old) != told(&new));
            continue;
        }
        report.changed += 1;
        let (held, holds) = (deciding(&old), deciding(&new));
        let gone = held.difference(&holds).cloned().collect();
        let made = holds.difference(&held).cloned().collect();
        *patterns.entry((from, to, gone, made)).or_default() += 1;
    }
    report.moves = moves
        .into_iter()
        .map(|((from, to), cases)| Move { from, to, cases })
        .collect();
    report.patterns = patterns
        .into_iter()
        .map(|((from, to, gone, new), cases)| Pattern {
            from,
            to,
            gone: gone.into_iter().map(|(rule, _)| rule).collect(),
            new: new.into_iter().map(|(rule, _)| rule).collect(),
            cases,
        })
        .collect();
    report.sort();
    report
}

type Deciding = BTreeSet<(RuleId, Verdict)>;
type Key = (Verdict, Verdict, Deciding, Deciding);

fn verdict(assessment: &Assessment) -> Verdict {
    (assessment.outcome, assessment.priority)
}

/// The rules that alone are enough for the outcome or the priority. The same rule with another effect is another.
fn deciding(assessment: &Assessment) -> Deciding {
    let (outcome, priority) = verdict(assessment);
    assessment
        .reasons
        .iter()
        .filter(|one| one.outcome == outcome || (priority.is_some() && one.priority == priority))
        .map(|one| (one.rule.clone(), (one.outcome, one.priority)))
        .collect()
}

/// What a person reads and whom they are pointed to.
fn told(assessment: &Assessment) -> BTreeSet<(&str, Vec<&str>)> {
    let reasons = assessment
        .reasons
        .iter()
        .map(|one| (&one.text, &one.signposts));
    let notices = assessment
        .notices
        .iter()
        .map(|one| (&one.text, &one.signposts));
    reasons
        .chain(notices)
        .map(|(text, signposts)| {
            let names = signposts.iter().map(|one| one.id.0.as_str()).collect();
            (text.as_str(), names)
        })
        .collect()
}

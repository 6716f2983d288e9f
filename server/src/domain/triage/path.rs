//! Which questions are asked: the order of the pack, less those whose condition does not hold, up to the point
//! where the answer is known.

use super::{Answers, Case, Day, Outcome, Pack, Question, Rule};

/// The way through a pack that some answers take.
#[derive(Debug, Clone)]
pub struct Path<'p> {
    /// The questions that are asked and answered, in asking order.
    pub visited: Vec<&'p Question>,
    /// The question to ask now; `None` when the outcome is known.
    pub next: Option<&'p Question>,
    /// The first question that still needs an answer: as `next`, but optional ones may be left out.
    pub missing: Option<&'p Question>,
    /// The answers to the visited questions. Nothing else counts, and nothing else is worth keeping.
    pub answers: Answers,
    /// The questions that would still be asked, as things stand; `next` is the first of them.
    pub open: Vec<&'p Question>,
}

/// Follows the answers through the pack on a day.
///
/// A gap does not hide what comes after it: a red flag counts whichever questions are still open. A stop leaves
/// nothing open; "not us" leaves only the safety questions open, and dates
/// that must be asked of everybody.
#[must_use]
pub fn path<'p, 'd>(pack: &'p Pack, answers: &Answers, day: impl Into<Day<'d>>) -> Path<'p> {
    let day = day.into();
    let mut kept = Answers::default();
    let mut visited = Vec::new();
    let mut open = Vec::new();
    for question in &pack.questions {
        if !is_asked(question, pack, &kept, day) {
            continue;
        }
        match answers.get(&question.id) {
            Some(answer) if question.accepts(answer) => {
                kept.insert(question.id.clone(), answer.clone());
                visited.push(question);
            }
            _ => open.push(question),
        }
    }
    let case = Case {
        pack,
        answers: &kept,
        day,
    };
    match worst(&case) {
        Outcome::Stop => open.clear(),
        Outcome::Out => open.retain(|question| question.safety || question.before_out),
        Outcome::Review | Outcome::Book => {}
    }
    Path {
        visited,
        next: open.first().copied(),
        missing: open.iter().find(|question| !question.optional).copied(),
        open,
        answers: kept,
    }
}

/// The answers that count: those to questions that are still asked.
#[must_use]
pub fn on_path<'d>(pack: &Pack, answers: &Answers, day: impl Into<Day<'d>>) -> Answers {
    path(pack, answers, day).answers
}

fn is_asked(question: &Question, pack: &Pack, answers: &Answers, day: Day<'_>) -> bool {
    let case = Case { pack, answers, day };
    question
        .ask_if
        .as_ref()
        .is_none_or(|condition| condition.holds(&case))
}

fn worst(case: &Case<'_>) -> Outcome {
    fired(case)
        .filter_map(Rule::severity)
        .map(|(outcome, _)| outcome)
        .max()
        .unwrap_or(Outcome::Book)
}

/// The rules that hold, in the order of the pack.
pub(super) fn fired<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Rule> {
    let case = *case;
    let settings = &case.pack.settings;
    case.pack.rules.iter().filter(move |rule| {
        rule.only_if.as_ref().is_none_or(|name| settings.flag(name))
            && !rule.unless.as_ref().is_some_and(|name| settings.flag(name))
            && rule.condition.holds(&case)
    })
}

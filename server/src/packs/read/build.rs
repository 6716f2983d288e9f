//! What is made of each part of a file.

use std::collections::BTreeSet;

use super::file::{
    AmountFile, ChoiceFile, ConditionFile, LimitFile, OutcomeFile, QuestionFile, RangeFile,
    RuleFile, SignpostFile,
};
use super::place::Place;
use crate::domain::triage::{
    Amount, Choice, Condition, Effect, How, Kind, Limit, NOT_YET_CHECKED, Outcome, Problem,
    Question, QuestionId, Range, Rule, RuleId, Signpost, SignpostId, Test,
};

impl SignpostFile {
    pub(super) fn build(self, place: &Place<'_>) -> Signpost {
        let digits = self.telephone.chars().filter(char::is_ascii_digit);
        Signpost {
            at: place.at(self.id.span().start),
            id: SignpostId(self.id.into_inner()),
            name: self.name,
            dial: if self.rings {
                digits.collect()
            } else {
                String::new()
            },
            telephone: self.telephone,
            url: self.url,
            hours: self.hours,
            why: self.why,
            checked_on: self.checked_on,
            checked_by: self.checked_by,
        }
    }
}

/// Makes questions and rules of a file's parts, in the file's order.
pub(super) fn build(
    question_files: Vec<QuestionFile>,
    rule_files: Vec<RuleFile>,
    place: &Place<'_>,
    questions: &mut Vec<Question>,
    rules: &mut Vec<Rule>,
    problems: &mut Vec<Problem>,
) {
    let mut rule = |file: RuleFile, under: Option<&QuestionId>| {
        let at = file.id.span().start;
        match file.build(under, place) {
            Ok(rule) => rules.push(rule),
            Err(text) => problems.push(place.problem(at, text)),
        }
    };
    let mut wrong = Vec::new();
    for mut file in question_files {
        let at = file.id.span().start;
        let id = QuestionId(file.id.get_ref().clone());
        for own in std::mem::take(&mut file.rule) {
            rule(own, Some(&id));
        }
        match file.build(place) {
            Ok(question) => questions.push(question),
            Err(text) => wrong.push(place.problem(at, text)),
        }
    }
    for file in rule_files {
        rule(file, None);
    }
    problems.extend(wrong);
}

impl QuestionFile {
    fn build(self, place: &Place<'_>) -> Result<Question, String> {
        let at = place.at(self.id.span().start);
        let id = QuestionId(self.id.into_inner());
        let ask_if = self
            .ask_if
            .map(|file| file.into_inner().build(None))
            .transpose()?;
        let limits: Result<Vec<Limit>, String> = self
            .limits
            .into_iter()
            .map(|file| file.into_inner().build(&id))
            .collect();
        Ok(Question {
            kind: self.kind,
            safety: self.safety,
            before_out: self.before_out,
            optional: self.optional,
            sealed: self.sealed,
            names: self.names_of,
            text: self.text,
            hint: self.hint,
            why: self.why,
            max_chars: self.max.unwrap_or(match self.kind {
                Kind::Long => 1_000,
                _ => 100,
            }),
            choices: self.options.into_iter().map(ChoiceFile::build).collect(),
            ask_if,
            limits: limits?,
            fills: self.fills,
            not_sure_goes_on: self.not_sure_goes_on,
            id,
            at,
        })
    }
}

impl ChoiceFile {
    fn build(self) -> Choice {
        Choice {
            value: self.value,
            label: self.label,
            hint: self.hint,
            exclusive: self.exclusive,
            sets: self.sets,
        }
    }
}

impl LimitFile {
    fn build(self, question: &QuestionId) -> Result<Limit, String> {
        let how = match (self.days, self.months, self.employment_tribunal) {
            (Some(days), None, false) => How::Days(days),
            (None, Some(months), false) => How::Months(months),
            (None, None, true) => How::EmploymentTribunal,
            _ => {
                let kinds = "`days`, `months` or `employment_tribunal = true`";
                return Err(format!("a limit needs exactly one of {kinds}"));
            }
        };
        let when = self
            .when
            .map(|file| file.build(Some(question)))
            .transpose()?;
        Ok(Limit { how, when })
    }
}

impl RuleFile {
    fn build(self, under: Option<&QuestionId>, place: &Place<'_>) -> Result<Rule, String> {
        let at = place.at(self.id.span().start);
        let id = self.id.into_inner();
        let wrong = |text: &str| format!("rule `{id}` {text}");
        let question = self
            .question
            .or_else(|| under.cloned())
            .ok_or_else(|| wrong("does not say which `question` it is about"))?;
        let effect = match (self.outcome, self.priority) {
            (Some(OutcomeFile::Stop), priority) => Effect::Outcome(Outcome::Stop, priority),
            (Some(OutcomeFile::Out), None) => Effect::Outcome(Outcome::Out, None),
            (Some(OutcomeFile::Review), priority) => Effect::Outcome(Outcome::Review, priority),
            (Some(OutcomeFile::Notice), None) => Effect::Notice,
            (None, None) => Effect::FactsOnly,
            _ => return Err(wrong("has a `priority` without a stop or a review")),
        };
        let condition = self
            .when
            .into_inner()
            .build(Some(&question))
            .map_err(|text| wrong(&text))?;
        Ok(Rule {
            condition,
            question,
            only_if: self.only_if,
            unless: self.unless,
            effect,
            text: self.text,
            signposts: self.signposts,
            elsewhere: self.elsewhere,
            follow_up: self.follow_up,
            sets: self.sets,
            checked_on: self.checked_on.unwrap_or_else(never),
            checked_by: self.checked_by.unwrap_or_else(never),
            at,
            id: RuleId(id),
        })
    }
}

fn never() -> String {
    NOT_YET_CHECKED.to_owned()
}

impl ConditionFile {
    /// `under` is the question meant where none is named.
    fn build(self, under: Option<&QuestionId>) -> Result<Condition, String> {
        let question = self.question.or_else(|| under.cloned());
        let mut tests = Vec::new();
        tests.extend(self.is.map(Test::Is));
        tests.extend(self.some.then_some(Test::Some));
        tests.extend(self.answered.then_some(Test::Answered));
        tests.extend(self.number.map(|range| Test::Number(range.build())));
        tests.extend(self.days_away.map(|range| Test::DaysAway(range.build())));
        tests.extend(self.days_left.map(|range| Test::DaysLeft(range.build())));
        tests.extend(self.outside_term.then_some(Test::OutsideTerm));
        tests.extend(self.contains.map(Test::Contains));
        let mut parts = Vec::new();
        for test in tests {
            let question = question
                .clone()
                .ok_or("has a condition that names no question")?;
            parts.push(Condition::Of(question, test));
        }
        let each = |files: Vec<Self>| -> Result<Vec<Condition>, String> {
            files
                .into_iter()
                .map(|file| file.build(question.as_ref()))
                .collect()
        };
        if let Some(files) = self.all {
            parts.push(Condition::All(each(files)?));
        }
        if let Some(files) = self.any {
            parts.push(Condition::Any(each(files)?));
        }
        // A condition of one test is that test; of several, all of them; of none, refused by the check.
        match parts.pop() {
            Some(only) if parts.is_empty() => Ok(only),
            Some(last) => {
                parts.push(last);
                Ok(Condition::All(parts))
            }
            None => Ok(Condition::All(Vec::new())),
        }
    }
}

impl RangeFile {
    fn build(self) -> Range {
        let amount = |file: Option<AmountFile>| {
            file.map(|file| match file {
                AmountFile::Number(number) => Amount::Number(number),
                AmountFile::Setting(name) => Amount::Setting(name),
            })
        };
        Range {
            at_least: amount(self.at_least),
            at_most: amount(self.at_most),
            more_than: amount(self.more_than),
            less_than: amount(self.less_than),
        }
    }
}

/// The settings that rules and questions look at.
pub(super) fn settings_used(rules: &[Rule], questions: &[Question]) -> BTreeSet<String> {
    let flags = rules
        .iter()
        .flat_map(|rule| rule.only_if.iter().chain(&rule.unless))
        .cloned();
    let asked = questions.iter().flat_map(|question| {
        let limits = question
            .limits
            .iter()
            .filter_map(|limit| limit.when.as_ref());
        question.ask_if.iter().chain(limits)
    });
    let conditions = rules.iter().map(|rule| &rule.condition).chain(asked);
    let amounts = conditions
        .flat_map(Condition::tests)
        .flat_map(|(_, test)| match test {
            Test::Number(range) | Test::DaysAway(range) | Test::DaysLeft(range) => {
                range.amounts().cloned().collect()
            }
            _ => Vec::new(),
        });
    let named = amounts.filter_map(|amount| match amount {
        Amount::Setting(name) => Some(name),
        Amount::Number(_) => None,
    });
    flags.chain(named).collect()
}

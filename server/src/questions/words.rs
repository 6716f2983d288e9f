//! Questions and rules in words that a clinic lead reads: conditions, outcomes, limits.

use app::text::{t, t_with};

use crate::domain::time;
use crate::domain::triage::{
    Amount, Condition, Effect, Facts, How, Limit, NOT_YET_CHECKED, Outcome, Pack, Priority,
    Question, QuestionId, Range, Rule, Setting, Signpost, SignpostId, Test, Verdict,
};

/// What conditions are put into words with.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) pack: &'a Pack,
    /// The question that need not be named.
    pub(super) about: Option<&'a QuestionId>,
}

impl Words<'_> {
    /// When a rule holds, with the settings it depends on.
    pub(super) fn rule(self, rule: &Rule) -> String {
        let mut text = self.condition(&rule.condition);
        for (key, setting) in [
            ("questions-only-if", &rule.only_if),
            ("questions-unless", &rule.unless),
        ] {
            if let Some(name) = setting {
                let on = if self.pack.settings.flag(name) {
                    "on"
                } else {
                    "off"
                };
                let places = [
                    ("condition", text.into()),
                    ("setting", name.clone().into()),
                    ("now", t(&format!("questions-{on}")).into()),
                ];
                text = t_with(key, &places);
            }
        }
        text
    }

    pub(super) fn condition(self, condition: &Condition) -> String {
        match condition {
            Condition::All(parts) => self.joined(parts, "questions-and"),
            Condition::Any(parts) => self.joined(parts, "questions-or"),
            Condition::Of(id, test) => self.of(id, test),
        }
    }

    fn joined(self, parts: &[Condition], key: &str) -> String {
        let part = |part: &Condition| match part {
            Condition::Of(..) => self.condition(part),
            several => format!("({})", self.condition(several)),
        };
        join(parts.iter().map(part), key)
    }

    fn of(self, id: &QuestionId, test: &Test) -> String {
        let question = self.pack.question(id);
        let told = self.test(question, test);
        if self.about == Some(id) {
            return told;
        }
        let places = [("question", id.to_string().into()), ("test", told.into())];
        t_with("questions-if-of", &places)
    }

    fn test(self, question: Option<&Question>, test: &Test) -> String {
        let place =
            |key: &str, name: &'static str, text: String| t_with(key, &[(name, text.into())]);
        match test {
            Test::Is(values) => {
                let labels = values.iter().map(|value| label(question, value));
                place("questions-if-is", "options", join(labels, "questions-or"))
            }
            Test::Some => t("questions-if-some"),
            Test::Answered => t("questions-if-answered"),
            Test::Number(range) => place("questions-if-number", "range", self.range(range)),
            Test::DaysAway(range) => place("questions-if-days-away", "range", self.range(range)),
            Test::DaysLeft(range) => place("questions-if-days-left", "range", self.range(range)),
            Test::OutsideTerm => t("questions-if-outside-term"),
            Test::Contains(words) => {
                let words = words.iter().map(|word| format!("“{word}”"));
                place(
                    "questions-if-contains",
                    "words",
                    join(words, "questions-or"),
                )
            }
        }
    }

    fn range(self, range: &Range) -> String {
        let bounds = [
            ("at-least", &range.at_least),
            ("at-most", &range.at_most),
            ("more-than", &range.more_than),
            ("less-than", &range.less_than),
        ];
        let given = bounds.into_iter().filter_map(|(name, amount)| {
            let number = self.amount(amount.as_ref()?);
            Some(t_with(
                &format!("questions-range-{name}"),
                &[("number", number.into())],
            ))
        });
        join(given, "questions-and")
    }

    fn amount(self, amount: &Amount) -> String {
        match amount {
            Amount::Number(number) => number.to_string(),
            Amount::Setting(name) => {
                let value = self.pack.settings.number(name);
                let value = value.map_or_else(|| "?".to_owned(), |value| value.to_string());
                format!("{value} ({name})")
            }
        }
    }

    pub(super) fn limit(self, limit: &Limit) -> String {
        let how = match limit.how {
            How::Days(days) => t_with("questions-limit-days", &[("days", days.into())]),
            How::Months(months) => t_with("questions-limit-months", &[("months", months.into())]),
            How::EmploymentTribunal => t("questions-limit-tribunal"),
        };
        let Some(when) = &limit.when else { return how };
        let places = [
            ("limit", how.into()),
            ("condition", self.condition(when).into()),
        ];
        t_with("questions-limit-if", &places)
    }
}

fn label(question: Option<&Question>, value: &str) -> String {
    let label = question.and_then(|question| question.choice(value));
    format!("“{}”", label.map_or(value, |choice| choice.label.as_str()))
}

fn join(parts: impl Iterator<Item = String>, key: &str) -> String {
    parts
        .reduce(|first, second| t_with(key, &[("first", first.into()), ("second", second.into())]))
        .unwrap_or_default()
}

/// The code of what a rule does.
pub(super) fn effect(rule: &Rule) -> &'static str {
    match rule.effect {
        Effect::Outcome(outcome, _) => outcome.as_str(),
        Effect::Notice => "notice",
        Effect::FactsOnly => "facts",
    }
}

/// Whether a rule has staff look within one working day.
pub(super) fn is_urgent(rule: &Rule) -> bool {
    matches!(rule.effect, Effect::Outcome(_, Some(Priority::P1)))
}

/// An outcome in words.
pub(super) fn outcome(code: &str, urgent: bool) -> String {
    let word = t(&format!("questions-outcome-{code}"));
    if urgent {
        t_with("questions-urgent", &[("outcome", word.into())])
    } else {
        word
    }
}

/// An outcome with its priority in words.
pub(super) fn verdict((verdict, priority): Verdict) -> String {
    // A stop that is answered by a call has no queue of its own here.
    outcome(
        verdict.as_str(),
        priority.is_some() && verdict != Outcome::Stop,
    )
}

/// Who checked and when; empty if nobody has.
pub(super) fn checked(on: &str, by: &str) -> String {
    if on == NOT_YET_CHECKED || on.is_empty() {
        return String::new();
    }
    let on = on.parse().map_or_else(|_| on.to_owned(), time::long_date);
    let places = [("on", on.into()), ("by", by.to_owned().into())];
    t_with("questions-checked", &places)
}

/// A setting's value in words.
pub(super) fn setting(setting: &Setting) -> String {
    match setting {
        Setting::Flag(true) => t("questions-on"),
        Setting::Flag(false) => t("questions-off"),
        Setting::Number(number) => number.to_string(),
        Setting::Text(text) => text.clone(),
    }
}

/// The names of signposts.
pub(super) fn names<'a>(pack: &Pack, ids: impl IntoIterator<Item = &'a SignpostId>) -> String {
    let name = |id: &SignpostId| {
        let known = pack.signposts.get(id);
        known.map_or_else(|| id.to_string(), |one| one.name.clone())
    };
    ids.into_iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A signpost on one line, to compare.
pub(super) fn signpost(one: &Signpost) -> String {
    let parts = [&one.name, &one.telephone, &one.url, &one.hours, &one.why];
    let given: Vec<&str> = parts
        .iter()
        .map(|part| part.as_str())
        .filter(|part| !part.is_empty())
        .collect();
    given.join(" · ")
}

/// The facts that are set, as they are written in the file; empty if none are.
pub(super) fn facts(facts: &Facts) -> String {
    let empty = serde_json::to_value(Facts::default()).unwrap_or_default();
    let all = serde_json::to_value(facts).unwrap_or_default();
    let set = all.as_object().into_iter().flatten();
    let set = set.filter(|(name, value)| empty.get(name) != Some(value));
    set.map(|(name, value)| format!("{name} = {value}"))
        .collect::<Vec<_>>()
        .join(", ")
}

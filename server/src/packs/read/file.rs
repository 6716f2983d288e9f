//! The shape of the files. It is explained in `packs/shared.toml`, for the people who write them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use crate::domain::triage::{
    Facts, Fill, Kind, NamesOf, Outcome, Priority, QuestionId, Setting, SignpostId,
};

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackFile {
    pub(super) clinic: Option<String>,
    /// For every rule of the file that has none of its own.
    pub(super) checked_on: Option<String>,
    pub(super) checked_by: Option<String>,
    #[serde(default)]
    pub(super) elsewhere: Vec<SignpostId>,
    #[serde(default)]
    pub(super) settings: BTreeMap<String, Spanned<Setting>>,
    #[serde(default)]
    pub(super) question: Vec<QuestionFile>,
    #[serde(default)]
    pub(super) rule: Vec<RuleFile>,
}

impl PackFile {
    /// Gives every rule that does not say who checked it what the file says.
    pub(super) fn checked(mut self) -> Self {
        let (on, by) = (self.checked_on.take(), self.checked_by.take());
        let nested = self.question.iter_mut().flat_map(|one| &mut one.rule);
        for rule in nested.chain(&mut self.rule) {
            if rule.checked_on.is_none() && rule.checked_by.is_none() {
                rule.checked_on.clone_from(&on);
                rule.checked_by.clone_from(&by);
            }
        }
        self
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks of one question, not states of a machine"
)]
pub(super) struct QuestionFile {
    pub(super) id: Spanned<String>,
    pub(super) kind: Kind,
    #[serde(default)]
    pub(super) safety: bool,
    #[serde(default)]
    pub(super) before_out: bool,
    #[serde(default)]
    pub(super) optional: bool,
    #[serde(default)]
    pub(super) sealed: bool,
    pub(super) names_of: Option<NamesOf>,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) hint: String,
    #[serde(default)]
    pub(super) why: String,
    pub(super) max: Option<usize>,
    #[serde(default)]
    pub(super) options: Vec<ChoiceFile>,
    pub(super) ask_if: Option<Spanned<ConditionFile>>,
    #[serde(default)]
    pub(super) limits: Vec<Spanned<LimitFile>>,
    pub(super) fills: Option<Fill>,
    #[serde(default)]
    pub(super) not_sure_goes_on: bool,
    #[serde(default)]
    pub(super) rule: Vec<RuleFile>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChoiceFile {
    pub(super) value: String,
    #[serde(default)]
    pub(super) label: String,
    #[serde(default)]
    pub(super) hint: String,
    #[serde(default)]
    pub(super) exclusive: bool,
    #[serde(default)]
    pub(super) sets: Facts,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitFile {
    pub(super) days: Option<u64>,
    pub(super) months: Option<u32>,
    #[serde(default)]
    pub(super) employment_tribunal: bool,
    #[serde(rename = "if")]
    pub(super) when: Option<ConditionFile>,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum OutcomeFile {
    Stop,
    Out,
    Review,
    Notice,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub(super) id: Spanned<String>,
    pub(super) question: Option<QuestionId>,
    #[serde(rename = "if")]
    pub(super) when: Spanned<ConditionFile>,
    pub(super) only_if: Option<String>,
    pub(super) unless: Option<String>,
    pub(super) outcome: Option<OutcomeFile>,
    pub(super) priority: Option<Priority>,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) signposts: Vec<SignpostId>,
    #[serde(default)]
    pub(super) elsewhere: bool,
    pub(super) follow_up: Option<Outcome>,
    pub(super) checked_on: Option<String>,
    pub(super) checked_by: Option<String>,
    #[serde(default)]
    pub(super) sets: Facts,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ConditionFile {
    pub(super) question: Option<QuestionId>,
    pub(super) is: Option<BTreeSet<String>>,
    pub(super) some: bool,
    pub(super) answered: bool,
    pub(super) number: Option<RangeFile>,
    pub(super) days_away: Option<RangeFile>,
    pub(super) days_left: Option<RangeFile>,
    pub(super) outside_term: bool,
    pub(super) contains: Option<Vec<String>>,
    pub(super) all: Option<Vec<ConditionFile>>,
    pub(super) any: Option<Vec<ConditionFile>>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RangeFile {
    pub(super) at_least: Option<AmountFile>,
    pub(super) at_most: Option<AmountFile>,
    pub(super) more_than: Option<AmountFile>,
    pub(super) less_than: Option<AmountFile>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum AmountFile {
    Number(i64),
    Setting(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignpostsFile {
    #[serde(default)]
    pub(super) signpost: Vec<SignpostFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignpostFile {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    #[serde(default)]
    pub(super) telephone: String,
    /// Whether the number can be rung; a number for texts only cannot.
    #[serde(default = "yes")]
    pub(super) rings: bool,
    #[serde(default)]
    pub(super) url: String,
    #[serde(default)]
    pub(super) hours: String,
    #[serde(rename = "use")]
    pub(super) why: String,
    pub(super) checked_on: String,
    pub(super) checked_by: String,
}

fn yes() -> bool {
    true
}

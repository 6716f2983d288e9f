//! Triage: the questions a person answers before anything is booked, and what follows from the answers.
//!
//! Everything that a clinic lead may want to change (words, order, thresholds, who to turn to) is in a
//! [`Pack`], which is only data. This module promises the part that must never change with the words:
//!
//! - `STOP` > `OUT` > `REVIEW` with priority `P1` > `REVIEW` > `BOOK`, and all that apply are given, worst first;
//! - a stop ends the questions at once; "not us" is final only when every safety question has been asked;
//! - more evidence never lowers urgency: there is no way to write a rule that an extra answer or tick turns off;
//! - answers to questions that are not asked any more count for nothing.
//!
//! It reads no file, no clock and no database, it keeps nothing, and it diagnoses nobody: it compares answers
//! with fixed lists that a professional has signed.

mod answer;
mod assess;
mod check;
mod condition;
mod day;
mod explain;
mod fact;
mod in_time;
mod limit;
mod pack;
mod path;
mod question;
mod replay;
mod rule;

pub use answer::{Answer, AnswerCode, AnswerError, Answers, Raw, parse};
pub use assess::{Assessment, Notice, Reason, assess};
pub use check::{Problem, check};
pub use condition::{Amount, Case, Condition, Range, Test};
pub use day::Day;
pub use explain::{Explained, describe};
pub use fact::{AdviserGender, Facts};
pub use in_time::{Spare, none_fits, too_late};
pub use limit::{How, Limit};
pub use pack::{At, NOT_YET_CHECKED, Pack, Setting, Settings, Signpost, SignpostId};
pub use path::{Path, on_path, path};
pub use question::{
    Choice, ChoiceView, Fill, Kind, NOT_SURE, NamesOf, Question, QuestionId, QuestionView,
};
pub use replay::{Move, PastCase, Pattern, ReplayReport, Verdict, replay};
pub use rule::{Effect, Outcome, Priority, Rule, RuleId};

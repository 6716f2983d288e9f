//! The models of the pages on which staff read, change and publish question sets.

use super::{Choice, FieldError};

/// A question set: its name in addresses and for people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetRef {
    /// `shared`, `signposts`, or a clinic's id.
    pub slug: String,
    /// "Law clinic"
    pub name: String,
}

/// A draft that is being worked on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftMark {
    /// "Sunday 22 November 2026, 2:00pm"
    pub saved: String,
    pub by: String,
}

/// A set on the list of sets, and at the head of its own page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetLine {
    pub set: SetRef,
    pub may_edit: bool,
    /// The number of the version in force.
    pub version: i64,
    /// When it was published.
    pub since: String,
    /// Who published it; empty if it came with the program.
    pub by: String,
    pub draft: Option<DraftMark>,
    /// The number of a newer text that came with the program and is not in force; 0 if there is none.
    pub news: i64,
}

/// `/staff/questions`
#[derive(Debug, Clone, Default)]
pub struct QuestionSets {
    pub sets: Vec<SetLine>,
}

/// Somebody to point to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignpostShown {
    pub id: String,
    pub name: String,
    pub telephone: String,
    pub url: String,
    pub hours: String,
    pub why: String,
    /// "1 December 2026 by Ada Sample"; empty if nobody has checked.
    pub checked: String,
    /// Address of the page to change it; empty if this person may not.
    pub edit: String,
}

/// A rule in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleShown {
    pub id: String,
    /// When it holds.
    pub when: String,
    /// `stop`, `out`, `review`, `notice` or `facts`.
    pub outcome: String,
    /// Staff look within one working day.
    pub urgent: bool,
    /// What the person is told.
    pub text: String,
    pub signposts: Vec<SignpostShown>,
    /// The clinic's own list of other places is shown too.
    pub elsewhere: bool,
    /// A milder way on that is offered as well; empty if none.
    pub follow_up: String,
    /// "1 December 2026 by Ada Sample"; empty if nobody has checked.
    pub checked: String,
}

/// A question with its rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionShown {
    pub id: String,
    pub text: String,
    pub hint: String,
    pub why: String,
    /// Asked by every clinic.
    pub shared: bool,
    /// What is special about it, one short remark each.
    pub marks: Vec<String>,
    /// When it is asked; empty if always.
    pub asked_if: String,
    pub options: Vec<String>,
    pub limits: Vec<String>,
    pub rules: Vec<RuleShown>,
    /// Address of the page to change it; empty if this person may not.
    pub edit: String,
}

/// A setting with its value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingShown {
    pub name: String,
    pub value: String,
}

/// `/staff/questions/{set}`
#[derive(Debug, Clone, Default)]
pub struct QuestionSetPage {
    pub head: SetLine,
    pub questions: Vec<QuestionShown>,
    pub settings: Vec<SettingShown>,
    /// Who the clinic points to when it is not the right place.
    pub elsewhere: Vec<SignpostShown>,
    /// The signposts themselves, on their own page.
    pub signposts: Vec<SignpostShown>,
    /// How many rules and signposts on this page nobody has checked yet.
    pub unchecked: usize,
}

/// What a field takes.
#[derive(Debug, Clone)]
pub enum FieldKind {
    /// One line.
    Line(String),
    /// Several lines, with the height of the field.
    Lines(String, usize),
    /// One of these.
    Radio(Vec<Choice>),
    /// Any of these.
    Ticks(Vec<Choice>),
}

/// A field of an edit page.
#[derive(Debug, Clone)]
pub struct EditField {
    pub name: String,
    pub label: String,
    pub hint: String,
    pub error: String,
    pub kind: FieldKind,
}

/// Fields that belong together.
#[derive(Debug, Clone, Default)]
pub struct EditGroup {
    pub title: String,
    /// A line under the title; may be empty.
    pub note: String,
    pub fields: Vec<EditField>,
}

/// What a form was made from, so that a change that somebody else made meanwhile is noticed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EditBase {
    /// The number of the version in force.
    pub in_force: i64,
    /// The revision of the draft; 0 if there was none.
    pub revision: i64,
}

/// `/staff/questions/{set}/edit/{what}`, `…/settings` and `…/file`
#[derive(Debug, Clone, Default)]
pub struct EditPage {
    pub set: SetRef,
    pub title: String,
    /// Where the form goes.
    pub action: String,
    pub base: EditBase,
    pub groups: Vec<EditGroup>,
    pub errors: Vec<FieldError>,
    /// Somebody else saved while this form was open: who and when.
    pub conflict: Option<DraftMark>,
}

/// One thing that differs, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeShown {
    /// "Question A3", "Rule a3-under-16 (question A3)"
    pub about: String,
    /// "Text", "Outcome"; empty for something new or gone.
    pub part: String,
    /// Empty if it is new.
    pub was: String,
    /// Empty if it is gone.
    pub now: String,
}

/// A line of the plain difference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DiffLine {
    /// `+`, `-`, or a space for a line that stays.
    pub mark: char,
    pub text: String,
}

/// How two texts differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// In words; `None` if one of the texts cannot be read as questions.
    pub changes: Option<Vec<ChangeShown>>,
    /// Line by line, with a few lines round each change.
    pub lines: Vec<DiffLine>,
}

/// How hard the words of a set are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadingShown {
    /// "Law clinic"
    pub name: String,
    /// In force, such as "4.8".
    pub before: String,
    /// In the draft.
    pub after: String,
    /// SMOG, in force, such as "6.1".
    pub smog_before: String,
    /// SMOG, in the draft.
    pub smog_after: String,
}

/// Cases that went the same way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MoveShown {
    pub from: String,
    pub to: String,
    /// The outcome is another one.
    pub changed: bool,
    /// "12", or "Under 5".
    pub cases: String,
    /// Which rules made it.
    pub because: Vec<String>,
}

/// Past answers under the version in force and under the draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReplayShown {
    /// How many past answers there were, in words.
    pub cases: String,
    /// There were more than are replayed.
    pub limited: bool,
    pub changed: String,
    pub told_otherwise: String,
    pub asked_more: String,
    pub moves: Vec<MoveShown>,
    pub patterns: Vec<MoveShown>,
}

/// `/staff/questions/{set}/draft`
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own about the draft or who looks at it"
)]
#[derive(Debug, Clone, Default)]
pub struct DraftPage {
    pub set: SetRef,
    pub draft: DraftMark,
    pub base: EditBase,
    /// Another version came into force after the draft was begun.
    pub overtaken: bool,
    pub difference: Difference,
    /// In which ways the draft asks less than what is in force; empty if in none.
    pub softer: Vec<String>,
    /// This person may publish a softer one.
    pub may_soften: bool,
    /// What the checker says; empty if the draft may be published.
    pub findings: Vec<String>,
    pub reading: Vec<ReadingShown>,
    /// `None` if the draft cannot be read as questions.
    pub replay: Option<ReplayShown>,
    /// This person may publish it.
    pub may_edit: bool,
    /// The note as typed.
    pub note: String,
    pub ticked: bool,
    pub errors: Vec<FieldError>,
}

/// A version on the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VersionLine {
    pub number: i64,
    pub at: String,
    /// Empty if it came with the program.
    pub by: String,
    pub note: String,
    pub in_force: bool,
}

/// `/staff/questions/{set}/versions`
#[derive(Debug, Clone, Default)]
pub struct VersionsPage {
    pub set: SetRef,
    pub versions: Vec<VersionLine>,
}

/// `/staff/questions/{set}/versions/{number}`: a version beside the one in force.
#[derive(Debug, Clone, Default)]
pub struct VersionPage {
    pub set: SetRef,
    pub version: VersionLine,
    pub difference: Difference,
    pub base: EditBase,
    /// It may be made the draft: not in force, no draft in the way, and this person may edit.
    pub may_take: bool,
}

//! What islands and the server say to each other, as JSON. Times carry both the instant (RFC 3339, UTC) and the label to
//! show, because the browser has no time-zone database of ours.

use serde::{Deserialize, Serialize};

/// One start that can be booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotOption {
    /// The start as an RFC 3339 instant in UTC: the value of the radio button.
    pub value: String,
    /// The local time to show, such as "2:00pm".
    pub label: String,
    /// Ways to meet at that start: `in_person`, `phone`, `video`.
    pub modes: Vec<String>,
    /// Places left, shown for groups only.
    pub places: Option<u32>,
}

/// Morning, afternoon or evening of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayPart {
    /// "Morning", "Afternoon", "Evening".
    pub label: String,
    /// Its starts, in order.
    pub slots: Vec<SlotOption>,
}

/// One day with something free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Local date, `YYYY-MM-DD`.
    pub date: String,
    /// "Tuesday 1 December".
    pub label: String,
    /// The parts of the day that have a start.
    pub parts: Vec<DayPart>,
}

/// A page of days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// The days, in order.
    pub days: Vec<Day>,
    /// The date to ask for next (`?from=`), if there may be more.
    pub more_from: Option<String>,
}

/// A hold, as the timer shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldState {
    /// Whole seconds until the hold ends; 0 when it has ended.
    pub seconds_left: u32,
}

/// What the time picker starts from: the page of times as it was served, and its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picker {
    /// Id of the clinic.
    pub clinic: String,
    /// The services to choose from; a choice is shown when there are several.
    pub services: Vec<PickerChoice>,
    /// The service whose times these are.
    pub service: String,
    /// `in_person`, `phone`, `video`, and an empty value for any.
    pub modes: Vec<PickerChoice>,
    /// The way to meet that the times were filtered by; empty for any.
    pub mode: String,
    /// The times.
    pub days: Days,
    /// The date they were asked from, `YYYY-MM-DD`.
    pub from: String,
    /// Whether they are the first there are.
    pub first_page: bool,
    /// The start chosen before, if any.
    pub chosen: String,
    /// What is wrong with the choice just made; empty if nothing.
    pub error: String,
    /// Whether that is the way to meet, rather than the start.
    pub error_in_mode: bool,
    /// What it says.
    pub words: PickerWords,
}

/// One choice of a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickerChoice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// The words of the time picker. `{n}` stands for a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickerWords {
    pub service: String,
    pub mode: String,
    pub update: String,
    pub choose: String,
    pub all_can_be: String,
    pub most_can_be: String,
    pub how: String,
    pub places: String,
    pub none: String,
    pub first: String,
    pub more: String,
    pub loading: String,
    pub failed: String,
    pub shown: String,
    pub calendar: String,
    pub weekdays: Vec<String>,
    pub months: Vec<String>,
    pub go_on: String,
}

/// The words of the hold timer, ready for each number so that every language can have its plurals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldWords {
    /// What to show with 0, 1, 2… whole minutes left.
    pub minutes: Vec<String>,
    /// What to show with 0, 10, 20… seconds left.
    pub seconds: Vec<String>,
    /// Said aloud when two minutes are left.
    pub soon: String,
    /// Shown and said when the hold has ended.
    pub ended: String,
}

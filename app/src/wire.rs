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

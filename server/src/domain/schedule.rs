//! What a clinic has decided about its time, and what is already taken: the facts that
//! availability is computed from. Plain values; reading them is the store's work.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::ids::{ClinicId, MeetingId, ResourceId, ServiceId};

/// How client and clinic meet.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Face to face; the only mode that needs a room.
    InPerson,
    /// By telephone.
    Phone,
    /// By video call.
    Video,
}

/// What a room offers, and what a client may ask of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Reached without steps.
    StepFree,
    /// Quiet: few people, little noise.
    Quiet,
    /// A hearing loop.
    Hearing,
    /// A screen and a camera for video calls.
    Video,
}

/// How a service is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Booking {
    /// Confirmed at once.
    Instant,
    /// The slot is held for the client until staff clear it (law: the conflict check).
    Held,
    /// Never by a client: staff offer it after they have looked at the request.
    Review,
}

/// Who a service is offered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferedTo {
    /// People who have not used the clinic before.
    New,
    /// People who have.
    Returning,
    /// Both.
    Anyone,
}

/// The rules of one service. All lengths are whole minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceRules {
    /// The service.
    pub service: ServiceId,
    /// Its clinic.
    pub clinic: ClinicId,
    /// Length of a meeting, in minutes.
    pub minutes: i64,
    /// Minutes before a meeting in which its people and room are busy too.
    pub buffer_before: i64,
    /// Minutes after a meeting in which its people and room are busy too.
    pub buffer_after: i64,
    /// Starts are offered every so many minutes from the start of a session.
    pub start_every: i64,
    /// A slot is offered only if it starts at least so many minutes from now.
    pub notice_minutes: i64,
    /// A slot is offered only if it is on a local date at most so many days from today.
    pub horizon_days: i64,
    /// Clients in one meeting: 1, or more for a group.
    pub capacity: i64,
    /// Advisers in one meeting: 1, or 2 for a pair.
    pub advisers_needed: i64,
    /// Meetings that one supervisor may cover at once in this clinic.
    pub supervisor_ratio: i64,
    /// The ways to meet, in the order to show them.
    pub modes: Vec<Mode>,
    /// Meetings of this service on one local date, at most; `None` for no cap.
    pub daily_cap: Option<i64>,
    /// Days from the meeting until the client has what they came for (law: the letter), counted
    /// against the end of term and against the client's deadline.
    pub turnaround_days: i64,
}

/// What a resource does in a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Sees the client.
    Adviser,
    /// Answers for the work.
    Supervisor,
    /// Where it happens.
    Room,
}

/// Hours of work: on a weekday while the rule is in force, or on one date instead of the weekly rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// When it applies.
    pub on: When,
    /// Local start and end; `None` means "not working" (only on a single date). An end of 00:00 is midnight at the
    /// end of the day.
    pub hours: Option<(NaiveTime, NaiveTime)>,
    /// Who and what is there, with the part each plays. Only resources fit for the service (skills) are listed.
    pub staff: Vec<(ResourceId, Part)>,
}

/// The dates a window applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Every such weekday, first and last date inclusive.
    Weekly {
        /// The day of the week.
        weekday: Weekday,
        /// First date.
        from: NaiveDate,
        /// Last date, if any.
        until: Option<NaiveDate>,
    },
    /// One date: replaces every weekly window of the clinic on that date.
    Date(NaiveDate),
}

/// Dates from first to last, both inclusive, in local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// First date.
    pub from: NaiveDate,
    /// Last date, inclusive.
    pub until: NaiveDate,
}

/// A room's features and a person's skills are facts of the resource, not of the meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The resource.
    pub id: ResourceId,
    /// What it offers (rooms only; empty for people).
    pub features: BTreeSet<Feature>,
}

/// A time, buffers included, in which a resource is taken. Half open: `[from, until)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy {
    /// The resource.
    pub resource: ResourceId,
    /// First instant taken.
    pub from: DateTime<Utc>,
    /// First instant free again.
    pub until: DateTime<Utc>,
    /// How many meetings at once this use of the resource bears: 1 for an adviser or a room, the clinic's ratio for
    /// a supervisor. The smallest among overlapping uses is what counts.
    pub at_once: i64,
}

/// A time in which a clinic meets nobody. Half open: `[from, until)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// First instant of it.
    pub from: DateTime<Utc>,
    /// First instant after it.
    pub until: DateTime<Utc>,
}

/// A meeting of the service that already stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The meeting.
    pub meeting: MeetingId,
    /// Start.
    pub start: DateTime<Utc>,
    /// End, without buffers.
    pub end: DateTime<Utc>,
    /// How it meets.
    pub mode: Mode,
    /// Places that are still free in it (0 for an individual meeting).
    pub places: i64,
    /// Whether its room is step-free, quiet, has a loop: what a further client may count on.
    pub room: Option<ResourceId>,
}

/// All that availability needs to know about one service over a range of dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The service's rules.
    pub rules: ServiceRules,
    /// Weekly windows and single-date windows of the clinic.
    pub windows: Vec<Window>,
    /// Dates on which the clinic is open at all. Empty means that no term is entered: nothing is offered.
    pub terms: Vec<Dates>,
    /// Closures and bank holidays.
    pub closures: Vec<Dates>,
    /// The resources that windows name.
    pub resources: Vec<Resource>,
    /// Times taken, of every resource named, across all clinics and services; being away is being taken by one meeting.
    pub busy: Vec<Busy>,
    /// Times in which the clinic meets nobody, buffers included.
    pub blocks: Vec<Block>,
    /// Meetings of this service in the range.
    pub standing: Vec<Standing>,
}

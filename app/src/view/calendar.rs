//! The models of the staff's calendar, of moving an appointment, of the list on paper and of the search.

use super::{ClinicRef, FieldError, StaffAppointment};

/// How much time the calendar shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Span {
    /// One day, in columns of people or rooms.
    Day,
    /// A week, in columns of days.
    #[default]
    Week,
    /// A month, one small bar a day.
    Month,
}

/// How it is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shown {
    /// As a grid where there is room for one, as a list on a narrow screen.
    #[default]
    Fitting,
    /// As a grid, whatever the screen.
    Grid,
    /// As a list.
    List,
}

/// Where in the calendar somebody is: all that its address holds. Nobody's name is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spot {
    /// Day, week or month.
    pub span: Span,
    /// Grid or list.
    pub shown: Shown,
    /// A local date in it, `YYYY-MM-DD`.
    pub day: String,
    /// A clinic's id, `all`, or `who-` and the id of a person or room.
    pub of: String,
    /// A day's columns are rooms, not people.
    pub rooms: bool,
    /// Reference of the appointment that is being moved; empty if none is.
    pub moving: String,
}

impl Spot {
    /// The address of this place.
    pub fn address(&self) -> String {
        let span = match self.span {
            Span::Day => "day",
            Span::Week => "week",
            Span::Month => "month",
        };
        let mut address = format!(
            "/staff/calendar?view={span}&day={}&of={}",
            self.day, self.of
        );
        if self.rooms && self.span == Span::Day {
            address.push_str("&by=rooms");
        }
        match self.shown {
            Shown::Fitting => {}
            Shown::Grid => address.push_str("&as=grid"),
            Shown::List => address.push_str("&as=list"),
        }
        if !self.moving.is_empty() {
            address.push_str("&moving=");
            address.push_str(&self.moving);
        }
        address
    }

    /// The same on another date.
    #[must_use]
    pub fn on(&self, day: &str) -> Self {
        Self {
            day: day.to_owned(),
            ..self.clone()
        }
    }

    /// The same of another clinic, person or room.
    #[must_use]
    pub fn of(&self, of: &str) -> Self {
        Self {
            of: of.to_owned(),
            ..self.clone()
        }
    }
}

/// `/staff/calendar`
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    pub at: Spot,
    /// Whose it is: a clinic, a person, a room, or all clinics.
    pub name: String,
    /// "23 to 29 November 2026", "Monday 23 November 2026", "November 2026"
    pub title: String,
    /// A date in the stretch before, in the one after, and today.
    pub previous: String,
    pub next: String,
    pub today: String,
    /// Clinics, people and rooms to choose from, in groups.
    pub groups: Vec<Group>,
    /// The columns of a day or week.
    pub columns: Vec<Column>,
    /// The weeks of a month.
    pub weeks: Vec<Vec<MonthDay>>,
    /// The same as a list, day by day.
    pub days: Vec<CalendarDay>,
    /// First and last hour to show (0 to 24).
    pub first_hour: i64,
    pub last_hour: i64,
    /// Minutes after local midnight, for the line that says "now"; none if today is not in it.
    pub now_minute: Option<i64>,
    /// Appointments of several clinics are in it.
    pub several: bool,
    /// The reader sees their own appointments alone.
    pub own: bool,
    /// How many appointments something is wrong with.
    pub troubles: usize,
    /// The appointment that is being moved.
    pub moving: Option<Moving>,
    /// Reference and new time of the appointment that was just moved.
    pub moved: Option<(String, String)>,
    /// The mark of the last change that it shows.
    pub mark: String,
}

/// Some of what can be chosen.
#[derive(Debug, Clone, Default)]
pub struct Group {
    pub label: String,
    /// What stands in the address, and the name.
    pub all: Vec<(String, String)>,
}

/// A column of the grid: a day, a person or a room.
#[derive(Debug, Clone, Default)]
pub struct Column {
    pub label: String,
    /// Where its heading leads.
    pub href: String,
    /// The local date of a column that is a day; empty if it is a person or room.
    pub date: String,
    pub today: bool,
    /// Why the clinic is closed, if it is.
    pub closed: String,
    /// Who is there and who supervises, in a few words each.
    pub cover: Vec<String>,
    /// Sessions: (start minute, end minute).
    pub windows: Vec<(i64, i64)>,
    /// Taken by something that whoever looks may not see.
    pub busy: Vec<BusyTime>,
    /// Away, or the clinic meets nobody then: (start minute, end minute). `cover` says it in words.
    pub away: Vec<(i64, i64)>,
    pub appointments: Vec<StaffAppointment>,
    /// Free starts for the appointment that is being moved.
    pub free: Vec<FreeStart>,
}

/// Time that is taken by what whoever looks may not see: another clinic's, or a colleague's.
#[derive(Debug, Clone, Default)]
pub struct BusyTime {
    /// Minutes after local midnight.
    pub from: i64,
    pub until: i64,
    /// "4:30pm to 5:30pm: busy elsewhere", with whose time it is where that is not said otherwise. Never what it is.
    pub text: String,
}

/// A start that a move may choose.
#[derive(Debug, Clone, Default)]
pub struct FreeStart {
    /// RFC 3339, UTC.
    pub start: String,
    /// Minutes after local midnight.
    pub minute: i64,
    /// "2:00pm"
    pub label: String,
    /// "2:00", where there is little room and a scale beside it.
    pub short: String,
}

/// One day of the list.
#[derive(Debug, Clone, Default)]
pub struct CalendarDay {
    pub date: String,
    /// "Tue 1 Dec"
    pub label: String,
    pub today: bool,
    /// Why the clinic is closed, if it is.
    pub closed: String,
    /// Sessions in words.
    pub cover: Vec<String>,
    pub appointments: Vec<StaffAppointment>,
    /// What the grid shows as busy, in order of time.
    pub busy: Vec<BusyTime>,
    /// Free starts for the appointment that is being moved.
    pub free: Vec<FreeStart>,
}

/// One day of a month.
#[derive(Debug, Clone, Default)]
pub struct MonthDay {
    pub date: String,
    /// "23"
    pub number: String,
    /// "Mon 23 Nov"
    pub label: String,
    /// It belongs to the month before or after.
    pub outside: bool,
    pub today: bool,
    pub closed: String,
    /// Nobody works on it.
    pub idle: bool,
    pub booked: usize,
    pub held: usize,
    /// Times that are kept for people on the waiting list.
    pub offered: usize,
    pub troubles: usize,
    /// How much of the advisers' time is taken, in percent; `None` if no adviser works on it.
    pub percent: Option<i64>,
    /// When the clinic meets nobody, and who supervises: a few words each.
    pub notes: Vec<String>,
}

/// The appointment that is being moved.
#[derive(Debug, Clone, Default)]
pub struct Moving {
    pub reference: String,
    /// "Tuesday 1 December 2026, 2:00pm, UK time"
    pub now: String,
    /// The start that the page was made from, RFC 3339, UTC.
    pub was: String,
    pub service: String,
    /// There is a free start in what is shown.
    pub free: bool,
    /// A local date from which on there is one, if none is shown.
    pub first_free: String,
}

/// `/staff/appointments/{reference}/move`
#[derive(Debug, Clone, Default)]
pub struct MovePage {
    pub appointment: StaffAppointment,
    /// "Tuesday 1 December 2026"
    pub date: String,
    /// The start that the page was made from, RFC 3339, UTC.
    pub was: String,
    /// Days with something free.
    pub days: Vec<MoveDay>,
    /// Date from which on there is more; empty if there is no more.
    pub more_from: String,
    /// Whether this member of staff may break a rule of booking.
    pub may_overrule: bool,
    /// What was typed: date, time, reason.
    pub typed: (String, String, String),
    pub errors: Vec<FieldError>,
    /// Why the last try did not move it: the code of a family of messages; empty if there was none.
    pub refused: String,
    /// The start that was wanted then, in words.
    pub wanted: String,
    /// Where the calendar is that the move began in; empty if it began on the appointment's page.
    pub back: String,
}

/// A day with free starts.
#[derive(Debug, Clone, Default)]
pub struct MoveDay {
    /// "Tuesday 1 December 2026"
    pub label: String,
    pub free: Vec<FreeStart>,
}

/// `/staff/calendar/day-list`
#[derive(Debug, Clone, Default)]
pub struct DayList {
    pub at: Spot,
    pub name: String,
    /// "Tuesday 1 December 2026"
    pub date: String,
    /// "Tuesday 1 December 2026, 2:41pm, UK time"
    pub printed: String,
    pub closed: String,
    pub cover: Vec<String>,
    pub rows: Vec<DayListRow>,
    /// More than one clinic may be on it: each line says which.
    pub several: bool,
    /// The reader sees their own appointments alone.
    pub own: bool,
}

/// One line of the list on paper.
#[derive(Debug, Clone, Default)]
pub struct DayListRow {
    pub appointment: StaffAppointment,
    /// As people read it; empty if there is none or it may not be seen.
    pub phone: String,
    /// The client said that ringing is not safe.
    pub do_not_ring: bool,
    /// When they said that they can be rung; empty if they did not.
    pub call_window: String,
    /// Whether a message may be left.
    pub leave_message: bool,
}

/// `/staff/find`
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// What was typed; empty before anything was.
    pub typed: String,
    /// "Tuesday 1 December 2026" and the appointment, without who sees the client.
    pub appointments: Vec<(String, StaffAppointment)>,
    pub requests: Vec<FoundCase>,
    /// Places on the waiting list.
    pub waiting: Vec<FoundCase>,
    /// There are more than are shown.
    pub more: bool,
}

/// A case that was found.
#[derive(Debug, Clone, Default)]
pub struct FoundCase {
    pub reference: String,
    pub clinic: ClinicRef,
    pub client: String,
    pub state: String,
    /// "Sunday 22 November 2026"
    pub date: String,
}

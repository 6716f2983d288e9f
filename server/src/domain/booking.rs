//! The life of an appointment: which change may follow which, and what each change tells the world.
//! Nothing here reads a clock or a database; the caller stores the new state, the audit rows and
//! the messages of the events in one transaction, or none of them.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::schedule::Booking;

/// How long a hold lasts from the last sign of life of the person who types.
pub const HOLD: TimeDelta = TimeDelta::minutes(10);

/// What is left of a hold when the person leaves the page: long enough for the next page of the same journey to load,
/// short enough that the time is soon free for somebody else.
pub const HOLD_AFTER_LEAVING: TimeDelta = TimeDelta::seconds(30);

/// However much somebody types, a hold ends so long after it began.
pub const HOLD_AT_MOST: TimeDelta = TimeDelta::minutes(60);

/// Where an appointment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Kept for a person who is still typing.
    Held,
    /// Asked for; staff must clear or decide. The time is kept.
    Requested,
    /// It will take place.
    Confirmed,
    /// The client is here.
    Arrived,
    /// The client was seen.
    Attended,
    /// The client did not attend.
    Missed,
    /// Called off by the client or the clinic.
    Cancelled,
    /// A hold that ran out or was given back.
    Expired,
}

impl State {
    /// Every state, in the order of a life.
    pub const ALL: [Self; 8] = [
        Self::Held,
        Self::Requested,
        Self::Confirmed,
        Self::Arrived,
        Self::Attended,
        Self::Missed,
        Self::Cancelled,
        Self::Expired,
    ];

    /// The name stored and shown to programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Arrived => "arrived",
            Self::Attended => "attended",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who asks for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The client, by a link or on the page.
    Client,
    /// Somebody of the clinic.
    Staff,
}

/// What is asked of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// The person who holds it has sent the form.
    Submit(Booking),
    /// The person who holds it is still there.
    Renew,
    /// The person who holds it has left the page.
    Leave,
    /// The person gives the hold back.
    Release,
    /// The hold has run out.
    Expire,
    /// Staff have cleared it.
    Confirm,
    /// The client says that they are coming.
    Coming,
    /// Another time for the same appointment.
    Move,
    /// Called off.
    Cancel(By),
    /// The client is at the desk.
    CheckIn,
    /// The client was seen.
    Attend,
    /// The client did not attend.
    Miss,
    /// The client says that they will be late.
    RunLate,
    /// The meeting begins; whoever has not been checked in is here now.
    Start,
    /// The client left before the end.
    LeaveEarly,
    /// A slip: not here after all.
    NotHere,
    /// A slip: the meeting has not begun.
    NotStarted,
    /// A slip: not seen yet.
    NotSeen,
    /// They came after all.
    CameAfterAll,
}

/// What happened, for the audit log and for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The hold now ends at this instant.
    HoldUntil(DateTime<Utc>),
    /// The hold ended without a booking.
    Expired,
    /// Asked for, to be cleared by staff.
    Requested,
    /// Confirmed.
    Confirmed,
    /// The client said that they are coming.
    Coming,
    /// Moved to another time.
    Moved,
    /// Called off.
    Cancelled(By),
    /// The client arrived.
    Arrived,
    /// The client was seen.
    Attended,
    /// The client did not attend.
    Missed,
    /// The client said that they will be late.
    RunsLate,
    /// The meeting began.
    Started,
    /// The client left before the end.
    LeftEarly,
    /// Taken back: not here after all.
    NotHere,
    /// Taken back: the meeting has not begun.
    NotStarted,
    /// Taken back: not seen yet.
    NotSeen,
    /// Taken back: they came after all.
    CameAfterAll,
}

impl Event {
    /// The stable name in the audit log.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HoldUntil(_) => "hold_renewed",
            Self::Expired => "expired",
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Coming => "coming",
            Self::Moved => "moved",
            Self::Cancelled(_) => "cancelled",
            Self::Arrived => "arrived",
            Self::Attended => "attended",
            Self::Missed => "missed",
            Self::RunsLate => "runs_late",
            Self::Started => "started",
            Self::LeftEarly => "left_early",
            Self::NotHere => "not_here",
            Self::NotStarted => "not_started",
            Self::NotSeen => "not_seen",
            Self::CameAfterAll => "came_after_all",
        }
    }
}

/// Why a change is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The hold ran out before the form was sent.
    #[error("the hold has ended")]
    HoldEnded,
    /// It starts too soon, or has started, for what was asked.
    #[error("the appointment has started or is over")]
    Started,
    /// It has not started yet.
    #[error("the appointment has not started")]
    NotYet,
    /// The change does not follow from this state.
    #[error("an appointment that is {0} cannot do that")]
    WrongState(State),
    /// The service is never booked by a client.
    #[error("this service is not booked by clients")]
    NotBookable,
}

/// What the state machine has to know of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// Where it stands.
    pub state: State,
    /// Start, a UTC instant.
    pub starts_at: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When the hold ends, while held.
    pub hold_expires_at: Option<DateTime<Utc>>,
}

impl Life {
    /// Whether this is a hold that still stands.
    #[must_use]
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Held && self.hold_expires_at.is_some_and(|end| end > now)
    }

    /// The state after `command`, and what it tells the world. Asking twice for what is so already (cancel, coming, what
    /// staff tick off) changes nothing and tells nothing.
    pub fn apply(
        self,
        command: Command,
        now: DateTime<Utc>,
    ) -> Result<(State, Vec<Event>), Refused> {
        match command {
            Command::Submit(booking) => self.submit(booking, now),
            Command::Renew => self.renew(HOLD, now),
            Command::Leave => self.leave(now),
            Command::Release => self.release(),
            Command::Expire => self.expire(now),
            Command::Confirm => match self.state {
                State::Requested => Ok((State::Confirmed, vec![Event::Confirmed])),
                other => Err(Refused::WrongState(other)),
            },
            Command::Coming => self.coming(now),
            Command::Move => match self.state {
                State::Requested | State::Confirmed if self.starts_at <= now => {
                    Err(Refused::Started)
                }
                State::Requested | State::Confirmed => Ok((self.state, vec![Event::Moved])),
                other => Err(Refused::WrongState(other)),
            },
            Command::Cancel(by) => self.cancel(by, now),
            Command::CheckIn => self.attendance(State::Arrived, Event::Arrived),
            Command::Attend => self.attendance(State::Attended, Event::Attended),
            Command::Miss => self.miss(now),
            Command::RunLate => match self.state {
                State::Confirmed => Ok((State::Confirmed, vec![Event::RunsLate])),
                other => Err(Refused::WrongState(other)),
            },
            Command::Start => match self.state {
                State::Confirmed => Ok((State::Arrived, vec![Event::Arrived, Event::Started])),
                State::Arrived => Ok((State::Arrived, vec![Event::Started])),
                other => Err(Refused::WrongState(other)),
            },
            Command::LeaveEarly => match self.state {
                State::Arrived => Ok((State::Attended, vec![Event::LeftEarly])),
                other => Err(Refused::WrongState(other)),
            },
            Command::NotHere => self.undo(State::Arrived, State::Confirmed, Event::NotHere),
            Command::NotStarted => self.undo(State::Arrived, State::Arrived, Event::NotStarted),
            Command::NotSeen => self.undo(State::Attended, State::Arrived, Event::NotSeen),
            Command::CameAfterAll => {
                self.undo(State::Missed, State::Confirmed, Event::CameAfterAll)
            }
        }
    }

    /// Takes a slip back: only from the very state that it made.
    fn undo(self, from: State, to: State, event: Event) -> Result<(State, Vec<Event>), Refused> {
        if self.state == from {
            Ok((to, vec![event]))
        } else {
            Err(Refused::WrongState(self.state))
        }
    }

    fn submit(self, booking: Booking, now: DateTime<Utc>) -> Result<(State, Vec<Event>), Refused> {
        match (self.state, booking) {
            (State::Held, _) if !self.holds(now) => Err(Refused::HoldEnded),
            (State::Expired, _) => Err(Refused::HoldEnded),
            (State::Held, _) if self.starts_at <= now => Err(Refused::Started),
            (State::Held, Booking::Instant) => Ok((State::Confirmed, vec![Event::Confirmed])),
            (State::Held, Booking::Held) => Ok((State::Requested, vec![Event::Requested])),
            (State::Held, Booking::Review) => Err(Refused::NotBookable),
            (other, _) => Err(Refused::WrongState(other)),
        }
    }

    fn renew(self, by: TimeDelta, now: DateTime<Utc>) -> Result<(State, Vec<Event>), Refused> {
        if !self.holds(now) {
            return Err(self.not_held());
        }
        let until = (now + by).min(self.created_at + HOLD_AT_MOST);
        // A renewal never shortens: the last minutes of the longest hold stay what they are.
        let until = self.hold_expires_at.map_or(until, |end| {
            until.max(end.min(self.created_at + HOLD_AT_MOST))
        });
        Ok((State::Held, vec![Event::HoldUntil(until)]))
    }

    fn leave(self, now: DateTime<Utc>) -> Result<(State, Vec<Event>), Refused> {
        if !self.holds(now) {
            return Err(self.not_held());
        }
        let until = self
            .hold_expires_at
            .map_or(now, |end| end.min(now + HOLD_AFTER_LEAVING));
        Ok((State::Held, vec![Event::HoldUntil(until)]))
    }

    fn release(self) -> Result<(State, Vec<Event>), Refused> {
        match self.state {
            State::Held => Ok((State::Expired, vec![Event::Expired])),
            State::Expired => Ok((State::Expired, Vec::new())),
            other => Err(Refused::WrongState(other)),
        }
    }

    fn expire(self, now: DateTime<Utc>) -> Result<(State, Vec<Event>), Refused> {
        match self.state {
            State::Held if self.holds(now) => Err(Refused::NotYet),
            State::Held => Ok((State::Expired, vec![Event::Expired])),
            other => Err(Refused::WrongState(other)),
        }
    }

    fn coming(self, now: DateTime<Utc>) -> Result<(State, Vec<Event>), Refused> {
        match self.state {
            State::Confirmed if self.starts_at <= now => Err(Refused::Started),
            State::Confirmed => Ok((State::Confirmed, vec![Event::Coming])),
            other => Err(Refused::WrongState(other)),
        }
    }

    fn cancel(self, by: By, now: DateTime<Utc>) -> Result<(State, Vec<Event>), Refused> {
        match self.state {
            State::Cancelled => Ok((State::Cancelled, Vec::new())),
            State::Requested | State::Confirmed if by == By::Client && self.starts_at <= now => {
                Err(Refused::Started)
            }
            State::Requested | State::Confirmed => {
                Ok((State::Cancelled, vec![Event::Cancelled(by)]))
            }
            other => Err(Refused::WrongState(other)),
        }
    }

    fn attendance(self, to: State, event: Event) -> Result<(State, Vec<Event>), Refused> {
        match self.state {
            state if state == to => Ok((to, Vec::new())),
            State::Confirmed => Ok((to, vec![event])),
            State::Arrived if to == State::Attended => Ok((to, vec![event])),
            other => Err(Refused::WrongState(other)),
        }
    }

    fn miss(self, now: DateTime<Utc>) -> Result<(State, Vec<Event>), Refused> {
        match self.state {
            State::Missed => Ok((State::Missed, Vec::new())),
            State::Confirmed if self.starts_at > now => Err(Refused::NotYet),
            State::Confirmed => Ok((State::Missed, vec![Event::Missed])),
            other => Err(Refused::WrongState(other)),
        }
    }

    fn not_held(self) -> Refused {
        match self.state {
            State::Held | State::Expired => Refused::HoldEnded,
            other => Refused::WrongState(other),
        }
    }
}

/// The letters and digits of references: none that sound or look alike when read out on the telephone.
const REFERENCE_ALPHABET: &[u8; 22] = b"23456789CFGHJKMPQRTVWX";

/// A reference such as `K7PX-4MR` from seven random bytes: two short groups to read out.
#[must_use]
pub fn reference(random: [u8; 7]) -> String {
    let mut text: String = random
        .iter()
        .map(|byte| char::from(REFERENCE_ALPHABET[usize::from(*byte) % REFERENCE_ALPHABET.len()]))
        .collect();
    text.insert(4, '-');
    text
}

/// A reference as it is stored, from how people type it: in small letters, without the hyphen, with spaces. Empty if there
/// is no letter or number in it.
#[must_use]
pub fn tidy_reference(typed: &str) -> String {
    let mut tidy: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if tidy.len() > 4 {
        tidy.insert(4, '-');
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn at(hour: u32, minute: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 12, 1, hour, minute, 0).unwrap()
    }

    fn life(state: State) -> Life {
        Life {
            state,
            starts_at: at(14, 0),
            created_at: at(9, 0),
            hold_expires_at: Some(at(9, 10)),
        }
    }

    const COMMANDS: [Command; 21] = [
        Command::Submit(Booking::Instant),
        Command::Submit(Booking::Held),
        Command::Submit(Booking::Review),
        Command::Renew,
        Command::Leave,
        Command::Release,
        Command::Expire,
        Command::Confirm,
        Command::Coming,
        Command::Move,
        Command::Cancel(By::Client),
        Command::Cancel(By::Staff),
        Command::CheckIn,
        Command::Attend,
        Command::RunLate,
        Command::Start,
        Command::LeaveEarly,
        Command::NotHere,
        Command::NotStarted,
        Command::NotSeen,
        Command::CameAfterAll,
    ];

    /// State x command at 09:05 (hold stands, appointment ahead) as one table: a new state, or `-` for refused.
    #[test]
    fn invariant_3_an_appointment_changes_only_through_the_state_machine() {
        let table = [
            (
                State::Held,
                "confirmed requested - held held expired - - - - - - - - - - - - - - -",
            ),
            (
                State::Requested,
                "- - - - - - - confirmed - requested cancelled cancelled - - - - - - - - -",
            ),
            (
                State::Confirmed,
                "- - - - - - - - confirmed confirmed cancelled cancelled arrived attended confirmed arrived - - - - -",
            ),
            (
                State::Arrived,
                "- - - - - - - - - - - - arrived attended - arrived attended confirmed arrived - -",
            ),
            (
                State::Attended,
                "- - - - - - - - - - - - - attended - - - - - arrived -",
            ),
            (
                State::Missed,
                "- - - - - - - - - - - - - - - - - - - - confirmed",
            ),
            (
                State::Cancelled,
                "- - - - - - - - - - cancelled cancelled - - - - - - - - -",
            ),
            (
                State::Expired,
                "- - - - - expired - - - - - - - - - - - - - - -",
            ),
        ];
        for (state, row) in table {
            for (command, expected) in COMMANDS.into_iter().zip(row.split(' ')) {
                let got = life(state)
                    .apply(command, at(9, 5))
                    .map_or("-".to_owned(), |(to, _)| to.to_string());
                assert_eq!(got, expected, "{state} then {command:?}");
            }
        }
    }

    #[test]
    fn a_hold_that_ran_out_cannot_be_submitted_or_renewed() {
        for command in [
            Command::Submit(Booking::Instant),
            Command::Renew,
            Command::Leave,
        ] {
            assert_eq!(
                life(State::Held).apply(command, at(9, 10)),
                Err(Refused::HoldEnded)
            );
        }
        assert_eq!(
            life(State::Held).apply(Command::Expire, at(9, 10)),
            Ok((State::Expired, vec![Event::Expired]))
        );
        assert_eq!(
            life(State::Held).apply(Command::Expire, at(9, 9)),
            Err(Refused::NotYet)
        );
    }

    #[test]
    fn a_hold_is_renewed_by_activity_but_not_for_ever() {
        let ends = |now: DateTime<Utc>, hold_end: DateTime<Utc>| match (Life {
            hold_expires_at: Some(hold_end),
            ..life(State::Held)
        })
        .apply(Command::Renew, now)
        {
            Ok((_, events)) => events,
            Err(refused) => panic!("{refused}"),
        };
        assert_eq!(ends(at(9, 5), at(9, 10)), vec![Event::HoldUntil(at(9, 15))]);
        assert_eq!(
            ends(at(9, 55), at(9, 58)),
            vec![Event::HoldUntil(at(10, 0))]
        );
    }

    #[test]
    fn leaving_gives_the_hold_back_soon_and_coming_back_renews_it() {
        let soon = at(9, 5) + HOLD_AFTER_LEAVING;
        let left = life(State::Held).apply(Command::Leave, at(9, 5)).unwrap();
        assert_eq!(left, (State::Held, vec![Event::HoldUntil(soon)]));
        let back = Life {
            hold_expires_at: Some(soon),
            ..life(State::Held)
        };
        assert_eq!(
            back.apply(Command::Renew, at(9, 5)).unwrap().1,
            vec![Event::HoldUntil(at(9, 15))]
        );
    }

    #[test]
    fn a_client_cannot_cancel_or_move_what_has_started_and_staff_can_cancel() {
        let now = at(14, 0);
        assert_eq!(
            life(State::Confirmed).apply(Command::Cancel(By::Client), now),
            Err(Refused::Started)
        );
        assert_eq!(
            life(State::Confirmed).apply(Command::Move, now),
            Err(Refused::Started)
        );
        assert_eq!(
            life(State::Confirmed)
                .apply(Command::Cancel(By::Staff), now)
                .unwrap()
                .0,
            State::Cancelled
        );
    }

    #[test]
    fn a_visit_is_missed_only_after_it_began() {
        assert_eq!(
            life(State::Confirmed).apply(Command::Miss, at(13, 59)),
            Err(Refused::NotYet)
        );
        assert_eq!(
            life(State::Confirmed)
                .apply(Command::Miss, at(14, 0))
                .unwrap()
                .0,
            State::Missed
        );
    }

    #[test]
    fn cancelling_twice_answers_the_same_and_tells_nothing_twice() {
        assert_eq!(
            life(State::Cancelled).apply(Command::Cancel(By::Client), at(9, 5)),
            Ok((State::Cancelled, Vec::new()))
        );
    }

    #[test]
    fn references_use_only_letters_and_digits_that_cannot_be_misheard() {
        for byte in 0..=255 {
            let text = reference([byte; 7]);
            assert_eq!(text.len(), 8);
            assert!(
                text.chars()
                    .all(|c| c == '-' || REFERENCE_ALPHABET.contains(&(c as u8))),
                "{text}"
            );
        }
    }
}

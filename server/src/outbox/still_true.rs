//! Whether a message may still be sent, asked at the last moment. Pure.

use chrono::{DateTime, Utc};

use crate::booking::Kind;
use crate::domain::booking::State;
use crate::domain::reminder::TOO_LATE;

/// The client has said that mail is not safe, or gave no address.
pub(super) const NOT_SAFE: &str = "not safe to mail";

/// What has to be known of an appointment, or (without a sequence of its own) of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    /// Where it stands; `None` for a state that means nothing to an appointment.
    pub state: Option<State>,
    /// How often it was changed.
    pub sequence: i64,
    /// Its start, a UTC instant.
    pub starts_at: DateTime<Utc>,
    /// It is safe to mail the client, and there is an address.
    pub may_mail: bool,
}

/// Why the message is not sent, as it stands in the outbox; `None` if it is true still.
pub(super) fn untrue(
    kind: Kind,
    sequence: i64,
    facts: &Facts,
    now: DateTime<Utc>,
) -> Option<&'static str> {
    let fits = match kind {
        Kind::Confirmation | Kind::Reminder => matches!(facts.state, Some(State::Confirmed)),
        Kind::RequestReceived => matches!(facts.state, Some(State::Requested)),
        Kind::Change => matches!(facts.state, Some(State::Confirmed | State::Requested)),
        Kind::Cancellation | Kind::TurnedDown => matches!(facts.state, Some(State::Cancelled)),
        Kind::Missed => matches!(facts.state, Some(State::Missed)),
        Kind::Feedback => matches!(facts.state, Some(State::Attended)),
        Kind::Link => matches!(facts.state, Some(State::Requested | State::Confirmed)),
        Kind::InReview
        | Kind::Decision
        | Kind::OnList
        | Kind::Offer
        | Kind::OfferEnded
        | Kind::ListEnded => false,
    };
    // What is told afterwards is told of the past.
    let afterwards = matches!(kind, Kind::Missed | Kind::Feedback);
    if !fits {
        Some("the appointment stands otherwise by now")
    } else if facts.sequence != sequence && kind != Kind::Link {
        Some("the appointment was changed again")
    } else if facts.starts_at <= now && !afterwards {
        Some("the time has passed")
    } else if kind == Kind::Reminder && facts.starts_at - TOO_LATE <= now {
        Some("too near to be reminded of")
    } else if !facts.may_mail {
        // Last: what is told of it by a person instead is true.
        Some(NOT_SAFE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::testing::noon;

    const KINDS: [Kind; 4] = [
        Kind::Confirmation,
        Kind::RequestReceived,
        Kind::Change,
        Kind::Cancellation,
    ];

    fn facts(state: State) -> Facts {
        Facts {
            state: Some(state),
            sequence: 1,
            starts_at: noon() + TimeDelta::hours(1),
            may_mail: true,
        }
    }

    #[test]
    fn each_kind_is_true_of_its_own_states_only() {
        for kind in KINDS {
            let states: Vec<State> = State::ALL
                .into_iter()
                .filter(|state| untrue(kind, 1, &facts(*state), noon()).is_none())
                .collect();
            let expected: &[State] = match kind {
                Kind::Confirmation | Kind::Reminder => &[State::Confirmed],
                Kind::RequestReceived => &[State::Requested],
                Kind::Change => &[State::Requested, State::Confirmed],
                _ => &[State::Cancelled],
            };
            assert_eq!(states, expected, "{kind:?}");
        }
        assert!(
            untrue(
                Kind::Confirmation,
                1,
                &Facts {
                    state: None,
                    ..facts(State::Confirmed)
                },
                noon()
            )
            .is_some()
        );
    }

    #[test]
    fn lesson_29_nothing_is_told_of_an_older_version_or_of_a_time_that_has_passed() {
        for (kind, state) in KINDS.into_iter().zip([
            State::Confirmed,
            State::Requested,
            State::Confirmed,
            State::Cancelled,
        ]) {
            let facts = facts(state);
            assert_eq!(untrue(kind, 1, &facts, noon()), None);
            assert!(
                untrue(kind, 0, &facts, noon()).is_some(),
                "{kind:?} of an older version"
            );
            assert!(
                untrue(kind, 1, &facts, facts.starts_at).is_some(),
                "{kind:?} of the past"
            );
        }
    }

    #[test]
    fn invariant_7_not_safe_to_mail_is_the_first_question() {
        let facts = Facts {
            may_mail: false,
            ..facts(State::Confirmed)
        };
        assert_eq!(
            untrue(Kind::Confirmation, 1, &facts, noon()),
            Some("not safe to mail")
        );
    }
}

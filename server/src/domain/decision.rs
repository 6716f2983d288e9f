//! What becomes of a case that a person looks at: proposed by anybody who prepares it, decided by a supervisor, and then
//! up to the client. Pure.
//!
//! Promises: a case changes only by [`State::after`]; a time of a service that needs a decision is had only with a
//! [`Key`], and only terms in force, or a
//! meeting that it follows, make one. Does not know who may decide: `domain::access` does.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ids::ServiceId;
use super::triage::SignpostId;

/// Most times that are offered at once: more is a calendar, and the client can be given that instead.
pub const MOST_TIMES: usize = 3;
/// Most minutes that are added to a service's length.
pub const MOST_EXTRA_MINUTES: i64 = 60;
/// Most characters of a reason, a note or a question to the client.
pub const MOST_REASON: usize = 500;
/// Most characters of a client's answer.
pub const MOST_ANSWER: usize = 1000;

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Staff look at it.
    InReview,
    /// Staff asked the client something.
    WaitingForClient,
    /// The client may pick any free time of a service.
    Accepted,
    /// The client may pick one of some times.
    Offered,
    /// The client has picked a time.
    Booked,
    /// The clinic cannot help, and said who can.
    Declined,
    /// The client no longer wants it.
    Withdrawn,
}

/// Something that happens to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// A supervisor decides.
    Decide(Kind),
    /// The client answers a question.
    Answer,
    /// No time that was given suits: back to staff.
    NoneSuits,
    /// A time is picked.
    Book,
    /// The client no longer wants it.
    Withdraw,
}

/// The step does not fit the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the case is {} by now", .0.as_str())]
pub struct NotPossible(pub State);

impl State {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::InReview,
        Self::WaitingForClient,
        Self::Accepted,
        Self::Offered,
        Self::Booked,
        Self::Declined,
        Self::Withdrawn,
    ];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InReview => "in_review",
            Self::WaitingForClient => "waiting_for_client",
            Self::Accepted => "accepted",
            Self::Offered => "offered",
            Self::Booked => "booked",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a stored word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether staff or the client still have something to do.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::InReview | Self::WaitingForClient | Self::Accepted | Self::Offered
        )
    }

    /// The state after a step. A decision may be changed until the client has acted on it; what is over stays over.
    ///
    /// # Errors
    /// [`NotPossible`] where the step does not fit.
    pub const fn after(self, step: Step) -> Result<Self, NotPossible> {
        match (self, step) {
            (Self::InReview | Self::WaitingForClient | Self::Accepted | Self::Offered, step) => {
                match (self, step) {
                    (_, Step::Decide(kind)) => Ok(kind.leads_to()),
                    (_, Step::Withdraw) => Ok(Self::Withdrawn),
                    (Self::WaitingForClient, Step::Answer)
                    | (Self::Accepted | Self::Offered, Step::NoneSuits) => Ok(Self::InReview),
                    (Self::Accepted | Self::Offered, Step::Book) => Ok(Self::Booked),
                    _ => Err(NotPossible(self)),
                }
            }
            _ => Err(NotPossible(self)),
        }
    }
}

/// What kind of decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Take the person on: they pick any free time of a service.
    Accept,
    /// Take the person on, at one of some times.
    Offer,
    /// Ask the client something first.
    Ask,
    /// Say that others can help better, and who.
    Decline,
}

impl Kind {
    /// Every kind, in the order to offer them.
    pub const ALL: [Self; 4] = [Self::Accept, Self::Offer, Self::Ask, Self::Decline];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Offer => "offer",
            Self::Ask => "ask",
            Self::Decline => "decline",
        }
    }

    /// The kind of a stored word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    const fn leads_to(self) -> State {
        match self {
            Self::Accept => State::Accepted,
            Self::Offer => State::Offered,
            Self::Ask => State::WaitingForClient,
            Self::Decline => State::Declined,
        }
    }
}

/// What exactly is proposed or decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Terms {
    /// Any free time of this service.
    Accept {
        /// The service.
        service: ServiceId,
        /// Minutes more than its length.
        extra_minutes: i64,
    },
    /// One of these times of this service.
    Offer {
        /// The service.
        service: ServiceId,
        /// Minutes more than its length.
        extra_minutes: i64,
        /// Starts, UTC instants, in order.
        times: Vec<DateTime<Utc>>,
    },
    /// The client answers this.
    Ask {
        /// The question, as the client reads it.
        question: String,
    },
    /// These can help.
    Decline {
        /// Who.
        signposts: Vec<SignpostId>,
    },
}

impl Terms {
    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Accept { .. } => Kind::Accept,
            Self::Offer { .. } => Kind::Offer,
            Self::Ask { .. } => Kind::Ask,
            Self::Decline { .. } => Kind::Decline,
        }
    }

    /// The service and the minutes more than its length, if a time is to be picked.
    #[must_use]
    pub const fn meeting(&self) -> Option<(&ServiceId, i64)> {
        match self {
            Self::Accept {
                service,
                extra_minutes,
            }
            | Self::Offer {
                service,
                extra_minutes,
                ..
            } => Some((service, *extra_minutes)),
            Self::Ask { .. } | Self::Decline { .. } => None,
        }
    }

    /// Whether a start may be picked: any, or one of those offered.
    #[must_use]
    pub fn allows(&self, start: DateTime<Utc>) -> bool {
        match self {
            Self::Accept { .. } => true,
            Self::Offer { times, .. } => times.contains(&start),
            Self::Ask { .. } | Self::Decline { .. } => false,
        }
    }
}

/// Opens one service to one client who is not to book it by themselves. Only [`key`] makes one, and [`key_after_visit`]
/// for staff who have met the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(ServiceId);

impl Key {
    /// Whether it opens this service.
    #[must_use]
    pub fn opens(&self, service: &ServiceId) -> bool {
        self.0 == *service
    }
}

/// The key that a decision in force gives for a start.
///
/// # Errors
/// [`NotPossible`] where no time is to be picked, or not this one.
pub fn key(state: State, terms: &Terms, start: DateTime<Utc>) -> Result<Key, NotPossible> {
    state.after(Step::Book)?;
    match terms.meeting() {
        Some((service, _)) if terms.allows(start) => Ok(Key(service.clone())),
        _ => Err(NotPossible(state)),
    }
}

/// The key to the next meeting of a client whom the clinic has taken on already: staff book it, beside the meeting that it
/// follows.
#[must_use]
pub fn key_after_visit(service: &ServiceId) -> Key {
    Key(service.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{at, noon};

    const STEPS: [Step; 8] = [
        Step::Decide(Kind::Accept),
        Step::Decide(Kind::Offer),
        Step::Decide(Kind::Ask),
        Step::Decide(Kind::Decline),
        Step::Answer,
        Step::NoneSuits,
        Step::Book,
        Step::Withdraw,
    ];

    /// One row a state, one column a step in the order of `STEPS`; `-` where it does not fit.
    const TABLE: [(State, &str); 7] = [
        (
            State::InReview,
            "accepted offered waiting_for_client declined - - - withdrawn",
        ),
        (
            State::WaitingForClient,
            "accepted offered waiting_for_client declined in_review - - withdrawn",
        ),
        (
            State::Accepted,
            "accepted offered waiting_for_client declined - in_review booked withdrawn",
        ),
        (
            State::Offered,
            "accepted offered waiting_for_client declined - in_review booked withdrawn",
        ),
        (State::Booked, "- - - - - - - -"),
        (State::Declined, "- - - - - - - -"),
        (State::Withdrawn, "- - - - - - - -"),
    ];

    #[test]
    fn a_case_changes_as_the_table_says_and_no_other_way() {
        for (state, row) in TABLE {
            for (step, cell) in STEPS.into_iter().zip(row.split(' ')) {
                let after = state.after(step).map_or("-", State::as_str);
                assert_eq!(after, cell, "{state:?} {step:?}");
            }
            assert_eq!(State::from_name(state.as_str()), Some(state));
            let over = STEPS.iter().all(|step| state.after(*step).is_err());
            assert_eq!(state.is_open(), !over, "{state:?}");
        }
    }

    #[test]
    fn only_terms_in_force_open_a_service_and_only_for_the_times_they_name() {
        let service = ServiceId::from("law-first");
        let offer = Terms::Offer {
            service: service.clone(),
            extra_minutes: 30,
            times: vec![at(12, 1, 10, 0)],
        };
        assert!(key(State::Offered, &offer, at(12, 1, 10, 0)).is_ok_and(|key| key.opens(&service)));
        assert!(key(State::Offered, &offer, at(12, 1, 11, 0)).is_err());
        for state in State::ALL {
            let open = matches!(state, State::Accepted | State::Offered);
            assert_eq!(
                key(state, &offer, at(12, 1, 10, 0)).is_ok(),
                open,
                "{state:?}"
            );
        }
        let ask = Terms::Ask {
            question: "When?".into(),
        };
        assert!(key(State::Accepted, &ask, noon()).is_err());
        let accept = Terms::Accept {
            service,
            extra_minutes: 0,
        };
        let made = key(State::Accepted, &accept, noon()).unwrap();
        assert!(!made.opens(&"business-scoping".into()));
    }

    #[test]
    fn stored_terms_read_back_as_they_were_written() {
        for terms in [
            Terms::Accept {
                service: "a".into(),
                extra_minutes: 15,
            },
            Terms::Offer {
                service: "a".into(),
                extra_minutes: 0,
                times: vec![noon()],
            },
            Terms::Ask {
                question: "Who?".into(),
            },
            Terms::Decline {
                signposts: vec![SignpostId("shelter".into())],
            },
        ] {
            let text = serde_json::to_string(&terms).unwrap();
            assert_eq!(serde_json::from_str::<Terms>(&text).unwrap(), terms);
            assert_eq!(Kind::from_name(terms.kind().as_str()), Some(terms.kind()));
        }
    }
}

//! Who is free for one start, how many teams they make, and which team to send.
//!
//! A team is so many advisers and one supervisor. Somebody who can be either is one or the other in
//! any meeting, and while advising supervises nobody else.

use super::hours::Posting;
use super::taken::Left;
use crate::domain::schedule::Part;

/// The parts that sessions give one resource.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts {
    adviser: bool,
    supervisor: bool,
    room: bool,
}

impl Parts {
    pub(super) fn add(&mut self, posting: Posting) {
        match posting.part {
            Part::Adviser => self.adviser = true,
            Part::Supervisor => self.supervisor = true,
            Part::Room => self.room = true,
        }
    }

    pub(super) fn any(self) -> bool {
        self.adviser || self.supervisor || self.room
    }
}

/// The resources that are free for one start, by place in the list of resources, ascending.
#[derive(Debug, Default)]
pub(super) struct Crew {
    /// Can advise only.
    advisers: Vec<usize>,
    /// Can advise or supervise; not in any meeting at the time.
    either: Vec<usize>,
    /// Can supervise only, with the number of further meetings.
    supervisors: Vec<(usize, i64)>,
    /// Rooms that have what was asked.
    pub(super) rooms: Vec<usize>,
}

/// The people of one meeting, by place in the list of resources.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Team {
    pub(super) advisers: Vec<usize>,
    pub(super) supervisor: usize,
}

/// How many a team needs and how many one supervisor bears.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needs {
    /// Advisers in one meeting, 0 or more.
    pub(super) advisers: i64,
    /// Meetings at once for one supervisor.
    pub(super) ratio: i64,
}

/// A crew, counted.
#[derive(Debug, Clone, Copy)]
struct Heads {
    advisers: i64,
    either: i64,
    /// Meetings that those who only supervise can still take on, all together.
    supervision: i64,
}

impl Heads {
    /// The most meetings that can run at once. Each supervisor stands for a number of meetings, so
    /// all that is left to choose is how many of those who can do either shall supervise.
    fn teams(self, needs: Needs) -> i64 {
        let with = |supervising: i64| {
            let led = supervising
                .saturating_mul(needs.ratio)
                .saturating_add(self.supervision);
            let advising = self.advisers + self.either - supervising;
            // Division by no adviser: then supervision alone is the limit.
            led.min(advising.checked_div(needs.advisers).unwrap_or(i64::MAX))
        };
        (0..=self.either).map(with).max().unwrap_or(0).max(0)
    }
}

impl Crew {
    pub(super) fn clear(&mut self) {
        self.advisers.clear();
        self.either.clear();
        self.supervisors.clear();
        self.rooms.clear();
    }

    /// Takes in a resource with what is left of it; `fits` says whether a room has what was asked.
    pub(super) fn muster(&mut self, resource: usize, parts: Parts, left: Left, fits: bool) {
        // A room is no person, whatever else a window calls it.
        if parts.room {
            if left.free && fits {
                self.rooms.push(resource);
            }
            return;
        }
        let advises = parts.adviser && left.free;
        let supervises = parts.supervisor && left.spare > 0;
        match (advises, supervises) {
            (true, true) => self.either.push(resource),
            (true, false) => self.advisers.push(resource),
            (false, true) => self.supervisors.push((resource, left.spare)),
            (false, false) => {}
        }
    }

    /// Everybody and everything that is free, with each part that they could play.
    pub(super) fn everybody(&self) -> impl Iterator<Item = (usize, Part)> + '_ {
        let either = self.either.iter();
        let advisers = self.advisers.iter().chain(either.clone());
        let supervisors = self.supervisors.iter().map(|(person, _)| person);
        advisers
            .map(|person| (*person, Part::Adviser))
            .chain(
                supervisors
                    .chain(either)
                    .map(|person| (*person, Part::Supervisor)),
            )
            .chain(self.rooms.iter().map(|room| (*room, Part::Room)))
    }

    fn heads(&self) -> Heads {
        let spare = self.supervisors.iter().map(|(_, spare)| *spare);
        Heads {
            advisers: count(self.advisers.len()),
            either: count(self.either.len()),
            supervision: spare.fold(0, i64::saturating_add),
        }
    }

    /// The most meetings that these people can hold at once, rooms aside.
    pub(super) fn teams(&self, needs: Needs) -> i64 {
        self.heads().teams(needs)
    }

    /// The team to send, `None` if there is none. Advisers come in order of `prefer`, then of
    /// place; the supervisor is the one with most to spare, then one who could not advise, then by
    /// place. Whoever is chosen, one team fewer is left and no more: the best adviser may be passed
    /// over because a further meeting needs them as its supervisor.
    pub(super) fn team(&self, needs: Needs, prefer: &dyn Fn(usize) -> i64) -> Option<Team> {
        let most = self.teams(needs);
        if most < 1 {
            return None;
        }
        let ranked = |people: &[usize]| {
            let mut ranked: Vec<_> = people
                .iter()
                .map(|person| (prefer(*person), *person))
                .collect();
            ranked.sort_unstable();
            ranked
        };
        let (advisers, either) = (ranked(&self.advisers), ranked(&self.either));
        let needed = usize::try_from(needs.advisers).ok()?;
        let with = |of_either: usize| {
            let mut chosen = advisers.get(..needed - of_either)?.to_vec();
            chosen.extend_from_slice(either.get(..of_either)?);
            chosen.sort_unstable();
            let supervisor =
                self.supervisor(&either[of_either..], needed - of_either, most, needs)?;
            Some((chosen, supervisor))
        };
        let (chosen, supervisor) = (0..=needed.min(either.len())).filter_map(with).min()?;
        let advisers = chosen.into_iter().map(|(_, person)| person).collect();
        Some(Team {
            advisers,
            supervisor,
        })
    }

    /// The supervisor to send with so many advisers who only advise, when these who could do either
    /// are left; `None` if any choice would cost more than one team.
    fn supervisor(
        &self,
        either_left: &[(i64, usize)],
        only_advisers: usize,
        most: i64,
        needs: Needs,
    ) -> Option<usize> {
        let now = self.heads();
        let after = Heads {
            advisers: now.advisers - count(only_advisers),
            either: count(either_left.len()),
            supervision: now.supervision - 1,
        };
        let own = self
            .supervisors
            .iter()
            .filter(|_| after.teams(needs) >= most - 1)
            .map(|(person, spare)| (-spare, false, *person));
        let after_either = Heads {
            either: after.either - 1,
            supervision: now.supervision.saturating_add(needs.ratio - 1),
            ..after
        };
        let either = either_left
            .iter()
            .filter(|_| after_either.teams(needs) >= most - 1)
            .map(|(_, person)| (-needs.ratio, true, *person));
        own.chain(either).min().map(|(_, _, person)| person)
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

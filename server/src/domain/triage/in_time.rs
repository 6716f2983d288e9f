//! Whether a meeting can still help: advice comes after the appointment, so that the day our answer is there has to
//! be in time, with days to spare. And what is said where no meeting fits at all.

use chrono::NaiveDate;

use super::explain::day_month_year;
use super::{
    Answers, Assessment, Case, Day, Explained, Outcome, Pack, Reason, RuleId, Settings, path,
};
use crate::domain::time;

/// The reason given where no meeting can be in time; its words are the setting of the same name.
const TOO_LATE: &str = "too_late";

/// The reason given where the clinic has no meeting that fits; its words are the setting of the same name.
const NONE_FITS: &str = "none_fits";

/// The days that a meeting has to come before a time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spare {
    /// Days from the meeting to our answer (a letter).
    pub turnaround_days: i64,
    /// Days between our answer and the time limit.
    pub buffer_days: i64,
}

impl Spare {
    /// What a clinic's settings say.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let days = |name| settings.number(name).unwrap_or(0).max(0);
        Self {
            turnaround_days: days("turnaround_days"),
            buffer_days: days("buffer_days"),
        }
    }

    /// Whether a meeting on a local date can help with a time limit: `deadline >= slot + turnaround + buffer`.
    #[must_use]
    pub fn in_time(self, slot: NaiveDate, deadline: NaiveDate) -> bool {
        deadline >= time::add_days(slot, self.turnaround_days + self.buffer_days)
    }
}

/// The same assessment where no meeting can be in time: a person looks at it instead of a time to pick. Changes
/// nothing unless a time could be booked and there is a time limit.
#[must_use]
pub fn too_late<'d>(
    pack: &Pack,
    answers: &Answers,
    day: impl Into<Day<'d>>,
    mut assessment: Assessment,
) -> Assessment {
    let day = day.into();
    let Some(deadline) = assessment.deadline else {
        return assessment;
    };
    let path = path(pack, answers, day);
    let case = Case {
        pack,
        answers: &path.answers,
        day,
    };
    let starts_it = |asked: &&&super::Question| case.limit(&asked.id) == Some(deadline);
    let Some(question) = path.visited.iter().find(starts_it) else {
        return assessment;
    };
    if assessment.outcome != Outcome::Book {
        return assessment;
    }
    let limit = day_month_year(deadline);
    assessment.outcome = Outcome::Review;
    assessment.reasons.push(Reason {
        question: question.id.clone(),
        rule: RuleId(TOO_LATE.to_owned()),
        text: pack.settings.text(TOO_LATE).replace("{limit}", &limit),
        outcome: Outcome::Review,
        priority: None,
        follow_up: None,
        signposts: Vec::new(),
    });
    let about = |line: &&mut Explained| line.question == question.id;
    if let Some(line) = assessment.explanation.iter_mut().find(about) {
        line.rules.push(format!("{TOO_LATE}: review"));
    }
    assessment
}

/// The same assessment where a time could be booked and no service fits what was said (somebody who can only come by
/// telephone to a clinic that meets in person): a person looks for a way.
#[must_use]
pub fn none_fits(pack: &Pack, mut assessment: Assessment) -> Assessment {
    if assessment.outcome != Outcome::Book {
        return assessment;
    }
    let Some(line) = assessment.explanation.last_mut() else {
        return assessment;
    };
    line.rules.push(format!("{NONE_FITS}: review"));
    assessment.outcome = Outcome::Review;
    assessment.reasons.push(Reason {
        question: line.question.clone(),
        rule: RuleId(NONE_FITS.to_owned()),
        text: pack.settings.text(NONE_FITS).to_owned(),
        outcome: Outcome::Review,
        priority: None,
        follow_up: None,
        signposts: Vec::new(),
    });
    assessment
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const LAW: Spare = Spare {
        turnaround_days: 14,
        buffer_days: 3,
    };

    #[test]
    fn domain_9_8_test_6_ten_december_is_too_late_for_the_twenty_sixth() {
        assert!(
            !LAW.in_time(day("2026-12-10"), day("2026-12-26")),
            "24 + 3 is 27"
        );
        assert!(LAW.in_time(day("2026-12-10"), day("2026-12-27")));
        assert!(LAW.in_time(day("2026-12-09"), day("2026-12-26")));
    }

    proptest! {
        #[test]
        fn a_later_deadline_or_an_earlier_slot_is_never_less_in_time(
            slot in 0..400_i64, deadline in 0..400_i64, turnaround_days in 0..30_i64, buffer_days in 0..10_i64,
        ) {
            let start = day("2026-11-22");
            let (slot, deadline) = (time::add_days(start, slot), time::add_days(start, deadline));
            let spare = Spare { turnaround_days, buffer_days };
            prop_assert_eq!(
                spare.in_time(slot, deadline),
                (deadline - slot).num_days() >= turnaround_days + buffer_days
            );
            if spare.in_time(slot, deadline) {
                prop_assert!(spare.in_time(slot, time::add_days(deadline, 1)));
                prop_assert!(spare.in_time(time::add_days(slot, -1), deadline));
            }
        }
    }
}

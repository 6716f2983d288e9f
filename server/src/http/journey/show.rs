//! What the domain found, as the models of pages.

use app::view::{Answered, Day, DayPart, Held, Notice, Place, Signpost, SlotOption};
use chrono::{DateTime, Utc};

use super::visit::Visit;
use crate::booking::mode_word;
use crate::clinics::About;
pub use crate::desk::start_in_words;
use crate::domain::availability::Slot;
use crate::domain::time;
use crate::domain::triage::{self, Assessment, Outcome, describe};
use crate::store::AppointmentRow;

/// Why the outcome is what it is, each with who can help. Rules of the same weight stand in asking order.
pub fn reasons(assessment: &Assessment) -> Vec<Notice> {
    told(assessment, |outcome| outcome == assessment.outcome)
}

/// What applies too and is less urgent, worst first: milder reasons, then what is only shown.
pub fn also(assessment: &Assessment) -> Vec<Notice> {
    let mut also = told(assessment, |outcome| outcome != assessment.outcome);
    also.extend(notices(assessment));
    also
}

/// Whether some of what applies too is for a person to look at.
pub fn more_to_look_at(assessment: &Assessment) -> bool {
    let mut reasons = assessment.reasons.iter();
    assessment.outcome > Outcome::Review && reasons.any(|reason| reason.outcome == Outcome::Review)
}

fn told(assessment: &Assessment, wanted: impl Fn(Outcome) -> bool) -> Vec<Notice> {
    assessment
        .reasons
        .iter()
        .filter(|reason| wanted(reason.outcome))
        .map(|reason| Notice {
            text: reason.text.clone(),
            signposts: signposts(&reason.signposts),
        })
        .collect()
}

/// What is shown beside whatever page comes next.
pub fn notices(assessment: &Assessment) -> Vec<Notice> {
    assessment
        .notices
        .iter()
        .map(|notice| Notice {
            text: notice.text.clone(),
            signposts: signposts(&notice.signposts),
        })
        .collect()
}

pub fn signposts(all: &[triage::Signpost]) -> Vec<Signpost> {
    all.iter().map(Into::into).collect()
}

/// The answers given so far with a link to change each, without the question `but`.
pub fn answered(visit: &Visit, but: Option<&str>) -> Vec<Answered> {
    let path = triage::path(&visit.pack, &visit.answers, visit.day());
    path.visited
        .iter()
        .filter(|question| Some(question.id.as_str()) != but)
        .filter_map(|question| {
            let answer = path.answers.get(&question.id)?;
            Some(Answered {
                question: question.text.clone(),
                answer: describe(question, answer),
                change: format!("/clinics/{}/questions/{}", visit.id(), question.id),
            })
        })
        .collect()
}

/// The free times of one or more days, by day and part of day.
pub fn days(slots: &[Slot], group: bool) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for slot in slots {
        let date = time::local_date(slot.start);
        let iso = time::iso_date(date);
        if days.last().is_none_or(|day| day.date != iso) {
            days.push(Day {
                date: iso,
                label: time::day_and_month(date),
                parts: Vec::new(),
            });
        }
        let hour = chrono::Timelike::hour(&time::local(slot.start));
        let part = app::pages::words::part_of_day(hour);
        let Some(day) = days.last_mut() else { continue };
        if day.parts.last().is_none_or(|last| last.label != part) {
            day.parts.push(DayPart {
                label: part,
                slots: Vec::new(),
            });
        }
        let Some(part) = day.parts.last_mut() else {
            continue;
        };
        part.slots.push(SlotOption {
            value: time::rfc3339(slot.start),
            label: time::clock(slot.start),
            modes: slot
                .modes
                .iter()
                .map(|mode| mode_word(*mode).to_owned())
                .collect(),
            places: group.then(|| u32::try_from(slot.places).unwrap_or(0)),
        });
    }
    days
}

/// An appointment as shown on pages.
pub fn held(row: &AppointmentRow, about: &About, now: DateTime<Utc>) -> Held {
    let instant = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    let (start, end) = (instant(row.starts_at), instant(row.ends_at));
    let ends = row.hold_expires_at.map(instant);
    Held {
        date: time::long_date(time::local_date(start)),
        time: time::clock_range(start, end),
        mode: row.mode.clone(),
        service: row.service_name.clone(),
        place: if row.mode == "in_person" {
            about.place.address.clone()
        } else {
            String::new()
        },
        seconds_left: ends.map_or(0, |end| {
            u32::try_from((end - now).num_seconds()).unwrap_or(0)
        }),
        ends_at: ends.map(time::clock).unwrap_or_default(),
    }
}

pub fn place(about: &About) -> Place {
    Place {
        address: about.place.address.clone(),
        directions: about.place.directions.clone(),
        step_free: about.place.step_free.clone(),
    }
}

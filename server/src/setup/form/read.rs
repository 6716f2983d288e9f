//! What was typed, as a change or as what is wrong with it.

use std::collections::BTreeSet;

use app::text::t;
use app::view::FieldError;
use chrono::NaiveDate;
use uuid::Uuid;

use super::fields::{AWAY_PERSON, AWAY_PLACE, FEATURES, MODES, WHOLE_CLINIC};
use crate::clinics::{About, Cannot, Place};
use crate::domain::reminder::Plan;
use crate::domain::time;
use crate::setup::change::Change;
use crate::setup::item::Item;
use crate::setup::known::{Known, time_of_day};
use crate::setup::values::Values;
use crate::store::{AbsenceRow, CalendarRow, ClinicRow, ResourceRow, ServiceRow, WindowRow};

/// Longest line, and longest text of several lines, in characters.
const LINE: usize = 200;
const TEXT: usize = 2_000;

/// The thing that a form is about.
pub(in crate::setup) struct Target<'a> {
    pub item: Item,
    /// As in the address; empty for a new thing.
    pub id: &'a str,
    /// The id that a new thing gets: the form carries it, so that sent twice it is one thing.
    pub new_id: Uuid,
    /// The revision that the form was made from; `None` for a new thing.
    pub base: Option<i64>,
}

/// Reads a form.
///
/// # Errors
/// What is wrong, by field.
pub(in crate::setup) fn read(
    target: &Target<'_>,
    known: &Known,
    values: &Values,
) -> Result<Change, Vec<FieldError>> {
    let mut typed = Typed {
        values,
        errors: Vec::new(),
    };
    let change = match target.item {
        Item::Session => session(&mut typed, target, known),
        Item::Day => day(&mut typed, target, known),
        Item::Term => dates(&mut typed, target, known, "term"),
        Item::Closure => dates(&mut typed, target, known, "closure"),
        Item::Holidays => holidays(&mut typed, target, known),
        Item::Away => away(&mut typed, target, known),
        Item::Person => person(&mut typed, target, known),
        Item::Room => room(&mut typed, target, known),
        Item::Service => service(&mut typed, target, known),
        Item::Rules => Change::Clinic(
            ClinicRow {
                supervisor_ratio: typed.number("ratio", 1, 50),
                ..known.clinic.clone()
            },
            target.base.unwrap_or_default(),
        ),
        Item::Words => words(&mut typed, target, known),
    };
    if typed.errors.is_empty() {
        Ok(change)
    } else {
        Err(typed.errors)
    }
}

/// Reads fields and keeps what is wrong. What is wrong reads as some harmless value: the change is then not used.
struct Typed<'a> {
    values: &'a Values,
    errors: Vec<FieldError>,
}

impl Typed<'_> {
    fn wrong(&mut self, field: &str, key: &str) {
        // The first thing wrong with a field is enough.
        if self.errors.iter().all(|one| one.field != field) {
            self.errors.push(FieldError {
                field: field.to_owned(),
                text: t(key),
            });
        }
    }

    /// A line that may be empty.
    fn line(&mut self, field: &str) -> String {
        let text = self.values.first(field);
        if text.chars().count() > LINE || text.contains('\n') {
            self.wrong(field, "avail-error-long");
        }
        text.to_owned()
    }

    /// A line that may not.
    fn some(&mut self, field: &str) -> String {
        let text = self.line(field);
        if text.is_empty() {
            self.wrong(field, "avail-error-empty");
        }
        text
    }

    /// Lines, without empty ones.
    fn lines(&mut self, field: &str) -> Vec<String> {
        let text = self.values.first(field);
        if text.chars().count() > TEXT {
            self.wrong(field, "avail-error-long");
        }
        let lines = text.lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty())
            .map(ToOwned::to_owned)
            .collect()
    }

    fn maybe_date(&mut self, field: &str) -> Option<NaiveDate> {
        let text = self.values.first(field);
        if text.is_empty() {
            return None;
        }
        let date = time::parse_date(text).ok();
        // A year of two or five figures is a slip of the finger.
        let near = date.filter(|date| date.format("%Y").to_string().starts_with("20"));
        if near.is_none() {
            self.wrong(field, "avail-error-date");
        }
        near
    }

    fn date(&mut self, field: &str) -> NaiveDate {
        let date = self.maybe_date(field);
        if date.is_none() {
            self.wrong(field, "avail-error-date");
        }
        date.unwrap_or_default()
    }

    /// Minutes after midnight, from "14:00".
    fn maybe_minute(&mut self, field: &str) -> Option<i64> {
        let text = self.values.first(field);
        if text.is_empty() {
            return None;
        }
        let minute = text.split_once(':').and_then(|(hour, minute)| {
            let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
            ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
        });
        if minute.is_none() {
            self.wrong(field, "avail-error-time");
        }
        minute
    }

    /// Start and end of a session on one day; an end at midnight is the end of the day.
    fn hours(&mut self) -> (i64, i64) {
        let start = self.maybe_minute("start");
        let end = self
            .maybe_minute("end")
            .map(|end| if end == 0 { 1440 } else { end });
        for (field, minute) in [("start", start), ("end", end)] {
            if minute.is_none() {
                self.wrong(field, "avail-error-time");
            }
        }
        let (start, end) = (start.unwrap_or(0), end.unwrap_or(1440));
        if start >= end {
            self.wrong("end", "avail-error-order");
        }
        (start, end)
    }

    fn number(&mut self, field: &str, least: i64, most: i64) -> i64 {
        let number = self.values.first(field).parse::<i64>().ok();
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let places = [("least", least.into()), ("most", most.into())];
            self.errors.push(FieldError {
                field: field.to_owned(),
                text: app::text::t_with("avail-error-number", &places),
            });
        }
        number.unwrap_or(least)
    }

    fn one_of(&mut self, field: &str, all: &[&str]) -> String {
        let word = self.values.first(field).to_owned();
        if !all.contains(&word.as_str()) {
            self.wrong(field, "avail-error-choose");
        }
        word
    }

    fn yes(&mut self, field: &str) -> bool {
        self.one_of(field, &["yes", "no"]) == "yes"
    }

    /// The ticked ones of these, in their order.
    fn ticked(&self, field: &str, all: &[&str]) -> Vec<String> {
        let ticked = |one: &&&str| self.values.all(field).any(|value| value == **one);
        all.iter()
            .filter(ticked)
            .map(|one| (*one).to_owned())
            .collect()
    }

    /// Who and what is there. The same person cannot advise and supervise in one session's list twice over.
    fn staff(&mut self, known: &Known) -> Vec<(Uuid, String)> {
        let mut staff = Vec::new();
        for (field, part, kind) in [
            ("advisers", "adviser", "person"),
            ("supervisors", "supervisor", "person"),
            ("rooms", "room", "room"),
        ] {
            for value in self.values.all(field) {
                let id = Uuid::parse_str(value).ok();
                let of_kind = |id: &Uuid| {
                    let mut all = known.members.iter();
                    all.any(|one| one.id == *id && one.kind == kind)
                };
                match id.filter(of_kind) {
                    Some(id) => staff.push((id, part.to_owned())),
                    None => self.errors.push(FieldError {
                        field: field.to_owned(),
                        text: t("avail-error-choose"),
                    }),
                }
            }
        }
        staff.sort();
        staff.dedup();
        staff
    }
}

fn thing(target: &Target<'_>) -> Uuid {
    Uuid::parse_str(target.id).unwrap_or(target.new_id)
}

fn session(typed: &mut Typed<'_>, target: &Target<'_>, known: &Known) -> Change {
    let (start, end) = typed.hours();
    let (from, until) = (typed.date("from"), typed.maybe_date("until"));
    if until.is_some_and(|until| until < from) {
        typed.wrong("until", "avail-error-order");
    }
    let row = WindowRow {
        id: thing(target),
        clinic_id: known.clinic.id.clone(),
        weekday: Some(typed.number("weekday", 1, 7)),
        from_date: from,
        until_date: until,
        start_minute: Some(start),
        end_minute: Some(end),
    };
    Change::Window(row, typed.staff(known), target.base)
}

fn day(typed: &mut Typed<'_>, target: &Target<'_>, known: &Known) -> Change {
    let date = typed.date("date");
    let hours = typed.yes("open").then(|| typed.hours());
    let row = WindowRow {
        id: thing(target),
        clinic_id: known.clinic.id.clone(),
        weekday: None,
        from_date: date,
        until_date: Some(date),
        start_minute: hours.map(|(start, _)| start),
        end_minute: hours.map(|(_, end)| end),
    };
    let staff = if hours.is_some() {
        typed.staff(known)
    } else {
        Vec::new()
    };
    Change::Window(row, staff, target.base)
}

fn dates(typed: &mut Typed<'_>, target: &Target<'_>, known: &Known, kind: &str) -> Change {
    let (from, until) = (typed.date("from"), typed.date("until"));
    if until < from {
        typed.wrong("until", "avail-error-order");
    }
    let row = CalendarRow {
        id: thing(target),
        clinic_id: Some(known.clinic.id.clone()),
        kind: kind.to_owned(),
        from_date: from,
        until_date: until,
        title: typed.some("title"),
    };
    Change::Dates(row, target.base)
}

/// A number of a date's own, whichever days are missing.
fn number(day: NaiveDate) -> u128 {
    use chrono::Datelike as _;
    u128::from(day.num_days_from_ce().unsigned_abs())
}

fn holidays(typed: &mut Typed<'_>, target: &Target<'_>, known: &Known) -> Change {
    let mut rows = Vec::new();
    for (date, title) in super::fields::missing_holidays(known) {
        if !typed.values.all("dates").any(|value| value == date) {
            continue;
        }
        let Ok(day) = time::parse_date(&date) else {
            continue;
        };
        rows.push(CalendarRow {
            // Sent twice, the same ids: nothing is there twice.
            id: Uuid::from_u128(target.new_id.as_u128().wrapping_add(number(day))),
            clinic_id: Some(known.clinic.id.clone()),
            kind: "bank_holiday".to_owned(),
            from_date: day,
            until_date: day,
            title,
        });
    }
    if rows.is_empty() {
        typed.wrong("dates", "avail-error-choose");
    }
    Change::Holidays(rows)
}

fn away(typed: &mut Typed<'_>, target: &Target<'_>, known: &Known) -> Change {
    let row = absence(typed, thing(target), known);
    Change::Away(row, target.base)
}

fn absence(typed: &mut Typed<'_>, id: Uuid, known: &Known) -> AbsenceRow {
    let who = typed.values.first("who").to_owned();
    let resource = Uuid::parse_str(&who).ok().filter(|id| known.has(*id));
    if resource.is_none() && who != WHOLE_CLINIC {
        typed.wrong("who", "avail-error-choose");
    }
    let is_person = known
        .members
        .iter()
        .any(|one| Some(one.id) == resource && one.kind == "person");
    let kinds: &[&str] = if is_person { &AWAY_PERSON } else { &AWAY_PLACE };
    let kind = typed.values.first("kind").to_owned();
    if !kinds.contains(&kind.as_str()) {
        let key = if is_person {
            "avail-error-kind-person"
        } else {
            "avail-error-kind-place"
        };
        typed.wrong("kind", key);
    }
    let title = typed.line("title");
    // What is written about a person is a kind and nothing more.
    if is_person && !title.is_empty() {
        typed.wrong("title", "avail-error-no-title");
    }
    let (from, until) = (typed.date("from"), typed.date("until"));
    let first = typed.maybe_minute("from_time");
    let last = typed.maybe_minute("until_time");
    let from_at = first.map_or_else(
        || time::start_of_day(from),
        |minute| time::resolve(from, time_of_day(minute)),
    );
    let until_at = last.map_or_else(
        || time::end_of_day(until),
        |minute| time::resolve(until, time_of_day(minute)),
    );
    if until_at <= from_at {
        typed.wrong("until", "avail-error-order");
    }
    AbsenceRow {
        id,
        clinic_id: known.clinic.id.clone(),
        resource_id: resource,
        from_at: from_at.timestamp(),
        until_at: until_at.timestamp(),
        kind,
        title,
        revision: 1,
    }
}

/// The absence that a form describes, for those who plan before they save.
pub(in crate::setup) fn read_absence(
    known: &Known,
    id: Uuid,
    values: &Values,
) -> Result<AbsenceRow, Vec<FieldError>> {
    let mut typed = Typed {
        values,
        errors: Vec::new(),
    };
    let row = absence(&mut typed, id, known);
    if typed.errors.is_empty() {
        Ok(row)
    } else {
        Err(typed.errors)
    }
}

/// Somebody or something of another clinic, if one was chosen.
fn existing(typed: &mut Typed<'_>, known: &Known, kind: &str) -> Option<Uuid> {
    let value = typed.values.first("existing").to_owned();
    if value.is_empty() {
        return None;
    }
    let id = Uuid::parse_str(&value).ok();
    let found = id.filter(|id| {
        let mut all = known.everybody.iter();
        all.any(|one| one.id == *id && one.kind == kind && one.active)
            && !known.foreign.contains(id)
    });
    if found.is_none() {
        typed.wrong("existing", "avail-error-choose");
    }
    found
}

fn person(typed: &mut Typed<'_>, target: &Target<'_>, known: &Known) -> Change {
    let all: Vec<&str> = known.services.iter().map(|one| one.id.as_str()).collect();
    let services = typed.ticked("services", &all);
    if target.base.is_none()
        && let Some(id) = existing(typed, known, "person")
    {
        // Who is on the list has skills of their own, that somebody may have changed meanwhile.
        let own = known.skills.iter().filter(|(own, _)| *own == id);
        let own: BTreeSet<&str> = own.map(|(_, service)| service.as_str()).collect();
        if known.has(id) && own != services.iter().map(String::as_str).collect() {
            typed.wrong("existing", "avail-error-on-list");
        }
        return Change::Adopt(id, services);
    }
    let row = ResourceRow {
        id: thing(target),
        kind: "person".to_owned(),
        name: typed.some("name"),
        features: String::new(),
        active: target.base.is_none() || typed.yes("active"),
    };
    keep_shared(typed, &row, known);
    Change::Member(row, services, target.base)
}

fn room(typed: &mut Typed<'_>, target: &Target<'_>, known: &Known) -> Change {
    if target.base.is_none()
        && let Some(id) = existing(typed, known, "room")
    {
        return Change::Adopt(id, Vec::new());
    }
    let row = ResourceRow {
        id: thing(target),
        kind: "room".to_owned(),
        name: typed.some("name"),
        features: typed.ticked("features", &FEATURES).join(","),
        active: target.base.is_none() || typed.yes("active"),
    };
    keep_shared(typed, &row, known);
    Change::Member(row, Vec::new(), target.base)
}

/// Whoever and whatever belongs to a clinic that is none of theirs too keeps its name and what it has: that is for somebody
/// to change who has to do with all of them.
fn keep_shared(typed: &mut Typed<'_>, row: &ResourceRow, known: &Known) {
    let mut members = known.members.iter();
    let Some(stands) = members.find(|one| one.id == row.id && known.foreign.contains(&one.id))
    else {
        return;
    };
    for (field, same) in [
        ("name", stands.name == row.name),
        ("features", stands.features == row.features),
        ("active", stands.active == row.active),
    ] {
        if !same {
            typed.wrong(field, "avail-error-shared");
        }
    }
}

fn service(typed: &mut Typed<'_>, target: &Target<'_>, known: &Known) -> Change {
    let name = typed.some("name");
    let own = known.services.iter().find(|one| one.id == target.id);
    let id = own.map_or_else(
        || {
            let short = target.new_id.simple().to_string();
            let short = short.get(26..).unwrap_or_default().to_owned();
            format!(
                "{}-{}-{short}",
                known.clinic.id,
                super::super::clinic::slug(&name)
            )
        },
        |one| one.id.clone(),
    );
    let position = own.map_or_else(
        || {
            known
                .services
                .iter()
                .map(|one| one.position + 1)
                .max()
                .unwrap_or(0)
        },
        |one| one.position,
    );
    let modes = typed.ticked("modes", &MODES);
    if modes.is_empty() {
        typed.wrong("modes", "avail-error-choose");
    }
    let cap = typed.values.first("daily_cap").is_empty();
    let row = ServiceRow {
        id,
        clinic_id: known.clinic.id.clone(),
        name,
        neutral_label: typed.some("label"),
        price: typed.some("price"),
        position,
        enabled: typed.yes("enabled"),
        booking: typed.one_of("booking", &["instant", "held", "review"]),
        offered_to: typed.one_of("offered_to", &["anyone", "new", "returning"]),
        modes: modes.join(","),
        minutes: typed.number("minutes", 5, 480),
        buffer_before: typed.number("buffer_before", 0, 240),
        buffer_after: typed.number("buffer_after", 0, 240),
        start_every: typed.number("start_every", 5, 480),
        notice_minutes: notice(typed),
        horizon_days: typed.number("horizon_days", 1, 400),
        capacity: typed.number("capacity", 1, 500),
        advisers_needed: typed.number("advisers_needed", 1, 10),
        daily_cap: (!cap).then(|| typed.number("daily_cap", 1, 1_000)),
        turnaround_days: typed.number("turnaround_days", 0, 365),
        reminder_days: reminders(typed),
    };
    Change::Service(row, target.base)
}

/// When a service reminds, as it is stored; empty for never.
fn reminders(typed: &mut Typed<'_>) -> String {
    let plan = Plan::parse(typed.values.first("reminder_days"));
    if plan.is_err() {
        typed.wrong("reminder_days", "post-error-reminders");
    }
    plan.map(|plan| plan.to_string()).unwrap_or_default()
}

/// Notice in minutes, from hours with or without quarters.
fn notice(typed: &mut Typed<'_>) -> i64 {
    let text = typed.values.first("notice_hours");
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let quarters = match part.trim_end_matches('0') {
        "" => Some(0),
        "25" => Some(15),
        "5" => Some(30),
        "75" => Some(45),
        _ => None,
    };
    let minutes = whole.parse::<i64>().ok().zip(quarters);
    let minutes = minutes.map(|(hours, rest)| hours * 60 + rest);
    let minutes = minutes.filter(|minutes| (0..=90 * 1440).contains(minutes));
    if minutes.is_none() {
        typed.wrong("notice_hours", "avail-error-hours");
    }
    minutes.unwrap_or_default()
}

fn words(typed: &mut Typed<'_>, target: &Target<'_>, known: &Known) -> Change {
    let mut cannot = Vec::new();
    for line in typed.lines("cannot") {
        match line.split_once(':') {
            Some((what, who)) if !what.trim().is_empty() && !who.trim().is_empty() => {
                cannot.push(Cannot {
                    what: what.trim().to_owned(),
                    who_can: who.trim().to_owned(),
                });
            }
            _ => typed.wrong("cannot", "avail-error-cannot"),
        }
    }
    let about = About {
        summary: typed.some("summary"),
        examples: typed.lines("examples"),
        what: typed.lines("what"),
        who_for: typed.some("who_for"),
        price: typed.some("price"),
        who_delivers: typed.some("who_delivers"),
        cannot,
        place: Place {
            address: typed.some("address"),
            directions: typed.some("directions"),
            step_free: typed.some("step_free"),
        },
        bring: typed.lines("bring"),
        open_days: typed.some("open_days"),
        serves_organisations: typed.yes("organisations"),
        reply_days: typed.number("reply_days", 1, 60),
        urgent_reply_days: typed.number("urgent_reply_days", 1, 60),
    };
    for (field, list) in [("examples", &about.examples), ("what", &about.what)] {
        if list.is_empty() {
            typed.wrong(field, "avail-error-empty");
        }
    }
    let row = ClinicRow {
        name: typed.some("name"),
        about: about.to_json(),
        ..known.clinic.clone()
    };
    Change::Clinic(row, target.base.unwrap_or_default())
}

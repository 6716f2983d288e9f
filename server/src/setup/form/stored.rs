//! What stands in a form before anybody has typed: the thing as it is stored, or a likely start for a new one.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::clinics::About;
use crate::domain::reminder::Plan;
use crate::domain::time;
use crate::setup::item::Item;
use crate::setup::known::{Known, instant};
use crate::setup::values::Values;
use crate::store::{AbsenceRow, DatesRow, MemberRow, ServiceRow, SessionRow};

/// The thing as it is stored; `None` if there is no such thing.
pub(in crate::setup) fn stored(item: Item, known: &Known, id: &str) -> Option<Values> {
    let uuid = Uuid::parse_str(id).ok();
    match item {
        Item::Session | Item::Day => {
            let mut all = known.sessions.iter();
            all.find(|one| Some(one.id) == uuid)
                .map(|one| session(known, one))
        }
        Item::Term | Item::Closure => {
            let mut all = known.dates.iter();
            all.find(|one| Some(one.id) == uuid).map(dates)
        }
        Item::Holidays => None,
        Item::Away => {
            let mut all = known.absences.iter();
            all.find(|one| Some(one.id) == uuid).and_then(away)
        }
        Item::Person | Item::Room => {
            let mut all = known.members.iter();
            all.find(|one| Some(one.id) == uuid)
                .map(|one| member(known, one))
        }
        Item::Service => {
            let mut all = known.services.iter();
            all.find(|one| one.id == id).map(service)
        }
        Item::Rules => {
            let ratio = known.clinic.supervisor_ratio.to_string();
            Some(Values::default().with("ratio", ratio))
        }
        Item::Words => Some(words(known)),
    }
}

/// A likely start for a new thing.
pub(in crate::setup) fn fresh(item: Item, known: &Known, today: NaiveDate) -> Values {
    let today = time::iso_date(today);
    let new = Values::default();
    match item {
        Item::Session => new
            .with("weekday", "1")
            .with("start", "10:00")
            .with("end", "16:00")
            .with("from", today),
        Item::Day => new.with("open", "yes"),
        Item::Holidays => {
            let all = super::fields::missing_holidays(known);
            new.with_all("dates", all.into_iter().map(|(date, _)| date))
        }
        Item::Away => new.with("from", today.clone()).with("until", today),
        Item::Service => new
            .with("label", "Appointment")
            .with("price", "Free")
            .with("enabled", "yes")
            .with("booking", "instant")
            .with("offered_to", "anyone")
            .with("modes", "in_person")
            .with("minutes", "45")
            .with("buffer_before", "0")
            .with("buffer_after", "15")
            .with("start_every", "60")
            .with("notice_hours", "24")
            .with("horizon_days", "56")
            .with("capacity", "1")
            .with("advisers_needed", "1")
            .with("turnaround_days", "0")
            .with("reminder_days", Plan::default().to_string()),
        _ => new,
    }
}

fn clock(minutes: i64) -> String {
    let minutes = minutes.rem_euclid(1440);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn session(known: &Known, one: &SessionRow) -> Values {
    let ids = |part: &str| {
        known
            .posted(one.id, part)
            .into_iter()
            .map(|id| id.to_string())
    };
    let values = match one.weekday {
        Some(weekday) => Values::default()
            .with("weekday", weekday.to_string())
            .with("from", time::iso_date(one.from_date))
            .with(
                "until",
                one.until_date.map(time::iso_date).unwrap_or_default(),
            ),
        None => Values::default()
            .with("date", time::iso_date(one.from_date))
            .with("open", yes_no(one.start_minute.is_some())),
    };
    values
        .with("start", one.start_minute.map(clock).unwrap_or_default())
        .with("end", one.end_minute.map(clock).unwrap_or_default())
        .with_all("advisers", ids("adviser"))
        .with_all("supervisors", ids("supervisor"))
        .with_all("rooms", ids("room"))
}

fn dates(one: &DatesRow) -> Values {
    Values::default()
        .with("title", one.title.clone())
        .with("from", time::iso_date(one.from_date))
        .with("until", time::iso_date(one.until_date))
}

/// An absence that ends at midnight ends, as people say it, on the day before, without a time.
fn away(one: &AbsenceRow) -> Option<Values> {
    let (from, until) = (instant(one.from_at).ok()?, instant(one.until_at).ok()?);
    let (first, end) = (time::local_date(from), time::local_date(until));
    let whole = |minute: i64| {
        if minute == 0 {
            String::new()
        } else {
            clock(minute)
        }
    };
    let end_minute = time::minute_of_day(until);
    let last = if end_minute == 0 {
        time::add_days(end, -1)
    } else {
        end
    };
    let who = one.resource_id.map_or_else(
        || super::fields::WHOLE_CLINIC.to_owned(),
        |id| id.to_string(),
    );
    let values = Values::default()
        .with("who", who)
        .with("from", time::iso_date(first))
        .with("from_time", whole(time::minute_of_day(from)))
        .with("until", time::iso_date(last))
        .with("until_time", whole(end_minute))
        .with("kind", one.kind.clone())
        .with("title", one.title.clone());
    Some(values)
}

fn member(known: &Known, one: &MemberRow) -> Values {
    let own = known.skills.iter().filter(|(id, _)| *id == one.id);
    let features = one.features.split(',').filter(|word| !word.is_empty());
    Values::default()
        .with("name", one.name.clone())
        .with("active", yes_no(one.active))
        .with_all("services", own.map(|(_, service)| service.clone()))
        .with_all("features", features)
}

fn service(one: &ServiceRow) -> Values {
    Values::default()
        .with("name", one.name.clone())
        .with("label", one.neutral_label.clone())
        .with("price", one.price.clone())
        .with("enabled", yes_no(one.enabled))
        .with("booking", one.booking.clone())
        .with("offered_to", one.offered_to.clone())
        .with_all("modes", one.modes.split(','))
        .with("minutes", one.minutes.to_string())
        .with("buffer_before", one.buffer_before.to_string())
        .with("buffer_after", one.buffer_after.to_string())
        .with("start_every", one.start_every.to_string())
        .with("notice_hours", hours(one.notice_minutes))
        .with("horizon_days", one.horizon_days.to_string())
        .with("capacity", one.capacity.to_string())
        .with("advisers_needed", one.advisers_needed.to_string())
        .with(
            "daily_cap",
            one.daily_cap.map(|cap| cap.to_string()).unwrap_or_default(),
        )
        .with("turnaround_days", one.turnaround_days.to_string())
        .with("reminder_days", one.reminder_days.clone())
}

/// Minutes as hours; halves and quarters with a point.
fn hours(minutes: i64) -> String {
    let (whole, rest) = (minutes / 60, minutes % 60);
    if rest == 0 {
        return whole.to_string();
    }
    let hundredths = rest * 100 / 60;
    format!("{whole}.{hundredths:02}")
}

fn words(known: &Known) -> Values {
    let values = Values::default().with("name", known.clinic.name.clone());
    let Ok(about) = serde_json::from_str::<About>(&known.clinic.about) else {
        return values
            .with("price", "Free")
            .with("organisations", "no")
            .with("reply_days", "3")
            .with("urgent_reply_days", "1");
    };
    let cannot = about.cannot.iter();
    let cannot = cannot.map(|one| format!("{}: {}", one.what, one.who_can));
    values
        .with("summary", about.summary)
        .with("examples", about.examples.join("\n"))
        .with("what", about.what.join("\n"))
        .with("who_for", about.who_for)
        .with("price", about.price)
        .with("who_delivers", about.who_delivers)
        .with("cannot", cannot.collect::<Vec<_>>().join("\n"))
        .with("address", about.place.address)
        .with("directions", about.place.directions)
        .with("step_free", about.place.step_free)
        .with("bring", about.bring.join("\n"))
        .with("open_days", about.open_days)
        .with("organisations", yes_no(about.serves_organisations))
        .with("reply_days", about.reply_days.to_string())
        .with("urgent_reply_days", about.urgent_reply_days.to_string())
}

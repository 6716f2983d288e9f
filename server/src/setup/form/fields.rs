//! The fields of each kind of thing, with the choices that the clinic has.

use app::text::t;

use super::{Kind, Spec};
use crate::domain::time;
use crate::sample::setup::Setup;
use crate::setup::item::Item;
use crate::setup::known::{Known, weekday};
use crate::store::MemberRow;

/// Ways to meet, in the order to show them.
pub(in crate::setup) const MODES: [&str; 3] = ["in_person", "phone", "video"];
/// What a room may offer.
pub(in crate::setup) const FEATURES: [&str; 4] = ["step_free", "quiet", "hearing", "video"];
/// Why a person is away: never anything about health.
pub(in crate::setup) const AWAY_PERSON: [&str; 5] =
    ["leave", "study", "training", "other_work", "away"];
/// Why a room or a clinic is not to be had.
pub(in crate::setup) const AWAY_PLACE: [&str; 4] = ["repairs", "in_use", "event", "closed"];
/// The whole clinic, in the field that says who is away.
pub(in crate::setup) const WHOLE_CLINIC: &str = "clinic";

fn line(name: &'static str) -> Spec {
    of(name, Kind::Line("text"))
}

fn number(name: &'static str) -> Spec {
    of(name, Kind::Line("number"))
}

fn date(name: &'static str) -> Spec {
    of(name, Kind::Line("date"))
}

fn clock(name: &'static str) -> Spec {
    of(name, Kind::Line("time"))
}

fn lines(name: &'static str) -> Spec {
    of(name, Kind::Lines)
}

fn of(name: &'static str, kind: Kind) -> Spec {
    Spec { name, kind }
}

/// Stored words as choices, named by the catalogue.
fn words(family: &str, all: &[&str]) -> Vec<(String, String)> {
    all.iter()
        .map(|word| {
            let key = format!("avail-{family}-{}", word.replace('_', "-"));
            ((*word).to_owned(), t(&key))
        })
        .collect()
}

fn yes_no() -> Vec<(String, String)> {
    vec![
        ("yes".to_owned(), t("staff-yes")),
        ("no".to_owned(), t("staff-no")),
    ]
}

fn members<'a>(all: impl Iterator<Item = &'a MemberRow>) -> Vec<(String, String)> {
    all.map(|one| (one.id.to_string(), one.name.clone()))
        .collect()
}

/// Those of the clinic who work here, of one kind.
fn own(known: &Known, kind: &str) -> Vec<(String, String)> {
    members(
        known
            .members
            .iter()
            .filter(|one| one.kind == kind && one.active),
    )
}

/// Those of other clinics.
fn others(known: &Known, kind: &str, nobody: String) -> Vec<(String, String)> {
    let free = |one: &&MemberRow| {
        one.kind == kind && one.active && !known.has(one.id) && !known.foreign.contains(&one.id)
    };
    let mut all = vec![(String::new(), nobody)];
    all.extend(members(known.everybody.iter().filter(free)));
    all
}

fn who_is_there(known: &Known) -> [Spec; 3] {
    [
        of("advisers", Kind::Ticks(own(known, "person"))),
        of("supervisors", Kind::Ticks(own(known, "person"))),
        of("rooms", Kind::Ticks(own(known, "room"))),
    ]
}

/// The fields.
pub(in crate::setup) fn specs(item: Item, known: &Known, new: bool) -> Vec<Spec> {
    match item {
        Item::Session => session(known),
        Item::Day => day(known),
        Item::Term | Item::Closure => vec![line("title"), date("from"), date("until")],
        Item::Holidays => {
            let all = missing_holidays(known).into_iter();
            let all = all.map(|(date, title)| {
                let day = time::parse_date(&date).map(time::long_date);
                let label = format!("{}: {title}", day.unwrap_or_default());
                (date, label)
            });
            vec![of("dates", Kind::Ticks(all.collect()))]
        }
        Item::Away => away(known),
        Item::Person => {
            let services = known.services.iter();
            let services = services.map(|one| (one.id.clone(), one.name.clone()));
            let mut all = member(known, "person", new);
            all.push(of("services", Kind::Ticks(services.collect())));
            all.extend(still_here(new));
            all
        }
        Item::Room => {
            let mut all = member(known, "room", new);
            all.push(of("features", Kind::Ticks(words("feature", &FEATURES))));
            all.extend(still_here(new));
            all
        }
        Item::Service => service(),
        Item::Rules => vec![number("ratio")],
        Item::Words => about(),
    }
}

/// Bank holidays that came with the program and that the clinic does not keep yet: date and title.
pub(in crate::setup) fn missing_holidays(known: &Known) -> Vec<(String, String)> {
    let shipped = Setup::shipped().map(|setup| setup.bank_holidays);
    let missing = |date| {
        let kept = |one: &crate::store::DatesRow| {
            one.kind != "term" && one.from_date <= date && date <= one.until_date
        };
        date >= known.today && !known.dates.iter().any(kept)
    };
    shipped
        .unwrap_or_default()
        .into_iter()
        .filter(|day| missing(day.date))
        .map(|day| (time::iso_date(day.date), day.title))
        .collect()
}

fn session(known: &Known) -> Vec<Spec> {
    let days = (1..=7).map(|number| (number.to_string(), weekday(number)));
    let mut all = vec![
        of("weekday", Kind::Select(days.collect())),
        clock("start"),
        clock("end"),
        date("from"),
        date("until"),
    ];
    all.extend(who_is_there(known));
    all
}

fn day(known: &Known) -> Vec<Spec> {
    let mut all = vec![
        date("date"),
        of("open", Kind::Radio(yes_no())),
        clock("start"),
        clock("end"),
    ];
    all.extend(who_is_there(known));
    all
}

fn away(known: &Known) -> Vec<Spec> {
    let mut who = vec![(String::new(), t("avail-who-choose"))];
    who.extend(own(known, "person"));
    who.extend(own(known, "room"));
    who.push((WHOLE_CLINIC.to_owned(), t("avail-who-clinic")));
    let kinds = [AWAY_PERSON.as_slice(), AWAY_PLACE.as_slice()].concat();
    vec![
        of("who", Kind::Select(who)),
        date("from"),
        clock("from_time"),
        date("until"),
        clock("until_time"),
        of("kind", Kind::Select(words("kind", &kinds))),
        line("title"),
    ]
}

fn member(known: &Known, kind: &'static str, new: bool) -> Vec<Spec> {
    let mut all = Vec::new();
    let free = others(known, kind, t(&format!("avail-{kind}-nobody")));
    if new && free.len() > 1 {
        all.push(of("existing", Kind::Select(free)));
    }
    all.push(line("name"));
    all
}

fn still_here(new: bool) -> Option<Spec> {
    (!new).then(|| of("active", Kind::Radio(yes_no())))
}

fn service() -> Vec<Spec> {
    vec![
        line("name"),
        line("label"),
        line("price"),
        of("enabled", Kind::Radio(yes_no())),
        of(
            "booking",
            Kind::Radio(words("booking", &["instant", "held", "review"])),
        ),
        of(
            "offered_to",
            Kind::Radio(words("offered", &["anyone", "new", "returning"])),
        ),
        of("modes", Kind::Ticks(words("mode", &MODES))),
        number("minutes"),
        number("buffer_before"),
        number("buffer_after"),
        number("start_every"),
        number("notice_hours"),
        number("horizon_days"),
        number("capacity"),
        number("advisers_needed"),
        number("daily_cap"),
        number("turnaround_days"),
        line("reminder_days"),
    ]
}

fn about() -> Vec<Spec> {
    vec![
        line("name"),
        line("summary"),
        lines("examples"),
        lines("what"),
        line("who_for"),
        line("price"),
        line("who_delivers"),
        lines("cannot"),
        line("address"),
        line("directions"),
        line("step_free"),
        lines("bring"),
        line("open_days"),
        of("organisations", Kind::Radio(yes_no())),
        number("reply_days"),
        number("urgent_reply_days"),
    ]
}

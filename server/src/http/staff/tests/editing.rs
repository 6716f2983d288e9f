//! "Somebody else's change is never lost silently": each form of the desk that changes what is there already, opened by one
//! person, overtaken by another, and then sent.
//!
//! A new route that takes a form fails the first test until it has a line here.

use std::collections::BTreeSet;

use super::requests::law_case;
use super::table::TABLE;
use super::*;
use crate::packs::ship;
use crate::testing::{Browser as Site, Seen};

/// What a form does to what is there.
enum Does {
    /// Changes it: a stale one answers 409 with what was typed, or cannot lose what somebody else did. See [`CASES`].
    Changes,
    /// Loses nothing of anybody's, and why.
    Not(&'static str),
}
use Does::{Changes, Not};

const FORMS: &[(&str, Does)] = &[
    ("/staff/find", Not("looks for somebody")),
    ("/staff/appointments/{reference}/move", Changes),
    ("/staff/appointments/{reference}/mark/{mark}", Changes),
    ("/staff/appointments/{reference}/crew", Changes),
    ("/staff/appointments/{reference}/outcome", Changes),
    (
        "/staff/appointments/{reference}/again",
        Not("makes a new one"),
    ),
    ("/staff/appointments/{reference}/contact", Changes),
    ("/staff/requests/{reference}/contact", Changes),
    ("/staff/waiting/{reference}/contact", Changes),
    ("/staff/walk-in", Not("makes a new one")),
    ("/staff/appointments/{reference}/confirm", Changes),
    ("/staff/appointments/{reference}/turn-down", Changes),
    ("/staff/appointments/{reference}/cancel", Changes),
    (
        "/staff/calls/{id}/done",
        Not("ticks off, and a second time nothing"),
    ),
    (
        "/staff/calls/{id}/tried",
        Not("counts a try, and two in a minute as one"),
    ),
    ("/staff/phone", Not("begins what one types oneself")),
    ("/staff/phone/end", Not("ends what one types oneself")),
    ("/staff/conflicts/{reference}", Changes),
    ("/staff/requests/{reference}/times", Not("shows free times")),
    ("/staff/requests/{reference}/prepare", Changes),
    ("/staff/requests/{reference}/decide", Changes),
    ("/staff/requests/{reference}/answer", Changes),
    ("/staff/requests/{reference}/time", Changes),
    ("/staff/requests/{reference}/other-times", Changes),
    ("/staff/requests/{reference}/withdraw", Changes),
    ("/staff/requests/{reference}/turn-down", Changes),
    ("/staff/requests/{reference}/assign", Changes),
    (
        "/staff/waiting/{reference}/offer",
        Not("makes a new one, and one at a time"),
    ),
    (
        "/staff/waiting/{reference}/accept",
        Not("names the offer that it answers"),
    ),
    (
        "/staff/waiting/{reference}/decline",
        Not("names the offer that it answers"),
    ),
    (
        "/staff/waiting/{reference}/leave",
        Not("ends, and a second time nothing"),
    ),
    ("/staff/questions/{set}/versions/{number}/take", Changes),
    ("/staff/questions/{set}/edit/{id}", Changes),
    ("/staff/questions/{set}/settings", Changes),
    ("/staff/questions/{set}/file", Changes),
    ("/staff/questions/{set}/publish", Changes),
    ("/staff/questions/{set}/discard", Changes),
    ("/staff/audit/export", Not("reads")),
    ("/staff/people", Not("makes a new one")),
    ("/staff/people/{id}/give", Changes),
    ("/staff/people/{id}/take", Changes),
    ("/staff/people/{id}/place", Changes),
    ("/staff/people/{id}/reset", Changes),
    ("/staff/people/{id}/invite", Not("sends one more link")),
    (
        "/staff/people/{id}/end",
        Not("sets one thing that has two values"),
    ),
    (
        "/staff/people/{id}/begin",
        Not("sets one thing that has two values"),
    ),
    ("/staff/account/password", Not("one's own")),
    ("/staff/account/codes", Not("one's own")),
    ("/staff/account/day", Not("one's own")),
    ("/staff/account/day/end", Not("one's own")),
    ("/staff/account/feed", Not("one's own")),
    ("/staff/account/feed/end", Not("one's own")),
    ("/staff/account/second-factor/end", Not("one's own")),
    ("/staff/account/sign-out-everywhere", Not("one's own")),
    ("/staff/second-factor/begin", Not("one's own")),
    ("/staff/second-factor", Not("one's own")),
    ("/staff/prove", Not("one's own")),
    (
        "/staff/messages/{id}/again",
        Not("queues a stopped message, and a second time nothing"),
    ),
    ("/staff/messages/words/{clinic}/{kind}", Changes),
    ("/staff/reports/set-up", Changes),
    (
        "/staff/availability/drop-out",
        Not("adds an absence; the appointments are those of resolve"),
    ),
    ("/staff/availability/{clinic}/resolve", Changes),
    ("/staff/availability/{clinic}/{item}/{id}", Changes),
    ("/staff/settings/new", Not("makes a new one")),
    ("/staff/settings/retention/{clinic}", Changes),
    ("/staff/settings/{clinic}/switch", Changes),
    (
        "/staff/settings/{clinic}/questions",
        Not("adds what is missing"),
    ),
];

#[test]
fn every_form_of_the_desk_says_what_it_does_to_what_is_there() {
    let table: BTreeSet<&str> = TABLE
        .iter()
        .filter(|row| row.0 == "POST")
        .map(|row| row.1)
        .collect();
    let told: BTreeSet<&str> = FORMS.iter().map(|(route, _)| *route).collect();
    let differ: Vec<_> = table.symmetric_difference(&told).collect();
    assert!(differ.is_empty(), "{differ:?}");
    for (route, does) in FORMS {
        let cases = CASES.iter().filter(|(of, _)| of == route).count();
        match does {
            Changes => assert!(cases > 0, "{route} has no case"),
            Not(why) => assert!(cases == 0 && !why.is_empty(), "{route}"),
        }
    }
}

type Pairs = Vec<(String, String)>;

fn plain(text: &str) -> String {
    let text = text.replace("&quot;", "\"").replace("&#x27;", "'");
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let one = regex::Regex::new(&format!("(?:^|\\s){name}=\"([^\"]*)\"")).unwrap();
    one.captures(tag).map(|found| plain(&found[1]))
}

fn has(tag: &str, name: &str) -> bool {
    regex::Regex::new(&format!("(?:^|\\s){name}(?:[\\s=/]|$)"))
        .unwrap()
        .is_match(tag)
}

/// The part of a page between the tags of the form that posts to `path` and has `with` in it.
fn form_of<'a>(page: &'a str, path: &str, with: &str) -> &'a str {
    page.split("<form ")
        .skip(1)
        .map(|rest| rest.split("</form>").next().unwrap())
        .find(|form| {
            let action = attribute(form.split('>').next().unwrap(), "action");
            action.as_deref() == Some(path) && form.contains(with)
        })
        .unwrap_or_else(|| panic!("no form to {path} with {with:?} in {page}"))
}

/// What a browser sends of that form, before anybody types.
pub(super) fn filled(page: &str, path: &str, with: &str) -> Pairs {
    let form = form_of(page, path, with);
    let field = regex::Regex::new(
        r"(?s)<(?:input ([^>]*?)/?>|textarea ([^>]*)>(.*?)</textarea>|select ([^>]*)>(.*?)</select>)",
    )
    .unwrap();
    let option = regex::Regex::new(r"<option ([^>]*)>").unwrap();
    let mut all = Pairs::new();
    for found in field.captures_iter(form) {
        if let Some(tag) = found.get(1).map(|one| one.as_str()) {
            let kind = attribute(tag, "type").unwrap_or_default();
            let choice = kind == "radio" || kind == "checkbox";
            let Some(name) = attribute(tag, "name") else {
                continue;
            };
            if !choice || has(tag, "checked") {
                all.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        } else if let Some(tag) = found.get(2) {
            let name = attribute(tag.as_str(), "name").unwrap();
            let text = plain(found.get(3).map_or("", |one| one.as_str()));
            all.push((name, text));
        } else {
            let name = attribute(&found[4], "name").unwrap();
            let options: Vec<&str> = option
                .captures_iter(&found[5])
                .map(|one| one.get(1).unwrap().as_str())
                .collect();
            let chosen = options.iter().find(|one| has(one, "selected"));
            if let Some(tag) = chosen.or(options.first()) {
                all.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        }
    }
    all
}

/// The values of a drop-down that are not chosen.
fn others(page: &str, path: &str, name: &str) -> Vec<String> {
    let form = form_of(page, path, name);
    let list = form
        .split("<select ")
        .find(|rest| attribute(rest.split('>').next().unwrap(), "name").as_deref() == Some(name))
        .unwrap();
    let option = regex::Regex::new(r"<option ([^>]*)>").unwrap();
    option
        .captures_iter(list.split("</select>").next().unwrap())
        .filter(|one| !has(&one[1], "selected"))
        .filter_map(|one| attribute(&one[1], "value"))
        .filter(|value| !value.is_empty())
        .collect()
}

pub(super) fn with(mut pairs: Pairs, changes: &[(&str, &str)]) -> Pairs {
    for (name, value) in changes {
        pairs.retain(|(own, _)| own != name);
        pairs.push(((*name).to_owned(), (*value).to_owned()));
    }
    pairs
}

async fn send(site: &mut Site, path: &str, pairs: &Pairs) -> Seen {
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    site.post(path, &pairs).await
}

/// Two people at one desk: the first opens forms, the second is quicker.
struct Two<'a> {
    desk: &'a Desk,
    first: Site,
    second: Site,
}

impl Two<'_> {
    /// The second sends the same form, with these changes, and what it shows first is saved.
    async fn second_sends(&mut self, page: &str, path: &str, marker: &str, new: &[(&str, &str)]) {
        let seen = self.second.get(page).await;
        assert_eq!(seen.status, 200, "{page}: {}", seen.body);
        let form = with(filled(&seen.body, path, marker), new);
        let mut answer = send(&mut self.second, path, &form).await;
        if answer.status == 200 {
            let form = with(filled(&answer.body, path, ""), &[("do", "save")]);
            answer = send(&mut self.second, path, &form).await;
        }
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
    }

    async fn first_opens(&mut self, page: &str, path: &str, marker: &str) -> Pairs {
        let seen = self.first.get(page).await;
        assert_eq!(seen.status, 200, "{page}: {}", seen.body);
        filled(&seen.body, path, marker)
    }

    /// The first sends what they opened, with these changes: 409, and what was typed.
    async fn is_told(&mut self, path: &str, form: Pairs, new: &[(&str, &str)], typed: &[&str]) {
        let answer = send(&mut self.first, path, &with(form, new)).await;
        assert_eq!(answer.status, 409, "{path}: {}", answer.body);
        for typed in typed {
            assert!(
                answer.body.contains(typed),
                "{path}: {typed:?} in {}",
                answer.body
            );
        }
    }

    /// Both with the same form of the same page.
    async fn both(
        &mut self,
        (page, path, marker): (&str, &str, &str),
        theirs: &[(&str, &str)],
        mine: &[(&str, &str)],
        typed: &[&str],
    ) {
        let form = self.first_opens(page, path, marker).await;
        self.second_sends(page, path, marker, theirs).await;
        self.is_told(path, form, mine, typed).await;
    }

    /// The second moves the appointment to this hour of Wednesday, so that its day is another.
    async fn second_moves(&mut self, own: &str, hour: u32) {
        let path = format!("{own}/move");
        let start = format!("2026-11-25T{hour}:00:00Z");
        self.second_sends(&path, &path, "name=\"start\"", &[("start", &start)])
            .await;
    }
}

fn page_of(booked: &Booked) -> String {
    format!("/staff/appointments/{}", booked.reference)
}

async fn booked(two: &Two<'_>, service: &str, hour: u32) -> String {
    page_of(&two.desk.book(service, "Zelda Example", monday(hour)).await)
}

/// Which case of a route.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Moving,
    Late,
    Crew,
    WhatCame,
    Confirming,
    TurningDown,
    Cancelling,
    Conflict,
    Ruling(&'static str),
    OnPhone(&'static str),
    TurningDownRequest,
    Assigning(&'static str),
    Question,
    Questions(&'static str),
    Publishing,
    Discarding(&'static str),
    Giving,
    Taking,
    Placing,
    Resetting,
    Contact(&'static str),
    ReportSetUp,
    Wording,
    Resolving,
    Item(&'static str),
    Switching,
    Retention,
}

const CASES: &[(&str, Case)] = &[
    ("/staff/appointments/{reference}/move", Case::Moving),
    ("/staff/appointments/{reference}/mark/{mark}", Case::Late),
    ("/staff/appointments/{reference}/crew", Case::Crew),
    ("/staff/appointments/{reference}/outcome", Case::WhatCame),
    ("/staff/appointments/{reference}/confirm", Case::Confirming),
    (
        "/staff/appointments/{reference}/turn-down",
        Case::TurningDown,
    ),
    ("/staff/appointments/{reference}/cancel", Case::Cancelling),
    (
        "/staff/requests/{reference}/prepare",
        Case::Ruling("prepare"),
    ),
    ("/staff/requests/{reference}/decide", Case::Ruling("decide")),
    (
        "/staff/requests/{reference}/answer",
        Case::OnPhone("answer"),
    ),
    ("/staff/requests/{reference}/time", Case::OnPhone("time")),
    (
        "/staff/requests/{reference}/other-times",
        Case::OnPhone("other-times"),
    ),
    (
        "/staff/requests/{reference}/withdraw",
        Case::OnPhone("withdraw"),
    ),
    (
        "/staff/requests/{reference}/turn-down",
        Case::TurningDownRequest,
    ),
    (
        "/staff/requests/{reference}/assign",
        Case::Assigning("case"),
    ),
    (
        "/staff/requests/{reference}/assign",
        Case::Assigning("queue"),
    ),
    ("/staff/questions/{set}/edit/{id}", Case::Question),
    (
        "/staff/questions/{set}/settings",
        Case::Questions("settings"),
    ),
    ("/staff/questions/{set}/file", Case::Questions("file")),
    ("/staff/questions/{set}/publish", Case::Publishing),
    (
        "/staff/questions/{set}/versions/{number}/take",
        Case::Discarding("versions/1/take"),
    ),
    (
        "/staff/questions/{set}/discard",
        Case::Discarding("discard"),
    ),
    ("/staff/people/{id}/give", Case::Giving),
    ("/staff/people/{id}/take", Case::Taking),
    ("/staff/people/{id}/place", Case::Placing),
    ("/staff/people/{id}/reset", Case::Resetting),
    ("/staff/messages/words/{clinic}/{kind}", Case::Wording),
    ("/staff/reports/set-up", Case::ReportSetUp),
    (
        "/staff/availability/{clinic}/{item}/{id}",
        Case::Item("session"),
    ),
    (
        "/staff/availability/{clinic}/{item}/{id}",
        Case::Item("day"),
    ),
    (
        "/staff/availability/{clinic}/{item}/{id}",
        Case::Item("term"),
    ),
    (
        "/staff/availability/{clinic}/{item}/{id}",
        Case::Item("closure"),
    ),
    (
        "/staff/availability/{clinic}/{item}/{id}",
        Case::Item("away"),
    ),
    (
        "/staff/availability/{clinic}/{item}/{id}",
        Case::Item("person"),
    ),
    (
        "/staff/availability/{clinic}/{item}/{id}",
        Case::Item("room"),
    ),
    (
        "/staff/availability/{clinic}/{item}/{id}",
        Case::Item("service"),
    ),
    (
        "/staff/availability/{clinic}/{item}/{id}",
        Case::Item("rules"),
    ),
    (
        "/staff/availability/{clinic}/{item}/{id}",
        Case::Item("words"),
    ),
    ("/staff/settings/{clinic}/switch", Case::Switching),
    ("/staff/settings/retention/{clinic}", Case::Retention),
    ("/staff/availability/{clinic}/resolve", Case::Resolving),
    ("/staff/conflicts/{reference}", Case::Conflict),
    (
        "/staff/appointments/{reference}/contact",
        Case::Contact("appointments"),
    ),
    (
        "/staff/requests/{reference}/contact",
        Case::Contact("requests"),
    ),
    (
        "/staff/waiting/{reference}/contact",
        Case::Contact("waiting"),
    ),
];

#[tokio::test]
async fn of_two_who_change_the_same_thing_the_second_is_told_and_keeps_what_they_typed() {
    for desk in Desk::all().await {
        ship(&desk.test.context).await.unwrap();
        desk.app.packs.reload(&desk.app.context).await.unwrap();
        desk.test.clock.set(monday(8));
        let roles = [
            ("supervisor", "sports"),
            ("supervisor", "law"),
            ("conflict_checker", "law"),
        ];
        let mut sites = Vec::new();
        for name in ["Ann", "Sue"] {
            desk.staff(name, &roles).await;
            let mut site = Site::new(desk.router.clone());
            let email = format!("{name}@sample.invalid");
            let form = [("email", email.as_str()), ("password", PASSWORD)];
            assert_eq!(site.post("/staff/sign-in", &form).await.status, 303);
            sites.push(site);
        }
        let second = sites.pop().unwrap();
        let first = sites.pop().unwrap();
        let mut two = Two {
            desk: &desk,
            first,
            second,
        };
        for (_, case) in CASES {
            Box::pin(run(&mut two, *case)).await;
        }
    }
}

async fn run(two: &mut Two<'_>, case: Case) {
    match case {
        Case::Moving
        | Case::Late
        | Case::Crew
        | Case::WhatCame
        | Case::Confirming
        | Case::TurningDown
        | Case::Cancelling => appointment(two, case).await,
        Case::Conflict => conflict(two).await,
        Case::Ruling(_) | Case::OnPhone(_) | Case::TurningDownRequest | Case::Assigning(_) => {
            request(two, case).await;
        }
        Case::Question | Case::Questions(_) | Case::Publishing | Case::Discarding(_) => {
            questions(two, case).await;
        }
        Case::Giving | Case::Taking | Case::Placing | Case::Resetting => person(two, case).await,
        Case::ReportSetUp => {
            let path = "/staff/reports/set-up";
            let theirs = [("student_rate", "11.00"), ("issues", "Theirs")];
            let mine = [("student_rate", "12.50"), ("issues", "Mine own")];
            let page = format!("{path}?clinic=sports");
            let both = (page.as_str(), path, "student_rate");
            two.both(both, &theirs, &mine, &["12.50", "Mine own"]).await;
        }
        Case::Wording => {
            let path = "/staff/messages/words/sports/reminder";
            let theirs = [("text-2", "Theirs, and kind."), ("do", "save")];
            let mine = [("text-2", "Mine, and kinder."), ("do", "save")];
            let typed = ["Mine, and kinder.", "Theirs, and kind."];
            two.both((path, path, "seen"), &theirs, &mine, &typed).await;
        }
        Case::Resolving => resolving(two).await,
        Case::Contact(page) => {
            let desk = two.desk;
            let own = match page {
                "appointments" => booked(two, "sports-first", 15).await,
                "requests" => {
                    let reference = requests::sports_case(desk, "Yuna Example").await;
                    format!("/staff/requests/{reference}")
                }
                _ => {
                    let to = ("sports", "sports-first");
                    let waits = crate::outbox::tests::client(&desk.test.context);
                    let needs = Needs::default();
                    let joined = crate::outbox::tests::wait_for(&desk.test, to, waits, needs).await;
                    format!("/staff/waiting/{}", joined.reference)
                }
            };
            let path = format!("{own}/contact");
            let theirs = [("phone", "020 7946 0111")];
            let mine = [("email", "mine@sample.invalid")];
            let both = (path.as_str(), path.as_str(), "phone");
            two.both(both, &theirs, &mine, &["mine@sample.invalid"])
                .await;
        }
        Case::Item(item) => set_up(two, item).await,
        Case::Retention => {
            let give = "INSERT INTO staff_roles (staff_id, role, clinic_id)
                SELECT id, 'administrator', '' FROM staff WHERE name IN ('Ann Sample', 'Sue Sample')";
            two.desk.test.change(give).await;
            let path = "/staff/settings/retention/sports";
            let (theirs, mine) = ([("years", "9")], [("years", "11"), ("by", "Jo Mine")]);
            let mine_too = [mine[0], mine[1], ("on", "2026-11-02")];
            let typed = ["Jo Mine", "value=\"11\"", "value=\"2026-11-02\""];
            two.both((path, path, "base"), &theirs, &mine_too, &typed)
                .await;
            let take = "DELETE FROM staff_roles WHERE role = 'administrator'";
            two.desk.test.change(take).await;
        }
        Case::Switching => {
            let page = "/staff/settings/sports";
            let path = "/staff/settings/sports/switch";
            let form = two.first_opens(page, path, "revision").await;
            let words = "/staff/availability/sports/words/all";
            let mut theirs = WORDS.to_vec();
            theirs.push(("summary", "Said by another."));
            two.second_sends(words, words, "", &theirs).await;
            two.is_told(path, form, &[("to", "off")], &[]).await;
        }
    }
}

async fn appointment(two: &mut Two<'_>, case: Case) {
    match case {
        Case::Moving => {
            let own = booked(two, "sports-first", 10).await;
            let path = format!("{own}/move");
            let form = two.first_opens(&path, &path, "overrule").await;
            two.second_moves(&own, 10).await;
            let mine = [
                ("date", "2026-11-24"),
                ("time", "10:00"),
                ("reason", "They asked for it"),
            ];
            two.is_told(&path, form, &mine, &["They asked for it", "10:00"])
                .await;
        }
        Case::Late => {
            let own = booked(two, "sports-first", 11).await;
            let path = format!("{own}/mark/late");
            let (theirs, mine) = ([("minutes", "40")], [("minutes", "25")]);
            two.both((&own, &path, "minutes"), &theirs, &mine, &["value=\"25\""])
                .await;
        }
        Case::Crew => {
            let own = booked(two, "sports-first", 16).await;
            let path = format!("{own}/crew");
            let page = two.first.get(&own).await.body;
            let free = others(&page, &path, "adviser");
            let (theirs, mine) = ([("adviser", &*free[0])], [("adviser", &*free[1])]);
            let typed = format!("value=\"{}\" selected", free[1]);
            two.both((&own, &path, "seen"), &theirs, &mine, &[&typed])
                .await;
        }
        Case::WhatCame => {
            let own = booked(two, "sports-first", 13).await;
            for mark in ["check-in", "start", "finish"] {
                let path = format!("{own}/mark/{mark}");
                assert_eq!(two.second.post(&path, &[]).await.status, 303, "{mark}");
            }
            let path = format!("{own}/outcome");
            let form = |minutes: &'static str| {
                [
                    ("came", "advised"),
                    ("issue", "other"),
                    ("student_minutes", minutes),
                ]
            };
            let both = (path.as_str(), path.as_str(), "student_minutes");
            two.both(both, &form("44"), &form("33"), &["value=\"33\""])
                .await;
        }
        Case::Confirming | Case::TurningDown | Case::Cancelling => {
            let (end, service, hour, later) = match case {
                Case::Confirming => ("confirm", "law-first", 14, 12),
                Case::TurningDown => ("turn-down", "law-first", 15, 14),
                _ => ("cancel", "sports-first", 14, 16),
            };
            let own = booked(two, service, hour).await;
            let path = format!("{own}/{end}");
            let form = two.first_opens(&own, &path, "").await;
            two.second_moves(&own, later).await;
            two.is_told(&path, form, &[], &["Somebody changed this"])
                .await;
        }
        _ => unreachable!(),
    }
}

async fn conflict(two: &mut Two<'_>) {
    two.desk.test.checks_conflicts("law").await;
    let booked = two
        .desk
        .book("law-first", "Wanda Example", monday(16))
        .await;
    let path = format!("/staff/conflicts/{}", booked.reference);
    let theirs = [("do", "refuse"), ("reason", "I know them well")];
    let mine = [("do", "clear"), ("reason", "Nobody is like them")];
    let typed = ["Nobody is like them", "I know them well"];
    two.both((&path, &path, "reason"), &theirs, &mine, &typed)
        .await;
}

async fn request(two: &mut Two<'_>, case: Case) {
    let reference = requests::sports_case(two.desk, "Yuri Example").await;
    let own = format!("/staff/requests/{reference}");
    let at = |end: &str| format!("{own}/{end}");
    let accept = [("kind", "accept"), ("service", "sports-first")];
    match case {
        Case::Ruling(end) => {
            let theirs = [accept[0], accept[1], ("reason", "It fits us well.")];
            let mine = [accept[0], accept[1], ("reason", "I would take them.")];
            // The form posts to `decide`; its other button says `prepare`.
            let form = two.first_opens(&own, &at("decide"), "kind").await;
            let seen = two.second.get(&own).await;
            let other = with(filled(&seen.body, &at("decide"), "kind"), &theirs);
            let decided = send(&mut two.second, &at("decide"), &other).await;
            assert_eq!(decided.status, 303, "{}", decided.body);
            two.is_told(&at(end), form, &mine, &["I would take them."])
                .await;
        }
        Case::OnPhone(end) => {
            let ask = [
                ("revision", "0"),
                ("kind", "ask"),
                ("question", "Which knee?"),
                ("reason", "We must know."),
            ];
            let offer = [
                ("revision", "0"),
                ("kind", "offer"),
                ("service", "sports-first"),
                ("times", "2026-11-26T10:00:00Z"),
                ("reason", "It fits us well."),
            ];
            let asks = end == "answer";
            let terms: &[(&str, &str)] = if asks { &ask } else { &offer };
            let decided = two.second.post(&at("decide"), terms).await;
            assert_eq!(decided.status, 303, "{}", decided.body);
            let form = two.first_opens(&own, &at(end), "").await;
            let quicker = if end == "withdraw" {
                "other-times"
            } else {
                "withdraw"
            };
            two.second_sends(&own, &at(quicker), "", &[]).await;
            let answer = [("answer", "The left one")];
            let (mine, typed): (&[(&str, &str)], &[&str]) = match end {
                "answer" => (&answer, &["The left one"]),
                "time" => (
                    &[("start", "2026-11-26T10:00:00Z"), ("mode", "in_person")],
                    &[],
                ),
                _ => (&[], &[]),
            };
            two.is_told(&at(end), form, mine, typed).await;
        }
        Case::TurningDownRequest => {
            let form = two.first_opens(&own, &at("turn-down"), "").await;
            let ask = [
                ("revision", "0"),
                ("kind", "ask"),
                ("question", "Which knee?"),
                ("reason", "We must know."),
            ];
            let decided = two.second.post(&at("decide"), &ask).await;
            assert_eq!(decided.status, 303, "{}", decided.body);
            two.is_told(&at("turn-down"), form, &[], &["Somebody else was first"])
                .await;
        }
        Case::Assigning(from) => {
            let page = if from == "queue" {
                "/staff/requests"
            } else {
                &own
            };
            let path = at("assign");
            let seen = two.first.get(page).await.body;
            let people = others(&seen, &path, "to");
            let theirs = [("to", people[0].as_str())];
            let mine = [("to", people[1].as_str())];
            let typed = format!("value=\"{}\" selected", people[1]);
            two.both((page, &path, "to"), &theirs, &mine, &[&typed])
                .await;
        }
        _ => unreachable!(),
    }
}

async fn questions(two: &mut Two<'_>, case: Case) {
    let set = "/staff/questions/sports";
    let at = |end: &str| format!("{set}/{end}");
    let file = at("file");
    // Each case begins with a draft of its own.
    let edit = async |two: &mut Two<'_>, words: &str| {
        let page = two.second.get(&file).await.body;
        let form = filled(&page, &file, "");
        let text = &form.iter().find(|(name, _)| name == "text").unwrap().1;
        let longer = format!("{text}\n# {words}\n");
        let saved = send(&mut two.second, &file, &with(form, &[("text", &longer)])).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
    };
    match case {
        Case::Question => {
            let path = at("edit/M9");
            let theirs = [("text", "Where does it hurt them?")];
            let mine = [("text", "Where is the sore place?")];
            two.both(
                (&path, &path, ""),
                &theirs,
                &mine,
                &["Where is the sore place?"],
            )
            .await;
        }
        Case::Questions(end) => {
            let path = at(end);
            let form = two.first_opens(&path, &path, "").await;
            edit(two, "theirs").await;
            let (new, typed) = if end == "file" {
                (vec![("text", "clinic = \"sports\"\n# mine\n")], "# mine")
            } else {
                (Vec::new(), "")
            };
            two.is_told(&path, form, &new, &[typed]).await;
        }
        Case::Publishing => {
            let form = two.first_opens(&at("draft"), &at("publish"), "note").await;
            edit(two, "one more").await;
            let mine = [("note", "I read it all twice"), ("read", "yes")];
            two.is_told(&at("publish"), form, &mine, &["I read it all twice"])
                .await;
        }
        Case::Discarding(end) => {
            let (page, path) = if end == "discard" {
                (at("draft"), at(end))
            } else {
                // A version is offered again once another is in force.
                let publish = at("publish");
                let new = [("note", "I read it all"), ("read", "yes")];
                two.second_sends(&at("draft"), &publish, "note", &new).await;
                (at("versions/1"), at(end))
            };
            let form = two.first_opens(&page, &path, "").await;
            edit(two, &format!("kept by {}", end.len())).await;
            let answer = send(&mut two.first, &path, &form).await;
            assert_eq!(answer.status, 303, "{}", answer.body);
            let kept = two.second.get(&file).await.body;
            let words = format!("# kept by {}", end.len());
            assert!(kept.contains(&words), "{end}: {kept}");
        }
        _ => unreachable!(),
    }
}

async fn person(two: &mut Two<'_>, case: Case) {
    let name = match case {
        Case::Giving => "Gil",
        Case::Taking => "Tia",
        Case::Placing => "Pia",
        _ => "Rae",
    };
    let id = two.desk.staff(name, &[("adviser", "law")]).await;
    let own = format!("/staff/people/{id}");
    let at = |end: &str| format!("{own}/{end}");
    let later = [("role", "adviser@law"), ("until", "2026-12-18")];
    match case {
        Case::Giving => {
            let mine = [("role", "adviser@law"), ("until", "2027-01-15")];
            let both = (own.as_str(), &*at("give"), "until");
            two.both(both, &later, &mine, &["2027-01-15"]).await;
        }
        Case::Placing => {
            let resource = availability::member(two.desk, "law adviser 0").await;
            let mine = [("place", resource.as_str())];
            let typed = format!("value=\"{resource}\" selected");
            let both = (own.as_str(), &*at("place"), "place");
            two.both(both, &[("place", "named")], &mine, &[&typed])
                .await;
        }
        _ => {
            let end = if case == Case::Taking {
                "take"
            } else {
                "reset"
            };
            if case == Case::Resetting {
                let mut tx = two.desk.test.context.store.write().await.unwrap();
                tx.begin_second_factor(id, "AAAA").await.unwrap();
                tx.confirm_second_factor(id, &[], 1).await.unwrap();
                tx.commit().await.unwrap();
            }
            let form = two.first_opens(&own, &at(end), "").await;
            two.second_sends(&own, &at("give"), "until", &later).await;
            two.is_told(&at(end), form, &[], &["Somebody changed this"])
                .await;
        }
    }
}

async fn resolving(two: &mut Two<'_>) {
    let desk = two.desk;
    let booked = desk
        .book("sports-first", "Vera Example", at(12, 1, 10, 0))
        .await;
    let closure = "/staff/availability/sports/closure/new";
    let new = [
        ("title", "Sample flood"),
        ("from", "2026-12-01"),
        ("until", "2026-12-02"),
    ];
    two.second_sends(closure, closure, "title", &new).await;
    let path = "/staff/availability/sports/resolve";
    let form = two.first_opens(path, path, "choice-").await;
    let own = page_of(&booked);
    let there = format!("{own}/move");
    let moved = [
        ("overrule", "yes"),
        ("date", "2026-12-02"),
        ("time", "11:00"),
        ("reason", "They come all the same"),
    ];
    two.second_sends(&there, &there, "overrule", &moved).await;
    let choice = format!("choice-{}", booked.reference);
    let new = [(choice.as_str(), "cancel"), ("do", "apply")];
    let answer = send(&mut two.first, path, &with(form, &new)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let told = "Somebody else has seen to this one since you looked";
    assert!(answer.body.contains(told), "{}", answer.body);
    let mut tx = desk.test.context.store.read().await.unwrap();
    let row = tx.appointment_by_reference(&booked.reference).await;
    let row = row.unwrap().unwrap();
    assert_eq!(
        (row.state.as_str(), row.starts_at),
        ("confirmed", at(12, 2, 11, 0).timestamp())
    );
}

/// All that a clinic says of itself.
const WORDS: [(&str, &str); 13] = [
    ("name", "Sports clinic"),
    ("examples", "My knee hurts."),
    ("what", "We look at it."),
    ("who_for", "People who run."),
    ("price", "Free"),
    ("who_delivers", "Students. A supervisor checks their work."),
    ("cannot", "Teeth: A dentist."),
    ("address", "1 Sample Street"),
    ("directions", "Turn left."),
    ("step_free", "No steps."),
    ("bring", "Shorts."),
    ("open_days", "Mondays"),
    ("organisations", "no"),
];

/// Makes one thing of the clinic, and says where its form is.
async fn thing(two: &mut Two<'_>, item: &str) -> String {
    let desk = two.desk;
    let new = |item: &str| format!("/staff/availability/sports/{item}/new");
    let member = |name: &'static str| availability::member(desk, name);
    let id = match item {
        "session" => {
            let mut tx = desk.test.context.store.read().await.unwrap();
            tx.sessions("sports").await.unwrap()[0].id.to_string()
        }
        "term" => {
            let mut tx = desk.test.context.store.read().await.unwrap();
            let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
            tx.dates_from("sports", day).await.unwrap()[0]
                .id
                .to_string()
        }
        "person" => member("sports adviser 0").await,
        "room" => member("sports room 0").await,
        "service" => "sports-first".to_owned(),
        "rules" | "words" => "all".to_owned(),
        made => {
            let fields: &[(&str, &str)] = match made {
                "day" => &[
                    ("date", "2026-12-12"),
                    ("open", "yes"),
                    ("start", "10:00"),
                    ("end", "12:00"),
                ],
                "closure" => &[
                    ("title", "Sample holiday"),
                    ("from", "2026-12-24"),
                    ("until", "2026-12-24"),
                ],
                _ => &[
                    ("who", "clinic"),
                    ("from", "2026-12-10"),
                    ("from_time", "09:00"),
                    ("until", "2026-12-10"),
                    ("until_time", "10:00"),
                    ("kind", "event"),
                    ("title", "Sample event"),
                ],
            };
            let path = new(made);
            two.second_sends(&path, &path, "", fields).await;
            let mut tx = desk.test.context.store.read().await.unwrap();
            let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
            match made {
                "day" => {
                    let all = tx.sessions("sports").await.unwrap();
                    let one = all.iter().find(|one| one.weekday.is_none());
                    one.unwrap().id.to_string()
                }
                "closure" => {
                    let all = tx.dates_from("sports", day).await.unwrap();
                    let one = all.iter().find(|one| one.kind == "closure");
                    one.unwrap().id.to_string()
                }
                _ => tx.absences("sports", 0).await.unwrap()[0].id.to_string(),
            }
        }
    };
    format!("/staff/availability/sports/{item}/{id}")
}

async fn set_up(two: &mut Two<'_>, item: &str) {
    let path = thing(two, item).await;
    let (field, theirs, mine) = match item {
        "session" => ("start", "08:00", "08:30"),
        "day" => ("end", "13:00", "13:30"),
        "term" | "closure" | "away" => ("title", "Theirs by name", "Mine by name"),
        "person" | "room" | "service" => ("name", "Theirs by name", "Mine by name"),
        "rules" => ("ratio", "3", "4"),
        _ => ("summary", "Theirs in words.", "Mine in words."),
    };
    let typed = if mine.len() > 1 { mine } else { "value=\"4\"" };
    let full = |value: &'static str| {
        let mut all = if item == "words" {
            WORDS.to_vec()
        } else {
            Vec::new()
        };
        all.extend([(field, value), ("do", "look")]);
        all
    };
    two.both((&path, &path, ""), &full(theirs), &full(mine), &[typed])
        .await;
}

#[test]
fn the_reader_of_forms_reads_what_a_browser_would_send() {
    let page = "<form method=\"post\" action=\"/a\"><input type=\"hidden\" name=\"r\" value=\"1\"/>\
        <input type=\"radio\" name=\"k\" value=\"x\"><input type=\"radio\" name=\"k\" value=\"y\" checked>\
        <textarea name=\"t\">a &amp; b</textarea>\
        <select name=\"s\"><option value=\"1\">One</option><option value=\"2\" selected>Two</option></select></form>";
    let told = [("r", "1"), ("k", "y"), ("t", "a & b"), ("s", "2")];
    let told = told.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(filled(page, "/a", ""), told);
    assert_eq!(others(page, "/a", "s"), ["1"]);
}

/// A case of the law clinic stands in no case above: what is the same in all clinics is tried in one.
#[tokio::test]
async fn a_law_case_that_was_decided_meanwhile_is_not_turned_down_by_an_older_page() {
    let desk = Desk::sqlite().await;
    let reference = law_case(&desk, "Yuri Example").await;
    let mut sue = desk.signed_in("Sue", &[("supervisor", "law")]).await;
    let path = format!("/staff/requests/{reference}");
    let ask = "revision=0&kind=ask&question=When+was+it&reason=We+must+know.";
    let asked = sue.post(&format!("{path}/decide"), ask).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let late = sue.post(&format!("{path}/turn-down"), "revision=0").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

//! What must hold of every page in every state: landmarks, labels, no inline style or script, no
//! text that bypasses the catalogues, markup that closes what it opens.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod samples;

use samples::{Page, Samples};
use std::collections::BTreeSet;

fn pages() -> Vec<Page> {
    Samples {
        lang: "en",
        marked: false,
        css: "/pkg/main.css".into(),
    }
    .pages()
}

/// The public pages and the staff's.
fn every_page() -> Vec<Page> {
    Samples {
        lang: "en",
        marked: false,
        css: "/pkg/main.css".into(),
    }
    .all()
}

/// A set of samples that nothing calls is a set of pages that no test walks.
#[test]
fn no_set_of_samples_is_left_out() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let files = std::fs::read_dir(folder).unwrap();
    let texts: Vec<String> = files
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let source = texts.join("\n");
    let sets: Vec<&str> = source
        .split("fn ")
        .skip(1)
        .filter_map(|rest| {
            let (head, _) = rest.split_once('{')?;
            let (name, _) = head.split_once('(')?;
            head.contains("-> Vec<Page>").then_some(name)
        })
        .collect();
    assert!(sets.len() > 8, "{sets:?}");
    for set in sets {
        let called = source.contains(&format!("self.{set}("));
        assert!(called || set == "all", "{set} is in no list of pages");
    }
    let names: Vec<&str> = every_page().iter().map(|(name, _)| *name).collect();
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), names.len(), "two pages have one name");
}

/// A tag, or the text between two tags.
#[derive(Debug)]
enum Piece<'a> {
    Open {
        name: &'a str,
        attributes: Vec<(&'a str, &'a str)>,
        closed: bool,
    },
    Close(&'a str),
    Text(&'a str),
}

/// Cuts a document of ours into tags and text. Not a parser for the world's HTML.
fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        all.push(Piece::Text(&rest[..at]));
        rest = &rest[at + 1..];
        if rest.starts_with('!') {
            rest = &rest[rest.find('>').unwrap() + 1..];
            continue;
        }
        let end = end_of_tag(rest);
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        all.push(match tag.strip_prefix('/') {
            Some(name) => Piece::Close(name),
            None => open(tag),
        });
    }
    all.push(Piece::Text(rest));
    all
}

fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    text.char_indices()
        .find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '>' && !quoted
        })
        .map(|(at, _)| at)
        .expect("a tag that ends")
}

fn open(tag: &str) -> Piece<'_> {
    let closed = tag.ends_with('/');
    let tag = tag.trim_end_matches('/');
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Piece::Open {
                name,
                attributes,
                closed,
            };
        }
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let key = &rest[..end];
        if let Some(quoted) = rest[end..].strip_prefix("=\"") {
            let close = quoted.find('"').expect("a quote that ends");
            attributes.push((key, &quoted[..close]));
            rest = &quoted[close + 1..];
        } else {
            attributes.push((key, ""));
            rest = &rest[end..];
        }
    }
}

fn attribute<'a>(attributes: &[(&'a str, &'a str)], key: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|(name, _)| *name == key)
        .map(|(_, value)| *value)
}

fn opened<'a>(html: &'a str, wanted: &str) -> Vec<Vec<(&'a str, &'a str)>> {
    pieces(html)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Open {
                name, attributes, ..
            } if wanted.is_empty() || name == wanted => Some(attributes),
            _ => None,
        })
        .collect()
}

/// As [`page`], of the staff's.
fn desk_page(wanted: &str) -> String {
    let all = every_page().into_iter();
    let mut found = all.filter(|(name, _)| *name == wanted);
    found.next().map(|(_, html)| html).unwrap()
}

#[test]
fn every_page_is_one_document_with_landmarks_and_one_heading() {
    for (name, html) in pages() {
        assert!(
            html.starts_with("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\">"),
            "{name}: {}",
            &html[..80]
        );
        assert!(html.ends_with("</html>"), "{name}");
        for (tag, count) in [
            ("h1", 1),
            ("main", 1),
            ("header", 1),
            ("footer", 1),
            ("title", 1),
        ] {
            assert_eq!(opened(&html, tag).len(), count, "{name}: {tag}");
        }
        assert!(
            html.contains("href=\"#main\""),
            "{name}: no way past the head"
        );
        assert!(!html.contains("data-hk"), "{name}: hydration ids");
    }
}

#[test]
fn every_tag_that_opens_closes_in_order() {
    let void = ["meta", "link", "input", "br", "path", "img", "hr"];
    for (name, html) in every_page() {
        let mut open = Vec::new();
        for piece in pieces(&html) {
            match piece {
                Piece::Open { name, closed, .. } if !closed && !void.contains(&name) => {
                    open.push(name);
                }
                Piece::Close(tag) if !void.contains(&tag) => {
                    assert_eq!(open.pop(), Some(tag), "{name}");
                }
                _ => {}
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
    }
}

#[test]
fn no_page_has_inline_style_or_script_or_asks_elsewhere() {
    for (name, html) in every_page() {
        assert!(
            opened(&html, "style").is_empty() && opened(&html, "img").is_empty(),
            "{name}"
        );
        for attributes in opened(&html, "") {
            for (key, value) in &attributes {
                assert!(
                    *key != "style" && !key.starts_with("on"),
                    "{name}: {key}={value}"
                );
                assert!(!value.starts_with("javascript:"), "{name}: {value}");
                let elsewhere = value.starts_with("http") || value.starts_with("//");
                assert!(!elsewhere || *key == "href", "{name}: asks {value}");
            }
        }
        for script in opened(&html, "script") {
            assert_eq!(attribute(&script, "nonce"), Some("sample-nonce"), "{name}");
            assert_eq!(attribute(&script, "src"), Some("boot.js"), "{name}");
        }
        assert_eq!(
            html.matches("<script").count(),
            html.matches("></script>").count(),
            "{name}: text in a script"
        );
    }
}

#[test]
fn a_script_comes_only_with_a_page_that_has_use_for_one() {
    for (name, html) in every_page() {
        let wanted = html.contains("<leptos-island")
            || html.contains("data-exit")
            || html.contains("data-keep")
            || html.contains("data-print")
            // Keys and news for whoever is signed in.
            || (html.contains("rail-who") && name != "staff-problem");
        assert_eq!(html.contains("<script"), wanted, "{name}");
    }
    let html = page("times");
    let islands = opened(&html, "leptos-island");
    assert_eq!(islands.len(), 1);
    assert!(
        attribute(&islands[0], "data-component").is_some_and(|name| name.starts_with("TimePicker"))
    );
    assert_eq!(
        attribute(&islands[0], "data-props"),
        None,
        "the days travel once, as HTML"
    );
    assert_eq!(html.matches("2026-12-01T14:00:00Z").count(), 3);
}

fn page(wanted: &str) -> String {
    pages()
        .into_iter()
        .find(|(name, _)| *name == wanted)
        .map(|(_, html)| html)
        .unwrap()
}

#[test]
fn every_control_has_a_label_and_every_id_is_there_once() {
    for (name, html) in every_page() {
        let ids: Vec<&str> = opened(&html, "")
            .iter()
            .filter_map(|tag| attribute(tag, "id"))
            .collect();
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(
            ids.len(),
            known.len(),
            "{name}: an id stands twice in {ids:?}"
        );
        let labels: BTreeSet<&str> = opened(&html, "label")
            .iter()
            .filter_map(|tag| attribute(tag, "for"))
            .collect();
        for tag in ["input", "textarea", "select"] {
            for control in opened(&html, tag) {
                if attribute(&control, "type") == Some("hidden") {
                    continue;
                }
                let id = attribute(&control, "id")
                    .unwrap_or_else(|| panic!("{name}: {control:?} has no id"));
                assert!(labels.contains(id), "{name}: nothing labels {id}");
            }
        }
        for tag in opened(&html, "") {
            let pointers = ["for", "aria-describedby", "aria-labelledby"];
            for id in pointers
                .iter()
                .filter_map(|key| attribute(&tag, key))
                .flat_map(str::split_whitespace)
            {
                assert!(
                    known.contains(id),
                    "{name}: {tag:?} points at {id}, which is not there"
                );
            }
            if let Some(id) = attribute(&tag, "href").and_then(|href| href.strip_prefix('#')) {
                assert!(
                    known.contains(id),
                    "{name}: a link to #{id}, which is not there"
                );
            }
        }
    }
}

#[test]
fn errors_come_first_with_the_focus_and_in_the_same_words_as_beside_the_field() {
    for (name, html) in every_page() {
        if !name.ends_with("-error") {
            continue;
        }
        assert!(html.contains("<title>Error: "), "{name}");
        let at = html
            .find("<div role=\"alert\"")
            .unwrap_or_else(|| panic!("{name}: no summary"));
        assert!(
            at < html.find("<h1").unwrap(),
            "{name}: the summary comes after the heading"
        );
        assert!(
            html[at..].split('>').next().unwrap().contains("autofocus"),
            "{name}"
        );
        let summary = html[at..].split("</ul>").next().unwrap();
        for link in summary
            .split("</a>")
            .filter_map(|part| part.rsplit_once('>').map(|(_, text)| text))
        {
            if !link.is_empty() {
                assert!(
                    html.matches(link).count() >= 2,
                    "{name}: {link:?} is not said beside the field"
                );
            }
        }
    }
}

/// Lesson 44: any valid set-up renders a human sentence and a telephone number.
#[test]
fn lesson_44_every_page_says_something_and_whom_to_ring() {
    for (name, html) in pages() {
        assert!(html.contains("href=\"tel:999\""), "{name}");
        assert!(
            html.contains("href=\"tel:02079460000\"") || name == "home-empty",
            "{name}"
        );
    }
    assert!(page("home-empty").contains("This site has no phone number yet"));
    assert!(page("home-empty").contains("No clinic is open at the moment"));
}

/// Lesson 37 and invariant 7: what a mail's link opens has a neutral title.
#[test]
fn lesson_37_the_page_behind_a_link_has_a_neutral_title_and_no_clinic() {
    for name in [
        "manage",
        "manage-requested",
        "manage-cancelled",
        "manage-expired",
        "manage-coming",
        "manage-missed",
    ] {
        let html = page(name);
        assert!(html.contains("<title>Your appointment</title>"), "{name}");
        assert!(!html.contains("Law"), "{name}");
        assert!(html.contains("noindex"), "{name}");
    }
    let requests = pages()
        .into_iter()
        .filter(|(name, _)| name.starts_with("my-request"));
    let mut count = 0;
    for (name, html) in requests {
        count += 1;
        assert!(html.contains("Your request</title>"), "{name}");
        assert!(!html.contains("Law"), "{name}");
        assert!(html.contains("noindex"), "{name}");
    }
    assert!(count > 8, "{count}");
}

/// Every state of a case has words of its own, for the client and for staff; the next step is a form, or there is none.
#[test]
fn a_client_sees_in_each_state_what_they_can_do() {
    for (name, forms) in [
        ("my-request-in-review", &["/withdraw"][..]),
        ("my-request-late", &["/withdraw"]),
        ("my-request-waiting", &["/answer", "/withdraw"]),
        ("my-request-waiting-error", &["/answer", "/withdraw"]),
        (
            "my-request-accepted",
            &["/time", "/other-times", "/withdraw"],
        ),
        (
            "my-request-offered",
            &["/time", "/other-times", "/withdraw"],
        ),
        ("my-request-gone", &["/other-times", "/withdraw"]),
        ("my-request-booked", &[]),
        ("my-request-declined", &[]),
        ("my-request-withdrawn", &[]),
    ] {
        let html = page(name);
        let posts: Vec<String> = opened(&html, "form")
            .iter()
            .filter(|tag| attribute(tag, "method") == Some("post"))
            .filter_map(|tag| attribute(tag, "action"))
            .filter_map(|action| action.strip_prefix("/requests/token"))
            .map(str::to_owned)
            .collect();
        assert_eq!(posts, forms, "{name}");
    }
}

/// Lesson 41: a stop does not abandon the person.
#[test]
fn lesson_41_a_stop_offers_a_call_back_and_says_when_nobody_reads_it() {
    let html = page("stop");
    assert!(html.contains("action=\"/clinics/law/stop\""));
    assert!(html.contains("No one reads this form at night or at weekends."));
    for field in ["name", "phone", "call_window", "leave_message", "consent"] {
        assert!(html.contains(&format!("name=\"{field}\"")), "{field}");
    }
}

/// Lesson 40: the default is a list of days and radio buttons.
#[test]
fn lesson_40_times_are_radio_buttons_grouped_by_day() {
    let html = page("times");
    assert_eq!(html.matches("type=\"radio\" name=\"start\"").count(), 28);
    assert_eq!(html.matches("<legend id=\"day-").count(), 4);
    assert!(html.contains("<form method=\"post\" action=\"/clinics/law/times\""));
    assert!(!page("times-unavailable").contains("name=\"start\""));
}

/// Lesson 16: every time shown says its zone.
#[test]
fn lesson_16_pages_with_times_say_uk_time() {
    for name in [
        "times",
        "times-mixed",
        "details",
        "check",
        "done",
        "manage",
        "my-request-accepted",
        "my-request-offered",
    ] {
        assert!(page(name).contains("UK time"), "{name}");
    }
}

#[test]
fn pages_of_a_journey_stay_out_of_search_engines_and_open_pages_do_not() {
    for (name, html) in pages() {
        let open = [
            "home",
            "choose",
            "clinic",
            "accessibility",
            "privacy",
            "find",
        ]
        .iter()
        .any(|start| name.starts_with(start));
        assert_eq!(
            html.contains("name=\"robots\" content=\"noindex"),
            !open,
            "{name}"
        );
    }
}

/// Rendered in the made-up language, whatever is left outside its ⟦brackets⟧ and outside the
/// ⟨marks⟩ of records is text that bypassed the catalogues.
#[test]
fn no_visible_text_bypasses_the_catalogues() {
    let spoken = ["aria-label", "title", "alt", "placeholder"];
    let samples = Samples {
        lang: app::text::PSEUDO,
        marked: true,
        css: String::new(),
    };
    for (name, html) in samples.all() {
        let mut texts: Vec<&str> = Vec::new();
        let mut skipping = false;
        for piece in pieces(&html) {
            match piece {
                Piece::Open {
                    name, attributes, ..
                } => {
                    // The reference is a record's, and stands in groups.
                    skipping = attribute(&attributes, "class")
                        .is_some_and(|class| class == "reference")
                        || (skipping && name == "span");
                    texts.extend(
                        attributes
                            .iter()
                            .filter(|(key, _)| spoken.contains(key))
                            .map(|(_, value)| *value),
                    );
                }
                Piece::Text(text) if !skipping => texts.push(text),
                _ => {}
            }
        }
        for text in texts {
            let mut left = outside_marks(&text.replace("&lt;", "<").replace("&amp;", "&"));
            for reference in ["K7PX-4MR", "M3WQ-8HT", "W2KQ-8HD"] {
                left = left.replace(reference, "");
            }
            let emergency = ["999", "111", "116 123"].contains(&left.trim());
            assert!(
                emergency || !left.chars().any(char::is_alphanumeric),
                "{name}: {left:?} in {text:?}"
            );
        }
    }
}

fn outside_marks(text: &str) -> String {
    let mut depth = 0_i32;
    text.chars()
        .filter(|c| {
            depth += i32::from(matches!(c, '⟦' | '⟨')) - i32::from(matches!(c, '⟧' | '⟩'));
            depth == 0 && !matches!(c, '⟧' | '⟩')
        })
        .collect()
}

/// Every problem code that the server may send has words of its own.
#[test]
fn every_problem_code_has_words() {
    let codes = [
        "not_found",
        "link_expired",
        "rate_limited",
        "too_large",
        "unavailable",
        "internal",
        "forbidden",
        "unauthorised",
        "method_not_allowed",
        "unsupported_media_type",
        "cross_origin",
        "invalid",
        "slot_taken",
        "too_soon",
        "closed",
        "not_bookable",
        "triage_expired",
        "question_missing",
        "answers_gone",
        "hold_ended",
        "already_cancelled",
        "cannot_cancel",
        "timeout",
    ];
    let other = app::pages::words::problem("never_heard_of");
    for code in codes {
        let (title, text) = app::pages::words::problem(code);
        assert!(
            !title.is_empty() && text != other.1 || code == "internal",
            "{code}"
        );
    }
}

/// Many requests render at once: a thread's language is its page's.
#[test]
fn pages_rendered_at_once_keep_their_languages() {
    let render = |lang| {
        Samples {
            lang,
            marked: false,
            css: String::new(),
        }
        .pages()
    };
    let (english, pseudo) = (render("en"), render(app::text::PSEUDO));
    std::thread::scope(|scope| {
        for lang in ["en", app::text::PSEUDO, "en", app::text::PSEUDO] {
            let wanted = if lang == "en" { &english } else { &pseudo };
            scope.spawn(move || assert_eq!(&render(lang), wanted));
        }
    });
}

#[test]
fn what_people_type_is_never_markup() {
    let problem = app::view::Problem {
        code: "not_found".into(),
        request_id: "<script>alert(1)</script>".into(),
        ..Default::default()
    };
    let html = app::pages::problem(
        &app::view::Frame {
            lang: "en".into(),
            ..Default::default()
        },
        &problem,
    );
    assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"));
}

/// The staff's pages have the same landmarks, without the public foot.
#[test]
fn every_staff_page_has_landmarks_and_one_heading_and_is_kept_out_of_search_engines() {
    for (name, html) in every_page()
        .iter()
        .filter(|(name, _)| name.starts_with("staff-"))
    {
        for tag in ["h1", "main", "header", "title"] {
            assert_eq!(opened(html, tag).len(), 1, "{name}: {tag}");
        }
        assert!(
            html.contains("href=\"#main\""),
            "{name}: no way past the head"
        );
        assert!(html.contains("noindex"), "{name}");
    }
}

/// Lesson 40: what the grid shows, the list shows too.
#[test]
fn lesson_40_beside_the_grid_stands_the_same_week_as_a_list() {
    let links = |wanted: &str| {
        let html = every_page()
            .into_iter()
            .find(|(name, _)| *name == wanted)
            .unwrap()
            .1;
        let main = html.split("<main").nth(1).unwrap().to_owned();
        assert!(main.contains("as=list"), "{wanted}: no way to the list");
        let links = opened(&main, "a")
            .iter()
            .filter_map(|tag| attribute(tag, "href").map(str::to_owned))
            .collect::<Vec<_>>();
        links
            .into_iter()
            .filter(|href| href.starts_with("/staff/appointments/"))
            .count()
    };
    // Both, for the screen and the paper to choose from.
    assert_eq!(links("staff-week"), 12);
    assert_eq!(links("staff-week-list"), 6);
}

/// One helper shows every number of a client.
#[test]
fn the_number_of_a_client_is_shown_in_groups_and_dialled_whole() {
    let html = every_page()
        .into_iter()
        .find(|(name, _)| *name == "staff-appointment")
        .unwrap()
        .1;
    assert!(html.contains("href=\"tel:+442079460002\""), "{html}");
    assert!(html.contains("020 7946 0002</a>"), "{html}");
}

/// Somebody who is rung is not told to come, and nobody is promised a call that cannot be made.
#[test]
fn what_happens_is_said_by_the_way_to_meet() {
    for (name, said) in [
        ("done", "Ask at the front desk"),
        ("done-phone", "We will ring you at the time above"),
        ("done-phone-no-number", "no number that is safe to ring"),
        ("done-video", "tell you how to join"),
        ("manage", "Ask at the front desk"),
    ] {
        let html = page(name);
        assert!(html.contains(said), "{name}");
        let come = html.contains("front desk");
        assert_eq!(come, name == "done" || name == "manage", "{name}");
    }
}

/// The page can be opened again after the appointment was called off, or is over.
#[test]
fn the_last_page_says_what_became_of_the_appointment() {
    for (name, heading) in [
        ("done", "Your appointment is booked"),
        ("done-requested", "We are keeping this time for you"),
        ("done-in-review", "We have your request"),
        ("done-cancelled", "Your appointment is cancelled"),
        ("done-cancelled-by-clinic", "Your appointment is cancelled"),
        ("done-over", "Your appointment is over"),
        ("done-expired", "We are no longer keeping this time"),
    ] {
        let html = page(name);
        let h1 = html
            .split("<h1>")
            .nth(1)
            .unwrap()
            .split("</h1>")
            .next()
            .unwrap();
        assert!(h1.contains(heading), "{name}: {h1}");
    }
    let thanks = "Thank you for telling us";
    assert!(page("done-cancelled").contains(thanks));
    for name in ["done-cancelled-by-clinic", "manage-cancelled-by-clinic"] {
        let html = page(name);
        assert!(
            !html.contains(thanks) && html.contains("We had to cancel it"),
            "{name}"
        );
    }
}

/// A way to meet that was asked for and cannot be had is not passed over.
#[test]
fn times_that_are_not_in_the_way_asked_for_say_so() {
    let said = "You said that you would like to talk by phone.";
    assert!(page("times-other-way").contains(said));
    assert!(page("times-other-way").contains("the clinic meets in person only."));
    assert!(!page("times").contains(said));
}

/// Whoever is told to get help now sees the number to ring first, whichever rule it belongs to.
#[test]
fn nothing_to_turn_to_stands_above_the_largest_number() {
    let html = page("stop-also");
    let number = html.find("class=\"big-number\"").unwrap();
    let numberless = html.find("class=\"signpost\"").unwrap();
    assert!(number < numberless);
}

/// A milder rule says that a person looks at it; on a page that ends here they do so only if they are asked.
#[test]
fn what_a_person_looks_at_only_if_asked_says_so() {
    assert!(page("stop-also").contains("A person looks at this only if you ask for a call."));
    assert!(!page("stop").contains("only if you ask"));
    assert!(page("out-ask").contains("A person looks at this only if you ask."));
}

/// Two rivals are not to be in the hands of one team.
#[test]
fn a_rival_with_the_same_team_is_told_apart_from_one_without() {
    let html = desk_page("staff-appointment-rivals");
    let one_team = html.find("One team has this business").unwrap();
    let apart = html
        .find("A rival of this business is with this clinic too")
        .unwrap();
    assert!(html[one_team..apart].contains("/staff/appointments/M3WQ-8HT"));
    assert!(html[apart..].contains("/staff/requests/P9KD-2VA"));
    assert!(!desk_page("staff-appointment").contains("One team has"));
}

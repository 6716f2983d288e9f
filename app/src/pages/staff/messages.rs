//! `/staff/messages`: what was to be told to clients and what became of it, and each kind of message with sample data.

use super::parts;
use crate::icons::{ALERT, CHECK, CLOCK, LETTER, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::{Frame, SampleMessage, StaffMessage, StaffMessages, WorkLine};
use leptos::prelude::*;

const HERE: &str = "/staff/messages";

/// The states to narrow the list by; empty for all of them.
const STATES: [&str; 5] = ["", "failed", "queued", "sent", "dropped"];

/// The list.
pub fn messages(frame: &Frame, model: &StaffMessages) -> String {
    let head = || Head {
        title: t("post-title"),
        ..Head::default()
    };
    staff(frame, head, HERE, || {
        let none = model.messages.is_empty().then(|| {
            let key = if model.state == "failed" {
                "post-none-failed"
            } else {
                "post-none"
            };
            view! { <p class="empty">{t(key)}</p> }
        });
        let older = model.older.as_ref().map(|before| {
            let address = address(&model.clinic, &model.state, before);
            view! { <p><a class="button quiet" href=address rel="next">{t("post-older")}</a></p> }
        });
        view! {
            <div class="desk-head">
                <h1>{t("post-title")}</h1>
                <p>{t("post-lead")} " " <a href="/staff/messages/samples">{t("post-samples-link")}</a>
                    {model.can_reword.then(|| view! { " " <a href="/staff/messages/words">{t("words-link")}</a> })}</p>
            </div>
            {clinics(model)}
            {states(model)}
            {none}
            {(!model.messages.is_empty()).then(|| table(&model.messages))}
            {older}
            {work(&model.work)}
        }
    })
}

/// Whether the work behind the scenes is done; the whole of it on demand.
pub(super) fn work(all: &[WorkLine]) -> AnyView {
    let wrong = |one: &&WorkLine| one.late || one.failing > 0;
    let (mark, said) = match (all.is_empty(), all.iter().find(wrong)) {
        (true, _) => (ALERT, t("post-work-none")),
        (false, Some(_)) => (ALERT, t("post-work-wrong")),
        (false, None) => (CHECK, t("post-work-well")),
    };
    let line = |one: &WorkLine| {
        let how = match (one.failing, one.late) {
            (0, false) => t("post-work-line-well"),
            (0, true) => t("post-work-line-late"),
            (count, _) => t_with("post-work-line-failing", &[("count", count.into())]),
        };
        view! {
            <tr>
                <th scope="row">{parts::word("post-work", &one.name)}</th>
                <td class="time">{one.last.clone()}</td>
                <td>{how}</td>
            </tr>
        }
    };
    let table = (!all.is_empty()).then(|| {
        let head = ["what", "when", "how"].map(|name| {
            let text = t(&format!("post-work-col-{name}"));
            view! { <th scope="col">{text}</th> }
        });
        view! {
            <details>
                <summary>{t("post-work-more")}</summary>
                <table class="desk-table">
                    <thead><tr>{head.collect_view()}</tr></thead>
                    <tbody>{all.iter().map(line).collect_view()}</tbody>
                </table>
            </details>
        }
    });
    view! {
        <section>
            <h2>{t("post-work")}</h2>
            <p>{icon(mark)} " " {said}</p>
            {table}
        </section>
    }
    .into_any()
}

/// The address of the list narrowed like this.
fn address(clinic: &str, state: &str, before: &str) -> String {
    let asked = [("clinic", clinic), ("state", state), ("before", before)];
    let asked: Vec<String> = asked
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if asked.is_empty() {
        HERE.to_owned()
    } else {
        format!("{HERE}?{}", asked.join("&"))
    }
}

fn clinics(model: &StaffMessages) -> Option<AnyView> {
    (model.clinics.len() > 1).then(|| {
        let link = |id: &str, name: String| {
            let here = (model.clinic == id).then_some("page");
            view! { <a href=address(id, &model.state, "") aria-current=here>{name}</a> }
        };
        let all = model
            .clinics
            .iter()
            .map(|one| link(&one.id, one.name.clone()));
        view! {
            <nav class="tabs" aria-label=t("staff-which-clinic")>
                {link("", t("case-all-clinics"))} {all.collect_view()}
            </nav>
        }
        .into_any()
    })
}

fn states(model: &StaffMessages) -> AnyView {
    let all = STATES.iter().map(|state| {
        let here = (model.state == *state).then_some("page");
        let name = if state.is_empty() {
            t("post-state-all")
        } else {
            parts::word("post-state", state)
        };
        view! { <a href=address(&model.clinic, state, "") aria-current=here>{name}</a> }
    });
    view! { <nav class="tabs" aria-label=t("post-which-state")>{all.collect_view()}</nav> }
        .into_any()
}

fn table(all: &[StaffMessage]) -> AnyView {
    let head = [
        t("post-col-made"),
        t("post-col-what"),
        t("post-col-about"),
        t("post-col-state"),
        t("post-col-why"),
    ];
    let head = head
        .into_iter()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect_view();
    parts::scroll(
        t("post-title"),
        view! {
            <table class="desk-table">
                <thead><tr>{head}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        },
    )
}

fn row(one: &StaffMessage) -> AnyView {
    let about = if one.path.is_empty() {
        one.reference.clone().into_any()
    } else {
        view! { <a href=one.path.clone()>{one.reference.clone()}</a> }.into_any()
    };
    view! {
        <tr class:late=one.state == "failed">
            <td class="time">{one.made.clone()}</td>
            <th scope="row">{parts::word("post-kind", &one.kind)}</th>
            <td>{about} <br /> {one.clinic.name.clone()}</td>
            <td>{state(one)}</td>
            <td>{reason(one)} {retry(one)}</td>
        </tr>
    }
    .into_any()
}

/// The state as icon and word, and since when.
fn state(one: &StaffMessage) -> AnyView {
    let drawn = match one.state.as_str() {
        "sent" => CHECK,
        "queued" => CLOCK,
        "failed" => ALERT,
        _ => LETTER,
    };
    // The looks of what is well, of what waits and of what needs somebody are those of appointments.
    let look = match one.state.as_str() {
        "sent" => "confirmed",
        "queued" => "requested",
        "failed" => "urgent",
        _ => "cancelled",
    };
    let when = if one.next.is_empty() {
        one.ended.clone()
    } else {
        t_with("post-next", &[("time", one.next.clone().into())])
    };
    let tries = (one.attempts > 1).then(|| {
        let tries = t_with("post-tries", &[("count", one.attempts.into())]);
        view! { <br />{tries} }
    });
    view! {
        <span class="chip" data-state=look>{icon(drawn)} {parts::word("post-state", &one.state)}</span>
        <br /> {when} {tries}
    }
    .into_any()
}

fn reason(one: &StaffMessage) -> Option<AnyView> {
    (!one.reason.is_empty()).then(|| {
        let said = (!one.detail.is_empty())
            .then(|| view! { <br /><span class="hint">{one.detail.clone()}</span> });
        // What went wrong on the way is tried again, or has become a task.
        let on_the_way = matches!(
            one.reason.as_str(),
            "dead" | "bounced" | "tries" | "busy" | "refused" | "other"
        ) && matches!(one.state.as_str(), "queued" | "failed");
        let then = on_the_way.then(|| parts::word("post-then", &one.state));
        view! { {parts::word("post-why", &one.reason)} " " {then} {said} }.into_any()
    })
}

fn retry(one: &StaffMessage) -> Option<AnyView> {
    one.retry.then(|| {
        let about = t_with("post-retry-about", &[("reference", one.reference.clone().into())]);
        view! {
            <form method="post" action=format!("{HERE}/{}/again", one.id)>
                <button class="button quiet small" type="submit" aria-label=about>{t("post-retry")}</button>
            </form>
        }
        .into_any()
    })
}

/// `/staff/messages/samples`: each kind of message there is.
pub fn message_samples(frame: &Frame, all: &[SampleMessage]) -> String {
    let head = || Head {
        title: t("post-samples-title"),
        ..Head::default()
    };
    staff(frame, head, HERE, || {
        let all = all.iter().map(|one| {
            let address = format!("{HERE}/samples/{}", one.name);
            view! {
                <tr>
                    <th scope="row"><a href=address>{parts::word("post-sample", &one.name)}</a></th>
                    <td>{one.subject.clone()}</td>
                </tr>
            }
        });
        view! {
            <div class="desk-head">
                <p><a href=HERE>{t("post-back")}</a></p>
                <h1>{t("post-samples-title")}</h1>
                <p>{t("post-samples-lead")}</p>
            </div>
            {parts::scroll(t("post-samples-title"), view! {
                <table class="desk-table">
                    <thead><tr>
                        <th scope="col">{t("post-col-what")}</th>
                        <th scope="col">{t("post-col-subject")}</th>
                    </tr></thead>
                    <tbody>{all.collect_view()}</tbody>
                </table>
            })}
        }
    })
}

/// `/staff/messages/samples/{name}`: one of them.
pub fn message_sample(frame: &Frame, one: &SampleMessage) -> String {
    let title = || parts::word("post-sample", &one.name);
    let head = || Head {
        title: title(),
        ..Head::default()
    };
    staff(frame, head, HERE, || {
        let calendar = (!one.calendar.is_empty()).then(|| {
            view! {
                <h2>{t("post-sample-calendar")}</h2>
                <pre class="letter">{one.calendar.clone()}</pre>
            }
        });
        view! {
            <div class="desk-head">
                <p><a href="/staff/messages/samples">{t("post-samples-back")}</a></p>
                <h1>{title()}</h1>
                <p>{t("post-samples-lead")}</p>
            </div>
            <p><strong>{t("post-col-subject")}</strong> ": " {one.subject.clone()}</p>
            <p><a class="button quiet" href=format!("{HERE}/samples/{}/mail", one.name)>{t("post-sample-html")}</a></p>
            <h2>{t("post-sample-text")}</h2>
            <pre class="letter">{one.text.clone()}</pre>
            {calendar}
        }
    })
}

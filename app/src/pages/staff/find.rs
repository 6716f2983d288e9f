//! `/staff/find`: what was found. The box itself stands in the rail of every page, and here again.

use super::parts;
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::{Found, FoundCase, Frame, StaffAppointment};
use leptos::prelude::*;

/// The page. What was typed is in it and not in its title, which the browser keeps.
pub fn find(frame: &Frame, model: &Found) -> String {
    let head = || Head {
        title: t("search-title"),
        ..Head::default()
    };
    staff(frame, head, "", || {
        view! {
            <div class="desk-head">
                <h1>{t("search-title")}</h1>
                <form class="find-again" method="post" action="/staff/find">
                    <label for="find-again">{t("search-hint")}</label>
                    <input id="find-again" name="for" type="search" value=model.typed.clone() autocomplete="off" spellcheck="false" />
                    <button class="button main" type="submit">{t("search-button")}</button>
                </form>
            </div>
            {results(model)}
        }
    })
}

fn results(model: &Found) -> Option<AnyView> {
    if model.typed.is_empty() {
        return None;
    }
    if model.appointments.is_empty() && model.requests.is_empty() && model.waiting.is_empty() {
        return Some(view! { <p role="status">{t("search-nothing")}</p> }.into_any());
    }
    let more = model.more.then(|| view! { <p>{t("search-more")}</p> });
    Some(view! { {appointments(&model.appointments)} {cases(&model.requests, &CASES)} {cases(&model.waiting, &PLACES)} {more} }.into_any())
}

/// What cases are called, and where they are.
struct Kind {
    pages: &'static str,
    name: &'static str,
    count: &'static str,
    state: &'static str,
}

const CASES: Kind = Kind {
    pages: "requests",
    name: "search-case",
    count: "search-cases",
    state: "case-state",
};
const PLACES: Kind = Kind {
    pages: "waiting",
    name: "search-place",
    count: "search-places",
    state: "waiting-state",
};

fn heads(keys: [&'static str; 5]) -> AnyView {
    let heads = keys.map(|key| view! { <th scope="col">{t(key)}</th> });
    view! { <thead><tr>{heads.collect_view()}</tr></thead> }.into_any()
}

fn appointments(all: &[(String, StaffAppointment)]) -> Option<AnyView> {
    let row = |(date, one): &(String, StaffAppointment)| {
        view! {
            <tr>
                <th scope="row">{parts::client(one)} <br /> <small>{one.reference.clone()}</small></th>
                <td>{date.clone()} ", " {one.start.clone()}</td>
                <td>{one.service.clone()}</td>
                <td>{one.clinic.name.clone()}</td>
                <td>{parts::state(&one.state)}</td>
            </tr>
        }
    };
    let count = t_with("search-appointments", &[("count", all.len().into())]);
    (!all.is_empty()).then(|| {
        let head = heads([
            "staff-col-client",
            "staff-field-date",
            "staff-col-service",
            "staff-col-clinic",
            "staff-col-state",
        ]);
        let rows = all.iter().map(row).collect_view();
        view! {
            <section>
                <h2>{count.clone()}</h2>
                {parts::scroll(count, view! { <table class="desk-table">{head}<tbody>{rows}</tbody></table> })}
            </section>
        }
        .into_any()
    })
}

fn cases(all: &[FoundCase], kind: &'static Kind) -> Option<AnyView> {
    let row = |one: &FoundCase| {
        let href = format!("/staff/{}/{}", kind.pages, one.reference);
        view! {
            <tr>
                <th scope="row"><a href=href>{one.client.clone()}</a> <br /> <small>{one.reference.clone()}</small></th>
                <td>{one.date.clone()}</td>
                <td>{t(kind.name)}</td>
                <td>{one.clinic.name.clone()}</td>
                <td>{parts::word(kind.state, &one.state)}</td>
            </tr>
        }
    };
    let count = t_with(kind.count, &[("count", all.len().into())]);
    (!all.is_empty()).then(|| {
        let head = heads([
            "staff-col-client",
            "staff-field-date",
            "staff-col-service",
            "staff-col-clinic",
            "staff-col-state",
        ]);
        let rows = all.iter().map(row).collect_view();
        view! {
            <section>
                <h2>{count.clone()}</h2>
                {parts::scroll(count, view! { <table class="desk-table">{head}<tbody>{rows}</tbody></table> })}
            </section>
        }
        .into_any()
    })
}

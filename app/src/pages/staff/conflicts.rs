//! `/staff/conflicts` and one check below it: the names given, the names they are like with why, and the decision. Nothing
//! of what happened is on either page.

use super::parts::{count, word};
use crate::icons::{ALERT, CHECK, CLOCK, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{error_summary, typed_text};
use crate::text::{t, t_with};
use crate::view::{
    ConflictLine, ConflictMatch, ConflictName, ConflictPage, Conflicts, FieldError, Frame,
};
use leptos::prelude::*;

/// The list.
pub fn conflicts(frame: &Frame, model: &Conflicts) -> String {
    let head = || Head {
        title: t("conflicts-title"),
        ..Head::default()
    };
    staff(frame, head, "/staff/conflicts", || {
        let waiting = model.cases.iter().filter(|one| one.state == "waiting");
        let list = if model.cases.is_empty() {
            view! { <p>{t("conflicts-none")}</p> }.into_any()
        } else {
            table(&model.cases)
        };
        view! {
            <div class="desk-head">
                <h1>{t("conflicts-title")} " " {count(waiting.count())}</h1>
                <p>{t("conflicts-lead")}</p>
            </div>
            {list}
        }
    })
}

fn table(all: &[ConflictLine]) -> AnyView {
    let head = [
        t("staff-col-reference"),
        t("staff-col-state"),
        t("conflicts-col-matches"),
        t("conflicts-col-due"),
        t("conflicts-col-what"),
        t("staff-col-clinic"),
    ];
    let head = head
        .into_iter()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect_view();
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=t("conflicts-title")>
            <table class="desk-table">
                <thead><tr>{head}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(one: &ConflictLine) -> impl IntoView + use<> {
    let address = format!("/staff/conflicts/{}", one.reference);
    let matches = t_with("conflicts-matches", &[("count", one.matches.into())]);
    view! {
        <tr>
            <th scope="row" class="number"><a href=address>{one.reference.clone()}</a></th>
            <td>{chips(one)}</td>
            <td>{matches}</td>
            <td>{one.due.clone()} <br /> {one.age.clone()}</td>
            <td>{what(one)}</td>
            <td>{one.clinic.name.clone()}</td>
        </tr>
    }
}

fn what(one: &ConflictLine) -> String {
    if one.request {
        t("conflicts-request")
    } else {
        t("conflicts-appointment")
    }
}

fn chips(one: &ConflictLine) -> AnyView {
    let (path, state) = match one.state.as_str() {
        "cleared" => (CHECK, "confirmed"),
        "waiting" => (CLOCK, "requested"),
        _ => (ALERT, "cancelled"),
    };
    let urgent =
        |text| view! { <span class="chip" data-state="urgent">{icon(ALERT)} {text}</span> };
    let overdue = one.overdue.then(|| urgent(t("conflicts-overdue")));
    let lead = one.lead_only.then(|| urgent(t("conflicts-lead-only")));
    view! {
        <span class="chip" data-state=state>{icon(path)} {word("conflicts-state", &one.state)}</span>
        " " {overdue} " " {lead}
    }
    .into_any()
}

/// One check.
pub fn conflict(frame: &Frame, model: &ConflictPage) -> String {
    let reference = || [("reference", model.case.reference.clone().into())];
    let head = || Head {
        title: t_with("conflict-title", &reference()),
        errors: !model.errors.is_empty(),
        ..Head::default()
    };
    staff(frame, head, "/staff/conflicts", || {
        let names = model.names.iter().map(|one| {
            view! { <tr><th scope="row">{one.name.clone()}</th><td>{side(&one.side)}</td></tr> }
        });
        view! {
            {error_summary(&model.errors)}
            {overtaken(model)}
            <div class="desk-head">
                <h1>{t_with("conflict-title", &reference())}</h1>
                {chips(&model.case)}
                <p>{t("conflict-due")} " " {model.case.due.clone()}</p>
                <p><a href="/staff/conflicts">{t("conflict-back")}</a></p>
            </div>
            <div class="desk-parts">
                <section>
                    <h2>{t("conflict-names")}</h2>
                    <table class="desk-table">
                        <thead><tr><th scope="col">{t("conflict-name")}</th><th scope="col">{t("conflict-side")}</th></tr></thead>
                        <tbody>{names.collect_view()}</tbody>
                    </table>
                    <p class="hint">{t("conflict-no-story")}</p>
                </section>
                <section>
                    <h2>{t("conflict-matches")} " " {count(model.matches.len())}</h2>
                    {another_script(model)}
                    {matches(model)}
                </section>
                {decided(model)}
                {form(model)}
            </div>
        }
    })
}

fn side(code: &str) -> String {
    word("conflict-side", code)
}

/// A name in letters that are compared with nothing but themselves: a person has to look.
fn another_script(model: &ConflictPage) -> Option<AnyView> {
    let any = model.names.iter().any(|one| one.another_script);
    any.then(|| {
        view! { <p class="banner">{icon(ALERT)} " " {t("conflict-another-script")}</p> }.into_any()
    })
}

fn matches(model: &ConflictPage) -> AnyView {
    if model.matches.is_empty() {
        return view! { <p>{t("conflict-matches-none")}</p> }.into_any();
    }
    let hidden = model
        .others_hidden
        .then(|| view! { <p class="hint">{t("conflict-others-hidden")}</p> });
    let rows = model.matches.iter().map(one_match).collect_view();
    view! {
        <p>{t("conflict-matches-lead")}</p>
        {hidden}
        <div class="desk-scroll" tabindex="0" role="region" aria-label=t("conflict-matches")>
            <table class="desk-table">
                <thead><tr>
                    <th scope="col">{t("conflict-given")}</th>
                    <th scope="col">{t("conflict-other")}</th>
                    <th scope="col">{t("conflict-why")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn one_match(one: &ConflictMatch) -> impl IntoView + use<> {
    let chip = one.against.then(
        || view! { <span class="chip" data-state="urgent">{icon(ALERT)} {t("conflict-against")}</span> },
    );
    let alike = (!one.against).then(|| t("conflict-alike"));
    let named = |name: &ConflictName| view! { {name.name.clone()} <br /> {side(&name.side)} };
    let other = if one.elsewhere {
        view! { {t("conflict-elsewhere")} }.into_any()
    } else {
        let name = if one.other.is_empty() {
            t("conflict-hidden")
        } else {
            one.other.clone()
        };
        view! { {name} <br /> {side(&one.other_side)} <br /> <span class="number">{one.reference.clone()}</span> }
            .into_any()
    };
    let why = if one.why.is_empty() {
        t("conflict-why-elsewhere")
    } else {
        word("conflict-why", &one.why)
    };
    view! {
        <tr>
            <th scope="row">{named(&one.given)}</th>
            <td>{other}</td>
            <td>{chip} {alike} <br /> {why}</td>
        </tr>
    }
}

/// Somebody else was first: what they decided stands below, and what was typed here is not lost.
fn overtaken(model: &ConflictPage) -> Option<AnyView> {
    model.overtaken.then(|| {
        view! {
            <section class="banner bad" role="alert">
                <h2>{icon(ALERT)} " " {t("case-overtaken")}</h2>
                <p>{t("case-overtaken-typed")}</p>
                <blockquote class="asked">{model.reason.clone()}</blockquote>
            </section>
        }
        .into_any()
    })
}

fn decided(model: &ConflictPage) -> Option<AnyView> {
    let title = if model.decided.is_empty() {
        t("conflict-sent")
    } else {
        t("conflict-decided")
    };
    (!model.decided_why.is_empty()).then(|| {
        view! {
            <section>
                <h2>{title}</h2>
                <p>{model.decided.clone()}</p>
                <p>{model.decided_why.clone()}</p>
            </section>
        }
        .into_any()
    })
}

fn form(model: &ConflictPage) -> Option<AnyView> {
    if !model.can_decide {
        return (model.case.state == "waiting").then(|| {
            view! { <section><h2>{t("conflict-decide")}</h2><p>{t("conflict-not-yours")}</p></section> }
                .into_any()
        });
    }
    let error = |field: &str| -> Option<FieldError> {
        model.errors.iter().find(|one| one.field == field).cloned()
    };
    let wrong = error("reason");
    let described = if wrong.is_some() {
        "reason-hint reason-error"
    } else {
        "reason-hint"
    };
    let message = wrong.as_ref().map(
        |one| view! { <p class="error" id="reason-error">{icon(ALERT)} {one.text.clone()}</p> },
    );
    let send = model.can_send.then(
        || view! { <button class="button quiet" type="submit" name="do" value="lead">{t("conflict-send")}</button> },
    );
    Some(
        view! {
            <section>
                <h2>{t("conflict-decide")}</h2>
                <form class="ways" method="post" action=format!("/staff/conflicts/{}", model.case.reference) novalidate>
                    <input type="hidden" name="seen" value=model.seen.clone() />
                    <div class="field">
                        <label for="reason">{t("conflict-reason")}</label>
                        <p class="hint" id="reason-hint">{t("conflict-reason-hint")}</p>
                        {message}
                        <textarea id="reason" name="reason" rows="3" maxlength="500" aria-describedby=described
                            aria-invalid=wrong.is_some().then_some("true")>{typed_text(&model.reason)}</textarea>
                    </div>
                    <p>{t("conflict-clear-text")}</p>
                    <button class="button main" type="submit" name="do" value="clear">{t("conflict-clear")}</button>
                    <p>{t("conflict-refuse-text")}</p>
                    <button class="button danger" type="submit" name="do" value="refuse">{t("conflict-refuse")}</button>
                    {send.is_some().then(|| view! { <p>{t("conflict-send-text")}</p> })}
                    {send}
                </form>
            </section>
        }
        .into_any(),
    )
}

//! `/staff/questions/{set}/draft`: everything to read before publishing, and the form that publishes.

use super::parts::{RAIL, base, difference, head, path};
use crate::icons::{ALERT, CHECK, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{TextField, error_of, error_summary, tick};
use crate::text::{t, t_with};
use crate::view::Frame;
use crate::view::questions::{DraftPage, MoveShown, ReadingShown, ReplayShown};
use leptos::prelude::*;

/// The page.
pub fn question_draft(frame: &Frame, model: &DraftPage) -> String {
    let title = || {
        t_with(
            "questions-draft-title",
            &[("set", model.set.name.clone().into())],
        )
    };
    let page_head = || Head {
        title: title(),
        errors: !model.errors.is_empty(),
        ..Head::default()
    };
    staff(frame, page_head, RAIL, || {
        let places = [
            ("saved", model.draft.saved.clone().into()),
            ("by", model.draft.by.clone().into()),
        ];
        let overtaken = model
            .overtaken
            .then(|| view! { <p class="banner">{icon(ALERT)} " " {t("questions-overtaken")}</p> });
        view! {
            {error_summary(&model.errors)}
            {head(title(), &model.set)}
            <p>{t_with("questions-draft-of", &places)}</p>
            <p>{t("questions-draft-lead")}</p>
            {overtaken}
            <section id="findings"><h2>{t("questions-findings")}</h2>{findings(&model.findings)}</section>
            {softer(model)}
            <section><h2>{t("questions-difference")}</h2>{difference(&model.difference)}</section>
            {reading(&model.reading)}
            <section><h2>{t("questions-replay")}</h2>{replay(model.replay.as_ref())}</section>
            {model.may_edit.then(|| actions(model))}
        }
    })
}

fn findings(all: &[String]) -> AnyView {
    if all.is_empty() {
        return view! { <p class="chip" data-state="confirmed">{icon(CHECK)} {t("questions-clean")}</p> }
            .into_any();
    }
    let one = |text: &String| view! { <li>{text.clone()}</li> };
    let text = t_with("questions-broken", &[("count", all.len().into())]);
    view! {
        <p class="banner bad">{icon(ALERT)} " " {text}</p>
        <ul class="bullets">{all.iter().map(one).collect_view()}</ul>
    }
    .into_any()
}

/// Which rules ask less than before; and who has to publish that.
fn softer(model: &DraftPage) -> Option<AnyView> {
    (!model.softer.is_empty()).then(|| {
        let one = |text: &String| view! { <li>{text.clone()}</li> };
        let who = t(if model.may_soften {
            "questions-softer-sign"
        } else {
            "questions-softer-supervisor"
        });
        view! {
            <section id="softer">
                <h2>{t("questions-softer")}</h2>
                <p class="banner bad">{icon(ALERT)} " " {who}</p>
                <ul class="bullets">{model.softer.iter().map(one).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn reading(all: &[ReadingShown]) -> Option<AnyView> {
    (!all.is_empty()).then(|| {
        let names = [
            "questions-col-grade-in-force",
            "questions-col-grade-draft",
            "questions-col-smog-in-force",
            "questions-col-smog-draft",
        ];
        let row = |one: &ReadingShown| {
            let grades = [&one.before, &one.after, &one.smog_before, &one.smog_after];
            let grades = names.iter().zip(grades).map(|(name, grade)| {
                view! { <td class="number" data-column=t(name)>{grade.clone()}</td> }
            });
            view! { <tr><th scope="row">{one.name.clone()}</th>{grades.collect_view()}</tr> }
        };
        view! {
            <section>
                <h2>{t("questions-reading")}</h2>
                <p>{t("questions-reading-lead")}</p>
                <div class="desk-scroll" tabindex="0" role="region" aria-label=t("questions-reading")>
                    <table class="desk-table">
                        <thead><tr>
                            <th scope="col">{t("questions-col-set")}</th>
                            {names.map(|name| view! { <th scope="col">{t(name)}</th> }).collect_view()}
                        </tr></thead>
                        <tbody>{all.iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any()
    })
}

fn replay(replay: Option<&ReplayShown>) -> AnyView {
    let Some(replay) = replay else {
        return view! { <p>{t("questions-no-replay")}</p> }.into_any();
    };
    let limited = replay
        .limited
        .then(|| view! { <p>{t("questions-replay-limited")}</p> });
    let moves = (!replay.moves.is_empty()).then(|| table(&replay.moves, false));
    let patterns = (!replay.patterns.is_empty()).then(|| {
        view! { <h3>{t("questions-replay-why")}</h3> {table(&replay.patterns, true)} }
    });
    view! {
        <p>{t("questions-replay-lead")}</p>
        <ul class="bullets">
            <li>{replay.cases.clone()}</li>
            <li><strong>{replay.changed.clone()}</strong></li>
            <li>{replay.told_otherwise.clone()}</li>
            <li>{replay.asked_more.clone()}</li>
        </ul>
        {limited}
        {moves}
        {patterns}
    }
    .into_any()
}

fn table(all: &[MoveShown], why: bool) -> AnyView {
    let names: &[&str] = if why {
        &["from", "to", "cases", "because"]
    } else {
        &["from", "to", "cases"]
    };
    let head = names.iter().map(|name| {
        let text = t(&format!("questions-col-{name}"));
        view! { <th scope="col">{text}</th> }
    });
    let row = |one: &MoveShown| {
        let changed = one.changed.then(|| view! { {icon(ALERT)} " " });
        let because = why.then(|| view! { <td data-column=t("questions-col-because")>{crate::pages::parts::bullets(&one.because)}</td> });
        view! {
            <tr>
                <td data-column=t("questions-col-from")>{one.from.clone()}</td>
                <td data-column=t("questions-col-to")>{changed}{one.to.clone()}</td>
                <td class="number" data-column=t("questions-col-cases")>{one.cases.clone()}</td>
                {because}
            </tr>
        }
    };
    let label = t(if why {
        "questions-replay-why"
    } else {
        "questions-replay"
    });
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=label>
            <table class="desk-table">
                <thead><tr>{head.collect_view()}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn actions(model: &DraftPage) -> AnyView {
    let publish = if model.findings.is_empty() && (model.softer.is_empty() || model.may_soften) {
        publish(model)
    } else if model.findings.is_empty() {
        view! { <p>{t("questions-softer-supervisor")}</p> }.into_any()
    } else {
        view! { <p>{t("questions-mend-first")}</p> }.into_any()
    };
    view! {
        <section>
            <h2>{t("questions-publish-title")}</h2>
            {publish}
        </section>
        <section>
            <h2>{t("questions-go-on")}</h2>
            <p><a href=path(&model.set, "file")>{t("questions-edit-file")}</a></p>
            <form method="post" action=path(&model.set, "discard")>
                {base(model.base)}
                <button class="button quiet" type="submit">{t("questions-discard")}</button>
            </form>
        </section>
    }
    .into_any()
}

fn publish(model: &DraftPage) -> AnyView {
    let note = TextField {
        name: "note",
        label: t("questions-note"),
        hint: t("questions-note-hint"),
        value: model.note.clone(),
        error: error_of(&model.errors, "note"),
        rows: 3,
        max_chars: 500,
        ..TextField::default()
    };
    let read = tick(
        "read",
        t("questions-read"),
        model.ticked,
        &error_of(&model.errors, "read"),
    );
    view! {
        <p>{t("questions-publish-lead")}</p>
        <form method="post" action=path(&model.set, "publish") class="question-form" novalidate>
            {base(model.base)}
            {note.view()}
            {read}
            <button class="button main" type="submit">{t("questions-publish")}</button>
        </form>
    }
    .into_any()
}

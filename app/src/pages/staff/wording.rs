//! `/staff/messages/words`: what a clinic says in its own words, message by message, with a look at it before it is saved.

use super::parts;
use crate::icons::{ALERT, ARROW, CHECK, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{TextField, error_of, error_summary};
use crate::text::{t, t_with};
use crate::view::{Frame, MessageWords, MessageWordsList, SampleMessage, WordsPiece};
use leptos::prelude::*;

const HERE: &str = "/staff/messages";
const WORDS: &str = "/staff/messages/words";

/// The names of the form's fields, in order; no message has more texts.
pub const FIELDS: [&str; 5] = ["text-1", "text-2", "text-3", "text-4", "text-5"];

/// The messages of a clinic.
pub fn message_words_list(frame: &Frame, model: &MessageWordsList) -> String {
    let head = || Head {
        title: t("words-title"),
        ..Head::default()
    };
    staff(frame, head, HERE, || {
        let tabs = model.clinics.iter().map(|one| {
            let here = (one.id == model.clinic.id).then_some("page");
            view! { <a href=format!("{WORDS}?clinic={}", one.id) aria-current=here>{one.name.clone()}</a> }
        });
        let several = (model.clinics.len() > 1).then(|| {
            view! { <nav class="tabs" aria-label=t("staff-which-clinic")>{tabs.collect_view()}</nav> }
        });
        let rows = model.kinds.iter().map(|(kind, own)| {
            let address = format!("{WORDS}/{}/{kind}", model.clinic.id);
            let state = if *own {
                view! { {icon(CHECK)} " " {t("words-own")} }.into_any()
            } else {
                t("words-ours").into_any()
            };
            view! {
                <tr>
                    <th scope="row"><a href=address>{parts::word("words-kind", kind)}</a></th>
                    <td>{state}</td>
                </tr>
            }
        });
        view! {
            <div class="desk-head">
                <p><a href=HERE>{t("post-back")}</a></p>
                <h1>{t("words-title")}</h1>
                <p>{t("words-lead")}</p>
            </div>
            {several}
            <h2>{model.clinic.name.clone()}</h2>
            {parts::scroll(t("words-title"), view! {
                <table class="desk-table">
                    <thead><tr>
                        <th scope="col">{t("post-col-what")}</th>
                        <th scope="col">{t("words-col-whose")}</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            })}
        }
    })
}

/// The words of one message.
pub fn message_words(frame: &Frame, model: &MessageWords) -> String {
    let title = || parts::word("words-kind", &model.kind);
    let head = || Head {
        title: title(),
        errors: !model.errors.is_empty(),
        ..Head::default()
    };
    staff(frame, head, HERE, || {
        view! {
            {error_summary(&model.errors)}
            {model.overtaken.then(|| overtaken(model))}
            <div class="desk-head">
                <p><a href=format!("{WORDS}?clinic={}", model.clinic.id)>{t("words-back")}</a></p>
                <h1>{title()}</h1>
                <p>{model.clinic.name.clone()} ". " {t("words-rules")}</p>
            </div>
            {(!model.preview.is_empty()).then(|| preview(&model.preview))}
            {form(model)}
        }
    })
}

fn overtaken(model: &MessageWords) -> AnyView {
    let theirs = model.pieces.iter().map(|piece| {
        let text = if piece.theirs.is_empty() {
            t("words-ours")
        } else {
            piece.theirs.clone()
        };
        view! { <p><strong>{parts::word("words-part", &piece.part)}</strong> ": " {text}</p> }
    });
    view! {
        <section class="banner bad">
            <h2>{icon(ALERT)} " " {t("words-overtaken")}</h2>
            <p>{t("words-overtaken-text")}</p>
            {theirs.collect_view()}
        </section>
    }
    .into_any()
}

/// The message as it would be sent, above the form so that nobody has to look for it.
fn preview(all: &[SampleMessage]) -> AnyView {
    let all = all.iter().map(|one| {
        view! {
            <h3>{parts::word("post-sample", &one.name)}</h3>
            <p><strong>{t("post-col-subject")}</strong> ": " {one.subject.clone()}</p>
            <pre class="letter">{one.text.clone()}</pre>
        }
    });
    view! {
        <section id="look" tabindex="-1">
            <h2>{t("words-look-title")}</h2>
            <p role="status">{t("words-look-text")}</p>
            {all.collect_view()}
        </section>
    }
    .into_any()
}

fn form(model: &MessageWords) -> AnyView {
    let action = format!("{WORDS}/{}/{}", model.clinic.id, model.kind);
    let fields = model
        .pieces
        .iter()
        .zip(FIELDS)
        .map(|(piece, name)| field(model, piece, name))
        .collect_view();
    view! {
        <form method="post" action=action class="words-form" novalidate>
            <input type="hidden" name="seen" value=model.seen.clone() />
            {fields}
            <p class="actions">
                <button class="button quiet" type="submit" name="do" value="look">{t("words-look")}</button>
                <button class="button main" type="submit" name="do" value="save">{t("words-save")} {icon(ARROW)}</button>
            </p>
        </form>
    }
    .into_any()
}

fn field(model: &MessageWords, piece: &WordsPiece, name: &'static str) -> AnyView {
    let mut hint = t_with("words-hint", &[("ours", piece.ours.clone().into())]);
    if !piece.values.is_empty() {
        let values = piece.values.join(", ");
        hint.push(' ');
        hint.push_str(&t_with("words-values", &[("values", values.into())]));
    }
    let subject = piece.part == "subject";
    TextField {
        name,
        label: parts::word("words-part", &piece.part),
        hint,
        value: piece.text.clone(),
        error: error_of(&model.errors, name),
        rows: if subject { 0 } else { 3 },
        ..TextField::default()
    }
    .view()
}

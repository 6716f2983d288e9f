//! `/staff/messages/words`: a clinic's own words for its messages, with a look at them before they are saved.

use app::pages::staff as pages;
use app::text::{in_language, t_with};
use app::view::{ClinicRef, FieldError, MessageWords, MessageWordsList, SampleMessage, WordsPiece};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Router};
use serde::Deserialize;

use super::messages::{every_kind, shown, written_in};
use super::{SignedIn, go_to, page};
use crate::booking::Actor;
use crate::domain::access::{Action, may};
use crate::domain::ids::ClinicId;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;
use crate::mail::wording::{self as mail_wording, OwnWords, Piece, Wrong};
use crate::wording::{self, Worded, WordsSaved};

/// The routes below `/staff/messages/words`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/staff/messages/words", get(list))
        .route(
            "/staff/messages/words/{clinic}/{kind}",
            get(form).post(save),
        )
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    clinic: String,
}

/// The clinics whose words this member of staff may change.
async fn own(app: &App, who: &SignedIn) -> Result<Vec<ClinicRef>, Edge> {
    let clinics = app.context.store.read().await?.clinics().await?;
    let theirs = clinics.into_iter().filter(|row| {
        let clinic = ClinicId(row.id.clone());
        may(&who.standing, Action::EditWording, Some(&clinic))
    });
    let found: Vec<ClinicRef> = theirs
        .map(|row| ClinicRef {
            id: row.id,
            name: row.name,
        })
        .collect();
    if found.is_empty() {
        return Err(Code::Forbidden.into());
    }
    Ok(found)
}

fn chosen(own: &[ClinicRef], asked: &str) -> Result<ClinicRef, Edge> {
    let found = own
        .iter()
        .find(|one| asked.is_empty() || one.id == asked)
        .cloned();
    Ok(found.ok_or(Code::Forbidden)?)
}

/// `GET /staff/messages/words?clinic=`
async fn list(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let clinics = own(&app, &who).await?;
    let clinic = chosen(&clinics, &asked.clinic)?;
    let changed = wording::changed_messages(&app.context, &clinic.id).await?;
    let kinds = mail_wording::KINDS
        .iter()
        .map(|(kind, _)| ((*kind).to_owned(), changed.iter().any(|own| own == kind)));
    let model = MessageWordsList {
        kinds: kinds.collect(),
        clinics,
        clinic,
    };
    Ok(page(pages::message_words_list(
        &who.frame(&app, &nonce),
        &model,
    )))
}

/// `GET /staff/messages/words/{clinic}/{kind}`
async fn form(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path((clinic, kind)): Path<(String, String)>,
) -> Result<Response, Edge> {
    let clinic = chosen(&own(&app, &who).await?, &clinic)?;
    let pieces = mail_wording::pieces(&kind).ok_or(Code::NotFound)?;
    let stands = wording::message_words(&app.context, &clinic.id, &kind).await?;
    let text = |piece: &Piece| stands.own.get(piece.id).cloned().unwrap_or_default();
    let model = MessageWords {
        pieces: pieces
            .iter()
            .map(|piece| shown_piece(piece, text(piece)))
            .collect(),
        seen: stands.seen.clone(),
        clinic,
        kind,
        ..MessageWords::default()
    };
    Ok(page(pages::message_words(&who.frame(&app, &nonce), &model)))
}

fn shown_piece(piece: &Piece, text: String) -> WordsPiece {
    // "mail-cancellation-lead-clinic" is the part `lead-clinic`: parts begin with one of three words.
    let part = ["-subject", "-lead", "-say"]
        .iter()
        .find_map(|start| piece.id.find(start))
        .map_or("", |at| &piece.id[at + 1..]);
    WordsPiece {
        part: part.to_owned(),
        ours: mail_wording::ours(*piece),
        values: piece
            .values
            .iter()
            .map(|name| format!("{{{name}}}"))
            .collect(),
        text,
        ..WordsPiece::default()
    }
}

/// `POST /staff/messages/words/{clinic}/{kind}`: shows what it would look like, or saves it.
async fn save(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path((clinic, kind)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Edge> {
    let clinic = chosen(&own(&app, &who).await?, &clinic)?;
    let pieces = mail_wording::pieces(&kind).ok_or(Code::NotFound)?;
    let typed: Vec<String> = pieces
        .iter()
        .zip(pages::WORDS_FIELDS)
        .map(|(_, field)| form.first(field).to_owned())
        .collect();
    let frame = who.frame(&app, &nonce);
    let shown = pieces.iter().zip(&typed);
    let mut model = MessageWords {
        pieces: shown
            .map(|(piece, text)| shown_piece(piece, text.clone()))
            .collect(),
        seen: form.first("seen").to_owned(),
        clinic: clinic.clone(),
        kind: kind.clone(),
        ..MessageWords::default()
    };
    let answer = |status, model: &MessageWords| {
        Ok((status, Html(pages::message_words(&frame, model))).into_response())
    };
    let words = match wording::read_words(pieces, &typed, &clinic.name) {
        Ok(words) => words,
        Err(wrong) => {
            model.errors = in_language(&frame.lang, || wrong.iter().map(said).collect());
            return answer(StatusCode::UNPROCESSABLE_ENTITY, &model);
        }
    };
    if form.first("do") != "save" {
        model.preview = preview(&app, &kind, &words)?;
        return answer(StatusCode::OK, &model);
    }
    let actor = Actor::Staff(who.staff.id);
    let saved = wording::save_words(
        &app.context,
        (&clinic.id, &kind),
        &model.seen,
        &words,
        actor,
    );
    match saved.await? {
        WordsSaved::Yes => Ok(go_to(&format!(
            "/staff/messages/words?clinic={}",
            clinic.id
        ))),
        WordsSaved::Overtaken(now) => {
            overtake(&mut model, pieces, &now);
            answer(StatusCode::CONFLICT, &model)
        }
    }
}

fn overtake(model: &mut MessageWords, pieces: &[Piece], now: &Worded) {
    model.overtaken = true;
    model.seen.clone_from(&now.seen);
    for (shown, piece) in model.pieces.iter_mut().zip(pieces) {
        shown.theirs = now.own.get(piece.id).cloned().unwrap_or_default();
    }
}

/// What is wrong with a text, in words.
fn said((at, wrong): &(usize, Wrong)) -> FieldError {
    let what = |text: &str| [("what", text.to_owned().into())];
    let text = match wrong {
        Wrong::TooLong(most) => t_with("words-wrong-long", &[("most", (*most).into())]),
        Wrong::Unknown(name) => t_with("words-wrong-unknown", &what(&marked(name))),
        Wrong::Missing(name) => t_with("words-wrong-missing", &what(&marked(name))),
        Wrong::Address => app::text::t("words-wrong-address"),
        Wrong::Telling(word) => t_with("words-wrong-telling", &what(word)),
    };
    FieldError {
        field: pages::WORDS_FIELDS[*at].to_owned(),
        text,
    }
}

fn marked(name: &str) -> String {
    if name.contains(['{', '}']) {
        name.to_owned()
    } else {
        format!("{{{name}}}")
    }
}

/// The samples of this message with these words.
fn preview(app: &App, kind: &str, words: &OwnWords) -> Result<Vec<SampleMessage>, Edge> {
    every_kind(app)?
        .into_iter()
        .filter(|(name, _)| name.starts_with(kind))
        .map(|(name, message)| Ok(shown(name, written_in(app, &message, words.clone())?)))
        .collect()
}

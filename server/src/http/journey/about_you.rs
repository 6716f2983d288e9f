//! Some questions about the person (A15), after the form was sent and before the confirmation. Skipping is as easy as
//! answering, nothing can be wrong, and what is answered becomes a number in a counter: see `domain::equality`.

use app::pages;
use app::view;
use axum::http::StatusCode;
use axum::response::Response;

use super::visit::Visit;
use crate::domain::equality::{QUESTIONS, answers};
use crate::http::error::Edge;
use crate::http::form::Form;
use crate::intake::{Step, count_about_you};

/// `GET /clinics/{clinic}/about-you`
pub async fn ask(visit: Visit) -> Response {
    if visit.draft.finished.is_none() || visit.draft.asked_about_you {
        return visit.go_on(&visit.furthest().path(visit.id()));
    }
    let model = view::AboutYou {
        clinic: visit.clinic_ref(),
        questions: QUESTIONS
            .iter()
            .map(|asked| (asked.question, asked.answers))
            .collect(),
    };
    visit.page(StatusCode::OK, pages::about_you(&visit.frame(), &model))
}

/// `POST /clinics/{clinic}/about-you`: counts once for a form that was sent, or skips.
pub async fn answer(mut visit: Visit, form: Form) -> Result<Response, Edge> {
    if visit.draft.finished.is_none() {
        return Ok(visit.go_on(&visit.furthest().path(visit.id())));
    }
    let first = visit
        .change(|draft| {
            let first = !draft.asked_about_you;
            draft.asked_about_you = true;
            Ok(first)
        })
        .await?;
    if first && form.first("go") != "skip" {
        let given = answers(|question| form.first(question));
        // The form is sent already: a counter that fails keeps nobody from the confirmation.
        if let Err(error) = count_about_you(&visit.app.context, visit.id(), &given).await {
            tracing::error!(%error, "an answer about equality was not counted");
        }
    }
    Ok(visit.go_on(&Step::Done.path(visit.id())))
}

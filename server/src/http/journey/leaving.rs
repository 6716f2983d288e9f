//! How to leave quickly: shown once, before the first question of a journey that has "Exit this page", so that nobody
//! meets the button for the first time when they need it.

use app::pages;
use axum::http::StatusCode;
use axum::response::Response;

use super::visit::Visit;
use crate::http::error::Edge;

/// The page's path.
pub fn path(clinic: &str) -> String {
    format!("/clinics/{clinic}/leaving")
}

/// Whether the page comes before the questions: nothing has happened in this journey yet.
pub fn comes_first(visit: &Visit) -> bool {
    visit.frame().exit && visit.draft.version == 0
}

/// `GET /clinics/{clinic}/leaving`
pub async fn page(visit: Visit) -> Response {
    let frame = visit.frame();
    if !frame.exit {
        return visit.go_on(&visit.furthest().path(visit.id()));
    }
    visit.page(StatusCode::OK, pages::leaving(&frame, visit.id()))
}

/// `POST /clinics/{clinic}/leaving`: read; on to the questions. The draft that this begins is empty, and is how we know.
pub async fn go_on(mut visit: Visit) -> Result<Response, Edge> {
    if visit.draft.version == 0 {
        visit.change(|_| Ok(())).await?;
    }
    Ok(visit.go_on(&format!("/clinics/{}/questions", visit.id())))
}

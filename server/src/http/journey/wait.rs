//! "Tell me when a time comes free": the times that would do. Name and contact follow on the pages that everybody gets.

use std::collections::HashMap;

use app::pages;
use app::text::{in_language, t};
use app::view::{Choice, WaitForm};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;

use super::visit::Visit;
use super::{fields, hold};
use crate::booking::waiting::times_from_words;
use crate::domain::waiting::{Part, Times};
use crate::http::error::Edge;
use crate::http::form::Form;
use crate::intake::{Step, WaitTyped};
use crate::store::ServiceRow;

/// The page below a clinic.
pub fn path(clinic: &str) -> String {
    format!("/clinics/{clinic}/wait")
}

/// Whether somebody at this point may join the list: not who stands at the desk today.
pub fn may_wait(visit: &Visit) -> bool {
    !visit.draft.walk_in && !visit.offered().is_empty()
}

/// `GET /clinics/{clinic}/wait?service=`
pub async fn ask(
    visit: Visit,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Edge> {
    if let Some(elsewhere) = elsewhere(&visit) {
        return Ok(elsewhere);
    }
    // The service whose times they were looking at.
    let looked_at = query.get("service").cloned().unwrap_or_default();
    let typed = visit.draft.wait.clone().unwrap_or_else(|| WaitTyped {
        service: looked_at,
        ..WaitTyped::default()
    });
    Ok(page(&visit, StatusCode::OK, &typed, false))
}

fn elsewhere(visit: &Visit) -> Option<Response> {
    visit
        .elsewhere(&Step::Times)
        .or_else(|| (!may_wait(visit)).then(|| visit.go_on(&Step::Times.path(visit.id()))))
}

/// `POST /clinics/{clinic}/wait`
pub async fn choose(mut visit: Visit, form: Form) -> Result<Response, Edge> {
    if let Some(elsewhere) = elsewhere(&visit) {
        return Ok(elsewhere);
    }
    let all = |name: &str| form.all(name).map(str::to_owned).collect::<Vec<_>>();
    let typed = WaitTyped {
        service: form.first("service").to_owned(),
        days: all("day"),
        parts: all("part"),
        modes: all("mode"),
    };
    if service(&visit, &typed).is_none() || times(&typed).is_none() {
        return Ok(page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &typed, true));
    }
    // Whoever waits keeps no time.
    hold::give_back(&mut visit).await?;
    visit
        .change(|draft| {
            draft.kept = None;
            draft.wait = Some(typed);
            Ok(())
        })
        .await?;
    Ok(visit.go_on(&visit.furthest().path(visit.id())))
}

/// The service that they wait for: the one that was picked, or the only one there is.
pub fn service<'a>(visit: &'a Visit, typed: &WaitTyped) -> Option<&'a ServiceRow> {
    let offered = visit.offered();
    match offered.as_slice() {
        [only] if typed.service.is_empty() => Some(only),
        all => all.iter().copied().find(|row| row.id == typed.service),
    }
}

/// The times that would do; `None` if the form was made up.
pub fn times(typed: &WaitTyped) -> Option<Times> {
    times_from_words(&typed.days, &typed.parts, &typed.modes)
}

fn page(visit: &Visit, status: StatusCode, typed: &WaitTyped, wrong: bool) -> Response {
    let frame = visit.frame();
    let model = in_language(&frame.lang, || {
        let choice = |value: &str, label: String, chosen: &[String]| Choice {
            value: value.to_owned(),
            label,
            chosen: chosen.iter().any(|one| one == value),
            ..Choice::default()
        };
        let offered = visit.offered();
        let services = if offered.len() > 1 {
            offered.clone()
        } else {
            Vec::new()
        };
        let service = typed.service.clone();
        let modes: Vec<&str> = ["in_person", "phone", "video"]
            .into_iter()
            .filter(|mode| {
                offered
                    .iter()
                    .any(|row| row.modes.split(',').any(|one| one == *mode))
            })
            .collect();
        WaitForm {
            clinic: visit.clinic_ref(),
            services: services
                .iter()
                .map(|row| choice(&row.id, row.name.clone(), std::slice::from_ref(&service)))
                .collect(),
            days: (1..=7)
                .map(|day: u8| choice(&day.to_string(), t(&format!("wait-day-{day}")), &typed.days))
                .collect(),
            parts: Part::ALL
                .into_iter()
                .map(|part| {
                    let name = part.as_str();
                    choice(name, t(&format!("wait-part-{name}")), &typed.parts)
                })
                .collect(),
            modes: if modes.len() > 1 {
                let label = |mode: &str| t(&format!("mode-{}", mode.replace('_', "-")));
                modes
                    .iter()
                    .map(|mode| choice(mode, label(mode), &typed.modes))
                    .collect()
            } else {
                Vec::new()
            },
            errors: if wrong {
                vec![fields::error("service", "required")]
            } else {
                Vec::new()
            },
            back: Step::Times.path(visit.id()),
        }
    });
    visit.page(status, pages::wait(&frame, &model))
}

//! The confirmation page: reference, place, time, and what happens next.

use app::pages;
use app::view;
use axum::http::StatusCode;
use axum::response::Response;

use super::show;
use super::visit::Visit;
use crate::booking::{can_ring, cancelled_by_client};
use crate::domain::conflict::CaseState;
use crate::domain::time;
use crate::http::error::{Code, Edge};
use crate::intake::{Finished, Step};

/// `GET /clinics/{clinic}/done`
pub async fn done(visit: Visit) -> Result<Response, Edge> {
    let Some(finished) = visit.draft.finished.clone() else {
        return Ok(visit.go_on(&visit.furthest().path(visit.id())));
    };
    let base = view::Done {
        clinic: visit.clinic_ref(),
        bring: visit.about.bring.clone(),
        place: show::place(&visit.about),
        ..view::Done::default()
    };
    let model = match finished {
        Finished::Booked {
            id,
            link_version,
            mail,
            call,
            ..
        } => {
            let mut tx = visit.app.context.store.read().await?;
            let row = tx.appointment(id).await?.ok_or(Code::NotFound)?;
            let by_clinic =
                row.state == "cancelled" && !cancelled_by_client(&tx.history(id).await?);
            let check = tx.conflict_case_of(id, row.intake_id).await?;
            drop(tx);
            // The target of whoever checks, for as long as it can be met.
            let due = check.filter(|check| check.state == CaseState::Waiting.as_str());
            let due = due.and_then(|check| chrono::DateTime::from_timestamp(check.due_at, 0));
            let due = due.filter(|due| *due > visit.app.context.now());
            let token = visit.app.appointment_token(id, link_version);
            view::Done {
                reference: row.reference.clone(),
                state: row.state.clone(),
                by_clinic,
                respond_by: due
                    .map(|due| time::day_and_month(time::local_date(due)))
                    .unwrap_or_default(),
                can_ring: can_ring(&row),
                held: Some(show::held(&row, &visit.about, visit.app.context.now())),
                email_coming: mail,
                call_coming: call,
                manage: format!("/appointments/{token}"),
                // No calendar file while it is not certain.
                calendar: if row.state == "confirmed" {
                    format!("/appointments/{token}/calendar.ics")
                } else {
                    String::new()
                },
                ..base
            }
        }
        Finished::OnList {
            reference,
            mail,
            told,
            link: (id, version),
        } => view::Done {
            reference,
            state: "on_list".to_owned(),
            email_coming: mail,
            call_coming: told && !mail,
            manage: format!("/waiting/{}", visit.app.waiting_token(id, version)),
            ..base
        },
        Finished::Requested {
            reference,
            respond_by,
            mail,
            call,
            link,
        } => view::Done {
            reference,
            state: "in_review".to_owned(),
            respond_by: time::day_and_month(time::local_date(respond_by)),
            email_coming: mail,
            call_coming: call,
            manage: link
                .map(|(id, version)| format!("/requests/{}", visit.app.request_token(id, version)))
                .unwrap_or_default(),
            ..base
        },
    };
    debug_assert_eq!(visit.furthest(), Step::Done);
    Ok(visit.page(StatusCode::OK, pages::done(&visit.frame(), &model)))
}

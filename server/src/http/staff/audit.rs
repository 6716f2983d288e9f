//! `/staff/audit`: the list, and its export, which asks for a proof of minutes ago.

use app::pages::staff as pages;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::{SignedIn, page};
use crate::desk::{self, AuditAsked};
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;

/// What may stand in the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    clinic: String,
    person: String,
    action: String,
    from: String,
    until: String,
    before: String,
}

/// `GET /staff/audit?clinic=&person=&action=&from=&until=&before=`
pub async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let asked = AuditAsked {
        clinic: asked.clinic,
        person: asked.person,
        action: asked.action,
        from: asked.from,
        until: asked.until,
        before: asked.before,
    };
    let model = desk::audit(&app.context, &who.standing, &asked)
        .await?
        .ok_or(Code::Forbidden)?;
    Ok(page(pages::audit(&who.frame(&app, &nonce), &model)))
}

/// `POST /staff/audit/export`: the lines that pass, as a file.
pub async fn export(State(app): State<App>, who: SignedIn, form: Form) -> Result<Response, Edge> {
    let text = |name: &str| form.first(name).to_owned();
    let asked = AuditAsked {
        clinic: text("clinic"),
        person: text("person"),
        action: text("action"),
        from: text("from"),
        until: text("until"),
        before: String::new(),
    };
    if !desk::may_see_audit(&who.standing, who.clinics(), &asked) {
        return Err(Code::Forbidden.into());
    }
    if let Some(ask) = who.asked_again(&app, "/staff/audit") {
        return Ok(ask);
    }
    let csv = desk::audit_csv(&app.context, &who.standing, &asked, desk::MOST_EXPORTED)
        .await?
        .ok_or(Code::Forbidden)?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            CONTENT_DISPOSITION,
            "attachment; filename=\"who-did-what.csv\"",
        ),
    ];
    Ok((headers, csv).into_response())
}

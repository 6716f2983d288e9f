//! The first pages: what do you need help with, one clinic in full, and the two statements.

use app::pages;
use app::view::{Cannot, Choose, Clinic, ClinicCard, ClinicRef, Home, ServiceRef};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, Response};

use super::show;
use super::visit::Visit;
use crate::clinics::About;
use crate::domain::time;
use crate::http::error::Edge;
use crate::http::headers::Nonce;
use crate::http::state::App;
use crate::store::ServiceRow;

/// `GET /`
pub async fn home(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
) -> Result<Html<String>, Edge> {
    let clinics = cards(&app).await?;
    Ok(Html(pages::home(&app.frame(&nonce), &Home { clinics })))
}

/// `GET /choose`
pub async fn choose(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
) -> Result<Html<String>, Edge> {
    let clinics = cards(&app).await?;
    Ok(Html(pages::choose(&app.frame(&nonce), &Choose { clinics })))
}

/// `GET /accessibility`
pub async fn accessibility(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
) -> Html<String> {
    Html(pages::accessibility(&app.frame(&nonce)))
}

/// `GET /privacy`
pub async fn privacy(State(app): State<App>, Extension(nonce): Extension<Nonce>) -> Html<String> {
    Html(pages::privacy(&app.frame(&nonce)))
}

async fn cards(app: &App) -> Result<Vec<ClinicCard>, Edge> {
    let (clinics, services) = {
        let mut tx = app.context.store.read().await?;
        (tx.clinics().await?, tx.services(None).await?)
    };
    let first_free = app.first_free.read(&app.context, &services).await;
    let mut cards = Vec::new();
    for clinic in clinics.into_iter().filter(|clinic| clinic.enabled) {
        let about = About::parse(&clinic.id, &clinic.about).map_err(Edge::internal)?;
        cards.push(ClinicCard {
            next_free: first_free
                .get(&clinic.id)
                .map(|start| time::day_and_month(time::local_date(*start))),
            clinic: ClinicRef {
                id: clinic.id,
                name: clinic.name,
            },
            summary: about.summary,
            examples: about.examples,
            price: about.price,
        });
    }
    Ok(cards)
}

/// `GET /clinics/{clinic}`
pub async fn clinic(visit: Visit) -> Result<Response, Edge> {
    let first_free = visit
        .app
        .first_free
        .read(&visit.app.context, &visit.services)
        .await;
    let about = &visit.about;
    let model = Clinic {
        clinic: visit.clinic_ref(),
        summary: about.summary.clone(),
        what: about.what.clone(),
        who_for: about.who_for.clone(),
        price: about.price.clone(),
        who_delivers: about.who_delivers.clone(),
        cannot: about
            .cannot
            .iter()
            .map(|cannot| Cannot {
                what: cannot.what.clone(),
                who_can: cannot.who_can.clone(),
            })
            .collect(),
        place: show::place(about),
        bring: about.bring.clone(),
        services: visit
            .services
            .iter()
            .filter(|service| service.enabled)
            .map(|row| service(row, false))
            .collect(),
        open_days: about.open_days.clone(),
        next_free: first_free
            .get(visit.id())
            .map(|start| time::day_and_month(time::local_date(*start))),
    };
    Ok(visit.page(StatusCode::OK, pages::clinic(&visit.frame(), &model)))
}

/// A service as a choice.
pub fn service(row: &ServiceRow, selected: bool) -> ServiceRef {
    ServiceRef {
        id: row.id.clone(),
        name: row.name.clone(),
        minutes: row.minutes,
        price: row.price.clone(),
        selected,
    }
}

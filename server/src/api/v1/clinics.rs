//! `GET /clinics`: what there is.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::problems::problems;
use crate::clinics::About;
use crate::domain::schedule::{Booking, Mode};
use crate::http::error::Edge;
use crate::http::state::App;
use crate::store::{ClinicRow, ServiceRow, StoreError};

/// A clinic.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClinicView {
    /// Its id, such as `law`.
    #[schema(examples("law"))]
    pub id: String,
    /// Its name.
    pub name: String,
    /// One plain sentence; empty if none is written.
    pub summary: String,
    /// Whether it takes bookings. Where not, everything below it answers `closed`.
    pub enabled: bool,
    /// Its services, in the order to show them.
    pub services: Vec<ServiceView>,
}

/// A service.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceView {
    /// Its id, such as `law-first`.
    #[schema(examples("law-first"))]
    pub id: String,
    /// Its name.
    pub name: String,
    /// Length of a meeting, in minutes.
    #[schema(minimum = 1)]
    pub minutes: i64,
    /// The ways to meet.
    pub modes: Vec<Mode>,
    /// How it is booked.
    pub booking: Booking,
}

/// What the clinic says of itself. Text that cannot be read is logged and left out: it must not hide the other clinics.
pub(super) fn about(clinic: &ClinicRow) -> Option<About> {
    let about = About::parse(&clinic.id, &clinic.about);
    about
        .inspect_err(|error| tracing::warn!(%error, "a clinic's text is left out"))
        .ok()
}

problems!(Problems: &[]);

/// All clinics with their services.
#[utoipa::path(
    get, path = "/clinics", tag = "clinics",
    responses((status = OK, body = Vec<ClinicView>), Problems)
)]
pub(super) async fn list(State(app): State<App>) -> Result<Json<Vec<ClinicView>>, Edge> {
    let mut tx = app.context.store.read().await?;
    let (clinics, services) = (tx.clinics().await?, tx.services(None).await?);
    let mut by_clinic: BTreeMap<String, Vec<ServiceView>> = BTreeMap::new();
    for service in services.into_iter().filter(|service| service.enabled) {
        by_clinic
            .entry(service.clinic_id.clone())
            .or_default()
            .push(view(service)?);
    }
    let views = clinics.into_iter().map(|clinic| {
        let summary = about(&clinic)
            .map(|about| about.summary)
            .unwrap_or_default();
        let services = by_clinic.remove(&clinic.id).unwrap_or_default();
        Ok(ClinicView {
            id: clinic.id,
            name: clinic.name,
            summary,
            enabled: clinic.enabled,
            services,
        })
    });
    Ok(Json(views.collect::<Result<_, StoreError>>()?))
}

fn view(service: ServiceRow) -> Result<ServiceView, StoreError> {
    let modes = service
        .modes
        .split(',')
        .filter(|mode| !mode.is_empty())
        .map(word)
        .collect::<Result<_, _>>()?;
    let booking = word(&service.booking)?;
    Ok(ServiceView {
        id: service.id,
        name: service.name,
        minutes: service.minutes,
        modes,
        booking,
    })
}

fn word<T: serde::de::DeserializeOwned>(stored: &str) -> Result<T, StoreError> {
    serde_json::from_value(stored.into()).map_err(|error| StoreError::Corrupt(error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::testing::Api;
    use crate::store::ServiceRow;
    use crate::testing::service;

    #[tokio::test]
    async fn clinics_are_listed_with_their_services_and_one_that_is_off_says_so() {
        for api in Api::all().await {
            let off = ServiceRow {
                enabled: false,
                ..service("nutrition-old", "nutrition")
            };
            api.clinic(
                "nutrition",
                1,
                vec![service("nutrition-first", "nutrition"), off],
            )
            .await;
            api.clinic(
                "counselling",
                1,
                vec![service("counselling-assessment", "counselling")],
            )
            .await;
            api.switch_off("counselling").await;
            let clinics = api.get("/clinics").await.is(200);
            assert_eq!(clinics[1]["id"], "nutrition");
            assert_eq!(
                clinics[1]["services"],
                json!([{ "id": "nutrition-first", "name": "nutrition-first service", "minutes": 60,
                         "modes": ["in_person", "phone"], "booking": "instant" }])
            );
            assert_eq!(
                (&clinics[1]["enabled"], &clinics[0]["enabled"]),
                (&json!(true), &json!(false))
            );
        }
    }
}

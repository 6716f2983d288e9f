//! `GET /clinics/{clinic}/questions`: the questions in force.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use super::admission::open_clinic;
use super::problems::{ADDRESSED, problems};
use crate::domain::ids::ClinicId;
use crate::domain::triage::{Question, QuestionView};
use crate::http::error::{Code, Edge};
use crate::http::state::App;

/// The questions of a clinic.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionsView {
    /// Changes with every word of the questions or rules.
    pub version: String,
    /// In asking order. Which of them are asked depends on the answers: `POST …/triage` says.
    pub questions: Vec<QuestionView>,
}

problems!(Problems:
    &[
        (404, "`not_found`: there is no such clinic."),
        (422, "`closed`: the clinic is switched off."),
    ],
    ADDRESSED,
);

/// The questions in force, the shared ones included. Name, contact and postcode are not among them: they travel in
/// `client`.
#[utoipa::path(
    get, path = "/clinics/{clinic}/questions", tag = "triage",
    params(("clinic" = String, Path, description = "The clinic's id", example = "law")),
    responses((status = OK, body = QuestionsView), Problems)
)]
pub(super) async fn list(
    State(app): State<App>,
    Path(clinic): Path<String>,
) -> Result<Json<QuestionsView>, Edge> {
    let clinic = open_clinic(&app, &clinic).await?;
    let pack = app.pack(&ClinicId(clinic.id)).await.ok_or(Code::NotFound)?;
    Ok(Json(QuestionsView {
        version: pack.version.clone(),
        questions: pack.questions.iter().map(Question::view).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use crate::api::testing::Api;
    use crate::testing::service;

    #[tokio::test]
    async fn the_questions_of_a_clinic_have_their_options_and_the_version_of_the_pack() {
        let api = Api::open().await;
        api.clinic(
            "nutrition",
            1,
            vec![service("nutrition-first", "nutrition")],
        )
        .await;
        let pack = api.get("/clinics/nutrition/questions").await.is(200);
        assert!(pack["version"].as_str().unwrap().len() > 7);
        let first = &pack["questions"][0];
        assert_eq!(
            (first["id"].as_str(), first["type"].as_str()),
            (Some("A1"), Some("radio"))
        );
        assert_eq!(first["options"][2]["value"], "not_sure");
    }

    #[tokio::test]
    async fn a_clinic_that_is_not_there_is_not_found_and_one_that_is_off_is_closed() {
        for api in Api::all().await {
            api.clinic("counselling", 1, Vec::new()).await;
            api.switch_off("counselling").await;
            api.get("/clinics/counselling/questions")
                .await
                .problem(422, "closed");
            for strange in ["nowhere", "%00", "Law", "%F0%9F%92%A9", "a%2Fb"] {
                api.get(&format!("/clinics/{strange}/questions"))
                    .await
                    .problem(404, "not_found");
            }
            api.get("/clinics/%FF/questions")
                .await
                .problem(400, "malformed");
        }
    }
}

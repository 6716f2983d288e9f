//! `POST /clinics/{clinic}/triage`: from answers to what to do next. Stores nothing, whatever comes out.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::admission::open_clinic;
use super::problems::{ADDRESSED, BODY, WRITE, problems};
use super::{fields, token};
use crate::domain::ids::ClinicId;
use crate::domain::triage::{
    self, Answers, Assessment, Day, Outcome, Priority, QuestionId, Raw, Signpost, on_path,
};
use crate::http::error::{Code, Edge};
use crate::http::json::ApiJson;
use crate::http::state::App;
use crate::intake::{in_time, offered, terms};
use crate::store::ServiceRow;

/// Answers to assess.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AnswersGiven {
    /// The answers by question id. Answers to questions that the others make needless count for nothing.
    #[serde(default)]
    #[schema(examples(json!({ "A1": "no", "A2": "me", "A6": ["none"] })))]
    pub answers: BTreeMap<String, AnswerGiven>,
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum AnswerGiven {
    /// The value of an option, a date (`YYYY-MM-DD`) or text.
    One(String),
    /// Values of options, or names.
    Many(Vec<String>),
}

/// What follows from the answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct TriageView {
    /// `stop`: get help now. `out`: not us (`review_on_request` says whether a person looks if asked). `review`: a person looks at it first (`POST /requests`). `book`: pick a time.
    pub outcome: Outcome,
    /// `p1`: staff look within one working day.
    #[schema(required = true)]
    pub priority: Option<Priority>,
    /// Why, worst first. To be shown to the person.
    pub reasons: Vec<Because>,
    /// To be shown besides; changes nothing.
    pub notices: Vec<Because>,
    /// Who can help, best first.
    pub signposts: Vec<SignpostView>,
    /// A person looks at it all the same if they are asked (`POST /requests`): beside an `out` that is not certain.
    pub review_on_request: bool,
    /// The ids of the services that can be booked; empty unless the outcome is `book`.
    pub services: Vec<String>,
    /// The person's own deadline, as a local date; it may have passed.
    #[schema(required = true)]
    pub deadline: Option<NaiveDate>,
    /// The token for the calls that follow, good for two hours; null on `stop`.
    #[schema(required = true)]
    pub triage: Option<String>,
}

/// One reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct Because {
    /// The question whose answer it is about.
    pub question: String,
    /// What to tell the person.
    pub text: String,
}

/// A service to turn to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignpostView {
    /// Its name.
    pub name: String,
    /// As shown; empty if none.
    pub telephone: String,
    /// Web address; empty if none.
    pub url: String,
    /// When it answers; empty if not known.
    pub hours: String,
    /// What it is for.
    pub why: String,
}

impl From<&Signpost> for SignpostView {
    fn from(signpost: &Signpost) -> Self {
        Self {
            name: signpost.name.clone(),
            telephone: signpost.telephone.clone(),
            url: signpost.url.clone(),
            hours: signpost.hours.clone(),
            why: signpost.why.clone(),
        }
    }
}

problems!(Problems:
    &[
        (404, "`not_found`: there is no such clinic."),
        (422, "`question_missing`: `next` is the question to ask. `invalid`: some answers do not fit their questions. \
               `closed`: the clinic is switched off."),
    ],
    BODY, ADDRESSED, WRITE,
);

/// Assesses answers. Nothing is stored.
#[utoipa::path(
    post, path = "/clinics/{clinic}/triage", tag = "triage",
    params(("clinic" = String, Path, description = "The clinic's id", example = "law")),
    request_body = AnswersGiven,
    responses((status = OK, body = TriageView), Problems)
)]
pub(super) async fn assess(
    State(app): State<App>,
    Path(clinic): Path<String>,
    ApiJson(body): ApiJson<AnswersGiven>,
) -> Result<Json<TriageView>, Edge> {
    let clinic = ClinicId(open_clinic(&app, &clinic).await?.id);
    let pack = &*app.pack(&clinic).await.ok_or(Code::NotFound)?;
    let answers = Answers::read(pack, &raw(body)).map_err(|errors| fields::answers(&errors))?;
    let date = token::today(&app);
    let terms = {
        let mut tx = app.context.store.read().await?;
        terms(&mut *tx, pack, date).await?
    };
    let day = Day {
        date,
        terms: &terms,
    };
    let answers = on_path(pack, &answers, day);
    let found = triage::assess(pack, &answers, day);
    let outcome = found.outcome;
    let rows = services(&app, &clinic).await?;
    let assessment = in_time(&app.context, pack, (&answers, day), &rows, found).await?;
    let looked_at = (assessment.outcome != outcome).then(|| {
        if offered(&rows, &assessment.facts).is_empty() {
            token::LookedAt::NoneFits
        } else {
            token::LookedAt::TooLate
        }
    });
    if let Some(missing) = &assessment.missing {
        return Err(Edge::question_missing(missing.as_str()));
    }
    let token = match assessment.outcome {
        Outcome::Stop => None,
        _ => Some(token::seal(&app, pack, (&answers, day), looked_at)?),
    };
    Ok(Json(view(&assessment, ids(&rows, &assessment), token)))
}

fn raw(body: AnswersGiven) -> BTreeMap<QuestionId, Raw> {
    let raw = |given| match given {
        AnswerGiven::One(text) => Raw::One(text),
        AnswerGiven::Many(list) => Raw::List(list),
    };
    body.answers
        .into_iter()
        .map(|(id, given)| (QuestionId(id), raw(given)))
        .collect()
}

async fn services(app: &App, clinic: &ClinicId) -> Result<Vec<ServiceRow>, Edge> {
    let mut tx = app.context.store.read().await?;
    Ok(tx.services(Some(clinic.as_str())).await?)
}

/// The services that can be booked.
fn ids(rows: &[ServiceRow], assessment: &Assessment) -> Vec<String> {
    if assessment.outcome != Outcome::Book {
        return Vec::new();
    }
    let open = offered(rows, &assessment.facts).into_iter();
    open.map(|row| row.id.clone()).collect()
}

fn view(assessment: &Assessment, services: Vec<String>, triage: Option<String>) -> TriageView {
    let because = |question: &QuestionId, text: &str| Because {
        question: question.to_string(),
        text: text.to_owned(),
    };
    TriageView {
        outcome: assessment.outcome,
        priority: assessment.priority,
        reasons: assessment
            .reasons
            .iter()
            .map(|reason| because(&reason.question, &reason.text))
            .collect(),
        notices: assessment
            .notices
            .iter()
            .map(|notice| because(&notice.question, &notice.text))
            .collect(),
        signposts: assessment
            .signposts()
            .into_iter()
            .map(SignpostView::from)
            .collect(),
        review_on_request: assessment.offers_review(),
        services,
        deadline: assessment.deadline,
        triage,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::testing::{Api, answers, with};
    use crate::testing::service;

    async fn api() -> Api {
        let api = Api::open().await;
        api.clinic(
            "nutrition",
            1,
            vec![service("nutrition-first", "nutrition")],
        )
        .await;
        api
    }

    #[tokio::test]
    async fn complete_answers_lead_to_the_services_and_a_token() {
        let api = api().await;
        let found = api
            .post("/clinics/nutrition/triage", &answers())
            .await
            .is(200);
        assert_eq!(
            (&found["outcome"], &found["priority"]),
            (&json!("book"), &json!(null))
        );
        assert_eq!(found["services"], json!(["nutrition-first"]));
        assert!(found["triage"].as_str().unwrap().len() > 40);
    }

    #[tokio::test]
    async fn a_stop_needs_no_more_answers_gives_no_token_and_stores_nothing() {
        let api = api().await;
        let found = api
            .post(
                "/clinics/nutrition/triage",
                &json!({ "answers": { "A1": "yes" } }),
            )
            .await
            .is(200);
        assert_eq!(
            (&found["outcome"], &found["triage"]),
            (&json!("stop"), &json!(null))
        );
        assert_eq!(found["reasons"][0]["question"], "A1");
        assert!(
            !found["signposts"][0]["telephone"]
                .as_str()
                .unwrap()
                .is_empty()
        );
        assert_eq!(api.test.number("SELECT count(*) FROM intakes").await, 0);
        assert_eq!(api.test.number("SELECT count(*) FROM audit").await, 0);
    }

    #[tokio::test]
    async fn a_question_that_is_not_answered_is_named() {
        let api = api().await;
        let none = api
            .post("/clinics/nutrition/triage", &json!({}))
            .await
            .problem(422, "question_missing");
        assert_eq!(none["next"], "A1");
        let some = json!({ "answers": { "A1": "not_sure" } });
        let some = api
            .post("/clinics/nutrition/triage", &some)
            .await
            .problem(422, "question_missing");
        assert_eq!(some["next"], "N1", "safety questions come first");
    }

    #[tokio::test]
    async fn not_sure_about_danger_goes_on_with_who_to_ring() {
        let api = api().await;
        let found = api
            .post("/clinics/nutrition/triage", &with("A1", &json!("not_sure")))
            .await
            .is(200);
        assert_eq!(
            (&found["outcome"], &found["reasons"]),
            (&json!("book"), &json!([]))
        );
        assert_eq!(found["notices"][0]["question"], "A1");
        assert!(!found["signposts"].as_array().unwrap().is_empty());
    }

    #[tokio::test]
    async fn not_us_says_whether_a_person_looks_if_asked() {
        let api = api().await;
        for (answers, looks) in [
            (with("N4", &json!("yes")), true),
            (with("A8", &json!("no")), false),
            (answers(), false),
        ] {
            let found = api
                .post("/clinics/nutrition/triage", &answers)
                .await
                .is(200);
            assert_eq!(found["review_on_request"], looks, "{answers}");
        }
    }

    #[tokio::test]
    async fn answers_that_do_not_fit_are_named_by_pointer() {
        let api = api().await;
        let wrong = json!({ "answers": { "A1": "perhaps", "A5": "x".repeat(61), "A6": ["none", "quiet"], "A/~": "no" } });
        let wrong = api
            .post("/clinics/nutrition/triage", &wrong)
            .await
            .problem(422, "invalid");
        let named: Vec<_> = wrong["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["pointer"].clone(), one["code"].clone()))
            .collect();
        assert_eq!(
            named,
            [
                (json!("/answers/A~1~0"), json!("unknown_question")),
                (json!("/answers/A1"), json!("not_an_option")),
                (json!("/answers/A5"), json!("too_long")),
                (json!("/answers/A6"), json!("none_and_others")),
            ]
        );
        let number = api
            .post(
                "/clinics/nutrition/triage",
                &json!({ "answers": { "A1": 3 } }),
            )
            .await
            .problem(422, "invalid");
        assert_eq!(number["errors"][0]["pointer"], "/answers/A1");
    }

    #[tokio::test]
    async fn a_body_that_is_no_json_or_of_another_kind_is_refused_as_a_problem() {
        let api = api().await;
        api.send(
            "POST",
            "/clinics/nutrition/triage",
            &[("content-type", "application/json")],
            "{",
        )
        .await
        .problem(400, "malformed");
        api.send(
            "POST",
            "/clinics/nutrition/triage",
            &[("content-type", "text/plain")],
            "{}",
        )
        .await
        .problem(415, "unsupported_media_type");
        api.send("DELETE", "/clinics/nutrition/triage", &[], "")
            .await
            .problem(405, "method_not_allowed");
        api.get("/nowhere").await.problem(404, "not_found");
    }
}

//! The pages that end the questions without a time: get help now, not us, and a person looks at it first.

use app::pages;
use app::text::{in_language, t_with};
use app::view::{self, CallBackForm};
use axum::http::StatusCode;
use axum::response::Response;

use super::fields;
use super::show;
use super::stop_page;
use super::visit::Visit;
use crate::domain::client::{ClientInput, Wrong};
use crate::domain::promise::{URGENT_DAYS, USUAL_DAYS};
use crate::domain::triage::{Assessment, Priority};
use crate::http::error::Edge;
use crate::http::form::Form;
use crate::http::limits::Scope;
use crate::intake::{CallBack, Step, ask_for_call};

/// The page right after the answer that stopped. The answer is already forgotten, so this is the only time that its own
/// reasons are shown; whoever comes back later sees the numbers that help in any emergency.
pub fn stopped(visit: &Visit, stop: &Assessment) -> Response {
    let why = stop_page::Why::of(visit, stop);
    render(visit, StatusCode::OK, &why, CallBackForm::default(), None)
}

/// `GET /clinics/{clinic}/stop`
pub async fn stop(visit: Visit) -> Response {
    if !visit.draft.stop_shown {
        return visit.go_on(&visit.furthest().path(visit.id()));
    }
    let why = stop_page::Why::general(&visit);
    let asked = visit.draft.call.clone();
    render(&visit, StatusCode::OK, &why, CallBackForm::default(), asked)
}

fn render(
    visit: &Visit,
    status: StatusCode,
    why: &stop_page::Why,
    call_back: CallBackForm,
    asked: Option<String>,
) -> Response {
    let model = view::Stop {
        clinic: visit.clinic_ref(),
        notices: why.notices(visit),
        also: why.also(visit),
        also_to_look_at: why.also_to_look_at,
        why: why.sealed(visit),
        unread: visit.pack.settings.text("notice").to_owned(),
        call_back,
        asked,
        back: format!("/clinics/{}/questions", visit.id()),
    };
    visit.page(status, pages::stop(&visit.frame(), &model))
}

/// `POST /clinics/{clinic}/stop`: ask a person to call me. Nothing is stored without consent. The page that answers says
/// again why it stopped, if the form brought that along.
pub async fn call_me(mut visit: Visit, form: Form) -> Result<Response, Edge> {
    if visit.call.is_none() {
        visit
            .app
            .limits
            .allow_address(Scope::Booking, visit.address)?;
    }
    let input = ClientInput {
        name: Some(form.first("name").to_owned()),
        phone: Some(form.first("phone").to_owned()),
        call_window: Some(form.first("call_window").to_owned()),
        safe_to_call: Some(true),
        ..ClientInput::default()
    };
    let consent = form.first("consent") == "yes";
    let parsed = input.parse();
    let (client, phone) = match (parsed, consent) {
        (Ok(client), true) if client.phone.is_some() => {
            let phone = client.phone.clone();
            (client, phone)
        }
        (parsed, _) => {
            let mut wrong: Vec<(&str, Wrong)> = parsed
                .err()
                .unwrap_or_default()
                .into_iter()
                .map(|error| (error.field, error.wrong))
                .collect();
            // The call needs a number; an address will not do.
            for (field, _) in &mut wrong {
                if *field == "email" {
                    *field = "phone";
                }
            }
            let mut errors = in_language(&visit.frame().lang, || fields::errors(&wrong));
            if !consent {
                errors.push(in_language(&visit.frame().lang, || {
                    fields::error("consent", "required")
                }));
            }
            let why = stop_page::Why::again(&visit, form.first("why"));
            let why = why.unwrap_or_else(|| stop_page::Why::general(&visit));
            let typed = CallBackForm {
                name: form.first("name").to_owned(),
                phone: form.first("phone").to_owned(),
                call_window: form.first("call_window").to_owned(),
                leave_message: form.first("leave_message") == "yes",
                consent,
                errors,
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(render(&visit, status, &why, typed, None));
        }
    };
    let Some(phone) = phone else {
        return Err(crate::http::error::Code::Invalid.into());
    };
    visit.app.limits.allow(Scope::Contact, phone.e164())?;
    let visitor = visit.visitor().digest();
    let digest = |of: &str| visit.app.key.fingerprint(of);
    let asked = ask_for_call(
        &visit.app.context,
        &CallBack {
            clinic: visit.clinic.id.clone(),
            name: client.name.clone(),
            replay: Some(crate::booking::Replay {
                key: digest(&format!(
                    "call/{visitor}/{}/{}/{}",
                    visit.id(),
                    phone.e164(),
                    visit.today
                )),
                body: digest(&format!("call/{}", visit.id())),
            }),
            phone,
            call_window: client.call_window.clone(),
            leave_message: form.first("leave_message") == "yes",
            actor: visit.actor(),
        },
    )
    .await?;
    let reference = asked.reference.clone();
    visit
        .change(|draft| {
            draft.stop_shown = true;
            draft.call = Some(reference);
            Ok(())
        })
        .await?;
    // What to do now matters more than a tidy address: the answer shows it again. Sent twice, it is one call.
    Ok(match stop_page::Why::again(&visit, form.first("why")) {
        Some(why) => {
            let asked = Some(asked.reference);
            render(&visit, StatusCode::OK, &why, CallBackForm::default(), asked)
        }
        None => visit.go_on(&Step::Stop.path(visit.id())),
    })
}

/// `GET /clinics/{clinic}/out`
pub async fn out(visit: Visit) -> Response {
    if let Some(elsewhere) = visit.elsewhere(&Step::Out) {
        return elsewhere;
    }
    let model = view::Out {
        clinic: visit.clinic_ref(),
        notices: show::reasons(&visit.assessment),
        also: show::also(&visit.assessment),
        also_to_look_at: show::more_to_look_at(&visit.assessment),
        can_ask: visit.assessment.offers_review(),
        within: within(&visit),
        back: last_question(&visit),
    };
    visit.page(StatusCode::OK, pages::out(&visit.frame(), &model))
}

/// `POST /clinics/{clinic}/out`: "ask a person to look at it", where the rules offer it.
pub async fn look_anyway(mut visit: Visit) -> Result<Response, Edge> {
    if let Some(elsewhere) = visit.elsewhere(&Step::Out) {
        return Ok(elsewhere);
    }
    if visit.assessment.offers_review() {
        visit
            .change(|draft| {
                draft.look_anyway = true;
                Ok(())
            })
            .await?;
    }
    Ok(visit.go_on(&visit.furthest().path(visit.id())))
}

/// `GET /clinics/{clinic}/request`
pub async fn request(visit: Visit) -> Response {
    if let Some(elsewhere) = visit.elsewhere(&Step::Request) {
        return elsewhere;
    }
    let mut notices = show::reasons(&visit.assessment);
    notices.extend(show::also(&visit.assessment));
    let model = view::RequestIntro {
        clinic: visit.clinic_ref(),
        notices,
        respond_within: within(&visit),
        back: last_question(&visit),
    };
    visit.page(StatusCode::OK, pages::request(&visit.frame(), &model))
}

/// By when a person replies to somebody with these answers.
fn within(visit: &Visit) -> String {
    let days = if visit.assessment.priority == Some(Priority::P1) {
        URGENT_DAYS
    } else {
        USUAL_DAYS
    };
    in_language(&visit.frame().lang, || {
        t_with("request-within-days", &[("days", days.into())])
    })
}

/// `POST /clinics/{clinic}/request`: on to name and contact.
pub async fn go_to_request(mut visit: Visit) -> Result<Response, Edge> {
    if let Some(elsewhere) = visit.elsewhere(&Step::Request) {
        return Ok(elsewhere);
    }
    visit
        .change(|draft| {
            draft.going_to_request = true;
            Ok(())
        })
        .await?;
    Ok(visit.go_on(&Step::Details.path(visit.id())))
}

/// The last question that was answered: where "Back" leads from an outcome.
pub fn last_question(visit: &Visit) -> String {
    let path = crate::domain::triage::path(&visit.pack, &visit.answers, visit.day());
    path.visited.last().map_or_else(
        || format!("/clinics/{}", visit.id()),
        |question| format!("/clinics/{}/questions/{}", visit.id(), question.id),
    )
}

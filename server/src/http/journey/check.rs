//! Check your answers, and the one button that sends them.

use app::pages;
use app::text::{in_language, t};
use app::view::{self, Answered};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};

use super::visit::Visit;
use super::{details, hold, show, times, wait};
use crate::booking::waiting::{self, Join};
use crate::booking::{
    Booked, BookingError, From, Needs, Replay, Submission, Told, Wanted, mode_from_word, submit,
    walked_in,
};
use crate::desk::choices_in_words;
use crate::domain::booking::{Refused, State};
use crate::domain::client::Client;
use crate::domain::ids::ServiceId;
use crate::domain::time;
use crate::domain::triage::{Outcome, Priority};
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::limits::Scope;
use crate::intake::{
    DetailsTyped, Finished, KeptTime, NewCase, Step, WaitTyped, client_row, fill_from_answers,
    intake_row, needs_of, send_request,
};

/// `GET /clinics/{clinic}/check`
pub async fn check(visit: Visit) -> Result<Response, Edge> {
    if let Some(elsewhere) = not_ready(&visit) {
        return Ok(elsewhere);
    }
    page(&visit, StatusCode::OK, false).await
}

/// Where to go if something is missing that has to be checked.
fn not_ready(visit: &Visit) -> Option<Response> {
    let complete = visit
        .draft
        .details
        .as_ref()
        .is_some_and(|typed| details::complete(visit, typed));
    visit
        .elsewhere(&Step::Check)
        .or_else(|| (!complete).then(|| visit.go_on(&Step::Details.path(visit.id()))))
}

async fn page(visit: &Visit, status: StatusCode, changed: bool) -> Result<Response, Edge> {
    let held = details::held(visit).await?;
    let services = visit.offered();
    let kept = visit.draft.kept.as_ref();
    let service = kept.and_then(|kept| services.iter().find(|service| service.id == kept.service));
    let rows = in_language(&visit.frame().lang, || {
        let mut rows = wait_rows(visit);
        rows.extend(details_rows(visit));
        rows.extend(show::answered(visit, None));
        rows
    });
    let model = view::Check {
        clinic: visit.clinic_ref(),
        held,
        rows,
        digest: visit.draft.version.to_string(),
        warning: if changed {
            in_language(&visit.frame().lang, || t("check-changed-elsewhere"))
        } else {
            String::new()
        },
        back: Step::Details.path(visit.id()),
        waits: waits(visit),
        held_until_cleared: service.is_some_and(|service| service.booking == "held"),
    };
    Ok(visit.page(status, pages::check(&visit.frame(), &model)))
}

/// Whether it is a place on the waiting list that they ask for.
fn waits(visit: &Visit) -> bool {
    visit.draft.kept.is_none() && visit.draft.wait.is_some() && visit.outcome() == Outcome::Book
}

fn wait_rows(visit: &Visit) -> Vec<Answered> {
    let typed = visit.draft.wait.as_ref().filter(|_| waits(visit));
    let row = |typed: &WaitTyped| Answered {
        question: t("wait-times"),
        answer: choices_in_words(&typed.days, &typed.parts, &typed.modes).join("; "),
        change: wait::path(visit.id()),
    };
    typed.map(row).into_iter().collect()
}

fn details_rows(visit: &Visit) -> Vec<Answered> {
    let typed = visit.draft.details.clone().unwrap_or_default();
    let change = Step::Details.path(visit.id());
    let mut rows = Vec::new();
    let mut row = |question: &str, field: &str, answer: String| {
        if !answer.trim().is_empty() {
            rows.push(Answered {
                question: t(question),
                answer,
                change: format!("{change}#{field}"),
            });
        }
    };
    let forced = visit.assessment.facts.force_safe_contact;
    let yes_no = |value: &str, yes: &str, no: &str| match value {
        "yes" => t(yes),
        "no" => t(no),
        "unsure" => t("not-sure"),
        _ => String::new(),
    };
    row("name-label", "name", typed.name.clone());
    row(
        "organisation-label",
        "organisation",
        typed.organisation.clone(),
    );
    if typed.by_email {
        row("email-label", "email", typed.email.clone());
    }
    if typed.by_email || forced {
        row(
            "safe-email-legend",
            "safe_to_email",
            yes_no(&typed.safe_to_email, "safe-email-yes", "safe-email-no"),
        );
    }
    if typed.by_phone {
        row("phone-label", "phone", typed.phone.clone());
    }
    if typed.by_phone || forced {
        row(
            "safe-call-legend",
            "safe_to_call",
            yes_no(&typed.safe_to_call, "safe-call-yes", "safe-call-no"),
        );
    }
    if typed.by_phone {
        row(
            "call-window-label",
            "call_window",
            typed.call_window.clone(),
        );
        row(
            "leave-message-label",
            "leave_message",
            yes_no(&typed.leave_message, "yes", "leave-message-no"),
        );
    }
    let area = if typed.no_fixed_home {
        t("no-fixed-home")
    } else {
        typed.postcode.clone()
    };
    row("postcode-label", "postcode", area);
    rows
}

/// `POST /clinics/{clinic}/check`: sends it, once however often the button is pressed.
pub async fn send(mut visit: Visit, form: Form) -> Result<Response, Edge> {
    if visit.draft.finished.is_some() {
        return Ok(visit.go_on(&after(&visit)));
    }
    if let Some(elsewhere) = not_ready(&visit) {
        return Ok(elsewhere);
    }
    hold::touch(&visit).await?;
    if form.first("digest") != visit.draft.version.to_string() {
        return page(&visit, StatusCode::CONFLICT, true).await;
    }
    let client = client(&visit)?;
    // Staff at one desk share an address, and are known.
    if visit.call.is_none() {
        visit
            .app
            .limits
            .allow_address(Scope::Booking, visit.address)?;
    }
    if let Some(contact) = contact(&client) {
        visit
            .app
            .limits
            .allow(Scope::Contact, visit.app.key.fingerprint(&contact))?;
    }
    let replay = replay(&mut visit);
    let finished = if visit.outcome() == Outcome::Review {
        request(&visit, &client, replay).await?
    } else if waits(&visit) {
        let Some(finished) = join(&visit, &client, replay).await? else {
            return Ok(visit.go_on(&wait::path(visit.id())));
        };
        finished
    } else {
        let Some(kept) = visit.draft.kept.clone() else {
            return Ok(visit.go_on(&hold::times(&visit)));
        };
        match book(&visit, &client, &kept, replay).await {
            Ok(booked) => {
                here_at_once(&visit, &booked).await?;
                Finished::Booked {
                    id: booked.id,
                    link_version: booked.link_version,
                    state: booked.state,
                    mail: booked.told == Told::Mail,
                    call: booked.told == Told::Call,
                }
            }
            Err(error) if times::is_lost(&error) => return times::lost(&mut visit, &kept).await,
            Err(other) => return Err(other.into()),
        }
    };
    visit
        .change(|draft| {
            draft.start_again();
            draft.stop_shown = false;
            draft.finished = Some(finished);
            Ok(())
        })
        .await?;
    Ok(visit.go_on(&after(&visit)))
}

/// Once sent: some questions that may be skipped, once; then the confirmation.
fn after(visit: &Visit) -> String {
    let step = if visit.draft.asked_about_you {
        Step::Done
    } else {
        Step::AboutYou
    };
    step.path(visit.id())
}

fn client(visit: &Visit) -> Result<Client, Edge> {
    let typed: DetailsTyped = visit.draft.details.clone().unwrap_or_default();
    let input = typed.input();
    let mut client = input.parse().map_err(|_| Edge::from(Code::Invalid))?;
    fill_from_answers(&mut client, &input, &visit.assessment.facts);
    Ok(client)
}

/// The address or number that is limited, so that nobody can have somebody else mailed or rung without end.
fn contact(client: &Client) -> Option<String> {
    client
        .email
        .as_ref()
        .map(crate::domain::client::Email::folded)
        .or_else(|| client.phone.as_ref().map(|phone| phone.e164().to_owned()))
}

/// Two presses of the button, or a reply that was lost, are the same request: same visitor, same clinic, same draft.
fn replay(visit: &mut Visit) -> Replay {
    let kept = visit
        .draft
        .kept
        .as_ref()
        .map(|kept| kept.hold.to_string())
        .unwrap_or_default();
    let who = visit.visitor().digest();
    let text = format!("send/{}/{}/{kept}/{}", visit.id(), who, visit.draft.version);
    Replay {
        key: visit.app.key.fingerprint(&text),
        body: visit.app.key.fingerprint(&format!("body/{text}")),
    }
}

async fn book(
    visit: &Visit,
    client: &Client,
    kept: &KeptTime,
    replay: Replay,
) -> Result<Booked, BookingError> {
    let context = &visit.app.context;
    let intake = intake_row(
        context,
        &visit.pack,
        &visit.answers,
        &visit.assessment,
        visit.draft.stop_shown,
    )?;
    let mut submission = Submission {
        from: From::Hold(kept.hold),
        client: client_row(context, client)?,
        intake: Some(intake),
        source: visit.source(),
        actor: visit.actor(),
        replay: Some(replay),
    };
    match submit(context, &submission).await {
        // The hold ran out while they read; perhaps nobody has taken the time.
        Err(BookingError::Refused(Refused::HoldEnded) | BookingError::NoSuchAppointment) => {
            submission.from = From::Slot(wanted(visit, kept, kept.start));
            submit(context, &submission).await
        }
        other => other,
    }
}

/// Somebody who came without an appointment and has been given one of today is here. Where staff clear it first, they are
/// checked in after that.
async fn here_at_once(visit: &Visit, booked: &Booked) -> Result<(), BookingError> {
    let today = time::local_date(booked.start) == visit.today;
    if visit.draft.walk_in && today && booked.state == State::Confirmed {
        walked_in(&visit.app.context, booked.id, visit.actor()).await?;
    }
    Ok(())
}

fn wanted(visit: &Visit, kept: &KeptTime, start: DateTime<Utc>) -> Wanted {
    let service = visit.services.iter().find(|row| row.id == kept.service);
    Wanted {
        service: ServiceId(kept.service.clone()),
        start,
        mode: mode_from_word(&kept.mode).unwrap_or(crate::domain::schedule::Mode::InPerson),
        needs: service.map_or_else(Needs::default, |service| Needs {
            at_once: visit.draft.walk_in,
            ..needs_of(&visit.pack, &visit.assessment, service)
        }),
    }
}

/// On the waiting list; `None` if the service that they wait for is not open to them any more.
async fn join(visit: &Visit, client: &Client, replay: Replay) -> Result<Option<Finished>, Edge> {
    let context = &visit.app.context;
    let typed = visit.draft.wait.clone().unwrap_or_default();
    let (Some(service), Some(times)) = (wait::service(visit, &typed), wait::times(&typed)) else {
        return Ok(None);
    };
    let wish = Join {
        service: service.id.clone(),
        client: client_row(context, client)?,
        intake: intake_row(
            context,
            &visit.pack,
            &visit.answers,
            &visit.assessment,
            visit.draft.stop_shown,
        )?,
        needs: needs_of(&visit.pack, &visit.assessment, service),
        times,
        urgent: visit.assessment.priority == Some(Priority::P1),
        source: visit.source(),
        actor: visit.actor(),
        replay: Some(replay),
    };
    let joined = waiting::join(context, &wish).await?;
    Ok(Some(Finished::OnList {
        reference: joined.reference,
        mail: joined.told == Told::Mail,
        told: !joined.must_ring,
        link: (joined.id, joined.link_version),
    }))
}

async fn request(visit: &Visit, client: &Client, replay: Replay) -> Result<Finished, Edge> {
    let context = &visit.app.context;
    let case = NewCase {
        client: client_row(context, client)?,
        intake: intake_row(
            context,
            &visit.pack,
            &visit.answers,
            &visit.assessment,
            visit.draft.stop_shown,
        )?,
        urgent: visit.assessment.priority == Some(Priority::P1),
        deadline: visit.assessment.deadline,
        source: visit.source(),
        actor: visit.actor(),
        replay: Some(replay),
    };
    let requested = send_request(context, &case).await?;
    Ok(Finished::Requested {
        reference: requested.reference,
        respond_by: requested.respond_by,
        mail: requested.told == Told::Mail,
        call: requested.told == Told::Call,
        link: Some((requested.id, requested.link_version)),
    })
}

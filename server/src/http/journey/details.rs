//! Name and contact (A9 to A13). Nothing that was typed is lost, right or wrong.

use app::pages;
use app::text::in_language;
use app::view::{self, DetailsForm, FieldError, Held};
use axum::http::StatusCode;
use axum::response::Response;

use super::visit::Visit;
use super::{fields, hold, show, wait};
use crate::booking::standing_hold;
use crate::domain::client::Wrong;
use crate::domain::triage::{Answer, NamesOf, Outcome};
use crate::http::error::Edge;
use crate::http::form::Form;
use crate::intake::{DetailsTyped, Step};

/// `GET /clinics/{clinic}/details`
pub async fn details(visit: Visit) -> Result<Response, Edge> {
    if let Some(elsewhere) = visit.elsewhere(&Step::Details) {
        return Ok(elsewhere);
    }
    let typed = visit.draft.details.clone();
    let typed = typed.unwrap_or_else(|| DetailsTyped {
        name: own_name(&visit),
        ..DetailsTyped::default()
    });
    page(&visit, StatusCode::OK, &typed, Vec::new()).await
}

/// The name that the answers gave already, to be kept or changed: nobody types it twice (WCAG 3.3.7). Empty if no question
/// asks for it.
fn own_name(visit: &Visit) -> String {
    let mut questions = visit.pack.questions.iter();
    let asked = questions.find(|one| one.names == Some(NamesOf::Own));
    match asked.and_then(|one| visit.answers.get(&one.id)) {
        Some(Answer::Names(names)) => names.first().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

/// `POST /clinics/{clinic}/details`
pub async fn give(mut visit: Visit, form: Form) -> Result<Response, Edge> {
    if let Some(elsewhere) = visit.elsewhere(&Step::Details) {
        return Ok(elsewhere);
    }
    let typed = read(&form);
    hold::touch(&visit).await?;
    let wrong = wrong(&typed, forced(&visit));
    let kept = typed.clone();
    visit
        .change(|draft| {
            draft.details = Some(kept);
            Ok(())
        })
        .await?;
    if wrong.is_empty() {
        return Ok(visit.go_on(&Step::Check.path(visit.id())));
    }
    let errors = in_language(&visit.frame().lang, || {
        wrong
            .iter()
            .flat_map(Error::words)
            .collect::<Vec<FieldError>>()
    });
    page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &typed, errors).await
}

/// `POST /clinics/{clinic}/details/keep`: what is typed so far, sent while it is typed so that a reload
/// loses nothing. Judges nothing. A late one, after everything was cleared or sent, is dropped.
pub async fn keep(mut visit: Visit, form: Form) -> Result<StatusCode, Edge> {
    let typed = read(&form);
    let news = visit.draft.details.as_ref() != Some(&typed);
    if news && visit.elsewhere(&Step::Details).is_none() {
        visit
            .change(|draft| {
                let on_the_way =
                    draft.kept.is_some() || draft.wait.is_some() || draft.going_to_request;
                if on_the_way && draft.finished.is_none() {
                    draft.details = Some(typed);
                }
                Ok(())
            })
            .await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Something wrong with a field: of the domain, or of the form.
enum Error {
    Domain(&'static str, Wrong),
    Form(&'static str, &'static str),
}

impl Error {
    fn words(&self) -> Vec<FieldError> {
        match self {
            Self::Domain(field, wrong) => fields::errors(&[(field, *wrong)]),
            Self::Form(field, code) => vec![fields::error(field, code)],
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Self::Domain(field, _) | Self::Form(field, _) => field,
        }
    }
}

/// The fields in the order of the form.
const ORDER: [&str; 11] = [
    "name",
    "organisation",
    "by_email",
    "email",
    "safe_to_email",
    "phone",
    "safe_to_call",
    "call_window",
    "leave_message",
    "postcode_area",
    "postcode",
];

/// Whether both questions about safety are asked, whichever way of contact is ticked.
fn forced(visit: &Visit) -> bool {
    visit.assessment.facts.force_safe_contact
}

/// Everything that is wrong, in the order of the form.
fn wrong(typed: &DetailsTyped, forced: bool) -> Vec<Error> {
    let mut wrong: Vec<Error> = typed
        .input()
        .parse()
        .err()
        .unwrap_or_default()
        .into_iter()
        // Said better below, beside the boxes or the field that is empty.
        .filter(|error| error.wrong != Wrong::ContactNeeded)
        .map(|error| Error::Domain(error.field, error.wrong))
        .collect();
    let mut need = |missing: bool, field| {
        if missing {
            wrong.push(Error::Form(field, "required"));
        }
    };
    need(!typed.by_email && !typed.by_phone, "by_email");
    need(typed.by_email && typed.email.trim().is_empty(), "email");
    need(
        (typed.by_email || forced) && typed.safe_to_email.is_empty(),
        "safe_to_email",
    );
    need(typed.by_phone && typed.phone.trim().is_empty(), "phone");
    need(
        (typed.by_phone || forced) && typed.safe_to_call.is_empty(),
        "safe_to_call",
    );
    need(
        typed.by_phone && typed.safe_to_call == "yes" && typed.leave_message.is_empty(),
        "leave_message",
    );
    need(
        typed.postcode.trim().is_empty() && !typed.no_fixed_home,
        "postcode",
    );
    wrong.sort_by_key(|error| ORDER.iter().position(|field| *field == error.field()));
    wrong
}

/// Whether the details can be sent as they stand.
pub fn complete(visit: &Visit, typed: &DetailsTyped) -> bool {
    wrong(typed, forced(visit)).is_empty()
}

fn read(form: &Form) -> DetailsTyped {
    let text = |name: &str| form.first(name).to_owned();
    DetailsTyped {
        name: text("name"),
        organisation: text("organisation"),
        by_email: form.has("by_email"),
        by_phone: form.has("by_phone"),
        email: text("email"),
        phone: text("phone"),
        safe_to_email: text("safe_to_email"),
        safe_to_call: text("safe_to_call"),
        call_window: text("call_window"),
        leave_message: text("leave_message"),
        postcode: text("postcode"),
        no_fixed_home: form.has("no_fixed_home"),
    }
}

/// The time that is kept, if it still is.
pub async fn held(visit: &Visit) -> Result<Option<Held>, Edge> {
    let Some(kept) = &visit.draft.kept else {
        return Ok(None);
    };
    let row = match standing_hold(&visit.app.context, kept.hold).await? {
        Some((row, _)) => row,
        None => match visit
            .app
            .context
            .store
            .read()
            .await?
            .appointment(kept.hold)
            .await?
        {
            // It ran out: shown all the same, with no time left; sending the form tries to get it once more.
            Some(row) => crate::store::AppointmentRow {
                hold_expires_at: None,
                ..row
            },
            None => return Ok(None),
        },
    };
    Ok(Some(show::held(
        &row,
        &visit.about,
        visit.app.context.now(),
    )))
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    typed: &DetailsTyped,
    errors: Vec<FieldError>,
) -> Result<Response, Edge> {
    let back = if visit.draft.kept.is_some() {
        Step::Times.path(visit.id())
    } else if visit.draft.wait.is_some() && visit.outcome() == Outcome::Book {
        wait::path(visit.id())
    } else {
        Step::Request.path(visit.id())
    };
    let model = view::Details {
        clinic: visit.clinic_ref(),
        held: held(visit).await?,
        form: DetailsForm {
            name: typed.name.clone(),
            organisation: typed.organisation.clone(),
            by_email: typed.by_email,
            by_phone: typed.by_phone,
            email: typed.email.clone(),
            phone: typed.phone.clone(),
            safe_to_email: typed.safe_to_email.clone(),
            safe_to_call: typed.safe_to_call.clone(),
            call_window: typed.call_window.clone(),
            leave_message: typed.leave_message.clone(),
            postcode: typed.postcode.clone(),
            no_fixed_home: typed.no_fixed_home,
        },
        errors,
        back,
        force_safe_contact: forced(visit),
        ask_organisation: visit.about.serves_organisations || visit.assessment.facts.organisation,
    };
    Ok(visit.page(status, pages::details(&visit.frame(), &model)))
}

//! Choosing a time: days with something free, filtered by service and way to meet, and the hold that the choice makes.

use std::collections::HashMap;

use app::pages;
use app::text::in_language;
use app::view::{self, Choice, Days};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::visit::Visit;
use super::{fields, home, outcome, show, wait};
use crate::booking::{
    BookingError, Needs, Wanted, free_slots, hold_as, mode_from_word, mode_word, release,
};
use crate::domain::availability::{Slot, Unavailable, nearest};
use crate::domain::ids::ServiceId;
use crate::domain::schedule::Mode;
use crate::domain::time;
use crate::http::error::Edge;
use crate::http::form::Form;
use crate::http::limits::Scope;
use crate::intake::{KeptTime, Step, needs_of};
use crate::store::{ServiceRow, StoreError};

/// Days with something free on one page.
const DAYS_ON_A_PAGE: usize = 7;
/// Other times to offer when one was taken.
const NEAREST: usize = 8;

/// What the visitor asked to see.
struct Asked {
    service: ServiceRow,
    mode: Option<Mode>,
    from: NaiveDate,
}

impl Asked {
    /// From the query or form, the time kept before, and the answers, in this order. An empty mode is "any way"; only
    /// where none is named at all do the answers choose.
    fn new(visit: &Visit, field: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let offered = visit.offered();
        let kept = visit.draft.kept.as_ref();
        let named = field("service").unwrap_or_default();
        let service = offered
            .iter()
            .find(|service| service.id == named)
            .or_else(|| {
                offered
                    .iter()
                    .find(|service| kept.is_some_and(|kept| kept.service == service.id))
            })
            .or(offered.first())?;
        let mode = match field("mode") {
            Some(word) => mode_from_word(&word),
            None => visit
                .assessment
                .facts
                .mode
                .filter(|mode| has_mode(service, *mode)),
        };
        let from = time::parse_date(&field("from").unwrap_or_default())
            .unwrap_or(visit.today)
            .max(visit.today);
        Some(Self {
            service: (*service).clone(),
            mode,
            from,
        })
    }

    fn needs(&self, visit: &Visit) -> Needs {
        Needs {
            at_once: visit.draft.walk_in,
            ..needs_of(&visit.pack, &visit.assessment, &self.service)
        }
    }
}

/// A page of days, and where the next one begins.
struct Found {
    slots: Vec<Slot>,
    more_from: Option<NaiveDate>,
}

async fn find(visit: &Visit, asked: &Asked) -> Result<Found, BookingError> {
    let horizon = time::add_days(visit.today, asked.service.horizon_days);
    let service = ServiceId(asked.service.id.clone());
    let dates = (asked.from, horizon);
    let (_, slots) = free_slots(
        &visit.app.context,
        &service,
        &asked.needs(visit),
        dates,
        asked.mode,
    )
    .await?;
    let mut shown = Vec::new();
    let mut days: Vec<NaiveDate> = Vec::new();
    let mut more_from = None;
    for slot in slots {
        let date = time::local_date(slot.start);
        if days.last() != Some(&date) {
            if days.len() == DAYS_ON_A_PAGE {
                more_from = Some(date);
                break;
            }
            days.push(date);
        }
        shown.push(slot);
    }
    Ok(Found {
        slots: shown,
        more_from,
    })
}

/// `GET /clinics/{clinic}/times?service=&mode=&from=`
pub async fn times(
    visit: Visit,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Edge> {
    if let Some(elsewhere) = visit.elsewhere(&Step::Times) {
        return Ok(elsewhere);
    }
    let Some(asked) = Asked::new(&visit, |name| query.get(name).cloned()) else {
        return Ok(nothing_fits(&visit));
    };
    match find(&visit, &asked).await {
        Ok(found) => {
            let first_page = asked.from <= visit.today;
            Ok(page(
                &visit,
                StatusCode::OK,
                &asked,
                &found,
                Problem {
                    first_page,
                    ..Problem::default()
                },
            ))
        }
        Err(BookingError::Store(error)) => Ok(unreadable(&visit, &error)),
        Err(other) => Err(other.into()),
    }
}

fn listed(visit: &Visit, asked: &Asked, found: &Found) -> Days {
    in_language(&visit.frame().lang, || Days {
        days: show::days(&found.slots, asked.service.capacity > 1),
        more_from: found.more_from.map(time::iso_date),
    })
}

/// What went wrong with a choice.
#[derive(Default)]
struct Problem {
    error: String,
    field: String,
    taken: Option<DateTime<Utc>>,
    not_offered: bool,
    chosen: String,
    first_page: bool,
}

fn page(
    visit: &Visit,
    status: StatusCode,
    asked: &Asked,
    found: &Found,
    problem: Problem,
) -> Response {
    let services = visit
        .offered()
        .into_iter()
        .map(|row| home::service(row, row.id == asked.service.id))
        .collect();
    let chosen = if problem.chosen.is_empty() {
        visit
            .draft
            .kept
            .as_ref()
            .map(|kept| time::rfc3339(kept.start))
            .unwrap_or_default()
    } else {
        problem.chosen
    };
    let way = |value: &str, on: bool| Choice {
        value: value.to_owned(),
        chosen: on,
        ..Choice::default()
    };
    let offered: Vec<&str> = asked.service.modes.split(',').collect();
    // One way to meet is nothing to choose from.
    let any = (offered.len() > 1).then(|| way("", asked.mode.is_none()));
    let ways = any
        .into_iter()
        .chain(offered.iter().map(|word| {
            way(
                word,
                asked.mode.map(mode_word) == Some(word) || offered.len() == 1,
            )
        }))
        .collect();
    let model = view::Times {
        clinic: visit.clinic_ref(),
        services,
        modes: ways,
        days: listed(visit, asked, found),
        from: time::iso_date(asked.from),
        first_page: problem.first_page,
        chosen,
        error: problem.error,
        error_field: problem.field,
        taken: problem.taken.map(show::start_in_words),
        not_offered: problem.not_offered,
        given_back: visit.draft.given_back,
        notices: show::notices(&visit.assessment),
        missing_mode: visit
            .assessment
            .facts
            .mode
            .filter(|mode| !has_mode(&asked.service, *mode))
            .map(|mode| mode_word(mode).to_owned())
            .unwrap_or_default(),
        back: outcome::last_question(visit),
        wait: if wait::may_wait(visit) {
            format!("{}?service={}", wait::path(visit.id()), asked.service.id)
        } else {
            String::new()
        },
        unavailable: false,
    };
    visit.page(status, pages::times(&visit.frame(), &model))
}

/// No service is open to these answers, such as one that meets only face to face: kind words and the telephone.
fn nothing_fits(visit: &Visit) -> Response {
    let model = view::Times {
        clinic: visit.clinic_ref(),
        notices: show::notices(&visit.assessment),
        back: outcome::last_question(visit),
        first_page: true,
        ..view::Times::default()
    };
    visit.page(StatusCode::OK, pages::times(&visit.frame(), &model))
}

/// The calendar cannot be read: no time is shown, the telephone is.
fn unavailable(visit: &Visit) -> Response {
    let model = view::Times {
        clinic: visit.clinic_ref(),
        back: outcome::last_question(visit),
        unavailable: true,
        ..view::Times::default()
    };
    visit.page(
        StatusCode::SERVICE_UNAVAILABLE,
        pages::times(&visit.frame(), &model),
    )
}

/// Fail closed: never "all free", never "none left".
fn unreadable(visit: &Visit, error: &StoreError) -> Response {
    tracing::error!(%error, "availability could not be read");
    unavailable(visit)
}

/// `POST /clinics/{clinic}/times`: keeps the time chosen.
pub async fn choose(mut visit: Visit, form: Form) -> Result<Response, Edge> {
    if let Some(elsewhere) = visit.elsewhere(&Step::Times) {
        return Ok(elsewhere);
    }
    visit
        .app
        .limits
        .allow_address(Scope::Write, visit.address)?;
    let field = |name: &str| Some(form.first(name).to_owned());
    let Some(asked) = Asked::new(&visit, field) else {
        return Ok(nothing_fits(&visit));
    };
    let named = form.first("service");
    if !named.is_empty() && named != asked.service.id {
        return again(&visit, &asked, ("service", "not_offered"), String::new()).await;
    }
    let Ok(start) = time::parse_instant(form.first("start")) else {
        return again(&visit, &asked, ("start", "required"), String::new()).await;
    };
    let Some(mode) = chosen_mode(&visit, &asked, start).await? else {
        return again(&visit, &asked, ("mode", "required"), time::rfc3339(start)).await;
    };
    let wanted = Wanted {
        service: ServiceId(asked.service.id.clone()),
        start,
        mode,
        needs: asked.needs(&visit),
    };
    let instead = visit.draft.kept.as_ref().map(|kept| kept.hold);
    let by = (visit.source(), visit.actor());
    match hold_as(&visit.app.context, &wanted, by, instead).await {
        Ok(held) => {
            let kept = KeptTime {
                hold: held.id,
                service: asked.service.id.clone(),
                start,
                mode: mode_word(mode).to_owned(),
            };
            visit
                .change(|draft| {
                    draft.kept = Some(kept);
                    draft.wait = None;
                    draft.given_back = false;
                    Ok(())
                })
                .await?;
            Ok(visit.go_on(&visit.furthest().path(visit.id())))
        }
        Err(BookingError::Unavailable(_)) if !modes_of(&visit, &asked, start).await?.is_empty() => {
            // The time is there, but not face to face, say: nobody took anything from this person.
            let any_way = Asked {
                mode: None,
                ..asked
            };
            again(&visit, &any_way, ("mode", "not_here"), time::rfc3339(start)).await
        }
        Err(BookingError::Unavailable(why)) => {
            taken(&visit, &asked, start, why != Unavailable::Taken).await
        }
        Err(BookingError::Store(error)) => Ok(unreadable(&visit, &error)),
        Err(other) => Err(other.into()),
    }
}

/// The ways to meet that a start still has; none if it is gone.
async fn modes_of(visit: &Visit, asked: &Asked, start: DateTime<Utc>) -> Result<Vec<Mode>, Edge> {
    let date = time::local_date(start);
    let service = ServiceId(asked.service.id.clone());
    let needs = asked.needs(visit);
    let (_, slots) = free_slots(&visit.app.context, &service, &needs, (date, date), None).await?;
    let found = slots.into_iter().find(|slot| slot.start == start);
    Ok(found.map(|slot| slot.modes).unwrap_or_default())
}

/// The way to meet: the one asked for, or the only one that the start has.
async fn chosen_mode(
    visit: &Visit,
    asked: &Asked,
    start: DateTime<Utc>,
) -> Result<Option<Mode>, Edge> {
    if asked.mode.is_some() {
        return Ok(asked.mode);
    }
    let modes = modes_of(visit, asked, start).await?;
    match modes.as_slice() {
        [only] => Ok(Some(*only)),
        // The start is gone: any mode will do to be told so.
        [] => Ok(asked
            .service
            .modes
            .split(',')
            .next()
            .and_then(mode_from_word)),
        _ => Ok(None),
    }
}

async fn again(
    visit: &Visit,
    asked: &Asked,
    (field, code): (&str, &str),
    chosen: String,
) -> Result<Response, Edge> {
    let found = find(visit, asked).await?;
    let error = in_language(&visit.frame().lang, || fields::error(field, code).text);
    let problem = Problem {
        error,
        field: field.to_owned(),
        chosen,
        first_page: asked.from <= visit.today,
        ..Problem::default()
    };
    Ok(page(
        visit,
        StatusCode::UNPROCESSABLE_ENTITY,
        asked,
        &found,
        problem,
    ))
}

/// The time cannot be had: the nearest other times, and everything typed still there. A time that was kept before stays
/// kept.
async fn taken(
    visit: &Visit,
    asked: &Asked,
    start: DateTime<Utc>,
    not_offered: bool,
) -> Result<Response, Edge> {
    let date = time::local_date(start);
    let span = (date - TimeDelta::days(14)).max(visit.today);
    let dates = (span, date + TimeDelta::days(21));
    let service = ServiceId(asked.service.id.clone());
    let (_, slots) = free_slots(
        &visit.app.context,
        &service,
        &asked.needs(visit),
        dates,
        asked.mode,
    )
    .await?;
    let found = Found {
        slots: nearest(&slots, start, NEAREST),
        more_from: Some(visit.today),
    };
    let problem = Problem {
        taken: Some(start),
        not_offered,
        ..Problem::default()
    };
    Ok(page(visit, StatusCode::CONFLICT, asked, &found, problem))
}

/// The time that was kept was lost while the person typed.
pub async fn lost(visit: &mut Visit, kept: &KeptTime) -> Result<Response, Edge> {
    let field = |name: &str| match name {
        "service" => Some(kept.service.clone()),
        "mode" => Some(kept.mode.clone()),
        _ => None,
    };
    // If it is still kept, it is this person who cannot have it: for the next one.
    match release(&visit.app.context, kept.hold).await {
        Ok(()) | Err(BookingError::Refused(_) | BookingError::NoSuchAppointment) => {}
        Err(other) => return Err(other.into()),
    }
    visit
        .change(|draft| {
            draft.kept = None;
            Ok(())
        })
        .await?;
    let Some(asked) = Asked::new(visit, field) else {
        return Ok(nothing_fits(visit));
    };
    taken(visit, &asked, kept.start, false).await
}

fn has_mode(service: &ServiceRow, mode: Mode) -> bool {
    service.modes.split(',').any(|word| word == mode_word(mode))
}

/// Whether a start cannot be had because somebody else has it.
pub fn is_lost(error: &BookingError) -> bool {
    matches!(
        error,
        BookingError::Unavailable(Unavailable::Taken | Unavailable::TooSoon | Unavailable::Past)
    )
}

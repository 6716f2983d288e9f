//! How long each clinic keeps what clients gave: see it, change it, see first what the change would erase.
//!
//! Promises: nothing is saved before somebody has seen how much it would erase; of two people who change the same clinic
//! the second is told and keeps what they typed; the audit log says the old and the new numbers, and never who checked them.

use app::text::{t, t_with};
use app::view::availability::{ChangeForm, Differs, FormField, Input};
use app::view::retention::{Retention, RetentionLine, RetentionLook};
use app::view::{ClinicRef, FieldError};
use chrono::{DateTime, Utc};

use crate::booking::Actor;
use crate::context::Context;
use crate::domain::access::Standing;
use crate::domain::time;
use crate::setup::{SetupError, Values};
use crate::store::{PeriodsRow, Records, Stored};

/// The name of the activation that erases.
const ROUND: &str = "erase";
/// Most characters of who checked the periods.
const LONGEST: usize = 120;
const FIELDS: [&str; 4] = ["years", "days", "by", "on"];

fn home(clinic: &str) -> String {
    format!("/staff/settings/retention/{clinic}")
}

fn moment(seconds: Option<i64>) -> String {
    seconds
        .and_then(|at| DateTime::<Utc>::from_timestamp(at, 0))
        .map(time::moment)
        .unwrap_or_default()
}

/// The periods of all clinics, and what was erased last.
///
/// # Errors
/// Those of the store.
pub async fn page(context: &Context) -> Stored<Retention> {
    let mut tx = context.store.read().await?;
    let rounds = tx.last_rounds().await?;
    let looked = rounds.iter().find(|round| round.activation == ROUND);
    let last = tx.last_erasure().await?;
    let clinics = tx.periods().await?;
    Ok(Retention {
        clinics: clinics.iter().map(line).collect(),
        looked: moment(looked.map(|round| round.ended_at)),
        erased: moment(last.map(|one| one.at)),
        people: last.map_or(0, |one| one.people),
        words: last.map_or(0, |one| one.words),
    })
}

fn line(row: &PeriodsRow) -> RetentionLine {
    RetentionLine {
        clinic: named(row),
        years: row.keep_years,
        days: row.words_days,
        checked: row.periods_checked_on.map_or_else(String::new, |on| {
            format!("{}, {}", row.periods_checked_by, time::long_date(on))
        }),
    }
}

fn named(row: &PeriodsRow) -> ClinicRef {
    ClinicRef {
        id: row.id.clone(),
        name: row.name.clone(),
    }
}

async fn stored(tx: &mut dyn Records, clinic: &str) -> Result<PeriodsRow, SetupError> {
    let mut all = tx.periods().await?.into_iter();
    all.find(|row| row.id == clinic).ok_or(SetupError::NotThere)
}

/// What stands in the form for these periods.
fn written(row: &PeriodsRow) -> Values {
    let on = row.periods_checked_on.map(time::iso_date);
    Values::default()
        .with("years", row.keep_years.to_string())
        .with("days", row.words_days.to_string())
        .with("by", row.periods_checked_by.clone())
        .with("on", on.unwrap_or_default())
}

/// The form of a clinic.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn edit(context: &Context, clinic: &str) -> Result<ChangeForm, SetupError> {
    let mut tx = context.store.read().await?;
    let row = stored(&mut *tx, clinic).await?;
    Ok(form(&row, &written(&row), Vec::new()))
}

fn form(row: &PeriodsRow, values: &Values, errors: Vec<FieldError>) -> ChangeForm {
    let field = |name: &str, kind: &'static str| FormField {
        name: name.to_owned(),
        label: t(&format!("retention-field-{name}")),
        hint: match name {
            "on" => String::new(),
            _ => t(&format!("retention-field-{name}-hint")),
        },
        error: errors
            .iter()
            .find(|error| error.field == name)
            .map(|error| error.text.clone())
            .unwrap_or_default(),
        input: Input::Line(kind, values.first(name).to_owned()),
    };
    ChangeForm {
        clinic: ClinicRef {
            id: row.id.clone(),
            name: t("retention-title"),
        },
        title: t_with("retention-of", &[("clinic", row.name.clone().into())]),
        lead: t("retention-edit-lead"),
        action: home(&row.id),
        back: "/staff/settings/retention".to_owned(),
        fields: vec![
            field("years", "number"),
            field("days", "number"),
            field("by", "text"),
            field("on", "date"),
        ],
        hidden: vec![("base".to_owned(), base(row))],
        shows_first: true,
        errors,
        ..ChangeForm::default()
    }
}

/// What a form was made from.
fn base(row: &PeriodsRow) -> String {
    let values = written(row);
    FIELDS.map(|name| values.first(name)).join("/")
}

/// The periods as typed, or what is wrong with them.
fn read(
    was: &PeriodsRow,
    values: &Values,
    now: DateTime<Utc>,
) -> Result<PeriodsRow, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, text: String| {
        errors.push(FieldError {
            field: field.to_owned(),
            text,
        });
    };
    let mut number = |name: &str, most: i64| {
        let typed = values.first(name).parse().ok();
        let typed = typed.filter(|number| (1..=most).contains(number));
        typed.unwrap_or_else(|| {
            let range = [("least", 1_i64.into()), ("most", most.into())];
            wrong(name, t_with("avail-error-number", &range));
            0
        })
    };
    let (keep_years, words_days) = (number("years", 30), number("days", 3650));
    let (by, on) = (values.first("by"), values.first("on"));
    let date = time::parse_date(on).ok();
    if by.chars().count() > LONGEST {
        wrong("by", t("avail-error-long"));
    }
    match date {
        _ if by.is_empty() != on.is_empty() => {
            let empty = if by.is_empty() { "by" } else { "on" };
            wrong(empty, t("retention-error-both"));
        }
        None if !on.is_empty() => wrong("on", t("avail-error-date")),
        Some(date) if date > time::local_date(now) => wrong("on", t("retention-error-future")),
        _ => {}
    }
    if errors.is_empty() {
        Ok(PeriodsRow {
            keep_years,
            words_days,
            periods_checked_by: by.to_owned(),
            periods_checked_on: date,
            ..was.clone()
        })
    } else {
        Err(errors)
    }
}

/// What came of a form.
pub enum Outcome {
    /// Back to what was typed.
    Form(Box<ChangeForm>),
    /// Something typed cannot be.
    Again(Box<ChangeForm>),
    /// Somebody else was quicker.
    Stale(Box<ChangeForm>),
    /// What it would erase.
    Look(Box<RetentionLook>),
    /// It is done.
    Saved,
}

/// Looks at a form, or (`do=save`) saves it if no more would go than was shown.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn submit(
    context: &Context,
    standing: &Standing,
    clinic: &str,
    values: &Values,
) -> Result<Outcome, SetupError> {
    let now = context.now();
    let mut tx = context.store.write().await?;
    let was = stored(&mut *tx, clinic).await?;
    if values.first("do") == "back" {
        return Ok(Outcome::Form(Box::new(ChangeForm {
            hidden: vec![("base".to_owned(), values.first("base").to_owned())],
            ..form(&was, values, Vec::new())
        })));
    }
    let new = match read(&was, values, now) {
        Ok(new) => new,
        Err(errors) => return Ok(Outcome::Again(Box::new(form(&was, values, errors)))),
    };
    if values.first("base") != base(&was) {
        return Ok(stale(&was, values));
    }
    let (people, words) = goes(&mut *tx, &was, &new, now.timestamp()).await?;
    let shown: i64 = values.first("seen").parse().unwrap_or(-1);
    let saves = values.first("do") == "save";
    if !saves || people + words > shown {
        // Given up: nothing was written.
        drop(tx);
        return Ok(Outcome::Look(Box::new(look(
            (&was, &new),
            values,
            (people, words),
            saves && shown >= 0,
        ))));
    }
    if !tx.put_periods(&was, &new).await? {
        return Ok(stale(&was, values));
    }
    let detail = format!(
        "years {} to {}, days {} to {}",
        was.keep_years, new.keep_years, was.words_days, new.words_days
    );
    Actor::Staff(standing.staff.0)
        .note(
            &mut *tx,
            context,
            "retention_changed",
            ("clinic", context.id()),
            clinic,
            detail,
        )
        .await?;
    tx.commit().await?;
    Ok(Outcome::Saved)
}

/// The form with what stands now beside what was typed, made from what stands now, so that it can be sent again.
fn stale(now: &PeriodsRow, values: &Values) -> Outcome {
    Outcome::Stale(Box::new(ChangeForm {
        conflict: Some(differs(&written(now), values)),
        ..form(now, values, Vec::new())
    }))
}

fn differs(was: &Values, new: &Values) -> Vec<Differs> {
    FIELDS
        .iter()
        .filter(|name| was.first(name) != new.first(name))
        .map(|name| Differs {
            label: t(&format!("retention-field-{name}")),
            was: was.first(name).to_owned(),
            now: new.first(name).to_owned(),
        })
        .collect()
}

fn look(
    (was, new): (&PeriodsRow, &PeriodsRow),
    values: &Values,
    (people, words): (i64, i64),
    again: bool,
) -> RetentionLook {
    let mut hidden = values.without(&["do", "seen"]);
    hidden.push(("seen".to_owned(), (people + words).to_string()));
    RetentionLook {
        clinic: named(was),
        action: home(&was.id),
        changes: differs(&written(was), &written(new)),
        people,
        words,
        again,
        hidden,
    }
}

/// How many records of people, and how many enquiries' words, the change would let go that stay without it.
async fn goes(
    tx: &mut dyn Records,
    was: &PeriodsRow,
    new: &PeriodsRow,
    now: i64,
) -> Stored<(i64, i64)> {
    let clinic = was.id.as_str();
    let count = |all: Vec<uuid::Uuid>| i64::try_from(all.len()).unwrap_or(i64::MAX);
    let (mut people, mut words) = (0, 0);
    if new.keep_years < was.keep_years {
        let all = tx
            .clients_due(now, Some((clinic, new.keep_years)), i64::MAX)
            .await?;
        people = count(all) - count(tx.clients_due(now, None, i64::MAX).await?);
        people += tx.call_backs_due(clinic, new.keep_years, now).await?
            - tx.call_backs_due(clinic, was.keep_years, now).await?;
    }
    if new.words_days < was.words_days {
        let all = tx
            .words_due(now, Some((clinic, new.words_days)), i64::MAX)
            .await?;
        words = count(all) - count(tx.words_due(now, None, i64::MAX).await?);
    }
    Ok((people, words))
}

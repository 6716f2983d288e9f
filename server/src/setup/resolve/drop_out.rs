//! An adviser, a room or the clinic drops out: who, how long, and then what would happen to each appointment.

use app::text::t;
use app::view::availability::{ChangeForm, DryRun, FormField, Input};
use app::view::{Choice, FieldError};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{apply, plan};
use crate::booking::Actor;
use crate::context::Context;
use crate::domain::access::Standing;
use crate::domain::time;
use crate::setup::SetupError;
use crate::setup::change::Change;
use crate::setup::form::{fields, fresh, read_absence, specs};
use crate::setup::item::Item;
use crate::setup::known::Known;
use crate::setup::save::clinic_ref;
use crate::setup::values::Values;
use crate::store::AbsenceRow;

/// Where drop-outs are told.
const DROP_OUT: &str = "/staff/availability/drop-out";

/// What came of the drop-out form.
pub enum DropOut {
    /// Something is wrong with it.
    Again(Box<ChangeForm>),
    /// What would happen, or what did.
    Plan(Box<DryRun>),
}

/// The form that says who or what drops out, and when.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn form(context: &Context, clinic: &str) -> Result<ChangeForm, SetupError> {
    let mut tx = context.store.read().await?;
    let known = Known::read(&mut *tx, clinic, context.now())
        .await?
        .ok_or(SetupError::NotThere)?;
    let today = time::local_date(context.now());
    let values = fresh(Item::Away, &known, today).with("how_long", "rest");
    Ok(filled(context, &known, &values, Vec::new()))
}

fn filled(
    context: &Context,
    known: &Known,
    values: &Values,
    errors: Vec<FieldError>,
) -> ChangeForm {
    let specs = specs(Item::Away, known, true);
    let mut all = fields(Item::Away, &specs, values, &errors);
    let choice = |value: &str| Choice {
        value: value.to_owned(),
        label: t(&format!("avail-how-long-{value}")),
        chosen: values.first("how_long") == value,
        ..Choice::default()
    };
    let how_long = FormField {
        name: "how_long".to_owned(),
        label: t("avail-how-long"),
        hint: t("avail-how-long-hint"),
        error: String::new(),
        input: Input::Radio(["rest", "day", "range"].map(choice).to_vec()),
    };
    all.insert(1, how_long);
    ChangeForm {
        clinic: clinic_ref(known),
        title: t("avail-drop-out-title"),
        lead: t("avail-drop-out-lead"),
        action: DROP_OUT.to_owned(),
        back: format!("/staff/availability?clinic={}", known.clinic.id),
        fields: all,
        errors,
        hidden: vec![
            ("clinic".to_owned(), known.clinic.id.clone()),
            ("new_id".to_owned(), context.id().to_string()),
        ],
        shows_first: true,
        ..ChangeForm::default()
    }
}

/// The form with the times that "the rest of today" and "a day" mean.
fn with_times(values: &Values, now: DateTime<Utc>) -> Values {
    let today = time::local_date(now);
    let mut pairs = values.without(&["from", "from_time", "until", "until_time"]);
    let (from, until, start) = match values.first("how_long") {
        "rest" => {
            let today = time::iso_date(today);
            let minute = time::minute_of_day(now);
            let clock = format!("{:02}:{:02}", minute / 60, minute % 60);
            (today.clone(), today, clock)
        }
        "day" => {
            let day = values.first("from").to_owned();
            (day.clone(), day, String::new())
        }
        _ => return values.clone(),
    };
    for (name, value) in [("from", from), ("until", until), ("from_time", start)] {
        pairs.push((name.to_owned(), value));
    }
    Values::new(pairs)
}

/// What was sent with the drop-out form: the dry run, or (with `do=apply`) the doing.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn drop_out(
    context: &Context,
    standing: &Standing,
    clinic: &str,
    values: &Values,
) -> Result<DropOut, SetupError> {
    let now = context.now();
    let mut tx = context.store.read().await?;
    let known = Known::read(&mut *tx, clinic, now)
        .await?
        .ok_or(SetupError::NotThere)?;
    drop(tx);
    // What "the rest of today" means is settled at the first look and goes with the form.
    let values = with_times(values, now);
    let id = Uuid::parse_str(values.first("new_id")).unwrap_or_else(|_| context.id());
    // Gone back to after it was done and filled in anew, it is one more absence; sent twice as it was, the same.
    let same = |one: &&AbsenceRow| one.id == id;
    let id = match (
        known.absences.iter().find(same),
        read_absence(&known, id, &values),
    ) {
        (Some(there), Ok(row))
            if (there.from_at, there.until_at) != (row.from_at, row.until_at)
                || there.resource_id != row.resource_id =>
        {
            context.id()
        }
        _ => id,
    };
    let row = match read_absence(&known, id, &values) {
        Ok(row) => row,
        Err(errors) => {
            let again = filled(context, &known, &values, errors);
            return Ok(DropOut::Again(Box::new(again)));
        }
    };
    let mut settled = values.without(&["do", "how_long"]);
    settled.retain(|(name, _)| name != "new_id");
    settled.push(("new_id".to_owned(), id.to_string()));
    settled.push(("how_long".to_owned(), "range".to_owned()));
    settled.retain(|(name, _)| !name.starts_with("choice-"));
    let mut page = if values.first("do") == "apply" {
        save_absence(context, standing, clinic, &row).await?;
        apply(context, standing, clinic, &values).await?
    } else {
        plan(context, standing, clinic, Some(&row)).await?
    };
    page.title = t("avail-drop-out-title");
    DROP_OUT.clone_into(&mut page.action);
    page.hidden = settled;
    Ok(DropOut::Plan(Box::new(page)))
}

/// Kept once, however often the form is sent.
async fn save_absence(
    context: &Context,
    standing: &Standing,
    clinic: &str,
    row: &AbsenceRow,
) -> Result<(), SetupError> {
    let mut tx = context.store.write().await?;
    let change = Change::Away(row.clone(), None);
    if change.write(&mut *tx, context, clinic).await? {
        let subject = ("absence", row.id);
        Actor::Staff(standing.staff.0)
            .note(
                &mut *tx,
                context,
                "away_added",
                subject,
                clinic,
                String::new(),
            )
            .await?;
        tx.commit().await?;
    }
    Ok(())
}

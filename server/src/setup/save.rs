//! Fill in, look, save: what a form of one thing leads to.

use std::collections::BTreeSet;

use app::text::t;
use app::view::availability::{ChangeForm, ChangePreview, Differs};
use app::view::{ClinicRef, FieldError};
use uuid::Uuid;

use super::change::Change;
use super::effects::{self, Found};
use super::form::{Target, differs, fields, fresh, read, specs, stored};
use super::item::Item;
use super::known::Known;
use super::values::Values;
use super::{SetupError, effects::lines};
use crate::booking::Actor;
use crate::context::Context;
use crate::domain::access::Standing;
use crate::domain::time;
use crate::store::Records;

/// The id of a new thing in addresses.
pub(super) const NEW: &str = "new";

/// What came of a form.
pub enum Outcome {
    /// The form again: something is wrong with it (422).
    Again(Box<ChangeForm>),
    /// The form again: somebody else saved meanwhile (409).
    Stale(Box<ChangeForm>),
    /// The form again, to go on typing.
    Form(Box<ChangeForm>),
    /// What it would do.
    Preview(Box<ChangePreview>),
    /// It is saved; where to go.
    Saved(String),
}

/// What a form is about.
pub(super) struct Asked<'a> {
    pub item: Item,
    pub id: &'a str,
}

impl Asked<'_> {
    fn is_new(&self) -> bool {
        self.id == NEW
    }
}

/// Where one goes from the form of such a thing.
pub(super) fn home(clinic: &str, item: Item) -> String {
    match item {
        Item::Service | Item::Words => format!("/staff/settings/{clinic}"),
        _ => format!("/staff/availability?clinic={clinic}"),
    }
}

/// The form of one thing.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn show(
    context: &Context,
    clinic: &str,
    item: Item,
    id: &str,
) -> Result<ChangeForm, SetupError> {
    let mut tx = context.store.read().await?;
    let (known, base) = open(&mut *tx, context, clinic, &Asked { item, id }).await?;
    let asked = Asked { item, id };
    let values = if asked.is_new() {
        fresh(item, &known, time::local_date(context.now()))
    } else {
        stored(item, &known, id).ok_or(SetupError::NotThere)?
    };
    let new_id = context.id();
    Ok(form(&known, &asked, base, new_id, &values, Vec::new()))
}

/// What is known of the clinic, and the revision of the thing (`None` for a new one).
async fn open(
    tx: &mut dyn Records,
    context: &Context,
    clinic: &str,
    asked: &Asked<'_>,
) -> Result<(Known, Option<i64>), SetupError> {
    let known = Known::read(tx, clinic, context.now())
        .await?
        .ok_or(SetupError::NotThere)?;
    if asked.is_new() && !asked.item.single() {
        return Ok((known, None));
    }
    let service = tx.service_revision(asked.id).await?;
    let base = known.base(asked.item, asked.id, service);
    Ok((known, Some(base.ok_or(SetupError::NotThere)?)))
}

fn form(
    known: &Known,
    asked: &Asked<'_>,
    base: Option<i64>,
    new_id: Uuid,
    values: &Values,
    errors: Vec<FieldError>,
) -> ChangeForm {
    let specs = specs(asked.item, known, base.is_none());
    let mut hidden = vec![("new_id".to_owned(), new_id.to_string())];
    hidden.extend(base.map(|base| ("revision".to_owned(), base.to_string())));
    let lead = format!("avail-{}-lead", asked.item.slug());
    ChangeForm {
        clinic: clinic_ref(known),
        title: asked.item.title(base.is_none()),
        lead: if app::text::has(&lead) { t(&lead) } else { String::new() },
        action: asked.item.path(&known.clinic.id, asked.id),
        back: home(&known.clinic.id, asked.item),
        fields: fields(asked.item, &specs, values, &errors),
        errors,
        hidden,
        removable: base.is_some() && asked.item.removable(),
        shows_first: asked.item.shows_first(),
        conflict: None,
    }
}

pub(super) fn clinic_ref(known: &Known) -> ClinicRef {
    ClinicRef {
        id: known.clinic.id.clone(),
        name: known.clinic.name.clone(),
    }
}

/// What somebody did with a form: `look`, `save`, `back`, `remove`, `remove-save`.
///
/// # Errors
/// [`SetupError::NotThere`], or the database's.
pub async fn submit(
    context: &Context,
    standing: &Standing,
    clinic: &str,
    (item, id): (Item, &str),
    values: &Values,
) -> Result<Outcome, SetupError> {
    let asked = Asked { item, id };
    let now = context.now();
    let mut tx = context.store.write().await?;
    let opened = open(&mut *tx, context, clinic, &asked).await;
    let (known, base) = match opened {
        Ok(opened) => opened,
        // Somebody took it away meanwhile: there is nothing to lose any more.
        Err(SetupError::NotThere) if values.first("do").starts_with("remove") => {
            return Ok(Outcome::Saved(home(clinic, item)));
        }
        Err(error) => return Err(error),
    };
    let typed_base = values.first("revision").parse::<i64>().ok();
    let new_id = Uuid::parse_str(values.first("new_id")).unwrap_or_else(|_| context.id());
    let again = |errors| form(&known, &asked, base, new_id, values, errors);
    let step = values.first("do");
    if step == "back" {
        return Ok(Outcome::Form(Box::new(again(Vec::new()))));
    }
    let removes = step.starts_with("remove") && base.is_some() && item.removable();
    let target = Target {
        item,
        id,
        new_id,
        base,
    };
    let change = if removes {
        removal(&known, &asked, base.unwrap_or_default()).ok_or(SetupError::NotThere)?
    } else {
        match read(&target, &known, values) {
            Ok(change) => change,
            Err(errors) => return Ok(Outcome::Again(Box::new(again(errors)))),
        }
    };
    if base.is_some() && typed_base != base {
        return Ok(Outcome::Stale(Box::new(stale(&known, &asked, base, new_id, values))));
    }
    let clinics = touched(&mut *tx, clinic, &change, &known).await?;
    let saves = matches!(step, "save" | "remove-save") || !item.shows_first();
    let before = if item.shows_first() {
        effects::found(&mut *tx, &clinics, now).await?
    } else {
        Found::new()
    };
    let was = if saves {
        None
    } else {
        Some(effects::facts(&mut *tx, &clinics, now).await?)
    };
    if !change.write(&mut *tx, context, clinic).await? {
        drop(tx);
        return match base {
            // The same form twice: it is there.
            None => Ok(Outcome::Saved(home(clinic, item))),
            Some(_) => Ok(Outcome::Stale(Box::new(stale(&known, &asked, base, new_id, values)))),
        };
    }
    let after = if item.shows_first() {
        effects::found(&mut *tx, &clinics, now).await?
    } else {
        Found::new()
    };
    let new = effects::newly(&before, &after);
    let seen: BTreeSet<&str> = values.first("seen").split(',').collect();
    let unseen = new
        .values()
        .flatten()
        .any(|(meeting, _)| !seen.contains(meeting.0.to_string().as_str()));
    if saves && !(unseen && item.shows_first()) {
        note(&mut *tx, context, standing, clinic, &asked, &change, removes).await?;
        tx.commit().await?;
        return Ok(Outcome::Saved(saved_at(clinic, item, !new.is_empty())));
    }
    let was = if let Some(was) = was {
        was
    } else {
        // Something was booked since the look: look again, from before the change.
        drop(tx);
        tx = context.store.write().await?;
        let was = effects::facts(&mut *tx, &clinics, now).await?;
        change.write(&mut *tx, context, clinic).await?;
        was
    };
    let will = effects::facts(&mut *tx, &clinics, now).await?;
    // Given up: nothing of it is kept.
    drop(tx);
    let (trouble, elsewhere) = lines(context, standing, &new).await?;
    let specs = specs(item, &known, base.is_none());
    let changes = if removes {
        Vec::new()
    } else {
        let now_stored = stored(item, &known, id).unwrap_or_default();
        differs(item, &specs, &now_stored, values)
    };
    let mut hidden = values.without(&["do", "seen"]);
    let shown = new.values().flatten();
    let shown: Vec<String> = shown.map(|(meeting, _)| meeting.0.to_string()).collect();
    hidden.push(("seen".to_owned(), shown.join(",")));
    Ok(Outcome::Preview(Box::new(ChangePreview {
        clinic: clinic_ref(&known),
        title: item.title(base.is_none()),
        action: item.path(clinic, id),
        back: home(clinic, item),
        changes,
        slots: effects::slot_changes(&was, &will, now),
        trouble,
        elsewhere,
        hidden,
        again: saves,
        removes,
        off: !known.clinic.enabled,
    })))
}

fn saved_at(clinic: &str, item: Item, trouble: bool) -> String {
    if trouble {
        format!("/staff/availability?clinic={clinic}#attention")
    } else {
        home(clinic, item)
    }
}

/// The change that takes the thing away.
fn removal(known: &Known, asked: &Asked<'_>, base: i64) -> Option<Change> {
    let id = Uuid::parse_str(asked.id).ok()?;
    match asked.item {
        Item::Session | Item::Day => Some(Change::DropWindow(id, base)),
        Item::Term | Item::Closure => Some(Change::DropDates(id, base)),
        Item::Away => {
            let row = known.absences.iter().find(|one| one.id == id)?;
            Some(Change::DropAway(row.clone(), base))
        }
        _ => None,
    }
}

/// The form with what stands now beside what was typed. It is made from what stands now, so that it can be sent again.
fn stale(
    known: &Known,
    asked: &Asked<'_>,
    base: Option<i64>,
    new_id: Uuid,
    values: &Values,
) -> ChangeForm {
    let specs = specs(asked.item, known, base.is_none());
    let theirs = stored(asked.item, known, asked.id).unwrap_or_default();
    let conflict: Vec<Differs> = differs(asked.item, &specs, &theirs, values);
    ChangeForm {
        conflict: Some(conflict),
        ..form(known, asked, base, new_id, values, Vec::new())
    }
}

/// The clinics that a change may touch: its own, and every other in which the person or room works.
async fn touched(
    tx: &mut dyn Records,
    clinic: &str,
    change: &Change,
    known: &Known,
) -> Result<Vec<String>, SetupError> {
    let mut clinics = vec![clinic.to_owned()];
    let own = change.resource().filter(|resource| known.has(*resource));
    if let Some(resource) = own {
        for other in tx.clinics_of(resource).await? {
            if !clinics.contains(&other) {
                clinics.push(other);
            }
        }
    }
    Ok(clinics)
}

async fn note(
    tx: &mut dyn Records,
    context: &Context,
    standing: &Standing,
    clinic: &str,
    asked: &Asked<'_>,
    change: &Change,
    removes: bool,
) -> Result<(), SetupError> {
    let what = if removes {
        "removed"
    } else if asked.is_new() {
        "added"
    } else {
        "changed"
    };
    let action = format!("{}_{what}", asked.item.slug());
    let subject = change.subject(context);
    Actor::Staff(standing.staff.0)
        .note(tx, context, &action, subject, clinic, change.detail())
        .await?;
    Ok(())
}

//! Fill in, look, save: what a form of one thing leads to.

use std::collections::BTreeMap;

use app::text::t;
use app::view::availability::{ChangeForm, ChangePreview, SlotChange};
use app::view::{ClinicRef, FieldError};
use uuid::Uuid;

use super::change::Change;
use super::effects::{self, Found};
use super::form::{Target, differs, fields, fresh, read, specs, stored};
use super::item::Item;
use super::known::{Known, session_lacks};
use super::values::Values;
use super::{SetupError, effects::lines};
use crate::booking::Actor;
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
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
    standing: &Standing,
    clinic: &str,
    item: Item,
    id: &str,
) -> Result<ChangeForm, SetupError> {
    let mut tx = context.store.read().await?;
    let (known, base) = open(&mut *tx, context, clinic, &Asked { item, id }).await?;
    let known = known.seen_by(&mut *tx, standing).await?;
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
        lead: if app::text::has(&lead) {
            t(&lead)
        } else {
            String::new()
        },
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
    let mut tx = context.store.write().await?;
    let (known, base) = match open(&mut *tx, context, clinic, &asked).await {
        Ok(opened) => opened,
        // Somebody took it away meanwhile: there is nothing to lose any more.
        Err(SetupError::NotThere) if values.first("do").starts_with("remove") => {
            return Ok(Outcome::Saved(home(clinic, item)));
        }
        Err(error) => return Err(error),
    };
    let known = known.seen_by(&mut *tx, standing).await?;
    let new_id = Uuid::parse_str(values.first("new_id")).unwrap_or_else(|_| context.id());
    // The form of something that was added, gone back to and filled in anew: that is one more. Sent twice as it was, it is
    // the same thing.
    let new_id = match stored(item, &known, &new_id.to_string()) {
        Some(theirs) if base.is_none() => {
            let specs = specs(item, &known, true);
            if differs(item, &specs, &theirs, values).is_empty() {
                new_id
            } else {
                context.id()
            }
        }
        _ => new_id,
    };
    let sent = Sent {
        context,
        standing,
        clinic,
        asked,
        known,
        base,
        new_id,
        values,
    };
    let change = match sent.change() {
        Read::Change(change) => change,
        Read::Form(outcome) => return Ok(outcome),
        Read::Nothing => return Err(SetupError::NotThere),
    };
    sent.attempt(tx, &change).await
}

/// Who or what a session would be without.
fn lacking(change: &Change) -> Vec<String> {
    let Change::Window(row, staff, _) = change else {
        return Vec::new();
    };
    if row.start_minute.is_none() {
        return Vec::new();
    }
    session_lacks(|part| staff.iter().any(|(_, own)| own == part))
}

/// A form as it was sent, with what is known of its thing.
struct Sent<'a> {
    context: &'a Context,
    standing: &'a Standing,
    clinic: &'a str,
    asked: Asked<'a>,
    known: Known,
    base: Option<i64>,
    new_id: Uuid,
    values: &'a Values,
}

/// What a form says.
enum Read {
    Change(Box<Change>),
    Form(Outcome),
    Nothing,
}

impl Sent<'_> {
    fn step(&self) -> &str {
        self.values.first("do")
    }

    fn removes(&self) -> bool {
        self.step().starts_with("remove") && self.base.is_some() && self.asked.item.removable()
    }

    /// Whether this is the saving and not the look before it.
    fn saves(&self) -> bool {
        matches!(self.step(), "save" | "remove-save") || !self.asked.item.shows_first()
    }

    fn form(&self, errors: Vec<FieldError>) -> Box<ChangeForm> {
        Box::new(form(
            &self.known,
            &self.asked,
            self.base,
            self.new_id,
            self.values,
            errors,
        ))
    }

    /// The form with what stands now beside what was typed. It is made from what stands now, so that it can be sent again.
    fn stale(&self) -> Outcome {
        let specs = specs(self.asked.item, &self.known, self.base.is_none());
        let theirs = stored(self.asked.item, &self.known, self.asked.id).unwrap_or_default();
        let mut form = self.form(Vec::new());
        form.conflict = Some(differs(self.asked.item, &specs, &theirs, self.values));
        Outcome::Stale(form)
    }

    fn change(&self) -> Read {
        if self.step() == "back" {
            return Read::Form(Outcome::Form(self.form(Vec::new())));
        }
        let change = if self.removes() {
            match removal(&self.known, &self.asked, self.base.unwrap_or_default()) {
                Some(change) => change,
                None => return Read::Nothing,
            }
        } else {
            let target = Target {
                item: self.asked.item,
                id: self.asked.id,
                new_id: self.new_id,
                base: self.base,
            };
            match read(&target, &self.known, self.values) {
                Ok(change) => change,
                Err(errors) => return Read::Form(Outcome::Again(self.form(errors))),
            }
        };
        let typed_base = self.values.first("revision").parse::<i64>().ok();
        if self.base.is_some() && typed_base != self.base {
            return Read::Form(self.stale());
        }
        Read::Change(Box::new(change))
    }

    /// Makes the change and keeps it, or gives it up and says what it would do.
    async fn attempt(
        &self,
        mut tx: Box<dyn Records>,
        change: &Change,
    ) -> Result<Outcome, SetupError> {
        let (item, now) = (self.asked.item, self.context.now());
        let clinics = touched(&mut *tx, self.clinic, change, &self.known).await?;
        let before = self.troubles(&mut *tx, &clinics).await?;
        let mut was = None;
        if !self.saves() {
            was = Some(effects::facts(&mut *tx, &clinics, now).await?);
        }
        if !change.write(&mut *tx, self.context, self.clinic).await? {
            return Ok(match self.base {
                // The same form twice: it is there.
                None => Outcome::Saved(home(self.clinic, item)),
                Some(_) => self.stale(),
            });
        }
        let after = self.troubles(&mut *tx, &clinics).await?;
        let new = effects::newly(&before, &after);
        if self.saves() && self.has_seen(&new) {
            self.note(&mut *tx, change, &clinics).await?;
            tx.commit().await?;
            return Ok(Outcome::Saved(saved_at(self.clinic, item, !new.is_empty())));
        }
        let was = if let Some(was) = was {
            was
        } else {
            // Something was booked since the look: look again, from before the change.
            drop(tx);
            tx = self.context.store.write().await?;
            let was = effects::facts(&mut *tx, &clinics, now).await?;
            change.write(&mut *tx, self.context, self.clinic).await?;
            was
        };
        let will = effects::facts(&mut *tx, &clinics, now).await?;
        // Given up: nothing of it is kept.
        drop(tx);
        // What other clinics offer is theirs to know.
        let own = |clinic: &str| {
            let clinic = ClinicId(clinic.to_owned());
            may(self.standing, Action::SeeAvailability, Some(&clinic))
        };
        let mut slots = (was, will);
        slots.0.retain(|(clinic, ..), _| own(clinic));
        slots.1.retain(|(clinic, ..), _| own(clinic));
        let slots = effects::slot_changes(&slots.0, &slots.1, now);
        self.preview(slots, &new, lacking(change)).await
    }

    async fn troubles(
        &self,
        tx: &mut dyn Records,
        clinics: &[String],
    ) -> Result<Found, SetupError> {
        if self.asked.item.shows_first() {
            Ok(effects::found(tx, clinics, self.context.now()).await?)
        } else {
            Ok(Found::new())
        }
    }

    /// Whether the look before has shown the very meetings that are broken, or there is nothing to show.
    fn has_seen(&self, new: &Found) -> bool {
        new.values().all(BTreeMap::is_empty) || self.values.first("seen") == effects::shown(new)
    }

    async fn preview(
        &self,
        slots: Vec<SlotChange>,
        new: &Found,
        warnings: Vec<String>,
    ) -> Result<Outcome, SetupError> {
        let (item, id) = (self.asked.item, self.asked.id);
        let (trouble, elsewhere) = lines(self.context, self.standing, new).await?;
        let changes = if self.removes() {
            Vec::new()
        } else {
            let specs = specs(item, &self.known, self.base.is_none());
            let stands = stored(item, &self.known, id).unwrap_or_default();
            differs(item, &specs, &stands, self.values)
        };
        let mut hidden = self.values.without(&["do", "seen", "new_id"]);
        hidden.push(("new_id".to_owned(), self.new_id.to_string()));
        hidden.push(("seen".to_owned(), effects::shown(new)));
        Ok(Outcome::Preview(Box::new(ChangePreview {
            clinic: clinic_ref(&self.known),
            title: item.title(self.base.is_none()),
            action: item.path(self.clinic, id),
            back: home(self.clinic, item),
            changes,
            warnings,
            slots,
            trouble,
            elsewhere,
            hidden,
            // Whoever was shown nothing yet is not told that something has changed since.
            again: self.saves() && !self.values.first("seen").is_empty(),
            removes: self.removes(),
            off: !self.known.clinic.enabled,
            pressed: false,
        })))
    }

    /// A line in the log of every clinic that the change touches.
    async fn note(
        &self,
        tx: &mut dyn Records,
        change: &Change,
        clinics: &[String],
    ) -> Result<(), SetupError> {
        let what = if self.removes() {
            "removed"
        } else if self.asked.is_new() {
            "added"
        } else {
            "changed"
        };
        let action = format!("{}_{what}", self.asked.item.slug());
        let subject = change.subject(self.context);
        let actor = Actor::Staff(self.standing.staff.0);
        for clinic in clinics {
            let detail = change.detail();
            actor
                .note(tx, self.context, &action, subject, clinic, detail)
                .await?;
        }
        Ok(())
    }
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

//! A clinic from nothing: made, filled, switched on. What is still missing is worked out from what is there.

use std::collections::{BTreeMap, BTreeSet};

use app::text::t;
use app::view::availability::{
    ChangeForm, ChangePreview, CheckLine, ClinicSettings, Differs, FormField, Input, ListRow,
    SettingsLine, SettingsList,
};
use app::view::{ClinicRef, FieldError};
use uuid::Uuid;

use super::SetupError;
use super::effects::{self, bookable};
use super::item::Item;
use super::known::Known;
use super::save::clinic_ref;
use super::values::Values;
use crate::booking::Actor;
use crate::clinics::About;
use crate::context::Context;
use crate::domain::access::{Action, Role, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::packs::{InForce, Packs, Source, file_of, remember, ship};
use crate::store::{ClinicRow, PersonRow, QuestionVersionRow, Records, StoreError, Stored};

/// Names that mean something else in addresses or among question sets.
const TAKEN: [&str; 8] = [
    "new",
    "retention",
    "drop-out",
    "shared",
    "signposts",
    "staff",
    "api",
    "clinics",
];
/// Longest name of a clinic, in characters.
const LONGEST: usize = 80;

/// A name as a short name for addresses: "Bicycle clinic" becomes "bicycle-clinic".
pub(super) fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut slug = words.join("-");
    slug.truncate(40);
    slug.trim_end_matches('-').to_owned()
}

/// The clinics whose settings this person may change.
pub async fn settings_list(context: &Context, standing: &Standing) -> Stored<SettingsList> {
    let clinics = context.store.read().await?.clinics().await?;
    let own = |row: &&ClinicRow| {
        may(
            standing,
            Action::EditSettings,
            Some(&ClinicId(row.id.clone())),
        )
    };
    Ok(SettingsList {
        clinics: clinics
            .iter()
            .filter(own)
            .map(|row| SettingsLine {
                clinic: ClinicRef {
                    id: row.id.clone(),
                    name: row.name.clone(),
                },
                enabled: row.enabled,
            })
            .collect(),
        may_set_up: may(standing, Action::SetUpClinic, None),
        runs: standing.runs_installation(),
    })
}

/// The form that makes a clinic.
#[must_use]
pub fn new_form(standing: &Standing, values: &Values, errors: Vec<FieldError>) -> ChangeForm {
    let error = errors.first().map(|error| error.text.clone());
    ChangeForm {
        title: t("settings-new"),
        lead: if manages(standing) {
            t("settings-new-lead")
        } else {
            t("settings-new-lead-runs")
        },
        action: "/staff/settings/new".to_owned(),
        back: "/staff/settings".to_owned(),
        clinic: ClinicRef {
            id: String::new(),
            name: t("settings-title"),
        },
        fields: vec![FormField {
            name: "name".to_owned(),
            label: t("avail-words-name"),
            hint: t("settings-new-hint"),
            error: error.unwrap_or_default(),
            input: Input::Line("text", values.first("name").to_owned()),
        }],
        errors,
        ..ChangeForm::default()
    }
}

/// Makes a clinic that is switched off; returns its short name. Whoever makes it becomes its manager, an administrator
/// excepted, who sees no client.
///
/// # Errors
/// Inside, what is wrong with the form.
pub async fn create(
    context: &Context,
    standing: &Standing,
    values: &Values,
) -> Stored<Result<String, Vec<FieldError>>> {
    let name = values.first("name").to_owned();
    let id = slug(&name);
    let wrong = |key: &str| {
        let error = FieldError {
            field: "name".to_owned(),
            text: t(key),
        };
        Ok(Err(vec![error]))
    };
    if id.is_empty() {
        return wrong("avail-error-empty");
    }
    if name.chars().count() > LONGEST {
        return wrong("avail-error-long");
    }
    let mut tx = context.store.write().await?;
    let clinics = tx.clinics().await?;
    if TAKEN.contains(&id.as_str()) || clinics.iter().any(|row| row.id == id) {
        return wrong("settings-error-taken");
    }
    let row = ClinicRow {
        id: id.clone(),
        name,
        position: clinics
            .iter()
            .map(|row| row.position + 1)
            .max()
            .unwrap_or(0),
        enabled: false,
        supervisor_ratio: 2,
        about: "{}".to_owned(),
    };
    tx.put_clinic(&row).await?;
    if manages(standing) {
        let manager = Role::Manager.as_str();
        tx.put_role(standing.staff.0, manager, &id).await?;
    }
    note(&mut *tx, context, standing, "clinic_made", &id).await?;
    tx.commit().await?;
    Ok(Ok(id))
}

/// Whether somebody who makes a clinic becomes its manager: who works in a clinic already.
fn manages(standing: &Standing) -> bool {
    let mut roles = standing.grants.iter().map(|grant| grant.role);
    roles.any(|role| role != Role::Administrator)
}

async fn note(
    tx: &mut dyn Records,
    context: &Context,
    standing: &Standing,
    action: &str,
    clinic: &str,
) -> Stored<()> {
    let subject = ("clinic", context.id());
    Actor::Staff(standing.staff.0)
        .note(tx, context, action, subject, clinic, String::new())
        .await
}

/// Puts questions in force for a clinic that has none: those that everybody is asked, and none of its own yet.
///
/// # Errors
/// [`SetupError::NotThere`] for a clinic that is not there.
pub async fn add_questions(
    context: &Context,
    packs: &InForce,
    standing: &Standing,
    clinic: &str,
) -> Result<(), SetupError> {
    // A database that nobody has served yet has no texts at all.
    ship(context).await?;
    let file = file_of(&ClinicId(clinic.to_owned()));
    let mut tx = context.store.read().await?;
    let counter = tx.question_counter().await?;
    let mut in_force = tx.questions_in_force().await?;
    let there = tx.clinics().await?.iter().any(|row| row.id == clinic);
    drop(tx);
    if !there {
        return Err(SetupError::NotThere);
    }
    if in_force.iter().any(|row| row.file == file) {
        return Ok(());
    }
    let version = QuestionVersionRow {
        id: context.id(),
        file: file.clone(),
        number: 1,
        text: first_text(clinic),
        published_at: context.now().timestamp(),
        published_by: Some(standing.staff.0),
        note: t("settings-questions-note"),
    };
    in_force.push(version.clone());
    let checked = checked(&in_force).await?;
    let mut tx = context.store.write().await?;
    if tx.lock_questions().await? != counter {
        return Err(StoreError::Contended.into());
    }
    tx.put_question_version(&version).await?;
    tx.put_in_force(&file, 1, version.published_at).await?;
    remember(&mut *tx, &checked, &in_force, version.published_at).await?;
    tx.move_questions().await?;
    note(&mut *tx, context, standing, "questions_published", clinic).await?;
    tx.commit().await?;
    packs.reload(context).await?;
    Ok(())
}

async fn checked(in_force: &[QuestionVersionRow]) -> Stored<Packs> {
    let sources: Vec<Source> = in_force
        .iter()
        .map(|row| Source::new(&row.file, &row.text))
        .collect();
    tokio::task::spawn_blocking(move || Packs::from_sources(&sources))
        .await
        .map_err(|error| StoreError::Other(error.to_string()))?
        .map_err(|broken| StoreError::Other(broken.to_string()))
}

fn first_text(clinic: &str) -> String {
    format!(
        "# The questions of this clinic. Everybody is asked the shared ones first.\n\
         clinic = \"{clinic}\"\n\
         elsewhere = [\"citizens_advice\"]\n\
         checked_on = \"not yet checked\"\n\
         checked_by = \"not yet checked\"\n\n\
         [settings]\n\
         allow_under_16 = false\n"
    )
}

/// What came of switching a clinic.
pub enum Switched {
    /// It is done.
    Done,
    /// Somebody changed the clinic meanwhile, or it is not ready.
    Not,
    /// What switching it off would do.
    Look(Box<ChangePreview>),
}

/// Switches a clinic on, or off: that shows first what it would do.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn switch(
    context: &Context,
    packs: &InForce,
    standing: &Standing,
    clinic: &str,
    values: &Values,
) -> Result<Switched, SetupError> {
    let on = values.first("to") == "on";
    let revision: i64 = values.first("revision").parse().unwrap_or_default();
    let page = clinic_page(context, packs, standing, clinic).await?;
    if on && !page.ready {
        return Ok(Switched::Not);
    }
    let now = context.now();
    let clinics = [clinic.to_owned()];
    let mut tx = context.store.write().await?;
    let mut rows = tx.clinics().await?.into_iter();
    let row = rows.find(|row| row.id == clinic);
    let row = row.ok_or(SetupError::NotThere)?;
    let before = effects::found(&mut *tx, &clinics, now).await?;
    let was = effects::facts(&mut *tx, &clinics, now).await?;
    if !tx.revise_clinic(clinic, revision).await? {
        return Ok(Switched::Not);
    }
    let action = if on { "clinic_on" } else { "clinic_off" };
    tx.put_clinic(&ClinicRow { enabled: on, ..row }).await?;
    let new = effects::newly(&before, &effects::found(&mut *tx, &clinics, now).await?);
    let saves = values.first("do") == "save";
    if on || (saves && values.first("seen") == effects::shown(&new)) {
        note(&mut *tx, context, standing, action, clinic).await?;
        tx.commit().await?;
        return Ok(Switched::Done);
    }
    // Given up: nothing of it is kept.
    drop(tx);
    let (trouble, elsewhere) = effects::lines(context, standing, &new).await?;
    let hidden = [
        ("revision", revision.to_string()),
        ("to", "off".to_owned()),
        ("seen", effects::shown(&new)),
    ];
    Ok(Switched::Look(Box::new(ChangePreview {
        clinic: page.clinic.clone(),
        title: t("settings-switch-off"),
        action: format!("/staff/settings/{clinic}/switch"),
        back: format!("/staff/settings/{clinic}"),
        changes: vec![Differs {
            label: page.clinic.name,
            was: t("settings-on"),
            now: t("settings-off"),
        }],
        slots: effects::slot_changes(&was, &BTreeMap::new(), now),
        trouble,
        elsewhere,
        hidden: hidden
            .map(|(name, value)| (name.to_owned(), value))
            .to_vec(),
        again: saves,
        pressed: true,
        ..ChangePreview::default()
    })))
}

/// What a clinic has and what it still lacks.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn clinic_page(
    context: &Context,
    packs: &InForce,
    standing: &Standing,
    clinic: &str,
) -> Result<ClinicSettings, SetupError> {
    let now = context.now();
    let today = time::local_date(now);
    let has_questions = packs
        .look(context)
        .await
        .get(&ClinicId(clinic.to_owned()))
        .is_some();
    let mut tx = context.store.read().await?;
    let known = Known::read(&mut *tx, clinic, now)
        .await?
        .ok_or(SetupError::NotThere)?;
    let mut first = None;
    for service in &known.services {
        if !service.enabled || service.booking == "review" {
            continue;
        }
        let until = time::add_days(today, service.horizon_days);
        let facts = tx
            .facts_of_any(&service.id, today, until, now.timestamp())
            .await?;
        let start = facts.and_then(|facts| bookable(&facts, now).first().map(|slot| slot.start));
        first = [first, start].into_iter().flatten().min();
    }
    let manager = has_manager(&tx.people(Some(clinic)).await?, clinic);
    drop(tx);
    let allowed = |action| may(standing, action, Some(&ClinicId(clinic.to_owned())));
    let checks = checks(
        &known,
        has_questions,
        first.is_some(),
        allowed(Action::EditAvailability),
    );
    Ok(ClinicSettings {
        clinic: clinic_ref(&known),
        enabled: known.clinic.enabled,
        ready: checks.iter().all(|one| one.done),
        checks,
        may_see_hours: allowed(Action::SeeAvailability),
        has_questions,
        first_slot: first.map(time::moment).unwrap_or_default(),
        revision: known.clinic_revision,
        services: services(&known),
        invite_manager: !manager && allowed(Action::EditPeople),
    })
}

/// Whether somebody who may sign in looks after this clinic.
fn has_manager(people: &[PersonRow], clinic: &str) -> bool {
    people.iter().any(|row| {
        let role = row.role.as_deref().unwrap_or_default();
        row.active
            && row.clinic_id.as_deref() == Some(clinic)
            && matches!(role, "manager" | "supervisor")
    })
}

fn services(known: &Known) -> Vec<ListRow> {
    let line = |one: &crate::store::ServiceRow| ListRow {
        cells: vec![
            one.name.clone(),
            app::text::t_with("length-minutes", &[("count", one.minutes.into())]),
            if one.enabled {
                t("settings-on")
            } else {
                t("settings-off")
            },
        ],
        href: Item::Service.path(&known.clinic.id, &one.id),
    };
    let mut all: Vec<ListRow> = known.services.iter().map(line).collect();
    all.push(ListRow {
        cells: vec![t("settings-add-service"), t("settings-add-service-more")],
        href: Item::Service.path(&known.clinic.id, super::save::NEW),
    });
    all
}

/// In the order in which one thing needs the one before.
fn checks(known: &Known, has_questions: bool, has_slot: bool, may_edit: bool) -> Vec<CheckLine> {
    let clinic = known.clinic.id.as_str();
    let new = |item: Item| item.path(clinic, super::save::NEW);
    let services: BTreeSet<&str> = known
        .services
        .iter()
        .filter(|one| one.enabled)
        .map(|one| one.id.as_str())
        .collect();
    let in_person = known
        .services
        .iter()
        .any(|one| one.enabled && one.modes.contains("in_person"));
    let people = known
        .members
        .iter()
        .filter(|one| one.active && one.kind == "person");
    let skilled = |id: Uuid| {
        let mut all = known.skills.iter();
        all.any(|(own, service)| *own == id && services.contains(service.as_str()))
    };
    let advisers = people.clone().filter(|one| skilled(one.id)).count();
    let rooms = known.members.iter();
    let rooms = rooms.filter(|one| one.active && one.kind == "room").count();
    let sessions = known.sessions.iter().any(|one| {
        let has = |part: &str| !known.posted(one.id, part).is_empty();
        has("adviser") && has("supervisor") && (has("room") || !in_person)
    });
    let term = known.dates.iter().any(|one| one.kind == "term");
    let words = About::parse(clinic, &known.clinic.about).is_ok();
    let hours = |href: String| if may_edit { href } else { String::new() };
    let line = |done: bool, key: &str, href: String| CheckLine {
        done,
        text: t(&format!("settings-check-{key}")),
        link: t(&format!("settings-check-{key}-link")),
        who: if href.is_empty() {
            t("settings-check-who")
        } else {
            String::new()
        },
        href,
    };
    vec![
        line(words, "words", Item::Words.path(clinic, "all")),
        line(!services.is_empty(), "service", new(Item::Service)),
        line(advisers > 0, "adviser", hours(new(Item::Person))),
        line(people.count() > 1, "supervisor", hours(new(Item::Person))),
        line(
            rooms > 0 || !(in_person || services.is_empty()),
            "room",
            hours(new(Item::Room)),
        ),
        line(term, "term", hours(new(Item::Term))),
        line(sessions, "session", hours(new(Item::Session))),
        line(
            has_questions,
            "questions",
            format!(
                "/staff/{}{clinic}{}",
                if has_questions {
                    "questions/"
                } else {
                    "settings/"
                },
                if has_questions { "" } else { "/questions" }
            ),
        ),
        line(
            has_slot,
            "slot",
            hours(format!("/staff/availability?clinic={clinic}")),
        ),
    ]
}

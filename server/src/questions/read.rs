//! The pages on which staff read a set, and the forms that edit it.

use app::text::t;
use app::view::questions::{
    EditBase, EditPage, QuestionSetPage, QuestionSets, QuestionShown, RuleShown, SetLine,
    SettingShown, SignpostShown,
};
use uuid::Uuid;

use super::difference::{kind, marks};
use super::draft::{mark, moment};
use super::edit::{self, Help, Refused, Target, Typed};
use super::words::{self, Words};
use super::{Opened, Set, open, save};
use crate::context::Context;
use crate::domain::access::Standing;
use crate::domain::triage::{Pack, Question, Rule, Settings, Signpost};
use crate::packs::{Packs, SHARED};
use crate::store::{ClinicRow, QuestionDraftRow, QuestionVersionLine, Stored};

/// The sets that this person may read: what all share first, then the clinics in their order.
pub async fn sets(context: &Context, standing: &Standing) -> Stored<QuestionSets> {
    let mut tx = context.store.read().await?;
    let versions = tx.question_versions(None).await?;
    let drafts = tx.question_drafts(None).await?;
    let clinics = tx.clinics().await?;
    let mut sets: Vec<Set> = versions
        .iter()
        .filter(|line| line.in_force)
        .map(|line| Set::from_file(&line.file))
        .filter(|set| set.may_see(standing))
        .collect();
    let place = |set: &Set| {
        let clinic = set.clinic()?;
        clinics.iter().position(|row| row.id == clinic.as_str())
    };
    // A file whose clinic has not been made yet comes last.
    sets.sort_by_key(|set| {
        let place = place(set);
        (
            set.clinic().is_some() && place.is_none(),
            place,
            set.clone(),
        )
    });
    let line = |set: &Set| line(set, standing, &clinics, &versions, &drafts);
    Ok(QuestionSets {
        sets: sets.iter().map(line).collect(),
    })
}

fn line(
    set: &Set,
    standing: &Standing,
    clinics: &[ClinicRow],
    versions: &[QuestionVersionLine],
    drafts: &[QuestionDraftRow],
) -> SetLine {
    let file = set.file();
    let own = || versions.iter().filter(|line| line.file == file);
    let in_force = own().find(|line| line.in_force);
    // Newest first: a text that came with the program later than what is in force.
    let news = own().find(|line| line.published_by.is_none());
    let news = news.filter(|news| in_force.is_some_and(|now| news.number > now.number));
    let draft = drafts.iter().find(|draft| draft.file == file);
    SetLine {
        set: set.named(clinics),
        may_edit: set.may_edit(standing),
        version: in_force.map_or(0, |line| line.number),
        since: in_force.map_or_else(String::new, |line| moment(line.published_at)),
        by: in_force
            .and_then(|line| line.staff_name.clone())
            .unwrap_or_default(),
        draft: draft.map(mark),
        news: news.map_or(0, |line| line.number),
    }
}

/// A set in words, as it is in force; `None` if there is no such set.
pub async fn set_page(
    context: &Context,
    packs: &Packs,
    standing: &Standing,
    set: &Set,
) -> Stored<Option<QuestionSetPage>> {
    let Some(opened) = open(context, set).await? else {
        return Ok(None);
    };
    let mut tx = context.store.read().await?;
    let versions = tx.question_versions(Some(&set.file())).await?;
    let drafts = tx.question_drafts(Some(&set.file())).await?;
    let clinics = tx.clinics().await?;
    drop(tx);
    let head = line(set, standing, &clinics, &versions, &drafts);
    let Some(pack) = pack_of(packs, set) else {
        return Ok(None);
    };
    let mut page = QuestionSetPage {
        head,
        ..QuestionSetPage::default()
    };
    let edit = |set: &Set, id: &str| {
        let may = set.may_edit(standing);
        let path = || set.path(&format!("edit/{id}"));
        if may { path() } else { String::new() }
    };
    match set {
        Set::Signposts => {
            let all = pack.signposts.values();
            page.signposts = all.map(|one| signpost(one, edit(set, &one.id.0))).collect();
        }
        Set::Shared | Set::Clinic(_) => {
            page.questions = questions(pack, set, &edit);
            page.settings = settings(pack, set, &opened);
        }
    }
    if set.clinic().is_some() {
        let elsewhere = pack.others();
        page.elsewhere = elsewhere
            .iter()
            .map(|one| signpost(one, String::new()))
            .collect();
    }
    let rules = page.questions.iter().flat_map(|one| &one.rules);
    page.unchecked = rules.filter(|rule| rule.checked.is_empty()).count()
        + page
            .signposts
            .iter()
            .filter(|one| one.checked.is_empty())
            .count();
    Ok(Some(page))
}

/// The clinic's pack; for what all share, that of any clinic.
fn pack_of<'a>(packs: &'a Packs, set: &Set) -> Option<&'a Pack> {
    match set.clinic() {
        Some(clinic) => packs.get(clinic),
        None => packs.iter().next(),
    }
}

fn questions(pack: &Pack, set: &Set, edit: &dyn Fn(&Set, &str) -> String) -> Vec<QuestionShown> {
    let shared = |at: &crate::domain::triage::At| &*at.file == SHARED;
    let all = pack.questions.iter().map(|one| {
        let about = pack.rules.iter().filter(|rule| rule.question == one.id);
        let own = about.clone().any(|rule| !shared(&rule.at));
        let rules = about.filter(|rule| *set != Set::Shared || shared(&rule.at));
        // A clinic's own rules about a shared question are changed in the clinic's file.
        let file = if shared(&one.at) && (*set == Set::Shared || !own) {
            &Set::Shared
        } else {
            set
        };
        QuestionShown {
            rules: rules.map(|rule| rule_shown(pack, rule)).collect(),
            edit: edit(file, &one.id.0),
            shared: shared(&one.at) && *set != Set::Shared,
            ..question_shown(pack, one)
        }
    });
    let mut shown: Vec<QuestionShown> = all.collect();
    if *set == Set::Shared {
        shown.retain(|one| {
            let question = pack.question(&one.id.as_str().into());
            question.is_some_and(|question| shared(&question.at))
        });
    }
    shown
}

fn question_shown(pack: &Pack, one: &Question) -> QuestionShown {
    let words = Words {
        pack,
        about: Some(&one.id),
    };
    let mut all = vec![t(&format!("questions-kind-{}", kind(one)))];
    all.extend(marks(one));
    let asked_if = one.ask_if.as_ref();
    QuestionShown {
        id: one.id.to_string(),
        text: one.text.clone(),
        hint: one.hint.clone(),
        why: one.why.clone(),
        marks: all,
        asked_if: asked_if.map_or_else(String::new, |when| words.condition(when)),
        options: one
            .choices
            .iter()
            .map(|choice| choice.label.clone())
            .collect(),
        limits: one.limits.iter().map(|limit| words.limit(limit)).collect(),
        ..QuestionShown::default()
    }
}

fn rule_shown(pack: &Pack, rule: &Rule) -> RuleShown {
    let words = Words {
        pack,
        about: Some(&rule.question),
    };
    let follow_up = rule.follow_up;
    RuleShown {
        id: rule.id.to_string(),
        when: words.rule(rule),
        outcome: words::effect(rule).to_owned(),
        urgent: words::is_urgent(rule),
        text: rule.text.clone(),
        signposts: pack
            .point_to(&rule.signposts)
            .iter()
            .map(|one| signpost(one, String::new()))
            .collect(),
        elsewhere: rule.elsewhere,
        follow_up: follow_up.map_or_else(String::new, |one| words::outcome(one.as_str(), false)),
        checked: words::checked(&rule.checked_on, &rule.checked_by),
    }
}

fn signpost(one: &Signpost, edit: String) -> SignpostShown {
    SignpostShown {
        id: one.id.to_string(),
        name: one.name.clone(),
        telephone: one.telephone.clone(),
        url: one.url.clone(),
        hours: one.hours.clone(),
        why: one.why.clone(),
        checked: words::checked(&one.checked_on, &one.checked_by),
        edit,
    }
}

fn settings(pack: &Pack, set: &Set, opened: &Opened) -> Vec<SettingShown> {
    let all = match set {
        Set::Shared => edit::settings_of(&opened.in_force.text),
        Set::Clinic(_) | Set::Signposts => pack.settings.clone(),
    };
    let shown = all.0.iter().map(|(name, setting)| SettingShown {
        name: name.clone(),
        value: words::setting(setting),
    });
    shown.collect()
}

/// What came of a form that was sent.
pub enum Submitted {
    /// Saved to the draft.
    Saved,
    /// The form again, with what is wrong and what was typed.
    Again(Box<EditPage>),
    /// There is no such set, question or signpost.
    NotThere,
}

/// A form to edit; `None` if what it would edit is not there.
pub async fn edit_page(
    context: &Context,
    packs: &Packs,
    set: &Set,
    target: &Target,
) -> Stored<Option<EditPage>> {
    let Some(opened) = open(context, set).await? else {
        return Ok(None);
    };
    let shared = shared_settings(context, set).await?;
    page(context, &opened, set, target, &help(packs, shared.as_ref())).await
}

/// Saves what was typed to the draft.
pub async fn submit(
    context: &Context,
    packs: &Packs,
    (set, target): (&Set, &Target),
    staff: Uuid,
    base: EditBase,
    typed: &(dyn Typed + Sync),
) -> Stored<Submitted> {
    let Some(opened) = open(context, set).await? else {
        return Ok(Submitted::NotThere);
    };
    let shared = shared_settings(context, set).await?;
    let help = help(packs, shared.as_ref());
    let errors = match edit::apply(opened.text(), target, &help, typed) {
        Err(Refused::NotThere) => return Ok(Submitted::NotThere),
        Err(Refused::Fields(errors)) => errors,
        Ok(text) if opened.base() == base && save(context, set, staff, base, &text).await? => {
            return Ok(Submitted::Saved);
        }
        Ok(_) => Vec::new(),
    };
    // As it is now: another editor may have been quicker by a moment.
    let Some(opened) = open(context, set).await? else {
        return Ok(Submitted::NotThere);
    };
    let Some(mut page) = page(context, &opened, set, target, &help).await? else {
        return Ok(Submitted::NotThere);
    };
    edit::keep_typed(&mut page.groups, &errors, typed);
    page.conflict = (opened.base() != base).then(|| opened.mark().unwrap_or_default());
    page.errors = errors;
    Ok(Submitted::Again(Box::new(page)))
}

async fn page(
    context: &Context,
    opened: &Opened,
    set: &Set,
    target: &Target,
    help: &Help<'_>,
) -> Stored<Option<EditPage>> {
    let (groups, errors) = match edit::form(opened.text(), target, help) {
        Ok(groups) => (groups, Vec::new()),
        Err(Refused::NotThere) => return Ok(None),
        Err(Refused::Fields(errors)) => (Vec::new(), errors),
    };
    let clinics = context.store.read().await?.clinics().await?;
    Ok(Some(EditPage {
        set: set.named(&clinics),
        title: target.title(),
        action: set.path(&target.path()),
        base: opened.base(),
        groups,
        errors,
        conflict: None,
    }))
}

fn help<'a>(packs: &'a Packs, shared: Option<&'a Settings>) -> Help<'a> {
    let any = packs.iter().next();
    Help {
        signposts: any.map_or_else(Vec::new, |pack| pack.signposts.values().collect()),
        shared,
    }
}

/// The settings that a clinic's own file may replace.
async fn shared_settings(context: &Context, set: &Set) -> Stored<Option<Settings>> {
    if set.clinic().is_none() {
        return Ok(None);
    }
    let shared = open(context, &Set::Shared).await?;
    Ok(shared.map(|shared| edit::settings_of(&shared.in_force.text)))
}

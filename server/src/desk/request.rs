//! `/staff/requests/{reference}`: one case, with the answers, the reasons, what was proposed and decided, and the form to
//! do so. Free times are none of its business: the caller fills them in.

use std::collections::BTreeMap;

use app::text::t;
use app::view::{
    CaseAnswer, CaseContact, CasePage, CaseReason, CaseRuling, Choice, ClientSteps, RulingForm,
    ServiceRef, Signpost,
};
use serde_json::Value;

use super::appointment::{answers, names_kept, rival, tidy, told};
use super::own::OwnCases;
use super::requests::{line, shown};
use super::rows::{instant, needs, telephone};
use super::withheld::Withheld;
use crate::booking::conflict;
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::decision::{MOST_EXTRA_MINUTES, State, Terms};
use crate::domain::ids::ClinicId;
use crate::domain::sight::Sight;
use crate::domain::time;
use crate::domain::triage::{Assessment, Explained, Kind, Pack, Priority};
use crate::packs::InForce;
use crate::review;
use crate::store::{ColleagueRow, DecisionRow, RequestRow, ServiceRow, Stored};

/// Steps in which a meeting is made longer, in minutes.
const EXTRA_STEP: i64 = 15;

/// One case, as this member of staff may see it.
pub struct Case {
    /// The page, without free times.
    pub page: CasePage,
    /// The row.
    pub row: RequestRow,
    /// The decision in force.
    pub decided: Option<Terms>,
    /// The clinic's services that are switched on.
    pub services: Vec<ServiceRow>,
}

/// The case of that reference; `None` if there is none or this member of staff may not see it: the two are not told apart.
/// A fixed number of queries, whatever else is stored.
pub async fn case(
    context: &Context,
    packs: &InForce,
    standing: &Standing,
    reference: &str,
) -> Stored<Option<Case>> {
    let mut tx = context.store.read().await?;
    let Some(row) = tx.request_by_reference(&tidy(reference)).await? else {
        return Ok(None);
    };
    let clinic = ClinicId(row.clinic_id.clone());
    let allowed = |action| may(standing, action, Some(&clinic));
    if !OwnCases::of(&mut *tx, standing).await?.reach(&row) {
        return Ok(None);
    }
    let mut services = tx.services(Some(&row.clinic_id)).await?;
    let decisions = tx.decisions(row.id).await?;
    let history = tx.history(row.id).await?;
    let assigns = allowed(Action::PrepareRequest) || allowed(Action::AssignRequest);
    let colleagues = if assigns {
        tx.colleagues(&row.clinic_id).await?
    } else {
        Vec::new()
    };
    let appointment = match row.appointment_id {
        Some(id) => tx.appointment(id).await?.map(|found| found.reference),
        None => None,
    };
    let withheld = Withheld::request(&mut *tx, standing, &row).await?;
    let sight = shown(standing, &withheld, &row);
    let rivals = conflict::rivals(&mut *tx, row.id).await?;
    let one_no = conflict::checks(&mut *tx, &row.clinic_id).await?;
    let story = if sight.story {
        conflict::story(&mut *tx, context, Some(row.intake_id)).await?
    } else {
        BTreeMap::new()
    };
    drop(tx);
    services.retain(|service| service.enabled);
    // In the words that the person saw; results older than the versions kept, in those of today.
    let then = packs
        .of_version(context, &clinic, &row.pack_version)
        .await?;
    let now = packs.get(&clinic);
    let pack = then.or_else(|| now.clone());
    let (pack, now) = (pack.as_deref(), now.as_deref());
    let assessment: Option<Assessment> = serde_json::from_str(&row.assessment).ok();
    let state = review::state(&row)?;
    let decided = review::in_force(&decisions)
        .map(review::terms)
        .transpose()?;
    let mut rulings = decisions
        .iter()
        .map(|decision| ruling(decision, &services, pack))
        .collect::<Stored<Vec<_>>>()?;
    rulings.reverse();
    if !sight.person {
        rulings.iter_mut().for_each(seal);
    }
    let form = (state.is_open() && allowed(Action::PrepareRequest))
        .then(|| form(&row, pack, assessment.as_ref(), &services, &decisions))
        .map(|form| if one_no { same_words(form, now) } else { form });
    let page = CasePage {
        holder: row.assigned_to.map(|id| id.to_string()).unwrap_or_default(),
        contact: sight.person.then(|| contact(&row)),
        answers: explained(pack, assessment.as_ref(), &row, story, sight),
        reasons: reasons(assessment.as_ref()),
        signposts: signposts(assessment.as_ref()),
        history: history.into_iter().map(told).collect::<Stored<_>>()?,
        rulings,
        colleagues: colleagues
            .into_iter()
            .map(|one| colleague(one, &row))
            .collect(),
        form,
        can_decide: allowed(Action::DecideRequest) && sight.story,
        can_turn_down: allowed(Action::DecideRequest),
        waits_for_check: !sight.story,
        on_phone: steps(&row, state, decided.as_ref(), &services)
            .filter(|_| sight.person && allowed(Action::CloseCall)),
        helpers: helpers_instead(now, state, decided.as_ref(), one_no),
        appointment: appointment.unwrap_or_default(),
        overtaken: None,
        rivals: rivals.into_iter().map(rival).collect(),
        case: line(row.clone(), sight, context.now())?,
    };
    Ok(Some(Case {
        page,
        row,
        decided,
        services,
    }))
}

fn contact(row: &RequestRow) -> CaseContact {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    CaseContact {
        name: row.client_name.clone(),
        organisation: text(&row.organisation),
        phone: telephone(&text(&row.phone)),
        safe_to_call: row.safe_to_call,
        call_window: row.call_window.clone(),
        leave_message: row.leave_message,
        email: text(&row.email),
        safe_to_email: row.safe_to_email,
        postcode_area: text(&row.postcode_area),
        language: row.language.clone(),
        interpreter: row.interpreter,
        access: needs(&row.access, true),
    }
}

/// The answers as they were explained when they were given: in asking order, in the words of those questions, each with the
/// rules that it met. Without an explanation, the answers in the words of today.
fn explained(
    pack: Option<&Pack>,
    assessment: Option<&Assessment>,
    row: &RequestRow,
    story: BTreeMap<String, Value>,
    sight: Sight,
) -> Vec<CaseAnswer> {
    let mut stored: BTreeMap<String, Value> =
        serde_json::from_str(&row.answers).unwrap_or_default();
    let told = assessment.map_or(&[][..], |assessment| &assessment.explanation);
    if told.is_empty() {
        // Without the kinds of the questions it cannot be told what is a story: it is shown to those who see everything.
        return answers(pack, &row.answers, story)
            .into_iter()
            .map(|one| CaseAnswer {
                question: one.question,
                answer: if sight.story {
                    one.answer
                } else {
                    t("case-story-sealed")
                },
                rules: Vec::new(),
            })
            .collect();
    }
    stored.extend(story);
    told.iter()
        .map(|one| CaseAnswer {
            question: one.asked.clone(),
            answer: answer(pack, one, stored.get(one.question.as_str()), sight),
            rules: one.rules.iter().map(|rule| named(rule)).collect(),
        })
        .collect()
}

/// An answer in words, unless it is not for this reader: names are for the conflict checker's own page, and what somebody
/// wrote waits for the check. A question that is no longer in the pack is judged by what its answer looks like.
fn answer(pack: Option<&Pack>, one: &Explained, stored: Option<&Value>, sight: Sight) -> String {
    let question = pack.and_then(|pack| pack.question(&one.question));
    let kind = question.map(|question| question.kind);
    let names = question.map_or_else(|| stored.is_none_or(Value::is_array), names_kept);
    let written = kind.is_none_or(|kind| matches!(kind, Kind::Text | Kind::Long));
    if names {
        t("staff-names-kept")
    } else if written && !sight.story {
        t("case-story-sealed")
    } else if one.answered.is_empty() {
        // Sealed when it was stored, and unsealed now.
        stored
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    } else {
        one.answered.clone()
    }
}

/// "rule: review, p1" as the rule's name and a code.
fn named(rule: &str) -> (String, String) {
    let (name, effect) = rule.split_once(": ").unwrap_or((rule, ""));
    (name.to_owned(), effect.replace(", ", "-"))
}

fn reasons(assessment: Option<&Assessment>) -> Vec<CaseReason> {
    let reasons = assessment.map_or(&[][..], |assessment| &assessment.reasons);
    reasons
        .iter()
        .map(|reason| CaseReason {
            text: reason.text.clone(),
            outcome: reason.outcome.as_str().to_owned(),
            urgent: reason.priority == Some(Priority::P1),
        })
        .collect()
}

fn signposts(assessment: Option<&Assessment>) -> Vec<Signpost> {
    let shown = assessment.map(Assessment::signposts).unwrap_or_default();
    shown.into_iter().map(Into::into).collect()
}

/// What people wrote about a case may tell its story.
fn seal(ruling: &mut CaseRuling) {
    for text in [&mut ruling.reason, &mut ruling.question, &mut ruling.answer] {
        if !text.is_empty() {
            *text = t("case-story-sealed");
        }
    }
}

fn ruling(
    decision: &DecisionRow,
    services: &[ServiceRow],
    pack: Option<&Pack>,
) -> Stored<CaseRuling> {
    let terms = review::terms(decision)?;
    let (service, minutes) = terms
        .meeting()
        .map_or_else(Default::default, |(id, extra)| {
            let known = services.iter().find(|row| row.id == id.as_str());
            let name = known.map_or_else(|| id.to_string(), |row| row.name.clone());
            (name, known.map_or(0, |row| row.minutes) + extra)
        });
    let mut shown = CaseRuling {
        stage: decision.stage.clone(),
        kind: decision.kind.clone(),
        who: decision.staff_name.clone(),
        at: time::moment(instant(decision.created_at)?),
        reason: decision.reason.clone(),
        service,
        minutes,
        answer: decision.answer.clone().unwrap_or_default(),
        ..CaseRuling::default()
    };
    match terms {
        Terms::Accept { .. } => {}
        Terms::Offer { times, .. } => {
            shown.times = times.into_iter().map(time::moment).collect();
        }
        Terms::Ask { question } => shown.question = question,
        Terms::Decline { signposts } => {
            let name = |id: &crate::domain::triage::SignpostId| {
                let known = pack.and_then(|pack| pack.signposts.get(id));
                known.map_or_else(|| id.to_string(), |known| known.name.clone())
            };
            shown.signposts = signposts.iter().map(name).collect();
        }
    }
    Ok(shown)
}

fn colleague(one: ColleagueRow, row: &RequestRow) -> Choice {
    Choice {
        value: one.id.to_string(),
        label: one.name,
        chosen: row.assigned_to == Some(one.id),
        ..Choice::default()
    }
}

/// The form: as the last proposal about the case as it stands says, or as the answers suggest.
fn form(
    row: &RequestRow,
    pack: Option<&Pack>,
    assessment: Option<&Assessment>,
    services: &[ServiceRow],
    decisions: &[DecisionRow],
) -> RulingForm {
    let proposal = decisions
        .iter()
        .rev()
        .find(|one| one.stage == "proposed" && one.revision == row.revision);
    let proposed = proposal.and_then(|one| review::terms(one).ok());
    let (service, extra) = suggested(assessment, services);
    let (service, extra) = proposed
        .as_ref()
        .and_then(Terms::meeting)
        .map_or((service, extra), |(id, extra)| (id.to_string(), extra));
    let mut form = RulingForm {
        revision: row.revision,
        kind: proposal.map(|one| one.kind.clone()).unwrap_or_default(),
        services: choices(services, &service),
        extra: (0..=MOST_EXTRA_MINUTES / EXTRA_STEP)
            .map(|steps| steps * EXTRA_STEP)
            .map(|minutes| Choice {
                value: minutes.to_string(),
                chosen: minutes == extra,
                ..Choice::default()
            })
            .collect(),
        reason: proposal.map(|one| one.reason.clone()).unwrap_or_default(),
        from_proposal: proposal
            .map(|one| one.staff_name.clone())
            .unwrap_or_default(),
        signposts: helpers(pack, assessment, proposed.as_ref()),
        ..RulingForm::default()
    };
    match proposed {
        Some(Terms::Offer { times, .. }) => {
            form.times = times.into_iter().map(time::rfc3339).collect();
        }
        Some(Terms::Ask { question }) => form.question = question,
        _ => {}
    }
    form
}

fn choices(services: &[ServiceRow], selected: &str) -> Vec<ServiceRef> {
    services
        .iter()
        .map(|service| ServiceRef {
            id: service.id.clone(),
            name: service.name.clone(),
            minutes: service.minutes,
            price: service.price.clone(),
            selected: service.id == selected,
        })
        .collect()
}

/// The service that the answers point to, and the extra time that they ask for, in whole steps.
fn suggested(assessment: Option<&Assessment>, services: &[ServiceRow]) -> (String, i64) {
    let facts = assessment.map(|assessment| &assessment.facts);
    let suits = |service: &&ServiceRow| {
        facts.is_some_and(|facts| {
            facts
                .services
                .iter()
                .any(|id| id.as_str() == service.id.as_str())
        })
    };
    let Some(service) = services.iter().find(suits).or(services.first()) else {
        return Default::default();
    };
    let percent = facts.map_or(0, |facts| i64::from(facts.extra_time_percent));
    let minutes = (service.minutes * percent).div_euclid(100);
    let steps = (minutes + EXTRA_STEP - 1).div_euclid(EXTRA_STEP);
    (
        service.id.clone(),
        (steps * EXTRA_STEP).min(MOST_EXTRA_MINUTES),
    )
}

/// Everybody that the clinic can point to. Those who are ticked (shown to the client for this case's own reasons, or
/// proposed) come first, in the order of the reasons; then the clinic's own list of other places; then the rest by name.
fn helpers(
    pack: Option<&Pack>,
    assessment: Option<&Assessment>,
    proposed: Option<&Terms>,
) -> Vec<Choice> {
    let ticked = |id: &crate::domain::triage::SignpostId| match proposed {
        Some(Terms::Decline { signposts }) => signposts.contains(id),
        _ => assessment
            .is_some_and(|assessment| assessment.signposts().iter().any(|shown| shown.id == *id)),
    };
    let all = pack.iter().flat_map(|pack| pack.signposts.values());
    let mut choices: Vec<Choice> = all
        .map(|signpost| Choice {
            value: signpost.id.to_string(),
            label: signpost.name.clone(),
            hint: signpost.why.clone(),
            chosen: ticked(&signpost.id),
            ..Choice::default()
        })
        .collect();
    let shown = assessment.map(Assessment::signposts).unwrap_or_default();
    let own = shown.iter().map(|one| one.id.0.as_str());
    let elsewhere = pack.iter().flat_map(|pack| &pack.elsewhere);
    let first: Vec<&str> = own.chain(elsewhere.map(|id| id.0.as_str())).collect();
    choices.sort_by_cached_key(|choice| {
        let place = first.iter().position(|id| *id == choice.value);
        let place = place.unwrap_or(usize::MAX);
        (!choice.chosen, place, choice.label.to_lowercase())
    });
    choices
}

/// Where a clinic checks for conflicts of interest nobody chooses who else can help: a no with other places than the rest
/// would tell its reason. The form says who is named each time.
fn same_words(mut form: RulingForm, pack: Option<&Pack>) -> RulingForm {
    let others = pack.map(Pack::others).unwrap_or_default();
    form.signposts.clear();
    form.one_no = Some(others.into_iter().map(|one| one.name).collect());
    form
}

/// Who to name on the telephone when it was declined: the same as the client's own page does, in the words of today.
fn helpers_instead(
    pack: Option<&Pack>,
    state: State,
    decided: Option<&Terms>,
    one_no: bool,
) -> Vec<Signpost> {
    let Some(pack) = pack.filter(|_| state == State::Declined) else {
        return Vec::new();
    };
    let named = match decided {
        Some(Terms::Decline { signposts }) if !one_no => pack.point_to(signposts),
        _ => pack.others(),
    };
    named.iter().map(Into::into).collect()
}

/// What the client can do now; nothing where it is over, but for who can help instead.
fn steps(
    row: &RequestRow,
    state: State,
    decided: Option<&Terms>,
    services: &[ServiceRow],
) -> Option<ClientSteps> {
    (state.is_open() || state == State::Declined).then(|| client_steps(row, decided, services))
}

fn client_steps(row: &RequestRow, decided: Option<&Terms>, services: &[ServiceRow]) -> ClientSteps {
    let minutes = decided.and_then(Terms::meeting).map_or(0, |(id, extra)| {
        let known = services.iter().find(|service| service.id == id.as_str());
        known.map_or(0, |service| service.minutes) + extra
    });
    ClientSteps {
        path: format!("/staff/requests/{}", row.reference),
        state: row.state.clone(),
        revision: row.revision,
        question: match decided {
            Some(Terms::Ask { question }) => question.clone(),
            _ => String::new(),
        },
        minutes,
        ..ClientSteps::default()
    }
}

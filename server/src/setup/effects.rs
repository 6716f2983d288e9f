//! What a change does: the times that can be booked before and after it, and the appointments that it breaks. Reading is
//! done in the transaction that makes the change and is given up; comparing is pure.

use std::collections::{BTreeMap, BTreeSet};

use app::text::{t, t_with};
use app::view::availability::{SlotChange, TroubleLine};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::known::{Known, instant};
use crate::booking::mode_from_word;
use crate::context::Context;
use crate::desk;
use crate::domain::access::{Action, Standing, may};
use crate::domain::availability::{Ask, Slot, slots};
use crate::domain::client::Access;
use crate::domain::ids::{ClinicId, MeetingId, ResourceId, ServiceId};
use crate::domain::schedule::{Facts, Feature, Part};
use crate::domain::time;
use crate::domain::trouble::{Engagement, Exception, Trouble, troubles};
use crate::store::{EngagementRow, Records, StoreError, Stored};

/// The longest horizon that a service may have, in days, and some.
pub(super) const FARTHEST: i64 = 401;

/// Troubles by clinic and meeting.
pub(super) type Found = BTreeMap<String, BTreeMap<MeetingId, Vec<Trouble>>>;

/// The troubles of these clinics from now on. Thirteen queries a clinic.
pub(super) async fn found(
    tx: &mut dyn Records,
    clinics: &[String],
    now: DateTime<Utc>,
) -> Stored<Found> {
    let mut all = Found::new();
    for clinic in clinics {
        let Some(known) = Known::read(tx, clinic, now).await? else {
            continue;
        };
        let troubles = of_clinic(tx, &known, now).await?;
        all.insert(clinic.clone(), troubles);
    }
    Ok(all)
}

/// The troubles of a clinic that is known already.
pub(super) async fn of_clinic(
    tx: &mut dyn Records,
    known: &Known,
    now: DateTime<Utc>,
) -> Stored<BTreeMap<MeetingId, Vec<Trouble>>> {
    let until = now + chrono::TimeDelta::days(FARTHEST);
    let rows = tx
        .engagements(
            &known.clinic.id,
            now.timestamp(),
            until.timestamp(),
            now.timestamp(),
        )
        .await?;
    let access = tx
        .access_between(&known.clinic.id, now.timestamp(), until.timestamp())
        .await?;
    Ok(troubles(&known.plan()?, &engagements(rows, access)?))
}

fn engagements(rows: Vec<EngagementRow>, access: Vec<(Uuid, String)>) -> Stored<Vec<Engagement>> {
    let mut needed: BTreeMap<Uuid, BTreeSet<Feature>> = BTreeMap::new();
    for (meeting, stored) in access {
        let access = Access::parse(&stored)
            .map_err(|error| StoreError::Corrupt(format!("access: {error}")))?;
        needed.entry(meeting).or_default().extend(access.features());
    }
    let mut all: BTreeMap<Uuid, Engagement> = BTreeMap::new();
    for row in rows {
        let part = match row.part.as_str() {
            "adviser" => Part::Adviser,
            "supervisor" => Part::Supervisor,
            _ => Part::Room,
        };
        let staff = (ResourceId(row.resource_id), part);
        if let Some(known) = all.get_mut(&row.meeting_id) {
            known.staff.push(staff);
            continue;
        }
        let engagement = Engagement {
            meeting: MeetingId(row.meeting_id),
            service: ServiceId(row.service_id),
            span: (instant(row.starts_at)?, instant(row.ends_at)?),
            busy: (instant(row.busy_from)?, instant(row.busy_until)?),
            staff: vec![staff],
            mode: mode_from_word(&row.mode)
                .ok_or_else(|| StoreError::Corrupt(format!("mode {}", row.mode)))?,
            access: needed.remove(&row.meeting_id).unwrap_or_default(),
            exception: Exception::from_word(&row.exception),
        };
        all.insert(row.meeting_id, engagement);
    }
    Ok(all.into_values().collect())
}

/// What is in trouble after and was not before.
pub(super) fn newly(before: &Found, after: &Found) -> Found {
    let mut new = after.clone();
    for (clinic, meetings) in &mut new {
        if let Some(old) = before.get(clinic) {
            meetings.retain(|meeting, troubles| old.get(meeting) != Some(troubles));
        }
    }
    new.retain(|_, meetings| !meetings.is_empty());
    new
}

/// The facts of every service of these clinics, over its whole horizon. Six queries a service.
pub(super) async fn facts(
    tx: &mut dyn Records,
    clinics: &[String],
    now: DateTime<Utc>,
) -> Stored<BTreeMap<(String, i64, String), Facts>> {
    let today = time::local_date(now);
    let mut all = BTreeMap::new();
    for clinic in clinics {
        for service in tx.services(Some(clinic)).await? {
            let until = time::add_days(today, service.horizon_days);
            let facts = tx
                .facts_of_any(&service.id, today, until, now.timestamp())
                .await?;
            if let Some(facts) = facts.filter(|_| service.enabled) {
                let key = (clinic.clone(), service.position, service.name);
                all.insert(key, facts);
            }
        }
    }
    Ok(all)
}

/// The times of a service that can be booked as these facts stand.
pub(super) fn bookable(facts: &Facts, now: DateTime<Utc>) -> Vec<Slot> {
    let today = time::local_date(now);
    let ask = Ask {
        now,
        from: today,
        until: time::add_days(today, facts.rules.horizon_days),
        mode: None,
        access: BTreeSet::new(),
        extra_minutes: 0,
        deadline: None,
        safety_days: 0,
    };
    slots(facts, &ask)
}

/// What becomes of each service, by name. Pure.
pub(super) fn slot_changes(
    before: &BTreeMap<(String, i64, String), Facts>,
    after: &BTreeMap<(String, i64, String), Facts>,
    now: DateTime<Utc>,
) -> Vec<SlotChange> {
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let places = |facts: Option<&Facts>| -> BTreeMap<DateTime<Utc>, i64> {
        let slots = facts.map(|facts| bookable(facts, now)).unwrap_or_default();
        slots
            .into_iter()
            .map(|slot| (slot.start, slot.places))
            .collect()
    };
    let change = |key: &(String, i64, String)| {
        let (was, will) = (places(before.get(key)), places(after.get(key)));
        compared(key.2.clone(), &was, &will)
    };
    keys.into_iter().map(change).collect()
}

fn compared(
    service: String,
    was: &BTreeMap<DateTime<Utc>, i64>,
    will: &BTreeMap<DateTime<Utc>, i64>,
) -> SlotChange {
    let starts: BTreeSet<_> = was.keys().chain(will.keys()).collect();
    let mut change = SlotChange {
        service,
        before: was.values().sum(),
        after: will.values().sum(),
        ..SlotChange::default()
    };
    for start in starts {
        let at = |places: &BTreeMap<DateTime<Utc>, i64>| places.get(start).copied().unwrap_or(0);
        let more = at(will) - at(was);
        change.gained += more.max(0);
        change.lost += (-more).max(0);
        if more != 0 && change.first.is_empty() {
            change.first = time::short_day(time::local_date(*start));
        }
    }
    change
}

/// The broken meetings that a look shows, in one short word however many they are.
pub(super) fn shown(new: &Found) -> String {
    let meetings = new.values().flat_map(|meetings| meetings.keys());
    let meetings: BTreeSet<Uuid> = meetings.map(|meeting| meeting.0).collect();
    let mut digest = Sha256::new();
    for meeting in meetings {
        digest.update(meeting.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(digest.finalize())
}

/// The appointments of these meetings that this person may see, by start, and how many there are in other clinics.
pub(super) async fn lines(
    context: &Context,
    standing: &Standing,
    found: &Found,
) -> Stored<(Vec<TroubleLine>, usize)> {
    let now = context.now();
    let mut tx = context.store.read().await?;
    let (mut lines, mut elsewhere) = (Vec::new(), 0);
    for (clinic, meetings) in found {
        if meetings.is_empty() {
            continue;
        }
        if !may(
            standing,
            Action::SeeAppointment,
            Some(&ClinicId(clinic.clone())),
        ) {
            elsewhere += meetings.len();
            continue;
        }
        let Some(known) = Known::read(&mut *tx, clinic, now).await? else {
            continue;
        };
        let ids: BTreeSet<Uuid> = meetings.keys().map(|meeting| meeting.0).collect();
        for (meeting, appointment) in
            desk::of_meetings(&mut *tx, standing, clinic, &ids, now).await?
        {
            let troubles = meetings
                .get(&MeetingId(meeting))
                .map_or(&[][..], Vec::as_slice);
            lines.push(TroubleLine {
                appointment,
                why: troubles.iter().map(|one| in_words(&known, *one)).collect(),
            });
        }
    }
    Ok((lines, elsewhere))
}

/// Why, in words.
pub(super) fn in_words(known: &Known, trouble: Trouble) -> String {
    let named =
        |key: &str, resource: ResourceId| t_with(key, &[("name", known.name(resource.0).into())]);
    match trouble {
        Trouble::Closed => t("avail-why-closed"),
        Trouble::Blocked => t("avail-why-blocked"),
        Trouble::OutsideHours => t("avail-why-outside"),
        Trouble::Away(who) => named("avail-why-away", who),
        Trouble::Left(who) => named("avail-why-left", who),
        Trouble::NotThere(who) => named("avail-why-not-there", who),
        Trouble::NoSkill(who) => named("avail-why-no-skill", who),
        Trouble::TooMany(who) => named("avail-why-too-many", who),
        Trouble::NotFit(room) => named("avail-why-not-fit", room),
        Trouble::NotOffered => t("avail-why-not-offered"),
        Trouble::NotThisWay => t("avail-why-not-this-way"),
        Trouble::TooFew => t("avail-why-too-few"),
    }
}

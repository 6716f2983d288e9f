//! All that is known of one clinic's time and set-up, read at once: what forms show and plans are made of.

use std::collections::{BTreeMap, BTreeSet};

use app::text::t;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::item::Item;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::{ClinicId, ResourceId, ServiceId};
use crate::domain::schedule::{Block, Busy, Dates, Part, When, Window};
use crate::domain::time;
use crate::domain::trouble::{Offer, Plan};
use crate::store::{
    AbsenceRow, ClinicRow, DatesRow, MemberRow, PostingRow, Records, ServiceRow, SessionRow,
    StoreError, Stored, words,
};

/// What is known of a clinic.
pub(super) struct Known {
    pub today: NaiveDate,
    pub clinic: ClinicRow,
    pub clinic_revision: i64,
    pub services: Vec<ServiceRow>,
    pub sessions: Vec<SessionRow>,
    pub postings: Vec<PostingRow>,
    pub dates: Vec<DatesRow>,
    pub absences: Vec<AbsenceRow>,
    /// The clinic's own people and rooms.
    pub members: Vec<MemberRow>,
    /// Everybody and everything there is, in all clinics.
    pub everybody: Vec<MemberRow>,
    /// Those of them who also belong to a clinic with whose people whoever asks has nothing to do. Empty where nobody asks.
    pub foreign: BTreeSet<Uuid>,
    pub skills: Vec<(Uuid, String)>,
}

impl Known {
    /// Ten queries. Dates and absences that are over are left out.
    pub async fn read(
        tx: &mut dyn Records,
        clinic: &str,
        now: DateTime<Utc>,
    ) -> Stored<Option<Self>> {
        let clinics = tx.clinics().await?;
        let Some(row) = clinics.into_iter().find(|row| row.id == clinic) else {
            return Ok(None);
        };
        let today = time::local_date(now);
        Ok(Some(Self {
            today,
            clinic: row,
            clinic_revision: tx.clinic_revision(clinic).await?.unwrap_or(1),
            services: tx.services(Some(clinic)).await?,
            sessions: tx.sessions(clinic).await?,
            postings: tx.postings(clinic).await?,
            dates: tx.dates_from(clinic, today).await?,
            absences: tx.absences(clinic, now.timestamp()).await?,
            members: tx.members(Some(clinic)).await?,
            everybody: tx.members(None).await?,
            foreign: BTreeSet::new(),
            skills: tx.skills(clinic).await?,
        }))
    }

    /// The name of a person or room.
    pub fn name(&self, resource: Uuid) -> String {
        let mut all = self.everybody.iter();
        all.find(|one| one.id == resource)
            .map(|one| one.name.clone())
            .unwrap_or_default()
    }

    /// Whether a resource is on the clinic's list.
    pub fn has(&self, resource: Uuid) -> bool {
        self.members.iter().any(|one| one.id == resource)
    }

    /// Who or what plays a part in a session.
    pub fn posted(&self, session: Uuid, part: &str) -> Vec<Uuid> {
        let own = |one: &&PostingRow| one.window_id == session && one.part == part;
        self.postings
            .iter()
            .filter(own)
            .map(|one| one.resource_id)
            .collect()
    }

    /// Who or what a session is without, each with what follows.
    pub fn lacks(&self, session: Uuid) -> Vec<String> {
        session_lacks(|part| !self.posted(session, part).is_empty())
    }

    /// The revision of a thing of the clinic that may be changed here; `None` if there is none. A service's own revision
    /// stands in `service`.
    pub fn base(&self, item: Item, id: &str, service: Option<i64>) -> Option<i64> {
        let uuid = Uuid::parse_str(id).ok();
        let session = |single: bool| {
            let mut all = self.sessions.iter();
            let found = all.find(|one| Some(one.id) == uuid && one.weekday.is_none() == single);
            found.map(|one| one.revision)
        };
        let dates = |term: bool| {
            let mut own = self.dates.iter().filter(|one| one.clinic_id.is_some());
            let found = own.find(|one| Some(one.id) == uuid && (one.kind == "term") == term);
            found.map(|one| one.revision)
        };
        let member = |kind: &str| {
            let mut all = self.members.iter();
            let found = all.find(|one| Some(one.id) == uuid && one.kind == kind);
            found.map(|one| one.revision)
        };
        match item {
            Item::Session => session(false),
            Item::Day => session(true),
            Item::Term => dates(true),
            Item::Closure => dates(false),
            Item::Away => {
                let own = |one: &&AbsenceRow| one.clinic_id == self.clinic.id;
                let mut own = self.absences.iter().filter(own);
                own.find(|one| Some(one.id) == uuid).map(|one| one.revision)
            }
            Item::Person => member("person"),
            Item::Room => member("room"),
            Item::Service => {
                let mut all = self.services.iter();
                all.find(|one| one.id == id).and(service)
            }
            Item::Holidays => None,
            Item::Rules | Item::Words => Some(self.clinic_revision),
        }
    }

    /// The same for this member of staff: whom and what they share with clinics that are none of theirs.
    pub async fn seen_by(mut self, tx: &mut dyn Records, standing: &Standing) -> Stored<Self> {
        let may_edit = |clinic: &str| {
            let clinic = ClinicId(clinic.to_owned());
            may(standing, Action::EditAvailability, Some(&clinic))
        };
        let all = tx.clinics_of_all().await?;
        self.foreign = all
            .into_iter()
            .filter(|(_, clinic)| *clinic != self.clinic.id && !may_edit(clinic))
            .map(|(resource, _)| resource)
            .collect();
        Ok(self)
    }

    /// The clinic's time as the pure domain looks at it.
    pub fn plan(&self) -> Stored<Plan> {
        let dates = |term: bool| -> Vec<Dates> {
            self.dates
                .iter()
                .filter(|one| (one.kind == "term") == term)
                .map(|one| Dates {
                    from: one.from_date,
                    until: one.until_date,
                })
                .collect()
        };
        let mut plan = Plan {
            windows: self.windows()?,
            terms: dates(true),
            closures: dates(false),
            ratio: self.clinic.supervisor_ratio,
            ..Plan::default()
        };
        plan.skills = self
            .skills
            .iter()
            .map(|(resource, service)| (ResourceId(*resource), ServiceId(service.clone())))
            .collect();
        for one in self.everybody.iter().filter(|one| one.kind == "room") {
            let features = words(&one.features)?.into_iter().collect();
            plan.features.insert(ResourceId(one.id), features);
        }
        // While a clinic is switched off, nothing of it is offered.
        let offered = |one: &&ServiceRow| one.enabled && self.clinic.enabled;
        for one in self.services.iter().filter(offered) {
            let offer = Offer {
                modes: words(&one.modes)?,
                advisers_needed: usize::try_from(one.advisers_needed).unwrap_or(1),
            };
            plan.offered.insert(ServiceId(one.id.clone()), offer);
        }
        let left = self.everybody.iter().filter(|one| !one.active);
        plan.left = left.map(|one| ResourceId(one.id)).collect::<BTreeSet<_>>();
        for one in &self.absences {
            let (from, until) = (instant(one.from_at)?, instant(one.until_at)?);
            match one.resource_id {
                Some(resource) => plan.away.push(Busy {
                    resource: ResourceId(resource),
                    from,
                    until,
                    at_once: 1,
                }),
                None => plan.blocks.push(Block { from, until }),
            }
        }
        Ok(plan)
    }

    fn windows(&self) -> Stored<Vec<Window>> {
        let mut staff: BTreeMap<Uuid, Vec<(ResourceId, Part)>> = BTreeMap::new();
        for one in &self.postings {
            let part = match one.part.as_str() {
                "adviser" => Part::Adviser,
                "supervisor" => Part::Supervisor,
                _ => Part::Room,
            };
            let posting = (ResourceId(one.resource_id), part);
            staff.entry(one.window_id).or_default().push(posting);
        }
        let window = |one: &SessionRow| {
            let on = match one.weekday {
                None => When::Date(one.from_date),
                Some(number) => When::Weekly {
                    weekday: time::weekday_from_number(number)
                        .ok_or_else(|| StoreError::Corrupt(format!("weekday {number}")))?,
                    from: one.from_date,
                    until: one.until_date,
                },
            };
            Ok(Window {
                on,
                hours: one
                    .start_minute
                    .zip(one.end_minute)
                    .map(|(start, end)| (time_of_day(start), time_of_day(end))),
                staff: staff.remove(&one.id).unwrap_or_default(),
            })
        };
        self.sessions.iter().map(window).collect()
    }
}

/// Minutes after local midnight as a time of day; 1440, the end of the day, is 00:00.
pub(super) fn time_of_day(minutes: i64) -> NaiveTime {
    let seconds = u32::try_from(minutes.rem_euclid(1440) * 60).unwrap_or(0);
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or(NaiveTime::MIN)
}

/// Who or what a session is without, in words; `has` says whether anybody plays a part in it.
pub(super) fn session_lacks(has: impl Fn(&str) -> bool) -> Vec<String> {
    let parts = ["adviser", "supervisor", "room"].into_iter();
    let missing = parts.filter(|part| !has(part));
    missing
        .map(|part| t(&format!("avail-session-no-{part}")))
        .collect()
}

/// "2:00pm to 7:00pm" from minutes after midnight.
pub(super) fn hours(start: i64, end: i64) -> String {
    // Any day without a change of the clocks will do: only the words are wanted.
    let day = NaiveDate::default();
    let clock = |minutes| time::clock(time::resolve(day, time_of_day(minutes)));
    app::text::t_with(
        "staff-from-to",
        &[("start", clock(start).into()), ("end", clock(end).into())],
    )
}

/// "Tuesday" from its number.
pub(super) fn weekday(number: i64) -> String {
    t(&format!("avail-weekday-{number}"))
}

pub(super) fn instant(seconds: i64) -> Stored<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
        .ok_or_else(|| StoreError::Corrupt(format!("instant {seconds}")))
}

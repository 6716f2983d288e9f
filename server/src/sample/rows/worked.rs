//! What the sample's clinics have done so far: the day's marks on each visit, what came of it, and what reports count with.

use rand::RngExt;
use uuid::Uuid;

use super::{Rows, Sat};
use crate::domain::booking::State;
use crate::domain::outcome::Came;
use crate::sample::plan::Meeting;
use crate::store::{HOURLY_RATES, IssueRow, OutcomeRow, Records, Stored, VisitRow};

impl Rows<'_> {
    /// What meetings are about, and the rates.
    pub(in crate::sample) async fn put_measures(&mut self, tx: &mut dyn Records) -> Stored<()> {
        let setup = self.setup;
        for list in &setup.issues {
            for (position, name) in (0..).zip(&list.names) {
                let id = self.id();
                let issue = IssueRow {
                    id,
                    clinic_id: list.clinic.clone(),
                    name: name.clone(),
                    position,
                    enabled: true,
                };
                tx.put_issue(&issue).await?;
                let own = self.issues.entry(list.clinic.clone()).or_default();
                own.push(id);
            }
        }
        let rate = serde_json::json!([{
            "from": setup.rates.from, "student": setup.rates.student, "supervisor": setup.rates.supervisor,
        }]);
        let clinics = setup.clinics.iter();
        let rates: serde_json::Map<_, _> = clinics
            .map(|clinic| (clinic.id.clone(), rate.clone()))
            .collect();
        let text = serde_json::Value::from(rates).to_string();
        tx.put_setting(HOURLY_RATES, &text).await
    }

    /// The visit of somebody who came, and for nearly everybody who was seen what came of it.
    pub(super) async fn put_visit(&mut self, tx: &mut dyn Records, sat: &Sat<'_>) -> Stored<()> {
        if !matches!(sat.state, State::Arrived | State::Attended) {
            return Ok(());
        }
        let seen = sat.state == State::Attended;
        let early = self.rng.random_range(0..10) * 60;
        let left_early = seen && self.rng.random_range(0..20) == 0;
        let (starts, ends) = (sat.meeting.starts_at, sat.meeting.ends_at);
        tx.put_visit(&VisitRow {
            appointment_id: sat.appointment,
            late_minutes: None,
            arrived_at: Some(starts - early),
            started_at: Some(starts),
            ended_at: seen.then_some(if left_early { ends - 600 } else { ends }),
            left_early,
            walk_in: false,
            follows: None,
        })
        .await?;
        if seen && self.rng.random_range(0..10) > 0 {
            self.put_outcome(tx, sat).await?;
        }
        Ok(())
    }

    async fn put_outcome(&mut self, tx: &mut dyn Records, sat: &Sat<'_>) -> Stored<()> {
        let clinic = &sat.meeting.clinic_id;
        let Some(&recorded_by) = self.recorders.get(clinic) else {
            return Ok(());
        };
        let came = match self.rng.random_range(0..100) {
            0..55 => Came::Advised,
            55..75 => Came::FollowUp,
            75..90 => Came::Signposted,
            _ => Came::Referred,
        };
        let issue_id = self.issue(clinic);
        let minutes = (sat.meeting.ends_at - sat.meeting.starts_at) / 60;
        // Talking about it afterwards and writing it down.
        let after = self.rng.random_range(2..=12) * 5;
        let before = self.rng.random_range(1..=3);
        let asked = self.rng.random_range(0..3) > 0;
        let gained = self.rng.random_range(0..=2);
        tx.put_outcome(&OutcomeRow {
            appointment_id: sat.appointment,
            result: came.as_str().to_owned(),
            issue_id,
            student_minutes: sat.advisers * (minutes + after),
            supervisor_minutes: after + 10,
            confidence_before: asked.then_some(before),
            confidence_after: asked.then_some(before + gained),
            recorded_by,
            recorded_at: sat.meeting.ends_at,
            revision: 1,
        })
        .await?;
        Ok(())
    }

    /// One of the clinic's issues; now and then something that is not on the list.
    fn issue(&mut self, clinic: &str) -> Option<Uuid> {
        let own = self.issues.get(clinic)?;
        let chosen = self.rng.random_range(0..=own.len() * 4);
        own.get(chosen / 4).copied()
    }
}

/// How many advise in a meeting.
pub(super) fn advisers(meeting: &Meeting) -> i64 {
    use crate::domain::schedule::Part;
    let takes = meeting.takes.iter();
    let count = takes.filter(|(_, part)| *part == Part::Adviser).count();
    i64::try_from(count).unwrap_or(1)
}

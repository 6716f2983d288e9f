//! The meetings of the plan with the invented people who come to them.
//!
//! Promises states that the clock allows: nothing to come is over, nothing over is still to come.

use chrono::TimeDelta;
use rand::RngExt;
use uuid::Uuid;

use super::worked::advisers;
use super::{Rows, Sat, word};
use crate::domain::booking::State;
use crate::domain::schedule::Part;
use crate::sample::plan::Meeting;
use crate::sample::setup::Clinic;
use crate::store::{
    AllocationRow, AuditRow, ClientRow, MeetingRow, NewAppointment, Records, Stored,
};

impl Rows<'_> {
    /// A meeting with its appointments.
    pub async fn put_meeting(&mut self, tx: &mut dyn Records, meeting: &Meeting) -> Stored<()> {
        let clinic = &self.setup.clinics[meeting.clinic];
        let service = &clinic.services[meeting.service];
        let row = MeetingRow {
            id: self.id(),
            clinic_id: clinic.id.clone(),
            service_id: service.id.clone(),
            mode: word(&meeting.mode),
            starts_at: meeting.start,
            ends_at: meeting.end,
            capacity: service.capacity,
        };
        let allocations: Vec<_> = meeting
            .takes
            .iter()
            .map(|&(taken, part)| self.allocation(taken, part, meeting))
            .collect();
        tx.put_meeting(&row, &allocations).await?;
        let mut cancelled = false;
        for _ in 0..meeting.clients {
            let (appointment, state) = self.put_appointment(tx, &row, clinic).await?;
            cancelled |= state == State::Cancelled;
            let sat = Sat {
                appointment,
                meeting: &row,
                advisers: advisers(meeting),
                state,
            };
            self.put_visit(tx, &sat).await?;
        }
        if cancelled {
            tx.settle_meeting(row.id).await?;
        }
        Ok(())
    }

    fn allocation(&mut self, taken: usize, part: Part, meeting: &Meeting) -> AllocationRow {
        let clinic = &self.setup.clinics[meeting.clinic];
        let service = &clinic.services[meeting.service];
        AllocationRow {
            id: self.id(),
            resource_id: self.resources[taken],
            part: word(&part),
            busy_from: meeting.start - service.buffer_before * 60,
            busy_until: meeting.end + service.buffer_after * 60,
            at_once: if part == Part::Supervisor {
                clinic.supervisor_ratio
            } else {
                1
            },
            hold_until: None,
        }
    }

    /// One appointment of one invented client, in the state that the clock allows, with its history.
    async fn put_appointment(
        &mut self,
        tx: &mut dyn Records,
        meeting: &MeetingRow,
        clinic: &Clinic,
    ) -> Stored<(Uuid, State)> {
        let now = self.now.timestamp();
        let (state, changed_at) = self.state(meeting, now);
        let ahead = self
            .rng
            .random_range(TimeDelta::days(1).num_seconds()..=TimeDelta::days(21).num_seconds());
        let created_at = now.min(meeting.starts_at) - ahead;
        let client = self.client(clinic, created_at);
        tx.put_client(&client).await?;
        let appointment = NewAppointment {
            id: self.id(),
            meeting_id: meeting.id,
            clinic_id: clinic.id.clone(),
            service_id: meeting.service_id.clone(),
            reference: format!("SAMPLE-{:06}", self.clients),
            state: state.as_str(),
            client_id: Some(client.id),
            intake_id: None,
            hold_expires_at: None,
            source: "sample",
            created_at,
        };
        tx.put_appointment(&appointment).await?;
        self.put_history(tx, &appointment, State::Confirmed, created_at)
            .await?;
        if state != State::Confirmed {
            self.put_history(tx, &appointment, state, changed_at.max(created_at))
                .await?;
        }
        Ok((appointment.id, state))
    }

    /// Where an appointment of such a meeting stands now, and since when.
    fn state(&mut self, meeting: &MeetingRow, now: i64) -> (State, i64) {
        match self.rng.random_range(0..100) {
            0..8 => (State::Cancelled, now.min(meeting.starts_at) - 3_600),
            8..16 if meeting.ends_at <= now => (State::Missed, meeting.ends_at),
            _ if meeting.ends_at <= now => (State::Attended, meeting.ends_at),
            _ if meeting.starts_at <= now => (State::Arrived, meeting.starts_at),
            _ => (State::Confirmed, now),
        }
    }

    /// The next invented client. `safe_to_email` is false: no message is ever sent to one.
    fn client(&mut self, clinic: &Clinic, created_at: i64) -> ClientRow {
        self.clients += 1;
        let number = self.clients;
        ClientRow {
            id: self.id(),
            name: format!("Sample Client {number}"),
            email: Some(format!("client{number}@sample.invalid")),
            // Ofcom keeps 020 7946 0000 to 0999 for made-up people ("Telephone numbers for use in TV and radio drama").
            phone: Some(format!("+44207946{:04}", number % 1_000)),
            safe_to_email: false,
            safe_to_call: true,
            call_window: String::new(),
            leave_message: false,
            postcode_area: Some("N7".to_owned()),
            no_fixed_home: false,
            language: "English".to_owned(),
            interpreter: false,
            access: String::new(),
            organisation: clinic
                .about
                .serves_organisations
                .then(|| format!("Sample Organisation {number}")),
            created_at,
        }
    }

    async fn put_history(
        &mut self,
        tx: &mut dyn Records,
        of: &NewAppointment,
        state: State,
        at: i64,
    ) -> Stored<()> {
        let line = AuditRow {
            id: self.id(),
            at,
            actor_kind: "system",
            actor_id: None,
            // States and events of these names are the same words.
            action: state.as_str().to_owned(),
            subject_kind: "appointment",
            subject_id: of.id,
            clinic_id: Some(of.clinic_id.clone()),
            detail: "sample".to_owned(),
        };
        tx.put_audit(&line).await
    }
}

//! What the database bears without us: the statements of a booking, in its order and one commit each, with nothing around
//! them (no HTTP, no questions, no choice of a place); and one row a commit.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use chrono::{NaiveDate, Utc};
use clinics::domain::schedule::{Facts, Part};
use clinics::store::{
    self, AllocationRow, AuditRow, ClientRow, IntakeRow, MeetingRow, NewAppointment, NewMessage,
    PartyRow, Records, ReplyRow, Store,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::measure::{Bounds, closed_loop};

const SERVICE: &str = "sports-first";
const CLINIC: &str = "sports";
const HOUR: i64 = 3600;

pub async fn floors(database: &str, seconds: u64) -> Result<Value> {
    let store = store::open(database).await?;
    let bounds = Bounds {
        count: usize::MAX,
        time: Duration::from_secs(seconds),
    };
    // Long after everything in the sample set-up: nothing that is written here is in another's way.
    let date = NaiveDate::from_ymd_opt(2100, 1, 4).context("no such date")?;
    let facts = facts(&store, Utc::now().date_naive()).await?;
    let cast = Cast::choose(&facts)?;
    let (mut rows, mut bookings) = (Map::new(), Map::new());
    for clients in [1, 8, 32] {
        let seat = async || Ok(Arc::clone(&store));
        let measured = closed_loop(clients, bounds, seat, async |store, turn| {
            let mut tx = store.write().await?;
            tx.put_reply(&reply(), i64::try_from(turn)?).await?;
            tx.commit().await?;
            Ok(true)
        })
        .await?;
        rows.insert(clients.to_string(), measured.summary());
        let seat = async || Ok(Arc::clone(&store));
        let measured = closed_loop(clients, bounds, seat, async |store, turn| {
            // Every client count has years of its own.
            let hour = i64::try_from(turn + clients * 1_000_000)?;
            let start = date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() + hour * HOUR;
            let mut tx = store.write().await?;
            book(&mut *tx, &cast, start).await?;
            tx.commit().await?;
            Ok(true)
        })
        .await?;
        bookings.insert(clients.to_string(), measured.summary());
    }
    store.close().await;
    Ok(json!({ "row": rows, "booking": bookings }))
}

async fn facts(store: &Arc<dyn Store>, date: NaiveDate) -> Result<Facts> {
    let mut tx = store.read().await?;
    let facts = tx.facts(SERVICE, date, date, 0, None).await?;
    facts.context("no sample set-up")
}

/// Who takes part.
struct Cast(Vec<(Uuid, Part)>);

impl Cast {
    fn choose(facts: &Facts) -> Result<Self> {
        let staff = || facts.windows.iter().flat_map(|window| &window.staff);
        let first = |part: Part| {
            let found = staff().find(|(_, plays)| *plays == part);
            found
                .map(|(resource, _)| (resource.0, part))
                .context("nobody in the sample set-up")
        };
        Ok(Self(vec![
            first(Part::Adviser)?,
            first(Part::Supervisor)?,
            first(Part::Room)?,
        ]))
    }
}

fn reply() -> ReplyRow {
    ReplyRow {
        key_hash: Uuid::new_v4().as_bytes().repeat(2),
        body_hash: vec![7; 32],
        reply: "x".repeat(220),
    }
}

/// The statements of `POST /api/v1/appointments`.
async fn book(tx: &mut dyn Records, cast: &Cast, start: i64) -> Result<()> {
    let now = Utc::now();
    let seconds = now.timestamp();
    let (client, intake, meeting, id) = (
        Uuid::now_v7(),
        Uuid::now_v7(),
        Uuid::now_v7(),
        Uuid::now_v7(),
    );
    let email = format!("{}@example.org", id.simple());
    let key: [u8; 8] = id.as_bytes()[8..].try_into()?;
    tx.take_turns(&[i64::from_be_bytes(key)]).await?;
    let reply = reply();
    tx.reply(&reply.key_hash).await?;
    tx.put_client(&somebody(client, &email, seconds)).await?;
    tx.put_intake(&answers(intake, seconds)).await?;
    tx.expire_holds(seconds).await?;
    let date = now.date_naive();
    tx.facts(SERVICE, date, date, seconds, None).await?;
    tx.put_meeting(&meeting_at(meeting, start), &cast.busy(start))
        .await?;
    tx.services(Some(CLINIC)).await?;
    tx.put_appointment(&NewAppointment {
        id,
        meeting_id: meeting,
        clinic_id: CLINIC.to_owned(),
        service_id: SERVICE.to_owned(),
        reference: id.simple().to_string(),
        state: "confirmed",
        client_id: Some(client),
        intake_id: Some(intake),
        hold_expires_at: None,
        source: "api",
        created_at: seconds,
    })
    .await?;
    tx.settle_meeting(meeting).await?;
    tx.appointment(id).await?;
    tx.names_at(Some(&email), None, start, start + HOUR, id)
        .await?;
    tx.put_audit(&audit(id, seconds)).await?;
    tx.conflict_clinics().await?;
    tx.sealed_answers(intake).await?;
    let party = PartyRow {
        id: Uuid::now_v7(),
        clinic_id: CLINIC.to_owned(),
        case_id: None,
        matter_id: id,
        side: "client".to_owned(),
        name: None,
        created_at: seconds,
    };
    let keys = json!([id.simple().to_string(), client.simple().to_string()]);
    tx.put_party(&party, &keys.to_string()).await?;
    tx.end_older_calls(id, seconds).await?;
    tx.queue(&NewMessage {
        id: Uuid::now_v7(),
        kind: "confirmation",
        appointment_id: Some(id),
        request_id: None,
        waiting_id: None,
        sequence: 0,
        part: 0,
        // Not yet: no worker may take it.
        due_at: i64::MAX / 2,
        created_at: seconds,
    })
    .await?;
    tx.put_reply(&reply, seconds).await?;
    Ok(())
}

fn somebody(id: Uuid, email: &str, created_at: i64) -> ClientRow {
    ClientRow {
        id,
        name: "Zed Example".to_owned(),
        email: Some(email.to_owned()),
        phone: None,
        safe_to_email: true,
        safe_to_call: false,
        call_window: String::new(),
        leave_message: false,
        postcode_area: None,
        no_fixed_home: false,
        language: String::new(),
        interpreter: false,
        access: r#"{"needs":[],"note":""}"#.to_owned(),
        organisation: None,
        created_at,
    }
}

/// As long as those of a sports client.
fn answers(id: Uuid, created_at: i64) -> IntakeRow {
    IntakeRow {
        id,
        clinic_id: CLINIC.to_owned(),
        pack_version: "0123456789abcdef".to_owned(),
        answers: json!({ "A1": "x".repeat(250) }).to_string(),
        assessment: json!({ "explanation": "x".repeat(2500) }).to_string(),
        stop_shown: false,
        topic: "neck_back".to_owned(),
        created_at,
        sealed: None,
    }
}

fn meeting_at(id: Uuid, start: i64) -> MeetingRow {
    MeetingRow {
        id,
        clinic_id: CLINIC.to_owned(),
        service_id: SERVICE.to_owned(),
        mode: "in_person".to_owned(),
        starts_at: start,
        ends_at: start + HOUR,
        capacity: 1,
    }
}

impl Cast {
    fn busy(&self, start: i64) -> Vec<AllocationRow> {
        let takes = |(resource, part): &(Uuid, Part)| AllocationRow {
            id: Uuid::now_v7(),
            resource_id: *resource,
            part: match part {
                Part::Adviser => "adviser",
                Part::Supervisor => "supervisor",
                Part::Room => "room",
            }
            .to_owned(),
            busy_from: start,
            busy_until: start + HOUR,
            at_once: if *part == Part::Supervisor { 3 } else { 1 },
            hold_until: None,
        };
        self.0.iter().map(takes).collect()
    }
}

fn audit(appointment: Uuid, at: i64) -> AuditRow {
    AuditRow {
        id: Uuid::now_v7(),
        at,
        actor_kind: "client",
        actor_id: None,
        action: "confirmed".to_owned(),
        subject_kind: "appointment",
        subject_id: appointment,
        clinic_id: Some(CLINIC.to_owned()),
        detail: "api".to_owned(),
    }
}

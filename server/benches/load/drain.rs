//! How fast the outbox empties through a mail server on this machine, and what the pages make of it meanwhile.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use chrono::Utc;
use clinics::store::{self, AppointmentRow, NewMessage, Store};
use hyper::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::client::Client;
use super::measure::Measured;
use super::smtp_server::{FINE, Server};
use super::visitor;

/// A page is asked for so often, whether mail is on its way or not.
const PACE: Duration = Duration::from_millis(20);
/// The drain is given up after this.
const LONGEST: Duration = Duration::from_mins(10);
/// People whom the messages go to.
const CLIENTS: usize = 20;
/// Where the messages are found to be about: a term, and some.
const AHEAD: i64 = 200 * 86_400;

/// Asks for pages with nothing else to do, then queues `messages` and goes on asking until the mail server has them all.
pub async fn drain(
    at: SocketAddr,
    database: &str,
    (smtp, messages): (SocketAddr, usize),
    seconds: u64,
) -> Result<Value> {
    let server = Server::on(tokio::net::TcpListener::bind(smtp).await?, &[FINE]);
    let mail = || server.seen(|seen| seen.mails.len());
    let services = visitor::services(at).await?;
    let month = visitor::month(&services[0].id, 31);
    // Nobody in the sample set-up takes mail: somebody has to book.
    let mut client = Client::connect(at).await?;
    for start in visitor::starts(at, &services).await?.iter().take(CLIENTS) {
        let answer = visitor::book(&mut client, start).await?;
        ensure!(answer.status == StatusCode::CREATED, "{}", answer.json()?);
    }
    let mut visitor = Visitor {
        client: Client::connect(at).await?,
        pages: ["/".to_owned(), month],
    };
    let quiet = Instant::now() + Duration::from_secs(seconds);
    let alone = visitor.look(|| Instant::now() < quiet).await?;

    let before = mail();
    let store = store::open(database).await?;
    queue(&*store, messages).await?;
    store.close().await;
    let began = Instant::now();
    let waits = || mail() - before < messages && began.elapsed() < LONGEST;
    let meanwhile = visitor.look(waits).await?;
    let took = began.elapsed().as_secs_f64();
    let arrived = mail() - before;
    ensure!(
        arrived >= messages,
        "{arrived} of {messages} messages in {took:.0} s"
    );
    #[expect(clippy::cast_precision_loss, reason = "thousands")]
    let rate = messages as f64 / took;
    Ok(json!({
        "messages": messages, "arrived": arrived, "seconds": took, "per_second": rate,
        "pages_alone": pages(&alone), "pages_meanwhile": pages(&meanwhile),
    }))
}

fn pages(measured: &[Measured; 2]) -> Value {
    json!({ "first_page": measured[0].summary(), "month": measured[1].summary() })
}

/// Somebody who looks at two pages in turn.
struct Visitor {
    client: Client,
    pages: [String; 2],
}

impl Visitor {
    /// At a steady pace, as long as `goes_on`.
    async fn look(&mut self, goes_on: impl Fn() -> bool) -> Result<[Measured; 2]> {
        let mut seen = [Measured::default(), Measured::default()];
        let mut pace = tokio::time::interval(PACE);
        pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let began = Instant::now();
        let mut turn = 0;
        while goes_on() {
            pace.tick().await;
            let which = turn % 2;
            turn += 1;
            let asked = Instant::now();
            let answer = self.client.get(&self.pages[which]).await?;
            if answer.status == StatusCode::OK {
                seen[which].took.push(asked.elapsed());
            } else {
                seen[which].refused += 1;
            }
        }
        for one in &mut seen {
            (one.clients, one.whole) = (1, began.elapsed());
        }
        Ok(seen)
    }
}

/// Messages that are true whenever they are sent: the link of an appointment that stands, asked for again and again.
async fn queue(store: &dyn Store, messages: usize) -> Result<()> {
    let now = Utc::now().timestamp();
    let mut tx = store.write().await?;
    let mut rows = tx.appointments_between(None, now, now + AHEAD).await?;
    let takes_mail = |row: &AppointmentRow| {
        row.state == "confirmed" && row.email.is_some() && row.safe_to_email == Some(true)
    };
    rows.retain(takes_mail);
    ensure!(!rows.is_empty(), "nobody takes mail");
    for (number, row) in rows.iter().cycle().take(messages).enumerate() {
        tx.queue(&NewMessage {
            id: Uuid::now_v7(),
            kind: "link",
            appointment_id: Some(row.id),
            request_id: None,
            waiting_id: None,
            sequence: row.sequence,
            // Other ones than those of an earlier run.
            part: now + i64::try_from(number).context("too many")?,
            due_at: now,
            created_at: now,
        })
        .await?;
    }
    tx.commit().await?;
    Ok(())
}

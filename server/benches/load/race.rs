//! Rivals: many clients at one start, at a few starts, at services that share people and rooms, at the last places of a
//! group, and moves against bookings; several servers on one database if there are several. After every round the database
//! itself is asked, by SQL that knows nothing of the program, whether anybody is promised twice.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use hyper::StatusCode;
use serde_json::{Value, json};
use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyPool, Row as _};

use super::client::{Answer, Client};
use super::measure::{Bounds, closed_loop};
use super::visitor::{self, Service, Start};

/// More than one of a thing at a time, and what counts as too many.
const PROMISED_TWICE: [(&str, &str); 4] = [
    (
        "an adviser or a room",
        "SELECT count(*) FROM allocations a JOIN allocations b ON a.resource_id = b.resource_id AND a.id < b.id
         AND a.busy_from < b.busy_until AND b.busy_from < a.busy_until
         JOIN meetings m ON m.id = a.meeting_id JOIN meetings n ON n.id = b.meeting_id
         WHERE a.part <> 'supervisor' AND b.part <> 'supervisor'
         AND EXISTS (SELECT 1 FROM appointments p WHERE p.meeting_id = m.id
            AND p.state IN ('held', 'requested', 'confirmed', 'arrived', 'attended', 'missed'))
         AND EXISTS (SELECT 1 FROM appointments p WHERE p.meeting_id = n.id
            AND p.state IN ('held', 'requested', 'confirmed', 'arrived', 'attended', 'missed'))",
    ),
    (
        "a supervisor",
        "SELECT count(*) FROM allocations a WHERE a.part = 'supervisor'
         AND EXISTS (SELECT 1 FROM appointments p WHERE p.meeting_id = a.meeting_id
            AND p.state IN ('held', 'requested', 'confirmed', 'arrived', 'attended', 'missed'))
         AND a.at_once < (SELECT count(*) FROM allocations b WHERE b.resource_id = a.resource_id
            AND b.busy_from <= a.busy_from AND b.busy_until > a.busy_from
            AND EXISTS (SELECT 1 FROM appointments p WHERE p.meeting_id = b.meeting_id
                AND p.state IN ('held', 'requested', 'confirmed', 'arrived', 'attended', 'missed')))",
    ),
    (
        "a group",
        "SELECT count(*) FROM meetings m WHERE m.capacity < (SELECT count(*) FROM appointments p
            WHERE p.meeting_id = m.id
            AND p.state IN ('held', 'requested', 'confirmed', 'arrived', 'attended', 'missed'))",
    ),
    (
        "a client",
        "SELECT count(*) FROM appointments p JOIN meetings m ON m.id = p.meeting_id JOIN clients c ON c.id = p.client_id
         JOIN clients d ON d.email = c.email AND d.name = c.name
         JOIN appointments q ON q.client_id = d.id AND q.id <> p.id JOIN meetings n ON n.id = q.meeting_id
         WHERE m.starts_at < n.ends_at AND n.starts_at < m.ends_at
         AND p.state IN ('requested', 'confirmed', 'arrived') AND q.state IN ('requested', 'confirmed', 'arrived')",
    ),
];

/// Asks the database itself.
pub async fn refuse_promised_twice(database: &AnyPool, what: &str) -> Result<()> {
    for (whom, sql) in PROMISED_TWICE {
        let found: i64 = sqlx::query(sql).fetch_one(database).await?.try_get(0)?;
        ensure!(
            found == 0,
            "{what}: {whom} is promised twice, {found} times"
        );
    }
    Ok(())
}

/// What came of all rounds.
#[derive(Debug, Default)]
struct Totals {
    asked: Cell<u64>,
    won: Cell<u64>,
    refused: Cell<u64>,
}

struct Arena {
    servers: Vec<SocketAddr>,
    services: Vec<Service>,
    database: AnyPool,
    totals: Totals,
}

pub async fn race(servers: Vec<SocketAddr>, database: &str, rounds: u32) -> Result<Value> {
    install_default_drivers();
    let first = *servers.first().context("no server")?;
    let arena = Arena {
        services: visitor::services(first).await?,
        servers,
        database: AnyPoolOptions::new()
            .max_connections(1)
            .connect(database)
            .await?,
        totals: Totals::default(),
    };
    for round in 1..=rounds {
        arena.one_start(200).await?;
        arena.few_starts(20, 200).await?;
        arena.shared_people().await?;
        arena.moves_against_bookings().await?;
        arena.one_client_everywhere().await?;
        eprintln!("   … round {round} of {rounds}: nobody is promised twice");
    }
    let Totals {
        asked,
        won,
        refused,
    } = arena.totals;
    Ok(json!({
        "rounds": rounds, "servers": arena.servers.len(), "asked": asked.get(), "won": won.get(),
        "refused": refused.get(),
    }))
}

impl Arena {
    /// Each of `clients` goes to the server whose turn it is.
    async fn contest(
        &self,
        clients: usize,
        count: usize,
        ask: impl AsyncFn(&mut Client, usize) -> Result<Answer>,
    ) -> Result<Vec<Value>> {
        let (next, won) = (Cell::new(0), RefCell::new(Vec::new()));
        let bounds = Bounds {
            count,
            time: Duration::from_mins(2),
        };
        closed_loop(
            clients,
            bounds,
            async || {
                let turn = next.replace(next.get() + 1);
                Client::connect(self.servers[turn % self.servers.len()]).await
            },
            async |client, turn| {
                let answer = ask(client, turn).await?;
                let said = answer.json()?;
                let totals = &self.totals;
                totals.asked.set(totals.asked.get() + 1);
                match answer.status {
                    StatusCode::CREATED | StatusCode::OK => {
                        totals.won.set(totals.won.get() + 1);
                        won.borrow_mut().push(said);
                        Ok(true)
                    }
                    StatusCode::CONFLICT => {
                        totals.refused.set(totals.refused.get() + 1);
                        Ok(false)
                    }
                    other => bail!("{other}: {said}"),
                }
            },
        )
        .await?;
        Ok(won.into_inner())
    }

    async fn starts(&self) -> Result<Vec<Start>> {
        visitor::starts(self.servers[0], &self.services).await
    }

    /// Asks the database, then frees every place.
    async fn settle(&self, what: &str, won: &[Value]) -> Result<()> {
        refuse_promised_twice(&self.database, what).await?;
        let mut client = Client::connect(self.servers[0]).await?;
        for one in won {
            visitor::call_off(&mut client, one).await?;
        }
        Ok(())
    }

    /// As many win as there are places, and no other.
    async fn one_start(&self, clients: usize) -> Result<()> {
        let starts = self.starts().await?;
        let wanted = starts.first().context("nothing is free")?;
        let places = starts
            .iter()
            .filter(|one| one.at == wanted.at && one.service.id == wanted.service.id)
            .count();
        let won = self
            .contest(clients, clients, async |client, _| {
                visitor::book(client, wanted).await
            })
            .await?;
        ensure!(won.len() == places, "{} won {places} places", won.len());
        self.settle("one start", &won).await
    }

    async fn few_starts(&self, few: usize, clients: usize) -> Result<()> {
        let starts = self.starts().await?;
        let few = few.min(starts.len());
        let won = self
            .contest(clients, clients * 2, async |client, turn| {
                visitor::book(client, &starts[turn % few]).await
            })
            .await?;
        ensure!(won.len() == few, "{} won {few} places", won.len());
        self.settle("few starts", &won).await
    }

    /// Every service of every clinic in the same hours, a quarter of an hour apart, by a hold and at once.
    async fn shared_people(&self) -> Result<()> {
        let starts = self.starts().await?;
        let days: Vec<Start> = starts.into_iter().take(64).collect();
        let won = self
            .contest(32, 256, async |client, turn| {
                let wanted = &days[turn * 7 % days.len()];
                if turn % 2 == 0 {
                    visitor::journey(client, wanted).await
                } else {
                    visitor::book(client, wanted).await
                }
            })
            .await?;
        self.settle("shared people", &won).await
    }

    /// Some who have a time move to where others book at the same moment.
    async fn moves_against_bookings(&self) -> Result<()> {
        let starts = self.starts().await?;
        let service = &starts.first().context("nothing is free")?.service.id;
        let own: Vec<&Start> = starts
            .iter()
            .filter(|one| one.service.id == *service)
            .collect();
        let (late, early) = (&own[own.len() - 8..], &own[..4]);
        let movers = self
            .contest(1, late.len(), async |client, turn| {
                visitor::book(client, late[turn]).await
            })
            .await?;
        let moved = RefCell::new(0_u32);
        let won = self
            .contest(32, 64, async |client, turn| {
                let wanted = early[turn % early.len()];
                match movers.get(turn / 2).filter(|_| turn % 2 == 0) {
                    Some(booked) => {
                        let answer = visitor::move_to(client, booked, wanted).await?;
                        if answer.status == StatusCode::OK {
                            *moved.borrow_mut() += 1;
                        }
                        Ok(answer)
                    }
                    None => visitor::book(client, wanted).await,
                }
            })
            .await?;
        let booked: Vec<Value> = won
            .into_iter()
            .filter(|one| one["manage_url"].is_string())
            .collect();
        let mut all: Vec<Value> = movers;
        all.extend(booked);
        all.sort_by_key(|one| one["reference"].to_string());
        all.dedup_by_key(|one| one["reference"].to_string());
        self.settle("moves against bookings", &all).await
    }

    /// One person, in every clinic at once: each time they get is beside no other.
    async fn one_client_everywhere(&self) -> Result<()> {
        let starts = self.starts().await?;
        let day = starts.first().context("nothing is free")?.at.date_naive();
        let same: Vec<&Start> = starts
            .iter()
            .filter(|one| one.at.date_naive() == day)
            .collect();
        let who = visitor::somebody();
        let won = self
            .contest(16, same.len().min(64), async |client, turn| {
                visitor::book_for(client, same[turn], &who).await
            })
            .await?;
        self.settle("one client everywhere", &won).await
    }
}

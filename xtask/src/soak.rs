//! What must never happen, tried for long: rivals for the same places on each engine (and three servers on one
//! PostgreSQL), and a server killed in the middle of bookings, again and again.
//! Anybody promised twice, a booking that was acknowledged and is lost, a message about nothing, or an error of the
//! server ends it badly.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::bench::{self, Generator, Stage};
use crate::places;
use crate::postgres::{Disk, Postgres};
use crate::run;
use crate::service::Service;

/// How long.
#[derive(Debug, Clone, Copy)]
pub struct Length {
    /// Rounds of every contest.
    pub rounds: u32,
    /// Times that the server is killed.
    pub kills: u32,
}

impl Length {
    /// What stands in the README.
    pub const LONG: Self = Self {
        rounds: 50,
        kills: 20,
    };
    /// A few minutes.
    pub const SHORT: Self = Self {
        rounds: 2,
        kills: 3,
    };
}

/// Both engines; one line of totals each.
pub fn soak(length: Length) -> Result<()> {
    let folder = places::target().join("soak");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let load = Generator::build(&[])?;
    let postgres = Postgres::start(Disk::Waits)?;
    for (name, servers) in [("sqlite", 1), ("postgres", 1), ("postgres", 3)] {
        let ring = Ring {
            load: load.clone(),
            folder: folder.join(format!("{name}-{servers}")),
            servers,
        };
        fs::create_dir_all(&ring.folder)?;
        let database = if name == "sqlite" {
            format!("sqlite:{}", ring.folder.join("clinics.db").display())
        } else {
            postgres.database(&format!("soak_{servers}"))?
        };
        bench::fill(&ring.folder, &database, 0, None)?;
        println!(
            "races, {name}, {servers} server(s): {}",
            ring.race(&database, length.rounds)?
        );
        println!(
            "kills, {name}, {servers} server(s): {}",
            ring.kill(&database, length.kills)?
        );
    }
    Ok(())
}

struct Ring {
    load: Generator,
    folder: PathBuf,
    servers: usize,
}

impl Ring {
    fn start(&self, database: &str) -> Result<Vec<Stage>> {
        let one = |number| {
            let folder = self.folder.join(format!("server-{number}"));
            fs::create_dir_all(&folder)?;
            Stage::start(&folder, database)
        };
        (0..self.servers).map(one).collect()
    }

    fn race(&self, database: &str, rounds: u32) -> Result<Value> {
        let stages = self.start(database)?;
        let mut arguments = vec!["race".to_owned()];
        for stage in &stages {
            arguments.extend(["--at".to_owned(), stage.address().to_string()]);
        }
        arguments
            .extend(["--database", database, "--rounds", &rounds.to_string()].map(str::to_owned));
        self.load.run(&arguments)
    }

    /// The killed servers are started again on what they left.
    fn kill(&self, database: &str, kills: u32) -> Result<Value> {
        let acknowledged = self.folder.join("acknowledged");
        let check = [
            "check",
            "--database",
            database,
            "--acknowledged",
            &acknowledged.display().to_string(),
        ]
        .map(str::to_owned);
        let mut seen = Value::Null;
        for turn in 0..kills {
            let stages = self.start(database)?;
            let pounding = stages
                .iter()
                .map(|stage| self.pound(stage.address(), &acknowledged))
                .collect::<Result<Vec<_>>>()?;
            // Not always at the same moment.
            std::thread::sleep(Duration::from_millis(700 + u64::from(turn * 137 % 900)));
            for stage in &stages {
                run::signal("KILL", stage.id());
            }
            for one in pounding {
                one.join()?;
            }
            drop(stages);
            let now = self.load.run(&check)?;
            // A kill before anybody has booked proves nothing.
            if now["acknowledged"].as_u64() <= seen["acknowledged"].as_u64() {
                bail!("nothing was acknowledged before kill {}", turn + 1);
            }
            seen = now;
        }
        Ok(seen)
    }

    fn pound(&self, at: SocketAddr, acknowledged: &Path) -> Result<Service> {
        let mut command = self.load.command();
        command.arg("pound").args(["--at", &at.to_string()]);
        // Each writes beside the others; together they are what is checked.
        command.arg("--acknowledged").arg(acknowledged);
        Service::start(
            "load pound",
            &mut command,
            Some(&self.folder.join(format!("pound-{}.log", at.port()))),
        )
    }
}

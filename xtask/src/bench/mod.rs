//! The figures of the README: the release build on both engines, with a small and a large set-up, driven over loopback by
//! `server/benches/load`, and beside them, in the same run, what the machine can do at all. Nothing is asserted: machines
//! are noisy, so read the ratios. `target/bench/figures.json` holds all of it.

mod stage;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::places;
use crate::postgres::{Disk, Postgres};
use crate::run::{self, cargo, say};
use crate::{serve, service, site};
pub use stage::{Stage, fill};

/// People and appointments of a set-up.
#[derive(Debug, Clone, Copy)]
struct Size {
    name: &'static str,
    staff: u32,
    appointments: u32,
}

const SMALL: Size = Size {
    name: "small",
    staff: 10,
    appointments: 2_000,
};
const LARGE: Size = Size {
    name: "large",
    staff: 100,
    appointments: 200_000,
};

/// Measures everything, prints the table and writes the figures.
pub fn bench(seconds: u64, only_small: bool) -> Result<()> {
    site::build(&places::site(), site::Build::Release)?;
    serve::build_server()?;
    let load = Generator::build(&["--release"])?;

    let folder = places::target().join("bench");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let postgres = Postgres::start(Disk::Waits)?;
    let mut figures = Map::new();
    figures.insert("binary_bytes".into(), json!(size_of(&places::clinics())?));
    let sizes: &[Size] = if only_small {
        &[SMALL]
    } else {
        &[SMALL, LARGE]
    };
    for size in sizes {
        for engine in ["sqlite", "postgres"] {
            let name = format!("{engine}_{}", size.name);
            let own = folder.join(&name);
            fs::create_dir_all(&own)?;
            let database = |suffix: &str| -> Result<String> {
                if engine == "sqlite" {
                    Ok(format!(
                        "sqlite:{}",
                        own.join(format!("{suffix}.db")).display()
                    ))
                } else {
                    postgres.database(&format!("{}_{suffix}", size.name))
                }
            };
            let mut seen = measure(&load, &own, &database("clinics")?, *size, seconds)?;
            if size.name == SMALL.name {
                let bare = database("bare")?;
                fill(&own, &bare, size.staff, Some(size.appointments))?;
                let floors = load.seen(&["floors", "--database", &bare], seconds)?;
                seen.insert("floors".into(), floors);
            }
            figures.insert(name, Value::Object(seen));
        }
    }
    let file = folder.join("figures.json");
    fs::write(&file, serde_json::to_vec_pretty(&figures)?)?;
    println!("{}", table::table(&Value::Object(figures)));
    say(&format!("all figures: {}", file.display()));
    Ok(())
}

fn measure(
    load: &Generator,
    folder: &Path,
    database: &str,
    size: Size,
    seconds: u64,
) -> Result<Map<String, Value>> {
    fill(folder, database, size.staff, Some(size.appointments))?;
    let stage = Stage::start(folder, database)?;
    let mut seen = Map::new();
    seen.insert(
        "start_ms".into(),
        json!(stage.started_in().as_secs_f64() * 1e3),
    );
    seen.insert("idle_kb".into(), json!(stage.memory("VmRSS")?));
    let at = stage.address().to_string();
    seen.insert("load".into(), load.seen(&["drive", "--at", &at], seconds)?);
    let drain = [
        "drain",
        "--at",
        &at,
        "--database",
        database,
        "--smtp",
        &stage.smtp().to_string(),
    ];
    seen.insert("drain".into(), load.seen(&drain, seconds)?);
    seen.insert("after_kb".into(), json!(stage.memory("VmRSS")?));
    seen.insert("most_kb".into(), json!(stage.memory("VmHWM")?));
    Ok(seen)
}

/// The program that plays the clients.
#[derive(Debug, Clone)]
pub struct Generator(PathBuf);

impl Generator {
    /// Builds it.
    pub fn build(profile: &[&str]) -> Result<Self> {
        say("the load generator");
        let mut build = cargo(["build", "-q", "-p", "server", "--bench", "load"]);
        build
            .args(profile)
            .args(["--message-format", "json-render-diagnostics"]);
        let said = run::output("build of the load generator", &mut build, run::LONG)?;
        let made = said
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|line| line["target"]["name"] == "load")
            .find_map(|line| line["executable"].as_str().map(PathBuf::from));
        Ok(Self(made.context("cargo does not say where it is")?))
    }

    /// A command of it, to run beside others.
    pub fn command(&self) -> Command {
        service::command(&self.0)
    }

    /// Runs it to its end; what it saw.
    pub fn run(&self, arguments: &[String]) -> Result<Value> {
        let what = format!("load {}", arguments.first().map_or("", String::as_str));
        say(&what);
        let mut command = Command::new(&self.0);
        let said = run::output(&what, command.args(arguments), run::LONG)?;
        serde_json::from_str(&said).with_context(|| said.clone())
    }

    fn seen(&self, arguments: &[&str], seconds: u64) -> Result<Value> {
        let mut all: Vec<String> = arguments.iter().map(|&one| one.to_owned()).collect();
        all.extend(["--seconds".to_owned(), seconds.to_string()]);
        self.run(&all)
    }
}

fn size_of(path: &PathBuf) -> Result<u64> {
    Ok(fs::metadata(path)
        .with_context(|| path.display().to_string())?
        .len())
}

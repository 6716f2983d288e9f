//! The figures of the README: the release build on both engines, with a small and a large set-up, driven over loopback by
//! `server/benches/load`, and beside them, in the same run, what the machine can do at all. Nothing is asserted: machines
//! are noisy, so read the ratios. `target/bench/figures.json` holds all of it.

mod stage;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::places;
use crate::postgres::{Disk, Postgres};
use crate::run::{self, cargo, say};
use crate::{serve, site};
use stage::Stage;

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
    say("the load generator: release build");
    let mut build = cargo(["bench", "-p", "server", "--bench", "load", "--no-run"]);
    run::run("build of the load generator", &mut build, run::LONG)?;

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
            let mut seen = measure(&own, &database("clinics")?, *size, seconds)?;
            if size.name == SMALL.name {
                let bare = database("bare")?;
                stage::fill(&own, &bare, size.staff, size.appointments)?;
                let floors = load(&["floors", "--database", &bare], seconds)?;
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

fn measure(folder: &Path, database: &str, size: Size, seconds: u64) -> Result<Map<String, Value>> {
    stage::fill(folder, database, size.staff, size.appointments)?;
    let stage = Stage::start(folder, database)?;
    let mut seen = Map::new();
    seen.insert(
        "start_ms".into(),
        json!(stage.started_in().as_secs_f64() * 1e3),
    );
    seen.insert("idle_kb".into(), json!(stage.memory("VmRSS")?));
    let at = stage.address().to_string();
    seen.insert("load".into(), load(&["drive", "--at", &at], seconds)?);
    seen.insert("after_kb".into(), json!(stage.memory("VmRSS")?));
    seen.insert("most_kb".into(), json!(stage.memory("VmHWM")?));
    Ok(seen)
}

/// What the load generator says.
fn load(arguments: &[&str], seconds: u64) -> Result<Value> {
    let mut command = cargo(["bench", "-q", "-p", "server", "--bench", "load", "--"]);
    command
        .args(arguments)
        .args(["--seconds", &seconds.to_string()]);
    let what = format!("load {}", arguments[0]);
    say(&what);
    let said = run::output(&what, &mut command, run::LONG)?;
    serde_json::from_str(&said).with_context(|| said.clone())
}

fn size_of(path: &PathBuf) -> Result<u64> {
    Ok(fs::metadata(path)
        .with_context(|| path.display().to_string())?
        .len())
}

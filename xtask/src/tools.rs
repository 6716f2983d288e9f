//! What the tests need and cargo does not bring: PostgreSQL, Chromium, Node and Python packages.
//! Each is looked for first, and installed through the system's own package manager (or npm, or
//! pip into `.tools/`) only when it is missing. It says what it installs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::places;
use crate::run::{self, say};

/// Installs everything, so that later steps start at once.
pub fn install() -> Result<()> {
    postgres()?;
    chromium()?;
    python()?;
    node()?;
    node_modules()
}

/// What the islands are compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The compiler's libraries for the browser. rustup brings them by `rust-toolchain.toml`, unless
/// the toolchain was there before and is not brought up to date by itself.
pub fn wasm() -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--print", "target-libdir", "--target", WASM])
        .current_dir(places::root());
    let folder = run::output("rustc", &mut rustc, run::SHORT)?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    say(&format!(
        "installing the compiler's target {WASM} with rustup"
    ));
    let mut rustup = Command::new("rustup");
    rustup
        .args(["target", "add", WASM])
        .current_dir(places::root());
    run::run("rustup target add", &mut rustup, run::LONG)
}

/// The folder of PostgreSQL's programs.
pub fn postgres() -> Result<PathBuf> {
    if let Some(folder) = postgres_programs() {
        return Ok(folder);
    }
    apt("PostgreSQL", &["postgresql"])?;
    postgres_programs().context("PostgreSQL is installed, but `initdb` is nowhere to be found")
}

/// Debian keeps these off the path, under the version; the newest wins.
fn postgres_programs() -> Option<PathBuf> {
    let version = |folder: &PathBuf| {
        let name = folder.parent()?.file_name()?.to_str()?;
        name.parse::<u32>().ok()
    };
    let complete = |folder: &PathBuf| {
        let programs = ["initdb", "postgres", "createdb"];
        programs
            .iter()
            .all(|program| folder.join(program).is_file())
    };
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let debian = versions
        .map(|entry| entry.path().join("bin"))
        .filter(complete)
        .max_by_key(version);
    debian.or_else(|| {
        let initdb = run::on_path("initdb")?;
        initdb.parent().map(Path::to_owned).filter(complete)
    })
}

/// The browser.
pub fn chromium() -> Result<PathBuf> {
    let find = || run::on_path("chromium").or_else(|| run::on_path("chromium-browser"));
    if let Some(found) = find() {
        return Ok(found);
    }
    apt("Chromium", &["chromium"])?;
    find().context("Chromium is installed, but not on the path")
}

/// The Python of `.tools/venv`, with the packages of `end2end/requirements.txt`.
pub fn python() -> Result<PathBuf> {
    let folder = places::tools().join("venv");
    let python = folder.join("bin/python");
    let list = places::end2end().join("requirements.txt");
    let wanted = fs::read_to_string(&list).with_context(|| list.display().to_string())?;
    let stamp = folder.join("requirements.installed");
    if python.is_file() && fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(python);
    }
    say("installing Python packages into .tools/venv");
    make_venv(&folder)?;
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--progress-bar",
        "off",
        "--requirement",
    ])
    .arg(&list);
    run::run("pip install", &mut pip, run::LONG)?;
    fs::write(stamp, wanted)?;
    Ok(python)
}

fn make_venv(folder: &Path) -> Result<()> {
    let make = || {
        let mut venv = Command::new("python3");
        run::run(
            "python3 -m venv",
            venv.args(["-m", "venv", "--clear"]).arg(folder),
            run::SHORT,
        )
    };
    if run::on_path("python3").is_some() && make().is_ok() {
        return Ok(());
    }
    // Debian's Python comes without what a virtual environment needs.
    apt(
        "Python's virtual environments",
        &["python3", "python3-venv"],
    )?;
    make()
}

/// The oldest Node that Playwright runs on.
const NODE: u32 = 20;

/// A Node that Playwright runs on: the system's, or one from npm where the system's is older (Debian 12 has 18).
pub fn node() -> Result<PathBuf> {
    if run::on_path("npm").is_none() {
        apt("Node", &["nodejs", "npm"])?;
    }
    if let Some(system) = run::on_path("node").filter(|node| is_new_enough(node)) {
        return Ok(system);
    }
    let folder = places::tools().join("node");
    let own = folder.join("node_modules/node/bin/node");
    if !is_new_enough(&own) {
        say("installing a newer Node into .tools with npm");
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--prefix"])
            .arg(&folder)
            .arg("node@22");
        run::run("npm install", &mut npm, run::LONG)?;
    }
    Ok(own)
}

fn is_new_enough(node: &Path) -> bool {
    let asked = Command::new(node).arg("--version").output();
    asked.is_ok_and(|output| major(&String::from_utf8_lossy(&output.stdout)) >= Some(NODE))
}

/// 22 of "v22.1.0".
fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// The packages of `end2end/package-lock.json`, in `end2end/node_modules`.
pub fn node_modules() -> Result<()> {
    if run::on_path("npm").is_none() {
        apt("Node", &["nodejs", "npm"])?;
    }
    let lock = places::end2end().join("package-lock.json");
    let wanted = fs::read_to_string(&lock).with_context(|| lock.display().to_string())?;
    let stamp = places::end2end().join("node_modules/lock.installed");
    if fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(());
    }
    say("installing Node packages into end2end/node_modules");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"])
        .current_dir(places::end2end());
    // The browser is the system's.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run::run("npm ci", &mut npm, run::LONG)?;
    fs::write(stamp, wanted)?;
    Ok(())
}

fn apt(what: &str, packages: &[&str]) -> Result<()> {
    if run::on_path("apt-get").is_none() {
        bail!(
            "{what} is missing, and there is no apt-get here: please install {}",
            packages.join(", ")
        );
    }
    say(&format!("installing {what} with apt-get"));
    run::run(
        "apt-get update",
        as_root(&["update", "--quiet"])?.arg("-y"),
        run::LONG,
    )?;
    let install = &["install", "--quiet", "-y", "--no-install-recommends"];
    run::run(
        "apt-get install",
        as_root(install)?.args(packages),
        run::LONG,
    )
}

/// apt-get with the rights it needs: ours when we are root, otherwise through sudo.
fn as_root(arguments: &[&str]) -> Result<Command> {
    let mut command = if user_id(None)? == 0 {
        Command::new("apt-get")
    } else if run::on_path("sudo").is_some() {
        let mut sudo = Command::new("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    } else {
        bail!("installing needs root, and there is no sudo here");
    };
    command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}

/// The number of a user: of ourselves, or of a user by name.
pub fn user_id(name: Option<&str>) -> Result<u32> {
    identity("-u", name)
}

/// The number of a user's main group.
pub fn group_id(name: &str) -> Result<u32> {
    identity("-g", Some(name))
}

fn identity(kind: &str, name: Option<&str>) -> Result<u32> {
    let output = Command::new("id").arg(kind).args(name).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim()
        .parse()
        .with_context(|| format!("`id` does not know {}", name.unwrap_or("us")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_node_of_debian_12_is_too_old_for_playwright() {
        assert_eq!(major("v18.20.4\n"), Some(18));
        assert!(major("v18.20.4") < Some(NODE) && major("v22.1.0") >= Some(NODE));
        assert_eq!(major("not a version"), None);
        assert!(!is_new_enough(Path::new("/nothing/here/node")));
    }
}

//! Rebuilds and restarts whenever a source changes, for people working on it. A debug build of the
//! server reads the site from the folder named by `CLINICS_SITE`, so that a change of style needs
//! no compiler. It looks at the times of files twice a second and needs nothing installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::places;
use crate::run::{self, cargo, say};
use crate::service::{self, Service};
use crate::site;

const PAUSE: Duration = Duration::from_millis(500);

/// Watches until it is stopped.
pub fn watch() -> Result<bool> {
    let mut seen = None;
    let mut server = None;
    loop {
        let now = Sources::look();
        if seen.as_ref() != Some(&now) {
            // The old server goes first: it holds the port.
            drop(server.take());
            server = match rebuild(seen.as_ref(), &now) {
                Ok(service) => Some(service),
                Err(error) => {
                    say(&format!("{error:#}; waiting for a change"));
                    None
                }
            };
            seen = Some(now);
        }
        std::thread::sleep(PAUSE);
    }
}

/// When each kind of source last changed.
#[derive(Debug, PartialEq, Eq)]
struct Sources {
    /// The style sheet and what runs in the browser.
    site: Option<SystemTime>,
    /// What runs in the server; pages are in both.
    server: Option<SystemTime>,
}

impl Sources {
    fn look() -> Self {
        let newest = |folders: &[&str]| {
            let paths = folders.iter().map(|folder| places::root().join(folder));
            paths.filter_map(|path| newest(&path)).max()
        };
        Self {
            site: newest(&["app", "style"]),
            server: newest(&["app", "server", "migrations", "Cargo.lock"]),
        }
    }
}

fn rebuild(before: Option<&Sources>, now: &Sources) -> Result<Service> {
    let folder = places::target().join("site-watch");
    if before.is_none_or(|before| before.site != now.site) {
        site::build(&folder, site::Build::Quick)?;
    }
    if before.is_none_or(|before| before.server != now.server) {
        let mut build = cargo(["build", "-p", "server", "--bin", "clinics"]);
        run::run("build of the server", &mut build, run::LONG)?;
    }
    let binary = places::target().join("debug/clinics");
    if before.is_none() {
        let mut demo = std::process::Command::new(&binary);
        run::run(
            "clinics demo",
            demo.arg("demo").current_dir(places::root()),
            run::LONG,
        )?;
    }
    let mut command = service::command(binary);
    command
        .arg("serve")
        .env("CLINICS_SITE", &folder)
        .current_dir(places::root());
    let address = crate::serve::listen()?;
    let mut server = Service::start("clinics serve", &mut command, None)?;
    server.wait_for(address, Duration::from_mins(1))?;
    say(&format!("http://{address}, watching for changes"));
    Ok(server)
}

/// The newest time of any file below a path.
fn newest(path: &Path) -> Option<SystemTime> {
    let about = fs::metadata(path).ok()?;
    if about.is_file() {
        return about.modified().ok();
    }
    let entries = fs::read_dir(path).ok()?.flatten();
    let paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.iter().filter_map(|path| newest(path)).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_deep_in_a_folder_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("one"), "1").unwrap();
        let before = newest(folder.path());
        let later = before.unwrap() + Duration::from_secs(5);
        let file = fs::File::create(deep.join("two")).unwrap();
        file.set_modified(later).unwrap();
        assert!(newest(folder.path()) > before);
    }
}

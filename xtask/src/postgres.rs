//! A PostgreSQL of our own, in a temporary directory, thrown away at the end. It never touches a
//! cluster that is already there.

use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::run::{self, say};
use crate::service::{self, Service, free_port, loopback};
use crate::tools;

/// Who owns the database.
const USER: &str = "clinics";

/// Whether a commit waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// As where it matters.
    Waits,
    /// Nothing in it has to survive.
    Forgotten,
}

/// A running cluster with one empty database.
#[derive(Debug)]
pub struct Postgres {
    // Stopped before its folder is removed: fields are dropped in this order.
    _server: Service,
    _folder: TempDir,
    programs: PathBuf,
    port: u16,
}

impl Postgres {
    /// Makes a cluster, starts it and makes a database in it.
    pub fn start(disk: Disk) -> Result<Self> {
        say("PostgreSQL: a cluster of its own");
        let programs = tools::postgres()?;
        let owner = Owner::choose()?;
        // Not below `target`: the owner may not be allowed to reach the repository at all.
        let folder = tempfile::Builder::new().prefix("clinics-pg-").tempdir()?;
        owner.give(folder.path())?;
        let cluster = folder.path().join("cluster");

        let mut initdb = Command::new(programs.join("initdb"));
        initdb
            .arg("--pgdata")
            .arg(&cluster)
            .args(["--username", USER, "--auth", "trust"]);
        initdb.args(["--encoding", "UTF8", "--no-locale", "--no-sync"]);
        owner.run_as(&mut initdb, folder.path());
        run::output("initdb", &mut initdb, run::SHORT)?;

        let port = free_port()?;
        let mut postgres = service::command(programs.join("postgres"));
        postgres
            .arg("-D")
            .arg(&cluster)
            .args(["-p", &port.to_string()])
            .args(settings(disk));
        owner.run_as(&mut postgres, folder.path());
        let log = folder.path().join("log");
        let mut server = Service::start("postgres", &mut postgres, Some(&log))?
            // A fast shutdown, which does not wait for clients to leave.
            .stopped_by("INT");
        server.wait_for(loopback(port), Duration::from_mins(1))?;
        create_database(&programs, port, USER)?;
        Ok(Self {
            _server: server,
            _folder: folder,
            programs,
            port,
        })
    }

    /// The address of the database, as sqlx takes it.
    pub fn url(&self) -> String {
        self.url_of(USER)
    }

    /// Makes another empty database; returns its address.
    pub fn database(&self, name: &str) -> Result<String> {
        create_database(&self.programs, self.port, name)?;
        Ok(self.url_of(name))
    }

    fn url_of(&self, name: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{name}", self.port)
    }
}

fn settings(disk: Disk) -> Vec<String> {
    let always = [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=300",
    ];
    let careless = [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
    ];
    let careless = careless.iter().filter(|_| disk == Disk::Forgotten);
    always
        .iter()
        .chain(careless)
        .flat_map(|setting| ["-c".to_owned(), (*setting).to_owned()])
        .collect()
}

fn create_database(programs: &Path, port: u16, name: &str) -> Result<()> {
    let port = port.to_string();
    let make = || {
        let mut createdb = Command::new(programs.join("createdb"));
        createdb.args([
            "--host",
            "127.0.0.1",
            "--port",
            &port,
            "--username",
            USER,
            name,
        ]);
        run::run("createdb", &mut createdb, run::SHORT)
    };
    // A cluster listens a moment before it lets anybody in.
    for _ in 0..20 {
        if make().is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(250));
    }
    make()
}

/// Who runs the cluster: PostgreSQL refuses to be run by root.
#[derive(Debug)]
struct Owner(Option<(u32, u32)>);

impl Owner {
    fn choose() -> Result<Self> {
        if tools::user_id(None)? != 0 {
            return Ok(Self(None));
        }
        for name in ["postgres", "nobody"] {
            if let Ok(user) = tools::user_id(Some(name)) {
                return Ok(Self(Some((user, tools::group_id(name)?))));
            }
        }
        Err(anyhow::anyhow!(
            "PostgreSQL does not run as root, and there is no user `postgres` or `nobody`"
        ))
    }

    fn give(&self, folder: &Path) -> Result<()> {
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
        if let Self(Some((user, group))) = self {
            chown(folder, Some(*user), Some(*group))
                .with_context(|| folder.display().to_string())?;
        }
        Ok(())
    }

    fn run_as(&self, command: &mut Command, folder: &Path) {
        command.current_dir(folder);
        if let Self(Some((user, group))) = self {
            command.uid(*user).gid(*group);
        }
    }
}

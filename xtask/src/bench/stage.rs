//! One server to measure: filled, started, looked at from outside.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::places;
use crate::run::{self, say};
use crate::service::{self, Service, free_port, loopback};

/// A running server.
#[derive(Debug)]
pub struct Stage {
    server: Service,
    address: SocketAddr,
    smtp: SocketAddr,
    started_in: Duration,
}

/// The sample set-up in that size.
pub fn fill(folder: &Path, database: &str, staff: u32, appointments: Option<u32>) -> Result<()> {
    say(&format!("{database}: the sample set-up"));
    let mut demo = Command::new(places::clinics());
    demo.args(["demo", "--staff", &staff.to_string()])
        .args(appointments.map_or(Vec::new(), |count| {
            vec!["--appointments".to_owned(), count.to_string()]
        }))
        .envs(environment(folder, database, loopback(0)))
        .current_dir(folder);
    run::output("clinics demo", &mut demo, run::LONG)?;
    Ok(())
}

impl Stage {
    /// Starts the server on a database that is there, and counts the time to its first answer.
    pub fn start(folder: &Path, database: &str) -> Result<Self> {
        let address = loopback(free_port()?);
        let smtp = loopback(free_port()?);
        let mut serve = service::command(places::clinics());
        serve
            .arg("serve")
            .envs(environment(folder, database, address))
            .env("SMTP_URL", format!("smtp://{smtp}?tls=none"))
            .env("MAIL_FROM", "Clinics <clinics@example.org>")
            .current_dir(folder);
        let began = Instant::now();
        let mut server = Service::start("clinics serve", &mut serve, Some(&folder.join("log")))?;
        while !answers(address) {
            if !server.is_running() || began.elapsed() > run::SHORT {
                bail!(
                    "the server does not answer; see {}",
                    folder.join("log").display()
                );
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        let started_in = began.elapsed();
        // What it does once, right after the start, is not idleness.
        std::thread::sleep(Duration::from_secs(3));
        Ok(Self {
            server,
            address,
            smtp,
            started_in,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it looks for a mail server. None listens there until somebody starts one.
    pub fn smtp(&self) -> SocketAddr {
        self.smtp
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.server.id()
    }

    /// From the start of the process to the first page.
    pub fn started_in(&self) -> Duration {
        self.started_in
    }

    /// A line of `/proc/PID/status`, kB.
    pub fn memory(&self, line: &str) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.id()))?;
        status
            .lines()
            .find_map(|one| one.strip_prefix(line)?.strip_prefix(':'))
            .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
            .with_context(|| format!("no {line}"))
    }
}

fn answers(address: SocketAddr) -> bool {
    let ask = || -> Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_millis(200))?;
        write!(
            stream,
            "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    };
    ask().unwrap_or(false)
}

fn environment(folder: &Path, database: &str, address: SocketAddr) -> Vec<(String, String)> {
    let settings = [
        ("DATABASE_URL", database.to_owned()),
        ("LISTEN", address.to_string()),
        ("PUBLIC_URL", format!("http://{address}")),
        ("MAIL_DIR", folder.join("mail").display().to_string()),
        ("RATE_LIMITS", "off".to_owned()),
        // Several servers share one database, and nothing in it is anybody's.
        (
            "SECRET_KEY",
            "bG9hZC1sb2FkLWxvYWQtbG9hZC1sb2FkLWxvYWQtbG9hZC0h".to_owned(),
        ),
    ];
    settings
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

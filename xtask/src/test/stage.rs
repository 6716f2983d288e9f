//! The clinics as they are deployed, on a free port, with the sample set-up in a new database and
//! a real mail server beside them. What they wrote stays in `target/stage/<name>` until the next
//! run, to look into when a test fails.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::places;
use crate::run::{self, say};
use crate::service::{self, Service, free_port, loopback};
use crate::tools;

/// How long a release build may take to listen.
const START: Duration = Duration::from_mins(1);

/// A running set of clinics.
#[derive(Debug)]
pub struct Stage {
    _clinics: Service,
    _mail: Service,
    folder: PathBuf,
    url: String,
}

impl Stage {
    /// Loads the sample set-up and starts everything.
    pub fn start(name: &str) -> Result<Self> {
        say("the clinics, with the sample set-up and a mail server");
        let folder = places::target().join("stage").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(folder.join("spool"))?;
        let (port, mail_port) = (free_port()?, free_port()?);
        let mail = start_mail(&folder, mail_port)?;

        let environment = environment(&folder, port, mail_port);
        let mut demo = Command::new(places::clinics());
        demo.arg("demo")
            .envs(environment.iter().cloned())
            .current_dir(&folder);
        let sign_ins = run::output("clinics demo", &mut demo, run::SHORT)?;
        fs::write(folder.join("demo.txt"), sign_ins)?;

        let mut serve = service::command(places::clinics());
        serve.arg("serve").envs(environment).current_dir(&folder);
        let log = folder.join("clinics.log");
        let mut clinics = Service::start("clinics serve", &mut serve, Some(&log))?;
        clinics.wait_for(loopback(port), START)?;
        let url = format!("http://127.0.0.1:{port}");
        Ok(Self {
            _clinics: clinics,
            _mail: mail,
            folder,
            url,
        })
    }

    /// Where the pages are, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The folder with `spool` (mails as files), `demo.txt` (what `clinics demo` said, the sample
    /// sign-ins among it), `clinics.log` and the database.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn start_mail(folder: &Path, port: u16) -> Result<Service> {
    let mut command = service::command(tools::python()?);
    command.arg(places::end2end().join("mail_server.py"));
    command
        .arg("--port")
        .arg(port.to_string())
        .arg("--spool")
        .arg(folder.join("spool"));
    let mut mail = Service::start("mail server", &mut command, Some(&folder.join("mail.log")))?;
    mail.wait_for(loopback(port), START)
        .context("the mail server")?;
    Ok(mail)
}

fn environment(folder: &Path, port: u16, mail_port: u16) -> Vec<(String, String)> {
    let database = folder.join("clinics.db");
    let settings = [
        ("DATABASE_URL", format!("sqlite:{}", database.display())),
        ("LISTEN", format!("127.0.0.1:{port}")),
        ("PUBLIC_URL", format!("http://127.0.0.1:{port}")),
        ("SMTP_URL", format!("smtp://127.0.0.1:{mail_port}?tls=none")),
        (
            "MAIL_FROM",
            "Met Lab Clinics <clinics@example.org>".to_owned(),
        ),
        ("MAIL_DIR", folder.join("mail").display().to_string()),
        // Hundreds of requests come from one address here.
        ("RATE_LIMITS", "off".to_owned()),
        ("LOG_FORMAT", "text".to_owned()),
    ];
    settings
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

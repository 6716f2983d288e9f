//! Where mail goes, `SMTP_URL`, `MAIL_FROM`, `MAIL_DIR`; and where it comes back, `BOUNCE_DIR`.

use std::path::PathBuf;

use lettre::Address;
use lettre::message::Mailbox;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::error::{ConfigError, redact_url};
use super::listen::Listen;
use super::site::Site;
use super::source::Source;
use super::variable::Variable;

/// What can be set here.
pub(super) const VARIABLES: [Variable; 4] = [
    Variable::new(
        "SMTP_URL",
        "(none: files in `MAIL_DIR`)",
        "The server that mail is given to",
        "`smtp://USER:PASSWORD@HOST:PORT?tls=required`, or `opportunistic`, or `none`; `smtps://…`",
    )
    .secret(),
    Variable::new(
        "MAIL_FROM",
        "(no-reply at the host of `PUBLIC_URL`)",
        "Who mail comes from",
        "An address, with or without a name",
    ),
    Variable::new(
        "MAIL_DIR",
        "data/mail",
        "Where mail is written while there is no server",
        "A folder",
    ),
    Variable::new(
        "BOUNCE_DIR",
        "(none)",
        "Where your mail system moves what came back to `MAIL_FROM`: a report (RFC 3464) that fits a mail we sent marks it as \
         failed and makes a call for staff, then goes to `done/`; anything else goes to `set-aside/`",
        "A folder, a Maildir, or one mailbox file (mbox), which is read as it grows and never changed",
    ),
];

const SMTP_EXPECTED: &str =
    "smtp://USER:PASSWORD@HOST:PORT?tls=required (or opportunistic, or none), or smtps://…";

/// Where mail goes.
#[derive(Clone)]
pub struct Mail {
    /// The server to hand mail to; `None` for files in `dir`.
    pub smtp_url: Option<SecretString>,
    /// The sender.
    pub from: Mailbox,
    /// Where mail is written as `.eml` files when there is no server.
    pub dir: PathBuf,
    /// Where the mail system puts what came back (RFC 3464), if anywhere: a folder of files, or a Maildir.
    pub bounce_dir: Option<PathBuf>,
    /// Whether `MAIL_FROM` was set, so that somebody reads what is sent there.
    pub from_given: bool,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail")
            .field("smtp_url", &self.shown())
            .field("from", &self.from.to_string())
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

impl Mail {
    pub(super) fn read(
        source: &Source<'_>,
        site: &Site,
        listen: &Listen,
    ) -> Result<Self, ConfigError> {
        let smtp_url = source.get("SMTP_URL")?.map(checked_smtp).transpose()?;
        let given = source.get("MAIL_FROM")?;
        Ok(Self {
            smtp_url,
            from_given: given.is_some(),
            from: match given {
                Some(text) => text.parse().map_err(|_| {
                    let expected = "an address, such as Clinics <clinics@example.org>";
                    ConfigError::wrong("MAIL_FROM", &text, expected)
                })?,
                None => default_from(site, listen)?,
            },
            dir: source
                .get("MAIL_DIR")?
                .map_or_else(|| PathBuf::from("data/mail"), PathBuf::from),
            bounce_dir: source.get("BOUNCE_DIR")?.map(PathBuf::from),
        })
    }

    /// The server without password, for logs and `doctor`; `None` for files.
    #[must_use]
    pub fn shown(&self) -> Option<String> {
        self.smtp_url
            .as_ref()
            .map(|url| redact_url(url.expose_secret()))
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        match (&self.smtp_url, self.from_given) {
            (Some(_), false) => vec![format!(
                "MAIL_FROM is not set: mail will come from {}",
                self.from.email
            )],
            _ => Vec::new(),
        }
    }
}

/// The shape only: connecting is the mailer's work.
fn checked_smtp(text: String) -> Result<SecretString, ConfigError> {
    let right = Url::parse(&text).is_ok_and(|url| {
        matches!(url.scheme(), "smtp" | "smtps")
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.query_pairs().all(|(name, value)| {
                name == "tls" && matches!(&*value, "required" | "opportunistic" | "none")
            })
    });
    if right {
        return Ok(text.into());
    }
    let found = format!("{} is not right", redact_url(&text));
    Err(ConfigError::new("SMTP_URL", found, SMTP_EXPECTED))
}

fn default_from(site: &Site, listen: &Listen) -> Result<Mailbox, ConfigError> {
    let host = listen.public_url.host();
    // An IP address is no domain for mail; such a set-up writes files or talks to a test server.
    let host = if host.parse::<std::net::IpAddr>().is_ok() || host.starts_with('[') {
        "localhost"
    } else {
        host
    };
    let address = Address::new("no-reply", host).map_err(|_| {
        ConfigError::missing("MAIL_FROM", "an address, such as clinics@example.org")
    })?;
    Ok(Mailbox::new(Some(site.name.clone()), address))
}

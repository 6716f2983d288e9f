//! Where mails go: to a mail server, into a folder, or into a test's hands.
//!
//! Promises: `Ok` means that the other side has taken the mail for good. A failure says whether
//! trying again makes sense, and its words hold nothing about the person or the mail.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::AsyncWriteExt as _;

use super::compose::{ComposeError, Outgoing};
use super::smtp::Smtp;

/// The mails a [`Mailer::Memory`] has taken, oldest first.
pub type Sent = Arc<Mutex<Vec<Outgoing>>>;

/// The other side has taken the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// The mail server's answer; a folder and a test give none.
    pub code: Option<u16>,
}

/// Whether the same mail may go through later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Try again later.
    Transient,
    /// This mail will never be taken: somebody has to telephone.
    Permanent,
}

/// A mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct DeliveryError {
    /// Whether to try again.
    pub kind: Failure,
    /// The mail server's answer, if it gave one.
    pub code: Option<u16>,
    /// What happened, for staff and logs: the step and the reason, never an address, a subject or
    /// the server's own words (they repeat addresses).
    pub detail: String,
}

impl From<ComposeError> for DeliveryError {
    fn from(error: ComposeError) -> Self {
        Self {
            kind: Failure::Permanent,
            code: None,
            detail: error.to_string(),
        }
    }
}

/// A way to deliver. Cheap to clone; clones share connections.
#[derive(Clone)]
pub enum Mailer {
    /// A mail server.
    Smtp(Arc<Smtp>),
    /// A folder that gets one `.eml` file a mail, for trying the system out.
    File(PathBuf),
    /// Kept, for tests.
    Memory(Sent),
}

impl Mailer {
    /// A mailer that keeps what it is given, and where it keeps it.
    #[must_use]
    pub fn memory() -> (Self, Sent) {
        let sent = Sent::default();
        (Self::Memory(Arc::clone(&sent)), sent)
    }

    /// Delivers one mail. Takes at most [`Smtp::longest_delivery`].
    pub async fn deliver(&self, mail: &Outgoing) -> Result<Accepted, DeliveryError> {
        match self {
            Self::Smtp(smtp) => smtp.deliver(mail).await,
            Self::File(folder) => write_file(folder, mail)
                .await
                .map_err(|error| DeliveryError {
                    kind: Failure::Transient,
                    code: None,
                    detail: format!("writing the mail into its folder: {}", error.kind()),
                }),
            Self::Memory(sent) => {
                let mut sent = sent.lock().unwrap_or_else(PoisonError::into_inner);
                sent.push(mail.clone());
                Ok(Accepted { code: None })
            }
        }
    }
}

/// Writes beside the final name and renames, so that nobody ever reads half a mail.
async fn write_file(folder: &Path, mail: &Outgoing) -> std::io::Result<Accepted> {
    crate::private_files::folder(folder)?;
    let name = file_name(mail);
    let unfinished = folder.join(format!(".{name}.part"));
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // A mail holds a name and a link that cancels: for the owner of the folder only.
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(&unfinished).await?;
    file.write_all(&mail.bytes).await?;
    file.sync_all().await?;
    drop(file);
    tokio::fs::rename(&unfinished, folder.join(&name)).await?;
    Ok(Accepted { code: None })
}

/// `{date}-{kind}-{message id}.eml`, in the order of time when sorted by name.
fn file_name(mail: &Outgoing) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '@');
    let id = mail.message_id.replace(|c| !safe(c), "_");
    let date = mail.date.format("%Y%m%dT%H%M%SZ");
    format!("{date}-{}-{id}.eml", mail.kind)
}

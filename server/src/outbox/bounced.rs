//! Mail that came back: read from a folder that the mail system writes to, and believed only where it fits what was sent.
//!
//! It may be a folder, or one mailbox file (mbox) that grows: of that, what was added since is read once, and nothing is moved.
//!
//! Promises: a report counts if it names a message of ours that was sent, and the address that the client gave; then the
//! message has failed, staff ring, and further mail to a bad address becomes a call too. What was read goes to `done`, what
//! is no report to `set-aside`, for a person; what could not be written down stays for the next round. Any number of workers
//! may look: each report takes effect once. One file never stops another. Files are to be moved into the folder whole, as
//! mail systems do; names that start with a dot are left alone.

use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::Courier;
use crate::booking::{Kind, address_key};
use crate::mail::bounce::{self, Fate, Origin, Report};
use crate::store::{OfferRow, OutboxRow, Records, Stored};

/// Most bytes of a file; a larger one is for a person.
const MOST_BYTES: u64 = 10 * 1024 * 1024;
/// Most files of one round.
const MOST_FILES: usize = 500;
/// Where a Maildir has what is new and what was seen.
const FOLDERS: [&str; 3] = ["", "new", "cur"];

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CameBack {
    /// Messages that are now known to have failed.
    pub messages: usize,
    /// Files for a person to look at.
    pub set_aside: usize,
}

/// How much of a mailbox file was read, and how long it was at the last look.
#[derive(Debug, Default)]
pub(super) struct MailboxRead {
    upto: u64,
    size: u64,
}

impl Courier {
    /// Reads what came back since, if there is a folder for it.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub async fn read_bounces(&self) -> io::Result<CameBack> {
        let mut done = CameBack::default();
        let Some(folder) = &self.bounces else {
            return Ok(done);
        };
        if tokio::fs::metadata(folder).await?.is_file() {
            return self.read_mailbox(folder).await;
        }
        for file in files(folder).await? {
            match self.read_file(&file).await {
                Ok(Some(messages)) => {
                    done.messages += messages;
                    put(&file, folder, "done").await?;
                }
                Ok(None) => {
                    done.set_aside += 1;
                    put(&file, folder, "set-aside").await?;
                }
                // Another worker was first, or the database does not answer: the file stays.
                Err(error) => tracing::warn!(%error, "a returned mail is left for later"),
            }
        }
        Ok(done)
    }

    /// What was added to a mailbox file since the last round. After a restart it is read from its beginning: a report
    /// takes effect once, however often it is read. What another program is still writing is left for the next round.
    async fn read_mailbox(&self, file: &Path) -> io::Result<CameBack> {
        let mut read = self.mailbox_read.lock().await;
        let size = tokio::fs::metadata(file).await?.len();
        if size < read.upto {
            // Emptied, or another file by now.
            *read = MailboxRead::default();
        }
        let growing = size != std::mem::replace(&mut read.size, size);
        if size == read.upto || growing {
            return Ok(CameBack::default());
        }
        let bytes = tokio::fs::read(file).await?;
        let from = usize::try_from(read.upto)
            .unwrap_or(usize::MAX)
            .min(bytes.len());
        let added = bytes[from..].to_vec();
        let upto = read.upto + u64::try_from(added.len()).unwrap_or(0);
        let reports = tokio::task::spawn_blocking(move || bounce::read(&added)).await;
        let mut done = CameBack::default();
        for report in reports.unwrap_or_default().into_iter().flatten() {
            let failed = self.came_back(&report).await;
            done.messages += usize::from(failed.map_err(io::Error::other)?);
        }
        read.upto = upto;
        Ok(done)
    }

    /// How many messages failed by this file; `None` if it is for a person.
    async fn read_file(&self, file: &Path) -> io::Result<Option<usize>> {
        if tokio::fs::metadata(file).await?.len() > MOST_BYTES {
            return Ok(None);
        }
        let bytes = tokio::fs::read(file).await?;
        // A task of its own: what panics over one file must not take the others along.
        let read = tokio::task::spawn_blocking(move || bounce::read(&bytes)).await;
        let Ok(reports) = read else {
            return Ok(None);
        };
        let all = !reports.is_empty() && reports.iter().all(Option::is_some);
        let mut messages = 0;
        for report in reports.into_iter().flatten() {
            let failed = self.came_back(&report).await;
            messages += usize::from(failed.map_err(io::Error::other)?);
        }
        Ok(all.then_some(messages))
    }

    /// Writes down what a report says: false if it says nothing new of anything we sent.
    async fn came_back(&self, report: &Report) -> Stored<bool> {
        let Some(origin) = Origin::parse(&report.message_id, self.sender.host()) else {
            return Ok(false);
        };
        let now = self.context.now();
        let mut tx = self.context.store.write().await?;
        let Some(message) = sent(&mut *tx, &origin).await? else {
            return Ok(false);
        };
        let address = address_on_record(&mut *tx, &message).await?;
        let Some(fate) = address
            .as_deref()
            .and_then(|address| fate_of(report, address))
        else {
            return Ok(false);
        };
        let reason = format!("it came back: {}", fate.status);
        if !tx.came_back(message.id, &reason, now.timestamp()).await? {
            return Ok(false);
        }
        if let (true, Some(address)) = (fate.is_dead(), address.as_deref()) {
            let key = address_key(&self.context, address)?;
            tx.put_dead(&key, &fate.status, now.timestamp()).await?;
        }
        tracing::warn!(message = %message.id, kind = message.kind, status = fate.status, "mail came back");
        if still_matters(&message, &mut *tx, now).await? {
            self.ring_instead(&mut *tx, &message, now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

/// The fate of this address, if it is final.
fn fate_of<'a>(report: &'a Report, address: &str) -> Option<&'a Fate> {
    let own = |fate: &&Fate| {
        let mut all = fate.addresses.iter();
        all.any(|one| one.eq_ignore_ascii_case(address.trim()))
    };
    let mut fates = report.fates.iter().filter(|fate| fate.is_final());
    fates.find(own)
}

/// The message that was sent under this Message-ID. A time that was moved before staff had cleared it is told in the words
/// of a request.
async fn sent(tx: &mut dyn Records, origin: &Origin) -> Stored<Option<OutboxRow>> {
    let version = (origin.sequence, origin.part);
    let own = origin.kind.replace('-', "_");
    for kind in [own.as_str(), Kind::Change.as_str()] {
        let Some(id) = tx.sent_message(kind, origin.subject, version).await? else {
            continue;
        };
        let to_staff = tx.message_staff(id).await?.is_some();
        let appointment = tx.appointment(origin.subject).await?;
        let place = tx.waiting(origin.subject).await?;
        let subject = |is: bool| is.then_some(origin.subject);
        return Ok(Some(OutboxRow {
            id,
            kind: kind.to_owned(),
            appointment_id: subject(appointment.is_some()),
            request_id: subject(appointment.is_none() && place.is_none() && !to_staff),
            waiting_id: place.map(|place| place.id),
            sequence: origin.sequence,
            part: origin.part,
            attempts: 0,
            created_at: 0,
        }));
    }
    Ok(None)
}

async fn address_on_record(tx: &mut dyn Records, message: &OutboxRow) -> Stored<Option<String>> {
    if let Some(id) = message.waiting_id {
        return Ok(tx.waiting(id).await?.and_then(|row| row.email));
    }
    match (message.appointment_id, message.request_id) {
        (Some(id), _) => Ok(tx.appointment(id).await?.and_then(|row| row.email)),
        (None, Some(id)) => Ok(tx.request(id).await?.and_then(|row| row.email)),
        (None, None) => match tx.message_staff(message.id).await? {
            Some(staff) => Ok(tx.staff(staff).await?.map(|row| row.email)),
            None => Ok(None),
        },
    }
}

/// Nobody is rung about how it was, nor about an appointment that was changed since, which has been told anew, or is over.
async fn still_matters(
    message: &OutboxRow,
    tx: &mut dyn Records,
    now: DateTime<Utc>,
) -> Stored<bool> {
    let kind = Kind::from_name(&message.kind);
    if let Some(place) = message.waiting_id {
        // Of an offer that is over nobody has to be rung; that they are on the list they saw when they joined.
        let offers = tx.offers_to(place).await?;
        let open = |one: &OfferRow| {
            one.number == message.sequence
                && one.state == "open"
                && one.kept_until > now.timestamp()
        };
        return Ok(matches!(kind, Some(Kind::ListEnded | Kind::Link))
            || (kind == Some(Kind::Offer) && offers.iter().any(open)));
    }
    let Some(id) = message.appointment_id else {
        return Ok(true);
    };
    let Some(row) = tx.appointment(id).await? else {
        return Ok(false);
    };
    let current = row.sequence == message.sequence || kind == Some(Kind::Link);
    let ahead = row.starts_at > now.timestamp();
    Ok(kind != Some(Kind::Feedback) && current && (ahead || kind == Some(Kind::Missed)))
}

async fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for part in FOLDERS {
        let mut entries = match tokio::fs::read_dir(folder.join(part)).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !part.is_empty() => continue,
            Err(error) => return Err(error),
        };
        while let Some(entry) = entries.next_entry().await? {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if !hidden && entry.file_type().await?.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found.truncate(MOST_FILES);
    Ok(found)
}

/// Moves a file into a folder beside. Another worker may have done so already.
async fn put(file: &Path, folder: &Path, into: &str) -> io::Result<()> {
    let into = folder.join(into);
    tokio::fs::create_dir_all(&into).await?;
    let name = file.file_name().unwrap_or_default();
    match tokio::fs::rename(file, into.join(name)).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

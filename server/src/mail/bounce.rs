//! What a mail server says when a mail could not be delivered (RFC 3464), read without trust: anybody can send one.
//!
//! Promises: whatever the bytes are, an answer and no panic; nothing of the mail is repeated. Does not decide whether the
//! report is true: that is for whoever knows what was sent.

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};
use uuid::Uuid;

/// Most recipients of one report that are looked at; a mail of ours has one.
const MOST_RECIPIENTS: usize = 20;

/// What became of one recipient.
#[derive(Clone, PartialEq, Eq)]
pub struct Fate {
    /// The addresses it is about: the one that failed, and the one that was written to first where that is told.
    pub addresses: Vec<String>,
    /// RFC 3463, such as `5.1.1`; empty if none was told.
    pub status: String,
    /// It will never arrive: not delayed, relayed or delivered.
    pub failed: bool,
}

impl Fate {
    /// Whether it failed for good.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.failed && self.status.starts_with("5.")
    }

    /// Whether the address itself is the trouble (RFC 3463: bad or disabled), or nothing more was told: the next mail would
    /// come back too. A full mailbox or a refused text says nothing of the next.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.is_final()
            && (self.status.starts_with("5.1.") || ["5.0.0", "5.2.1"].contains(&&*self.status))
    }
}

/// One report.
#[derive(Clone, PartialEq, Eq)]
pub struct Report {
    /// The `Message-ID` of the mail that came back, without brackets.
    pub message_id: String,
    /// What became of its recipients.
    pub fates: Vec<Fate>,
}

/// A mail of ours, as its Message-ID tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The kind, by its name in mails.
    pub kind: String,
    /// The appointment or request.
    pub subject: Uuid,
    /// How often that had changed.
    pub sequence: i64,
    /// Which of several of one kind.
    pub part: i64,
}

impl Origin {
    /// Reads `{kind}.{id}.{sequence}[.{part}]@{host}` if it is of this host.
    #[must_use]
    pub fn parse(message_id: &str, host: &str) -> Option<Self> {
        let (local, of) = message_id.rsplit_once('@')?;
        if !of.eq_ignore_ascii_case(host) {
            return None;
        }
        let mut fields = local.split('.');
        let kind = fields.next().filter(|kind| !kind.is_empty())?.to_owned();
        let subject = Uuid::try_parse(fields.next()?).ok()?;
        let sequence = fields.next()?.parse().ok()?;
        let part = fields.next().map_or(Some(0), |part| part.parse().ok())?;
        fields.next().is_none().then_some(Self {
            kind,
            subject,
            sequence,
            part,
        })
    }
}

/// The reports in a file: one mail, or a mailbox of several. `None` for a mail that is no report, or that cannot be read.
#[must_use]
pub fn read(file: &[u8]) -> Vec<Option<Report>> {
    if !file.starts_with(b"From ") {
        return vec![report(file)];
    }
    MessageIterator::new(file)
        .map(|mail| mail.ok().and_then(|mail| report(mail.contents())))
        .collect()
}

fn report(mail: &[u8]) -> Option<Report> {
    let mail = MessageParser::default().parse(mail)?;
    let mut fates = Vec::new();
    let mut message_id = None;
    for part in &mail.parts {
        let Some(kind) = part.content_type() else {
            continue;
        };
        match (kind.ctype(), kind.subtype().unwrap_or_default()) {
            (of, "delivery-status" | "global-delivery-status") if is("message", of) => {
                fates.extend(recipients(&String::from_utf8_lossy(part.contents())));
            }
            (of, "rfc822-headers" | "global-headers") if is("text", of) => {
                message_id = MessageParser::default()
                    .parse(part.contents())
                    .and_then(|headers| own_id(&headers))
                    .or(message_id);
            }
            _ => {
                if let PartType::Message(returned) = &part.body {
                    message_id = own_id(returned).or(message_id);
                }
            }
        }
    }
    fates.truncate(MOST_RECIPIENTS);
    let message_id = message_id?;
    (!fates.is_empty()).then_some(Report { message_id, fates })
}

fn is(kind: &str, of: &str) -> bool {
    of.eq_ignore_ascii_case(kind)
}

fn own_id(mail: &Message<'_>) -> Option<String> {
    mail.message_id().map(str::to_owned)
}

/// The recipients of a `message/delivery-status`: groups of fields with empty lines between them, the first of which is
/// about the whole.
fn recipients(status: &str) -> Vec<Fate> {
    let lines = status
        .replace("\r\n", "\n")
        .replace("\n ", " ")
        .replace("\n\t", " ");
    lines.split("\n\n").filter_map(fate).collect()
}

fn fate(group: &str) -> Option<Fate> {
    let mut addresses = Vec::new();
    let (mut status, mut failed) = (String::new(), None);
    for (name, value) in group.lines().filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "final-recipient" | "original-recipient" => addresses.extend(address(value)),
            "action" => failed = Some(is("failed", value)),
            "status" => status = code(value),
            _ => {}
        }
    }
    (!addresses.is_empty()).then_some(Fate {
        addresses,
        status,
        failed: failed?,
    })
}

/// `rfc822;name@example.org`
fn address(value: &str) -> Option<String> {
    let (kind, address) = value.split_once(';')?;
    let address = address.trim().trim_matches(['<', '>']);
    let known = is("rfc822", kind.trim()) || is("utf-8", kind.trim());
    (known && address.contains('@') && address.len() <= 320).then(|| address.to_lowercase())
}

/// `5.1.1 (bad mailbox)` as `5.1.1`; empty if it is no such code.
fn code(value: &str) -> String {
    let code = value.split_whitespace().next().unwrap_or_default();
    let fields: Vec<&str> = code.split('.').collect();
    let number = |field: &&str| {
        (1..=3).contains(&field.len()) && field.bytes().all(|byte| byte.is_ascii_digit())
    };
    if fields.len() == 3 && fields.iter().all(number) {
        code.to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: &str = "reminder.01935d3e-2c00-7000-8000-000000000001.0.5@clinics.example.org";

    fn mail(status: &str, returned: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example\r\nTo: clinics@example.org\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\n{status}\r\n\
             --b\r\n{returned}\r\n--b--\r\n"
        )
    }

    fn headers() -> String {
        format!("Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{ID}>\r\nSubject: x\r\n")
    }

    fn whole() -> String {
        format!(
            "Content-Type: message/rfc822\r\n\r\nFrom: clinics@example.org\r\nMessage-ID: <{ID}>\r\nSubject: x\r\n\r\nHello.\r\n"
        )
    }

    const FAILED: &str = "Reporting-MTA: dns; mx.example\r\n\r\nOriginal-Recipient: rfc822;Amina@example.org\r\n\
        Final-Recipient: rfc822; amina@host.example\r\nAction: failed\r\nStatus: 5.1.1 (no such user)\r\n\
        Diagnostic-Code: smtp; 550 5.1.1\r\n  no such user\r\n";

    #[test]
    fn what_was_returned_and_for_whom_is_read_with_headers_or_with_the_whole_mail() {
        for returned in [headers(), whole()] {
            let found = read(mail(FAILED, &returned).as_bytes());
            let report = found[0].as_ref().expect("a report");
            assert_eq!(report.message_id, ID);
            let fate = &report.fates[0];
            assert_eq!(fate.addresses, ["amina@example.org", "amina@host.example"]);
            assert_eq!(fate.status, "5.1.1");
            assert!(fate.is_final() && fate.is_dead());
        }
    }

    #[test]
    fn delayed_delivered_and_passing_trouble_are_not_the_end_of_an_address() {
        for (action, status, is_final, dead) in [
            ("delayed", "4.4.1", false, false),
            ("delivered", "2.0.0", false, false),
            ("failed", "4.2.2", false, false),
            ("failed", "5.2.2", true, false),
            ("failed", "5.7.1", true, false),
            ("Failed", "5.2.1", true, true),
            ("failed", "not a code", false, false),
        ] {
            let text = format!(
                "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.example\nAction: {action}\nStatus: {status}\n"
            );
            let fates = recipients(&text);
            assert_eq!(
                (fates[0].is_final(), fates[0].is_dead()),
                (is_final, dead),
                "{action} {status}"
            );
        }
    }

    #[test]
    fn a_mailbox_of_several_is_read_one_by_one() {
        let one = mail(FAILED, &headers()).replace("\r\n", "\n");
        let file = format!(
            "From x Thu Nov 26 10:00:00 2026\n{one}\nFrom y Thu Nov 26 10:00:01 2026\nSubject: hello\n\nNo report.\n"
        );
        let found = read(file.as_bytes());
        assert_eq!(found.len(), 2);
        assert!(found[0].is_some() && found[1].is_none());
    }

    #[test]
    fn only_a_message_id_of_ours_has_an_origin() {
        let host = "clinics.example.org";
        let origin = Origin::parse(ID, host).expect("ours");
        assert_eq!(
            (origin.kind.as_str(), origin.sequence, origin.part),
            ("reminder", 0, 5)
        );
        let id = "01935d3e-2c00-7000-8000-000000000001";
        assert!(Origin::parse(&format!("change.{id}.2@{host}"), host).is_some());
        for wrong in [
            format!("change.{id}.2@other.example"),
            format!("change.{id}@{host}"),
            format!("change.{id}.2.3.4@{host}"),
            format!("change.{id}.x@{host}"),
            format!(".{id}.2@{host}"),
            format!("change.no-id.2@{host}"),
            String::new(),
        ] {
            assert_eq!(Origin::parse(&wrong, host), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            prop_assert!(read(&bytes).len() <= bytes.len() + 1);
            let mut mailbox = b"From x\n".to_vec();
            mailbox.extend(&bytes);
            prop_assert!(read(&mailbox).len() <= mailbox.len());
        }

        #[test]
        fn a_report_that_was_damaged_on_the_way_is_answered_without_a_panic(
            at in 0_usize..900, length in 0_usize..300, put in proptest::collection::vec(any::<u8>(), 0..40), is_whole: bool,
        ) {
            let mut bytes = mail(FAILED, &if is_whole { whole() } else { headers() }).into_bytes();
            let start = at.min(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, put);
            for report in read(&bytes).into_iter().flatten() {
                prop_assert!(report.fates.iter().all(|fate| fate.status.len() <= 11));
            }
        }

        #[test]
        fn any_status_text_is_answered_without_a_panic(text in "(Final-Recipient|Action|Status|[a-z]{0,3})?:?[ -~\\n]{0,200}") {
            prop_assert!(recipients(&text).len() <= text.len() + 1);
        }
    }
}

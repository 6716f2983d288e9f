//! Who mails come from: the name and address of the service, never of a clinic or a person.

use lettre::message::Mailbox;

use crate::config::Config;

/// What the configuration says about mail.
#[derive(Debug, Clone, Default)]
pub struct SenderSettings {
    /// `MAIL_FROM`: an address, or a name and an address, `Met Lab Clinics <clinics@example.org>`.
    pub mail_from: String,
    /// Where answers go; `MAIL_FROM` if not given. A person has to read it.
    pub reply_to: Option<String>,
    /// Whether anybody reads what is sent to that address. Mails ask for replies only then.
    pub replies_are_read: bool,
    /// Host of the public address, used in Message-IDs and calendar UIDs. It must not change
    /// between two mails about one appointment.
    pub host: String,
    /// The name of the service, used as the sender's name where `MAIL_FROM` has none.
    pub site_name: String,
    /// Telephone of the front desk as shown; empty if none is set.
    pub telephone: String,
    /// When it is answered; may be empty.
    pub telephone_hours: String,
}

impl SenderSettings {
    /// The settings of this installation.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self {
            mail_from: config.mail.from.to_string(),
            reply_to: None,
            replies_are_read: config.mail.from_given,
            host: config.listen.public_url.host().to_owned(),
            site_name: config.site.name.clone(),
            telephone: config.site.telephone.clone(),
            telephone_hours: config.site.telephone_hours.clone(),
        }
    }
}

/// Settings that no mail can be sent with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SenderError {
    /// `MAIL_FROM` (or the address for answers) is not a mail address.
    #[error("`{0}` is not a mail address; expected one like `Name <name@example.org>`")]
    Address(String),
    /// The host cannot stand in a Message-ID.
    #[error("`{0}` is not a host name")]
    Host(String),
}

/// Settings that have been checked.
#[derive(Debug, Clone)]
pub struct Sender {
    pub(super) from: Mailbox,
    pub(super) reply_to: Mailbox,
    pub(super) replies_are_read: bool,
    pub(super) host: String,
    pub(super) site_name: String,
    pub(super) telephone: String,
    pub(super) telephone_hours: String,
}

impl Sender {
    /// Checks the settings once, at start-up.
    pub fn new(settings: SenderSettings) -> Result<Self, SenderError> {
        let mut from = mailbox(&settings.mail_from)?;
        // People trust a mail that says who sent it; a bare address does not.
        from.name.get_or_insert_with(|| settings.site_name.clone());
        let reply_to = match &settings.reply_to {
            Some(address) => mailbox(address)?,
            None => from.clone(),
        };
        if !is_host(&settings.host) {
            return Err(SenderError::Host(settings.host));
        }
        Ok(Self {
            from,
            reply_to,
            replies_are_read: settings.replies_are_read,
            host: settings.host,
            site_name: settings.site_name,
            telephone: settings.telephone,
            telephone_hours: settings.telephone_hours,
        })
    }
}

impl Sender {
    /// The host in Message-IDs.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }
}

fn mailbox(text: &str) -> Result<Mailbox, SenderError> {
    text.parse()
        .map_err(|_| SenderError::Address(text.to_owned()))
}

/// A name, or an address such as `127.0.0.1` or `[::1]` on somebody's own machine.
fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '[' | ']' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(mail_from: &str) -> SenderSettings {
        SenderSettings {
            mail_from: mail_from.to_owned(),
            host: "clinics.example.org".to_owned(),
            site_name: "Met Lab Clinics".to_owned(),
            ..SenderSettings::default()
        }
    }

    #[test]
    fn a_bare_address_is_sent_under_the_name_of_the_service() {
        let sender = Sender::new(settings("clinics@example.org")).unwrap();
        assert_eq!(
            sender.from.to_string(),
            "Met Lab Clinics <clinics@example.org>"
        );
        let named = Sender::new(settings("Front desk <clinics@example.org>")).unwrap();
        assert_eq!(named.from.to_string(), "Front desk <clinics@example.org>");
    }

    #[test]
    fn wrong_settings_are_named() {
        assert_eq!(
            Sender::new(settings("nobody")).err(),
            Some(SenderError::Address("nobody".to_owned()))
        );
        let mut bad = settings("clinics@example.org");
        bad.host = "a b>".to_owned();
        assert_eq!(
            Sender::new(bad).err(),
            Some(SenderError::Host("a b>".to_owned()))
        );
    }
}

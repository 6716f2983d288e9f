//! `SMTP_URL`: which mail server, how it is encrypted, who we are to it.

use secrecy::SecretString;
use url::Url;

/// How the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte (`smtps://`).
    FromTheStart,
    /// With STARTTLS, or not at all.
    Required,
    /// With STARTTLS where the server offers it. No password is sent where it does not.
    Opportunistic,
    /// Never: for a mail server on the same machine or a private network.
    None,
}

/// A wrong `SMTP_URL`. Its words never repeat the value, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0}; expected smtp://user:password@host:port?tls=required|opportunistic|none, or smtps://user:password@host:port"
)]
pub struct SmtpUrlError(String);

/// A mail server.
#[derive(Debug, Clone)]
pub struct SmtpUrl {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Encryption.
    pub tls: Tls,
    /// Name and password to sign in with.
    pub credentials: Option<(String, SecretString)>,
}

impl SmtpUrl {
    /// Reads the value. Without `tls`, encryption is required unless the server is on this machine.
    /// Without a port it is 465 from the start, 587 with STARTTLS, 25 without.
    pub fn parse(text: &str) -> Result<Self, SmtpUrlError> {
        let url = Url::parse(text).map_err(|error| SmtpUrlError(error.to_string()))?;
        let host = match url.host_str() {
            Some(host) if !host.is_empty() => host.trim_matches(['[', ']']).to_owned(),
            _ => return Err(SmtpUrlError("it names no host".to_owned())),
        };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(SmtpUrlError("it has a path".to_owned()));
        }
        let tls = tls(&url, &host)?;
        let port = url.port().unwrap_or(match tls {
            Tls::FromTheStart => 465,
            Tls::Required | Tls::Opportunistic => 587,
            Tls::None => 25,
        });
        let credentials = credentials(&url)?;
        Ok(Self {
            host,
            port,
            tls,
            credentials,
        })
    }
}

fn tls(url: &Url, host: &str) -> Result<Tls, SmtpUrlError> {
    let mut asked = None;
    for (name, value) in url.query_pairs() {
        if name != "tls" {
            return Err(SmtpUrlError(format!("it has an unknown setting `{name}`")));
        }
        asked = Some(value.into_owned());
    }
    match (url.scheme(), asked.as_deref()) {
        ("smtps", None) => Ok(Tls::FromTheStart),
        ("smtps", Some(_)) => Err(SmtpUrlError("smtps:// takes no `tls`".to_owned())),
        ("smtp", Some("opportunistic")) => Ok(Tls::Opportunistic),
        ("smtp", Some("none")) => Ok(Tls::None),
        ("smtp", None) if is_this_machine(host) => Ok(Tls::None),
        ("smtp", Some("required") | None) => Ok(Tls::Required),
        ("smtp", Some(other)) => Err(SmtpUrlError(format!("`tls={other}` is unknown"))),
        (scheme, _) => Err(SmtpUrlError(format!("`{scheme}://` is not a mail server"))),
    }
}

fn is_this_machine(host: &str) -> bool {
    let loopback = |address: std::net::IpAddr| address.is_loopback();
    host == "localhost" || host.parse().is_ok_and(loopback)
}

fn credentials(url: &Url) -> Result<Option<(String, SecretString)>, SmtpUrlError> {
    let decoded = |text: &str| {
        percent_decoded(text)
            .ok_or_else(|| SmtpUrlError("its name or password is not UTF-8".to_owned()))
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (user, Some(password)) if !user.is_empty() => Ok(Some((
            decoded(user)?,
            SecretString::from(decoded(password)?),
        ))),
        _ => Err(SmtpUrlError(
            "it has a name without a password, or the other way round".to_owned(),
        )),
    }
}

/// `%40` to `@`. A plus sign stays one: this is not a form.
fn percent_decoded(text: &str) -> Option<String> {
    let text = text.replace('+', "%2B");
    let pair = format!("v={text}").replace('&', "%26");
    let (_, value) = url::form_urlencoded::parse(pair.as_bytes()).next()?;
    // The parser puts U+FFFD for bytes that are no UTF-8.
    (!value.contains('\u{fffd}')).then(|| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret as _;

    #[test]
    fn encryption_is_required_unless_asked_otherwise_or_on_this_machine() {
        for (text, tls, port) in [
            ("smtp://mail.example.org", Tls::Required, 587),
            ("smtp://mail.example.org?tls=required", Tls::Required, 587),
            (
                "smtp://mail.example.org?tls=opportunistic",
                Tls::Opportunistic,
                587,
            ),
            ("smtp://mail.example.org?tls=none", Tls::None, 25),
            ("smtp://mail.example.org:2525/?tls=none", Tls::None, 2525),
            ("smtps://mail.example.org", Tls::FromTheStart, 465),
            ("smtp://127.0.0.1:1025", Tls::None, 1025),
            ("smtp://[::1]:1025", Tls::None, 1025),
            ("smtp://localhost", Tls::None, 25),
            ("smtp://localhost?tls=required", Tls::Required, 587),
        ] {
            let url = SmtpUrl::parse(text).unwrap();
            assert_eq!((url.tls, url.port), (tls, port), "{text}");
            assert!(url.credentials.is_none());
        }
    }

    #[test]
    fn a_password_may_hold_any_sign() {
        let url = SmtpUrl::parse("smtp://post%40example.org:p%40ss+w%2Frd%26%25@mail.example.org")
            .unwrap();
        let (user, password) = url.credentials.unwrap();
        assert_eq!(user, "post@example.org");
        assert_eq!(password.expose_secret(), "p@ss+w/rd&%");
    }

    #[test]
    fn a_wrong_value_is_explained_and_no_password_is_repeated() {
        for (text, reason) in [
            ("mail.example.org", "relative URL without a base"),
            (
                "http://u:hunter2@mail.example.org",
                "`http://` is not a mail server",
            ),
            (
                "smtp://u:hunter2@mail.example.org?tls=yes",
                "`tls=yes` is unknown",
            ),
            (
                "smtp://u:hunter2@mail.example.org?ssl=1",
                "it has an unknown setting `ssl`",
            ),
            (
                "smtps://u:hunter2@mail.example.org?tls=none",
                "smtps:// takes no `tls`",
            ),
            (
                "smtp://u@mail.example.org",
                "it has a name without a password",
            ),
            ("smtp://u:hunter2@mail.example.org/hello", "it has a path"),
            ("smtp:", "it names no host"),
        ] {
            let error = SmtpUrl::parse(text).unwrap_err().to_string();
            assert!(error.starts_with(reason), "{text}: {error}");
            assert!(error.contains("expected smtp://"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
        let url = SmtpUrl::parse("smtps://u:hunter2@mail.example.org").unwrap();
        assert!(!format!("{url:?}").contains("hunter2"));
    }
}

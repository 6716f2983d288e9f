//! Delivery to a mail server.
//!
//! Promises: a mail counts as taken only after the server has answered 2xx to its last line. What
//! the server says about us (connecting, signing in, our own address) is transient however firmly
//! it says it: it is put right by an operator and is no reason to give up on a person. Only a 5xx
//! about the recipient or the mail itself is permanent.
//!
//! Connections are kept here rather than in lettre's pool. lettre 0.11.23 has no timeout after
//! the connection is made, and a delivery that is given up from outside goes back into its pool in
//! mid-conversation, where the late answer to one mail would be read as the answer to the next.
//! Here a connection is kept only after a conversation that came to its end.

use std::fmt;
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Noop, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use secrecy::ExposeSecret as _;
use tokio::net::TcpStream;

use super::compose::Outgoing;
use super::smtp_url::{SmtpUrl, Tls};
use super::transport::{Accepted, DeliveryError, Failure};

/// How long the server may take over one step.
const STEP: Duration = Duration::from_secs(15);

/// The last answer may take longer, in steps: servers look for viruses before it, and a mail given
/// up too early arrives twice (RFC 5321, 4.5.3.2.6, asks for ten minutes).
const LAST_STEPS: u32 = 4;

/// Steps of one delivery other than the last: a look at an old connection, connecting, STARTTLS,
/// signing in, sender, recipient, DATA, and starting over after a refusal.
const OTHER_STEPS: u32 = 8;

/// Connections kept open between mails.
const KEPT: usize = 4;

/// Where in the conversation something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Connect,
    Encrypt,
    SignIn,
    Sender,
    Recipient,
    Content,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connecting to the mail server",
            Self::Encrypt => "encrypting the connection",
            Self::SignIn => "signing in to the mail server",
            Self::Sender => "giving the sender",
            Self::Recipient => "giving the recipient",
            Self::Content => "giving the mail",
        })
    }
}

/// A mail server and the connections to it.
pub struct Smtp {
    server: SmtpUrl,
    hello: ClientId,
    tls: Option<TlsParameters>,
    step: Duration,
    kept: Mutex<Vec<AsyncSmtpConnection>>,
}

impl Smtp {
    /// Reads the machine's certificates, but does not connect yet.
    pub fn new(server: SmtpUrl) -> Result<Self, DeliveryError> {
        let tls = match server.tls {
            Tls::None => None,
            _ => Some(
                TlsParameters::new(server.host.clone())
                    .map_err(|error| failed(Step::Encrypt, &error))?,
            ),
        };
        Ok(Self {
            server,
            hello: ClientId::default(),
            tls,
            step: STEP,
            kept: Mutex::default(),
        })
    }

    /// The same with another time for each step, for tests.
    #[must_use]
    pub fn with_step(mut self, step: Duration) -> Self {
        self.step = step;
        self
    }

    /// The longest that [`Smtp::deliver`] can take. Whoever claims a mail for delivery keeps the
    /// claim longer than this, or a second worker sends it too.
    #[must_use]
    pub fn longest_delivery(&self) -> Duration {
        self.step * (OTHER_STEPS + LAST_STEPS)
    }

    /// Connects and signs in, sending nothing: what `doctor` asks.
    pub async fn check(&self) -> Result<(), DeliveryError> {
        let connection = self.connect().await?;
        self.keep(connection);
        Ok(())
    }

    /// Hands one mail over.
    pub async fn deliver(&self, mail: &Outgoing) -> Result<Accepted, DeliveryError> {
        let mut connection = self.connection().await?;
        let outcome = self.hand_over(&mut connection, mail).await;
        let in_step = match &outcome {
            Ok(_) => true,
            // After a refusal the conversation can start over; after silence or 421 it cannot.
            Err(error) if matches!(error.code, Some(code) if code != 421) => self
                .within(Step::Sender, connection.command(Rset))
                .await
                .is_ok(),
            Err(_) => false,
        };
        if in_step {
            self.keep(connection);
        }
        outcome
    }

    async fn hand_over(
        &self,
        connection: &mut AsyncSmtpConnection,
        mail: &Outgoing,
    ) -> Result<Accepted, DeliveryError> {
        let sender = Mail::new(mail.envelope.from().cloned(), parameters(connection, mail)?);
        self.within(Step::Sender, connection.command(sender))
            .await?;
        for address in mail.envelope.to() {
            let recipient = Rcpt::new(address.clone(), Vec::new());
            self.within(Step::Recipient, connection.command(recipient))
                .await?;
        }
        self.within(Step::Content, connection.command(Data)).await?;
        let patience = self.step * LAST_STEPS;
        let answer = limit(Step::Content, patience, connection.message(&mail.bytes)).await?;
        accepted(&answer)
    }

    /// A kept connection that still answers, or a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, DeliveryError> {
        let kept = self.kept().pop();
        if let Some(mut connection) = kept
            && self
                .within(Step::Connect, connection.command(Noop))
                .await
                .is_ok()
        {
            return Ok(connection);
        }
        self.connect().await
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, DeliveryError> {
        let address = (self.server.host.as_str(), self.server.port);
        let mut connection = if self.server.tls == Tls::FromTheStart {
            let tls = self.tls.clone();
            let connecting =
                AsyncSmtpConnection::connect_tokio1(address, None, &self.hello, tls, None);
            self.within(Step::Connect, connecting).await?
        } else {
            let stream = self.dial(address).await?;
            let hello = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello);
            self.within(Step::Connect, hello).await?
        };
        self.encrypt(&mut connection).await?;
        self.sign_in(&mut connection).await?;
        Ok(connection)
    }

    /// A mail ends with a small piece, which must not wait until the other side has acknowledged what came before it.
    async fn dial(&self, address: (&str, u16)) -> Result<TcpStream, DeliveryError> {
        let failed = |reason: String| DeliveryError {
            kind: Failure::Transient,
            code: None,
            detail: format!("{}: {reason}", Step::Connect),
        };
        let stream = tokio::time::timeout(self.step, TcpStream::connect(address))
            .await
            .map_err(|_| failed(format!("no answer within {} s", self.step.as_secs_f32())))?
            .map_err(|error| failed(error.to_string()))?;
        stream
            .set_nodelay(true)
            .map_err(|error| failed(error.to_string()))?;
        Ok(stream)
    }

    async fn encrypt(&self, connection: &mut AsyncSmtpConnection) -> Result<(), DeliveryError> {
        let wanted = match self.server.tls {
            Tls::Required => true,
            Tls::Opportunistic => connection.can_starttls(),
            Tls::FromTheStart | Tls::None => false,
        };
        match &self.tls {
            Some(tls) if wanted => {
                let starting = connection.starttls(tls.clone(), &self.hello);
                self.within(Step::Encrypt, starting).await
            }
            _ => Ok(()),
        }
    }

    async fn sign_in(&self, connection: &mut AsyncSmtpConnection) -> Result<(), DeliveryError> {
        let Some((user, password)) = &self.server.credentials else {
            return Ok(());
        };
        if self.server.tls == Tls::Opportunistic && !connection.is_encrypted() {
            return Err(DeliveryError {
                kind: Failure::Transient,
                code: None,
                detail: format!("{}: it offers no encryption for the password", Step::SignIn),
            });
        }
        let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
        let signing = connection.auth(DEFAULT_MECHANISMS, &credentials);
        self.within(Step::SignIn, signing).await.map(drop)
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut kept = self.kept();
        if kept.len() < KEPT {
            kept.push(connection);
        }
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn within<T>(
        &self,
        step: Step,
        conversation: impl Future<Output = Result<T, SmtpError>>,
    ) -> Result<T, DeliveryError> {
        limit(step, self.step, conversation).await
    }
}

async fn limit<T>(
    step: Step,
    patience: Duration,
    conversation: impl Future<Output = Result<T, SmtpError>>,
) -> Result<T, DeliveryError> {
    match tokio::time::timeout(patience, conversation).await {
        Ok(outcome) => outcome.map_err(|error| failed(step, &error)),
        Err(_) => Err(DeliveryError {
            kind: Failure::Transient,
            code: None,
            detail: format!("{step}: no answer within {} s", patience.as_secs_f32()),
        }),
    }
}

fn parameters(
    connection: &AsyncSmtpConnection,
    mail: &Outgoing,
) -> Result<Vec<MailParameter>, DeliveryError> {
    if mail.to.is_ascii() {
        return Ok(Vec::new());
    }
    if connection
        .server_info()
        .supports_feature(Extension::SmtpUtfEight)
    {
        return Ok(vec![MailParameter::SmtpUtfEight]);
    }
    Err(DeliveryError {
        kind: Failure::Permanent,
        code: None,
        detail: format!(
            "{}: the address has letters that the mail server cannot take",
            Step::Recipient
        ),
    })
}

fn accepted(answer: &Response) -> Result<Accepted, DeliveryError> {
    let code = u16::from(answer.code());
    if (200..300).contains(&code) {
        return Ok(Accepted { code: Some(code) });
    }
    // 3xx: the server wants more, so it has not taken the mail.
    Err(DeliveryError {
        kind: Failure::Transient,
        code: Some(code),
        detail: format!("{}: answered {code} at its end", Step::Content),
    })
}

/// What went wrong, in our own words: a server's answer repeats the address it is about.
fn failed(step: Step, error: &SmtpError) -> DeliveryError {
    let code = error.status().map(u16::from);
    let about_the_mail = matches!(step, Step::Recipient | Step::Content);
    let kind = if error.is_permanent() && about_the_mail {
        Failure::Permanent
    } else {
        Failure::Transient
    };
    let reason = match code {
        Some(code) => match enhanced_code(error) {
            Some(enhanced) => format!("answered {code} {enhanced}"),
            None => format!("answered {code}"),
        },
        None if error.is_response() => "the server hung up or did not speak SMTP".to_owned(),
        // From this machine's network, TLS or lettre itself: nothing the server wrote.
        None => error.to_string(),
    };
    DeliveryError {
        kind,
        code,
        detail: format!("{step}: {reason}"),
    }
}

/// The status code of RFC 3463 that starts an answer, such as `5.1.1`.
fn enhanced_code(error: &SmtpError) -> Option<String> {
    let answer = std::error::Error::source(error)?.to_string();
    let word = answer.split_whitespace().next()?;
    let parts: Vec<&str> = word.split('.').collect();
    let digits = |part: &&str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    (parts.len() == 3 && parts.iter().all(digits)).then(|| word.to_owned())
}

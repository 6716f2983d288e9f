//! From the configuration to what runs: the store, what handlers share, the courier.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use secrecy::ExposeSecret as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::Failure;
use crate::auth::key::SecretKey;
use crate::auth::password::Passwords;
use crate::auth::seal::Sealer;
use crate::auth::vault::Vault;
use crate::config::{Config, ConfigError, Database};
use crate::context::Context;
use crate::http::answer::{Ending, answer};
use crate::http::first_free::FirstFree;
use crate::http::limits::RateLimits;
use crate::http::live::Live;
use crate::http::state::App;
use crate::mail::{Mailer, Sender, SenderSettings, Smtp, SmtpUrl};
use crate::outbox::{Courier, Links};
use crate::packs::{self, InForce};
use crate::store::{self, Store};

/// Passwords hashed or compared at once; each takes 19 MiB.
const PASSWORDS_AT_ONCE: usize = 2;

/// The database's address, password included.
pub(super) fn url(database: &Database) -> String {
    match database {
        // In an address `%` starts an escape; in a path it is a letter like any other.
        Database::Sqlite { path } => {
            format!("sqlite:{}", path.display().to_string().replace('%', "%25"))
        }
        Database::Postgres { url } => url.expose_secret().to_owned(),
    }
}

/// The database, as it is.
pub(super) async fn store(database: &Database) -> Result<Arc<dyn Store>, Failure> {
    store::open(&url(database))
        .await
        .with_context(|| format!("DATABASE_URL: {}", database.shown()))
        .map_err(Failure::from)
}

/// The database, brought up to date.
pub(super) async fn migrated_store(database: &Database) -> Result<Arc<dyn Store>, Failure> {
    let store = store(database).await?;
    store
        .migrate()
        .await
        .with_context(|| format!("DATABASE_URL: {}", database.shown()))?;
    ship(&store).await?;
    Ok(store)
}

/// Puts the question sets of this release beside those that are there.
pub(super) async fn ship(store: &Arc<dyn Store>) -> Result<(), Failure> {
    packs::ship(&Context::new(Arc::clone(store)))
        .await
        .context("the question sets")?;
    Ok(())
}

/// The secret key, made beside a `SQLite` database if it is not there.
pub(super) fn key(config: &Config, context: &Context) -> Result<SecretKey, Failure> {
    Ok(config.secret.key(context.bytes())?)
}

/// What handlers share.
pub(super) fn app(
    config: Config,
    context: Context,
    draining: CancellationToken,
) -> Result<App, Failure> {
    let key = key(&config, &context)?;
    Ok(App {
        context: context.with_vault(Vault::new(key.clone())),
        sealer: Sealer::new(key.clone()),
        key,
        packs: InForce::shipped().context("the question packs")?,
        limits: RateLimits::new(config.limits.on),
        passwords: Arc::new(Passwords::new(PASSWORDS_AT_ONCE)),
        first_free: FirstFree::default(),
        draining,
        live: Live::default(),
        config: Arc::new(config),
    })
}

/// What delivers mail.
pub(super) fn courier(
    config: &Config,
    context: Context,
    key: SecretKey,
) -> Result<Courier, Failure> {
    let context = context.with_vault(Vault::new(key.clone()));
    let links = Links::new(key, config.listen.public_url.clone());
    Ok(
        Courier::new(context, mailer(config)?, sender(config)?, links)
            .with_bounces(config.mail.bounce_dir.clone()),
    )
}

/// Where mail goes.
pub(super) fn mailer(config: &Config) -> Result<Mailer, Failure> {
    match smtp(config)? {
        Some(smtp) => Ok(Mailer::Smtp(Arc::new(smtp))),
        None => Ok(Mailer::File(config.mail.dir.clone())),
    }
}

/// The mail server, if one is set.
pub(super) fn smtp(config: &Config) -> Result<Option<Smtp>, Failure> {
    let Some(url) = &config.mail.smtp_url else {
        return Ok(None);
    };
    let url = SmtpUrl::parse(url.expose_secret())
        .map_err(|error| ConfigError::wrong_secret("SMTP_URL", error.to_string()))?;
    Ok(Some(Smtp::new(url).context("SMTP_URL")?))
}

/// Who mail comes from.
pub(super) fn sender(config: &Config) -> Result<Sender, Failure> {
    let sender = Sender::new(SenderSettings::of(config));
    sender.map_err(|error| Failure::Wrong(format!("MAIL_FROM: {error}")))
}

/// The listener for `/metrics`, if one is set.
pub(super) async fn figures(config: &Config) -> Result<Option<TcpListener>, Failure> {
    let Some(address) = config.listen.metrics else {
        return Ok(None);
    };
    let listener = TcpListener::bind(address).await;
    let listener = listener.with_context(|| format!("METRICS_LISTEN: {address}"))?;
    Ok(Some(listener))
}

/// Shows the figures until the process ends: also while it drains, when somebody may want to look.
pub(super) fn show_figures(
    listener: TcpListener,
    router: Router,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let address = listener.local_addr()?;
    writeln!(out, "Metrics on http://{address}/metrics")?;
    tokio::spawn(async move { answer(listener, router, &Ending::default()).await });
    Ok(())
}

/// The two steps of an end: not ready any more at once, nothing new after `delay`.
pub(super) fn ending(draining: CancellationToken, delay: Duration) -> Ending {
    let ending = Ending {
        draining,
        stop: CancellationToken::new(),
    };
    let both = ending.clone();
    tokio::spawn(async move {
        both.draining.cancelled().await;
        tokio::time::sleep(delay).await;
        both.stop.cancel();
    });
    ending
}

/// A token that SIGTERM and SIGINT (Ctrl+C) cancel.
pub(super) fn stop_signal() -> Result<CancellationToken, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stop = CancellationToken::new();
    let cancelled = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping; what is in hand is finished first");
        cancelled.cancel();
    });
    Ok(stop)
}

//! `clinics serve`: pages and API, with the worker in the same process unless told otherwise.

use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use clap::Args;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{Failure, open};
use crate::config::{Config, Listen};
use crate::context::Context;
use crate::http::answer::{Ending, answer};
use crate::http::metrics;
use crate::http::router::router;
use crate::scheduler::Worker;
use crate::store::Store;
use crate::telemetry;

/// Longest time for requests and messages in hand to end once we are told to stop.
const DRAIN: Duration = Duration::from_secs(30);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Leave mail, holds and pruning to `clinics worker`
    #[arg(long)]
    no_worker: bool,
}

pub(super) async fn run(
    mut config: Config,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    telemetry::init(&config.log).context("LOG")?;
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    let address = config.listen.address;
    // First of all: a second copy by mistake should not touch the database.
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("LISTEN: {address}"))?;
    let address = listener.local_addr()?;
    let figures = open::figures(&config).await?;
    settle_port(&mut config.listen, address);
    let store = open::migrated_store(&config.database).await?;
    tracing::info!(engine = store.engine().await?, "database open");
    let draining = open::stop_signal()?;
    let delay = config.drain.delay;
    let app = open::app(config, Context::new(store), draining.clone())?;
    // Before the first visitor: what the clinics have published, not what the program came with.
    app.packs.reload(&app.context).await?;
    let courier = open::courier(&app.config, app.context.clone(), app.key.clone())?;
    let worker = (!arguments.no_worker).then(|| Worker::new(courier));
    let site = router(app.clone()).context("PUBLIC_URL")?;

    writeln!(out, "Listening on http://{address}")?;
    if let Some(figures) = figures {
        let router = metrics::router(app.context.clone(), Some(app.limits.clone()));
        open::show_figures(figures, router, out)?;
    }
    greet(&*app.context.store, out).await?;
    out.flush()?;
    let store = app.context.store.clone();
    let ending = open::ending(draining, delay);
    serve(listener, site, worker, &ending).await;
    store.close().await;
    Ok(())
}

/// With port 0 the system chose a port: links have to say which.
fn settle_port(listen: &mut Listen, address: SocketAddr) {
    let asked_for_any = listen.address.port() == 0;
    listen.address = address;
    let says_any = Url::parse(listen.public_url.origin()).is_ok_and(|url| url.port() == Some(0));
    if asked_for_any && says_any {
        listen.public_url = listen.public_url.at_port(address.port());
    }
}

/// Nobody can sign in to an empty database: say how the first account is made.
async fn greet(store: &dyn Store, out: &mut dyn Write) -> Result<(), Failure> {
    if store.read().await?.staff_count().await? == 0 {
        writeln!(
            out,
            "There are no staff accounts yet. This makes the first one:"
        )?;
        writeln!(
            out,
            "  clinics staff add --email you@example.org --name \"Your Name\" --role administrator"
        )?;
    }
    Ok(())
}

/// Serves and works until told to stop, then until what is in hand is finished, [`DRAIN`] at most.
async fn serve(listener: TcpListener, site: Router, worker: Option<Worker>, ending: &Ending) {
    let Ending { draining, stop } = ending;
    let pages = async {
        answer(listener, site, ending).await;
        // Without pages there is nothing to work for.
        draining.cancel();
        stop.cancel();
    };
    let jobs = async {
        if let Some(worker) = &worker {
            worker.run(draining.clone()).await;
        }
    };
    tokio::select! {
        ((), ()) = async { tokio::join!(pages, jobs) } => {}
        () = drained(stop) => {}
    }
}

/// Ends when the time to finish is over.
pub(super) async fn drained(stop: &CancellationToken) {
    stop.cancelled().await;
    tokio::time::sleep(DRAIN).await;
    tracing::warn!(
        seconds = DRAIN.as_secs(),
        "something in hand did not end in time and is left"
    );
}

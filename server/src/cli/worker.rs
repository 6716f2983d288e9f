//! `clinics worker`: what nobody waits for, as a process of its own. Any number may run beside each other.

use std::io::Write;

use anyhow::Context as _;

use super::{Failure, open, serve};
use crate::config::Config;
use crate::context::Context;
use crate::http::metrics;
use crate::scheduler::Worker;
use crate::telemetry;

pub(super) async fn run(config: &Config, out: &mut dyn Write) -> Result<(), Failure> {
    telemetry::init(&config.log).context("LOG")?;
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    let figures = open::figures(config).await?;
    let store = open::migrated_store(&config.database).await?;
    let context = Context::new(store.clone());
    let key = open::key(config, &context)?;
    let router = metrics::router(context.clone(), None);
    let worker = Worker::new(open::courier(config, context, key)?);
    let stop = open::stop_signal()?;
    writeln!(out, "Working")?;
    if let Some(figures) = figures {
        open::show_figures(figures, router, out)?;
    }
    out.flush()?;
    tokio::select! {
        () = worker.run(stop.clone()) => {}
        () = serve::drained(&stop) => {}
    }
    store.close().await;
    Ok(())
}

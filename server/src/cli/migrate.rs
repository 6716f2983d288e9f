//! `clinics migrate`: brings the schema up to date. Doing it twice changes nothing.

use std::io::Write;

use super::{Failure, open};
use crate::config::Config;

pub(super) async fn run(config: &Config, out: &mut dyn Write) -> Result<(), Failure> {
    let store = open::store(&config.database).await?;
    let missing = store.schema().await?.missing;
    store.migrate().await?;
    open::ship(&store).await?;
    let s = if missing == 1 { "" } else { "s" };
    writeln!(
        out,
        "{}: {missing} migration{s} applied, up to date",
        config.database.shown()
    )?;
    Ok(())
}

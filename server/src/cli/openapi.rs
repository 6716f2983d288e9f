//! `clinics openapi`: the document of the JSON API, for other people's programs. Needs no configuration.

use std::io::Write;

use anyhow::Context as _;

use super::Failure;
use crate::api;

pub(super) fn run(out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}", api::openapi_json().context("the document")?)?;
    Ok(())
}

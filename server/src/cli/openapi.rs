//! `clinics openapi`: the document of the JSON API, the same as `GET /api/v1/openapi.json`.

use std::io::Write;

use super::Failure;
use crate::api::openapi_json;

pub(super) fn run(out: &mut dyn Write) -> Result<(), Failure> {
    let document = openapi_json().map_err(|error| Failure::from(anyhow::Error::from(error)))?;
    writeln!(out, "{document}")?;
    Ok(())
}

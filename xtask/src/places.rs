//! Where things are in the repository. Everything is absolute, so that no step depends on the
//! directory it was called from.

use std::path::PathBuf;

/// The top of the repository.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or_else(|| here.clone(), PathBuf::from)
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    let chosen = std::env::var_os("CARGO_TARGET_DIR");
    root().join(chosen.unwrap_or_else(|| "target".into()))
}

/// The built site; a release build of the server looks here unless `CLINICS_SITE` says otherwise.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// The server that is also the deployment.
pub fn clinics() -> PathBuf {
    target().join("release/clinics")
}

/// The browser tests.
pub fn end2end() -> PathBuf {
    root().join("end2end")
}

/// Tools of other languages that the tests install for themselves.
pub fn tools() -> PathBuf {
    root().join(".tools")
}

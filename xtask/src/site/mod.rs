//! Builds what a browser loads: the islands as WebAssembly with their JavaScript, the module that
//! wakes them, and the style sheet; each under a name that changes with its content, with brotli
//! and gzip beside it, and `manifest.json` from the plain names to these.
//!
//! It replaces the folder only when something in it changed, so that nothing is built again for
//! nothing, and it needs no tool besides cargo.

mod islands;
mod parcel;
mod style;

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::run::say;
use parcel::Parcel;

/// How much care a build takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// Small, compressed: what people load.
    Release,
    /// Quick to make, large, not compressed: for working on it.
    Quick,
}

/// Builds the whole site into `site/pkg`; returns whether anything changed.
pub fn build(site: &Path, build: Build) -> Result<bool> {
    say("site: the islands, the style sheet");
    let began = Instant::now();
    let mut parcel = Parcel::new(build);
    islands::add(&mut parcel, build)?;
    parcel.add("main.css", style::bundle()?.into_bytes());
    let folder = site.join("pkg");
    let changed = parcel
        .write(&folder)
        .with_context(|| format!("cannot write {}", folder.display()))?;
    for (name, sizes) in parcel.sizes() {
        say(&format!("site: {name}: {sizes}"));
    }
    say(&format!(
        "site: done in {:.1} s",
        began.elapsed().as_secs_f32()
    ));
    Ok(changed)
}

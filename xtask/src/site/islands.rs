//! The islands: cargo builds them, wasm-bindgen (as a library, so that the lock file holds its
//! version to the one they were built with) makes the JavaScript beside them.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::Build;
use super::parcel::Parcel;
use crate::run::{self, cargo};
use crate::{places, tools};

/// Builds the islands and adds them, with the module that wakes them.
pub fn add(parcel: &mut Parcel, build: Build) -> Result<()> {
    let wasm = compile(build)?;
    let made = tempfile::tempdir()?;
    Bindgen::new()
        .input_path(&wasm)
        .web(true)?
        .out_name("clinics")
        .typescript(false)
        // The address is given by `boot.js`, so neither file holds a name and both can be hashed.
        .omit_default_module_path(true)
        .remove_name_section(build == Build::Release)
        .remove_producers_section(true)
        .generate(made.path())?;

    for entry in fs::read_dir(made.path())? {
        let name = entry?.file_name();
        // A snippet would be loaded from a folder that the server does not serve.
        ensure!(
            name == "clinics.js" || name == "clinics_bg.wasm",
            "wasm-bindgen made {}",
            name.display()
        );
    }
    let js = parcel.add("clinics.js", fs::read(made.path().join("clinics.js"))?);
    let wasm = parcel.add(
        "clinics.wasm",
        fs::read(made.path().join("clinics_bg.wasm"))?,
    );
    let desk = parcel.add("desk.js", script("desk.js")?.into_bytes());
    parcel.add("boot.js", boot(&js, &wasm, &desk)?.into_bytes());
    Ok(())
}

fn compile(build: Build) -> Result<PathBuf> {
    let (profile, folder) = match build {
        Build::Release => ("wasm-release", "wasm-release"),
        Build::Quick => ("dev", "debug"),
    };
    tools::wasm()?;
    // With `-p` alone: beside the server, cargo would build Leptos for both at once.
    let mut command = cargo([
        "build",
        "-p",
        "frontend",
        "--target",
        tools::WASM,
        "--profile",
        profile,
    ]);
    run::run("build of the islands", &mut command, run::LONG)?;
    Ok(places::target()
        .join(tools::WASM)
        .join(folder)
        .join("frontend.wasm"))
}

/// `boot.js` with the names it loads written in.
fn boot(js: &str, wasm: &str, desk: &str) -> Result<String> {
    let mut source = script("boot.js")?;
    for (name, hashed) in [
        ("clinics.js", js),
        ("clinics.wasm", wasm),
        ("desk.js", desk),
    ] {
        let plain = format!("./{name}");
        ensure!(source.contains(&plain), "boot.js does not name {plain}");
        source = source.replace(&plain, &format!("./{hashed}"));
    }
    Ok(source)
}

/// One of the modules beside the front end's crate, without its comments.
fn script(name: &str) -> Result<String> {
    let path = places::root().join("app/frontend").join(name);
    let source = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let lines = source.lines().map(str::trim);
    let kept: Vec<_> = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect();
    Ok(kept.join("\n"))
}

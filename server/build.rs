//! Writes the table of the built site into the server, so that one file is the deployment.
//!
//! A release build holds what `cargo xtask site` made, from the folder named by `CLINICS_SITE` or
//! from `target/site`; with none there it holds nothing and says so. A debug build never holds the
//! site: it reads the same folder when it starts, so that neither `cargo check` nor the tests wait
//! for WebAssembly, and a change of style needs no compiler.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CLINICS_SITE");
    let site = match env::var_os("CLINICS_SITE") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../target/site"),
    };
    let table = if env::var("PROFILE")? == "release" {
        embedded(&site.join("pkg"))?
    } else {
        table("", "", &format!("Some({:?})", site.to_string_lossy()))
    };
    fs::write(Path::new(&env::var("OUT_DIR")?).join("site.rs"), table)?;
    Ok(())
}

/// The table of a release build.
fn embedded(pkg: &Path) -> Result<String, Box<dyn Error>> {
    let manifest = pkg.join("manifest.json");
    if !manifest.exists() {
        // Cargo looks again at each build while a file it is told about is missing.
        println!(
            "cargo::warning=no site in {}: `cargo xtask site` builds it",
            pkg.display()
        );
    }
    println!("cargo::rerun-if-changed={}", manifest.display());
    let text = fs::read_to_string(&manifest).unwrap_or_else(|_| "{}".to_owned());
    let names: BTreeMap<String, String> = serde_json::from_str(&text)?;
    let (mut pairs, mut files) = (String::new(), String::new());
    for (logical, name) in &names {
        writeln!(pairs, "    ({logical:?}, {name:?}),")?;
        let bytes = |ending: &str| {
            let path = pkg.join(format!("{name}{ending}"));
            path.is_file()
                .then(|| format!("include_bytes!({:?})", path.to_string_lossy()))
        };
        let held =
            bytes("").ok_or_else(|| format!("{name} is in the manifest and not in the folder"))?;
        let other =
            |ending| bytes(ending).map_or("None".to_owned(), |bytes| format!("Some({bytes})"));
        writeln!(
            files,
            "    ({name:?}, {held}, {}, {}),",
            other(".br"),
            other(".gz")
        )?;
    }
    Ok(table(&pairs, &files, "None"))
}

fn table(pairs: &str, files: &str, folder: &str) -> String {
    format!(
        "/// Plain names and hashed names.\nconst NAMES: &[(&str, &str)] = &[\n{pairs}];\n\
         /// Hashed name, the file, its brotli, its gzip.\nconst FILES: &[Embedded] = &[\n{files}];\n\
         /// Where a debug build reads the site instead.\nconst FOLDER: Option<&str> = {folder};\n"
    )
}

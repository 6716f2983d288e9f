//! Finds the catalogues (`locales/<language>/*.ftl`) and writes a table of them for `text.rs` to
//! compile in, so that a new language is a new folder and nothing else.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=locales");
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut table = String::from("&[\n");
    for language in sorted(&here.join("locales"))? {
        if !language.is_dir() {
            continue;
        }
        let name = language.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(table, "    ({name:?}, &[");
        for file in sorted(&language)? {
            if file.extension().is_some_and(|extension| extension == "ftl") {
                let _ = writeln!(
                    table,
                    "        include_str!({:?}),",
                    file.display().to_string()
                );
            }
        }
        table.push_str("    ]),\n");
    }
    table.push(']');
    fs::write(out.join("catalogues.rs"), table)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}

//! Writes every page with sample models into a folder, with the style sheets joined into one, to be
//! looked at in a browser: `cargo run -p app --features ssr --example gallery -- target/gallery`.

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(
        env::args()
            .nth(1)
            .unwrap_or_else(|| "target/gallery".into()),
    );
    fs::create_dir_all(&folder)?;
    fs::write(
        folder.join("main.css"),
        joined(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../style"))?,
    )?;
    let marked = env::args().nth(2).is_some_and(|word| word == "pseudo");
    let lang = if marked { app::text::PSEUDO } else { "en" };
    let mut index = String::from("<!DOCTYPE html><meta charset=utf-8><title>Gallery</title><ul>");
    let samples = samples::Samples {
        lang,
        marked: false,
        css: "main.css".into(),
    };
    for (name, html) in samples.all() {
        fs::write(folder.join(format!("{name}.html")), html)?;
        let _ = write!(index, "<li><a href={name}.html>{name}</a>");
    }
    fs::write(folder.join("index.html"), index)
}

/// The sheets that `main.css` imports, one after the other, each in its layer.
fn joined(folder: &Path) -> io::Result<String> {
    let main = fs::read_to_string(folder.join("main.css"))?;
    let mut all = String::new();
    for line in main.lines() {
        let Some(rest) = line.strip_prefix("@import \"") else {
            all += line;
            all += "\n";
            continue;
        };
        let (file, layer) = rest.split_once('"').unwrap_or((rest, ""));
        let layer = layer
            .trim()
            .trim_start_matches("layer(")
            .trim_end_matches(");");
        let text = fs::read_to_string(folder.join(file))?;
        let _ = writeln!(all, "@layer {layer} {{\n{text}\n}}");
    }
    Ok(all)
}

//! What goes into `site/pkg`: files under hashed names, their compressed forms, and the manifest.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::Build;

/// Brotli's best; the files are made once and read for years.
const BROTLI_QUALITY: i32 = 11;
/// Brotli's largest ordinary window, as a power of two of bytes.
const BROTLI_WINDOW: i32 = 22;

/// The files of a site, before they are written.
#[derive(Debug)]
pub struct Parcel {
    build: Build,
    files: BTreeMap<String, Vec<u8>>,
    manifest: BTreeMap<String, String>,
}

impl Parcel {
    /// An empty one.
    pub fn new(build: Build) -> Self {
        Self {
            build,
            files: BTreeMap::new(),
            manifest: BTreeMap::new(),
        }
    }

    /// Adds a file under a name made from its content, and returns that name: `main.css` becomes
    /// `main-0123456789ab.css`.
    pub fn add(&mut self, logical: &str, bytes: Vec<u8>) -> String {
        let hash = short_hash(&Sha256::digest(&bytes));
        let name = match logical.rsplit_once('.') {
            Some((stem, ending)) => format!("{stem}-{hash}.{ending}"),
            None => format!("{logical}-{hash}"),
        };
        self.manifest.insert(logical.to_owned(), name.clone());
        if self.build == Build::Release {
            self.files.insert(format!("{name}.br"), brotli(&bytes));
            self.files.insert(format!("{name}.gz"), gzip(&bytes));
        }
        self.files.insert(name.clone(), bytes);
        name
    }

    /// Writes the folder, unless it holds the same files already; returns whether it wrote.
    pub fn write(&self, folder: &Path) -> Result<bool> {
        let manifest = serde_json::to_string_pretty(&self.manifest)?;
        let held = fs::read_to_string(folder.join("manifest.json")).ok();
        let complete = self.files.keys().all(|name| folder.join(name).is_file());
        if held.as_ref() == Some(&manifest) && complete {
            return Ok(false);
        }
        let Some(parent) = folder.parent() else {
            bail!("{} has no parent", folder.display());
        };
        fs::create_dir_all(parent)?;
        let new = tempfile::Builder::new()
            .prefix("pkg-")
            .tempdir_in(parent)?
            .keep();
        for (name, bytes) in &self.files {
            fs::write(new.join(name), bytes)?;
        }
        fs::write(new.join("manifest.json"), manifest)?;
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::rename(new, folder)?;
        Ok(true)
    }

    /// For people: each file with its sizes in bytes.
    pub fn sizes(&self) -> impl Iterator<Item = (&str, String)> {
        self.manifest.values().map(|name| {
            let size = |ending: &str| self.files.get(&format!("{name}{ending}")).map(Vec::len);
            let mut text = format!("{} bytes", size("").unwrap_or_default());
            if let Some(br) = size(".br") {
                write!(text, ", brotli {br}").ok();
            }
            (name.as_str(), text)
        })
    }
}

/// Twelve hexadecimal digits of a hash: enough to tell every build of this site apart.
fn short_hash(hash: &[u8]) -> String {
    hash.iter().take(6).fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    // Reading from and writing to memory cannot fail.
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters).ok();
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok();
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_content_and_only_then() {
        let name = |bytes: &[u8]| {
            let mut parcel = Parcel::new(Build::Quick);
            parcel.add("main.css", bytes.to_vec())
        };
        assert_eq!(name(b"a{}"), name(b"a{}"));
        assert_ne!(name(b"a{}"), name(b"b{}"));
        let hash = name(b"a{}").replace("main-", "").replace(".css", "");
        assert_eq!(hash.len(), 12);
    }

    #[test]
    fn the_folder_is_written_only_when_something_changed() {
        let site = tempfile::tempdir().unwrap();
        let folder = site.path().join("pkg");
        let mut parcel = Parcel::new(Build::Release);
        let name = parcel.add("main.css", b"a{color:red}".repeat(50));
        assert!(parcel.write(&folder).unwrap());
        assert!(!parcel.write(&folder).unwrap());
        let sizes = ["", ".gz", ".br"].map(|ending| {
            fs::metadata(folder.join(format!("{name}{ending}")))
                .unwrap()
                .len()
        });
        assert!(
            sizes[2] > 0 && sizes[2] < sizes[1] && sizes[1] < sizes[0],
            "{sizes:?}"
        );

        let mut other = Parcel::new(Build::Release);
        other.add("main.css", b"b{}".to_vec());
        assert!(other.write(&folder).unwrap());
        assert!(
            !folder.join(&name).exists(),
            "a file of the last build stayed behind"
        );
    }
}

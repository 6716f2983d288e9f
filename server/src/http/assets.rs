//! The built site: style sheet, islands and the module that wakes them.
//!
//! Names change with content, so every answer may be kept for ever. The files are compressed when
//! they are built, never when they are asked for. Nothing outside the table is ever read: a name
//! that is not in it is not found, whatever it looks like.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Path as PathParameter;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::encoding::{Encoding, preferred};

/// As the build script writes it: hashed name, the file, its brotli, its gzip.
type Embedded = (
    &'static str,
    &'static [u8],
    Option<&'static [u8]>,
    Option<&'static [u8]>,
);

include!(concat!(env!("OUT_DIR"), "/site.rs"));

static SITE: LazyLock<Site> = LazyLock::new(|| match FOLDER {
    Some(folder) => {
        let chosen = std::env::var("CLINICS_SITE").ok();
        Site::read(&Path::new(chosen.as_deref().unwrap_or(folder)).join("pkg"))
    }
    None => Site::embedded(),
});

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The file as it is.
    pub bytes: Cow<'static, [u8]>,
    /// Compressed with brotli; absent only in a quick build.
    pub br: Option<Cow<'static, [u8]>>,
    /// Compressed with gzip; absent only in a quick build.
    pub gz: Option<Cow<'static, [u8]>>,
    /// Such as `text/css; charset=utf-8`.
    pub content_type: &'static str,
    /// What the entity tags are made from: the hashed name.
    pub etag: String,
}

/// Finds a file by its hashed name, such as `main-0123456789ab.css`.
pub fn asset(name: &str) -> Option<&'static Asset> {
    SITE.files.get(name)
}

/// The address of a file by its plain name, `main.css` or `boot.js`, to be written into a page.
/// Where no site is built the address answers 404, and the page works without style.
pub fn href(logical: &str) -> &'static str {
    SITE.addresses
        .get(logical)
        .map_or("/pkg/missing", String::as_str)
}

/// The routes of the site, to be merged into the whole.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/pkg/{file}", get(serve))
}

/// `GET /pkg/{file}`: the file in the smallest form the browser takes.
pub async fn serve(PathParameter(file): PathParameter<String>, headers: HeaderMap) -> Response {
    match asset(&file) {
        Some(asset) => asset.answer(&headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Asset {
    fn new(name: &str, bytes: Cow<'static, [u8]>) -> Self {
        let content_type = content_type(name);
        Self {
            bytes,
            br: None,
            gz: None,
            content_type,
            etag: name.to_owned(),
        }
    }

    fn answer(&'static self, headers: &HeaderMap) -> Response {
        let offered = [
            self.br.as_ref().map(|_| Encoding::Brotli),
            self.gz.as_ref().map(|_| Encoding::Gzip),
            Some(Encoding::Identity),
        ];
        let encoding = preferred(
            headers.get_all(ACCEPT_ENCODING),
            offered.into_iter().flatten(),
        );
        // Each form is another entity, so each has its own tag.
        let tag = format!("\"{}-{}\"", self.etag, encoding.name());
        let mut answer = if held(headers, &tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            self.full(encoding)
        };
        let head = answer.headers_mut();
        head.insert(
            CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        );
        head.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            head.insert(ETAG, tag);
        }
        answer
    }

    fn full(&'static self, encoding: Encoding) -> Response {
        let bytes = match encoding {
            Encoding::Brotli => self.br.as_deref(),
            Encoding::Gzip => self.gz.as_deref(),
            Encoding::Identity => None,
        };
        let body = Body::from(Bytes::from_static(bytes.unwrap_or(&self.bytes)));
        let mut answer = Response::new(body);
        let head = answer.headers_mut();
        head.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if encoding != Encoding::Identity {
            head.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
        answer
    }
}

/// Whether the browser already holds this very form.
fn held(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|held| held.trim().trim_start_matches("W/") == tag)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        // Without this very type a browser refuses to compile while it loads.
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// All files of the site, and their addresses by plain name.
#[derive(Debug, Default)]
struct Site {
    files: BTreeMap<String, Asset>,
    addresses: BTreeMap<String, String>,
}

impl Site {
    fn embedded() -> Self {
        let files = FILES.iter().map(|&(name, bytes, br, gz)| {
            let mut asset = Asset::new(name, Cow::Borrowed(bytes));
            asset.br = br.map(Cow::Borrowed);
            asset.gz = gz.map(Cow::Borrowed);
            (name.to_owned(), asset)
        });
        Self {
            files: files.collect(),
            addresses: NAMES.iter().copied().map(address).collect(),
        }
    }

    /// The site of a folder; an empty one if there is none or it cannot be read.
    fn read(pkg: &Path) -> Self {
        let manifest = std::fs::read(pkg.join("manifest.json")).unwrap_or_default();
        let names: BTreeMap<String, String> = serde_json::from_slice(&manifest).unwrap_or_default();
        let mut site = Self::default();
        for (logical, name) in names {
            let read = |ending: &str| std::fs::read(pkg.join(format!("{name}{ending}"))).ok();
            let Some(bytes) = read("") else { continue };
            let mut asset = Asset::new(&name, Cow::Owned(bytes));
            asset.br = read(".br").map(Cow::Owned);
            asset.gz = read(".gz").map(Cow::Owned);
            site.addresses.extend([address((&logical, &name))]);
            site.files.insert(name, asset);
        }
        site
    }
}

fn address((logical, name): (&str, &str)) -> (String, String) {
    (logical.to_owned(), format!("/pkg/{name}"))
}

#[cfg(test)]
mod tests;

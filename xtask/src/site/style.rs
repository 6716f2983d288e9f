//! The style sheet: `style/main.css` and all it imports, as one small file that browsers without
//! nesting understand.

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Targets};

use crate::places;

/// Bundles, lowers and minifies the style sheet.
///
/// Fails with the file and line of the first thing that is not CSS.
pub fn bundle() -> Result<String> {
    let main = places::root().join("style/main.css");
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler
        .bundle(&main)
        .map_err(|error| anyhow!("style: {error}"))?;
    let targets = Targets::from(oldest_browsers());
    let minify = MinifyOptions {
        targets,
        ..MinifyOptions::default()
    };
    sheet
        .minify(minify)
        .map_err(|error| anyhow!("style: {error}"))?;
    let print = PrinterOptions {
        minify: true,
        targets,
        ..PrinterOptions::default()
    };
    let printed = sheet
        .to_css(print)
        .map_err(|error| anyhow!("style: {error}"))?;
    Ok(printed.code)
}

/// The first browsers with cascade layers (early 2022): the sheet is written in layers, so older
/// ones would read little of it, and lowering more for them would only make it larger.
fn oldest_browsers() -> Browsers {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Browsers {
        android: version(99, 0),
        chrome: version(99, 0),
        edge: version(99, 0),
        firefox: version(97, 0),
        ios_saf: version(15, 4),
        opera: version(85, 0),
        safari: version(15, 4),
        samsung: version(18, 0),
        ie: None,
    }
}

//! One direction: the domain knows nothing of ours, use cases know domain and store, the edge knows use cases. Read from
//! the `use` lines, so that an arrow the other way fails a test and not a review.

use std::fs;
use std::path::{Path, PathBuf};

/// Which of our modules a part may name.
const MAY: [(&str, &[&str]); 7] = [
    ("domain", &["domain"]),
    ("store", &["store", "domain", "private_files"]),
    ("booking", &["booking", "domain", "store", "context"]),
    (
        "intake",
        &["intake", "booking", "domain", "store", "context", "auth"],
    ),
    (
        "mail",
        &["mail", "ical", "domain", "config", "private_files"],
    ),
    (
        "review",
        &["review", "intake", "booking", "domain", "store", "context"],
    ),
    (
        "desk",
        &[
            "desk", "booking", "intake", "review", "domain", "store", "context", "packs",
            "clinics", "auth", "people",
        ],
    ),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Tests may reach further than what they test.
fn is_test(path: &Path) -> bool {
    path.components().any(|part| {
        matches!(
            part.as_os_str().to_str(),
            Some("tests" | "tests.rs" | "testing.rs")
        )
    })
}

#[test]
fn the_arrows_between_modules_point_one_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let names = regex::Regex::new(r"crate::(?:\{)?([a-z_]+)").unwrap();
    let mut wrong = Vec::new();
    for (part, may) in MAY {
        let mut files = Vec::new();
        sources(&root.join(part), &mut files);
        files.extend(Some(root.join(format!("{part}.rs"))).filter(|file| file.exists()));
        assert!(!files.is_empty(), "{part} is gone: mend this test");
        for file in files.into_iter().filter(|file| !is_test(file)) {
            let text = fs::read_to_string(&file).unwrap();
            let code: String = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            let code = code.split("#[cfg(test)]").next().unwrap_or_default();
            for name in names.captures_iter(code).map(|found| found[1].to_owned()) {
                if !may.contains(&name.as_str())
                    && root.join(&name).exists() | root.join(format!("{name}.rs")).exists()
                {
                    wrong.push(format!("{} names {name}", file.display()));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_app_knows_no_sql_no_smtp_and_no_server() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/Cargo.toml"))
            .unwrap();
    for name in ["sqlx", "lettre", "axum", "tokio", "server"] {
        assert!(
            !manifest.contains(&format!("\n{name}")),
            "app depends on {name}"
        );
    }
}

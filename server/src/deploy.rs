//! What stands beside the program for whoever operates it says what is so: files and tests that are named exist.

use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_table_of_requirements_names_files_and_tests_that_exist() {
    let table = std::fs::read_to_string(top().join("server/deploy/asvs.md")).unwrap();
    let mut code = String::new();
    for folder in ["server/src", "server/tests", "app/src"] {
        sources(&top().join(folder), &mut code);
    }
    let quoted = regex::Regex::new("`([^`]+)`").unwrap();
    let (mut files, mut tests) = (0, 0);
    for found in quoted.captures_iter(&table) {
        let name = &found[1];
        let is_file = ["server/", "app/", "migrations/"]
            .iter()
            .any(|start| name.starts_with(start));
        let is_test = name.matches('_').count() >= 4
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if is_file {
            assert!(top().join(name).exists(), "{name}");
            files += 1;
        } else if is_test {
            assert!(code.contains(&format!("fn {name}(")), "{name}");
            tests += 1;
        }
    }
    assert!(files > 40 && tests > 40, "{files} files, {tests} tests");
}

#[test]
fn the_table_of_requirements_counts_what_it_says() {
    let table = std::fs::read_to_string(top().join("server/deploy/asvs.md")).unwrap();
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    let rows = table
        .lines()
        .filter(|line| line.starts_with("| ") && line.matches(" | ").count() == 3);
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        if cells[0].starts_with(|c: char| c.is_ascii_digit()) {
            // "10.1.1 to 10.7.3 (29)" stands for 29.
            let many = cells[0]
                .split_once('(')
                .and_then(|(_, rest)| rest.trim_end_matches(')').parse().ok());
            let one_by_one = cells[0].split(',').count();
            *counts.entry(cells[2].to_owned()).or_default() += many.unwrap_or(one_by_one);
        }
    }
    let told = ["yes", "operator", "not yet", "n/a"].map(|word| counts[word].to_string());
    assert!(
        table.contains(&format!("| requirements | {} |", told.join(" | "))),
        "{counts:?}"
    );
    assert_eq!(counts.values().sum::<usize>(), 253);
}

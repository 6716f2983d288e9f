//! Whether the table of the shared rules would notice a change: every outcome, threshold, list and switch of
//! `shared.toml` is changed in turn, and each change has to be refused or to fail a row.

use regex::Regex;

use super::super::{SHARED, SIGNPOSTS};
use super::shared::{BARE, failures};
use super::{EMBEDDED, Packs, Source, with};

/// Lines that hold only words.
fn is_words(line: &str) -> bool {
    let words = ["text", "hint", "why", "notice", "exit_to", "id", "#"];
    words.iter().any(|word| line.starts_with(word))
}

/// What a line can be changed to.
fn changes(line: &str) -> Vec<String> {
    let mut changes = vec![String::new()];
    let mut swap = |pattern: &str, to: &[&str]| {
        for found in Regex::new(pattern).unwrap().find_iter(line) {
            for other in to.iter().filter(|other| **other != found.as_str()) {
                changes.push([&line[..found.start()], other, &line[found.end()..]].concat());
            }
        }
    };
    swap(
        r#""(stop|out|review|notice)""#,
        &[r#""stop""#, r#""out""#, r#""review""#, r#""notice""#],
    );
    swap(r"\btrue\b|\bfalse\b", &["true", "false"]);
    swap(
        r#""(in_person|phone|video)" \}"#,
        &[r#""in_person" }"#, r#""phone" }"#, r#""video" }"#],
    );
    swap(r", sets = \{[^}]*\}", &[""]);
    if line.contains('[') && !line.starts_with('[') {
        swap(r#", "[a-z0-9_]+""#, &[""]);
        swap(r#""[a-z0-9_]+", "#, &[""]);
    }
    for found in Regex::new(r"= \d+").unwrap().find_iter(line) {
        let number: i64 = found.as_str()[2..].parse().unwrap();
        for other in [number - 1, number + 1] {
            changes.push(format!(
                "{}= {other}{}",
                &line[..found.start()],
                &line[found.end()..]
            ));
        }
    }
    changes
}

#[test]
fn changing_an_outcome_or_a_threshold_of_the_shared_pack_fails_a_row() {
    let text = EMBEDDED.iter().find(|(file, _)| *file == SHARED).unwrap().1;
    let lines: Vec<&str> = text.lines().collect();
    let mut tried = 0;
    let mut unnoticed = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        if is_words(line) || line.trim().is_empty() {
            continue;
        }
        for change in changes(line) {
            tried += 1;
            let mut changed = lines.clone();
            changed[number] = &change;
            let mut sources = with(SHARED, &changed.join("\n"));
            sources.retain(|source| {
                source.file == SHARED || source.file == SIGNPOSTS || source.file == "law.toml"
            });
            sources.push(Source::new("charity.toml", BARE));
            let noticed = match Packs::from_sources(&sources) {
                Err(_) => true,
                Ok(packs) => {
                    let pack = |id: &str| packs.get(&id.into()).unwrap();
                    !failures(pack("law"), pack("charity")).is_empty()
                }
            };
            if !noticed {
                unnoticed.push(format!("line {} as `{change}`", number + 1));
            }
        }
    }
    assert_eq!(unnoticed, Vec::<String>::new());
    assert!(tried > 150, "{tried}");
}

//! Broken packs are refused, and the message names the file, the question and the line.

mod rows;

use std::path::PathBuf;

use super::super::{SHARED, SIGNPOSTS, check_dir, check_embedded};
use super::{EMBEDDED, Packs, with};
pub(super) use rows::{ROWS, SOUND};

fn problems(file: &str, text: &str) -> String {
    match Packs::from_sources(&with(file, text)) {
        Ok(_) => String::new(),
        Err(broken) => broken.to_string(),
    }
}

#[test]
fn a_sound_pack_is_taken() {
    assert_eq!(problems("law.toml", SOUND), "");
}

#[test]
fn each_broken_pack_is_refused_with_file_question_and_line() {
    for (from, to, expected) in ROWS {
        assert!(SOUND.contains(from), "{from}");
        let found = problems("law.toml", &SOUND.replacen(from, to, 1));
        assert!(found.contains(expected), "{from} -> {to}: {found}");
        assert_eq!(
            found.is_empty(),
            expected.is_empty(),
            "{from} -> {to}: {found}"
        );
    }
}

#[test]
fn nobody_getting_through_is_a_problem() {
    let text = format!(
        "{SOUND}\n[[rule]]\nid = \"x-all\"\nquestion = \"X1\"\nif = {{ answered = true }}\noutcome = \"out\"\ntext = \"No.\"\nelsewhere = true\n"
    );
    assert!(problems("law.toml", &text).contains("no answers lead to a time or to a person"));
}

#[test]
fn a_slip_in_the_shared_file_is_told_once() {
    let text = EMBEDDED[0]
        .1
        .replacen("text = \"Who needs help?\"", "text = \"\"", 1);
    let found = problems(SHARED, &text);
    assert_eq!(found.lines().count(), 1, "{found}");
    assert!(
        found.starts_with("shared.toml line ") && found.contains("question A2: has no text"),
        "{found}"
    );
}

#[test]
fn a_broken_signpost_is_refused_with_its_line() {
    let text = EMBEDDED[1].1;
    for (from, to, expected) in [
        (
            "name = \"NHS 111\"",
            "name = \"\"",
            "signpost `nhs_111` has no name",
        ),
        (
            "id = \"nhs_111\"",
            "id = \"emergency\"",
            "signpost `emergency` is there twice",
        ),
        (
            "checked_on = \"not yet checked\"",
            "checked_on = \"2026-12-01\"",
            "signpost `emergency` needs both",
        ),
        (
            "checked_on = \"not yet checked\"\n",
            "",
            "missing field `checked_on`",
        ),
    ] {
        let found = problems(SIGNPOSTS, &text.replacen(from, to, 1));
        assert!(
            found.starts_with("signposts.toml line ") && found.contains(expected),
            "{found}"
        );
    }
}

#[test]
fn the_embedded_packs_pass_and_the_report_says_what_nobody_has_checked() {
    let report = check_embedded();
    assert!(report.ok, "{report:?}");
    assert!(
        report
            .lines
            .iter()
            .any(|line| line.starts_with("law: 27 questions, ")),
        "{report:?}"
    );
    assert!(
        report
            .lines
            .iter()
            .any(|line| line.contains("counselling") && line.contains("switched off"))
    );
    assert!(
        report
            .lines
            .iter()
            .any(|line| line.contains("36 not yet checked by anybody")),
        "{report:?}"
    );
}

#[test]
fn a_folder_is_checked_like_the_packs_compiled_in() {
    let packs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("packs");
    let (folder, embedded) = (check_dir(&packs), check_embedded());
    assert!(folder.ok, "{folder:?}");
    for line in &embedded.lines {
        assert!(folder.lines.contains(line), "{line}");
    }
    let nowhere = check_dir(&packs.join("nowhere"));
    assert!(
        !nowhere.ok && nowhere.lines[0].contains("nowhere"),
        "{nowhere:?}"
    );
}

#[test]
fn a_folder_with_a_broken_pack_fails_and_other_files_in_it_are_skipped() {
    let folder = std::env::temp_dir().join(format!("packs-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (file, text) in EMBEDDED {
        std::fs::write(folder.join(file), text).unwrap();
    }
    std::fs::write(
        folder.join("law.toml"),
        SOUND.replacen("\"radio\"", "\"buttons\"", 1),
    )
    .unwrap();
    std::fs::write(folder.join("sample.toml"), "rooms = 2\n").unwrap();
    let report = check_dir(&folder);
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(!report.ok);
    assert!(
        report
            .lines
            .iter()
            .any(|line| line.starts_with("sample.toml: not a question pack")),
        "{report:?}"
    );
    assert!(
        report
            .lines
            .iter()
            .any(|line| line.starts_with("law.toml line 7, question X1: ")),
        "{report:?}"
    );
}

#[test]
fn a_version_changes_with_any_word_of_its_files_and_with_nothing_else() {
    let version = |file: &str, text: &str, clinic: &str| {
        let packs = Packs::from_sources(&with(file, text)).unwrap();
        packs.get(&clinic.into()).unwrap().version.clone()
    };
    let (file, text) = EMBEDDED[2];
    let now = version(file, text, "law");
    assert_eq!(now.len(), 16);
    assert_eq!(now, version(file, text, "law"));
    let changed = format!("{text}\n# A word.\n");
    assert_ne!(now, version(file, &changed, "law"));
    assert_eq!(
        version(file, text, "sports"),
        version(file, &changed, "sports")
    );
    let shared = EMBEDDED[0]
        .1
        .replacen("Who needs help?", "Who needs our help?", 1);
    assert_ne!(now, version(SHARED, &shared, "law"));
}

//! `packs/schema.json`, with which an editor helps whoever writes a pack, says the same as the reader: the shipped files
//! fit it, it has the reader's fields and words and no others, and it refuses what the reader refuses.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::broken::{ROWS, SOUND};
use super::{EMBEDDED, Packs, with};

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../packs/schema.json")).unwrap());

fn definition(name: &str) -> &'static Value {
    &SCHEMA["$defs"][name]
}

/// What of a schema is used here, and no more: the test of the shape of the file keeps it so.
fn fits(schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(target) = schema["$ref"].as_str() {
        return fits(definition(target.trim_start_matches("#/$defs/")), value);
    }
    if let Some(ways) = schema["anyOf"].as_array() {
        let errors: Vec<String> = ways
            .iter()
            .filter_map(|way| fits(way, value).err())
            .collect();
        return if errors.len() < ways.len() {
            Ok(())
        } else {
            Err(errors.join("; "))
        };
    }
    let kind = match value {
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        _ => "object",
    };
    let allowed = &schema["type"];
    if allowed != kind
        && !allowed
            .as_array()
            .is_some_and(|all| all.contains(&kind.into()))
    {
        return Err(format!("{value} is not {allowed}"));
    }
    if schema["enum"]
        .as_array()
        .is_some_and(|all| !all.contains(value))
    {
        return Err(format!("{value} is not one of {}", schema["enum"]));
    }
    if let (Some(least), Some(number)) = (schema["minimum"].as_i64(), value.as_i64())
        && number < least
    {
        return Err(format!("{number} is less than {least}"));
    }
    for item in value.as_array().into_iter().flatten() {
        fits(&schema["items"], item)?;
    }
    let Some(fields) = value.as_object() else {
        return Ok(());
    };
    for name in schema["required"].as_array().into_iter().flatten() {
        if !fields.contains_key(name.as_str().unwrap()) {
            return Err(format!("{name} is missing"));
        }
    }
    for (name, field) in fields {
        match (&schema["properties"][name], &schema["additionalProperties"]) {
            (Value::Null, Value::Bool(false)) => return Err(format!("{name} is unknown")),
            (Value::Null, other) => fits(other, field)?,
            (property, _) => fits(property, field).map_err(|error| format!("{name}: {error}"))?,
        }
    }
    Ok(())
}

fn as_json(text: &str) -> Option<Value> {
    toml::from_str(text).ok()
}

#[test]
fn the_shipped_files_fit_the_schema_and_name_it() {
    for (file, text) in EMBEDDED {
        assert_eq!(fits(&SCHEMA, &as_json(text).unwrap()), Ok(()), "{file}");
        assert!(text.starts_with("#:schema ./schema.json\n"), "{file}");
    }
    assert_eq!(
        fits(&SCHEMA, &as_json(include_str!("every_part.toml")).unwrap()),
        Ok(())
    );
}

/// The names that the reader says it knows when it meets one that it does not.
fn known(file: &str, text: &str) -> BTreeSet<String> {
    let error = match Packs::from_sources(&with(file, text)) {
        Ok(_) => panic!("taken: {text}"),
        Err(error) => error.to_string(),
    };
    let (_, expected) = error
        .split_once("expected ")
        .unwrap_or_else(|| panic!("{error}"));
    let name = Regex::new("`([^`]+)`").unwrap();
    name.captures_iter(expected)
        .map(|found| found[1].to_owned())
        .collect()
}

#[test]
fn the_schema_has_the_fields_of_the_reader_and_no_others() {
    let question = "clinic = \"law\"\n[[question]]\nid = \"X\"\nkind = \"date\"\n";
    for (name, file, text) in [
        (
            "pack",
            "law.toml",
            "clinic = \"law\"\nstrange = 1".to_owned(),
        ),
        ("question", "law.toml", format!("{question}strange = 1")),
        (
            "option",
            "law.toml",
            format!("{question}options = [{{ strange = 1 }}]"),
        ),
        (
            "limit",
            "law.toml",
            format!("{question}limits = [{{ strange = 1 }}]"),
        ),
        (
            "rule",
            "law.toml",
            format!("{question}[[question.rule]]\nstrange = 1"),
        ),
        (
            "condition",
            "law.toml",
            format!("{question}ask_if = {{ strange = 1 }}"),
        ),
        (
            "range",
            "law.toml",
            format!("{question}ask_if = {{ days_away = {{ strange = 1 }} }}"),
        ),
        (
            "facts",
            "law.toml",
            format!("{question}options = [{{ value = \"a\", sets = {{ strange = 1 }} }}]"),
        ),
        ("signposts", "signposts.toml", "strange = 1".to_owned()),
        (
            "signpost",
            "signposts.toml",
            "[[signpost]]\nstrange = 1".to_owned(),
        ),
    ] {
        let fields = definition(name)["properties"].as_object().unwrap();
        let fields: BTreeSet<String> = fields.keys().cloned().collect();
        assert_eq!(fields, known(file, &text), "{name}");
    }
}

#[test]
fn the_schema_has_the_words_of_the_reader_and_no_others() {
    let question = "clinic = \"law\"\n[[question]]\nid = \"X\"\n";
    let rule = format!(
        "{question}kind = \"date\"\n[[question.rule]]\nid = \"x\"\nif = {{ answered = true }}\n"
    );
    let sets = |fact: &str| {
        format!("{question}kind = \"date\"\noptions = [{{ value = \"a\", sets = {{ {fact} }} }}]")
    };
    for (name, property, text) in [
        ("question", "kind", format!("{question}kind = \"strange\"")),
        (
            "question",
            "names_of",
            format!("{question}kind = \"names\"\nnames_of = \"strange\""),
        ),
        (
            "question",
            "fills",
            format!("{question}kind = \"text\"\nfills = \"strange\""),
        ),
        ("rule", "outcome", format!("{rule}outcome = \"strange\"")),
        ("rule", "priority", format!("{rule}priority = \"strange\"")),
        (
            "rule",
            "follow_up",
            format!("{rule}follow_up = \"strange\""),
        ),
        ("facts", "mode", sets("mode = \"strange\"")),
        (
            "facts",
            "adviser_gender",
            sets("adviser_gender = \"strange\""),
        ),
        ("facts", "access", sets("access = [\"strange\"]")),
    ] {
        let property = &definition(name)["properties"][property];
        let words = property["enum"]
            .as_array()
            .or(property["items"]["enum"].as_array())
            .unwrap();
        let words: BTreeSet<String> = words
            .iter()
            .map(|word| word.as_str().unwrap().to_owned())
            .collect();
        assert_eq!(words, known("law.toml", &text), "{property}");
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses_and_takes_a_sound_pack() {
    assert_eq!(fits(&SCHEMA, &as_json(SOUND).unwrap()), Ok(()));
    let mut refused = 0;
    for (from, to, expected) in ROWS {
        let Some(value) = as_json(&SOUND.replacen(from, to, 1)) else {
            continue;
        };
        let by_shape = ["unknown field", "unknown variant", "missing field"];
        if by_shape.iter().any(|shape| expected.contains(shape)) {
            assert!(fits(&SCHEMA, &value).is_err(), "{from} -> {to}");
            refused += 1;
        }
    }
    assert!(refused >= 5, "{refused}");
}

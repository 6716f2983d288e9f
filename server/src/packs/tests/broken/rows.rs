//! A sound pack, and the ways to break it.

/// A sound question of a clinic: each row of [`ROWS`] breaks one thing in it.
pub(in super::super) const SOUND: &str = r#"clinic = "law"
elsewhere = ["citizens_advice"]
[settings]
debt_ok = false
[[question]]
id = "X1"
kind = "radio"
text = "Do you owe money?"
options = [
  { value = "yes", label = "Yes" },
  { value = "no", label = "No" },
  { value = "not_sure", label = "Not sure" },
]
[[question]]
id = "X2"
kind = "date"
text = "What date is on the letter?"
ask_if = { question = "X1", is = ["yes", "not_sure"] }
limits = [{ days = 14 }]
[[question.rule]]
id = "x2-late"
if = { days_left = { less_than = 0 } }
unless = "debt_ok"
outcome = "out"
text = "It was until {limit}."
signposts = ["national_debtline"]
[[question.rule]]
id = "x2-unsure"
if = { question = "X1", is = ["not_sure"] }
outcome = "review"
text = "We look first."
"#;

/// What to replace, by what, and a part of what is said then; nothing is said of a change that is allowed.
pub(in super::super) const ROWS: &[(&str, &str, &str)] = &[
    (
        r#"clinic = "law""#,
        "",
        "law.toml line 1: does not say which `clinic`",
    ),
    (
        "debt_ok = false",
        "debt_ok = false\ntypo = true",
        "law.toml line 5: nothing reads the setting `typo`",
    ),
    (
        r#"["citizens_advice"]"#,
        r#"["nobody"]"#,
        "law.toml line 1: `elsewhere` names `nobody`",
    ),
    // Not TOML, or not this format.
    (
        r#"text = "Do you"#,
        r"text = Do you",
        "law.toml line 8, question X1: ",
    ),
    (
        r#"kind = "radio""#,
        r#"kind = "buttons""#,
        "law.toml line 7, question X1: unknown variant `buttons`",
    ),
    (
        r#"kind = "radio""#,
        r#"sort = "radio""#,
        "law.toml line 7, question X1: unknown field `sort`",
    ),
    (
        r#"kind = "date""#,
        "",
        "law.toml line 14, question X2: missing field `kind`",
    ),
    (
        r#"outcome = "out""#,
        r#"outcome = "away""#,
        "law.toml line 24, question X2: unknown variant `away`",
    ),
    (
        "days = 14",
        "weeks = 2",
        "law.toml line 19, question X2: unknown field `weeks`",
    ),
    (
        "days = 14",
        "days = 14, months = 1",
        "law.toml line 15, question X2: a limit needs exactly one of",
    ),
    (
        r#"outcome = "review""#,
        r#"priority = "p1""#,
        "law.toml line 28, question X2: rule `x2-unsure` has a `priority`",
    ),
    (
        r#"ask_if = { question = "X1", is"#,
        r"ask_if = { is",
        "question X2: has a condition that names no question",
    ),
    // Questions.
    (
        r#"id = "X2""#,
        r#"id = "X1""#,
        "law.toml line 15, question X1: the id is used twice",
    ),
    (
        r#"id = "X2""#,
        r#"id = "A1""#,
        "law.toml line 15, question A1: the id is used twice",
    ),
    (
        r#"text = "Do you owe money?""#,
        "",
        "law.toml line 6, question X1: has no text",
    ),
    (
        r#"label = "No""#,
        r#"label = """#,
        "law.toml line 6, question X1: has an option without a value or a label",
    ),
    (
        r#"value = "no""#,
        r#"value = "yes""#,
        "law.toml line 6, question X1: has the option `yes` twice",
    ),
    (
        r#"{ value = "no", label = "No" },"#,
        r#"{ value = "no", label = "No", exclusive = true },"#,
        "question X1: has an option marked `exclusive`",
    ),
    (
        r#"  { value = "not_sure", label = "Not sure" },"#,
        "",
        "law.toml line 6, question X1: can be answered yes or no, and has no option `not_sure`",
    ),
    (
        r#"kind = "radio""#,
        r#"kind = "checks""#,
        "question X1: needs options, one of them \"None of these\"",
    ),
    (
        r#"kind = "radio""#,
        "kind = \"radio\"\noptional = true",
        "question X1: is optional",
    ),
    (
        r#"kind = "date""#,
        r#"kind = "text""#,
        "law.toml line 15, question X2: has a time limit, which only a date",
    ),
    (
        "limits = [{ days = 14 }]",
        "",
        "question X2: rule `x2-late` tests X2 in a way",
    ),
    (
        "days = 14 }",
        r#"days = 14, if = { question = "A3", is = ["18_over"] } }"#,
        "question X2: has time limits, none of which always counts",
    ),
    // When it is asked.
    (
        r#"question = "X1", is = ["yes", "not_sure"]"#,
        r#"question = "X1", is = ["yes"]"#,
        "law.toml line 15, question X2: a condition holds for \"Yes\" to X1 and not for \"Not sure\"",
    ),
    (
        r#"question = "X1", is = ["yes", "not_sure"]"#,
        r#"question = "X7", is = ["yes"]"#,
        "law.toml line 15, question X2: looks at question X7, which is not there",
    ),
    (
        r#"question = "X1", is = ["yes", "not_sure"]"#,
        r#"question = "X2", answered = true"#,
        "question X2: is asked because of X2, which is not asked before it",
    ),
    (
        r#"question = "X1", is = ["yes", "not_sure"]"#,
        r#"question = "A1", is = ["yes"]"#,
        "question X2: a condition holds for \"Yes\" to A1",
    ),
    (
        r#"question = "X1", is = ["yes", "not_sure"]"#,
        r#"question = "A8", is = ["no"]"#,
        "law.toml line 15, question X2: can never be reached",
    ),
    (
        r#"question = "X1", is = ["yes", "not_sure"]"#,
        r#"all = [{ question = "X1", is = ["yes", "not_sure"] }, { question = "X1", is = ["no"] }]"#,
        "law.toml line 15, question X2: can never be reached",
    ),
    (
        r#"["yes", "not_sure"]"#,
        "[]",
        "question X2: has a condition with nothing in it",
    ),
    // Rules.
    (
        r#"id = "x2-unsure""#,
        r#"id = "a8-not-sure""#,
        "law.toml line 28, question X2: rule `a8-not-sure` has an id that is used twice",
    ),
    (
        r#"is = ["not_sure"]"#,
        r#"is = ["unsure"]"#,
        "law.toml line 28, question X2: rule `x2-unsure` looks for `unsure`, which is not an option of X1",
    ),
    (
        r#"unless = "debt_ok""#,
        r#"unless = "urgent_days""#,
        "rule `x2-late` looks at `urgent_days`, which is not a setting that is on or off",
    ),
    (
        "less_than = 0",
        r#"less_than = "debt_ok""#,
        "rule `x2-late` looks at `debt_ok`, which is not a setting with a number",
    ),
    (
        "days_left = { less_than = 0 }",
        "days_left = {}",
        "rule `x2-late` has a condition with nothing in it",
    ),
    (
        "days_left = { less_than = 0 }",
        "days_left = { less_than = 0, more_than = 0 }",
        "law.toml line 21, question X2: rule `x2-late` can never hold",
    ),
    (
        "days_left = { less_than = 0 }",
        "some = true, contains = [\"-\"]",
        "rule `x2-late` has a condition with nothing in it",
    ),
    (
        r#"text = "It was until {limit}.""#,
        "",
        "law.toml line 21, question X2: rule `x2-late` has no text",
    ),
    ("{limit}", "{date}", "rule `x2-late` has a word in braces"),
    ("We look first.", "Until {limit}", ""),
    (
        r#"outcome = "review""#,
        "",
        "rule `x2-unsure` has a text and no outcome",
    ),
    (
        r#"["national_debtline"]"#,
        r#"["nobody"]"#,
        "law.toml line 21, question X2: rule `x2-late` points to `nobody`, which is not in signposts.toml",
    ),
    (
        r#"signposts = ["national_debtline"]"#,
        "",
        "rule `x2-late` turns people away and points to nobody",
    ),
    (
        r#"outcome = "review""#,
        "outcome = \"review\"\nfollow_up = \"out\"",
        "has a follow-up that is not milder",
    ),
    // "Not sure" made the easy way.
    (
        r"if = { days_left = { less_than = 0 } }",
        r#"question = "X1"
if = { is = ["yes"] }"#,
        "law.toml line 6, question X1: \"Not sure\" has a softer result",
    ),
    // What is sealed, whose names, and who checked.
    (
        r#"kind = "radio""#,
        "kind = \"radio\"\nsealed = true",
        "law.toml line 6, question X1: is sealed, which only text and long",
    ),
    (
        r#"kind = "date""#,
        "kind = \"date\"\nnames_of = \"own\"",
        "law.toml line 15, question X2: has `names_of`, which only a names question can",
    ),
    (
        r#"kind = "date""#,
        "kind = \"date\"\nnames_of = \"mine\"",
        "law.toml line 17, question X2: unknown variant `mine`",
    ),
    (
        r#"kind = "date""#,
        "kind = \"date\"\nfills = \"topic\"",
        "law.toml line 15, question X2: fills `topic`, which only a radio question can",
    ),
    (
        r#"kind = "radio""#,
        "kind = \"radio\"\nfills = \"language\"",
        "law.toml line 6, question X1: fills `language`, which only a text question can",
    ),
    (
        r#"outcome = "review""#,
        "outcome = \"review\"\nchecked_on = \"2026-12-01\"",
        "law.toml line 28, question X2: rule `x2-unsure` needs both `checked_on` and `checked_by`",
    ),
    (
        r#"outcome = "review""#,
        "outcome = \"review\"\nchecked_on = \"soon\"\nchecked_by = \"A. Lead\"",
        "law.toml line 28, question X2: rule `x2-unsure` has a `checked_on` that is neither",
    ),
    (
        r#"outcome = "review""#,
        "outcome = \"review\"\nchecked_on = \"2026-12-01\"\nchecked_by = \"A. Lead\"",
        "",
    ),
];

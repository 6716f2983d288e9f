//! The way to the independent readers in `tests/readers`.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What `read_mail.py` makes of a mail or a calendar file, or `None` where Python or its package
/// is missing. With `CLINICS_REQUIRE_READERS=1` missing is a failure. `CLINICS_PYTHON` names
/// another interpreter, such as one of a virtual environment.
pub fn read(kind: &str, octets: &[u8]) -> Option<Value> {
    let python = std::env::var("CLINICS_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !is_there(&python) {
        let required = std::env::var("CLINICS_REQUIRE_READERS").is_ok_and(|value| value == "1");
        assert!(
            !required,
            "CLINICS_REQUIRE_READERS=1, but `{python}` cannot import the PyPI package `icalendar`"
        );
        println!("skipped: `{python}` cannot import the PyPI package `icalendar`");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/read_mail.py");
    let mut reader = Command::new(&python)
        .arg(script)
        .arg(kind)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    reader.stdin.take().unwrap().write_all(octets).unwrap();
    let output = reader.wait_with_output().unwrap();
    assert!(output.status.success(), "the reader refused it");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn is_there(python: &str) -> bool {
    Command::new(python)
        .args(["-c", "import icalendar"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

//! Places in a file: from a byte to the line and the question it is in.

use std::sync::Arc;

use super::Source;
use crate::domain::triage::{At, Problem, QuestionId};

pub(super) struct Place<'s> {
    source: &'s Source,
    file: Arc<str>,
}

impl<'s> Place<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Self {
            source,
            file: source.file.as_str().into(),
        }
    }

    pub(super) fn file(&self) -> &str {
        &self.file
    }

    pub(super) fn at(&self, byte: usize) -> At {
        let before = self.source.text.get(..byte).unwrap_or(&self.source.text);
        At {
            file: Arc::clone(&self.file),
            line: before.matches('\n').count() + 1,
        }
    }

    pub(super) fn problem(&self, byte: usize, text: String) -> Problem {
        let at = self.at(byte);
        Problem {
            question: self.question(at.line),
            at,
            text,
        }
    }

    /// The question whose table a line is in: found in the text, because a file that cannot be parsed has none.
    fn question(&self, line: usize) -> Option<QuestionId> {
        let lines: Vec<&str> = self.source.text.lines().map(str::trim).collect();
        let is_start = |line: &&str| line.replace(' ', "").starts_with("[[question]]");
        let start = lines
            .get(..line.min(lines.len()))?
            .iter()
            .rposition(is_start)?;
        let table = lines
            .get(start + 1..)?
            .iter()
            .take_while(|line| !is_start(line));
        let id = table.into_iter().find_map(|line| {
            let value = line.strip_prefix("id")?.trim_start().strip_prefix('=')?;
            value.split('"').nth(1)
        });
        id.map(QuestionId::from)
    }
}

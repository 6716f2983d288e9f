//! What is wrong with the fields of a call, by JSON pointer.

use crate::domain::client::{Client, ClientInput, FieldError, Wrong};
use crate::domain::triage::{AnswerCode, AnswerError, Facts};
use crate::http::error::{Edge, FieldProblem};
use crate::intake::fill_from_answers;

/// A field that is needed and is not there.
pub fn required(pointer: &str) -> FieldProblem {
    FieldProblem::new(pointer, "required")
}

/// One field is wrong.
pub fn wrong(pointer: &str, code: &str) -> Edge {
    Edge::invalid(vec![FieldProblem::new(pointer, code)])
}

/// The client in `/client`, with what the answers say where the details are silent.
pub fn client(input: &ClientInput, facts: &Facts) -> Result<Client, Edge> {
    let mut client = input
        .parse()
        .map_err(|errors| Edge::invalid(at("/client", &errors)))?;
    fill_from_answers(&mut client, input, facts);
    Ok(client)
}

/// Wrong contact details, below `parent`.
pub fn at(parent: &str, errors: &[FieldError]) -> Vec<FieldProblem> {
    let problem = |error: &FieldError| {
        let problem = FieldProblem::new(format!("{parent}/{}", error.field), error.wrong.code());
        match error.wrong {
            Wrong::TooLong(most) => at_most(problem, most, "characters"),
            _ => problem,
        }
    };
    errors.iter().map(problem).collect()
}

/// Wrong answers, in `/answers`.
pub fn answers(errors: &[AnswerError]) -> Edge {
    let problem = |error: &AnswerError| {
        // RFC 6901: `~` and `/` in a name are written `~0` and `~1`.
        let name = error
            .question
            .as_str()
            .replace('~', "~0")
            .replace('/', "~1");
        let problem = FieldProblem::new(format!("/answers/{name}"), error.code.as_str());
        match error.code {
            AnswerCode::TooLong(most) => at_most(problem, most, "characters"),
            AnswerCode::TooMany(most) => at_most(problem, most, "names"),
            _ => problem,
        }
    };
    Edge::invalid(errors.iter().map(problem).collect())
}

fn at_most(problem: FieldProblem, most: usize, of: &str) -> FieldProblem {
    FieldProblem {
        detail: format!("at most {most} {of}"),
        ..problem
    }
}

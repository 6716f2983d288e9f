//! What is wrong with a field, in words from the catalogue: a message of the field's own, or the general one of the code.

use app::text::{has, t, t_with};
use app::view::FieldError;

use crate::domain::client::Wrong;

/// The errors of some fields, in their order.
pub fn errors(wrong: &[(&str, Wrong)]) -> Vec<FieldError> {
    wrong
        .iter()
        .map(|(field, wrong)| {
            let field = field_name(field);
            let key = key(field, wrong.code());
            let text = match wrong {
                Wrong::TooLong(most) => {
                    t_with(&key, &[("most", i64::try_from(*most).unwrap_or(0).into())])
                }
                _ => t(&key),
            };
            FieldError {
                field: field.to_owned(),
                text,
            }
        })
        .collect()
}

/// One error by its code.
pub fn error(field: &str, code: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        text: t(&key(field, code)),
    }
}

/// The form's name of a field of the API.
fn field_name(field: &str) -> &str {
    if field == "postcode_area" {
        "postcode"
    } else {
        field
    }
}

fn key(field: &str, code: &str) -> String {
    let code = code.replace('_', "-");
    let own = format!("wrong-{}-{code}", field.replace('_', "-"));
    if has(&own) {
        own
    } else {
        format!("wrong-{code}")
    }
}

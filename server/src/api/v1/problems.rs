//! How errors are documented: each call lists its own, the rest follows from what kind of call it is.

use std::collections::BTreeMap;

use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::{Content, Ref, RefOr};

/// Documented responses by status.
pub type Responses = BTreeMap<String, RefOr<Response>>;

/// What every call may answer.
const ANY: &[(u16, &str)] = &[(
    503,
    "`unavailable`: something we need does not answer; try again after `Retry-After`.",
)];

/// What every call with a path or a query may answer besides.
pub const ADDRESSED: &[(u16, &str)] = &[(400, "`malformed`: the address cannot be read.")];

/// What every write may answer besides.
pub const WRITE: &[(u16, &str)] = &[(
    429,
    "`rate_limited`: too many requests; try again after `Retry-After`.",
)];

/// What every call with a JSON body may answer besides.
pub const BODY: &[(u16, &str)] = &[
    (
        400,
        "`malformed`: the request cannot be read. `idempotency_key_missing`: a key is needed, 1 to 255 visible characters.",
    ),
    (413, "`too_large`: more than 64 kB."),
    (
        415,
        "`unsupported_media_type`: the body has to be `application/json`.",
    ),
];

/// The documentation of these errors. Said twice, a status keeps what was said first.
pub fn documented(lists: &[&[(u16, &str)]]) -> Responses {
    let mut responses = Responses::new();
    for (status, text) in lists.iter().copied().chain([ANY]).flatten() {
        responses.entry(status.to_string()).or_insert_with(|| {
            let content = Content::new(Some(Ref::from_schema_name("Problem")));
            ResponseBuilder::new()
                .description(*text)
                .content("application/problem+json", content)
                .into()
        });
    }
    responses
}

/// A name to put into `responses(…)` for a list of errors.
macro_rules! problems {
    ($name:ident: $($list:expr),+ $(,)?) => {
        struct $name;

        impl utoipa::IntoResponses for $name {
            fn responses() -> $crate::api::v1::problems::Responses {
                $crate::api::v1::problems::documented(&[$($list),+])
            }
        }
    };
}
pub(crate) use problems;

//! `/staff/questions`: reading, editing, comparing and publishing question sets.
//!
//! Promises: a set that somebody may not see answers like one that does not exist; every form that is refused comes back
//! with what was typed.

mod draft;
mod edit;
mod see;

use app::view::questions::EditBase;
use axum::Router;
use axum::routing::{get, post};

use super::SignedIn;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::state::App;
use crate::questions::{Set, Typed};

/// The routes below `/staff/questions`.
pub fn router() -> Router<App> {
    let at = |below: &str| format!("/staff/questions{below}");
    Router::new()
        .route(&at(""), get(see::sets))
        .route(&at("/{set}"), get(see::set))
        .route(&at("/{set}/versions"), get(see::versions))
        .route(&at("/{set}/versions/{number}"), get(see::version))
        .route(&at("/{set}/versions/{number}/take"), post(draft::take))
        .route(
            &at("/{set}/edit/{id}"),
            get(edit::part).post(edit::submit_part),
        )
        .route(
            &at("/{set}/settings"),
            get(edit::settings).post(edit::submit_settings),
        )
        .route(&at("/{set}/file"), get(edit::file).post(edit::submit_file))
        .route(&at("/{set}/draft"), get(draft::see))
        .route(&at("/{set}/publish"), post(draft::publish))
        .route(&at("/{set}/discard"), post(draft::discard))
}

/// The set of an address, if this person may read it.
fn seen(who: &SignedIn, slug: &str) -> Result<Set, Edge> {
    let set = Set::from_slug(slug);
    if set.may_see(&who.standing) {
        Ok(set)
    } else {
        Err(nothing())
    }
}

/// The set of an address, if this person may change it.
fn editable(who: &SignedIn, slug: &str) -> Result<Set, Edge> {
    let set = seen(who, slug)?;
    if set.may_edit(&who.standing) {
        Ok(set)
    } else {
        Err(Code::Forbidden.into())
    }
}

fn nothing() -> Edge {
    Edge::from(Code::NotFound).onward("/staff/questions")
}

/// What the form was made from. A number that is none is no version there ever was.
fn base(form: &Form) -> EditBase {
    let number = |name: &str| form.first(name).parse().unwrap_or(-1);
    EditBase {
        in_force: number("in-force"),
        revision: number("revision"),
    }
}

impl Typed for Form {
    fn values(&self, name: &str) -> Vec<String> {
        self.all(name).map(str::to_owned).collect()
    }
}

//! What went wrong on a staff page: in the staff's own frame, so that whoever took a wrong turn still has
//! the rail to go on by.

use crate::icons::{ARROW, icon};
use crate::pages::document::{Head, staff};
use crate::pages::words;
use crate::text::{t, t_with};
use crate::view::{Frame, Problem};
use leptos::prelude::*;

/// Any failure that a member of staff sees while signed in.
pub fn problem(frame: &Frame, model: &Problem) -> String {
    let head = || Head {
        title: words::problem(&model.code).0,
        bare: true,
        ..Head::default()
    };
    staff(frame, head, "", || {
        let (title, text) = words::problem(&model.code);
        let next = if model.next.is_empty() {
            "/staff".to_owned()
        } else {
            model.next.clone()
        };
        let request = (!model.request_id.is_empty())
            .then(|| view! { <p>{t_with("problem-request", &[("id", model.request_id.clone().into())])}</p> });
        view! {
            <div class="desk-head"><h1>{title}</h1></div>
            <p>{text}</p>
            <p><a class="button main" href=next>{t("problem-next")} {icon(ARROW)}</a></p>
            {request}
        }
    })
}

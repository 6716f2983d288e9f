//! The mark on an appointment or request of a business that competes with another in the same clinic: which, and whether
//! one team has both. Names nobody.

use crate::icons::{ALERT, icon};
use crate::text::t;
use crate::view::Rival;
use leptos::prelude::*;

/// The mark; nothing if there is no rival.
pub fn mark(rivals: &[Rival]) -> Option<AnyView> {
    let (together, apart): (Vec<&Rival>, Vec<&Rival>) =
        rivals.iter().partition(|rival| rival.one_team);
    let links = |all: &[&Rival]| {
        let one = |rival: &&Rival| {
            view! { " " <a href=rival.path.clone()>{rival.reference.clone()}</a> }
        };
        all.iter().map(one).collect_view()
    };
    let together = (!together.is_empty()).then(|| {
        view! { <p class="banner bad">{icon(ALERT)} " " {t("rivals-one-team")} {links(&together)}</p> }
    });
    let apart = (!apart.is_empty()).then(|| {
        view! { <p class="banner">{icon(ALERT)} " " {t("rivals-apart")} {links(&apart)}</p> }
    });
    (!rivals.is_empty()).then(|| view! { {together} {apart} }.into_any())
}

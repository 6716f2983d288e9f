//! The rail of the staff pages: where one is, where else one can go, who is signed in, and whether
//! what is shown is sample data.

use super::masthead::mark;
use crate::icons::{ALERT, MENU, icon};
use crate::text::t;
use crate::view::{Frame, RailEntry, StaffRef};
use leptos::prelude::*;

/// The rail with its entries, or only the site's name while nobody is signed in.
pub fn view(frame: &Frame, current: &str) -> impl IntoView + use<> {
    let sample = frame
        .sample
        .then(|| view! { <p class="sample-note">{icon(ALERT)} {t("staff-sample")}</p> });
    let inside = frame.staff.as_ref().map(|staff| inside(staff, current));
    view! {
        <header class="rail">
            <a class="brand" href="/staff">{mark()} <span>{frame.site_name.clone()}</span></a>
            {inside}
            {sample}
        </header>
    }
}

fn inside(staff: &StaffRef, current: &str) -> impl IntoView + use<> {
    let entry = |entry: &RailEntry| {
        let here = (entry.path == current).then_some("page");
        let count = entry.count.map(super::staff::count);
        view! {
            <li>
                <a href=entry.path.clone() aria-current=here>
                    {icon(entry.icon)} <span>{entry.label.clone()}</span> {count}
                </a>
            </li>
        }
    };
    view! {
        {staff.finds.then(search)}
        // Beside the page it stands open, by the style sheet alone; above the page on a phone it is folded.
        <details class="rail-menu">
            <summary>{icon(MENU)} <span>{t("staff-menu")}</span></summary>
            <nav aria-label=t("staff-nav")>
                <ul>{staff.entries.iter().map(entry).collect_view()}</ul>
            </nav>
            <div class="rail-who">
                <p><a href="/staff/account"><strong>{staff.name.clone()}</strong></a><br /><span>{staff.roles.clone()}</span></p>
                <form method="post" action="/staff/sign-out">
                    <button class="button quiet small" type="submit">{t("staff-sign-out")}</button>
                </form>
            </div>
        </details>
    }
}

/// Quick find, on every page. What is typed goes in the body of a POST and never into an address.
fn search() -> AnyView {
    view! {
        <form class="rail-find" method="post" action="/staff/find" role="search">
            <label for="find">{t("search-label")}</label>
            <input id="find" name="for" type="search" autocomplete="off" spellcheck="false" data-find="" />
            <button class="button quiet small" type="submit">{t("search-button")}</button>
        </form>
    }
    .into_any()
}

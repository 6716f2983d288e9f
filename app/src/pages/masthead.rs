//! The head of every public page: whose site this is, which clinic, and the way out in a hurry.

use crate::icons::{EXIT, icon};
use crate::text::t;
use crate::view::Frame;
use leptos::prelude::*;

/// A harmless page that anybody might have open.
const SOMEWHERE_HARMLESS: &str = "https://www.bbc.co.uk/weather";

/// Site, clinic and, where the topic asks for it, "Exit this page".
pub fn view(frame: &Frame) -> impl IntoView + use<> {
    let clinic = frame.clinic.clone().map(|clinic| {
        view! { <a class="masthead-clinic" href=format!("/clinics/{}", clinic.id)>{clinic.name}</a> }
    });
    // The link works as it is; where JavaScript is on, the boot script makes it replace this page
    // in the browser's history, so that "back" does not return to it.
    let exit = frame.exit.then(|| view! {
        <nav class="exit" aria-label=t("exit-quick")>
            <a href=SOMEWHERE_HARMLESS rel="noreferrer" data-exit="">{icon(EXIT)} {t("exit")}</a>
        </nav>
    });
    view! {
        <header class="masthead">
            <div class="masthead-line">
                <a class="brand" href="/">{mark()} <span>{frame.site_name.clone()}</span></a>
                {clinic}
            </div>
        </header>
        {exit}
    }
}

/// An open door with the light on.
pub fn mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="mark-arch" d="M5 29V15a11 11 0 0 1 22 0v14" />
            <path class="mark-light" d="M11 29V15.5a5 5 0 0 1 10 0V29z" />
        </svg>
    }
}

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
    let exit = frame.exit.then(|| exit(frame));
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

/// "Exit this page". The link works as it is. Where JavaScript is on, the boot script also forgets what was typed, makes the
/// link replace this page in the browser's history, so that "back" does not return to it, and listens for Shift.
fn exit(frame: &Frame) -> impl IntoView + use<> {
    let to = if frame.exit_to.starts_with("https://") {
        frame.exit_to.clone()
    } else {
        SOMEWHERE_HARMLESS.to_owned()
    };
    let clear = frame
        .clinic
        .as_ref()
        .map(|clinic| format!("/clinics/{}/clear", clinic.id));
    view! {
        <nav class="exit" aria-label=t("exit-quick")>
            <a href=to rel="noreferrer" data-exit="" data-clear=clear>{icon(EXIT)} {t("exit")}</a>
            <span class="exit-keys" data-exit-keys="" hidden>{t("exit-keys")}</span>
            <span class="visually-hidden" role="status" data-exit-status="" data-two=t("exit-two-more")
                data-one=t("exit-one-more") data-going=t("exit-going")></span>
        </nav>
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

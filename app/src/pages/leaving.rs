//! How to leave quickly, before the first question of a journey that somebody near might not be meant to see.

use super::document::{Head, public};
use super::parts;
use crate::icons::{ALERT, icon};
use crate::text::t;
use crate::view::Frame;
use leptos::prelude::*;

/// `/clinics/{clinic}/leaving`
pub fn leaving(frame: &Frame, clinic: &str) -> String {
    public(
        frame,
        || Head::journey(t("leaving-title")),
        || {
            view! {
                {parts::back(&format!("/clinics/{clinic}"))}
                <h1>{t("leaving-title")}</h1>
                <p class="lead">{t("leaving-lead")}</p>
                <ul class="bullets">
                    <li>{t("leaving-button")}</li>
                    <li>{t("leaving-keys")}</li>
                    <li>{t("leaving-clear")}</li>
                </ul>
                <div class="notice">
                    <h2>{icon(ALERT)} {t("leaving-history-title")}</h2>
                    <p>{t("leaving-history")}</p>
                    <p>{t("leaving-private")}</p>
                </div>
                <form method="post" action=format!("/clinics/{clinic}/leaving")>
                    <button class="button main" type="submit">{t("continue")}</button>
                </form>
            }
        },
    )
}

//! Pages that are only words: accessibility and privacy. The accessibility
//! statement has the parts that the 2018 regulations ask for; what only the university can say is
//! marked as sample text.

use super::document::{Head, public};
use super::{footer, parts};
use crate::icons::{ALERT, icon};
use crate::text::t;
use crate::view::Frame;
use leptos::prelude::*;

/// `/accessibility`
pub fn accessibility(frame: &Frame) -> String {
    public(
        frame,
        || Head {
            title: t("access-title"),
            ..Head::default()
        },
        || {
            view! {
                <article class="statement">
                    <h1>{t("access-title")}</h1>
                    {sample()}
                    <p class="lead">{t("access-intro")}</p>
                    <h2>{t("access-can-title")}</h2>
                    {parts::bullets(&[t("access-can-1"), t("access-can-2"), t("access-can-3"), t("access-can-4")])}
                    <h2>{t("access-limits-title")}</h2>
                    <p>{t("access-limits")}</p>
                    <h2>{t("access-contact-title")}</h2>
                    <p>{t("access-contact")}</p>
                    {footer::telephone(frame)}
                    <h2>{t("access-report-title")}</h2>
                    <p>{t("access-report")}</p>
                    <h2>{t("access-enforce-title")}</h2>
                    <p>{t("access-enforce")}</p>
                    <h2>{t("access-technical-title")}</h2>
                    <p>{t("access-technical")}</p>
                    <h3>{t("access-compliance-title")}</h3>
                    <p>{t("access-compliance")}</p>
                    <h3>{t("access-non-title")}</h3>
                    <p>{t("access-non")}</p>
                    <h2>{t("access-doing-title")}</h2>
                    <p>{t("access-doing")}</p>
                    <h2>{t("access-prepared-title")}</h2>
                    <p>{t("access-prepared")}</p>
                </article>
            }
        },
    )
}

/// `/privacy`
pub fn privacy(frame: &Frame) -> String {
    public(
        frame,
        || Head {
            title: t("privacy-title"),
            ..Head::default()
        },
        || {
            view! {
                <article class="statement">
                    <h1>{t("privacy-title")}</h1>
                    {sample()}
                    <p class="lead">{t("privacy-intro")}</p>
                    <h2>{t("privacy-ask-title")}</h2>
                    {parts::bullets(&[t("privacy-ask-1"), t("privacy-ask-2"), t("privacy-ask-3"), t("privacy-ask-4")])}
                    <h2>{t("privacy-see-title")}</h2>
                    <p>{t("privacy-see")}</p>
                    <h2>{t("privacy-contact-title")}</h2>
                    <p>{t("privacy-contact")}</p>
                    <p>{t("privacy-phone")}</p>
                    <h2>{t("privacy-keep-title")}</h2>
                    {parts::bullets(&[t("privacy-keep-1"), t("privacy-keep-2"), t("privacy-keep-3")])}
                    <h2>{t("privacy-device-title")}</h2>
                    <p>{t("privacy-device")}</p>
                    <h2>{t("privacy-rights-title")}</h2>
                    <p>{t("privacy-rights")}</p>
                    {footer::telephone(frame)}
                </article>
            }
        },
    )
}

fn sample() -> impl IntoView {
    view! { <p class="notice">{icon(ALERT)} {t("sample-text")}</p> }
}

//! The neutral refusal: what somebody reads behind their link when the clinic cannot take them on. The same for everybody
//! and for every reason: no name, no reference, no time, no script.

use super::document::{Head, public};
use super::parts;
use crate::text::t;
use crate::view::{Frame, TurnedDown};
use leptos::prelude::*;

/// The page.
pub fn turned_down(frame: &Frame, model: &TurnedDown) -> String {
    let head = || Head {
        neutral: true,
        ..Head::journey(t("turned-down-title"))
    };
    public(frame, head, || {
        let others = (!model.signposts.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{t("turned-down-others")}</h2>
                    <ul class="signposts">{model.signposts.iter().map(parts::signpost).collect_view()}</ul>
                </section>
            }
        });
        let telephone = super::footer::telephone(frame);
        view! {
            <h1>{t("turned-down-title")}</h1>
            <p class="lead">{t("turned-down-lead")}</p>
            <p>{t("turned-down-text")}</p>
            {others}
            <section class="rather">
                <h2>{t("manage-ring")}</h2>
                {telephone}
            </section>
        }
    })
}

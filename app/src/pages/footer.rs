//! The foot of every public page, always the same and in the same order: the telephone, help that
//! cannot wait, clearing one's answers, and the small print.

use crate::icons::{PHONE, icon};
use crate::text::{t, t_with};
use crate::view::Frame;
use leptos::prelude::*;

/// The numbers that need no clinic and no form: how they are dialled, and how they are shown.
const EMERGENCY: [(&str, &str); 3] = [("999", "999"), ("111", "111"), ("116123", "116 123")];

pub fn view(frame: &Frame) -> impl IntoView + use<> {
    let clear = frame
        .clinic
        .clone()
        .filter(|_| frame.has_answers)
        .map(|clinic| {
            view! {
                <form class="clear" method="post" action=format!("/clinics/{}/clear", clinic.id)>
                    <p>{t("clear-why")}</p>
                    <button class="button quiet" type="submit">{t("clear")}</button>
                </form>
            }
        });
    let why = [t("now-999"), t("now-111"), t("now-samaritans")];
    let numbers = EMERGENCY.into_iter().zip(why).map(|((dial, shown), why)| {
        view! {
            <li><a class="tel" href=format!("tel:{dial}")>{shown}</a> <span>{why}</span></li>
        }
    });
    view! {
        <footer class="foot">
            <div class="foot-parts">
                <section class="foot-phone" aria-labelledby="foot-phone">
                    <h2 id="foot-phone">{t("ring-title")}</h2>
                    {telephone(frame)}
                </section>
                <section class="foot-now" aria-labelledby="foot-now">
                    <h2 id="foot-now">{t("now-title")}</h2>
                    <ul>{numbers.collect_view()}</ul>
                </section>
                {clear}
            </div>
            <nav class="foot-links" aria-label=t("foot-links")>
                <ul>
                    <li><a href="/find">{t("foot-find")}</a></li>
                    <li><a href="/accessibility">{t("foot-accessibility")}</a></li>
                    <li><a href="/privacy">{t("foot-privacy")}</a></li>
                </ul>
                <p>{t("foot-language")}</p>
            </nav>
        </footer>
    }
}

/// The front desk's number and hours, or a plain sentence where no number has been set.
pub fn telephone(frame: &Frame) -> AnyView {
    if frame.telephone.is_empty() {
        return view! { <p>{t("ring-none")}</p> }.into_any();
    }
    let hours = (!frame.telephone_hours.is_empty()).then(|| {
        t_with(
            "ring-hours",
            &[("hours", frame.telephone_hours.clone().into())],
        )
    });
    view! {
        <p>
            {icon(PHONE)} {number(&frame.telephone)}
        </p>
        <p>{t("ring-text")} " " {hours}</p>
    }
    .into_any()
}

/// A number as a link that dials it.
pub fn number(shown: &str) -> impl IntoView + use<> {
    view! { <a class="tel" href=format!("tel:{}", dialled(shown))>{shown.to_owned()}</a> }
}

/// A number as a telephone dials it: digits and a leading plus.
pub fn dialled(number: &str) -> String {
    number
        .chars()
        .enumerate()
        .filter(|(at, c)| c.is_ascii_digit() || (*at == 0 && *c == '+'))
        .map(|(_, c)| c)
        .collect()
}

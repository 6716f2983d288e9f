//! Words for the codes that models carry: one place that knows which codes there are.

use crate::text::{has, t, t_with};

/// A way to meet: `in_person`, `phone`, `video`; anything else is "any".
pub fn mode(code: &str) -> String {
    match code {
        "in_person" => t("mode-in-person"),
        "phone" => t("mode-phone"),
        "video" => t("mode-video"),
        _ => t("mode-any"),
    }
}

/// The key of the message about a code in a family: `times-way` and `in_person` give
/// `times-way-in-person`.
pub fn key(family: &str, code: &str) -> String {
    format!("{family}-{}", code.replace('_', "-"))
}

/// What happens at the time of an appointment, by the way to meet. Somebody who is rung has a number
/// that is safe to ring; where there is none, the client is asked to ring first.
pub fn how_it_happens(mode: &str, can_ring: bool) -> String {
    match mode {
        "phone" if can_ring => t("happens-phone"),
        "phone" => t("happens-phone-no-number"),
        "video" => t("happens-video"),
        _ => t("happens-in-person"),
    }
}

/// The part of the day that a local hour (0 to 23) falls in.
pub fn part_of_day(hour: u32) -> String {
    match hour {
        0..12 => t("part-morning"),
        12..17 => t("part-afternoon"),
        _ => t("part-evening"),
    }
}

/// A state of an appointment, as its owner and as staff read it. An unknown state reads as it is.
pub fn state(code: &str) -> String {
    let key = format!("state-{}", code.replace('_', "-"));
    if has(&key) { t(&key) } else { code.to_owned() }
}

/// "60 minutes, free": how long a service takes and what it costs.
pub fn length_and_price(minutes: i64, price: &str) -> String {
    let length = t_with("length-minutes", &[("count", minutes.into())]);
    if price.is_empty() {
        length
    } else {
        t_with(
            "length-and-price",
            &[("length", length.into()), ("price", price.into())],
        )
    }
}

/// The title and the text of a problem code, or those of a problem nobody named.
pub fn problem(code: &str) -> (String, String) {
    let code = code.replace('_', "-");
    let key = |end: &str| format!("problem-{code}-{end}");
    if has(&key("title")) && has(&key("text")) {
        (t(&key("title")), t(&key("text")))
    } else {
        (t("problem-other-title"), t("problem-other-text"))
    }
}

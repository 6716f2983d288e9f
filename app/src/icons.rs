//! The icons, drawn for this product on a 24 by 24 grid in one stroke weight. An icon only ever
//! stands beside the words it goes with, so it is hidden from screen readers.

use leptos::prelude::*;

pub const ALERT: &str = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5V13M12 16.4v.1";
pub const APPLE: &str = "M12 8c-1.5-1.6-6.5-1.8-7 4-.3 4 2.5 8 4.8 8 1 0 1.3-.6 2.2-.6s1.2.6 2.2.6c2.3 0 5.1-4 4.8-8-.5-5.8-5.5-5.6-7-4zM12 8c0-2.2.9-3.9 3-4.5";
pub const ARCH: &str = "M5 20.5V12a7 7 0 0 1 14 0v8.5M9 20.5V12a3 3 0 0 1 6 0v8.5M3.5 20.5h17";
pub const ARROW: &str = "M5 12h14M13 6l6 6-6 6";
pub const BACK: &str = "M19 12H5M11 6l-6 6 6 6";
pub const CALENDAR: &str = "M4.5 6.5h15v13h-15zM4.5 11h15M8.5 4v4.5M15.5 4v4.5";
pub const CHART: &str = "M4 20.5h16M7 17.5v-5M12 17.5V6.5M17 17.5v-8";
pub const CHECK: &str = "M5 12.5l4.5 4.5L19 7.5";
pub const CLOCK: &str = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.2 2";
pub const EXIT: &str = "M10.5 4H5v16h5.5M9.5 12H19M15 8l4 4-4 4";
pub const HEART: &str =
    "M12 19.8s-7.6-4.5-8.5-9.6A4.4 4.4 0 0 1 12 8a4.4 4.4 0 0 1 8.5 2.2c-.9 5.1-8.5 9.6-8.5 9.6z";
pub const IN_PERSON: &str = "M8.5 11.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM2.8 19.5a5.7 5.7 0 0 1 11.4 0M16 11.7a2.7 2.7 0 1 0 0-5.4M16.8 14.4a5.2 5.2 0 0 1 4.4 5.1";
pub const LETTER: &str = "M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5";
pub const MENU: &str = "M4 7h16M4 12h16M4 17h16";
pub const PHONE: &str = "M6.5 3.5h3l1.6 4.2-2 1.6a11.5 11.5 0 0 0 5.6 5.6l1.6-2 4.2 1.6v3a2 2 0 0 1-2.2 2A16.6 16.6 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z";
pub const PIN: &str = "M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11zM12 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z";
pub const PRINT: &str = "M7.5 9V4h9v5M7.5 17H4v-8h16v8h-3.5M7.5 14h9v6.5h-9z";
pub const QUESTION: &str = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.6a2.5 2.5 0 1 1 3.7 2.2c-.8.5-1.2 1-1.2 1.9M12 16.6v.1";
pub const RUNNER: &str = "M14.7 6.7a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM6.5 11l3-2.5 4 .5 2 3.5 3.5.5M13 9.5l-2.5 5 4 2.5v4M9.7 16l-1.7 3H4.5";
pub const SCALES: &str = "M12 4v16M8 20.5h8M5 7l7-1.5L19 7M5 7l-2.7 6.5a2.9 2.9 0 0 0 5.4 0zM19 7l-2.7 6.5a2.9 2.9 0 0 0 5.4 0z";
pub const SHOP: &str = "M4.5 12v8h15v-8M3 9.5L5 4.5h14l2 5a2.3 2.3 0 0 1-4.5.4 2.3 2.3 0 0 1-4.5 0 2.3 2.3 0 0 1-4.5 0A2.3 2.3 0 0 1 3 9.5zM10 20v-5h4v5";
pub const TALK: &str = "M4 5h16v11h-8.5L7 20v-4H4zM8 9.2h8M8 12.2h5";
pub const VIDEO: &str = "M3.5 7.5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zM14.5 10.7l6-3.2v9l-6-3.2";

/// One icon, as tall as a line of the text beside it.
pub fn icon(path: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=path />
        </svg>
    }
}

/// The icon of a way to meet: `in_person`, `phone`, `video`.
pub fn of_mode(mode: &str) -> &'static str {
    match mode {
        "phone" => PHONE,
        "video" => VIDEO,
        _ => IN_PERSON,
    }
}

/// The icon of a clinic. Clinics are rows that staff add, so one we have no drawing for gets the arch.
pub fn of_clinic(clinic: &str) -> &'static str {
    match clinic {
        "law" => SCALES,
        "sports" => RUNNER,
        "nutrition" => APPLE,
        "business" => SHOP,
        "charity" => HEART,
        "counselling" => TALK,
        _ => ARCH,
    }
}

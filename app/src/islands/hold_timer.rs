//! Which time is kept, until when, and how long that is. Alive, it counts down, says the new end
//! after each renewal, keeps the hold while the person types or touches, and gives it back when they leave the journey. It never
//! takes the page away: when the hold ends, the person may go on and the server will look again.

use super::browser;
use crate::icons::{CALENDAR, CLOCK, icon};
use crate::wire::{HoldState, HoldWords};
use leptos::prelude::*;
use std::time::Duration;

/// The hold is renewed at most this often.
const RENEW_EVERY_MS: f64 = 60_000.0;

/// What the timer knows while it is alive. Instants are the browser's milliseconds.
#[derive(Clone, Copy)]
struct Holding {
    seconds: RwSignal<u32>,
    /// When the hold ends, in words that the server wrote.
    until: RwSignal<String>,
    ends_at: StoredValue<f64>,
    renewed_at: StoredValue<f64>,
    /// The page is being left for another page of the journey, so the hold stays.
    staying: StoredValue<bool>,
    journey: StoredValue<String>,
}

impl Holding {
    fn path(self, end: &str) -> String {
        self.journey.with_value(|journey| format!("{journey}{end}"))
    }

    fn tick(self) {
        let left = ((self.ends_at.get_value() - browser::now()) / 1000.0)
            .ceil()
            .max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the length of a hold"
        )]
        let left = left as u32;
        if shown(left) != shown(self.seconds.get_untracked()) {
            self.seconds.set(left);
        }
    }

    fn renew(self) {
        let now = browser::now();
        // An ended hold is not renewed: the time may be another person's by now.
        if now - self.renewed_at.get_value() < RENEW_EVERY_MS || now >= self.ends_at.get_value() {
            return;
        }
        self.renewed_at.set_value(now);
        browser::spawn(async move {
            let answer = browser::post(&self.path("hold/renew")).await;
            if let Some(state) =
                answer.and_then(|body| serde_json::from_str::<HoldState>(&body).ok())
            {
                self.ends_at
                    .set_value(browser::now() + f64::from(state.seconds_left) * 1000.0);
                if state.seconds_left > 0 {
                    self.until.set(state.ends_at);
                }
                self.tick();
            }
        });
    }

    fn leave(self) {
        if !self.staying.get_value() {
            browser::beacon(&self.path("hold/leave"));
        }
        self.staying.set_value(false);
    }
}

/// Seconds as they are shown: whole minutes, then tens of seconds in the last minute.
fn shown(seconds: u32) -> (bool, u32) {
    if seconds > 60 {
        (true, seconds.div_ceil(60))
    } else {
        (false, seconds.div_ceil(10))
    }
}

/// What is kept and until when. A hold that ended has no end to speak of.
fn kept(words: &HoldWords, seconds: u32, until: &str) -> String {
    if seconds > 0 {
        words.kept.replace("{until}", until)
    } else {
        words.was.clone()
    }
}

fn words_for(words: &HoldWords, seconds: u32) -> String {
    let (minutes, count) = shown(seconds);
    let list = if minutes {
        &words.minutes
    } else {
        &words.seconds
    };
    let at = usize::try_from(count).unwrap_or(0);
    match list.get(at).or(list.last()) {
        Some(text) if seconds > 0 => text.clone(),
        _ => words.ended.clone(),
    }
}

#[island]
#[expect(
    clippy::needless_pass_by_value,
    reason = "an island owns what it was sent"
)]
pub fn HoldTimer(
    /// Id of the clinic.
    clinic: String,
    /// Whole seconds until the hold ends.
    seconds_left: u32,
    /// When it ends, in words such as "3:24pm".
    ends_at: String,
    words: HoldWords,
) -> impl IntoView {
    let holding = Holding {
        seconds: RwSignal::new(seconds_left),
        until: RwSignal::new(ends_at),
        ends_at: StoredValue::new(0.0),
        renewed_at: StoredValue::new(0.0),
        staying: StoredValue::new(false),
        journey: StoredValue::new(format!("/clinics/{clinic}/")),
    };
    Effect::new(move |_| wake(holding, seconds_left));
    let (aloud, band) = (words.clone(), words.clone());
    view! {
        <p>
            {icon(CALENDAR)}
            <span>{move || holding.until.with(|until| kept(&band, holding.seconds.get(), until))}</span>
        </p>
        <p class="hold-left" class:ended=move || holding.seconds.get() == 0>
            {icon(CLOCK)} <strong>{move || words_for(&words, holding.seconds.get())}</strong>
        </p>
        <p class="visually-hidden" role="status">
            {move || match holding.seconds.get() {
                0 => aloud.ended.clone(),
                61..=120 => aloud.soon.clone(),
                _ => String::new(),
            }}
        </p>
    }
}

fn wake(holding: Holding, seconds_left: u32) {
    holding
        .ends_at
        .set_value(browser::now() + f64::from(seconds_left) * 1000.0);
    // Coming to a page is activity; and a reload says "leaving" and "here again" in either order.
    holding.renew();
    set_interval(move || holding.tick(), Duration::from_secs(1));
    for activity in ["input", "pointerdown", "keydown"] {
        let _ = window_event_listener_untyped(activity, move |_| holding.renew());
    }
    let _ = window_event_listener_untyped("submit", move |_| holding.staying.set_value(true));
    let _ = window_event_listener_untyped("click", move |event| {
        let journey = holding.journey.get_value();
        if browser::link_of(&event).is_some_and(|link| link.starts_with(&journey)) {
            holding.staying.set_value(true);
        }
    });
    let _ = window_event_listener_untyped("pagehide", move |_| holding.leave());
    // Brought back by the browser's own memory of the page: take the hold up again.
    let _ = window_event_listener_untyped("pageshow", move |_| {
        holding.renewed_at.set_value(0.0);
        holding.renew();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> HoldWords {
        HoldWords {
            minutes: (0..=10).map(|n| format!("{n} min")).collect(),
            seconds: (0..=6).map(|n| format!("{n}0 s")).collect(),
            soon: "soon".into(),
            ended: "ended".into(),
            kept: "kept until {until}".into(),
            was: "kept before".into(),
        }
    }

    #[test]
    fn minutes_are_shown_until_the_last_one_then_tens_of_seconds() {
        let said = |seconds| words_for(&words(), seconds);
        assert_eq!(said(600), "10 min");
        assert_eq!(said(541), "10 min");
        assert_eq!(said(540), "9 min");
        assert_eq!(said(61), "2 min");
        assert_eq!(said(60), "60 s");
        assert_eq!(said(11), "20 s");
        assert_eq!(said(1), "10 s");
        assert_eq!(said(0), "ended");
    }

    #[test]
    fn the_band_says_the_end_that_the_server_said_last_and_none_when_it_has_ended() {
        assert_eq!(kept(&words(), 600, "3:24pm"), "kept until 3:24pm");
        assert_eq!(kept(&words(), 0, "3:24pm"), "kept before");
    }

    #[test]
    fn more_minutes_than_there_are_words_for_say_the_most_there_is() {
        assert_eq!(words_for(&words(), 6_000), "10 min");
        assert_eq!(words_for(&HoldWords::default(), 60), "");
    }
}

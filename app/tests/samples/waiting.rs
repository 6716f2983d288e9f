//! The waiting list: joining, the page behind the link, and the desk.

use app::pages::{self, staff};
use app::view::{
    Choice, ClinicRef, FieldError, MyPlace, OfferLine, OfferedTime, Reach, SkipLine, WaitForm,
    WaitingLine, WaitingPage,
};

use super::{Page, Samples};

impl Samples {
    pub fn waiting(&self) -> Vec<Page> {
        let frame = self.frame();
        let place = |model: MyPlace| pages::my_place(&frame, &model);
        let form = self.wait_form();
        let wrong = WaitForm {
            errors: vec![self.wrong_field("service")],
            ..form.clone()
        };
        vec![
            ("wait", pages::wait(&frame, &form)),
            ("wait-wrong", pages::wait(&frame, &wrong)),
            ("my-place", place(self.my_place("waiting"))),
            (
                "my-place-offer",
                place(MyPlace {
                    offer: Some(self.offered()),
                    ..self.my_place("waiting")
                }),
            ),
            (
                "my-place-gone",
                place(MyPlace {
                    refused: "gone".into(),
                    reach: Reach::Phone,
                    ..self.my_place("waiting")
                }),
            ),
            (
                "my-place-elsewhere",
                place(MyPlace {
                    refused: "elsewhere".into(),
                    reach: Reach::Neither,
                    ..self.my_place("waiting")
                }),
            ),
            (
                "my-place-booked",
                place(MyPlace {
                    appointment: "/appointments/token".into(),
                    ..self.my_place("booked")
                }),
            ),
            ("my-place-left", place(self.my_place("left"))),
            ("my-place-ended", place(self.my_place("ended"))),
        ]
    }

    /// The same at the desk.
    pub fn waiting_at_the_desk(&self) -> Vec<Page> {
        let desk = self.at_the_desk();
        let page = self.waiting_page();
        let typed = WaitingPage {
            reason: self.says("They are in pain"),
            untold: true,
            errors: vec![self.wrong_field("start"), self.wrong_field("reason")],
            ..page.clone()
        };
        let sealed = WaitingPage {
            line: WaitingLine {
                client: String::new(),
                offer: Some(self.offered()),
                ..page.line.clone()
            },
            overtaken: true,
            ..page.clone()
        };
        let over = WaitingPage {
            state: "ended".into(),
            offers: Vec::new(),
            skips: Vec::new(),
            free: Vec::new(),
            may_offer: false,
            may_answer: false,
            turn: 0,
            ..page.clone()
        };
        let nothing_free = WaitingPage {
            free: Vec::new(),
            ..page.clone()
        };
        vec![
            ("staff-contact", staff::contact(&desk, &self.reached(false))),
            (
                "staff-contact-wrong",
                staff::contact(&desk, &self.reached(true)),
            ),
            ("staff-waiting", staff::waiting(&desk, &page)),
            ("staff-waiting-wrong", staff::waiting(&desk, &typed)),
            ("staff-waiting-sealed", staff::waiting(&desk, &sealed)),
            ("staff-waiting-over", staff::waiting(&desk, &over)),
            (
                "staff-waiting-nothing",
                staff::waiting(&desk, &nothing_free),
            ),
        ]
    }

    fn wrong_field(&self, field: &str) -> FieldError {
        FieldError {
            field: field.into(),
            text: self.says("Say what is missing"),
        }
    }

    fn tick(&self, value: &str, label: &str, chosen: bool) -> Choice {
        Choice {
            value: value.into(),
            label: self.says(label),
            chosen,
            ..Choice::default()
        }
    }

    fn wait_form(&self) -> WaitForm {
        WaitForm {
            clinic: self.sports(),
            services: vec![
                self.tick("sports-first", "First visit", true),
                self.tick("sports-massage", "Massage", false),
            ],
            days: vec![
                self.tick("1", "Monday", true),
                self.tick("2", "Tuesday", false),
            ],
            parts: vec![
                self.tick("morning", "Morning", false),
                self.tick("evening", "Evening", true),
            ],
            modes: vec![
                self.tick("in_person", "In person", false),
                self.tick("phone", "By phone", true),
            ],
            errors: Vec::new(),
            back: "/clinics/sports/times".into(),
        }
    }

    fn sports(&self) -> ClinicRef {
        ClinicRef {
            id: "sports".into(),
            name: self.says("Sports injury clinic"),
        }
    }

    fn offered(&self) -> OfferedTime {
        OfferedTime {
            number: 2,
            when: self.says("Tuesday 1 December, 2:00pm"),
            mode: "in_person".into(),
            until: self.says("Friday 27 November, 10:15am"),
        }
    }

    fn my_place(&self, state: &str) -> MyPlace {
        MyPlace {
            path: "/waiting/token".into(),
            first_name: self.says("Amina"),
            reference: self.says("W2KQ-8HD"),
            state: state.into(),
            times: vec![self.says("Monday, Tuesday"), self.says("Morning")],
            ..MyPlace::default()
        }
    }

    /// Somebody who waits, as in the queue.
    pub fn waiting_line(&self) -> WaitingLine {
        WaitingLine {
            reference: self.says("W2KQ-8HD"),
            clinic: self.sports(),
            client: self.says("Amina Sample"),
            service: self.says("First visit"),
            urgent: true,
            helps_until: self.says("Tuesday 1 December 2026"),
            nearly_over: true,
            age: self.says("3 days ago"),
            times: vec![self.says("Monday, Tuesday"), self.says("Morning")],
            offer: None,
        }
    }

    fn waiting_page(&self) -> WaitingPage {
        WaitingPage {
            line: self.waiting_line(),
            state: "waiting".into(),
            phone: self.says("020 7946 0001"),
            safe_to_call: true,
            call_window: self.says("after 4pm"),
            turn: 2,
            offers: ["declined", "expired", "open", "withdrawn", "accepted"]
                .into_iter()
                .map(|state| OfferLine {
                    when: self.says("Tuesday 24 November, 2:00pm"),
                    mode: "phone".into(),
                    state: state.into(),
                    reason: if state == "open" {
                        self.says("They are in pain")
                    } else {
                        String::new()
                    },
                })
                .collect(),
            skips: [
                "other_times",
                "does_not_fit",
                "too_late",
                "has_offer",
                "refused",
                "cannot_be_told",
                "out_of_turn",
            ]
            .into_iter()
            .map(|reason| SkipLine {
                when: self.says("Monday 23 November, 10:00am"),
                reason: reason.into(),
                words: if reason == "out_of_turn" {
                    self.says("Somebody is in pain")
                } else {
                    String::new()
                },
            })
            .collect(),
            free: vec![self.tick(
                "2026-12-01T14:00:00Z phone",
                "Tuesday 1 December, 2:00pm, by phone",
                false,
            )],
            may_offer: true,
            may_answer: true,
            ..WaitingPage::default()
        }
    }
}

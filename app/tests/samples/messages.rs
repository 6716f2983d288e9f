//! The pages that messages lead to, in every state worth looking at.

use app::pages;
use app::pages::staff;
use app::view::{
    ClinicRef, Day, DayPart, Feedback, FieldError, Find, Manage, MessageWords, MessageWordsList,
    MoveTimes, SampleMessage, SlotOption, StaffMessage, StaffMessages, WordsPiece, WorkLine,
};

use super::{Page, Samples};

impl Samples {
    pub fn messages(&self) -> Vec<Page> {
        let frame = self.frame();
        let manage = |model: Manage| pages::manage(&frame, &model);
        let wrong = |field: &str| FieldError {
            field: field.into(),
            text: self.says("Say what is missing"),
        };
        let find = Find {
            reference: "K7PX-4MR".into(),
            contact: "nobody@".into(),
            errors: vec![wrong("contact")],
            ..Find::default()
        };
        let feedback = Feedback {
            token: "token".into(),
            words: self.says("Kind people."),
            ..Feedback::default()
        };
        let answered = Feedback {
            thanks: true,
            ..feedback.clone()
        };
        let no_rating = Feedback {
            errors: vec![wrong("rating")],
            ..feedback.clone()
        };
        let sent = Find {
            sent: true,
            ..Find::default()
        };
        vec![
            (
                "manage-coming",
                manage(Manage {
                    coming: true,
                    call_coming: true,
                    ..self.manage()
                }),
            ),
            (
                "manage-missed",
                manage(Manage {
                    state: "missed".into(),
                    can_cancel: false,
                    can_come: false,
                    can_move: false,
                    ..self.manage()
                }),
            ),
            ("move", pages::move_times(&frame, &self.move_times())),
            (
                "move-wrong",
                pages::move_times(
                    &frame,
                    &MoveTimes {
                        first_page: false,
                        errors: vec![wrong("start")],
                        ..self.move_times()
                    },
                ),
            ),
            (
                "move-taken",
                pages::move_times(
                    &frame,
                    &MoveTimes {
                        taken: self.says("Tuesday 1 December, 3:00pm"),
                        days: Vec::new(),
                        ..self.move_times()
                    },
                ),
            ),
            (
                "move-unavailable",
                pages::move_times(
                    &frame,
                    &MoveTimes {
                        unavailable: true,
                        ..self.move_times()
                    },
                ),
            ),
            ("feedback", pages::feedback(&frame, &feedback)),
            ("feedback-wrong", pages::feedback(&frame, &no_rating)),
            ("feedback-thanks", pages::feedback(&frame, &answered)),
            ("find-wrong", pages::find(&frame, &find)),
            ("find-sent", pages::find(&frame, &sent)),
        ]
    }

    fn move_times(&self) -> MoveTimes {
        let slot = |value: &str, label: &str| SlotOption {
            value: value.into(),
            label: self.says(label),
            modes: vec!["in_person".into()],
            places: None,
        };
        MoveTimes {
            token: "token".into(),
            held: self.held(),
            days: vec![Day {
                date: "2026-12-02".into(),
                label: self.says("Wednesday 2 December"),
                parts: vec![DayPart {
                    label: self.says("Morning"),
                    slots: vec![
                        slot("2026-12-02T10:00:00Z", "10:00am"),
                        slot("2026-12-02T11:00:00Z", "11:00am"),
                    ],
                }],
            }],
            more_from: Some("2026-12-09".into()),
            first_page: true,
            ..MoveTimes::default()
        }
    }
}

impl Samples {
    /// The page of messages with one of each state, narrowed to those that failed, and the samples.
    pub fn post(&self) -> Vec<Page> {
        let inside = self.at_the_desk();
        let sample = |name: &str| SampleMessage {
            name: name.into(),
            subject: self.says("Your appointment on Tuesday 1 December"),
            text: self.says("Hello Amina,\n\nYour appointment is near."),
            calendar: self.says("BEGIN:VCALENDAR"),
        };
        vec![
            (
                "staff-messages",
                staff::messages(&inside, &self.sent_messages()),
            ),
            (
                "staff-messages-none",
                staff::messages(
                    &inside,
                    &StaffMessages {
                        state: "failed".into(),
                        ..StaffMessages::default()
                    },
                ),
            ),
            (
                "staff-message-samples",
                staff::message_samples(
                    &inside,
                    &[sample("reminder"), sample("cancellation_by_clinic")],
                ),
            ),
            (
                "staff-message-sample",
                staff::message_sample(&inside, &sample("reminder")),
            ),
            (
                "staff-message-words",
                staff::message_words_list(&inside, &self.worded_messages()),
            ),
            (
                "staff-message-words-form",
                staff::message_words(&inside, &self.words_form(vec![sample("reminder")])),
            ),
            (
                "staff-message-words-overtaken",
                staff::message_words(
                    &inside,
                    &MessageWords {
                        overtaken: true,
                        errors: vec![FieldError {
                            field: "text-2".into(),
                            text: self.says("That is too long."),
                        }],
                        ..self.words_form(Vec::new())
                    },
                ),
            ),
        ]
    }

    fn worded_messages(&self) -> MessageWordsList {
        let clinic = |id: &str| ClinicRef {
            id: id.into(),
            name: self.says("Sample clinic"),
        };
        MessageWordsList {
            clinics: vec![clinic("law"), clinic("sports")],
            clinic: clinic("law"),
            kinds: vec![
                ("reminder".into(), true),
                ("request_received".into(), false),
            ],
        }
    }

    fn words_form(&self, preview: Vec<SampleMessage>) -> MessageWords {
        let piece = |part: &str, value: &str| WordsPiece {
            part: part.into(),
            ours: self.says("Your appointment is soon."),
            text: self.says("We hope to see you."),
            theirs: self.says("See you soon."),
            values: vec![value.into()],
        };
        MessageWords {
            clinic: ClinicRef {
                id: "law".into(),
                name: self.says("Sample clinic"),
            },
            kind: "reminder".into(),
            seen: "0123456789abcdef".into(),
            pieces: vec![piece("subject", "{date}"), piece("lead-clinic", "{date}")],
            preview,
            ..MessageWords::default()
        }
    }

    fn sent_messages(&self) -> StaffMessages {
        let law = ClinicRef {
            id: "law".into(),
            name: self.says("Law clinic"),
        };
        let one = |kind: &str, state: &str, reason: &str| StaffMessage {
            id: format!("0193-{kind}-{state}"),
            kind: kind.into(),
            reference: "K7PX-4MR".into(),
            path: "/staff/appointments/K7PX-4MR".into(),
            clinic: law.clone(),
            made: self.says("Tue 24 Nov, 9:05am"),
            state: state.into(),
            attempts: 3,
            reason: reason.into(),
            retry: matches!(state, "failed" | "queued"),
            ..StaffMessage::default()
        };
        let work = |name: &str, failing| WorkLine {
            name: name.into(),
            last: self.says("Tue 24 Nov, 9:06am"),
            late: false,
            failing,
        };
        StaffMessages {
            can_reword: true,
            work: vec![work("deliver-mail", 2), work("remind", 0)],
            clinics: vec![
                law.clone(),
                ClinicRef {
                    id: "sports".into(),
                    name: self.says("Sports injury clinic"),
                },
            ],
            clinic: "law".into(),
            state: String::new(),
            messages: vec![
                StaffMessage {
                    ended: self.says("Tue 24 Nov, 9:06am"),
                    detail: self.says("giving the address: answered 550 5.1.1"),
                    ..one("confirmation", "failed", "refused")
                },
                StaffMessage {
                    next: self.says("Tue 24 Nov, 9:30am"),
                    ..one("reminder", "queued", "busy")
                },
                StaffMessage {
                    ended: self.says("Tue 24 Nov, 9:06am"),
                    path: String::new(),
                    ..one("change", "sent", "")
                },
                one("missed", "dropped", "changed"),
            ],
            older: Some("0193".into()),
        }
    }
}

//! Every page with sample models: empty, full, with errors, with long text. Shared by the tests and
//! by the gallery. Each text that would come from a clinic's records is made by [`Samples::says`],
//! so that a test can mark it and tell it from text of the product.

mod accounts;
mod availability;
mod calendar;
mod day;
mod messages;
mod requests;
mod runs;
mod staff;
mod waiting;

use app::pages;
use app::view::{
    AboutYou, AnswerKind, Answered, CallBackForm, Cannot, Check, Choice, Choose, Clinic,
    ClinicCard, ClinicRef, Day, DayPart, Days, Details, DetailsForm, Done, FieldError, Frame, Held,
    Home, Manage, Notice, Out, Place, Problem, Question, RequestIntro, ServiceRef, Signpost,
    SlotOption, Stop, Times, TurnedDown,
};

/// How the samples are made.
pub struct Samples {
    /// Language of the frame.
    pub lang: &'static str,
    /// Puts ⟨marks⟩ round everything that comes from records.
    pub marked: bool,
    /// Address of the style sheet.
    pub css: String,
}

/// A page: its name and its document.
pub type Page = (&'static str, String);

impl Samples {
    /// A text from a clinic's records.
    fn says(&self, text: &str) -> String {
        if self.marked {
            format!("⟨{text}⟩")
        } else {
            text.to_owned()
        }
    }

    fn list(&self, texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| self.says(text)).collect()
    }

    fn frame(&self) -> Frame {
        Frame {
            lang: self.lang.into(),
            dir: "ltr".into(),
            nonce: "sample-nonce".into(),
            css: self.css.clone(),
            boot: "boot.js".into(),
            site_name: self.says("Met Lab Clinics"),
            telephone: self.says("020 7946 0000"),
            telephone_hours: self.says("Monday to Friday, 10am to 4pm"),
            ..Frame::default()
        }
    }

    fn law(&self) -> ClinicRef {
        ClinicRef {
            id: "law".into(),
            name: self.says("Law clinic"),
        }
    }

    fn in_law(&self) -> Frame {
        Frame {
            clinic: Some(self.law()),
            exit: true,
            has_answers: true,
            ..self.frame()
        }
    }

    /// Staff type for a caller.
    fn on_the_phone(&self) -> Frame {
        Frame {
            exit: false,
            call: Some(self.says("Ada Sample")),
            ..self.in_law()
        }
    }

    fn cards(&self) -> Vec<ClinicCard> {
        let card =
            |id: &str, name: &str, summary: &str, examples: &[&str], price: &str, free: &str| {
                ClinicCard {
                    clinic: ClinicRef {
                        id: id.into(),
                        name: self.says(name),
                    },
                    summary: self.says(summary),
                    examples: self.list(examples),
                    price: self.says(price),
                    next_free: (!free.is_empty()).then(|| self.says(free)),
                }
            };
        vec![
            card(
                "law",
                "Law",
                "Help with the law, at home, at work or with benefits.",
                &[
                    "A letter from a landlord, a court or an employer",
                    "My benefits were stopped",
                    "I bought something that does not work",
                ],
                "Free",
                "Tuesday 1 December",
            ),
            card(
                "sports",
                "Sports injury",
                "Help with pain and injuries of muscles and joints.",
                &[
                    "My knee hurts when I run",
                    "A sore back that does not go away",
                ],
                "Low cost",
                "Monday 30 November",
            ),
            card(
                "nutrition",
                "Nutrition",
                "Help to eat well for your health.",
                &[
                    "I want to lose weight",
                    "I have type 2 diabetes",
                    "Food for my family on little money",
                ],
                "Low cost",
                "Wednesday 2 December",
            ),
            card(
                "business",
                "Business",
                "Help to start or run a small business.",
                &["I want to work for myself", "I need more customers"],
                "Free",
                "Wednesday 2 December",
            ),
            card(
                "charity",
                "Charities and social enterprise",
                "Help for groups that do good.",
                &["We need to raise money", "We want to show what we do"],
                "Free",
                "",
            ),
        ]
    }

    fn place(&self) -> Place {
        Place {
            address: self.says("London Met, Holloway Road, London N7"),
            directions: self.says(
                "Sample: come in by the main door on Holloway Road and ask at the front desk.",
            ),
            step_free: self
                .says("Sample: there is a ramp at the main door and a lift to every floor."),
        }
    }

    fn clinic(&self) -> Clinic {
        Clinic {
            clinic: self.law(),
            summary: self.says("Free help with the law, for people who live or work nearby."),
            what: self.list(&[
                "A meeting of 40 minutes with two law students.",
                "A letter with advice about 14 days later, checked by a solicitor.",
            ]),
            who_for: self.says("People, not companies. You can bring somebody with you."),
            price: self.says("Free"),
            who_delivers: self
                .says("Two student advisers. A qualified solicitor checks everything they write."),
            cannot: vec![
                Cannot {
                    what: self.says("Coming to or staying in the UK"),
                    who_can: self.says("Ask Citizens Advice for somebody who is allowed to help."),
                },
                Cannot {
                    what: self.says("Debts"),
                    who_can: self.says("National Debtline, 0808 808 4000"),
                },
            ],
            place: self.place(),
            bring: self.list(&[
                "Every letter you have about it",
                "The envelope, if it shows a date",
            ]),
            services: vec![
                ServiceRef {
                    id: "law-first".into(),
                    name: self.says("First meeting"),
                    minutes: 60,
                    price: self.says("free"),
                    selected: true,
                },
                ServiceRef {
                    id: "law-follow-up".into(),
                    name: self.says("Follow-up"),
                    minutes: 30,
                    price: self.says("free"),
                    selected: false,
                },
            ],
            open_days: self.says("Tuesdays and Thursdays, 2pm to 7pm, in term time"),
            next_free: Some(self.says("Tuesday 1 December")),
        }
    }

    fn choice(&self, value: &str, label: &str) -> Choice {
        Choice {
            value: value.into(),
            label: self.says(label),
            ..Choice::default()
        }
    }

    fn question(&self) -> Question {
        Question {
            clinic: self.law(),
            id: "A1".into(),
            text: self.says("Is anyone in danger right now?"),
            why: self.says("If somebody is in danger, other people can help faster than we can."),
            kind: AnswerKind::Radio,
            choices: vec![
                self.choice("yes", "Yes"),
                self.choice("no", "No"),
                self.choice("unsure", "Not sure"),
            ],
            step: 1,
            of: 9,
            back: "/clinics/law".into(),
            ..Question::default()
        }
    }

    fn answered(&self) -> Vec<Answered> {
        let row = |question: &str, answer: &str| Answered {
            question: self.says(question),
            answer: self.says(answer),
            change: "/clinics/law/questions/A1".into(),
        };
        vec![
            row("Is anyone in danger right now?", "No"),
            row("Who needs help?", "Me"),
            row("How old is the person?", "18 or over"),
        ]
    }

    fn signposts(&self) -> Vec<Signpost> {
        let sign = |name: &str, telephone: &str, dial: &str, hours: &str, why: &str| Signpost {
            name: self.says(name),
            telephone: if telephone.is_empty() {
                String::new()
            } else {
                self.says(telephone)
            },
            dial: dial.into(),
            url: String::new(),
            hours: self.says(hours),
            why: self.says(why),
        };
        vec![
            sign(
                "Police, fire, ambulance",
                "999",
                "999",
                "Day and night.",
                "If you can't talk, press 55 when they answer.",
            ),
            sign(
                "National Domestic Abuse Helpline",
                "0808 2000 247",
                "08082000247",
                "Day and night, free.",
                "If somebody close to you hurts or scares you.",
            ),
            sign("Local food bank", "", "", "", "Ask your council."),
        ]
    }

    fn notice(&self) -> Notice {
        Notice {
            text: self.says("If somebody is in danger, please do not wait for us."),
            signposts: self.signposts(),
        }
    }

    /// A notice whose only helper has no number.
    fn numberless(&self) -> Notice {
        let mut notice = self.notice();
        notice.signposts.truncate(1);
        notice.signposts[0].telephone.clear();
        notice.signposts[0].dial.clear();
        notice
    }

    fn days(&self, mixed: bool) -> Days {
        let slot = |date: &str, hour: u32, minute: u32| SlotOption {
            value: format!("2026-{date}T{hour:02}:{minute:02}:00Z"),
            label: self.says(&format!("{}:{minute:02}pm", hour - 12)),
            modes: if mixed && minute == 30 {
                vec!["phone".into()]
            } else {
                vec!["in_person".into(), "phone".into(), "video".into()]
            },
            places: (mixed && hour == 15).then_some(3),
        };
        let day = |date: &str, label: &str| Day {
            date: format!("2026-{date}"),
            label: self.says(label),
            parts: vec![
                DayPart {
                    label: self.says("Afternoon"),
                    slots: [(14, 0), (14, 30), (15, 0), (16, 0), (16, 30)]
                        .iter()
                        .map(|(h, m)| slot(date, *h, *m))
                        .collect(),
                },
                DayPart {
                    label: self.says("Evening"),
                    slots: vec![slot(date, 17, 0), slot(date, 18, 0)],
                },
            ],
        };
        let days = [
            ("12-01", "Tuesday 1 December"),
            ("12-03", "Thursday 3 December"),
            ("12-08", "Tuesday 8 December"),
            ("12-10", "Thursday 10 December"),
        ];
        Days {
            days: days.iter().map(|(date, label)| day(date, label)).collect(),
            more_from: Some("2026-12-15".into()),
        }
    }

    fn times(&self) -> Times {
        let mode = |value: &str| Choice {
            value: value.into(),
            label: String::new(),
            chosen: value.is_empty(),
            ..Choice::default()
        };
        Times {
            clinic: self.law(),
            services: self.clinic().services,
            modes: vec![mode(""), mode("in_person"), mode("phone"), mode("video")],
            days: self.days(false),
            from: "2026-11-23".into(),
            first_page: true,
            back: "/clinics/law/questions/A8".into(),
            wait: "/clinics/law/wait".into(),
            ..Times::default()
        }
    }

    fn held(&self) -> Held {
        Held {
            date: self.says("Tuesday 1 December 2026"),
            time: self.says("2:00pm to 3:00pm, UK time"),
            mode: "in_person".into(),
            service: self.says("First meeting"),
            place: self.says("London Met, Holloway Road, London N7"),
            seconds_left: 540,
            ends_at: self.says("3:24pm"),
        }
    }

    fn errors(&self, fields: &[(&str, &str)]) -> Vec<FieldError> {
        fields
            .iter()
            .map(|(field, text)| FieldError {
                field: (*field).into(),
                text: self.says(text),
            })
            .collect()
    }

    fn details(&self) -> Details {
        Details {
            clinic: self.law(),
            held: Some(self.held()),
            back: "/clinics/law/times".into(),
            ask_organisation: true,
            ..Details::default()
        }
    }

    fn done(&self) -> Done {
        Done {
            clinic: self.law(),
            reference: "K7M42QXD".into(),
            state: "confirmed".into(),
            held: Some(self.held()),
            email_coming: true,
            can_ring: true,
            manage: "/appointments/token".into(),
            calendar: "/appointments/token/calendar.ics".into(),
            bring: self.list(&["Every letter you have about it"]),
            place: self.place(),
            ..Done::default()
        }
    }

    fn done_in(&self, state: &str, by_clinic: bool) -> Done {
        Done {
            state: state.into(),
            by_clinic,
            calendar: String::new(),
            ..self.done()
        }
    }

    fn done_by(&self, mode: &str, can_ring: bool) -> Done {
        Done {
            held: Some(Held {
                mode: mode.into(),
                place: String::new(),
                ..self.held()
            }),
            can_ring,
            ..self.done()
        }
    }

    fn manage(&self) -> Manage {
        Manage {
            token: "token".into(),
            first_name: self.says("Amina"),
            label: self.says("Appointment"),
            reference: "K7M42QXD".into(),
            state: "confirmed".into(),
            held: Held {
                service: String::new(),
                ..self.held()
            },
            place: self.place(),
            can_ring: true,
            can_cancel: true,
            can_come: true,
            can_move: true,
            calendar: "/appointments/token/calendar.ics".into(),
            ..Manage::default()
        }
    }

    /// Every page there is, of the public and of the staff.
    pub fn all(&self) -> Vec<Page> {
        [self.pages(), self.desk(), self.accounts()].concat()
    }

    /// Every public page in every state worth looking at.
    pub fn pages(&self) -> Vec<Page> {
        [
            self.open_pages(),
            self.questions(),
            self.outcomes(),
            self.booking(),
            self.after(),
        ]
        .concat()
    }

    #[expect(
        clippy::too_many_lines,
        reason = "a list of pages, one after the other"
    )]
    fn open_pages(&self) -> Vec<Page> {
        let long =
            "Wohnungsgesellschaftsvertragsrechtsberatungsstelle und Nebenkostenabrechnungsprüfung";
        let long_card = ClinicCard {
            clinic: ClinicRef {
                id: "other".into(),
                name: self.says(long),
            },
            summary: self.says(long),
            examples: self.list(&[long]),
            price: self.says("Kostenlos"),
            next_free: Some(self.says("Donnerstag, 31. Dezember")),
        };
        vec![
            (
                "home",
                pages::home(
                    &self.frame(),
                    &Home {
                        clinics: self.cards(),
                    },
                ),
            ),
            (
                "home-empty",
                pages::home(
                    &Frame {
                        telephone: String::new(),
                        telephone_hours: String::new(),
                        ..self.frame()
                    },
                    &Home::default(),
                ),
            ),
            (
                "home-long",
                pages::home(
                    &self.frame(),
                    &Home {
                        clinics: vec![long_card],
                    },
                ),
            ),
            (
                "choose",
                pages::choose(
                    &self.frame(),
                    &Choose {
                        clinics: self.cards(),
                    },
                ),
            ),
            (
                "choose-empty",
                pages::choose(&self.frame(), &Choose::default()),
            ),
            (
                "clinic",
                pages::clinic(
                    &Frame {
                        has_answers: false,
                        ..self.in_law()
                    },
                    &self.clinic(),
                ),
            ),
            (
                "clinic-empty",
                pages::clinic(
                    &self.frame(),
                    &Clinic {
                        clinic: self.law(),
                        ..Clinic::default()
                    },
                ),
            ),
            ("accessibility", pages::accessibility(&self.frame())),
            ("privacy", pages::privacy(&self.frame())),
            (
                "find",
                pages::find(&self.frame(), &app::view::Find::default()),
            ),
            (
                "problem",
                pages::problem(
                    &self.frame(),
                    &Problem {
                        status: 404,
                        code: "not_found".into(),
                        ..Problem::default()
                    },
                ),
            ),
            (
                "problem-other",
                pages::problem(
                    &self.frame(),
                    &Problem {
                        status: 418,
                        code: "never_heard_of".into(),
                        next: "/clinics/law".into(),
                        request_id: "4F2A".into(),
                    },
                ),
            ),
        ]
    }

    fn questions(&self) -> Vec<Page> {
        let ask = |question| pages::question(&self.in_law(), &question);
        let full = || Question {
            answered: self.answered(),
            notices: vec![self.notice()],
            step: 4,
            ..self.question()
        };
        let checks = || Question {
            id: "A6".into(),
            text: self.says("Do you need any help to come or take part?"),
            kind: AnswerKind::Checks,
            choices: vec![
                Choice {
                    hint: self.says("A lift or a ramp."),
                    chosen: true,
                    ..self.choice("step_free", "A way in without steps")
                },
                self.choice("hearing", "Help with hearing"),
                Choice {
                    exclusive: true,
                    ..self.choice("none", "None of these")
                },
            ],
            ..full()
        };
        let date = || Question {
            id: "L8".into(),
            text: self.says("What is the next date on the letter?"),
            kind: AnswerKind::Date,
            choices: vec![self.choice("none", "I can't find one")],
            date: [self.says("31"), self.says("2"), self.says("2027")],
            ..full()
        };
        let text = |kind| Question {
            id: "A5".into(),
            text: self.says("What language do you like to use?"),
            hint: self.says("Like English, Somali or sign language."),
            kind,
            value: self.says("Türkçe"),
            max_chars: 1_000,
            ..self.question()
        };
        vec![
            ("question", ask(self.question())),
            ("question-full", ask(full())),
            (
                "question-error",
                ask(Question {
                    error: self.says("Pick Yes, No or Not sure"),
                    ..full()
                }),
            ),
            (
                "question-on-the-phone",
                pages::question(&self.on_the_phone(), &checks()),
            ),
            ("leaving", pages::leaving(&self.in_law(), "law")),
            ("question-checks", ask(checks())),
            ("question-date", ask(date())),
            (
                "question-date-error",
                ask(Question {
                    error: self.says("31 February is not a real date"),
                    ..date()
                }),
            ),
            ("question-text", ask(text(AnswerKind::Text))),
            ("question-names", ask(text(AnswerKind::Names))),
            (
                "question-long",
                ask(Question {
                    error: self.says("Write a little less"),
                    ..text(AnswerKind::Long)
                }),
            ),
        ]
    }

    #[expect(
        clippy::too_many_lines,
        reason = "a list of pages, one after the other"
    )]
    fn outcomes(&self) -> Vec<Page> {
        let stop = || Stop {
            clinic: self.law(),
            notices: vec![self.notice()],
            back: "/clinics/law/questions/A1".into(),
            ..Stop::default()
        };
        let wrong = CallBackForm {
            errors: self.errors(&[
                ("name", "Tell us your name"),
                ("phone", "Type a phone number"),
                ("consent", "Tick the box if you want us to call you"),
            ]),
            ..CallBackForm::default()
        };
        vec![
            ("stop", pages::stop(&self.in_law(), &stop())),
            (
                "stop-empty",
                pages::stop(
                    &self.in_law(),
                    &Stop {
                        clinic: self.law(),
                        ..Stop::default()
                    },
                ),
            ),
            (
                "stop-error",
                pages::stop(
                    &self.in_law(),
                    &Stop {
                        call_back: wrong,
                        ..stop()
                    },
                ),
            ),
            (
                "stop-asked",
                pages::stop(
                    &self.in_law(),
                    &Stop {
                        asked: Some(self.says("K7M4 2QXD")),
                        ..stop()
                    },
                ),
            ),
            (
                "out",
                pages::out(
                    &self.in_law(),
                    &Out {
                        clinic: self.law(),
                        notices: vec![self.notice()],
                        back: "/".into(),
                        ..Out::default()
                    },
                ),
            ),
            (
                "out-ask",
                pages::out(
                    &self.in_law(),
                    &Out {
                        clinic: self.law(),
                        notices: vec![self.notice()],
                        also: vec![self.notice()],
                        also_to_look_at: true,
                        can_ask: true,
                        within: "within 1 working day".into(),
                        back: "/".into(),
                    },
                ),
            ),
            (
                "stop-also",
                pages::stop(
                    &self.in_law(),
                    &Stop {
                        notices: vec![self.numberless(), self.notice()],
                        also: vec![self.notice()],
                        also_to_look_at: true,
                        unread: self.says("No one reads this form at night."),
                        ..stop()
                    },
                ),
            ),
            (
                "stop-on-the-phone",
                pages::stop(&self.on_the_phone(), &stop()),
            ),
            (
                "request",
                pages::request(
                    &self.in_law(),
                    &RequestIntro {
                        clinic: self.law(),
                        notices: vec![self.notice()],
                        respond_within: self.says("within 3 working days"),
                        back: "/".into(),
                    },
                ),
            ),
            (
                "request-empty",
                pages::request(
                    &self.in_law(),
                    &RequestIntro {
                        clinic: self.law(),
                        ..RequestIntro::default()
                    },
                ),
            ),
        ]
    }

    #[expect(
        clippy::too_many_lines,
        reason = "a list of pages, one after the other"
    )]
    fn booking(&self) -> Vec<Page> {
        let times = |times| pages::times(&self.in_law(), &times);
        let phone_only = |mode: &str| Choice {
            value: mode.into(),
            chosen: mode == "phone",
            ..Choice::default()
        };
        let wrong = Details {
            form: DetailsForm {
                name: self.says("Amina Sample"),
                by_email: true,
                email: self.says("amina at example"),
                safe_to_email: "unsure".into(),
                ..DetailsForm::default()
            },
            errors: self.errors(&[
                ("by_email", "Tell us one way to contact you"),
                ("email", "Type an email address like name@example.com"),
                ("safe_to_call", "Is it safe to call you?"),
                ("postcode", "Type the first part of your postcode, like N7"),
            ]),
            ..self.details()
        };
        let check = || Check {
            clinic: self.law(),
            held: Some(self.held()),
            rows: self.answered(),
            digest: "d1".into(),
            back: "/clinics/law/details".into(),
            ..Check::default()
        };
        vec![
            ("times", times(self.times())),
            (
                "times-mixed",
                times(Times {
                    days: self.days(true),
                    services: self.clinic().services.split_off(1),
                    first_page: false,
                    notices: vec![self.notice()],
                    chosen: "2026-12-03T15:00:00Z".into(),
                    ..self.times()
                }),
            ),
            (
                "times-phone",
                times(Times {
                    modes: ["", "in_person", "phone", "video"].map(phone_only).to_vec(),
                    ..self.times()
                }),
            ),
            (
                "times-error",
                times(Times {
                    error: self.says("Pick a time"),
                    ..self.times()
                }),
            ),
            (
                "times-mode-error",
                times(Times {
                    error: self.says("Pick how you want to meet"),
                    error_field: "mode".into(),
                    chosen: "2026-12-03T15:00:00Z".into(),
                    ..self.times()
                }),
            ),
            (
                "times-one-way",
                times(Times {
                    modes: vec![phone_only("phone")],
                    services: self.clinic().services.split_off(1),
                    ..self.times()
                }),
            ),
            (
                "times-other-way",
                times(Times {
                    modes: vec![Choice {
                        value: "in_person".into(),
                        chosen: true,
                        ..Choice::default()
                    }],
                    missing_mode: "phone".into(),
                    ..self.times()
                }),
            ),
            (
                "times-taken",
                times(Times {
                    taken: Some(self.says("Tuesday 1 December, 2:00pm")),
                    ..self.times()
                }),
            ),
            (
                "times-empty",
                times(Times {
                    days: Days::default(),
                    ..self.times()
                }),
            ),
            (
                "times-unavailable",
                times(Times {
                    days: Days::default(),
                    unavailable: true,
                    ..self.times()
                }),
            ),
            ("details", pages::details(&self.in_law(), &self.details())),
            ("details-error", pages::details(&self.in_law(), &wrong)),
            (
                "details-request",
                pages::details(
                    &self.in_law(),
                    &Details {
                        held: None,
                        ask_organisation: false,
                        ..self.details()
                    },
                ),
            ),
            (
                "details-forced",
                pages::details(
                    &self.in_law(),
                    &Details {
                        force_safe_contact: true,
                        ..self.details()
                    },
                ),
            ),
            ("check", pages::check(&self.in_law(), &check())),
            (
                "check-waits",
                pages::check(
                    &self.in_law(),
                    &Check {
                        held: None,
                        waits: true,
                        ..check()
                    },
                ),
            ),
            (
                "check-held",
                pages::check(
                    &self.in_law(),
                    &Check {
                        held_until_cleared: true,
                        warning: self
                            .says("Your answers changed in another tab. Look at them again."),
                        ..check()
                    },
                ),
            ),
            (
                "check-request",
                pages::check(
                    &self.in_law(),
                    &Check {
                        held: None,
                        ..check()
                    },
                ),
            ),
        ]
    }

    #[expect(
        clippy::too_many_lines,
        reason = "a list of pages, one after the other"
    )]
    fn after(&self) -> Vec<Page> {
        let done = |done| {
            pages::done(
                &Frame {
                    has_answers: false,
                    ..self.in_law()
                },
                &done,
            )
        };
        let manage = |manage| pages::manage(&self.frame(), &manage);
        let about_you = AboutYou {
            clinic: self.law(),
            questions: vec![
                ("sex", &["female", "male", "rather_not"]),
                (
                    "ethnicity",
                    &["asian", "black", "mixed", "white", "other", "rather_not"],
                ),
                (
                    "disability",
                    &["a_lot", "a_little", "not_limited", "none", "rather_not"],
                ),
                (
                    "income",
                    &[
                        "under_15000",
                        "15000_to_24999",
                        "25000_to_39999",
                        "40000_or_more",
                        "not_sure",
                        "rather_not",
                    ],
                ),
            ],
        };
        vec![
            ("done", done(self.done())),
            (
                "done-on-the-phone",
                pages::done(
                    &self.on_the_phone(),
                    &Done {
                        email_coming: false,
                        call_coming: true,
                        ..self.done()
                    },
                ),
            ),
            (
                "done-nothing-is-safe",
                done(Done {
                    email_coming: false,
                    ..self.done()
                }),
            ),
            ("about-you", pages::about_you(&self.in_law(), &about_you)),
            (
                "done-requested",
                done(Done {
                    state: "requested".into(),
                    email_coming: false,
                    respond_by: self.says("Monday 30 November"),
                    ..self.done()
                }),
            ),
            (
                "done-in-review",
                done(Done {
                    clinic: self.law(),
                    reference: "K7M42QXD".into(),
                    state: "in_review".into(),
                    ..Done::default()
                }),
            ),
            (
                "done-on-list",
                done(Done {
                    clinic: self.law(),
                    reference: "W2KQ8HD".into(),
                    state: "on_list".into(),
                    email_coming: true,
                    manage: "/waiting/token".into(),
                    ..Done::default()
                }),
            ),
            ("done-cancelled", done(self.done_in("cancelled", false))),
            (
                "done-cancelled-by-clinic",
                done(self.done_in("cancelled", true)),
            ),
            ("done-over", done(self.done_in("attended", false))),
            ("done-expired", done(self.done_in("expired", false))),
            ("done-phone", done(self.done_by("phone", true))),
            ("done-phone-no-number", done(self.done_by("phone", false))),
            ("done-video", done(self.done_by("video", false))),
            ("manage", manage(self.manage())),
            (
                "turned-down",
                pages::turned_down(
                    &self.frame(),
                    &TurnedDown {
                        signposts: self.signposts(),
                    },
                ),
            ),
            (
                "manage-requested",
                manage(Manage {
                    state: "requested".into(),
                    held: Held {
                        mode: "phone".into(),
                        place: String::new(),
                        ..self.held()
                    },
                    ..self.manage()
                }),
            ),
            (
                "manage-cancelled",
                manage(Manage {
                    state: "cancelled".into(),
                    can_cancel: false,
                    can_come: false,
                    can_move: false,
                    ..self.manage()
                }),
            ),
            (
                "manage-cancelled-by-clinic",
                manage(Manage {
                    state: "cancelled".into(),
                    by_clinic: true,
                    can_cancel: false,
                    can_come: false,
                    can_move: false,
                    ..self.manage()
                }),
            ),
            (
                "manage-expired",
                manage(Manage {
                    state: "expired".into(),
                    can_cancel: false,
                    can_come: false,
                    can_move: false,
                    ..self.manage()
                }),
            ),
        ]
        .into_iter()
        .chain(self.my_requests())
        .chain(self.messages())
        .chain(self.waiting())
        .collect()
    }
}

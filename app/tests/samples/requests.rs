//! The pages about cases that a person looks at, with sample models.

use super::{Page, Samples};
use app::pages;
use app::view::{
    CaseAnswer, CaseContact, CasePage, CaseReason, CaseRuling, Choice, ClientSteps, FieldError,
    Frame, HistoryRow, MyRequest, Overtaken, Reach, RequestGroup, Requests, RulingForm, ServiceRef,
    Signpost, StaffRequest,
};

impl Samples {
    /// The client's page in every state.
    #[expect(
        clippy::too_many_lines,
        reason = "a list of samples, one after the other"
    )]
    pub fn my_requests(&self) -> Vec<Page> {
        let show = |model: &MyRequest| pages::my_request(&self.frame(), model);
        let with = |state: &str, steps: ClientSteps| MyRequest {
            steps: ClientSteps {
                state: state.into(),
                ..steps
            },
            ..self.my_request()
        };
        let wrong = |field: &str, text: &str| {
            vec![FieldError {
                field: field.into(),
                text: self.says(text),
            }]
        };
        vec![
            (
                "my-request-in-review",
                show(&with("in_review", self.steps())),
            ),
            (
                "my-request-late",
                show(&MyRequest {
                    late: true,
                    reach: Reach::Neither,
                    ..with("in_review", self.steps())
                }),
            ),
            (
                "my-request-waiting",
                show(&with("waiting_for_client", self.steps())),
            ),
            (
                "my-request-waiting-error",
                show(&with(
                    "waiting_for_client",
                    ClientSteps {
                        errors: wrong("answer", "Write an answer before you send it"),
                        ..self.steps()
                    },
                )),
            ),
            (
                "my-request-accepted",
                show(&MyRequest {
                    taken: self.says("Tuesday 1 December, 2:00pm"),
                    ..with("accepted", self.steps())
                }),
            ),
            (
                "my-request-offered",
                show(&with(
                    "offered",
                    ClientSteps {
                        gone: self.list(&["Tuesday 1 December, 3:00pm"]),
                        modes: Vec::new(),
                        only_mode: "phone".into(),
                        more_from: None,
                        ..self.steps()
                    },
                )),
            ),
            (
                "my-request-times-error",
                show(&with(
                    "accepted",
                    ClientSteps {
                        errors: wrong("start", "Pick one of the times"),
                        too_late: true,
                        ..self.steps()
                    },
                )),
            ),
            (
                "my-request-gone",
                show(&with(
                    "offered",
                    ClientSteps {
                        days: Vec::new(),
                        ..self.steps()
                    },
                )),
            ),
            (
                "my-request-unavailable",
                show(&with(
                    "accepted",
                    ClientSteps {
                        unavailable: true,
                        ..self.steps()
                    },
                )),
            ),
            (
                "my-request-booked",
                show(&MyRequest {
                    appointment: "/appointments/token".into(),
                    ..with("booked", self.steps())
                }),
            ),
            (
                "my-request-declined",
                show(&MyRequest {
                    signposts: vec![self.helper()],
                    changed: Some(self.says("My answer")),
                    ..with("declined", self.steps())
                }),
            ),
            (
                "my-request-withdrawn",
                show(&with("withdrawn", self.steps())),
            ),
        ]
    }

    fn my_request(&self) -> MyRequest {
        MyRequest {
            first_name: self.says("Amina"),
            reference: "R4T9WX2C".into(),
            reach: Reach::Mail,
            respond_by: self.says("Friday 27 November"),
            ..MyRequest::default()
        }
    }

    fn steps(&self) -> ClientSteps {
        let way = |value: &str| Choice {
            value: value.into(),
            chosen: value == "phone",
            ..Choice::default()
        };
        ClientSteps {
            path: "/requests/token".into(),
            revision: 1,
            question: self.says("Which day did the letter come?"),
            days: self.days(true).days,
            more_from: Some("2026-12-08".into()),
            modes: vec![way("in_person"), way("phone")],
            minutes: 75,
            ..ClientSteps::default()
        }
    }

    fn helper(&self) -> Signpost {
        Signpost {
            name: self.says("Sample Helpers"),
            telephone: self.says("020 7946 0009"),
            dial: "02079460009".into(),
            hours: self.says("Every day"),
            why: self.says("For people with a sample problem."),
            ..Signpost::default()
        }
    }

    /// The queue and the case, as staff see them.
    pub fn cases(&self, inside: &Frame) -> Vec<Page> {
        let one = |page: CasePage| pages::staff::request(inside, &page);
        let bare = CasePage {
            case: StaffRequest {
                state: "withdrawn".into(),
                client: String::new(),
                phone: String::new(),
                ..self.case(false)
            },
            ..CasePage::default()
        };
        vec![
            (
                "staff-requests",
                pages::staff::requests(inside, &self.queue()),
            ),
            (
                "staff-requests-empty",
                pages::staff::requests(inside, &Requests::default()),
            ),
            ("staff-request", one(self.case_page("accepted"))),
            (
                "staff-request-waiting",
                one(self.case_page("waiting_for_client")),
            ),
            (
                "staff-request-error",
                one(CasePage {
                    form: Some(RulingForm {
                        errors: [
                            ("times", "Tick at least one time"),
                            ("reason", "Write the reason"),
                        ]
                        .map(|(field, text)| FieldError {
                            field: field.into(),
                            text: self.says(text),
                        })
                        .to_vec(),
                        ..self.ruling_form("offer")
                    }),
                    ..self.case_page("in_review")
                }),
            ),
            (
                "staff-request-overtaken",
                one(CasePage {
                    form: None,
                    helpers: vec![self.helper()],
                    overtaken: Some(Overtaken {
                        typed: self.list(&["Because it fits."]),
                    }),
                    ..self.case_page("declined")
                }),
            ),
            ("staff-request-bare", one(bare)),
        ]
    }

    fn case(&self, deadline: bool) -> StaffRequest {
        let dated = |text: &str| {
            if deadline {
                self.says(text)
            } else {
                String::new()
            }
        };
        StaffRequest {
            reference: self.says("M3WQ-8HT"),
            clinic: self.law(),
            client: dated("Wilf Example"),
            phone: self.says("020 7946 0003"),
            urgent: deadline,
            deadline: dated("Tuesday 1 December 2026"),
            deadline_in: dated("in 9 days"),
            reasons: self.list(&["A court date is close."]),
            respond_by: self.says("Monday 23 November 2026, 5:00pm, UK time"),
            overdue: !deadline,
            age: self.says("asked 2 days ago"),
            stop_shown: deadline,
            state: "in_review".into(),
            assigned: dated("Ada Sample"),
            prepared: deadline,
            give_to: vec![Choice {
                value: "1".into(),
                label: self.says("Ada Sample"),
                chosen: true,
                ..Choice::default()
            }],
        }
    }

    fn queue(&self) -> Requests {
        Requests {
            groups: vec![
                RequestGroup {
                    name: "waiting".into(),
                    ours: true,
                    requests: vec![
                        self.case(true),
                        StaffRequest {
                            reference: self.says("F6QJ-3TW"),
                            ..self.case(false)
                        },
                    ],
                    oldest: self.says("asked 2 days ago"),
                },
                RequestGroup {
                    name: "with_client".into(),
                    ours: false,
                    requests: vec![StaffRequest {
                        reference: self.says("G8VC-5XM"),
                        state: "offered".into(),
                        ..self.case(true)
                    }],
                    oldest: self.says("asked 3 days ago"),
                },
            ],
            waiting: vec![self.waiting_line()],
            clinics: vec![
                self.law(),
                app::view::ClinicRef {
                    id: "sports".into(),
                    name: self.says("Sports injury clinic"),
                },
            ],
            clinic: "law".into(),
        }
    }

    fn case_page(&self, state: &str) -> CasePage {
        CasePage {
            case: StaffRequest {
                state: state.into(),
                ..self.case(true)
            },
            contact: Some(CaseContact {
                name: self.says("Wilf Example"),
                phone: self.says("020 7946 0003"),
                safe_to_call: true,
                interpreter: true,
                access: self.list(&["No steps"]),
                ..CaseContact::default()
            }),
            answers: vec![CaseAnswer {
                question: self.says("What is the next date on the letter?"),
                answer: self.says("1 December 2026"),
                rules: vec![(self.says("L8_soon"), "review-p1".into())],
            }],
            reasons: vec![CaseReason {
                text: self.says("A court date is close."),
                outcome: "review".into(),
                urgent: true,
            }],
            signposts: vec![self.helper()],
            history: vec![HistoryRow {
                at: self.says("Sunday 22 November 2026, 2:41pm, UK time"),
                instant: "2026-11-22T14:41:00Z".into(),
                who: self.says("The client"),
                action: "in_review".into(),
                detail: "web".into(),
            }],
            rulings: vec![
                self.ruling("decided", "offer"),
                self.ruling("decided", "ask"),
                self.ruling("proposed", "decline"),
            ],
            colleagues: vec![Choice {
                value: "1".into(),
                label: self.says("Ada Sample"),
                chosen: true,
                ..Choice::default()
            }],
            form: Some(self.ruling_form("")),
            can_decide: true,
            can_turn_down: true,
            on_phone: Some(ClientSteps {
                path: "/staff/requests/M3WQ-8HT".into(),
                state: state.into(),
                ..self.steps()
            }),
            appointment: "K7M4-2QX".into(),
            ..CasePage::default()
        }
    }

    fn ruling(&self, stage: &str, kind: &str) -> CaseRuling {
        let asks = kind == "ask";
        let offers = kind == "offer";
        let only = |when: bool, text: &str| {
            if when { self.says(text) } else { String::new() }
        };
        CaseRuling {
            stage: stage.into(),
            kind: kind.into(),
            who: self.says("Ada Sample"),
            at: self.says("Sunday 22 November 2026, 2:41pm, UK time"),
            reason: self.says("It fits the clinic."),
            service: only(offers, "First meeting"),
            minutes: 75,
            times: if offers {
                self.list(&["Tuesday 1 December 2026, 2:00pm, UK time"])
            } else {
                Vec::new()
            },
            question: only(asks, "Which day did the letter come?"),
            answer: only(asks, "On Monday."),
            signposts: if kind == "decline" {
                self.list(&["Sample Helpers"])
            } else {
                Vec::new()
            },
        }
    }

    fn ruling_form(&self, kind: &str) -> RulingForm {
        let days = self.days(true).days;
        RulingForm {
            revision: 0,
            kind: kind.into(),
            services: vec![ServiceRef {
                id: "law-first".into(),
                name: self.says("First meeting"),
                minutes: 60,
                price: String::new(),
                selected: true,
            }],
            extra: ["0", "15"]
                .map(|value| Choice {
                    value: value.into(),
                    chosen: value == "0",
                    ..Choice::default()
                })
                .to_vec(),
            from: "2026-12-01".into(),
            times: vec!["2026-12-24T10:00:00Z".into()],
            days,
            signposts: vec![Choice {
                value: "helpers".into(),
                label: self.says("Sample Helpers"),
                hint: self.says("For people with a sample problem."),
                ..Choice::default()
            }],
            from_proposal: self.says("Sam Sample"),
            ..RulingForm::default()
        }
    }
}

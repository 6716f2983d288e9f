//! The staff's pages with sample models.

use super::{Page, Samples};
use app::icons;
use app::pages::staff;
use app::view::runs::Without;
use app::view::{
    Answered, AppointmentPage, ClinicRef, ConflictLine, ConflictMatch, ConflictName, ConflictPage,
    Conflicts, ContactPage, FieldError, Frame, HistoryRow, PhoneDesk, Problem, RailEntry, Rival,
    SetPassword, SignIn, StaffAppointment, StaffCall, StaffRef, Today,
};

impl Samples {
    /// Every staff page.
    pub fn desk(&self) -> Vec<Page> {
        let outside = self.frame();
        let inside = self.at_the_desk();
        let alone = self.without_a_clinic();
        let wrong = SignIn {
            email: self.says("ada@sample.invalid"),
            error: true,
            next: "/staff".into(),
        };
        vec![
            (
                "staff-sign-in",
                staff::sign_in(&outside, &SignIn::default()),
            ),
            ("staff-sign-in-error", staff::sign_in(&outside, &wrong)),
            (
                "staff-password",
                staff::set_password(&outside, &self.password("")),
            ),
            (
                "staff-password-error",
                staff::set_password(&outside, &self.password("password_too_short")),
            ),
            ("staff-today", staff::today(&inside, &self.today())),
            (
                "staff-today-empty",
                staff::today(&inside, &self.quiet_today()),
            ),
            ("staff-outcome", staff::outcome(&inside, &self.came(false))),
            (
                "staff-outcome-error",
                staff::outcome(&inside, &self.came(true)),
            ),
            ("staff-again", staff::again(&inside, &self.next_time(false))),
            (
                "staff-again-error",
                staff::again(&inside, &self.next_time(true)),
            ),
            ("staff-reports", staff::reports(&inside, &self.numbers())),
            (
                "staff-reports-set-up",
                staff::report_set_up(&inside, &self.rates()),
            ),
            (
                "staff-today-no-clinic",
                staff::today(&alone, &self.quiet_today()),
            ),
            ("staff-today-runs", staff::today(&alone, &self.runs())),
            (
                "staff-today-checks",
                staff::today(&inside, &self.checks_wait()),
            ),
            ("staff-retention", staff::retention(&alone, &self.periods())),
            (
                "staff-retention-look",
                staff::retention_look(&alone, &self.shorter()),
            ),
            ("staff-problem", staff::problem(&inside, &Self::refused())),
            (
                "staff-appointment",
                staff::appointment(&inside, &self.one(true)),
            ),
            (
                "staff-appointment-bare",
                staff::appointment(&inside, &self.one(false)),
            ),
            ("staff-phone", staff::phone(&inside, &self.phone(true))),
            (
                "staff-phone-error",
                staff::phone(&inside, &self.phone(false)),
            ),
            (
                "staff-phone-none",
                staff::phone(&alone, &PhoneDesk::default()),
            ),
            (
                "staff-appointment-withheld",
                staff::appointment(&inside, &self.withheld()),
            ),
            (
                "staff-appointment-rivals",
                staff::appointment(&inside, &self.rivalled()),
            ),
        ]
        .into_iter()
        .chain(self.cases(&inside))
        .chain(self.calendars())
        .chain(self.hours(&inside))
        .chain(self.post())
        .chain(self.waiting_at_the_desk())
        .chain(self.conflict_pages(&inside))
        .collect()
    }

    fn conflict_pages(&self, inside: &Frame) -> Vec<Page> {
        vec![
            ("staff-conflicts", staff::conflicts(inside, &self.checks())),
            (
                "staff-conflicts-empty",
                staff::conflicts(inside, &Conflicts::default()),
            ),
            (
                "staff-conflict",
                staff::conflict(inside, &self.check(false)),
            ),
            (
                "staff-conflict-error",
                staff::conflict(inside, &self.check(true)),
            ),
            (
                "staff-conflict-decided",
                staff::conflict(inside, &self.decided_check()),
            ),
        ]
    }

    fn refused() -> Problem {
        Problem {
            status: 403,
            code: "forbidden".into(),
            ..Problem::default()
        }
    }

    pub(super) fn at_the_desk(&self) -> Frame {
        let entry = |path: &str, icon, label: &str, count| RailEntry {
            path: path.into(),
            icon,
            label: self.says(label),
            count,
        };
        let clinic = |id: &str, name: &str| ClinicRef {
            id: id.into(),
            name: self.says(name),
        };
        Frame {
            staff: Some(StaffRef {
                finds: true,
                name: self.says("Ada Sample"),
                roles: self.says("Supervisor, Law clinic"),
                clinics: vec![
                    clinic("law", "Law clinic"),
                    clinic("sports", "Sports injury clinic"),
                ],
                entries: vec![
                    entry("/staff", icons::CLOCK, "Today", None),
                    entry("/staff/calendar", icons::CALENDAR, "Calendar", None),
                    entry("/staff/requests", icons::LETTER, "Requests", Some(3)),
                ],
            }),
            sample: true,
            ..self.frame()
        }
    }

    fn phone(&self, open: bool) -> PhoneDesk {
        let clinics = self.at_the_desk().staff.unwrap_or_default().clinics;
        PhoneDesk {
            open: clinics.first().filter(|_| open).cloned(),
            error: if open {
                String::new()
            } else {
                self.says("Pick the clinic that the call is for")
            },
            clinics,
        }
    }

    fn rivalled(&self) -> AppointmentPage {
        let rival = |reference: &str, way: &str, one_team| Rival {
            reference: self.says(reference),
            path: format!("/staff/{way}/{reference}"),
            one_team,
        };
        let mut page = self.one(true);
        page.rivals = vec![
            rival("P9KD-2VA", "requests", false),
            rival("M3WQ-8HT", "appointments", true),
        ];
        page
    }

    fn withheld(&self) -> AppointmentPage {
        let mut page = self.one(false);
        page.uncleared = true;
        page.withheld = true;
        page.can_turn_down = true;
        page
    }

    fn check_line(&self, state: &str) -> ConflictLine {
        ConflictLine {
            reference: self.says("K7PX-4MR"),
            clinic: ClinicRef {
                id: "law".into(),
                name: self.says("Law clinic"),
            },
            state: state.into(),
            matches: 2,
            due: self.says("Monday 23 November 2026, 5:00pm, UK time"),
            age: self.says("asked 3 hours ago"),
            ..ConflictLine::default()
        }
    }

    fn checks(&self) -> Conflicts {
        let late = ConflictLine {
            overdue: true,
            lead_only: true,
            request: true,
            matches: 1,
            ..self.check_line("waiting")
        };
        Conflicts {
            cases: vec![
                late,
                self.check_line("waiting"),
                self.check_line("cleared"),
                self.check_line("refused"),
                self.check_line("withdrawn"),
            ],
        }
    }

    fn conflict_name(&self, name: &str, side: &str) -> ConflictName {
        ConflictName {
            name: self.says(name),
            side: side.into(),
            another_script: side == "former",
        }
    }

    fn check(&self, wrong: bool) -> ConflictPage {
        let near = |why: &str, other: &str| ConflictMatch {
            given: self.conflict_name("Sample Landlord", "other_side"),
            other: self.says(other),
            other_side: "client".into(),
            reference: self.says("M4PX-7KR"),
            why: why.into(),
            against: true,
            elsewhere: false,
        };
        let reasons = [
            "same",
            "other_order",
            "other_spaces",
            "spelt_alike",
            "sounds_alike",
            "initials",
            "part_of_name",
        ];
        let mut matches: Vec<ConflictMatch> = reasons
            .iter()
            .map(|why| near(why, "Landlord Sample"))
            .collect();
        matches.push(ConflictMatch {
            other: String::new(),
            against: false,
            ..near("same", "")
        });
        matches.push(ConflictMatch {
            given: self.conflict_name("Amina Sample", "client"),
            elsewhere: true,
            ..ConflictMatch::default()
        });
        let errors = FieldError {
            field: "reason".into(),
            text: self.says("Say why."),
        };
        ConflictPage {
            case: self.check_line("waiting"),
            names: vec![
                self.conflict_name("Amina Sample", "client"),
                self.conflict_name("Amina Other", "former"),
                self.conflict_name("Sample Group", "organisation"),
                self.conflict_name("Sample Landlord", "other_side"),
            ],
            matches,
            others_hidden: true,
            seen: "abc".into(),
            can_decide: true,
            can_send: true,
            reason: self.says("typed"),
            errors: wrong.then_some(errors).into_iter().collect(),
            ..ConflictPage::default()
        }
    }

    fn decided_check(&self) -> ConflictPage {
        ConflictPage {
            case: self.check_line("cleared"),
            matches: Vec::new(),
            can_decide: false,
            can_send: false,
            decided: self.says("Cleo Sample, Monday 23 November 2026, 5:00pm, UK time"),
            decided_why: self.says("Another person"),
            ..self.check(false)
        }
    }

    fn without_a_clinic(&self) -> Frame {
        let mut frame = self.at_the_desk();
        if let Some(staff) = &mut frame.staff {
            staff.clinics.clear();
        }
        frame
    }

    fn password(&self, error: &str) -> SetPassword {
        SetPassword {
            token: "token".into(),
            email: self.says("ada@sample.invalid"),
            error: error.into(),
        }
    }

    pub(super) fn line(
        &self,
        day: (&str, &str),
        minutes: (i64, i64),
        state: &str,
        mode: &str,
    ) -> StaffAppointment {
        let clock = |minute: i64| {
            let (hour, half) = (minute / 60, if minute < 720 { "am" } else { "pm" });
            self.says(&format!(
                "{}:{:02}{half}",
                (hour + 11) % 12 + 1,
                minute % 60
            ))
        };
        StaffAppointment {
            reference: "K7PX-4MR".into(),
            clinic: self.law(),
            service: self.says("First appointment"),
            date: day.0.into(),
            day: self.says(day.1),
            start: clock(minutes.0),
            end: clock(minutes.1),
            start_minute: minutes.0,
            end_minute: minutes.1,
            mode: mode.into(),
            state: state.into(),
            client: if state == "held" {
                String::new()
            } else {
                self.says("Zelda Example")
            },
            advisers: self.list(&["Bilal Sample", "Chen Sample"]),
            supervisor: self.says("Esther Sample"),
            room: if mode == "in_person" {
                self.says("Sample room 1")
            } else {
                String::new()
            },
            stop_shown: state == "requested",
            interpreter: state == "confirmed",
            access: self.list(&["a chair with arms"]),
            trouble: String::new(),
            movable: state == "confirmed",
            offer: None,
        }
    }

    pub(super) fn reached(&self, wrong: bool) -> ContactPage {
        ContactPage {
            back: "/staff/appointments/K7PX-4MR".into(),
            reference: "K7PX-4MR".into(),
            name: self.says("Zelda Example"),
            email: self.says("zelda@sample.invalid"),
            phone: self.says("020 7946 0001"),
            safe_to_email: true,
            safe_to_call: !wrong,
            call_window: self.says("after 6pm"),
            leave_message: false,
            seen: "abc".into(),
            errors: if wrong {
                vec![FieldError {
                    field: "phone".into(),
                    text: self.says("Type a whole telephone number"),
                }]
            } else {
                Vec::new()
            },
            overtaken: wrong,
        }
    }

    fn today(&self) -> Today {
        let day = ("2026-11-24", "Tue 24 Nov");
        let call = |urgent: bool, kind: &str, name: &str| StaffCall {
            id: "0".into(),
            reference: "P4RT-2CX".into(),
            clinic: self.law(),
            kind: kind.into(),
            request: if urgent {
                String::new()
            } else {
                "M3WQ-8HT".into()
            },
            waiting: if kind == "offer" {
                "W2KQ-8HD".into()
            } else {
                String::new()
            },
            time: if kind == "change" {
                self.says("The appointment is on Tuesday 1 December 2026, 2:00pm, UK time.")
            } else {
                String::new()
            },
            appointment: if kind == "change" {
                "K7PX-4MR".into()
            } else {
                String::new()
            },
            name: self.says(name),
            phone: self.says("020 7946 0001"),
            call_window: if urgent {
                String::new()
            } else {
                self.says("after 6pm")
            },
            leave_message: !urgent,
            urgent,
            age: self.says("asked 40 minutes ago"),
            tried: if urgent {
                String::new()
            } else {
                self.says("Somebody rang once, and nobody answered: Tuesday 24 November 2026, 1:10pm, UK time.")
            },
            others: if kind == "turned_down" {
                self.notice().signposts
            } else {
                Vec::new()
            },
        };
        Today {
            date: self.says("Tuesday 24 November 2026"),
            now: self.says("2:41pm, UK time"),
            without: Without::default(),
            checks: None,
            runs: None,
            walk_in_full: Some((
                self.law(),
                self.says("The next free time is Wednesday 25 November 2026, 10:00am, UK time."),
            )),
            board: self.board(vec![
                self.line(day, (600, 660), "attended", "in_person"),
                self.line(day, (870, 930), "confirmed", "in_person"),
                self.line(day, (900, 960), "requested", "phone"),
                self.line(day, (960, 990), "missed", "video"),
            ]),
            calls: vec![
                call(true, "call_back", "Yorick Example"),
                call(false, "confirmation", "Xenia Example"),
                call(false, "decision", "Wilf Example"),
                call(false, "turned_down", "Vera Example"),
                call(false, "offer", "Ursula Example"),
            ],
            requests: 3,
        }
    }

    fn quiet_today(&self) -> Today {
        Today {
            date: self.says("Sunday 22 November 2026"),
            now: self.says("9:05am, UK time"),
            ..Today::default()
        }
    }

    fn one(&self, full: bool) -> AppointmentPage {
        let day = ("2026-11-24", "Tue 24 Nov");
        let bare = AppointmentPage {
            appointment: self.line(day, (870, 930), "cancelled", "phone"),
            date: self.says("Tuesday 24 November 2026"),
            ..AppointmentPage::default()
        };
        if !full {
            return bare;
        }
        let happened = |who: &str, action: &str, detail: &str| HistoryRow {
            at: self.says("Sunday 22 November 2026, 2:41pm, UK time"),
            instant: "2026-11-22T14:41:00Z".into(),
            who: self.says(who),
            action: action.into(),
            detail: detail.into(),
        };
        AppointmentPage {
            appointment: self.line(day, (870, 930), "requested", "in_person"),
            email: self.says("zelda@sample.invalid"),
            phone: self.says("020 7946 0002"),
            safe_to_call: true,
            call_window: self.says("after 6pm"),
            postcode_area: self.says("N7"),
            language: self.says("Welsh"),
            organisation: self.says("Example Bakery"),
            answers: vec![Answered {
                question: self.says("Is anybody in danger now?"),
                answer: self.says("No"),
                change: String::new(),
            }],
            history: vec![
                happened("The client", "held", ""),
                happened("The client", "requested", "web"),
                happened("Ada Sample", "moved", ""),
            ],
            can_confirm: true,
            can_move: true,
            can_cancel: true,
            day: self
                .board(vec![
                    self.line(day, (870, 930), "confirmed", "in_person");
                    2
                ])
                .rows
                .remove(1),
            crew: Some(self.crew()),
            outcome: Some(self.words_of_outcome()),
            overtaken: true,
            ..bare
        }
    }
}

//! The pages about accounts with sample models.

use super::{Page, Samples};
use app::pages::staff;
use app::view::accounts::{
    Account, Audit, AuditEntry, HeldRole, Invite, OneCode, People, Person, PersonPage, Seat,
    SecondFactor, Session,
};
use app::view::{Choice, FieldError};

impl Samples {
    /// Every page about accounts.
    pub fn accounts(&self) -> Vec<Page> {
        let inside = self.at_the_desk();
        let outside = self.frame();
        let wrong = OneCode {
            error: self.says("That is not right."),
            next: "/staff/audit".into(),
            second_factor: true,
        };
        let people = |errors| People {
            invite: self.invite(errors),
            ..self.people()
        };
        vec![
            ("staff-people", staff::people(&inside, &people(false))),
            ("staff-people-error", staff::people(&inside, &people(true))),
            ("staff-person", staff::person(&inside, &self.one_person())),
            (
                "staff-person-overtaken",
                staff::person(
                    &inside,
                    &PersonPage {
                        overtaken: true,
                        ..self.one_person()
                    },
                ),
            ),
            (
                "staff-account",
                staff::account(&inside, &self.account(true)),
            ),
            (
                "staff-account-new",
                staff::account(&inside, &self.account(false)),
            ),
            ("staff-audit", staff::audit(&inside, &self.record())),
            (
                "staff-audit-empty",
                staff::audit(&inside, &Audit::default()),
            ),
            (
                "staff-second-factor",
                staff::second_factor(&outside, &self.setting_up(false)),
            ),
            (
                "staff-second-factor-begun",
                staff::second_factor(&outside, &self.setting_up(true)),
            ),
            (
                "staff-second-step",
                staff::second_step(&outside, &OneCode::default()),
            ),
            (
                "staff-second-step-error",
                staff::second_step(&outside, &wrong),
            ),
            ("staff-prove", staff::prove(&outside, &OneCode::default())),
            ("staff-prove-error", staff::prove(&outside, &wrong)),
        ]
    }

    fn roles(&self) -> Vec<HeldRole> {
        let role = |label: &str, until: &str, ended| HeldRole {
            role: "adviser".into(),
            clinic: "law".into(),
            label: self.says(label),
            until: self.says(until),
            until_date: "2026-12-18".into(),
            ended,
            may_change: true,
        };
        vec![
            role("Adviser, Law clinic", "Friday 18 December 2026", false),
            role(
                "Adviser, Sports injury clinic",
                "Friday 30 October 2026",
                true,
            ),
        ]
    }

    fn someone(&self, state: &str) -> Person {
        Person {
            id: "0192f0c1-0000-7000-8000-000000000001".into(),
            name: self.says("Ada Sample"),
            email: self.says("ada@sample.invalid"),
            state: state.into(),
            mail_failed: state == "invited",
            second_factor: state == "active",
            roles: if state == "ended" {
                Vec::new()
            } else {
                self.roles()
            },
        }
    }

    fn invite(&self, errors: bool) -> Invite {
        let role = |label: &str| Choice {
            value: "adviser@law".into(),
            label: self.says(label),
            ..Choice::default()
        };
        let error = |field: &str, text: &str| FieldError {
            field: field.into(),
            text: self.says(text),
        };
        Invite {
            roles: vec![role("Adviser, Law clinic")],
            places: self.places(),
            errors: if errors {
                vec![
                    error("email", "Write an email address."),
                    error("until", "Students need a last day."),
                ]
            } else {
                Vec::new()
            },
            ..Invite::default()
        }
    }

    fn places(&self) -> Vec<Choice> {
        let one = |value: &str, label: &str| Choice {
            value: value.into(),
            label: self.says(label),
            ..Choice::default()
        };
        vec![one("nobody", "No entry"), one("1", "Ada Sample")]
    }

    fn people(&self) -> People {
        People {
            clinics: self.at_the_desk().staff.unwrap_or_default().clinics,
            all: true,
            people: ["active", "invited", "ended"]
                .into_iter()
                .map(|state| self.someone(state))
                .collect(),
            done: self.says("We are sending the invitation to Ada Sample."),
            ..People::default()
        }
    }

    fn one_person(&self) -> PersonPage {
        PersonPage {
            person: self.someone("active"),
            grant: self.invite(false),
            seat: Seat {
                name: self.says("Ada Sample"),
                choices: self.places(),
                error: String::new(),
            },
            seen: "AAAA".into(),
            overtaken: false,
            may_end: true,
            may_invite: true,
            may_reset: true,
            own: false,
        }
    }

    fn account(&self, full: bool) -> Account {
        let at = |text: &str| self.says(text);
        let session = |here| Session {
            started: at("Sunday 22 November 2026, 9:02am, UK time"),
            seen: at("Sunday 22 November 2026, 2:41pm, UK time"),
            here,
        };
        Account {
            name: at("Ada Sample"),
            email: at("ada@sample.invalid"),
            roles: self.roles(),
            second_factor: full,
            required: false,
            codes_left: 10,
            sessions: vec![session(true), session(false)],
            feed_made: if full {
                at("Sunday 22 November 2026")
            } else {
                String::new()
            },
            has_calendar: true,
            daily_list: true,
            feed: if full {
                at(
                    "https://clinics.example.org/feeds/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics",
                )
            } else {
                String::new()
            },
            codes: if full {
                vec![at("ABCD-EFGH-IJKL-MNOP"); 10]
            } else {
                Vec::new()
            },
        }
    }

    fn record(&self) -> Audit {
        let entry = AuditEntry {
            at: self.says("Sunday 22 November 2026, 2:41pm, UK time"),
            instant: "2026-11-22T14:41:00Z".into(),
            who: self.says("Ada Sample"),
            action: self.says("opened it"),
            what: self.says("Appointment K7PX-4MR"),
            clinic: self.says("Law clinic"),
            detail: String::new(),
        };
        let choice = |value: &str, label: &str| Choice {
            value: value.into(),
            label: self.says(label),
            chosen: true,
            ..Choice::default()
        };
        Audit {
            clinics: self.at_the_desk().staff.unwrap_or_default().clinics,
            all: true,
            people: vec![choice("1", "Ada Sample")],
            actions: vec![choice("read", "opened it")],
            from: "2026-11-01".into(),
            earlier: "1.0192f0c1-0000-7000-8000-000000000001".into(),
            entries: vec![entry.clone(), entry],
            ..Audit::default()
        }
    }

    fn setting_up(&self, begun: bool) -> SecondFactor {
        SecondFactor {
            secret: self.says("MZXW 6YTB OI"),
            address: "otpauth://totp/a:b?secret=MZXW6YTBOI&issuer=a".into(),
            picture: if begun {
                vec![vec![true, false], vec![false, true]]
            } else {
                Vec::new()
            },
            required: true,
            error: if begun {
                self.says("This code is not right.")
            } else {
                String::new()
            },
            next: "/staff".into(),
        }
    }
}

//! What whoever runs the installation looks after, with sample models.

use super::Samples;
use app::view::availability::Differs;
use app::view::retention::{Retention, RetentionLine, RetentionLook};
use app::view::runs::{Checks, RunClinic, RunPerson, Runs, Without};
use app::view::{Today, WorkLine};

impl Samples {
    pub fn runs(&self) -> Today {
        let clinic = |enabled, has_manager| RunClinic {
            clinic: self.law(),
            enabled,
            has_manager,
        };
        let person = |ends: &str| RunPerson {
            id: "0".into(),
            name: self.says("Ada Sample"),
            ends: if ends.is_empty() {
                String::new()
            } else {
                self.says(ends)
            },
        };
        Today {
            date: self.says("Tuesday 24 November 2026"),
            now: self.says("2:41pm, UK time"),
            runs: Some(Runs {
                clinics: vec![clinic(true, true), clinic(false, false)],
                no_second_factor: vec![person("")],
                ending: vec![person("Friday 4 December 2026")],
                work: vec![WorkLine {
                    name: "erase".into(),
                    last: self.says("Tue 24 Nov, 9:06am"),
                    late: false,
                    failing: 0,
                }],
            }),
            ..Today::default()
        }
    }

    pub fn checks_wait(&self) -> Today {
        Today {
            date: self.says("Tuesday 24 November 2026"),
            now: self.says("2:41pm, UK time"),
            without: Without {
                calls: true,
                requests: true,
            },
            checks: Some(Checks {
                waiting: 3,
                overdue: 1,
            }),
            ..Today::default()
        }
    }

    pub fn periods(&self) -> Retention {
        let line = |years, checked: &str| RetentionLine {
            clinic: self.law(),
            years,
            days: 30,
            checked: if checked.is_empty() {
                String::new()
            } else {
                self.says(checked)
            },
        };
        Retention {
            clinics: vec![line(7, "Jo Park, Monday 2 November 2026"), line(1, "")],
            looked: self.says("Tue 24 Nov, 9:06am"),
            erased: self.says("Mon 23 Nov, 9:06am"),
            people: 3,
            words: 1,
        }
    }

    pub fn shorter(&self) -> RetentionLook {
        RetentionLook {
            clinic: self.law(),
            action: "/staff/settings/retention/law".into(),
            changes: vec![Differs {
                label: self.says("Years"),
                was: self.says("7"),
                now: self.says("6"),
            }],
            people: 2,
            words: 1,
            again: true,
            hidden: vec![("base".into(), "7/30//".into())],
        }
    }
}

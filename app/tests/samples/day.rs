//! The working day and the reports with sample models.

use super::Samples;
use app::view::{
    AgainPage, Choice, ClinicRef, Cover, CoverLine, CrewForm, Day, DayBoard, DayPart, DayRow,
    FieldError, Figure, OutcomePage, OutcomeWords, ReportCell, ReportRow, ReportSetUp, ReportTable,
    Reports, ServiceRef, SlotOption, StaffAppointment,
};

impl Samples {
    fn pick(&self, value: &str, label: &str, chosen: bool) -> Choice {
        Choice {
            value: value.into(),
            label: self.says(label),
            chosen,
            ..Choice::default()
        }
    }

    /// A row for each state, each with what can be done.
    pub(super) fn board(&self, lines: Vec<StaffAppointment>) -> DayBoard {
        let row = |(at, line): (usize, StaffAppointment)| {
            // Two appointments of one day have two references.
            let line = StaffAppointment {
                reference: format!("K7PX-4M{at}"),
                ..line
            };
            let words = |all: &[&str]| all.iter().map(|word| (*word).to_owned()).collect();
            DayRow {
                late_minutes: if at == 1 { 10 } else { 0 },
                late_typed: String::new(),
                left_minutes: (at == 1).then_some(50),
                overdue_minutes: if at == 1 { 11 } else { 0 },
                begun: false,
                left_early: at == 0,
                walk_in: at == 0,
                over: at == 0,
                main: if at == 1 { "check-in" } else { "outcome" }.into(),
                more: words(if at == 1 {
                    &["late", "missed", "again"]
                } else {
                    &["not-seen"]
                }),
                lacks: words(if at == 2 { &["adviser", "room"] } else { &[] }),
                appointment: line,
            }
        };
        DayBoard {
            rows: lines.into_iter().enumerate().map(row).collect(),
            now_before: 2,
            here: 1,
            late: 1,
            to_come: 1,
            next: self.says("3:00pm, Zelda Example"),
            cover: vec![Cover {
                clinic: ClinicRef {
                    id: "law".into(),
                    name: self.says("Law clinic"),
                },
                from: 840,
                until: 1140,
                now: Some(881),
                lines: vec![CoverLine {
                    name: self.says("Sue Sample"),
                    spans: vec![(840, 1140)],
                    loads: vec![(870, 930, 2), (930, 960, 1)],
                    most: 2,
                    now: 2,
                    hours: self.says("2:00pm to 7:00pm"),
                }],
                nobody: vec![self.says("10:00am to 2:00pm")],
            }],
            walk_in: vec![ClinicRef {
                id: "law".into(),
                name: self.says("Law clinic"),
            }],
        }
    }

    /// People and room to choose from.
    pub(super) fn crew(&self) -> CrewForm {
        let two = |none: bool| {
            vec![
                self.pick("1", "Ada Sample", !none),
                self.pick("2", "Ben Sample", false),
            ]
        };
        CrewForm {
            advisers: vec![two(false), two(true)],
            supervisors: two(false),
            rooms: two(true),
            seen: "0011".into(),
        }
    }

    pub(super) fn words_of_outcome(&self) -> OutcomeWords {
        OutcomeWords {
            came: "follow_up".into(),
            issue: self.says("Housing"),
            student_minutes: 120,
            supervisor_minutes: 30,
            confidence_before: 2,
            confidence_after: 4,
        }
    }

    pub(super) fn came(&self, wrong: bool) -> OutcomePage {
        OutcomePage {
            appointment: self.line(
                ("2026-11-24", "Tue 24 Nov"),
                (600, 660),
                "attended",
                "in_person",
            ),
            revision: 1,
            came: ["advised", "follow_up", "signposted", "referred"]
                .map(|came| self.pick(came, "", came == "advised"))
                .to_vec(),
            issues: vec![
                self.pick("1", "Housing", false),
                self.pick("other", "Something else", true),
            ],
            student_minutes: "120".into(),
            supervisor_minutes: "60".into(),
            before: vec![self.pick("1", "1", false)],
            after: vec![self.pick("1", "1", true)],
            errors: wrong
                .then(|| FieldError {
                    field: "student_minutes".into(),
                    text: self.says("Write the minutes as a number, from 0 to 2400"),
                })
                .into_iter()
                .collect(),
            overtaken: wrong.then(|| self.words_of_outcome()),
        }
    }

    pub(super) fn next_time(&self, wrong: bool) -> AgainPage {
        let slot = SlotOption {
            value: "2026-12-01T14:00:00Z".into(),
            label: self.says("2:00pm"),
            modes: vec!["in_person".into()],
            places: None,
        };
        AgainPage {
            appointment: self.line(
                ("2026-11-24", "Tue 24 Nov"),
                (600, 660),
                "confirmed",
                "in_person",
            ),
            services: vec![ServiceRef {
                id: "law-follow-up".into(),
                name: self.says("Follow-up"),
                minutes: 30,
                price: String::new(),
                selected: true,
            }],
            modes: vec![
                self.pick("in_person", "", true),
                self.pick("phone", "", false),
            ],
            days: vec![Day {
                date: "2026-12-01".into(),
                label: self.says("Tuesday 1 December"),
                parts: vec![DayPart {
                    label: self.says("Afternoon"),
                    slots: vec![slot],
                }],
            }],
            from: "2026-11-24".into(),
            more_from: Some("2026-12-02".into()),
            replaces: wrong,
            errors: wrong
                .then(|| FieldError {
                    field: "start".into(),
                    text: self.says("Pick one of the times"),
                })
                .into_iter()
                .collect(),
            ..AgainPage::default()
        }
    }

    pub(super) fn numbers(&self) -> Reports {
        let row = |label: &str, total: bool, cells: [ReportCell; 2]| ReportRow {
            label: self.says(label),
            total,
            cells: cells.to_vec(),
        };
        let figures = [
            ("enquiries", ReportCell::Count(120)),
            ("could_not_help", ReportCell::Hidden),
            ("value", ReportCell::Nothing),
        ];
        Reports {
            clinics: vec![
                ClinicRef::default(),
                ClinicRef {
                    id: "law".into(),
                    name: self.says("Law clinic"),
                },
            ],
            years: vec![("2026".into(), self.says("August 2026 to July 2027"))],
            year: "2026".into(),
            title: self.says("August 2026 to July 2027"),
            figures: figures
                .map(|(name, cell)| Figure {
                    name: name.into(),
                    cell,
                })
                .to_vec(),
            tables: vec![ReportTable {
                name: "by_month".into(),
                columns: vec!["enquiries".into(), "use".into()],
                rows: vec![
                    row(
                        "November 2026",
                        false,
                        [ReportCell::Count(31), ReportCell::Percent(40)],
                    ),
                    row(
                        "December 2026",
                        false,
                        [ReportCell::Hidden, ReportCell::Nothing],
                    ),
                    row("All", true, [ReportCell::Count(40), ReportCell::Tenths(35)]),
                ],
                charts: vec![0, 1],
            }],
            can_set_up: true,
            ..Reports::default()
        }
    }

    pub(super) fn rates(&self) -> ReportSetUp {
        let law = ClinicRef {
            id: "law".into(),
            name: self.says("Law clinic"),
        };
        ReportSetUp {
            clinics: vec![law.clone()],
            clinic: law,
            student_rate: "12.50".into(),
            supervisor_rate: "a lot".into(),
            from: "2026-11-23".into(),
            rates: vec![
                (
                    self.says("Sunday 1 November 2026"),
                    "12.50".into(),
                    "40.00".into(),
                ),
                (String::new(), "12.00".into(), String::new()),
            ],
            issues: self.says("Housing"),
            seen: "0011".into(),
            errors: vec![FieldError {
                field: "supervisor_rate".into(),
                text: self.says("Write the rate in pounds, like 12.50, or leave it empty"),
            }],
            overtaken: Some((String::new(), self.says("40.00"), self.says("Work"))),
            saved: false,
        }
    }
}

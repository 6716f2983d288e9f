//! The calendar of the desk, a move, the list on paper and the search with sample models.

use super::{Page, Samples};
use app::pages::staff;
use app::view::{
    BusyTime, Calendar, CalendarDay, Column, DayList, DayListRow, FieldError, Found, FoundCase,
    FreeStart, Group, MonthDay, MoveDay, MovePage, Moving, Offered, Shown, Span, Spot,
    StaffAppointment,
};

const DATES: [(&str, &str); 5] = [
    ("2026-11-23", "Mon 23 Nov"),
    ("2026-11-24", "Tue 24 Nov"),
    ("2026-11-25", "Wed 25 Nov"),
    ("2026-11-26", "Thu 26 Nov"),
    ("2026-11-27", "Fri 27 Nov"),
];

impl Samples {
    /// Every page of the calendar.
    pub fn calendars(&self) -> Vec<Page> {
        let inside = self.at_the_desk();
        let calendar = |model: &Calendar| staff::calendar(&inside, model);
        vec![
            ("staff-week", calendar(&self.week(Shown::Fitting))),
            ("staff-week-grid", calendar(&self.week(Shown::Grid))),
            ("staff-week-list", calendar(&self.week(Shown::List))),
            ("staff-week-empty", calendar(&self.empty_week())),
            ("staff-week-moving", calendar(&self.moving())),
            ("staff-day", calendar(&self.day())),
            ("staff-month", calendar(&self.month(Shown::Fitting))),
            ("staff-month-list", calendar(&self.month(Shown::List))),
            (
                "staff-move",
                staff::move_appointment(&inside, &self.a_move(false)),
            ),
            (
                "staff-move-error",
                staff::move_appointment(&inside, &self.a_move(true)),
            ),
            (
                "staff-move-none",
                staff::move_appointment(
                    &inside,
                    &MovePage {
                        days: Vec::new(),
                        may_overrule: false,
                        ..self.a_move(false)
                    },
                ),
            ),
            (
                "staff-day-list",
                staff::day_list(&inside, &self.list_of_day()),
            ),
            (
                "staff-day-list-empty",
                staff::day_list(
                    &inside,
                    &DayList {
                        rows: Vec::new(),
                        ..self.list_of_day()
                    },
                ),
            ),
            ("staff-find", staff::find(&inside, &Found::default())),
            ("staff-find-results", staff::find(&inside, &self.found())),
            (
                "staff-find-nothing",
                staff::find(
                    &inside,
                    &Found {
                        typed: self.says("nobody"),
                        ..Found::default()
                    },
                ),
            ),
        ]
    }

    fn free(&self) -> Vec<FreeStart> {
        [(600, "10:00am"), (660, "11:00am")]
            .map(|(minute, label)| FreeStart {
                start: format!("2026-11-24T{}:00:00Z", minute / 60),
                minute,
                label: self.says(label),
                short: self.says(label.trim_end_matches("am")),
            })
            .to_vec()
    }

    fn busy(&self) -> Vec<BusyTime> {
        vec![BusyTime {
            from: 960,
            until: 1020,
            text: self.says("4:00pm to 5:00pm: busy elsewhere"),
        }]
    }

    fn tuesday(&self) -> Vec<StaffAppointment> {
        let mut late = self.line(DATES[1], (885, 945), "requested", "phone");
        late.trouble = self.says("Chen Sample is not there then");
        let mut offered = self.line(DATES[1], (930, 960), "held", "phone");
        offered.offer = Some(Offered {
            until: self.says("Tue 24 Nov, 9:00am"),
            waiting: "W2KQ-8HD".into(),
        });
        vec![
            self.line(DATES[1], (600, 660), "attended", "in_person"),
            self.line(DATES[1], (870, 930), "confirmed", "in_person"),
            late,
            self.line(DATES[1], (900, 960), "held", "video"),
            offered,
        ]
    }

    fn groups(&self) -> Vec<Group> {
        let group = |label: &str, all: &[(&str, &str)]| Group {
            label: self.says(label),
            all: all
                .iter()
                .map(|(of, name)| ((*of).to_owned(), self.says(name)))
                .collect(),
        };
        vec![
            group(
                "Clinic",
                &[
                    ("law", "Law clinic"),
                    ("sports", "Sports clinic"),
                    ("all", "All my clinics"),
                ],
            ),
            group(
                "People",
                &[("who-1", "Bilal Sample"), ("who-2", "Chen Sample")],
            ),
            group("Rooms", &[("who-3", "Sample room 1")]),
        ]
    }

    fn week(&self, shown: Shown) -> Calendar {
        let mut days: Vec<CalendarDay> = DATES
            .iter()
            .map(|(date, label)| CalendarDay {
                date: (*date).into(),
                label: self.says(label),
                ..CalendarDay::default()
            })
            .collect();
        days[1].today = true;
        days[1].cover = self.list(&["10:00am to 4:00pm: 6 advisers. Esther Sample supervises."]);
        days[1].appointments = self.tuesday();
        days[1].busy = self.busy();
        days[3].appointments = vec![
            self.line(DATES[3], (780, 825), "confirmed", "phone"),
            self.line(DATES[3], (840, 1020), "cancelled", "in_person"),
            self.line(DATES[3], (1050, 1065), "missed", "video"),
        ];
        days[4].closed = self.says("Sample holiday");
        let columns = days.iter().map(|day| Column {
            label: day.label.clone(),
            href: format!("/staff/calendar?view=day&day={}&of=law", day.date),
            date: day.date.clone(),
            busy: day.busy.clone(),
            today: day.today,
            closed: day.closed.clone(),
            cover: day.cover.clone(),
            windows: if day.today {
                vec![(600, 960)]
            } else {
                Vec::new()
            },
            appointments: day.appointments.clone(),
            ..Column::default()
        });
        Calendar {
            at: Spot {
                shown,
                day: DATES[0].0.into(),
                of: "law".into(),
                ..Spot::default()
            },
            name: self.says("Law clinic"),
            title: self.says("23 to 29 November 2026"),
            previous: "2026-11-16".into(),
            next: "2026-11-30".into(),
            today: DATES[1].0.into(),
            groups: self.groups(),
            columns: columns.collect(),
            days,
            first_hour: 9,
            last_hour: 19,
            now_minute: Some(881),
            troubles: 1,
            mark: "7-7".into(),
            ..Calendar::default()
        }
    }

    fn empty_week(&self) -> Calendar {
        let mut week = self.week(Shown::Fitting);
        for day in &mut week.days {
            day.appointments.clear();
            day.busy.clear();
        }
        for column in &mut week.columns {
            column.appointments.clear();
            column.busy.clear();
        }
        week.troubles = 0;
        week
    }

    fn moving(&self) -> Calendar {
        let mut week = self.week(Shown::Fitting);
        week.at.moving = "K7PX-4MR".into();
        week.columns[1].free = self.free();
        week.days[1].free = self.free();
        week.moved = Some(("K7PX-4MR".into(), self.says("Tue 24 Nov, 2:30pm")));
        week.moving = Some(Moving {
            reference: "K7PX-4MR".into(),
            now: self.says("Tuesday 24 November 2026, 2:30pm, UK time"),
            was: "2026-11-24T14:30:00Z".into(),
            service: self.says("First appointment"),
            free: false,
            first_free: "2026-12-01".into(),
        });
        week
    }

    fn day(&self) -> Calendar {
        let person = |name: &str, appointments: Vec<StaffAppointment>| Column {
            label: self.says(name),
            href: "/staff/calendar?view=week&day=2026-11-24&of=who-1".into(),
            today: true,
            cover: self.list(&["10:00am to 4:00pm"]),
            windows: vec![(600, 960)],
            busy: self.busy(),
            away: vec![(0, 660)],
            appointments,
            ..Column::default()
        };
        let week = self.week(Shown::Grid);
        Calendar {
            at: Spot {
                span: Span::Day,
                day: DATES[1].0.into(),
                ..week.at.clone()
            },
            title: self.says("Tuesday 24 November 2026"),
            columns: vec![
                person("Bilal Sample", self.tuesday()),
                person("Chen Sample", Vec::new()),
                Column {
                    label: self.says("No adviser"),
                    appointments: vec![self.line(DATES[1], (600, 630), "confirmed", "phone")],
                    ..Column::default()
                },
            ],
            days: vec![week.days[1].clone()],
            several: true,
            ..week
        }
    }

    fn month(&self, shown: Shown) -> Calendar {
        let day = |number: i64| MonthDay {
            date: format!("2026-11-{number:02}"),
            number: self.says(&number.to_string()),
            label: self.says("Tue 24 Nov"),
            outside: number == 1,
            today: number == 24,
            closed: if number == 5 {
                self.says("Sample holiday")
            } else {
                String::new()
            },
            idle: number % 7 > 4,
            booked: usize::from(number % 2 == 0) * 3,
            held: usize::from(number == 3),
            troubles: usize::from(number == 10),
            offered: usize::from(number == 4),
            percent: (number % 7 <= 4 && number != 5).then_some(number * 3),
            notes: self.list(&[
                "Blocked 12:00 midday to 1:00pm",
                "Esther Sample supervises.",
            ]),
        };
        let week = self.week(shown);
        Calendar {
            at: Spot {
                span: Span::Month,
                ..week.at.clone()
            },
            title: self.says("November 2026"),
            columns: Vec::new(),
            days: Vec::new(),
            weeks: (0..4)
                .map(|week| (1..=7).map(|number| day(week * 7 + number)).collect())
                .collect(),
            ..week
        }
    }

    fn a_move(&self, wrong: bool) -> MovePage {
        let error = |field: &str, text: &str| FieldError {
            field: field.into(),
            text: self.says(text),
        };
        MovePage {
            appointment: self.line(DATES[1], (870, 930), "confirmed", "in_person"),
            date: self.says("Tuesday 24 November 2026"),
            was: "2026-11-24T14:30:00Z".into(),
            days: vec![MoveDay {
                label: self.says("Thursday 26 November 2026"),
                free: self.free(),
            }],
            more_from: "2026-12-03".into(),
            may_overrule: true,
            typed: if wrong {
                ("2026-11-28".into(), "25:00".into(), self.says("no"))
            } else {
                <(String, String, String)>::default()
            },
            errors: if wrong {
                vec![error("time", "Type a time"), error("reason", "Say why")]
            } else {
                Vec::new()
            },
            refused: if wrong {
                "moved_meanwhile".into()
            } else {
                String::new()
            },
            wanted: self.says("Thursday 26 November 2026, 10:00am, UK time"),
            back: if wrong {
                "/staff/calendar?view=week&day=2026-11-23&of=law".into()
            } else {
                String::new()
            },
        }
    }

    fn list_of_day(&self) -> DayList {
        let row = |one: StaffAppointment, safe: bool| DayListRow {
            appointment: one,
            phone: if safe {
                self.says("020 7946 0001")
            } else {
                String::new()
            },
            do_not_ring: !safe,
            call_window: self.says("after 5pm"),
            leave_message: true,
        };
        DayList {
            own: false,
            several: true,
            at: Spot {
                day: DATES[1].0.into(),
                of: "law".into(),
                ..Spot::default()
            },
            name: self.says("Law clinic"),
            date: self.says("Tuesday 24 November 2026"),
            printed: self.says("Tuesday 24 November 2026, 9:05am, UK time"),
            closed: self.says("Sample holiday"),
            cover: self.list(&["10:00am to 4:00pm: 6 advisers. Esther Sample supervises."]),
            rows: self
                .tuesday()
                .into_iter()
                .filter(|one| one.state != "held" || one.offer.is_some())
                .enumerate()
                .map(|(number, one)| row(one, number != 1))
                .collect(),
        }
    }

    fn found(&self) -> Found {
        let one = self.line(DATES[1], (870, 930), "confirmed", "in_person");
        Found {
            waiting: vec![FoundCase {
                reference: "W2KQ-8HD".into(),
                clinic: self.law(),
                client: self.says("Zelda Waiting"),
                state: "waiting".into(),
                date: self.says("Sunday 22 November 2026"),
            }],
            typed: self.says("zelda"),
            appointments: vec![(self.says("Tuesday 24 November 2026"), one)],
            requests: vec![FoundCase {
                reference: "M3WQ-8HT".into(),
                clinic: self.law(),
                client: self.says("Zelda Example"),
                state: "in_review".into(),
                date: self.says("Sunday 22 November 2026"),
            }],
            more: true,
        }
    }
}

//! The pages of a clinic's time and set-up with sample models.

use super::{Page, Samples};
use app::pages::staff;
use app::view::availability::{
    Availability, Band, BandDay, ChangeForm, ChangePreview, CheckLine, ClinicSettings, Differs,
    DryRun, FormField, Input, ListRow, Listing, Proposal, Resolved, SettingsLine, SettingsList,
    SlotChange, TroubleLine,
};
use app::view::{Choice, FieldError, Frame, StaffAppointment};

impl Samples {
    /// Every page of it.
    pub fn hours(&self, inside: &Frame) -> Vec<Page> {
        let overview = self.overview();
        let empty = Availability {
            clinic: self.law(),
            first_hour: 9,
            last_hour: 17,
            ..Availability::default()
        };
        vec![
            ("staff-availability", staff::availability(inside, &overview)),
            (
                "staff-availability-empty",
                staff::availability(inside, &empty),
            ),
            (
                "staff-availability-form",
                staff::change_form(inside, &self.change(false)),
            ),
            (
                "staff-availability-conflict",
                staff::change_form(inside, &self.change(true)),
            ),
            (
                "staff-availability-preview",
                staff::change_preview(inside, &self.look(false)),
            ),
            (
                "staff-availability-remove",
                staff::change_preview(inside, &self.look(true)),
            ),
            (
                "staff-availability-dry-run",
                staff::dry_run(inside, &self.dry_run(false)),
            ),
            (
                "staff-availability-done",
                staff::dry_run(inside, &self.dry_run(true)),
            ),
            (
                "staff-settings",
                staff::settings_list(inside, &self.settings()),
            ),
            (
                "staff-settings-empty",
                staff::settings_list(inside, &SettingsList::default()),
            ),
            (
                "staff-settings-clinic",
                staff::clinic_settings(inside, &self.unfinished()),
            ),
        ]
    }

    fn trouble(&self) -> TroubleLine {
        TroubleLine {
            appointment: StaffAppointment {
                reference: "K7PX-4MR".into(),
                clinic: self.law(),
                service: self.says("First meeting"),
                day: self.says("Tue 1 Dec"),
                start: self.says("2:00pm"),
                end: self.says("3:00pm"),
                mode: "in_person".into(),
                state: "confirmed".into(),
                client: self.says("Zelda Example"),
                ..StaffAppointment::default()
            },
            why: self.list(&["Ada Sample is away."]),
        }
    }

    fn overview(&self) -> Availability {
        let band = |from: i64, href: &str| Band {
            from,
            until: from + 300,
            hours: self.says("2:00pm to 7:00pm"),
            people: self.says("4 advisers"),
            rooms: self.says("2 rooms"),
            lacks: self.says("No room is in this session, so it offers no time to meet in person."),
            href: href.into(),
        };
        let day = |label: &str, bands| BandDay {
            label: self.says(label),
            bands,
        };
        Availability {
            clinic: self.law(),
            clinics: vec![self.law(), self.law()],
            enabled: false,
            may_edit: true,
            may_set_up: true,
            days: vec![
                day("Monday", Vec::new()),
                day(
                    "Tuesday",
                    vec![
                        band(840, "/staff/availability/law/session/1"),
                        band(840, ""),
                    ],
                ),
            ],
            first_hour: 14,
            last_hour: 19,
            attention: vec![self.trouble()],
            lists: vec![
                Listing {
                    id: "sessions".into(),
                    title: self.says("Weekly sessions"),
                    columns: self.list(&["Day", "Hours"]),
                    rows: vec![ListRow {
                        cells: self.list(&["Tuesday", "2:00pm to 7:00pm"]),
                        href: "/staff/availability/law/session/1".into(),
                    }],
                    add: vec![(
                        "/staff/availability/law/session/new".into(),
                        self.says("Add one"),
                    )],
                    ..Listing::default()
                },
                Listing {
                    id: "rooms".into(),
                    title: self.says("Rooms"),
                    empty: self.says("No rooms yet."),
                    ..Listing::default()
                },
            ],
        }
    }

    fn change(&self, conflict: bool) -> ChangeForm {
        let choices = || {
            ["1", "2"]
                .map(|value| Choice {
                    value: value.into(),
                    label: self.says("Ada Sample"),
                    ..Choice::default()
                })
                .to_vec()
        };
        let field = |name: &str, input: Input| FormField {
            name: name.into(),
            label: self.says(name),
            hint: self.says("A hint"),
            error: if name == "end" && !conflict {
                self.says("The end must come after the start.")
            } else {
                String::new()
            },
            input,
        };
        ChangeForm {
            clinic: self.law(),
            title: self.says("Change a weekly session"),
            lead: self.says("When the clinic meets clients."),
            action: "/staff/availability/law/session/1".into(),
            back: "/staff/availability?clinic=law".into(),
            fields: vec![
                field("weekday", Input::Select(choices())),
                field("start", Input::Line("time", self.says("14:00"))),
                field("end", Input::Line("time", self.says("13:00"))),
                field("notes", Input::Lines(self.says("one"))),
                field("open", Input::Radio(choices())),
                field("advisers", Input::Ticks(choices())),
                field("rooms", Input::Ticks(Vec::new())),
            ],
            errors: if conflict {
                Vec::new()
            } else {
                vec![FieldError {
                    field: "end".into(),
                    text: self.says("The end must come after the start."),
                }]
            },
            hidden: vec![("revision".into(), "2".into())],
            removable: true,
            shows_first: true,
            conflict: conflict.then(|| vec![self.differs()]),
        }
    }

    fn differs(&self) -> Differs {
        Differs {
            label: self.says("Ends at"),
            was: self.says("19:00"),
            now: String::new(),
        }
    }

    fn look(&self, removes: bool) -> ChangePreview {
        ChangePreview {
            clinic: self.law(),
            title: self.says("Change a weekly session"),
            action: "/staff/availability/law/session/1".into(),
            back: "/staff/availability?clinic=law".into(),
            changes: vec![self.differs()],
            warnings: self
                .list(&["No adviser is in this session, so it offers no time of its own."]),
            slots: vec![SlotChange {
                service: self.says("First meeting"),
                before: 40,
                after: 30,
                gained: 2,
                lost: 12,
                first: self.says("Tue 1 Dec"),
            }],
            trouble: if removes {
                Vec::new()
            } else {
                vec![self.trouble()]
            },
            elsewhere: usize::from(!removes),
            again: !removes,
            removes,
            off: removes,
            ..ChangePreview::default()
        }
    }

    fn dry_run(&self, applied: bool) -> DryRun {
        let choice = |value: &str, chosen| Choice {
            value: value.into(),
            label: self.says(value),
            hint: self.says("Nothing changes for the client."),
            chosen,
            ..Choice::default()
        };
        DryRun {
            clinic: self.law(),
            title: self.says("Somebody drops out"),
            lead: self.says("This is what would happen."),
            action: "/staff/availability/drop-out".into(),
            back: "/staff/availability?clinic=law".into(),
            proposals: vec![Proposal {
                was: ("was-K7PX-4MR".into(), "confirmed@0".into()),
                trouble: self.trouble(),
                name: "choice-K7PX-4MR".into(),
                choices: vec![choice("swap", true), choice("leave", false)],
                deadline: self.says("3 December"),
                urgent: true,
                told: "call".into(),
            }],
            elsewhere: 2,
            offered: 1,
            applied,
            results: vec![Resolved {
                reference: self.says("K7PX-4MR"),
                done: applied,
                settled: false,
                text: self.says("Moved."),
            }],
            ..DryRun::default()
        }
    }

    fn settings(&self) -> SettingsList {
        SettingsList {
            clinics: vec![
                SettingsLine {
                    clinic: self.law(),
                    enabled: true,
                },
                SettingsLine {
                    clinic: self.law(),
                    enabled: false,
                },
            ],
            may_set_up: true,
            runs: true,
        }
    }

    fn unfinished(&self) -> ClinicSettings {
        let check = |done, href: &str| CheckLine {
            done,
            text: self.says("A room."),
            href: href.into(),
            link: self.says("Add a room"),
            who: String::new(),
        };
        ClinicSettings {
            clinic: self.law(),
            checks: vec![
                check(true, "/staff/availability/law/words/all"),
                check(false, "/staff/settings/law/questions"),
            ],
            may_see_hours: true,
            invite_manager: true,
            first_slot: self.says("Tuesday 1 December 2026, 2:00pm"),
            services: vec![ListRow {
                cells: self.list(&["First meeting", "60 minutes"]),
                href: "/staff/availability/law/service/law-first".into(),
            }],
            ..ClinicSettings::default()
        }
    }
}

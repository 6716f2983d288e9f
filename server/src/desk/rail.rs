//! The rail: the pages of the desk in their order, each with what one has to be allowed to do to open it.
//! A page is added here and nowhere else; whoever may not open it does not see it.

use app::icons;
use app::text::t;
use app::view::RailEntry;

use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;

/// A page of the desk.
struct Entry {
    path: &'static str,
    icon: &'static str,
    /// Key of the catalogue.
    label: &'static str,
    /// What one has to be allowed to do, in one clinic at least.
    needs: Action,
}

const ENTRIES: &[Entry] = &[
    Entry {
        path: "/staff",
        icon: icons::CLOCK,
        label: "staff-today",
        needs: Action::OpenDesk,
    },
    Entry {
        path: "/staff/calendar",
        icon: icons::CALENDAR,
        label: "staff-calendar",
        needs: Action::SeeCalendar,
    },
    Entry {
        path: "/staff/requests",
        icon: icons::LETTER,
        label: "staff-requests",
        needs: Action::SeeRequests,
    },
    Entry {
        path: "/staff/messages",
        icon: icons::LETTER,
        label: "post-title",
        needs: Action::SeeMessages,
    },
    Entry {
        path: "/staff/phone",
        icon: icons::PHONE,
        label: "staff-phone",
        needs: Action::PhoneBooking,
    },
    Entry {
        path: "/staff/conflicts",
        icon: icons::ALERT,
        label: "staff-conflicts",
        needs: Action::SeeConflicts,
    },
    Entry {
        path: "/staff/questions",
        icon: icons::QUESTION,
        label: "questions-title",
        needs: Action::SeeQuestions,
    },
    Entry {
        path: "/staff/people",
        icon: icons::IN_PERSON,
        label: "people-title",
        needs: Action::EditPeople,
    },
    Entry {
        path: "/staff/audit",
        icon: icons::CHECK,
        label: "audit-title",
        needs: Action::SeeAudit,
    },
    Entry {
        path: "/staff/reports",
        icon: icons::CHART,
        label: "reports-title",
        needs: Action::SeeReports,
    },
    Entry {
        path: "/staff/availability",
        icon: icons::CALENDAR,
        label: "avail-rail",
        needs: Action::SeeAvailability,
    },
    Entry {
        path: "/staff/settings",
        icon: icons::CHECK,
        label: "settings-title",
        needs: Action::EditSettings,
    },
];

/// The pages that this member of staff may open, in order, without counts. `conflicts`: whether one of
/// their clinics checks for conflicts at all.
#[must_use]
pub fn rail(standing: &Standing, conflicts: bool) -> Vec<RailEntry> {
    ENTRIES
        .iter()
        .filter(|entry| conflicts || entry.needs != Action::SeeConflicts)
        .filter(|entry| {
            may(standing, entry.needs, None)
                || !standing.clinics_for(entry.needs).is_empty()
                // An administrator belongs to no clinic, and may do it in any.
                || may(standing, entry.needs, Some(&ClinicId(String::new())))
                // What all clinics share belongs to none of them.
                || entry.needs == Action::SeeQuestions && standing.may_edit_shared_questions()
                // The installation's own people and lines belong to no clinic either.
                || matches!(entry.needs, Action::EditPeople | Action::SeeAudit)
                    && standing.runs_installation()
        })
        .map(|entry| RailEntry {
            path: entry.path.to_owned(),
            icon: entry.icon,
            label: t(entry.label),
            count: None,
        })
        .collect()
}

//! What a member of staff may do, and where. Denied unless a line here allows it.
//!
//! Promises: a grant for one clinic never reaches another, so other clinics never see law (the
//! solicitors' duty of confidence, SRA Code of Conduct paragraph 6.3); the administrator runs the
//! installation, its people and settings, and sees no client. Does not know who is signed in.

use serde::{Deserialize, Serialize};

use super::ids::{ClinicId, StaffId};

/// What somebody is in a clinic, or (administrator only) in the installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A student who sees clients.
    Adviser,
    /// Answers for the advisers' work.
    Supervisor,
    /// Runs a clinic's calendar and rooms.
    Manager,
    /// Compares the names of a new client with those the law clinic knows.
    ConflictChecker,
    /// Runs the installation: people, settings. Belongs to no clinic.
    Administrator,
}

impl Role {
    /// Every role, in the order to list them.
    pub const ALL: [Self; 5] = [
        Self::Adviser,
        Self::Supervisor,
        Self::Manager,
        Self::ConflictChecker,
        Self::Administrator,
    ];

    /// The stable name, as stored, as typed after `--role`, and as the key of the catalogue.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Adviser => "adviser",
            Self::Supervisor => "supervisor",
            Self::Manager => "manager",
            Self::ConflictChecker => "conflict_checker",
            Self::Administrator => "administrator",
        }
    }

    /// Whether the role is held in a clinic. Only the administrator's is not.
    #[must_use]
    pub const fn belongs_to_a_clinic(self) -> bool {
        !matches!(self, Self::Administrator)
    }
}

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a role: expected adviser, supervisor, manager, conflict_checker or administrator"
)]
pub struct UnknownRole(pub String);

impl std::str::FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// One role in one clinic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The clinic; `None` for the administrator. A clinic's role without a clinic grants nothing.
    pub clinic: Option<ClinicId>,
}

/// A member of staff and what they were granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub staff: StaffId,
    /// Their roles, one entry a role and clinic.
    pub grants: Vec<Grant>,
}

impl Standing {
    /// The clinics this person belongs to, in order, without repeats.
    #[must_use]
    pub fn clinics(&self) -> Vec<&ClinicId> {
        let mut clinics: Vec<&ClinicId> = self
            .grants
            .iter()
            .filter_map(|grant| grant.clinic.as_ref())
            .collect();
        clinics.sort();
        clinics.dedup();
        clinics
    }

    /// Whether this person may change what all clinics share: the questions that everybody is asked, and the
    /// signposts. Supervisors, because warning signs and outcomes are a qualified professional's to sign, and a clinic's
    /// own manager answers for one clinic only; the administrator, because telephone numbers have to be put right on any
    /// day. Each change is published under a name.
    #[must_use]
    pub fn may_edit_shared_questions(&self) -> bool {
        self.grants.iter().any(|grant| match grant.role {
            Role::Supervisor => grant.clinic.is_some(),
            Role::Administrator => true,
            Role::Adviser | Role::Manager | Role::ConflictChecker => false,
        })
    }

    /// Whether this person is an adviser anywhere, so that [`reach`] may be [`Reach::Own`].
    #[must_use]
    pub fn advises(&self) -> bool {
        self.grants.iter().any(|grant| grant.role == Role::Adviser)
    }

    /// Whether this person is an adviser and nothing else, so that they see their own alone.
    #[must_use]
    pub fn only_advises(&self) -> bool {
        self.grants.iter().all(|grant| grant.role == Role::Adviser)
    }

    /// Whether this person runs the installation.
    #[must_use]
    pub fn runs_installation(&self) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role == Role::Administrator && grant.clinic.is_none())
    }

    /// Whether this person may put rules into force that are softer than those before: a stop that is one no longer, a
    /// priority lost, a threshold that fewer people meet. Supervisors of the clinic, or of any clinic for what all share:
    /// a warning sign is a qualified professional's to take away. A manager runs calendars and may make a rule stricter
    /// or clearer; the administrator may put telephone numbers right.
    #[must_use]
    pub fn may_soften_questions(&self, of: Option<&ClinicId>) -> bool {
        self.grants.iter().any(|grant| {
            grant.role == Role::Supervisor
                && grant.clinic.is_some()
                && (of.is_none() || grant.clinic.as_ref() == of)
        })
    }

    /// The clinics in which this person may do `action`, in order.
    #[must_use]
    pub fn clinics_for(&self, action: Action) -> Vec<&ClinicId> {
        let mut clinics = self.clinics();
        clinics.retain(|clinic| may(self, action, Some(clinic)));
        clinics
    }
}

/// Something that staff do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Open the desk: today's list, for the clinics that a line below lets them see.
    OpenDesk,
    /// See a clinic's appointments of today.
    SeeToday,
    /// See a clinic's calendar.
    SeeCalendar,
    /// See one appointment with the client's contact details and answers.
    SeeAppointment,
    /// See the cases that wait for a person's decision.
    SeeRequests,
    /// See the telephone calls to make.
    SeeCalls,
    /// Say that a call was made.
    CloseCall,
    /// Clear an appointment that a client asked for.
    ConfirmAppointment,
    /// Call an appointment off for the clinic.
    CancelAppointment,
    /// Fill in a form for somebody who is on the telephone.
    PhoneBooking,
    /// See the list of conflict checks.
    SeeConflicts,
    /// Clear or refuse a conflict check, and see the names of other clients that a name is like.
    DecideConflict,
    /// Clear or refuse a conflict check that is for the clinic's lead alone. The lead is the supervisor.
    LeadConflict,
    /// Write down a proposal about a case, and say who has it.
    PrepareRequest,
    /// Decide about a case: accept, offer times, ask for more, decline.
    DecideRequest,
    /// Read a clinic's questions and rules, with who checked them.
    SeeQuestions,
    /// Change a clinic's own questions and rules, and publish them.
    EditQuestions,
    /// Say that a client is here, late, seen, gone early, or did not come.
    WorkTheDay,
    /// Write down what came of a meeting, and the minutes it took.
    RecordOutcome,
    /// Say which adviser, supervisor and room a meeting has.
    Allocate,
    /// Move an appointment to another time.
    MoveAppointment,
    /// Book or move against a rule of booking, with a reason that is kept.
    OverrideRule,
    /// Say which supervisor has a case.
    AssignRequest,
    /// See who waits for a time.
    SeeWaiting,
    /// Offer a time to somebody on the waiting list out of turn, with a reason that is kept.
    OfferWaiting,
    /// See a clinic's hours, closures, absences and rooms.
    SeeAvailability,
    /// Change a clinic's hours, closures, absences and rooms.
    EditAvailability,
    /// Invite staff to a clinic, change their roles, end their access.
    EditPeople,
    /// Change a clinic's services and settings.
    EditSettings,
    /// Make a new clinic, which is switched off until it is ready.
    SetUpClinic,
    /// See a clinic's counts: nobody's name, and no count under five.
    SeeReports,
    /// See who did or saw what in a clinic, by ids.
    SeeAudit,
    /// See the messages of a clinic and what became of them.
    SeeMessages,
    /// Change the words of a clinic's messages.
    EditWording,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 34] = [
        Self::OpenDesk,
        Self::SeeToday,
        Self::SeeCalendar,
        Self::SeeAppointment,
        Self::SeeRequests,
        Self::SeeCalls,
        Self::CloseCall,
        Self::ConfirmAppointment,
        Self::CancelAppointment,
        Self::PhoneBooking,
        Self::SeeConflicts,
        Self::DecideConflict,
        Self::LeadConflict,
        Self::PrepareRequest,
        Self::DecideRequest,
        Self::SeeQuestions,
        Self::EditQuestions,
        Self::WorkTheDay,
        Self::RecordOutcome,
        Self::Allocate,
        Self::MoveAppointment,
        Self::OverrideRule,
        Self::AssignRequest,
        Self::SeeWaiting,
        Self::OfferWaiting,
        Self::SeeAvailability,
        Self::EditAvailability,
        Self::EditPeople,
        Self::EditSettings,
        Self::SetUpClinic,
        Self::SeeReports,
        Self::SeeAudit,
        Self::SeeMessages,
        Self::EditWording,
    ];
}

/// How far in a clinic an action reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// What is their own: the meetings they take part in; the cases they have, have prepared, or that nobody has yet.
    Own,
    /// All of the clinic.
    Whole,
}

/// How far this person's `action` reaches in `clinic`; `None` if they may not do it there at all. Whoever is an adviser
/// there and nothing else reaches what is their own.
#[must_use]
pub fn reach(staff: &Standing, action: Action, clinic: &ClinicId) -> Option<Reach> {
    staff
        .grants
        .iter()
        .filter(|grant| allows(grant, action, Some(clinic)))
        .map(|grant| match grant.role {
            Role::Adviser => Reach::Own,
            Role::Supervisor | Role::Manager | Role::ConflictChecker | Role::Administrator => {
                Reach::Whole
            }
        })
        .max()
}

/// Whether `by` may give `role` in a clinic (`None`: in the installation), or take it away. Nobody gives more than they
/// have: a manager gives the roles of students and managers, a supervisor those and supervisors, each in their own
/// clinic; the administrator gives every role, and alone makes administrators and conflict checkers, who see names of
/// clients that the clinic's own managers do not.
#[must_use]
pub fn may_grant(by: &Standing, role: Role, clinic: Option<&ClinicId>) -> bool {
    by.grants.iter().any(|grant| match (grant.role, clinic) {
        (Role::Administrator, clinic) => {
            grant.clinic.is_none() && clinic.is_some() == role.belongs_to_a_clinic()
        }
        (Role::Supervisor, Some(clinic)) => {
            grant.clinic.as_ref() == Some(clinic)
                && matches!(role, Role::Adviser | Role::Manager | Role::Supervisor)
        }
        (Role::Manager, Some(clinic)) => {
            grant.clinic.as_ref() == Some(clinic) && matches!(role, Role::Adviser | Role::Manager)
        }
        _ => false,
    })
}

/// Whether this person may do `action` in `clinic`. `None` stands for no clinic in particular and
/// allows only what touches no clinic's records.
#[must_use]
pub fn may(staff: &Standing, action: Action, clinic: Option<&ClinicId>) -> bool {
    staff
        .grants
        .iter()
        .any(|grant| allows(grant, action, clinic))
}

fn allows(grant: &Grant, action: Action, clinic: Option<&ClinicId>) -> bool {
    let in_place = match (&grant.clinic, clinic) {
        (Some(granted), Some(asked)) => granted == asked,
        (_, None) => matches!(action, Action::OpenDesk | Action::SetUpClinic),
        (None, Some(_)) => {
            grant.role == Role::Administrator
                && !matches!(action, Action::OpenDesk | Action::SetUpClinic)
        }
    };
    in_place && role_allows(grant.role, action)
}

fn role_allows(role: Role, action: Action) -> bool {
    use Action::{
        Allocate, AssignRequest, CancelAppointment, CloseCall, ConfirmAppointment, DecideConflict,
        DecideRequest, EditAvailability, EditPeople, EditQuestions, EditSettings, EditWording,
        LeadConflict, MoveAppointment, OfferWaiting, OpenDesk, OverrideRule, PhoneBooking,
        PrepareRequest, RecordOutcome, SeeAppointment, SeeAudit, SeeAvailability, SeeCalendar,
        SeeCalls, SeeConflicts, SeeMessages, SeeQuestions, SeeReports, SeeRequests, SeeToday,
        SeeWaiting, SetUpClinic, WorkTheDay,
    };
    match role {
        // A student prepares for the meetings of the day, and cases for the supervisor, whose decision they are. Students
        // answer the telephone, and what they type for a caller goes by the same rules as what the caller would type.
        Role::Adviser => matches!(
            action,
            OpenDesk
                | SeeToday
                | SeeCalendar
                | SeeAppointment
                | PhoneBooking
                | SeeRequests
                | PrepareRequest
                | SeeQuestions
                | WorkTheDay
                | RecordOutcome
                | SeeAvailability
        ),
        // Only a supervisor decides whom the clinic takes on.
        Role::Supervisor => {
            matches!(
                action,
                ConfirmAppointment
                    | SeeConflicts
                    | LeadConflict
                    | PrepareRequest
                    | DecideRequest
                    | OverrideRule
            ) || role_allows(Role::Manager, action)
        }
        Role::Manager => matches!(
            action,
            OpenDesk
                | SeeToday
                | SeeCalendar
                | SeeAppointment
                | SeeRequests
                | SeeCalls
                | CloseCall
                | CancelAppointment
                | PhoneBooking
                | SeeQuestions
                | EditQuestions
                | WorkTheDay
                | RecordOutcome
                | Allocate
                | MoveAppointment
                | AssignRequest
                | SeeWaiting
                | OfferWaiting
                | SeeAvailability
                | EditAvailability
                | EditPeople
                | EditSettings
                | SetUpClinic
                | SeeReports
                | SeeAudit
                | SeeMessages
                | EditWording
        ),
        // Sees names to compare on its own page, and whom they are booked with; nobody's story.
        Role::ConflictChecker => matches!(
            action,
            OpenDesk | SeeToday | SeeCalendar | SeeConflicts | DecideConflict | SeeQuestions
        ),
        // People, settings and counts of every clinic; no client and no case.
        Role::Administrator => matches!(
            action,
            OpenDesk | EditPeople | EditSettings | SetUpClinic | SeeReports | SeeAudit
        ),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(grants: &[(Role, Option<&str>)]) -> Standing {
        Standing {
            staff: StaffId(Uuid::nil()),
            grants: grants
                .iter()
                .map(|(role, clinic)| Grant {
                    role: *role,
                    clinic: clinic.map(ClinicId::from),
                })
                .collect(),
        }
    }

    /// For each action, who may do it in a clinic: adviser, supervisor, manager and conflict checker in their own, and
    /// the administrator ("d") in any.
    const TABLE: [(Action, &str); 34] = [
        (Action::OpenDesk, "a s m c -"),
        (Action::SeeToday, "a s m c -"),
        (Action::SeeCalendar, "a s m c -"),
        (Action::SeeAppointment, "a s m - -"),
        (Action::SeeRequests, "a s m - -"),
        (Action::SeeCalls, "- s m - -"),
        (Action::CloseCall, "- s m - -"),
        (Action::ConfirmAppointment, "- s - - -"),
        (Action::CancelAppointment, "- s m - -"),
        (Action::PhoneBooking, "a s m - -"),
        (Action::SeeConflicts, "- s - c -"),
        (Action::DecideConflict, "- - - c -"),
        (Action::LeadConflict, "- s - - -"),
        (Action::PrepareRequest, "a s - - -"),
        (Action::DecideRequest, "- s - - -"),
        (Action::SeeQuestions, "a s m c -"),
        (Action::EditQuestions, "- s m - -"),
        (Action::WorkTheDay, "a s m - -"),
        (Action::RecordOutcome, "a s m - -"),
        (Action::Allocate, "- s m - -"),
        (Action::MoveAppointment, "- s m - -"),
        (Action::OverrideRule, "- s - - -"),
        (Action::AssignRequest, "- s m - -"),
        (Action::SeeWaiting, "- s m - -"),
        (Action::OfferWaiting, "- s m - -"),
        (Action::SeeAvailability, "a s m - -"),
        (Action::EditAvailability, "- s m - -"),
        (Action::EditPeople, "- s m - d"),
        (Action::EditSettings, "- s m - d"),
        (Action::SetUpClinic, "- s m - -"),
        (Action::SeeReports, "- s m - d"),
        (Action::SeeAudit, "- s m - d"),
        (Action::SeeMessages, "- s m - -"),
        (Action::EditWording, "- s m - -"),
    ];

    #[test]
    fn each_role_does_in_its_own_clinic_what_the_table_says_and_nothing_elsewhere() {
        assert_eq!(TABLE.map(|(action, _)| action), Action::ALL);
        let roles = [
            (Role::Adviser, "a"),
            (Role::Supervisor, "s"),
            (Role::Manager, "m"),
            (Role::ConflictChecker, "c"),
            (Role::Administrator, "d"),
        ];
        for (role, letter) in roles {
            let home = role.belongs_to_a_clinic().then_some("law");
            let staff = person(&[(role, home)]);
            for (action, cells) in TABLE {
                let at = |clinic: &str| may(&staff, action, Some(&clinic.into()));
                let told = cells.split(' ').any(|cell| cell == letter);
                assert_eq!(at("law"), told, "{role:?} {action:?} in law");
                for other in ["sports", "nutrition", "business", "charity", ""] {
                    let told = told && role == Role::Administrator;
                    assert_eq!(at(other), told, "{role:?} {action:?} in {other:?}");
                }
            }
        }
    }

    #[test]
    fn an_adviser_reaches_their_own_and_everybody_else_their_whole_clinic() {
        for role in Role::ALL {
            let staff = person(&[(role, role.belongs_to_a_clinic().then_some("law"))]);
            for action in Action::ALL {
                let law = "law".into();
                let told = may(&staff, action, Some(&law)).then_some(if role == Role::Adviser {
                    Reach::Own
                } else {
                    Reach::Whole
                });
                assert_eq!(reach(&staff, action, &law), told, "{role:?} {action:?}");
            }
        }
        let both = person(&[
            (Role::Adviser, Some("law")),
            (Role::Manager, Some("law")),
            (Role::Adviser, Some("sports")),
        ]);
        let at = |clinic: &str| reach(&both, Action::SeeToday, &clinic.into());
        assert_eq!(at("law"), Some(Reach::Whole));
        assert_eq!(at("sports"), Some(Reach::Own));
        assert_eq!(at("charity"), None);
    }

    #[test]
    fn nobody_gives_more_than_they_have_or_anything_elsewhere() {
        // Who gives (in law), and the roles they may give there.
        for (by, given) in [
            (Role::Adviser, ""),
            (Role::ConflictChecker, ""),
            (Role::Manager, "a m"),
            (Role::Supervisor, "a s m"),
            (Role::Administrator, "a s m c"),
        ] {
            let staff = person(&[(by, by.belongs_to_a_clinic().then_some("law"))]);
            for (role, letter) in Role::ALL.into_iter().zip(["a", "s", "m", "c", "d"]) {
                let told = given.split(' ').any(|one| one == letter);
                let at = |clinic: &str| may_grant(&staff, role, Some(&clinic.into()));
                assert_eq!(at("law"), told, "{by:?} {role:?}");
                assert_eq!(
                    at("sports"),
                    told && by == Role::Administrator,
                    "{by:?} {role:?}"
                );
                let everywhere = by == Role::Administrator && role == Role::Administrator;
                assert_eq!(may_grant(&staff, role, None), everywhere, "{by:?} {role:?}");
            }
        }
    }

    #[test]
    fn a_softer_rule_is_put_into_force_by_supervisors_alone() {
        for role in Role::ALL {
            let staff = person(&[(role, role.belongs_to_a_clinic().then_some("law"))]);
            let supervises = role == Role::Supervisor;
            assert_eq!(staff.may_soften_questions(None), supervises, "{role:?}");
            let (own, other) = (&"law".into(), &"sports".into());
            assert_eq!(
                staff.may_soften_questions(Some(own)),
                supervises,
                "{role:?}"
            );
            assert!(!staff.may_soften_questions(Some(other)), "{role:?}");
        }
        assert!(!person(&[(Role::Supervisor, None)]).may_soften_questions(None));
    }

    #[test]
    fn what_all_clinics_share_is_changed_by_supervisors_and_the_administrator_alone() {
        for role in Role::ALL {
            let staff = person(&[(role, role.belongs_to_a_clinic().then_some("law"))]);
            let may = matches!(role, Role::Supervisor | Role::Administrator);
            assert_eq!(staff.may_edit_shared_questions(), may, "{role:?}");
        }
        assert!(!person(&[(Role::Supervisor, None)]).may_edit_shared_questions());
    }

    #[test]
    fn without_a_clinic_staff_open_the_desk_and_those_who_run_clinics_make_a_new_one() {
        for role in Role::ALL {
            let staff = person(&[(role, role.belongs_to_a_clinic().then_some("law"))]);
            for action in Action::ALL {
                let told = match action {
                    Action::OpenDesk => true,
                    Action::SetUpClinic => {
                        matches!(role, Role::Supervisor | Role::Manager | Role::Administrator)
                    }
                    _ => false,
                };
                assert_eq!(may(&staff, action, None), told, "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn other_clinics_never_see_law() {
        let staff = person(&[
            (Role::Manager, Some("sports")),
            (Role::Supervisor, Some("nutrition")),
            (Role::Administrator, None),
            (Role::Manager, None),
        ]);
        for action in Action::ALL {
            // The administrator's own: people, settings and counts, nobody's record.
            let installation = matches!(
                action,
                Action::EditPeople | Action::EditSettings | Action::SeeReports | Action::SeeAudit
            );
            let told = may(&staff, action, Some(&"law".into()));
            assert_eq!(told, installation, "{action:?}");
        }
    }

    #[test]
    fn roles_of_two_clinics_do_not_mix() {
        let staff = person(&[
            (Role::Manager, Some("sports")),
            (Role::Adviser, Some("law")),
        ]);
        assert!(may(&staff, Action::SeeCalls, Some(&"sports".into())));
        assert!(!may(&staff, Action::SeeCalls, Some(&"law".into())));
        let named = |action| -> Vec<String> {
            staff
                .clinics_for(action)
                .into_iter()
                .map(ToString::to_string)
                .collect()
        };
        assert_eq!(named(Action::SeeToday), ["law", "sports"]);
        assert_eq!(named(Action::SeeCalls), ["sports"]);
    }

    #[test]
    fn nobody_without_a_grant_does_anything() {
        for action in Action::ALL {
            assert!(!may(&person(&[]), action, Some(&"law".into())));
            assert!(!may(&person(&[]), action, None));
        }
    }

    #[test]
    fn a_role_is_read_back_from_its_name() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("boss".parse::<Role>().is_err());
    }
}

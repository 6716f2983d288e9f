//! The models of the pages about cases that a person looks at: the queue, one case, and the client's own page.

use super::{Choice, ClinicRef, Day, FieldError, HistoryRow, ServiceRef, Signpost, WaitingLine};

/// `/staff/requests`
#[derive(Debug, Clone, Default)]
pub struct Requests {
    /// Every open case, in exactly one group; within it the earliest deadline, then urgent ones, then the oldest.
    pub groups: Vec<RequestGroup>,
    /// Who waits for a time, in the order in which they are asked.
    pub waiting: Vec<WaitingLine>,
    /// Clinics to filter by; a filter is shown when there are several.
    pub clinics: Vec<ClinicRef>,
    /// Id of the clinic that the lists are filtered by; empty for all.
    pub clinic: String,
}

/// Cases that stand alike.
#[derive(Debug, Clone, Default)]
pub struct RequestGroup {
    /// `waiting`, `silent`, `with_client`
    pub name: String,
    /// Staff have something to do.
    pub ours: bool,
    pub requests: Vec<StaffRequest>,
    /// The age of the oldest, in words.
    pub oldest: String,
}

/// A case in the queue.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one case, each shown by itself"
)]
pub struct StaffRequest {
    pub reference: String,
    pub clinic: ClinicRef,
    /// Full name; empty where this member of staff may not see it yet.
    pub client: String,
    /// As people read it, such as "020 7946 0001".
    pub phone: String,
    pub urgent: bool,
    /// The client's own deadline: "Tuesday 1 December 2026"; empty if none is known.
    pub deadline: String,
    /// "in 9 days"; empty without a deadline.
    pub deadline_in: String,
    pub reasons: Vec<String>,
    pub respond_by: String,
    pub overdue: bool,
    pub age: String,
    pub stop_shown: bool,
    /// `in_review`, `waiting_for_client`, `accepted`, `offered`, `booked`, `declined`, `withdrawn`
    pub state: String,
    /// Name of whoever has it; empty if nobody does.
    pub assigned: String,
    /// Somebody has written a proposal for whoever decides.
    pub prepared: bool,
    /// Supervisors to whom it can be given, the one who has it chosen; empty if this member of staff may not say.
    pub give_to: Vec<Choice>,
}

/// `/staff/requests/{reference}`
#[derive(Debug, Clone, Default)]
pub struct CasePage {
    pub case: StaffRequest,
    /// None where this member of staff may not see who it is yet.
    pub contact: Option<CaseContact>,
    /// In asking order.
    pub answers: Vec<CaseAnswer>,
    /// Why it is here, worst first.
    pub reasons: Vec<CaseReason>,
    /// Who else the person was pointed to.
    pub signposts: Vec<Signpost>,
    pub history: Vec<HistoryRow>,
    /// Proposals and decisions, newest first.
    pub rulings: Vec<CaseRuling>,
    /// Who could have it, the one who has it chosen; empty if this member of staff may not say.
    pub colleagues: Vec<Choice>,
    /// The form to propose or decide; none where it is over, or not theirs to do.
    pub form: Option<RulingForm>,
    /// Only a decision button for those who decide.
    pub can_decide: bool,
    /// Whether they may say that the clinic cannot take it on.
    pub can_turn_down: bool,
    /// Whether the names are not cleared yet: nobody decides before.
    pub waits_for_check: bool,
    /// What the client can do now, for whoever has them on the telephone.
    pub on_phone: Option<ClientSteps>,
    /// Who can help instead, if it was declined: to read out.
    pub helpers: Vec<Signpost>,
    /// Reference of the appointment that came of it; empty if none did.
    pub appointment: String,
    /// Id of whoever has the case; empty for nobody.
    pub holder: String,
    /// Somebody else changed the case in the meantime.
    pub overtaken: Option<Overtaken>,
    /// What stands in the same clinic and is a rival's.
    pub rivals: Vec<Rival>,
}

/// An appointment or request of a business that competes with the one on the page.
#[derive(Debug, Clone, Default)]
pub struct Rival {
    pub reference: String,
    /// Address of its page.
    pub path: String,
    /// Both have an adviser in common.
    pub one_team: bool,
}

/// What somebody had typed when it turned out that the case had changed.
#[derive(Debug, Clone, Default)]
pub struct Overtaken {
    /// Their words, where there is no form any more to keep them in.
    pub typed: Vec<String>,
}

/// Who the client is and how to reach them.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one person, each shown by itself"
)]
pub struct CaseContact {
    pub name: String,
    pub organisation: String,
    /// As people read it, such as "020 7946 0001".
    pub phone: String,
    pub safe_to_call: bool,
    pub call_window: String,
    pub leave_message: bool,
    pub email: String,
    pub safe_to_email: bool,
    pub postcode_area: String,
    pub language: String,
    pub interpreter: bool,
    pub access: Vec<String>,
}

/// A question with its answer and what followed from it.
#[derive(Debug, Clone, Default)]
pub struct CaseAnswer {
    pub question: String,
    pub answer: String,
    /// Rules that held: name, and a code such as `review-p1`; the catalogue has the words.
    pub rules: Vec<(String, String)>,
}

/// Why staff were asked.
#[derive(Debug, Clone, Default)]
pub struct CaseReason {
    pub text: String,
    /// `stop`, `out`, `review`
    pub outcome: String,
    pub urgent: bool,
}

/// A proposal or a decision.
#[derive(Debug, Clone, Default)]
pub struct CaseRuling {
    /// `proposed` or `decided`
    pub stage: String,
    /// `accept`, `offer`, `ask`, `decline`
    pub kind: String,
    pub who: String,
    pub at: String,
    pub reason: String,
    /// Name of the service; empty if it is about none.
    pub service: String,
    /// The meeting's whole length in minutes; 0 if it is about none.
    pub minutes: i64,
    /// Times that were offered, in words.
    pub times: Vec<String>,
    /// What the client was asked.
    pub question: String,
    /// What they answered; empty if they have not yet.
    pub answer: String,
    /// Names of those who can help instead.
    pub signposts: Vec<String>,
}

/// The form in which a case is proposed or decided.
#[derive(Debug, Clone, Default)]
pub struct RulingForm {
    /// The revision of the case that the form is about.
    pub revision: i64,
    /// `accept`, `offer`, `ask`, `decline`; empty if none is chosen.
    pub kind: String,
    pub services: Vec<ServiceRef>,
    /// Minutes to add: 0, 15, 30 …
    pub extra: Vec<Choice>,
    /// The first date of the free times below (`YYYY-MM-DD`).
    pub from: String,
    /// Free times of the chosen service and length.
    pub days: Vec<Day>,
    /// Starts that are ticked.
    pub times: Vec<String>,
    /// The times could not be read.
    pub unavailable: bool,
    pub question: String,
    pub signposts: Vec<Choice>,
    /// Names of the places that every no of this clinic names; none where whoever decides chooses.
    pub one_no: Option<Vec<String>>,
    pub reason: String,
    pub errors: Vec<FieldError>,
    /// Name of whoever wrote the proposal that fills the form; empty if none did.
    pub from_proposal: String,
}

/// What a client can do about their case now.
#[derive(Debug, Clone, Default)]
pub struct ClientSteps {
    /// Where the forms post to: `/requests/{token}` or `/staff/requests/{reference}`.
    pub path: String,
    /// As in [`StaffRequest`].
    pub state: String,
    pub revision: i64,
    /// What staff asked; empty if nothing.
    pub question: String,
    /// What was typed as the answer.
    pub answer: String,
    /// Times to pick from.
    pub days: Vec<Day>,
    /// The date to ask for next (`?from=`), if there may be more.
    pub more_from: Option<String>,
    /// Ways to meet, if there are several to choose from.
    pub modes: Vec<Choice>,
    /// The only way to meet; empty if there are several.
    pub only_mode: String,
    /// Offered times that are gone, in words.
    pub gone: Vec<String>,
    /// None of the times is before the date that the client told us.
    pub too_late: bool,
    /// The start that was chosen.
    pub chosen: String,
    /// The calendar could not be read.
    pub unavailable: bool,
    /// Length in minutes.
    pub minutes: i64,
    pub errors: Vec<FieldError>,
}

/// How a client hears from the clinic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    Mail,
    Phone,
    /// Neither is safe: they look at the page or ring.
    #[default]
    Neither,
}

/// `/requests/{token}`: first name, reference, what happens next, and what the client can do.
#[derive(Debug, Clone, Default)]
pub struct MyRequest {
    pub first_name: String,
    pub reference: String,
    pub reach: Reach,
    /// "Friday 27 November"
    pub respond_by: String,
    /// That day is over and nobody has replied.
    pub late: bool,
    pub steps: ClientSteps,
    /// Who can help instead.
    pub signposts: Vec<Signpost>,
    /// Address of the appointment's own page; empty if there is none.
    pub appointment: String,
    /// The time that somebody else took meanwhile, in words.
    pub taken: String,
    /// The case had changed when the form arrived; what was typed, so that it is not lost.
    pub changed: Option<String>,
}

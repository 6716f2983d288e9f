//! The models that pages are made from: text that is already formatted (dates, times, prices) and
//! data that came from the clinic's own records. Words of the product itself are not here; pages
//! take them from the catalogues.

pub mod availability;
mod calendar;
mod day;
mod messages;
mod reports;
mod requests;
pub mod retention;
pub mod runs;
mod waiting;

pub use calendar::*;
pub use day::*;
pub use messages::*;
pub use reports::*;
pub use requests::*;
pub use waiting::*;

/// What surrounds every page.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Language of the page, such as `en`.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// The policy's nonce for this response.
    pub nonce: String,
    /// Address of the style sheet, hashed.
    pub css: String,
    /// Address of the module that wakes the islands, hashed; used only where a page has an island.
    pub boot: String,
    /// Name of the service, such as "Met Lab Clinics".
    pub site_name: String,
    /// Telephone of the front desk, as shown; empty if none is set.
    pub telephone: String,
    /// When the telephone is answered.
    pub telephone_hours: String,
    /// The clinic the page belongs to, if any.
    pub clinic: Option<ClinicRef>,
    /// Whether to show "Exit this page" (law and counselling).
    pub exit: bool,
    /// Whether this visitor has answers that can be cleared (shows the "Clear my answers" button).
    pub has_answers: bool,
    /// Whether the database holds the sample set-up: staff pages say so.
    pub sample: bool,
    /// On staff pages, who is signed in.
    pub staff: Option<StaffRef>,
    /// Where "Exit this page" leads; empty for the usual place.
    pub exit_to: String,
    /// On public pages, the member of staff who types for a caller, if this is a telephone call.
    pub call: Option<String>,
    /// On a staff page that shows by itself what others change: the mark of the last change that is known, empty
    /// if none is yet.
    pub live: Option<String>,
}

/// A clinic's id and name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClinicRef {
    /// `law`
    pub id: String,
    /// "Law clinic"
    pub name: String,
}

/// Who is signed in.
#[derive(Debug, Clone, Default)]
pub struct StaffRef {
    /// Their name.
    pub name: String,
    /// Their roles in words, such as "Supervisor, Law".
    pub roles: String,
    /// Clinics they may see, for the navigation.
    pub clinics: Vec<ClinicRef>,
    /// The pages that they may open, in order, for the rail.
    pub entries: Vec<RailEntry>,
    /// Whether they may look for a client.
    pub finds: bool,
}

/// One entry of the rail.
#[derive(Debug, Clone, Default)]
pub struct RailEntry {
    /// The page's address.
    pub path: String,
    /// The drawing, one of [`crate::icons`].
    pub icon: &'static str,
    /// What it is called.
    pub label: String,
    /// How many things wait there; nothing is shown where it is not known.
    pub count: Option<usize>,
}

/// One clinic on the home page.
#[derive(Debug, Clone, Default)]
pub struct ClinicCard {
    pub clinic: ClinicRef,
    /// One plain sentence.
    pub summary: String,
    /// Two or three everyday examples.
    pub examples: Vec<String>,
    /// "Free", "Low cost".
    pub price: String,
    /// "Tuesday 1 December", if anything is free.
    pub next_free: Option<String>,
}

/// `/`
#[derive(Debug, Clone, Default)]
pub struct Home {
    pub clinics: Vec<ClinicCard>,
}

/// `/choose`: "I'm not sure". Everyday examples, each a link to the clinic that helps with it.
#[derive(Debug, Clone, Default)]
pub struct Choose {
    pub clinics: Vec<ClinicCard>,
}

/// `/clinics/{clinic}`
#[derive(Debug, Clone, Default)]
pub struct Clinic {
    pub clinic: ClinicRef,
    pub summary: String,
    /// What you get, one sentence an item.
    pub what: Vec<String>,
    /// Who it is for.
    pub who_for: String,
    pub price: String,
    /// Who sees you and who checks their work.
    pub who_delivers: String,
    /// What it cannot do, with who can.
    pub cannot: Vec<Cannot>,
    pub place: Place,
    pub bring: Vec<String>,
    pub services: Vec<ServiceRef>,
    pub open_days: String,
    pub next_free: Option<String>,
}

/// Something a clinic cannot do, and who can.
#[derive(Debug, Clone, Default)]
pub struct Cannot {
    pub what: String,
    pub who_can: String,
}

/// Where it is.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// "London Met, Holloway Road, London N7"
    pub address: String,
    /// Plain directions.
    pub directions: String,
    /// Step-free facts.
    pub step_free: String,
}

/// A service, as a choice.
#[derive(Debug, Clone, Default)]
pub struct ServiceRef {
    pub id: String,
    pub name: String,
    pub minutes: i64,
    pub price: String,
    pub selected: bool,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AnswerKind {
    #[default]
    Radio,
    Checks,
    Date,
    Text,
    /// Several names, one a line.
    Names,
    Long,
}

/// One choice of a radio or checks question.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
    pub chosen: bool,
    /// Ticking it excludes the others ("None of these").
    pub exclusive: bool,
}

/// `/clinics/{clinic}/questions/{question}`
#[derive(Debug, Clone, Default)]
pub struct Question {
    pub clinic: ClinicRef,
    pub id: String,
    pub text: String,
    pub hint: String,
    /// Why we ask, one line; may be empty.
    pub why: String,
    pub kind: AnswerKind,
    pub choices: Vec<Choice>,
    /// What was typed (text, long, names: one a line).
    pub value: String,
    /// What was typed in a date: day, month, year.
    pub date: [String; 3],
    /// Most characters of a text or long answer.
    pub max_chars: usize,
    /// What is wrong with what was typed, in plain words; empty if nothing.
    pub error: String,
    /// This is step `step` of about `of`.
    pub step: usize,
    pub of: usize,
    pub answered: Vec<Answered>,
    /// Address of the page before.
    pub back: String,
    /// When nobody reads the form; said beside the first question only.
    pub unread: String,
    /// Things to show beside the question because of an earlier answer (such as 999 after "Not sure" to A1).
    pub notices: Vec<Notice>,
}

/// An answer given before, with a link to change it.
#[derive(Debug, Clone, Default)]
pub struct Answered {
    pub question: String,
    pub answer: String,
    pub change: String,
}

/// Why, and who can help.
#[derive(Debug, Clone, Default)]
pub struct Notice {
    pub text: String,
    pub signposts: Vec<Signpost>,
}

/// A service to turn to.
#[derive(Debug, Clone, Default)]
pub struct Signpost {
    pub name: String,
    /// As shown, such as "0808 2000 247"; empty if it has none.
    pub telephone: String,
    /// For `tel:` links: digits only; empty if it has none.
    pub dial: String,
    /// Web address; empty if none.
    pub url: String,
    pub hours: String,
    pub why: String,
}

/// `/clinics/{clinic}/stop`: what to do now.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    pub clinic: ClinicRef,
    /// Why, in asking order.
    pub notices: Vec<Notice>,
    /// What applies besides, worst first.
    pub also: Vec<Notice>,
    /// Some of what applies besides is for a person to look at: they do so only if a call is asked for.
    pub also_to_look_at: bool,
    /// The same, sealed, for the form to bring back; empty if there is nothing to bring.
    pub why: String,
    /// When nobody reads the form, from the clinic's settings; empty for the usual sentence.
    pub unread: String,
    pub call_back: CallBackForm,
    /// The reference of the call-back just asked for, if any.
    pub asked: Option<String>,
    pub back: String,
}

/// "Ask a person to call me".
#[derive(Debug, Clone, Default)]
pub struct CallBackForm {
    pub name: String,
    pub phone: String,
    pub call_window: String,
    pub leave_message: bool,
    pub consent: bool,
    pub errors: Vec<FieldError>,
}

/// What is wrong with one field: shown in the summary and beside the field in the same words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldError {
    /// The field's `name` and `id`.
    pub field: String,
    pub text: String,
}

/// `/clinics/{clinic}/out`: not us; here is who.
#[derive(Debug, Clone, Default)]
pub struct Out {
    pub clinic: ClinicRef,
    pub notices: Vec<Notice>,
    /// What applies besides, worst first.
    pub also: Vec<Notice>,
    /// Some of what applies besides is for a person to look at: they do so only if they are asked.
    pub also_to_look_at: bool,
    /// Whether they may ask a person to look at it all the same.
    pub can_ask: bool,
    /// By when a person replies if asked: "within 1 working day". Empty if it is not said.
    pub within: String,
    pub back: String,
}

/// `/clinics/{clinic}/request`: a person has to look at it first. Leads to the details page.
#[derive(Debug, Clone, Default)]
pub struct RequestIntro {
    pub clinic: ClinicRef,
    pub notices: Vec<Notice>,
    /// "within 3 working days"
    pub respond_within: String,
    pub back: String,
}

/// One start that can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotOption {
    /// The start as an RFC 3339 instant in UTC: the value of the radio button.
    pub value: String,
    /// The local time to show, such as "2:00pm".
    pub label: String,
    /// Ways to meet at that start: `in_person`, `phone`, `video`.
    pub modes: Vec<String>,
    /// Places left, shown for groups only.
    pub places: Option<u32>,
}

/// Morning, afternoon or evening of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPart {
    /// "Morning", "Afternoon", "Evening".
    pub label: String,
    /// Its starts, in order.
    pub slots: Vec<SlotOption>,
}

/// One day with something free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Local date, `YYYY-MM-DD`.
    pub date: String,
    /// "Tuesday 1 December".
    pub label: String,
    /// The parts of the day that have a start.
    pub parts: Vec<DayPart>,
}

/// A page of days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Days {
    /// The days, in order.
    pub days: Vec<Day>,
    /// The date to ask for next (`?from=`), if there may be more.
    pub more_from: Option<String>,
}

/// `/clinics/{clinic}/times`
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks of one page, each with its own words"
)]
pub struct Times {
    pub clinic: ClinicRef,
    /// The services this person may book; one is selected. A choice is shown when there are several.
    pub services: Vec<ServiceRef>,
    /// `in_person`, `phone`, `video` with whether each is selected; an empty value means any.
    pub modes: Vec<Choice>,
    pub days: Days,
    /// First date of this page of days (`YYYY-MM-DD`).
    pub from: String,
    /// Whether this page is the first.
    pub first_page: bool,
    /// The start chosen before, if any.
    pub chosen: String,
    /// What is wrong; empty if nothing.
    pub error: String,
    /// What it is wrong with: `start` or `mode`; empty means `start`.
    pub error_field: String,
    /// Set when the time chosen was taken meanwhile: the label of that time. The days are then the nearest others.
    pub taken: Option<String>,
    /// The time asked for was never on offer: it is not that somebody else took it.
    pub not_offered: bool,
    /// The time that was kept was given back, because answers changed after it was chosen.
    pub given_back: bool,
    pub notices: Vec<Notice>,
    /// The way to meet that the answers asked for, where this service does not meet in that way; empty otherwise.
    pub missing_mode: String,
    pub back: String,
    /// Where to join the waiting list; empty where nobody can.
    pub wait: String,
    /// Availability could not be read: no time is shown, the telephone is.
    pub unavailable: bool,
}

/// The time that is held, as shown on the next pages.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// "Tuesday 1 December 2026"
    pub date: String,
    /// "2:00pm to 3:00pm, UK time"
    pub time: String,
    /// `in_person`, `phone`, `video`
    pub mode: String,
    /// Name of the service.
    pub service: String,
    /// "London Met, Holloway Road, London N7" or empty.
    pub place: String,
    /// Seconds until the hold ends.
    pub seconds_left: u32,
    /// "3:24pm": when it ends, for people without JavaScript.
    pub ends_at: String,
}

/// `/clinics/{clinic}/details`
#[derive(Debug, Clone, Default)]
pub struct Details {
    pub clinic: ClinicRef,
    /// None on the way to a request.
    pub held: Option<Held>,
    pub form: DetailsForm,
    pub errors: Vec<FieldError>,
    pub back: String,
    /// Whether organisations are asked for their name.
    pub ask_organisation: bool,
    /// Both questions about safety are asked, whichever way of contact is ticked.
    pub force_safe_contact: bool,
}

/// A9 to A13 as typed. Values of choices: `safe_to_email` and `safe_to_call` = yes, no, unsure; `leave_message` = yes, no.
#[derive(Debug, Clone, Default)]
pub struct DetailsForm {
    pub name: String,
    pub organisation: String,
    pub by_email: bool,
    pub by_phone: bool,
    pub email: String,
    pub phone: String,
    pub safe_to_email: String,
    pub safe_to_call: String,
    pub call_window: String,
    pub leave_message: String,
    pub postcode: String,
    pub no_fixed_home: bool,
}

/// `/clinics/{clinic}/check`
#[derive(Debug, Clone, Default)]
pub struct Check {
    pub clinic: ClinicRef,
    pub held: Option<Held>,
    /// The appointment, the person's details, their answers: each row with a link to change it.
    pub rows: Vec<Answered>,
    /// What the page shows, as a digest, so that a change in another tab is noticed.
    pub digest: String,
    /// Something to say before they send it (such as "Your answers changed in another tab"); empty if nothing.
    pub warning: String,
    pub back: String,
    /// Law: the time is held until the clinic has cleared it.
    pub held_until_cleared: bool,
    /// It is a place on the waiting list that they ask for.
    pub waits: bool,
}

/// `/clinics/{clinic}/done`
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each said by itself"
)]
pub struct Done {
    pub clinic: ClinicRef,
    pub reference: String,
    /// `in_review`, `on_list`, or the appointment's state as it is now.
    pub state: String,
    /// The clinic called it off, not the client.
    pub by_clinic: bool,
    /// The appointment, if there is one.
    pub held: Option<Held>,
    /// There is a number that is safe to ring.
    pub can_ring: bool,
    /// We will reply by this date (requests).
    pub respond_by: String,
    /// An email will come to this person.
    pub email_coming: bool,
    /// Staff will ring this person.
    pub call_coming: bool,
    /// Address of the manage page; empty if none.
    pub manage: String,
    /// Address of the calendar file; empty if none.
    pub calendar: String,
    pub bring: Vec<String>,
    pub place: Place,
}

/// `/appointments/{token}`: shows first name, service's neutral label, time and place, and nothing more.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one appointment, each shown by itself"
)]
pub struct Manage {
    pub token: String,
    pub first_name: String,
    /// The neutral label, such as "Appointment".
    pub label: String,
    pub reference: String,
    /// `requested`, `confirmed`, `arrived`, `attended`, `missed`, `cancelled`, `expired`
    pub state: String,
    pub held: Held,
    pub place: Place,
    /// There is a number that is safe to ring.
    pub can_ring: bool,
    pub can_cancel: bool,
    /// The clinic called it off, not the client.
    pub by_clinic: bool,
    pub calendar: String,
    /// The client may say that they are coming, or has said so.
    pub can_come: bool,
    pub coming: bool,
    /// Another time may be chosen.
    pub can_move: bool,
    /// Somebody of the clinic is to ring about it.
    pub call_coming: bool,
}

/// A page that says what went wrong, what to do, and whom to ring.
#[derive(Debug, Clone, Default)]
pub struct Problem {
    /// 404, 409, 410, 413, 422, 429, 500, 503.
    pub status: u16,
    /// A stable code, such as `not_found`, `link_expired`, `rate_limited`; the catalogue has the words for each.
    pub code: String,
    /// Where to go on from here; empty for the home page.
    pub next: String,
    /// The request's id, to read out on the telephone; empty if it does not matter.
    pub request_id: String,
}

/// `/staff/sign-in`
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    pub email: String,
    pub error: bool,
    /// Where to go after.
    pub next: String,
}

/// `/staff/password/{token}`: set a password by a one-time link.
#[derive(Debug, Clone, Default)]
pub struct SetPassword {
    pub token: String,
    pub email: String,
    /// What is wrong, a key of the catalogue; empty if nothing.
    pub error: String,
}

/// One appointment in a staff list or calendar.
#[derive(Debug, Clone, Default)]
pub struct StaffAppointment {
    pub reference: String,
    pub clinic: ClinicRef,
    pub service: String,
    /// Local date `YYYY-MM-DD`, "Tue 1 Dec".
    pub date: String,
    pub day: String,
    /// "2:00pm", "3:00pm"
    pub start: String,
    pub end: String,
    /// Minutes after local midnight, for placing in a grid.
    pub start_minute: i64,
    pub end_minute: i64,
    pub mode: String,
    pub state: String,
    /// Full name; empty while held.
    pub client: String,
    pub advisers: Vec<String>,
    pub supervisor: String,
    pub room: String,
    /// A stop was shown to this person before they booked.
    pub stop_shown: bool,
    pub interpreter: bool,
    pub access: Vec<String>,
    /// What is wrong with it, in words, such as that the adviser is away; empty if nothing is.
    pub trouble: String,
    /// Whether whoever looks may move it to another time.
    pub movable: bool,
    /// It is held for somebody on the waiting list, who has been asked whether they want it.
    pub offer: Option<Offered>,
}

/// Until when a time is kept for somebody on the waiting list.
#[derive(Debug, Clone, Default)]
pub struct Offered {
    /// "Tue 1 Dec, 9:00am"
    pub until: String,
    /// The reference of their place on the list; empty if whoever looks may not see it.
    pub waiting: String,
}

/// `/staff`
#[derive(Debug, Clone, Default)]
pub struct Today {
    /// "Tuesday 1 December 2026"
    pub date: String,
    /// "2:41pm, UK time"
    pub now: String,
    /// Who comes, who is here, and who supervises.
    pub board: DayBoard,
    /// Calls people asked for, and confirmations to make by telephone.
    pub calls: Vec<StaffCall>,
    pub requests: usize,
    /// The parts of the page that are not for this person.
    pub without: runs::Without,
    /// The conflict checks that wait, for who may see them.
    pub checks: Option<runs::Checks>,
    /// What whoever runs the installation looks after.
    pub runs: Option<runs::Runs>,
    /// A clinic that has no time left today for somebody who came without an appointment, and the next it has, in a
    /// sentence.
    pub walk_in_full: Option<(ClinicRef, String)>,
}

/// `/staff/appointments/{reference}/contact`, and the same below a case and a place on the waiting list.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what the client said, each on its own"
)]
pub struct ContactPage {
    /// The page that it belongs to, where the form leads back.
    pub back: String,
    /// The reference of the appointment, case or place.
    pub reference: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub safe_to_email: bool,
    pub safe_to_call: bool,
    pub call_window: String,
    pub leave_message: bool,
    /// What the form was made from; comes back with it.
    pub seen: String,
    pub errors: Vec<FieldError>,
    /// Somebody else has changed it since the form was loaded.
    pub overtaken: bool,
}

/// A telephone call to make.
#[derive(Debug, Clone, Default)]
pub struct StaffCall {
    pub id: String,
    pub reference: String,
    pub clinic: ClinicRef,
    /// `call_back`, `confirmation`, `cancellation`, `turned_down`, `request_received`, `decision`
    pub kind: String,
    /// Who else may be able to help, to read out after the neutral refusal.
    pub others: Vec<Signpost>,
    /// When the appointment that it is about is, or was to be, in a sentence; empty if it is about none.
    pub time: String,
    /// Reference of that appointment; empty where they may not see it.
    pub appointment: String,
    /// Reference of the case that it is about; empty if it is about none that this member of staff may open.
    pub request: String,
    /// Reference of the place on the waiting list that it is about; empty otherwise, or where they may not see it.
    pub waiting: String,
    pub name: String,
    /// As people read it, such as "020 7946 0001".
    pub phone: String,
    pub call_window: String,
    pub leave_message: bool,
    pub urgent: bool,
    /// "asked 40 minutes ago"
    pub age: String,
    /// How often nobody answered, and when last, in a sentence; empty if nobody has rung.
    pub tried: String,
}

/// `/staff/appointments/{reference}`
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each shown or acted on by itself"
)]
pub struct AppointmentPage {
    pub appointment: StaffAppointment,
    /// "Tuesday 1 December 2026"
    pub date: String,
    pub email: String,
    /// As people read it, such as "020 7946 0001".
    pub phone: String,
    pub safe_to_email: bool,
    pub safe_to_call: bool,
    pub call_window: String,
    pub leave_message: bool,
    pub postcode_area: String,
    pub language: String,
    pub organisation: String,
    /// Question and answer, as asked.
    pub answers: Vec<Answered>,
    pub history: Vec<HistoryRow>,
    /// Whether this member of staff may clear it (it is asked for, and they decide).
    pub can_confirm: bool,
    /// Whether this member of staff may move it to another time.
    pub can_move: bool,
    /// Whether this member of staff may call it off for the clinic.
    pub can_cancel: bool,
    /// Whether this member of staff may say that the clinic cannot take it on.
    pub can_turn_down: bool,
    /// What the page was made from, in the forms that clear it, call it off or turn it down.
    pub as_seen: String,
    /// Whether the conflict check is open: nothing can be booked, and what happened stays sealed.
    pub uncleared: bool,
    /// Whether who the client is stays hidden from this member of staff until then.
    pub withheld: bool,
    /// What the desk knows of it today, and what can be ticked off.
    pub day: DayRow,
    /// The form to choose people and room; none where that is over, or not theirs to do.
    pub crew: Option<CrewForm>,
    /// What came of it; none before it was written down, or where they may not read it.
    pub outcome: Option<OutcomeWords>,
    /// Somebody else changed it before the form arrived.
    pub overtaken: bool,
    /// What was wrong with a form of this page.
    pub errors: Vec<FieldError>,
    /// What stands in the same clinic and is a rival's.
    pub rivals: Vec<Rival>,
}

/// One line of an appointment's history.
#[derive(Debug, Clone, Default)]
pub struct HistoryRow {
    /// "Sunday 22 November 2026, 2:41pm, UK time"
    pub at: String,
    /// The same instant in RFC 3339, UTC.
    pub instant: String,
    /// Who: "The client", a staff name, "The system".
    pub who: String,
    /// A stable action such as `held`, `confirmed`, `cancelled`; the catalogue has the words.
    pub action: String,
    pub detail: String,
}

/// `/clinics/{clinic}/about-you`: ids of questions and answers; the catalogue has the words.
#[derive(Debug, Clone, Default)]
pub struct AboutYou {
    pub clinic: ClinicRef,
    /// Each question with its answers, in order.
    pub questions: Vec<(&'static str, &'static [&'static str])>,
}

/// `/staff/phone`
#[derive(Debug, Clone, Default)]
pub struct PhoneDesk {
    /// The clinics for which this member of staff answers the telephone.
    pub clinics: Vec<ClinicRef>,
    /// The clinic of the call that this browser is in.
    pub open: Option<ClinicRef>,
    /// What is wrong; empty if nothing.
    pub error: String,
}

/// `/appointments/{token}` and `/requests/{token}` when the clinic cannot take it on: the same for everybody.
#[derive(Debug, Clone, Default)]
pub struct TurnedDown {
    /// Who else may be able to help.
    pub signposts: Vec<Signpost>,
}

/// `/staff/conflicts`
#[derive(Debug, Clone, Default)]
pub struct Conflicts {
    /// Those that wait first, the earliest due first.
    pub cases: Vec<ConflictLine>,
}

/// A conflict check in the list. No name stands in it.
#[derive(Debug, Clone, Default)]
pub struct ConflictLine {
    pub reference: String,
    pub clinic: ClinicRef,
    /// A request, or else an appointment.
    pub request: bool,
    /// `waiting`, `cleared`, `refused`, `withdrawn`
    pub state: String,
    /// Only the clinic's lead decides.
    pub lead_only: bool,
    /// How many names were like one of these when it came in.
    pub matches: usize,
    /// "Monday 23 November 2026, 5:00pm, UK time"
    pub due: String,
    pub overdue: bool,
    pub age: String,
}

/// `/staff/conflicts/{reference}`: names and what they are like, and nothing of the story.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing of its own that the page says or leaves out"
)]
pub struct ConflictPage {
    pub case: ConflictLine,
    pub names: Vec<ConflictName>,
    /// The gravest first.
    pub matches: Vec<ConflictMatch>,
    /// Whether the names of other clients are hidden from this member of staff.
    pub others_hidden: bool,
    /// What the page was made from; goes back with the decision.
    pub seen: String,
    pub can_decide: bool,
    /// Whether it can be left to the clinic's lead.
    pub can_send: bool,
    /// The reason as typed.
    pub reason: String,
    pub errors: Vec<FieldError>,
    /// Who decided and when, in words; empty while it waits.
    pub decided: String,
    /// Why, as written by whoever decided.
    pub decided_why: String,
    /// Somebody else decided it, or sent it on, before the form arrived: `reason` is what was typed there.
    pub overtaken: bool,
}

/// A name given for a check.
#[derive(Debug, Clone, Default)]
pub struct ConflictName {
    pub name: String,
    /// `client`, `former`, `organisation`, `other_side`
    pub side: String,
    /// In letters that are not compared with Latin ones.
    pub another_script: bool,
}

/// A name that is like one of another matter.
#[derive(Debug, Clone, Default)]
pub struct ConflictMatch {
    pub given: ConflictName,
    /// The other name; empty if it is hidden or in another clinic.
    pub other: String,
    /// Whose it is there; empty in another clinic.
    pub other_side: String,
    /// The reference of the other check; empty in another clinic.
    pub reference: String,
    /// Why they may be one, such as `sounds_alike`; empty in another clinic.
    pub why: String,
    /// A client here and the other side there, or the other way round.
    pub against: bool,
    pub elsewhere: bool,
}

pub mod questions;

pub mod accounts;

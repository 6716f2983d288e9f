//! The models of the pages about the waiting list.

use super::{Choice, ClinicRef, FieldError, HistoryRow, Reach};

/// `/clinics/{clinic}/wait`
#[derive(Debug, Clone, Default)]
pub struct WaitForm {
    pub clinic: ClinicRef,
    /// The services to wait for; empty if there is one.
    pub services: Vec<Choice>,
    pub days: Vec<Choice>,
    pub parts: Vec<Choice>,
    /// Empty if there is one way to meet.
    pub modes: Vec<Choice>,
    pub errors: Vec<FieldError>,
    pub back: String,
}

/// A time that is kept for somebody until they answer.
#[derive(Debug, Clone, Default)]
pub struct OfferedTime {
    /// The first offer to somebody is 1.
    pub number: i64,
    /// "Tuesday 1 December, 2:00pm"
    pub when: String,
    /// `in_person`, `phone`, `video`
    pub mode: String,
    /// "Friday 27 November, 10:15am"
    pub until: String,
}

/// `/waiting/{token}`
#[derive(Debug, Clone, Default)]
pub struct MyPlace {
    /// Below which the forms post.
    pub path: String,
    pub first_name: String,
    pub reference: String,
    /// `waiting`, `booked`, `left`, `ended`
    pub state: String,
    pub reach: Reach,
    /// The times that would do, in words.
    pub times: Vec<String>,
    pub offer: Option<OfferedTime>,
    /// What they answered came too late, or they are elsewhere at that time: `gone`, `elsewhere`; empty if all is well.
    pub refused: String,
    /// Address of the appointment that came of it; empty if none did.
    pub appointment: String,
}

/// Somebody on the list, in the staff's queue.
#[derive(Debug, Clone, Default)]
pub struct WaitingLine {
    pub reference: String,
    pub clinic: ClinicRef,
    /// Empty where the names are not cleared.
    pub client: String,
    pub service: String,
    pub urgent: bool,
    /// "Tuesday 1 December 2026"; empty if it always helps.
    pub helps_until: String,
    /// So few days are left in which it helps that somebody should look.
    pub nearly_over: bool,
    pub age: String,
    /// The times that would do, in words.
    pub times: Vec<String>,
    pub offer: Option<OfferedTime>,
}

/// An offer that was made.
#[derive(Debug, Clone, Default)]
pub struct OfferLine {
    pub when: String,
    pub mode: String,
    /// `open`, `accepted`, `declined`, `expired`, `withdrawn`
    pub state: String,
    /// Why staff offered it out of turn; empty if it was their turn.
    pub reason: String,
}

/// A time for which somebody was passed over.
#[derive(Debug, Clone, Default)]
pub struct SkipLine {
    pub when: String,
    /// `other_times`, `does_not_fit`, `too_late`, `has_offer`, `refused`, `cannot_be_told`, `out_of_turn`
    pub reason: String,
    /// Why staff asked somebody else first; empty otherwise.
    pub words: String,
}

/// `/staff/waiting/{reference}`
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one place, each shown by itself"
)]
pub struct WaitingPage {
    pub line: WaitingLine,
    /// `waiting`, `booked`, `left`, `ended`
    pub state: String,
    /// As people read it; empty where there is none, or where the names are not cleared.
    pub phone: String,
    pub safe_to_call: bool,
    pub call_window: String,
    pub leave_message: bool,
    pub email: String,
    pub safe_to_email: bool,
    /// Where they stand in the order, from 1; 0 if they do not wait.
    pub turn: usize,
    pub offers: Vec<OfferLine>,
    pub skips: Vec<SkipLine>,
    pub history: Vec<HistoryRow>,
    /// Free times to offer out of turn; empty if there is none, or not theirs to do.
    pub free: Vec<Choice>,
    pub may_offer: bool,
    /// Neither mail nor ringing is safe: whoever is offered a time hears of it only when they ring.
    pub untold: bool,
    /// Whether they may answer for somebody who is on the telephone.
    pub may_answer: bool,
    /// What was typed.
    pub reason: String,
    pub errors: Vec<FieldError>,
    /// Somebody was quicker: the page is as it is now.
    pub overtaken: bool,
}

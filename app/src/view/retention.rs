//! The models of the pages that say how long what clients gave is kept.

use super::ClinicRef;
use super::availability::Differs;

/// `/staff/settings/retention`
#[derive(Debug, Clone, Default)]
pub struct Retention {
    pub clinics: Vec<RetentionLine>,
    /// "Tuesday 1 December 2026, 2:00pm": when somebody or something last looked for what has had its time; empty if never.
    pub looked: String,
    /// Likewise, when that last erased something.
    pub erased: String,
    /// Records of people that went then.
    pub people: i64,
    /// Enquiries whose words went then.
    pub words: i64,
}

/// The periods of one clinic.
#[derive(Debug, Clone, Default)]
pub struct RetentionLine {
    pub clinic: ClinicRef,
    /// Whole years after the last contact.
    pub years: i64,
    /// Days, for the words of an enquiry that came to nothing.
    pub days: i64,
    /// "Jo Park, Tuesday 1 December 2026"; empty if nobody has checked them.
    pub checked: String,
}

/// What a change of a clinic's periods would erase, before it is saved.
#[derive(Debug, Clone, Default)]
pub struct RetentionLook {
    pub clinic: ClinicRef,
    pub action: String,
    pub changes: Vec<Differs>,
    /// Records of people that would go.
    pub people: i64,
    /// Enquiries whose words would go.
    pub words: i64,
    /// It is more than was shown before.
    pub again: bool,
    /// Everything to send again.
    pub hidden: Vec<(String, String)>,
}

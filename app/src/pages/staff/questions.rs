//! `/staff/questions` and below: question sets to read, change, compare and publish.

mod draft;
mod edit;
mod parts;
mod set;
mod sets;
mod version;

pub use draft::question_draft;
pub use edit::question_edit;
pub use set::question_set;
pub use sets::question_sets;
pub use version::{question_version, question_versions};

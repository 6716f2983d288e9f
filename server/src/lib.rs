pub mod domain;
pub mod ical;
pub mod mail;

//! Mail from the outside: what each kind says, what calendars and mail programs make of it, and
//! what happens at the mail server. Tests are named after the rule or the lesson they prove.
#![expect(
    clippy::unwrap_used,
    reason = "a test that meets what it did not expect should stop there"
)]

mod calendar;
mod delivery;
mod feed;
mod letters;
mod readers;
mod samples;
mod smtp_server;
mod whole;

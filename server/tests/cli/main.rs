//! The program from the outside: what each command prints, what it leaves behind, and how it fails.
#![expect(
    clippy::unwrap_used,
    reason = "a test that meets what it did not expect should stop there"
)]

mod commands;
mod process;
mod serving;

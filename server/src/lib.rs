//! Booking and triage for the Met Lab Clinics: the library behind the binary `clinics`.

pub mod api;
pub mod audit;
pub mod auth;
pub mod booking;
pub mod cli;
pub mod clinics;
pub mod config;
pub mod context;
pub mod daily_list;
pub mod desk;
pub mod domain;
pub mod feeds;
pub mod http;
pub mod ical;
pub mod intake;
pub mod mail;
pub mod metrics;
pub mod outbox;
pub mod packs;
pub mod people;
pub mod private_files;
pub mod questions;
pub mod retention;
pub mod review;
pub mod sample;
pub mod scheduler;
pub mod setup;
pub mod store;
pub mod telemetry;
pub mod wording;

#[cfg(test)]
mod arrows;
#[cfg(test)]
mod deploy;
#[cfg(test)]
mod testing;

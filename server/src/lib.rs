//! Booking, triage, mail, pages and API of the clinics: everything behind the binary `clinics`.

pub mod auth;
pub mod config;
pub mod domain;
pub mod http;
pub mod telemetry;

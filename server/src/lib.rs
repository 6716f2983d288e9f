//! Booking and triage for the Met Lab Clinics: the library behind the binary `clinics`.

pub mod clinics;
pub mod domain;
pub mod sample;
pub mod store;

//! Booking and triage for the Met Lab Clinics: the library behind the binary `clinics`.

pub mod booking;
pub mod context;
pub mod domain;
pub mod store;

#[cfg(test)]
mod testing;

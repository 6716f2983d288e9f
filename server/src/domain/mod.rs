//! The pure domain: no async, no input or output, no `now()`. Every instant and every random value
//! is an argument, so that every rule here can be tested at any time of any year.

pub mod access;
pub mod availability;
pub mod booking;
pub mod client;
pub mod conflict;
pub mod decision;
pub mod disclosure;
pub mod equality;
pub mod ids;
pub mod interval_set;
pub mod outcome;
pub mod overrule;
pub mod promise;
pub mod queue;
pub mod reading;
pub mod reminder;
pub mod schedule;
pub mod sight;
pub mod time;
pub mod triage;
pub mod trouble;
pub mod visit;
pub mod waiting;

//! The rules of availability: one by one on tidy clinics, and all at once on untidy ones against a
//! reference that is slow and plain on purpose.

mod agreement;
mod blocks;
mod choosing;
mod clock_changes;
mod counting;
mod dates;
mod reference;
mod speed;
mod times;
mod untidy;
mod world;

//! The islands: the parts of a page that wake up where JavaScript is on. Each is complete and
//! usable as served; what it adds is speed. They hold no word of the product (words come with the
//! page), know no time zone and no catalogue, and are kept small: the whole bundle travels to old
//! phones.

pub mod browser;
#[cfg(any(feature = "hydrate", test))]
mod calendar;
mod hold_timer;
mod time_picker;

pub use hold_timer::HoldTimer;
pub use time_picker::{TimePicker, ways_to_ask};

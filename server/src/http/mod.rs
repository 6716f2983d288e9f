//! Routes, extractors and what every answer carries.

pub mod assets;
pub mod encoding;

pub mod domain;
pub mod packs;

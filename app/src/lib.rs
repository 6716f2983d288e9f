//! What a browser may know: pages, islands and the shapes of what travels between browser and
//! server. Nothing here knows SQL, SMTP or axum.
//!
//! A page is a pure function from its model (`view`) to HTML. The server loads the model, decides
//! the status and the headers, and renders; so a page can neither redirect nor fail half-way.

// A view is one type, nested as deep as its page.
#![recursion_limit = "256"]

pub mod icons;
pub mod islands;
pub mod view;
pub mod wire;

#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod text;

//! The edge: what every request passes and every answer gets, errors, and the readers of forms and
//! JSON. [`surround`] puts it all round a router.

pub mod answer;
pub mod assets;
pub mod client_address;
mod encoding;
pub mod error;
pub mod feedback;
mod feeds;
pub mod find;
pub mod first_free;
pub mod form;
pub mod headers;
pub mod health;
pub mod journey;
pub mod json;
pub mod limits;
pub mod live;
pub mod manage;
pub mod metrics;
pub mod origin;
pub mod phone_call;
pub mod problem;
pub mod refusal;
pub mod request_id;
pub mod requests;
pub mod router;
pub mod staff;
pub mod state;
pub mod surround;
pub mod waiting;

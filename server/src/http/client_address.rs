//! Whose request this is: the client's own address, believed through trusted proxies only. For rate
//! limits; never logged.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderName;
use axum::middleware::Next;
use axum::response::Response;

use crate::config::Proxies;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The client's address; `None` where the server was not told (in-process calls).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub Option<IpAddr>);

impl ClientAddress {
    /// The network that one customer has, as text to count by.
    #[must_use]
    pub fn network(self) -> String {
        super::limits::network(self.0).map_or_else(String::new, |network| network.to_string())
    }
}

/// The layer: a [`ClientAddress`] beside the request.
pub async fn set(
    State(proxies): State<Arc<Proxies>>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    let forwarded = request
        .headers()
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let address = peer.map(|peer| proxies.client(peer, forwarded));
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}

//! Taking connections and answering them, until told to stop. Promises that nobody holds a connection by sending half a
//! request: the head of a request has its own time limit (its body has one in [`super::surround`]).

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// Longest time for the head of a request to arrive, and for a connection to stand idle before the next one.
const HEAD: Duration = Duration::from_secs(15);

/// How long to wait when the system has no connection to give, such as for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers what arrives at `listener` until `stop`; then finishes what is in hand and takes nothing new.
pub async fn answer(listener: TcpListener, site: Router, stop: &CancellationToken) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HEAD)
        .keep_alive_timeout(HEAD);
    let in_hand = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, peer)) => converse(&builder, &in_hand, stream, peer, site.clone()),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    in_hand.shutdown().await;
}

/// One connection, in a task of its own.
fn converse(
    builder: &Builder<TokioExecutor>,
    in_hand: &GracefulShutdown,
    stream: TcpStream,
    peer: SocketAddr,
    site: Router,
) {
    // Small answers should not wait for company.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no delay");
    }
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        site.clone().oneshot(request.map(Body::new))
    });
    let connection = builder
        .serve_connection(TokioIo::new(stream), service)
        .into_owned();
    let watched = in_hand.watch(connection);
    tokio::spawn(async move {
        // Whoever goes away in the middle is their business, not ours.
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    async fn served() -> (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
        let slow = || async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "done"
        };
        let peer = |ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() };
        let site = Router::new()
            .route("/slow", get(slow))
            .route("/peer", get(peer));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let until = stop.clone();
        let task = tokio::spawn(async move { answer(listener, site, &until).await });
        (address, stop, task)
    }

    async fn ask(address: SocketAddr, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn rest(mut stream: TcpStream) -> String {
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        text
    }

    #[tokio::test]
    async fn the_address_of_the_peer_is_known() {
        let (address, stop, task) = served().await;
        let stream = ask(
            address,
            "GET /peer HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        )
        .await;
        let own = stream.local_addr().unwrap().to_string();
        assert!(rest(stream).await.ends_with(&own));
        stop.cancel();
        task.await.unwrap();
    }

    #[tokio::test]
    async fn what_is_in_hand_is_finished_and_nothing_new_is_taken() {
        let (address, stop, task) = served().await;
        let slow = ask(address, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.cancel();
        task.await.unwrap();
        assert!(rest(slow).await.ends_with("done"));
        assert!(TcpStream::connect(address).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn half_a_head_of_a_request_does_not_hold_a_connection() {
        let (address, stop, task) = served().await;
        let half = ask(address, "GET /slow HTTP/1.1\r\nhost: a\r\nx-slow: ").await;
        let ended = tokio::time::timeout(HEAD * 3, rest(half)).await;
        assert!(!ended.unwrap().contains("200 OK"));
        stop.cancel();
        task.await.unwrap();
    }
}

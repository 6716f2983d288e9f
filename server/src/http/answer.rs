//! Taking connections and answering them, until told to stop. Promises that nobody holds a connection by sending half a
//! request: the head of a request has its own time limit (its body has one in [`super::surround`]).

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Request, Version, header};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
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

/// When to stop, in two steps: whoever sends us requests has a moment to hear of it.
#[derive(Debug, Clone, Default)]
pub struct Ending {
    /// From here on each answer says that its connection ends with it (HTTP/1.1; HTTP/2 has its own way, at `stop`).
    pub draining: CancellationToken,
    /// From here on nothing new is taken.
    pub stop: CancellationToken,
}

/// Answers what arrives at `listener` until it has to stop; then finishes what is in hand and takes nothing new.
pub async fn answer(listener: TcpListener, site: Router, ending: &Ending) {
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
            () = ending.stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let site = site.clone();
                let draining = ending.draining.clone();
                let service = service_fn(move |mut request: Request<Incoming>| {
                    request.extensions_mut().insert(ConnectInfo(peer));
                    one(site.clone(), draining.clone(), request)
                });
                converse(&builder, &in_hand, stream, service);
            }
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
fn converse<S, F>(
    builder: &Builder<TokioExecutor>,
    in_hand: &GracefulShutdown,
    stream: TcpStream,
    service: S,
) where
    S: Service<Request<Incoming>, Response = Response, Error = Infallible, Future = F>
        + Send
        + 'static,
    F: Future<Output = Result<Response, Infallible>> + Send + 'static,
{
    // Small answers should not wait for company.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no delay");
    }
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

/// One request. A proxy keeps connections open for later: it is told in time that there is no later.
async fn one(
    site: Router,
    draining: CancellationToken,
    request: Request<Incoming>,
) -> Result<Response, Infallible> {
    let can_be_told = request.version() == Version::HTTP_11;
    let mut response = site.oneshot(request.map(Body::new)).await?;
    if can_be_told && draining.is_cancelled() {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    async fn served() -> (SocketAddr, Ending, tokio::task::JoinHandle<()>) {
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
        let ending = Ending::default();
        let until = ending.clone();
        let task = tokio::spawn(async move { answer(listener, site, &until).await });
        (address, ending, task)
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
        let (address, ending, task) = served().await;
        let stream = ask(
            address,
            "GET /peer HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        )
        .await;
        let own = stream.local_addr().unwrap().to_string();
        assert!(rest(stream).await.ends_with(&own));
        ending.stop.cancel();
        task.await.unwrap();
    }

    #[tokio::test]
    async fn while_it_drains_new_requests_are_answered_and_their_connections_end() {
        let (address, ending, task) = served().await;
        let kept = ask(address, "GET /peer HTTP/1.1\r\nhost: a\r\n\r\n").await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        ending.draining.cancel();
        let closed = ask(address, "GET /peer HTTP/1.1\r\nhost: a\r\n\r\n").await;
        let answer = rest(closed).await;
        assert!(answer.contains("200 OK") && answer.contains("connection: close"));
        ending.stop.cancel();
        task.await.unwrap();
        assert!(!rest(kept).await.contains("connection: close"));
    }

    #[tokio::test]
    async fn what_is_in_hand_is_finished_and_nothing_new_is_taken() {
        let (address, ending, task) = served().await;
        let slow = ask(address, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        ending.stop.cancel();
        task.await.unwrap();
        assert!(rest(slow).await.ends_with("done"));
        assert!(TcpStream::connect(address).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn half_a_head_of_a_request_does_not_hold_a_connection() {
        let (address, ending, task) = served().await;
        let half = ask(address, "GET /slow HTTP/1.1\r\nhost: a\r\nx-slow: ").await;
        let ended = tokio::time::timeout(HEAD * 3, rest(half)).await;
        assert!(!ended.unwrap().contains("200 OK"));
        ending.stop.cancel();
        task.await.unwrap();
    }
}

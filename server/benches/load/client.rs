//! One kept connection, HTTP/1.1.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use axum::body::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// A client with one connection.
pub struct Client {
    at: SocketAddr,
    sender: SendRequest<Full<Bytes>>,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub body: Bytes,
}

impl Answer {
    pub fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.body)
            .with_context(|| format!("{}: {}", self.status, String::from_utf8_lossy(&self.body)))
    }
}

impl Client {
    pub async fn connect(at: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(at).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Ends when the client is dropped; whoever waits for an answer is told of a broken connection.
        tokio::spawn(connection);
        Ok(Self { at, sender })
    }

    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        self.send(Method::GET, path, None, &[]).await
    }

    /// As a browser asks: the answer comes compressed.
    pub async fn get_small(&mut self, path: &str) -> Result<Answer> {
        let small = [("accept-encoding", "br")];
        self.send(Method::GET, path, None, &small).await
    }

    pub async fn post(&mut self, path: &str, body: &Value) -> Result<Answer> {
        self.send(Method::POST, path, Some(body), &[]).await
    }

    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        headers: &[(&str, &str)],
    ) -> Result<Answer> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", self.at.to_string());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let bytes = match body {
            Some(value) => {
                request = request.header("content-type", "application/json");
                Bytes::from(serde_json::to_vec(value)?)
            }
            None => Bytes::new(),
        };
        self.sender.ready().await?;
        let answer = self
            .sender
            .send_request(request.body(Full::new(bytes))?)
            .await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        Ok(Answer { status, body })
    }
}

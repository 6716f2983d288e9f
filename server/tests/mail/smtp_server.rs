//! A mail server that does what a test tells it to.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server does at one point of the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// As it should.
    Fine,
    /// Says this.
    Says(&'static str),
    /// Closes the connection.
    HangsUp,
    /// Says nothing, for ever.
    Hangs,
    /// Says 250, but only when the other side has long given up.
    Late,
}

/// One connection's behaviour; the last script serves every later connection too.
#[derive(Debug, Clone, Copy)]
pub struct Script {
    pub greeting: Answer,
    pub auth: Answer,
    pub sender: Answer,
    pub recipient: Answer,
    pub data: Answer,
    pub content: Answer,
    /// Whether it closes the connection after a mail.
    pub closes: bool,
    /// Extensions it offers, besides its name.
    pub offers: &'static [&'static str],
}

pub const FINE: Script = Script {
    greeting: Answer::Fine,
    auth: Answer::Fine,
    sender: Answer::Fine,
    recipient: Answer::Fine,
    data: Answer::Fine,
    content: Answer::Fine,
    closes: false,
    offers: &["AUTH PLAIN LOGIN"],
};

/// What the server has seen.
#[derive(Debug, Default)]
pub struct Seen {
    pub connections: usize,
    pub commands: Vec<String>,
    /// Mails it has answered 250 to.
    pub mails: Vec<String>,
}

pub struct Server {
    pub port: u16,
    seen: Arc<Mutex<Seen>>,
}

impl Server {
    /// Starts a server that treats the first connection by the first script, and so on.
    pub async fn start(scripts: &[Script]) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), scripts)
    }

    /// The same where it listens already.
    pub fn on(listener: TcpListener, scripts: &[Script]) -> Self {
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::<Mutex<Seen>>::default();
        let (scripts, shared) = (scripts.to_vec(), Arc::clone(&seen));
        tokio::spawn(async move {
            for number in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                shared.lock().unwrap().connections += 1;
                let script = scripts[number.min(scripts.len() - 1)];
                let seen = Arc::clone(&shared);
                tokio::spawn(async move { converse(stream, script, &seen).await });
            }
        });
        Self { port, seen }
    }

    pub fn seen<T>(&self, look: impl FnOnce(&Seen) -> T) -> T {
        look(&self.seen.lock().unwrap())
    }
}

/// Speaks SMTP until one side closes; `None` is the end.
async fn converse(stream: TcpStream, script: Script, seen: &Mutex<Seen>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    give(&mut stream, script.greeting, "220 mail.example.org ESMTP").await?;
    loop {
        let line = line(&mut stream).await?;
        seen.lock().unwrap().commands.push(line.clone());
        let command = line.split(' ').next().unwrap().to_ascii_uppercase();
        match command.as_str() {
            "EHLO" => {
                let mut names = vec!["mail.example.org"];
                names.extend(script.offers);
                let last = names.len() - 1;
                for (number, name) in names.into_iter().enumerate() {
                    let dash = if number == last { ' ' } else { '-' };
                    say(&mut stream, &format!("250{dash}{name}")).await?;
                }
            }
            "AUTH" => give(&mut stream, script.auth, "235 2.7.0 welcome").await?,
            "MAIL" => give(&mut stream, script.sender, "250 2.1.0 ok").await?,
            "RCPT" => give(&mut stream, script.recipient, "250 2.1.5 ok").await?,
            "DATA" => {
                give(&mut stream, script.data, "354 go on").await?;
                if script.data == Answer::Fine {
                    let mail = content(&mut stream).await?;
                    give(&mut stream, script.content, "250 2.0.0 taken").await?;
                    if script.content == Answer::Fine {
                        seen.lock().unwrap().mails.push(mail);
                    }
                    if script.closes {
                        return None;
                    }
                }
            }
            "QUIT" => {
                say(&mut stream, "221 bye").await?;
                return None;
            }
            _ => say(&mut stream, "250 ok").await?,
        }
    }
}

async fn content(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut mail = String::new();
    loop {
        match line(stream).await?.as_str() {
            "." => return Some(mail),
            other => {
                mail.push_str(other.strip_prefix('.').unwrap_or(other));
                mail.push_str("\r\n");
            }
        }
    }
}

async fn line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn say(stream: &mut BufReader<TcpStream>, answer: &str) -> Option<()> {
    // In one piece: a second small one would wait until the first is acknowledged.
    stream
        .write_all(format!("{answer}\r\n").as_bytes())
        .await
        .ok()
}

async fn give(stream: &mut BufReader<TcpStream>, answer: Answer, fine: &str) -> Option<()> {
    match answer {
        Answer::Fine => say(stream, fine).await,
        Answer::Says(text) => say(stream, text).await,
        Answer::HangsUp => None,
        Answer::Hangs => std::future::pending().await,
        Answer::Late => {
            tokio::time::sleep(std::time::Duration::from_secs(3)).await;
            say(stream, fine).await
        }
    }
}

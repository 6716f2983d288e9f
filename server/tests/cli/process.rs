//! The built program in a folder of its own, with nothing of the tester's environment.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A folder in which the program keeps its data, and what is set.
pub struct Place {
    folder: tempfile::TempDir,
    settings: Vec<(String, String)>,
}

/// What a command has done.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    /// Mail into files and a port that the system chooses, so that tests run beside each other.
    pub fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
            settings: Vec::new(),
        };
        place.with("LISTEN", "127.0.0.1:0")
    }

    /// The same with a setting more.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clinics"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear();
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Done {
        let output = self.command(arguments).output().unwrap();
        Done {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// One number from the database, by plain SQL.
    pub async fn number(&self, sql: &'static str) -> i64 {
        use sqlx::Connection as _;
        let url = format!("sqlite:{}", self.path("data/clinics.db").display());
        let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
        sqlx::query_scalar(sql)
            .fetch_one(&mut connection)
            .await
            .unwrap()
    }

    /// Starts a server and waits until it says where it listens.
    pub fn serve(&self, arguments: &[&str]) -> Serving {
        let mut command = self.command(arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        Serving {
            child,
            first,
            lines,
        }
    }
}

/// A server that runs, killed if the test ends before it does.
pub struct Serving {
    child: Child,
    /// The first line it has printed.
    pub first: String,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Serving {
    /// `http://127.0.0.1:…`
    pub fn address(&self) -> &str {
        self.first.strip_prefix("Listening on ").unwrap()
    }

    /// Status and body of a page.
    pub fn get(&self, path: &str) -> (u16, String) {
        get(&format!("{}{path}", self.address()))
    }

    /// The next line that it prints.
    pub fn next_line(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }

    /// Sends it a signal and does not wait.
    pub fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", signal, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits until it has ended; its exit code and what else it had printed.
    pub fn wait(mut self) -> (i32, String) {
        let status = self.child.wait().unwrap();
        let rest: Vec<String> = (&mut self.lines).map(Result::unwrap).collect();
        (status.code().unwrap(), rest.join("\n"))
    }

    /// Asks it to stop and waits; its exit code, what else it had printed, and how long it took.
    pub fn stop(self, signal: &str) -> (i32, String, Duration) {
        let started = Instant::now();
        self.signal(signal);
        let (code, rest) = self.wait();
        (code, rest, started.elapsed())
    }
}

/// Status and body of `http://host/path`.
pub fn get(url: &str) -> (u16, String) {
    use std::io::{Read as _, Write as _};
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Nothing to do about a child that has ended by itself.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

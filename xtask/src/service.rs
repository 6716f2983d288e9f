//! A program that runs beside the tests or under the watch: started, waited for until it answers,
//! and stopped when this value is dropped, whatever happened between.

use std::ffi::OsStr;
use std::fs::File;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::run;

/// How long a program may take to stop by itself.
const GRACE: Duration = Duration::from_secs(10);

/// A running program.
#[derive(Debug)]
pub struct Service {
    name: &'static str,
    child: Child,
    log: Option<PathBuf>,
    stop: &'static str,
}

impl Service {
    /// Starts a program with its output in `log`, or let through if there is none.
    pub fn start(name: &'static str, command: &mut Command, log: Option<&Path>) -> Result<Self> {
        command.stdin(Stdio::null());
        if let Some(path) = log {
            let file = File::create(path).with_context(|| path.display().to_string())?;
            command.stderr(file.try_clone()?).stdout(file);
        }
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        Ok(Self {
            name,
            child,
            log: log.map(Path::to_owned),
            stop: "TERM",
        })
    }

    /// The signal that asks this program to stop; `TERM` unless said otherwise.
    pub fn stopped_by(mut self, signal: &'static str) -> Self {
        self.stop = signal;
        self
    }

    /// Waits until something accepts connections at `address`.
    ///
    /// Fails with the end of the log if the program ends first or takes longer than `limit`.
    pub fn wait_for(&mut self, address: SocketAddr, limit: Duration) -> Result<()> {
        let began = Instant::now();
        while TcpStream::connect_timeout(&address, Duration::from_millis(500)).is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!(
                    "{} ended before it listened ({status})\n{}",
                    self.name,
                    self.last_words()
                );
            }
            if began.elapsed() > limit {
                bail!(
                    "{} does not listen on {address}\n{}",
                    self.name,
                    self.last_words()
                );
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Waits for the program to end by itself, and tells whether it ended well.
    pub fn join(mut self) -> Result<bool> {
        Ok(self.child.wait()?.success())
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether the program is still there.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    fn last_words(&self) -> String {
        let text = self
            .log
            .as_ref()
            .and_then(|path| std::fs::read(path).ok())
            .unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if !self.is_running() {
            return;
        }
        run::signal(self.stop, self.child.id());
        let began = Instant::now();
        while self.is_running() {
            if began.elapsed() > GRACE {
                run::end_family(self.child.id());
                self.child.wait().ok();
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// A port on the loopback that nothing listens on.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// The loopback address of a port.
pub fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

/// A command for a service: the kernel tells it to stop when we are killed before we can stop it.
/// Where `setpriv` is missing, an ordinary command.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let Some(setpriv) = run::on_path("setpriv") else {
        return Command::new(program);
    };
    let mut tied = Command::new(setpriv);
    tied.args(["--pdeathsig", "TERM", "--"]).arg(program);
    tied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_ends_before_it_listens_is_reported_with_its_last_words() {
        let log = tempfile::NamedTempFile::new().unwrap();
        let mut command = command("sh");
        command.args(["-c", "echo the port is taken >&2; exit 1"]);
        let mut service = Service::start("sh", &mut command, Some(log.path())).unwrap();
        let port = free_port().unwrap();
        let error = service
            .wait_for(loopback(port), Duration::from_secs(20))
            .unwrap_err();
        assert!(error.to_string().contains("the port is taken"), "{error}");
    }

    #[test]
    fn dropping_a_service_stops_it() {
        let mut command = command("sleep");
        let service = Service::start("sleep", command.arg("600"), None).unwrap();
        let pid = service.child.id();
        drop(service);
        assert!(!Path::new(&format!("/proc/{pid}")).exists());
    }
}

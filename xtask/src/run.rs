//! Runs other programs: says what it runs, lets their output through, and gives each a time limit,
//! after which the program and everything it started is ended. It never runs a shell.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A limit for what should take seconds.
pub const SHORT: Duration = Duration::from_mins(2);
/// A limit for what downloads, builds or tests.
pub const LONG: Duration = Duration::from_mins(40);

/// How often a silent program is said to be still at work, where nobody sees cargo's own bar.
const TICK: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(50);

/// Says what happens next.
pub fn say(line: &str) {
    eprintln!("── {line}");
}

/// Cargo, in the repository, for the toolchain that runs this.
pub fn cargo<I, S>(arguments: I) -> Command
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(crate::places::root());
    // What `cargo run` told us about ourselves; build scripts that read these would otherwise be
    // run again each time somebody calls cargo directly.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let ours = [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
        ];
        if ours.iter().any(|start| text.starts_with(start)) {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a program to its end with its output let through.
///
/// Fails if it cannot start, ends badly or takes longer than `limit`.
pub fn run(what: &str, command: &mut Command, limit: Duration) -> Result<()> {
    let child = start(command.stdin(Stdio::null()))?;
    match wait(what, child, limit)? {
        status if status.success() => Ok(()),
        status => bail!("{what}: {status}"),
    }
}

/// Runs a program to its end and returns what it wrote to its standard output.
pub fn output(what: &str, command: &mut Command, limit: Duration) -> Result<String> {
    let mut text = String::new();
    let status = lines(what, command, limit, |line| {
        text.push_str(line);
        text.push('\n');
    })?;
    if !status.success() {
        bail!("{what}: {status}\n{text}");
    }
    Ok(text)
}

/// Runs a program to its end and hands over each line of its standard output as it comes.
pub fn lines(
    what: &str,
    command: &mut Command,
    limit: Duration,
    mut on_line: impl FnMut(&str),
) -> Result<ExitStatus> {
    let mut child = start(command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
    let output = child.stdout.take().context("no standard output")?;
    let (sender, receiver) = mpsc::channel();
    let reader = std::thread::spawn(move || read_lines(output, &sender));
    let mut clock = Patience::new(what, limit);
    loop {
        match receiver.recv_timeout(POLL) {
            Ok(line) => on_line(&line),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                // A grandchild may keep the pipe open after the program itself has ended.
                if child.try_wait()?.is_some() {
                    for line in receiver.try_iter() {
                        on_line(&line);
                    }
                    break;
                }
                clock.check(&mut child)?;
            }
        }
    }
    let status = wait(what, child, limit)?;
    if reader.is_finished() {
        for line in receiver.try_iter() {
            on_line(&line);
        }
    }
    Ok(status)
}

/// Whether a program of this name is on the path.
pub fn on_path(program: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Ends a process and all it started, at once.
pub fn end_family(pid: u32) {
    let mut family = vec![pid];
    let mut next = 0;
    while let Some(parent) = family.get(next).copied() {
        family.extend(children(parent));
        next += 1;
    }
    for member in family {
        signal("KILL", member);
    }
}

/// Sends a signal by name; a process that is gone is not an error.
pub fn signal(name: &str, pid: u32) {
    let mut kill = Command::new("kill");
    kill.arg(format!("-{name}")).arg(pid.to_string());
    kill.stderr(Stdio::null()).status().ok();
}

fn start(command: &mut Command) -> Result<Child> {
    let program = command.get_program().to_string_lossy().into_owned();
    command
        .spawn()
        .with_context(|| format!("cannot start `{program}`"))
}

fn wait(what: &str, mut child: Child, limit: Duration) -> Result<ExitStatus> {
    let mut clock = Patience::new(what, limit);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        clock.check(&mut child)?;
        std::thread::sleep(POLL);
    }
}

fn read_lines(output: impl Read, to: &mpsc::Sender<String>) {
    for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
        let text = String::from_utf8_lossy(&line);
        if to.send(text.trim_end_matches('\r').to_owned()).is_err() {
            break;
        }
    }
}

/// Waits for one program: ticks while it is silent, and loses patience at the limit.
struct Patience<'a> {
    what: &'a str,
    began: Instant,
    ticked: Instant,
    limit: Duration,
    visible: bool,
}

impl<'a> Patience<'a> {
    fn new(what: &'a str, limit: Duration) -> Self {
        let now = Instant::now();
        let visible = std::io::stderr().is_terminal();
        Self {
            what,
            began: now,
            ticked: now,
            limit,
            visible,
        }
    }

    fn check(&mut self, child: &mut Child) -> Result<()> {
        let spent = self.began.elapsed();
        if spent > self.limit {
            end_family(child.id());
            child.wait()?;
            bail!(
                "{}: still running after {} s, ended",
                self.what,
                self.limit.as_secs()
            );
        }
        if !self.visible && self.ticked.elapsed() > TICK {
            self.ticked = Instant::now();
            eprintln!("   … {}: {} s", self.what, spent.as_secs());
        }
        Ok(())
    }
}

/// The children of a process, from /proc; none where there is no /proc.
fn children(parent: u32) -> Vec<u32> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid| parent_of(*pid) == Some(parent))
        .collect()
}

fn parent_of(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The program's name stands in brackets and may hold anything, brackets too.
    stat.rsplit_once(')')?
        .1
        .split_whitespace()
        .nth(1)?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_outlives_its_limit_is_ended_with_what_it_started() {
        let mut sleeper = Command::new("sh");
        sleeper.args(["-c", "sleep 600 & echo $!; wait"]);
        let mut pid = 0;
        let began = Instant::now();
        let error = lines("sleep", &mut sleeper, Duration::from_millis(300), |line| {
            pid = line.parse().unwrap();
        });
        assert!(error.unwrap_err().to_string().contains("still running"));
        assert!(began.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(200));
        let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        assert!(state.is_empty() || state.contains(") Z"), "{state}");
    }

    #[test]
    fn every_line_is_handed_over_and_a_bad_end_is_an_error() {
        let mut seen = Vec::new();
        let mut echo = Command::new("sh");
        echo.args(["-c", "echo one; echo two; exit 3"]);
        let status = lines("echo", &mut echo, SHORT, |line| seen.push(line.to_owned())).unwrap();
        assert_eq!(seen, ["one", "two"]);
        assert_eq!(status.code(), Some(3));
        let mut fails = Command::new("false");
        assert!(run("false", &mut fails, SHORT).is_err());
    }
}

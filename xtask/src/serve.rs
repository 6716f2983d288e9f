//! From a fresh clone to a served site: builds the site and the server, loads the sample set-up
//! into a new database and serves it. It promises nothing about data that is already there but to
//! leave it as it is: `clinics demo` adds only what is missing.

use std::net::{SocketAddr, ToSocketAddrs};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::places;
use crate::run::{self, cargo, say};
use crate::service::{self, Service};
use crate::site;

/// Builds, loads and serves, until somebody stops it; tells whether the server ended well.
pub fn serve() -> Result<bool> {
    site::build(&places::site(), site::Build::Release)?;
    build_server()?;
    say("demo: the sample set-up");
    let mut demo = Command::new(places::clinics());
    demo.arg("demo").current_dir(places::root());
    let sign_ins = run::output("clinics demo", &mut demo, run::LONG)?;
    let address = listen()?;
    let mut command = service::command(places::clinics());
    command.arg("serve").current_dir(places::root());
    if std::env::var_os("TELEPHONE").is_none() {
        // Of the numbers that are kept for made-up people, so that the sample pages have one to show.
        command
            .env("TELEPHONE", "020 7946 0100")
            .env("TELEPHONE_HOURS", "in the sample only: nobody is there");
    }
    let mut server = Service::start("clinics serve", &mut command, None)?;
    server.wait_for(address, Duration::from_mins(1))?;
    println!(
        "\n{}\n\nThe clinics are at http://{address}",
        sign_ins.trim_end()
    );
    println!("Press Ctrl-C to stop.\n");
    server.join()
}

/// Builds the server as it is deployed, with the site inside it.
pub fn build_server() -> Result<()> {
    say("server: release build");
    let mut build = cargo(["build", "--release", "-p", "server", "--bin", "clinics"]);
    run::run("build of the server", &mut build, run::LONG)
}

/// Where the server will listen.
pub fn listen() -> Result<SocketAddr> {
    let text = std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let found = text.to_socket_addrs().ok().and_then(|mut all| all.next());
    found.with_context(|| format!("LISTEN is `{text}`, expected an address like 127.0.0.1:3000"))
}

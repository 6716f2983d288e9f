//! The program `clinics`. Everything it does is in the library; this starts the runtime and turns a failure into one line
//! and an exit code: 2 for a wrong command or configuration, 1 for anything else.

use std::process::ExitCode;

use clap::Parser as _;
use clinics::cli::{Cli, Failure, run};
use clinics::config::Config;

/// Fewest threads that do async work: with one, rendering a page can stall (leptos#4647).
const THREADS: usize = 4;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match start(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(line) = failure.line() {
                eprintln!("clinics: {line}");
            }
            ExitCode::from(failure.code())
        }
    }
}

fn start(cli: Cli) -> Result<(), Failure> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores.max(THREADS))
        .enable_all()
        .build()
        .map_err(|error| Failure::from(anyhow::Error::from(error)))?;
    let outcome = runtime.block_on(run(cli, &Config::from_process, &mut std::io::stdout()));
    // Whatever is still under way has had its time to finish.
    runtime.shutdown_background();
    outcome
}

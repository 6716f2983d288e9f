//! `clinics config`: every variable, from the same lines that the program reads them by. Needs no configuration itself.

use std::io::Write;

use clap::Args;

use super::Failure;
use crate::config::{Variable, table, variables};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// As the table that stands in the README
    #[arg(long)]
    markdown: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    if arguments.markdown {
        write!(out, "{}", table())?;
        return Ok(());
    }
    for variable in variables() {
        show(variable, out)?;
    }
    Ok(())
}

fn show(variable: &Variable, out: &mut dyn Write) -> Result<(), Failure> {
    let Variable {
        name,
        default,
        meaning,
        accepted,
        secret,
    } = variable;
    writeln!(out, "{name}")?;
    for (what, text) in [
        ("", meaning),
        ("accepted: ", accepted),
        ("default: ", default),
    ] {
        writeln!(out, "    {what}{}", text.replace('`', ""))?;
    }
    if *secret {
        writeln!(
            out,
            "    secret: {name}_FILE may name a file with the value"
        )?;
    }
    writeln!(out)?;
    Ok(())
}

//! What every subcommand uses: exit codes, errors and results on the terminal, addresses as they are given.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use crate::report::terminal;
use crate::rules::Findings;
use crate::scenario::ScenarioError;

/// Exit code: a violation, or a difference where none should be.
pub const VIOLATION: u8 = 1;

/// Exit code: the command line or a scenario is wrong.
pub const USAGE: u8 = 2;

/// Exit code: the app could not be driven to an answer.
pub const UNDRIVEN: u8 = 3;

/// Prints an error for the person at the terminal and gives the exit code back.
pub fn fail(error: impl std::fmt::Display, code: u8) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::from(code)
}

/// Prints a scenario's error with the place in the file.
pub fn fail_scenario(error: ScenarioError) -> ExitCode {
    eprintln!("{:?}", miette::Report::new(error));
    ExitCode::from(USAGE)
}

/// The address of a web app as it is given on the command line.
pub fn address(text: &str) -> Result<url::Url, String> {
    match url::Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https" | "file") => Ok(url),
        Ok(url) => Err(format!("an address begins with http:// or https://, not {}:", url.scheme())),
        Err(e) => Err(format!("{text:?} is not an address: {e}; expected one such as https://shop.example/")),
    }
}

/// Prints findings as a table, in colour where that is wanted.
pub fn print_findings(findings: &Findings) {
    say(&terminal::table(findings, terminal::width(), in_colour()));
}

/// Whether standard output is to be coloured.
pub fn in_colour() -> bool {
    terminal::colour(std::io::stdout().is_terminal(), &|name| std::env::var(name).ok())
}

/// Prints a line. A reader who has read enough (`| head`) is no error.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

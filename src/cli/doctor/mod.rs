//! `candor doctor`: what is here, what is missing, and how to get it.

mod check;
mod checks;
mod external;
mod parse;
mod report;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::process::ExitCode;

use self::report::Report;

/// Arguments of `candor doctor`.
#[derive(clap::Args, Debug)]
pub struct DoctorArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Also fail when the parts for Android apps are missing
    #[arg(long)]
    pub android: bool,
}

/// Looks around and prints what it found. Exit code 0 when all that was asked for is there, 3 when
/// something needed is missing or does not fit.
pub async fn run(args: &DoctorArgs) -> ExitCode {
    let report = Report::new(checks::run_all().await, args.android);
    let text = match args.json {
        true => serde_json::to_string_pretty(&report)
            .unwrap_or_else(|error| format!("{{\"error\": \"{error}\"}}")),
        false => report.text(args.android),
    };
    // A reader that went away (`candor doctor | head -1`) is no reason to fail.
    let _ = writeln!(std::io::stdout(), "{text}");
    if report.ready { ExitCode::SUCCESS } else { ExitCode::from(3) }
}

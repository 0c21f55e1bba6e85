//! Arguments, one file per subcommand, exit codes.

mod doctor;
mod rules;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Drives an app the way a person would and judges it against China's notice 191.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = true,
    after_help = "Exit codes: 0 no violation · 1 violation or difference · 2 the command line or a scenario is wrong · 3 the app could not be driven to an answer"
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the 31 items, or explain one
    Rules(rules::RulesArgs),
    /// Tell whether a recording is as it was written
    Verify(verify::VerifyArgs),
    /// Say what this machine has and lacks for driving apps
    Doctor(doctor::DoctorArgs),
}

/// Exit code: a violation, or a difference where none should be.
pub const VIOLATION: u8 = 1;
/// Exit code: the command line or a scenario is wrong.
pub const USAGE: u8 = 2;
/// Exit code: the app could not be driven to an answer.
pub const UNDRIVEN: u8 = 3;

/// Runs the command and says how it ended.
pub async fn run(cli: Cli) -> ExitCode {
    match cli.command {
        Command::Rules(args) => rules::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Doctor(args) => doctor::run(&args).await,
    }
}

/// Prints an error for the person at the terminal and gives the exit code back.
fn fail(error: impl std::fmt::Display, code: u8) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::from(code)
}

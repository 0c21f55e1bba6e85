//! The command line: parses, runs, exits.

use clap::Parser as _;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    candor::cli::run(candor::cli::Cli::parse()).await
}

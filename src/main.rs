//! The command line: parses, runs, exits.

use std::os::unix::process::CommandExt as _;

use clap::Parser as _;

/// Tells Tesseract's library how many threads it may start for one line; it reads it once, when it is loaded.
const THREADS: &str = "OMP_THREAD_LIMIT";

fn main() -> std::process::ExitCode {
    let cli = candor::cli::Cli::parse();
    // On its own the library starts four threads for each line of text, which wait for one another most of the
    // time: reading a screen takes ten times as long. We read several lines at once instead.
    if std::env::var_os(THREADS).is_none()
        && let Ok(program) = std::env::current_exe()
    {
        // It comes back only where it failed; then we are slow, not wrong.
        let _ =
            std::process::Command::new(program).args(std::env::args_os().skip(1)).env(THREADS, "1").exec();
    }
    run(cli)
}

#[tokio::main]
async fn run(cli: candor::cli::Cli) -> std::process::ExitCode {
    candor::cli::run(cli).await
}

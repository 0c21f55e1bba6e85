//! `candor verify RECORDING`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{USAGE, VIOLATION, fail};
use crate::recording::Recording;

/// What `candor verify` takes.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The recording's folder, as `candor run` leaves it
    recording: PathBuf,
}

pub fn run(args: &VerifyArgs) -> ExitCode {
    let differences = match Recording::verify(&args.recording) {
        Ok(differences) => differences,
        Err(e) => return fail(e, USAGE),
    };
    for difference in &differences {
        println!("{}: {}", difference.place, difference.what);
    }
    if !differences.is_empty() {
        return ExitCode::from(VIOLATION);
    }
    match Recording::open(&args.recording) {
        Err(e) => fail(e, USAGE),
        Ok(recording) => {
            let end =
                if recording.incomplete { "; the run was cut off, this is all it recorded" } else { "" };
            println!("{} entries, each as it was written{end}", recording.entries.len());
            ExitCode::SUCCESS
        }
    }
}

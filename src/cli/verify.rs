//! `candor verify RECORDING`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{USAGE, VIOLATION, fail};
use crate::recording::{Recording, seal};

/// What `candor verify` takes.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The recording's folder, as `candor run` leaves it
    recording: PathBuf,
}

pub fn run(args: &VerifyArgs) -> ExitCode {
    let mut differences = match Recording::verify(&args.recording) {
        Ok(differences) => differences,
        Err(e) => return fail(e, USAGE),
    };
    let sealed = match seal::broken(&args.recording) {
        Ok(sealed) => sealed,
        Err(e) => return fail(e, USAGE),
    };
    let is_sealed = sealed.is_some();
    // The chain's own word on a file is the more precise one.
    for difference in sealed.into_iter().flatten() {
        if !differences.iter().any(|known| known.place == difference.place) {
            differences.push(difference);
        }
    }
    for difference in &differences {
        println!("{}: {}", crate::report::clean(&difference.place), crate::report::clean(&difference.what));
    }
    if !differences.is_empty() {
        return ExitCode::from(VIOLATION);
    }
    match Recording::open(&args.recording) {
        Err(e) => fail(e, USAGE),
        Ok(recording) => {
            let end =
                if recording.incomplete { "; the run was cut off, this is all it recorded" } else { "" };
            let seal = if is_sealed {
                "; sealed, and every file is as it was sealed"
            } else {
                "; there is no seal, so the last entry and the reports are not covered"
            };
            println!("{} entries, each as it was written{seal}{end}", recording.entries.len());
            ExitCode::SUCCESS
        }
    }
}

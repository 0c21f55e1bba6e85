//! `candor verify RECORDING`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{USAGE, VIOLATION, fail};
use crate::recording::sign::{self, Signed};
use crate::recording::{Difference, Recording, seal};

/// What `candor verify` takes.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The recording's folder, as `candor run` leaves it
    recording: PathBuf,
    /// The public key that must have signed it, as `candor keygen` writes it (FILE.pub)
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
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
    let signed = match sign::check(&args.recording, args.key.as_deref()) {
        Ok(signed) => signed,
        Err(e) => return fail(e, USAGE),
    };
    if let Signed::Broken(why) = &signed {
        let place = sign::SIGNATURE.to_owned();
        differences.push(Difference { place, what: format!("the signature does not stand: {why}") });
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
            match signed {
                Signed::By { key, trusted: true } => println!("signed by the key that was asked for, {key}"),
                Signed::By { key, trusted: false } => {
                    println!("signed by key {key}; whether that is a key to trust, --key FILE.pub answers")
                }
                Signed::Not | Signed::Broken(_) => {
                    println!("not signed: who can change a file can seal it again");
                }
            }
            ExitCode::SUCCESS
        }
    }
}

//! `candor compare A B`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{USAGE, VIOLATION, fail, say};
use crate::recording::Recording;
use crate::report::compare;
use crate::rules::{self, Overrides};

/// What `candor compare` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Shows the items that turned, the way to the policy where it differs, and the policy's changed lines.
Both recordings are judged again, so recordings of older versions are compared under the same rules.

Exit codes: 0 no violation that A does not have · 1 a new violation in B · 2 a recording cannot be read"
)]
pub struct CompareArgs {
    /// The earlier recording's folder
    a: PathBuf,
    /// The later recording's folder
    b: PathBuf,
}

pub fn run(args: &CompareArgs) -> ExitCode {
    let open = |folder: &PathBuf| {
        let recording = Recording::open(folder)?;
        let findings = rules::judge(&recording, &Overrides::default());
        Ok::<_, crate::recording::ReadError>((recording, findings))
    };
    let ((a, before), (b, now)) = match (open(&args.a), open(&args.b)) {
        (Ok(a), Ok(b)) => (a, b),
        (Err(e), _) | (_, Err(e)) => return fail(e, USAGE),
    };
    say(compare::text((&a, &before), (&b, &now)).trim_end());
    let new = compare::new_violations(&before, &now);
    if new.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(VIOLATION) }
}

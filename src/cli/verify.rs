//! `candor verify RECORDING`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{USAGE, VIOLATION, fail};
use crate::recording::sign::Signed;
use crate::recording::verify::{Statement, Verified, verify_by};
use crate::text::clean;

/// What `candor verify` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Says which file was changed, added or removed since the recording was sealed, and which entries of the timeline were
changed, added, removed or moved. docs/evidence.md says what that proves, and how to check it without candor.

Exit codes: 0 as it was written · 1 a difference · 2 no recording, or a key that cannot be read"
)]
pub struct VerifyArgs {
    /// The recording's folder, as `candor run` leaves it
    recording: PathBuf,
    /// A public key that must have signed it, as `candor keygen` writes it (FILE.pub); one of several where it is given
    /// more than once
    #[arg(long = "key", value_name = "FILE")]
    keys: Vec<PathBuf>,
}

pub fn run(args: &VerifyArgs) -> ExitCode {
    let verified = match verify_by(&args.recording, &args.keys) {
        Ok(verified) => verified,
        Err(e) => return fail(e, USAGE),
    };
    if !verified.differences.is_empty() {
        for difference in &verified.differences {
            println!("{}: {}", clean(&difference.place), clean(&difference.what));
        }
        return ExitCode::from(VIOLATION);
    }
    for line in said(&verified) {
        println!("{}", clean(&line));
    }
    ExitCode::SUCCESS
}

/// What can be said of a recording without differences.
fn said(verified: &Verified) -> Vec<String> {
    let mut lines = Vec::new();
    let entries = verified.entries;
    if verified.sealed {
        lines.push(format!(
            "{entries} entries, each as it was written; sealed, and every file is as it was sealed"
        ));
    } else {
        lines.push(format!(
            "{entries} entries, each as it was written; there is no seal, so the last entry and the reports are not covered"
        ));
        if !verified.uncovered.is_empty() {
            lines.push(format!(
                "not covered, as the timeline does not name them: {}",
                verified.uncovered.join(", ")
            ));
        }
    }
    if verified.incomplete {
        lines.push("the run was cut off; this is all it recorded".to_owned());
    }
    if verified.torn {
        lines.push("the last line is half written and left out".to_owned());
    }
    if let Some(form) = verified.newer {
        lines.push(format!(
            "it is of form {form}, newer than this candor: what the entries say was not looked at"
        ));
    }
    if verified.unmasked {
        lines.push("it was recorded unmasked: the persona's values and passwords stand in it".to_owned());
    }
    lines.extend(verified.attested.iter().map(statement));
    lines.push(match &verified.signed {
        Signed::By { key, trusted: true } => format!("signed by the key that was asked for, {key}"),
        Signed::By { key, trusted: false } => {
            format!("signed by key {key}; whether that is a key to trust, --key FILE.pub answers")
        }
        Signed::Not | Signed::Broken(_) => "not signed: who can change a file can seal it again".to_owned(),
    });
    lines
}

fn statement(statement: &Statement) -> String {
    let Statement { entry, about, by, former } = statement;
    let seal = match former {
        Signed::By { key, .. } => format!("signed by key {key}"),
        Signed::Not | Signed::Broken(_) => "not signed".to_owned(),
    };
    format!("entry {entry} was added by {by} on {about}; the seal before it stands ({seal})")
}

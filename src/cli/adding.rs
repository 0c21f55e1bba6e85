//! Adding an entry to a sealed recording from the command line: checked before, judged and sealed again after.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;

use super::{USAGE, VIOLATION, fail};
use crate::recording::adding::add;
use crate::recording::entries::AddedLater;
use crate::recording::seal::seal;
use crate::recording::sign::{Key, sign};
use crate::recording::verify::verify;
use crate::recording::{Event, Recording};
use crate::rules::{self, Findings, Overrides};
use crate::runner::write_reports;
use crate::text::clean;

/// Looks whether a recording is as it was sealed, so that something may be added to it.
///
/// # Errors
/// The exit code, after each difference was printed.
pub fn check_sealed(folder: &Path) -> Result<(), ExitCode> {
    let verified = match verify(folder) {
        Ok(verified) => verified,
        Err(e) => return Err(fail(e, USAGE)),
    };
    if verified.sealed && verified.differences.is_empty() {
        return Ok(());
    }
    for difference in &verified.differences {
        println!("{}: {}", clean(&difference.place), clean(&difference.what));
    }
    let why = match verified.sealed {
        true => "the recording is not as it was sealed",
        false => "the recording has no seal, so nobody knows whether it is as it was recorded",
    };
    Err(fail(format!("{why}: nothing was added. `candor verify` says more"), VIOLATION))
}

/// Says why nothing can be added now: this machine's clock is behind the recording.
///
/// # Errors
/// What its clock says, and what the recording does.
pub fn check_clock(recording: &Recording) -> Result<(), String> {
    let now = Timestamp::now();
    match recording.entries.last() {
        Some(last) if last.time > now => Err(format!(
            "this machine's clock says {}, and the recording's last entry is of {}: one of the two clocks jumped. Set this machine's \
             clock, then add again",
            now.strftime("%Y-%m-%d %H:%M UTC"),
            last.time.strftime("%Y-%m-%d %H:%M UTC")
        )),
        _ => Ok(()),
    }
}

/// Adds an entry to a recording that was checked, judges it again, writes its reports and seals it. Returns the entry's number
/// and the new findings.
///
/// # Errors
/// When something cannot be read or written.
pub fn add_and_seal(
    folder: &Path,
    files: &[PathBuf],
    key: Option<&Key>,
    make: &dyn Fn(AddedLater) -> Event,
) -> Result<(u64, Findings), Box<dyn std::error::Error>> {
    // Judged before anything is written: a recording that cannot be judged is not touched.
    check_clock(&Recording::open(folder)?)?;
    let entry = add(folder, files, key, make)?;
    let recording = Recording::open(folder)?;
    let findings = rules::judge(&recording, &Overrides::default());
    write_reports(&recording, &findings)?;
    seal(folder)?;
    if let Some(key) = key {
        sign(folder, key)?;
    }
    Ok((entry, findings))
}

//! `candor followups [FOLDER]`: everything that was asked for and is answered later, by its due date.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::due::say_line;
use super::{UNDRIVEN, USAGE, VIOLATION, fail, say};
use crate::recording::Recording;
use crate::report::follow_ups::{CameWritten, Written, find_edited, with_follow_ups, written};
use crate::report::json::escaped;
use crate::report::summary::is_recording;
use crate::text::clean;
use crate::working_days::day_in_china;

/// What `candor followups` takes.
#[derive(Debug, Args)]
#[command(after_help = "For a nightly job:
  candor followups artifacts --json > follow-ups.json || mail-the-auditor

What was answered, or was denied, is left out without --all. A file in a recording's follow-ups/ that does not say what the
timeline says was edited, and is named.

Exit codes: 0 nothing is due · 1 something is due to be looked at, or open past its limit · 2 there is no such folder ·
3 a recording cannot be read, or a follow-up was edited by hand")]
pub struct FollowUpsArgs {
    /// A folder of recordings, or one recording
    #[arg(default_value = "artifacts")]
    folder: PathBuf,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
    /// List what was answered, too
    #[arg(long)]
    all: bool,
    /// Count the days left from this day, in place of today in China
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

/// One of them, as it is listed.
#[derive(Debug, Serialize)]
struct Listed {
    recording: String,
    /// Days to the end of its limit; fewer than 0 where it has ended.
    days_left: i64,
    /// It is to be looked at now.
    is_due: bool,
    #[serde(flatten)]
    follow_up: Written,
}

/// What was found in a folder.
#[derive(Debug, Serialize)]
struct List {
    as_of: Date,
    follow_ups: Vec<Listed>,
    /// What is wrong, by recording.
    faults: Vec<Fault>,
}

/// A recording that cannot be read, or a file in it that was edited.
#[derive(Debug, Serialize)]
struct Fault {
    recording: String,
    why: String,
}

pub fn run(args: &FollowUpsArgs) -> ExitCode {
    let today = args.as_of.unwrap_or_else(|| day_in_china(Timestamp::now()));
    let folders = match find_recordings(&args.folder) {
        Ok(folders) => folders,
        Err(e) => return fail(format!("cannot read the folder {}: {e}", args.folder.display()), USAGE),
    };
    let mut list = List { as_of: today, follow_ups: Vec::new(), faults: Vec::new() };
    for folder in &folders {
        collect(folder, today, &mut list);
    }
    let open =
        |came: CameWritten| !matches!(came, CameWritten::InTime | CameWritten::Late | CameWritten::Denied);
    list.follow_ups.retain(|listed| args.all || open(listed.follow_up.came));
    list.follow_ups.sort_by(|a, b| {
        let key = |listed: &Listed| (listed.follow_up.due, listed.recording.clone(), listed.follow_up.number);
        key(a).cmp(&key(b))
    });
    match args.json {
        // Strings, numbers and lists can always be written.
        true => say(escaped(&serde_json::to_string_pretty(&list).unwrap_or_default()).trim_end()),
        false => print_list(&list, folders.len()),
    }
    let due =
        list.follow_ups.iter().any(|listed| listed.is_due || listed.follow_up.came == CameWritten::Overdue);
    match (list.faults.is_empty(), due) {
        (false, _) => ExitCode::from(UNDRIVEN),
        (true, true) => ExitCode::from(VIOLATION),
        (true, false) => ExitCode::SUCCESS,
    }
}

/// Finds the recordings in a folder, in the order of their names; the folder itself where it is one.
fn find_recordings(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    if is_recording(folder) {
        return Ok(vec![folder.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if is_recording(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, today: Date, list: &mut List) {
    let shown = folder.display().to_string();
    let fault = |why: String| Fault { recording: shown.clone(), why };
    let recording = match Recording::open(folder) {
        Ok(recording) => recording,
        Err(e) => return list.faults.push(fault(e.to_string())),
    };
    match find_edited(&recording) {
        Ok(edited) => list.faults.extend(edited.iter().map(|name| {
            fault(format!(
                "{name} was edited: it does not say what the timeline says. `candor verify` says more"
            ))
        })),
        Err(e) => list.faults.push(fault(e.to_string())),
    }
    let app = recording.start().map(|start| start.app.clone()).unwrap_or_default();
    with_follow_ups(&recording, |all| {
        list.follow_ups.extend(all.iter().map(|follow_up| Listed {
            recording: shown.clone(),
            days_left: follow_up.days_left(today),
            is_due: follow_up.is_due(today),
            follow_up: written(follow_up, &app),
        }));
    });
}

fn print_list(list: &List, recordings: usize) {
    for listed in &list.follow_ups {
        say(&say_line(&listed.follow_up, listed.days_left, &listed.recording));
    }
    if list.follow_ups.is_empty() {
        let plural = if recordings == 1 { "" } else { "s" };
        say(&format!("nothing is open in {recordings} recording{plural}"));
    }
    for fault in &list.faults {
        eprintln!("{}: {}", clean(&fault.recording), clean(&fault.why));
    }
}

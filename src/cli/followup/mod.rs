//! `candor followup RECORDING…`: states what was asked of the operator, looks again at what is due, and judges anew.

mod args;
mod look;
mod requests;

use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::civil::Date;

use self::args::Failed;
pub use self::args::FollowUpArgs;
use self::look::Look;
use super::adding::{add_and_seal, check_sealed};
use super::due::{is_past_limit, say_line};
use super::{UNDRIVEN, USAGE, VIOLATION, fail, fail_scenario, say};
use crate::recording::follow_up::DemandStated;
use crate::recording::sign::Key;
use crate::recording::{Event, Recording};
use crate::report::follow_ups::{Written, with_follow_ups, written};
use crate::rules::{self, Findings, Overrides};
use crate::text::clean;
use crate::working_days::day_in_china;

/// The items that what was asked for is judged under.
const ITEMS: [&str; 3] = ["6.3", "6.4", "6.5"];

pub fn run(args: &FollowUpArgs) -> ExitCode {
    match follow_up(args) {
        Ok(due) => ExitCode::from(if due { VIOLATION } else { 0 }),
        Err(code) => code,
    }
}

fn follow_up(args: &FollowUpArgs) -> Result<bool, Failed> {
    let key = args.sign.as_deref().map(Key::read).transpose().map_err(|e| fail(e, USAGE))?;
    let states = args.requests.is_some() || args.answer.is_some();
    if states && args.recordings.len() > 1 {
        return Err(fail("something is stated on one recording at a time", USAGE));
    }
    let today = day_in_china(Timestamp::now());
    let mut due = false;
    for folder in &args.recordings {
        check_sealed(folder)?;
        if let Some(path) = &args.requests {
            state_requests(args, folder, path, today, key.as_ref())?;
        }
        if args.answer.is_some() {
            look::state_look(&Look::of(args, today), folder, key.as_ref())?;
        }
        due |= tell(folder, today)?;
    }
    Ok(due)
}

/// Adds what a file of requests states.
fn state_requests(
    args: &FollowUpArgs,
    folder: &Path,
    path: &Path,
    today: Date,
    key: Option<&Key>,
) -> Result<(), Failed> {
    let by = args.by.as_deref().map(str::trim).unwrap_or_default().to_owned();
    if by.is_empty() {
        return Err(fail("--by must say who states the requests", USAGE));
    }
    let requests = requests::read(path, today).map_err(fail_scenario)?;
    let recording = Recording::open(folder).map_err(|e| fail(e, USAGE))?;
    let known = |checked: &requests::Checked| {
        recording.entries.iter().any(|entry| match &entry.event {
            Event::DemandStated(stated) => {
                (stated.what, stated.channel, stated.sent)
                    == (checked.stated.what, checked.stated.channel, checked.sent)
                    && stated.note == checked.stated.note.value.trim()
            }
            _ => false,
        })
    };
    for checked in &requests {
        if known(checked) {
            say(&format!("stated before, and left as it is: {}", clean(checked.stated.note.value.trim())));
            continue;
        }
        let added = add_and_seal(folder, &checked.proof, key, &|added| {
            Event::DemandStated(Box::new(DemandStated {
                what: checked.stated.what,
                channel: checked.stated.channel,
                sent: checked.sent,
                note: checked.stated.note.value.trim().to_owned(),
                promise: checked.stated.promise.trim().to_owned(),
                by: by.clone(),
                added,
            }))
        });
        let (entry, _) = added.map_err(|e| fail(e, UNDRIVEN))?;
        say(&format!(
            "{} stated by {} as entry {entry}; sealed again",
            checked.stated.what.words().0,
            clean(&by)
        ));
    }
    Ok(())
}

/// Lists the follow-ups of a recording with what to do, and what it is judged to be. Returns whether something is due, late or
/// open past its limit.
fn tell(folder: &Path, today: Date) -> Result<bool, Failed> {
    let recording = Recording::open(folder).map_err(|e| fail(e, USAGE))?;
    let app = recording.start().map(|start| start.app.clone()).unwrap_or_default();
    let all: Vec<(Written, bool, i64)> = with_follow_ups(&recording, |all| {
        let one = |follow_up: &crate::case::FollowUp<'_>| {
            (written(follow_up, &app), follow_up.is_due(today), follow_up.days_left(today))
        };
        all.iter().map(one).collect()
    });
    let shown = folder.display();
    if all.is_empty() {
        say(&format!("{shown}: nothing was asked for that is answered later"));
        return Ok(false);
    }
    let mut open = false;
    for (written, due, left) in &all {
        say(&say_line(written, *left, &shown.to_string()));
        if *due {
            say(&format!(
                "    it is due. Look what became of it, and state it:\n    candor followup {shown} --answer {} --reply done|open|denied|asked-back --on DATE --by NAME --note WHY",
                written.number
            ));
        }
        open |= *due || is_past_limit(written.came);
    }
    print_verdicts(&rules::judge(&recording, &Overrides::default()));
    Ok(open)
}

fn print_verdicts(findings: &Findings) {
    for finding in
        findings.findings.iter().filter(|finding| ITEMS.contains(&finding.item.to_string().as_str()))
    {
        say(&format!("{} {}: {}", finding.item, finding.standing().words(), clean(&finding.reason.en)));
    }
}

//! A person's later look at something that was asked for, checked and added.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::args::{Failed, FollowUpArgs, Remains};
use crate::cli::adding::add_and_seal;
use crate::cli::{UNDRIVEN, USAGE, fail, say};
use crate::recording::follow_up::{Demand, DemandLookedAt, Reply};
use crate::recording::sign::Key;
use crate::recording::{Event, Recording};
use crate::report::follow_ups::with_follow_ups;
use crate::text::clean;

/// What a person states.
pub(super) struct Look<'a> {
    number: u64,
    reply: Reply,
    on: Date,
    today: Date,
    remains: Option<bool>,
    by: &'a str,
    note: &'a str,
    files: &'a [PathBuf],
}

impl<'a> Look<'a> {
    /// Takes it from the command line.
    pub(super) fn of(args: &'a FollowUpArgs, today: Date) -> Look<'a> {
        Look {
            number: args.answer.unwrap_or_default(),
            reply: args.reply.map_or(Reply::Open, Reply::from),
            on: args.on.unwrap_or(today),
            today,
            remains: args.remains.map(|remains| remains == Remains::Yes),
            by: args.by.as_deref().map(str::trim).unwrap_or_default(),
            note: args.note.as_deref().map(str::trim).unwrap_or_default(),
            files: &args.files,
        }
    }

    /// Says what is wrong with it; `None` where it can be added.
    fn find_fault(&self, recording: &Recording) -> Option<String> {
        let Look { number, on, today, .. } = self;
        if self.by.is_empty() || self.note.is_empty() {
            return Some("--by and --note must say who looked and what was seen".to_owned());
        }
        if let Some(file) = self.files.iter().find(|file| !file.is_file()) {
            return Some(format!("{} is no file that could be handed in", file.display()));
        }
        if on > today {
            return Some(format!("--on {on} is in the future: today is {today} in China"));
        }
        with_follow_ups(recording, |all| {
            let Some(follow_up) = all.iter().find(|follow_up| follow_up.demand == *number) else {
                let known: Vec<String> = all.iter().map(|follow_up| follow_up.demand.to_string()).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                return Some(format!("there is no follow-up {number} in this recording; there are: {known}"));
            };
            if *on < follow_up.sent {
                return Some(format!(
                    "--on {on} is before it was asked for, on {}: nothing can have been answered then",
                    follow_up.sent
                ));
            }
            let about_account = follow_up.what == Demand::Cancellation && self.reply == Reply::Done;
            (self.remains.is_some() && !about_account).then(|| {
                "--remains is for a cancellation that was done: it says whether marks of the old account are left".to_owned()
            })
        })
    }
}

/// Adds a person's look to a recording.
pub(super) fn state_look(look: &Look<'_>, folder: &Path, key: Option<&Key>) -> Result<(), Failed> {
    let recording = Recording::open(folder).map_err(|e| fail(e, USAGE))?;
    if let Some(why) = look.find_fault(&recording) {
        return Err(fail(why, USAGE));
    }
    let added = add_and_seal(folder, look.files, key, &|added| {
        Event::DemandLookedAt(Box::new(DemandLookedAt {
            demand: look.number,
            reply: look.reply,
            on: look.on,
            remains: look.remains,
            note: look.note.to_owned(),
            by: look.by.to_owned(),
            added,
        }))
    });
    let (entry, _) = added.map_err(|e| fail(e, UNDRIVEN))?;
    say(&format!("follow-up {} looked at by {} as entry {entry}; sealed again", look.number, clean(look.by)));
    Ok(())
}

//! `follow-ups/*.json`: a file for each thing that was asked for and is answered later, for calendars and nightly jobs. All of
//! it follows from the timeline, so a file that says something else was edited.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::case::{AnswerLimit, Came, Case, FollowUp, Readings, Source};
use crate::recording::Recording;
use crate::recording::follow_up::{Demand, Reply, Through};
use crate::thresholds::Thresholds;

/// Version of the form of these files.
pub const FORMAT: u32 = 1;
/// The folder inside a recording's folder.
pub const FOLDER: &str = "follow-ups";

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Written {
    pub format: u32,
    /// Its number: the sequence number of the timeline's entry that tells what was asked for.
    pub number: u64,
    pub app: String,
    pub what: Demand,
    pub channel: Through,
    pub sent: jiff::civil::Date,
    pub by: String,
    pub note: String,
    /// The day from which the limit counts.
    pub counted_from: jiff::civil::Date,
    pub limit: LimitWritten,
    /// The limit surely runs until this day.
    pub due: jiff::civil::Date,
    /// After this day it surely has ended; another than `due` where a year's holidays are not known.
    pub due_at_latest: jiff::civil::Date,
    /// That year.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub holidays_unknown: Option<i16>,
    pub came: CameWritten,
    pub looks: Vec<LookWritten>,
}

/// The limit, and who says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LimitWritten {
    pub count: u32,
    pub unit: String,
    /// `policy`, `app`, `operator`, `law`, `at_once`.
    pub source: String,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub says: String,
}

/// A later look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LookWritten {
    pub entry: u64,
    pub reply: Reply,
    pub on: jiff::civil::Date,
    pub by: String,
    pub note: String,
}

/// How it stands, by the looks that were recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameWritten {
    Waiting,
    InTime,
    Late,
    Denied,
    Overdue,
    AskedBack,
    Doubtful,
    Contradicted,
}

impl From<Came> for CameWritten {
    fn from(came: Came) -> CameWritten {
        match came {
            Came::Waiting => CameWritten::Waiting,
            Came::InTime => CameWritten::InTime,
            Came::Late => CameWritten::Late,
            Came::Denied => CameWritten::Denied,
            Came::Overdue => CameWritten::Overdue,
            Came::AskedBack => CameWritten::AskedBack,
            Came::Doubtful => CameWritten::Doubtful,
            Came::Contradicted => CameWritten::Contradicted,
        }
    }
}

/// Calls `look` with everything in a recording that is answered later.
pub fn with_follow_ups<T>(recording: &Recording, look: impl FnOnce(&[FollowUp<'_>]) -> T) -> T {
    if !Case::has_follow_ups(&recording.entries) {
        return look(&[]);
    }
    let limits = recording.start().map(|start| start.thresholds.clone()).unwrap_or_default();
    let thresholds = Thresholds::new(limits);
    let case = Case::new(recording, &thresholds, Readings::Again);
    look(&case.follow_ups())
}

/// Returns the files of a recording: each one's name with `/`, and its text.
pub fn write(recording: &Recording) -> Vec<(String, String)> {
    let app = recording.start().map(|start| start.app.clone()).unwrap_or_default();
    with_follow_ups(recording, |all| {
        all.iter().map(|follow_up| (name_of(follow_up), text_of(follow_up, &app))).collect()
    })
}

/// Returns the names of files that do not say what the timeline says: changed, removed or added.
///
/// # Errors
/// When the folder cannot be read.
pub fn find_edited(recording: &Recording) -> std::io::Result<Vec<String>> {
    let expected = write(recording);
    let folder = recording.folder();
    let mut edited = Vec::new();
    for (name, text) in &expected {
        let read = std::fs::read_to_string(folder.join(name));
        // A recording from before follow-ups has no such folder, and nothing was taken from it.
        let never_written = !folder.join(FOLDER).exists();
        if !never_written && !read.is_ok_and(|read| read == *text) {
            edited.push(name.clone());
        }
    }
    edited.extend(find_added(&folder.join(FOLDER), &expected)?);
    Ok(edited)
}

fn find_added(folder: &Path, expected: &[(String, String)]) -> std::io::Result<Vec<String>> {
    let mut added = Vec::new();
    if !folder.is_dir() {
        return Ok(added);
    }
    for entry in std::fs::read_dir(folder)? {
        let name = format!("{FOLDER}/{}", entry?.file_name().to_string_lossy());
        if !expected.iter().any(|(known, _)| *known == name) {
            added.push(name);
        }
    }
    added.sort();
    Ok(added)
}

/// Returns what the file of a follow-up holds.
pub fn written(follow_up: &FollowUp<'_>, app: &str) -> Written {
    let look = |(entry, look): &(u64, &crate::recording::DemandLookedAt)| LookWritten {
        entry: *entry,
        reply: look.reply,
        on: look.on,
        by: look.by.clone(),
        note: look.note.clone(),
    };
    let due = follow_up.due;
    Written {
        format: FORMAT,
        number: follow_up.demand,
        app: app.to_owned(),
        what: follow_up.what,
        channel: follow_up.channel,
        sent: follow_up.sent,
        by: follow_up.by.to_owned(),
        note: follow_up.note.to_owned(),
        counted_from: follow_up.begins,
        limit: write_limit(&follow_up.limit),
        due: due.first,
        due_at_latest: due.last,
        holidays_unknown: due.unknown.filter(|_| due.first != due.last),
        came: follow_up.came().into(),
        looks: follow_up.looks.iter().map(look).collect(),
    }
}

fn write_limit(limit: &AnswerLimit) -> LimitWritten {
    let source = match limit.source {
        Source::Policy => "policy",
        Source::App => "app",
        Source::Operator => "operator",
        Source::Law => "law",
        Source::AtOnce => "at_once",
    };
    let unit = if limit.working { "working days" } else { "days" };
    LimitWritten {
        count: limit.count,
        unit: unit.to_owned(),
        source: source.to_owned(),
        says: limit.says.clone(),
    }
}

fn name_of(follow_up: &FollowUp<'_>) -> String {
    format!("{FOLDER}/{:04}-{}.json", follow_up.demand, follow_up.what.name())
}

fn text_of(follow_up: &FollowUp<'_>, app: &str) -> String {
    // Strings, numbers and lists can always be written.
    let json = serde_json::to_string_pretty(&written(follow_up, app)).unwrap_or_default();
    super::json::escaped(&json)
}

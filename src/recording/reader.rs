//! Reads a recording back, and tells where one was changed.

use std::path::{Path, PathBuf};

use super::event::{Entry, Event, FORMAT, FileRef, RunStarted};
use super::{GENESIS, TIMELINE, sha256};

/// A recording on disk, read whole.
#[derive(Debug, Clone)]
pub struct Recording {
    pub entries: Vec<Entry>,
    /// The run was cut off: the last line is torn, or no entry says that the run ended.
    pub incomplete: bool,
    folder: PathBuf,
}

/// A recording that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error(
        "cannot read {path}: {source}. A recording is a folder with {TIMELINE} in it, as `candor run` leaves it"
    )]
    Open { path: String, source: std::io::Error },
    #[error(
        "{path}, line {line}, column {column}: {why}. The line was changed or written by another program; `candor verify` says more"
    )]
    Line { path: String, line: usize, column: usize, why: String },
    #[error("{path}: the timeline does not begin with an entry `run_started`")]
    NoStart { path: String },
    #[error(
        "{path} is of form {found}; this candor reads up to form {FORMAT}: use the candor that wrote it, or a newer one"
    )]
    Newer { path: String, found: u32 },
}

/// A place where a recording is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `timeline.jsonl line 12`, `screens/0003.png`.
    pub place: String,
    pub what: String,
}

impl Recording {
    /// Reads the timeline of a recording. A torn last line is left out and makes it incomplete.
    ///
    /// # Errors
    /// When there is no timeline, a line other than the last cannot be read, or the form is newer than this program's.
    pub fn open(folder: &Path) -> Result<Recording, ReadError> {
        let path = folder.join(TIMELINE);
        let shown = path.display().to_string();
        let bytes = std::fs::read(&path).map_err(|source| ReadError::Open { path: shown.clone(), source })?;
        Recording::parse(&bytes, &shown, folder)
    }

    /// Reads a timeline from its bytes; `shown` names it in errors.
    ///
    /// # Errors
    /// As [`Recording::open`].
    pub fn parse(bytes: &[u8], shown: &str, folder: &Path) -> Result<Recording, ReadError> {
        let text = String::from_utf8_lossy(bytes);
        let torn = !text.is_empty() && !text.ends_with('\n');
        let lines: Vec<&str> = text.lines().collect();
        let mut entries = Vec::with_capacity(lines.len());
        for (at, line) in lines.iter().enumerate() {
            match serde_json::from_str::<Entry>(line) {
                Ok(entry) => entries.push(entry),
                Err(_) if torn && at + 1 == lines.len() => {}
                Err(e) => {
                    // A form this program does not know fails on its first unknown event: say that instead.
                    if let Some(found) = newer_form(lines.first().copied().unwrap_or_default()) {
                        return Err(ReadError::Newer { path: shown.to_owned(), found });
                    }
                    return Err(ReadError::Line {
                        path: shown.to_owned(),
                        line: at + 1,
                        column: e.column(),
                        why: e.to_string(),
                    });
                }
            }
        }
        let Some(Event::RunStarted(start)) = entries.first().map(|entry| &entry.event) else {
            return Err(ReadError::NoStart { path: shown.to_owned() });
        };
        if start.format > FORMAT {
            return Err(ReadError::Newer { path: shown.to_owned(), found: start.format });
        }
        let ended = entries.iter().any(|entry| matches!(entry.event, Event::RunEnded { whole: true }));
        Ok(Recording { incomplete: torn || !ended, entries, folder: folder.to_owned() })
    }

    /// The first entry's content.
    pub fn start(&self) -> Option<&RunStarted> {
        self.entries.iter().find_map(|entry| match &entry.event {
            Event::RunStarted(start) => Some(start),
            _ => None,
        })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The text of a file of the recording; `None` where it is not there or its name leads out of the folder.
    pub fn text(&self, file: &FileRef) -> Option<String> {
        if !is_inside(&file.file) {
            return None;
        }
        let bytes = std::fs::read(self.folder.join(&file.file)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Every place where the recording is not what was written; empty when it is whole.
    ///
    /// # Errors
    /// When the timeline's file cannot be read at all.
    pub fn verify(folder: &Path) -> Result<Vec<Difference>, ReadError> {
        let path = folder.join(TIMELINE);
        let bytes = std::fs::read(&path)
            .map_err(|source| ReadError::Open { path: path.display().to_string(), source })?;
        let mut differences = Vec::new();
        let mut previous = GENESIS.to_owned();
        let mut expected = 1;
        for (at, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
            if line.is_empty() {
                continue;
            }
            let place = format!("{TIMELINE} line {}", at + 1);
            let mut differ = |what: String| differences.push(Difference { place: place.clone(), what });
            match serde_json::from_slice::<Entry>(line) {
                Err(e) => differ(format!("cannot be read: {e}")),
                Ok(entry) => {
                    if entry.prev != previous {
                        differ("the line before it was changed, removed or moved".to_owned());
                    }
                    if entry.seq != expected {
                        differ(format!("has number {} where {expected} belongs", entry.seq));
                    }
                    expected = entry.seq + 1;
                    for file in files(&entry.event) {
                        if let Some(what) = changed(folder, file) {
                            differences.push(Difference { place: file.file.clone(), what });
                        }
                    }
                }
            }
            previous = sha256(line);
        }
        differences.dedup();
        Ok(differences)
    }
}

fn newer_form(line: &str) -> Option<u32> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    let found = u32::try_from(value.get("format")?.as_u64()?).ok()?;
    (found > FORMAT).then_some(found)
}

fn files(event: &Event) -> Vec<&FileRef> {
    match event {
        Event::ScreenSeen(seen) => seen.picture.iter().chain([&seen.tree]).collect(),
        Event::PolicyRead(read) => read.text.iter().collect(),
        Event::TextMeasured { sight, .. } => vec![sight],
        _ => Vec::new(),
    }
}

fn is_inside(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

/// What is wrong with a file of the recording. Its name comes from the timeline, which a stranger
/// may have written: it must stay inside the folder.
fn changed(folder: &Path, file: &FileRef) -> Option<String> {
    if !is_inside(&file.file) {
        return Some("its name leads out of the recording".to_owned());
    }
    match std::fs::read(folder.join(&file.file)) {
        Err(e) => Some(format!("cannot be read: {e}")),
        Ok(bytes) if sha256(&bytes) != file.sha256 => Some("was changed".to_owned()),
        Ok(_) => None,
    }
}

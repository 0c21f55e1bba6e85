//! Reads a recording back, and tells where one was changed.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::chain::{Chain, newer_form};
use super::entries::{RunEnded, RunStarted};
use super::event::{Entry, Event, FORMAT};
use super::faults::{Difference, ReadError};
use super::file::FileRef;
use super::lines::Lines;
use super::{TIMELINE, sha256_of};

/// Characters of a page's title that can be an app's name (ours).
const LONGEST_NAME: usize = 40;
/// Marks that part a title; a hyphen does with spaces around it.
const SEPARATORS: [char; 5] = ['|', '–', '—', '_', '｜'];

/// A recording on disk, read whole.
#[derive(Debug, Clone)]
pub struct Recording {
    pub entries: Vec<Entry>,
    /// The run was cut off: the last line is torn, or no entry says that the run ended.
    pub incomplete: bool,
    folder: PathBuf,
}

impl Recording {
    /// Reads the timeline of a recording. A torn last line is left out and makes it incomplete.
    ///
    /// # Errors
    /// When there is no timeline, a line other than the last cannot be read, or the form is newer than this program's.
    pub fn open(folder: &Path) -> Result<Recording, ReadError> {
        let path = folder.join(TIMELINE);
        let shown = path.display().to_string();
        let file = File::open(&path).map_err(|source| ReadError::Open { path: shown.clone(), source })?;
        Recording::read(BufReader::new(file), &shown, folder)
    }

    /// Reads a timeline from its bytes; `shown` names it in errors.
    ///
    /// # Errors
    /// As [`Recording::open`].
    pub fn parse(bytes: &[u8], shown: &str, folder: &Path) -> Result<Recording, ReadError> {
        Recording::read(bytes, shown, folder)
    }

    fn read(reader: impl BufRead, shown: &str, folder: &Path) -> Result<Recording, ReadError> {
        let mut torn = false;
        let mut entries: Vec<Entry> = Vec::new();
        let mut newer = None;
        for (at, line) in Lines(reader).enumerate() {
            let line = line.map_err(|source| ReadError::Open { path: shown.to_owned(), source })?;
            if at == 0 {
                newer = newer_form(&line.bytes);
            }
            torn = !line.ended;
            match serde_json::from_slice::<Entry>(&line.bytes) {
                Ok(entry) => entries.push(entry),
                Err(_) if torn => {}
                Err(e) => {
                    // A form this program does not know fails on its first unknown event: say that instead.
                    return Err(match newer {
                        Some(found) => ReadError::Newer { path: shown.to_owned(), found },
                        None => {
                            let (line, column, why) = (at + 1, e.column(), e.to_string());
                            ReadError::Line { path: shown.to_owned(), line, column, why }
                        }
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
        let ended =
            entries.iter().any(|entry| matches!(entry.event, Event::RunEnded(RunEnded { whole: true })));
        Ok(Recording { incomplete: torn || !ended, entries, folder: folder.to_owned() })
    }

    /// The same, taken for one that came to its end: what is judged before a run has said so.
    pub fn taken_as_whole(self) -> Recording {
        Recording { incomplete: false, ..self }
    }

    /// Another recording that stands in a folder of this one, by its timeline; `None` where it cannot be read, or its name
    /// leads out of the folder.
    pub fn open_inner(&self, timeline: &FileRef) -> Option<Recording> {
        if !is_inside(&timeline.file) {
            return None;
        }
        Recording::open(self.folder.join(&timeline.file).parent()?).ok()
    }

    /// The first entry's content.
    pub fn start(&self) -> Option<&RunStarted> {
        self.entries.iter().find_map(|entry| match &entry.event {
            Event::RunStarted(start) => Some(start),
            _ => None,
        })
    }

    /// The app's name: as the scenario has it, else what most of its pages' titles share, else the host of its address.
    pub fn app(&self) -> String {
        let Some(start) = self.start() else { return String::new() };
        let titles = self.entries.iter().filter_map(|entry| match &entry.event {
            Event::ScreenSeen(seen) => Some(seen.title.as_str()),
            _ => None,
        });
        let shared = if start.unnamed { name_in(titles) } else { None };
        shared.unwrap_or_else(|| start.app.clone())
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The text of a file of the recording; `None` where it is not there or its name leads out of the folder.
    pub fn text(&self, file: &FileRef) -> Option<String> {
        let bytes = self.bytes(file)?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The content of a file of the recording; `None` where it is not there or its name leads out of the folder.
    pub fn bytes(&self, file: &FileRef) -> Option<Vec<u8>> {
        if !is_inside(&file.file) {
            return None;
        }
        std::fs::read(self.folder.join(&file.file)).ok()
    }

    /// Every place where the recording is not what was written; empty when it is whole.
    ///
    /// # Errors
    /// When the timeline's file cannot be read at all.
    pub fn verify(folder: &Path) -> Result<Vec<Difference>, ReadError> {
        let chain = Chain::read(folder)?;
        let mut differences = chain.differences(None);
        differences.extend(changed_files(folder, &chain));
        Ok(differences)
    }
}

/// Files that the timeline names and that are not as it names them.
pub(super) fn changed_files(folder: &Path, chain: &Chain) -> Vec<Difference> {
    let changed = |(file, sha256): (&String, &String)| {
        Some(Difference { place: file.clone(), what: changed(folder, file, sha256)? })
    };
    chain.files.iter().filter_map(changed).collect()
}

/// The part that most titles share: `小店` of `小店`, `分类 - 小店` and `我的 - 小店`; at most [`LONGEST_NAME`] characters.
fn name_in<'a>(titles: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut known: Vec<&str> = Vec::new();
    let mut parts: Vec<(&str, usize)> = Vec::new();
    for title in titles {
        if known.contains(&title) {
            continue;
        }
        known.push(title);
        for part in title.split(SEPARATORS).flat_map(|part| part.split(" - ")).map(str::trim) {
            match parts.iter_mut().find(|(other, _)| *other == part) {
                Some((_, count)) => *count += 1,
                None if !part.is_empty() => parts.push((part, 1)),
                None => {}
            }
        }
    }
    // Of parts that are as common the first counts.
    let (name, _) = parts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    Some(name.chars().take(LONGEST_NAME).collect())
}

fn is_inside(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

/// What is wrong with a file of the recording. Its name comes from the timeline, which a stranger
/// may have written: it must stay inside the folder.
fn changed(folder: &Path, file: &str, expected: &str) -> Option<String> {
    if !is_inside(file) {
        return Some("its name leads out of the recording".to_owned());
    }
    let path = folder.join(file);
    match std::fs::symlink_metadata(&path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Some("was removed".to_owned()),
        Err(e) => return Some(format!("cannot be read: {e}")),
        Ok(kind) if !kind.is_file() => return Some("is no plain file any more".to_owned()),
        Ok(_) => {}
    }
    match sha256_of(&path) {
        Err(e) => Some(format!("cannot be read: {e}")),
        Ok(hash) if hash != expected => Some("was changed".to_owned()),
        Ok(_) => None,
    }
}

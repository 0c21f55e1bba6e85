//! The chain of the timeline: each line names the hash of the line before, so that what was changed, added, removed
//! or moved can be told.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::entries::{RunEnded, RunStarted};
use super::event::{Entry, Event, FORMAT};
use super::faults::{Difference, ReadError};
use super::file::FileRef;
use super::lines::Lines;
use super::{GENESIS, TIMELINE, sha256};

/// What one pass over a timeline came to, without its entries.
#[derive(Debug, Default)]
pub struct Chain {
    pub links: Vec<Link>,
    pub start: Option<RunStarted>,
    /// The run came to its end, by its own word.
    pub whole: bool,
    /// An entry says that the run ended, whole or not.
    pub ended: bool,
    /// The last line has no end: its writing was cut off.
    pub torn: bool,
    /// The form, where it is newer than what this program reads.
    pub newer: Option<u32>,
    /// Files that entries name, with the hash that they name.
    pub files: BTreeMap<String, String>,
    /// What was added after the run, in order.
    pub added: Vec<Added>,
    differences: Vec<Difference>,
}

/// A line of the timeline as the chain sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// From 1.
    pub line: usize,
    pub seq: u64,
    pub prev: String,
    pub hash: String,
    /// It can be read as far as its number and the line before; otherwise its number is the one that belongs there.
    pub readable: bool,
}

/// An entry that was added after the run.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    pub seq: u64,
    /// What it is on: `item 5.2`.
    pub about: String,
    /// Who states it.
    pub by: String,
    /// The seal that it was added to, as the entry names it.
    pub seal: Vec<FileRef>,
    /// SHA-256 of all bytes before its line.
    pub before: String,
}

/// As much of an entry as the chain needs, whatever its form.
#[derive(Deserialize)]
struct Head {
    seq: u64,
    prev: String,
}

impl Chain {
    /// Reads the timeline of a recording once, line by line.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn read(folder: &Path) -> Result<Chain, ReadError> {
        let path = folder.join(TIMELINE);
        let shown = path.display().to_string();
        let open = |source| ReadError::Open { path: shown.clone(), source };
        Chain::from(BufReader::new(File::open(&path).map_err(open)?)).map_err(open)
    }

    /// The chain of a timeline in memory.
    pub fn of(bytes: &[u8]) -> Chain {
        // Reading from memory does not fail.
        Chain::from(bytes).unwrap_or_default()
    }

    fn from(reader: impl BufRead) -> std::io::Result<Chain> {
        let mut chain = Chain::default();
        let mut bytes_before = Sha256::new();
        for (at, line) in Lines(reader).enumerate() {
            let line = line?;
            chain.take(at + 1, &line.bytes, line.ended, &bytes_before);
            bytes_before.update(&line.bytes);
            if line.ended {
                bytes_before.update(b"\n");
            }
        }
        Ok(chain)
    }

    fn take(&mut self, line: usize, bytes: &[u8], ended: bool, before: &Sha256) {
        self.torn = !ended;
        if bytes.is_empty() {
            self.differ(line, "is empty, which candor writes nowhere");
            return;
        }
        let entry = serde_json::from_slice::<Entry>(bytes);
        let newer = self.newer.is_some();
        match (&entry, serde_json::from_slice::<Head>(bytes)) {
            // The end of a line is the last byte of its write: without it the entry may be cut anywhere.
            (Err(_), Err(_)) if !ended => return,
            (_, Ok(head)) => {
                let hash = sha256(bytes);
                self.links.push(Link { line, seq: head.seq, prev: head.prev, hash, readable: true });
            }
            (Ok(_), Err(_)) => {}
            (Err(e), Err(_)) => {
                self.differ(line, &format!("cannot be read: {e}"));
                let seq = self.links.last().map_or(0, |link| link.seq).saturating_add(1);
                self.links.push(Link {
                    line,
                    seq,
                    prev: String::new(),
                    hash: sha256(bytes),
                    readable: false,
                });
                return;
            }
        }
        match entry {
            Ok(entry) => self.note(entry, before),
            Err(e) if self.links.last().is_some_and(|link| link.line == line) && !newer => {
                self.newer = (line == 1).then(|| newer_form(bytes)).flatten();
                if self.newer.is_none() {
                    self.differ(line, &format!("cannot be read: {e}"));
                }
            }
            Err(_) => {}
        }
    }

    fn note(&mut self, entry: Entry, before: &Sha256) {
        for file in entry.event.files() {
            let known = self.files.entry(file.file.clone()).or_insert_with(|| file.sha256.clone());
            if *known != file.sha256 {
                let what = "is named with two different hashes".to_owned();
                self.differences.push(Difference { place: file.file.clone(), what });
            }
        }
        if let Some(addition) = entry.event.addition() {
            self.added.push(Added {
                seq: entry.seq,
                about: addition.about,
                by: addition.by.to_owned(),
                seal: addition.seal.to_vec(),
                before: hex::encode(before.clone().finalize()),
            });
        }
        match entry.event {
            Event::RunStarted(start) if self.links.len() == 1 => {
                self.newer = (start.format > FORMAT).then_some(start.format);
                self.start = Some(start);
            }
            Event::RunEnded(RunEnded { whole }) => {
                self.ended = true;
                self.whole |= whole;
            }
            _ => {}
        }
    }

    fn differ(&mut self, line: usize, what: &str) {
        self.differences.push(Difference { place: format!("{TIMELINE} line {line}"), what: what.to_owned() });
    }

    /// The hash of the last line.
    pub fn last(&self) -> &str {
        self.links.last().map_or("", |link| link.hash.as_str())
    }

    /// Every place where the timeline is not what was written. `sealed`: the number of entries and the last line's hash as
    /// the seal names them; without them the last line vouches for itself.
    pub fn differences(&self, sealed: Option<(usize, &str)>) -> Vec<Difference> {
        let mut differences = self.differences.clone();
        if self.start.is_none() && self.newer.is_none() && !self.links.is_empty() {
            let what = "does not begin with an entry `run_started`".to_owned();
            differences.push(Difference { place: TIMELINE.to_owned(), what });
        }
        let unreadable = differences.len();
        let links = &self.links;
        let mut say = |link: &Link, what: String| {
            differences.push(Difference { place: format!("{TIMELINE} line {}", link.line), what });
        };
        let mut vouched: HashSet<&str> = links.iter().map(|link| link.prev.as_str()).collect();
        match sealed {
            Some((_, last)) => vouched.insert(last),
            None => vouched.insert(self.last()),
        };
        let mut seen: HashMap<&str, &Link> = HashMap::new();
        let mut highest = 0u64;
        for (at, link) in links.iter().enumerate() {
            if let Some(first) = seen.insert(&link.hash, link) {
                say(link, format!("repeats entry {} of line {}", link.seq, first.line));
                continue;
            }
            let next = links.get(at + 1);
            if link.readable && !vouched.contains(link.hash.as_str()) {
                let twin = links.iter().any(|other| {
                    other.seq == link.seq && other.line != link.line && vouched.contains(other.hash.as_str())
                });
                let gap = next.is_some_and(|next| next.seq > link.seq.saturating_add(1));
                // Whether the next line's own word on this one can be believed.
                let told = next.is_none_or(|next| next.readable && vouched.contains(next.hash.as_str()));
                if twin {
                    say(
                        link,
                        format!("was added: no entry names it, and there is another entry {}", link.seq),
                    );
                } else if next.is_none() {
                    let (entries, _) = sealed.unwrap_or_default();
                    match entries > links.len() {
                        true => say(
                            link,
                            format!(
                                "is the last, but entries up to {entries} were sealed: the end was removed"
                            ),
                        ),
                        false if entries < links.len() && entries > 0 => {
                            say(link, format!("was added: {entries} entries were sealed"));
                        }
                        false => say(link, format!("entry {} was changed", link.seq)),
                    }
                } else if !gap && told {
                    say(link, format!("entry {} was changed", link.seq));
                }
            }
            let expected = highest.saturating_add(1);
            if link.seq > expected {
                let removed = match link.seq - expected {
                    1 => format!("entry {expected} before it was removed"),
                    _ => format!("entries {expected} to {} before it were removed", link.seq - 1),
                };
                let later: Vec<usize> = links[at + 1..]
                    .iter()
                    .filter(|other| other.seq < link.seq)
                    .map(|other| other.line)
                    .collect();
                match later.first() {
                    Some(line) => say(
                        link,
                        format!("entry {} was moved: line {line} holds what stood before it", link.seq),
                    ),
                    None => say(link, removed),
                }
            } else if link.seq < expected && vouched.contains(link.hash.as_str()) {
                say(
                    link,
                    format!(
                        "entry {} stands after entry {highest}: the entries were reordered or added to",
                        link.seq
                    ),
                );
            }
            highest = highest.max(link.seq);
        }
        // Whatever the story, a broken link is never passed over.
        if differences.len() == unreadable {
            let mut previous = GENESIS;
            for link in links {
                if link.prev != previous {
                    let what = match unreadable {
                        0 => "names another line before it: that was changed, removed or moved".to_owned(),
                        _ => continue,
                    };
                    differences.push(Difference { place: format!("{TIMELINE} line {}", link.line), what });
                }
                previous = &link.hash;
            }
        }
        differences
    }
}

/// The form that a first line names, where it is newer than what this program reads.
pub(super) fn newer_form(line: &[u8]) -> Option<u32> {
    let value: serde_json::Value = serde_json::from_slice(line).ok()?;
    let found = u32::try_from(value.get("format")?.as_u64()?).ok()?;
    (found > FORMAT).then_some(found)
}

//! Adds an entry to a sealed recording: nothing that is there is written over, the seal that it is added to is kept. Open
//! this file when something new is to be stated on a recording after its run.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::{Timestamp, Unit};

use super::chain::Chain;
use super::entries::AddedLater;
use super::event::{Entry, Event};
use super::file::FileRef;
use super::seal::{FORMER, SealError, find_seal_files};
use super::sign::Key;
use super::writer::{WriteError, error};
use super::{TIMELINE, sha256_of};

/// Where copies of handed-in files go.
const FILES: &str = "attested";
/// Characters of a file's own name that its copy keeps.
const NAME: usize = 40;
/// The findings as the former seal covered them.
const FINDINGS: &str = "findings.json";

/// Appends the entry that `make` makes to a recording's timeline, copies the files that show it, and keeps the seal before;
/// the reports and the new seal are still to be written. The recording must have been verified. Returns the entry's number.
///
/// # Errors
/// When a file cannot be read or written: then the recording is as it was before.
pub fn add(
    folder: &Path,
    files: &[PathBuf],
    key: Option<&Key>,
    make: &dyn Fn(AddedLater) -> Event,
) -> Result<u64, SealError> {
    let chain = Chain::read(folder)?;
    let mut made = Vec::new();
    let path = folder.join(TIMELINE);
    let length = fs::metadata(&path).map_err(|source| error(&path, source))?.len();
    let written = write(folder, files, key, make, &chain, &mut made);
    if written.is_err() {
        let _ = OpenOptions::new().write(true).open(&path).and_then(|file| file.set_len(length));
        for file in made {
            let _ = fs::remove_file(file);
        }
    }
    Ok(written?)
}

fn write(
    folder: &Path,
    handed_in: &[PathBuf],
    key: Option<&Key>,
    make: &dyn Fn(AddedLater) -> Event,
    chain: &Chain,
    made: &mut Vec<PathBuf>,
) -> Result<u64, WriteError> {
    let seq = chain.links.last().map_or(0, |link| link.seq) + 1;
    let mut copy = |from: &Path, to: String| -> Result<FileRef, WriteError> {
        let path = folder.join(&to);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|source| error(parent, source))?;
        }
        let mut source = File::open(from).map_err(|source| error(from, source))?;
        let mut copy = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(|source| error(&path, source))?;
        made.push(path.clone());
        std::io::copy(&mut source, &mut copy)
            .and_then(|_| copy.sync_all())
            .map_err(|source| error(&path, source))?;
        let sha256 = sha256_of(&path).map_err(|source| error(&path, source))?;
        Ok(FileRef { file: to, sha256 })
    };
    let number = chain.added.len() + 1;
    let mut seal = Vec::new();
    for name in find_seal_files(folder) {
        // `seal.json` first, which is what the others are about.
        let kind = name.rsplit('.').next().unwrap_or_default();
        seal.push(copy(&folder.join(name), format!("{FORMER}/{number:04}.{kind}"))?);
    }
    if folder.join(FINDINGS).is_file() {
        seal.push(copy(&folder.join(FINDINGS), format!("{FORMER}/{number:04}.{FINDINGS}"))?);
    }
    let mut files = Vec::new();
    for (at, file) in handed_in.iter().enumerate() {
        files.push(copy(file, format!("{FILES}/{number:04}-{:02}-{}", at + 1, safe(file)))?);
    }
    let event = make(AddedLater {
        tool: concat!("candor ", env!("CARGO_PKG_VERSION")).to_owned(),
        files,
        key: key.map(Key::fingerprint),
        seal,
    });
    let time = Timestamp::now().round(Unit::Millisecond).unwrap_or_else(|_| Timestamp::now());
    let entry = Entry { seq, time, prev: chain.last().to_owned(), event };
    let path = folder.join(TIMELINE);
    let io = |source| error(&path, source);
    let line = serde_json::to_string(&entry).map_err(|e| io(e.into()))?;
    let mut timeline = OpenOptions::new().append(true).open(&path).map_err(io)?;
    timeline.write_all(format!("{line}\n").as_bytes()).and_then(|()| timeline.sync_all()).map_err(io)?;
    Ok(seq)
}

/// A file's name as a part of a path: letters, digits, dashes, underlines, one dot before the kind.
fn safe(path: &Path) -> String {
    let part = |text: Option<&std::ffi::OsStr>, most: usize| -> String {
        let text = text.unwrap_or_default().to_string_lossy();
        let plain = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
        text.chars().map(plain).take(most).collect::<String>().trim_matches('-').to_owned()
    };
    let (stem, kind) = (part(path.file_stem(), NAME), part(path.extension(), 8));
    let stem = if stem.is_empty() { "file".to_owned() } else { stem };
    if kind.is_empty() { stem } else { format!("{stem}.{kind}") }
}

#[cfg(test)]
#[path = "adding_tests.rs"]
mod tests;

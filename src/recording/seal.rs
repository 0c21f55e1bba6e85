//! The seal: every file of a finished recording by its hash, so that the last line and the reports are covered too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::reader::{Difference, ReadError, Recording};
use super::sign::{SIGNATURE, SIGNER};
use super::writer::{WriteError, error};
use super::{TIMELINE, sha256};

/// The seal's file name inside a recording's folder.
pub const SEAL: &str = "seal.json";

/// What `seal.json` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// `candor` and its version.
    pub tool: String,
    pub scenario_sha256: String,
    /// The run came to its end.
    pub whole: bool,
    /// Entries of the timeline.
    pub entries: usize,
    /// SHA-256 of the timeline's last line.
    pub last: String,
    /// SHA-256 of every file but the seal, by its path with `/`.
    pub files: BTreeMap<String, String>,
}

/// A recording that could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Seals a recording as it is on disk now; an earlier seal is replaced.
///
/// # Errors
/// When the recording cannot be read or the seal cannot be written.
pub fn seal(folder: &Path) -> Result<Seal, SealError> {
    let recording = Recording::open(folder)?;
    let timeline = folder.join(TIMELINE);
    let text = fs::read_to_string(&timeline).map_err(|source| error(&timeline, source))?;
    let start = recording.start();
    let seal = Seal {
        tool: start.map(|start| start.tool.clone()).unwrap_or_default(),
        scenario_sha256: start.map(|start| start.scenario_sha256.clone()).unwrap_or_default(),
        whole: !recording.incomplete,
        entries: recording.entries.len(),
        last: text.lines().last().map(|line| sha256(line.as_bytes())).unwrap_or_default(),
        files: hashes(folder)?,
    };
    let path = folder.join(SEAL);
    let json = serde_json::to_string_pretty(&seal).map_err(|e| error(&path, e.into()))?;
    fs::write(&path, json + "\n").map_err(|source| error(&path, source))?;
    // A signature of the seal before says nothing about this one.
    for name in [SIGNATURE, SIGNER] {
        let path = folder.join(name);
        if path.exists() {
            fs::remove_file(&path).map_err(|source| error(&path, source))?;
        }
    }
    Ok(seal)
}

/// Where the folder is not what was sealed; `None` where there is no seal.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn broken(folder: &Path) -> Result<Option<Vec<Difference>>, SealError> {
    let Ok(bytes) = fs::read(folder.join(SEAL)) else { return Ok(None) };
    let differ = |place: &str, what: &str| Difference { place: place.to_owned(), what: what.to_owned() };
    let Ok(seal) = serde_json::from_slice::<Seal>(&bytes) else {
        return Ok(Some(vec![differ(SEAL, "cannot be read as a seal")]));
    };
    let now = hashes(folder)?;
    let mut differences = Vec::new();
    for (file, sealed) in &seal.files {
        match now.get(file) {
            None => differences.push(differ(file, "was removed after the sealing")),
            Some(hash) if hash != sealed => differences.push(differ(file, "was changed after the sealing")),
            Some(_) => {}
        }
    }
    for file in now.keys().filter(|file| !seal.files.contains_key(*file)) {
        differences.push(differ(file, "was added after the sealing"));
    }
    let last = fs::read_to_string(folder.join(TIMELINE)).unwrap_or_default();
    let last = last.lines().last().map(|line| sha256(line.as_bytes())).unwrap_or_default();
    if last != seal.last {
        differences.push(differ(SEAL, "names another last line than the timeline has"));
    }
    Ok(Some(differences))
}

/// Every file below the folder but the seal and its signature, by its path, with its hash.
fn hashes(folder: &Path) -> Result<BTreeMap<String, String>, WriteError> {
    let mut files = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).map_err(|source| error(&next, source))? {
            let path = entry.map_err(|source| error(&next, source))?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            // The signature is over the seal, so the seal cannot hold its hash.
            if ![SEAL, SIGNATURE, SIGNER].contains(&name.as_str()) {
                let bytes = fs::read(&path).map_err(|source| error(&path, source))?;
                files.insert(name, sha256(&bytes));
            }
        }
    }
    Ok(files)
}

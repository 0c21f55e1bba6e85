//! The seal: every file of a finished recording by its hash, so that the last line and the reports are covered too.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::chain::Chain;
use super::faults::{Difference, ReadError};
use super::sha256_of;
use super::writer::{WriteError, error};

/// The seal's file name inside a recording's folder.
pub const SEAL: &str = "seal.json";
/// The signature's file name inside a recording's folder.
pub const SIGNATURE: &str = "seal.sig";
/// The signer's public key beside it.
pub const SIGNER: &str = "seal.pub";
/// The folder of the seals that later ones replaced.
pub const FORMER: &str = "seals";

/// What `seal.json` holds. All of it can be computed from the folder, so that a seal whose bytes are others than those was
/// changed, wherever that was.
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
    /// SHA-256 of the seal before, where something was added since.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before: Option<String>,
    /// Fingerprint of the key that it is signed with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signer: Option<String>,
    /// SHA-256 of every file but the seal, by its path with `/`.
    pub files: BTreeMap<String, String>,
}

/// A recording that could not be sealed, or could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Seal {
    /// The seal that belongs to a timeline and these files.
    pub(super) fn of(chain: &Chain, signer: Option<String>, files: BTreeMap<String, String>) -> Seal {
        let start = chain.start.as_ref();
        Seal {
            tool: start.map(|start| start.tool.clone()).unwrap_or_default(),
            scenario_sha256: start.map(|start| start.scenario_sha256.clone()).unwrap_or_default(),
            whole: chain.whole && !chain.torn,
            entries: chain.links.len(),
            last: chain.last().to_owned(),
            before: chain.added.last().and_then(|added| Some(added.seal.first()?.sha256.clone())),
            signer,
            files,
        }
    }

    /// Its bytes: one seal is always written the same way.
    pub(super) fn bytes(&self) -> Vec<u8> {
        // Strings, numbers and maps of strings can always be written.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json.into_bytes()
    }
}

/// Seals a recording as it is on disk now; an earlier seal and its signature are replaced.
///
/// # Errors
/// When the recording cannot be read or the seal cannot be written.
pub fn seal(folder: &Path) -> Result<Seal, SealError> {
    let chain = Chain::read(folder)?;
    let seal = Seal::of(&chain, None, hash_files(folder)?.files);
    // A signature of the seal before says nothing about this one.
    for name in [SIGNATURE, SIGNER] {
        let path = folder.join(name);
        if path.exists() {
            fs::remove_file(&path).map_err(|source| error(&path, source))?;
        }
    }
    replace(&folder.join(SEAL), &seal.bytes())?;
    Ok(seal)
}

/// Writes a file so that at any moment either the old one or the new one is there, whole and on the disk itself.
///
/// # Errors
/// When it cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let io = |source| error(path, source);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(".candor-")
        .permissions(readable())
        .tempfile_in(folder)
        .map_err(io)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(io)?;
    file.persist(path).map_err(|e| io(e.error))?;
    Ok(())
}

/// As other files are made: readable by all whom the umask lets.
fn readable() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

/// What is in a folder.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Every file but the seal and its signature, by its path, with its hash.
    pub files: BTreeMap<String, String>,
    /// What is no plain file and no folder.
    pub odd: Vec<Difference>,
}

/// Every file below the folder but the seal and its signature, read in pieces. Links are not followed.
pub(super) fn hash_files(folder: &Path) -> Result<Content, WriteError> {
    let mut content = Content::default();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).map_err(|source| error(&next, source))? {
            let entry = entry.map_err(|source| error(&next, source))?;
            let path = entry.path();
            let kind = entry.file_type().map_err(|source| error(&path, source))?;
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
            if !kind.is_file() {
                let what = "is a link or a device, which no recording holds".to_owned();
                content.odd.push(Difference { place: name, what });
            } else if ![SEAL, SIGNATURE, SIGNER].contains(&name.as_str()) {
                // The signature is over the seal, so the seal cannot hold its hash.
                let hash = sha256_of(&path).map_err(|source| error(&path, source))?;
                content.files.insert(name, hash);
            }
        }
    }
    Ok(content)
}

/// The files of a seal and its signature that are there.
pub(super) fn find_seal_files(folder: &Path) -> Vec<&'static str> {
    [SEAL, SIGNATURE, SIGNER].into_iter().filter(|name| folder.join(name).is_file()).collect()
}

//! Tells whether a recording is as it was written and sealed, and where it is not.

use std::fs;
use std::path::{Path, PathBuf};

use super::chain::{Added, Chain};
use super::faults::{Difference, ReadError};
use super::reader::changed_files;
use super::seal::{SEAL, SIGNATURE, Seal, SealError, hash_files};
use super::sign::{self, KeyError, Signed, Trusted};
use super::{TIMELINE, sha256};

/// From this form on every run that ended is sealed.
const ALWAYS_SEALED: u32 = 4;

/// What a look at a recording came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Every place where it is not what was written; empty where it is.
    pub differences: Vec<Difference>,
    /// Entries of the timeline that can be read.
    pub entries: usize,
    /// The run was cut off before its end.
    pub incomplete: bool,
    /// The last line is half written, and left out.
    pub torn: bool,
    /// The form, where it is newer than this program's: chain and seal are checked, the entries' meaning is not.
    pub newer: Option<u32>,
    pub sealed: bool,
    /// Without a seal: files that the timeline does not name, so that nothing covers them.
    pub uncovered: Vec<String>,
    pub signed: Signed,
    /// Statements that were added after the run.
    pub attested: Vec<Statement>,
    /// The auditor wanted nothing to be masked.
    pub unmasked: bool,
}

/// A statement that was added after the run, and the seal that it was added to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub entry: u64,
    /// What it is on: `item 5.2`.
    pub about: String,
    pub by: String,
    /// The signature of the seal before it.
    pub former: Signed,
}

/// A recording that cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl From<ReadError> for VerifyError {
    fn from(e: ReadError) -> Self {
        VerifyError::Seal(e.into())
    }
}

/// Looks at a recording whole, without asking whose signature it is.
///
/// # Errors
/// When there is no recording, or a file in it cannot be read.
pub fn verify(folder: &Path) -> Result<Verified, SealError> {
    verify_against(folder, &Trusted::default())
}

/// As [`verify`]; the signature must be by one of these public keys.
///
/// # Errors
/// As there, and when a key cannot be read.
pub fn verify_by(folder: &Path, keys: &[PathBuf]) -> Result<Verified, VerifyError> {
    Ok(verify_against(folder, &Trusted::read(keys)?)?)
}

/// Where the folder is not what was recorded and sealed; `None` where there is no seal.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn find_differences(folder: &Path) -> Result<Option<Vec<Difference>>, SealError> {
    if !folder.join(SEAL).exists() {
        return Ok(None);
    }
    Ok(Some(verify(folder)?.differences))
}

fn verify_against(folder: &Path, trusted: &Trusted) -> Result<Verified, SealError> {
    let sealed = fs::read(folder.join(SEAL)).ok();
    let seal = sealed.as_deref().map(serde_json::from_slice::<Seal>);
    let chain = match Chain::read(folder) {
        Ok(chain) => chain,
        // There was a recording: that its timeline is gone is a difference, and no wrong command line.
        Err(_) if sealed.is_some() && !folder.join(TIMELINE).exists() => Chain::default(),
        Err(e) => return Err(e.into()),
    };
    let content = hash_files(folder)?;
    let of_seal = match &seal {
        Some(Ok(seal)) => Some((seal.entries, seal.last.as_str())),
        _ => None,
    };
    let mut differences = chain.differences(of_seal);
    let in_order = differences.is_empty();
    differences.extend(changed_files(folder, &chain));
    differences.extend(content.odd);
    // The chain's own word on a file is the more precise one.
    let mut differ = |place: &str, what: String| {
        let known = |known: &Difference| {
            known.place == place || (place == TIMELINE && known.place.starts_with(TIMELINE))
        };
        if !differences.iter().any(known) {
            differences.push(Difference { place: place.to_owned(), what });
        }
    };
    match &seal {
        Some(Ok(seal)) => {
            for (file, hash) in &seal.files {
                match content.files.get(file) {
                    None => differ(file, "was removed after the sealing".to_owned()),
                    Some(now) if now != hash => differ(file, "was changed after the sealing".to_owned()),
                    Some(_) => {}
                }
            }
            for file in content.files.keys().filter(|file| !seal.files.contains_key(*file)) {
                differ(file, "was added after the sealing".to_owned());
            }
            let expected = Seal::of(&chain, sign::signer(folder), seal.files.clone());
            if in_order && Some(expected.bytes()) != sealed {
                differ(
                    SEAL,
                    format!("is not the seal of this recording: {}", describe_unlike(seal, &expected)),
                );
            }
        }
        Some(Err(e)) => differ(SEAL, format!("cannot be read as a seal: {e}")),
        None if chain.ended && chain.start.as_ref().is_some_and(|start| start.format >= ALWAYS_SEALED) => {
            differ(
                SEAL,
                "is missing: it was removed, or the run was killed between its end and its sealing"
                    .to_owned(),
            );
        }
        None => {}
    }
    let signed = sign::check(folder, trusted);
    match (&signed, &seal) {
        (Signed::Broken(why), _) => differ(SIGNATURE, format!("the signature does not stand: {why}")),
        (Signed::Not, Some(Ok(seal))) if seal.signer.is_some() => {
            differ(SIGNATURE, "was removed: the seal says that it is signed".to_owned());
        }
        _ => {}
    }
    let mut attested = Vec::new();
    for added in &chain.added {
        let former = verify_former(folder, added, &chain, &content.files);
        attested.push(Statement {
            entry: added.seq,
            about: added.about.clone(),
            by: added.by.clone(),
            former: former.unwrap_or_else(|why| {
                let place = added.seal.first().map_or("seals", |file| file.file.as_str());
                differ(place, why.clone());
                Signed::Broken(why)
            }),
        });
    }
    let named = |file: &&String| *file != TIMELINE && !chain.files.contains_key(*file);
    let uncovered =
        if sealed.is_none() { content.files.keys().filter(named).cloned().collect() } else { Vec::new() };
    Ok(Verified {
        entries: chain.links.len(),
        incomplete: !chain.whole || chain.torn,
        torn: chain.torn,
        newer: chain.newer,
        sealed: sealed.is_some(),
        uncovered,
        signed,
        attested,
        unmasked: chain.start.is_some_and(|start| start.unmasked),
        differences,
    })
}

/// In which of its fields a seal is another than it should be.
fn describe_unlike(seal: &Seal, expected: &Seal) -> String {
    let fields = [
        ("tool", seal.tool != expected.tool),
        ("scenario_sha256", seal.scenario_sha256 != expected.scenario_sha256),
        ("whole", seal.whole != expected.whole),
        ("entries", seal.entries != expected.entries),
        ("last", seal.last != expected.last),
        ("before", seal.before != expected.before),
        ("signer", seal.signer != expected.signer),
    ];
    let names: Vec<&str> = fields.into_iter().filter(|(_, unlike)| *unlike).map(|(name, _)| name).collect();
    match names.is_empty() {
        true => "it says the same in other bytes than candor writes".to_owned(),
        false => format!("another {} than the timeline's", names.join(", ")),
    }
}

/// Checks the seal that a statement was added to against what it covered.
///
/// # Errors
/// What is wrong with it.
fn verify_former(
    folder: &Path,
    added: &Added,
    chain: &Chain,
    now: &std::collections::BTreeMap<String, String>,
) -> Result<Signed, String> {
    let seq = added.seq;
    let Some(file) = added.seal.first() else {
        return Err(format!("entry {seq} names no seal that it was added to"));
    };
    // That these files are the ones that the entry names is the chain's business; here is what they say.
    let path = folder.join(&file.file);
    let bytes = fs::read(&path).map_err(|e| format!("cannot be read: {e}"))?;
    if sha256(&bytes) != file.sha256 {
        return Err("was changed".to_owned());
    }
    let seal: Seal = serde_json::from_slice(&bytes).map_err(|e| format!("cannot be read as a seal: {e}"))?;
    if seal.files.get(TIMELINE).map(String::as_str) != Some(added.before.as_str())
        || seal.entries as u64 + 1 != seq
    {
        return Err(format!("does not seal the timeline as it was before entry {seq}"));
    }
    let changed = |(name, hash): &(&String, &String)| {
        name.as_str() != TIMELINE && chain.files.contains_key(*name) && now.get(*name) != Some(hash)
    };
    if let Some((name, _)) = seal.files.iter().find(changed) {
        return Err(format!("seals another {name} than there is now"));
    }
    Ok(sign::check_files(
        &bytes,
        &path.with_extension("sig"),
        &path.with_extension("pub"),
        &Trusted::default(),
    ))
}

#[cfg(test)]
#[path = "verify_tests.rs"]
pub(in crate::recording) mod tests;

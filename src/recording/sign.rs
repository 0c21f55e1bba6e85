//! Signing a seal with ed25519, in forms that other tools read: keys as PEM, the signature as its 64 bytes.
//!
//! Without candor: `openssl pkeyutl -verify -pubin -inkey seal.pub -rawin -in seal.json -sigfile seal.sig`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use super::seal::{SEAL, SIGNATURE, SIGNER, Seal, replace};
use super::sha256;
use super::writer::{WriteError, error};

/// A key that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("cannot read the key {path}: {why}. `candor keygen FILE` makes one")]
    Unreadable { path: String, why: String },
    #[error("{path} exists already: a key is never overwritten")]
    Exists { path: String },
    #[error("cannot write the key {path}: {why}")]
    Unwritable { path: String, why: String },
}

/// A key to sign with.
#[derive(Debug, Clone)]
pub struct Key(SigningKey);

impl Key {
    /// Reads a private key (PKCS#8 PEM, as `candor keygen` and `openssl genpkey -algorithm ed25519` write it).
    ///
    /// # Errors
    /// When the file cannot be read or is no such key.
    pub fn read(path: &Path) -> Result<Key, KeyError> {
        let text = text_of(path)?;
        let key = SigningKey::from_pkcs8_pem(&text).map_err(|e| KeyError::Unreadable {
            path: path.display().to_string(),
            why: format!("it is no private ed25519 key in PEM form ({e})"),
        })?;
        Ok(Key(key))
    }

    /// Makes a new key: the private half at `path`, readable by its owner only, the public half at `path.pub`.
    ///
    /// # Errors
    /// When one of the files exists already or cannot be written.
    pub fn generate(path: &Path) -> Result<(Key, PathBuf), KeyError> {
        let mut public_path = path.as_os_str().to_owned();
        public_path.push(".pub");
        let public_path = PathBuf::from(public_path);
        let unwritable =
            |path: &Path, why: String| KeyError::Unwritable { path: path.display().to_string(), why };
        for each in [path, &public_path] {
            if each.exists() {
                return Err(KeyError::Exists { path: each.display().to_string() });
            }
        }
        let mut seed = [0u8; 32];
        getrandom::fill(&mut seed).map_err(|e| unwritable(path, e.to_string()))?;
        let key = Key(SigningKey::from_bytes(&seed));
        let private = key.0.to_pkcs8_pem(LineEnding::LF).map_err(|e| unwritable(path, e.to_string()))?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(path)
            .and_then(|mut file| file.write_all(private.as_bytes()))
            .map_err(|e| unwritable(path, e.to_string()))?;
        fs::write(&public_path, key.public_pem()).map_err(|e| unwritable(&public_path, e.to_string()))?;
        Ok((key, public_path))
    }

    /// The public half as PEM.
    fn public_pem(&self) -> String {
        // An ed25519 public key always has a PEM form.
        self.0.verifying_key().to_public_key_pem(LineEnding::LF).unwrap_or_default()
    }

    /// What stands for the key in messages: see [`fingerprint`].
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.0.verifying_key())
    }
}

/// The first 16 hex digits of the SHA-256 of the public key's 32 bytes.
fn fingerprint(key: &VerifyingKey) -> String {
    sha256(key.as_bytes()).chars().take(16).collect()
}

fn text_of(path: &Path) -> Result<String, KeyError> {
    fs::read_to_string(path)
        .map_err(|e| KeyError::Unreadable { path: path.display().to_string(), why: e.to_string() })
}

/// Signs the seal of a recording: `seal.sig` and `seal.pub` beside it. The seal names the key from then on.
///
/// # Errors
/// When there is no seal to read or a file cannot be written.
pub fn sign(folder: &Path, key: &Key) -> Result<(), WriteError> {
    let path = folder.join(SEAL);
    let bytes = fs::read(&path).map_err(|source| error(&path, source))?;
    let mut seal: Seal = serde_json::from_slice(&bytes).map_err(|e| error(&path, e.into()))?;
    seal.signer = Some(key.fingerprint());
    let bytes = seal.bytes();
    replace(&folder.join(SIGNATURE), &key.0.sign(&bytes).to_bytes())?;
    replace(&folder.join(SIGNER), key.public_pem().as_bytes())?;
    replace(&path, &bytes)
}

/// Fingerprint of the key that lies beside a seal.
pub(super) fn signer(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join(SIGNER)).ok()?;
    VerifyingKey::from_public_key_pem(&text).ok().map(|key| fingerprint(&key))
}

/// Public keys, one of which must have signed; without any, whose signature it is does not matter.
#[derive(Debug, Default)]
pub struct Trusted(Vec<VerifyingKey>);

impl Trusted {
    /// Reads public keys.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn read(paths: &[PathBuf]) -> Result<Trusted, KeyError> {
        let key = |path: &PathBuf| {
            VerifyingKey::from_public_key_pem(&text_of(path)?).map_err(|e| KeyError::Unreadable {
                path: path.display().to_string(),
                why: format!("it is no public ed25519 key in PEM form ({e})"),
            })
        };
        Ok(Trusted(paths.iter().map(key).collect::<Result<_, _>>()?))
    }
}

/// What a look at a recording's signature came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// There is none.
    Not,
    /// The seal is as this key signed it. `trusted` where the key is the one that was asked for.
    By { key: String, trusted: bool },
    /// The signature does not stand, and why.
    Broken(String),
}

/// Checks a recording's signature.
pub fn check(folder: &Path, trusted: &Trusted) -> Signed {
    match fs::read(folder.join(SEAL)) {
        Ok(seal) => check_files(&seal, &folder.join(SIGNATURE), &folder.join(SIGNER), trusted),
        Err(_) if trusted.0.is_empty() && !folder.join(SIGNATURE).exists() => Signed::Not,
        Err(_) => Signed::Broken("there is no seal that it could sign".to_owned()),
    }
}

/// Checks the signature of a seal's bytes.
pub(super) fn check_files(seal: &[u8], signature: &Path, signer: &Path, trusted: &Trusted) -> Signed {
    let broken = |why: &str| Signed::Broken(why.to_owned());
    let signature = match fs::read(signature) {
        Ok(bytes) => bytes,
        Err(_) if !trusted.0.is_empty() => return broken("there is no signature"),
        Err(_) if signer.exists() => return broken("there is a signer's key and no signature"),
        Err(_) => return Signed::Not,
    };
    let Ok(signature) = Signature::from_slice(&signature) else {
        return broken("it is not the 64 bytes of an ed25519 signature");
    };
    let own = fs::read_to_string(signer).unwrap_or_default();
    let Ok(key) = VerifyingKey::from_public_key_pem(&own) else {
        return broken("the signer's public key beside it cannot be read");
    };
    if key.to_public_key_pem(LineEnding::LF).ok().as_ref() != Some(&own) {
        return broken("the signer's public key beside it is written otherwise than candor writes it");
    }
    if key.verify_strict(seal, &signature).is_err() {
        return broken("the seal is not the one that was signed");
    }
    if trusted.0.is_empty() || trusted.0.contains(&key) {
        return Signed::By { key: fingerprint(&key), trusted: !trusted.0.is_empty() };
    }
    let asked: Vec<String> = trusted.0.iter().map(fingerprint).collect();
    broken(&format!(
        "it is by key {}, not by the key {} that was asked for",
        fingerprint(&key),
        asked.join(" or ")
    ))
}

#[cfg(test)]
#[path = "sign_tests.rs"]
mod tests;

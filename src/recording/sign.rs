//! Signing a seal with ed25519, in forms that other tools read: keys as PEM, the signature as its 64 bytes.
//!
//! Without candor: `openssl pkeyutl -verify -pubin -inkey seal.pub -rawin -in seal.json -sigfile seal.sig`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use super::seal::SEAL;
use super::sha256;
use super::writer::{WriteError, error};

/// The signature's file name inside a recording's folder.
pub const SIGNATURE: &str = "seal.sig";
/// The signer's public key beside it.
pub const SIGNER: &str = "seal.pub";

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

/// Signs the seal of a recording: `seal.sig` and `seal.pub` beside it.
///
/// # Errors
/// When there is no seal to read or a file cannot be written.
pub fn sign(folder: &Path, key: &Key) -> Result<(), WriteError> {
    let seal = folder.join(SEAL);
    let bytes = fs::read(&seal).map_err(|source| error(&seal, source))?;
    let files: [(&str, Vec<u8>); 2] =
        [(SIGNATURE, key.0.sign(&bytes).to_bytes().to_vec()), (SIGNER, key.public_pem().into_bytes())];
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|source| error(&path, source))?;
    }
    Ok(())
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

/// Checks a recording's signature; with `trusted`, that it is by that public key.
///
/// # Errors
/// When the trusted key cannot be read.
pub fn check(folder: &Path, trusted: Option<&Path>) -> Result<Signed, KeyError> {
    let trusted = trusted
        .map(|path| {
            VerifyingKey::from_public_key_pem(&text_of(path)?).map_err(|e| KeyError::Unreadable {
                path: path.display().to_string(),
                why: format!("it is no public ed25519 key in PEM form ({e})"),
            })
        })
        .transpose()?;
    let broken = |why: &str| Ok(Signed::Broken(why.to_owned()));
    let signature = match fs::read(folder.join(SIGNATURE)) {
        Ok(bytes) => bytes,
        Err(_) if trusted.is_some() => return broken("there is no signature"),
        Err(_) if folder.join(SIGNER).exists() => return broken("there is a signer's key and no signature"),
        Err(_) => return Ok(Signed::Not),
    };
    let Ok(signature) = Signature::from_slice(&signature) else {
        return broken("it is not the 64 bytes of an ed25519 signature");
    };
    let own = fs::read_to_string(folder.join(SIGNER)).ok();
    let Some(own) = own.and_then(|text| VerifyingKey::from_public_key_pem(&text).ok()) else {
        return broken("the signer's public key beside it cannot be read");
    };
    let Ok(seal) = fs::read(folder.join(SEAL)) else { return broken("there is no seal that it could sign") };
    if own.verify_strict(&seal, &signature).is_err() {
        return broken("the seal is not the one that was signed");
    }
    match trusted {
        Some(trusted) if trusted != own => broken(&format!(
            "it is by key {}, not by the key {} that was asked for",
            fingerprint(&own),
            fingerprint(&trusted)
        )),
        trusted => Ok(Signed::By { key: fingerprint(&own), trusted: trusted.is_some() }),
    }
}

#[cfg(test)]
#[path = "sign_tests.rs"]
mod tests;

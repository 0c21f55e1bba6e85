use super::*;
use crate::recording::{seal, verify};

fn by_key(path: &Path) -> Trusted {
    Trusted::read(&[path.to_owned()]).expect("a key")
}

/// A recording with a seal.
fn sealed() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let recorded = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/preticked/timeline.jsonl");
    fs::copy(recorded, folder.path().join("timeline.jsonl")).expect("copies");
    seal::seal(folder.path()).expect("seals");
    folder
}

#[test]
fn a_signed_seal_stands_and_every_changed_byte_breaks_it() {
    let keys = tempfile::tempdir().expect("a folder");
    let (key, public) = Key::generate(&keys.path().join("auditor.pem")).expect("a key");
    let folder = sealed();
    assert_eq!(check(folder.path(), &Trusted::default()), Signed::Not);
    sign(folder.path(), &key).expect("signs");
    let by = |trusted| Signed::By { key: key.fingerprint(), trusted };
    assert_eq!(check(folder.path(), &Trusted::default()), by(false));
    assert_eq!(check(folder.path(), &by_key(&public)), by(true));
    // Its screens were left out of the copy, and are missed; the signature is no added file.
    let differences = verify::find_differences(folder.path()).expect("verifies").expect("a seal");
    assert!(differences.iter().all(|difference| difference.what == "was removed"), "{differences:?}");
    for name in [SEAL, SIGNATURE, SIGNER] {
        let path = folder.path().join(name);
        let whole = fs::read(&path).expect("reads");
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&path, &bytes).expect("writes");
            let found = check(folder.path(), &by_key(&public));
            assert!(matches!(found, Signed::Broken(_)), "{name} byte {at}: {found:?}");
        }
        fs::write(&path, whole).expect("writes");
    }
}

#[test]
fn another_signer_is_told_from_the_trusted_one() {
    let keys = tempfile::tempdir().expect("a folder");
    let (_, trusted) = Key::generate(&keys.path().join("auditor")).expect("a key");
    let (other, _) = Key::generate(&keys.path().join("other")).expect("a key");
    let folder = sealed();
    sign(folder.path(), &other).expect("signs");
    assert!(
        matches!(check(folder.path(), &by_key(&trusted)), Signed::Broken(why) if why.contains("not by the key"))
    );
    fs::remove_file(folder.path().join(SIGNATURE)).expect("removes");
    assert!(
        matches!(check(folder.path(), &by_key(&trusted)), Signed::Broken(why) if why.contains("no signature"))
    );
    assert!(
        matches!(check(folder.path(), &Trusted::default()), Signed::Broken(_)),
        "half a signature is none"
    );
}

#[test]
fn keys_are_private_never_overwritten_and_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("key.pem");
    let (key, public) = Key::generate(&path).expect("a key");
    assert_eq!(Key::read(&path).expect("reads").fingerprint(), key.fingerprint());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).expect("is there").permissions().mode() & 0o777, 0o600);
    }
    assert!(matches!(Key::generate(&path), Err(KeyError::Exists { .. })));
    let wrong = Key::read(&public).expect_err("a public key signs nothing").to_string();
    assert!(wrong.contains("no private ed25519 key") && wrong.contains("candor keygen"), "{wrong}");
    assert!(Key::read(&folder.path().join("none")).is_err());
}

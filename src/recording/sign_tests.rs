use super::*;
use crate::recording::seal;

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
    assert_eq!(check(folder.path(), None).expect("no key to read"), Signed::Not);
    sign(folder.path(), &key).expect("signs");
    let by = |trusted| Signed::By { key: key.fingerprint(), trusted };
    assert_eq!(check(folder.path(), None).expect("checks"), by(false));
    assert_eq!(check(folder.path(), Some(&public)).expect("checks"), by(true));
    assert_eq!(
        seal::broken(folder.path()).expect("verifies"),
        Some(Vec::new()),
        "the signature is no added file"
    );
    for name in [SEAL, SIGNATURE, SIGNER] {
        let path = folder.path().join(name);
        let whole = fs::read(&path).expect("reads");
        // Inside the public key's text a change may fall on a line end that PEM does not mind.
        let places: Vec<usize> = if name == SIGNER { vec![40, 60, 80] } else { (0..whole.len()).collect() };
        for at in places {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&path, &bytes).expect("writes");
            let found = check(folder.path(), Some(&public)).expect("checks");
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
        matches!(check(folder.path(), Some(&trusted)), Ok(Signed::Broken(why)) if why.contains("not by the key"))
    );
    fs::remove_file(folder.path().join(SIGNATURE)).expect("removes");
    assert!(
        matches!(check(folder.path(), Some(&trusted)), Ok(Signed::Broken(why)) if why.contains("no signature"))
    );
    assert!(matches!(check(folder.path(), None), Ok(Signed::Broken(_))), "half a signature is none");
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

use super::*;
use crate::recording::entries::Attested;
use crate::recording::seal::{SEAL, seal};
use crate::recording::sign::{Signed, sign};
use crate::recording::verify::{tests::recorded, verify, verify_by};
use crate::verdict::Verdict;

/// Adds a statement with these files to a recording.
fn attest(recording: &Path, files: &[PathBuf], key: Option<&Key>) -> Result<u64, SealError> {
    add(recording, files, key, &|added| {
        Event::Attested(Box::new(Attested {
            item: "5.2".parse().expect("an item"),
            verdict: Verdict::Conforms,
            note: "seen </script>".to_owned(),
            by: "李伟".to_owned(),
            tool: added.tool,
            files: added.files,
            key: added.key,
            seal: added.seal,
        }))
    })
}

#[test]
fn a_statement_is_added_and_nothing_before_it_is_touched() {
    let (folder, first_public) = recorded(true);
    let recording = folder.path().join("recording");
    let before = fs::read(recording.join(TIMELINE)).expect("reads");
    let sealed = fs::read(recording.join(SEAL)).expect("reads");
    let file = folder.path().join("../..").join(folder.path()).join("合同 (1)$(rm).p df");
    fs::write(&file, "signed").expect("writes");
    let (key, public) = Key::generate(&folder.path().join("other.pem")).expect("a key");
    assert_eq!(attest(&recording, std::slice::from_ref(&file), Some(&key)).expect("adds"), 7);
    fs::write(recording.join("findings.json"), "{\"attested\": 1}\n").expect("the findings are written anew");
    seal(&recording).expect("seals");
    sign(&recording, &key).expect("signs");
    let after = fs::read(recording.join(TIMELINE)).expect("reads");
    assert!(after.starts_with(&before) && after.len() > before.len());
    assert_eq!(fs::read(recording.join("seals/0001.json")).expect("reads"), sealed);
    assert_eq!(fs::read(recording.join("seals/0001.findings.json")).expect("reads"), b"{}\n");
    assert_eq!(fs::read(recording.join("attested/0001-01-合同--1---rm.p-df")).expect("reads"), b"signed");
    let verified = verify_by(&recording, std::slice::from_ref(&public)).expect("looks");
    assert_eq!(verified.differences, []);
    assert_eq!((verified.attested.len(), verified.attested[0].by.as_str()), (1, "李伟"));
    assert!(matches!(verified.attested[0].former, Signed::By { .. }), "the signature before still stands");
    let first: Vec<PathBuf> = first_public.into_iter().collect();
    assert_ne!(
        verify_by(&recording, &first).expect("looks").differences,
        [],
        "the new seal is by another key"
    );
    assert_eq!(attest(&recording, &[], None).expect("adds"), 8);
    seal(&recording).expect("seals");
    let verified = verify(&recording).expect("looks");
    assert_eq!((verified.differences.len(), verified.attested.len()), (0, 2), "{verified:?}");
    fs::write(recording.join("seals/0001.json"), "{}").expect("writes");
    assert_ne!(verify(&recording).expect("looks").differences, []);
}

#[test]
fn a_statement_whose_file_cannot_be_copied_leaves_the_recording_as_it_was() {
    let (folder, _) = recorded(false);
    let recording = folder.path().join("recording");
    let missing = [folder.path().join("missing.pdf")];
    assert!(attest(&recording, &missing, None).is_err());
    assert_eq!(verify(&recording).expect("looks").differences, []);
}

#[test]
fn names_of_handed_in_files_become_harmless() {
    for (name, expected) in [
        ("../../etc/passwd", "passwd"),
        ("a\u{202e}b.pdf", "a-b.pdf"),
        ("x\n;y.p/..", "file"),
        ("...", "file"),
        ("Contract v1.2.pdf", "Contract-v1-2.pdf"),
    ] {
        assert_eq!(safe(Path::new(name)), expected, "{name:?}");
    }
    assert!(safe(Path::new(&"长".repeat(1_000_000))).len() < 200);
}

use jiff::civil::date;

use super::*;

fn error(text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("requests.yaml");
    std::fs::write(&path, text).expect("writes");
    let why = read(&path, date(2026, 11, 27)).expect_err("it is wrong").to_string();
    why.replace(&folder.path().display().to_string(), "")
}

#[test]
fn a_file_of_requests_is_read_with_its_days_and_what_proves_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("requests.yaml");
    std::fs::write(folder.path().join("sent.eml"), "x").expect("writes");
    let text = "requests:\n  - what: deletion\n    channel: mail\n    sent: 2026-11-26\n    note: delete it\n    proof: [sent.eml]\n    promise: 7个工作日\n";
    std::fs::write(&path, text).expect("writes");
    let read = read(&path, date(2026, 11, 27)).expect("reads");
    assert_eq!(read.len(), 1);
    assert_eq!((read[0].sent, read[0].proof.len()), (date(2026, 11, 26), 1));
}

#[test]
fn mistakes_are_told_with_their_place() {
    let one = |lines: &str| format!("requests:\n  - what: deletion\n    channel: mail\n{lines}");
    for (text, expected) in [
        (one("    sent: 2026-11-28\n    note: x\n"), ":4:11: 2026-11-28 is in the future"),
        (one("    sent: tomorrow\n    note: x\n"), ":4:11: `tomorrow` is no day"),
        (one("    sent: 2026-02-30\n    note: x\n"), ":4:11: `2026-02-30` is no day"),
        (one("    sent: 2026-11-01\n    note: ' '\n"), ":5:11: `note` is empty"),
        (one("    sent: 2026-11-01\n    note: x\n    proof: [gone.eml]\n"), ":6:13: there is no file"),
        ("requests:\n  - what: delition\n".to_owned(), "unknown variant `delition`"),
        ("request: []\n".to_owned(), "unknown field `request`"),
        (String::new(), "requests.yaml"),
    ] {
        let why = error(&text);
        assert!(why.contains(expected), "{expected}: {why}");
    }
}

use std::path::Path;

use super::*;
use crate::recording::entries::{MainReached, ProbeStarted, RunEnded};
use crate::recording::seal::seal;
use crate::recording::sign::{Key, sign};
use crate::recording::{Event, FORMAT, Read, Recorder, RunStarted};
use crate::screen::Screen;
use crate::world::Observation;

/// A recording of six entries with pictures of a kind, reports and a signed seal; and the public key.
pub(in crate::recording) fn recorded(signed: bool) -> (tempfile::TempDir, Option<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    let recording = folder.path().join("recording");
    let mut recorder = Recorder::create(&recording, Default::default()).expect("creates");
    let file = recorder.text("scenario.yaml", "app: {}\n").expect("writes");
    let start = RunStarted {
        format: FORMAT,
        tool: "candor test".into(),
        scenario_sha256: file.sha256.clone(),
        scenario_file: Some(file),
        ..RunStarted::default()
    };
    recorder.append(Event::RunStarted(start)).expect("appends");
    for title in ["首页", "我的"] {
        let screen = Screen { title: title.into(), ..Screen::default() };
        let picture = Some(format!("picture of {title}").into_bytes());
        recorder.see(&Observation { screen, picture, accesses: Vec::new() }, Read::default()).expect("sees");
    }
    recorder.append(Event::ProbeStarted(ProbeStarted { probe: "first_run".into() })).expect("appends");
    recorder.append(Event::MainReached(MainReached { screen: 2 })).expect("appends");
    recorder.append(Event::RunEnded(RunEnded { whole: true })).expect("appends");
    for (name, text) in [("findings.json", "{}\n"), ("report.html", "<p>\n"), ("junit.xml", "<a/>\n")] {
        fs::write(recording.join(name), text).expect("writes");
    }
    seal(&recording).expect("seals");
    let public = signed.then(|| {
        let (key, public) = Key::generate(&folder.path().join("key.pem")).expect("a key");
        sign(&recording, &key).expect("signs");
        public
    });
    (folder, public)
}

fn places(folder: &Path) -> Vec<String> {
    verify(folder).expect("looks").differences.into_iter().map(|difference| difference.place).collect()
}

/// What verifying says of the timeline's lines once they were changed.
fn said_of(change: impl FnOnce(&mut Vec<String>)) -> Vec<(String, String)> {
    let (folder, _) = recorded(false);
    let path = folder.path().join("recording/timeline.jsonl");
    let text = fs::read_to_string(&path).expect("reads");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    change(&mut lines);
    fs::write(&path, lines.join("\n") + "\n").expect("writes");
    let found = verify(&folder.path().join("recording")).expect("looks").differences;
    found.into_iter().map(|d| (d.place.replace("timeline.jsonl line ", ""), d.what)).collect()
}

#[test]
fn the_story_of_the_timeline_is_told_line_by_line() {
    let only = |found: Vec<(String, String)>, line: &str, word: &str| {
        assert!(
            found.len() == 1 && found[0].0 == line && found[0].1.contains(word),
            "{line} {word}: {found:?}"
        );
    };
    only(
        said_of(|lines| lines[2] = lines[2].replace("首页", "广告").replace("我的", "广告")),
        "3",
        "entry 3 was changed",
    );
    only(
        said_of(|lines| lines[0] = lines[0].replace("candor test", "candor tost")),
        "1",
        "entry 1 was changed",
    );
    only(said_of(|lines| lines[5] = lines[5].replace("true", "false")), "6", "entry 6 was changed");
    only(said_of(|lines| drop(lines.remove(3))), "4", "entry 4 before it was removed");
    only(said_of(|lines| drop(lines.drain(2..4))), "3", "entries 3 to 4 before it were removed");
    only(said_of(|lines| lines.truncate(4)), "4", "entries up to 6 were sealed");
    only(said_of(|lines| lines.insert(4, lines[1].clone())), "5", "repeats entry 2");
    only(said_of(|lines| lines.insert(2, String::new())), "3", "is empty");
    only(said_of(|lines| lines[3].truncate(30)), "4", "cannot be read");
    only(said_of(|lines| lines.insert(4, lines[3].replace("first_run", "find_policy"))), "5", "was added");
    only(
        said_of(|lines| lines.push(lines[5].replace("\"seq\":6", "\"seq\":7"))),
        "7",
        "6 entries were sealed",
    );
    let moved = said_of(|lines| lines.swap(2, 3));
    assert!(moved.iter().any(|(_, what)| what.contains("moved") || what.contains("reordered")), "{moved:?}");
    assert!(!said_of(|lines| lines.swap(0, 1)).is_empty());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn any_byte_changed_added_or_removed_anywhere_is_told_with_its_file(
        which in 0usize..12, at in 0.0f64..1.0, how in 0u8..3, byte in 0u8..255,
    ) {
        thread_local!(static RECORDED: (tempfile::TempDir, Option<PathBuf>) = recorded(true));
        RECORDED.with(|(folder, public)| {
            let recording = folder.path().join("recording");
            let names = [
                "timeline.jsonl", "seal.json", "seal.sig", "seal.pub", "findings.json", "report.html", "junit.xml",
                "scenario.yaml", "screens/0001.json", "screens/0001.png", "screens/0002.json", "screens/0002.png",
            ];
            let name = names[which];
            let path = recording.join(name);
            let whole = fs::read(&path).expect("reads");
            let at = (at * whole.len() as f64) as usize;
            let mut bytes = whole.clone();
            match how {
                0 => bytes[at] ^= byte.max(1),
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
            fs::write(&path, &bytes).expect("writes");
            let keys: Vec<PathBuf> = public.iter().cloned().collect();
            let found = verify_by(&recording, &keys).expect("looks").differences;
            fs::write(&path, &whole).expect("writes");
            // The key and the signature stand and fall together.
            let told = |place: &str| place.starts_with(name) || (name.starts_with("seal.") && place.starts_with("seal."));
            assert!(found.iter().any(|difference| told(&difference.place)), "{name} {at} {how} {byte}: {found:?}");
        });
    }
}

#[test]
fn a_whole_recording_has_no_differences() {
    let (folder, public) = recorded(true);
    let keys: Vec<PathBuf> = public.into_iter().collect();
    let verified = verify_by(&folder.path().join("recording"), &keys).expect("looks");
    assert_eq!(verified.differences, []);
    assert!(verified.sealed && !verified.incomplete && !verified.torn && verified.uncovered.is_empty());
    assert!(matches!(verified.signed, Signed::By { trusted: true, .. }));
}

#[test]
fn removed_and_added_files_and_links_are_named() {
    let (folder, _) = recorded(true);
    let recording = folder.path().join("recording");
    for name in [
        "timeline.jsonl",
        "scenario.yaml",
        "screens/0002.png",
        "junit.xml",
        "seal.json",
        "seal.sig",
        "seal.pub",
    ] {
        let away = folder.path().join("away");
        fs::rename(recording.join(name), &away).expect("moves");
        let found = places(&recording);
        let stem = name.split('.').next().expect("a stem");
        assert!(found.iter().any(|place| place.starts_with(stem)), "{name}: {found:?}");
        fs::rename(&away, recording.join(name)).expect("moves back");
    }
    assert_eq!(places(&recording), Vec::<String>::new());
    for name in [&["seal.sig", "seal.pub"][..], &["seal.json", "seal.sig", "seal.pub"][..]] {
        let kept: Vec<_> =
            name.iter().map(|name| (name, fs::read(recording.join(name)).expect("reads"))).collect();
        name.iter().for_each(|name| fs::remove_file(recording.join(name)).expect("removes"));
        assert_ne!(places(&recording), Vec::<String>::new(), "{name:?}");
        kept.iter().for_each(|(name, bytes)| fs::write(recording.join(name), bytes).expect("writes"));
    }
    fs::write(recording.join("screens/more.png"), "").expect("writes");
    std::os::unix::fs::symlink("/", recording.join("root")).expect("links");
    assert_eq!(places(&recording), ["root", "screens/more.png"]);
}

#[test]
fn a_resealed_change_is_only_told_where_the_seal_was_signed() {
    for signed in [false, true] {
        let (folder, public) = recorded(signed);
        let recording = folder.path().join("recording");
        fs::write(recording.join("findings.json"), "{\"changed\": true}\n").expect("writes");
        assert_eq!(places(&recording), ["findings.json"]);
        // Anyone can compute an unsigned seal again: this is what a signature is for.
        seal(&recording).expect("seals");
        assert_eq!(places(&recording), Vec::<String>::new());
        if let Some(public) = public {
            let found = verify_by(&recording, &[public]).expect("looks").differences;
            assert_eq!(found[0].place, "seal.sig");
        }
    }
}

#[test]
fn a_killed_run_verifies_as_far_as_it_goes_and_says_so() {
    let (folder, _) = recorded(false);
    let recording = folder.path().join("recording");
    let path = recording.join("timeline.jsonl");
    fs::remove_file(recording.join("seal.json")).expect("removes");
    let whole = fs::read(&path).expect("reads");
    let last = whole[..whole.len() - 1].iter().rposition(|&byte| byte == b'\n').expect("lines") + 1;
    for cut in [last, last + 1, last + 40, whole.len() - 2] {
        fs::write(&path, &whole[..cut]).expect("writes");
        let verified = verify(&recording).expect("looks");
        assert_eq!(verified.differences, [], "{cut}");
        assert!(verified.incomplete && !verified.sealed && verified.torn == (cut > last), "{cut}");
        assert_eq!(verified.uncovered, ["findings.json", "junit.xml", "report.html"]);
        let read = crate::recording::Recording::open(&recording).expect("opens");
        assert!(read.incomplete && read.entries.len() == verified.entries);
    }
}

#[test]
fn a_newer_form_is_checked_by_chain_and_seal_alone() {
    let found =
        said_of(|lines| lines[0] = lines[0].replace(&format!("\"format\":{FORMAT}"), "\"format\":99"));
    assert_eq!(found[0].1, "entry 1 was changed");
}

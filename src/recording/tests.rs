use super::mask::Masks;
use super::*;
use crate::screen::Screen;
use crate::world::Observation;

fn start() -> Event {
    Event::RunStarted(RunStarted {
        format: FORMAT,
        tool: "candor test".into(),
        scenario: "s.yaml".into(),
        scenario_sha256: sha256(b""),
        app: "shop".into(),
        platform: "web".into(),
        target: "http://127.0.0.1/".into(),
        thresholds: Default::default(),
        items: Vec::new(),
        probes: vec!["first_run".into()],
        ..RunStarted::default()
    })
}

/// A small recording in a new folder.
fn recorded(masks: Masks) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut recorder = Recorder::create(folder.path(), masks).expect("creates");
    recorder.append(start()).expect("appends");
    let observation = Observation {
        screen: Screen { title: "我的 13800138000".into(), ..Screen::default() },
        picture: None,
        accesses: Vec::new(),
    };
    recorder.see(&observation, Read::default()).expect("sees");
    recorder.see(&observation, Read::default()).expect("sees again");
    recorder.append(Event::RunEnded(RunEnded { whole: true })).expect("appends");
    folder
}

#[test]
fn what_was_written_is_read_and_verified() {
    let folder = recorded(Masks::default());
    let recording = Recording::open(folder.path()).expect("opens");
    assert_eq!(recording.entries.len(), 4);
    assert!(!recording.incomplete);
    let Event::ScreenSeen(again) = &recording.entries[2].event else { panic!("a screen") };
    assert!(again.again && again.screen == 1, "the same screen is stored once");
    assert_eq!(Recording::verify(folder.path()).expect("verifies"), []);
}

#[test]
fn any_changed_byte_is_told() {
    let folder = recorded(Masks::default());
    let path = folder.path().join(TIMELINE);
    let whole = std::fs::read(&path).expect("reads");
    for at in (0..whole.len()).step_by(7).filter(|&at| whole[at] != b'\n') {
        // The last line has no line after it that names its hash: sealing is what covers it.
        let last = whole[..whole.len() - 1].iter().rposition(|&b| b == b'\n').unwrap_or(0);
        if at > last {
            break;
        }
        let mut changed = whole.clone();
        changed[at] ^= 1;
        std::fs::write(&path, &changed).expect("writes");
        assert_ne!(Recording::verify(folder.path()).expect("verifies"), [], "byte {at}");
    }
    std::fs::write(&path, &whole).expect("writes");
    std::fs::write(folder.path().join("screens/0001.json"), "{}").expect("writes");
    let differences = Recording::verify(folder.path()).expect("verifies");
    assert_eq!(differences[0].place, "screens/0001.json");
}

#[test]
fn a_torn_last_line_leaves_the_rest_readable() {
    let folder = recorded(Masks::default());
    let path = folder.path().join(TIMELINE);
    let whole = std::fs::read(&path).expect("reads");
    std::fs::write(&path, &whole[..whole.len() - 9]).expect("writes");
    let recording = Recording::open(folder.path()).expect("opens");
    assert_eq!(recording.entries.len(), 3);
    assert!(recording.incomplete);
}

#[test]
fn masked_values_never_reach_the_folder() {
    let mut masks = Masks::default();
    masks.hide("persona.phone", "13800138000");
    let folder = recorded(masks);
    for file in ["timeline.jsonl", "screens/0001.json"] {
        let text = std::fs::read_to_string(folder.path().join(file)).expect("reads");
        assert!(!text.contains("13800138000"), "{file}: {text}");
        assert!(text.contains("‹persona.phone›"), "{file}");
    }
}

#[test]
fn a_newer_form_says_so_and_a_file_outside_is_not_opened() {
    let line = r#"{"seq":1,"time":"2026-01-01T00:00:00Z","prev":"","event":"sung","format":99}"#;
    let error =
        Recording::parse(line.as_bytes(), "t", std::path::Path::new(".")).err().map(|e| e.to_string());
    assert!(error.as_deref().is_some_and(|e| e.contains("run_started")), "{error:?}");
    let whole = format!("{line}\n");
    let error =
        Recording::parse(whole.as_bytes(), "t", std::path::Path::new(".")).err().map(|e| e.to_string());
    assert!(error.as_deref().is_some_and(|e| e.contains("form 99")), "{error:?}");
}

const OLD: &[u8] = include_bytes!("../../tests/recordings/preticked/timeline.jsonl");

proptest::proptest! {
    #[test]
    fn no_timeline_makes_the_reader_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        read_anything(&bytes);
    }

    /// A real timeline whose bytes were cut, moved and changed: nearer to what the reader is made for.
    #[test]
    fn no_spoiled_timeline_does_either(
        spoils in proptest::collection::vec((0.0f64..1.0, 0.0f64..1.0, 0u8..5, proptest::prelude::any::<u8>()), 1..6),
    ) {
        let mut bytes = OLD[..OLD.len().min(12_000)].to_vec();
        for (at, length, how, byte) in spoils {
            let at = (at * bytes.len() as f64) as usize;
            let to = (at + (length * 300.0) as usize).min(bytes.len());
            match how {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => drop(bytes.drain(at..to)),
                2 => bytes.insert(at, byte),
                3 => { let piece = bytes[at..to].to_vec(); bytes.splice(at..at, piece); }
                _ => bytes.insert(at, b'\n'),
            }
        }
        read_anything(&bytes);
    }
}

#[test]
fn a_seal_covers_every_byte_of_every_file() {
    let folder = recorded(Masks::default());
    std::fs::write(folder.path().join("findings.json"), "{}").expect("writes");
    seal::seal(folder.path()).expect("seals");
    assert_eq!(verify::find_differences(folder.path()).expect("verifies"), Some(Vec::new()));
    for name in [TIMELINE, "findings.json", "screens/0001.json"] {
        let path = folder.path().join(name);
        let whole = std::fs::read(&path).expect("reads");
        for at in (0..whole.len()).step_by(5).chain([whole.len() - 1]) {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).expect("writes");
            let broken = verify::find_differences(folder.path()).expect("verifies").expect("a seal");
            assert!(broken.iter().any(|difference| difference.place.starts_with(name)), "{name} byte {at}");
        }
        std::fs::write(&path, &whole).expect("writes");
    }
    std::fs::write(folder.path().join("more.txt"), "").expect("writes");
    std::fs::remove_file(folder.path().join("findings.json")).expect("removes");
    let broken = verify::find_differences(folder.path()).expect("verifies").expect("a seal");
    let places: Vec<_> = broken.iter().map(|difference| difference.place.as_str()).collect();
    assert_eq!(places, ["findings.json", "more.txt"]);
}

#[test]
fn a_recording_without_a_seal_says_so() {
    let folder = recorded(Masks::default());
    assert_eq!(verify::find_differences(folder.path()).expect("verifies"), None);
}

#[test]
fn an_app_that_nobody_named_is_called_as_its_pages_are_titled() {
    let old = std::str::from_utf8(OLD).expect("text");
    let app = |timeline: &str| {
        let place = std::path::Path::new(".");
        Recording::parse(timeline.as_bytes(), "t", place).expect("reads").app()
    };
    let named = app(old);
    let named_by = |titles: &[&str]| {
        let unnamed = "\"app\":\"127.0.0.1\",\"unnamed\":true";
        let host = old.replacen(&format!("\"app\":\"{named}\""), unnamed, 1);
        let titled = regex::Regex::new("\"title\":\"[^\"]*\"").expect("a pattern");
        let mut titles = titles.iter().cycle();
        let next = |_: &regex::Captures<'_>| format!("\"title\":\"{}\"", titles.next().expect("endless"));
        app(&titled.replace_all(&host, next))
    };
    assert_eq!(named_by(&["首页 - 小店", "分类 - 小店", "我的 - 小店"]), "小店");
    assert_eq!(named_by(&["小店 | 首页"]), "小店", "of parts that are as common the first counts");
    assert_eq!(named_by(&[" "]), "127.0.0.1", "no title, no name");
    assert_eq!(named_by(&[&"长".repeat(300)]).chars().count(), 40);
}

//! Small recordings made up for tests of rules.

use crate::language::reading::Reading;
use crate::recording::entries::RequestSent;
use crate::recording::{Entry, Event, FileRef, Recording, RunStarted, ScreenSeen};
use crate::screen::{Element, Rect, Role, Screen, Tappable};
use crate::traffic::{Found, How, Place};

/// A folder with a recording of these events, a second apart, and with these trees by the number of their screen. A request
/// without a time was made when its entry was written.
pub fn record(events: Vec<Event>, trees: &[(u32, Screen)]) -> (tempfile::TempDir, Recording) {
    record_run(RunStarted::default(), events, trees)
}

/// As [`record`], of a run that was started so.
pub fn record_run(
    start: RunStarted,
    events: Vec<Event>,
    trees: &[(u32, Screen)],
) -> (tempfile::TempDir, Recording) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("screens")).expect("a folder");
    for (number, tree) in trees {
        let text = serde_json::to_string(tree).expect("JSON");
        std::fs::write(folder.path().join(format!("screens/{number:04}.json")), text).expect("writes");
    }
    let start = Event::RunStarted(RunStarted { format: 5, tool: "candor".to_owned(), ..start });
    let lines = std::iter::once(start).chain(events).enumerate().map(|(at, event)| {
        let time = jiff::Timestamp::from_second(1_790_000_000 + at as i64).expect("a time");
        let event = match event {
            Event::RequestSent(sent) if sent.at == jiff::Timestamp::UNIX_EPOCH => {
                Event::RequestSent(Box::new(RequestSent { at: time, ..*sent }))
            }
            event => event,
        };
        let entry = Entry { seq: at as u64 + 1, time, prev: "0".repeat(64), event };
        serde_json::to_string(&entry).expect("JSON") + "\n"
    });
    let text: String = lines.collect();
    let recording = Recording::parse(text.as_bytes(), "timeline.jsonl", folder.path()).expect("reads");
    (folder, recording)
}

/// A request to a host that carries these.
pub fn sent(host: &str, found: Vec<Found>) -> Event {
    Event::RequestSent(Box::new(RequestSent {
        host: host.to_owned(),
        method: "POST".to_owned(),
        address: format!("https://{host}/collect"),
        found,
        ..RequestSent::default()
    }))
}

/// Something that a body holds, of this kind, written so; definite as its kind is.
pub fn found(kind: &str, how: Vec<How>) -> Found {
    let known = crate::traffic::kind(kind);
    Found {
        kind: kind.to_owned(),
        value: matches!(kind, "phone" | "name" | "location").then(|| kind.to_owned()),
        place: Place::Body,
        field: String::new(),
        how,
        definite: known.is_definite(),
    }
}

/// A sighting of a screen that the run read as `reading`.
pub fn sighting(screen: u32, reading: Reading, settled: bool) -> Event {
    Event::ScreenSeen(Box::new(ScreenSeen {
        screen,
        picture: None,
        tree: FileRef { file: format!("screens/{screen:04}.json"), sha256: String::new() },
        address: String::new(),
        title: String::new(),
        again: false,
        settled,
        characters: 40,
        height: 800.0,
        reading,
        ticks: vec![],
        contrasts: vec![],
    }))
}

/// A screen with a button for each of these labels.
pub fn buttons(labels: &[&str]) -> Screen {
    let mut screen = Screen { width: 400.0, height: 800.0, density: 1.0, settled: true, ..Screen::default() };
    for (at, label) in labels.iter().enumerate() {
        let rect = Rect::new(0.0, 50.0 * at as f32, 200.0, 40.0);
        let mut button = Element::new(Role::Button, "button", rect);
        button.text = (*label).to_owned();
        (button.tappable, button.tap_at) = (Some(Tappable::Native), Some(rect.center()));
        screen.elements.push(button);
    }
    screen
}

/// A screen with a field for each of these names and a button for each of these labels.
pub fn form(fields: &[&str], labels: &[&str]) -> Screen {
    let mut screen = buttons(labels);
    for element in &mut screen.elements {
        element.rect.y += 400.0;
        element.tap_at = Some(element.rect.center());
    }
    for (at, name) in fields.iter().enumerate() {
        let rect = Rect::new(0.0, 40.0 + 50.0 * at as f32, 300.0, 40.0);
        let mut field = Element::new(Role::TextField, "input", rect);
        field.name = (*name).to_owned();
        (field.tappable, field.tap_at) = (Some(Tappable::Native), Some(rect.center()));
        screen.elements.push(field);
    }
    screen
}

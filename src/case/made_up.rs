//! Small recordings made up for tests of rules.

use crate::language::reading::Reading;
use crate::recording::{Entry, Event, FileRef, Recording, RunStarted, ScreenSeen};
use crate::screen::{Element, Rect, Role, Screen, Tappable};

/// A folder with a recording of these events, a second apart, and with these trees by the number of their screen.
pub fn record(events: Vec<Event>, trees: &[(u32, Screen)]) -> (tempfile::TempDir, Recording) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("screens")).expect("a folder");
    for (number, tree) in trees {
        let text = serde_json::to_string(tree).expect("JSON");
        std::fs::write(folder.path().join(format!("screens/{number:04}.json")), text).expect("writes");
    }
    let start =
        Event::RunStarted(RunStarted { format: 5, tool: "candor".to_owned(), ..RunStarted::default() });
    let lines = std::iter::once(start).chain(events).enumerate().map(|(at, event)| {
        let time = jiff::Timestamp::from_second(1_790_000_000 + at as i64).expect("a time");
        let entry = Entry { seq: at as u64 + 1, time, prev: "0".repeat(64), event };
        serde_json::to_string(&entry).expect("JSON") + "\n"
    });
    let text: String = lines.collect();
    let recording = Recording::parse(text.as_bytes(), "timeline.jsonl", folder.path()).expect("reads");
    (folder, recording)
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

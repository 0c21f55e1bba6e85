//! A kept recording as a graph: which screen came of which operation on which screen.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::Duration;

use candor::recording::{Event, Recording};
use candor::screen::Screen;
use candor::screen::operation::Operation;
use candor::world::Start;
use candor::world::access::{Access, Watch};

/// What came of something, as it was recorded.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub screen: u32,
    /// How long after the operation, or after the screen before, it was seen.
    pub after: Duration,
    pub accesses: Vec<Access>,
}

/// What was done on a screen: the same operation again leads where it led.
pub type Doing = (u32, String);

/// The recorded app.
#[derive(Debug, Default)]
pub struct Graph {
    pub screens: BTreeMap<u32, Screen>,
    /// What each start showed first, in the order of the starts.
    pub starts: Vec<(Start, Outcome)>,
    /// What came of each operation, in the order of the recording.
    pub led_to: HashMap<Doing, Vec<Outcome>>,
    /// What a screen turned into by itself.
    pub turned: HashMap<u32, Outcome>,
    pub watch: Watch,
    /// Permissions that the run set.
    pub permissions: Vec<String>,
}

/// Names an operation: its kind, its label and its place.
pub fn name_operation(operation: &Operation) -> String {
    match operation {
        Operation::Tap { x, y, label } => format!("tap {label} {x:.0} {y:.0}"),
        Operation::Type { x, y, label, .. } => format!("type {label} {x:.0} {y:.0}"),
        Operation::Swipe { direction, .. } => format!("swipe {direction:?}"),
        other => format!("{other:?}"),
    }
}

impl Graph {
    /// Reads a recording's folder.
    pub fn read(folder: &Path) -> Graph {
        let recording = Recording::open(folder).expect("a recording");
        let mut graph = Graph::default();
        let mut seen: Vec<(Cause, Outcome)> = Vec::new();
        let mut cause = Cause::Nothing;
        let mut since = recording.entries[0].time;
        let mut accesses: Vec<Access> = Vec::new();
        for entry in &recording.entries {
            let next = match &entry.event {
                Event::AppStarted(started) => Some(Cause::Start(started.how)),
                Event::OperationDone(done) => {
                    Some(Cause::Operation((done.screen, name_operation(&done.operation))))
                }
                _ => None,
            };
            if let Some(next) = next {
                // What was called before the person's hand came of what was done before.
                if let Some((_, last)) = seen.last_mut() {
                    last.accesses.append(&mut accesses);
                }
                (cause, since) = (next, entry.time);
            }
            match &entry.event {
                Event::Accessed(accessed) => accesses.push(accessed.access.clone()),
                Event::Watching(watch) => graph.watch = watch.clone(),
                Event::PermissionsSet(set) => graph.permissions = set.standings.keys().cloned().collect(),
                Event::ScreenSeen(screen) => {
                    let tree = recording.text(&screen.tree).expect("a tree");
                    let tree = || serde_json::from_str(&tree).expect("a tree");
                    graph.screens.entry(screen.screen).or_insert_with(tree);
                    let after = entry.time.duration_since(since).unsigned_abs();
                    let accesses = std::mem::take(&mut accesses);
                    let outcome = Outcome { screen: screen.screen, after, accesses };
                    seen.push((std::mem::replace(&mut cause, Cause::Nothing), outcome));
                    since = entry.time;
                }
                _ => {}
            }
        }
        let mut here = None;
        for (cause, outcome) in seen {
            let screen = outcome.screen;
            match cause {
                Cause::Start(how) => graph.starts.push((how, outcome)),
                Cause::Operation(doing) => graph.led_to.entry(doing).or_default().push(outcome),
                Cause::Nothing => {
                    if let Some(before) = here.filter(|before| *before != screen) {
                        graph.turned.entry(before).or_insert(outcome);
                    }
                }
            }
            here = Some(screen);
        }
        graph
    }
}

/// What the next screen came of.
enum Cause {
    Nothing,
    Start(Start),
    Operation(Doing),
}

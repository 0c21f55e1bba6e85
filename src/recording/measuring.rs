//! Reads and measures pictures on a thread of its own, so that driving the app never waits for it.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::sight::read::{Known, Sight};
use crate::sight::{self, read};

/// A picture that waits to be measured.
struct Work {
    screen: u32,
    png: Vec<u8>,
    density: f32,
    known: Vec<Known>,
}

/// What came of a picture, or why nothing did.
pub(super) struct Done {
    pub screen: u32,
    pub result: Result<Sight, String>,
}

/// Pictures given to the measuring thread and what came back.
#[derive(Default)]
pub(super) struct Measuring {
    thread: Option<(Sender<Work>, Receiver<Done>)>,
    /// Screens by their picture's SHA-256, in the order they were given: the first one is measured for all.
    given: HashMap<String, Vec<u32>>,
    /// SHA-256 of the pictures by the screen that is measured for them.
    pictures: HashMap<u32, String>,
    waiting: usize,
}

impl std::fmt::Debug for Measuring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Measuring({} waiting)", self.waiting)
    }
}

impl Measuring {
    /// Gives a screen's picture to be measured; one that was given before is not measured again.
    pub fn give(&mut self, screen: u32, sha256: &str, png: &[u8], density: f32, known: Vec<Known>) {
        let screens = self.given.entry(sha256.to_owned()).or_default();
        if screens.contains(&screen) {
            return;
        }
        screens.push(screen);
        if screens.len() > 1 {
            return;
        }
        self.pictures.insert(screen, sha256.to_owned());
        let (work, _) = self.thread.get_or_insert_with(begin);
        // A thread that has ended takes nothing more: `wait` says so of each screen.
        let _ = work.send(Work { screen, png: png.to_vec(), density, known });
        self.waiting += 1;
    }

    /// Pictures that are not measured yet.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Waits for the next picture, with every screen that shows it; `None` when all are done.
    pub fn wait(&mut self) -> Option<(Vec<u32>, Done)> {
        if self.waiting == 0 {
            return None;
        }
        self.waiting -= 1;
        let done = self.thread.as_ref().and_then(|(_, done)| done.recv().ok());
        let done = done.or_else(|| {
            let screen = *self.pictures.keys().min()?;
            Some(Done { screen, result: Err("the thread that measures pictures ended".to_owned()) })
        })?;
        let picture = self.pictures.remove(&done.screen)?;
        let screens = self.given.get(&picture).cloned().unwrap_or_default();
        Some((screens, done))
    }
}

fn begin() -> (Sender<Work>, Receiver<Done>) {
    let (work, given) = channel::<Work>();
    let (finished, done) = channel();
    std::thread::spawn(move || {
        for Work { screen, png, density, known } in given {
            let measured = sight::open(&png).map_err(|e| e.to_string()).and_then(|picture| {
                read::read(&picture, density, &known, sight::threads()).map_err(|e| e.to_string())
            });
            if finished.send(Done { screen, result: measured }).is_err() {
                return;
            }
        }
    });
    (work, done)
}

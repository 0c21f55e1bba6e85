//! Reads and measures pictures on a thread of its own, so that driving the app never waits for it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::recording::mask::Masks;
use crate::sight::line::Sight;
use crate::sight::read::Known;
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

/// What can be read on pictures although it is to be kept out: an app drew it without telling of it, so nothing could be
/// painted over when the picture was written, and by now the timeline rests on the picture's hash.
pub(super) fn find_visible(measured: &[(Vec<u32>, Done)], masks: &Masks) -> Vec<String> {
    let mut shown: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (screens, done) in measured {
        let lines = done.result.iter().flat_map(|sight| &sight.lines);
        // What the tree tells is dealt with by the tree; what was read is there for everyone to read.
        for line in lines.filter(|line| line.read) {
            for name in masks.names_in(&line.text) {
                shown.entry(name).or_default().extend(screens);
            }
        }
    }
    let sentence = |(name, screens): (String, BTreeSet<u32>)| {
        let screens: Vec<String> = screens.iter().map(u32::to_string).collect();
        let s = if screens.len() == 1 { "" } else { "s" };
        format!(
            "{name} can be read on the picture{s} of screen{s} {}: drawn without the tree telling of it, so it was not painted over",
            screens.join(", ")
        )
    };
    shown.into_iter().map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::Rect;
    use crate::sight::line::Line;
    use crate::sight::size::Measured;

    fn line(text: &str, read: bool) -> Line {
        let size = Measured { value: 14.0, low: 14.0, high: 14.0 };
        let (ink, ground) = ([0; 3], [255; 3]);
        let rect = Rect::new(0.0, 0.0, 90.0, 14.0);
        Line {
            rect,
            text: text.into(),
            confidence: 0.9,
            read,
            size,
            rhythm: None,
            contrast: None,
            ink,
            ground,
            spacing: None,
            blur: 0.1,
        }
    }

    fn done(screen: u32, lines: Vec<Line>) -> Done {
        Done {
            screen,
            result: Ok(Sight { width: 100, height: 100, density: 1.0, lines, covered: 0.1, script: None }),
        }
    }

    #[test]
    fn a_value_that_is_read_from_pixels_is_told_once_with_its_screens_and_never_itself() {
        let mut masks = Masks::default();
        masks.hide("persona.phone", "13912345678");
        masks.hide("persona.name", "欧阳小满");
        let measured = [
            (vec![7, 3], done(3, vec![line("手机 139 1234 5678", true), line("欧阳小满", false)])),
            (
                vec![9],
                done(9, vec![line("号码：13912345678", true), line("‹persona.name› 13912345679", true)]),
            ),
            (vec![11], Done { screen: 11, result: Err("no picture".to_owned()) }),
        ];
        let told = find_visible(&measured, &masks);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].starts_with("‹persona.phone› can be read on the pictures of screens 3, 7, 9"),
            "{told:?}"
        );
        assert_eq!(find_visible(&measured, &Masks::none()), Vec::<String>::new());
    }
}

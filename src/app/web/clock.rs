//! The clock of the tab that is driven: how long its pages lived, and what they are owed before the next look.

use std::time::Duration;

use crate::screen::Identity;

/// What an app does late, by its own timers, is seen before the next operation up to here.
pub(super) const AFTER_OPERATION: Duration = Duration::from_millis(2000);
/// A start is looked at early: splash and prompt have to be seen as they come.
pub(super) const AFTER_START: Duration = Duration::from_millis(600);
/// After an operation a page lives so many beats in step with our time; see [`super::giving`].
pub(super) const SHORT: u32 = 2;
/// How many frames a page that moves by itself is watched for after an operation: a second of them ...
const FRAMES: u32 = 60;
/// ... and where it did not come to rest in so many screens in a row, so many: as long as has to be quiet in real time.
const RESTLESS: u32 = 3;
const FEW_FRAMES: u32 = 10;

/// The tab that is driven, and its time.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    /// The driver's handle of the tab.
    pub window: String,
    /// What pages lived, by their own clocks.
    pub lived: Duration,
    /// To be given before the next look, ...
    pub owed: Duration,
    /// ... and in step with our time, in beats.
    pub beats: u32,
    /// Frames that the page may still take to come to rest.
    pub frames: u32,
    /// Screens in a row that were still moving then.
    restless: u32,
    /// What pages asked of other processes, up to the last look.
    pub calls: f64,
    /// What was looked at last.
    pub seen: Option<Identity>,
}

impl Clock {
    /// A clock for a session's first tab, which goes on where the one `before` stood.
    pub fn new(window: &str, before: Option<&Clock>) -> Clock {
        Clock {
            window: window.to_owned(),
            lived: before.map_or(Duration::ZERO, Clock::now),
            owed: AFTER_START,
            beats: SHORT,
            frames: FRAMES,
            restless: 0,
            calls: 0.0,
            seen: None,
        }
    }

    pub fn now(&self) -> Duration {
        self.lived
    }

    /// Goes on with another tab.
    pub fn drive(&mut self, window: &str) {
        window.clone_into(&mut self.window);
    }

    /// Another document has come: it is looked at as after a start.
    pub fn note_document(&mut self) {
        (self.owed, self.beats, self.calls) = (AFTER_START, SHORT, 0.0);
        self.grant_frames();
    }

    /// Owes the page what may follow an operation.
    pub fn note_operation(&mut self) {
        (self.owed, self.beats) = (AFTER_OPERATION, SHORT);
        self.grant_frames();
    }

    fn grant_frames(&mut self) {
        self.frames = if self.restless >= RESTLESS { FEW_FRAMES } else { FRAMES };
    }

    /// The page that was looked at moved by itself to the end, or came to rest.
    pub fn note_rest(&mut self, moves: bool) {
        self.restless = if moves { self.restless + 1 } else { 0 };
    }
}

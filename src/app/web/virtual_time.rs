//! Waiting in the page's own time: see "Virtual time" in docs/architecture.md.

use std::time::{Duration, Instant};

use serde_json::json;

use super::browser::Web;
use super::clock::{AFTER_OPERATION, AFTER_START, SHORT};
use super::devtools::load::Load;
use super::devtools::time::Given;
use super::giving::LONG;
use crate::app::{App as _, AppError};
use crate::screen::Screen;

/// A look without an operation before it, and every further one while the page still changes.
const SLICE: Duration = Duration::from_millis(300);
/// A look in the middle of what moves.
const BETWEEN: Duration = Duration::from_millis(1);
/// A page is settled when it was as it is for so long, ms of its own time (as in real time; ours).
const QUIET: f64 = 160.0;
/// A screen that has not settled by then is taken as it is.
const SETTLE: Duration = Duration::from_secs(6);
/// How often a change is looked for while one is waited for.
const WATCH: Duration = Duration::from_millis(500);
/// After so many frames a page that moves by itself is looked at again.
const FRAMES_AT_ONCE: u32 = 5;
/// Beats after which it is looked whether what a page asked of others was answered; [`LONG`] of them at most.
const ANSWERED: u32 = 3;
/// How long a document is waited for in our time (as in real time).
const ARRIVAL: Duration = Duration::from_secs(30);

impl Web {
    /// Before an operation: where the page had to be given time, makes sure that it still shows what was looked at. What
    /// comes late would be put down to the operation.
    ///
    /// # Errors
    /// [`AppError::Refused`] where it shows something else now.
    pub(super) async fn stand_still(&mut self) -> Result<(), AppError> {
        let before = self.now();
        self.keep_up().await?;
        let seen = self.clock.as_ref().and_then(|clock| clock.seen.clone());
        let Some(seen) = seen.filter(|_| self.now() > before) else { return Ok(()) };
        match self.snapshot().await {
            Err(e) if e.is_fatal() => Err(e),
            Ok(now) if now.identity().same_position(&seen) => Ok(()),
            // A dialog came, or another document: also by itself.
            _ => Err(AppError::Refused {
                command: "operation".to_owned(),
                why: "the app went on by itself before it".to_owned(),
            }),
        }
    }

    /// How far the tab's document has come.
    fn load(&self) -> Load {
        match (&self.clock, &self.side) {
            (Some(clock), Ok(line)) => line.load_of(&clock.window).unwrap_or_default(),
            _ => Load::default(),
        }
    }

    /// Goes to an address, and on until its document has come.
    ///
    /// # Errors
    /// [`AppError::Unreachable`] where none comes.
    pub(super) async fn go_in_virtual_time(&mut self, address: &str) -> Result<(), AppError> {
        let before = self.load().navigations;
        let unreachable =
            |why: &str| AppError::Unreachable { address: address.to_owned(), why: why.to_owned() };
        self.go_at_once(address).await?;
        let (begun, since) = (self.now(), Instant::now());
        loop {
            match self.give_time(Duration::from_millis(50)).await? {
                Given::Dialog => break,
                Given::Gone => tokio::time::sleep(Duration::from_millis(100)).await,
                _ => {}
            }
            let load = self.load();
            let come = load.navigations > before;
            let long = self.now().saturating_sub(begun) >= SETTLE;
            if come && (load.ready || long) {
                break;
            }
            if since.elapsed() >= ARRIVAL {
                return Err(unreachable("no document came within 30 s"));
            }
            if !self.side.as_ref().is_ok_and(|line| line.is_open()) {
                return Err(AppError::Gone("the DevTools line has ended".to_owned()));
            }
            if long {
                // Only the server is waited for.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        if let Some(clock) = &mut self.clock {
            clock.note_document();
        }
        if self.load().failed { Err(unreachable("the browser could not load it")) } else { Ok(()) }
    }

    /// What the server answered to the tab's document, where that was an error.
    pub(super) fn status_in_virtual_time(&self) -> Option<u64> {
        Some(self.load().status).filter(|status| *status >= 400)
    }

    /// Closes dialogs that stand before the app.
    pub(super) async fn answer_dialogs(&mut self) -> Result<(), AppError> {
        for _ in 0..20 {
            if self.standing_dialog().is_none() {
                break;
            }
            match self.session()?.post("alert/dismiss", json!({})).await {
                Err(e) if e.is_fatal() => return Err(e),
                _ => {}
            }
            self.give_time(Duration::from_millis(10)).await?;
        }
        Ok(())
    }

    fn standing_dialog(&self) -> Option<String> {
        match (&self.clock, &self.side) {
            (Some(clock), Ok(line)) => line.dialog(&clock.window),
            _ => None,
        }
    }

    /// The driver's commands go to the tab that opened last.
    async fn follow_newest(&mut self) -> Result<bool, AppError> {
        let (Some(clock), Ok(line)) = (&self.clock, &self.side) else { return Ok(false) };
        let Some(newest) = line.newest_tab().filter(|newest| *newest != clock.window) else {
            return Ok(false);
        };
        match self.switch_to(&newest).await {
            // It was closed meanwhile.
            Err(e) if !e.is_fatal() => return Ok(false),
            other => other?,
        }
        if let Some(clock) = &mut self.clock {
            clock.drive(&newest);
        }
        Ok(true)
    }

    pub(super) async fn look_in_virtual_time(&mut self) -> Result<Screen, AppError> {
        let (mut owed, mut beats) = match &mut self.clock {
            Some(clock) => (std::mem::replace(&mut clock.owed, SLICE), std::mem::take(&mut clock.beats)),
            None => (SLICE, 0),
        };
        let (begun, since) = (self.now(), Instant::now());
        let (mut moves, mut asks, mut patience) = (false, false, LONG);
        let screen = loop {
            self.follow_newest().await?;
            let documents = self.load().navigations;
            if beats > 0 && self.side.as_ref().is_ok_and(|line| line.works_elsewhere()) {
                beats = LONG;
            }
            let given = self.give_owed(owed, beats > 0).await?;
            let given = self.keep_pace(beats, given).await?;
            patience = patience.saturating_sub(beats);
            if self.follow_newest().await? {
                (owed, beats) = (AFTER_START, SHORT);
                continue;
            }
            if given == Given::Dialog
                && let Some(alert) = self.standing_dialog()
            {
                break self.screen_of_alert(alert);
            }
            let lived = self.now().saturating_sub(begun);
            let over = lived >= SETTLE || since.elapsed() >= ARRIVAL;
            if self.load().navigations != documents && !over {
                if let Some(clock) = &mut self.clock {
                    clock.note_document();
                }
                (owed, beats) = (AFTER_START, SHORT);
                continue;
            }
            owed = SLICE;
            let seen = match self.snapshot_with_rest().await {
                Err(e) if e.is_fatal() || over => return Err(e),
                // The page was left meanwhile, or a dialog opened.
                Err(_) => continue,
                Ok(seen) => seen,
            };
            moves = seen.moves;
            let (mut screen, rest) = (seen.screen, seen.rest);
            let calls =
                self.clock.as_mut().map_or(0.0, |clock| std::mem::replace(&mut clock.calls, seen.calls));
            let calls_more = seen.calls > calls;
            if (calls_more || asks && seen.unanswered > 0.0) && patience > 0 && !over {
                // It works with its storage: what that answers has to have its time.
                beats = ANSWERED.min(patience);
                if asks {
                    owed = BETWEEN;
                }
                asks = true;
                continue;
            }
            if seen.moves && !over && self.take_frames() {
                // It moves something, a step in each frame.
                self.draw_frames(FRAMES_AT_ONCE).await?;
                owed = BETWEEN;
                beats = 0;
                continue;
            }
            let settled = given == Given::Whole && rest.is_none_or(|rest| rest >= QUIET);
            beats = if settled { 0 } else { 1 };
            let empty = screen.elements.iter().all(|element| !element.seen || element.text.is_empty());
            if over || (settled || given == Given::Hurried) && !empty {
                screen.settled = settled;
                break screen;
            }
            if empty && settled && lived >= AFTER_OPERATION {
                break screen;
            }
        };
        if let Some(clock) = &mut self.clock {
            clock.note_rest(moves);
            clock.seen = screen.alert.is_none().then(|| screen.identity());
        }
        self.album.note_tree(&screen);
        Ok(screen)
    }

    /// Takes from the frames that the page may use to come to rest; false where they are used up.
    fn take_frames(&mut self) -> bool {
        let Some(clock) = self.clock.as_mut().filter(|clock| clock.frames > 0) else { return false };
        clock.frames = clock.frames.saturating_sub(FRAMES_AT_ONCE);
        true
    }

    pub(super) async fn changed_in_virtual_time(
        &mut self,
        than: &Screen,
        limit: Duration,
    ) -> Result<Option<Screen>, AppError> {
        let begun = self.now();
        let before = than.identity();
        loop {
            let left = limit.saturating_sub(self.now().saturating_sub(begun));
            if left.is_zero() {
                return Ok(None);
            }
            if let Some(clock) = &mut self.clock {
                (clock.owed, clock.beats) = (left.min(WATCH), 1);
            }
            let now = self.look_in_virtual_time().await?;
            if !now.identity().same_position(&before) {
                return Ok(Some(now));
            }
        }
    }

    /// The screen that a dialog covers: nothing of it can be read.
    pub(super) fn screen_of_alert(&self, alert: String) -> Screen {
        let viewport = self.target.viewport;
        Screen {
            width: viewport.width as f32 * viewport.density,
            height: viewport.height as f32 * viewport.density,
            density: viewport.density,
            settled: true,
            alert: Some(alert),
            ..Screen::default()
        }
    }
}

//! Waiting in the page's own time: see `lab-time` in docs/architecture.md.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;

use super::devtools::time::{Given, Nudge};
use super::{AppError, Web};
use crate::app::App as _;
use crate::screen::Screen;

/// What an app does late, by its own timers, is seen before the next operation up to here.
const AFTER_OPERATION: Duration = Duration::from_millis(2000);
/// A look without an operation before it, and every further one while the page still changes.
const SLICE: Duration = Duration::from_millis(300);
/// A start is looked at early: splash and prompt have to be seen as they come.
const AFTER_START: Duration = Duration::from_millis(600);
/// A page is settled when it was as it is for so long, ms of its own time (as in real time; ours).
const QUIET: f64 = 160.0;
/// A screen that has not settled by then is taken as it is.
const SETTLE: Duration = Duration::from_secs(6);
/// How long a page's requests are waited for in our time; a long poll never ends ...
const REQUESTS: Duration = Duration::from_secs(5);
/// ... and is not waited for at length each time.
const KNOWN_POLL: Duration = Duration::from_millis(400);
/// How far a page's clock is kept before ours. The browser draws no frame for a page whose clock is behind: it takes the
/// frame's time for one still to come, and a touch or a picture waits for it for ever.
const AHEAD: Duration = Duration::from_millis(300);
/// How often a change is looked for while one is waited for.
const WATCH: Duration = Duration::from_millis(500);

/// The tab that is driven, and its time.
#[derive(Debug, Clone)]
pub struct Clock {
    /// The driver's handle of the tab.
    window: String,
    lived: Duration,
    /// Time beyond `lived`, given while the driver gave no answer.
    nudge: Arc<Nudge>,
    /// When the page was opened, by our clock and by its own.
    since: (Instant, Duration),
    /// To be given before the next look.
    owed: Duration,
    /// Budgets in a row in which a request did not end.
    polls: u32,
}

impl Clock {
    /// A clock for a session's first tab, which goes on where the one `before` stood.
    pub fn new(window: &str, nudge: Arc<Nudge>, before: Option<&Clock>) -> Clock {
        let lived = before.map_or(Duration::ZERO, Clock::now);
        Clock {
            window: window.to_owned(),
            lived,
            nudge,
            since: (Instant::now(), lived),
            owed: AFTER_START,
            polls: 0,
        }
    }

    pub fn now(&self) -> Duration {
        self.lived + self.nudge.given()
    }

    /// What the page lacks to be [`AHEAD`] of our clock.
    fn lacks(&self) -> Duration {
        let (opened, then) = self.since;
        (opened.elapsed() + AHEAD).saturating_sub(self.now().saturating_sub(then))
    }

    pub fn note_operation(&mut self) {
        self.owed = AFTER_OPERATION;
    }
}

impl Web {
    /// Gives the tab that is driven a budget.
    pub(super) async fn give_time(&mut self, time: Duration) -> Result<Given, AppError> {
        let (Some(clock), Ok(line)) = (&mut self.clock, &self.side) else {
            tokio::time::sleep(time).await;
            return Ok(Given::Whole);
        };
        if !line.is_open() {
            return Err(AppError::Gone(
                "the DevTools line has ended, and with it the page's time".to_owned(),
            ));
        }
        let limit = if clock.polls >= 2 { KNOWN_POLL } else { REQUESTS };
        let given = line.give(&clock.window, time, limit).await;
        clock.lived += time;
        match given {
            Given::Hurried => clock.polls += 1,
            Given::Whole => clock.polls = 0,
            _ => {}
        }
        Ok(given)
    }

    /// Gives the page what it lacks for frames to be drawn, before a command that needs one.
    pub(super) async fn keep_up(&mut self) -> Result<(), AppError> {
        let lacks = self.clock.as_ref().map_or(Duration::ZERO, Clock::lacks);
        if !lacks.is_zero() {
            self.give_time(lacks).await?;
        }
        Ok(())
    }

    /// Goes on until a page that was asked for has come.
    pub(super) async fn arrive(&mut self, _address: &str) -> Result<(), AppError> {
        let begun = self.now();
        if let Some(clock) = &mut self.clock {
            // It may live in a process of its own, whose clock starts with ours.
            clock.since = (Instant::now(), begun);
        }
        while self.now().saturating_sub(begun) < SETTLE {
            if self.give_time(Duration::from_millis(50)).await? == Given::Dialog {
                return Ok(());
            }
            let script = "return document.readyState !== 'loading'";
            match self.session()?.script(script, json!(null)).await {
                Ok(ready) if ready == true => break,
                Err(e) if e.is_fatal() => return Err(e),
                _ => {}
            }
        }
        if let Some(clock) = &mut self.clock {
            clock.owed = AFTER_START;
        }
        Ok(())
    }

    /// Closes dialogs that stand before the app.
    pub(super) async fn answer_dialogs(&mut self) -> Result<(), AppError> {
        for _ in 0..20 {
            let open = match (&self.clock, &self.side) {
                (Some(clock), Ok(line)) => line.dialog(&clock.window).is_some(),
                _ => false,
            };
            if !open {
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

    /// The driver's commands go to the tab that opened last.
    async fn follow_newest(&mut self) -> Result<bool, AppError> {
        let (Some(clock), Ok(line)) = (&self.clock, &self.side) else { return Ok(false) };
        let Some(newest) = line.newest_tab().filter(|newest| *newest != clock.window) else {
            return Ok(false);
        };
        self.switch_to(&newest).await?;
        if let Some(clock) = &mut self.clock {
            clock.window = newest;
        }
        Ok(true)
    }

    pub(super) async fn look_in_virtual_time(&mut self) -> Result<Screen, AppError> {
        let mut owed = self.clock.as_mut().map_or(SLICE, |clock| std::mem::replace(&mut clock.owed, SLICE));
        let begun = self.now();
        loop {
            self.follow_newest().await?;
            let lacks = self.clock.as_ref().map_or(Duration::ZERO, Clock::lacks);
            let given = self.give_time(owed.max(lacks)).await?;
            if self.follow_newest().await? {
                owed = AFTER_START;
                continue;
            }
            if given == Given::Dialog
                && let (Some(clock), Ok(line)) = (&self.clock, &self.side)
                && let Some(alert) = line.dialog(&clock.window)
            {
                return Ok(self.screen_of_alert(alert));
            }
            let over = self.now().saturating_sub(begun) >= SETTLE;
            owed = SLICE;
            let (mut screen, rest) = match self.snapshot_with_rest().await {
                Err(e) if e.is_fatal() || over => return Err(e),
                // The page was left meanwhile, or a dialog opened.
                Err(_) => continue,
                Ok(seen) => seen,
            };
            let settled = given == Given::Whole && rest.is_none_or(|rest| rest >= QUIET);
            let empty = screen.elements.iter().all(|element| !element.seen || element.text.is_empty());
            if over || given == Given::Stuck || (settled || given == Given::Hurried) && !empty {
                screen.settled = settled;
                return Ok(screen);
            }
            if empty && settled && self.now().saturating_sub(begun) >= AFTER_OPERATION {
                return Ok(screen);
            }
        }
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
                clock.owed = left.min(WATCH);
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

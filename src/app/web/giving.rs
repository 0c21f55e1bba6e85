//! Giving the tab that is driven its time: at once, or in step with ours where others have to answer it.

use std::time::Duration;

use super::browser::Web;
use super::devtools::time::Given;
use crate::app::AppError;

/// How long a page's requests are waited for in our time.
const REQUESTS: Duration = Duration::from_secs(5);
/// Other processes of the browser (storage, workers, sockets) answer in our time, and frames are drawn in it: a page
/// lives so long in step with it ...
const BEAT: Duration = Duration::from_millis(15);
/// ... and so often where it works with them: as long as it has to be quiet in real time.
pub(super) const LONG: u32 = 11;
/// What a page lives between two frames in which it moves something.
const FRAME: Duration = Duration::from_millis(50);
/// In how many parts a page with frames of another origin lives what follows an operation: what it tells them, and they it,
/// comes between two.
const PARTS: u32 = 8;

impl Web {
    /// Has the tab that is driven live for `time`.
    ///
    /// # Errors
    /// When its time cannot be given: the line has ended, or its clock does not move.
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
        let lived = line.give(&clock.window, time, REQUESTS).await;
        clock.lived += match lived.how {
            // A page behind a dialog does not live: whoever waits for it waits no longer for that.
            Given::Dialog | Given::Gone => lived.time.max(time),
            _ => lived.time,
        };
        match lived.how {
            Given::Stuck => Err(AppError::NoVirtualTime {
                why: "a page's clock does not move on: the page computes without end, or waits in a loop for its clock"
                    .to_owned(),
            }),
            how => Ok(how),
        }
    }

    /// Gives the page what it lacks for frames to be drawn, before a command that needs one.
    ///
    /// # Errors
    /// When its time cannot be given.
    pub(super) async fn keep_up(&mut self) -> Result<(), AppError> {
        if self.clock.is_some() {
            self.give_time(Duration::ZERO).await?;
        }
        Ok(())
    }

    /// Has the page live what it is owed. What its frames of another origin are told, and tell, arrives in our time:
    /// with such frames it is lived in parts.
    pub(super) async fn give_owed(&mut self, owed: Duration, follows: bool) -> Result<Given, AppError> {
        let shares = self.side.as_ref().is_ok_and(|line| line.has_foreign_frames());
        if !(shares && follows) {
            return self.give_time(owed).await;
        }
        let mut given = Given::Whole;
        for _ in 0..PARTS {
            tokio::time::sleep(BEAT).await;
            given = self.give_time(owed / PARTS).await?;
            if matches!(given, Given::Dialog | Given::Gone) {
                break;
            }
        }
        Ok(given)
    }

    /// Has the page live in step with our time, so that other processes of the browser can answer it.
    pub(super) async fn keep_pace(&mut self, beats: u32, given: Given) -> Result<Given, AppError> {
        self.live_in_step(beats, BEAT, given).await
    }

    /// Has the page live while `frames` frames are drawn.
    pub(super) async fn draw_frames(&mut self, frames: u32) -> Result<Given, AppError> {
        self.live_in_step(frames, FRAME, Given::Whole).await
    }

    /// Has the page live `time` in each of `beats`.
    async fn live_in_step(
        &mut self,
        beats: u32,
        time: Duration,
        mut given: Given,
    ) -> Result<Given, AppError> {
        for _ in 0..beats {
            if matches!(given, Given::Dialog | Given::Gone) {
                break;
            }
            tokio::time::sleep(BEAT).await;
            given = self.give_time(time).await?;
        }
        Ok(given)
    }
}

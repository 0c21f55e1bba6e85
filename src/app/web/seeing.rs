//! Waiting for a page to settle, and taking its snapshot.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tracing::debug;

use super::browser::Web;
use crate::app::AppError;
use crate::screen::Screen;
use crate::screen::dom::{ForeignFrame, Snapshot};

/// A screen is settled when its structure and the network were quiet for this long (ms; ours).
const QUIET: u64 = 160;
/// A screen that has not settled by then is taken as it is, and said to be unsettled.
const SETTLE_LIMIT: Duration = Duration::from_secs(6);
/// After so many screens in a row that did not settle, the app is one that never rests ...
const RESTLESS: u32 = 3;
/// ... and is given this long for each screen: what it loads is there by then, what moves will move on (ours).
const RESTLESS_LIMIT: Duration = Duration::from_millis(800);
/// Kept elements beyond those on the screen: a longer page is cut and the cut is stated.
const ELEMENTS: u32 = 12_000;
/// Characters kept of one element's own text.
const TEXT: u32 = 20_000;

/// Addresses in other apps that the log names after one look.
const LED: usize = 5;

/// A page as it was seen.
#[derive(Debug)]
pub(super) struct Seen {
    pub screen: Screen,
    /// How long it has been as it is, ms of its own time.
    pub rest: Option<f64>,
    /// What it asked of its storage so far.
    pub calls: f64,
    /// How many of these calls have no answer yet.
    pub unanswered: f64,
    /// Whether it waits for a frame, to move something on.
    pub moves: bool,
}

impl Web {
    /// Waits until the page has settled and reads it.
    pub(super) async fn look_in_real_time(&mut self) -> Result<Screen, AppError> {
        let settled = self.settle().await?;
        if let Some(alert) = self.alert().await? {
            return Ok(Screen { settled, ..self.screen_of_alert(alert) });
        }
        let mut screen = match self.snapshot().await {
            Err(e) if !e.is_fatal() => {
                // The page was left between settling and looking: once more.
                self.settle().await?;
                self.snapshot().await?
            }
            other => other?,
        };
        screen.settled = settled;
        Ok(screen)
    }

    /// Waits until structure and network have been quiet; false where the limit passed first.
    pub(super) async fn settle(&mut self) -> Result<bool, AppError> {
        let begun = Instant::now();
        let limit = if self.unsettled >= RESTLESS { RESTLESS_LIMIT } else { SETTLE_LIMIT };
        loop {
            self.follow_new_tab().await?;
            let left = limit.saturating_sub(begun.elapsed());
            let wait = json!({"quiet": QUIET, "most": left.as_millis().min(1500) as u64});
            let quiet = match self.session()?.script_async(include_str!("settle.js"), wait).await {
                Ok(answer) => answer["quiet"] == json!(true),
                Err(e) if e.is_fatal() => return Err(e),
                // The page was left while we watched it, or an alert opened.
                Err(_) if self.alert().await?.is_some() => return Ok(true),
                Err(_) => false,
            };
            self.in_flight.update(self.session.as_ref()).await;
            if quiet && self.in_flight.is_quiet() {
                self.unsettled = 0;
                return Ok(true);
            }
            if begun.elapsed() >= limit {
                self.unsettled += 1;
                return Ok(false);
            }
            // Only the network keeps us: ask it again shortly rather than at once.
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    pub(super) async fn snapshot(&self) -> Result<Screen, AppError> {
        Ok(self.snapshot_with_rest().await?.screen)
    }

    /// The page's tree, and what it tells of itself.
    pub(super) async fn snapshot_with_rest(&self) -> Result<Seen, AppError> {
        let nonsense =
            |e: serde_json::Error| AppError::Nonsense { command: "snapshot".into(), why: e.to_string() };
        let options = json!({"limit": ELEMENTS, "text": TEXT});
        let mut snapshot =
            Snapshot::parse(self.session()?.script(include_str!("snapshot.js"), options).await?)
                .map_err(nonsense)?;
        for frame in snapshot.foreign.clone() {
            if let Some(inner) = self.inside(&frame, snapshot.density).await? {
                snapshot.graft(&frame, inner);
            }
        }
        for address in snapshot.led.iter().take(LED) {
            debug!("the app leads to another app, which is not followed: {address:?}");
        }
        let (rest, calls, unanswered, moves) =
            (snapshot.rest, snapshot.calls, snapshot.unanswered, snapshot.moves);
        Ok(Seen { screen: snapshot.into_screen(), rest, calls, unanswered, moves })
    }

    /// The inside of a frame of another origin; `None` where it cannot be read.
    async fn inside(&self, frame: &ForeignFrame, density: f32) -> Result<Option<Snapshot>, AppError> {
        let session = self.session()?;
        if let Err(e) = session.post("frame", json!({"id": frame.index})).await {
            return if e.is_fatal() { Err(e) } else { Ok(None) };
        }
        let options = json!({"limit": ELEMENTS, "text": TEXT, "ox": frame.ox, "oy": frame.oy, "clip": frame.clip, "dpr": density});
        let inner = session.script(include_str!("snapshot.js"), options).await;
        session.post("frame", json!({"id": Value::Null})).await?;
        match inner {
            Ok(value) => Ok(Snapshot::parse(value).ok()),
            Err(e) if e.is_fatal() => Err(e),
            Err(_) => Ok(None),
        }
    }
}

//! A web app in a browser, driven over WebDriver as on a phone.

mod chromedriver;
mod session;
mod traffic;

use std::time::{Duration, Instant};

use async_trait::async_trait;
use base64::Engine as _;
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use url::Url;

use self::chromedriver::Chromedriver;
use self::session::Session;
use self::traffic::InFlight;
use super::{App, AppError};
use crate::recording::Start;
use crate::screen::Screen;
use crate::screen::dom::{ForeignFrame, Snapshot};
use crate::screen::operation::{Direction, Operation};

/// The size of the phone that the browser plays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// CSS px.
    pub width: u32,
    /// CSS px.
    pub height: u32,
    /// Device px per CSS px.
    pub density: f32,
}

impl Default for Viewport {
    /// A common Android phone: 412 × 915 at 2.625.
    fn default() -> Self {
        Viewport { width: 412, height: 915, density: 2.625 }
    }
}

/// What is needed to drive a web app.
#[derive(Debug, Clone, Default)]
pub struct WebTarget {
    pub address: Option<Url>,
    pub viewport: Viewport,
    /// A WebDriver or Appium server that is running already; our own chromedriver without it.
    pub driver: Option<String>,
    /// Capabilities passed through to that server.
    pub capabilities: Capabilities,
}

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

/// A web app under test.
#[derive(Debug)]
pub struct Web {
    target: WebTarget,
    address: Url,
    driver: String,
    own_driver: Option<Chromedriver>,
    session: Option<Session>,
    profile: Option<tempfile::TempDir>,
    in_flight: InFlight,
    /// Screens in a row that did not settle in time.
    unsettled: u32,
}

impl Web {
    /// Gets ready to drive the app; nothing is opened before [`App::start`].
    ///
    /// # Errors
    /// When there is no driver.
    pub async fn new(target: WebTarget, address: Url) -> Result<Web, AppError> {
        let own_driver = match &target.driver {
            Some(_) => None,
            None => Some(Chromedriver::start().await?),
        };
        let driver = own_driver
            .as_ref()
            .map(|own| own.address().to_owned())
            .or_else(|| target.driver.clone())
            .unwrap_or_default();
        Ok(Web {
            target,
            address,
            driver,
            own_driver,
            session: None,
            profile: None,
            in_flight: InFlight::default(),
            unsettled: 0,
        })
    }

    fn session(&self) -> Result<&Session, AppError> {
        self.session.as_ref().ok_or_else(|| AppError::Gone("no session is open".into()))
    }

    async fn open_session(&mut self) -> Result<(), AppError> {
        self.close_session().await;
        let profile = tempfile::Builder::new().prefix("candor-profile-").tempdir().map_err(|e| {
            AppError::NoSession {
                at: self.driver.clone(),
                why: format!("no folder for a browser profile: {e}"),
            }
        })?;
        let session =
            Session::open(&self.driver, profile.path(), &self.target.viewport, &self.target.capabilities)
                .await?;
        // Without this the driver cannot tell which plain elements listen for taps; everything else works.
        let _ = session
            .devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": include_str!("preload.js")}))
            .await;
        self.profile = Some(profile);
        self.session = Some(session);
        Ok(())
    }

    async fn close_session(&mut self) {
        if let Some(session) = self.session.take() {
            session.close().await;
        }
        if let Some(profile) = self.profile.take() {
            chromedriver::end_browsers_of(profile.path());
        }
    }

    async fn go(&self, address: &str) -> Result<(), AppError> {
        match self.session()?.post("url", json!({"url": address})).await {
            Err(AppError::Refused { why, .. }) if why.contains("alert") => Ok(()),
            Err(AppError::Refused { why, .. }) => {
                Err(AppError::Unreachable { address: address.to_owned(), why })
            }
            other => other.map(|_| ()),
        }
    }

    /// A browser shows an error page of its own, or the server's, without calling it an error: judging that
    /// page as the app would accuse it falsely.
    async fn check_opened(&self) -> Result<(), AppError> {
        let script = "const entry = performance.getEntriesByType('navigation')[0]; return [location.href, entry ? entry.responseStatus : 0];";
        let answer = match self.session()?.script(script, Value::Null).await {
            Ok(answer) => answer,
            Err(e) if e.is_fatal() => return Err(e),
            // An alert is open already: something was loaded.
            Err(_) => return Ok(()),
        };
        let status = answer[1].as_u64().unwrap_or(0);
        let why = if answer[0].as_str().is_some_and(|address| address.starts_with("chrome-error:")) {
            "the browser could not load it".to_owned()
        } else if status >= 400 {
            format!("the server answered {status}")
        } else {
            return Ok(());
        };
        Err(AppError::Unreachable { address: self.address.to_string(), why })
    }

    /// Tabs in the order in which the driver lists them.
    async fn tabs(&self) -> Result<Vec<String>, AppError> {
        let value = self.session()?.get("window/handles").await?;
        serde_json::from_value(value)
            .map_err(|e| AppError::Nonsense { command: "window/handles".into(), why: e.to_string() })
    }

    async fn switch_to(&self, tab: &str) -> Result<(), AppError> {
        self.session()?.post("window", json!({"handle": tab})).await.map(|_| ())
    }

    /// A person looks at the tab that opened last.
    async fn follow_new_tab(&self) -> Result<(), AppError> {
        let tabs = self.tabs().await?;
        let here =
            self.session()?.get("window").await.ok().and_then(|value| value.as_str().map(str::to_owned));
        match tabs.last() {
            Some(last) if here.as_deref() != Some(last) => self.switch_to(last).await,
            _ => Ok(()),
        }
    }

    async fn alert(&self) -> Result<Option<String>, AppError> {
        match self.session()?.get("alert/text").await {
            Ok(text) => Ok(Some(text.as_str().unwrap_or_default().to_owned())),
            Err(e) if e.is_fatal() => Err(e),
            Err(_) => Ok(None),
        }
    }

    /// Waits until structure and network have been quiet; false where the limit passed first.
    async fn settle(&mut self) -> Result<bool, AppError> {
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

    async fn snapshot(&self) -> Result<Screen, AppError> {
        let nonsense =
            |e: serde_json::Error| AppError::Nonsense { command: "snapshot".into(), why: e.to_string() };
        let options = json!({"limit": ELEMENTS, "text": TEXT});
        let mut snapshot =
            Snapshot::parse(self.session()?.script(include_str!("snapshot.js"), options).await?)
                .map_err(nonsense)?;
        for frame in snapshot.foreign.clone() {
            if let Some(inner) = self.inside(&frame).await? {
                snapshot.graft(&frame, inner);
            }
        }
        Ok(snapshot.into_screen())
    }

    /// The inside of a frame of another origin; `None` where it cannot be read.
    async fn inside(&self, frame: &ForeignFrame) -> Result<Option<Snapshot>, AppError> {
        let session = self.session()?;
        if let Err(e) = session.post("frame", json!({"id": frame.index})).await {
            return if e.is_fatal() { Err(e) } else { Ok(None) };
        }
        let options =
            json!({"limit": ELEMENTS, "text": TEXT, "ox": frame.ox, "oy": frame.oy, "clip": frame.clip});
        let inner = session.script(include_str!("snapshot.js"), options).await;
        session.post("frame", json!({"id": Value::Null})).await?;
        match inner {
            Ok(value) => Ok(Snapshot::parse(value).ok()),
            Err(e) if e.is_fatal() => Err(e),
            Err(_) => Ok(None),
        }
    }

    async fn pointer(&self, moves: Vec<Value>) -> Result<(), AppError> {
        let actions = json!({"actions": [{"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}, "actions": moves}]});
        match self.session()?.post("actions", actions).await {
            // The tap itself opened an alert: it was done.
            Err(AppError::Refused { why, .. }) if why.contains("alert") => Ok(()),
            other => other.map(|_| ()),
        }
    }

    async fn tap(&self, x: f32, y: f32) -> Result<(), AppError> {
        let (x, y) = (self.css(x), self.css(y));
        self.pointer(vec![
            json!({"type": "pointerMove", "duration": 0, "x": x, "y": y, "origin": "viewport"}),
            json!({"type": "pointerDown", "button": 0}),
            json!({"type": "pause", "duration": 30}),
            json!({"type": "pointerUp", "button": 0}),
        ])
        .await
    }

    async fn swipe(&self, direction: Direction, x: f32, y: f32, reach: f32) -> Result<(), AppError> {
        let (dx, dy) = match direction {
            Direction::Down => (0.0, -reach),
            Direction::Up => (0.0, reach),
            Direction::Right => (-reach, 0.0),
            Direction::Left => (reach, 0.0),
        };
        let at = |share: f32| (self.css(x + dx * share), self.css(y + dy * share));
        let (from, to) = (at(-0.5), at(0.5));
        self.pointer(vec![
            json!({"type": "pointerMove", "duration": 0, "x": from.0, "y": from.1, "origin": "viewport"}),
            json!({"type": "pointerDown", "button": 0}),
            json!({"type": "pointerMove", "duration": 220, "x": to.0, "y": to.1, "origin": "viewport"}),
            // Held still before it is lifted, so that the content stops where the finger stops.
            json!({"type": "pause", "duration": 120}),
            json!({"type": "pointerUp", "button": 0}),
        ])
        .await
    }

    async fn type_text(&self, text: &str, submit: bool) -> Result<(), AppError> {
        let mut keys: Vec<Value> = Vec::new();
        for c in text.chars().chain(submit.then_some('\u{E007}')) {
            keys.push(json!({"type": "keyDown", "value": c.to_string()}));
            keys.push(json!({"type": "keyUp", "value": c.to_string()}));
        }
        let actions = json!({"actions": [{"type": "key", "id": "keys", "actions": keys}]});
        self.session()?.post("actions", actions).await.map(|_| ())
    }

    async fn back(&self) -> Result<(), AppError> {
        let session = self.session()?;
        let tabs = self.tabs().await?;
        let length = session
            .script("return history.length", Value::Null)
            .await
            .ok()
            .and_then(|v| v.as_u64())
            .unwrap_or(2);
        // A tab that was opened for one page has nothing before it: back closes it.
        if tabs.len() > 1 && length <= 1 {
            session.delete("window").await?;
            let left = self.tabs().await?;
            return match left.last() {
                Some(tab) => self.switch_to(tab).await,
                None => Err(AppError::Gone("the last tab was closed".into())),
            };
        }
        session.post("back", json!({})).await.map(|_| ())
    }

    /// px of the picture as CSS px of the viewport, whole.
    fn css(&self, px: f32) -> i64 {
        (px / self.target.viewport.density).round().max(0.0) as i64
    }
}

#[async_trait]
impl App for Web {
    async fn start(&mut self, how: Start) -> Result<(), AppError> {
        if how == Start::Fresh || self.session.is_none() {
            self.open_session().await?;
        } else {
            let tabs = self.tabs().await?;
            for tab in tabs.iter().skip(1) {
                self.switch_to(tab).await?;
                self.session()?.delete("window").await?;
            }
            if let Some(first) = tabs.first() {
                self.switch_to(first).await?;
            }
            while self.alert().await?.is_some() {
                self.session()?.post("alert/dismiss", json!({})).await?;
            }
            self.go("about:blank").await?;
        }
        self.go(self.address.as_str()).await?;
        self.check_opened().await
    }

    async fn look(&mut self) -> Result<Screen, AppError> {
        let settled = self.settle().await?;
        if let Some(alert) = self.alert().await? {
            let viewport = self.target.viewport;
            return Ok(Screen {
                width: viewport.width as f32 * viewport.density,
                height: viewport.height as f32 * viewport.density,
                density: viewport.density,
                settled,
                alert: Some(alert),
                ..Screen::default()
            });
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

    async fn picture(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        match self.session()?.get("screenshot").await {
            Ok(value) => Ok(value
                .as_str()
                .and_then(|text| base64::engine::general_purpose::STANDARD.decode(text).ok())),
            Err(e) if e.is_fatal() => Err(e),
            // An alert is in the way.
            Err(_) => Ok(None),
        }
    }

    async fn perform(&mut self, operation: &Operation) -> Result<(), AppError> {
        match operation {
            Operation::Tap { x, y, .. } => self.tap(*x, *y).await,
            Operation::Type { x, y, text, submit, .. } => {
                self.tap(*x, *y).await?;
                self.type_text(text, *submit).await
            }
            Operation::Swipe { direction, x, y, reach } => self.swipe(*direction, *x, *y, *reach).await,
            Operation::Back => self.back().await,
            Operation::Answer { accept } => {
                let path = if *accept { "alert/accept" } else { "alert/dismiss" };
                self.session()?.post(path, json!({})).await.map(|_| ())
            }
            Operation::Open { address } => self.go(address).await,
        }
    }

    async fn changed(&mut self, than: &Screen, limit: Duration) -> Result<Option<Screen>, AppError> {
        let begun = Instant::now();
        let before = than.identity();
        while begun.elapsed() < limit {
            let now = self.look().await?;
            if !now.identity().same_position(&before) {
                return Ok(Some(now));
            }
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        Ok(None)
    }

    async fn document_text(&mut self) -> Result<Option<String>, AppError> {
        let script = "const done = arguments[arguments.length - 1]; fetch(location.href).then(r => r.blob()).then(b => { const f = new FileReader(); f.onload = () => done(f.result.split(',')[1] || ''); f.onerror = () => done(''); f.readAsDataURL(b); }).catch(() => done(''));";
        let answer = match self.session()?.script_async(script, Value::Null).await {
            Ok(answer) => answer,
            Err(e) if e.is_fatal() => return Err(e),
            Err(_) => return Ok(None),
        };
        let bytes = answer
            .as_str()
            .and_then(|text| base64::engine::general_purpose::STANDARD.decode(text).ok())
            .unwrap_or_default();
        Ok(super::document::pdf_text(bytes).await)
    }

    fn is_own(&self, address: &str) -> bool {
        Url::parse(address)
            .is_ok_and(|url| url.host_str() == self.address.host_str() && url.port() == self.address.port())
    }

    async fn stop(&mut self) {
        self.close_session().await;
        if let Some(mut driver) = self.own_driver.take() {
            driver.stop().await;
        }
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        if let Some(profile) = &self.profile {
            chromedriver::end_browsers_of(profile.path());
        }
    }
}

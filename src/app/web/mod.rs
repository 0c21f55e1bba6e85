//! A web app in a browser, driven over WebDriver as on a phone.

mod bidi;
pub(crate) mod capabilities;
pub(crate) mod chromedriver;
mod gestures;
pub mod print;
mod seeing;
mod traffic;

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use base64::Engine as _;
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use url::Url;

use self::bidi::Bidi;
use self::chromedriver::Chromedriver;
use self::traffic::InFlight;
use super::session::{COMMAND, Meter, Session};
use super::{App, AppError};
use crate::recording::Start;
use crate::recording::access::{Access, AccessKind, Standing, Watch};
use crate::screen::Screen;
use crate::screen::operation::Operation;

/// Limit on a page load, told to the driver (ms).
const PAGE_LOAD: u64 = 30_000;
/// Limit on one of our scripts, told to the driver (ms).
const SCRIPT: u64 = 20_000;

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
    /// The browser's window is shown, for a person who sits before it.
    pub visible: bool,
    /// Capabilities passed through to that server.
    pub capabilities: Capabilities,
}

/// A web app under test.
#[derive(Debug)]
pub struct Web {
    target: WebTarget,
    address: Url,
    driver: String,
    own_driver: Option<Chromedriver>,
    session: Option<Session>,
    /// The line on which the browser tells what pages call for, or why there is none.
    line: Result<Bidi, String>,
    /// What was heard on lines that are closed.
    heard: Vec<Access>,
    profile: Option<tempfile::TempDir>,
    in_flight: InFlight,
    meter: Arc<Meter>,
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
            line: Err("no session was opened".to_owned()),
            heard: Vec::new(),
            profile: None,
            in_flight: InFlight::default(),
            meter: Arc::default(),
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
        let mut capabilities =
            capabilities::capabilities(profile.path(), &self.target.viewport, self.target.visible);
        capabilities.extend(self.target.capabilities.clone());
        let session = Session::open(&self.driver, capabilities, COMMAND, self.meter.clone()).await?;
        session.post("timeouts", json!({"script": SCRIPT, "pageLoad": PAGE_LOAD, "implicit": 0})).await?;
        // Without this the driver cannot tell which plain elements listen for taps; everything else works.
        let _ = session
            .devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": include_str!("preload.js")}))
            .await;
        let address = session.capability("webSocketUrl").and_then(Value::as_str);
        self.line = match address {
            Some(address) => Bidi::open(address).await.map_err(|e| e.to_string()),
            None => Err("the driver offers no WebDriver BiDi".to_owned()),
        };
        self.profile = Some(profile);
        self.session = Some(session);
        // Without this a headless browser answers for the person, and not as a person would.
        for (name, _) in bidi::PERMISSIONS {
            self.set_permission(name, Standing::Unanswered).await?;
        }
        // Where a permission is given, there is a place to tell: the middle of Hangzhou.
        let place = json!({"latitude": 30.25, "longitude": 120.17, "accuracy": 30});
        let _ = self.session()?.devtools("Emulation.setGeolocationOverride", place).await;
        Ok(())
    }

    async fn close_session(&mut self) {
        self.heard = self.accesses();
        let line = std::mem::replace(&mut self.line, Err("no session is open".to_owned()));
        if let Ok(line) = line {
            line.close().await;
        }
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

    async fn listen(&mut self) -> Result<(), AppError> {
        match self.session()?.script(include_str!("listen.js"), Value::Null).await {
            Err(e) if e.is_fatal() => Err(e),
            // An alert is open: it does not go by itself.
            _ => Ok(()),
        }
    }

    async fn heard(&mut self) -> Result<Vec<String>, AppError> {
        let script =
            "return Array.isArray(window.__candorHeard) ? window.__candorHeard.slice(-40).map(String) : [];";
        match self.session()?.script(script, Value::Null).await {
            Ok(answer) => Ok(serde_json::from_value(answer).unwrap_or_default()),
            Err(e) if e.is_fatal() => Err(e),
            Err(_) => Ok(Vec::new()),
        }
    }

    fn is_own(&self, address: &str) -> bool {
        Url::parse(address)
            .is_ok_and(|url| url.host_str() == self.address.host_str() && url.port() == self.address.port())
    }

    fn accesses(&mut self) -> Vec<Access> {
        let mut accesses = std::mem::take(&mut self.heard);
        if let Ok(line) = &self.line {
            accesses.extend(line.take());
        }
        accesses
    }

    fn watch(&self) -> Watch {
        match &self.line {
            Ok(_) => Watch {
                sees: [AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier].into(),
                gaps: vec!["calls inside web workers are not seen".to_owned()],
            },
            Err(why) => Watch { sees: Default::default(), gaps: vec![why.clone()] },
        }
    }

    async fn set_permission(&mut self, name: &str, standing: Standing) -> Result<bool, AppError> {
        let origin = self.address.origin().ascii_serialization();
        match &self.line {
            Ok(line) => line.set_permission(name, standing, &origin).await,
            Err(_) => Ok(false),
        }
    }

    fn settable_permissions(&self) -> Vec<&'static str> {
        if self.line.is_ok() { bidi::PERMISSIONS.map(|(name, _)| name).to_vec() } else { Vec::new() }
    }

    async fn move_clock(&mut self, hours: u32) -> Result<bool, AppError> {
        match &mut self.line {
            Ok(line) => {
                line.watch(hours).await?;
                Ok(true)
            }
            Err(_) => Ok(false),
        }
    }

    fn driver_time(&self) -> (u64, Duration) {
        self.meter.read()
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

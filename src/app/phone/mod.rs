//! An app on a phone, driven through Appium: what Android and iOS have in common.
//!
//! A screen costs two round trips: its source and its picture. The driver's own server waits until the phone
//! is idle before it gives the source, so nothing is polled.

mod android;
mod gestures;
mod ios;
mod system;
mod webview;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use serde_json::{Value, json};

use self::gestures::Finger;
use super::session::{Meter, Session};
use super::{App, AppError};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::world::Start;
use crate::world::access::{AccessKind, Standing, Watch};

pub use android::Android;
pub use ios::Ios;
pub use system::{Display, PhoneTarget, System};

/// A new session may install the driver's server on the phone first (s).
const NEW_SESSION: u64 = 240;
/// How long the driver's server waits for the phone to be idle (ms); a screen that moves on is taken as it is.
const IDLE: u64 = 4_000;
/// How long a screen that says it is loading is waited for.
const LOADING: Duration = Duration::from_secs(8);

/// An app on a phone.
pub struct Phone {
    target: PhoneTarget,
    system: Box<dyn System>,
    session: Option<Session>,
    meter: Arc<Meter>,
    display: Display,
    /// The screen that was looked at last: where its elements are is where a tap goes.
    last: Option<Screen>,
}

impl Phone {
    /// Gets ready to drive the app; the session is opened by the first [`App::start`].
    pub fn new(system: Box<dyn System>, target: PhoneTarget) -> Phone {
        Phone {
            target,
            system,
            session: None,
            meter: Arc::default(),
            display: Display { density: 1.0 },
            last: None,
        }
    }

    fn session(&self) -> Result<&Session, AppError> {
        self.session.as_ref().ok_or_else(|| AppError::Gone("no session is open".into()))
    }

    async fn open_session(&mut self) -> Result<(), AppError> {
        let mut capabilities = self.system.capabilities(&self.target);
        capabilities.extend(self.target.capabilities.clone());
        let session =
            Session::open(&self.target.driver, capabilities, NEW_SESSION, self.meter.clone())
            .await
            .map_err(|e| match e {
                AppError::NoSession { at, why } => AppError::NoSession {
                    at,
                    why: format!(
                        "{why}. An Appium server with the driver for this phone must listen there; `candor doctor --android` tells what is missing"
                    ),
                },
                other => other,
            })?;
        self.display = self.system.display(&session).await?;
        self.session = Some(session);
        Ok(())
    }

    async fn source(&self) -> Result<Screen, AppError> {
        let begun = Instant::now();
        let answer = self.session()?.get("source").await?;
        let nonsense = |why: String| AppError::Nonsense { command: "source".into(), why };
        let source = answer.as_str().ok_or_else(|| nonsense("it is no text".into()))?;
        let mut screen = self.system.read(source, self.display).map_err(|e| nonsense(e.to_string()))?;
        screen.settled = begun.elapsed() < Duration::from_millis(IDLE);
        Ok(screen)
    }

    /// The element that a tap at this point means, as the driver finds it: only where the driver would tap the
    /// very same point, that is in its middle.
    async fn element_at(&self, x: f32, y: f32) -> Result<Option<String>, AppError> {
        let Some(screen) = &self.last else { return Ok(None) };
        let at = screen.elements.iter().position(|element| element.tap_at == Some((x, y)));
        let Some(at) = at else { return Ok(None) };
        let (middle_x, middle_y) = screen.elements[at].rect.center();
        if (middle_x - x).abs() > 2.0 || (middle_y - y).abs() > 2.0 {
            return Ok(None);
        }
        match self.system.locator(screen, at) {
            Some((using, value)) => self.find(using, &value).await,
            None => Ok(None),
        }
    }

    /// The driver's name for the one element found so; `None` where there is none any more.
    async fn find(&self, using: &str, value: &str) -> Result<Option<String>, AppError> {
        match self.session()?.post("element", json!({"using": using, "value": value})).await {
            Ok(found) => Ok(element_id(&found)),
            Err(e) if e.is_fatal() => Err(e),
            Err(_) => Ok(None),
        }
    }

    /// Taps by element where there is one, by coordinates where a control is only pixels.
    async fn tap(&self, x: f32, y: f32) -> Result<(), AppError> {
        if let Some(element) = self.element_at(x, y).await? {
            match self.session()?.post(&format!("element/{element}/click"), json!({})).await {
                Ok(_) => return Ok(()),
                Err(e) if e.is_fatal() => return Err(e),
                // It moved or went in between: the point is what is left.
                Err(_) => {}
            }
        }
        self.finger().tap(self.session()?, x, y).await
    }

    async fn type_text(&self, x: f32, y: f32, text: &str, submit: bool) -> Result<(), AppError> {
        self.tap(x, y).await?;
        let session = self.session()?;
        let active = session.get("element/active").await?;
        let element = element_id(&active).ok_or_else(|| AppError::Nonsense {
            command: "element/active".into(),
            why: "it names no element".into(),
        })?;
        session.post(&format!("element/{element}/value"), json!({"text": text})).await?;
        if submit {
            self.system.submit(session).await?;
        }
        Ok(())
    }

    fn finger(&self) -> Finger {
        self.system.finger(self.display)
    }
}

/// The driver's name for an element, from its answer.
fn element_id(found: &Value) -> Option<String> {
    let id = found.as_object()?.values().next()?.as_str()?;
    // It becomes a part of the next command's path.
    (!id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)))
        .then(|| id.to_owned())
}

#[async_trait]
impl App for Phone {
    async fn start(&mut self, how: Start) -> Result<(), AppError> {
        if self.session.is_none() {
            self.open_session().await?;
        }
        self.last = None;
        self.system.start(self.session()?, &self.target, how).await
    }

    async fn look(&mut self) -> Result<Screen, AppError> {
        let begun = Instant::now();
        let mut screen = self.source().await?;
        while screen.is_loading() && begun.elapsed() < LOADING {
            tokio::time::sleep(Duration::from_millis(200)).await;
            screen = self.source().await?;
        }
        screen.settled &= !screen.is_loading();
        if let Some(at) = webview::opaque(&screen) {
            webview::fill(self.session()?, &mut screen, at).await?;
        }
        self.last = Some(screen.clone());
        Ok(screen)
    }

    async fn picture(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        // An app may forbid pictures of itself (FLAG_SECURE).
        self.session()?.take_picture().await
    }

    async fn perform(&mut self, operation: &Operation) -> Result<(), AppError> {
        match operation {
            Operation::Tap { x, y, .. } => self.tap(*x, *y).await,
            Operation::Type { x, y, text, submit, .. } => self.type_text(*x, *y, text, *submit).await,
            Operation::Swipe { direction, x, y, reach } => {
                self.finger().swipe(self.session()?, *direction, (*x, *y), *reach).await
            }
            Operation::Back => self.system.back(self.session()?, self.last.as_ref(), &self.finger()).await,
            Operation::Answer { accept } => {
                let path = if *accept { "alert/accept" } else { "alert/dismiss" };
                self.session()?.post(path, json!({})).await.map(|_| ())
            }
            Operation::Open { address } => {
                self.session()?.post("url", json!({"url": address})).await.map(|_| ())
            }
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
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok(None)
    }

    async fn document_text(&mut self) -> Result<Option<String>, AppError> {
        webview::whole_text(self.session()?).await
    }

    fn shows_only_what_is_in_sight(&self) -> bool {
        true
    }

    fn is_own(&self, address: &str) -> bool {
        self.system.is_own(address, &self.target)
    }

    async fn permissions(&mut self) -> Result<Option<BTreeMap<String, bool>>, AppError> {
        self.system.permissions(self.session()?, &self.target).await
    }

    async fn set_permission(&mut self, name: &str, standing: Standing) -> Result<bool, AppError> {
        self.system.set_permission(self.session()?, &self.target, name, standing).await
    }

    fn settable_permissions(&self) -> Vec<&'static str> {
        crate::language::permission::settable(self.system.platform())
    }

    fn watch(&self) -> Watch {
        Watch {
            sees: [AccessKind::Ask].into(),
            requests: Some(false),
            gaps: vec!["of what a phone's app reads without asking, nothing is seen".to_owned()],
        }
    }

    async fn background(&mut self, time: Duration) -> Result<(), AppError> {
        let seconds = time.as_secs_f64();
        mobile(self.session()?, "backgroundApp", json!({"seconds": seconds})).await.map(|_| ())
    }

    async fn upgrade(&mut self, file: &str) -> Result<(), AppError> {
        self.system.upgrade(self.session()?, file).await
    }

    async fn use_version(&mut self, version: Option<&str>, over: bool) -> Result<(), AppError> {
        let Some(file) = version else { return Ok(()) };
        if self.session.is_none() {
            self.open_session().await?;
        }
        if !over {
            // An older version cannot be put over a newer one.
            let id = &self.target.id;
            mobile(self.session()?, "removeApp", json!({"appId": id, "bundleId": id})).await?;
        }
        self.system.upgrade(self.session()?, file).await
    }

    fn driver_time(&self) -> (u64, Duration) {
        self.meter.read()
    }

    async fn stop(&mut self) {
        if let Some(session) = self.session.take() {
            session.close().await;
        }
    }
}

/// One of the driver's own commands: `mobile: …`.
async fn mobile(session: &Session, command: &str, arguments: Value) -> Result<Value, AppError> {
    let script = format!("mobile: {command}");
    match session.post("execute/sync", json!({"script": script, "args": [arguments]})).await {
        // The path says nothing to the reader; the command does.
        Err(AppError::Refused { why, .. }) => Err(AppError::Refused { command: script, why }),
        Err(AppError::Hung { seconds, .. }) => Err(AppError::Hung { command: script, seconds }),
        other => other,
    }
}

//! Opening and closing the browser's session, and going to the app's address in it.

use serde_json::{Value, json};

use super::bidi::{self, Bidi};
use super::browser::Web;
use super::clock::Clock;
use super::devtools::Line;
use super::{capabilities, chromedriver};
use crate::app::session::{COMMAND, Session};
use crate::app::{App as _, AppError};
use crate::world::Start;
use crate::world::access::Standing;

/// Limit on a page load, told to the driver (ms).
const PAGE_LOAD: u64 = 30_000;
/// Limit on one of our scripts, told to the driver (ms).
const SCRIPT: u64 = 20_000;

impl Web {
    /// Opens a session in a fresh browser.
    ///
    /// # Errors
    /// When the driver starts none, or pages cannot be given their time in it.
    pub(super) async fn open_session(&mut self) -> Result<(), AppError> {
        self.close_session().await;
        self.standings.clear();
        self.hours = 0;
        let profile = tempfile::Builder::new().prefix("candor-profile-").tempdir().map_err(|e| {
            AppError::NoSession {
                at: self.driver.clone(),
                why: format!("no folder for a browser profile: {e}"),
            }
        })?;
        self.open_session_with(profile).await
    }

    /// Opens a browser in the place of one that gives no answer, with what the app stored, the permissions and the clock as
    /// they were, and starts the app in it.
    ///
    /// # Errors
    /// As [`Web::open_session`], and where the app does not start.
    pub(super) async fn open_anew(&mut self) -> Result<(), AppError> {
        let Some(profile) = self.profile.take() else { return self.open_session().await };
        chromedriver::end_browsers_of(profile.path());
        self.close_session().await;
        let standings = std::mem::take(&mut self.standings);
        self.open_session_with(profile).await?;
        for (name, standing) in standings {
            self.set_permission(&name, standing).await?;
        }
        if self.hours > 0 {
            self.move_clock(self.hours).await?;
        }
        self.start(Start::Resumed).await
    }

    async fn open_session_with(&mut self, profile: tempfile::TempDir) -> Result<(), AppError> {
        let virtual_time = self.target.virtual_time && self.own_driver.is_some();
        let mut capabilities = capabilities::capabilities(
            profile.path(),
            &self.target.viewport,
            capabilities::Manner {
                visible: self.target.visible,
                virtual_time,
                as_robot: self.target.as_robot,
            },
        );
        capabilities.extend(self.target.capabilities.clone());
        let session = Session::open(&self.driver, capabilities, COMMAND, self.meter.clone()).await?;
        session.post("timeouts", json!({"script": SCRIPT, "pageLoad": PAGE_LOAD, "implicit": 0})).await?;
        const PRELOAD: &str = include_str!("preload.js");
        self.side = Line::open(&session, PRELOAD, self.guard, virtual_time, self.meter.clone()).await;
        if self.side.is_err() {
            // Without this the driver cannot tell which plain elements listen for taps; everything else works.
            let script = json!({"source": PRELOAD});
            let _ = session.devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
        }
        let address = session.capability("webSocketUrl").and_then(Value::as_str);
        self.line = match address {
            Some(address) => Bidi::open(address).await.map_err(|e| e.to_string()),
            None => Err("the driver offers no WebDriver BiDi".to_owned()),
        };
        self.profile = Some(profile);
        self.session = Some(session);
        self.pristine = true;
        // Without this a headless browser answers for the person, and not as a person would.
        for (name, _) in bidi::PERMISSIONS {
            self.set_permission(name, Standing::Unanswered).await?;
        }
        // Where a permission is given, there is a place to tell.
        let (latitude, longitude) = self.target.place.unwrap_or((30.25, 120.17));
        let place = json!({"latitude": latitude, "longitude": longitude, "accuracy": 30});
        let _ = self.session()?.devtools("Emulation.setGeolocationOverride", place).await;
        if virtual_time {
            let nudge = match &self.side {
                Ok(line) => line.nudge(),
                Err(why) => {
                    // In real time the recording would not be what it says.
                    let why = format!("it needs the browser's DevTools line: {why}");
                    return Err(AppError::NoVirtualTime { why });
                }
            };
            if let Some(session) = &mut self.session {
                session.set_push(nudge);
            }
            let window = self.session()?.get("window").await?;
            let before = self.clock.take();
            self.clock = Some(Clock::new(window.as_str().unwrap_or_default(), before.as_ref()));
        }
        Ok(())
    }

    pub(super) async fn close_session(&mut self) {
        self.heard = self.accesses();
        self.held = self.held_back();
        self.sent = self.requests(true);
        self.pristine = false;
        let side = std::mem::replace(&mut self.side, Err("no session is open".to_owned()));
        if let Ok(side) = side {
            side.close().await;
        }
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

    pub(super) async fn go(&mut self, address: &str) -> Result<(), AppError> {
        if self.clock.is_some() {
            self.go_in_virtual_time(address).await
        } else {
            self.go_at_once(address).await
        }
    }

    /// Has the driver go to an address; in real time it waits for the document.
    pub(super) async fn go_at_once(&self, address: &str) -> Result<(), AppError> {
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
    pub(super) async fn check_opened(&self) -> Result<(), AppError> {
        if self.clock.is_some() {
            let refused = self.status_in_virtual_time();
            return match refused {
                Some(status) => Err(AppError::Unreachable {
                    address: self.address.to_string(),
                    why: format!("the server answered {status}"),
                }),
                None => Ok(()),
            };
        }
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
}

//! The browser that plays a phone: what is asked of it, and what is known of it while it is driven.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use fantoccini::wd::Capabilities;
use url::Url;

use super::album::Album;
use super::bidi::Bidi;
use super::chromedriver::Chromedriver;
use super::clock::Clock;
use super::devtools::Line;
use super::traffic::InFlight;
use crate::app::AppError;
use crate::app::session::{Meter, Session};
use crate::world::access::{Access, Standing};
use crate::world::guard::{Guard, HeldBack};
use crate::world::request::Request;

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
    pub viewport: Viewport,
    /// A WebDriver or Appium server that is running already; our own chromedriver without it.
    pub driver: Option<String>,
    /// The browser's window is shown, for a person who sits before it.
    pub visible: bool,
    /// The page's time runs as fast as the machine allows, and stands still while it is looked at; only with a
    /// chromedriver of our own.
    pub virtual_time: bool,
    /// Pages are told that a program drives them.
    pub as_robot: bool,
    /// The place that the browser tells where a permission is given: latitude and longitude (degrees); the middle of Hangzhou
    /// where there is none.
    pub place: Option<(f64, f64)>,
    /// Capabilities passed through to that server.
    pub capabilities: Capabilities,
}

/// A web app under test.
#[derive(Debug)]
pub struct Web {
    pub(super) target: WebTarget,
    pub(super) address: Url,
    /// The target's own address, while another version is driven.
    pub(super) audited: Option<Url>,
    /// Where the address led at the last start, on another host perhaps.
    pub(super) arrived: Option<Url>,
    /// The app was started and not looked at since.
    pub(super) arriving: bool,
    pub(super) driver: String,
    pub(super) own_driver: Option<Chromedriver>,
    pub(super) session: Option<Session>,
    /// The line on which the browser tells what pages call for, or why there is none.
    pub(super) line: Result<Bidi, String>,
    /// What was heard on lines that are closed.
    pub(super) heard: Vec<Access>,
    /// The browser's own DevTools line, or why there is none.
    pub(super) side: Result<Line, String>,
    pub(super) guard: Guard,
    /// What was held back on lines that are closed.
    pub(super) held: Vec<HeldBack>,
    /// What was sent on lines that are closed.
    pub(super) sent: Vec<Request>,
    /// The session is open, and nothing was started in it yet.
    pub(super) pristine: bool,
    pub(super) profile: Option<tempfile::TempDir>,
    /// How permissions were set in the open session, by their names here.
    pub(super) standings: BTreeMap<String, Standing>,
    /// How far its clock was moved forward (h).
    pub(super) hours: u32,
    /// Browsers that were opened in the place of one that gave no answer.
    pub(super) opened_anew: u32,
    pub(super) album: Album,
    pub(super) in_flight: InFlight,
    pub(super) meter: Arc<Meter>,
    /// The tab that the driver's commands go to, and how its time runs; `None` where time is real.
    pub(super) clock: Option<Clock>,
    /// Screens in a row that did not settle in time.
    pub(super) unsettled: u32,
    pub(super) begun: Instant,
}

impl Web {
    /// Points the app to another address: the next start opens it, in the same browser where it is resumed.
    pub fn point_to(&mut self, address: Url) {
        (self.address, self.arrived) = (address, None);
    }

    /// Points the app to the address of another version; to the target's own where there is none.
    ///
    /// # Errors
    /// When it is no address.
    pub(super) fn turn_to_version(&mut self, version: Option<&str>) -> Result<(), AppError> {
        let own = self.audited.get_or_insert_with(|| self.address.clone()).clone();
        let address = match version {
            None => own,
            Some(version) => Url::parse(version).map_err(|e| AppError::Refused {
                command: "driving another version".to_owned(),
                why: format!("{version:?} is no address: {e}"),
            })?,
        };
        self.point_to(address);
        Ok(())
    }

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
            audited: None,
            arrived: None,
            arriving: false,
            driver,
            own_driver,
            session: None,
            line: Err("no session was opened".to_owned()),
            heard: Vec::new(),
            side: Err("no session was opened".to_owned()),
            // Whoever walks through the app says how; until then nothing is held.
            guard: Guard::Off,
            held: Vec::new(),
            sent: Vec::new(),
            pristine: false,
            profile: None,
            standings: BTreeMap::new(),
            hours: 0,
            opened_anew: 0,
            album: Album::default(),
            in_flight: InFlight::default(),
            meter: Arc::default(),
            clock: None,
            unsettled: 0,
            begun: Instant::now(),
        })
    }

    /// The session that is open.
    ///
    /// # Errors
    /// Where none is.
    pub(super) fn session(&self) -> Result<&Session, AppError> {
        self.session.as_ref().ok_or_else(|| AppError::Gone("no session is open".into()))
    }
}

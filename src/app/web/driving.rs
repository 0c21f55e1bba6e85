//! The app as probes know it, played by a browser.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use base64::Engine as _;
use serde_json::{Value, json};

use super::browser::Web;
use super::clock::Clock;
use super::{bidi, chromedriver};
use crate::app::{App, AppError};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::world::Start;
use crate::world::access::{Access, AccessKind, Standing, Watch};
use crate::world::guard::{Guard, HeldBack};
use crate::world::request::Request;

/// Browsers that a run may open in the place of one that gives no answer (ours): a driver that never answers ends it.
const ANEW: u32 = 3;

#[async_trait]
impl App for Web {
    async fn start(&mut self, how: Start) -> Result<(), AppError> {
        if how == Start::Fresh || self.session.is_none() {
            if !self.pristine {
                self.open_session().await?;
            }
        } else {
            if self.clock.is_some() {
                self.answer_dialogs().await?;
            }
            let tabs = self.tabs().await?;
            for tab in tabs.iter().skip(1) {
                self.switch_to(tab).await?;
                self.session()?.delete("window").await?;
            }
            if let Some(first) = tabs.first() {
                self.switch_to(first).await?;
                if let Some(clock) = &mut self.clock {
                    clock.drive(first);
                }
            }
            if self.clock.is_none() {
                while self.alert().await?.is_some() {
                    self.session()?.post("alert/dismiss", json!({})).await?;
                }
            }
            // Going to an address of which only the part after # is new loads nothing.
            if self.address.fragment().is_some() {
                self.go("about:blank").await?;
            }
        }
        self.pristine = false;
        self.arriving = true;
        self.album.tree = None;
        if let Ok(line) = &self.side {
            line.note_start();
        }
        self.go(self.address.clone().as_str()).await?;
        self.check_opened().await
    }

    async fn look(&mut self) -> Result<Screen, AppError> {
        let screen = match self.clock.is_some() {
            true => self.look_in_virtual_time().await?,
            false => self.look_in_real_time().await?,
        };
        self.note_arrival(&screen);
        Ok(screen)
    }

    async fn picture(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        self.take_picture().await
    }

    async fn perform(&mut self, operation: &Operation) -> Result<(), AppError> {
        match self.do_operation(operation).await {
            // The browser may stand behind a dialog of its own. Its driver still starts another one.
            Err(AppError::Hung { command, seconds })
                if self.own_driver.is_some() && self.opened_anew < ANEW =>
            {
                self.opened_anew += 1;
                self.open_anew().await?;
                Err(AppError::Restarted { command, seconds })
            }
            other => other,
        }
    }

    async fn changed(&mut self, than: &Screen, limit: Duration) -> Result<Option<Screen>, AppError> {
        if self.clock.is_some() {
            return self.changed_in_virtual_time(than, limit).await;
        }
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

    async fn pass_time(&mut self, time: Duration) -> Result<(), AppError> {
        self.album.tree = None;
        if self.clock.is_some() {
            self.give_time(time).await?;
        } else {
            tokio::time::sleep(time).await;
        }
        Ok(())
    }

    fn now(&self) -> Duration {
        self.clock.as_ref().map_or_else(|| self.begun.elapsed(), Clock::now)
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
        Ok(crate::app::document::pdf_text(bytes).await)
    }

    async fn listen(&mut self) -> Result<(), AppError> {
        match self.session()?.script(include_str!("listen.js"), Value::Null).await {
            Err(e) if e.is_fatal() => Err(e),
            // An alert is open: it does not go by itself.
            _ => Ok(()),
        }
    }

    async fn heard(&mut self) -> Result<Vec<String>, AppError> {
        let script = "return Array.isArray(window.__candorHeard) ? window.__candorHeard.map(String) : [];";
        match self.session()?.script(script, Value::Null).await {
            Ok(answer) => Ok(serde_json::from_value(answer).unwrap_or_default()),
            Err(e) if e.is_fatal() => Err(e),
            Err(_) => Ok(Vec::new()),
        }
    }

    fn is_own(&self, address: &str) -> bool {
        self.is_of_the_app(address)
    }

    fn accesses(&mut self) -> Vec<Access> {
        let mut accesses = std::mem::take(&mut self.heard);
        if let Ok(line) = &self.line {
            accesses.extend(line.take());
        }
        accesses
    }

    fn requests(&mut self, all: bool) -> Vec<Request> {
        let mut requests = std::mem::take(&mut self.sent);
        if let Ok(line) = &self.side {
            requests.extend(line.take_sent(all));
        }
        requests
    }

    fn watch(&self) -> Watch {
        let requests = Some(self.side.is_ok());
        match &self.line {
            Ok(_) => Watch {
                sees: [AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier].into(),
                requests,
                gaps: vec!["calls inside web workers are not seen".to_owned()],
            },
            Err(why) => Watch { sees: Default::default(), requests, gaps: vec![why.clone()] },
        }
    }

    async fn set_permission(&mut self, name: &str, standing: Standing) -> Result<bool, AppError> {
        let origin = self.origin();
        let Ok(line) = &self.line else { return Ok(false) };
        let set = line.set_permission(name, standing, &origin).await?;
        if set {
            self.standings.insert(name.to_owned(), standing);
        }
        Ok(set)
    }

    fn settable_permissions(&self) -> Vec<&'static str> {
        if self.line.is_ok() { bidi::PERMISSIONS.map(|(name, _)| name).to_vec() } else { Vec::new() }
    }

    async fn move_clock(&mut self, hours: u32) -> Result<bool, AppError> {
        match &mut self.line {
            Ok(line) => {
                line.watch(hours).await?;
                self.hours = hours;
                Ok(true)
            }
            Err(_) => Ok(false),
        }
    }

    async fn set_guard(&mut self, guard: Guard) -> Result<bool, AppError> {
        self.guard = guard;
        if self.session.is_none() && guard != Guard::Off {
            self.open_session().await?;
        }
        match &self.side {
            Ok(line) if line.is_open() => {
                line.set_guard(guard).await;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn held_back(&mut self) -> Vec<HeldBack> {
        let mut held = std::mem::take(&mut self.held);
        if let Ok(line) = &self.side {
            held.extend(line.take_held());
        }
        held
    }

    async fn use_version(&mut self, version: Option<&str>, _: bool) -> Result<(), AppError> {
        self.turn_to_version(version)
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

impl Web {
    async fn do_operation(&mut self, operation: &Operation) -> Result<(), AppError> {
        if let Ok(line) = &self.side {
            line.note_operation();
        }
        self.stand_still().await?;
        self.album.tree = None;
        if let Some(clock) = &mut self.clock {
            clock.note_operation();
        }
        match operation {
            Operation::Tap { x, y, label } => self.tap_control(*x, *y, label).await,
            Operation::Type { x, y, label, text, submit } => {
                self.tap_control(*x, *y, label).await?;
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
}

impl Drop for Web {
    fn drop(&mut self) {
        if let Some(profile) = &self.profile {
            chromedriver::end_browsers_of(profile.path());
        }
    }
}

//! Android, through Appium's UiAutomator2 driver.

use std::collections::BTreeMap;

use async_trait::async_trait;
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use super::{Display, Finger, IDLE, PhoneTarget, System, mobile};
use crate::app::AppError;
use crate::app::session::Session;
use crate::language::permission;
use crate::screen::{Screen, SourceError, uiautomator};
use crate::world::Start;
use crate::world::access::Standing;

/// Android's key code of the enter key (android.view.KeyEvent).
const ENTER: u32 = 66;

/// Android.
#[derive(Debug, Clone, Copy)]
pub struct Android;

#[async_trait]
impl System for Android {
    fn capabilities(&self, target: &PhoneTarget) -> Capabilities {
        let own = [
            ("platformName", json!("Android")),
            ("appium:automationName", json!("UiAutomator2")),
            ("appium:appPackage", json!(target.id)),
            // Starts are candor's: the driver neither clears, grants nor launches by itself.
            ("appium:noReset", json!(true)),
            ("appium:autoLaunch", json!(false)),
            ("appium:autoGrantPermissions", json!(false)),
            // Between two operations nothing is asked of the driver while a probe thinks.
            ("appium:newCommandTimeout", json!(300)),
            ("appium:settings[waitForIdleTimeout]", json!(IDLE)),
        ];
        let activity = target.activity.as_ref().map(|activity| ("appium:appActivity", json!(activity)));
        target.make_capabilities(own.into_iter().chain(activity))
    }

    async fn display(&self, session: &Session) -> Result<Display, AppError> {
        let about = mobile(session, "deviceInfo", json!({})).await?;
        let dpi = match &about["displayDensity"] {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        let dpi = dpi.filter(|dpi| (60.0..2000.0).contains(dpi)).ok_or_else(|| AppError::Nonsense {
            command: "mobile: deviceInfo".into(),
            why: format!("displayDensity is {}, expected dots per inch", about["displayDensity"]),
        })?;
        // 1 dp is 1 px at 160 dots per inch: Android's own definition.
        Ok(Display { density: dpi as f32 / 160.0 })
    }

    async fn start(&self, session: &Session, target: &PhoneTarget, how: Start) -> Result<(), AppError> {
        let app = json!({"appId": target.id});
        match how {
            // Clears data and takes permissions back, as after installing.
            Start::Fresh => mobile(session, "clearApp", app.clone()).await?,
            Start::Resumed | Start::Upgraded => mobile(session, "terminateApp", app.clone()).await?,
        };
        match &target.activity {
            Some(activity) => {
                let component = format!("{}/{activity}", target.id);
                mobile(session, "startActivity", json!({"component": component, "wait": true})).await?
            }
            None => mobile(session, "activateApp", app).await?,
        };
        Ok(())
    }

    fn finger(&self, _: Display) -> Finger {
        Finger { scale: 1.0 }
    }

    fn read(&self, source: &str, display: Display) -> Result<Screen, SourceError> {
        uiautomator::read(source, display.density)
    }

    fn locator(&self, screen: &Screen, at: usize) -> Option<(&'static str, String)> {
        let element = &screen.elements[at];
        let only = |same: &dyn Fn(&crate::screen::Element) -> bool| {
            screen.elements.iter().filter(|other| same(other)).count() == 1
        };
        if !element.id.is_empty() && only(&|other| other.id == element.id) {
            return Some(("id", element.id.clone()));
        }
        // The tree folds white space and moves names to texts; only what is surely the source's own word serves.
        let plain =
            |text: &str| !text.is_empty() && text.chars().count() <= 40 && !text.contains(['"', '\\']);
        if plain(&element.text) && only(&|other| other.text == element.text) {
            let selector = format!("new UiSelector().text(\"{}\")", element.text);
            return Some(("-android uiautomator", selector));
        }
        (plain(&element.name) && only(&|other| other.name == element.name))
            .then(|| ("accessibility id", element.name.clone()))
    }

    async fn back(&self, session: &Session, _: Option<&Screen>, _: &Finger) -> Result<(), AppError> {
        session.post("back", json!({})).await.map(|_| ())
    }

    async fn submit(&self, session: &Session) -> Result<(), AppError> {
        mobile(session, "pressKey", json!({"keycode": ENTER})).await.map(|_| ())
    }

    async fn upgrade(&self, session: &Session, file: &str) -> Result<(), AppError> {
        mobile(session, "installApp", json!({"appPath": file})).await.map(|_| ())
    }

    async fn permissions(
        &self,
        session: &Session,
        target: &PhoneTarget,
    ) -> Result<Option<BTreeMap<String, bool>>, AppError> {
        let mut states = BTreeMap::new();
        for (kind, granted) in [("denied", false), ("granted", true)] {
            let command = "getPermissions";
            let names = mobile(session, command, json!({"type": kind, "appPackage": target.id})).await?;
            let names: Vec<String> = serde_json::from_value(names)
                .map_err(|e| AppError::Nonsense { command: command.into(), why: e.to_string() })?;
            states.extend(names.into_iter().map(|name| (name, granted)));
        }
        Ok(Some(states))
    }

    async fn set_permission(
        &self,
        session: &Session,
        target: &PhoneTarget,
        name: &str,
        standing: Standing,
    ) -> Result<bool, AppError> {
        let names = permission::names_of(name, self.platform());
        if names.is_empty() {
            return Ok(false);
        }
        let action = if standing == Standing::Granted { "grant" } else { "revoke" };
        let arguments = json!({"permissions": names, "appPackage": target.id, "action": action});
        match mobile(session, "changePermissions", arguments).await {
            Ok(_) => Ok(true),
            // Only what the app declares can be granted to it.
            Err(AppError::Refused { .. }) => Ok(false),
            Err(e) => Err(e),
        }
    }

    fn platform(&self) -> &'static str {
        "android"
    }

    fn is_own(&self, address: &str, target: &PhoneTarget) -> bool {
        address == target.id || permission::is_system_package(address)
    }
}

//! iOS, through Appium's XCUITest driver.

use std::collections::BTreeMap;

use async_trait::async_trait;
use fantoccini::wd::Capabilities;
use serde_json::json;

use super::{Display, Finger, PhoneTarget, System, mobile};
use crate::app::AppError;
use crate::app::session::Session;
use crate::language::permission;
use crate::screen::operation::Direction;
use crate::screen::{Role, Screen, SourceError, xcuitest};
use crate::world::Start;
use crate::world::access::Standing;

/// Privacy settings that a fresh start takes back (`mobile: resetPermission`; XCUIProtectedResource).
const PRIVACY: [&str; 9] = [
    "contacts",
    "calendar",
    "reminders",
    "photos",
    "microphone",
    "camera",
    "location",
    "bluetooth",
    "health",
];
/// iOS itself, whose alerts lie over every app.
const SPRINGBOARD: &str = "com.apple.springboard";

/// iOS.
#[derive(Debug, Clone, Copy)]
pub struct Ios;

#[async_trait]
impl System for Ios {
    fn capabilities(&self, target: &PhoneTarget) -> Capabilities {
        let own = [
            ("platformName", json!("iOS")),
            ("appium:automationName", json!("XCUITest")),
            ("appium:bundleId", json!(target.id)),
            ("appium:noReset", json!(true)),
            ("appium:autoLaunch", json!(false)),
            // An ask is what candor came to see: nothing answers it unseen.
            ("appium:autoAcceptAlerts", json!(false)),
            ("appium:autoDismissAlerts", json!(false)),
            ("appium:newCommandTimeout", json!(300)),
            // The source is that of the system's alert while one is in the way.
            ("appium:settings[respectSystemAlerts]", json!(true)),
        ];
        target.make_capabilities(own)
    }

    async fn display(&self, session: &Session) -> Result<Display, AppError> {
        let about = mobile(session, "deviceScreenInfo", json!({})).await?;
        let scale = about["scale"].as_f64().filter(|scale| (0.5..8.0).contains(scale));
        let density = scale.ok_or_else(|| AppError::Nonsense {
            command: "mobile: deviceScreenInfo".into(),
            why: format!("scale is {}, expected px per pt", about["scale"]),
        })? as f32;
        Ok(Display { density })
    }

    async fn start(&self, session: &Session, target: &PhoneTarget, how: Start) -> Result<(), AppError> {
        let app = json!({"bundleId": target.id});
        mobile(session, "terminateApp", app.clone()).await?;
        if how == Start::Fresh {
            self.forget(session, target).await?;
        }
        mobile(session, "activateApp", app).await.map(|_| ())
    }

    fn finger(&self, display: Display) -> Finger {
        Finger { scale: display.density }
    }

    fn read(&self, source: &str, display: Display) -> Result<Screen, SourceError> {
        xcuitest::read(source, display.density)
    }

    fn locator(&self, screen: &Screen, at: usize) -> Option<(&'static str, String)> {
        let id = &screen.elements[at].id;
        let only = screen.elements.iter().filter(|other| other.id == *id).count() == 1;
        (!id.is_empty() && only).then(|| ("accessibility id", id.clone()))
    }

    async fn back(
        &self,
        session: &Session,
        screen: Option<&Screen>,
        finger: &Finger,
    ) -> Result<(), AppError> {
        let Some(screen) = screen else {
            return Err(AppError::Refused { command: "back".into(), why: "no screen was looked at".into() });
        };
        match back_button(screen) {
            Some((x, y)) => finger.tap(session, x, y).await,
            // Without a button, iOS goes back by a swipe from the left edge.
            None => {
                let reach = screen.width * 0.7;
                finger.swipe(session, Direction::Left, (reach / 2.0 + 1.0, screen.height / 2.0), reach).await
            }
        }
    }

    async fn submit(&self, session: &Session) -> Result<(), AppError> {
        let active = session.get("element/active").await?;
        let Some(element) = super::element_id(&active) else {
            return Err(AppError::Refused { command: "submit".into(), why: "no field is active".into() });
        };
        session.post(&format!("element/{element}/value"), json!({"text": "\n"})).await.map(|_| ())
    }

    async fn upgrade(&self, session: &Session, file: &str) -> Result<(), AppError> {
        mobile(session, "installApp", json!({"app": file})).await.map(|_| ())
    }

    async fn permissions(
        &self,
        _: &Session,
        _: &PhoneTarget,
    ) -> Result<Option<BTreeMap<String, bool>>, AppError> {
        // Only simulators tell, one service at a time and with a helper program of their own.
        Ok(None)
    }

    async fn set_permission(
        &self,
        session: &Session,
        target: &PhoneTarget,
        name: &str,
        standing: Standing,
    ) -> Result<bool, AppError> {
        let word = match standing {
            Standing::Granted => "yes",
            Standing::Refused => "no",
            Standing::Unanswered => "unset",
        };
        let Some(name) = permission::names_of(name, self.platform()).first() else { return Ok(false) };
        let wish = json!({"bundleId": target.id, "access": {name.as_str(): word}});
        match mobile(session, "setPermission", wish).await {
            Ok(_) => Ok(true),
            // Only simulators can.
            Err(AppError::Refused { .. }) => Ok(false),
            Err(e) => Err(e),
        }
    }

    fn platform(&self) -> &'static str {
        "ios"
    }

    fn is_own(&self, address: &str, target: &PhoneTarget) -> bool {
        // Sources name the bundle only since a late version of the driver; an older one gives the app's name.
        !address.contains('.') || address == target.id || address == SPRINGBOARD
    }
}

impl Ios {
    /// As if it had just been installed: installed again where its file is known, else its data cleared, which
    /// only simulators can.
    async fn forget(&self, session: &Session, target: &PhoneTarget) -> Result<(), AppError> {
        let app = json!({"bundleId": target.id});
        match &target.file {
            Some(file) => {
                mobile(session, "removeApp", app).await?;
                mobile(session, "installApp", json!({"app": file})).await?;
            }
            None => {
                mobile(session, "clearApp", app).await.map_err(|e| match e {
                    AppError::Refused { command, why } => AppError::Unreachable {
                        address: target.id.clone(),
                        why: format!(
                            "{command} was refused ({why}), so it cannot be started as newly installed. Name the app's file in the scenario (`file:`), and it is installed again instead"
                        ),
                    },
                    other => other,
                })?;
            }
        }
        for service in PRIVACY {
            // Not every version of iOS has every one of them.
            match mobile(session, "resetPermission", json!({"service": service})).await {
                Err(e) if e.is_fatal() => return Err(e),
                _ => {}
            }
        }
        Ok(())
    }
}

/// The button at the left of the top bar that leads back.
fn back_button(screen: &Screen) -> Option<(f32, f32)> {
    let top = 110.0 * screen.density;
    (0..screen.elements.len()).find_map(|at| {
        let element = &screen.elements[at];
        let in_bar = element.rect.bottom() <= top && element.rect.x < screen.width * 0.25;
        let said = screen.label(at).to_lowercase();
        let back = element.id == "BackButton"
            || ["返回", "back", "‹", "<", "←"].iter().any(|word| said.starts_with(word))
            || screen.ancestors(at).any(|outer| screen.elements[outer].kind.ends_with("NavigationBar"));
        (element.role == Role::Button && in_bar && back).then_some(element.tap_at).flatten()
    })
}

//! What differs between Android and iOS, and what both need to be told.

use std::collections::BTreeMap;

use async_trait::async_trait;
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use super::Finger;
use crate::app::AppError;
use crate::app::session::Session;
use crate::screen::{Screen, SourceError};
use crate::world::Start;
use crate::world::access::Standing;

/// What is needed to drive an app on a phone.
#[derive(Debug, Clone, Default)]
pub struct PhoneTarget {
    /// Package (Android) or bundle id (iOS).
    pub id: String,
    /// The activity to start; Android's launcher activity without it.
    pub activity: Option<String>,
    /// Path or address of the app's file, as the Appium server sees it.
    pub file: Option<String>,
    /// Where Appium listens.
    pub driver: String,
    /// Capabilities passed through as they are; they win over candor's own.
    pub capabilities: Capabilities,
}

impl PhoneTarget {
    /// Makes the capabilities of a session: `own` are the system's, and the app's file comes after them.
    pub fn make_capabilities(&self, own: impl IntoIterator<Item = (&'static str, Value)>) -> Capabilities {
        let file = self.file.as_ref().map(|file| ("appium:app", json!(file)));
        own.into_iter().chain(file).map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// The size of a phone's picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Display {
    /// px of the picture per dp or pt.
    pub density: f32,
}

/// What differs between the systems.
#[async_trait]
pub trait System: Send + Sync {
    /// Candor's own capabilities for a session.
    fn capabilities(&self, target: &PhoneTarget) -> Capabilities;
    /// Asks once per session how large a dp or pt is.
    async fn display(&self, session: &Session) -> Result<Display, AppError>;
    /// Starts the app; `Fresh` as if it had just been installed.
    async fn start(&self, session: &Session, target: &PhoneTarget, how: Start) -> Result<(), AppError>;
    /// What a finger's places are told in: px on Android, pt on iOS.
    fn finger(&self, display: Display) -> Finger;
    /// Reads a page source.
    fn read(&self, source: &str, display: Display) -> Result<Screen, SourceError>;
    /// How the driver finds this element again: a strategy and a value, where its own words are enough.
    fn locator(&self, screen: &Screen, at: usize) -> Option<(&'static str, String)>;
    /// Goes back as a person does.
    async fn back(&self, session: &Session, screen: Option<&Screen>, finger: &Finger)
    -> Result<(), AppError>;
    /// Presses the keyboard's enter or search key.
    async fn submit(&self, session: &Session) -> Result<(), AppError>;
    /// Puts the app's newer version in place of the one that is there.
    async fn upgrade(&self, session: &Session, file: &str) -> Result<(), AppError>;
    /// What the system says is granted to the app; `None` where it does not tell.
    async fn permissions(
        &self,
        session: &Session,
        target: &PhoneTarget,
    ) -> Result<Option<BTreeMap<String, bool>>, AppError>;
    /// The platform's name in `permissions.yaml`.
    fn platform(&self) -> &'static str;
    /// Sets how a permission stands, by the name that `permissions.yaml` gives it; false where the system does not know it.
    async fn set_permission(
        &self,
        session: &Session,
        target: &PhoneTarget,
        name: &str,
        standing: Standing,
    ) -> Result<bool, AppError>;
    /// Whether a screen of this package or bundle belongs to the app or to the system's own dialogs.
    fn is_own(&self, address: &str, target: &PhoneTarget) -> bool;
}

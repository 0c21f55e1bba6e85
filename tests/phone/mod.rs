//! A simulated phone: no phone exists where the tests run, so the part of one that Appium's unmodified
//! UiAutomator2 driver talks to is played here. Everything before it is real: candor, Appium, the driver.
//!
//! `adb` (`adb.rs`) answers the driver's shell calls; the on-device server (`device.rs`) answers its HTTP
//! calls. Behind both, the sample app runs in a real Chromium of a phone's size (`browser`); `face.rs` turns its
//! tree into the XML that Android gives, and its pixels are the real screenshot.

mod adb;
mod appium;
mod device;
pub mod face;
mod face_ios;
mod ios;

use std::path::Path;
use std::sync::Arc;

use candor::app::App;
use candor::app::web::{Viewport, Web, WebTarget};
use tokio::sync::Mutex;

pub use appium::{Appium, free_port};

/// The app's package on the simulated phone.
pub const PACKAGE: &str = "com.xiaoman.market";
/// Its launcher activity.
pub const ACTIVITY: &str = "com.xiaoman.market.MainActivity";
/// Dots per inch: 2.625 px per dp.
pub const DPI: u32 = 420;

/// The app's bundle id on the simulated iPhone.
pub const BUNDLE: &str = "com.xiaoman.market";

/// What the phone's parts share.
pub struct Phone {
    /// Web views do not show their inside to the phone's own tree.
    pub opaque: bool,
    /// What the web context answers to a look at its page.
    pub page: Option<serde_json::Value>,
    pub browser: Mutex<Web>,
    pub state: std::sync::Mutex<State>,
}

/// What the phone remembers beside the app itself.
#[derive(Debug, Default)]
pub struct State {
    pub running: bool,
    /// Data was cleared since the last start.
    pub cleared: bool,
    /// The driver speaks to the web view.
    pub web_context: bool,
    /// The field that has the keyboard, px.
    pub focus: Option<(f32, f32)>,
    /// Elements of the last source, by the number that the driver was given.
    pub elements: Vec<face::Node>,
    /// Every adb call and every HTTP request, for tests that count them.
    pub calls: Vec<String>,
    /// Permissions granted, as `android.permission.…`.
    pub granted: Vec<String>,
}

/// A phone, with the folder that plays its SDK.
pub struct SimulatedPhone {
    pub phone: Arc<Phone>,
    /// `ANDROID_HOME` for Appium.
    pub sdk: tempfile::TempDir,
}

impl SimulatedPhone {
    /// An Android phone that has the app at `address` installed.
    pub async fn start(address: &str) -> SimulatedPhone {
        let phone = phone(address, Viewport::default()).await;
        let sdk = tempfile::tempdir().expect("a folder");
        adb::install(&phone, sdk.path()).await;
        SimulatedPhone { phone, sdk }
    }

    /// An iPhone that has the app at `address` installed, and where its Appium double listens. With `page`, web
    /// views hide their inside, and this is what the web context answers.
    pub async fn start_ios(address: &str, page: Option<serde_json::Value>) -> (SimulatedPhone, String) {
        let viewport = Viewport { width: 390, height: 844, density: ios::SCALE };
        let mut phone = phone(address, viewport).await;
        if let Some(own) = Arc::get_mut(&mut phone) {
            own.opaque = page.is_some();
            own.page = page;
        }
        let driver = ios::serve(&phone).await;
        (SimulatedPhone { phone, sdk: tempfile::tempdir().expect("a folder") }, driver)
    }

    pub fn sdk(&self) -> &Path {
        self.sdk.path()
    }

    pub fn calls(&self) -> Vec<String> {
        self.phone.state.lock().expect("no panic").calls.clone()
    }

    /// Switches it off.
    pub async fn stop(self) {
        self.phone.browser.lock().await.stop().await;
    }
}

/// A phone's parts around a browser of its size.
async fn phone(address: &str, viewport: Viewport) -> Arc<Phone> {
    let address: url::Url = address.parse().expect("an address");
    let target = WebTarget { viewport, ..WebTarget::default() };
    let browser = Mutex::new(Web::new(target, address).await.expect("chromedriver"));
    Arc::new(Phone { opaque: false, page: None, browser, state: std::sync::Mutex::new(State::default()) })
}

impl Phone {
    pub fn note(&self, call: String) {
        if std::env::var_os("PHONE_LOG").is_some() {
            eprintln!("phone: {call}");
        }
        self.state.lock().expect("no panic").calls.push(call);
    }
}

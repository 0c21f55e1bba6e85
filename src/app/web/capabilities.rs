//! The browser that plays a phone: what the driver is asked for.

use std::path::Path;

use fantoccini::wd::Capabilities;
use serde_json::json;

use super::browser::Viewport;

/// How a browser is started.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    /// Its window is shown.
    pub visible: bool,
    /// Loads are not waited for by the driver: a page whose time stands still never finishes one.
    pub virtual_time: bool,
    /// Pages are told that a program drives them (`navigator.webdriver`): some then show another face than to a person.
    pub as_robot: bool,
}

/// Capabilities for a fresh browser of a phone's size, with a profile of its own.
pub fn capabilities(profile: &Path, viewport: &Viewport, manner: Manner) -> Capabilities {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=zh-CN",
        "--hide-scrollbars",
        "--disable-popup-blocking",
        // A phone has a camera and a microphone: an app that was granted them must find them.
        "--use-fake-device-for-media-stream",
    ]
    .map(str::to_owned)
    .to_vec();
    if manner.visible {
        arguments.retain(|argument| !argument.starts_with("--headless"));
    }
    if !manner.as_robot {
        arguments.push("--disable-blink-features=AutomationControlled".to_owned());
    }
    if manner.virtual_time {
        // A page that comes back from the cache, or a new frame for the same tab, would have no budget.
        arguments.push("--disable-features=BackForwardCache,RenderDocument,PaintHolding".to_owned());
        arguments.push("--disable-back-forward-cache".to_owned());
    }
    // Chromium's sandbox does not start for the root user.
    if std::fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
        arguments.push("--no-sandbox".to_owned());
    }
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let mut options = json!({
        "args": arguments,
        "mobileEmulation": { "deviceMetrics": {
            "width": viewport.width, "height": viewport.height, "pixelRatio": viewport.density, "touch": true, "mobile": true } },
    });
    if let Some(browser) = std::env::var_os("CANDOR_CHROMIUM") {
        options["binary"] = json!(browser.to_string_lossy());
    }
    let mut capabilities = Capabilities::new();
    capabilities.insert("browserName".into(), json!("chrome"));
    capabilities.insert("unhandledPromptBehavior".into(), json!("ignore"));
    capabilities.insert("webSocketUrl".into(), json!(true));
    capabilities.insert("pageLoadStrategy".into(), json!(if manner.virtual_time { "none" } else { "eager" }));
    capabilities.insert("goog:chromeOptions".into(), options);
    if !manner.virtual_time {
        // Which requests are under way: in virtual time the DevTools line tells.
        capabilities.insert("goog:loggingPrefs".into(), json!({"performance": "ALL"}));
    }
    capabilities
}

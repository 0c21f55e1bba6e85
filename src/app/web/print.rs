//! A page of ours as a PDF, printed by a browser through its driver.

use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use serde_json::{Value, json};
use url::Url;

use super::browser::Viewport;
use super::capabilities::{Manner, capabilities};
use super::chromedriver::{self, Chromedriver};
use crate::app::AppError;
use crate::app::session::{COMMAND, Session};

/// A4 (cm).
const A4: (f32, f32) = (21.0, 29.7);

/// Opens a file in a browser of its own, shows it in a language (`zh`, `en`, `both`), and gives it as PDF. Without
/// `driver`, a chromedriver is started and ended again.
///
/// # Errors
/// When there is no driver, it has no browser, or it cannot print.
pub async fn pdf(page: &Path, language: &str, driver: Option<&str>) -> Result<Vec<u8>, AppError> {
    let mut own = match driver {
        Some(_) => None,
        None => Some(Chromedriver::start().await?),
    };
    let at = own.as_ref().map_or(driver.unwrap_or_default(), Chromedriver::address).to_owned();
    let printed = with_browser(&at, page, language).await;
    if let Some(own) = &mut own {
        own.stop().await;
    }
    printed
}

async fn with_browser(driver: &str, page: &Path, language: &str) -> Result<Vec<u8>, AppError> {
    let no_session = |why: String| AppError::NoSession { at: driver.to_owned(), why };
    let address = std::path::absolute(page).ok().and_then(|path| Url::from_file_path(path).ok());
    let address = address.ok_or_else(|| no_session(format!("{} has no address", page.display())))?;
    let profile = tempfile::Builder::new()
        .prefix("candor-profile-")
        .tempdir()
        .map_err(|e| no_session(format!("no folder for a browser profile: {e}")))?;
    let mut capabilities = capabilities(profile.path(), &Viewport::default(), Manner::default());
    // A sheet of paper is no phone, and nobody listens to what the page calls for.
    capabilities.remove("webSocketUrl");
    if let Some(options) = capabilities.get_mut("goog:chromeOptions").and_then(Value::as_object_mut) {
        options.remove("mobileEmulation");
    }
    let session = Session::open(driver, capabilities, COMMAND, Arc::default()).await?;
    let printed = print(&session, &address, language).await;
    session.close().await;
    chromedriver::end_browsers_of(profile.path());
    printed
}

async fn print(session: &Session, address: &Url, language: &str) -> Result<Vec<u8>, AppError> {
    session.post("url", json!({"url": address.as_str()})).await?;
    let choose = "const radio = document.getElementById('lang-' + arguments[0]); if (radio) radio.click();";
    session.script(choose, json!(language)).await?;
    let page = json!({
        "page": { "width": A4.0, "height": A4.1 },
        "margin": { "top": 1.5, "bottom": 1.8, "left": 1.4, "right": 1.4 },
        "background": true,
        "shrinkToFit": true,
    });
    let answer = session.post("print", page).await?;
    let nonsense = |why: &str| AppError::Nonsense { command: "print".to_owned(), why: why.to_owned() };
    let text = answer.as_str().ok_or_else(|| nonsense("no text came back"))?;
    let pdf = base64::engine::general_purpose::STANDARD
        .decode(text)
        .map_err(|e| nonsense(&format!("what came back is not base64: {e}")))?;
    if !pdf.starts_with(b"%PDF-") {
        return Err(nonsense("what came back is no PDF"));
    }
    Ok(pdf)
}

//! A web view inside an app: read as the web is, after switching to its context.
//!
//! Most web views show their inside to the phone's own tree. Where one does not, the driver's web context does,
//! if the app's maker left debugging on and the driver has a chromedriver that fits; otherwise pixels are left.

use serde_json::json;

use crate::app::AppError;
use crate::app::session::Session;
use crate::screen::dom::Snapshot;
use crate::screen::{Rect, Role, Screen};

/// Share of the screen from which a web view is what the person looks at.
const SHARE: f32 = 0.25;
/// Characters below which a web view's inside is taken to be missing from the tree.
const OPAQUE: usize = 20;

/// The web view whose inside the phone's tree does not show.
pub fn opaque(screen: &Screen) -> Option<usize> {
    (0..screen.elements.len()).find(|&at| {
        let element = &screen.elements[at];
        element.role == Role::Document
            && element.seen
            && element.rect.area() > SHARE * screen.width * screen.height
            && screen.text_within(at).chars().count() < OPAQUE
    })
}

/// Puts the web view's inside below its element; leaves the screen as it is where there is no web context.
///
/// # Errors
/// When the session is lost.
pub async fn fill(session: &Session, screen: &mut Screen, at: usize) -> Result<(), AppError> {
    let Some(inner) = inside(session).await? else { return Ok(()) };
    let frame = screen.elements[at].rect;
    let base = screen.elements.len();
    for mut element in inner.elements {
        element.parent = Some(element.parent.map_or(at, |parent| parent + base));
        element.labels = element.labels.map(|labelled| labelled + base);
        element.rect = Rect { x: element.rect.x + frame.x, y: element.rect.y + frame.y, ..element.rect };
        element.tap_at = element.tap_at.map(|(x, y)| (x + frame.x, y + frame.y));
        screen.elements.push(element);
    }
    screen.title = inner.title;
    Ok(())
}

/// All text of the web view on the screen; `None` where there is no web context.
///
/// # Errors
/// When the session is lost.
pub async fn whole_text(session: &Session) -> Result<Option<String>, AppError> {
    let text = inside(session).await?.map(|screen| screen.whole_text());
    Ok(text.filter(|text| !text.trim().is_empty()))
}

/// The page in the last web context that the driver knows, in px of its own viewport.
async fn inside(session: &Session) -> Result<Option<Screen>, AppError> {
    let contexts = match session.get("contexts").await {
        Ok(contexts) => contexts,
        Err(e) if e.is_fatal() => return Err(e),
        Err(_) => return Ok(None),
    };
    let name = contexts.as_array().and_then(|names| {
        names
            .iter()
            .rev()
            .filter_map(|name| name.as_str())
            .find(|name| name.starts_with("WEBVIEW"))
            .map(str::to_owned)
    });
    let Some(name) = name else { return Ok(None) };
    if let Err(e) = session.post("context", json!({"name": name})).await {
        return if e.is_fatal() { Err(e) } else { Ok(None) };
    }
    let options = json!({"limit": 12_000, "text": 20_000});
    let answer = session.script(include_str!("../web/snapshot.js"), options).await;
    session.post("context", json!({"name": "NATIVE_APP"})).await?;
    match answer {
        Ok(value) => Ok(Snapshot::parse(value).ok().map(Snapshot::into_screen)),
        Err(e) if e.is_fatal() => Err(e),
        Err(_) => Ok(None),
    }
}

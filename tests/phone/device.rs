//! The on-device server of the simulated phone: the paths of Appium's UiAutomator2 server.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use candor::app::App as _;
use candor::screen::operation::{Direction, Operation};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{DPI, Phone, face};

/// Listens where the driver had a port forwarded to.
pub async fn listen(phone: &Arc<Phone>, port: u16) {
    let Ok(listener) = TcpListener::bind(("127.0.0.1", port)).await else { return };
    let app = Router::new().fallback(answer).with_state(phone.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
}

async fn answer(Shared(phone): Shared<Arc<Phone>>, method: Method, uri: Uri, body: Bytes) -> Response {
    let path = uri.path().to_owned();
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    // /session/{id}/rest, or /status and /session alone.
    let rest = if parts.len() > 2 { &parts[2..] } else { &[][..] };
    if !(rest.is_empty()) {
        phone.note(format!("{method} {}", rest.join("/")));
    }
    let (status, value) = match done(&phone, &method, &parts, rest, &body).await {
        Ok(value) => (StatusCode::OK, value),
        Err((error, message)) => {
            (StatusCode::NOT_FOUND, json!({"error": error, "message": message, "stacktrace": ""}))
        }
    };
    (status, axum::Json(json!({"sessionId": "simulated", "value": value}))).into_response()
}

pub type Refusal = (&'static str, String);

async fn done(
    phone: &Arc<Phone>,
    method: &Method,
    parts: &[&str],
    rest: &[&str],
    body: &Value,
) -> Result<Value, Refusal> {
    let refused = |what: String| ("unknown error", what);
    match (method.as_str(), rest) {
        ("GET", []) if parts == ["status"] => return Ok(json!({"ready": true, "message": "simulated"})),
        ("POST", []) => return Ok(json!({"sessionId": "simulated", "capabilities": body["capabilities"]})),
        ("GET" | "DELETE", []) => return Ok(json!({"sessions": [], "lastScreenshotAt": null})),
        ("GET", ["appium", "device", "info"]) => {
            return Ok(
                json!({"displayDensity": DPI, "realDisplaySize": "1082x2402", "apiVersion": "34", "platformVersion": "14", "manufacturer": "candor", "model": "Simulated"}),
            );
        }
        ("GET", ["appium", "device", "pixel_ratio"]) => return Ok(json!(2.625)),
        ("GET", ["appium", "device", "system_bars"]) => {
            return Ok(json!({"statusBar": 0, "navigationBar": 0}));
        }
        ("GET", ["window", "current", "size"] | ["window", "rect"]) => {
            return Ok(json!({"width": 1082, "height": 2402, "x": 0, "y": 0}));
        }
        ("POST" | "GET", ["appium", "settings"]) | ("POST", ["timeouts"]) => return Ok(json!({})),
        _ => {}
    }
    let mut browser = phone.browser.lock().await;
    match (method.as_str(), rest) {
        ("GET", ["source"]) => {
            let screen = browser.look().await.map_err(|e| refused(e.to_string()))?;
            let source = face::android(&screen);
            phone.state.lock().expect("no panic").elements = source.nodes;
            return Ok(json!(source.xml));
        }
        ("GET", ["screenshot"]) => {
            let picture = browser.picture().await.map_err(|e| refused(e.to_string()))?;
            let picture = picture.ok_or_else(|| refused("the screen is secure".into()))?;
            return Ok(json!(base64::engine::general_purpose::STANDARD.encode(picture)));
        }
        ("GET", ["element", "active"]) => {
            let state = phone.state.lock().expect("no panic");
            state.focus.ok_or(("no such element", "no field has the keyboard".into()))?;
            return Ok(reference("active"));
        }
        ("POST", ["element"]) => return find(phone, body).map(|at| reference(&at.to_string())),
        _ => {}
    }
    let operation = match (method.as_str(), rest) {
        ("POST", ["element", id, "click"]) => {
            let (x, y) = place(phone, id)?;
            focus(phone, x, y);
            press(&browser.look().await.map_err(|e| refused(e.to_string()))?, x, y)
        }
        ("POST", ["element", _, "value"]) => typed(phone, body["text"].as_str().unwrap_or_default(), false)?,
        ("POST", ["appium", "device", "press_keycode"]) => typed(phone, "", true)?,
        ("POST", ["actions"]) => {
            let operation = gesture(body, 1.0).ok_or(("invalid argument", "no pointer moves".to_owned()))?;
            match operation {
                Operation::Tap { x, y, .. } => {
                    focus(phone, x, y);
                    press(&browser.look().await.map_err(|e| refused(e.to_string()))?, x, y)
                }
                other => other,
            }
        }
        ("POST", ["back"]) => Operation::Back,
        ("POST", ["url"]) => Operation::Open { address: body["url"].as_str().unwrap_or_default().to_owned() },
        _ => {
            phone.note(format!("UNKNOWN {method} {}", rest.join("/")));
            return Err(("unknown command", format!("the simulated phone has no {}", rest.join("/"))));
        }
    };
    browser.perform(&operation).await.map_err(|e| refused(e.to_string()))?;
    Ok(Value::Null)
}

pub fn reference(id: &str) -> Value {
    json!({"element-6066-11e4-a52e-4f735466cecf": id, "ELEMENT": id})
}

/// A tap on one of the two buttons that the face draws for a native alert answers the alert.
pub fn press(screen: &candor::screen::Screen, x: f32, y: f32) -> Operation {
    if screen.alert.is_some() {
        return Operation::Answer { accept: x > screen.width / 2.0 };
    }
    Operation::Tap { x, y, label: String::new() }
}

pub fn focus(phone: &Arc<Phone>, x: f32, y: f32) {
    let mut state = phone.state.lock().expect("no panic");
    let field = state.elements.iter().find(|node| {
        let rect = node.rect;
        node.class.ends_with("EditText")
            && x >= rect.x
            && x < rect.right()
            && y >= rect.y
            && y < rect.bottom()
    });
    let center = field.map(|node| node.rect.center());
    state.focus = center;
    let allowed = state.elements.iter().any(|node| {
        let rect = node.rect;
        node.id.contains("permission_allow")
            && x >= rect.x
            && x < rect.right()
            && y >= rect.y
            && y < rect.bottom()
    });
    if allowed {
        let asked = state.elements.iter().find(|node| node.id.ends_with("permission_message"));
        let location = asked.is_some_and(|node| node.text.contains("位置"));
        let name = if location { "ACCESS_FINE_LOCATION" } else { "READ_CONTACTS" };
        state.granted.push(format!("android.permission.{name}"));
    }
}

pub fn place(phone: &Arc<Phone>, id: &str) -> Result<(f32, f32), Refusal> {
    let state = phone.state.lock().expect("no panic");
    let node = id.parse::<usize>().ok().and_then(|at| state.elements.get(at));
    node.map(|node| node.rect.center()).ok_or(("stale element reference", format!("no element {id}")))
}

pub fn typed(phone: &Arc<Phone>, text: &str, submit: bool) -> Result<Operation, Refusal> {
    let focus = phone.state.lock().expect("no panic").focus;
    let (x, y) = focus.ok_or(("no such element", "no field has the keyboard".to_owned()))?;
    Ok(Operation::Type { x, y, label: String::new(), text: text.to_owned(), submit })
}

pub fn find(phone: &Arc<Phone>, body: &Value) -> Result<usize, Refusal> {
    let (strategy, value) = (
        body["strategy"].as_str().or(body["using"].as_str()),
        body["selector"].as_str().or(body["value"].as_str()),
    );
    let value = value.unwrap_or_default();
    let state = phone.state.lock().expect("no panic");
    let text = value.strip_prefix("new UiSelector().text(\"").and_then(|rest| rest.strip_suffix("\")"));
    let same = |node: &face::Node| match strategy {
        Some("id") => node.id == value,
        Some("accessibility id") => node.description == value,
        Some("-android uiautomator") => text == Some(node.text.as_str()),
        _ => false,
    };
    state.elements.iter().position(same).ok_or(("no such element", format!("nothing is {value}")))
}

/// A pointer's moves as a tap or a swipe, in px; `scale` is px per unit of the driver.
pub fn gesture(body: &Value, scale: f32) -> Option<Operation> {
    let moves = body["actions"].as_array()?.iter().find(|source| source["type"] == "pointer")?["actions"]
        .as_array()?;
    let points: Vec<(f32, f32)> = moves
        .iter()
        .filter(|step| step["type"] == "pointerMove")
        .filter_map(|step| Some((step["x"].as_f64()? as f32 * scale, step["y"].as_f64()? as f32 * scale)))
        .collect();
    let (first, last) = (*points.first()?, *points.last()?);
    let (dx, dy) = (last.0 - first.0, last.1 - first.1);
    let reach = dx.abs().max(dy.abs());
    if reach < 10.0 {
        return Some(Operation::Tap { x: first.0, y: first.1, label: String::new() });
    }
    let direction = match (dx.abs() > dy.abs(), dx > 0.0, dy > 0.0) {
        (true, true, _) => Direction::Left,
        (true, false, _) => Direction::Right,
        (false, _, true) => Direction::Up,
        (false, _, false) => Direction::Down,
    };
    Some(Operation::Swipe { direction, x: (first.0 + last.0) / 2.0, y: (first.1 + last.1) / 2.0, reach })
}

//! The double of an Appium server with the XCUITest driver. That driver needs a Mac, so here candor talks to
//! this server, which speaks the driver's paths and `mobile:` commands, directly.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use candor::app::App as _;
use candor::screen::operation::Operation;
use candor::world::Start;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::device::{Refusal, find, focus, gesture, place, press, reference, typed};
use super::{Phone, face_ios};

/// px per pt of the simulated iPhone.
pub const SCALE: f32 = 3.0;

/// Serves the phone; gives the server's address.
pub async fn serve(phone: &Arc<Phone>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let app = Router::new().fallback(answer).with_state(phone.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

async fn answer(Shared(phone): Shared<Arc<Phone>>, method: Method, uri: Uri, body: Bytes) -> Response {
    let path = uri.path().trim_matches('/').to_owned();
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let parts: Vec<&str> = path.split('/').collect();
    let rest = parts.get(2..).unwrap_or_default();
    let script = body["script"].as_str().unwrap_or_default();
    phone.note(format!(
        "{method} {} {}",
        rest.join("/"),
        if script.starts_with("mobile:") { script } else { "" }
    ));
    let (status, value) = match done(&phone, &method, rest, &body).await {
        Ok(value) => (StatusCode::OK, value),
        Err((error, message)) => {
            (StatusCode::NOT_FOUND, json!({"error": error, "message": message, "stacktrace": ""}))
        }
    };
    (status, axum::Json(json!({"value": value}))).into_response()
}

async fn done(phone: &Arc<Phone>, method: &Method, rest: &[&str], body: &Value) -> Result<Value, Refusal> {
    let refused = |e: candor::app::AppError| ("unknown error", e.to_string());
    match (method.as_str(), rest) {
        ("POST", []) => {
            return Ok(
                json!({"sessionId": "simulated", "capabilities": body["capabilities"]["alwaysMatch"]}),
            );
        }
        ("DELETE", []) | ("POST", ["appium", "settings"]) => return Ok(Value::Null),
        ("GET", ["contexts"]) => return Ok(json!(["NATIVE_APP", "WEBVIEW_1"])),
        ("POST", ["context"]) => {
            phone.state.lock().expect("no panic").web_context = body["name"] != "NATIVE_APP";
            return Ok(Value::Null);
        }
        _ => {}
    }
    let mut browser = phone.browser.lock().await;
    let operation = match (method.as_str(), rest) {
        ("GET", ["source"]) => {
            let source = face_ios::ios(&browser.look().await.map_err(refused)?, phone.opaque);
            phone.state.lock().expect("no panic").elements = source.nodes;
            return Ok(json!(source.xml));
        }
        ("GET", ["screenshot"]) => {
            let picture = browser.picture().await.map_err(refused)?.unwrap_or_default();
            return Ok(json!(base64::engine::general_purpose::STANDARD.encode(picture)));
        }
        ("POST", ["execute", "sync"]) => {
            drop(browser);
            return script(phone, body).await;
        }
        ("GET", ["element", "active"]) => {
            let focus = phone.state.lock().expect("no panic").focus;
            return focus.map(|_| reference("active")).ok_or(("no such element", "no field".to_owned()));
        }
        ("POST", ["element"]) => return find(phone, body).map(|at| reference(&at.to_string())),
        ("POST", ["element", id, "click"]) => {
            let (x, y) = place(phone, id)?;
            focus(phone, x, y);
            press(&browser.look().await.map_err(refused)?, x, y)
        }
        ("POST", ["element", _, "value"]) => match body["text"].as_str().unwrap_or_default() {
            "\n" => typed(phone, "", true)?,
            text => typed(phone, text, false)?,
        },
        ("POST", ["actions"]) => {
            match gesture(body, SCALE).ok_or(("invalid argument", "no pointer moves".to_owned()))? {
                Operation::Tap { x, y, .. } => {
                    focus(phone, x, y);
                    press(&browser.look().await.map_err(refused)?, x, y)
                }
                // iOS's own gesture for going back begins at the left edge.
                Operation::Swipe {
                    direction: candor::screen::operation::Direction::Left, x, reach, ..
                } if x - reach / 2.0 < 10.0 => Operation::Back,
                other => other,
            }
        }
        _ => {
            phone.note(format!("UNKNOWN {method} {}", rest.join("/")));
            return Err(("unknown command", format!("the simulated phone has no {}", rest.join("/"))));
        }
    };
    browser.perform(&operation).await.map_err(refused)?;
    Ok(Value::Null)
}

/// `mobile:` commands, and scripts in the web context.
async fn script(phone: &Arc<Phone>, body: &Value) -> Result<Value, Refusal> {
    let script = body["script"].as_str().unwrap_or_default();
    let web = phone.state.lock().expect("no panic").web_context;
    if web {
        let page = phone.page.clone().ok_or(("unknown error", "no web view".to_owned()))?;
        // The one script that candor sends there asks for the page's tree.
        assert!(script.contains("getBoundingClientRect"), "{script}");
        return Ok(page);
    }
    match script {
        "mobile: deviceScreenInfo" => {
            return Ok(json!({"statusBarSize": {"width": 390, "height": 47}, "scale": SCALE}));
        }
        "mobile: terminateApp" => phone.state.lock().expect("no panic").running = false,
        "mobile: installApp" => {}
        "mobile: clearApp" | "mobile: removeApp" => {
            phone.state.lock().expect("no panic").cleared = true;
        }
        "mobile: resetPermission" | "mobile: backgroundApp" => {}
        "mobile: activateApp" => {
            let (running, cleared) = {
                let mut state = phone.state.lock().expect("no panic");
                (std::mem::replace(&mut state.running, true), std::mem::take(&mut state.cleared))
            };
            if !running {
                let how = if cleared { Start::Fresh } else { Start::Resumed };
                let mut browser = phone.browser.lock().await;
                browser.start(how).await.map_err(|e| ("unknown error", e.to_string()))?;
            }
        }
        _ => {
            phone.note(format!("UNKNOWN {script}"));
            return Err(("unknown command", format!("the simulated phone has no {script}")));
        }
    }
    Ok(Value::Null)
}

//! What every page, frame and worker sends, by the line's events: requests, beacons, redirects, WebSocket frames.
//!
//! The browser tells of a request in up to four events (itself, its real headers, its answer, its end), on the session of
//! whoever made it. A request is handed on once its end is known, or after [`PATIENCE`].

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{Timestamp, Unit};
use serde_json::Value;

use crate::world::request::{Body, Request, RequestKind};

/// How long the end of a request is waited for before it is handed on without (ours).
const PATIENCE: Duration = Duration::from_secs(1);
/// Requests that are kept until they are handed on (ours).
const MOST: usize = 20_000;
/// Bytes of all bodies that are kept until they are handed on (ours).
const BODIES: usize = 64 << 20;

/// A request's number, with the session that it belongs to.
type Name = (String, String);

/// One request as far as it is known.
#[derive(Debug)]
struct Seen {
    name: Name,
    request: Request,
    since: Instant,
    /// Its end was told, or it has none to wait for.
    ended: bool,
    /// Its body was asked for.
    awaits_body: bool,
}

/// What was sent and not handed on yet.
#[derive(Debug, Default)]
pub struct Sent {
    seen: Vec<Seen>,
    /// Headers that came before their request.
    early: HashMap<Name, Vec<(String, String)>>,
    /// Addresses of open WebSockets.
    sockets: HashMap<Name, Request>,
    /// Requests that the guard held back, by the browser's number: they never left.
    held: HashSet<String>,
    bodies: usize,
    /// Requests that were let go because there were too many.
    pub lost: usize,
}

impl Sent {
    /// Takes in an event of a session. True where the request's body has to be asked for.
    pub fn note(&mut self, session: &str, method: &str, params: &Value) -> bool {
        let Some(id) = params["requestId"].as_str() else { return false };
        let name = (session.to_owned(), id.to_owned());
        match method {
            "Network.requestWillBeSent" => return self.begin(name, params),
            "Network.requestWillBeSentExtraInfo" => self.note_headers(name, &params["headers"]),
            "Network.responseReceived" => {
                if let Some(seen) = self.find(&name) {
                    seen.request.status = status_of(&params["response"]);
                    seen.request.took = Some(seen.since.elapsed().as_secs_f64() * 1000.0);
                }
            }
            "Network.loadingFinished" => self.end(&name, None),
            "Network.loadingFailed" => self.fail(&name, params),
            "Network.webSocketCreated" => {
                let request = Request {
                    at: now(),
                    kind: RequestKind::WebSocket,
                    address: params["url"].as_str().unwrap_or_default().to_owned(),
                    script: script_of(&params["initiator"]),
                    ..Request::default()
                };
                self.sockets.insert(name.clone(), request.clone());
                self.push(name, request, true);
            }
            "Network.webSocketFrameSent" => self.note_frame(name, &params["response"]),
            "Network.webSocketClosed" => {
                self.sockets.remove(&name);
            }
            _ => {}
        }
        false
    }

    /// Takes in a body that was asked for; `None` where the browser has none to give.
    pub fn note_body(&mut self, session: &str, id: &str, body: Option<(&str, bool)>) {
        let name = (session.to_owned(), id.to_owned());
        let Some(seen) = self.seen.iter_mut().rev().find(|seen| seen.name == name && seen.awaits_body) else {
            return;
        };
        seen.awaits_body = false;
        let bytes = body.and_then(|(text, coded)| match coded {
            true => STANDARD.decode(text).ok(),
            false => Some(text.as_bytes().to_vec()),
        });
        seen.request.body = match bytes {
            Some(bytes) => Body::Bytes(bytes),
            None => Body::Missing {
                size: None,
                why: "the browser does not give it: a file, most likely".to_owned(),
            },
        };
    }

    /// Notes that the guard held a request back.
    pub fn note_held(&mut self, id: &str) {
        if self.held.len() < MOST {
            self.held.insert(id.to_owned());
        }
    }

    /// Hands on what is known whole, in the order in which it was sent; everything where `all` is asked for.
    pub fn take(&mut self, all: bool) -> Vec<Request> {
        let ready =
            |seen: &Seen| all || (seen.ended && !seen.awaits_body) || seen.since.elapsed() >= PATIENCE;
        let mut taken = Vec::new();
        for mut seen in std::mem::take(&mut self.seen) {
            if !ready(&seen) {
                self.seen.push(seen);
                continue;
            }
            if let Body::Bytes(bytes) = &seen.request.body {
                self.bodies = self.bodies.saturating_sub(bytes.len());
            }
            if seen.awaits_body {
                let why = "the browser did not give it in time".to_owned();
                seen.request.body = Body::Missing { size: None, why };
            }
            if !self.held.contains(&seen.name.1) {
                taken.push(seen.request);
            }
        }
        taken
    }

    fn begin(&mut self, name: Name, params: &Value) -> bool {
        let sent = &params["request"];
        let mut address = sent["url"].as_str().unwrap_or_default().to_owned();
        let outward = ["http:", "https:", "ws:", "wss:"].iter().any(|scheme| address.starts_with(scheme));
        // A preflight is the browser's own.
        if !outward || params["type"] == "Preflight" {
            return false;
        }
        if let Some(fragment) = sent["urlFragment"].as_str() {
            address.push_str(fragment);
        }
        let redirected = &params["redirectResponse"];
        let mut redirected_from = None;
        if redirected.is_object()
            && let Some(before) = self.find(&name)
        {
            (before.ended, before.request.status) = (true, status_of(redirected));
            redirected_from = Some(before.request.address.clone());
        }
        let mut headers = headers_of(&sent["headers"]);
        if let Some(early) = self.early.remove(&name) {
            add_headers(&mut headers, early);
        }
        let body = body_of(sent);
        let awaits_body = body.is_none();
        let kind = kind_of(params);
        let request = Request {
            at: now(),
            kind,
            method: sent["method"].as_str().unwrap_or("GET").to_ascii_uppercase(),
            address,
            headers,
            body: body.unwrap_or_default(),
            from: params["documentURL"].as_str().unwrap_or_default().to_owned(),
            script: script_of(&params["initiator"]),
            redirected_from,
            // A page's own request has the number of its loader.
            main: kind == RequestKind::Document && params["loaderId"] == params["requestId"],
            status: None,
            failed: None,
            took: None,
        };
        // Nobody is told of a beacon's end in time: its page may be gone.
        self.push(name, request, kind == RequestKind::Beacon);
        if awaits_body && let Some(seen) = self.seen.last_mut() {
            seen.awaits_body = true;
        }
        awaits_body
    }

    fn push(&mut self, name: Name, mut request: Request, ended: bool) {
        if self.seen.len() >= MOST {
            self.lost += 1;
            return;
        }
        if let Body::Bytes(bytes) = &request.body {
            if self.bodies + bytes.len() > BODIES {
                let why = "too much was sent at once to keep it".to_owned();
                request.body = Body::Missing { size: Some(bytes.len() as u64), why };
            } else {
                self.bodies += bytes.len();
            }
        }
        self.seen.push(Seen { name, request, since: Instant::now(), ended, awaits_body: false });
    }

    fn find(&mut self, name: &Name) -> Option<&mut Seen> {
        self.seen.iter_mut().rev().find(|seen| seen.name == *name)
    }

    fn note_headers(&mut self, name: Name, headers: &Value) {
        let headers = headers_of(headers);
        if let Some(seen) = self.find(&name)
            // Of a redirect the headers come before the request that it leads to.
            && (!seen.ended || seen.request.kind == RequestKind::Beacon)
        {
            add_headers(&mut seen.request.headers, headers);
        } else if self.early.len() < MOST {
            self.early.insert(name, headers);
        }
    }

    fn end(&mut self, name: &Name, failed: Option<String>) {
        if let Some(seen) = self.find(name) {
            seen.ended = true;
            seen.request.failed = failed;
        }
    }

    /// A request that ended without an answer: what the browser itself blocked never left.
    fn fail(&mut self, name: &Name, params: &Value) {
        let why = params["errorText"].as_str().unwrap_or_default();
        let blocked = params["blockedReason"].is_string() || why.contains("ERR_BLOCKED_BY");
        if blocked {
            self.seen.retain(|seen| seen.name != *name);
            return;
        }
        // A request that was given up after it was sent had left all the same.
        let failed = (!why.is_empty() && params["canceled"] != true).then(|| why.chars().take(80).collect());
        self.end(name, failed);
    }

    fn note_frame(&mut self, name: Name, frame: &Value) {
        let Some(socket) = self.sockets.get(&name) else { return };
        let data = frame["payloadData"].as_str().unwrap_or_default();
        let body = match frame["opcode"].as_u64() {
            Some(1) => data.as_bytes().to_vec(),
            _ => STANDARD.decode(data).unwrap_or_else(|_| data.as_bytes().to_vec()),
        };
        let request =
            Request { at: now(), method: "SEND".to_owned(), body: Body::Bytes(body), ..socket.clone() };
        self.push(name, request, true);
    }
}

fn now() -> Timestamp {
    Timestamp::now().round(Unit::Millisecond).unwrap_or_default()
}

fn status_of(response: &Value) -> Option<u16> {
    response["status"].as_u64().and_then(|status| u16::try_from(status).ok()).filter(|status| *status > 0)
}

fn headers_of(headers: &Value) -> Vec<(String, String)> {
    let pairs = headers.as_object().into_iter().flatten();
    pairs
        .filter(|(name, _)| !name.starts_with(':'))
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect()
}

/// Adds the headers that were really sent, cookies among them, to those that were announced.
fn add_headers(headers: &mut Vec<(String, String)>, more: Vec<(String, String)>) {
    for (name, value) in more {
        match headers.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            Some((_, known)) => *known = value,
            None => headers.push((name, value)),
        }
    }
}

/// The body that came with the event; `None` where there is one that has to be asked for.
fn body_of(sent: &Value) -> Option<Body> {
    let entries = sent["postDataEntries"].as_array().filter(|entries| !entries.is_empty());
    if let Some(entries) = entries {
        // A part without bytes is a file, which the line does not give.
        let parts: Option<Vec<Vec<u8>>> =
            entries.iter().map(|entry| STANDARD.decode(entry["bytes"].as_str()?).ok()).collect();
        if let Some(parts) = parts {
            return Some(Body::Bytes(parts.concat()));
        }
    }
    if let Some(text) = sent["postData"].as_str().filter(|text| !text.is_empty()) {
        return Some(Body::Bytes(text.as_bytes().to_vec()));
    }
    (sent["hasPostData"] != true).then_some(Body::None)
}

fn script_of(initiator: &Value) -> String {
    let first = &initiator["stack"]["callFrames"][0]["url"];
    let url = first.as_str().filter(|url| !url.is_empty()).or(initiator["url"].as_str());
    url.unwrap_or_default().to_owned()
}

fn kind_of(params: &Value) -> RequestKind {
    match params["type"].as_str().unwrap_or_default() {
        "Document" => RequestKind::Document,
        "XHR" | "Fetch" | "EventSource" => RequestKind::Fetch,
        "Ping" => RequestKind::Beacon,
        "WebSocket" => RequestKind::WebSocket,
        "Image" => RequestKind::Image,
        "Script" => RequestKind::Script,
        "Stylesheet" => RequestKind::Style,
        "Font" => RequestKind::Font,
        "Media" | "TextTrack" => RequestKind::Media,
        _ => RequestKind::Other,
    }
}

#[cfg(test)]
#[path = "sent_tests.rs"]
mod tests;

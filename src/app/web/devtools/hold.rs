//! Deciding which requests of the app are held back.

use std::collections::HashSet;

use base64::Engine as _;
use jiff::{Timestamp, Unit};
use serde_json::Value;

use crate::language::request;
use crate::world::guard::{Guard, HeldBack};

/// Requests that are remembered as the app's own, and held ones that are kept (ours).
const MOST: usize = 2000;
/// Characters kept of an address.
const LONGEST: usize = 300;

/// A request that waits for our word.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its number on the line.
    pub id: String,
    /// Its number among the browser's requests.
    pub network: Option<String>,
    pub method: String,
    pub address: String,
    /// What it is for, as the browser says: `Document`, `XHR`, `Fetch`, `Ping`, …
    pub kind: String,
    /// At most [`request::BODY`] bytes of it.
    pub body: Vec<u8>,
    /// It has a body that did not come with the event: the number to ask for it with.
    pub body_elsewhere: Option<String>,
}

impl Asked {
    /// Reads `Fetch.requestPaused`; `None` where it is not what the protocol promises.
    pub fn read(params: &Value) -> Option<Asked> {
        let request = &params["request"];
        let mut body = Vec::new();
        let entries = request["postDataEntries"].as_array().filter(|entries| !entries.is_empty());
        for piece in entries.into_iter().flatten().filter_map(|entry| entry["bytes"].as_str()) {
            if body.len() >= request::BODY {
                break;
            }
            // A multiple of four signs, so that what is cut is whole.
            let piece = piece.get(..piece.len().min(request::BODY * 2)).unwrap_or_default();
            body.extend(base64::engine::general_purpose::STANDARD.decode(piece).unwrap_or_default());
        }
        if body.is_empty() {
            body.extend(request["postData"].as_str().unwrap_or_default().bytes().take(request::BODY));
        }
        body.truncate(request::BODY);
        let unread = body.is_empty() && request["hasPostData"] == true;
        Some(Asked {
            id: params["requestId"].as_str()?.to_owned(),
            network: params["networkId"].as_str().map(str::to_owned),
            method: request["method"].as_str()?.to_ascii_uppercase(),
            address: request["url"].as_str()?.to_owned(),
            kind: params["resourceType"].as_str().unwrap_or_default().to_owned(),
            body,
            body_elsewhere: unread.then(|| params["networkId"].as_str().map(str::to_owned)).flatten(),
        })
    }

    /// Whether it is one that by its method only asks.
    pub fn only_asks(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS")
    }
}

/// How requests are held, and which ones were.
#[derive(Debug)]
pub struct Holding {
    guard: Guard,
    /// An operation of ours was done since the app was started.
    pub operated: bool,
    /// What the app asks for by itself is learned also while nothing is held: strict has been wanted.
    learns: bool,
    /// Method and path of what the app asked for by itself.
    own: HashSet<(String, String)>,
    pub held: Vec<HeldBack>,
}

impl Default for Holding {
    fn default() -> Self {
        Holding { guard: Guard::Off, operated: false, learns: false, own: HashSet::new(), held: Vec::new() }
    }
}

impl Holding {
    pub fn set_guard(&mut self, guard: Guard) {
        self.learns |= guard == Guard::Strict;
        self.guard = guard;
    }

    /// The guard for which requests must be watched: strict learns also while it is down.
    pub fn watched_for(&self) -> Guard {
        if self.guard == Guard::Off && self.learns { Guard::Strict } else { self.guard }
    }

    /// Whether the body must be known to decide.
    pub fn needs_body(&self, asked: &Asked) -> bool {
        self.guard == Guard::Words && self.operated && !asked.only_asks() && asked.body_elsewhere.is_some()
    }

    /// Returns why a request is held, or `None` where it goes on; notes it either way.
    pub fn decide(&mut self, asked: &Asked) -> Option<String> {
        let path = without_query(&asked.address);
        if !self.operated {
            if !asked.only_asks() && self.own.len() < MOST {
                self.own.insert((asked.method.clone(), path));
            }
            return None;
        }
        if self.guard == Guard::Off {
            return None;
        }
        let because = self.find_reason(asked, &path)?;
        if self.held.len() < MOST {
            self.held.push(HeldBack {
                at: Timestamp::now().round(Unit::Millisecond).unwrap_or_default(),
                method: asked.method.chars().take(20).collect(),
                address: path.chars().take(LONGEST).collect(),
                because: because.clone(),
                guard: self.guard,
            });
        }
        Some(because)
    }

    fn find_reason(&self, asked: &Asked, path: &str) -> Option<String> {
        if asked.only_asks() {
            let asks = asked.method == "GET" && matches!(asked.kind.as_str(), "Document" | "XHR" | "Fetch");
            return asks.then(|| request::find_strong_deed(&asked.address)).flatten();
        }
        if self.guard == Guard::Strict {
            let own = self.own.contains(&(asked.method.clone(), path.to_owned()));
            return (!own).then(|| "strict: the app had not made it by itself".to_owned());
        }
        if matches!(asked.method.as_str(), "DELETE" | "PUT" | "PATCH") {
            return Some(asked.method.clone());
        }
        if let Some(deed) = request::find_deed_in_address(&asked.address) {
            return Some(deed);
        }
        // Telemetry names its events after what a person did.
        if asked.kind == "Ping" || request::is_log_in(&asked.address) {
            return None;
        }
        request::find_deed_in_body(&asked.body, request::only_asks(&asked.address))
    }
}

fn without_query(address: &str) -> String {
    address.split(['?', '#']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
#[path = "hold_tests.rs"]
mod tests;

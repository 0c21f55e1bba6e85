//! Which requests of all pages are under way, by the line's events.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::Value;

/// A request that has been open for longer, our time, is a long poll or a stream and keeps nobody waiting (ours; the same
/// in real time).
const LONG: Duration = Duration::from_secs(3);
/// Requests that are kept at most.
const MOST: usize = 4000;

/// One request's number, with the session that it belongs to.
type Name = (String, String);

/// Requests that have begun and not ended.
#[derive(Debug, Default)]
pub struct Requests {
    since: HashMap<Name, Instant>,
    /// Open WebSockets.
    sockets: usize,
}

impl Requests {
    /// Takes in an event of a session.
    pub fn note(&mut self, session: &str, method: &str, params: &Value) {
        match method {
            "Network.webSocketCreated" => self.sockets += 1,
            "Network.webSocketClosed" => self.sockets = self.sockets.saturating_sub(1),
            "Page.frameNavigated" if params["frame"]["parentId"].is_null() => {
                // What the page before asked for has nobody who waits for it.
                let own = params["frame"]["loaderId"].as_str().unwrap_or_default();
                self.since.retain(|(of, id), _| of != session || id == own);
            }
            _ => {}
        }
        let Some(id) = params["requestId"].as_str() else { return };
        let name = (session.to_owned(), id.to_owned());
        match method {
            "Network.requestWillBeSent" if self.since.len() < MOST && awaited(params) => {
                self.since.entry(name).or_insert_with(Instant::now);
            }
            "Network.loadingFinished" | "Network.loadingFailed" => {
                self.since.remove(&name);
            }
            _ => {}
        }
    }

    /// Forgets a session that has ended.
    pub fn forget(&mut self, session: &str) {
        self.since.retain(|(of, _), _| of != session);
    }

    /// Those that may still end soon.
    pub fn young(&self) -> Vec<Name> {
        self.since.iter().filter(|(_, begun)| begun.elapsed() < LONG).map(|(name, _)| name.clone()).collect()
    }

    /// Whether one of these is still to end soon.
    pub fn awaits(&self, names: &[Name]) -> bool {
        names.iter().any(|name| self.since.get(name).is_some_and(|begun| begun.elapsed() < LONG))
    }

    /// Whether a request is open that will not end soon.
    pub fn has_long(&self) -> bool {
        self.since.values().any(|begun| begun.elapsed() >= LONG)
    }

    /// Whether messages may come that no request announces.
    pub fn has_socket(&self) -> bool {
        self.sockets > 0
    }
}

/// Whether a page waits for the answer: not to a ping, nor to a stream, nor for what it has itself.
fn awaited(params: &Value) -> bool {
    let address = params["request"]["url"].as_str().unwrap_or_default();
    if address.starts_with("data:") || address.starts_with("blob:") {
        return false;
    }
    !matches!(
        params["type"].as_str(),
        Some("Ping" | "EventSource" | "WebSocket" | "CSPViolationReport" | "Preflight")
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(kind: &str) -> Value {
        json!({"requestId": "7", "type": kind})
    }

    #[test]
    fn a_request_is_under_way_until_it_ends() {
        let mut requests = Requests::default();
        requests.note("s", "Network.requestWillBeSent", &event("Fetch"));
        let young = requests.young();
        assert!(requests.awaits(&young) && !requests.has_long());
        requests.note("s", "Network.loadingFailed", &event("Fetch"));
        assert!(!requests.awaits(&young));
        requests.note("s", "Network.requestWillBeSent", &event("Ping"));
        assert!(requests.young().is_empty());
    }

    #[test]
    fn a_page_that_is_left_waits_for_nothing() {
        let mut requests = Requests::default();
        requests.note("s", "Network.requestWillBeSent", &event("Fetch"));
        requests.note("s", "Network.requestWillBeSent", &json!({"requestId": "8", "type": "Document"}));
        requests.note("s", "Page.frameNavigated", &json!({"frame": {"loaderId": "8"}}));
        assert_eq!(requests.young(), [("s".to_owned(), "8".to_owned())]);
    }
}

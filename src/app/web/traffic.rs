//! Which requests are under way, from the browser's own log: the network half of "settled".

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::session::Session;

/// A request that has been open for longer is a long poll or a stream and keeps nobody waiting (ours).
const LONG: Duration = Duration::from_secs(3);

/// Requests that have begun and not ended. Empty, and so quiet, with drivers that keep no such log.
#[derive(Debug, Default)]
pub struct InFlight {
    since: HashMap<String, Instant>,
}

impl InFlight {
    /// Takes in what the log says since the last call.
    pub async fn update(&mut self, session: Option<&Session>) {
        let Some(session) = session else { return };
        let Ok(log) = session.post("se/log", json!({"type": "performance"})).await else {
            return;
        };
        for entry in log.as_array().into_iter().flatten() {
            let Some(message) =
                entry["message"].as_str().and_then(|text| serde_json::from_str::<Value>(text).ok())
            else {
                continue;
            };
            self.note(&message["message"]);
        }
    }

    fn note(&mut self, message: &Value) {
        let Some(id) = message["params"]["requestId"].as_str() else {
            return;
        };
        match message["method"].as_str() {
            Some("Network.requestWillBeSent") => {
                self.since.insert(id.to_owned(), Instant::now());
            }
            Some("Network.loadingFinished" | "Network.loadingFailed") => {
                self.since.remove(id);
            }
            _ => {}
        }
    }

    /// Nothing is under way, but for what never ends.
    pub fn is_quiet(&self) -> bool {
        self.since.values().all(|begun| begun.elapsed() >= LONG)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_keeps_the_network_busy_until_it_ends() {
        let mut flight = InFlight::default();
        let event = |method: &str| json!({"method": method, "params": {"requestId": "7"}});
        flight.note(&event("Network.requestWillBeSent"));
        assert!(!flight.is_quiet());
        flight.note(&event("Network.loadingFailed"));
        assert!(flight.is_quiet());
        flight.note(&json!({"method": "Network.requestWillBeSent"}));
        assert!(flight.is_quiet());
    }
}

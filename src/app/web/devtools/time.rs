//! Giving the page its time: it lives a budget of it as fast as the machine allows, then stands still.

use std::time::{Duration, Instant};

use serde_json::json;

use super::Line;

/// How a budget ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// It was lived to its end.
    Whole,
    /// A dialog stands before the page.
    Dialog,
    /// A request did not end in our time: the rest was lived without it.
    Hurried,
    /// Not even that: the page spins, or the line has ended.
    Stuck,
}

impl Line {
    /// Gives a tab, its frames of another origin and its workers `time` to live, and waits until it was lived. A request
    /// that does not end within `limit` of our time is no longer waited for.
    pub async fn give(&self, window: &str, time: Duration, limit: Duration) -> Given {
        let (session, expired, others) = {
            let state = self.lock();
            let Some(session) = state.session_of(window) else { return Given::Stuck };
            let expired = state.sessions.get(&session).map_or(0, |attached| attached.expired);
            let others: Vec<String> = state
                .sessions
                .iter()
                .filter(|(_, attached)| attached.kind == "iframe" || attached.kind == "worker")
                .map(|(session, _)| session.clone())
                .collect();
            (session, expired, others)
        };
        if self.dialog(window).is_some() {
            return Given::Dialog;
        }
        self.order_time(&session, "pauseIfNetworkFetchesPending", time);
        for other in &others {
            self.order_time(other, "pauseIfNetworkFetchesPending", time);
        }
        self.meter.add(Duration::ZERO);
        match self.wait_for_end(window, &session, expired, limit).await {
            Some(given) => given,
            None => {
                // With what is left of it unknown, all of it: an app that polls lives a little longer.
                self.order_time(&session, "advance", time);
                for other in &others {
                    self.order_time(other, "advance", time);
                }
                match self.wait_for_end(window, &session, expired, STUCK).await {
                    Some(Given::Whole) => Given::Hurried,
                    Some(other) => other,
                    None => Given::Stuck,
                }
            }
        }
    }

    /// What the dialog before a tab says.
    pub fn dialog(&self, window: &str) -> Option<String> {
        let state = self.lock();
        state.session_of(window).and_then(|session| state.sessions.get(&session)?.dialog.clone())
    }

    /// The tab that came last.
    pub fn newest_tab(&self) -> Option<String> {
        self.lock().newest_tab()
    }

    fn order_time(&self, session: &str, policy: &str, time: Duration) {
        let budget = time.as_millis().max(1);
        let _ = self.orders.send(super::wire::Order {
            session: Some(session.to_owned()),
            method: "Emulation.setVirtualTimePolicy".to_owned(),
            params: json!({"policy": policy, "budget": budget}),
            answer: None,
        });
    }

    async fn wait_for_end(
        &self,
        window: &str,
        session: &str,
        expired: u64,
        limit: Duration,
    ) -> Option<Given> {
        let until = Instant::now() + limit;
        let mut pulse = self.pulse.clone();
        loop {
            pulse.mark_unchanged();
            {
                let state = self.lock();
                match state.sessions.get(session) {
                    // The tab was closed.
                    None => return Some(Given::Stuck),
                    Some(attached) if attached.expired > expired => return Some(Given::Whole),
                    _ => {}
                }
            }
            if self.dialog(window).is_some() {
                return Some(Given::Dialog);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || !self.is_open() {
                return None;
            }
            let _ = tokio::time::timeout(left.min(Duration::from_millis(500)), pulse.changed()).await;
        }
    }
}

/// How long a page may take, of our time, for a budget in which it waits for nothing (it takes milliseconds).
const STUCK: Duration = Duration::from_secs(10);

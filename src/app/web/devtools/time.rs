//! Giving the page its time: it lives a budget of it as fast as the machine allows, then stands still.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::Line;
use super::targets::State;
use super::wire::Order;
use crate::app::session::Push;

/// What pages are given first when the driver gives no answer, and twice as much each further time: the page may be
/// behind our clock in a process that we do not know of, and the sum is soon more than any page can be.
const FIRST_NUDGE: Duration = Duration::from_millis(50);
/// Most that is given at once.
const LONGEST_NUDGE: Duration = Duration::from_secs(5);

/// Gives every page a little time while the driver gives no answer.
#[derive(Debug)]
pub struct Nudge {
    /// Weak: who waits must not keep the line open.
    orders: mpsc::WeakUnboundedSender<Order>,
    state: Arc<Mutex<State>>,
    /// What was given, ms.
    given: AtomicU64,
    /// Times in a row for one command.
    times: AtomicU32,
}

impl Nudge {
    /// Page time that was given so.
    pub fn given(&self) -> Duration {
        Duration::from_millis(self.given.load(Ordering::Relaxed))
    }
}

impl Push for Nudge {
    fn push(&self, first: bool) {
        if first {
            self.times.store(0, Ordering::Relaxed);
        }
        let times = self.times.fetch_add(1, Ordering::Relaxed).min(16);
        let time = FIRST_NUDGE.saturating_mul(1 << times).min(LONGEST_NUDGE);
        let Some(orders) = self.orders.upgrade() else { return };
        let sessions: Vec<String> = {
            let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            // A page with a dialog before it lives no longer: what it were given would be left for later.
            let pages = state.sessions.iter().filter(|(_, attached)| {
                (attached.kind == "page" || attached.kind == "iframe") && attached.dialog.is_none()
            });
            pages.map(|(session, _)| session.clone()).collect()
        };
        for session in sessions {
            // Requests are not waited for: the driver may wait for what comes before their answers.
            let _ = orders.send(order(&session, "advance", time));
        }
        self.given.fetch_add(u64::try_from(time.as_millis()).unwrap_or(0), Ordering::Relaxed);
    }
}

fn order(session: &str, policy: &str, time: Duration) -> Order {
    let budget = u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1);
    let params: Value = json!({"policy": policy, "budget": budget});
    let method = "Emulation.setVirtualTimePolicy".to_owned();
    Order { session: Some(session.to_owned()), method, params, answer: None }
}

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

    /// What gives pages a little time while the driver gives no answer.
    pub fn nudge(&self) -> Arc<Nudge> {
        let (orders, state) = (self.orders.downgrade(), self.state.clone());
        Arc::new(Nudge { orders, state, given: AtomicU64::new(0), times: AtomicU32::new(0) })
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
        let _ = self.orders.send(order(session, policy, time));
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

//! Giving pages a little time while the driver gives no answer.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;

use super::budget::{HURRYING, POLICY, budget};
use super::line::Line;
use super::targets::State;
use super::wire::{Order, Reply};
use crate::app::session::Push;

/// What pages are given first when the driver gives no answer, and twice as much each further time: the page may be
/// behind our clock in a process that we do not know of, and the sum is soon more than any page can be.
const FIRST: Duration = Duration::from_millis(50);
/// Most that is given at once.
const LONGEST: Duration = Duration::from_secs(5);

/// Gives every page a little time while the driver gives no answer.
#[derive(Debug)]
pub struct Nudge {
    /// Weak: who waits must not keep the line open.
    orders: mpsc::WeakUnboundedSender<Order>,
    state: Arc<Mutex<State>>,
    /// Times in a row for one command.
    times: AtomicU32,
}

impl Push for Nudge {
    fn push(&self, first: bool) {
        if first {
            self.times.store(0, Ordering::Relaxed);
        }
        let times = self.times.fetch_add(1, Ordering::Relaxed).min(16);
        let time = FIRST.saturating_mul(1 << times).min(LONGEST);
        let Some(orders) = self.orders.upgrade() else { return };
        let sessions: Vec<String> = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            // A page with a dialog before it lives no longer: what it were given would be left for later.
            let pages = state.sessions.iter_mut().filter(|(_, attached)| {
                (attached.kind == "page" || attached.kind == "iframe") && attached.dialog.is_none()
            });
            pages
                .map(|(session, attached)| {
                    attached.granted += 1;
                    attached.stands = None;
                    session.clone()
                })
                .collect()
        };
        let time = u64::try_from(time.as_millis()).unwrap_or(1);
        for session in sessions {
            // Requests are not waited for: the driver may wait for what comes before their answers.
            let params = budget(HURRYING, time);
            let order =
                Order { session: Some(session), method: POLICY.to_owned(), params, reply: Reply::Time };
            let _ = orders.send(order);
        }
    }
}

impl Line {
    /// What gives pages a little time while the driver gives no answer.
    pub fn nudge(&self) -> Arc<Nudge> {
        let (orders, state) = (self.orders.downgrade(), self.state.clone());
        Arc::new(Nudge { orders, state, times: AtomicU32::new(0) })
    }
}

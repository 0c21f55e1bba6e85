//! Giving pages their time: each process lives a budget of it as fast as the machine allows, then stands still.
//!
//! # Design
//! A budget is a task on the process' own clock that stops this clock when it is due. Two things make counting budgets
//! wrong: one that was left before its end (a dialog, a request that never ends, a push while the driver was silent)
//! stops a later one, and pages of one process stop each other. So nothing is counted. The process' clock is read,
//! which a page can neither set nor hold up, and what is lacking is given again until it stands where it is to stand.
//! It is not read where nothing could have come between: one budget was sent, it alone, and it ended.

use std::time::{Duration, Instant};

use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::Line;
use super::wire::{Order, Reply};

/// The command that gives a budget.
pub const POLICY: &str = "Emulation.setVirtualTimePolicy";
/// The page's clock stands while requests are under way.
pub const WAITING: &str = "pauseIfNetworkFetchesPending";
/// The page's clock runs whatever is under way.
pub const HURRYING: &str = "advance";
/// The budget of a worker, ms: its page's clock holds it.
pub const WITHOUT_END: u64 = 1_000_000_000;

/// How far a page's clock is kept before ours, ms. The browser draws no frame for a page whose clock is behind: it takes
/// the frame's time for one still to come, and a touch or a picture waits for it for ever.
const AHEAD: f64 = 300.0;
/// A clock this near to where it is to stand is there, ms.
const NEAR: f64 = 0.5;
/// Where a budget does not end for so long although no request is under way, the browser waits for something that never
/// comes, or the page computes.
const PATIENCE: Duration = Duration::from_millis(250);
/// A page that does not end a budget for so long, in which it waits for nothing, stands in a loop (it takes milliseconds;
/// one that computes for 5 s on a loaded machine is to pass).
const STUCK: Duration = Duration::from_secs(20);
/// What is lived at once without waiting for requests, ms; twice as much each further time. Between two, requests are
/// waited for.
const FIRST_SLICE: f64 = 50.0;
/// Budgets for one stretch of time at most.
const MOST: usize = 400;
/// How often it is looked whether something happened.
const WATCH: Duration = Duration::from_millis(50);

/// The parameters of [`POLICY`] for a budget, ms.
pub fn budget(policy: &str, time: u64) -> Value {
    json!({"policy": policy, "budget": time})
}

/// How a stretch of time ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It was lived to its end, and no request is under way but those that never end.
    Whole,
    /// A dialog stands before the page.
    Dialog,
    /// It was lived to its end, and requests are still under way.
    Hurried,
    /// The tab is no more.
    Gone,
    /// The page's clock does not move on.
    Stuck,
}

/// What a page lived.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lived {
    pub how: Given,
    /// By the page's own clock.
    pub time: Duration,
}

/// Why a budget is no longer waited for.
enum End {
    Expired,
    /// Nothing is known to be under way, or the limit passed.
    Waiting,
    Other(Given),
}

impl Line {
    /// Lets a tab live for `time`, and its frames of another origin; at least until it is [`AHEAD`] of our clock.
    /// Requests are waited for, at most `limit` of our time.
    pub async fn give(&self, window: &str, time: Duration, limit: Duration) -> Lived {
        let (session, others) = {
            let mut state = self.lock();
            let Some(session) = state.session_of(window) else {
                return Lived { how: Given::Gone, time: Duration::ZERO };
            };
            state.giving = u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1);
            let others = state.other_processes(&session);
            (session, others)
        };
        let frames = join_all(others.iter().map(|frame| async move {
            if self.live(frame, window, time, limit).await.how == Given::Stuck {
                // An advert that computes for ever is not waited for again.
                self.lock().leave_out(frame);
            }
        }));
        let (lived, _) = join(self.live(&session, window, time, limit), frames).await;
        self.lock().giving = 0;
        self.have_workers_follow();
        lived
    }

    /// Has one process live.
    async fn live(&self, session: &str, window: &str, time: Duration, limit: Duration) -> Lived {
        let begun = Instant::now();
        let nothing = |how| Lived { how, time: Duration::ZERO };
        if self.dialog(window).is_some() {
            return nothing(Given::Dialog);
        }
        let from = match self.stands(session, window).await {
            Ok(from) => from,
            Err(how) => return nothing(how),
        };
        self.lock().begin_count(session, from);
        let target = from + (time.as_secs_f64() * 1000.0).max(self.lacks(from));
        let documents = self.documents(session);
        let mut at = from;
        let mut how = Given::Whole;
        let (mut hurrying, mut slice) = (self.lock().hurries(session), FIRST_SLICE);
        let mut budgets = 0;
        while target - at > NEAR {
            budgets += 1;
            if budgets > MOST || begun.elapsed() > limit + STUCK * 2 {
                return self.count(session, at, Given::Stuck);
            }
            let seen = self.lock().ends(session);
            let mut to = target;
            let end = if hurrying {
                if !self.await_requests(session, window, begun + limit).await {
                    how = Given::Hurried;
                }
                to = target.min(at + slice);
                slice *= 2.0;
                self.grant(session, HURRYING, to - at);
                self.await_end(session, window, seen, None).await
            } else {
                self.grant(session, WAITING, to - at);
                self.await_end(session, window, seen, Some(begun + limit)).await
            };
            match end {
                End::Expired => {}
                End::Waiting if hurrying => return self.count(session, at, Given::Stuck),
                End::Waiting => {
                    hurrying = true;
                    if begun.elapsed() >= limit {
                        self.lock().note_endless(session);
                    }
                }
                End::Other(how) => return nothing(how),
            }
            if self.documents(session) != documents {
                // The new document may live in another process, where it got the same budget.
                let time = Duration::from_secs_f64((target - from).max(0.0) / 1000.0);
                return Lived { how, time };
            }
            at = match end {
                End::Expired if self.lock().is_alone(session) => {
                    self.lock().note_standing(session, to);
                    to
                }
                End::Expired => match self.stands(session, window).await {
                    Ok(at) => {
                        self.lock().note_standing(session, at);
                        at
                    }
                    Err(how) => return nothing(how),
                },
                _ => match self.stands(session, window).await {
                    Ok(at) => at,
                    Err(how) => return nothing(how),
                },
            };
        }
        if hurrying && !self.lock().requests.young().is_empty() {
            how = Given::Hurried;
        }
        self.count(session, at, how)
    }

    /// Counts what was lived since this was counted last, to where the clock stands now.
    fn count(&self, session: &str, at: f64, how: Given) -> Lived {
        let lived = self.lock().count(session, at);
        Lived { how, time: Duration::from_secs_f64(lived.max(0.0) / 1000.0) }
    }

    fn documents(&self, session: &str) -> Option<u64> {
        self.lock().sessions.get(session).map(|attached| attached.load.navigations)
    }

    /// What a clock that stands there lacks to be [`AHEAD`] of ours, ms.
    fn lacks(&self, at: f64) -> f64 {
        self.real.map_or(0.0, |(moment, then)| then + moment.elapsed().as_secs_f64() * 1000.0 + AHEAD - at)
    }

    /// Sends a budget, ms.
    fn grant(&self, session: &str, policy: &str, time: f64) {
        if let Some(attached) = self.lock().sessions.get_mut(session) {
            attached.granted += 1;
            attached.stands = None;
        }
        self.meter.add(Duration::ZERO);
        let params = json!({"policy": policy, "budget": time.max(NEAR)});
        let session = Some(session.to_owned());
        let _ = self.orders.send(Order { session, method: POLICY.to_owned(), params, reply: Reply::Time });
    }

    /// Where a process' clock stands, ms: asked of the process where that is not known.
    async fn stands(&self, session: &str, window: &str) -> Result<f64, Given> {
        match self.lock().sessions.get(session) {
            None => return Err(Given::Gone),
            Some(attached) => {
                if let Some(at) = attached.stands {
                    return Ok(at);
                }
            }
        }
        let begun = Instant::now();
        let (answer, mut answered) = oneshot::channel();
        let order = Order {
            session: Some(session.to_owned()),
            method: "Performance.getMetrics".to_owned(),
            params: json!({}),
            reply: Reply::Caller(answer),
        };
        self.orders.send(order).map_err(|_| Given::Gone)?;
        loop {
            match tokio::time::timeout(WATCH, &mut answered).await {
                Ok(Ok(value)) => {
                    self.meter.add(begun.elapsed());
                    return timestamp(&value["result"]).ok_or(Given::Gone);
                }
                Ok(Err(_)) => return Err(Given::Gone),
                Err(_) if self.dialog(window).is_some() => return Err(Given::Dialog),
                Err(_) if self.documents(session).is_none() => return Err(Given::Gone),
                Err(_) if begun.elapsed() > STUCK => return Err(Given::Stuck),
                Err(_) => {}
            }
        }
    }

    /// Compares a page's clock with ours, while its time is still real.
    pub(super) async fn compare_clocks(
        &mut self,
        windows: &std::collections::HashSet<String>,
    ) -> Result<(), super::LineError> {
        let session = windows.iter().find_map(|window| self.lock().session_of(window));
        let moment = Instant::now();
        let metrics = self.command(session.as_deref(), "Performance.getMetrics", json!({})).await?;
        self.real = timestamp(&metrics).map(|at| (moment, at));
        match self.real {
            Some(_) => Ok(()),
            None => Err(super::LineError::Refused("the browser does not tell a page's clock".to_owned())),
        }
    }

    /// Waits until the requests that are under way have ended; false where `until` passed first.
    async fn await_requests(&self, session: &str, window: &str, until: Instant) -> bool {
        let young = self.lock().requests.young();
        let mut pulse = self.pulse.clone();
        loop {
            pulse.mark_unchanged();
            let awaits = self.lock().requests.awaits(&young);
            if !awaits || self.dialog(window).is_some() || self.documents(session).is_none() {
                return true;
            }
            if Instant::now() >= until {
                return false;
            }
            let _ = tokio::time::timeout(WATCH, pulse.changed()).await;
        }
    }

    /// Waits for the end of a budget: up to a moment where requests hold it up, else for [`STUCK`].
    async fn await_end(&self, session: &str, window: &str, seen: u64, until: Option<Instant>) -> End {
        let begun = Instant::now();
        let mut busy = begun;
        let mut pulse = self.pulse.clone();
        loop {
            pulse.mark_unchanged();
            {
                let state = self.lock();
                if !state.sessions.contains_key(session) {
                    return End::Other(Given::Gone);
                }
                if state.ends(session) > seen {
                    return End::Expired;
                }
                if !state.requests.young().is_empty() {
                    busy = Instant::now();
                }
            }
            if self.dialog(window).is_some() {
                return End::Other(Given::Dialog);
            }
            if !self.is_open() {
                return End::Other(Given::Gone);
            }
            let over = match until {
                Some(until) => Instant::now() >= until || busy.elapsed() >= PATIENCE,
                None => begun.elapsed() >= STUCK,
            };
            if over {
                return End::Waiting;
            }
            let _ = tokio::time::timeout(WATCH, pulse.changed()).await;
        }
    }

    /// Workers live as long as their page does: a worker without a budget would stand, and one whose budget is over
    /// holds its page up.
    fn have_workers_follow(&self) {
        let sessions = self.lock().workers_to_follow();
        for session in sessions {
            let params = budget(HURRYING, WITHOUT_END);
            let order =
                Order { session: Some(session), method: POLICY.to_owned(), params, reply: Reply::Nothing };
            let _ = self.orders.send(order);
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

    /// How far a tab's document has come.
    pub fn load_of(&self, window: &str) -> Option<super::load::Load> {
        let state = self.lock();
        state.session_of(window).and_then(|session| Some(state.sessions.get(&session)?.load.clone()))
    }

    /// Whether there are frames that live in other processes than their page.
    pub fn has_foreign_frames(&self) -> bool {
        self.lock().has_foreign_frames()
    }

    /// Whether what a page waits for may come from where no request tells of it: a socket, a worker.
    pub fn works_elsewhere(&self) -> bool {
        let state = self.lock();
        state.requests.has_socket()
            || state.sessions.values().any(|attached| attached.kind.ends_with("worker"))
    }
}

/// The clock of a process, ms, in the answer to `Performance.getMetrics`.
fn timestamp(metrics: &Value) -> Option<f64> {
    let metrics = metrics["metrics"].as_array()?;
    let found = metrics.iter().find(|metric| metric["name"] == "Timestamp")?;
    found["value"].as_f64().filter(|seconds| *seconds > 0.0).map(|seconds| seconds * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_of_a_process_is_read_in_ms() {
        let metrics =
            json!({"metrics": [{"name": "Nodes", "value": 4}, {"name": "Timestamp", "value": 12.5}]});
        assert_eq!(timestamp(&metrics), Some(12_500.0));
        for bad in
            [json!({}), json!({"metrics": [{"name": "Timestamp", "value": "x"}]}), json!({"metrics": []})]
        {
            assert_eq!(timestamp(&bad), None);
        }
    }
}

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
use serde_json::json;

use super::budget::{HURRYING, POLICY, WAITING, WITHOUT_END, budget};
use super::line::Line;
use super::wire::{Order, Reply};

/// A clock this near to where it is to stand is there, ms.
const NEAR: f64 = 0.5;
/// Where a budget does not end for so long although no request is under way, the browser waits for something that never
/// comes, or the page computes.
const PATIENCE: Duration = Duration::from_millis(250);
/// A page that does not end a budget for so long, in which it waits for nothing, stands in a loop (it takes milliseconds;
/// one that computes for 5 s on a loaded machine is to pass).
pub(super) const STUCK: Duration = Duration::from_secs(20);
/// What is lived at once without waiting for requests, ms; twice as much each further time. Between two, requests are
/// waited for.
const FIRST_SLICE: f64 = 50.0;
/// Budgets for one stretch of time at most.
const MOST: usize = 400;
/// How often it is looked whether something happened.
pub(super) const WATCH: Duration = Duration::from_millis(50);

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
    /// Lets a tab live for `time`, and its frames of another origin; at least until its clock is
    /// ahead of ours by what [`Line::measure_lag`] asks for. Requests are waited for, at most `limit` of our time.
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
        let from = match self.read_clock(session, window).await {
            Ok(from) => from,
            Err(how) => return nothing(how),
        };
        self.lock().begin_count(session, from);
        let target = from + (time.as_secs_f64() * 1000.0).max(self.measure_lag(from));
        let documents = self.count_documents(session);
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
            if self.count_documents(session) != documents {
                // The new document may live in another process, where it got the same budget.
                let time = Duration::from_secs_f64((target - from).max(0.0) / 1000.0);
                return Lived { how, time };
            }
            at = match end {
                End::Expired if self.lock().is_alone(session) => {
                    self.lock().note_standing(session, to);
                    to
                }
                End::Expired => match self.read_clock(session, window).await {
                    Ok(at) => {
                        self.lock().note_standing(session, at);
                        at
                    }
                    Err(how) => return nothing(how),
                },
                _ => match self.read_clock(session, window).await {
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

    /// How many documents a target has begun to load.
    pub(super) fn count_documents(&self, session: &str) -> Option<u64> {
        self.lock().sessions.get(session).map(|attached| attached.load.navigations)
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

    /// Waits until the requests that are under way have ended; false where `until` passed first.
    async fn await_requests(&self, session: &str, window: &str, until: Instant) -> bool {
        let young = self.lock().requests.young();
        let mut pulse = self.pulse.clone();
        loop {
            pulse.mark_unchanged();
            let awaits = self.lock().requests.awaits(&young);
            if !awaits || self.dialog(window).is_some() || self.count_documents(session).is_none() {
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
}

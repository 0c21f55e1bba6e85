//! The open line: commands and their answers, the guard, and what is known of tabs at this moment.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};

use super::find::find_endpoint;
use super::load::Load;
use super::targets::{self, State};
use super::wire::{self, OPENING, Order, Reply};
use crate::app::session::{Meter, Session};
use crate::world::guard::{Guard, HeldBack};
use crate::world::request::Request;

/// A command that takes longer than this gets no answer any more (it takes milliseconds).
const COMMAND: Duration = Duration::from_secs(10);

/// Why a command on the line has no result. Never fatal: the driver's own line is another one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    #[error("the DevTools line has ended")]
    Ended,
    #[error("no answer on the DevTools line to {0}")]
    Silent(String),
    #[error("{0}")]
    Refused(String),
}

/// The open line.
#[derive(Debug)]
pub struct Line {
    pub(super) orders: mpsc::UnboundedSender<Order>,
    pub(super) state: Arc<Mutex<State>>,
    /// Counts what was heard, so that one can wait for the next event.
    pub(super) pulse: watch::Receiver<u64>,
    task: tokio::task::JoinHandle<()>,
    pub(super) meter: Arc<Meter>,
    /// A moment by our clock, and by that of a page before its time was virtual (ms).
    pub(super) real: Option<(Instant, f64)>,
}

impl Line {
    /// Opens the line of a driver's session, and sets up every tab that there is. `preload` is run in each document
    /// before the page's own scripts.
    ///
    /// # Errors
    /// When the session tells of no endpoint, or nothing answers there: a sentence for the recording.
    pub async fn open(
        session: &Session,
        preload: &str,
        guard: Guard,
        virtual_time: bool,
        meter: Arc<Meter>,
    ) -> Result<Line, String> {
        let endpoint = find_endpoint(session).await?;
        let windows = session.get("window/handles").await.map_err(|e| e.to_string())?;
        let windows: HashSet<String> = serde_json::from_value(windows).unwrap_or_default();
        let socket = wire::connect(&endpoint).await?;
        let mut state = State::new(windows.clone(), preload.to_owned());
        state.holding.set_guard(guard);
        state.virtual_time = virtual_time;
        let state = Arc::new(Mutex::new(state));
        let (orders, given) = mpsc::unbounded_channel();
        let (beat, pulse) = watch::channel(0);
        let task = tokio::spawn(wire::run(socket, given, state.clone(), beat));
        let mut line = Line { orders, state, pulse, task, meter, real: None };
        line.begin(&windows).await.map_err(|e| e.to_string())?;
        if virtual_time {
            line.compare_clocks(&windows).await.map_err(|e| e.to_string())?;
        }
        Ok(line)
    }

    async fn begin(&self, windows: &HashSet<String>) -> Result<(), LineError> {
        // Another browser may listen at the same address of this machine.
        let targets = self.command(None, "Target.getTargets", json!({})).await?;
        let known = |window: &String| {
            targets["targetInfos"]
                .as_array()
                .is_some_and(|list| list.iter().any(|info| info["targetId"] == **window))
        };
        if windows.is_empty() || !windows.iter().all(known) {
            return Err(LineError::Refused("the DevTools endpoint is another browser's".to_owned()));
        }
        self.command(None, "Target.setAutoAttach", targets::auto_attach()).await?;
        let until = Instant::now() + OPENING;
        while !windows.iter().all(|window| self.lock().session_of(window).is_some()) {
            if Instant::now() >= until {
                return Err(LineError::Silent("Target.setAutoAttach".to_owned()));
            }
            self.wait_for_event(Duration::from_millis(200)).await;
        }
        self.lock().begun = true;
        self.wait_for_setup().await;
        Ok(())
    }

    /// Waits until every target has taken what it was told so far: commands of one target are answered in order.
    async fn wait_for_setup(&self) {
        let sessions: Vec<String> = self.lock().sessions.keys().cloned().collect();
        for session in sessions {
            let _ = self.command(Some(&session), "Runtime.evaluate", json!({"expression": "0"})).await;
        }
    }

    /// Runs a command of a target's session, or of the browser, and gives its result.
    pub async fn command(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> Result<Value, LineError> {
        let begun = Instant::now();
        let (answer, answered) = oneshot::channel();
        let order = Order {
            session: session.map(str::to_owned),
            method: method.to_owned(),
            params,
            reply: Reply::Caller(answer),
        };
        self.orders.send(order).map_err(|_| LineError::Ended)?;
        let answered = tokio::time::timeout(COMMAND, answered).await;
        self.meter.add(begun.elapsed());
        let mut value =
            answered.map_err(|_| LineError::Silent(method.to_owned()))?.map_err(|_| LineError::Ended)?;
        match value["error"]["message"].as_str() {
            Some(why) => {
                Err(LineError::Refused(format!("{method}: {}", why.chars().take(200).collect::<String>())))
            }
            None => Ok(value["result"].take()),
        }
    }

    /// Waits for the next event, at most `limit`.
    async fn wait_for_event(&self, limit: Duration) {
        let mut pulse = self.pulse.clone();
        pulse.mark_unchanged();
        let _ = tokio::time::timeout(limit, pulse.changed()).await;
    }

    /// Whether the socket is still open.
    pub fn is_open(&self) -> bool {
        !self.task.is_finished()
    }

    /// Sets how requests are held back, in every target there is and in those that come.
    pub async fn set_guard(&self, guard: Guard) {
        let (sessions, watched_for): (Vec<String>, Guard) = {
            let mut state = self.lock();
            let before = state.holding.watched_for();
            state.holding.set_guard(guard);
            let now = state.holding.watched_for();
            // What is watched already need not be told again.
            let sessions = if before == now { Vec::new() } else { state.sessions.keys().cloned().collect() };
            (sessions, now)
        };
        for session in sessions {
            let (method, params) = targets::fetch_command(watched_for);
            let _ = self.command(Some(&session), method, params).await;
        }
    }

    /// Notes that an operation of ours begins: what the app asks for from now on may come of it.
    pub fn note_operation(&self) {
        self.lock().holding.operated = true;
    }

    /// Notes that the app is started: until the next operation it does what it does by itself.
    pub fn note_start(&self) {
        self.lock().holding.operated = false;
    }

    /// The requests that were held back since this was asked last.
    pub fn take_held(&self) -> Vec<HeldBack> {
        std::mem::take(&mut self.lock().holding.held)
    }

    /// The requests that were sent since this was asked last; `all` asks also for those whose end is not known.
    pub fn take_sent(&self, all: bool) -> Vec<Request> {
        self.lock().sent.take(all)
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
    pub fn load_of(&self, window: &str) -> Option<Load> {
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

    /// Closes the line in due form; requests that wait are let go by the browser.
    pub async fn close(self) {
        let Line { orders, task, .. } = self;
        // Without anyone to give orders, the task says goodbye and ends.
        drop(orders);
        let stop = task.abort_handle();
        if tokio::time::timeout(Duration::from_secs(1), task).await.is_err() {
            stop.abort();
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

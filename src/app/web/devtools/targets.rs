//! What the line is attached to: tabs, frames of another origin and workers, and what each is told when it comes.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::budget::{HURRYING, POLICY, WAITING, WITHOUT_END, budget};
use super::hold::Holding;
use super::load::Load;
use super::requests::Requests;
use super::sent::Sent;
use crate::world::guard::Guard;

/// Targets that are attached at most: a page that opens tabs in a loop ends somewhere (ours).
const MOST: usize = 200;

/// Kinds of targets in which the app's pages and scripts live.
const KINDS: [&str; 5] = ["page", "iframe", "worker", "shared_worker", "service_worker"];

/// One target with its session on the line.
#[derive(Debug, Clone)]
pub struct Attached {
    /// The target's own number; the driver's window handle is the same for a tab.
    pub target: String,
    /// `page`, `iframe`, `worker`, `shared_worker`, `service_worker`.
    pub kind: String,
    /// The session that it came on: the page of a worker.
    pub parent: Option<String>,
    /// Budgets of time that were sent.
    pub granted: u64,
    /// Budgets of time that were used up.
    pub expired: u64,
    /// When its process began to live in virtual time, by the process' clock: one number per process.
    pub process: Option<String>,
    /// Where its clock stands (ms, by the process' clock); `None` where that must be asked.
    pub stands: Option<f64>,
    /// Up to where its life was counted, by the same clock.
    pub counted: Option<f64>,
    /// A frame that is not waited for, as it does not live on.
    pub left_out: bool,
    /// A page whose requests follow each other without end.
    pub endless: bool,
    /// A worker that follows the clock of its page.
    pub follows: bool,
    /// How far its document has come.
    pub load: Load,
    /// What an open dialog says.
    pub dialog: Option<String>,
    /// When it was attached: the newest tab has the highest.
    pub order: usize,
}

/// All that is known of the browser, by its events.
#[derive(Debug)]
pub struct State {
    /// By the number of the session on the line.
    pub sessions: HashMap<String, Attached>,
    pub holding: Holding,
    /// Requests that are under way.
    pub requests: Requests,
    /// What was sent and not recorded yet.
    pub sent: Sent,
    /// Pages live in virtual time.
    pub virtual_time: bool,
    /// The budget that is being lived, ms: a frame that comes meanwhile gets as much.
    pub giving: u64,
    /// Tabs that were there when the line was opened.
    windows: HashSet<String>,
    /// Every tab of the app is attached: a tab that comes from now on is a new one of the app.
    pub begun: bool,
    /// Run in each document before the page's own scripts.
    preload: String,
    attached: usize,
}

impl State {
    pub fn new(windows: HashSet<String>, preload: String) -> State {
        State {
            sessions: HashMap::new(),
            holding: Holding::default(),
            requests: Requests::default(),
            sent: Sent::default(),
            virtual_time: false,
            giving: 0,
            windows,
            begun: false,
            preload,
            attached: 0,
        }
    }

    /// The line's session of a tab, by the driver's handle.
    pub fn session_of(&self, window: &str) -> Option<String> {
        let found = self.sessions.iter().find(|(_, attached)| attached.target == window);
        found.map(|(session, _)| session.clone())
    }

    /// Takes in a target that was attached, on the session of its `parent`; gives what it is told, in this order.
    pub fn attach(&mut self, parent: Option<&str>, params: &Value) -> Vec<(String, &'static str, Value)> {
        let Some(session) = params["sessionId"].as_str() else { return Vec::new() };
        let info = &params["targetInfo"];
        let kind = info["type"].as_str().unwrap_or_default().to_owned();
        let target = info["targetId"].as_str().unwrap_or_default().to_owned();
        let run = ("Runtime.runIfWaitingForDebugger", json!({}));
        // The driver has a tab of its own that does BiDi for it, and the browser some for its own surface.
        let drivers = !KINDS.contains(&kind.as_str())
            || kind == "page" && !self.begun && !self.windows.contains(&target);
        let mut told = Vec::new();
        if !drivers && self.sessions.len() < MOST {
            told.push(("Target.setAutoAttach", auto_attach()));
            if kind == "page" || kind == "iframe" {
                told.push(("Page.enable", json!({})));
                told.push((
                    "Page.addScriptToEvaluateOnNewDocument",
                    json!({"source": self.preload, "runImmediately": true}),
                ));
            }
            told.push(("Network.enable", json!({"maxTotalBufferSize": 1_000_000, "maxResourceBufferSize": 100_000, "maxPostDataSize": 65_536})));
            // What is held back now is asked of each request; a target that does not stop them could not begin to later.
            if self.holding.watched_for() != Guard::Off {
                told.push(fetch_command(self.holding.watched_for()));
            }
            let mut attached = Attached {
                target,
                kind,
                parent: parent.map(str::to_owned),
                granted: 0,
                expired: 0,
                process: None,
                stands: None,
                counted: None,
                left_out: false,
                endless: false,
                follows: false,
                load: Load::default(),
                dialog: None,
                order: self.attached + 1,
            };
            if self.virtual_time {
                told.extend(self.first_time(&mut attached));
            }
            self.attached += 1;
            self.sessions.insert(session.to_owned(), attached);
        }
        told.push(run);
        told.into_iter().map(|(method, params)| (session.to_owned(), method, params)).collect()
    }

    /// What sets up the time of a target that comes.
    fn first_time(&self, attached: &mut Attached) -> Vec<(&'static str, Value)> {
        let lives = |session: &String| self.sessions.get(session).is_some_and(|page| page.granted > 0);
        match attached.kind.as_str() {
            "page" => vec![("Performance.enable", json!({}))],
            "iframe" => {
                // Its page waits for it: it must not stand still while the page lives.
                let mut told = vec![("Performance.enable", json!({}))];
                if self.giving > 0 {
                    attached.granted += 1;
                    told.push((POLICY, budget(WAITING, self.giving)));
                }
                told
            }
            "worker" if attached.parent.as_ref().is_some_and(lives) => {
                attached.follows = true;
                vec![(POLICY, budget(HURRYING, WITHOUT_END))]
            }
            _ => Vec::new(),
        }
    }

    /// Takes in the answer to a budget: it tells the process.
    pub fn note_process(&mut self, session: &str, result: &Value) {
        let (Some(attached), Some(base)) =
            (self.sessions.get_mut(session), result["virtualTimeTicksBase"].as_f64())
        else {
            return;
        };
        attached.process = Some(base.to_string());
    }

    /// The tab that came last, by the driver's handle.
    pub fn newest_tab(&self) -> Option<String> {
        let tabs = self.sessions.values().filter(|attached| attached.kind == "page");
        tabs.max_by_key(|attached| attached.order).map(|attached| attached.target.clone())
    }

    /// Takes in an event that changes what is known of a target.
    pub fn note(&mut self, session: &str, method: &str, params: &Value) {
        self.requests.note(session, method, params);
        let Some(attached) = self.sessions.get_mut(session) else { return };
        if attached.load.note(&attached.target, method, params) {
            // The page that comes may live in another process, with a clock of its own.
            attached.stands = None;
            attached.counted = None;
        }
        match method {
            "Emulation.virtualTimeBudgetExpired" => attached.expired += 1,
            // Leaving a page is never asked about: the driver answers that by itself.
            "Page.javascriptDialogOpening" if params["type"] != "beforeunload" => {
                attached.dialog = Some(params["message"].as_str().unwrap_or_default().to_owned());
            }
            "Page.javascriptDialogClosed" => attached.dialog = None,
            _ => {}
        }
    }

    pub fn detach(&mut self, params: &Value) {
        if let Some(session) = params["sessionId"].as_str() {
            self.sessions.remove(session);
            self.requests.forget(session);
        }
    }
}

/// What has targets attach what comes of them: frames, workers and tabs, stopped until they were set up.
pub fn auto_attach() -> Value {
    json!({"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true})
}

/// The command that has requests wait for our word, or no longer. What can only be a GET, pictures, scripts, styles and
/// fonts, does not wait.
pub fn fetch_command(guard: Guard) -> (&'static str, Value) {
    if guard == Guard::Off {
        return ("Fetch.disable", json!({}));
    }
    const KINDS: [&str; 6] = ["Document", "XHR", "Fetch", "Ping", "Other", "EventSource"];
    let patterns: Vec<Value> = KINDS
        .iter()
        .map(|kind| json!({"urlPattern": "*", "resourceType": kind, "requestStage": "Request"}))
        .collect();
    ("Fetch.enable", json!({"patterns": patterns}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_comes_while_the_guard_is_down_stops_its_requests_all_the_same() {
        let mut state = State::new(["T".to_owned()].into(), String::new());
        state.begun = true;
        let comes =
            |target: &str| json!({"sessionId": target, "targetInfo": {"type": "page", "targetId": target}});
        let stops = |told: Vec<(String, &'static str, Value)>| {
            told.iter().any(|(_, method, _)| *method == "Fetch.enable")
        };
        assert!(!stops(state.attach(None, &comes("A"))), "nothing is watched yet");
        state.holding.set_guard(Guard::Strict);
        assert!(stops(state.attach(None, &comes("B"))));
        // The guard is taken down for a tap and put up again: targets are not told anew.
        state.holding.set_guard(Guard::Off);
        assert!(stops(state.attach(None, &comes("C"))));
    }
}

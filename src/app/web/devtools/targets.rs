//! What the line is attached to: tabs, frames of another origin and workers, and what each is told when it comes.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::hold::Holding;
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
    /// Budgets of time that were used up.
    pub expired: u64,
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

    /// Takes in a target that was attached; gives what it is told, in this order.
    pub fn attach(&mut self, params: &Value) -> Vec<(String, &'static str, Value)> {
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
            if self.holding.guard() != Guard::Off {
                told.push(fetch_command(self.holding.watched_for()));
            }
            self.attached += 1;
            let order = self.attached;
            self.sessions
                .insert(session.to_owned(), Attached { target, kind, expired: 0, dialog: None, order });
        }
        told.push(run);
        told.into_iter().map(|(method, params)| (session.to_owned(), method, params)).collect()
    }

    /// The tab that came last, by the driver's handle.
    pub fn newest_tab(&self) -> Option<String> {
        let tabs = self.sessions.values().filter(|attached| attached.kind == "page");
        tabs.max_by_key(|attached| attached.order).map(|attached| attached.target.clone())
    }

    /// Takes in an event that changes what is known of a target.
    pub fn note(&mut self, session: &str, method: &str, params: &Value) {
        let Some(attached) = self.sessions.get_mut(session) else { return };
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

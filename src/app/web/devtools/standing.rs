//! What is known of each process' clock: where it stands, and what was sent to it.

use super::targets::{Attached, State};

impl State {
    /// Budgets that ended in the process of a session: pages of one process stop each other's.
    pub fn ends(&self, session: &str) -> u64 {
        let Some(own) = self.sessions.get(session) else { return 0 };
        let same = |attached: &&Attached| attached.process.is_some() && attached.process == own.process;
        let shared: u64 = self.sessions.values().filter(same).map(|attached| attached.expired).sum();
        if own.process.is_some() { shared } else { own.expired }
    }

    /// Whether exactly the budgets that were sent have ended, and no other page can have come between.
    pub fn is_alone(&self, session: &str) -> bool {
        let pages =
            self.sessions.values().filter(|attached| attached.kind == "page" || attached.kind == "iframe");
        pages.count() == 1
            && self.sessions.get(session).is_some_and(|attached| attached.granted == attached.expired)
    }

    pub fn note_standing(&mut self, session: &str, at: f64) {
        if let Some(attached) = self.sessions.get_mut(session) {
            attached.stands = Some(at);
        }
    }

    /// Begins to count a process' life at `at`, where that was not done yet.
    pub fn begin_count(&mut self, session: &str, at: f64) {
        if let Some(attached) = self.sessions.get_mut(session) {
            attached.counted.get_or_insert(at);
        }
    }

    /// What a process lived since this was counted last, ms, now that its clock stands at `at`.
    pub fn count(&mut self, session: &str, at: f64) -> f64 {
        let Some(attached) = self.sessions.get_mut(session) else { return 0.0 };
        at - attached.counted.replace(at).unwrap_or(at)
    }

    /// A session each of the frames that live in other processes than a tab.
    pub fn other_processes(&self, tab: &str) -> Vec<String> {
        let mut known: Vec<&str> =
            self.sessions.get(tab).and_then(|attached| attached.process.as_deref()).into_iter().collect();
        let mut found = Vec::new();
        let frames =
            self.sessions.iter().filter(|(_, attached)| attached.kind == "iframe" && !attached.left_out);
        for (session, attached) in frames {
            match attached.process.as_deref() {
                Some(process) if known.contains(&process) => continue,
                Some(process) => known.push(process),
                None => {}
            }
            found.push(session.clone());
        }
        found
    }

    /// Whether a tab has frames that live in other processes.
    pub fn has_foreign_frames(&self) -> bool {
        self.sessions.values().any(|attached| attached.kind == "iframe" && !attached.left_out)
    }

    /// A frame that does not live on is not waited for again.
    pub fn leave_out(&mut self, session: &str) {
        if let Some(attached) = self.sessions.get_mut(session) {
            attached.left_out = true;
        }
    }

    /// The page of a session has requests without end: the browser must not wait for them, we do.
    pub fn note_endless(&mut self, session: &str) {
        if let Some(attached) = self.sessions.get_mut(session) {
            attached.endless = true;
        }
    }

    /// Whether a page's clock has to run whatever is under way.
    pub fn hurries(&self, session: &str) -> bool {
        self.requests.has_long() || self.sessions.get(session).is_some_and(|attached| attached.endless)
    }

    /// Workers of pages that live, which do not follow them yet.
    pub fn workers_to_follow(&mut self) -> Vec<String> {
        let lives = |parent: &Option<String>| {
            parent.as_ref().is_some_and(|page| self.sessions.get(page).is_some_and(|page| page.granted > 0))
        };
        let waiting = self.sessions.iter().filter(|(_, attached)| {
            attached.kind == "worker" && !attached.follows && lives(&attached.parent)
        });
        let sessions: Vec<String> = waiting.map(|(session, _)| session.clone()).collect();
        for session in &sessions {
            if let Some(attached) = self.sessions.get_mut(session) {
                attached.follows = true;
            }
        }
        sessions
    }
}

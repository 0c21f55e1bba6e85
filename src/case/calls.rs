//! What an app called for: permissions, sensors and what identifies the device. Since when it counts, how grave it is
//! together, and which screens stood around it.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::base::Case;
use super::evidence::{Evidence, files_of};
use super::sent::Sent;
use super::span::Span;
use crate::language::purpose;
use crate::recording::entries::{Accessed, PermissionAsked};
use crate::recording::{Entry, Event, ScreenSeen};
use crate::text::{Bilingual, both, join, said};
use crate::verdict::Verdict;
use crate::world::access::{Access, AccessKind, Watch};

/// Distinct things that tell devices apart, from which on reading them is no accident (ours): one of them has other uses.
const FINGERPRINT: usize = 2;

/// One thing called for: an [`Access`], or an ask in the phone's own dialog.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    pub seq: u64,
    /// When it was called for.
    pub at: Timestamp,
    pub kind: AccessKind,
    pub what: &'a str,
    /// `None` for a dialog of the phone's.
    pub access: Option<&'a Access>,
    /// Text of the phone's dialog.
    pub dialog: Option<&'a str>,
    /// The screen that was seen last before it.
    pub screen: u32,
}

/// Returns every call in some entries.
pub fn calls(entries: &[Entry]) -> impl Iterator<Item = Call<'_>> {
    entries.iter().filter_map(Call::of)
}

impl<'a> Call<'a> {
    /// Takes an entry as a call; `None` where it is none.
    pub fn of(entry: &'a Entry) -> Option<Call<'a>> {
        match &entry.event {
            Event::Accessed(Accessed { screen, access }) => Some(Call {
                seq: entry.seq,
                at: access.at,
                kind: access.kind,
                what: &access.what,
                access: Some(access),
                dialog: None,
                screen: *screen,
            }),
            Event::PermissionAsked(PermissionAsked { screen, permission, text, .. }) => Some(Call {
                seq: entry.seq,
                at: entry.time,
                kind: AccessKind::Ask,
                what: permission,
                access: None,
                dialog: Some(text),
                screen: *screen,
            }),
            _ => None,
        }
    }

    /// Tells whether it asks for a permission and the person saw a prompt of the platform's.
    pub fn asks_the_person(&self) -> bool {
        self.kind == AccessKind::Ask && self.access.is_none_or(Access::shows_a_prompt)
    }

    /// Returns what is called for in both languages.
    pub fn subject(&self) -> Bilingual {
        both(self.what, purpose::chinese(self.what))
    }

    /// Says what it does: `asks for location`.
    fn words(&self) -> Bilingual {
        let what = self.subject();
        match self.kind {
            AccessKind::Ask => said!("asks for {what}", "申请{what}权限", what),
            AccessKind::Sensor => said!("reads the {what} sensor", "读取{what}传感器", what),
            AccessKind::Identifier => {
                said!("reads {what}, which tells devices apart", "读取可识别设备的{what}", what)
            }
        }
    }
}

/// Calls taken together.
#[derive(Debug, Default)]
pub struct Collected<'a> {
    grave: Vec<Call<'a>>,
    /// Reads of what tells devices apart.
    identifiers: Vec<Call<'a>>,
    /// Requests that carry something personal.
    sent: Vec<Sent<'a>>,
    /// Requests of which something could not be read.
    unread: Vec<Sent<'a>>,
}

impl<'a> Collected<'a> {
    /// Takes calls together.
    pub fn of(calls: impl Iterator<Item = Call<'a>>) -> Collected<'a> {
        let (identifiers, grave) = calls.partition(|call| call.kind == AccessKind::Identifier);
        Collected { grave, identifiers, ..Collected::default() }
    }

    /// Adds what was sent.
    pub fn and_sent(mut self, sent: impl Iterator<Item = Sent<'a>>) -> Collected<'a> {
        for one in sent {
            if !one.request.found.is_empty() {
                self.sent.push(one);
            } else if one.unread().is_some() {
                self.unread.push(one);
            }
        }
        self
    }

    /// Returns the requests that the verdict rests on: those that tell whose it is; else all that carry anything.
    fn deciding_sent(&self) -> Vec<&Sent<'a>> {
        let definite: Vec<&Sent<'a>> =
            self.sent.iter().filter(|sent| sent.definite().next().is_some()).collect();
        let all = if definite.is_empty() { self.sent.iter().collect() } else { definite };
        // One of each kind to each party, the first.
        let mut known = BTreeSet::new();
        let is_new = |sent: &&Sent<'a>| {
            sent.request
                .found
                .iter()
                .filter(|found| known.insert((sent.party.key.clone(), found.kind.clone())))
                .count()
                > 0
        };
        all.into_iter().filter(is_new).collect()
    }

    /// Returns how grave they are together; `None` where there are none.
    pub fn verdict(&self) -> Option<Verdict> {
        let kinds: BTreeSet<&str> = self.identifiers.iter().map(|call| call.what).collect();
        let definite = self.sent.iter().any(|sent| sent.definite().next().is_some());
        if !self.grave.is_empty() || kinds.len() >= FINGERPRINT || definite {
            return Some(Verdict::Violation);
        }
        let nothing = kinds.is_empty() && self.sent.is_empty() && self.unread.is_empty();
        (!nothing).then_some(Verdict::Review)
    }

    /// Returns the calls that the verdict rests on: one of each kind, the first.
    fn deciding(&self) -> Vec<Call<'a>> {
        let all = if self.grave.is_empty() { &self.identifiers } else { &self.grave };
        let mut known = BTreeSet::new();
        all.iter().filter(|call| known.insert((call.kind, call.what))).copied().collect()
    }

    /// Says what was done: `asks for location, reads the motion sensor`.
    pub fn words(&self) -> Bilingual {
        let mut words: Vec<Bilingual> = self.deciding().iter().map(Call::words).collect();
        let sent = self.deciding_sent();
        if !sent.is_empty() {
            words.push(Case::say_sent(&sent));
        } else if words.is_empty() {
            words.extend(self.unread.first().map(|sent| {
                said!(
                    "sends something to {party} that could not be read ({why})",
                    "向{party}发送了未能读出的内容（{why}）",
                    party = sent.party.name(),
                    why = sent.unread().unwrap_or_default()
                )
            }));
        }
        join(&words, ", ", "，")
    }

    /// Makes evidence of the calls that the verdict rests on.
    pub fn evidence(&self, case: &Case<'a>) -> Vec<Evidence> {
        let calls = self.deciding();
        let sent = self.deciding_sent();
        let unread = self.unread.iter().filter(|_| calls.is_empty() && sent.is_empty()).take(1);
        let requests = sent.iter().copied().chain(unread).map(|sent| case.sent_evidence(sent));
        calls.iter().map(|call| case.call_evidence(call)).chain(requests).collect()
    }
}

/// The screens seen just before and just after an entry, and what was tapped last before it.
#[derive(Debug, Default)]
pub struct Around<'a> {
    /// The screen of the last operation, where another was seen since: an app may ask only when its answer is there.
    pub operated_on: Option<(u64, &'a ScreenSeen)>,
    pub before: Option<(u64, &'a ScreenSeen)>,
    pub after: Option<(u64, &'a ScreenSeen)>,
    /// The label that the person tapped last, on the start that it belongs to.
    pub tapped: Option<Arc<str>>,
}

impl<'a> Around<'a> {
    /// Returns the screens, the earlier first.
    pub fn screens(&self) -> impl Iterator<Item = (u64, &'a ScreenSeen)> + use<'a> {
        self.operated_on.into_iter().chain(self.before).chain(self.after)
    }

    /// Makes evidence of the screens.
    pub fn evidence(&self) -> Vec<Evidence> {
        let screen = |at: Option<(u64, &ScreenSeen)>, shows: Bilingual| {
            at.map(|(entry, seen)| Evidence::of_screen(entry, seen, shows))
        };
        let operated_on =
            screen(self.operated_on, both("the screen that the person acted on", "用户操作的画面"));
        let before = screen(self.before, both("the screen before", "之前的画面"));
        let after = screen(self.after, both("the screen after", "之后的画面"));
        operated_on.into_iter().chain(before).chain(after).collect()
    }
}

impl<'a> Case<'a> {
    /// Returns the screens around an entry and what was tapped last before it.
    pub fn around(&self, seq: u64) -> Around<'a> {
        let index = self.index_of(seq).min(self.entries.len());
        let state = self.states.before(index);
        let sighting = |seq: u64| {
            let entry = self.entries.get(self.index_of(seq))?;
            Self::sightings(std::slice::from_ref(entry)).next()
        };
        // A walk does not look again at a screen that it knows: then the screen of the operation is the one before, not the
        // one that was looked at last.
        let operation = state.operation.filter(|done| state.sighting.is_none_or(|seen| seen < done.seq));
        let known = operation.and_then(|done| match &self.entries.get(self.index_of(done.seq))?.event {
            Event::OperationDone(done) if done.screen != state.screen => self.screen(done.screen),
            _ => None,
        });
        let before = known.or_else(|| state.sighting.and_then(sighting));
        let is_other = |seen: &ScreenSeen| before.is_none_or(|(_, before)| before.screen != seen.screen);
        let operated_on = state.operated_on.filter(|_| known.is_none()).and_then(sighting);
        let operated_on = operated_on.filter(|(_, seen)| is_other(seen));
        let after = Self::sightings(&self.entries[index..]).next();
        Around { operated_on, before, after, tapped: state.tapped.clone() }
    }

    /// Returns every call of the version that is judged.
    pub fn calls(&self) -> impl Iterator<Item = Call<'a>> {
        calls(self.entries).filter(|call| !self.is_of_version_before(call.seq))
    }

    /// Returns what a stretch called for after a moment, but for what the person wished by tapping a function's name.
    pub fn collected_since(&self, span: &Span<'a>, since: Timestamp) -> Collected<'a> {
        let wished = |call: &Call<'_>| {
            let state = self.state_before(call.seq);
            state.tapped.as_ref().is_some_and(|label| purpose::speaks_for(label, call.what))
        };
        let sent = self.sent_in(span).filter(|sent| sent.request.at > since && !self.is_wished(sent));
        Collected::of(calls(span.entries).filter(|call| call.at > since && !wished(call))).and_sent(sent)
    }

    /// Makes evidence of a call, with the screen that the person saw.
    pub fn call_evidence(&self, call: &Call<'_>) -> Evidence {
        let words = call.words();
        let shows = match call.access {
            None => words,
            Some(access) => {
                let by = if access.script.is_empty() { &access.from } else { &access.script };
                let frame = if access.framed { (" in a frame", "（内嵌框架）") } else { ("", "") };
                let call = &access.call;
                said!(
                    "{words}: {call} by {by}{frame}",
                    "{words}：{by} 调用 {call}{frame}",
                    words,
                    call,
                    by,
                    frame
                )
            }
        };
        let files = self.screen(call.screen).map(|(_, seen)| files_of(seen)).unwrap_or_default();
        Evidence { entry: call.seq, shows, files, marks: None }
    }

    /// Returns what was seen of calls, as the recording says; `None` where it says nothing (a recording of an older candor).
    fn watch(&self) -> Option<&'a Watch> {
        self.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::Watching(watch) => Some(watch),
            _ => None,
        })
    }

    /// Says why calls of these kinds would not all have been seen; `None` where they would.
    pub fn blind_to(&self, kinds: &[AccessKind]) -> Option<Bilingual> {
        let watch = self.watch();
        if watch.is_some_and(|watch| kinds.iter().all(|kind| watch.sees.contains(kind))) {
            return None;
        }
        let why = match watch {
            Some(watch) => watch.gaps.join("; "),
            None => "the recording, of an older candor, does not say".to_owned(),
        };
        Some(said!(
            "nothing was seen of it, but not all that the app calls for can be seen: {why}",
            "没有发现，但无法看到应用的全部调用：{why}",
            why
        ))
    }

    /// Says what a clean verdict on calls leaves out.
    pub fn note_on_gaps(&self) -> Bilingual {
        let gaps = self.watch().map(|watch| watch.gaps.join("; ")).unwrap_or_default();
        match self.sees_requests() {
            Some(true) => said!(
                "{requests} Not looked at: {gaps}.",
                "{requests}未检测：{gaps}。",
                requests = self.note_on_requests(),
                gaps
            ),
            _ => said!(
                "Not looked at: what the app sends over the network; {gaps}.",
                "未检测：网络传输的内容；{gaps}。",
                gaps
            ),
        }
    }
}

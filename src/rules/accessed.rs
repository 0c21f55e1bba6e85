//! What an app called for, as rules look at it: since when, how grave, and on which screens.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Case, Evidence, Verdict};
use crate::language::purpose;
use crate::recording::{Entry, Event, ScreenSeen};
use crate::rules::case::at_screen;
use crate::rules::catalogue::{Bilingual, both};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::world::Start;
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

/// Every call in some entries.
pub fn calls(entries: &[Entry]) -> impl Iterator<Item = Call<'_>> {
    entries.iter().filter_map(|entry| match &entry.event {
        Event::Accessed { screen, access } => Some(Call {
            seq: entry.seq,
            at: access.at,
            kind: access.kind,
            what: &access.what,
            access: Some(access),
            dialog: None,
            screen: *screen,
        }),
        Event::PermissionAsked { screen, permission, text, .. } => Some(Call {
            seq: entry.seq,
            at: entry.time,
            kind: AccessKind::Ask,
            what: permission,
            access: None,
            dialog: Some(text),
            screen: *screen,
        }),
        _ => None,
    })
}

impl Call<'_> {
    /// The person saw a prompt of the platform's.
    pub fn shows_a_prompt(&self) -> bool {
        self.access.is_none_or(Access::shows_a_prompt)
    }
}

/// When the entry at `index` was brought about: by the operation before it, where one came before any screen.
pub fn moment(entries: &[Entry], index: usize) -> Timestamp {
    let before = entries[..index].iter().rev().find(|entry| !matches!(entry.event, Event::Accessed { .. }));
    match before {
        Some(entry) if matches!(entry.event, Event::OperationDone { .. }) => entry.time,
        _ => entries[index].time,
    }
}

/// What was seen of calls, as the recording says; `None` where it says nothing (a recording of an older candor).
pub fn watch<'a>(case: &Case<'a>) -> Option<&'a Watch> {
    case.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::Watching(watch) => Some(watch),
        _ => None,
    })
}

/// Calls taken together.
#[derive(Debug, Default)]
pub struct Collected<'a> {
    pub grave: Vec<Call<'a>>,
    /// Reads of what tells devices apart.
    pub identifiers: Vec<Call<'a>>,
}

impl<'a> Collected<'a> {
    pub fn of(calls: impl Iterator<Item = Call<'a>>) -> Collected<'a> {
        let (identifiers, grave) = calls.partition(|call| call.kind == AccessKind::Identifier);
        Collected { grave, identifiers }
    }

    /// How grave they are together; `None` where there are none.
    pub fn verdict(&self) -> Option<Verdict> {
        let kinds: BTreeSet<&str> = self.identifiers.iter().map(|call| call.what).collect();
        if !self.grave.is_empty() || kinds.len() >= FINGERPRINT {
            return Some(Verdict::Violation);
        }
        (!kinds.is_empty()).then_some(Verdict::Review)
    }

    /// The calls that the verdict rests on: one of each kind, the first.
    pub fn deciding(&self) -> Vec<Call<'a>> {
        let all = if self.grave.is_empty() { &self.identifiers } else { &self.grave };
        let mut known = BTreeSet::new();
        all.iter().filter(|call| known.insert((call.kind, call.what))).copied().collect()
    }

    /// `asks for location, reads motion` in both languages.
    pub fn words(&self) -> Bilingual {
        let deciding = self.deciding();
        let en: Vec<String> = deciding.iter().map(|call| words(call).en).collect();
        let zh: Vec<String> = deciding.iter().map(|call| words(call).zh).collect();
        both(en.join(", "), zh.join("，"))
    }

    pub fn evidence(&self, case: &Case<'a>) -> Vec<Evidence> {
        self.deciding().iter().map(|call| evidence(case, call)).collect()
    }
}

/// What a call does, in words.
pub fn words(call: &Call<'_>) -> Bilingual {
    let (what, zh) = (call.what, purpose::chinese(call.what));
    match call.kind {
        AccessKind::Ask => both(format!("asks for {what}"), format!("申请{zh}权限")),
        AccessKind::Sensor => both(format!("reads the {what} sensor"), format!("读取{zh}传感器")),
        AccessKind::Identifier => {
            both(format!("reads {what}, which tells devices apart"), format!("读取可识别设备的{zh}"))
        }
    }
}

/// Evidence: the call, with the screen that the person saw.
pub fn evidence(case: &Case<'_>, call: &Call<'_>) -> Evidence {
    let words = words(call);
    let (mut en, mut zh) = (words.en, words.zh);
    if let Some(access) = call.access {
        let by = if access.script.is_empty() { &access.from } else { &access.script };
        let (frame, frame_zh) = if access.framed { (" in a frame", "（内嵌框架）") } else { ("", "") };
        en = format!("{en}: {} by {by}{frame}", access.call);
        zh = format!("{zh}：{} 调用 {}{frame_zh}", by, access.call);
    }
    let shown = case.screen(call.screen);
    let files = shown
        .map(|(_, seen)| seen.picture.iter().chain([&seen.tree]).map(|file| file.file.clone()).collect());
    Evidence { entry: call.seq, shows: both(en, zh), files: files.unwrap_or_default(), marks: None }
}

/// The screens seen just before and just after an entry, and what was done last before it.
#[derive(Debug, Default)]
pub struct Around<'a> {
    pub before: Option<(u64, &'a ScreenSeen)>,
    pub after: Option<(u64, &'a ScreenSeen)>,
    /// The label that the person tapped last, on the start that it belongs to.
    pub tapped: Option<&'a str>,
}

impl<'a> Around<'a> {
    pub fn of(case: &Case<'a>, seq: u64) -> Around<'a> {
        let index = case.entries.partition_point(|entry| entry.seq < seq);
        let (past, future) = case.entries.split_at(index.min(case.entries.len()));
        let seen = |entry: &'a Entry| match &entry.event {
            Event::ScreenSeen(seen) => Some((entry.seq, &**seen)),
            _ => None,
        };
        let start =
            past.iter().rposition(|entry| matches!(entry.event, Event::AppStarted { .. })).unwrap_or(0);
        let tapped = past[start..].iter().rev().find_map(|entry| match &entry.event {
            Event::OperationDone { operation: Operation::Tap { label, .. }, .. } => Some(label.as_str()),
            _ => None,
        });
        Around {
            before: past[start..].iter().rev().find_map(seen),
            after: future.iter().find_map(seen),
            tapped,
        }
    }

    pub fn screens(&self) -> impl Iterator<Item = (u64, &'a ScreenSeen)> {
        self.before.into_iter().chain(self.after)
    }
}

/// Of the probe that refuses permissions, the part in which all are refused: after what it first did with all granted, if
/// it did that itself, and before they are refused in turn.
pub fn refused_together(entries: &[Entry]) -> &[Entry] {
    let granted =
        |entry: &Entry| matches!(&entry.event, Event::FunctionTried(tried) if tried.refused.is_empty());
    let fresh = |entry: &Entry| matches!(entry.event, Event::AppStarted { how: Start::Fresh });
    let set = |entry: &Entry| matches!(entry.event, Event::PermissionsSet { .. });
    let begins = match entries.iter().rposition(granted) {
        Some(last) => last + entries[last..].iter().position(fresh).unwrap_or(0),
        None => 0,
    };
    let rest = &entries[begins..];
    &rest[..rest.iter().position(set).unwrap_or(rest.len())]
}

/// The tree of a screen; `None` where it cannot be read.
pub fn tree(case: &Case<'_>, seen: &ScreenSeen) -> Option<Screen> {
    case.text(&seen.tree).and_then(|text| serde_json::from_str(&text).ok())
}

/// Evidence: both screens around a call.
pub fn around_evidence(around: &Around<'_>) -> Vec<Evidence> {
    let before = around.before.map(|(entry, seen)| at_screen(entry, seen, "the screen before", "之前的画面"));
    let after = around.after.map(|(entry, seen)| at_screen(entry, seen, "the screen after", "之后的画面"));
    before.into_iter().chain(after).collect()
}

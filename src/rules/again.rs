//! Twice or not at all: what looked like a violation and did not show again in a second session is for a person to look at.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::judging::{Overrides, judge_session};
use crate::item::ItemId;
use crate::recording::entries::LookedAgain;
use crate::recording::{Event, Recording};
use crate::text::{Bilingual, both, said};
use crate::verdict::Verdict;

/// What a second session came to.
pub(super) struct Again<'a> {
    looked: &'a LookedAgain,
    /// The findings on what was looked at again; `None` where its recording cannot be read.
    second: Option<BTreeMap<ItemId, (Verdict, Bilingual)>>,
}

impl<'a> Again<'a> {
    /// Judges the second session of a recording, where it has one.
    pub(super) fn of(recording: &'a Recording, overrides: &Overrides) -> Option<Again<'a>> {
        let looked = recording.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::LookedAgain(looked) => Some(looked),
            _ => None,
        })?;
        let second = recording.open_inner(&looked.timeline).map(|second| {
            let findings = judge_session(&second, overrides, &|_| {}).into_iter();
            findings.map(|finding| (finding.item, (finding.verdict, finding.reason))).collect()
        });
        Some(Again { looked, second })
    }

    /// Takes a violation back that was not seen again, and says of one that was that it was.
    pub(super) fn weigh(&self, finding: &mut Finding) {
        if finding.verdict != Verdict::Violation || !self.looked.items.contains(&finding.item) {
            return;
        }
        let seen = self.second.as_ref().and_then(|second| second.get(&finding.item));
        let doubt = match seen {
            Some((Verdict::Violation, _)) => {
                finding.notes.push(both(
                    format!(
                        "seen again in a second session, from a fresh start ({})",
                        self.looked.timeline.file
                    ),
                    format!("第二次会话（全新启动）中再次出现（{}）", self.looked.timeline.file),
                ));
                return;
            }
            _ if self.looked.broken.is_some() => said!(
                "a second session did not come to its end: {why}",
                "第二次会话未能完成：{why}",
                why = self.looked.broken.clone().unwrap_or_default()
            ),
            Some((verdict, reason)) => said!(
                "a second session says {verdict}: {reason}",
                "第二次会话的结果为{verdict}：{reason}",
                verdict = both(verdict.words(), verdict.words_zh()),
                reason
            ),
            None => both("its second session cannot be read", "无法读取第二次会话的记录"),
        };
        finding.verdict = Verdict::Review;
        finding.reason =
            said!("seen once: {reason}", "仅出现一次：{reason}", reason = finding.reason.clone());
        finding.notes.insert(0, doubt);
    }
}

#[cfg(test)]
#[path = "again_tests.rs"]
mod tests;

//! How the audited version tells of a changed policy whoever had the version before, for item 2.2.

use super::earlier_policy::UPGRADES;
use crate::case::{Case, Evidence};
use crate::language::notice;
use crate::language::policy as pages;
use crate::recording::Event;
use crate::recording::version::VersionUsed;
use crate::text::{both, said};
use crate::world::Version;

/// How people are told.
pub enum Told {
    Notice {
        words: String,
        first: bool,
        evidence: Option<Evidence>,
    },
    /// A prompt for the policy that does not say what changed.
    Prompt(Option<Evidence>),
    /// Nothing was seen, but a screen could not be read.
    Unread,
    Nothing,
}

impl Told {
    /// Finds what the audited version shows to whoever had the one before; without an upgrade, what it shows to anybody.
    pub fn find(case: &Case<'_>) -> Told {
        let (mut prompt, mut unread) = (None, false);
        let has_upgrade = case.last_span(UPGRADES).is_some();
        for (entry, state) in case.entries.iter().map(|entry| (entry, case.state_before(entry.seq))) {
            let Event::ScreenSeen(seen) = &entry.event else { continue };
            // Later probes begin as newly installed: what they show is shown to new people.
            let upgraded = state.version == Some(Version::Now) && state.probe.as_deref() == Some(UPGRADES);
            if has_upgrade && !upgraded {
                continue;
            }
            let screen = case.tree(seen.screen);
            unread |= upgraded && screen.is_none();
            // The policy's own text tells nobody who does not open it.
            if screen.as_ref().is_some_and(|screen| pages::on_screen(screen, None).is_some()) {
                continue;
            }
            if let Some(words) = screen.and_then(|screen| notice::find_notice(&screen)) {
                let evidence =
                    Some(Evidence::of_screen(entry.seq, seen, said!("“{words}”", "“{words}”", words)));
                return Told::Notice { words, first: !state.main, evidence };
            }
            let asks = case.read(seen).reading.prompt.as_ref().is_some_and(|prompt| prompt.names_policy);
            if upgraded && asks && prompt.is_none() {
                prompt = Some(Evidence::of_screen(
                    entry.seq,
                    seen,
                    both("the prompt after the upgrade", "升级后的提示"),
                ));
            }
        }
        match prompt {
            Some(prompt) => Told::Prompt(Some(prompt)),
            None if unread => Told::Unread,
            None => Told::Nothing,
        }
    }
}

/// The first screens after the upgrade.
pub fn show_first_screens(case: &Case<'_>) -> Vec<Evidence> {
    let after = case.entries.iter().skip_while(|entry| {
        !matches!(&entry.event, Event::VersionUsed(VersionUsed { version: Version::Now, .. }))
    });
    let seen = after.filter_map(|entry| match &entry.event {
        Event::ScreenSeen(seen) => Some(Evidence::of_screen(
            entry.seq,
            seen,
            both("a first screen after the upgrade", "升级后的首屏"),
        )),
        _ => None,
    });
    seen.take(3).collect()
}

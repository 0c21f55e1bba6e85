//! What a person asked the operator for, until when it must be answered, and what later looks came to. Rules 6.3, 6.4 and 6.5
//! read it, and so do `candor followup` and `candor followups`.

use jiff::civil::Date;

use super::Case;
use super::answer_limit::{
    AnswerLimit, Source, limit_at_once, limit_in_policy, limit_in_words, limit_of_law,
};
use super::span::Span;
use crate::language::answers;
use crate::language::rights::Condition;
use crate::recording::account::{Cancellation, Change, InformationChanged, Lasted, Progress};
use crate::recording::follow_up::{Demand, DemandLookedAt, DemandStated, Reply, Through};
use crate::recording::{Entry, Event};
use crate::working_days::{Due, day_in_china, due_in_days, due_in_working_days};

/// Who asks where the run itself did.
const CANDOR: &str = "candor";
/// Something that was asked for, with its limit and the looks at it.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp<'a> {
    /// Sequence number of the entry that tells what was asked for: the number of the follow-up.
    pub demand: u64,
    pub what: Demand,
    pub channel: Through,
    /// The day on which it was asked for, in China.
    pub sent: Date,
    /// Who asked.
    pub by: &'a str,
    /// What was asked, or what the app said to it.
    pub note: &'a str,
    /// The day from which the limit counts: later than `sent` where the person may still change their mind.
    pub begins: Date,
    pub limit: AnswerLimit,
    /// A promise that is longer than the notice allows, or is not the one that counts.
    pub other: Option<AnswerLimit>,
    pub due: Due,
    /// The change that it is about, where the run made one: so it can be looked for.
    pub change: Option<&'a InformationChanged>,
    /// Looks that were dated on the day of asking or later, in order.
    pub looks: Vec<(u64, &'a DemandLookedAt)>,
}

/// How something that was asked for stands, by the looks that were recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// Nobody looked, or it was still open before its limit ended.
    Waiting,
    InTime,
    /// Answered, after its limit had ended.
    Late,
    /// Denied within its limit.
    Denied,
    /// Open after its limit had ended.
    Overdue,
    AskedBack,
    /// It depends on holidays that are not known.
    Doubtful,
    /// Two looks cannot both be true.
    Contradicted,
}

impl FollowUp<'_> {
    /// Returns how it stands.
    pub fn came(&self) -> Came {
        let Some((_, last)) = self.looks.last() else { return Came::Waiting };
        let open_after =
            |done: Date| self.looks.iter().any(|(_, look)| look.reply == Reply::Open && look.on > done);
        let answered = matches!(last.reply, Reply::Done | Reply::Denied);
        let before = &self.looks[..self.looks.len() - 1];
        let was_done = before.iter().any(|(_, look)| look.reply == Reply::Done);
        if answered && open_after(last.on) || last.reply == Reply::Open && was_done {
            return Came::Contradicted;
        }
        match (last.reply, last.on) {
            (Reply::AskedBack, _) => Came::AskedBack,
            (Reply::Open, on) if on > self.due.last => Came::Overdue,
            (Reply::Open, on) if on > self.due.first => Came::Doubtful,
            (Reply::Open, _) => Came::Waiting,
            (_, on) if on > self.due.last => Came::Late,
            (_, on) if on > self.due.first => Came::Doubtful,
            (Reply::Denied, _) => Came::Denied,
            (Reply::Done, _) => Came::InTime,
        }
    }

    /// Tells whether a person should look now: its limit ends or ended, and no look says how it came out.
    pub fn is_due(&self, today: Date) -> bool {
        self.came() == Came::Waiting && today > self.due.first
    }

    /// Returns the days from a day to the end of its limit; fewer than 0 where it has ended.
    pub fn days_left(&self, today: Date) -> i64 {
        let days = |from: Date, to: Date| from.until(to).map_or(0, |span| i64::from(span.get_days()));
        match today > self.due.last {
            true => days(self.due.last, today).saturating_neg(),
            false => days(today, self.due.first).max(0),
        }
    }
}

impl<'a> Case<'a> {
    /// Returns everything that was asked for and is answered later, in the order of asking.
    pub fn follow_ups(&self) -> Vec<FollowUp<'a>> {
        let asked = self.entries.iter().filter_map(|entry| self.asked_in(entry));
        asked.collect()
    }

    /// Tells whether a recording holds anything that is answered later, without looking at more than its entries.
    pub fn has_follow_ups(entries: &[Entry]) -> bool {
        entries.iter().any(|entry| match &entry.event {
            Event::DemandStated(_) => true,
            Event::Cancellation(found) => is_requested(found),
            Event::InformationChanged(changed) => is_waited_for(changed),
            _ => false,
        })
    }

    fn asked_in(&self, entry: &'a Entry) -> Option<FollowUp<'a>> {
        match &entry.event {
            Event::DemandStated(stated) => self.follow_up_of_statement(entry, stated),
            Event::Cancellation(found) if is_requested(found) => self.follow_up_of_cancellation(entry, found),
            Event::InformationChanged(changed) if is_waited_for(changed) => {
                self.follow_up_of_change(entry, changed)
            }
            _ => None,
        }
    }

    fn follow_up_of_statement(&self, entry: &'a Entry, stated: &'a DemandStated) -> Option<FollowUp<'a>> {
        let told = limit_in_words(&stated.promise, Source::Operator, entry.seq);
        let promised = told.or_else(|| limit_in_policy(self, stated.what));
        let asked =
            Asked { what: stated.what, channel: stated.channel, sent: stated.sent, begins: stated.sent };
        self.follow_up(entry.seq, asked, (&stated.by, &stated.note), promised)
    }

    /// A cancellation that the app took and carries out later.
    fn follow_up_of_cancellation(&self, entry: &'a Entry, found: &'a Cancellation) -> Option<FollowUp<'a>> {
        let sent = day_in_china(entry.time);
        let conditions = self.conditions_before(entry.seq);
        let of = |kind: &str| {
            let all = conditions.iter().filter(|condition| condition.kind == kind);
            all.filter_map(|condition| Some((condition.days?, condition.working, condition)))
                .max_by_key(|(days, ..)| *days)
        };
        // Whoever may still change their mind waits by their own wish.
        let begins = match of("cooling_off") {
            Some((days, true, _)) => due_in_working_days(sent, days)?.last,
            Some((days, false, _)) => due_in_days(sent, days)?.last,
            None => sent,
        };
        let told = of("wait").map(|(count, working, condition)| AnswerLimit {
            count,
            working,
            source: Source::App,
            says: condition.says.clone(),
            entry: Some(entry.seq),
        });
        let told = told.or_else(|| limit_in_words(&found.says, Source::App, entry.seq));
        let promised = told.or_else(|| limit_in_policy(self, Demand::Cancellation));
        let asked = Asked { what: Demand::Cancellation, channel: Through::App, sent, begins };
        self.follow_up(entry.seq, asked, (CANDOR, &found.says), promised)
    }

    /// A change that the app took and did not show after a restart.
    fn follow_up_of_change(&self, entry: &'a Entry, changed: &'a InformationChanged) -> Option<FollowUp<'a>> {
        let what = match changed.change {
            Change::Correction => Demand::Correction,
            Change::Deletion => Demand::Deletion,
        };
        let promised = match answers::is_by_hand(&changed.says) {
            true => {
                limit_in_words(&changed.says, Source::App, entry.seq).or_else(|| limit_in_policy(self, what))
            }
            false => Some(limit_at_once()),
        };
        let sent = day_in_china(entry.time);
        let asked = Asked { what, channel: Through::App, sent, begins: sent };
        let follow_up = self.follow_up(entry.seq, asked, (CANDOR, &changed.says), promised)?;
        Some(FollowUp { change: Some(changed), ..follow_up })
    }

    fn follow_up(
        &self,
        demand: u64,
        asked: Asked,
        (by, note): (&'a str, &'a str),
        promised: Option<AnswerLimit>,
    ) -> Option<FollowUp<'a>> {
        let law = limit_of_law(self);
        let by_law = law.due(asked.begins)?;
        let by_promise = promised.as_ref().and_then(|promise| promise.due(asked.begins));
        // A promise beyond what the notice allows does not lengthen it.
        let due = Due {
            first: by_promise.map_or(by_law.first, |due| due.first.min(by_law.first)),
            last: by_promise.map_or(by_law.last, |due| due.last.min(by_law.last)),
            unknown: by_promise.map_or(by_law.unknown, |due| match due.last <= by_law.first {
                true => due.unknown,
                false => by_law.unknown.or(due.unknown),
            }),
        };
        let (limit, other) = match (promised, by_promise) {
            (Some(promise), Some(until)) if until.last <= by_law.last => (promise, None),
            (promised, _) => (law, promised),
        };
        let looks = self.entries.iter().filter_map(|entry| match &entry.event {
            Event::DemandLookedAt(look) if look.demand == demand && look.on >= asked.sent => {
                Some((entry.seq, look.as_ref()))
            }
            _ => None,
        });
        let Asked { what, channel, sent, begins } = asked;
        let looks = looks.collect();
        Some(FollowUp {
            demand,
            what,
            channel,
            sent,
            by,
            note,
            begins,
            limit,
            other,
            due,
            change: None,
            looks,
        })
    }

    /// Returns what the screens of the cancellation that an entry ended asked for.
    fn conditions_before(&self, seq: u64) -> Vec<&'a Condition> {
        let spans = Span::all_of(self.entries, "delete_account");
        let span = spans.into_iter().rfind(|span| span.entries.iter().any(|entry| entry.seq == seq));
        let steps = span.into_iter().flat_map(|span| span.entries).filter_map(|entry| match &entry.event {
            Event::CancellationStep(step) if entry.seq < seq => Some(&step.conditions),
            _ => None,
        });
        steps.flatten().collect()
    }
}

/// What was asked, by what way and when.
struct Asked {
    what: Demand,
    channel: Through,
    sent: Date,
    begins: Date,
}

/// Tells whether the app took a cancellation and carries it out later.
fn is_requested(found: &Cancellation) -> bool {
    found.confirmed && found.progress == Progress::Requested
}

/// Tells whether the app took a change that was not to be seen afterwards.
fn is_waited_for(changed: &InformationChanged) -> bool {
    changed.lasted == Lasted::Unclear && !changed.wanted.is_empty()
}

#[cfg(test)]
#[path = "follow_ups_tests.rs"]
mod tests;

//! What a later look found left of an account whose cancellation was said to be done, for item 6.4.

use crate::case::{Case, Evidence, FollowUp};
use crate::recording::follow_up::{Demand, DemandLookedAt, Reply};
use crate::recording::{Event, FileRef};
use crate::rules::rule::{Opinion, Weighed};
use crate::text::said;

/// Weighs the last look at a cancellation that was done; `None` where no look says that one was.
pub fn weigh_told_done(case: &Case<'_>) -> Option<Weighed> {
    let follow_ups = case.follow_ups();
    let done = follow_ups.iter().filter_map(find_done).next_back()?;
    let (follow_up, seq, look) = done;
    let names = |files: &[FileRef]| files.iter().map(|file| file.file.clone()).collect();
    let shown = Evidence {
        files: names(&look.added.files),
        ..Evidence::of_entry(
            seq,
            said!("{by} looked again: {note}", "{by} 再次查看：{note}", by = look.by, note = look.note),
        )
    };
    let told = said!(
        "the cancellation of {sent} was done on {on}",
        "{sent} 的注销请求于 {on} 已处理",
        sent = follow_up.sent.to_string(),
        on = look.on.to_string()
    );
    Some(match look.remains {
        Some(true) => Opinion::violation(said!(
            "{told}, and marks of the old account are still there ({by}: {note})",
            "{told}，但原账号的痕迹仍在（{by}：{note}）",
            told,
            by = look.by,
            note = look.note
        ))
        .with([shown])
        .into(),
        Some(false) => Weighed::clean(
            Opinion::conforms(said!(
                "{told}, and nothing of the old account was found ({by}: {note})",
                "{told}，没有发现原账号的痕迹（{by}：{note}）",
                told,
                by = look.by,
                note = look.note
            ))
            .with([shown]),
        ),
        None => Opinion::review(said!(
            "{told}; whether marks of the old account are left was not looked at",
            "{told}；没有查看是否留有原账号的痕迹",
            told
        ))
        .with([shown])
        .into(),
    })
}

/// Tells whether a person stated a cancellation outside of the run.
pub fn is_cancellation_stated(case: &Case<'_>) -> bool {
    case.entries.iter().any(|entry| match &entry.event {
        Event::DemandStated(stated) => stated.what == Demand::Cancellation,
        _ => false,
    })
}

fn find_done<'f, 'a>(follow_up: &'f FollowUp<'a>) -> Option<(&'f FollowUp<'a>, u64, &'a DemandLookedAt)> {
    let (seq, look) = follow_up.looks.last().copied()?;
    let done = follow_up.what == Demand::Cancellation && look.reply == Reply::Done;
    done.then_some((follow_up, seq, look))
}

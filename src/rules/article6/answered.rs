//! Whether what was asked of the operator was answered in time, for the items that ask for it: 6.3 for requests, 6.5 for
//! complaints.

use jiff::civil::Date;

use crate::case::{Came, Case, Evidence, FollowUp, Source};
use crate::recording::follow_up::{Demand, DemandLookedAt, Reply};
use crate::recording::{Event, FileRef};
use crate::rules::rule::Opinion;
use crate::text::{Bilingual, both, join, said};

/// What the follow-ups of a recording say.
#[derive(Default)]
pub struct Answered {
    /// Violations, and what a person must look at.
    pub opinions: Vec<Opinion>,
    /// What was answered in time.
    pub in_time: Vec<Bilingual>,
    /// What is not answered yet, as far as anybody looked, and until when it is due.
    pub waiting: Vec<Bilingual>,
    /// What shows those that were answered in time.
    pub evidence: Vec<Evidence>,
}

impl Answered {
    /// Weighs what was asked for and is of these kinds.
    pub fn weigh(case: &Case<'_>, kinds: &[Demand]) -> Answered {
        let mut answered = Answered::default();
        for follow_up in case.follow_ups().iter().filter(|follow_up| kinds.contains(&follow_up.what)) {
            answered.add(case, follow_up);
        }
        answered
    }

    /// Says what is waited for, in one sentence; `None` where nothing is.
    pub fn say_waiting(&self) -> Option<Bilingual> {
        let list = join(&self.waiting, "; ", "；");
        (!self.waiting.is_empty()).then(|| {
            said!(
                "not answered yet: {list}. `candor followup` looks again",
                "尚待答复：{list}。请届时用 candor followup 再次查看",
                list
            )
        })
    }

    fn add(&mut self, case: &Case<'_>, follow_up: &FollowUp<'_>) {
        let evidence = show(case, follow_up);
        let what = say_what(follow_up);
        let until = say_until(follow_up);
        let Some(look) = follow_up.looks.last().map(|(_, look)| *look) else {
            self.waiting.push(said!("{what}, due {until}", "{what}，应于{until}前答复", what, until));
            return;
        };
        let stated = say_whose(look);
        let on = look.on.to_string();
        let limit = follow_up.limit.words();
        let opinion = match follow_up.came() {
            Came::Waiting => {
                self.waiting.push(said!(
                    "{what}, due {until}, still open on {on}",
                    "{what}，应于{until}前答复，{on} 时尚未处理",
                    what,
                    until,
                    on
                ));
                return;
            }
            Came::InTime => {
                self.in_time.push(said!(
                    "{what}: done on {on}, due {until} ({stated})",
                    "{what}：{on} 已处理，期限为{until}（{stated}）",
                    what,
                    on,
                    until,
                    stated
                ));
                self.evidence.extend(evidence);
                return;
            }
            Came::Overdue if follow_up.limit.source == Source::AtOnce => Opinion::violation(said!(
                "{what} was taken by the app at once and is still not done on {on}, more than a day later ({stated})",
                "应用当即接受了{what}，但 {on} 仍未生效，已超过一天（{stated}）",
                what,
                on,
                stated
            )),
            Came::Overdue => Opinion::violation(said!(
                "{what} was still open on {on}; its limit ended on {until}: {limit} ({stated})",
                "{what}至 {on} 仍未处理；期限已于{until}届满：{limit}（{stated}）",
                what,
                on,
                until,
                limit,
                stated
            )),
            Came::Late => Opinion::violation(said!(
                "{what} was answered only on {on} ({how}); its limit ended on {until}: {limit} ({stated})",
                "{what}直到 {on} 才答复（{how}）；期限已于{until}届满：{limit}（{stated}）",
                what,
                on,
                how = look.reply.words(),
                until,
                limit,
                stated
            )),
            Came::Denied => Opinion::review(said!(
                "{what} was denied on {on} ({stated}): look whether the reasons are those of the law",
                "{what}于 {on} 被拒绝（{stated}）：请判断理由是否合法",
                what,
                on,
                stated
            )),
            Came::AskedBack => Opinion::review(said!(
                "the operator asked something back on {what} on {on} ({stated}): how long that took is not the operator's; a person counts",
                "运营者于 {on} 就{what}要求补充（{stated}）：补充所需时间不计入，请人工计算",
                what,
                on,
                stated
            )),
            Came::Doubtful => Opinion::review(said!(
                "{what}: {how} on {on}; whether that is in time depends on holidays that are not known ({until})",
                "{what}：{on} {how}；是否按期取决于尚未公布的节假日安排（{until}）",
                what,
                how = look.reply.words(),
                on,
                until
            )),
            Came::Contradicted => Opinion::review(said!(
                "two looks at {what} cannot both be true: it was done, and was open afterwards",
                "对{what}的两次查看互相矛盾：先称已处理，其后又称未处理",
                what
            )),
        };
        let opinion = opinion.with(evidence);
        let opinion = match follow_up.begins == follow_up.sent {
            true => opinion,
            false => opinion.note(said!(
                "Counted from {begins}, when the time to change one's mind had ended.",
                "自反悔期届满之日 {begins} 起算。",
                begins = follow_up.begins.to_string()
            )),
        };
        self.opinions.push(opinion);
    }
}

/// Tells whether a person stated something of these kinds: it is weighed although no probe ran.
pub fn is_stated(case: &Case<'_>, kinds: &[Demand]) -> bool {
    case.entries.iter().any(|entry| match &entry.event {
        Event::DemandStated(stated) => kinds.contains(&stated.what),
        _ => false,
    })
}

/// Says what was asked for, and when: `the cancellation of 2026-11-27 (entry 12)`.
pub fn say_what(follow_up: &FollowUp<'_>) -> Bilingual {
    said!(
        "{what} of {sent} (entry {demand})",
        "{sent} 的{what}（第 {demand} 条）",
        what = follow_up.what.words(),
        sent = follow_up.sent.to_string(),
        demand = follow_up.demand
    )
}

/// Says until when it must be answered.
pub fn say_until(follow_up: &FollowUp<'_>) -> Bilingual {
    let date = |day: Date| day.to_string();
    let due = follow_up.due;
    match due.unknown.filter(|_| due.first != due.last) {
        Some(year) => said!(
            "{first} to {last} (the holidays of {year} are not known)",
            "{first} 至 {last}（{year} 年节假日安排尚不可知）",
            first = date(due.first),
            last = date(due.last),
            year = i64::from(year)
        ),
        None => both(date(due.last), format!(" {} ", date(due.last))),
    }
}

fn say_whose(look: &DemandLookedAt) -> Bilingual {
    match look.by.as_str() {
        "candor" => both("looked at by candor", "由本工具查看"),
        by => said!("as {by} states", "据 {by} 声明", by),
    }
}

/// What was asked, what promises the limit, and each look, with their files.
fn show(case: &Case<'_>, follow_up: &FollowUp<'_>) -> Vec<Evidence> {
    let names = |files: &[FileRef]| files.iter().map(|file| file.file.clone()).collect::<Vec<String>>();
    let files_of = |seq: u64| match case.entries.get(case.index_of(seq)).map(|entry| &entry.event) {
        Some(Event::DemandStated(stated)) => names(&stated.added.files),
        Some(Event::DemandLookedAt(look)) => names(&look.added.files),
        _ => Vec::new(),
    };
    let with_files =
        |seq: u64, shows: Bilingual| Evidence { files: files_of(seq), ..Evidence::of_entry(seq, shows) };
    let mut all = vec![with_files(
        follow_up.demand,
        said!("{what}: {note}", "{what}：{note}", what = say_what(follow_up), note = follow_up.note),
    )];
    if follow_up.limit.source == Source::Policy
        && let Some(entry) = follow_up.limit.entry
    {
        all.push(Evidence::of_passage(entry, &follow_up.limit.says));
    }
    all.extend(follow_up.looks.iter().map(|(seq, look)| {
        let how: (&str, &str) = Reply::words(look.reply);
        with_files(
            *seq,
            said!(
                "{by} looked again: {how} on {on}: {note}",
                "{by} 再次查看：{on} {how}：{note}",
                by = look.by,
                how,
                on = look.on.to_string(),
                note = look.note
            ),
        )
    }));
    all
}

#[cfg(test)]
#[path = "answered_tests.rs"]
mod tests;

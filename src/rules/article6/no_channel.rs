//! 6.5: no channel for complaints is published, or the limit that it promises is too long.

use crate::language::channel::{self, Channel, For, Means, Promise};
use crate::recording::GoalRuledOut;
use crate::rules::accessed::tree;
use crate::rules::catalogue::{Bilingual, both};
use crate::rules::searched::{self, answer};
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};
use crate::working_days::{Length, length};

/// The rule of item 6.5.
pub struct NoChannel;

const PROBE: &str = "complaint_channel";

impl Rule for NoChannel {
    fn item(&self) -> &'static str {
        "6.5"
    }
    fn probes(&self) -> &'static [&'static str] {
        &[PROBE]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let Some(span) = case.span(PROBE) else { return case.unfinished(PROBE) };
        let found = answer(case, PROBE);
        let policy = searched::policy_text(case);
        let mut published: Vec<(Bilingual, Evidence)> = Vec::new();
        let mut promises: Vec<(Promise, Evidence)> = Vec::new();
        if let Some((seq, Ok(reached))) = found {
            let screen = case.screen(reached.screen).and_then(|(_, seen)| tree(case, seen));
            let way = searched::path(case, seq, reached, "the channel for complaints", "投诉举报渠道");
            if let (Some(screen), Some(shown)) = (screen, way.last()) {
                for channel in
                    channel::on_screen(&screen).into_iter().filter(|c| c.purpose == For::Complaints)
                {
                    published.push((words(&channel), shown.clone()));
                }
                let promised = channel::promises(&screen.whole_text());
                promises.extend(promised.into_iter().map(|promise| (promise, shown.clone())));
            }
        }
        if let Some((seq, text)) = &policy {
            for channel in channel::in_text(text).into_iter().filter(|c| c.purpose == For::Complaints) {
                let words = words(&channel);
                published.push((words, searched::passage(*seq, &channel.says)));
            }
            let promised = channel::promises(text);
            promises.extend(promised.into_iter().map(|p| {
                let shown = searched::passage(*seq, &p.sentence);
                (p, shown)
            }));
        }
        let judgement = if published.is_empty() {
            match found {
                _ if !span.is_complete() => return case.unfinished(PROBE),
                Some((_, Err(ruled_out))) => judge_absence(case, ruled_out, policy),
                _ => return case.unfinished(PROBE),
            }
        } else {
            judge_promises(case, &published, promises)
        };
        let judgement = judgement.note(
            "Whether complaints are answered in time is not tested: only what is published is looked at.",
            "未检测投诉是否按期答复：只查看公布的内容。",
        );
        searched::noted(case, judgement, PROBE)
    }
}

fn words(channel: &Channel) -> Bilingual {
    let says = &channel.says;
    match channel.means {
        Means::Phone => both(format!("by phone, {says}"), format!("电话 {says}")),
        Means::Mail => both(format!("by mail, {says}"), format!("邮箱 {says}")),
        Means::Form => both(format!("by a form, {says}"), format!("在线表单 {says}")),
    }
}

fn judge_promises(
    case: &Case<'_>,
    published: &[(Bilingual, Evidence)],
    promises: Vec<(Promise, Evidence)>,
) -> Judgement {
    // Limits for other requests count only where complaints have none of their own.
    let own = promises.iter().any(|(promise, _)| promise.complaints);
    let promises: Vec<(Promise, Evidence)> =
        promises.into_iter().filter(|(promise, _)| promise.complaints || !own).collect();
    let most = case.thresholds.get("max_answer_days").max(0.0) as u32;
    let mut known: Vec<&str> = Vec::new();
    let all: Vec<&Bilingual> = published.iter().map(|(words, _)| words).collect();
    let all: Vec<&Bilingual> = all
        .into_iter()
        .filter(|w| {
            !known.contains(&w.en.as_str()) && {
                known.push(&w.en);
                true
            }
        })
        .take(3)
        .collect();
    let en = all.iter().map(|words| words.en.as_str()).collect::<Vec<_>>().join("; ");
    let zh = all.iter().map(|words| words.zh.as_str()).collect::<Vec<_>>().join("；");
    let shown = published.iter().take(3).map(|(_, evidence)| evidence.clone()).collect::<Vec<_>>();
    let measured = |promise: &Promise| length(promise.days, promise.working, f64::from(most), case.day());
    let lengths: Vec<Length> = promises.iter().map(|(promise, _)| measured(promise)).collect();
    let longest = promises.iter().max_by_key(|(promise, _)| (promise.days, promise.working));
    let says = longest.map(|(promise, _)| promise.sentence.clone()).unwrap_or_default();
    let evidence = longest.map(|(_, evidence)| evidence.clone());
    let judgement = if !lengths.is_empty() && lengths.iter().all(|length| *length == Length::TooLong) {
        Judgement::new(
            Verdict::Violation,
            format!("the limit that is promised for an answer is over {most} working days: {says}"),
            format!("承诺的处理时限超过 {most} 个工作日：{says}"),
        )
    } else if lengths.iter().any(|length| *length != Length::Fits) {
        Judgement::new(
            Verdict::Review,
            format!("a limit may be over {most} working days: look which one holds for complaints: {says}"),
            format!("有时限可能超过 {most} 个工作日，请核实投诉适用哪一个：{says}"),
        )
    } else {
        let judgement = Judgement::new(
            Verdict::Conforms,
            format!("complaints can be made {en}"),
            format!("可以投诉举报：{zh}"),
        );
        match longest {
            Some((promise, _)) => judgement
                .note(format!("Promised: {}", promise.sentence), format!("承诺：{}", promise.sentence)),
            None => judgement.note(
                format!("No limit is promised; {most} working days hold."),
                format!("没有承诺时限，按 {most} 个工作日计。"),
            ),
        }
    };
    let judgement = if promises.iter().any(|(promise, _)| !promise.working) {
        case.counted(judgement)
    } else {
        judgement
    };
    judgement.with(shown).with(evidence)
}

fn judge_absence(case: &Case<'_>, ruled_out: &GoalRuledOut, policy: Option<(u64, String)>) -> Judgement {
    let evidence = searched::evidence(case, ruled_out);
    let none = || both("no channel for complaints was found", "没有找到投诉举报渠道");
    // Contacts that are there for something else, or of which nothing says what for.
    let in_policy = policy.iter().flat_map(|(at, text)| {
        channel::in_text(text)
            .into_iter()
            .map(|channel| (channel.clone(), searched::passage(*at, &channel.says)))
    });
    let on_screens =
        Case::screens(case.entries).filter(|(_, seen)| !seen.again).filter_map(|(entry, seen)| {
            let screen = tree(case, seen)?;
            let found = channel::on_screen(&screen);
            let page = channel::is_contact_page(&screen);
            let shown = crate::rules::case::at_screen(entry, seen, "a contact", "联系方式");
            Some((found, page, shown))
        });
    let (mut others, mut pages): (Vec<(Channel, Evidence)>, Vec<Evidence>) =
        (in_policy.collect(), Vec::new());
    for (found, page, shown) in on_screens {
        if page {
            pages.push(shown.clone());
        }
        // A person's own number in a form or a list is no contact of the app's.
        others.extend(found.into_iter().filter(|c| c.purpose == For::Sales).map(|c| (c, shown.clone())));
    }
    if let Some((other, shown)) = others.into_iter().next() {
        return searched::not_found(
            none(),
            both(
                format!("there is a contact that does not say it takes complaints: {}", other.says),
                format!("有未说明受理投诉的联系方式：{}", other.says),
            ),
        )
        .with([shown])
        .with(evidence);
    }
    if let Some(page) = pages.into_iter().next() {
        let why = both(
            "there is a page for contacts, on which no phone, mail or form was found: look at it",
            "有联系页面，但没有找到电话、邮箱或表单：请人工查看",
        );
        return searched::not_found(none(), why).with([page]).with(evidence);
    }
    if let Some((why, shown)) = searched::doubt(case, ruled_out) {
        return searched::not_found(none(), why).with(evidence).with(shown);
    }
    if policy.is_none() && !searched::has_no_policy(case) {
        let why = both(
            "the policy's text was not read (probe read_policy): it may name one",
            "没有读取隐私政策全文（探测 read_policy），其中可能写有渠道",
        );
        return searched::not_found(none(), why).with(evidence);
    }
    let extent = searched::extent(case, ruled_out);
    Judgement::new(
        Verdict::Violation,
        format!("no channel for complaints is published: none on the {}, and none in the policy", extent.en),
        format!("没有公布投诉举报渠道：{}和隐私政策中都没有", extent.zh),
    )
    .with(evidence)
}

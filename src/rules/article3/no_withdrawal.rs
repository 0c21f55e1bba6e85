//! 3.8: no way to withdraw consent, or collecting goes on after it was withdrawn.

use super::before_consent::{blind, noted as gaps_noted};
use crate::language::{channel, purpose};
use crate::recording::consent::{CameTo, WithdrawalTried};
use crate::recording::{Event, GoalRuledOut};
use crate::rules::accessed::{Around, Collected, calls, moment};
use crate::rules::case::Span;
use crate::rules::catalogue::both;
use crate::rules::searched::{self, answer};
use crate::rules::{Case, Judgement, Rule, Verdict};
use crate::world::access::AccessKind;

/// The rule of item 3.8.
pub struct NoWithdrawal;

const PROBE: &str = "withdraw_consent";

impl Rule for NoWithdrawal {
    fn item(&self) -> &'static str {
        "3.8"
    }
    fn probes(&self) -> &'static [&'static str] {
        &[PROBE]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let Some(span) = case.span(PROBE) else { return case.unfinished(PROBE) };
        let found = answer(case, PROBE);
        let judgement = match followed(&span) {
            Some((seq, tried)) => judge_followed(case, &span, seq, tried),
            None if !span.is_complete() => return case.unfinished(PROBE),
            None => match found {
                Some((_, Err(ruled_out))) => judge_absence(case, ruled_out),
                Some((_, Ok(_))) => Judgement::new(
                    Verdict::Review,
                    "there is an entry to withdraw consent, but nothing asked for consent on a fresh start, so it was not followed",
                    "有撤回同意的入口，但首次启动时没有征求同意，因此没有执行撤回",
                ),
                None => return case.unfinished(PROBE),
            },
        };
        let way = match found {
            Some((seq, Ok(reached))) => {
                searched::path(case, seq, reached, "the entry to withdraw consent", "撤回同意的入口")
            }
            _ => Vec::new(),
        };
        searched::noted(case, judgement.with(way), PROBE)
    }
}

fn followed<'a>(span: &Span<'a>) -> Option<(u64, &'a WithdrawalTried)> {
    span.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::WithdrawalTried(tried) => Some((entry.seq, tried)),
        _ => None,
    })
}

fn judge_followed(case: &Case<'_>, span: &Span<'_>, seq: u64, tried: &WithdrawalTried) -> Judgement {
    let entry = &tried.entry;
    let ended = case.shown(tried.screen, "where it ended", "结束时的画面").map(|mut shown| {
        shown.entry = seq;
        shown
    });
    let review = |en: &str, zh: &str| {
        Judgement::new(Verdict::Review, format!("“{entry}” {en}"), format!("“{entry}”{zh}"))
            .with(ended.clone())
    };
    match tried.came_to {
        CameTo::ClosesAccount => review(
            "would cancel the account as well, and was not followed: decide whether consent can be withdrawn alone",
            "会同时注销账号，未执行：请判断能否单独撤回同意",
        ),
        CameTo::OnlyContact => review(
            "only says whom to write to or call: look whether consent can be withdrawn that way",
            "只给出联系方式：请核实能否以此撤回同意",
        ),
        CameTo::NeedsLogIn => {
            review("asks for a log-in first, and was not followed further", "要求先登录，没有继续执行")
        }
        CameTo::Unclear => review(
            "was tapped, and neither the app's words nor a confirmation show what came of it",
            "点击之后，既没有提示也没有确认，无法判断结果",
        ),
        CameTo::Done => judge_after(case, span, entry).with(ended),
    }
}

/// What the app collected once consent had been withdrawn.
fn judge_after(case: &Case<'_>, span: &Span<'_>, entry: &str) -> Judgement {
    let entries = span.entries;
    let withdrawn = entries.iter().position(|entry| matches!(entry.event, Event::ConsentWithdrawn { .. }));
    let Some(withdrawn) = withdrawn else { return case.unfinished(PROBE) };
    let since = moment(entries, withdrawn);
    // What a tap on a function's name speaks for is the person's own wish.
    let wished = |seq: u64, what: &str| {
        Around::of(case, seq).tapped.is_some_and(|label| purpose::speaks_for(label, what))
    };
    let collected =
        Collected::of(calls(entries).filter(|call| call.at > since && !wished(call.seq, call.what)));
    if let Some(verdict) = collected.verdict() {
        let words = collected.words();
        return Judgement::new(
            verdict,
            format!("consent was withdrawn by “{entry}”, and after it the app {}", words.en),
            format!("以“{entry}”撤回同意之后，应用仍{}", words.zh),
        )
        .with(collected.evidence(case));
    }
    if !span.is_complete() {
        return case.unfinished(PROBE);
    }
    if let Some(blind) = blind(case, &[AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier]) {
        return blind;
    }
    gaps_noted(
        case,
        Judgement::new(
            Verdict::Conforms,
            format!("consent can be withdrawn by “{entry}”, and after it nothing more was collected"),
            format!("可以通过“{entry}”撤回同意，撤回之后没有再收集信息"),
        ),
    )
}

fn judge_absence(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Judgement {
    let evidence = searched::evidence(case, ruled_out);
    let consent = case.entries.iter().find_map(|entry| match &entry.event {
        Event::ConsentGiven { screen, by } => {
            Some(case.shown(*screen, format!("consent given by “{by}”"), format!("以“{by}”表示同意")))
        }
        _ => None,
    });
    let Some(consent) = consent else {
        return Judgement::new(
            Verdict::NotApplicable,
            "the app asks for no consent: there is none to withdraw",
            "应用没有征求同意，没有可以撤回的内容",
        )
        .with(evidence);
    };
    let none = || both("no entry to withdraw consent was found in the app", "应用内没有找到撤回同意的入口");
    let with = |judgement: Judgement| judgement.with(evidence.clone()).with(consent.clone());
    if let Some((why, shown)) = searched::doubt(case, ruled_out) {
        return with(searched::not_found(none(), why)).with(shown);
    }
    let policy = searched::policy_text(case);
    if policy.is_none() && !searched::has_no_policy(case) {
        let why = both(
            "the policy's text was not read (probe read_policy): it may name a way",
            "没有读取隐私政策全文（探测 read_policy），其中可能写有途径",
        );
        return with(searched::not_found(none(), why));
    }
    if let Some((at, text)) = &policy
        && let Some(sentence) = channel::withdrawal_by_contact(text)
    {
        let why = both(
            "the policy says to write or call: look whether consent can be withdrawn that way",
            "隐私政策写明可通过联系方式办理：请核实能否以此撤回同意",
        );
        return with(searched::not_found(none(), why)).with([searched::passage(*at, &sentence)]);
    }
    let extent = searched::extent(case, ruled_out);
    let judgement = with(Judgement::new(
        Verdict::Violation,
        format!(
            "there is no way to withdraw consent: all {} were searched, and the policy names no other way that was found",
            extent.en
        ),
        format!("没有撤回同意的途径：{}都已搜索，隐私政策中也没有其他可行途径", extent.zh),
    ));
    let named = policy.and_then(|(at, text)| Some((at, channel::withdrawal_named(&text)?)));
    match named {
        Some((at, sentence)) => judgement
            .note("The policy names an entry that the app does not have.", "隐私政策写有入口，但应用中没有。")
            .with([searched::passage(at, &sentence)]),
        None => judgement,
    }
}

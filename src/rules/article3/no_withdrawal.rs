//! 3.8: no way to withdraw consent, or collecting goes on after it was withdrawn.

use crate::case::{Case, Doubt, Evidence, Span};
use crate::language::{channel, rights};
use crate::recording::consent::{CameTo, WithdrawalTried};
use crate::recording::entries::ConsentGiven;
use crate::recording::{Event, GoalRuledOut};
use crate::rules::rule::{Absence, Opinion, Rule, Weighed};
use crate::rules::ruling::say_unfinished;
use crate::text::{both, said};
use crate::world::access::AccessKind;

/// The rule of item 3.8.
pub struct NoWithdrawal;

const PROBE: &str = "withdraw_consent";

impl Rule for NoWithdrawal {
    fn item(&self) -> &'static str {
        "3.8"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[PROBE]
    }
    fn needs(&self) -> &'static [AccessKind] {
        &[AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier]
    }
    fn needs_requests(&self) -> bool {
        true
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let Some(span) = case.last_span(PROBE) else { return Weighed::default() };
        let found = case.last_answer(PROBE);
        let weighed = match (find_try(&span), found) {
            (Some((seq, tried)), _) => weigh_try(case, &span, seq, tried),
            (None, Some((_, Err(ruled_out)))) => Weighed::absent(weigh_absence(case, ruled_out)),
            (None, Some((_, Ok(_)))) if span.is_complete() => Opinion::review(both(
                "there is an entry to withdraw consent, but nothing asked for consent on a fresh start, so it was not followed",
                "有撤回同意的入口，但首次启动时没有征求同意，因此没有执行撤回",
            ))
            .into(),
            (None, _) => Weighed::default(),
        };
        let way = match found {
            Some((seq, Ok(reached))) => {
                case.path_evidence(seq, reached, both("the entry to withdraw consent", "撤回同意的入口"))
            }
            _ => Vec::new(),
        };
        weighed.shown(way).searched(PROBE)
    }
}

/// Finds how following the entry came out, with its entry's number.
fn find_try<'a>(span: &Span<'a>) -> Option<(u64, &'a WithdrawalTried)> {
    span.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::WithdrawalTried(tried) => Some((entry.seq, tried)),
        _ => None,
    })
}

fn weigh_try<'a>(case: &Case<'a>, span: &Span<'a>, seq: u64, tried: &WithdrawalTried) -> Weighed {
    let entry = &tried.entry;
    let ended = case.shown(tried.screen, both("where it ended", "结束时的画面"));
    let ended: Option<Evidence> = ended.map(|shown| Evidence { entry: seq, ..shown });
    let review = |en: &str, zh: &str| {
        let reason = said!("“{entry}” {words}", "“{entry}”{words}", entry, words = (en, zh));
        Weighed::from(Opinion::review(reason).with(ended.clone()))
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
        CameTo::Done => weigh_after(case, span, tried, ended),
    }
}

/// Weighs what the app collected once consent had been withdrawn, and whether its own words say that it failed.
fn weigh_after<'a>(
    case: &Case<'a>,
    span: &Span<'a>,
    tried: &WithdrawalTried,
    ended: Option<Evidence>,
) -> Weighed {
    let entry = &tried.entry;
    let withdrawn = case.with_states(span).find_map(|(entry, state)| match &entry.event {
        // It counts from the tap that confirmed it, whatever was looked at since.
        Event::ConsentWithdrawn(_) => Some(state.operation.map_or(entry.time, |done| done.time)),
        _ => None,
    });
    let Some(since) = withdrawn else {
        return Weighed { unfinished: vec![say_unfinished(case, PROBE)], ..Weighed::default() };
    };
    let mut opinions = Vec::new();
    let collected = case.collected_since(span, since);
    if let Some(verdict) = collected.verdict() {
        let reason = said!(
            "consent was withdrawn by “{entry}”, and after it the app {words}",
            "以“{entry}”撤回同意之后，应用仍{words}",
            entry,
            words = collected.words()
        );
        opinions.push(Opinion::new(verdict, reason).with(collected.evidence(case)));
    }
    let shown = case.tree(tried.screen).map_or_else(|| tried.says.clone(), |screen| screen.whole_text());
    if let Some(words) = shown.lines().find(|line| rights::says_failed(line)) {
        let reason = said!(
            "“{entry}” was confirmed, but the app says “{words}”: try it again by hand",
            "以“{entry}”确认撤回，但应用提示“{words}”：请人工再试",
            entry,
            words
        );
        opinions.push(Opinion::review(reason));
    }
    let clean = Opinion::conforms(said!(
        "consent can be withdrawn by “{entry}”, and after it nothing more was collected",
        "可以通过“{entry}”撤回同意，撤回之后没有再收集信息",
        entry
    ))
    .note(case.note_on_gaps());
    Weighed { opinions, clean: Some(clean), ..Weighed::default() }.shown(ended)
}

/// No entry was found: weighs whether there is another way.
fn weigh_absence(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Absence {
    let evidence = case.search_evidence(ruled_out);
    let consent = case.entries.iter().find_map(|entry| match &entry.event {
        Event::ConsentGiven(ConsentGiven { screen, by }) => {
            Some(case.shown(*screen, said!("consent given by “{by}”", "以“{by}”表示同意", by)))
        }
        _ => None,
    });
    let what = both("no entry to withdraw consent was found in the app", "应用内没有找到撤回同意的入口");
    let Some(consent) = consent else {
        let none = Opinion::not_applicable(both(
            "the app asks for no consent: there is none to withdraw",
            "应用没有征求同意，没有可以撤回的内容",
        ));
        // Who asks on a canvas was not heard.
        let sightings: Vec<_> = Case::sightings(case.entries).collect();
        return Absence::new(what, none.with(evidence)).doubted(case.doubt_pictures(&sightings));
    };
    let policy = case.policy_text();
    let by_contact = policy.and_then(|(at, text)| Some((at, channel::withdrawal_by_contact(text)?)));
    let by_contact = by_contact.map(|(at, sentence)| Doubt {
        why: both(
            "the policy says to write or call: look whether consent can be withdrawn that way",
            "隐私政策写明可通过联系方式办理：请核实能否以此撤回同意",
        ),
        shown: Some(Evidence::of_passage(at, &sentence)),
    });
    let violation = Opinion::violation(said!(
        "there is no way to withdraw consent: all {extent} were searched, and the policy names no other way that was found",
        "没有撤回同意的途径：{extent}都已搜索，隐私政策中也没有其他可行途径",
        extent = case.extent(ruled_out)
    ))
    .with(evidence)
    .with(consent);
    let named = policy.and_then(|(at, text)| Some((at, channel::withdrawal_named(text)?)));
    let named = named.filter(|_| by_contact.is_none()).map(|(at, sentence)| Doubt {
        why: both(
            "the policy names a way that was not found in the app: look for it by hand",
            "隐私政策写有途径，但在应用中没有找到：请人工查找",
        ),
        shown: Some(Evidence::of_passage(at, &sentence)),
    });
    Absence::of_search(case, what, ruled_out, violation)
        .doubted(case.doubt_policy(("it may name a way", "其中可能写有途径")))
        .doubted(by_contact)
        .doubted(named)
}

#[cfg(test)]
#[path = "no_withdrawal_tests.rs"]
mod tests;

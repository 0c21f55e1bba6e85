//! 3.2: collects after consent was refused, or keeps asking for what was refused.

use std::collections::BTreeMap;

use crate::case::{Call, Case, Evidence, Span};
use crate::language::purpose;
use crate::recording::entries::{AskAnswered, ConsentRefused, RefusalOutcome};
use crate::recording::{Afterwards, Entry, Event};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};
use crate::world::access::AccessKind;

/// The rule of item 3.2.
pub struct AfterRefusal;

impl Rule for AfterRefusal {
    fn item(&self) -> &'static str {
        "3.2"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["refuse_consent", "refuse_permissions"]
    }
    fn needs(&self) -> &'static [AccessKind] {
        &[AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier]
    }
    fn needs_requests(&self) -> bool {
        true
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let consent = case.spans("refuse_consent");
        let permissions = case.spans("refuse_permissions");
        let opinions: Vec<Opinion> = consent
            .iter()
            .filter_map(|span| weigh_refused_consent(case, span))
            .chain(permissions.iter().filter_map(|span| weigh_asks_again(case, span)))
            .collect();
        let cannot_refuse = consent.iter().flat_map(|span| span.entries).any(|entry| {
            matches!(&entry.event, Event::AfterRefusal(after) if after.outcome == Afterwards::CannotRefuse)
        });
        let nothing = Opinion::not_applicable(match cannot_refuse {
            true => both(
                "the app's prompt has nothing to refuse with, and no permission was asked for: nothing was refused",
                "应用的提示没有拒绝的选项，也没有申请权限：没有发生拒绝",
            ),
            false => both(
                "the app asks neither for consent nor for a permission: there is nothing to refuse",
                "应用既不征求同意也不申请权限，没有可以拒绝的内容",
            ),
        });
        let clean = match opinions.iter().find(|opinion| opinion.verdict.gravity() > 1) {
            Some(clean) => clean.clone().note(case.note_on_gaps()),
            None => nothing,
        };
        Weighed { opinions, clean: Some(clean), ..Weighed::default() }
    }
}

/// The limit on asking again and the time within which it counts (h).
fn limits(case: &Case<'_>) -> (f64, f64) {
    (case.thresholds.get("max_asks"), case.thresholds.get("ask_window"))
}

/// Makes evidence of a refusal.
fn show_refusal(case: &Case<'_>, entry: &Entry) -> Option<Evidence> {
    match &entry.event {
        Event::ConsentRefused(ConsentRefused { screen, by, .. }) => {
            case.shown(*screen, said!("consent refused by “{by}”", "以“{by}”拒绝同意", by))
        }
        _ => None,
    }
}

/// Weighs what is collected after consent was refused, and how often it is asked for again. `None` where nothing asked.
fn weigh_refused_consent<'a>(case: &Case<'a>, span: &Span<'a>) -> Option<Opinion> {
    let refused = |entry: &Entry| matches!(entry.event, Event::ConsentRefused(_));
    let (first, state) = case.with_states(span).find(|(entry, _)| refused(entry))?;
    let collected = case.collected_since(span, state.brought_about(first.time));
    if let Some(verdict) = collected.verdict() {
        let reason = said!(
            "after consent was refused, the app {words}",
            "用户拒绝同意之后，应用{words}",
            words = collected.words()
        );
        let opinion = Opinion::new(verdict, reason);
        return Some(opinion.with(show_refusal(case, first)).with(collected.evidence(case)));
    }
    let (max, window) = limits(case);
    let asks = Asks::count(case, span, window);
    let times = asks.again.len();
    let again: Vec<Evidence> = asks.again.iter().filter_map(|entry| show_refusal(case, entry)).collect();
    let shown = |opinion: Opinion| Some(opinion.with(show_refusal(case, first)).with(again));
    if asks.outcome == Some(Afterwards::AsksOn) {
        return shown(Opinion::review(both(
            "refusing brings the same prompt again, over and over: decide whether the app keeps asking or cannot be used without consent",
            "拒绝后同一提示反复出现：请判断是频繁征求同意，还是不同意就无法使用",
        )));
    }
    if asks.outcome == Some(Afterwards::GoesOn) && times as f64 > max {
        return shown(Opinion::violation(said!(
            "consent was refused and the app went on, but asked again {times} times within {window:.0} h (at most {max:.0})",
            "用户拒绝同意后应用可以继续使用，但在 {window:.0} 小时内又征求同意 {times} 次（上限 {max:.0} 次）",
            times,
            window,
            max
        )));
    }
    let outcome = match asks.outcome {
        Some(Afterwards::GoesOn) => ("the app goes on without consent", "应用在未同意的情况下仍可使用"),
        Some(Afterwards::Exits) => ("the app ends when consent is refused", "拒绝同意后应用退出"),
        Some(Afterwards::Locks) => ("the app can do nothing without consent", "拒绝同意后应用无法使用"),
        Some(Afterwards::CannotRefuse) | None => {
            ("the prompt has nothing that refuses", "提示没有拒绝的选项")
        }
        Some(Afterwards::AsksOn) => ("", ""),
    };
    let reason = said!(
        "after the refusal nothing was collected and consent asked for again {times} times within {window:.0} h; {outcome}",
        "拒绝之后没有收集信息，{window:.0} 小时内再次征求同意 {times} 次；{outcome}",
        times,
        window,
        outcome
    );
    let later = if asks.later { ("yes, which is allowed", "是（允许）") } else { ("no", "否") };
    shown(Opinion::conforms(reason).note(said!(
        "Asked again after {window:.0} h by the app's clock: {later}.",
        "应用时钟经过 {window:.0} 小时后再次征求：{later}。",
        window,
        later
    )))
}

/// How consent was asked for after the first refusal.
#[derive(Default)]
struct Asks<'a> {
    /// What became of the first start.
    outcome: Option<Afterwards>,
    /// Refusals that count as answers to asking again.
    again: Vec<&'a Entry>,
    /// It was asked for again once the window (h) had passed.
    later: bool,
}

impl<'a> Asks<'a> {
    fn count(case: &Case<'a>, span: &Span<'a>, window: f64) -> Asks<'a> {
        let mut asks = Asks::default();
        let mut counted_on = None;
        for (entry, state) in case.with_states(span) {
            match &entry.event {
                Event::AfterRefusal(RefusalOutcome { outcome, .. }) if counted_on.is_some() => {
                    asks.outcome.get_or_insert(*outcome);
                }
                Event::ConsentRefused(_) if counted_on.is_none() => counted_on = Some(state.on_start),
                Event::ConsentRefused(_) if f64::from(state.clock) >= window => asks.later = true,
                // On one start, a question and its "are you sure" are one asking.
                Event::ConsentRefused(_) if counted_on != Some(state.on_start) || asks.outcome.is_none() => {
                    counted_on = Some(state.on_start);
                    asks.again.push(entry);
                }
                _ => {}
            }
        }
        asks
    }
}

/// One asking for a permission that was refused: on which start, after how many functions that were tried, and what shows
/// it.
struct Ask {
    on_start: u32,
    functions: usize,
    shows: Evidence,
}

/// Weighs how often the app asked again for each permission that was refused. `None` where it asked for none.
fn weigh_asks_again<'a>(case: &Case<'a>, span: &Span<'a>) -> Option<Opinion> {
    let (max, window) = limits(case);
    // The first part has everything refused; later ones refuse in turn and begin anew.
    let mut asks: BTreeMap<&str, Vec<Ask>> = BTreeMap::new();
    let mut functions = 0;
    for (entry, state) in case.with_states(&span.refused_together()) {
        functions += usize::from(matches!(entry.event, Event::FunctionTried(_)));
        if f64::from(state.clock) >= window {
            continue;
        }
        let Some((asked, shows)) = asked_by(case, entry) else { continue };
        for what in asked {
            // Using the function that needs it is the person's own wish, however often.
            if state.wish.as_ref().is_some_and(|label| purpose::speaks_for(label, what)) {
                continue;
            }
            let ask = Ask { on_start: state.on_start, functions, shows: shows.clone() };
            let known = asks.entry(what).or_default();
            // An own dialog and the system's right after it are one asking.
            let same = |last: &Ask| last.on_start == ask.on_start && last.functions == ask.functions;
            if !known.last().is_some_and(same) {
                known.push(ask);
            }
        }
    }
    let (what, list) = asks.into_iter().max_by_key(|(_, list)| list.len())?;
    let times = list.len() - 1;
    let evidence = list.into_iter().take(4).map(|ask| ask.shows);
    let opinion = if times as f64 > max {
        Opinion::violation(said!(
            "{what} was refused, and the app asked for it again {times} times within {window:.0} h (at most {max:.0})",
            "用户拒绝{what}权限后，应用在 {window:.0} 小时内又索要 {times} 次（上限 {max:.0} 次）",
            what = both(what, purpose::chinese(what)),
            times,
            window,
            max
        ))
    } else {
        Opinion::conforms(said!(
            "after a refusal, no permission was asked for more than {times} times again within {window:.0} h",
            "拒绝之后，{window:.0} 小时内没有权限被再次索要超过 {times} 次",
            times,
            window
        ))
    };
    Some(opinion.with(evidence))
}

/// Returns the permissions that an entry asks for, with what shows it; `None` where it asks for none.
fn asked_by<'a>(case: &Case<'a>, entry: &'a Entry) -> Option<(Vec<&'a str>, Evidence)> {
    if let Event::AskAnswered(AskAnswered { screen, permissions, agreed: false, by }) = &entry.event {
        let shows = said!("the app asks; answered with “{by}”", "应用征求授权；回答“{by}”", by);
        return Some((permissions.iter().map(String::as_str).collect(), case.shown(*screen, shows)?));
    }
    let call = Call::of(entry).filter(Call::asks_the_person)?;
    Some((vec![call.what], case.call_evidence(&call)))
}

//! 3.2: collects after consent was refused, or keeps asking for what was refused.

use std::collections::BTreeMap;

use super::before_consent::{blind, noted};
use crate::language::purpose;
use crate::recording::{Afterwards, Entry, Event};
use crate::rules::accessed::{Around, Collected, calls, evidence, moment, refused_together};
use crate::rules::case::Span;
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};
use crate::world::Start;
use crate::world::access::AccessKind;

/// The rule of item 3.2.
pub struct AfterRefusal;

impl Rule for AfterRefusal {
    fn item(&self) -> &'static str {
        "3.2"
    }
    fn probes(&self) -> &'static [&'static str] {
        &["refuse_consent", "refuse_permissions"]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let consent = case.span("refuse_consent").map(|span| refused_consent(case, &span));
        let permissions = case.span("refuse_permissions").map(|span| asked_again(case, &span));
        let found: Vec<Judgement> = consent.into_iter().chain(permissions).flatten().collect();
        for verdict in [Verdict::Violation, Verdict::Review] {
            if let Some(at) = found.iter().position(|judgement| judgement.verdict == verdict) {
                return found[at].clone();
            }
        }
        for probe in self.probes() {
            if !case.span(probe).is_some_and(|span| span.is_complete()) {
                return case.unfinished(probe);
            }
        }
        if let Some(blind) = blind(case, &[AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier]) {
            return blind;
        }
        let mut judgement = match found.into_iter().next() {
            Some(clean) => clean,
            None => {
                return Judgement::new(
                    Verdict::NotApplicable,
                    "the app asks neither for consent nor for a permission: there is nothing to refuse",
                    "应用既不征求同意也不申请权限，没有可以拒绝的内容",
                );
            }
        };
        judgement = noted(case, judgement);
        judgement
    }
}

/// The limit on asking again and the time within which it counts.
fn limits(case: &Case<'_>) -> (f64, f64) {
    (case.thresholds.get("max_asks"), case.thresholds.get("ask_window"))
}

/// What is called for after the refusal at index `first`, but for what the person wished.
pub fn collected_after<'a>(case: &Case<'a>, entries: &'a [Entry], first: usize) -> Collected<'a> {
    let since = moment(entries, first);
    // What a tap on a function's name speaks for is the person's own wish.
    let wished = |seq: u64, what: &str| {
        Around::of(case, seq).tapped.is_some_and(|label| purpose::speaks_for(label, what))
    };
    Collected::of(calls(entries).filter(|call| call.at > since && !wished(call.seq, call.what)))
}

/// After consent was refused: what is collected, and how often it is asked for again. `None` where nothing asked.
fn refused_consent(case: &Case<'_>, span: &Span<'_>) -> Option<Judgement> {
    let entries = span.entries;
    let first = entries.iter().position(|entry| matches!(entry.event, Event::ConsentRefused { .. }))?;
    let collected = collected_after(case, entries, first);
    let refusal = |entry: &Entry| match &entry.event {
        Event::ConsentRefused { screen, by, .. } => {
            case.shown(*screen, format!("consent refused by “{by}”"), format!("以“{by}”拒绝同意"))
        }
        _ => None,
    };
    if let Some(verdict) = collected.verdict() {
        let words = collected.words();
        return Some(
            Judgement::new(
                verdict,
                format!("after consent was refused, the app {}", words.en),
                format!("用户拒绝同意之后，应用{}", words.zh),
            )
            .with(refusal(&entries[first]))
            .with(collected.evidence(case)),
        );
    }
    let (max, window) = limits(case);
    let asks = Asks::count(entries, first, window);
    let again: Vec<Evidence> = asks.again.iter().filter_map(|&index| refusal(&entries[index])).collect();
    let times = again.len();
    let shown = |judgement: Judgement| judgement.with(refusal(&entries[first])).with(again);
    let goes_on = asks.outcome == Some(Afterwards::GoesOn);
    if asks.outcome == Some(Afterwards::AsksOn) {
        return Some(shown(Judgement::new(
            Verdict::Review,
            "refusing brings the same prompt again, over and over: decide whether the app keeps asking or cannot be used without consent",
            "拒绝后同一提示反复出现：请判断是频繁征求同意，还是不同意就无法使用",
        )));
    }
    if goes_on && times as f64 > max {
        return Some(shown(Judgement::new(
            Verdict::Violation,
            format!(
                "consent was refused and the app went on, but asked again {times} times within {window:.0} h (at most {max:.0})"
            ),
            format!(
                "用户拒绝同意后应用可以继续使用，但在 {window:.0} 小时内又征求同意 {times} 次（上限 {max:.0} 次）"
            ),
        )));
    }
    let (en, zh) = match asks.outcome {
        Some(Afterwards::GoesOn) => ("the app goes on without consent", "应用在未同意的情况下仍可使用"),
        Some(Afterwards::Exits) => ("the app ends when consent is refused", "拒绝同意后应用退出"),
        Some(Afterwards::Locks) => ("the app can do nothing without consent", "拒绝同意后应用无法使用"),
        Some(Afterwards::CannotRefuse) | None => {
            ("the prompt has nothing that refuses", "提示没有拒绝的选项")
        }
        Some(Afterwards::AsksOn) => ("", ""),
    };
    let judgement = Judgement::new(
        Verdict::Conforms,
        format!(
            "after the refusal nothing was collected and consent asked for again {times} times within {window:.0} h; {en}"
        ),
        format!("拒绝之后没有收集信息，{window:.0} 小时内再次征求同意 {times} 次；{zh}"),
    );
    Some(shown(judgement).note(
        format!(
            "Asked again after {window:.0} h by the app's clock: {}.",
            if asks.later { "yes, which is allowed" } else { "no" }
        ),
        format!(
            "应用时钟经过 {window:.0} 小时后再次征求：{}。",
            if asks.later { "是（允许）" } else { "否" }
        ),
    ))
}

/// How consent was asked for after the first refusal.
struct Asks {
    /// What became of the first start.
    outcome: Option<Afterwards>,
    /// Entries of refusals that count as answers to asking again.
    again: Vec<usize>,
    /// It was asked for again once the window had passed.
    later: bool,
}

impl Asks {
    fn count(entries: &[Entry], first: usize, window: f64) -> Asks {
        let mut asks = Asks { outcome: None, again: Vec::new(), later: false };
        let (mut ahead, mut counted_here) = (0.0, true);
        for (index, entry) in entries.iter().enumerate().skip(first + 1) {
            match &entry.event {
                Event::ClockMoved { hours } => ahead = f64::from(*hours),
                Event::AppStarted { how: Start::Resumed } => counted_here = false,
                Event::AfterRefusal { outcome, .. } => {
                    asks.outcome.get_or_insert(*outcome);
                }
                Event::ConsentRefused { .. } if ahead >= window => asks.later = true,
                // On one start, a question and its "are you sure" are one asking.
                Event::ConsentRefused { .. } if !counted_here || asks.outcome.is_none() => {
                    counted_here = true;
                    asks.again.push(index);
                }
                _ => {}
            }
        }
        asks
    }
}

/// How often the app asked again for each permission that was refused. `None` where it asked for none.
fn asked_again(case: &Case<'_>, span: &Span<'_>) -> Option<Judgement> {
    let (max, window) = limits(case);
    // The first part has everything refused; later ones refuse in turn and begin anew.
    let entries = refused_together(span.entries);
    let mut asks: BTreeMap<&str, Vec<(u64, Evidence)>> = BTreeMap::new();
    let mut ahead = 0.0;
    for entry in entries {
        if let Event::ClockMoved { hours } = &entry.event {
            ahead = f64::from(*hours);
        }
        if ahead >= window {
            continue;
        }
        let (what, shows): (Vec<&str>, Option<Evidence>) = match &entry.event {
            Event::AskAnswered { screen, permissions, agreed: false, by } => (
                permissions.iter().map(String::as_str).collect(),
                case.shown(
                    *screen,
                    format!("the app asks; answered with “{by}”"),
                    format!("应用征求授权；回答“{by}”"),
                ),
            ),
            Event::Accessed { .. } | Event::PermissionAsked { .. } => {
                let Some(call) = calls(std::slice::from_ref(entry)).next() else { continue };
                if call.kind != AccessKind::Ask || !call.shows_a_prompt() {
                    continue;
                }
                (vec![call.what], Some(evidence(case, &call)))
            }
            _ => continue,
        };
        let tapped = wish(entries, entry.seq);
        for what in what {
            // Using the function that needs it is the person's own wish, however often.
            if tapped.is_some_and(|label| purpose::speaks_for(label, what)) {
                continue;
            }
            if let Some(shows) = &shows {
                asks.entry(what).or_default().push((entry.seq, shows.clone()));
            }
        }
    }
    // An own dialog and the system's right after it are one asking.
    for list in asks.values_mut() {
        list.dedup_by(|later, earlier| !started_between(entries, earlier.0, later.0));
    }
    let (what, list) = asks.into_iter().max_by_key(|(_, list)| list.len())?;
    let (times, zh) = (list.len() - 1, purpose::chinese(what));
    let evidence = list.into_iter().take(4).map(|(_, evidence)| evidence);
    if times as f64 > max {
        return Some(
            Judgement::new(
                Verdict::Violation,
                format!("{what} was refused, and the app asked for it again {times} times within {window:.0} h (at most {max:.0})"),
                format!("用户拒绝{zh}权限后，应用在 {window:.0} 小时内又索要 {times} 次（上限 {max:.0} 次）"),
            )
            .with(evidence),
        );
    }
    Some(
        Judgement::new(
            Verdict::Conforms,
            format!("after a refusal, no permission was asked for more than {times} times again within {window:.0} h"),
            format!("拒绝之后，{window:.0} 小时内没有权限被再次索要超过 {times} 次"),
        )
        .with(evidence),
    )
}

/// The name of the function that was tapped before an entry: not what answered an ask since.
fn wish(entries: &[Entry], seq: u64) -> Option<&str> {
    use crate::screen::operation::Operation;
    let index = entries.partition_point(|entry| entry.seq < seq);
    let started =
        entries[..index].iter().rposition(|entry| matches!(entry.event, Event::AppStarted { .. }))?;
    let main =
        entries[started..index].iter().position(|entry| matches!(entry.event, Event::MainReached { .. }))?;
    entries[started + main..index].iter().find_map(|entry| match &entry.event {
        Event::OperationDone { operation: Operation::Tap { label, .. }, .. } => Some(label.as_str()),
        _ => None,
    })
}

fn started_between(entries: &[Entry], from: u64, to: u64) -> bool {
    entries.iter().any(|entry| {
        entry.seq > from
            && entry.seq < to
            && matches!(entry.event, Event::AppStarted { .. } | Event::FunctionTried(_))
    })
}

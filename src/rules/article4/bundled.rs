//! 4.6: several permissions asked for in one go, and no use unless all are granted.

use std::collections::BTreeMap;

use super::refuses_service::{asked_for, cannot_do_without, names, passes};
use crate::recording::{Afterwards, Entry, Event, FunctionTried};
use crate::rules::accessed::{calls, evidence, refused_together};
use crate::rules::article3::before_consent::blind;
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};
use crate::world::Start;
use crate::world::access::AccessKind;

const PROBE: &str = "refuse_permissions";

/// The rule of item 4.6.
pub struct Bundled;

impl Rule for Bundled {
    fn item(&self) -> &'static str {
        "4.6"
    }
    fn probes(&self) -> &'static [&'static str] {
        &[PROBE]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let Some(span) = case.span(PROBE) else { return case.unfinished(PROBE) };
        let entries = refused_together(span.entries);
        // What comes before any function is used comes on the first start.
        let begins = entries
            .iter()
            .position(|entry| matches!(entry.event, Event::AppStarted { how: Start::Fresh }))
            .unwrap_or(0);
        let first = &entries[begins..];
        let ends = first.iter().skip(1).position(|entry| matches!(entry.event, Event::AppStarted { .. }));
        let first = &first[..ends.map_or(first.len(), |at| at + 1)];
        let together = asked_together(case, first);
        let outcome = Blocked::of(case, first, span.entries);
        let what: Vec<&str> = together.keys().copied().collect();
        let (list, zh) = names(&what);
        let shown =
            |judgement: Judgement| judgement.with(together.values().cloned()).with(outcome.evidence.clone());
        if together.len() >= 2 && outcome.whole {
            return shown(Judgement::new(
                Verdict::Violation,
                format!("{list} are asked for in one go before any function needs them, and {}", outcome.en),
                format!("在使用任何功能之前一次性申请{zh}，且{}", outcome.zh),
            ));
        }
        if together.len() >= 2 && outcome.part {
            return shown(Judgement::new(
                Verdict::Review,
                format!(
                    "{list} are asked for in one go before any function needs them, and some functions are lost by refusing: decide whether that blocks use"
                ),
                format!("在使用任何功能之前一次性申请{zh}，拒绝后部分功能不可用：请判断是否影响使用"),
            ));
        }
        if !span.is_complete() {
            return case.unfinished(PROBE);
        }
        if let Some(blind) = blind(case, &[AccessKind::Ask]) {
            return blind;
        }
        if together.len() >= 2 {
            return shown(Judgement::new(
                Verdict::Conforms,
                format!(
                    "{list} are asked for in one go before any function needs them, but the app can be used when they are refused"
                ),
                format!("在使用任何功能之前一次性申请{zh}，但拒绝后仍可使用"),
            ));
        }
        let asked: Vec<&str> = asked_for(span.entries).into_iter().collect();
        if asked.is_empty() {
            return Judgement::new(
                Verdict::NotApplicable,
                "the app asked for no permission, at its start or in the functions that were tried",
                "应用启动时和所试用的功能中都没有申请权限",
            );
        }
        let (list, zh) = names(&asked);
        Judgement::new(
            Verdict::Conforms,
            format!("of {list}, at most one was asked for before a function needed it"),
            format!("{zh}中，在功能需要之前最多申请了一项"),
        )
        .with(together.values().cloned())
    }
}

/// Each permission asked for in these entries, with the first evidence of it.
fn asked_together<'a>(case: &Case<'_>, entries: &'a [Entry]) -> BTreeMap<&'a str, Evidence> {
    let mut asked = BTreeMap::new();
    for entry in entries {
        if let Event::AskAnswered { screen, permissions, .. } = &entry.event
            && let Some(shown) = case.shown(*screen, "the app asks for them itself", "应用自己的授权提示")
        {
            for what in permissions {
                asked.entry(what.as_str()).or_insert_with(|| shown.clone());
            }
        }
    }
    for call in calls(entries).filter(|call| call.kind == AccessKind::Ask && call.shows_a_prompt()) {
        asked.entry(call.what).or_insert_with(|| evidence(case, &call));
    }
    asked
}

/// What refusing did.
struct Blocked {
    /// Nothing can be done any more.
    whole: bool,
    /// Some functions are lost.
    part: bool,
    en: String,
    zh: String,
    evidence: Option<Evidence>,
}

impl Blocked {
    fn of(case: &Case<'_>, first: &[Entry], all: &[Entry]) -> Blocked {
        let stuck = first.iter().find_map(|entry| match &entry.event {
            Event::AfterRefusal { screen, outcome: Afterwards::AsksOn | Afterwards::CannotRefuse } => {
                Some(*screen)
            }
            _ => None,
        });
        let mut blocked =
            Blocked { whole: false, part: false, en: String::new(), zh: String::new(), evidence: None };
        for (refused, tried) in passes(all) {
            // What cannot do without a permission may well be lost with it.
            let needs = |tried: &FunctionTried| cannot_do_without(tried, &refused);
            let compared: Vec<_> =
                tried.iter().filter(|(_, tried)| tried.same.is_some() && !needs(tried)).collect();
            let lost: Vec<_> = compared.iter().filter(|(_, tried)| tried.same == Some(false)).collect();
            blocked.part |= !lost.is_empty();
            if compared.len() >= 2 && lost.len() == compared.len() {
                let one = refused.len() == 1;
                let (name, zh) = names(&refused);
                let (what, what_zh) =
                    if one { (name, zh) } else { ("them".to_owned(), "这些权限".to_owned()) };
                blocked.whole = true;
                blocked.en = format!("refusing {what} leaves nothing that can be used");
                blocked.zh = format!("拒绝{what_zh}后应用无法使用");
                blocked.evidence = lost.first().and_then(|(_, tried)| {
                    case.shown(tried.screen, "what is left after refusing", "拒绝之后的画面")
                });
                return blocked;
            }
        }
        if let Some(screen) = stuck {
            blocked.whole = true;
            blocked.en = "the ask has nothing that refuses, or comes again until it is granted".to_owned();
            blocked.zh = "该提示没有拒绝的选项，或反复出现直到同意".to_owned();
            blocked.evidence = case.shown(screen, "the ask that cannot be refused", "无法拒绝的提示");
        }
        blocked
    }
}

//! 4.6: several permissions asked for in one go, and no use unless all are granted.

use std::collections::BTreeMap;

use super::functions::{asked_for, cannot_do_without, names_of, passes, was_closed_before};
use crate::case::{Call, Case, Evidence, Span};
use crate::recording::entries::{AppStarted, AskAnswered, RefusalOutcome};
use crate::recording::{Afterwards, Entry, Event, FunctionTried};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{Bilingual, both, said};
use crate::world::Start;
use crate::world::access::AccessKind;

const PROBE: &str = "refuse_permissions";

/// The rule of item 4.6.
pub struct Bundled;

impl Rule for Bundled {
    fn item(&self) -> &'static str {
        "4.6"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[PROBE]
    }
    fn needs(&self) -> &'static [AccessKind] {
        &[AccessKind::Ask]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let Some(span) = case.last_span(PROBE) else { return Weighed::default() };
        let first = first_start(&span);
        let together = asked_together(case, &first);
        let blocked = Blocked::of(case, &first, span.entries);
        let names = names_of(&together.keys().copied().collect::<Vec<_>>());
        let shown = |opinion: Opinion| {
            opinion
                .with(together.values().cloned())
                .with(blocked.as_ref().and_then(|blocked| blocked.shown.clone()))
        };
        if together.len() >= 2 {
            return match blocked.as_ref().map(|blocked| (&blocked.whole, &blocked.how)) {
                Some((true, how)) => shown(Opinion::violation(said!(
                    "{names} are asked for in one go before any function needs them, and {how}",
                    "在使用任何功能之前一次性申请{names}，且{how}",
                    names,
                    how
                )))
                .into(),
                Some((false, _)) => shown(Opinion::review(said!(
                    "{names} are asked for in one go before any function needs them, and some functions are lost by refusing: decide whether that blocks use",
                    "在使用任何功能之前一次性申请{names}，拒绝后部分功能不可用：请判断是否影响使用",
                    names
                )))
                .into(),
                None if compared(case, &span) < ALL => shown(Opinion::review(said!(
                    "{names} are asked for in one go before any function needs them; too few functions were tried without them to say whether the app can be used then",
                    "在使用任何功能之前一次性申请{names}；拒绝后所试用的功能太少，无法判断应用是否仍可使用",
                    names
                )))
                .into(),
                None => Weighed::clean(shown(Opinion::conforms(said!(
                    "{names} are asked for in one go before any function needs them, but the app can be used when they are refused",
                    "在使用任何功能之前一次性申请{names}，但拒绝后仍可使用",
                    names
                )))),
            };
        }
        let asked: Vec<&str> = asked_for(span.entries).into_iter().collect();
        if asked.is_empty() {
            return Weighed::clean(Opinion::not_applicable(both(
                "the app asked for no permission, at its start or in the functions that were tried",
                "应用启动时和所试用的功能中都没有申请权限",
            )));
        }
        Weighed::clean(
            Opinion::conforms(said!(
                "of {names}, at most one was asked for before a function needed it",
                "{names}中，在功能需要之前最多申请了一项",
                names = names_of(&asked)
            ))
            .with(together.values().cloned()),
        )
    }
}

/// Of fewer functions, that they are still there says little (ours).
const ALL: usize = 2;

/// Counts the functions that were tried with permissions refused and can be compared with before.
fn compared(case: &Case<'_>, span: &Span<'_>) -> usize {
    let passes = passes(span.entries);
    let whole = |(refused, tried): (&Vec<&str>, &Vec<(u64, &FunctionTried)>)| {
        tried
            .iter()
            .filter(|(_, tried)| tried.same.is_some() && !was_closed_before(case, tried, refused))
            .count()
    };
    passes.iter().map(whole).max().unwrap_or(0)
}

/// Returns the first start with everything refused: what comes on it comes before any function is used.
fn first_start<'a>(span: &Span<'a>) -> Vec<&'a Entry> {
    let together = span.refused_together();
    let fresh = |entry: &Entry| matches!(entry.event, Event::AppStarted(AppStarted { how: Start::Fresh }));
    let begins = together.entries.iter().position(fresh).unwrap_or(0);
    let rest = &together.entries[begins..];
    let ends = rest.iter().skip(1).position(|entry| matches!(entry.event, Event::AppStarted(_)));
    rest[..ends.map_or(rest.len(), |at| at + 1)].iter().collect()
}

/// Returns each permission asked for in these entries, with the first evidence of it.
fn asked_together<'a>(case: &Case<'_>, entries: &[&'a Entry]) -> BTreeMap<&'a str, Evidence> {
    let mut asked = BTreeMap::new();
    for entry in entries {
        if let Event::AskAnswered(AskAnswered { screen, permissions, .. }) = &entry.event
            && let Some(shown) =
                case.shown(*screen, both("the app asks for them itself", "应用自己的授权提示"))
        {
            for what in permissions {
                asked.entry(what.as_str()).or_insert_with(|| shown.clone());
            }
        }
    }
    for call in entries.iter().filter_map(|entry| Call::of(entry)).filter(Call::asks_the_person) {
        asked.entry(call.what).or_insert_with(|| case.call_evidence(&call));
    }
    asked
}

/// What refusing took away.
struct Blocked {
    /// Nothing can be done any more; else some functions are lost.
    whole: bool,
    how: Bilingual,
    shown: Option<Evidence>,
}

impl Blocked {
    /// Returns what refusing took away; `None` where that is nothing.
    fn of(case: &Case<'_>, first: &[&Entry], all: &[Entry]) -> Option<Blocked> {
        let mut part = false;
        for (refused, tried) in passes(all) {
            // What cannot do without a permission may well be lost with it.
            let needs = |tried: &FunctionTried| cannot_do_without(tried, &refused);
            let compared: Vec<_> =
                tried.iter().filter(|(_, tried)| tried.same.is_some() && !needs(tried)).collect();
            let lost: Vec<_> = compared.iter().filter(|(_, tried)| tried.same == Some(false)).collect();
            part |= !lost.is_empty();
            if compared.len() >= 2 && lost.len() == compared.len() {
                let what = match refused.len() {
                    1 => names_of(&refused),
                    _ => both("them", "这些权限"),
                };
                let left = both("what is left after refusing", "拒绝之后的画面");
                return Some(Blocked {
                    whole: true,
                    how: said!(
                        "refusing {what} leaves nothing that can be used",
                        "拒绝{what}后应用无法使用",
                        what
                    ),
                    shown: lost.first().and_then(|(_, tried)| case.shown(tried.screen, left)),
                });
            }
        }
        let stuck = first.iter().find_map(|entry| match &entry.event {
            Event::AfterRefusal(RefusalOutcome {
                screen,
                outcome: Afterwards::AsksOn | Afterwards::CannotRefuse,
            }) => Some(*screen),
            _ => None,
        });
        if let Some(screen) = stuck {
            return Some(Blocked {
                whole: true,
                how: both(
                    "the ask has nothing that refuses, or comes again until it is granted",
                    "该提示没有拒绝的选项，或反复出现直到同意",
                ),
                shown: case.shown(screen, both("the ask that cannot be refused", "无法拒绝的提示")),
            });
        }
        part.then(|| Blocked { whole: false, how: both("", ""), shown: None })
    }
}

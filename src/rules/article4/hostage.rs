//! 4.3: a new function asks for more than was agreed to before, and whoever refuses loses functions that they had. Functions that
//! the new one replaces are excepted, and so are those that are gone when everything is granted, too.

use std::collections::BTreeSet;

use super::functions::{asked_for, names_of};
use crate::case::{Case, Evidence, Span, calls};
use crate::language::purpose;
use crate::recording::entries::AskAnswered;
use crate::recording::version::VersionUsed;
use crate::recording::{Entry, Event, FunctionTried};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};
use crate::world::Version;
use crate::world::access::AccessKind;

/// The rule of item 4.3.
pub struct Hostage;

const UPGRADES: &str = "upgrade";
/// Of fewer functions, losing all of them says little (ours).
const ALL: usize = 2;

impl Rule for Hostage {
    fn item(&self) -> &'static str {
        "4.3"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[UPGRADES]
    }
    fn needs(&self) -> &'static [AccessKind] {
        &[AccessKind::Ask]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let Some(span) = case.last_span(UPGRADES) else { return Weighed::default() };
        let legs = Legs::of(&span);
        let new: Vec<&str> = legs.new_requests().into_iter().collect();
        let mut weighed = match new.is_empty() {
            true => Weighed::clean(Opinion::not_applicable(both(
                "the audited version asked for nothing that the version before had not asked for",
                "受检版本没有提出旧版本未曾提出的请求",
            ))),
            false => weigh_lost(case, &legs, &new),
        };
        weighed.notes.push(both(
            "A changed policy was agreed to: what refusing it would do was not tried.",
            "对变更后的隐私政策选择了同意：没有检测拒绝的后果。",
        ));
        weighed
    }
}

/// The four passages of the probe.
struct Legs<'a> {
    before: &'a [Entry],
    /// The audited version, its requests refused.
    refused: &'a [Entry],
    /// The audited version, everything granted.
    granted: &'a [Entry],
}

impl<'a> Legs<'a> {
    fn of(span: &Span<'a>) -> Legs<'a> {
        let begins: Vec<(usize, &VersionUsed)> = span
            .entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| match &entry.event {
                Event::VersionUsed(used) => Some((at, used)),
                _ => None,
            })
            .collect();
        let leg = |version: Version, refusing: bool| {
            let at = begins.iter().position(|(_, used)| (used.version, used.refusing) == (version, refusing));
            let Some(at) = at else { return &[][..] };
            let from = begins[at].0;
            let to = begins.get(at + 1).map_or(span.entries.len(), |(next, _)| *next);
            &span.entries[from..to]
        };
        Legs {
            before: leg(Version::Before, true),
            refused: leg(Version::Now, true),
            granted: leg(Version::Now, false),
        }
    }

    /// Returns what the audited version asked for and the version before did not.
    fn new_requests(&self) -> BTreeSet<&'a str> {
        let before = asked_for(self.before);
        asked_for(self.refused)
            .into_iter()
            .filter(|what| !before.contains(what) && purpose::collects(what) != Some(false))
            .collect()
    }

    fn tried(entries: &'a [Entry], name: &str) -> Option<&'a FunctionTried> {
        entries.iter().find_map(|entry| match &entry.event {
            Event::FunctionTried(tried) if tried.name == name => Some(tried),
            _ => None,
        })
    }
}

fn weigh_lost(case: &Case<'_>, legs: &Legs<'_>, new: &[&str]) -> Weighed {
    let names = names_of(new);
    let replaced = case.start().and_then(|start| start.replaced.as_ref());
    let mut compared = 0;
    let mut lost: Vec<(&FunctionTried, &FunctionTried)> = Vec::new();
    let mut notes = Vec::new();
    for entry in legs.before {
        let Event::FunctionTried(had) = &entry.event else { continue };
        if had.not_tried.is_some() || replaced.is_some_and(|replaced| replaced.contains(&had.name)) {
            continue;
        }
        let (Some(refused), Some(granted)) =
            (Legs::tried(legs.refused, &had.name), Legs::tried(legs.granted, &had.name))
        else {
            continue;
        };
        match (refused.same, granted.same) {
            (Some(true), _) => compared += 1,
            (Some(false), Some(true)) => {
                compared += 1;
                lost.push((had, refused));
            }
            // Gone with everything granted, too: removed, moved or replaced.
            (Some(false), Some(false)) => notes.push(said!(
                "“{name}” is another one or gone in the audited version, whatever is granted: that is not this item's.",
                "无论是否授权，受检版本中“{name}”均已改变或不存在：不属于本项。",
                name = had.name
            )),
            _ => {}
        }
    }
    let asks = show_requests(case, legs, new);
    let mut weighed = if lost.is_empty() {
        match compared {
            0 => Weighed {
                unfinished: vec![Opinion::not_tested(said!(
                    "{names} is new, and no function of the version before could be compared",
                    "新增请求{names}，但没有可以比较的旧功能",
                    names
                ))],
                ..Weighed::default()
            },
            compared => Weighed::clean(
                Opinion::conforms(said!(
                    "with {names}, which the audited version asks for anew, refused, all {compared} functions of before are still there",
                    "拒绝受检版本新增请求的{names}后，原有的 {compared} 项功能均可使用",
                    names,
                    compared
                ))
                .with(asks.clone()),
            ),
        }
    } else {
        Weighed::of(vec![weigh_loss(case, &lost, compared, new).with(asks.clone())])
    };
    weighed.notes.extend(notes);
    weighed
}

fn weigh_loss(
    case: &Case<'_>,
    lost: &[(&FunctionTried, &FunctionTried)],
    compared: usize,
    new: &[&str],
) -> Opinion {
    let names = names_of(new);
    let list = lost.iter().map(|(had, _)| had.name.as_str()).collect::<Vec<_>>().join(", ");
    let needs = |had: &FunctionTried| {
        had.needs.as_ref().map(|needs| new.iter().any(|new| needs.iter().any(|need| need == new)))
    };
    let named = lost.iter().all(|(_, refused)| speaks_of_refusal(case, refused, new));
    let whole = lost.len() == compared && compared >= ALL;
    let told = case.start().is_some_and(|start| start.replaced.is_some());
    // The scenario says that they were not replaced, and that none needs what is new.
    let vouched = told && lost.iter().all(|(had, _)| needs(had) == Some(false));
    let shown = lost.iter().filter_map(|(had, refused)| {
        case.shown(
            refused.screen,
            said!("what “{name}” leads to now", "“{name}”现在进入的画面", name = had.name),
        )
    });
    let shown: Vec<Evidence> = shown.take(4).collect();
    let opinion = if named && (whole || vouched) {
        Opinion::violation(said!(
            "with {names}, which the audited version asks for anew, refused, functions of before are lost: {list}; with everything granted they are there",
            "拒绝受检版本新增请求的{names}后，原有功能不可用：{list}；全部授权时可以使用",
            names,
            list
        ))
    } else {
        Opinion::review(said!(
            "with {names}, which the audited version asks for anew, refused, functions of before are lost: {list}. Decide whether a new function replaces them (`replaced:`) or whether they need it (`needs:`)",
            "拒绝受检版本新增请求的{names}后，原有功能不可用：{list}。请判断是否由新功能取代（replaced）或确实需要（needs）",
            names,
            list
        ))
    };
    opinion.with(shown)
}

/// Tells whether what is shown in a function's place speaks of what was refused.
fn speaks_of_refusal(case: &Case<'_>, refused: &FunctionTried, new: &[&str]) -> bool {
    let Some(screen) = case.tree(refused.screen) else { return false };
    let text = screen.seen_text() + screen.alert.as_deref().unwrap_or_default();
    let named = purpose::permissions_in(&text);
    new.iter().any(|new| named.contains(new))
}

fn show_requests(case: &Case<'_>, legs: &Legs<'_>, new: &[&str]) -> Vec<Evidence> {
    let system = calls(legs.refused)
        .filter(|call| call.kind == AccessKind::Ask && new.contains(&call.what))
        .map(|call| case.call_evidence(&call));
    let own = legs.refused.iter().filter_map(|entry| match &entry.event {
        Event::AskAnswered(AskAnswered { screen, permissions, .. })
            if permissions.iter().any(|asked| new.contains(&asked.as_str())) =>
        {
            case.shown(*screen, both("what the audited version asks for anew", "受检版本新增的请求"))
        }
        _ => None,
    });
    own.chain(system).take(2).collect()
}

#[cfg(test)]
#[path = "hostage_tests.rs"]
mod tests;

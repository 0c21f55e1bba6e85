//! 4.2: refuses service because a permission was refused, or information was not given, that the service does not need.

use super::functions::{asked_for, cannot_do_without, names_of, passes, was_closed_before};
use super::registration::weigh_registration;
use super::wall::{REFUSES, weigh_walls};
use crate::case::{Case, Evidence};
use crate::language::purpose;
use crate::recording::{Event, FunctionTried};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};
use crate::verdict::Verdict;
use crate::world::access::AccessKind;

const PROBE: &str = "refuse_permissions";
/// Of fewer functions, losing all of them says little (ours).
const ALL: usize = 2;
/// A function that shows at least this share of the text that it had is there still (ratio; ours).
const STILL_THERE: f64 = 0.6;

/// The rule of item 4.2.
pub struct RefusesService;

/// A function that was tried, with its entry's number.
type Tried<'a> = (u64, &'a FunctionTried);

impl Rule for RefusesService {
    fn item(&self) -> &'static str {
        "4.2"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[PROBE, "accept_consent", REFUSES, "correct_information", "delete_account"]
    }
    fn must_end(&self) -> &'static [&'static str] {
        &[PROBE]
    }
    fn needs(&self) -> &'static [AccessKind] {
        &[AccessKind::Ask]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let mut opinions: Vec<Opinion> = Vec::new();
        let mut nothing_asked = true;
        for span in case.spans(PROBE) {
            let asked = asked_for(span.entries);
            nothing_asked &= asked.is_empty();
            for (refused, tried) in passes(span.entries) {
                let refused: Vec<&str> =
                    refused.iter().copied().filter(|name| asked.contains(name)).collect();
                opinions.extend(weigh_pass(case, &refused, &tried));
            }
        }
        let none = Opinion::not_applicable(both(
            "the app asked for no permission, at its start or in the functions that were tried",
            "应用启动时和所试用的功能中都没有申请权限",
        ));
        let information: Vec<Opinion> =
            weigh_walls(case).into_iter().chain(weigh_registration(case)).collect();
        match nothing_asked {
            true => {
                // Where nothing was asked for, nothing refused can be why a function is the same as before.
                opinions.retain(|opinion| opinion.verdict.gravity() <= 1);
                let clean = information.iter().find(|one| one.verdict == Verdict::Conforms).cloned();
                opinions.extend(information);
                Weighed { opinions, clean: Some(clean.unwrap_or(none)), ..Weighed::default() }
            }
            false => {
                opinions.extend(information);
                Weighed::of(opinions)
            }
        }
    }
}

/// Weighs one pass over the functions with some permissions refused.
fn weigh_pass(case: &Case<'_>, refused: &[&str], tried: &[Tried<'_>]) -> Vec<Opinion> {
    let compared: Vec<&Tried<'_>> = tried
        .iter()
        .filter(|(_, tried)| tried.same.is_some() && !was_closed_before(case, tried, refused))
        .collect();
    // A function that cannot do without what was refused may well be lost with it.
    let needs = |tried: &FunctionTried| cannot_do_without(tried, refused);
    let lost: Vec<&Tried<'_>> =
        compared.iter().copied().filter(|(_, tried)| tried.same == Some(false) && !needs(tried)).collect();
    let independent = compared.iter().filter(|(_, tried)| !needs(tried)).count();
    let names = names_of(refused);
    if lost.is_empty() && compared.len() < ALL && !refused.is_empty() {
        return vec![
            Opinion::review(said!(
                "with {names} refused, too few functions can be compared with what they showed before ({count}): decide whether the app can be used",
                "拒绝{names}后，能与之前比较的功能太少（{count} 项）：请判断应用是否仍可使用",
                names,
                count = compared.len()
            ))
            .with(tried.last().and_then(|(_, tried)| show_function(case, tried))),
        ];
    }
    if lost.is_empty() {
        let reason = said!(
            "with {names} refused, {count} of {all} functions show what they showed before; none that does without it was lost",
            "拒绝{names}后，{all} 项功能中有 {count} 项与之前一致；不需要该权限的功能均可使用",
            names,
            count = compared.iter().filter(|(_, tried)| tried.same == Some(true)).count(),
            all = compared.len()
        );
        return vec![
            Opinion::conforms(reason).with(tried.last().and_then(|(_, tried)| show_function(case, tried))),
        ];
    }
    if lost.len() == independent && independent >= ALL {
        // One screen in the place of all, or little left of each.
        let one_screen = lost.iter().all(|(_, tried)| tried.screen == lost[0].1.screen);
        let named = lost.iter().all(|(_, tried)| {
            names_refused(case, tried, refused) && (one_screen || lacks_content(case, tried))
        });
        let doubt = match named {
            true => ("", ""),
            false => (
                "; nothing shown in their place speaks of the refusal, so look at it",
                "；替代画面没有提到该权限，请人工查看",
            ),
        };
        let reason = said!(
            "with {names} refused, the whole app is blocked: none of {independent} functions that worked before can be reached{doubt}",
            "拒绝{names}后整个应用无法使用：此前可用的 {independent} 项功能都无法进入{doubt}",
            names,
            independent,
            doubt
        );
        let opinion = if named { Opinion::violation(reason) } else { Opinion::review(reason) };
        return vec![opinion.with(lost.iter().filter_map(|(_, tried)| show_function(case, tried)).take(4))];
    }
    lost.into_iter().map(|(_, tried)| weigh_lost(case, refused, tried)).collect()
}

/// Weighs one function that was lost, while others were not.
fn weigh_lost(case: &Case<'_>, refused: &[&str], tried: &FunctionTried) -> Opinion {
    let (names, name) = (names_of(refused), &tried.name);
    let opinion = if tried.needs.is_some() && names_refused(case, tried, refused) {
        Opinion::violation(said!(
            "with {names} refused, “{name}” can no longer be reached, and the scenario says that it does without",
            "拒绝{names}后无法进入“{name}”，而场景文件说明该功能不需要此权限",
            names,
            name
        ))
    } else {
        Opinion::review(said!(
            "with {names} refused, “{name}” no longer shows what it showed: decide whether it needs what was refused (or say so under `functions`)",
            "拒绝{names}后，“{name}”与之前不一致：请判断该功能是否需要此权限（或在 functions 中说明）",
            names,
            name
        ))
    };
    opinion.with(show_function(case, tried))
}

/// Tells whether what was shown in the function's place speaks of what was refused.
fn names_refused(case: &Case<'_>, tried: &FunctionTried, refused: &[&str]) -> bool {
    let Some(screen) = case.tree(tried.screen) else { return false };
    let text = screen.seen_text() + screen.alert.as_deref().unwrap_or_default();
    let named = purpose::permissions_in(&text);
    refused.iter().any(|refused| named.contains(refused))
}

/// Tells whether what is shown in a function's place has much less text than the function had: a page with its goods, or a
/// feed that changes at every visit, is still the function.
fn lacks_content(case: &Case<'_>, tried: &FunctionTried) -> bool {
    let length = |screen: u32| Some(case.tree(screen)?.seen_text().chars().count());
    let before = case.entries.iter().find_map(|entry| match &entry.event {
        Event::FunctionTried(first) if first.refused.is_empty() && first.name == tried.name => {
            length(first.screen)
        }
        _ => None,
    });
    match (before, length(tried.screen)) {
        (Some(before), Some(now)) => (now as f64) < STILL_THERE * before as f64,
        _ => true,
    }
}

fn show_function(case: &Case<'_>, tried: &FunctionTried) -> Option<Evidence> {
    case.shown(tried.screen, said!("what “{name}” leads to", "“{name}”进入的画面", name = tried.name))
}

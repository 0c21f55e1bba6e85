//! 4.1: what is collected, or the permissions that are asked for, have nothing to do with what the app does. The 39 common
//! types say what is necessary, and prove nothing here: an app may do more. Only the auditor's complete list of functions can
//! show that a permission is for none of them.

use std::collections::BTreeSet;

use super::pairing::{Pair, draw_pairs, pair_permissions};
use crate::app_types;
use crate::case::Case;
use crate::language::purpose;
use crate::recording::{Event, RunStarted};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{Bilingual, both, join, said};
use crate::traffic::kinds;
use crate::world::access::AccessKind;

/// The rule of item 4.1.
pub struct Unrelated;

/// What a person types to have an account.
const OF_ACCOUNTS: [&str; 4] = ["phone", "email", "name", "account"];
/// Kinds that tell devices apart have no function of their own; 2.1, 3.1 and 5.1 look at them.
const OF_PERSONS: [&str; 12] = [
    "phone",
    "name",
    "identity_number",
    "bank_card",
    "address",
    "email",
    "birthday",
    "location",
    "contact",
    "clipboard",
    "account",
    "app_list",
];

impl Rule for Unrelated {
    fn item(&self) -> &'static str {
        "4.1"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["first_run", "accept_consent", "refuse_permissions"]
    }
    fn must_end(&self) -> &'static [&'static str] {
        &["accept_consent"]
    }
    fn needs(&self) -> &'static [AccessKind] {
        &[AccessKind::Ask]
    }
    fn needs_requests(&self) -> bool {
        true
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let Some(start) = case.start().filter(|start| !start.types.is_empty() || !start.functions.is_empty())
        else {
            return Weighed {
                unfinished: vec![Opinion::not_tested(both(
                    "the scenario says neither what type of app it is (`app: { type: … }`) nor what it does (`functions:`), so nothing can be held against it",
                    "场景文件既没有说明应用类型（app: { type: … }），也没有列出功能（functions:），无从对照",
                ))],
                ..Weighed::default()
            };
        };
        let pairs = pair_permissions(case);
        let mut weighed = Weighed { clean: Some(weigh_clean(case, start, &pairs)), ..Weighed::default() };
        for pair in &pairs {
            match &pair.function {
                Some(function) => weighed.evidence.extend(function.evidence.clone()),
                None => weighed.opinions.push(weigh_without_function(case, start, pair)),
            }
        }
        if !pairs.is_empty() {
            weighed.tables.push(draw_pairs(&pairs));
        }
        weighed.opinions.extend(weigh_kinds(case, start));
        weighed.notes.extend(notes_on_types(start));
        weighed
    }
}

/// Weighs a permission for which no function was found.
fn weigh_without_function(case: &Case<'_>, start: &RunStarted, pair: &Pair<'_>) -> Opinion {
    let what = both(pair.permission, purpose::chinese(pair.permission));
    let shown = pair.asks.iter().filter_map(|ask| ask.evidence.clone()).take(3);
    let brought_up = pair.asks.iter().find_map(|ask| ask.wish.as_ref());
    let (doubt, told) = (say_incomplete(case, start), pair.asks.iter().any(|ask| ask.told));
    let reason = match (brought_up, doubt) {
        (Some(label), _) => said!(
            "{what} is asked for once “{label}” was opened, which the scenario does not say needs it: look whether it does",
            "打开“{label}”后申请{what}权限，场景文件没有说明该功能需要此权限：请人工判断",
            what,
            label
        ),
        (None, Some(doubt)) => said!(
            "{what} is asked for, and no function that needs it was seen; {doubt}",
            "申请{what}权限，没有发现需要它的功能；{doubt}",
            what,
            doubt
        ),
        (None, None) if told => said!(
            "{what} is asked for before any function, and none that is listed needs it; but the app says what it is for: look whether the list lacks a function",
            "在使用任何功能之前申请{what}权限，所列功能均不需要；但应用说明了用途：请判断清单是否遗漏功能",
            what
        ),
        (None, None) if purpose::collects(pair.permission).is_none() => said!(
            "{what} is asked for before any function, and none needs it; whether it collects personal information is disputed",
            "在使用任何功能之前申请{what}权限，且没有功能需要；该权限是否收集个人信息存在争议",
            what
        ),
        (None, None) if !purpose::is_seldom_needed(pair.permission) => said!(
            "{what} is asked for before any function, and none of the functions that the scenario lists as all needs it: look whether a hidden one does",
            "在使用任何功能之前申请{what}权限，场景文件所列的全部功能均不需要：请判断是否有未列出的功能需要",
            what
        ),
        (None, None) => {
            return Opinion::violation(said!(
                "{what} is asked for before any function, and none of the functions that the scenario lists as all of them needs it",
                "在使用任何功能之前申请{what}权限，而场景文件所列的全部功能均不需要它",
                what
            ))
            .with(shown);
        }
    };
    Opinion::review(reason).with(shown)
}

/// Says why the list of functions proves nothing; `None` where the auditor vouches for it and each was used.
fn say_incomplete(case: &Case<'_>, start: &RunStarted) -> Option<Bilingual> {
    if !start.functions_complete || start.functions.is_empty() {
        return Some(both(
            "the scenario does not vouch for a complete list of functions (`functions_complete: true`)",
            "场景文件没有声明功能清单完整（functions_complete: true）",
        ));
    }
    let used: BTreeSet<&str> = case
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::FunctionTried(tried) if tried.not_tried.is_none() => Some(tried.name.as_str()),
            _ => None,
        })
        .collect();
    let unused = start.functions.iter().find(|function| !used.contains(function.name.as_str()))?;
    Some(said!(
        "“{name}” of the scenario's functions was not used",
        "场景文件所列的“{name}”没有试用",
        name = unused.name
    ))
}

/// Returns the kinds of personal information that were sent and that no function is said to use.
fn find_unused_kinds<'a>(case: &Case<'a>, start: &RunStarted) -> Vec<(&'a str, crate::case::Sent<'a>)> {
    let types = app_types::find(&start.types);
    let uses = |kind: &str| {
        start.functions.iter().any(|function| function.uses.iter().any(|used| used == kind))
            || types.iter().any(|known| known.needs_sent(kind))
            || OF_ACCOUNTS.contains(&kind) && has_account(case)
    };
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for sent in case.sent() {
        let new: Vec<&'a str> = sent
            .definite()
            .map(|found| found.kind.as_str())
            .filter(|kind| OF_PERSONS.contains(kind) && !uses(kind) && known.insert(*kind))
            .collect();
        found.extend(new.into_iter().map(|kind| (kind, sent.clone())));
    }
    found
}

fn has_account(case: &Case<'_>) -> bool {
    case.entries.iter().any(|entry| matches!(entry.event, Event::AccountEntered(_)))
}

/// Weighs what was sent and is used by no function, where the scenario says what its functions use.
fn weigh_kinds(case: &Case<'_>, start: &RunStarted) -> Vec<Opinion> {
    if start.functions.iter().all(|function| function.uses.is_empty()) {
        return Vec::new();
    }
    let unused = find_unused_kinds(case, start).into_iter();
    unused
        .map(|(kind, sent)| {
            Opinion::review(said!(
                "{what} was sent, and none of the scenario's functions is said to use it: look what it is for",
                "发送了{what}，场景文件没有说明哪项功能使用它：请人工判断其用途",
                what = kinds::kind(kind).words()
            ))
            .with([case.sent_evidence(&sent)])
        })
        .collect()
}

/// What follows where every permission has its function.
fn weigh_clean(case: &Case<'_>, start: &RunStarted, pairs: &[Pair<'_>]) -> Opinion {
    let unused = find_unused_kinds(case, start);
    let permissions = match pairs.len() {
        0 => both(
            "no permission that collects personal information was asked for",
            "没有申请可收集个人信息的权限",
        ),
        _ => both(
            "every permission that was asked for has a function that needs it",
            "所申请的权限均有对应的功能",
        ),
    };
    if !unused.is_empty() {
        let words: Vec<Bilingual> = unused.iter().map(|(kind, _)| kinds::kind(kind).words()).collect();
        return Opinion::not_tested(said!(
            "{permissions}; which functions use what is sent ({kinds}) the scenario does not say (`uses`)",
            "{permissions}；场景文件没有说明哪些功能使用所发送的信息（{kinds}，uses）",
            permissions,
            kinds = join(&words, ", ", "、")
        ));
    }
    Opinion::conforms(said!(
        "{permissions}, and so has what was seen to be sent",
        "{permissions}，所见发送的信息亦然",
        permissions
    ))
}

/// What the provisions on necessary information say of the app's types, as far as a reader must know it.
fn notes_on_types(start: &RunStarted) -> Vec<Bilingual> {
    let types = app_types::find(&start.types);
    let unsure = types.iter().filter_map(|known| {
        let open = known.unsure.as_ref()?;
        Some(said!("{name}: {open}", "{name}：{open}", name = known.name, open))
    });
    unsure.collect()
}

#[cfg(test)]
#[path = "unrelated_tests.rs"]
mod tests;

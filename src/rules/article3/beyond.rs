//! 3.3: collects beyond what the person authorised: a permission was refused, and the information left all the same.

use std::collections::BTreeSet;

use crate::case::{Case, Sent};
use crate::language::purpose;
use crate::recording::Event;
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};
use crate::traffic::kind;
use crate::world::access::{AccessKind, Standing};

/// The rule of item 3.3.
pub struct Beyond;

/// Permissions with the kinds of information that they guard.
const GUARDED: [(&str, &str); 5] = [
    ("location", "location"),
    ("contacts", "contact"),
    ("clipboard", "clipboard"),
    ("phone", "imei"),
    ("app_list", "app_list"),
];

impl Rule for Beyond {
    fn item(&self) -> &'static str {
        "3.3"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["refuse_permissions"]
    }
    fn needs(&self) -> &'static [AccessKind] {
        &[AccessKind::Ask]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        if let Some(blind) = case.blind_to_requests() {
            return Weighed { unfinished: vec![Opinion::not_tested(blind)], ..Weighed::default() };
        }
        let opinions: Vec<Opinion> = find_beyond(case)
            .into_iter()
            .map(|(permission, sent)| weigh_sent(case, permission, &sent))
            .collect();
        let refused = refused_ever(case);
        let clean = match refused.is_empty() {
            // What the app asked for may have been refused in a way that is not recorded as the system's.
            true if case.calls().any(|call| call.asks_the_person()) => Opinion::not_tested(both(
                "permissions were asked for, and it was not seen that the system refused one",
                "应用申请过权限，但没有看到系统拒绝其中任何一项",
            )),
            true => Opinion::not_applicable(both(
                "no permission was refused in this run, as the app asks for none: nothing could be overstepped",
                "应用没有申请权限，本次运行没有发生拒绝，不存在超出授权的情形",
            )),
            // Of pictures and sounds nothing is looked for; of contacts and the clipboard only what was planted.
            false if refused.iter().any(|permission| !is_looked_for(case, permission)) => {
                let names: Vec<&str> =
                    refused.iter().copied().filter(|permission| !is_looked_for(case, permission)).collect();
                let zh: Vec<_> = names.iter().map(|name| purpose::chinese(name)).collect();
                Opinion::not_tested(said!(
                    "refused were {names} too, and what they guard cannot be told in requests",
                    "还拒绝了{names}权限，而请求中无法辨认其所保护的信息",
                    names = both(names.join(", "), zh.join("、"))
                ))
            }
            false => {
                let names: Vec<&str> = refused.iter().copied().collect();
                let zh: Vec<_> = names.iter().map(|name| purpose::chinese(name)).collect();
                Opinion::conforms(said!(
                    "refused were {names}, and none of what they guard was seen to leave",
                    "拒绝了{names}权限，没有发现其所保护的信息被发送",
                    names = both(names.join(", "), zh.join("、"))
                ))
                .note(case.note_on_requests())
            }
        };
        Weighed { opinions, clean: Some(clean), ..Weighed::default() }
    }
}

/// Tells whether what a permission guards would be known in a request: the place, which every run plants, what has a shape of its
/// own, or what the persona plants.
fn is_looked_for(case: &Case<'_>, permission: &str) -> bool {
    let Some((_, kind)) = GUARDED.iter().find(|(guarding, _)| *guarding == permission) else { return false };
    let planted = || {
        case.entries.iter().any(|entry| match &entry.event {
            Event::RunStarted(start) => start.persona.keys().any(|name| name.contains(kind)),
            _ => false,
        })
    };
    matches!(*kind, "location" | "imei" | "app_list") || planted()
}

/// Returns every permission that stood refused at some time.
fn refused_ever<'a>(case: &Case<'a>) -> BTreeSet<&'a str> {
    let mut all = BTreeSet::new();
    for entry in case.entries {
        match &entry.event {
            Event::PermissionsSet(set) => {
                let refused = set.standings.iter().filter(|(_, standing)| **standing == Standing::Refused);
                all.extend(refused.map(|(name, _)| name.as_str()));
            }
            Event::PermissionAnswered(answered) if answered.answer.refuses() => {
                all.insert(answered.permission.as_str());
            }
            _ => {}
        }
    }
    all
}

/// Returns what left although the permission that guards it stood refused: the first request of each.
fn find_beyond<'a>(case: &Case<'a>) -> Vec<(&'static str, Sent<'a>)> {
    let mut all: Vec<(&'static str, Sent<'a>)> = Vec::new();
    for sent in case.sent() {
        for found in sent.definite() {
            let Some((permission, _)) = GUARDED.iter().find(|(_, kind)| *kind == found.kind) else {
                continue;
            };
            let state = case.state_before(sent.seq);
            let set = state.permissions.get(*permission) == Some(&Standing::Refused);
            let stands = set || state.refused.contains(*permission);
            if stands && !all.iter().any(|(known, first)| known == permission && first.party == sent.party) {
                all.push((permission, sent.clone()));
            }
        }
    }
    all
}

fn weigh_sent<'a>(case: &Case<'a>, permission: &'static str, sent: &Sent<'a>) -> Opinion {
    let found = sent.definite().find(|found| GUARDED.contains(&(permission, found.kind.as_str())));
    let what = found.map(|found| kind(&found.kind).words()).unwrap_or_else(|| both("", ""));
    let reason = said!(
        "the permission for {permission} was refused, and {what} was sent to {party} all the same",
        "{permission}权限已被拒绝，应用仍向{party}发送了{what}",
        permission = both(permission, purpose::chinese(permission)),
        what,
        party = sent.party.name()
    );
    // What the app knew from an earlier start, or from the account, was not collected now.
    let earlier = case.sent().iter().any(|other| {
        other.request.at < sent.request.at
            && other.definite().any(|other| Some(&other.kind) == found.map(|found| &found.kind))
    });
    let opinion = match earlier {
        true => Opinion::review(said!(
            "{reason}; it had left before, while it was allowed: look whether it was collected anew",
            "{reason}；该信息此前（授权时）已发送过：请判断是否为重新收集",
            reason
        )),
        false => Opinion::violation(reason),
    };
    opinion.with([case.sent_evidence(sent)])
}

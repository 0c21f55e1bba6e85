//! 4.4: collects more often than its functions need. Without a phase in which the app is left alone, nothing can be called
//! good; what is seen to be sent over and over between two operations is for a person to look at.

use std::collections::BTreeMap;

use crate::case::{Case, Sent};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};
use crate::traffic::kind;

/// The rule of item 4.4.
pub struct TooOften;

/// Kinds that count as collected anew each time they are sent; the account's own number in each request does not.
const COUNTED: [&str; 10] =
    ["location", "contact", "clipboard", "app_list", "imei", "mac", "bssid", "android_id", "oaid", "imsi"];

impl Rule for TooOften {
    fn item(&self) -> &'static str {
        "4.4"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["first_run", "accept_consent"]
    }
    fn must_end(&self) -> &'static [&'static str] {
        &[]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        if let Some(blind) = case.blind_to_requests() {
            return Weighed { unfinished: vec![Opinion::not_tested(blind)], ..Weighed::default() };
        }
        let most = case.thresholds.get("idle_sends");
        let opinions = stretches(case)
            .into_values()
            .filter(|sent| sent.len() as f64 >= most)
            .map(|sent| weigh_stretch(case, &sent, most))
            .take(4)
            .collect();
        let unfinished = Opinion::not_tested(both(
            "the app was not left alone in the foreground or the background in this run, so how often it collects there was not seen",
            "本次运行没有让应用静置或处于后台，无法得知其在此期间的收集频率",
        ));
        Weighed { opinions, unfinished: vec![unfinished], ..Weighed::default() }
    }
}

/// Returns what was sent of each kind to each party between two operations, by the operation before.
fn stretches<'a>(case: &Case<'a>) -> BTreeMap<(u64, &'a str, String), Vec<Sent<'a>>> {
    let mut all: BTreeMap<(u64, &'a str, String), Vec<Sent<'a>>> = BTreeMap::new();
    for sent in case.sent() {
        let state = case.state_before(sent.seq);
        let since = state.operation.map_or(u64::from(state.on_start), |done| done.seq);
        let counted = sent.definite().filter(|found| COUNTED.contains(&found.kind.as_str()));
        let mut kinds: Vec<&'a str> = counted.map(|found| found.kind.as_str()).collect();
        kinds.dedup();
        for kind in kinds {
            all.entry((since, kind, sent.party.key.clone())).or_default().push(sent.clone());
        }
    }
    all
}

fn weigh_stretch<'a>(case: &Case<'a>, sent: &[Sent<'a>], most: f64) -> Opinion {
    let first = &sent[0];
    let found = first.definite().find(|found| COUNTED.contains(&found.kind.as_str()));
    let kind = found.map(|found| kind(&found.kind).words()).unwrap_or_else(|| both("", ""));
    Opinion::review(said!(
        "{kind} was sent to {party} {times} times without anything being done in between (from {most:.0} on a person looks): decide whether a function needs that",
        "两次操作之间，应用向{party}发送{kind} {times} 次（达到 {most:.0} 次即须人工查看）：请判断业务功能是否需要",
        kind,
        party = first.party.name(),
        times = sent.len(),
        most
    ))
    .with(sent.iter().take(3).map(|sent| case.sent_evidence(sent)))
}

//! 5.1: the app sends personal information to third parties itself.
//!
//! What left before consent, after a refusal or after a withdrawal is one fact with items 3.1, 3.2 and 3.8: where their
//! probes saw it, they accuse, and this item refers to them.

use std::collections::BTreeMap;

use super::named::{Named, find_named, names_kind, policy_of};
use crate::case::{Case, Evidence, Sent};
use crate::recording::state::Consent;
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{Bilingual, both, said};
use crate::traffic::kind;
use crate::traffic::party::Relation;

/// The rule of item 5.1.
pub struct ThirdParties;

/// Probes whose own items accuse of what they saw leave.
const OTHERS: [(&str, &str); 3] =
    [("first_run", "3.1"), ("refuse_consent", "3.2"), ("withdraw_consent", "3.8")];

impl Rule for ThirdParties {
    fn item(&self) -> &'static str {
        "5.1"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["first_run", "accept_consent", "read_policy"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        if let Some(blind) = case.blind_to_requests() {
            return Weighed { unfinished: vec![Opinion::not_tested(blind)], ..Weighed::default() };
        }
        let mut opinions: Vec<Opinion> =
            gather(case).into_values().map(|given| weigh_given(case, &given)).collect();
        opinions.extend(weigh_unread(case));
        if !case.sends_what_was_planted() {
            let reason = case.say_nothing_was_planted();
            return Weighed {
                opinions,
                unfinished: vec![Opinion::not_tested(reason).note(case.note_on_requests())],
                ..Weighed::default()
            };
        }
        let clean = Opinion::conforms(both(
            "nothing that tells whose it is, or which device, was seen to go to a third party without being named in the policy",
            "没有发现应用向隐私政策未写明的第三方发送可识别个人或设备的信息",
        ))
        .note(case.note_on_requests());
        Weighed { opinions, clean: Some(clean), ..Weighed::default() }
    }
}

/// Weighs what others received and nobody could read: it may hold anything.
fn weigh_unread<'a>(case: &Case<'a>) -> Option<Opinion> {
    let unread = |sent: &Sent<'a>| sent.is_to_others() && !sent.request.main && sent.unread().is_some();
    let sent = case.sent().into_iter().find(unread)?;
    Some(
        Opinion::review(said!(
            "{party} received something that could not be read ({why}): look what it holds",
            "{party}收到了未能读出的内容（{why}）：请判断其中是否有个人信息",
            party = sent.party.name(),
            why = sent.unread().unwrap_or_default()
        ))
        .with([case.sent_evidence(&sent)]),
    )
}

/// One kind that one party received under one standing of the person, with the first request that carried it.
struct Given<'a> {
    kind: &'a str,
    definite: bool,
    first: Sent<'a>,
    times: usize,
}

/// Gathers what others received: by party, kind, and what the person had said; the gravest of a kind speaks for it.
fn gather<'a>(case: &Case<'a>) -> BTreeMap<(String, &'a str, u8), Given<'a>> {
    let mut all: BTreeMap<(String, &'a str, u8), Given<'a>> = BTreeMap::new();
    for sent in case.sent().into_iter().filter(|sent| sent.is_to_others() && !sent.request.main) {
        for found in &sent.request.found {
            let key = (sent.party.key.clone(), found.kind.as_str(), sent.consent as u8);
            let new = Given { kind: &found.kind, definite: found.definite, first: sent.clone(), times: 0 };
            let given = all.entry(key).or_insert(new);
            if found.definite && !given.definite {
                (given.definite, given.first) = (true, sent.clone());
            }
            given.times += 1;
        }
    }
    all
}

fn weigh_given<'a>(case: &Case<'a>, given: &Given<'a>) -> Opinion {
    let sent = &given.first;
    let shown = case.sent_evidence(sent);
    let times = given.times;
    let what = said!(
        "{party} received {kind} ({times} requests)",
        "{party}收到了{kind}（{times} 个请求）",
        party = sent.party.name(),
        kind = kind(given.kind).words(),
        times
    );
    let opinion = match sent.consent {
        Consent::Given => weigh_after_consent(case, given, &what),
        phase => weigh_without_consent(case, given, &what, phase),
    };
    opinion.with([shown])
}

/// Weighs what left while the person had not agreed.
fn weigh_without_consent(case: &Case<'_>, given: &Given<'_>, what: &Bilingual, phase: Consent) -> Opinion {
    let sent = &given.first;
    let when = match phase {
        Consent::Refused => both("after the person refused", "用户拒绝之后"),
        Consent::Withdrawn => both("after the person withdrew consent", "用户撤回同意之后"),
        _ => both("before the person agreed", "用户同意之前"),
    };
    if !given.definite {
        return Opinion::review(said!(
            "{what} {when}: look whether it tells devices apart",
            "{when}，{what}：请判断是否用于识别设备",
            what,
            when
        ));
    }
    let accuses = OTHERS.iter().find(|(probe, _)| {
        case.spans(probe).iter().any(|span| {
            span.entries.first().is_some_and(|first| first.seq <= sent.seq)
                && span.entries.last().is_some_and(|last| sent.seq <= last.seq)
        })
    });
    match (accuses, sent.party.relation) {
        (Some((_, item)), _) => Opinion::review(said!(
            "{what} {when}; item {item} says so, and it is one fact",
            "{when}，{what}；该事实由第 {item} 项认定，此处不重复计算",
            what,
            when,
            item
        )),
        (None, Relation::Third) => Opinion::violation(said!("{what} {when}", "{when}，{what}", what, when)),
        (None, _) => Opinion::review(said!(
            "{what} {when}: decide whose host that is (`parties` in the scenario says it)",
            "{when}，{what}：请判断该主机属于谁（可在场景的 parties 中写明）",
            what,
            when
        )),
    }
}

/// Weighs what left after the person agreed: to what the policy tells.
fn weigh_after_consent(case: &Case<'_>, given: &Given<'_>, what: &Bilingual) -> Opinion {
    let party = &given.first.party;
    let (seq, text) = match policy_of(case) {
        Ok(policy) => policy,
        Err(None) => {
            let reason =
                said!("{what}, and there is no policy that names it", "{what}，而应用没有隐私政策", what);
            return by_weight(given, reason);
        }
        Err(Some(why)) => {
            return Opinion::review(said!(
                "{what}, and whether the policy names it is not known: {why}",
                "{what}，但无法得知隐私政策是否写明：{why}",
                what,
                why
            ));
        }
    };
    match find_named(text, party) {
        Named::ByName(sentence) if names_kind(text, given.kind) || !given.definite => {
            Opinion::conforms(said!("{what}; the policy names both", "{what}，隐私政策已写明接收方和信息种类", what))
                .with([Evidence::of_passage(seq, &sentence)])
        }
        Named::ByName(sentence) => Opinion::review(said!(
            "{what}; the policy names the receiver, but not this kind of information",
            "{what}；隐私政策写明了接收方，但没有写明该类信息",
            what
        ))
        .with([Evidence::of_passage(seq, &sentence)]),
        Named::ByType(sentence) => Opinion::conforms(said!(
            "{what}; the policy names the type of receiver",
            "{what}，隐私政策写明了接收方的类型",
            what
        ))
        .note(both(
            "The Personal Information Protection Law (article 23) asks for the receiver's name and separate consent as well.",
            "《个人信息保护法》第二十三条还要求告知接收方名称并取得单独同意。",
        ))
        .with([Evidence::of_passage(seq, &sentence)]),
        Named::InAnotherList => Opinion::review(said!(
            "{what}; the policy does not name it, and speaks of a list that was not read",
            "{what}；隐私政策正文没有写明，且提到另有清单未读取",
            what
        )),
        Named::Nowhere => {
            let reason =
                said!("{what}, and the policy names neither it nor its type", "{what}，而隐私政策没有写明该接收方及其类型", what);
            by_weight(given, reason)
        }
    }
}

/// A third party that nobody names received it: a violation where it tells whose it is.
fn by_weight(given: &Given<'_>, reason: Bilingual) -> Opinion {
    match given.first.party.relation {
        Relation::Third if given.definite => Opinion::violation(reason),
        Relation::Unknown => Opinion::review(said!(
            "{reason}: decide whose host that is (`parties` in the scenario says it)",
            "{reason}：请判断该主机属于谁（可在场景的 parties 中写明）",
            reason
        )),
        _ => Opinion::review(reason),
    }
}

//! 2.1: something that the app collects is not listed in the policy. Of what the item is about, permissions are looked at here,
//! and the policy's own form; what is sent, and to whom, is not seen, so nothing here conforms.

use std::collections::BTreeSet;

use crate::case::{Call, Case, Evidence};
use crate::language::purpose;
use crate::language::signs::SIGNS;
use crate::policy::named::{self, Naming};
use crate::policy::{Fact, Policy, kinds};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{Bilingual, both, join, said};

/// The rule of item 2.1.
pub struct NotListed;

/// Screens after which the scrolling of a policy is given up: its end may not have been seen.
const MOST_SCREENS: usize = 150;
/// Kinds that a finding names.
const NAMED: usize = 8;

impl Rule for NotListed {
    fn item(&self) -> &'static str {
        "2.1"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["read_policy"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let Some((seq, read)) = case.policy() else {
            return Weighed::clean(Opinion::not_tested(both(
                "no policy was found that could list anything (see 1.1)",
                "没有找到可供核对的隐私政策（见 1.1）",
            )));
        };
        let Some(policy) = case.policy_statements() else {
            let why = both("the policy's text could not be read", "未能读取隐私政策的文字");
            return Weighed { unfinished: vec![Opinion::not_tested(why)], ..Weighed::default() };
        };
        if !policy.statements.iter().any(|s| matches!(s.fact, Fact::Collects { .. })) {
            return Weighed {
                unfinished: vec![Opinion::not_tested(both(
                    "the policy's text names nothing that is collected (see 1.1)",
                    "隐私政策没有写明收集的内容（见 1.1）",
                ))],
                ..Weighed::default()
            };
        }
        let whole = !policy.document.cut && read.screens.len() < MOST_SCREENS;
        let mut opinions = weigh_asks(case, seq, policy, whole);
        opinions.extend(weigh_identity(seq, policy));
        opinions.extend(weigh_purposes(seq, policy));
        let mut weighed = Weighed::of(opinions);
        weighed.clean = Some(Opinion::not_tested(both(
            "every permission that was asked for is named in the policy, but what is sent, and to whom, was not seen",
            "申请的权限在隐私政策中均有说明，但未能查看实际发送的信息及接收方",
        )));
        weighed.notes.push(both(
            "Only permissions were held against the policy: what is sent and which third parties receive it is not looked at.",
            "只核对了权限：未检测发送的信息和接收信息的第三方。",
        ));
        weighed
    }
}

/// Weighs each permission that the person was asked for, once.
fn weigh_asks(case: &Case<'_>, seq: u64, policy: &Policy, whole: bool) -> Vec<Opinion> {
    let mut known: Vec<&str> = Vec::new();
    let mut opinions = Vec::new();
    for call in case.calls().filter(Call::asks_the_person) {
        if purpose::collects(call.what) == Some(false)
            || !named::knows(call.what)
            || known.contains(&call.what)
        {
            continue;
        }
        known.push(call.what);
        let shown = case.call_evidence(&call);
        let opinion = match named::find_permission(&policy.document, call.what) {
            None => weigh_unnamed(case, &call, policy, whole),
            Some(naming) => weigh_naming(&call, seq, &naming),
        };
        opinions.push(opinion.with([shown]));
    }
    opinions
}

fn weigh_naming(call: &Call<'_>, seq: u64, naming: &Naming) -> Opinion {
    let subject = call.subject();
    let opinion = match &naming.purpose {
        Some(purpose) => Opinion::conforms(said!(
            "{subject} is asked for, and the policy says what for: “{purpose}”",
            "申请{subject}权限，隐私政策写明了用途：“{purpose}”",
            subject,
            purpose
        )),
        None => Opinion::review(said!(
            "{subject} is asked for, and the policy names it (“{word}”) without a purpose beside it: look whether one is told",
            "申请{subject}权限，隐私政策提到“{word}”，但其旁没有写明用途：请人工核实",
            subject,
            word = naming.word
        )),
    };
    opinion.with([Evidence::of_passage(seq, &naming.passage)])
}

/// Weighs a permission of which no word stands in the policy.
fn weigh_unnamed(case: &Case<'_>, call: &Call<'_>, policy: &Policy, whole: bool) -> Opinion {
    let subject = call.subject();
    let tried = named::words_for(call.what).into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
    let note = said!("Looked for: {tried}.", "查找的词语：{tried}。", tried);
    let doubt = if purpose::collects(call.what).is_none() {
        Some(both("whether it collects personal information is disputed", "是否属于收集个人信息存在争议"))
    } else if !whole {
        Some(both("the policy was not read to its end", "隐私政策没有读到结尾"))
    } else if let Some(list) = find_list(policy) {
        Some(said!(
            "a list that the policy names (“{list}”) was not read",
            "隐私政策所提及的清单（“{list}”）没有读取",
            list
        ))
    } else {
        named_in_prompt(case, call.what)
            .then(|| both("the prompt for consent names it", "征求同意的弹窗提到了该权限"))
    };
    match doubt {
        Some(why) => Opinion::review(said!(
            "{subject} is asked for and the policy does not name it, but {why}",
            "申请{subject}权限而隐私政策没有提及，但{why}",
            subject,
            why
        )),
        None => Opinion::violation(said!(
            "{subject} is asked for, and no word of the policy names it",
            "申请{subject}权限，而隐私政策全文没有提及",
            subject
        )),
    }
    .note(note)
}

/// Finds a list that the policy says names more, and that was not read.
fn find_list(policy: &Policy) -> Option<&'static str> {
    let lower = policy.document.text.to_lowercase().replace(' ', "");
    SIGNS.lists_of_information.iter().map(String::as_str).find(|list| lower.contains(&list.replace(' ', "")))
}

/// Tells whether a prompt that the app showed names a permission.
fn named_in_prompt(case: &Case<'_>, permission: &str) -> bool {
    case.distinct_screens().any(|(_, seen)| {
        let read = case.read(seen);
        let Some(prompt) = &read.reading.prompt else { return false };
        // A permission's own dialog names it by what it is.
        let long = prompt.text.chars().count() > 60;
        long && named::find_permission(&Policy::of_text(&prompt.text).document, permission).is_some()
    })
}

/// Weighs whether the policy says who it is of, how to reach them, and since when it holds.
fn weigh_identity(seq: u64, policy: &Policy) -> Option<Opinion> {
    let has = |wanted: fn(&Fact) -> bool| policy.statements.iter().any(|s| wanted(&s.fact));
    let parts = [
        (has(|fact| matches!(fact, Fact::Operator { .. })), both("the operator's name", "运营者名称")),
        (has(|fact| matches!(fact, Fact::Channel { .. })), both("a contact", "联系方式")),
        (has(|fact| matches!(fact, Fact::Date { .. })), both("a date", "发布、更新或生效日期")),
    ];
    let missing: Vec<Bilingual> =
        parts.into_iter().filter(|(there, _)| !there).map(|(_, what)| what).collect();
    (!missing.is_empty()).then(|| {
        Opinion::review(said!(
            "the policy lacks {list} (asked for by the self-assessment guide TC260-PG-20202A, 1.5, not by the notice)",
            "隐私政策缺少：{list}（自评估指南 TC260-PG-20202A 第 1.5 项的要求，不是认定方法本身的要求）",
            list = join(&missing, ", ", "、")
        ))
        .with([Evidence { files: vec!["policy.txt".to_owned()], ..Evidence::of_entry(seq, both("the policy's text", "隐私政策文本")) }])
    })
}

/// Weighs whether the kinds that are collected have purposes. A purpose may stand in words that are not known as such: only where
/// most kinds have none is it said.
fn weigh_purposes(seq: u64, policy: &Policy) -> Option<Opinion> {
    let has_purpose = |wanted: &str| {
        policy
            .statements
            .iter()
            .any(|s| matches!(&s.fact, Fact::Collects { kind, purpose: Some(_), .. } if kind == wanted))
    };
    let (mut bare, mut all): (Vec<(&str, &str)>, BTreeSet<&str>) = Default::default();
    for statement in policy.statements.iter().filter(|statement| statement.sure) {
        let Fact::Collects { kind, .. } = &statement.fact else { continue };
        all.insert(kind);
        if !bare.iter().any(|(known, _)| known == kind) && !has_purpose(kind) {
            bare.push((kind, &statement.quote));
        }
    }
    let (_, quote) = bare.first().filter(|_| bare.len() * 2 > all.len())?;
    let titles: Vec<Bilingual> = bare.iter().take(NAMED).map(|(kind, _)| kinds::title_of(kind)).collect();
    Some(
        Opinion::review(said!(
            "no purpose stands beside what is collected of these kinds: {list}; look whether one is told",
            "以下信息的收集没有写明目的：{list}；请人工核实",
            list = join(&titles, ", ", "、")
        ))
        .with([Evidence::of_passage(seq, quote)]),
    )
}

#[cfg(test)]
#[path = "not_listed_tests.rs"]
mod tests;

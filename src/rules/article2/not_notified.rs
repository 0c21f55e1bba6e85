//! 2.2: purpose, means or scope changed, and nobody was told. What changed is told by facts of the two policies, not by their
//! words; whether people are told by what the audited version shows to whoever had the version before.

use super::earlier_policy::{Earlier, UPGRADES};
use super::told_of_change::{Told, show_first_screens};
use crate::case::{Case, Evidence};
use crate::language::lexicon::fold;
use crate::policy::differences::{self, Change, Difference};
use crate::policy::statement::DateOf;
use crate::policy::{Fact, Policy, kinds, named};
use crate::rules::Table;
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};

/// The rule of item 2.2.
pub struct NotNotified;

/// Differences that a table holds.
const ROWS: usize = 30;

impl Rule for NotNotified {
    fn item(&self) -> &'static str {
        "2.2"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[UPGRADES, "read_policy"]
    }
    fn must_end(&self) -> &'static [&'static str] {
        &["read_policy"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let Some(before) = Earlier::find(case) else {
            let why = match case.last_span(UPGRADES) {
                Some(_) => both("the policy of the version before was not found", "没有找到旧版本的隐私政策"),
                None => both(
                    "there is nothing to compare with: give the version before (`upgrade:`) or an earlier recording (`earlier:`)",
                    "没有可比较的内容：请给出旧版本（upgrade:）或较早的录制（earlier:）",
                ),
            };
            return Weighed { unfinished: vec![Opinion::not_tested(why)], ..Weighed::default() };
        };
        let Some((seq, now)) = case.policy_text() else {
            let why = both("the policy of now was not read", "没有读取到当前的隐私政策");
            return Weighed { unfinished: vec![Opinion::not_tested(why)], ..Weighed::default() };
        };
        let (old, new) = (Policy::of_text(&before.text), Policy::of_text(now));
        if let Some((then, since)) = find_downgrade(&old, &new) {
            let why = said!(
                "the policy before is dated {then}, and the one of now {since}: the versions may be the wrong way round",
                "旧隐私政策的日期为 {then}，当前的为 {since}：两个版本可能颠倒",
                then,
                since
            );
            return Weighed { unfinished: vec![Opinion::not_tested(why)], ..Weighed::default() };
        }
        let found = differences::find(&old, &new);
        let mut weighed = weigh_differences(case, &before, &old, (seq, now), &found);
        if !found.is_empty() {
            weighed.tables.push(draw_differences(&found));
        }
        weighed.notes.push(said!(
            "The policy before is that of {from}. Mail, text messages and notifications outside of the app cannot be seen.",
            "旧隐私政策来自{from}。无法查看邮件、短信和应用之外的通知。",
            from = before.from
        ));
        weighed
    }
}

/// Returns the dates of both policies where the one before is the later.
fn find_downgrade(old: &Policy, new: &Policy) -> Option<(String, String)> {
    let date_of = |policy: &Policy| {
        policy.statements.iter().find_map(|statement| match &statement.fact {
            Fact::Date { date, of: DateOf::Updated | DateOf::Effective } => Some(date.clone()),
            _ => None,
        })
    };
    // Dates are written with the year first.
    let (then, since) = (date_of(old)?, date_of(new)?);
    (then > since).then_some((then, since))
}

fn weigh_differences(
    case: &Case<'_>,
    before: &Earlier,
    old: &Policy,
    (seq, now): (u64, &str),
    found: &[Difference],
) -> Weighed {
    let material: Vec<&Difference> =
        found.iter().filter(|difference| difference.material && difference.change == Change::Added).collect();
    if material.is_empty() {
        return Weighed::clean(say_nothing_added(before, now, found));
    }
    let shown: Vec<Evidence> = material
        .iter()
        .take(6)
        .map(|difference| Evidence::of_passage(seq, &difference.passage.quote))
        .chain([Evidence::of_entry(before.seq, both("the policy as it was before", "旧隐私政策"))])
        .collect();
    let what = &material[0].says;
    let more = match material.len() - 1 {
        0 => both("", ""),
        more => said!(" and {more} facts more", "等 {more} 项", more = more + 1),
    };
    let told = Told::find(case);
    let (words, evidence) = match &told {
        Told::Notice { words, first, evidence } => {
            let place = match first {
                true => ("on a first screen after the upgrade", "升级后的首屏"),
                false => ("in the app", "应用内"),
            };
            let clean = Opinion::conforms(said!(
                "{what}{more}; people are told {place}: “{words}”",
                "{what}{more}；已在{place}告知：“{words}”",
                what,
                more,
                place,
                words
            ));
            return Weighed::clean(clean.with(evidence.clone()).with(shown));
        }
        Told::Prompt(evidence) => (
            both(
                "the ordinary prompt for the policy is shown again without saying what changed: decide whether that tells people",
                "再次显示一般的隐私政策提示，但没有说明变更：请判断是否算作通知",
            ),
            evidence.clone(),
        ),
        Told::Unread => (
            both(
                "a screen after the upgrade could not be read: look whether it tells of it",
                "升级后的某个界面无法读取：请判断其是否告知变更",
            ),
            None,
        ),
        Told::Nothing if !before.upgraded => (
            both(
                "this run saw the app as a new person does: look how those were told who had it before (`upgrade:` shows it)",
                "本次运行以新用户身份查看：请判断老用户是否得到通知（可用 upgrade: 检测）",
            ),
            None,
        ),
        Told::Nothing if !case.is_complete(UPGRADES) => (
            both(
                "the upgrade was not gone through to its end, so a notice may have been missed",
                "升级过程没有走完，可能漏看通知",
            ),
            None,
        ),
        Told::Nothing => {
            let definite = material.iter().find(|difference| is_definite(difference, old));
            if let Some(definite) = definite {
                let violation = Opinion::violation(said!(
                    "{what}{more}; nothing on the first screens after the upgrade, and nothing in the app's messages, tells of it",
                    "{what}{more}；升级后的首屏和应用内消息均未告知",
                    what = definite.says,
                    more
                ));
                return violation.with(show_first_screens(case)).with(shown).into();
            }
            (
                both(
                    "nothing tells of it, but the policy before may have said it in other words: compare both",
                    "没有看到通知，但旧隐私政策可能以其他措辞说明：请人工比较",
                ),
                None,
            )
        }
    };
    Opinion::review(said!("{what}{more}; {words}", "{what}{more}；{words}", what, more, words))
        .with(evidence)
        .with(shown)
        .into()
}

/// Says that no kind, permission or receiver came in.
fn say_nothing_added(before: &Earlier, now: &str, found: &[Difference]) -> Opinion {
    let removed = found.iter().any(|one| {
        one.change == Change::Removed && matches!(one.what, "collects" | "permission" | "receiver")
    });
    if removed {
        return Opinion::conforms(both(
            "what the policy lists became less: nothing was added that people would have to be told of",
            "隐私政策所列内容减少，没有需要告知的新增",
        ));
    }
    if before.text == now {
        return Opinion::not_applicable(both(
            "both policies are the same, letter by letter: nothing changed, or the policy is served live to both versions",
            "两份隐私政策完全相同：没有变化，或两个版本读取的是同一份在线文本",
        ));
    }
    Opinion::not_applicable(said!(
        "the policies differ in {count} facts, none of them a purpose, means or scope",
        "两份隐私政策有 {count} 处不同，均不涉及目的、方式和范围",
        count = found.len()
    ))
}

/// Tells whether a fact is surely new: a kind, a permission or a receiver of which no word stood in the policy before.
fn is_definite(difference: &Difference, old: &Policy) -> bool {
    let text: String = old.document.blocks.iter().map(|block| fold_block(&block.text)).collect();
    difference.sure
        && match &difference.fact {
            Fact::Collects { kind, .. } => kinds::by_name(kind)
                .is_some_and(|_| !kinds::find(&text).iter().any(|named| named.kind().kind == *kind)),
            Fact::Permission { permission, .. } => {
                named::find_permission(&old.document, permission).is_none()
            }
            Fact::Receiver { name, class_only, .. } => !class_only && !text.contains(&fold_block(name)),
            _ => false,
        }
}

fn fold_block(text: &str) -> String {
    fold(text) + "\n"
}

fn draw_differences(found: &[Difference]) -> Table {
    let row = |difference: &Difference| {
        let change = match difference.change {
            Change::Added => both("added", "新增"),
            Change::Removed => both("removed", "删除"),
            Change::Changed => both("changed", "变更"),
        };
        let material = match difference.material {
            true => both("yes", "是"),
            false => both("no", "否"),
        };
        let quote = &difference.passage.quote;
        vec![change, difference.says.clone(), material, both(quote, quote)]
    };
    Table {
        title: both("What changed in the policy", "隐私政策的变化"),
        head: vec![
            both("change", "变化"),
            both("fact", "事项"),
            both("purpose, means or scope", "涉及目的、方式或范围"),
            both("passage", "原文"),
        ],
        rows: found.iter().take(ROWS).map(row).collect(),
    }
}

#[cfg(test)]
#[path = "not_notified_tests.rs"]
mod tests;

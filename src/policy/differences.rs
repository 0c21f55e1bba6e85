//! What changed from one policy to another, by facts: kinds, permissions, receivers, purposes, limits. Another wording, order
//! or layout is no change.

use std::collections::BTreeMap;

use serde::Serialize;

use super::folding::fold;
use super::gaps::Passage;
use super::{Fact, Policy, Statement, kinds};
use crate::language::purpose;
use crate::text::{Bilingual, both, said};

/// How a fact differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Added,
    Removed,
    Changed,
}

/// One fact that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    pub change: Change,
    /// `collects`, `permission`, `receiver`, …
    pub what: &'static str,
    pub says: Bilingual,
    /// Purpose, means or scope is another: what item 2.2 asks to be notified.
    pub material: bool,
    /// Where it stands in the new policy, or in the old one where it was removed.
    pub passage: Passage,
    /// The words say it plainly.
    #[serde(skip)]
    pub sure: bool,
    /// The fact itself, as the policy states it that has it.
    #[serde(skip)]
    pub fact: Fact,
}

/// A fact as it is compared: what it is of, and what is said of that.
struct Compared<'p> {
    statement: &'p Statement,
    title: Bilingual,
    value: String,
    material: bool,
}

/// Compares two policies, the older first. What a statement is not sure of is compared like anything else.
pub fn find(old: &Policy, new: &Policy) -> Vec<Difference> {
    let (before, after) = (compared(old), compared(new));
    let mut found = Vec::new();
    for (key, fact) in &after {
        match before.get(key) {
            None => found.push(difference(Change::Added, fact, None)),
            Some(known) if known.value != fact.value && !known.value.is_empty() => {
                found.push(difference(Change::Changed, fact, Some(&known.value)));
            }
            Some(_) => {}
        }
    }
    for (key, fact) in &before {
        if !after.contains_key(key) {
            found.push(difference(Change::Removed, fact, None));
        }
    }
    found.sort_by_key(|difference| (difference.change, difference.what, difference.passage.at));
    found
}

fn difference(change: Change, fact: &Compared<'_>, before: Option<&str>) -> Difference {
    let title = &fact.title;
    let says = match (change, before) {
        (Change::Added, _) => said!("{title} is new", "新增：{title}", title),
        (Change::Removed, _) => said!("{title} is gone", "删除：{title}", title),
        (Change::Changed, before) => said!(
            "{title}: {before} became {after}",
            "{title}：由“{before}”变为“{after}”",
            title,
            before = before.unwrap_or_default(),
            after = fact.value
        ),
    };
    Difference {
        change,
        what: fact.statement.fact.name(),
        says,
        material: fact.material && change != Change::Removed,
        passage: Passage { at: fact.statement.at, quote: fact.statement.quote.clone() },
        sure: fact.statement.sure,
        fact: fact.statement.fact.clone(),
    }
}

/// Returns the facts of a policy by what each is of.
fn compared(policy: &Policy) -> BTreeMap<String, Compared<'_>> {
    let mut all: BTreeMap<String, Compared<'_>> = BTreeMap::new();
    for statement in &policy.statements {
        for (key, title, value, material) in keys(&statement.fact) {
            all.entry(key).or_insert(Compared { statement, title, value, material });
        }
    }
    all
}

/// Returns what a fact is of, its title, what is said of it, and whether a change of it is of purpose, means or scope.
fn keys(fact: &Fact) -> Vec<(String, Bilingual, String, bool)> {
    let name = fact.name();
    match fact {
        Fact::Collects { kind, .. } => {
            let title = kinds::title_of(kind);
            let title = said!("the kind “{title}”", "信息种类“{title}”", title);
            vec![(format!("{name} {kind}"), title, String::new(), true)]
        }
        Fact::Permission { permission, .. } => {
            let title = both(permission, purpose::chinese(permission));
            let title = said!("the permission “{title}”", "权限“{title}”", title);
            vec![(format!("{name} {permission}"), title, String::new(), true)]
        }
        Fact::Receiver { name: receiver, kinds: given, .. } => {
            let key = fold(receiver).replace("sdk", "");
            let title = said!("the receiver “{receiver}”", "接收方“{receiver}”", receiver);
            let mut all = vec![(format!("{name} {key}"), title, String::new(), true)];
            for kind in given {
                let title = kinds::title_of(kind);
                let title =
                    said!("“{title}” for “{receiver}”", "向“{receiver}”提供“{title}”", title, receiver);
                all.push((format!("{name} {key} {kind}"), title, String::new(), true));
            }
            all
        }
        Fact::Retention { count: Some(count), unit: Some(unit) } => {
            let value = format!("{count} {}", unit.name());
            let title = said!("the retention “{value}”", "保存期限“{value}”", value);
            vec![(format!("{name} {value}"), title, String::new(), false)]
        }
        Fact::Retention { .. } => Vec::new(),
        Fact::Storage { place } => {
            let place = place.name();
            vec![(
                format!("{name} {place}"),
                said!("storage “{place}”", "存储地点“{place}”", place),
                String::new(),
                true,
            )]
        }
        Fact::Right { right, .. } => {
            let right = right.name();
            vec![(
                format!("{name} {right}"),
                said!("the right “{right}”", "权利“{right}”", right),
                String::new(),
                false,
            )]
        }
        Fact::Condition { condition } => {
            let condition = condition.name();
            let title =
                said!("the condition of cancelling “{condition}”", "注销条件“{condition}”", condition);
            vec![(format!("{name} {condition}"), title, String::new(), false)]
        }
        Fact::Channel { says, .. } => {
            let title = said!("the channel “{says}”", "联系渠道“{says}”", says);
            vec![(format!("{name} {}", fold(says)), title, String::new(), false)]
        }
        Fact::Limit { about, count, unit } => {
            let about = about.name();
            let title = said!("the limit for “{about}”", "时限（{about}）", about);
            vec![(format!("{name} {about}"), title, format!("{count} {}", unit.name()), false)]
        }
        Fact::Operator { name: operator } => {
            vec![(
                format!("{name} {operator}"),
                said!("the operator “{operator}”", "运营者“{operator}”", operator),
                String::new(),
                false,
            )]
        }
        Fact::Date { date, of } => {
            vec![(
                format!("{name} {}", of.name()),
                said!("the date “{of}”", "日期（{of}）", of = of.name()),
                date.clone(),
                false,
            )]
        }
        Fact::Version { version } => {
            vec![(name.to_owned(), both("the version", "版本"), version.clone(), false)]
        }
        Fact::Denial { act, kinds, scope } => {
            let (act, scope) = (act.name(), scope.name());
            let key = format!("{name} {act} {}", kinds.join(" "));
            let kinds = kinds.join(", ");
            let title = said!("the denial “{act}: {kinds}”", "“不{act}：{kinds}”的声明", act, kinds);
            vec![(key, title, scope, false)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "隐私政策\n更新日期：2025年1月1日\n一、我们如何收集信息\n注册时，我们收集您的手机号，用于登录。\n二、联系我们\n请致电400-123-4567，我们会在15个工作日内答复您的投诉。\n";

    #[test]
    fn another_wording_and_order_is_no_change() {
        let new = "隐私政策\n更新日期：2025年1月1日\n一、联系我们\n您可以拨打400-123-4567投诉，我们在收到投诉后15个工作日内回复。\n二、信息收集\n为了让您登录，我们需要您提供手机号码。\n";
        let found = find(&Policy::of_text(OLD), &Policy::of_text(new));
        assert_eq!(found, [], "{found:#?}");
    }

    #[test]
    fn what_was_added_removed_or_changed_is_told_with_its_passage() {
        let new = OLD
            .replace("2025年1月1日", "2026年3月1日")
            .replace("手机号，", "手机号、通讯录，")
            .replace("15个工作日", "30个工作日");
        let found = find(&Policy::of_text(OLD), &Policy::of_text(&new));
        let told: Vec<(Change, &str, bool)> = found
            .iter()
            .map(|difference| (difference.change, difference.what, difference.material))
            .collect();
        assert_eq!(
            told,
            [
                (Change::Added, "collects", true),
                (Change::Changed, "date", false),
                (Change::Changed, "limit", false)
            ],
            "{found:#?}"
        );
        assert!(found[0].passage.quote.contains("通讯录"));
        let back = find(&Policy::of_text(&new), &Policy::of_text(OLD));
        assert_eq!(back.iter().filter(|difference| difference.change == Change::Removed).count(), 1);
    }
}

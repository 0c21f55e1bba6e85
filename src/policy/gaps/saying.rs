//! Gaps in what a policy says of itself and of what is collected (1.1, 2.1, 2.4).

use super::{Gaps, Weight};
use crate::policy::figures::{Figures, find_placeholders, quote_all};
use crate::policy::kinds;
use crate::policy::statement::{Fact, Statement};
use crate::text::{Bilingual, both, join, said};

impl Gaps<'_> {
    /// 1.1: rules on collecting at all; how long and where information is kept.
    pub(super) fn rules(&mut self) {
        if !self.has(|fact| matches!(fact, Fact::Collects { .. })) {
            self.add(
                "1.1",
                "no_rules",
                Weight::Grave,
                both(
                    "no kind of personal information is named together with collecting or using it",
                    "没有写明收集或使用哪种个人信息",
                ),
                &[],
            );
        }
        if !self.has(|fact| matches!(fact, Fact::Retention { .. })) {
            self.add(
                "1.1",
                "no_retention",
                Weight::Weak,
                both("how long information is kept is not said", "没有写明个人信息的保存期限"),
                &[],
            );
        }
        if !self.has(|fact| matches!(fact, Fact::Storage { .. })) {
            self.add(
                "1.1",
                "no_storage_place",
                Weight::Weak,
                both("where information is stored is not said", "没有写明个人信息的存储地点"),
                &[],
            );
        }
    }

    /// 2.1: who says all this, and since when.
    pub(super) fn identity(&mut self) {
        if !self.has(|fact| matches!(fact, Fact::Operator { .. })) {
            self.add(
                "2.1",
                "no_operator",
                Weight::Weak,
                both("the operator's name is not said", "没有写明运营者的名称"),
                &[],
            );
        }
        if !self.has(|fact| matches!(fact, Fact::Date { .. })) {
            self.add(
                "2.1",
                "no_date",
                Weight::Weak,
                both(
                    "no date says when the policy was published, updated or takes effect",
                    "没有写明发布、更新或生效日期",
                ),
                &[],
            );
        }
    }

    /// 2.1: each kind, permission and receiver with its purpose.
    pub(super) fn listing(&mut self) {
        let collected = self.all(|fact| matches!(fact, Fact::Collects { .. }));
        // A kind has a purpose where any of its sentences states one.
        let named = |fact: &Fact| match fact {
            Fact::Collects { kind, purpose, .. } => Some((kind.clone(), purpose.is_some())),
            _ => None,
        };
        let with: std::collections::BTreeSet<String> = collected
            .iter()
            .filter_map(|s| named(&s.fact))
            .filter(|(_, has)| *has)
            .map(|(kind, _)| kind)
            .collect();
        let without: Vec<&Statement> = collected
            .iter()
            .copied()
            .filter(|s| named(&s.fact).is_some_and(|(kind, _)| !with.contains(&kind)))
            .collect();
        if !without.is_empty() {
            let mut kinds: Vec<Bilingual> = Vec::new();
            for statement in &without {
                if let Fact::Collects { kind, .. } = &statement.fact
                    && !kinds.contains(&kinds::title_of(kind))
                {
                    kinds.push(kinds::title_of(kind));
                }
            }
            let list = join(kinds.iter().take(8), ", ", "、");
            self.add(
                "2.1",
                "kinds_without_purpose",
                Weight::Weak,
                said!("no purpose stands beside: {list}", "以下信息没有写明收集目的：{list}", list),
                &without,
            );
        }
        let mut purposes: std::collections::BTreeMap<&str, bool> = std::collections::BTreeMap::new();
        for statement in &self.policy.statements {
            if let Fact::Permission { permission, purpose } = &statement.fact {
                *purposes.entry(permission).or_default() |= purpose.is_some();
            }
        }
        let bare: Vec<&str> = purposes.into_iter().filter(|(_, has)| !has).map(|(name, _)| name).collect();
        if !bare.is_empty() {
            let shown = self.all(|fact| matches!(fact, Fact::Permission { permission, .. } if bare.contains(&permission.as_str())));
            let list = both(
                bare.join(", "),
                bare.iter()
                    .map(|name| crate::language::purpose::chinese(name))
                    .collect::<Vec<_>>()
                    .join("、"),
            );
            self.add(
                "2.1",
                "permissions_without_purpose",
                Weight::Weak,
                said!(
                    "no purpose stands beside these permissions: {list}",
                    "以下权限没有写明用途：{list}",
                    list
                ),
                &shown,
            );
        }
        let classes = self.all(|fact| matches!(fact, Fact::Receiver { class_only: true, .. }));
        let named = self.has(|fact| matches!(fact, Fact::Receiver { class_only: false, .. }));
        if !classes.is_empty() && !named {
            self.add(
                "2.1",
                "receivers_unnamed",
                Weight::Weak,
                both(
                    "who receives information is told by class only, and no receiver is named",
                    "只写了接收方的类别，没有写明任何一个接收方的名称",
                ),
                &classes,
            );
        }
        let vague = self.all(|fact| matches!(fact, Fact::Receiver { purpose: None, class_only: false, .. }));
        if !vague.is_empty() {
            self.add(
                "2.1",
                "receivers_without_purpose",
                Weight::Weak,
                said!(
                    "{count} receivers are named without a purpose",
                    "{count} 个接收方没有写明目的",
                    count = vague.len()
                ),
                &vague,
            );
        }
    }

    /// 2.4: figures past candor's limits, and what a template left.
    pub(super) fn readability(&mut self) {
        let text = &self.policy.document.text;
        let placeholders = find_placeholders(text);
        if !placeholders.is_empty() {
            let list = quote_all(&placeholders);
            self.add(
                "2.4",
                "placeholders",
                Weight::Grave,
                said!("placeholders were left in it: {list}", "留有占位内容：{list}", list),
                &[],
            );
        }
        let figures = Figures::of(text, self.thresholds.get("long_sentence").max(1.0) as usize);
        let past = figures.past(&|name| self.thresholds.get(name));
        if past.len() >= 2 {
            self.add(
                "2.4",
                "hard_to_understand",
                Weight::Weak,
                said!(
                    "it may be hard to understand: {list}",
                    "可能难以理解：{list}",
                    list = join(&past, "; ", "；")
                ),
                &[],
            );
        }
    }
}

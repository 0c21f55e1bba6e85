//! What a complete policy says and this one does not, by item of the notice.

use serde::Serialize;

use super::figures::{Figures, find_placeholders, quote_all};
use super::statement::{About, Channel, Condition, Fact, Right, Serves, Statement, Unit, Way};
use super::{Policy, kinds};
use crate::item::ItemId;
use crate::text::{Bilingual, both, join, said};
use crate::thresholds::Thresholds;
use crate::working_days::{Length, length};

/// How grave a gap is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Something that a person should look at.
    Weak,
    /// The policy does not say what it must, or says what the notice forbids.
    Grave,
}

/// Something that a policy lacks, or says and must not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gap {
    pub item: String,
    /// Its name for programs: `no_channel`.
    pub gap: &'static str,
    pub weight: Weight,
    pub says: Bilingual,
    /// Passages that show it, where something is there to be shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Passage>,
}

/// A passage of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Characters.
    pub at: usize,
    pub quote: String,
}

/// Passages that one gap shows (ours).
const SHOWN: usize = 3;

impl Passage {
    fn of(statement: &Statement) -> Passage {
        Passage { at: statement.at, quote: statement.quote.clone() }
    }
}

/// Finds the gaps of a policy, in the order of the items.
pub fn find(policy: &Policy, thresholds: &Thresholds) -> Vec<Gap> {
    let mut gaps = Gaps { policy, thresholds, found: Vec::new() };
    gaps.rules();
    gaps.identity();
    gaps.listing();
    gaps.readability();
    gaps.rights();
    gaps.conditions();
    gaps.limits();
    gaps.channels();
    let order = |gap: &Gap| gap.item.parse::<ItemId>().ok();
    gaps.found.sort_by_key(order);
    gaps.found
}

struct Gaps<'p> {
    policy: &'p Policy,
    thresholds: &'p Thresholds,
    found: Vec<Gap>,
}

impl<'p> Gaps<'p> {
    fn add(&mut self, item: &str, gap: &'static str, weight: Weight, says: Bilingual, shown: &[&Statement]) {
        let passages = shown.iter().take(SHOWN).map(|statement| Passage::of(statement)).collect();
        self.found.push(Gap { item: item.to_owned(), gap, weight, says, passages });
    }

    fn all(&self, wanted: impl Fn(&Fact) -> bool) -> Vec<&'p Statement> {
        self.policy.statements.iter().filter(|statement| wanted(&statement.fact)).collect()
    }

    fn has(&self, wanted: impl Fn(&Fact) -> bool) -> bool {
        self.policy.statements.iter().any(|statement| wanted(&statement.fact))
    }

    /// 1.1: rules on collecting at all; how long and where information is kept.
    fn rules(&mut self) {
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
    fn identity(&mut self) {
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
    fn listing(&mut self) {
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
    fn readability(&mut self) {
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

    /// 3.8 and 6.1: each right with a way to it.
    fn rights(&mut self) {
        let needed: [(Right, &str, &'static str, &'static str, Bilingual); 4] = [
            (
                Right::Withdraw,
                "3.8",
                "no_withdrawal",
                "withdrawal_without_way",
                both("taking consent back", "撤回同意"),
            ),
            (
                Right::Correct,
                "6.1",
                "no_correction",
                "correction_without_way",
                both("correcting information", "更正个人信息"),
            ),
            (
                Right::Delete,
                "6.1",
                "no_deletion",
                "deletion_without_way",
                both("deleting information", "删除个人信息"),
            ),
            (
                Right::Cancel,
                "6.1",
                "no_cancellation",
                "cancellation_without_way",
                both("cancelling the account", "注销账号"),
            ),
        ];
        for (wanted, item, none, without_way, what) in needed {
            let named = self.all(|fact| matches!(fact, Fact::Right { right, .. } if *right == wanted));
            let way = named.iter().any(|s| matches!(&s.fact, Fact::Right { ways, .. } if !ways.is_empty()));
            if named.is_empty() {
                self.add(
                    item,
                    none,
                    Weight::Grave,
                    said!("nothing is said of {what}", "没有写明如何{what}", what),
                    &[],
                );
            } else if !way {
                self.add(
                    item,
                    without_way,
                    Weight::Weak,
                    said!("{what} is named, but no way to it", "提到了{what}，但没有写明途径", what),
                    &named,
                );
            }
        }
    }

    /// 6.2: conditions of cancelling that go too far.
    fn conditions(&mut self) {
        let said_of = |wanted: Condition| {
            self.all(move |fact| matches!(fact, Fact::Condition { condition } if *condition == wanted))
        };
        let paper: Vec<&Statement> = said_of(Condition::Paper).into_iter().filter(|s| s.sure).collect();
        let beyond: Vec<&Statement> =
            [Condition::HandHeld, Condition::IdentityPhoto, Condition::Face, Condition::History]
                .into_iter()
                .flat_map(said_of)
                .collect();
        let by_phone_only = {
            let ways = self.all(|fact| matches!(fact, Fact::Right { right: Right::Cancel, .. }));
            let in_app = ways
                .iter()
                .any(|s| matches!(&s.fact, Fact::Right { ways, .. } if ways.contains(&Way::InApp)));
            let contact = ways
                .iter()
                .any(|s| matches!(&s.fact, Fact::Right { ways, .. } if ways.contains(&Way::ByContact)));
            if contact && !in_app { ways } else { Vec::new() }
        };
        if !paper.is_empty() {
            self.add(
                "6.2",
                "paper_by_post",
                Weight::Grave,
                both("cancelling asks for papers, printed or by post", "注销要求提交纸质或邮寄的材料"),
                &paper,
            );
        }
        if !beyond.is_empty() {
            self.add("6.2", "proof_of_identity", Weight::Weak, both(
                "cancelling asks for proof of identity that may go beyond what registering and using asked for",
                "注销要求的身份证明可能超出注册和使用时提供的信息",
            ), &beyond);
        }
        if !by_phone_only.is_empty() {
            self.add(
                "6.2",
                "only_by_contact",
                Weight::Weak,
                both(
                    "the account can be cancelled only by writing or calling",
                    "注销账号只能通过联系客服、邮件或电话",
                ),
                &by_phone_only,
            );
        }
    }

    /// 6.2, 6.3 and 6.5: promised limits.
    fn limits(&mut self) {
        for (item, abouts, threshold) in [
            ("6.3", &[About::Request, About::Cancellation][..], "max_answer_days"),
            ("6.5", &[About::Complaint][..], "max_answer_days"),
        ] {
            let said = self.all(|fact| matches!(fact, Fact::Limit { about, .. } if abouts.contains(about)));
            if said.is_empty() {
                continue;
            }
            let most = self.thresholds.get(threshold).max(0.0);
            let too_long: Vec<&Statement> = said.iter().copied().filter(|s| is_too_long(s, most)).collect();
            if too_long.is_empty() {
                continue;
            }
            let all = too_long.len() == said.len() && too_long.iter().any(|s| s.sure);
            let weight = if all { Weight::Grave } else { Weight::Weak };
            let name = if item == "6.3" { "request_limit_too_long" } else { "complaint_limit_too_long" };
            self.add(
                item,
                name,
                weight,
                said!(
                    "a limit of more than {most} working days is promised",
                    "承诺的时限超过 {most} 个工作日",
                    most
                ),
                &too_long,
            );
        }
        if !self.has(|fact| matches!(fact, Fact::Limit { about, .. } if *about != About::CoolingOff)) {
            self.add(
                "6.3",
                "no_limit",
                Weight::Weak,
                both(
                    "no limit is promised for answering requests: 15 working days hold",
                    "没有承诺处理请求的时限，按 15 个工作日计",
                ),
                &[],
            );
        }
    }

    /// 6.5: a channel.
    fn channels(&mut self) {
        let counts = |fact: &Fact| {
            matches!(fact, Fact::Channel { means, serves, .. }
                if *means != Channel::Post && !matches!(serves, Serves::ThirdParty | Serves::State | Serves::Sales))
        };
        let channels = self.all(counts);
        if channels.is_empty() {
            let others = self.all(|fact| matches!(fact, Fact::Channel { .. }));
            self.add("6.5", "no_channel", Weight::Grave, both(
                "no way to complain is named: no phone, mail, form, web address, customer service or account",
                "没有公布投诉举报渠道：没有电话、邮箱、表单、网址、在线客服或社交账号",
            ), &others);
        } else if !channels.iter().any(|s| s.sure) {
            self.add(
                "6.5",
                "channel_unsure",
                Weight::Weak,
                both(
                    "what is named as a contact may be a placeholder, or not take complaints",
                    "所列联系方式可能是占位内容，或不受理投诉",
                ),
                &channels,
            );
        }
    }
}

/// Tells whether a promised limit is longer than so many working days, whenever it is counted from.
pub fn is_too_long(statement: &Statement, most: f64) -> bool {
    let Fact::Limit { count, unit, .. } = statement.fact else { return false };
    length(unit.in_days(count), unit == Unit::WorkingDays, most, None) == Length::TooLong
}

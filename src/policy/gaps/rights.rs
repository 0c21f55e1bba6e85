//! Gaps in what a person may do: withdrawal, rights, conditions, limits, channels (3.8, 6.1, 6.2, 6.3, 6.5).

use super::{Gaps, Weight, is_too_long};
use crate::policy::statement::{About, Channel, Condition, Fact, Right, Serves, Statement, Way};
use crate::text::{Bilingual, both, said};

impl Gaps<'_> {
    /// 3.8 and 6.1: each right with a way to it.
    pub(super) fn rights(&mut self) {
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
    pub(super) fn conditions(&mut self) {
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
    pub(super) fn limits(&mut self) {
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
    pub(super) fn channels(&mut self) {
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

//! 3.9: the app breaks the rules that it states itself. Here: it asks for what its policy says it does not collect. What is
//! sent is not seen, so this leads to a person at most, and nothing conforms.

use crate::case::{Call, Case, Evidence, calls};
use crate::policy::statement::{Act, Scope};
use crate::policy::{Fact, kinds};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};

/// The rule of item 3.9.
pub struct OwnRules;

impl Rule for OwnRules {
    fn item(&self) -> &'static str {
        "3.9"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["read_policy"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let mut weighed = Weighed::clean(Opinion::not_tested(both(
            "what the app sends was not seen, and without it what it states cannot be tested",
            "未能查看应用发送的信息，无法据此检验其声明",
        )));
        let Some((seq, policy)) = case.policy().map(|(seq, _)| seq).zip(case.policy_statements()) else {
            return weighed;
        };
        let mut known: Vec<&str> = Vec::new();
        for call in calls(case.entries).filter(Call::asks_the_person) {
            if known.contains(&call.what) {
                continue;
            }
            let denied = policy.statements.iter().filter(|statement| statement.sure).find(|statement| {
                let Fact::Denial { act: Act::Collect, kinds: denied, scope: Scope::Absolute } =
                    &statement.fact
                else {
                    return false;
                };
                let read_by = |kind: &String| {
                    kinds::by_name(kind).is_some_and(|kind| kind.permission.as_deref() == Some(call.what))
                };
                denied.iter().any(read_by)
            });
            if let Some(statement) = denied {
                known.push(call.what);
                let opinion = Opinion::review(said!(
                    "the policy says that it is not collected, and the app asks for {what}: look whether it is sent",
                    "隐私政策声明不收集，应用却申请{what}权限：请核实是否发送",
                    what = call.subject()
                ));
                let shown = [Evidence::of_passage(seq, &statement.quote), case.call_evidence(&call)];
                weighed.opinions.push(opinion.with(shown));
            }
        }
        weighed
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Verdict;
    use crate::rules::policy_case_tests::{asked, judge_policy};

    fn verdict(says: &str, asks: &[&str]) -> Verdict {
        let text = format!("隐私政策\n一、信息收集\n我们收集您的手机号码，用于登录。\n{says}\n");
        judge_policy(&text, asks.iter().map(|what| asked(what)).collect(), "3.9").verdict
    }

    #[test]
    fn asking_for_what_is_said_not_to_be_collected_is_for_a_person() {
        assert_eq!(verdict("我们不会收集您的通讯录。", &["contacts"]), Verdict::Review);
    }

    #[test]
    fn conditions_other_functions_and_other_kinds_hold_nothing_against_the_app() {
        for says in [
            "未经您同意，我们不会收集您的通讯录。",
            "使用扫码功能时，我们不会收集您的通讯录。",
            "如您拒绝授权，我们不会读取您的通讯录。",
            "我们不会收集您的短信。",
        ] {
            assert_eq!(verdict(says, &["contacts"]), Verdict::NotTested, "{says}");
        }
        assert_eq!(verdict("我们不会收集您的通讯录。", &[]), Verdict::NotTested);
    }
}

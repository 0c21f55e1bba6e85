//! 3.9: collects or uses against the app's own stated rules: what the policy promises never to do was seen to happen.
//!
//! An accusation here says that the firm does not keep its word, so only promises without any condition count.

use super::promises::{Promise, Promised, find_promises};
use crate::case::{Call, Case, Evidence, Sent};
use crate::policy::statement::{Act, Scope};
use crate::policy::{Fact, kinds};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};
use crate::traffic::Found;
use crate::traffic::kind;
use crate::traffic::party::Relation;

/// The rule of item 3.9.
pub struct OwnRules;

impl Rule for OwnRules {
    fn item(&self) -> &'static str {
        "3.9"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["read_policy", "accept_consent"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let asks = weigh_asks(case);
        let not_tested = |reason| Weighed {
            opinions: asks.clone(),
            unfinished: vec![Opinion::not_tested(reason)],
            ..Weighed::default()
        };
        if let Some(blind) = case.blind_to_requests() {
            return not_tested(blind);
        }
        let Some((seq, text)) = case.policy_text() else {
            return not_tested(both("the policy's text was not read", "没有读到隐私政策的文本"));
        };
        let promises = find_promises(text);
        if promises.is_empty() {
            return not_tested(both(
                "the policy holds no promise without conditions that a request could break",
                "隐私政策中没有可以用请求检验的无条件承诺",
            ));
        }
        let mut opinions = asks.clone();
        opinions.extend(promises.iter().filter_map(|promised| weigh_promise(case, seq, promised)));
        if !case.sends_what_was_planted() {
            let unfinished = vec![Opinion::not_tested(case.say_nothing_was_planted())];
            return Weighed { opinions, unfinished, ..Weighed::default() };
        }
        let count = promises.len();
        let clean = Opinion::conforms(said!(
            "of the {count} promises that a request could break, none was seen to be broken",
            "隐私政策中可以用请求检验的 {count} 条承诺，没有发现被违反",
            count
        ))
        .note(case.note_on_requests())
        .with(promises.iter().take(3).map(|promised| Evidence::of_passage(seq, &promised.sentence)));
        Weighed { opinions, clean: Some(clean), ..Weighed::default() }
    }
}

/// Weighs asks for what the policy says is not collected: whether it is sent is for a person to find out.
fn weigh_asks(case: &Case<'_>) -> Vec<Opinion> {
    let mut opinions = Vec::new();
    let Some((seq, policy)) = case.policy().map(|(seq, _)| seq).zip(case.policy_statements()) else {
        return opinions;
    };
    let mut known: Vec<&str> = Vec::new();
    for call in case.calls().filter(Call::asks_the_person) {
        if known.contains(&call.what) {
            continue;
        }
        let denied = policy.statements.iter().filter(|statement| statement.sure).find(|statement| {
            let Fact::Denial { act: Act::Collect, kinds: denied, scope: Scope::Absolute } = &statement.fact
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
            opinions.push(opinion.with(shown));
        }
    }
    opinions
}

/// Weighs one promise against what was sent; `None` where nothing was seen to break it.
fn weigh_promise<'a>(case: &Case<'a>, seq: u64, promised: &Promised) -> Option<Opinion> {
    let is_meant = |found: &Found| promised.kinds.is_empty() || promised.kinds.contains(&found.kind.as_str());
    let breaks = |sent: &Sent<'a>| match promised.promise {
        Promise::Never | Promise::Local => true,
        Promise::Nobody => sent.party.relation == Relation::Third && !sent.request.main,
    };
    let (sent, found) = case.sent().into_iter().filter(|sent| breaks(sent)).find_map(|sent| {
        let found = sent.definite().find(|found| is_meant(found))?;
        Some((sent, found))
    })?;
    let what = said!(
        "{kind} was sent to {party}",
        "应用向{party}发送了{kind}",
        kind = kind(&found.kind).words(),
        party = sent.party.name()
    );
    // What the person typed is the person's own giving: a promise not to collect it may mean another thing.
    let typed = promised.promise == Promise::Never && found.value.is_some() && found.kind != "location";
    let said_so = match promised.promise {
        Promise::Never => ("that it is not collected", "承诺不收集"),
        Promise::Local => ("that it stays on the device", "承诺只在本机处理、不上传"),
        Promise::Nobody => ("that nothing is given to third parties", "承诺不向第三方提供"),
    };
    let reason = said!("the policy says {said_so}, and {what}", "隐私政策{said_so}，而{what}", said_so, what);
    let opinion = match typed {
        true => Opinion::review(said!(
            "{reason}; the person typed it: decide what the promise is about",
            "{reason}；该信息由用户输入：请判断承诺所指",
            reason
        )),
        false => Opinion::violation(reason),
    };
    Some(opinion.with([Evidence::of_passage(seq, &promised.sentence), case.sent_evidence(&sent)]))
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

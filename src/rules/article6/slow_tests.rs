use crate::rules::policy_case_tests::judge_policy;
use crate::rules::{Finding, Verdict};

fn finding(promise: &str) -> Finding {
    let text = format!(
        "隐私政策\n一、信息收集\n我们收集您的手机号码，用于登录。\n二、您的权利\n您可以更正或者删除您的个人信息。\n{promise}\n三、联系我们\n客服电话400-820-8820。\n"
    );
    judge_policy(&text, vec![], "6.3")
}

#[test]
fn a_promise_of_more_than_fifteen_working_days_for_requests_is_a_violation() {
    for promise in [
        "我们将在30个工作日内处理您的更正、删除请求。",
        "收到您的删除申请后，我们会在六十天内答复您。",
        "We will respond to your deletion request within 45 days.",
        "我们会在两个月内完成您账号的注销处理。",
    ] {
        let found = finding(promise);
        assert_eq!(found.verdict, Verdict::Violation, "{promise}: {found:#?}");
        assert!(found.evidence.iter().any(|shown| shown.files == ["policy.txt"]));
    }
}

#[test]
fn a_promise_within_the_limit_and_days_of_something_else_accuse_nobody() {
    for promise in [
        "我们将在15个工作日内处理您的更正、删除请求。",
        "我们会在十五天内答复您的请求。",
        "您的订单信息自交易完成之日起保存三年，日志保存六个月后删除。",
        "注销后有30天冷静期，其间重新登录即可恢复账号。",
        "本政策变更的，我们会提前30日公示。",
        "支持7天无理由退货，退款申请在30日内处理完成。",
        "",
    ] {
        let found = finding(promise);
        assert_eq!(found.verdict, Verdict::NotTested, "{promise}: {found:#?}");
    }
}

#[test]
fn one_of_two_limits_and_one_that_may_be_longer_are_for_a_person() {
    for promise in [
        "我们将在15个工作日内处理您的更正请求，在30个工作日内处理您的删除请求。",
        "我们一般会在30日内答复您的请求，情况复杂的可延长。",
    ] {
        let found = finding(promise);
        assert_eq!(found.verdict, Verdict::Review, "{promise}: {found:#?}");
    }
}

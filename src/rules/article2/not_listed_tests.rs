use crate::rules::policy_case_tests::{asked, judge_policy};
use crate::rules::{Finding, Verdict};

/// A policy that is whole, but for what stands in it on permissions.
fn policy(permissions: &str) -> String {
    format!(
        "小满集市隐私政策\n更新日期：2026年3月1日\n本应用由杭州小满科技有限公司（以下简称“我们”）运营。\n\
         一、我们如何收集和使用您的个人信息\n当您注册账号时，我们会收集您的手机号码，用于创建账号和登录。\n{permissions}\n\
         二、联系我们\n您可以致电400-820-8820或发送邮件至privacy@xiaoman.example联系我们。\n"
    )
}

fn finding(text: &str, asks: &[&str]) -> Finding {
    judge_policy(text, asks.iter().map(|what| asked(what)).collect(), "2.1")
}

#[test]
fn a_permission_that_no_word_of_the_policy_names_is_a_violation() {
    let found = finding(&policy(""), &["contacts"]);
    assert_eq!(found.verdict, Verdict::Violation, "{found:#?}");
    assert!(
        found.reason.zh.contains("没有提及") && found.notes.iter().any(|note| note.zh.contains("通讯录"))
    );
    assert!(found.evidence.iter().any(|shown| shown.shows.en.contains("asks for contacts")), "{found:#?}");
}

#[test]
fn one_that_is_named_with_its_purpose_is_none_in_whatever_words() {
    for told in [
        "通讯录权限：用于邀请好友。",
        "为了帮您找到手机里的联系人，我们会读取电话簿。",
        "如果您想邀请朋友，我们会用到您的通讯录，以便向您选中的人发出邀请。",
    ] {
        let found = finding(&policy(told), &["contacts"]);
        assert_eq!(found.verdict, Verdict::NotTested, "{told}: {found:#?}");
        assert!(found.reason.en.contains("what is sent"), "{found:#?}");
    }
}

#[test]
fn one_that_is_named_without_a_purpose_is_for_a_person() {
    let found = finding(&policy("我们可能访问您的通讯录。"), &["contacts"]);
    assert_eq!(found.verdict, Verdict::Review, "{found:#?}");
}

#[test]
fn what_may_stand_in_a_list_that_was_not_read_accuses_nobody() {
    let found = finding(&policy("我们申请的权限及其用途详见《应用权限清单》。"), &["contacts"]);
    assert_eq!(found.verdict, Verdict::Review, "{found:#?}");
    assert!(found.reason.en.contains("was not read"));
}

#[test]
fn what_collects_nothing_and_what_is_disputed_accuse_nobody() {
    assert_eq!(finding(&policy(""), &["notifications", "fonts"]).verdict, Verdict::NotTested);
    assert_eq!(finding(&policy(""), &["bluetooth"]).verdict, Verdict::Review);
}

#[test]
fn a_policy_that_says_not_whose_it_is_is_for_a_person_and_one_that_says_nothing_is_not_judged() {
    let anonymous = "隐私政策\n一、信息收集\n我们收集您的手机号码，用于登录。";
    let found = finding(anonymous, &[]);
    assert_eq!(found.verdict, Verdict::Review, "{found:#?}");
    assert!(found.reason.zh.contains("运营者名称"));
    let empty = finding("隐私政策\n我们非常重视您的隐私。", &["location"]);
    assert_eq!(empty.verdict, Verdict::NotTested, "{empty:#?}");
}

#[test]
fn kinds_without_a_purpose_are_for_a_person_where_they_are_most() {
    let found = finding(
        &policy("我们还收集您的身份证号码、银行卡号、通讯录、短信、通话记录、人脸信息、学历、职业。"),
        &[],
    );
    assert_eq!(found.verdict, Verdict::Review, "{found:#?}");
    assert!(found.reason.zh.contains("身份证件"), "{found:#?}");
    // Of one alone the purpose may stand in words that are not known.
    assert_eq!(finding(&policy("我们还收集您的身份证号码。"), &[]).verdict, Verdict::NotTested);
}

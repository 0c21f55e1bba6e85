use std::fmt::Write as _;

use super::statement::{About, Act, Scope, Unit};
use super::*;

fn facts(text: &str) -> Vec<Fact> {
    Policy::of_text(text).statements.into_iter().map(|statement| statement.fact).collect()
}

fn sure(text: &str, wanted: impl Fn(&Fact) -> bool) -> bool {
    Policy::of_text(text).statements.iter().any(|statement| statement.sure && wanted(&statement.fact))
}

#[test]
fn a_denial_under_conditions_denies_nothing_for_sure() {
    let absolute =
        |text: &str| sure(text, |fact| matches!(fact, Fact::Denial { scope: Scope::Absolute, .. }));
    assert!(absolute("我们不会收集您的通讯录。"));
    assert!(absolute("We never collect your contacts."));
    for text in [
        "未经您同意，我们不会收集您的通讯录。",
        "除法律另有规定外，我们不会收集您的通讯录。",
        "如您拒绝授权，我们不会读取您的通讯录。",
        "在此过程中，我们不会收集您的通讯录。",
        "我们不会收集与服务无关的通讯录。",
        "我们不会收集您的通讯录，但以下情形除外：",
        "儿童信息保护\n我们不会收集儿童的通讯录。",
    ] {
        assert!(!absolute(text), "{text}");
    }
}

#[test]
fn what_is_denied_is_not_collected() {
    let collects = |text: &str| {
        let all = facts(text).into_iter();
        all.filter_map(|fact| match fact {
            Fact::Collects { kind, .. } => Some(kind),
            _ => None,
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(collects("我们不会收集您的人脸信息，但会收集手机号。"), ["phone_number"]);
    assert_eq!(collects("我们收集您的手机号，不会收集您的短信。"), ["phone_number"]);
    assert_eq!(collects("您的通讯录我们不会读取。"), Vec::<String>::new());
}

#[test]
fn limits_know_what_they_are_about() {
    let limits = |text: &str| {
        let all = facts(text).into_iter();
        let limits = all.filter_map(|fact| match fact {
            Fact::Limit { about, count, unit } => Some((about, count, unit)),
            _ => None,
        });
        limits.collect::<Vec<_>>()
    };
    for (text, expected) in [
        ("我们会在15个工作日内答复您的删除请求。", Some((About::Request, 15, Unit::WorkingDays))),
        ("收到投诉后十五个工作日内答复。", Some((About::Complaint, 15, Unit::WorkingDays))),
        ("我们将在 15 个工作日内完成账号的注销。", Some((About::Cancellation, 15, Unit::WorkingDays))),
        ("我们会在30天内答复您的更正请求。", Some((About::Request, 30, Unit::Days))),
        ("您的投诉将在24小时内得到回复。", Some((About::Complaint, 24, Unit::Hours))),
        ("日志保存六个月。", None),
        ("本政策修订前三十日公示。", None),
        ("注销后30天冷静期内可恢复账号。", Some((About::CoolingOff, 30, Unit::Days))),
        ("商品签收后七天内可申请退货，我们会在3日内处理退款。", None),
        ("最近30天内未登录的账号不受影响。", None),
    ] {
        assert_eq!(limits(text).into_iter().next(), expected, "{text}");
    }
}

#[test]
fn unsure_promises_say_so() {
    let text = "一般我们会在30日内答复您的请求，情况复杂的可延长。";
    assert!(!sure(text, |fact| matches!(fact, Fact::Limit { .. })));
}

#[test]
fn a_shared_kind_goes_to_its_receiver() {
    let text = "三、第三方共享\n我们会将您的手机号提供给北京迅风科技有限公司，用于发送短信通知。";
    assert!(sure(text, |fact| matches!(fact, Fact::Receiver { name, kinds, .. }
        if name == "北京迅风科技有限公司" && kinds == &["phone_number"])));
    assert!(!facts(text).iter().any(|fact| matches!(fact, Fact::Denial { act: Act::Share, .. })));
}

#[test]
fn bad_input_is_borne() {
    for text in [
        String::new(),
        "\u{0}\u{fffd}\u{202e}锟斤拷".to_owned(),
        "a".repeat(200_000) + "@",
        "a@".repeat(50_000),
        "1".repeat(100_000),
        "一".repeat(100_000) + "天内答复",
        "（".repeat(50_000),
        "SDK".repeat(30_000),
        "有限公司".repeat(20_000),
        "\t|".repeat(50_000),
        "我们收集您的手机号，用于登录；".repeat(20_000),
    ] {
        let policy = Policy::of_text(&text);
        assert!(policy.statements.len() <= 200_000);
    }
    let mut table = "SDK名称\t收集的信息\t使用目的\n".to_owned();
    for row in 0..3000 {
        let _ = writeln!(table, "第{row}号推送SDK\t设备信息、IP地址\t推送消息");
    }
    let receivers = facts(&table).iter().filter(|fact| matches!(fact, Fact::Receiver { .. })).count();
    assert_eq!(receivers, 3000);
}

#[test]
fn a_text_that_is_too_long_is_cut_and_says_so() {
    let policy = Policy::of_text(&"我们收集您的手机号。\n".repeat(document::MOST_CHARACTERS / 5));
    assert!(policy.document.cut);
    let whole = Policy::of_text("我们收集您的手机号。");
    assert!(!whole.document.cut);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_every_statement_stands_in_it(
        text in "(我们|收集|不会|您的|手机号|SDK|15个工作日|答复|[，。：；\\n\\t]|[a-z0-9@.]{1,6}|\\PC){0,60}"
    ) {
        let policy = Policy::of_text(&text);
        let characters = policy.document.text.chars().count();
        for statement in &policy.statements {
            proptest::prop_assert!(statement.at < characters);
        }
        proptest::prop_assert!(policy.document.cut || characters == text.chars().count());
    }
}

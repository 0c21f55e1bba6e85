use super::*;
use crate::case::made_up::{record, sighting};
use crate::language::policy::Form;
use crate::language::reading::Reading;
use crate::policy::figures::{is_explained, is_heading};
use crate::recording::entries::{ProbeEnded, ProbeStarted};
use crate::recording::{Event, FileRef, OpenedFrom, Outcome};
use crate::rules::{Finding, Overrides, Verdict, judge};

/// The finding on 2.4 of a policy with this text on so many screens.
fn finding(text: &str, screens: usize) -> Finding {
    let policy = PolicyRead {
        screen: 1,
        screens: (1..=screens as u32).collect(),
        title: "隐私政策".to_owned(),
        form: Form::Text,
        opened_from: OpenedFrom::MainScreen,
        text: Some(FileRef { file: "policy.txt".to_owned(), sha256: String::new() }),
        characters: text.chars().count(),
        rules: vec![],
    };
    let events = vec![
        Event::ProbeStarted(ProbeStarted { probe: "read_policy".to_owned() }),
        sighting(1, Reading::default(), true),
        Event::PolicyRead(policy),
        Event::ProbeEnded(ProbeEnded { probe: "read_policy".to_owned(), outcome: Outcome::Complete }),
    ];
    let (folder, recording) = record(events, &[]);
    std::fs::write(folder.path().join("policy.txt"), text).expect("writes");
    let findings = judge(&recording, &Overrides::default());
    findings.findings.into_iter().find(|finding| finding.item.to_string() == "2.4").expect("all are there")
}

/// A policy that anyone can read, of so many sections.
fn plain(sections: usize) -> String {
    let section = |number: usize| {
        format!(
            "{number}. 第{number}项服务\n为了给您送货，我们会收集第{number}项服务的收货地址。您可以随时删除它。\n"
        )
    };
    "隐私政策\n".to_owned() + &(1..=sections).map(section).collect::<String>()
}

#[test]
fn a_plain_policy_has_no_figure_past_ours() {
    let found = finding(&plain(20), 1);
    assert_eq!(found.verdict, Verdict::NotTested, "{found:#?}");
    assert!(found.notes.iter().any(|note| note.en.contains("limits are candor's own")), "{found:#?}");
    assert!(found.evidence.iter().any(|shown| shown.files == ["policy.txt"]));
}

#[test]
fn one_figure_is_no_reason_to_ask_a_person_and_two_are_one() {
    let long = format!("{}{}。\n", plain(20), "我们收集您的信息并且".repeat(70));
    let found = finding(&long, 1);
    assert_eq!(found.verdict, Verdict::NotTested, "a long paragraph alone: {found:#?}");
    let tangled = format!(
        "隐私政策\n{}。\n{}。\n",
        "我们收集您的信息并且".repeat(90),
        "在此情况下我们使用您的信息".repeat(80)
    );
    let found = finding(&tangled, 1);
    assert_eq!(found.verdict, Verdict::Review, "{found:#?}");
    assert!(
        found.reason.en.contains("sentences are long") && found.reason.en.contains("a paragraph of"),
        "{}",
        found.reason.en
    );
    assert!(
        found.notes.iter().any(|note| note.en.starts_with("a sentence of 1")),
        "the longest are quoted: {found:#?}"
    );
}

#[test]
fn figures_never_accuse() {
    let worst = format!(
        "XX公司 lorem ipsum\n{}",
        "哈希令牌接口回调沙箱埋点信标脚本以及 imei imsi oaid idfa ssid sdk api mac nfc uuid url tls 我们收集"
            .repeat(600)
    );
    assert_eq!(finding(&worst, 1).verdict, Verdict::Review);
}

#[test]
fn what_a_template_left_behind_is_looked_at_by_a_person() {
    let found = finding(&plain(20).replace("隐私政策\n", "XX公司隐私政策\n"), 1);
    assert_eq!(found.verdict, Verdict::Review);
    assert!(found.reason.zh.contains("xx公司"), "{}", found.reason.zh);
}

#[test]
fn what_was_not_read_whole_is_not_judged() {
    for (text, screens, says) in [
        (plain(20), 150, "end of the policy"),
        ("隐私政策\n见官网。\n".to_owned(), 1, "too short"),
        ("We collect your name and your address to deliver what you order. ".repeat(20), 1, "not in Chinese"),
    ] {
        let found = finding(&text, screens);
        assert_eq!(found.verdict, Verdict::NotTested, "{found:#?}");
        assert!(found.reason.en.contains(says), "{}", found.reason.en);
    }
}

#[test]
fn headings_and_explanations_are_known() {
    for (line, heading) in [
        ("一、我们如何收集信息", true),
        ("（二）共享", true),
        ("1.2 设备信息", true),
        ("第三条 您的权利", true),
        ("3. 我们会收集您的手机号码。", false),
        ("2026 年起生效的规定如下：", false),
        ("我们如何收集信息", false),
    ] {
        assert_eq!(is_heading(line), heading, "{line}");
    }
    assert!(is_explained("去标识化是指无法识别", "去标识化"));
    assert!(is_explained("设备标识（oaid）", "oaid"));
    assert!(is_explained("oaid（匿名设备标识）", "oaid"));
    assert!(!is_explained("我们收集 oaid 和 imei", "oaid"));
}

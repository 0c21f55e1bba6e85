use crate::case::made_up::{buttons, record, sighting};
use crate::language::policy::Form;
use crate::language::reading::{Prompt, PromptKind, Reading};
use crate::recording::entries::{MainReached, ProbeEnded, ProbeStarted};
use crate::recording::version::{EarlierPolicyRead, EarlierTaken, VersionUsed};
use crate::recording::{Event, FileRef, OpenedFrom, Outcome, PolicyRead};
use crate::rules::{Finding, Overrides, Verdict, judge};
use crate::screen::Screen;
use crate::world::Version;

const OLD: &str = "隐私政策\n更新日期：2025年1月1日\n一、我们如何收集信息\n注册时，我们收集您的手机号，用于登录。\n二、联系我们\n请致电400-123-4567，我们会在15个工作日内答复您的投诉。\n";

fn more() -> String {
    OLD.replace("手机号，", "手机号、通讯录，").replace("2025年1月1日", "2026年3月1日")
}

fn file(name: &str) -> FileRef {
    FileRef { file: name.to_owned(), sha256: String::new() }
}

fn ended(probe: &str) -> Event {
    Event::ProbeEnded(ProbeEnded { probe: probe.to_owned(), outcome: Outcome::Complete })
}

/// Which policy is compared with the one of now, and how it came into the recording.
#[derive(Clone, Copy, PartialEq)]
enum From<'t> {
    /// Read in the version before.
    Upgrade(&'t str),
    Recording(&'t str),
    /// Read in the version before, and in an earlier recording.
    Both(&'t str, &'t str),
}

/// Judges 2.2; the screen after the upgrade has this tree.
fn judged(from: From<'_>, now: &str, shown: Screen, prompt: bool) -> Finding {
    let mut events = vec![];
    let (before, recorded) = match from {
        From::Upgrade(before) => (Some(before), None),
        From::Recording(recorded) => (None, Some(recorded)),
        From::Both(before, recorded) => (Some(before), Some(recorded)),
    };
    if recorded.is_some() {
        events.push(Event::EarlierTaken(EarlierTaken {
            recording: "20260301-shop".to_owned(),
            begun: jiff::Timestamp::from_second(1_770_000_000).expect("a time"),
            seal: String::new(),
            text: Some(file("policy-earlier.txt")),
        }));
    }
    events.extend([
        Event::ProbeStarted(ProbeStarted { probe: "read_policy".to_owned() }),
        sighting(1, Reading::default(), true),
        Event::PolicyRead(PolicyRead {
            screen: 1,
            screens: vec![1],
            title: "隐私政策".to_owned(),
            form: Form::Text,
            opened_from: OpenedFrom::MainScreen,
            text: Some(file("policy.txt")),
            characters: now.chars().count(),
            rules: vec![],
        }),
        ended("read_policy"),
    ]);
    if before.is_some() {
        let used = |version| Event::VersionUsed(VersionUsed { version, from: String::new(), refusing: true });
        let asks = Prompt {
            kind: PromptKind::Dialog,
            text: "欢迎，请阅读并同意《隐私政策》".to_owned(),
            names_policy: true,
            asks: true,
        };
        let reading = Reading { prompt: prompt.then_some(asks), ..Reading::default() };
        events.extend([
            Event::ProbeStarted(ProbeStarted { probe: "upgrade".to_owned() }),
            used(Version::Before),
            Event::EarlierPolicyRead(EarlierPolicyRead { screen: 1, text: file("policy-before.txt") }),
            used(Version::Now),
            sighting(2, reading, true),
            Event::MainReached(MainReached { screen: 2 }),
            ended("upgrade"),
        ]);
    }
    let trees = if prompt { vec![] } else { vec![(2, shown)] };
    let (folder, recording) = record(events, &trees);
    for (name, text) in
        [("policy.txt", Some(now)), ("policy-before.txt", before), ("policy-earlier.txt", recorded)]
    {
        if let Some(text) = text {
            std::fs::write(folder.path().join(name), text).expect("writes");
        }
    }
    let findings = judge(&recording, &Overrides::default());
    findings.findings.into_iter().find(|finding| finding.item.to_string() == "2.2").expect("all are there")
}

fn home() -> Screen {
    buttons(&["商品", "购物车", "我的"])
}

#[test]
fn a_new_kind_that_nothing_tells_of_is_a_violation_and_a_notice_makes_it_good() {
    let silent = judged(From::Upgrade(OLD), &more(), home(), false);
    assert_eq!(silent.verdict, Verdict::Violation, "{silent:#?}");
    assert!(silent.tables[0].rows.iter().any(|row| row[3].zh.contains("通讯录")), "{silent:#?}");
    let told = buttons(&["我们更新了《隐私政策》，新增通讯录", "我知道了"]);
    let told = judged(From::Upgrade(OLD), &more(), told, false);
    assert_eq!(told.verdict, Verdict::Conforms, "{told:#?}");
}

#[test]
fn another_wording_another_date_and_less_accuse_nobody() {
    let wording = OLD
        .replace("注册时，我们收集您的手机号，用于登录。", "为了让您登录，我们需要您提供手机号码。")
        .replace("2025年1月1日", "2026年3月1日");
    let same = judged(From::Upgrade(OLD), OLD, home(), false);
    assert_eq!(same.verdict, Verdict::NotApplicable, "the same version twice: {same:#?}");
    let reworded = judged(From::Upgrade(OLD), &wording, home(), false);
    assert_eq!(reworded.verdict, Verdict::NotApplicable, "{reworded:#?}");
    let less = judged(From::Upgrade(&more().replace("2026年3月1日", "2025年1月1日")), OLD, home(), false);
    assert_eq!(less.verdict, Verdict::Conforms, "{less:#?}");
}

#[test]
fn the_ordinary_prompt_again_and_a_run_without_an_upgrade_are_for_a_person() {
    let again = judged(From::Upgrade(OLD), &more(), home(), true);
    assert_eq!(again.verdict, Verdict::Review, "{again:#?}");
    let recorded = judged(From::Recording(OLD), &more(), home(), false);
    assert_eq!(recorded.verdict, Verdict::Review, "{recorded:#?}");
}

#[test]
fn a_policy_that_is_served_live_is_compared_with_the_earlier_recording() {
    let live = judged(From::Both(&more(), OLD), &more(), home(), false);
    assert_eq!(live.verdict, Verdict::Violation, "{live:#?}");
}

#[test]
fn versions_the_wrong_way_round_are_not_judged() {
    let down = judged(From::Upgrade(&more()), OLD, home(), false);
    assert_eq!(down.verdict, Verdict::NotTested, "{down:#?}");
    assert!(down.reason.en.contains("2026-03-01"), "{}", down.reason.en);
}

#[test]
fn what_the_policy_before_said_in_other_words_is_for_a_person() {
    // The address book was named, in a sentence from which nothing is read.
    let named = OLD.to_owned() + "三、其他\n通讯录功能将于近期上线。\n";
    let found = judged(From::Upgrade(&named), &more(), home(), false);
    assert_ne!(found.verdict, Verdict::Violation, "{found:#?}");
}

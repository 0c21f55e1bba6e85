use super::*;
use crate::case::made_up::{buttons, record, sighting};
use crate::language::reading::Reading;
use crate::recording::entries::{
    Accessed, AppStarted, ConsentGiven, ConsentWithdrawn, OperationDone, ProbeEnded, ProbeStarted,
};
use crate::recording::{Breadth, Outcome};
use crate::rules::{Finding, Overrides, judge};
use crate::screen::operation::Operation;
use crate::verdict::Verdict;
use crate::world::Start;
use crate::world::access::{Access, Watch};

/// The finding on 3.8 where consent was withdrawn, the last screen shows these words, and location was asked for so many
/// seconds after the tap that confirmed it.
fn finding(words: &[&str], asked_after: Option<i64>) -> Finding {
    let all = [AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier];
    // The tap is the seventh entry, and entries are a second apart.
    let tapped = 1_790_000_000 + 6;
    let asked = asked_after.map(|seconds| {
        Event::Accessed(Accessed {
            screen: 1,
            access: Access {
                at: jiff::Timestamp::from_second(tapped + seconds).expect("a time"),
                kind: AccessKind::Ask,
                what: "location".to_owned(),
                call: "navigator.geolocation.getCurrentPosition".to_owned(),
                from: "https://a.example/".to_owned(),
                script: String::new(),
                framed: false,
                by_hand: false,
                standing: None,
            },
        })
    });
    let mut events = vec![
        Event::ProbeStarted(ProbeStarted { probe: PROBE.to_owned() }),
        Event::AppStarted(AppStarted { how: Start::Fresh }),
        Event::Watching(Watch { sees: all.into(), requests: None, gaps: vec![] }),
        Event::ConsentGiven(ConsentGiven { screen: 1, by: "同意".to_owned() }),
        sighting(1, Reading::default(), true),
        Event::OperationDone(OperationDone {
            screen: 1,
            operation: Operation::Tap { x: 1.0, y: 1.0, label: "确认撤回".to_owned() },
        }),
    ];
    events.extend(asked);
    events.extend([
        sighting(2, Reading::default(), true),
        Event::WithdrawalTried(WithdrawalTried {
            entry_on: 1,
            entry: "撤回同意".to_owned(),
            came_to: CameTo::Done,
            screen: 2,
            says: String::new(),
        }),
        Event::ConsentWithdrawn(ConsentWithdrawn { screen: 2, by: "撤回同意".to_owned() }),
        Event::ProbeEnded(ProbeEnded { probe: PROBE.to_owned(), outcome: Outcome::Complete }),
    ]);
    let (_folder, recording) = record(events, &[(2, buttons(words))]);
    let findings = judge(&recording, &Overrides::default()).findings;
    findings.into_iter().find(|finding| finding.item.to_string() == "3.8").expect("all are there")
}

#[test]
fn what_is_asked_for_right_after_the_tap_that_withdraws_counts() {
    assert_eq!(finding(&["已撤回"], None).verdict, Verdict::Conforms);
    assert_eq!(finding(&["已撤回"], Some(-1)).verdict, Verdict::Conforms);
    let found = finding(&["已撤回"], Some(1));
    assert_eq!(found.verdict, Verdict::Violation, "{found:#?}");
}

#[test]
fn a_withdrawal_that_failed_by_the_app_s_own_word_is_for_a_person() {
    let found = finding(&["隐私设置", "网络异常，请稍后重试"], None);
    assert_eq!(found.verdict, Verdict::Review, "{found:#?}");
    assert!(found.reason.zh.contains("网络异常"), "{}", found.reason.zh);
    let prose = "如因网络异常等原因导致撤回失败，您可以稍后再次进入本页面操作，或者联系在线客服，由工作人员协助您办理";
    assert_eq!(finding(&[prose], None).verdict, Verdict::Conforms, "prose about failing is no failure");
}

#[test]
fn an_app_that_draws_its_words_may_have_asked() {
    let finding = |unread_share: f32| {
        let drawn = Reading { unread_share, ..Reading::default() };
        let events = vec![
            Event::ProbeStarted(ProbeStarted { probe: PROBE.to_owned() }),
            Event::AppStarted(AppStarted { how: Start::Fresh }),
            sighting(1, drawn, true),
            Event::GoalRuledOut(GoalRuledOut {
                goal: PROBE.to_owned(),
                depth: 3,
                stopped: None,
                promising_only: false,
                breadth: Breadth { screens: 2, operations: 5, ..Breadth::default() },
            }),
            Event::ProbeEnded(ProbeEnded { probe: PROBE.to_owned(), outcome: Outcome::Complete }),
        ];
        let (_folder, recording) = record(events, &[]);
        let findings = judge(&recording, &Overrides::default()).findings;
        findings.into_iter().find(|finding| finding.item.to_string() == "3.8").expect("all are there")
    };
    assert_eq!(finding(0.0).verdict, Verdict::NotApplicable);
    let found = finding(0.9);
    assert_eq!(found.verdict, Verdict::Review, "{found:#?}");
}

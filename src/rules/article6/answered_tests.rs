use jiff::civil::{Date, date};

use crate::case::made_up::{record, sighting};
use crate::language::policy::Form;
use crate::language::reading::Reading;
use crate::recording::entries::{AddedLater, ProbeEnded, ProbeStarted};
use crate::recording::follow_up::{Demand, DemandLookedAt, DemandStated, Reply, Through};
use crate::recording::{Event, FileRef, OpenedFrom, Outcome, PolicyRead};
use crate::rules::{Finding, Overrides, Verdict, judge};

const POLICY: &str = "隐私政策\n一、信息收集\n我们收集您的手机号码，用于登录。\n二、您的权利\n您可以更正或者删除您的个人信息。我们将在10个工作日内处理您的删除请求。\n三、联系我们\n客服电话400-820-8820。\n";

/// What a person asked for on 9 October 2026 as entry 6: ten working days end on 22 October, fifteen on 29 October.
fn stated(what: Demand) -> Event {
    Event::DemandStated(Box::new(DemandStated {
        what,
        channel: Through::Mail,
        sent: date(2026, 10, 9),
        note: "asked by mail".to_owned(),
        promise: String::new(),
        by: "Li Wei".to_owned(),
        added: AddedLater {
            files: vec![FileRef { file: "attested/0001-01-mail.eml".to_owned(), sha256: String::new() }],
            ..AddedLater::default()
        },
    }))
}

fn look(reply: Reply, on: Date, remains: Option<bool>) -> Event {
    Event::DemandLookedAt(Box::new(DemandLookedAt {
        demand: 6,
        reply,
        on,
        remains,
        note: "the answer".to_owned(),
        by: "Li Wei".to_owned(),
        added: AddedLater::default(),
    }))
}

/// Judges an item of a recording whose policy was read and to which this was added.
fn judged(policy: bool, added: Vec<Event>, item: &str) -> Finding {
    let read = PolicyRead {
        screen: 1,
        screens: vec![1],
        title: "隐私政策".to_owned(),
        form: Form::Text,
        opened_from: OpenedFrom::MainScreen,
        text: policy.then(|| FileRef { file: "policy.txt".to_owned(), sha256: String::new() }),
        characters: POLICY.chars().count(),
        rules: vec![],
    };
    let probe = "read_policy".to_owned();
    let mut all = vec![
        Event::ProbeStarted(ProbeStarted { probe: probe.clone() }),
        sighting(1, Reading::default(), true),
        Event::PolicyRead(read),
        Event::ProbeEnded(ProbeEnded { probe, outcome: Outcome::Complete }),
    ];
    all.extend(added);
    let (folder, recording) = record(all, &[]);
    std::fs::write(folder.path().join("policy.txt"), POLICY).expect("writes");
    let findings = judge(&recording, &Overrides::default());
    findings.findings.into_iter().find(|finding| finding.item.to_string() == item).expect("all are there")
}

#[test]
fn a_request_that_was_answered_in_time_conforms_and_one_that_was_not_is_a_violation() {
    for (reply, on, verdict) in [
        (Reply::Done, date(2026, 10, 22), Verdict::Conforms),
        (Reply::Done, date(2026, 10, 23), Verdict::Violation),
        (Reply::Open, date(2026, 10, 23), Verdict::Violation),
        (Reply::Open, date(2026, 10, 22), Verdict::NotTested),
        (Reply::Denied, date(2026, 10, 12), Verdict::Review),
        (Reply::Denied, date(2026, 11, 12), Verdict::Violation),
        (Reply::AskedBack, date(2026, 11, 12), Verdict::Review),
    ] {
        let found = judged(true, vec![stated(Demand::Deletion), look(reply, on, None)], "6.3");
        assert_eq!(found.verdict, verdict, "{reply:?} on {on}: {found:#?}");
        if verdict == Verdict::Violation {
            let files: Vec<&String> = found.evidence.iter().flat_map(|shown| &shown.files).collect();
            assert!(files.iter().any(|file| *file == "attested/0001-01-mail.eml"), "{files:?}");
            assert!(files.iter().any(|file| *file == "policy.txt"), "the promise is shown: {files:?}");
            assert!(found.reason.en.contains("as Li Wei states"), "{}", found.reason.en);
        }
    }
}

#[test]
fn before_it_is_due_it_is_not_tested_and_the_day_is_named() {
    let found = judged(true, vec![stated(Demand::Deletion)], "6.3");
    assert_eq!(found.verdict, Verdict::NotTested);
    assert!(found.reason.en.contains("due 2026-10-22"), "{}", found.reason.en);
    assert!(found.reason.zh.contains("2026-10-22"), "{}", found.reason.zh);
}

#[test]
fn what_was_answered_in_time_does_not_conform_where_the_policy_was_not_read() {
    let added = vec![stated(Demand::Deletion), look(Reply::Done, date(2026, 10, 12), None)];
    assert_eq!(judged(false, added, "6.3").verdict, Verdict::NotTested);
    // That it is late is seen all the same; without a promise fifteen working days hold.
    let late = |on| vec![stated(Demand::Deletion), look(Reply::Done, on, None)];
    assert_eq!(judged(false, late(date(2026, 10, 29)), "6.3").verdict, Verdict::NotTested);
    assert_eq!(judged(false, late(date(2026, 10, 30)), "6.3").verdict, Verdict::Violation);
}

#[test]
fn a_complaint_is_judged_under_its_own_item_and_a_request_is_none() {
    let late = |what| vec![stated(what), look(Reply::Open, date(2026, 10, 30), None)];
    assert_eq!(judged(true, late(Demand::Complaint), "6.5").verdict, Verdict::Violation);
    assert_eq!(judged(true, late(Demand::Complaint), "6.3").verdict, Verdict::NotTested);
    assert_ne!(judged(true, late(Demand::Deletion), "6.5").verdict, Verdict::Violation);
}

#[test]
fn a_cancellation_that_was_done_is_looked_at_by_what_is_left_of_the_account() {
    let on = date(2026, 10, 12);
    for (remains, verdict) in
        [(Some(true), Verdict::Violation), (Some(false), Verdict::Conforms), (None, Verdict::Review)]
    {
        let added = vec![stated(Demand::Cancellation), look(Reply::Done, on, remains)];
        assert_eq!(judged(true, added, "6.4").verdict, verdict, "{remains:?}");
    }
    let open = vec![stated(Demand::Cancellation), look(Reply::Open, date(2026, 11, 12), None)];
    assert_eq!(judged(true, open.clone(), "6.4").verdict, Verdict::NotTested, "6.3 accuses, not 6.4");
    assert_eq!(judged(true, open, "6.3").verdict, Verdict::Violation);
}

use jiff::Timestamp;

use crate::case::made_up::{buttons, found, record_run, sent, sighting};
use crate::language::reading::Reading;
use crate::recording::entries::{
    Accessed, ListedFunction, MainReached, OperationDone, ProbeEnded, ProbeStarted,
};
use crate::recording::{Event, FunctionTried, Outcome, RunStarted};
use crate::rules::{Finding, Overrides, Verdict, judge};
use crate::screen::operation::Operation;
use crate::world::access::{Access, AccessKind, Standing, Watch};

fn asked(what: &str) -> Event {
    let access = Access {
        at: Timestamp::from_second(1_790_000_005).expect("a time"),
        kind: AccessKind::Ask,
        what: what.to_owned(),
        call: "request".to_owned(),
        from: "https://shop.example/".to_owned(),
        script: String::new(),
        framed: false,
        by_hand: false,
        standing: Some(Standing::Unanswered),
    };
    Event::Accessed(Accessed { screen: 1, access })
}

fn tried(name: &str) -> Event {
    Event::FunctionTried(FunctionTried {
        name: name.to_owned(),
        needs: None,
        refused: vec![],
        screen: 1,
        same: None,
        not_tried: None,
    })
}

fn listed(name: &str, needs: &[&str], uses: &[&str]) -> ListedFunction {
    ListedFunction {
        name: name.to_owned(),
        needs: Some(needs.iter().map(|name| (*name).to_owned()).collect()),
        uses: uses.iter().map(|name| (*name).to_owned()).collect(),
    }
}

/// A scenario's word on an app with two functions, and whether these are all.
fn claims(complete: bool) -> RunStarted {
    RunStarted {
        types: vec!["online_shopping".to_owned()],
        functions: vec![listed("商品", &[], &[]), listed("附近门店", &["location"], &["location"])],
        functions_complete: complete,
        ..RunStarted::default()
    }
}

/// Judges 4.1 of a run whose functions were used after these events; the main screen shows these labels.
fn judged(start: RunStarted, labels: &[&str], before: Vec<Event>, inside: Vec<Event>) -> Finding {
    let watch = Watch {
        sees: [AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier].into(),
        requests: Some(true),
        ..Watch::default()
    };
    let probe = "accept_consent".to_owned();
    let mut events = vec![
        Event::Watching(watch),
        Event::ProbeStarted(ProbeStarted { probe: probe.clone() }),
        sighting(1, Reading::default(), true),
    ];
    events.extend(before);
    events.push(Event::MainReached(MainReached { screen: 1 }));
    let tap = Operation::Tap { x: 1.0, y: 1.0, label: "商品".to_owned() };
    events.push(Event::OperationDone(OperationDone { screen: 1, operation: tap }));
    events.extend(inside);
    events.extend([tried("商品"), tried("附近门店")]);
    events.push(Event::ProbeEnded(ProbeEnded { probe, outcome: Outcome::Complete }));
    let (_folder, recording) = record_run(start, events, &[(1, buttons(labels))]);
    let findings = judge(&recording, &Overrides::default());
    findings.findings.into_iter().find(|finding| finding.item.to_string() == "4.1").expect("all are there")
}

#[test]
fn a_permission_of_no_function_is_a_violation_only_with_the_whole_list_and_where_hardly_any_app_needs_it() {
    let labels = ["商品", "附近门店"];
    for (complete, permission, verdict) in [
        (true, "sms", Verdict::Violation),
        (true, "contacts", Verdict::Violation),
        (true, "microphone", Verdict::Violation),
        // Many apps have a use for these that nobody thinks of.
        (true, "camera", Verdict::Review),
        (true, "photos", Verdict::Review),
        // Whether these collect is disputed, or they do not.
        (true, "clipboard", Verdict::Review),
        (true, "notifications", Verdict::Conforms),
        // Without the auditor's word nothing is proven.
        (false, "sms", Verdict::Review),
        // The function needs it.
        (true, "location", Verdict::Conforms),
    ] {
        let finding = judged(claims(complete), &labels, vec![asked(permission)], vec![]);
        assert_eq!(finding.verdict, verdict, "{permission}, complete: {complete}: {finding:#?}");
        if verdict == Verdict::Violation {
            assert!(finding.tables[0].rows.iter().any(|row| row[0].en == permission), "{finding:#?}");
            assert!(!finding.evidence.is_empty());
        }
    }
}

#[test]
fn what_a_function_brings_up_and_what_a_control_speaks_for_accuse_nobody() {
    let labels = ["商品", "附近门店"];
    let brought_up = judged(claims(true), &labels, vec![], vec![asked("contacts")]);
    assert_eq!(brought_up.verdict, Verdict::Review, "{brought_up:#?}");
    let shown = judged(claims(true), &["商品", "附近门店", "邀请好友"], vec![asked("contacts")], vec![]);
    assert_eq!(shown.verdict, Verdict::Conforms, "{shown:#?}");
    assert!(shown.tables[0].rows[0][1].zh.contains("邀请好友"));
    // A button that asks for the permission names no function.
    let leave =
        judged(claims(true), &["商品", "附近门店", "允许访问通讯录"], vec![asked("contacts")], vec![]);
    assert_eq!(leave.verdict, Verdict::Violation, "{leave:#?}");
}

#[test]
fn a_type_speaks_for_a_permission_and_an_unused_function_takes_the_proof_away() {
    let labels = ["商品"];
    let navigation = RunStarted { types: vec!["map_navigation".to_owned()], ..RunStarted::default() };
    assert_eq!(judged(navigation, &labels, vec![asked("location")], vec![]).verdict, Verdict::Conforms);
    let mut more = claims(true);
    more.functions.push(listed("发票", &[], &[]));
    assert_eq!(judged(more, &labels, vec![asked("sms")], vec![]).verdict, Verdict::Review);
    let silent = judged(RunStarted::default(), &labels, vec![asked("sms")], vec![]);
    assert_eq!(silent.verdict, Verdict::NotTested, "the scenario says nothing of the app");
}

#[test]
fn what_is_sent_is_held_against_what_the_functions_use() {
    let labels = ["商品", "附近门店"];
    let with = |kind: &str| vec![sent("shop.example", vec![found(kind, vec![])])];
    assert_eq!(judged(claims(true), &labels, vec![], with("location")).verdict, Verdict::Conforms);
    // The type's own list: a shop needs the address to deliver to.
    assert_eq!(judged(claims(true), &labels, vec![], with("address")).verdict, Verdict::Conforms);
    assert_eq!(judged(claims(true), &labels, vec![], with("birthday")).verdict, Verdict::Review);
    let mut silent = claims(true);
    silent.functions.iter_mut().for_each(|function| function.uses.clear());
    assert_eq!(judged(silent, &labels, vec![], with("birthday")).verdict, Verdict::NotTested);
}

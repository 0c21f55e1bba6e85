//! What requests prove, on recordings made up for it: items 3.1, 3.3, 3.9, 4.4, 5.1, 5.2 and 5.3.

use std::collections::BTreeMap;

use crate::case::made_up::{buttons, found, record_run, sent, sighting};
use crate::language::policy::Form;
use crate::language::reading::Reading;
use crate::recording::entries::{
    AppStarted, ConsentGiven, OperationDone, PermissionsSet, PolicyRead, ProbeEnded, ProbeStarted,
    RequestSent,
};
use crate::recording::{Event, FileRef, OpenedFrom, Outcome, RunStarted};
use crate::rules::{Finding, Overrides, Verdict, judge};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::traffic::How;
use crate::traffic::party::Declared;
use crate::world::Start;
use crate::world::access::{AccessKind, Standing, Watch};

fn watch(requests: Option<bool>) -> Event {
    let sees = [AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier].into();
    Event::Watching(Watch { sees, requests, gaps: vec![] })
}

fn begins(probe: &str) -> Event {
    Event::ProbeStarted(ProbeStarted { probe: probe.to_owned() })
}

fn ends(probe: &str) -> Event {
    Event::ProbeEnded(ProbeEnded { probe: probe.to_owned(), outcome: Outcome::Complete })
}

fn starts() -> Event {
    Event::AppStarted(AppStarted { how: Start::Fresh })
}

fn tap(label: &str) -> Event {
    Event::OperationDone(OperationDone {
        screen: 1,
        operation: Operation::Tap { x: 1.0, y: 1.0, label: label.to_owned() },
    })
}

fn agrees() -> Event {
    Event::ConsentGiven(ConsentGiven { screen: 1, by: "同意".to_owned() })
}

fn policy() -> Event {
    Event::PolicyRead(PolicyRead {
        screen: 1,
        screens: vec![1],
        title: "隐私政策".to_owned(),
        form: Form::Text,
        opened_from: OpenedFrom::MainScreen,
        text: Some(FileRef { file: "policy.txt".to_owned(), sha256: String::new() }),
        characters: 100,
        rules: vec![],
    })
}

/// A run in which `before` was sent before the person agreed and `after` after that, and whose policy says `text`.
fn run(before: Vec<Event>, after: Vec<Event>, text: &str) -> BTreeMap<String, Finding> {
    run_seen(Some(true), before, after, text)
}

fn run_seen(
    seen: Option<bool>,
    before: Vec<Event>,
    after: Vec<Event>,
    text: &str,
) -> BTreeMap<String, Finding> {
    let events: Vec<Event> =
        [watch(seen), begins("first_run"), starts(), sighting(1, Reading::default(), true)]
            .into_iter()
            .chain(before)
            .chain([
                ends("first_run"),
                begins("read_policy"),
                policy(),
                ends("read_policy"),
                begins("find_policy"),
                ends("find_policy"),
            ])
            .chain([
                begins("accept_consent"),
                starts(),
                sighting(1, Reading::default(), true),
                tap("同意"),
                agrees(),
            ])
            .chain(after)
            .chain([ends("accept_consent")])
            .collect();
    judged(events, text)
}

fn judged(events: Vec<Event>, text: &str) -> BTreeMap<String, Finding> {
    let parties = Declared {
        third: [("sdk.example".to_owned(), "某统计".to_owned())].into(),
        ..Declared::default()
    };
    let start = RunStarted { target: "https://shop.cn/".to_owned(), parties, ..RunStarted::default() };
    let tree: Screen = buttons(&["同意", "不同意", "去看看"]);
    let (folder, recording) = record_run(start, events, &[(1, tree)]);
    std::fs::write(folder.path().join("policy.txt"), text).expect("writes");
    let findings = judge(&recording, &Overrides::default());
    findings.findings.into_iter().map(|finding| (finding.item.to_string(), finding)).collect()
}

fn verdict(findings: &BTreeMap<String, Finding>, item: &str) -> Verdict {
    findings[item].verdict
}

const NAMES_UMENG: &str = "我们接入友盟+统计 SDK，用于统计分析，会收集您的手机号、Android ID。";
const NAMES_NOBODY: &str = "我们收集您的手机号，用于登录。";

#[test]
fn an_identifier_sent_before_consent_is_one_accusation() {
    let found = run(vec![sent("a.umeng.com", vec![found("android_id", vec![])])], vec![], NAMES_UMENG);
    assert_eq!(verdict(&found, "3.1"), Verdict::Violation, "{:#?}", found["3.1"]);
    assert!(found["3.1"].reason.en.contains("Android id") && found["3.1"].reason.en.contains("Umeng"));
    assert_eq!(verdict(&found, "5.1"), Verdict::Review, "3.1 accuses: {:#?}", found["5.1"]);
    assert!(found["5.1"].reason.en.contains("item 3.1"));
}

#[test]
fn a_hash_counts_and_a_number_of_the_installation_is_for_a_person() {
    let hashed = run(vec![sent("shop.cn", vec![found("phone", vec![How::Md5])])], vec![], NAMES_NOBODY);
    assert_eq!(verdict(&hashed, "3.1"), Verdict::Violation);
    let unsure = run(vec![sent("shop.cn", vec![found("device_id", vec![])])], vec![], NAMES_NOBODY);
    assert_eq!(verdict(&unsure, "3.1"), Verdict::Review, "{:#?}", unsure["3.1"]);
}

#[test]
fn nothing_personal_before_consent_conforms_where_it_was_seen() {
    let clean = run(vec![sent("a.umeng.com", vec![])], vec![], NAMES_UMENG);
    assert_eq!(verdict(&clean, "3.1"), Verdict::Conforms, "{:#?}", clean["3.1"]);
    assert!(clean["3.1"].reason.en.contains("nothing personal sent"));
    let blind = run_seen(Some(false), vec![], vec![], NAMES_UMENG);
    assert_eq!(verdict(&blind, "3.1"), Verdict::NotTested, "{:#?}", blind["3.1"]);
    let older = run_seen(None, vec![], vec![], NAMES_UMENG);
    assert_eq!(verdict(&older, "3.1"), Verdict::Conforms, "an older recording stands: {:#?}", older["3.1"]);
    assert!(older["3.1"].notes.iter().any(|note| note.en.contains("over the network")));
    for item in ["3.3", "3.9", "4.4", "5.1", "5.2", "5.3"] {
        assert_eq!(verdict(&older, item), Verdict::NotTested, "{item}");
    }
}

#[test]
fn a_body_that_could_not_be_read_before_consent_is_for_a_person() {
    let unread = crate::traffic::Unread {
        place: crate::traffic::Place::Body,
        size: Some(900),
        why: "encrypted".to_owned(),
    };
    let event = Event::RequestSent(Box::new(RequestSent {
        host: "a.umeng.com".to_owned(),
        unread: vec![unread],
        ..RequestSent::default()
    }));
    let found = run(vec![event], vec![], NAMES_UMENG);
    assert_eq!(verdict(&found, "3.1"), Verdict::Review, "{:#?}", found["3.1"]);
}

#[test]
fn a_third_party_is_measured_by_what_the_policy_names() {
    let phone = || vec![sent("a.umeng.com", vec![found("phone", vec![How::Sha256])])];
    let named = run(vec![], phone(), NAMES_UMENG);
    assert_eq!(verdict(&named, "5.1"), Verdict::Conforms, "{:#?}", named["5.1"]);
    let nobody = run(vec![], phone(), NAMES_NOBODY);
    assert_eq!(verdict(&nobody, "5.1"), Verdict::Violation, "{:#?}", nobody["5.1"]);
    let by_type = run(vec![], phone(), "我们与第三方统计服务商合作。我们收集您的手机号。");
    assert_eq!(verdict(&by_type, "5.1"), Verdict::Conforms, "{:#?}", by_type["5.1"]);
    let kind_missing = run(
        vec![],
        vec![sent("a.umeng.com", vec![found("imei", vec![])])],
        NAMES_UMENG.replace("Android ID", "昵称").as_str(),
    );
    assert_eq!(verdict(&kind_missing, "5.1"), Verdict::Review, "{:#?}", kind_missing["5.1"]);
    let list = run(vec![], phone(), "第三方信息见《第三方SDK列表》。");
    assert_eq!(verdict(&list, "5.1"), Verdict::Review, "{:#?}", list["5.1"]);
    let unsure = run(vec![], vec![sent("a.umeng.com", vec![found("device_id", vec![])])], NAMES_NOBODY);
    assert_eq!(verdict(&unsure, "5.1"), Verdict::Review);
}

#[test]
fn the_apps_own_hosts_and_carriers_are_no_third_parties_and_unknown_ones_are_for_a_person() {
    let to = |host: &str| {
        verdict(&run(vec![], vec![sent(host, vec![found("phone", vec![])])], NAMES_NOBODY), "5.1")
    };
    assert_eq!(to("api.shop.cn"), Verdict::Conforms);
    assert_eq!(to("bucket.oss-cn-hangzhou.aliyuncs.com"), Verdict::Conforms);
    assert_eq!(to("c.dun.163.com"), Verdict::Conforms, "a captcha works for the operator");
    assert_eq!(to("collect.nobody-knows.cn"), Verdict::Review);
    assert_eq!(to("x.sdk.example"), Verdict::Violation, "the scenario says whose it is");
}

#[test]
fn a_refused_place_that_is_sent_is_beyond_what_was_authorised() {
    let refused = |events: Vec<Event>| {
        let standings = [("location".to_owned(), Standing::Refused)].into();
        let all = [
            watch(Some(true)),
            begins("refuse_permissions"),
            starts(),
            Event::PermissionsSet(PermissionsSet { standings }),
        ]
        .into_iter()
        .chain(events)
        .chain([ends("refuse_permissions")])
        .collect();
        verdict(&judged(all, NAMES_NOBODY), "3.3")
    };
    assert_eq!(refused(vec![sent("shop.cn", vec![found("location", vec![])])]), Verdict::Violation);
    assert_eq!(refused(vec![sent("shop.cn", vec![found("phone", vec![])])]), Verdict::Conforms);
    let coarse = crate::traffic::Found { definite: false, ..found("location", vec![]) };
    assert_eq!(
        refused(vec![sent("shop.cn", vec![coarse])]),
        Verdict::Conforms,
        "a district by the network's address"
    );
}

#[test]
fn a_promise_without_conditions_can_be_broken_and_one_with_conditions_cannot() {
    let after = |text: &str, event: Event| verdict(&run(vec![], vec![event], text), "3.9");
    let umeng = || sent("a.umeng.com", vec![found("phone", vec![])]);
    assert_eq!(after("我们不会向第三方提供您的个人信息。", umeng()), Verdict::Violation);
    assert_eq!(after("未经您同意，我们不会向第三方提供您的个人信息。", umeng()), Verdict::NotTested);
    assert_eq!(
        after("我们不会向第三方提供您的个人信息。", sent("api.shop.cn", vec![found("phone", vec![])])),
        Verdict::Conforms
    );
    let place = || sent("api.shop.cn", vec![found("location", vec![])]);
    assert_eq!(after("我们不会收集您的位置。", place()), Verdict::Violation);
    assert_eq!(after("您的位置仅在本地处理，不会上传。", place()), Verdict::Violation);
    assert_eq!(
        after("我们不会收集您的手机号。", sent("api.shop.cn", vec![found("phone", vec![])])),
        Verdict::Review,
        "typed by the person"
    );
}

#[test]
fn what_was_not_seen_is_not_called_good() {
    // No planted value is sent: what becomes of what a person enters is not known.
    let guest = run(vec![], vec![sent("api.shop.cn", vec![])], "我们不会向第三方提供您的个人信息。");
    for item in ["5.1", "5.3", "3.9"] {
        assert_eq!(verdict(&guest, item), Verdict::NotTested, "{:#?}", guest[item]);
    }
    // A third party got what could not be read.
    let unread = crate::traffic::Unread {
        place: crate::traffic::Place::Body,
        size: Some(900),
        why: "encrypted".to_owned(),
    };
    let secret = Event::RequestSent(Box::new(RequestSent {
        host: "a.umeng.com".to_owned(),
        unread: vec![unread],
        ..RequestSent::default()
    }));
    let own = sent("api.shop.cn", vec![found("phone", vec![])]);
    assert_eq!(verdict(&run(vec![], vec![own.clone(), secret], NAMES_UMENG), "5.1"), Verdict::Review);
    // The line was lost in the middle of the run.
    let lost = run(vec![watch(Some(false))], vec![own], NAMES_UMENG);
    assert_eq!(verdict(&lost, "3.1"), Verdict::NotTested, "{:#?}", lost["3.1"]);
    // Of pictures and sounds nothing is looked for.
    let refused = |permission: &str| {
        let standings = [(permission.to_owned(), Standing::Refused)].into();
        let set = Event::PermissionsSet(PermissionsSet { standings });
        let all =
            vec![watch(Some(true)), begins("refuse_permissions"), starts(), set, ends("refuse_permissions")];
        verdict(&judged(all, NAMES_NOBODY), "3.3")
    };
    assert_eq!((refused("camera"), refused("location")), (Verdict::NotTested, Verdict::Conforms));
}

#[test]
fn the_same_sent_over_and_over_is_for_a_person_and_nothing_is_called_good_without_an_idle_phase() {
    let place = || sent("api.shop.cn", vec![found("location", vec![])]);
    assert_eq!(verdict(&run(vec![], vec![place(), place(), place()], NAMES_NOBODY), "4.4"), Verdict::Review);
    assert_eq!(verdict(&run(vec![], vec![place(), place()], NAMES_NOBODY), "4.4"), Verdict::NotTested);
    let phone = || sent("api.shop.cn", vec![found("phone", vec![])]);
    let often = run(vec![], (0..9).map(|_| phone()).collect(), NAMES_NOBODY);
    assert_eq!(verdict(&often, "4.4"), Verdict::NotTested, "the account's own number in every request");
}

#[test]
fn opening_another_companys_page_with_a_value_in_the_link_hands_it_over() {
    let opening = |address: bool, tree: &[&str]| {
        let mut one = found("phone", vec![]);
        one.place = if address {
            crate::traffic::Place::Address
        } else {
            crate::traffic::Place::Header("Cookie".to_owned())
        };
        let event = Event::RequestSent(Box::new(RequestSent {
            host: "m.sdk.example".to_owned(),
            main: true,
            found: vec![one],
            ..RequestSent::default()
        }));
        let events = vec![
            watch(Some(true)),
            begins("find_policy"),
            ends("find_policy"),
            begins("accept_consent"),
            starts(),
            agrees(),
            sighting(1, Reading::default(), true),
            tap(tree[tree.len() - 1]),
            event,
            ends("accept_consent"),
        ];
        let start = RunStarted {
            target: "https://shop.cn/".to_owned(),
            parties: Declared {
                third: [("sdk.example".to_owned(), "某商城".to_owned())].into(),
                ..Declared::default()
            },
            ..RunStarted::default()
        };
        let (_folder, recording) = record_run(start, events, &[(1, buttons(tree))]);
        let findings = judge(&recording, &Overrides::default());
        findings
            .findings
            .into_iter()
            .find(|finding| finding.item.to_string() == "5.3")
            .expect("all are there")
            .verdict
    };
    assert_eq!(opening(true, &["去看看"]), Verdict::Violation);
    assert_eq!(opening(true, &["即将跳转到第三方某商城", "去看看"]), Verdict::Review);
    assert_eq!(opening(true, &["将向某商城提供您的手机号", "同意并继续"]), Verdict::Conforms);
    assert_eq!(opening(false, &["去看看"]), Verdict::Conforms, "nothing in the link");
}

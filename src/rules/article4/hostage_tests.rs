use jiff::Timestamp;

use crate::case::made_up::{buttons, record_run, sighting};
use crate::language::reading::Reading;
use crate::recording::entries::{Accessed, ProbeEnded, ProbeStarted};
use crate::recording::version::VersionUsed;
use crate::recording::{Event, FunctionTried, Outcome, RunStarted};
use crate::rules::{Finding, Overrides, Verdict, judge};
use crate::world::Version;
use crate::world::access::{Access, AccessKind, Standing, Watch};

fn used(version: Version, refusing: bool) -> Event {
    Event::VersionUsed(VersionUsed { version, from: String::new(), refusing })
}

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

fn tried(name: &str, needs: Option<&[&str]>, refused: bool, screen: u32, same: Option<bool>) -> Event {
    Event::FunctionTried(FunctionTried {
        name: name.to_owned(),
        needs: needs.map(|needs| needs.iter().map(|need| (*need).to_owned()).collect()),
        refused: if refused { vec!["new requests".to_owned()] } else { vec![] },
        screen,
        same,
        not_tried: None,
    })
}

/// What became of two functions: whether each is the same with the new request refused, and with everything granted.
struct Became {
    refused: [bool; 2],
    granted: [bool; 2],
}

/// Judges 4.3. What is shown in a lost function's place speaks of the camera where `speaks`.
fn judged(
    before: Vec<Event>,
    new: Vec<Event>,
    became: Became,
    replaced: Option<&[&str]>,
    needs: Option<&[&str]>,
    speaks: bool,
) -> Finding {
    let probe = "upgrade".to_owned();
    let names = ["商品", "订单"];
    let watch = Watch {
        sees: [AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier].into(),
        requests: Some(true),
        ..Watch::default()
    };
    let mut events = vec![
        Event::Watching(watch),
        Event::ProbeStarted(ProbeStarted { probe: probe.clone() }),
        sighting(1, Reading::default(), true),
        sighting(2, Reading::default(), true),
        used(Version::Before, true),
    ];
    events.extend(before);
    events.extend(names.iter().map(|name| tried(name, needs, false, 1, None)));
    events.push(used(Version::Now, true));
    events.extend(new);
    for (name, same) in names.iter().zip(became.refused) {
        events.push(tried(name, needs, true, 2, Some(same)));
    }
    events.extend([used(Version::Before, false), used(Version::Now, false)]);
    for (name, same) in names.iter().zip(became.granted) {
        events.push(tried(name, needs, false, 1, Some(same)));
    }
    events.push(Event::ProbeEnded(ProbeEnded { probe, outcome: Outcome::Complete }));
    let start = RunStarted {
        replaced: replaced.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
        ..RunStarted::default()
    };
    let place =
        if speaks { buttons(&["请打开相机权限后继续使用"]) } else { buttons(&["出错了"]) };
    let (_folder, recording) = record_run(start, events, &[(1, buttons(&names)), (2, place)]);
    let findings = judge(&recording, &Overrides::default());
    findings.findings.into_iter().find(|finding| finding.item.to_string() == "4.3").expect("all are there")
}

const KEPT: Became = Became { refused: [true, true], granted: [true, true] };
const LOST: Became = Became { refused: [false, false], granted: [true, true] };
const HALF: Became = Became { refused: [true, false], granted: [true, true] };
const GONE: Became = Became { refused: [true, false], granted: [true, false] };

#[test]
fn old_functions_that_are_lost_with_a_new_request_are_a_violation() {
    let finding = judged(vec![], vec![asked("camera")], LOST, None, None, true);
    assert_eq!(finding.verdict, Verdict::Violation, "{finding:#?}");
    assert!(finding.reason.en.contains("商品") && finding.reason.en.contains("camera"), "{finding:#?}");
    // One of them, where the scenario says that it was not replaced and does without.
    let vouched = judged(vec![], vec![asked("camera")], HALF, Some(&[]), Some(&[]), true);
    assert_eq!(vouched.verdict, Verdict::Violation, "{vouched:#?}");
}

#[test]
fn old_functions_that_stay_conform_and_without_a_new_request_there_is_nothing_to_judge() {
    assert_eq!(judged(vec![], vec![asked("camera")], KEPT, None, None, true).verdict, Verdict::Conforms);
    assert_eq!(judged(vec![], vec![], LOST, None, None, true).verdict, Verdict::NotApplicable);
    // It was asked for before, too; or what is asked for collects nothing.
    let again = judged(vec![asked("camera")], vec![asked("camera")], LOST, None, None, true);
    assert_eq!(again.verdict, Verdict::NotApplicable, "{again:#?}");
    let harmless = judged(vec![], vec![asked("notifications")], LOST, None, None, true);
    assert_eq!(harmless.verdict, Verdict::NotApplicable, "{harmless:#?}");
}

#[test]
fn what_is_replaced_or_gone_for_everybody_accuses_nobody() {
    let replaced = judged(vec![], vec![asked("camera")], HALF, Some(&["订单"]), None, true);
    assert_eq!(replaced.verdict, Verdict::Conforms, "{replaced:#?}");
    let gone = judged(vec![], vec![asked("camera")], GONE, None, None, true);
    assert_eq!(gone.verdict, Verdict::Conforms, "{gone:#?}");
    assert!(gone.notes.iter().any(|note| note.zh.contains("订单")), "{gone:#?}");
}

#[test]
fn a_loss_that_nothing_ties_to_the_request_is_for_a_person() {
    for (became, replaced, needs, speaks) in [
        // An error page.
        (LOST, None, None, false),
        // One function, and no word in the scenario on it.
        (HALF, None, None, true),
        // The scenario says that it needs what is new.
        (HALF, Some(&[][..]), Some(&["camera"][..]), true),
    ] {
        let finding = judged(vec![], vec![asked("camera")], became, replaced, needs, speaks);
        assert_eq!(finding.verdict, Verdict::Review, "{finding:#?}");
    }
}

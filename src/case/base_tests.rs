use super::*;
use crate::case::made_up::{buttons, record, sighting};
use crate::language::lexicon::Meaning;
use crate::language::reading::{Control, Reading};
use crate::recording::Outcome;
use crate::recording::entries::{AppStarted, OperationDone, ProbeEnded, ProbeStarted};
use crate::screen::operation::Operation;
use crate::screen::{Element, Rect, Role, Tappable};
use crate::world::Start;

fn case_of(recording: &Recording, readings: Readings) -> Case<'_> {
    static THRESHOLDS: std::sync::LazyLock<Thresholds> =
        std::sync::LazyLock::new(|| Thresholds::new(Default::default()));
    Case::new(recording, &THRESHOLDS, readings)
}

fn started(probe: &str) -> Event {
    Event::ProbeStarted(ProbeStarted { probe: probe.to_owned() })
}

fn ended(probe: &str, outcome: Outcome) -> Event {
    Event::ProbeEnded(ProbeEnded { probe: probe.to_owned(), outcome })
}

#[test]
fn every_run_of_a_probe_is_seen() {
    let (_folder, recording) = record(
        vec![
            started("first_run"),
            ended("first_run", Outcome::Complete),
            started("find_policy"),
            started("first_run"),
            ended("first_run", Outcome::Incomplete("gone".to_owned())),
            started("first_run"),
        ],
        &[],
    );
    let case = case_of(&recording, Readings::Again);
    let runs: Vec<(usize, usize, bool)> = case
        .spans("first_run")
        .iter()
        .map(|span| (span.begins, span.entries.len(), span.is_complete()))
        .collect();
    assert_eq!(runs, [(1, 2, true), (4, 2, false), (6, 1, false)]);
    assert!(!case.is_complete("first_run") && !case.is_complete("read_policy"));
    assert_eq!(case.seconds(&["first_run"]), 2.0);
}

#[test]
fn a_screen_is_read_again_and_a_difference_is_told() {
    // The run took the screen for one without anything that agrees.
    let events = vec![
        started("first_run"),
        sighting(1, Reading::default(), true),
        sighting(2, Reading::default(), true),
    ];
    let (_folder, recording) = record(events, &[(1, buttons(&["同意", "不同意"]))]);
    let case = case_of(&recording, Readings::Again);
    let (_, seen) = case.screen(1).expect("seen");
    assert!(case.read(seen).reading.control(Meaning::Agree).is_some());
    let (_, other) = case.screen(2).expect("seen");
    assert!(case.read(other).differs.is_empty(), "without a tree, what the run read stands");
    let differences = case.differences();
    assert_eq!(differences.len(), 1);
    let told: Vec<&str> = differences[0].2.iter().map(|text| text.en.as_str()).collect();
    assert!(told.contains(&"a control that agrees: the run read none, now one"), "{told:?}");
    case.begin_asking();
    assert!(case.differences().is_empty());

    let case = case_of(&recording, Readings::AsRecorded);
    assert!(case.read(seen).reading.control(Meaning::Agree).is_none());
}

#[test]
fn what_was_seen_around_a_call_is_of_its_own_start() {
    let tap = |label: &str| {
        Event::OperationDone(OperationDone {
            screen: 1,
            operation: Operation::Tap { x: 1.0, y: 1.0, label: label.to_owned() },
        })
    };
    let start = || Event::AppStarted(AppStarted { how: Start::Fresh });
    let reading = Reading::default;
    let events =
        vec![start(), sighting(1, reading(), true), tap("扫一扫"), start(), sighting(2, reading(), true)];
    let (_folder, recording) = record(events, &[]);
    let case = case_of(&recording, Readings::Again);
    let around = case.around(4);
    assert_eq!(around.before.map(|(seq, _)| seq), Some(3));
    assert_eq!(around.tapped, None, "the tap comes after");
    assert_eq!(case.around(5).tapped.as_deref(), Some("扫一扫"));
    let after_start = case.around(6);
    assert_eq!((after_start.before.map(|(seq, _)| seq), after_start.tapped), (None, None));
}

#[test]
fn what_a_walk_did_not_look_at_again_is_around_a_call_as_well() {
    let tap = |screen: u32, label: &str| {
        Event::OperationDone(OperationDone {
            screen,
            operation: Operation::Tap { x: 1.0, y: 1.0, label: label.to_owned() },
        })
    };
    let reading = Reading::default;
    let start = Event::AppStarted(AppStarted { how: Start::Fresh });
    // A walk that knows screen 1 goes over it without a look: the call belongs to it, not to screen 2.
    let events = vec![
        start,
        sighting(1, reading(), true),
        tap(1, "更多"),
        sighting(2, reading(), true),
        tap(2, "返回"),
        tap(1, "用我的位置查找"),
        sighting(3, reading(), true),
    ];
    let (_folder, recording) = record(events, &[]);
    let case = case_of(&recording, Readings::Again);
    let around = case.around(8);
    assert_eq!(around.before.map(|(_, seen)| seen.screen), Some(1));
    assert_eq!(around.operated_on, None);
    assert_eq!(around.after.map(|(_, seen)| seen.screen), Some(3));
    assert_eq!(around.tapped.as_deref(), Some("用我的位置查找"));
}

#[test]
fn a_screen_that_was_still_changing_is_a_doubt_unless_it_came_to_rest() {
    let doubt = |events: Vec<Event>| {
        let (_folder, recording) = record(events, &[]);
        let case = case_of(&recording, Readings::Again);
        let all: Vec<_> = Case::sightings(case.entries).collect();
        case.doubt_screens(&all).map(|doubt| doubt.why.en)
    };
    let tap = || Event::OperationDone(OperationDone { screen: 1, operation: Operation::Back });
    let seen = |settled| sighting(1, Reading::default(), settled);
    assert_eq!(doubt(vec![seen(true)]), None);
    assert_eq!(doubt(vec![seen(false), seen(true)]), None);
    assert!(doubt(vec![seen(false), tap(), seen(true)]).is_some_and(|why| why.contains("still changing")));
    assert!(doubt(vec![seen(true), seen(false)]).is_some());
    let pictures = Reading { unread_share: 0.9, ..Reading::default() };
    assert!(doubt(vec![sighting(1, pictures, true)]).is_some_and(|why| why.contains("pictures")));
}

#[test]
fn a_screen_of_which_elements_were_left_out_is_a_doubt() {
    let tree = Screen { omitted: 300, ..buttons(&["好的"]) };
    let (_folder, recording) = record(vec![sighting(1, Reading::default(), true)], &[(1, tree)]);
    let case = case_of(&recording, Readings::Again);
    let all: Vec<_> = Case::sightings(case.entries).collect();
    assert!(case.doubt_screens(&all).is_some_and(|doubt| doubt.why.en.contains("300 of them")));
}

#[test]
fn a_control_of_the_run_is_kept_where_there_is_no_tree() {
    let control = Control { meaning: Meaning::SignIn, element: 0, label: "登录".to_owned() };
    let reading = Reading { controls: vec![control], ..Reading::default() };
    let (_folder, recording) = record(vec![sighting(1, reading, true)], &[]);
    let case = case_of(&recording, Readings::Again);
    let (_, seen) = case.screen(1).expect("seen");
    assert!(case.read(seen).reading.control(Meaning::SignIn).is_some());
}

/// A page of cards in rows in lists, as deep as a real one, with words that are looked up.
fn page(number: u32) -> Screen {
    let mut screen = buttons(&["首页", "分类", "购物车", "我的"]);
    let mut push = |parent: Option<usize>, role: Role, text: String| {
        let at = screen.elements.len();
        let mut element = Element::new(role, "div", Rect::new(0.0, at as f32 * 4.0, 300.0, 40.0));
        (element.parent, element.text) = (parent, text);
        if role == Role::Button {
            element.tappable = Some(Tappable::Native);
        }
        screen.elements.push(element);
        at
    };
    let body = push(None, Role::Group, String::new());
    let main = push(Some(body), Role::Group, String::new());
    for row in 0..12 {
        let list = push(Some(main), Role::List, String::new());
        for card in 0..4 {
            let item = push(Some(list), Role::ListItem, String::new());
            let inner = push(Some(item), Role::Group, String::new());
            push(
                Some(inner),
                Role::Text,
                format!("第 {number} 页第 {row} 行的商品 {card}，支持七天无理由退货"),
            );
            push(Some(inner), Role::Button, format!("加入购物车 {number}-{row}-{card}"));
        }
    }
    screen
}

/// Run by hand: `cargo test --release --lib a_thousand_screens -- --ignored --nocapture`.
#[test]
#[ignore = "measures time"]
fn a_thousand_screens_are_read_again_and_judged_in_two_seconds() {
    let count = 1_000;
    let mut events = vec![started("first_run")];
    events.extend((1..=count).map(|number| sighting(number, Reading::default(), true)));
    events.push(ended("first_run", Outcome::Complete));
    let trees: Vec<(u32, Screen)> = (1..=count).map(|number| (number, page(number))).collect();
    let (_folder, recording) = record(events, &trees);
    let begun = std::time::Instant::now();
    let case = case_of(&recording, Readings::Again);
    let read = Case::sightings(case.entries).filter(|(_, seen)| case.read(seen).reading.fields == 0).count();
    println!(
        "{read} screens of {} elements were read again in {:?}",
        trees[0].1.elements.len(),
        begun.elapsed()
    );
    let begun = std::time::Instant::now();
    let findings = crate::rules::judge(&recording, &crate::rules::Overrides::default());
    println!("{} findings in {:?}", findings.findings.len(), begun.elapsed());
}

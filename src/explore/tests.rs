//! The search against a double: an app that is a graph of screens, with nothing else of an app about it.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use async_trait::async_trait;
use proptest::prelude::*;

use super::goal::Goal;
use super::*;
use crate::app::{App, AppError};
use crate::recording::mask::Masks;
use crate::recording::{Entry, Event, Recorder};
use crate::screen::operation::Operation;
use crate::screen::{Element, Rect, Role, Screen, Tappable};
use crate::session::{Broken, Driven, Eyes, Home};
use crate::world::access::Watch;

/// A double of an app: screen 0 is the main screen, and `ways[n]` are the screens that the buttons of screen `n` open.
#[derive(Debug, Clone, Default)]
struct GraphApp {
    ways: Vec<Vec<usize>>,
    /// Words that stand on a screen.
    shows: BTreeMap<usize, String>,
    trail: Vec<usize>,
    operations: usize,
    /// Labels that were tapped.
    tapped: Vec<String>,
}

/// A name without digits, as those are masked in a screen's identity.
fn name(node: usize) -> String {
    let letter = |digit: usize| char::from(b'a' + (digit % 26) as u8);
    format!("q{}{}", letter(node / 26), letter(node))
}

impl GraphApp {
    fn new(ways: Vec<Vec<usize>>) -> GraphApp {
        GraphApp { ways, trail: vec![0], ..GraphApp::default() }
    }
    fn here(&self) -> usize {
        self.trail.last().copied().unwrap_or(0)
    }
    fn screen(&self) -> Screen {
        let here = self.here();
        let address = name(here);
        let mut screen =
            Screen { width: 400.0, height: 900.0, density: 1.0, address, settled: true, ..Screen::default() };
        let row = |at: usize| Rect::new(0.0, at as f32 * 40.0, 300.0, 36.0);
        let mut text = Element::new(Role::Heading, "h", row(0));
        text.text = format!("here {}", name(here));
        screen.elements.push(text);
        for (at, to) in self.ways[here].iter().enumerate() {
            let mut button = Element::new(Role::Button, "button", row(at + 1));
            button.text = format!("to {}", name(*to));
            button.tappable = Some(Tappable::Native);
            button.tap_at = Some(button.rect.center());
            screen.elements.push(button);
        }
        if let Some(shown) = self.shows.get(&here) {
            let mut control = Element::new(Role::Button, "button", row(30));
            control.text = shown.clone();
            control.tappable = Some(Tappable::Native);
            control.tap_at = Some(control.rect.center());
            screen.elements.push(control);
        }
        screen
    }
}

#[async_trait]
impl App for GraphApp {
    async fn start(&mut self, _: crate::world::Start) -> Result<(), AppError> {
        self.trail = vec![0];
        Ok(())
    }
    async fn look(&mut self) -> Result<Screen, AppError> {
        Ok(self.screen())
    }
    fn watch(&self) -> Watch {
        Watch::default()
    }
    async fn picture(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        Ok(None)
    }
    async fn perform(&mut self, operation: &Operation) -> Result<(), AppError> {
        self.operations += 1;
        match operation {
            Operation::Tap { y, label, .. } => {
                self.tapped.push(label.clone());
                let to = self.ways[self.here()].get(((y / 40.0) as usize).wrapping_sub(1)).copied();
                self.trail.extend(to);
            }
            Operation::Back if self.trail.len() > 1 => {
                self.trail.pop();
            }
            _ => {}
        }
        Ok(())
    }
    async fn changed(&mut self, _: &Screen, _: Duration) -> Result<Option<Screen>, AppError> {
        Ok(None)
    }
    async fn document_text(&mut self) -> Result<Option<String>, AppError> {
        Ok(None)
    }
    fn is_own(&self, _: &str) -> bool {
        true
    }
    async fn stop(&mut self) {}
}

struct ToMain;

#[async_trait]
impl Home for ToMain {
    async fn go(&mut self, driven: &mut Driven<'_>) -> Result<Screen, Broken> {
        driven.app.start(crate::world::Start::Resumed).await?;
        Ok(driven.see().await?.0)
    }
}

/// The screen of the graph with this number.
struct Node {
    node: usize,
    promising: bool,
    quick: bool,
}

fn node(node: usize) -> Node {
    Node { node, promising: false, quick: false }
}

const NAMES: [&str; 12] = ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9", "n10", "n11"];

impl Goal for Node {
    fn name(&self) -> &'static str {
        NAMES[self.node]
    }
    fn reached(&self, screen: &Screen, _: Option<&str>) -> bool {
        screen.address == name(self.node)
    }
    fn promise(&self, label: &str) -> usize {
        if self.promising && label.ends_with(&name(self.node)) { 0 } else { goal::NO_PROMISE }
    }
    fn quick(&self) -> bool {
        self.quick
    }
    fn counts_operations(&self) -> bool {
        true
    }
}

const LIMITS: Limits =
    Limits { depth: 6, operations: 5_000, time: Duration::from_secs(600), promising_only: false, enough: 0 };

/// Searches the app; the answers and what the timeline says of goals.
async fn search(app: &mut GraphApp, goals: &[&dyn Goal], limits: Limits) -> (Vec<Answer>, Vec<Event>) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut recorder = Recorder::create(folder.path(), Masks::default()).expect("a recording");
    let driven = Driven { app, recorder: &mut recorder, eyes: &mut Eyes::default() };
    let answers = Explorer::new(driven, &mut ToMain, &|_| {}, limits)
        .search_all(goals)
        .await
        .expect("the double never fails");
    drop(recorder);
    let timeline = std::fs::read_to_string(folder.path().join("timeline.jsonl")).expect("a timeline");
    let events = timeline.lines().map(|line| serde_json::from_str::<Entry>(line).expect("an entry").event);
    let told = |event: &Event| matches!(event, Event::GoalReached(_) | Event::GoalRuledOut(_));
    (answers, events.filter(told).collect())
}

/// Operations of each answer's path; `None` where it was ruled out.
fn lengths(answers: &[Answer]) -> Vec<Option<usize>> {
    answers
        .iter()
        .map(|answer| match answer {
            Answer::Reached(reached) => Some(reached.path.len()),
            Answer::RuledOut(_) => None,
        })
        .collect()
}

/// Fewest taps to each screen of a graph: what any search must come to.
fn fewest(ways: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut least = vec![None; ways.len()];
    least[0] = Some(0);
    let mut queue = VecDeque::from([0]);
    while let Some(at) = queue.pop_front() {
        for &to in &ways[at] {
            if least[to].is_none() {
                least[to] = least[at].map(|taps: usize| taps + 1);
                queue.push_back(to);
            }
        }
    }
    least
}

#[tokio::test]
async fn one_walk_answers_many_goals_each_by_a_shortest_path() {
    // 0 → 1 → 2 → 3 and 0 → 4 → 3: the goal on 1 does not end the walk, 5 is not there.
    let mut app = GraphApp::new(vec![vec![1, 4], vec![2], vec![3], vec![], vec![3], vec![]]);
    let (answers, told) = search(&mut app, &[&node(3), &node(0), &node(5), &node(1)], LIMITS).await;
    assert_eq!(lengths(&answers), [Some(2), Some(0), None, Some(1)]);
    let Answer::Reached(third) = &answers[0] else { panic!("reached") };
    let labels: Vec<String> = third.path.iter().map(|step| step.operation.to_string()).collect();
    assert_eq!(labels, ["tap “to qae”", "tap “to qad”"]);
    assert!(third.shortest && third.breadth.budget.is_some());
    let Answer::RuledOut(absent) = &answers[2] else { panic!("ruled out") };
    assert_eq!((absent.depth, &absent.stopped, absent.promising_only), (6, &None, false));
    // Told as they became known: 0 on the main screen, 1 after one operation, 3, and at the end 5.
    let names: Vec<&str> = told
        .iter()
        .map(|event| match event {
            Event::GoalReached(reached) => reached.goal.as_str(),
            Event::GoalRuledOut(ruled_out) => ruled_out.goal.as_str(),
            _ => "",
        })
        .collect();
    assert_eq!(names, ["n0", "n1", "n3", "n5"]);
}

#[tokio::test]
async fn the_walk_ends_when_every_goal_is_answered() {
    let ways = vec![vec![1, 2], vec![3], vec![4], vec![], vec![]];
    let mut app = GraphApp::new(ways.clone());
    search(&mut app, &[&node(0), &node(1)], LIMITS).await;
    assert_eq!(app.tapped, ["to qab"]);
}

#[tokio::test]
async fn a_budget_that_is_used_up_rules_out_what_is_open_and_says_why() {
    let mut app = GraphApp::new(vec![vec![1, 2], vec![3], vec![4], vec![5], vec![6], vec![], vec![]]);
    let limits = Limits { operations: 3, ..LIMITS };
    let (answers, _) = search(&mut app, &[&node(1), &node(5), &node(6)], limits).await;
    assert_eq!(lengths(&answers), [Some(1), None, None]);
    for answer in &answers[1..] {
        let Answer::RuledOut(ruled_out) = answer else { panic!("ruled out") };
        assert_eq!(ruled_out.stopped.as_deref(), Some("the limit of 3 operations was used up"));
        assert_eq!(ruled_out.breadth.budget.map(|budget| budget.operations), Some(3));
    }
}

#[tokio::test]
async fn ways_that_promise_one_of_the_open_goals_go_first() {
    let mut app = GraphApp::new(vec![vec![1, 2, 3], vec![], vec![], vec![]]);
    let goal = Node { promising: true, ..node(3) };
    search(&mut app, &[&goal, &node(0)], LIMITS).await;
    assert_eq!(app.tapped, ["to qad"]);
}

#[tokio::test]
async fn a_quick_goal_is_not_searched_for_where_no_label_speaks_for_it() {
    let ways = vec![vec![1, 2, 3], vec![4], vec![], vec![], vec![]];
    let quick = Node { quick: true, ..node(4) };
    let mut app = GraphApp::new(ways.clone());
    let (answers, _) = search(&mut app, &[&quick, &node(1)], LIMITS).await;
    assert_eq!(app.tapped, ["to qab"], "the walk went on for nothing else than the other goal");
    let Answer::RuledOut(ruled_out) = &answers[0] else { panic!("ruled out") };
    assert!(ruled_out.promising_only, "and does not claim that it is nowhere");
}

#[tokio::test]
async fn a_goal_that_is_dangerous_is_seen_and_never_tapped() {
    /// A control that deletes, in sight.
    struct Deletion;
    impl Goal for Deletion {
        fn name(&self) -> &'static str {
            "deletion"
        }
        fn reached(&self, screen: &Screen, _: Option<&str>) -> bool {
            screen.elements.iter().any(|element| element.text == "注销账号")
        }
        fn promise(&self, _: &str) -> usize {
            goal::NO_PROMISE
        }
    }
    let mut app = GraphApp::new(vec![vec![1], vec![2], vec![]]);
    app.shows.insert(1, "注销账号".to_owned());
    let (answers, _) = search(&mut app, &[&Deletion, &node(2)], LIMITS).await;
    assert_eq!(lengths(&answers), [Some(1), Some(2)]);
    assert_eq!(app.tapped.iter().filter(|label| *label == "注销账号").count(), 0);
}

#[tokio::test]
async fn one_walk_takes_fewer_operations_than_a_search_for_each_goal() {
    let ways =
        vec![vec![1, 2, 3], vec![4, 5], vec![6], vec![7], vec![8], vec![], vec![9], vec![], vec![], vec![]];
    let nodes = [5, 7, 8, 9, 11];
    let mut one = GraphApp::new(ways.clone());
    let goals: Vec<Node> = nodes.map(node).into();
    let goals: Vec<&dyn Goal> = goals.iter().map(|goal| goal as &dyn Goal).collect();
    search(&mut one, &goals, LIMITS).await;
    let mut apart = 0;
    for at in nodes {
        let mut app = GraphApp::new(ways.clone());
        search(&mut app, &[&node(at)], LIMITS).await;
        apart += app.operations;
    }
    assert!(one.operations * 2 < apart, "{} operations against {apart}", one.operations);
}

/// Graphs of 12 screens with up to 4 ways from each.
fn graphs() -> impl Strategy<Value = Vec<Vec<usize>>> {
    proptest::collection::vec(proptest::collection::btree_set(0..12_usize, 0..4), 12)
        .prop_map(|ways| ways.into_iter().map(|to| to.into_iter().collect()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn many_goals_get_the_answers_of_single_searches(
        ways in graphs(),
        wanted in proptest::collection::btree_set(0..12_usize, 1..6),
        promising: bool,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let goals: Vec<Node> = wanted.iter().map(|&at| Node { promising, ..node(at) }).collect();
        let all: Vec<&dyn Goal> = goals.iter().map(|goal| goal as &dyn Goal).collect();
        let limits = Limits { depth: 12, ..LIMITS };
        let (together, _) = runtime.block_on(search(&mut GraphApp::new(ways.clone()), &all, limits));
        let least = fewest(&ways);
        for (goal, answer) in all.iter().zip(&together) {
            let (single, _) = runtime.block_on(search(&mut GraphApp::new(ways.clone()), &[*goal], limits));
            prop_assert_eq!(lengths(&single), lengths(std::slice::from_ref(answer)));
        }
        let expected: Vec<Option<usize>> = wanted.iter().map(|&at| least[at]).collect();
        prop_assert_eq!(lengths(&together), expected);
    }
}

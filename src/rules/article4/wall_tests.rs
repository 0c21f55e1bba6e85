use crate::case::made_up::{buttons, form, record_run, sighting};
use crate::language::reading::Reading;
use crate::recording::entries::{
    AppStarted, ConsentGiven, MainReached, ProbeEnded, ProbeStarted, RefusalOutcome,
};
use crate::recording::{Afterwards, Breadth, Event, GoalRuledOut, Outcome, RunStarted};
use crate::rules::{Finding, Overrides, Verdict, judge};
use crate::screen::Screen;
use crate::world::Start;

fn of_types(types: &[&str]) -> RunStarted {
    RunStarted { types: types.iter().map(|id| (*id).to_owned()).collect(), ..RunStarted::default() }
}

/// A start that agrees and stands on the first screen as its main screen.
fn start() -> Vec<Event> {
    vec![
        Event::AppStarted(AppStarted { how: Start::Fresh }),
        Event::ConsentGiven(ConsentGiven { screen: 1, by: "同意".to_owned() }),
        sighting(1, Reading::default(), true),
        Event::MainReached(MainReached { screen: 1 }),
    ]
}

fn searched() -> Event {
    Event::GoalRuledOut(GoalRuledOut {
        goal: "policy".to_owned(),
        depth: 6,
        stopped: None,
        promising_only: false,
        breadth: Breadth::default(),
    })
}

fn judged(start: RunStarted, events: Vec<Event>, main: Screen) -> Finding {
    let probe = "refuse_permissions".to_owned();
    let mut all = vec![Event::ProbeStarted(ProbeStarted { probe: probe.clone() })];
    all.extend(events);
    all.push(Event::ProbeEnded(ProbeEnded { probe, outcome: Outcome::Complete }));
    let (_folder, recording) = record_run(start, all, &[(1, main)]);
    let findings = judge(&recording, &Overrides::default());
    findings.findings.into_iter().find(|finding| finding.item.to_string() == "4.2").expect("all are there")
}

fn log_in(labels: &[&str]) -> Screen {
    form(&["手机号", "密码"], labels)
}

#[test]
fn a_log_in_that_nothing_leads_past_is_a_violation_for_types_that_need_no_registered_user() {
    let twice = || [start(), start(), vec![searched()]].concat();
    for (types, labels, verdict) in [
        (&["news"][..], &["登录", "注册"][..], Some(Verdict::Violation)),
        (&["map_navigation"], &["登录"], Some(Verdict::Violation)),
        (&["news", "short_video"], &["登录"], Some(Verdict::Violation)),
        // A way past it.
        (&["news"], &["登录", "先逛逛"], None),
        (&["news"], &["登录", "跳过"], None),
        (&["news"], &["登录", "×"], None),
        // Its users may be asked to register, or one of its functions' users may.
        (&["online_shopping"], &["登录"], None),
        (&["news", "online_community"], &["登录"], None),
        // The auditor says nothing of the type.
        (&[], &["登录"], None),
    ] {
        let finding = judged(of_types(types), twice(), log_in(labels));
        match verdict {
            Some(verdict) => assert_eq!(finding.verdict, verdict, "{types:?} {labels:?}: {finding:#?}"),
            None => assert!(finding.verdict.gravity() > 1, "{types:?} {labels:?}: {finding:#?}"),
        }
    }
}

#[test]
fn a_wall_that_was_seen_once_or_not_searched_to_the_end_is_for_a_person() {
    let once = [start(), vec![searched()]].concat();
    assert_eq!(judged(of_types(&["news"]), once, log_in(&["登录"])).verdict, Verdict::Review);
    let unsearched = [start(), start()].concat();
    assert_eq!(judged(of_types(&["news"]), unsearched, log_in(&["登录"])).verdict, Verdict::Review);
    // A control without a name above the form may close it.
    let mut cross = log_in(&["登录", ""]);
    cross.elements[1].rect.y = 10.0;
    let twice = [start(), start(), vec![searched()]].concat();
    assert_eq!(judged(of_types(&["news"]), twice, cross).verdict, Verdict::Review);
}

#[test]
fn an_app_that_shows_its_function_has_no_wall() {
    let twice = [start(), start(), vec![searched()]].concat();
    let finding = judged(of_types(&["news"]), twice, buttons(&["要闻", "财经", "我的", "登录"]));
    assert!(finding.verdict.gravity() > 1, "{finding:#?}");
}

#[test]
fn ending_where_the_policy_is_refused_is_for_a_person_where_the_type_needs_nothing() {
    let refused = |outcome| {
        vec![
            Event::ProbeStarted(ProbeStarted { probe: "refuse_consent".to_owned() }),
            sighting(1, Reading::default(), true),
            Event::AfterRefusal(RefusalOutcome { screen: 1, outcome }),
            Event::ProbeEnded(ProbeEnded { probe: "refuse_consent".to_owned(), outcome: Outcome::Complete }),
        ]
    };
    for (types, outcome, review) in [
        (&["news"][..], Afterwards::Exits, true),
        (&["tools"], Afterwards::Locks, true),
        (&["news"], Afterwards::GoesOn, false),
        (&["online_shopping"], Afterwards::Exits, false),
        // A map needs the place.
        (&["map_navigation"], Afterwards::Exits, false),
    ] {
        let finding = judged(of_types(types), refused(outcome), buttons(&["要闻"]));
        assert_eq!(finding.verdict == Verdict::Review, review, "{types:?} {outcome:?}: {finding:#?}");
    }
}

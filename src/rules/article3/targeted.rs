//! 3.6: targeted content without a switch, or with one that does not last.

use crate::case::{Case, Doubt, Evidence, Span};
use crate::language::lexicon::{Meaning, means};
use crate::language::sentences::{pieces, sentences, shorten};
use crate::language::signs::SIGNS;
use crate::recording::consent::{Moment, TargetedSwitchSeen};
use crate::recording::{Event, GoalRuledOut};
use crate::rules::rule::{Absence, Opinion, Rule, Weighed};
use crate::rules::ruling::say_unfinished;
use crate::text::{both, said};

/// The rule of item 3.6.
pub struct Targeted;

const PROBE: &str = "targeted_push";
const GOAL: &str = "targeted_switch";

impl Rule for Targeted {
    fn item(&self) -> &'static str {
        "3.6"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[PROBE]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let Some(span) = case.last_span(PROBE) else { return Weighed::default() };
        let found = case.last_answer(GOAL);
        let weighed = match (find_switch(&span, Moment::Found), found) {
            (Some(switch), _) => {
                let (off, again) =
                    (find_switch(&span, Moment::SwitchedOff), find_switch(&span, Moment::Restarted));
                weigh_switch(case, switch, off, again)
            }
            (None, Some((_, Err(ruled_out)))) => Weighed::absent(weigh_absence(case, ruled_out)),
            (None, _) => Weighed::default(),
        };
        let way = match found {
            Some((seq, Ok(reached))) => case.path_evidence(seq, reached, both("the switch", "开关")),
            _ => Vec::new(),
        };
        weighed.shown(way).searched(GOAL)
    }
}

/// The switch as it was seen, with its entry's number.
type Switch<'a> = (u64, &'a TargetedSwitchSeen);

/// Finds how the switch stood at a moment, as it was seen last.
fn find_switch<'a>(span: &Span<'a>, moment: Moment) -> Option<Switch<'a>> {
    span.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::TargetedSwitchSeen(seen) if seen.moment == moment => Some((entry.seq, seen)),
        _ => None,
    })
}

fn weigh_switch(
    case: &Case<'_>,
    found: Switch<'_>,
    off: Option<Switch<'_>>,
    again: Option<Switch<'_>>,
) -> Weighed {
    let label = &found.1.label;
    let before = off.unwrap_or(found).1.personalised;
    let opinion = match (before, again.map(|(_, seen)| seen.personalised)) {
        (Some(true), _) => Opinion::review(said!(
            "“{label}” was tapped and still shows personalisation as on: try it by hand",
            "点击“{label}”后仍显示个性化为开启：请人工确认",
            label
        )),
        (None, _) | (_, Some(None)) => Opinion::review(said!(
            "whether “{label}” is on cannot be told: its picture and the screen's tree do not agree, or neither tells",
            "无法判断“{label}”是否开启：画面与界面树不一致，或均未表明",
            label
        )),
        (Some(false), Some(Some(true))) => Opinion::violation(said!(
            "“{label}” was off, and personalisation is on again after the app was started anew",
            "“{label}”关闭后，重新启动应用又变为开启",
            label
        )),
        (Some(false), Some(Some(false))) => Opinion::conforms(said!(
            "personalisation can be switched off by “{label}” and is still off when the app is started again",
            "可以通过“{label}”关闭个性化，重新启动后仍为关闭",
            label
        ))
        .settled(),
        // It was not seen again after a restart.
        (Some(false), None) => {
            return Weighed { unfinished: vec![say_unfinished(case, PROBE)], ..Weighed::default() };
        }
    };
    let opinion = match found.1.reversed {
        true => opinion.note(both(
            "The switch's words name the switching off: it counts as off for personalisation when it is on.",
            "开关的名称为“关闭”类，开启即表示关闭个性化。",
        )),
        false => opinion,
    };
    let all = [Some(found), off, again].into_iter().flatten();
    opinion.with(all.filter_map(|switch| show_switch(case, switch, label))).into()
}

fn show_switch(case: &Case<'_>, (seq, seen): Switch<'_>, label: &str) -> Option<Evidence> {
    let when = match seen.moment {
        Moment::Found => ("as it was found", "最初的状态"),
        Moment::SwitchedOff => ("after it was switched off", "关闭之后"),
        Moment::Restarted => ("after the app was started again", "重新启动之后"),
        Moment::PutBack => ("put back as it was found", "已恢复原状"),
    };
    let shown = case.shown(seen.screen, said!("“{label}” {when}", "“{label}”{when}", label, when))?;
    Some(Evidence { entry: seq, ..shown })
}

/// No switch was found: weighs whether there should be one.
fn weigh_absence(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Absence {
    let evidence = case.search_evidence(ruled_out);
    let policy = case.policy_text();
    let declared = policy.and_then(|(at, text)| Some(Evidence::of_passage(at, &find_declaration(text)?)));
    let on_screens = find_on_screens(case);
    // "Guess you like" alone does not say that it is chosen for one person.
    let says_so = declared.is_some() || on_screens.as_ref().is_some_and(|(_, says_so)| *says_so);
    let signs: Vec<Evidence> = declared.into_iter().chain(on_screens.map(|(evidence, _)| evidence)).collect();
    if signs.is_empty() {
        let none = Opinion::not_applicable(both(
            "no targeted content is shown on the screens that were seen or declared in the policy",
            "所见界面没有展示、隐私政策也没有声明定向推送",
        ))
        .with(evidence);
        let policy = case.doubt_policy(("it may declare some", "其中可能声明"));
        return Absence::new(both("no targeted content was seen", "没有看到定向推送"), none)
            .doubted(policy)
            .doubted(case.cut(ruled_out).map(Doubt::because))
            .doubted(case.doubt_trees());
    }
    let violation = Opinion::violation(said!(
        "targeted content is shown or declared, and none of the {extent} has a switch for it",
        "展示或声明了定向推送，但{extent}都没有关闭它的开关",
        extent = case.extent(ruled_out)
    ))
    .with(signs)
    .with(evidence);
    let what = both(
        "targeted content is shown or declared, and no switch for it was found",
        "展示或声明了定向推送，没有找到关闭的开关",
    );
    let unsure = (!says_so).then(|| {
        Opinion::review(both(
            "recommendations are shown, and nothing says that they are chosen for one person: no switch for them was found",
            "展示了推荐内容，但没有说明是否针对个人；没有找到关闭的开关",
        ))
        .with(case.search_evidence(ruled_out))
    });
    Absence::of_search(case, what, ruled_out, violation).reviewed(unsure).reviewed(find_button(case))
}

/// Finds a button or a row that switches personalisation off: a way that is no switch.
fn find_button(case: &Case<'_>) -> Option<Opinion> {
    case.distinct_screens().find_map(|(_, seen)| {
        let screen = case.tree(seen.screen)?;
        let label = (0..screen.elements.len())
            .filter(|&at| screen.elements[at].seen && screen.elements[at].tappable.is_some())
            .map(|at| screen.label(at))
            .find(|label| {
                label.chars().count() <= 30
                    && means(label, Meaning::Personalised)
                    && means(label, Meaning::TurnsOff)
            })?;
        let reason = said!(
            "“{label}” may switch personalisation off; it is no switch that tells its state, so try it by hand",
            "“{label}”可能用于关闭个性化，但不是能显示状态的开关：请人工确认",
            label
        );
        let shows = said!("“{label}”", "“{label}”", label);
        Some(Opinion::review(reason).with(case.shown(seen.screen, shows)))
    })
}

/// Finds the policy's sentence that declares targeted content; a sentence that says there is none declares nothing.
fn find_declaration(text: &str) -> Option<String> {
    sentences(text).find_map(|sentence| {
        let lower = sentence.to_lowercase();
        let says = sentence.chars().count() > 12
            && pieces(sentence, 80).any(|piece| means(piece, Meaning::Personalised));
        (says && !SIGNS.not_done.iter().any(|word| lower.contains(word.as_str())))
            .then(|| shorten(sentence, 160))
    })
}

/// Finds a heading or label on a screen of the app that offers content chosen for this person.
fn find_on_screens(case: &Case<'_>) -> Option<(Evidence, bool)> {
    let policy = case.policy().map(|(_, read)| &read.screens);
    case.distinct_screens().find_map(|(_, seen)| {
        if policy.is_some_and(|screens| screens.contains(&seen.screen)) {
            return None;
        }
        let screen = case.tree(seen.screen)?;
        let shown = screen.elements.iter().filter(|element| element.seen).find(|element| {
            // Short words: a sentence about it elsewhere is the policy's.
            element.text.chars().count() <= 16
                && means(&element.text, Meaning::Personalised)
                && !screen.title.contains("政策")
        })?;
        let says_so = !SIGNS.guesses.iter().any(|guess| shown.text.to_lowercase().contains(guess.as_str()));
        let evidence =
            case.shown(seen.screen, said!("“{text}” is shown here", "此处显示“{text}”", text = shown.text))?;
        Some((evidence, says_so))
    })
}

//! A log-in that stands before everything, and a refused policy that ends everything, where the app's type needs nobody to
//! register, for item 4.2.

use crate::app_types::{self, AppType};
use crate::case::{Case, Evidence};
use crate::language::lexicon::Meaning;
use crate::recording::entries::RefusalOutcome;
use crate::recording::{Afterwards, Event};
use crate::rules::rule::Opinion;
use crate::screen::Screen;
use crate::text::{Bilingual, both, join, said};

/// The probe that refuses the app's documents.
pub const REFUSES: &str = "refuse_consent";
/// Times that a wall must have been stood before, until it is no accident.
const TWICE: usize = 2;

/// Weighs whether the app can be used without a log-in, and without its policy, where its types need no registered user.
pub fn weigh_walls(case: &Case<'_>) -> Vec<Opinion> {
    let types = case.start().map(|start| app_types::find(&start.types)).unwrap_or_default();
    // Where one of its basic functions may ask for a registered user, a log-in may stand before all.
    if types.is_empty() || types.iter().any(|known| known.registers) {
        return Vec::new();
    }
    weigh_log_in(case, &types).into_iter().chain(weigh_refused_policy(case, &types)).collect()
}

/// Weighs a main screen that is a log-in form.
fn weigh_log_in(case: &Case<'_>, types: &[&AppType]) -> Option<Opinion> {
    let mut walls: Vec<Evidence> = Vec::new();
    let mut nameless = false;
    for entry in case.entries {
        let Event::MainReached(reached) = &entry.event else { continue };
        let state = case.state_before(entry.seq);
        if !state.agreed || state.logged_in == Some(true) || case.is_of_version_before(entry.seq) {
            continue;
        }
        let (seq, seen) = case.screen(reached.screen)?;
        let screen = case.tree(reached.screen)?;
        let reading = &case.read(seen).reading;
        if reading.fields == 0 || reading.control(Meaning::SignIn).is_none() {
            return None;
        }
        if reading.control(Meaning::Skip).or(reading.control(Meaning::Refuse)).is_some() {
            return None;
        }
        nameless |= has_nameless_control(&screen);
        walls.push(Evidence::of_screen(
            seq,
            seen,
            both("the app begins with a log-in", "应用以登录界面开始"),
        ));
    }
    if walls.is_empty() {
        return None;
    }
    let times = walls.len();
    let basic = say_types(types);
    let searched = case.entries.iter().any(|entry| match &entry.event {
        Event::GoalRuledOut(ruled_out) => {
            ruled_out.stopped.is_none() && !ruled_out.promising_only && !ruled_out.breadth.signed_in
        }
        _ => false,
    });
    let seen = walls.into_iter().take(TWICE);
    Some(match searched && times >= TWICE && !nameless {
        true => Opinion::violation(said!(
            "the app begins with a log-in that nothing leads past, on {times} starts; its basic function ({basic}) needs no registered user",
            "应用 {times} 次启动均以登录界面开始，没有可以跳过的入口；而其基本功能（{basic}）无需注册用户",
            times,
            basic
        )),
        false => Opinion::review(said!(
            "the app begins with a log-in, and its basic function ({basic}) needs no registered user; whether something leads past it was not seen to the end",
            "应用以登录界面开始，而其基本功能（{basic}）无需注册用户；是否有入口可以跳过没有看全",
            basic
        )),
    }
    .with(seen)
    .note(say_source()))
}

/// Tells whether a control without a name stands above a log-in: a cross there may close it.
fn has_nameless_control(screen: &Screen) -> bool {
    (0..screen.elements.len()).any(|at| {
        let element = &screen.elements[at];
        element.seen
            && element.tappable.is_some()
            && !element.role.is_field()
            && screen.label(at).trim().is_empty()
            && element.rect.y < screen.height * 0.25
    })
}

/// Weighs an app that ends where its policy is refused: the types that need nothing can show their basic function without.
fn weigh_refused_policy(case: &Case<'_>, types: &[&AppType]) -> Option<Opinion> {
    if types.iter().any(|known| !known.needs_nothing()) {
        return None;
    }
    let ended = case.last_span(REFUSES)?.entries.iter().find_map(|entry| match &entry.event {
        Event::AfterRefusal(RefusalOutcome {
            screen,
            outcome: outcome @ (Afterwards::Exits | Afterwards::Locks),
        }) => Some((*screen, *outcome)),
        _ => None,
    });
    let (screen, outcome) = ended?;
    let what = match outcome {
        Afterwards::Exits => ("ends", "退出"),
        _ => ("can do nothing", "无法使用"),
    };
    Some(
        Opinion::review(said!(
            "the app {what} where its policy is refused, although its basic function ({basic}) needs no personal information: look whether it offers a mode for looking around",
            "拒绝隐私政策后应用{what}，而其基本功能（{basic}）无需个人信息：请判断是否提供仅浏览等模式",
            what,
            basic = say_types(types)
        ))
        .with(case.shown(screen, both("what is left after the refusal", "拒绝之后的画面")))
        .note(say_source()),
    )
}

fn say_types(types: &[&AppType]) -> Bilingual {
    let basics: Vec<Bilingual> = types
        .iter()
        .map(|known| said!("{name}: {basic}", "{name}：{basic}", name = known.name, basic = known.basic))
        .collect();
    join(&basics, "; ", "；")
}

/// Says which rule the list is of.
pub fn say_source() -> Bilingual {
    let source = app_types::source();
    said!(
        "What a type needs is taken from {name} ({number}).",
        "各类型的必要个人信息依据《{name}》（{number}）。",
        name = source.name,
        number = source.number
    )
}

#[cfg(test)]
#[path = "wall_tests.rs"]
mod tests;

//! 6.2: cancelling the account asks for more than is reasonable.

use std::collections::BTreeSet;

use super::left::{CANCELS, cancellation, entries_of_cancellation, quote, say_what_is_left};
use super::side_by_side::say_side_by_side;
use crate::case::Case;
use crate::language::rights::{self, Condition};
use crate::recording::Event;
use crate::recording::account::{Cancellation, Entering, Progress};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::screen::Screen;
use crate::text::{both, said};
use crate::working_days::{Length, length};

/// The rule of item 6.2.
pub struct Conditions;

impl Rule for Conditions {
    fn item(&self) -> &'static str {
        "6.2"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[CANCELS]
    }
    fn must_end(&self) -> &'static [&'static str] {
        // What a cancellation asks for was seen, however the probe went on.
        &[]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let Some(found) = cancellation(case) else { return Weighed::default() };
        match found.progress {
            Progress::NoEntry => Weighed::clean(Opinion::not_tested(both(
                "no entry to cancel the account was found (see 6.1)",
                "没有找到注销入口（见 6.1）",
            ))),
            Progress::NotFollowed => Weighed::clean(
                Opinion::not_tested(both(
                    "what cancelling asks for was not looked at: without `allow: [delete_account]` the entry is not tapped, as it could cancel by itself",
                    "没有查看注销条件：场景未写 allow: [delete_account]，入口本身可能直接注销，因此没有点按",
                ))
                .with(case.shown(found.screen, both("the entry", "注销入口"))),
            ),
            _ => weigh_conditions(case, found),
        }
    }
}

fn weigh_conditions(case: &Case<'_>, found: &Cancellation) -> Weighed {
    let registering = asked_at_registration(case);
    let asked = asked_at_cancellation(case);
    let outside = found.progress == Progress::NoWay;
    let mut opinions: Vec<Opinion> = Vec::new();
    let mut screens: BTreeSet<u32> = BTreeSet::from([found.screen]);
    for (screen, condition) in &asked {
        let Some(opinion) = weigh_condition(case, condition, registering.as_deref(), outside) else {
            continue;
        };
        if !opinions.iter().any(|known| known.reason == opinion.reason) {
            screens.insert(*screen);
            opinions.push(opinion);
        }
    }
    let mut notes = vec![say_side_by_side(&asked, registering.as_deref())];
    if asked.iter().any(|(_, condition)| condition.days.is_some() && !condition.working) {
        notes.push(case.counting_of_days());
    }
    if found.progress == Progress::NotAllowed {
        notes.push(both(
            "the last confirmation was not given: what comes after it was not seen",
            "没有进行最后确认，其后的要求未能看到",
        ));
    }
    let shows = both("what cancelling asks for", "注销所需的条件");
    let evidence = screens.into_iter().filter_map(|screen| case.shown(screen, shows.clone())).collect();
    let told = quote(&found.says);
    let mut weighed = Weighed { opinions, notes, evidence, ..Weighed::default() };
    match found.progress {
        Progress::NotAllowed | Progress::Requested | Progress::Done => {
            weighed.clean = Some(Opinion::conforms(both(
                "cancelling asks for nothing beyond what registering asked for",
                "注销所需条件没有超出注册时的要求",
            )));
        }
        Progress::NeedsPerson => weighed.unfinished.push(Opinion::not_tested(said!(
            "cancelling needs a person{told}",
            "注销过程需要人工操作{told}",
            told
        ))),
        Progress::Lacks => weighed.unfinished.push(Opinion::not_tested(said!(
            "cancelling could not be gone through to its end{told}",
            "未能走完注销过程{told}",
            told
        ))),
        _ => {
            let left = say_what_is_left(case, found);
            weighed.opinions.push(Opinion::review(said!(
                "nothing unreasonable was asked for until cancelling stopped{told}; {left}",
                "在注销中断之前没有不合理的条件{told}；{left}",
                told,
                left
            )));
            // Where something unreasonable was asked for, that is said instead.
            if weighed.opinions.iter().filter(|opinion| opinion.verdict.gravity() <= 1).count() > 1 {
                weighed.opinions.pop();
            }
        }
    }
    weighed
}

/// Returns what registering asked for; `None` where the run did not register.
fn asked_at_registration(case: &Case<'_>) -> Option<Vec<String>> {
    case.entries.iter().find_map(|entry| match &entry.event {
        Event::AccountEntered(entered) if entered.entering == Entering::Registering && entered.form > 0 => {
            Some(entered.asked.clone())
        }
        _ => None,
    })
}

/// Returns what cancelling asked for, with its screen: of a way that turned out to be another thing, nothing. Times to wait
/// are read again from the screens.
fn asked_at_cancellation(case: &Case<'_>) -> Vec<(u32, Condition)> {
    let entries = entries_of_cancellation(case);
    // Each search begins anew; only what follows the last one is the way that was gone.
    let begin = entries.iter().rposition(
        |entry| matches!(&entry.event, Event::GoalReached(reached) if reached.goal == "cancel_account"),
    );
    let steps = entries[begin.unwrap_or(0)..].iter().filter_map(|entry| match &entry.event {
        Event::CancellationStep(step) => Some(step),
        _ => None,
    });
    let mut asked = Vec::new();
    for step in steps {
        let times = case.tree(step.screen).map(|screen| read_times_to_wait(&screen));
        let again = times.is_some();
        let known = step.conditions.iter().filter(|condition| !again || !is_time(condition)).cloned();
        asked.extend(known.chain(times.into_iter().flatten()).map(|condition| (step.screen, condition)));
    }
    asked
}

fn is_time(condition: &Condition) -> bool {
    matches!(condition.kind.as_str(), "wait" | "cooling_off")
}

/// Reads the times that a screen says one must wait.
fn read_times_to_wait(screen: &Screen) -> Vec<Condition> {
    rights::conditions(&rights::collect_words(screen)).into_iter().filter(is_time).collect()
}

/// Weighs one condition; `None` where nothing is to be said of it.
fn weigh_condition(
    case: &Case<'_>,
    condition: &Condition,
    registering: Option<&[String]>,
    outside: bool,
) -> Option<Opinion> {
    let text = &condition.says;
    let known = registering.is_some_and(|asked| asked.contains(&condition.kind));
    match condition.kind.as_str() {
        "identity_photo" => Some(Opinion::violation(said!(
            "cancelling asks for a picture of the identity card or of the face: “{text}”",
            "注销时要求提供身份证照片或人脸：“{text}”",
            text
        ))),
        "phone_call" | "mail" | "paper_form" if outside => {
            let how = match condition.kind.as_str() {
                "phone_call" => ("by a phone call", "拨打电话"),
                "mail" => ("by mail", "发送邮件"),
                _ => ("on paper", "提交纸质材料"),
            };
            Some(Opinion::violation(said!(
                "cancelling cannot be done in the app, only {how}: “{text}”",
                "无法在应用内注销，只能{how}：“{text}”",
                how,
                text
            )))
        }
        "wait" | "cooling_off" => Some(weigh_time(case, condition)),
        "reason" if condition.required == Some(true) => Some(Opinion::violation(said!(
            "cancelling asks for a reason that must be written: “{text}”",
            "注销时必须填写原因：“{text}”",
            text
        ))),
        "reason" if condition.required.is_none() => Some(Opinion::review(said!(
            "cancelling asks for a reason; look whether it may be left empty: “{text}”",
            "注销时要求填写原因，请查看是否可以不填：“{text}”",
            text
        ))),
        "identity_card" | "bank_card" if !known && registering.is_some() => Some(Opinion::violation(said!(
            "cancelling asks for what registering did not: “{text}”",
            "注销时要求提供注册时没有要求的信息：“{text}”",
            text
        ))),
        "identity_card" | "bank_card" | "name" | "email" | "address" | "region" | "birthday"
            if !known && condition.required != Some(false) =>
        {
            Some(Opinion::review(said!(
                "cancelling asks for “{text}”, which registering did not ask for, as far as was seen",
                "注销时要求“{text}”，未见注册时要求提供",
                text
            )))
        }
        _ => None,
    }
}

/// Weighs a time to wait, or one to change one's mind.
fn weigh_time(case: &Case<'_>, condition: &Condition) -> Opinion {
    let text = &condition.says;
    let limit = case.thresholds.get("max_cancel_days");
    let days = condition.days.unwrap_or(0);
    let unit = if condition.working { ("working days", "个工作日") } else { ("days", "天") };
    match (condition.kind.as_str(), length(days, condition.working, limit, case.day())) {
        ("wait", Length::TooLong) => Opinion::violation(said!(
            "cancelling takes {days} {unit}, over {limit} working days: “{text}”",
            "注销需 {days} {unit}，超过 {limit} 个工作日：“{text}”",
            days,
            unit,
            limit,
            text
        )),
        ("wait", Length::Doubtful) => Opinion::review(said!(
            "cancelling takes {days} {unit}, which is over {limit} working days unless holidays lie between: “{text}”",
            "注销需 {days} {unit}，除非其间有节假日，否则超过 {limit} 个工作日：“{text}”",
            days,
            unit,
            limit,
            text
        )),
        ("wait", _) => Opinion::conforms(said!(
            "cancelling takes up to {days} {unit}: “{text}”",
            "注销最长需 {days} {unit}：“{text}”",
            days,
            unit,
            text
        )),
        (_, Length::Fits) => Opinion::conforms(said!(
            "there are {days} {unit} to change one's mind: “{text}”",
            "有 {days} {unit}的反悔期：“{text}”",
            days,
            unit,
            text
        )),
        _ => Opinion::review(said!(
            "a time of {days} {unit} to change one's mind delays the cancellation: “{text}”",
            "{days} {unit}的反悔期使注销推迟：“{text}”",
            days,
            unit,
            text
        )),
    }
}

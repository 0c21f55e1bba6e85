//! 6.2: cancelling the account asks for more than is reasonable.

use std::collections::BTreeSet;

use super::{CANCELS, cancellation, left, says};
use crate::language::rights::Condition;
use crate::recording::Event;
use crate::recording::account::{Entering, Progress};
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};
use crate::working_days::{Length, length};

/// The rule of item 6.2.
pub struct Conditions;

impl Rule for Conditions {
    fn item(&self) -> &'static str {
        "6.2"
    }
    fn probes(&self) -> &'static [&'static str] {
        &[CANCELS]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let Some((_, found)) = cancellation(case) else { return case.unfinished(CANCELS) };
        if found.progress == Progress::NoEntry {
            return Judgement::new(
                Verdict::NotTested,
                "no entry to cancel the account was found (see 6.1)",
                "没有找到注销入口（见 6.1）",
            );
        }
        if found.progress == Progress::NotFollowed {
            let shown = case.shown(found.screen, "the entry", "注销入口");
            return Judgement::new(
                Verdict::NotTested,
                "what cancelling asks for was not looked at: without `allow: [delete_account]` the entry is not tapped, as it could cancel by itself",
                "没有查看注销条件：场景未写 allow: [delete_account]，入口本身可能直接注销，因此没有点按",
            )
            .with(shown);
        }
        let registering = registering(case);
        let mut opinions: Vec<Opinion> = Vec::new();
        for (screen, condition) in asked(case) {
            let outside = found.progress == Progress::NoWay;
            if let Some((verdict, en, zh)) = weigh(case, condition, registering.as_deref(), outside)
                && !opinions.iter().any(|known| known.en == en)
            {
                opinions.push(Opinion { verdict, en, zh, screen });
            }
        }
        opinions.sort_by_key(|opinion| opinion.verdict.gravity());
        let grave = opinions.iter().find(|opinion| opinion.verdict != Verdict::Conforms);
        let (state, state_zh) = left(case, found);
        let (said, said_zh) = says(&found.says);
        let judgement = match (grave, found.progress) {
            (Some(grave), _) => Judgement::new(grave.verdict, grave.en.clone(), grave.zh.clone()),
            (None, Progress::NotAllowed | Progress::Requested | Progress::Done) => Judgement::new(
                Verdict::Conforms,
                "cancelling asks for nothing beyond what registering asked for",
                "注销所需条件没有超出注册时的要求",
            ),
            (None, Progress::NeedsPerson) => Judgement::new(
                Verdict::NotTested,
                format!("cancelling needs a person: {}", found.says),
                format!("注销过程需要人工操作{said_zh}"),
            ),
            (None, Progress::Lacks) => Judgement::new(
                Verdict::NotTested,
                format!("cancelling could not be gone through to its end: {}", found.says),
                format!("未能走完注销过程{said_zh}"),
            ),
            (None, _) => Judgement::new(
                Verdict::Review,
                format!("nothing unreasonable was asked for until cancelling stopped{said}; {state}"),
                format!("在注销中断之前没有不合理的条件{said_zh}；{state_zh}"),
            ),
        };
        let shown_as: Option<String> = grave.map(|grave| grave.en.clone());
        let mut judgement = side_by_side(judgement, case, registering.as_deref());
        for opinion in opinions.iter().filter(|opinion| Some(&opinion.en) != shown_as.as_ref()) {
            judgement = judgement.note(opinion.en.clone(), opinion.zh.clone());
        }
        if asked(case).iter().any(|(_, condition)| condition.days.is_some() && !condition.working) {
            judgement = case.counted(judgement);
        }
        if found.progress == Progress::NotAllowed {
            judgement = judgement.note(
                "the last confirmation was not given: what comes after it was not seen",
                "没有进行最后确认，其后的要求未能看到",
            );
        }
        let mut screens: BTreeSet<u32> = opinions.iter().map(|opinion| opinion.screen).collect();
        screens.insert(found.screen);
        let evidence: Vec<Evidence> = screens
            .into_iter()
            .filter_map(|screen| case.shown(screen, "what cancelling asks for", "注销所需的条件"))
            .collect();
        judgement.with(evidence)
    }
}

struct Opinion {
    verdict: Verdict,
    en: String,
    zh: String,
    screen: u32,
}

/// What registering asked for; `None` where the run did not register.
fn registering(case: &Case<'_>) -> Option<Vec<String>> {
    case.entries.iter().find_map(|entry| match &entry.event {
        Event::AccountEntered(entered) if entered.entering == Entering::Registering && entered.form > 0 => {
            Some(entered.asked.clone())
        }
        _ => None,
    })
}

/// What cancelling asked for, with its screen: of a way that turned out to be another thing, nothing.
fn asked<'a>(case: &Case<'a>) -> Vec<(u32, &'a Condition)> {
    let entries = case.span(CANCELS).map_or(&[][..], |span| span.entries);
    // Each search begins anew; only what follows the last one is the way that was gone.
    let begin = entries.iter().rposition(
        |entry| matches!(&entry.event, Event::GoalReached(reached) if reached.goal == "cancel_account"),
    );
    let begin = begin.unwrap_or(0);
    let steps = entries[begin..].iter().filter_map(|entry| match &entry.event {
        Event::CancellationStep(step) => Some(step),
        _ => None,
    });
    steps.flat_map(|step| step.conditions.iter().map(move |condition| (step.screen, condition))).collect()
}

/// What is to be said of one condition; `None` where nothing is.
fn weigh(
    case: &Case<'_>,
    condition: &Condition,
    registering: Option<&[String]>,
    outside: bool,
) -> Option<(Verdict, String, String)> {
    let text = &condition.says;
    let known = registering.is_some_and(|asked| asked.contains(&condition.kind));
    let limit = case.thresholds.get("max_cancel_days");
    let days = condition.days.unwrap_or(0);
    let measured = length(days, condition.working, limit, case.day());
    let unit = if condition.working { ("working days", "个工作日") } else { ("days", "天") };
    let violation = |en: String, zh: String| Some((Verdict::Violation, en, zh));
    let review = |en: String, zh: String| Some((Verdict::Review, en, zh));
    match condition.kind.as_str() {
        "identity_photo" => violation(
            format!("cancelling asks for a picture of the identity card or of the face: “{text}”"),
            format!("注销时要求提供身份证照片或人脸：“{text}”"),
        ),
        "phone_call" | "mail" | "paper_form" if outside => {
            let (how, how_zh) = match condition.kind.as_str() {
                "phone_call" => ("by a phone call", "拨打电话"),
                "mail" => ("by mail", "发送邮件"),
                _ => ("on paper", "提交纸质材料"),
            };
            violation(
                format!("cancelling cannot be done in the app, only {how}: “{text}”"),
                format!("无法在应用内注销，只能{how_zh}：“{text}”"),
            )
        }
        "wait" if measured == Length::TooLong => violation(
            format!("cancelling takes {days} {}, over {limit} working days: “{text}”", unit.0),
            format!("注销需 {days} {}，超过 {limit} 个工作日：“{text}”", unit.1),
        ),
        "wait" if measured == Length::Doubtful => review(
            format!(
                "cancelling takes {days} {}, which is over {limit} working days unless holidays lie between: “{text}”",
                unit.0
            ),
            format!("注销需 {days} {}，除非其间有节假日，否则超过 {limit} 个工作日：“{text}”", unit.1),
        ),
        "wait" => Some((
            Verdict::Conforms,
            format!("cancelling takes up to {days} {}: “{text}”", unit.0),
            format!("注销最长需 {days} {}：“{text}”", unit.1),
        )),
        "cooling_off" if measured != Length::Fits => review(
            format!("a time of {days} {} to change one's mind delays the cancellation: “{text}”", unit.0),
            format!("{days} {}的反悔期使注销推迟：“{text}”", unit.1),
        ),
        "cooling_off" => Some((
            Verdict::Conforms,
            format!("there are {days} {} to change one's mind: “{text}”", unit.0),
            format!("有 {days} {}的反悔期：“{text}”", unit.1),
        )),
        "reason" if condition.required == Some(true) => violation(
            format!("cancelling asks for a reason that must be written: “{text}”"),
            format!("注销时必须填写原因：“{text}”"),
        ),
        "reason" if condition.required.is_none() => review(
            format!("cancelling asks for a reason; look whether it may be left empty: “{text}”"),
            format!("注销时要求填写原因，请查看是否可以不填：“{text}”"),
        ),
        "identity_card" | "bank_card" if !known && registering.is_some() => violation(
            format!("cancelling asks for what registering did not: “{text}”"),
            format!("注销时要求提供注册时没有要求的信息：“{text}”"),
        ),
        "identity_card" | "bank_card" | "name" | "email" | "address" | "region" | "birthday"
            if !known && condition.required != Some(false) =>
        {
            review(
                format!(
                    "cancelling asks for “{text}”, which registering did not ask for, as far as was seen"
                ),
                format!("注销时要求“{text}”，未见注册时要求提供"),
            )
        }
        _ => None,
    }
}

/// Both lists as a note.
fn side_by_side(judgement: Judgement, case: &Case<'_>, registering: Option<&[String]>) -> Judgement {
    let mut cancelling: Vec<&str> = Vec::new();
    for (_, condition) in asked(case) {
        if !cancelling.contains(&condition.kind.as_str()) {
            cancelling.push(&condition.kind);
        }
    }
    let list = |kinds: &[&str]| if kinds.is_empty() { "nothing".to_owned() } else { kinds.join(", ") };
    let list_zh = |kinds: &[&str]| {
        let named: Vec<&str> = kinds.iter().map(|kind| chinese(kind)).collect();
        if named.is_empty() { "无".to_owned() } else { named.join("、") }
    };
    let (registered, registered_zh) = match registering {
        Some(asked) => {
            let kinds: Vec<&str> = asked.iter().map(String::as_str).collect();
            (list(&kinds), list_zh(&kinds))
        }
        None => ("not seen, as this run did not register".to_owned(), "本次运行没有注册，未见".to_owned()),
    };
    judgement.note(
        format!("registering asks for: {registered} | cancelling asks for: {}", list(&cancelling)),
        format!("注册要求：{registered_zh}｜注销要求：{}", list_zh(&cancelling)),
    )
}

/// A kind of condition in Chinese.
fn chinese(kind: &str) -> &str {
    match kind {
        "phone" => "手机号码",
        "password" => "密码",
        "code" => "验证码",
        "email" => "邮箱",
        "name" => "姓名",
        "account" | "nickname" => "账号名",
        "identity_card" => "证件号码",
        "identity_photo" => "证件照片或人脸",
        "bank_card" => "银行卡",
        "reason" => "原因",
        "confirmation" => "手动输入确认",
        "captcha" => "人机验证",
        "phone_call" => "电话",
        "mail" => "邮件",
        "paper_form" => "纸质材料",
        "wait" => "等待",
        "cooling_off" => "反悔期",
        _ => "其他",
    }
}

//! 3.1: collects or asks before consent. Permissions, sensors, what identifies the device, and what is sent.

use jiff::Timestamp;

use crate::case::{Case, Collected, Span, calls};
use crate::recording::Event;
use crate::recording::entries::ConsentGiven;
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};
use crate::verdict::Verdict;
use crate::world::access::AccessKind;

/// The rule of item 3.1.
pub struct BeforeConsent;

impl Rule for BeforeConsent {
    fn item(&self) -> &'static str {
        "3.1"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["first_run"]
    }
    fn needs(&self) -> &'static [AccessKind] {
        &[AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier]
    }
    fn needs_requests(&self) -> bool {
        true
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let opinions = case.spans("first_run").iter().filter_map(|span| weigh_run(case, span)).collect();
        let clean = Opinion::conforms(match case.sees_requests() {
            Some(true) => both(
                "before consent, no permission was asked for, no sensor or device identifier read, and nothing personal sent",
                "征得同意前，没有申请权限，没有读取传感器或设备识别信息，也没有发送个人信息",
            ),
            _ => both(
                "before consent, no permission was asked for and no sensor or device identifier read",
                "征得同意前，没有申请权限，也没有读取传感器或设备识别信息",
            ),
        })
        .note(case.note_on_gaps());
        Weighed { opinions, clean: Some(clean), ..Weighed::default() }
    }
}

/// Weighs what one first run collected before the person agreed; `None` where that is nothing.
fn weigh_run<'a>(case: &Case<'a>, span: &Span<'a>) -> Option<Opinion> {
    let answered = |express: bool| {
        case.with_states(span).find_map(|(entry, state)| match &entry.event {
            Event::ConsentGiven(given) if !express || case.is_express(given) => {
                Some((state.brought_about(entry.time), given))
            }
            _ => None,
        })
    };
    let (consent, acknowledged) = (answered(true), answered(false));
    let before = |moment: Option<(Timestamp, &ConsentGiven)>| {
        let sent = case.sent_in(span).filter(|sent| moment.is_none_or(|(until, _)| sent.request.at < until));
        let called = calls(span.entries).filter(|call| moment.is_none_or(|(until, _)| call.at < until));
        Collected::of(called).and_sent(sent)
    };
    let collected = before(acknowledged);
    let Some(verdict) = collected.verdict() else {
        return weigh_acknowledged(case, &before(consent), acknowledged?.1);
    };
    let consent = consent.map(|(_, given)| given);
    let doubt = match verdict {
        Verdict::Review => {
            (": look whether it tells people or devices apart", "：请判断是否用于识别个人或设备")
        }
        _ => ("", ""),
    };
    let when = match consent {
        Some(_) => ("before the person agreed", "用户同意之前"),
        None => ("and nothing asked for consent", "应用没有征求同意，"),
    };
    let reason = said!(
        "the app {words} {when}{doubt}",
        "{when}应用{words}{doubt}",
        words = collected.words(),
        when,
        doubt
    );
    let shows = both("where consent was given, later", "其后才同意的画面");
    Some(
        Opinion::new(verdict, reason)
            .with(collected.evidence(case))
            .with(consent.and_then(|given| case.shown(given.screen, shows))),
    )
}

/// Weighs what was collected after the person only acknowledged the documents; `None` where that is nothing.
fn weigh_acknowledged<'a>(
    case: &Case<'a>,
    collected: &Collected<'a>,
    acknowledged: &ConsentGiven,
) -> Option<Opinion> {
    collected.verdict()?;
    let reason = said!(
        "the app {words} after “{by}”, which acknowledges the documents and does not say that the person agrees: decide whether there was consent",
        "用户点击“{by}”之后应用{words}；该按钮只表示知悉，没有表示同意：请判断是否征得同意",
        words = collected.words(),
        by = acknowledged.by
    );
    let shows = both("what was acknowledged", "用户表示知悉的提示");
    Some(Opinion::review(reason).with(collected.evidence(case)).with(case.shown(acknowledged.screen, shows)))
}

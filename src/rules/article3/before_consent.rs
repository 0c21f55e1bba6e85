//! 3.1: collects or asks before consent. Permissions, sensors and what identifies the device; what is sent is not
//! looked at here.

use crate::recording::Event;
use crate::rules::accessed::{Collected, calls, moment, watch};
use crate::rules::{Case, Judgement, Rule, Verdict};
use crate::world::access::AccessKind;

/// The rule of item 3.1.
pub struct BeforeConsent;

impl Rule for BeforeConsent {
    fn item(&self) -> &'static str {
        "3.1"
    }
    fn probes(&self) -> &'static [&'static str] {
        &["first_run"]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let Some(span) = case.span("first_run") else { return case.unfinished("first_run") };
        let consent = span.entries.iter().position(|entry| matches!(entry.event, Event::ConsentGiven { .. }));
        let until = consent.map(|index| moment(span.entries, index));
        let early = calls(span.entries).filter(|call| until.is_none_or(|until| call.at < until));
        let collected = Collected::of(early);
        let words = collected.words();
        if let Some(verdict) = collected.verdict() {
            let (doubt, doubt_zh) = match verdict {
                Verdict::Review => {
                    (": look whether it is used to tell devices apart", "：请判断是否用于识别设备")
                }
                _ => ("", ""),
            };
            let (when, when_zh) = match until {
                Some(_) => ("before the person agreed", "用户同意之前"),
                None => ("and nothing asked for consent", "应用没有征求同意，"),
            };
            return Judgement::new(
                verdict,
                format!("the app {} {when}{doubt}", words.en),
                format!("{when_zh}应用{}{doubt_zh}", words.zh),
            )
            .with(collected.evidence(case))
            .with(consent.and_then(|index| match &span.entries[index].event {
                Event::ConsentGiven { screen, .. } => {
                    case.shown(*screen, "where consent was given, later", "其后才同意的画面")
                }
                _ => None,
            }));
        }
        if !span.is_complete() {
            return case.unfinished("first_run");
        }
        if let Some(blind) = blind(case, &[AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier]) {
            return blind;
        }
        let judgement = Judgement::new(
            Verdict::Conforms,
            "before consent, no permission was asked for and no sensor or device identifier read",
            "征得同意前，没有申请权限，也没有读取传感器或设备识别信息",
        );
        noted(case, judgement)
    }
}

/// `not tested`, where calls of these kinds would not have been seen.
pub fn blind(case: &Case<'_>, kinds: &[AccessKind]) -> Option<Judgement> {
    let watch = watch(case);
    if watch.is_some_and(|watch| kinds.iter().all(|kind| watch.sees.contains(kind))) {
        return None;
    }
    let why = match watch {
        Some(watch) => watch.gaps.join("; "),
        None => "the recording, of an older candor, does not say".to_owned(),
    };
    Some(Judgement::new(
        Verdict::NotTested,
        format!("nothing was seen of it, but not all that the app calls for can be seen: {why}"),
        format!("没有发现，但无法看到应用的全部调用：{why}"),
    ))
}

/// With what a clean verdict leaves out.
pub fn noted(case: &Case<'_>, judgement: Judgement) -> Judgement {
    let gaps = watch(case).map(|watch| watch.gaps.join("; ")).unwrap_or_default();
    judgement.note(
        format!("Not looked at: what the app sends over the network; {gaps}."),
        format!("未检测：网络传输的内容；{gaps}。"),
    )
}

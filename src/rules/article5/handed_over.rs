//! 5.3: personal information is handed over when another app or another company's page is opened.

use super::named::policy_of;
use crate::case::{Case, Evidence, Sent};
use crate::language::lexicon::{Meaning, means};
use crate::language::signs::SIGNS;
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};
use crate::traffic::Place;
use crate::traffic::how::say_how;
use crate::traffic::kind;
use crate::traffic::party::Relation;

/// The rule of item 5.3.
pub struct HandedOver;

/// Tells whether a label agrees to hand something over; 不同意 does not.
fn agrees_to_hand_over(label: &str) -> bool {
    let lower = label.to_lowercase();
    !means(label, Meaning::Refuse) && SIGNS.hands_over.iter().any(|word| lower.contains(word.as_str()))
}

impl Rule for HandedOver {
    fn item(&self) -> &'static str {
        "5.3"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["accept_consent", "find_policy"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        if let Some(blind) = case.blind_to_requests() {
            return Weighed { unfinished: vec![Opinion::not_tested(blind)], ..Weighed::default() };
        }
        let opened: Vec<Sent<'_>> =
            case.sent().into_iter().filter(|sent| sent.request.main && sent.is_to_others()).collect();
        if opened.is_empty() {
            // Links to other apps are not followed, so that nothing can be said of what they carry.
            let reason = both(
                "no page of another company was opened in this run, and links to other apps are not followed: what they hand over was not seen",
                "本次运行没有打开其他公司的页面，也不会跟随跳转到其他应用的链接：未能看到跳转时附带的信息",
            );
            return Weighed { unfinished: vec![Opinion::not_tested(reason)], ..Weighed::default() };
        }
        let opinions = opened.iter().filter_map(|sent| weigh_opening(case, sent)).collect();
        if !case.sends_what_was_planted() {
            let unfinished = vec![Opinion::not_tested(case.say_nothing_was_planted())];
            return Weighed { opinions, unfinished, ..Weighed::default() };
        }
        let clean = Opinion::conforms(said!(
            "pages of other companies were opened {count} times, and nothing personal was handed over",
            "打开其他公司的页面 {count} 次，没有附带个人信息",
            count = opened.len()
        ))
        .note(case.note_on_requests());
        Weighed { opinions, clean: Some(clean), ..Weighed::default() }
    }
}

/// Weighs one opening of another company's page; `None` where it carried nothing.
fn weigh_opening<'a>(case: &Case<'a>, sent: &Sent<'a>) -> Option<Opinion> {
    // What the person types at the third party is the person's own giving; what the app puts into the address is not.
    let handed = |place: &Place| {
        matches!(place, Place::Address | Place::Body) || *place == Place::Header("Referer".to_owned())
    };
    let found = sent.request.found.iter().find(|found| found.definite && handed(&found.place))?;
    let around = case.around(sent.seq);
    let before = around.before.or(around.operated_on);
    let words = before
        .and_then(|(_, seen)| case.tree(seen.screen))
        .map(|screen| screen.whole_text().to_lowercase())
        .unwrap_or_default();
    let names: Vec<String> =
        sent.party.company.iter().flat_map(|company| company.names()).map(str::to_lowercase).collect();
    let who = SIGNS.third_comes.iter().any(|word| words.contains(word.as_str()))
        || names.iter().any(|name| words.contains(name));
    let agreed = around.tapped.as_deref().is_some_and(agrees_to_hand_over);
    let says_what = kind(&found.kind).named.iter().any(|word| words.contains(word.as_str()));
    let shown: Vec<Evidence> =
        std::iter::once(case.sent_evidence(sent)).chain(around.evidence().into_iter().take(2)).collect();
    let what = said!(
        "opening {party} hands {kind} over ({how})",
        "打开{party}时附带了{kind}（{how}）",
        party = sent.party.name(),
        kind = kind(&found.kind).words(),
        how = say_how(&found.how)
    );
    let opinion = if who && says_what && agreed {
        Opinion::conforms(said!(
            "{what}, which the screen before told and the person agreed to",
            "{what}，此前的画面已告知并经用户同意",
            what
        ))
    } else if who {
        Opinion::review(said!(
            "{what}; the screen before tells of a third party, but not both what it gets and that the person agrees",
            "{what}；此前的画面提到第三方，但没有同时告知内容并征得同意",
            what
        ))
    } else if sent.party.relation == Relation::Third {
        Opinion::violation(said!("{what}, and nothing told of it before", "{what}，此前没有任何告知", what))
    } else {
        Opinion::review(said!(
            "{what}, and nothing told of it before: decide whose page that is",
            "{what}，此前没有任何告知：请判断该页面属于谁",
            what
        ))
    };
    // The policy may tell of it: a reader should have it at hand.
    let opinion = match policy_of(case) {
        Err(Some(why)) => opinion.note(said!("Not looked at: {why}.", "未检测：{why}。", why)),
        _ => opinion,
    };
    Some(opinion.with(shown))
}

//! 4.5: consent forced for nothing but the improvement of the service, targeted push, or research.

use crate::case::{Case, Evidence, Read, Span};
use crate::language::lexicon::Meaning;
use crate::language::purpose;
use crate::recording::entries::{ConsentRefused, RefusalOutcome};
use crate::recording::{Afterwards, Entry, Event, ScreenSeen};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};

/// The rule of item 4.5.
pub struct ForcedForImprovement;

impl Rule for ForcedForImprovement {
    fn item(&self) -> &'static str {
        "4.5"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["refuse_consent", "refuse_permissions"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let mut opinions = Vec::new();
        let mut asked = false;
        for span in self.reads().iter().flat_map(|probe| case.spans(probe)) {
            for (seq, seen) in Case::sightings(span.entries) {
                let Some(text) = consent_text(case.read(seen)) else { continue };
                asked = true;
                let names_policy =
                    case.read(seen).reading.prompt.as_ref().is_some_and(|prompt| prompt.names_policy);
                opinions.extend(weigh_prompt(&span, seq, seen, text, names_policy));
            }
        }
        // One prompt that can be refused speaks for all of them.
        let mut refusable = false;
        opinions.retain(|opinion: &Opinion| {
            opinion.verdict.gravity() == 0 || !std::mem::replace(&mut refusable, true)
        });
        let clean = match asked {
            _ if !opinions.is_empty() => None,
            true => Some(Opinion::conforms(both(
                "no consent was asked for whose only purposes are improvement, push or research",
                "没有仅以改善服务、定向推送或研发为由的同意请求",
            ))),
            false => Some(Opinion::not_applicable(both("the app asks for no consent", "应用没有征求同意"))),
        };
        Weighed { opinions, clean, ..Weighed::default() }
    }
}

/// Weighs a prompt of which every purpose serves the operator alone; `None` where one serves the person.
fn weigh_prompt(
    span: &Span<'_>,
    seq: u64,
    seen: &ScreenSeen,
    text: &str,
    names_policy: bool,
) -> Option<Opinion> {
    let purposes = purpose::only_improvement(text)?;
    let list: Vec<String> = purposes.iter().map(|purpose| format!("“{purpose}”")).collect();
    let list = both(list.join(", "), list.join("、"));
    let opinion = match what_became(span.entries, seen.screen) {
        Some(Afterwards::CannotRefuse | Afterwards::AsksOn | Afterwards::Locks | Afterwards::Exits)
            if names_policy =>
        {
            Opinion::review(said!(
                "the prompt about the policy cannot be refused, and the only purposes that it names are {list}: decide whether the consent is for them alone",
                "政策提示必须同意才能继续，其中写明的用途仅为{list}：请判断该同意是否仅用于这些目的",
                list
            ))
        }
        Some(Afterwards::CannotRefuse | Afterwards::AsksOn | Afterwards::Locks | Afterwards::Exits) => {
            Opinion::violation(said!(
                "a consent cannot be refused, and its only purposes are {list}",
                "必须同意才能继续，而其用途仅为{list}",
                list
            ))
        }
        _ => Opinion::conforms(said!(
            "a consent whose only purposes are {list} can be refused",
            "用途仅为{list}的同意可以拒绝",
            list
        )),
    };
    let shows = both("the prompt and its purposes", "提示及其用途");
    Some(opinion.with([Evidence::of_screen(seq, seen, shows)]))
}

/// Returns what came of refusing on this screen.
fn what_became(entries: &[Entry], screen: u32) -> Option<Afterwards> {
    let refused = |entry: &Entry| matches!(&entry.event, Event::ConsentRefused(ConsentRefused { screen: on, .. }) if *on == screen);
    let since = entries.iter().position(refused);
    entries.iter().enumerate().find_map(|(index, entry)| match &entry.event {
        Event::AfterRefusal(RefusalOutcome { screen: on, outcome })
            if *on == screen || since.is_some_and(|since| index > since) =>
        {
            Some(*outcome)
        }
        _ => None,
    })
}

/// Returns the text of a prompt that one agrees to.
fn consent_text(read: &Read) -> Option<&str> {
    let prompt = read.reading.prompt.as_ref()?;
    let agree = read.reading.control(Meaning::Agree).or_else(|| read.reading.control(Meaning::Next));
    agree.is_some().then_some(prompt.text.as_str())
}

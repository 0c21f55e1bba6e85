//! 4.5: consent forced for nothing but the improvement of the service, targeted push, or research.

use crate::language::lexicon::Meaning;
use crate::language::purpose;
use crate::recording::{Afterwards, Entry, Event, ScreenSeen};
use crate::rules::case::at_screen;
use crate::rules::{Case, Judgement, Rule, Verdict};

/// The rule of item 4.5.
pub struct ForcedForImprovement;

impl Rule for ForcedForImprovement {
    fn item(&self) -> &'static str {
        "4.5"
    }
    fn probes(&self) -> &'static [&'static str] {
        &["refuse_consent", "refuse_permissions"]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let mut refusable: Option<Judgement> = None;
        let mut asked = false;
        for span in self.probes().iter().filter_map(|probe| case.span(probe)) {
            for (seq, seen) in Case::screens(span.entries) {
                let Some(text) = asks_consent(seen) else { continue };
                asked = true;
                let Some(purposes) = purpose::only_improvement(text) else { continue };
                let list: Vec<String> = purposes.iter().map(|purpose| format!("“{purpose}”")).collect();
                let (list, list_zh) = (list.join(", "), list.join("、"));
                let shown = at_screen(seq, seen, "the prompt and its purposes", "提示及其用途");
                let outcome = became_of(span.entries, seen.screen);
                match outcome {
                    Some(
                        Afterwards::CannotRefuse | Afterwards::AsksOn | Afterwards::Locks | Afterwards::Exits,
                    ) => {
                        return Judgement::new(
                            Verdict::Violation,
                            format!("a consent cannot be refused, and its only purposes are {list}"),
                            format!("必须同意才能继续，而其用途仅为{list_zh}"),
                        )
                        .with([shown]);
                    }
                    _ => {
                        refusable.get_or_insert_with(|| {
                            Judgement::new(
                                Verdict::Conforms,
                                format!("a consent whose only purposes are {list} can be refused"),
                                format!("用途仅为{list_zh}的同意可以拒绝"),
                            )
                            .with([shown])
                        });
                    }
                }
            }
        }
        for probe in self.probes() {
            if !case.span(probe).is_some_and(|span| span.is_complete()) {
                return case.unfinished(probe);
            }
        }
        refusable.unwrap_or_else(|| match asked {
            true => Judgement::new(
                Verdict::Conforms,
                "no consent was asked for whose only purposes are improvement, push or research",
                "没有仅以改善服务、定向推送或研发为由的同意请求",
            ),
            false => {
                Judgement::new(Verdict::NotApplicable, "the app asks for no consent", "应用没有征求同意")
            }
        })
    }
}

/// What came of refusing on this screen.
fn became_of(entries: &[Entry], screen: u32) -> Option<Afterwards> {
    let refused =
        |entry: &Entry| matches!(&entry.event, Event::ConsentRefused { screen: on, .. } if *on == screen);
    let since = entries.iter().position(refused);
    entries.iter().enumerate().find_map(|(index, entry)| match &entry.event {
        Event::AfterRefusal { screen: on, outcome }
            if *on == screen || since.is_some_and(|since| index > since) =>
        {
            Some(*outcome)
        }
        _ => None,
    })
}

/// The text of a prompt that one agrees to.
fn asks_consent(seen: &ScreenSeen) -> Option<&str> {
    let prompt = seen.reading.prompt.as_ref()?;
    let agree = seen.reading.control(Meaning::Agree).or_else(|| seen.reading.control(Meaning::Next));
    agree.is_some().then_some(prompt.text.as_str())
}

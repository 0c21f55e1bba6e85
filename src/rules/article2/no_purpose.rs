//! 2.3: no purpose given when a permission or sensitive information is asked for.

use crate::language::purpose::{self, Purpose};
use crate::recording::{Event, ScreenSeen};
use crate::rules::accessed::{Around, Call, around_evidence, calls, evidence, tree};
use crate::rules::article3::before_consent::blind;
use crate::rules::case::at_screen;
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};
use crate::world::access::AccessKind;

/// The rule of item 2.3.
pub struct NoPurpose;

impl Rule for NoPurpose {
    fn item(&self) -> &'static str {
        "2.3"
    }
    fn probes(&self) -> &'static [&'static str] {
        &["first_run", "accept_consent", "refuse_permissions"]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let asks = calls(case.entries).filter(|call| call.kind == AccessKind::Ask && call.shows_a_prompt());
        let mut opinions: Vec<Opinion> = Vec::new();
        for opinion in asks.map(|call| of_ask(case, &call)).chain(of_fields(case)) {
            // One word on each thing, the gravest that was seen of it.
            match opinions.iter_mut().find(|known| known.what == opinion.what) {
                Some(known) if opinion.verdict.gravity() < known.verdict.gravity() => *known = opinion,
                Some(_) => {}
                None => opinions.push(opinion),
            }
        }
        opinions.sort_by_key(|opinion| opinion.verdict.gravity());
        let grave = opinions.first().is_some_and(|opinion| opinion.verdict != Verdict::Conforms);
        if !grave {
            let unfinished =
                self.probes().iter().find(|probe| !case.span(probe).is_some_and(|span| span.is_complete()));
            if let Some(probe) = unfinished {
                return case.unfinished(probe);
            }
            if let Some(blind) = blind(case, &[AccessKind::Ask]) {
                return blind;
            }
        }
        let Some(first) = opinions.first() else {
            return Judgement::new(
                Verdict::NotApplicable,
                "no permission was asked for and no field for sensitive information found",
                "没有申请权限，也没有发现收集敏感个人信息的输入项",
            );
        };
        let verdict = first.verdict;
        let mut judgement = Judgement::new(verdict, first.en.clone(), first.zh.clone());
        for opinion in &opinions[1..] {
            judgement = judgement.note(&opinion.en, &opinion.zh);
        }
        let shown = opinions.into_iter().filter(|opinion| opinion.verdict == verdict);
        judgement.with(shown.flat_map(|opinion| opinion.evidence))
    }
}

struct Opinion {
    what: String,
    verdict: Verdict,
    en: String,
    zh: String,
    evidence: Vec<Evidence>,
}

/// What a purpose comes to; `name` and `zh` say of what.
fn opinion(what: &str, subject: (String, String), purpose: Purpose, evidence: Vec<Evidence>) -> Opinion {
    let (en, zh) = subject;
    let (verdict, en, zh) = match purpose {
        Purpose::Stated(said) => (
            Verdict::Conforms,
            format!("{en}, and what for is said: “{said}”"),
            format!("{zh}时说明了用途：“{said}”"),
        ),
        Purpose::General(said) => (
            Verdict::Review,
            format!("{en} with a purpose that says little: “{said}”"),
            format!("{zh}时的用途说明过于笼统：“{said}”"),
        ),
        Purpose::None => (
            Verdict::Violation,
            format!("{en}, and neither the screen nor the one before says what for"),
            format!("{zh}时，当前画面和前一画面均未说明用途"),
        ),
    };
    Opinion { what: what.to_owned(), verdict, en, zh, evidence }
}

fn of_ask(case: &Case<'_>, call: &Call<'_>) -> Opinion {
    // A phone's dialog is a screen itself, whose buttons ("only while using the app") are no purpose: what counts is its
    // sentence, and the screen before it.
    let its_own = |seen: &ScreenSeen| call.dialog.is_some() && seen.screen == call.screen;
    let appeared = case.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::ScreenSeen(seen) if entry.seq < call.seq && its_own(seen) => Some(entry.seq),
        _ => None,
    });
    let around = Around::of(case, appeared.unwrap_or(call.seq));
    let mut shown = vec![evidence(case, call)];
    shown.extend(around_evidence(&around));
    let zh = purpose::chinese(call.what);
    let subject = (format!("{} is asked for", call.what), format!("申请{zh}权限"));
    if let Some(label) = around.tapped.filter(|label| purpose::speaks_for(label, call.what)) {
        let said = Purpose::Stated(label.to_owned());
        let mut opinion = opinion(call.what, subject, said, shown);
        opinion.en =
            format!("{} is asked for when the person taps “{label}”, which says what for", call.what);
        opinion.zh = format!("用户点击“{label}”时申请{zh}权限，用途不言自明");
        return opinion;
    }
    let dialog = call.dialog.map_or(Purpose::None, |text| purpose::of_permission(text, call.what, true));
    let screens = around.screens().filter(|(_, seen)| !its_own(seen));
    let screens = screens.map(|(_, seen)| stated_on(case, seen, call.what));
    let best = screens.chain([dialog]).max().unwrap_or(Purpose::None);
    opinion(call.what, subject, best, shown)
}

/// What a screen says a permission is for: the dialog on it as a whole, else any text of its own that names the permission.
fn stated_on(case: &Case<'_>, seen: &ScreenSeen, permission: &str) -> Purpose {
    let dialog = seen.reading.prompt.as_ref().map(|prompt| {
        // A long text is about many things: there the purpose must stand with the permission's name.
        purpose::of_permission(&prompt.text, permission, prompt.text.chars().count() <= 200)
    });
    let texts = tree(case, seen).map(|screen| {
        let seen = screen.elements.iter().filter(|element| element.seen && !element.text.is_empty());
        seen.map(|element| purpose::of_permission(&element.text, permission, false))
            .max()
            .unwrap_or(Purpose::None)
    });
    dialog.into_iter().chain(texts).max().unwrap_or(Purpose::None)
}

/// Fields for sensitive information on any screen of the recording.
fn of_fields(case: &Case<'_>) -> Vec<Opinion> {
    let mut opinions = Vec::new();
    for (seq, seen) in Case::screens(case.entries).filter(|(_, seen)| seen.reading.fields > 0 && !seen.again)
    {
        let Some(screen) = tree(case, seen) else { continue };
        for field in purpose::sensitive_fields(&screen) {
            let before = Around::of(case, seq).before;
            let told = |seen: &ScreenSeen| {
                let screen = tree(case, seen)?;
                let texts = screen.elements.iter().filter(|element| element.seen && !element.text.is_empty());
                texts.map(|element| purpose::of_text(&element.text)).max()
            };
            let texts = [told(seen), before.and_then(|(_, seen)| told(seen))];
            let best = texts.into_iter().flatten().max().unwrap_or(Purpose::None);
            let zh = purpose::chinese(&field.kind);
            let subject = (
                format!("“{}” ({}) is asked for", field.label, field.kind.replace('_', " ")),
                format!("要求填写“{}”（{zh}）", field.label),
            );
            let shown =
                at_screen(seq, seen, "the field, and all that the screen says", "输入项及该画面的全部说明");
            opinions.push(opinion(&field.kind, subject, best, vec![shown]));
        }
    }
    opinions
}

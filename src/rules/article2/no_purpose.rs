//! 2.3: no purpose given when a permission or sensitive information is asked for.

use crate::case::{Call, Case, Evidence};
use crate::language::asking::permissions_asked;
use crate::language::purpose::{self, Purpose};
use crate::recording::ScreenSeen;
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::screen::Rect;
use crate::text::{Bilingual, both, said};
use crate::world::access::AccessKind;

/// Words this far above or below a field are about it (dp; ours).
const BESIDE: f32 = 96.0;

/// The rule of item 2.3.
pub struct NoPurpose;

/// An opinion with the thing that it is about: `location`, `identity_card`.
type About = (String, Opinion);

impl Rule for NoPurpose {
    fn item(&self) -> &'static str {
        "2.3"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["first_run", "accept_consent", "refuse_permissions"]
    }
    fn needs(&self) -> &'static [AccessKind] {
        &[AccessKind::Ask]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let asks = case.calls().filter(Call::asks_the_person);
        let mut weighed: Vec<About> = Vec::new();
        let called: Vec<About> = asks.map(|call| weigh_ask(case, &call)).collect();
        let own = weigh_own_asks(case);
        let own = own.into_iter().filter(|(what, _)| !called.iter().any(|(known, _)| known == what));
        let own: Vec<About> = own.collect();
        for (what, opinion) in called.into_iter().chain(own).chain(weigh_fields(case)) {
            // One word on each thing, the gravest that was seen of it.
            match weighed.iter_mut().find(|(known, _)| *known == what) {
                Some((_, known)) if opinion.verdict.gravity() < known.verdict.gravity() => *known = opinion,
                Some(_) => {}
                None => weighed.push((what, opinion)),
            }
        }
        if weighed.is_empty() {
            return Weighed::clean(Opinion::not_applicable(both(
                "no permission was asked for and no field for sensitive information found",
                "没有申请权限，也没有发现收集敏感个人信息的输入项",
            )));
        }
        Weighed::of(weighed.into_iter().map(|(_, opinion)| opinion).collect())
    }
}

/// Says what a purpose comes to, of a subject such as `location is asked for`.
fn weigh_purpose(subject: Bilingual, purpose: Purpose, evidence: Vec<Evidence>) -> Opinion {
    let opinion = match purpose {
        Purpose::Stated(told) => Opinion::conforms(said!(
            "{subject}, and what for is said: “{told}”",
            "{subject}时说明了用途：“{told}”",
            subject,
            told
        )),
        Purpose::General(told) => Opinion::review(said!(
            "{subject} with a purpose that says little: “{told}”",
            "{subject}时的用途说明过于笼统：“{told}”",
            subject,
            told
        )),
        Purpose::None => Opinion::violation(said!(
            "{subject}, and neither the screen nor the one before says what for",
            "{subject}时，当前画面和前一画面均未说明用途",
            subject
        )),
    };
    opinion.with(evidence)
}

fn weigh_ask(case: &Case<'_>, call: &Call<'_>) -> About {
    // A phone's dialog is a screen itself, whose buttons ("only while using the app") are no purpose: what counts is its
    // sentence, and the screen before it.
    let its_own = |seen: &ScreenSeen| call.dialog.is_some() && seen.screen == call.screen;
    let before = &case.entries[..case.index_of(call.seq)];
    let appeared = Case::sightings(before).rev().find(|(_, seen)| its_own(seen)).map(|(entry, _)| entry);
    let around = case.around(appeared.unwrap_or(call.seq));
    let mut shown = vec![case.call_evidence(call)];
    shown.extend(around.evidence());
    let what = call.subject();
    if let Some(label) = around.tapped.as_deref().filter(|label| purpose::speaks_for(label, call.what)) {
        let reason = said!(
            "{what} is asked for when the person taps “{label}”, which says what for",
            "用户点击“{label}”时申请{what}权限，用途不言自明",
            what,
            label
        );
        return (call.what.to_owned(), Opinion::conforms(reason).with(shown));
    }
    let dialog = call.dialog.map_or(Purpose::None, |text| purpose::of_permission(text, call.what, true));
    let screens = around.screens().filter(|(_, seen)| !its_own(seen));
    let screens = screens.map(|(_, seen)| find_purpose(case, seen, call.what));
    let best = screens.chain([dialog]).max().unwrap_or(Purpose::None);
    let subject = said!("{what} is asked for", "申请{what}权限", what);
    (call.what.to_owned(), weigh_purpose(subject, best, shown))
}

/// Weighs the app's own dialogs that ask for a permission before the system does, where nobody went on to the system's ask.
fn weigh_own_asks(case: &Case<'_>) -> Vec<About> {
    let mut weighed: Vec<About> = Vec::new();
    for (seq, seen) in case.distinct_screens() {
        let reading = &case.read(seen).reading;
        let Some(prompt) = &reading.prompt else { continue };
        for what in permissions_asked(reading).unwrap_or_default() {
            let name = both(what.clone(), purpose::chinese(&what));
            let subject =
                said!("a dialog of the app's own asks for {name}", "应用自有弹窗申请{name}权限", name);
            let shows = vec![Evidence::of_screen(seq, seen, both("the app's own dialog", "应用自有弹窗"))];
            let found = purpose::of_permission(&prompt.text, &what, prompt.text.chars().count() <= 200);
            let opinion = match found {
                // What the system's ask would have said was not seen.
                Purpose::None => Opinion::review(said!(
                    "{subject} without saying what for; the system's ask, which may say it, was not reached",
                    "{subject}，未说明用途；系统的申请框可能另有说明，但未触发",
                    subject
                ))
                .with(shows),
                found => weigh_purpose(subject, found, shows),
            };
            weighed.push((what, opinion));
        }
    }
    weighed
}

/// Finds what a screen says a permission is for: the dialog on it as a whole, else any text of its own that names the
/// permission.
fn find_purpose<'a>(case: &Case<'a>, seen: &'a ScreenSeen, permission: &str) -> Purpose {
    let dialog = case.read(seen).reading.prompt.as_ref().map(|prompt| {
        // A long text is about many things: there the purpose must stand with the permission's name.
        purpose::of_permission(&prompt.text, permission, prompt.text.chars().count() <= 200)
    });
    let texts = case.tree(seen.screen).map(|screen| {
        let seen = screen.elements.iter().filter(|element| element.seen && !element.text.is_empty());
        seen.map(|element| purpose::of_permission(&element.text, permission, false))
            .max()
            .unwrap_or(Purpose::None)
    });
    dialog.into_iter().chain(texts).max().unwrap_or(Purpose::None)
}

/// Weighs fields for sensitive information on any screen of the recording.
fn weigh_fields(case: &Case<'_>) -> Vec<About> {
    let mut weighed = Vec::new();
    let with_fields = case.distinct_screens().filter(|(_, seen)| case.read(seen).reading.fields > 0);
    for (seq, seen) in with_fields {
        let Some(screen) = case.tree(seen.screen) else { continue };
        for field in purpose::sensitive_fields(&screen) {
            let place = screen.elements[field.element].rect;
            let (before, at) = (case.around(seq).before, seen.screen);
            let told = |seen: &ScreenSeen| {
                let screen = case.tree(seen.screen)?;
                let texts = screen.elements.iter().filter(|element| element.seen && !element.text.is_empty());
                // Whether words elsewhere on the screen (a coupon's) are about the field is for a person.
                let about = |text: &str| purpose::speaks_of(text, &field.kind);
                let beside = |rect: &Rect| {
                    let gap = (rect.y - place.bottom()).max(place.y - rect.bottom()).max(0.0);
                    seen.screen == at && screen.dp(gap) <= BESIDE
                };
                texts
                    .map(|element| match purpose::of_text(&element.text) {
                        Purpose::Stated(told) if !about(&element.text) && !beside(&element.rect) => {
                            Purpose::General(told)
                        }
                        purpose => purpose,
                    })
                    .max()
            };
            let texts = [told(seen), before.and_then(|(_, seen)| told(seen))];
            let best = texts.into_iter().flatten().max().unwrap_or(Purpose::None);
            let subject = said!(
                "“{label}” ({kind}) is asked for",
                "要求填写“{label}”（{kind}）",
                label = field.label,
                kind = both(field.kind.replace('_', " "), purpose::chinese(&field.kind))
            );
            let shows = both("the field, and all that the screen says", "输入项及该画面的全部说明");
            let shown = vec![Evidence::of_screen(seq, seen, shows)];
            weighed.push((field.kind, weigh_purpose(subject, best, shown)));
        }
    }
    weighed
}

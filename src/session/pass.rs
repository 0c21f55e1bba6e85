//! What a person does to pass one screen that stands in the way.

use std::time::Duration;

use super::broken::Broken;
use super::course::{Course, Manner};
use super::driven::Driven;
use super::find::Sought;
use crate::language::asking::{is_about_documents, permissions_asked};
use crate::language::danger;
use crate::language::lexicon::{Meaning, means};
use crate::language::reading::{Control, PromptKind, Reading, TickBox};
use crate::recording::entries::{AskAnswered, ConsentGiven, ConsentRefused, RefusalOutcome};
use crate::recording::{Afterwards, Event, RefusedBy, ScreenSeen};
use crate::screen::operation::Operation;
use crate::screen::{Checked, Screen};
use crate::sight::tick::Tick;

/// How long a control may take to be enabled once its box is ticked (ours).
const ENABLED: Duration = Duration::from_secs(2);

/// An ask of the app's own, other than for its documents, and its answer.
pub struct Ask {
    pub permissions: Vec<String>,
    pub agreed: bool,
    /// It has nothing to refuse with.
    pub forced: bool,
}

/// What passing a screen says to the app's documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// The screen does not ask.
    NotAsked,
    Given,
    Refused(RefusedBy),
}

impl Consent {
    fn given(documents: bool) -> Consent {
        if documents { Consent::Given } else { Consent::NotAsked }
    }
}

/// What is done.
pub struct Pass {
    what: What,
    pub consent: Consent,
    pub ask: Option<Ask>,
}

enum What {
    Answer {
        accept: bool,
    },
    /// Ticks what must be ticked, then taps.
    Tap {
        boxes: Vec<Control>,
        control: Control,
    },
}

impl Pass {
    /// What passes this screen; `None` where nothing stands in the way, or nothing that is known passes it.
    pub fn of(screen: &Screen, seen: &ScreenSeen, course: Course) -> Option<Pass> {
        let reading = &seen.reading;
        let prompt = reading.prompt.as_ref()?;
        let documents = prompt.names_policy || is_about_documents(reading);
        let ask = permissions_asked(reading);
        let refusing = match course.manner {
            Manner::Agreeing => false,
            Manner::RefusingAsks => !documents,
            Manner::Refusing => true,
        };
        if refusing && documents {
            return Pass::refusing_documents(screen, reading);
        }
        // What asks for a deed is never agreed to, whatever else it asks for.
        let grave = danger::in_question(screen).is_some_and(|danger| danger.is_grave() && !documents);
        if screen.alert.is_some() {
            let asked = documents || ask.is_some();
            let accept = asked && !grave && !(course.inside || refusing);
            let ask = ask.map(|permissions| Ask { permissions, agreed: accept, forced: false });
            return Some(Pass { what: What::Answer { accept }, consent: Consent::given(documents), ask });
        }
        let find = |meaning| match meaning {
            Meaning::Agree | Meaning::Next if grave => None,
            // In the middle of the app nothing is agreed to but its documents and its asks for permissions.
            Meaning::Agree if course.inside && !documents && ask.is_none() => None,
            _ => tappable(screen, reading, meaning),
        };
        let tap = |control, documents, ask| {
            let consent = Consent::given(documents);
            let boxes = if documents || !refusing { boxes_to_tick(seen) } else { Vec::new() };
            Some(Pass { what: What::Tap { boxes, control }, consent, ask })
        };
        let form = prompt.kind == PromptKind::Form;
        let answered = |agreed, forced| ask.clone().map(|permissions| Ask { permissions, agreed, forced });
        if refusing && ask.is_some() && !form {
            if let Some(control) = find(Meaning::Refuse).or_else(|| find(Meaning::Skip)) {
                return tap(control, false, answered(false, false));
            }
            let control = find(Meaning::Agree).or_else(|| find(Meaning::Next))?;
            return tap(control, false, answered(true, true));
        }
        if !form && let Some(control) = find(Meaning::Agree) {
            return tap(control, documents, answered(true, false));
        }
        // What agrees may wait for its box to be ticked.
        let waits = documents && !form && !boxes_to_tick(seen).is_empty();
        if waits && let Some(control) = find_waiting(screen, Meaning::Agree) {
            return tap(control, true, None);
        }
        if documents
            && !form
            && let Some(control) = find(Meaning::Next)
        {
            return tap(control, true, None);
        }
        if ask.is_some()
            && !form
            && let Some(control) = find(Meaning::Next)
        {
            return tap(control, false, answered(true, false));
        }
        let harmless: &[Meaning] = match course.inside {
            true if form => return None,
            true => &[Meaning::Skip, Meaning::Refuse],
            // Who agrees to the documents never refuses them, not even to go on.
            false if documents => &[Meaning::Skip, Meaning::Next],
            false => &[Meaning::Skip, Meaning::Next, Meaning::Refuse],
        };
        let control = harmless.iter().find_map(|&meaning| find(meaning))?;
        Some(Pass { what: What::Tap { boxes: Vec::new(), control }, consent: Consent::NotAsked, ask: None })
    }

    /// No to the app's documents; `None` where nothing says it.
    fn refusing_documents(screen: &Screen, reading: &Reading) -> Option<Pass> {
        let pass = |what, how| Pass { what, consent: Consent::Refused(how), ask: None };
        if screen.alert.is_some() {
            return Some(pass(What::Answer { accept: false }, RefusedBy::Control));
        }
        let (control, how) = refusal(screen, reading)?;
        Some(pass(What::Tap { boxes: Vec::new(), control }, how))
    }

    /// Says what is done and what that says to the app, in a line.
    pub fn describe(&self) -> String {
        let what = match &self.what {
            What::Answer { accept: true } => "the alert is accepted".to_owned(),
            What::Answer { accept: false } => "the alert is dismissed".to_owned(),
            What::Tap { boxes, control } if boxes.is_empty() => {
                format!("“{}” is tapped, which means {:?}", control.label, control.meaning)
            }
            What::Tap { boxes, control } => {
                format!("{} boxes are ticked and “{}” is tapped", boxes.len(), control.label)
            }
        };
        let says = match (self.consent, &self.ask) {
            (Consent::Given, _) => "consent is given",
            (Consent::Refused(_), _) => "consent is refused",
            (Consent::NotAsked, Some(ask)) if ask.agreed => "the app's ask is agreed to",
            (Consent::NotAsked, Some(_)) => "the app's ask is declined",
            (Consent::NotAsked, None) => "nothing is asked",
        };
        format!("{what}; {says}")
    }

    /// Does and records it.
    ///
    /// # Errors
    /// When the driver or the disk fails.
    pub async fn go(self, driven: &mut Driven<'_>, seen: &ScreenSeen) -> Result<(), Broken> {
        let screen = seen.screen;
        if self.ask.as_ref().is_some_and(|ask| ask.forced) {
            driven
                .recorder
                .append(Event::AfterRefusal(RefusalOutcome { screen, outcome: Afterwards::CannotRefuse }))?;
        }
        let (operation, by) = match self.what {
            What::Answer { accept } => {
                let by = if accept { "the alert's OK" } else { "the alert's Cancel" };
                (Operation::Answer { accept }, by.to_owned())
            }
            What::Tap { boxes, control } => {
                for tick in boxes {
                    let at = seen.reading.boxes.iter().find(|each| each.element == tick.element);
                    if let Some((x, y)) = at.and_then(|tick| tick.tap_at) {
                        let operation = Operation::Tap { x, y, label: tick.label };
                        driven.perform(screen, &operation).await?;
                    }
                }
                // Ticking can move what stands below the box, and can enable it, at once or a moment later.
                let mut now = driven.app.look().await?;
                let mut at = where_now(&now, &control);
                if at.is_none()
                    && let Some(changed) = driven.app.changed(&now, ENABLED).await?
                {
                    now = changed;
                    at = where_now(&now, &control);
                }
                let Some((x, y)) = at else { return Ok(()) };
                (Operation::Tap { x, y, label: control.label.clone() }, control.label)
            }
        };
        if !driven.perform(screen, &operation).await? {
            return Ok(());
        }
        match (self.consent, self.ask) {
            (Consent::Given, _) => {
                _ = driven.recorder.append(Event::ConsentGiven(ConsentGiven { screen, by }))?
            }
            (Consent::Refused(how), _) => {
                driven.recorder.append(Event::ConsentRefused(ConsentRefused { screen, by, how }))?;
            }
            (Consent::NotAsked, Some(Ask { permissions, agreed, .. })) => {
                driven.recorder.append(Event::AskAnswered(AskAnswered {
                    screen,
                    permissions,
                    agreed,
                    by,
                }))?;
            }
            (Consent::NotAsked, None) => {}
        }
        Ok(())
    }
}

/// What refuses: a control that says so, else one that closes.
pub fn refusal(screen: &Screen, reading: &Reading) -> Option<(Control, RefusedBy)> {
    let find = |meaning| tappable(screen, reading, meaning);
    let says_so = find(Meaning::Refuse).map(|control| (control, RefusedBy::Control));
    says_so.or_else(|| find(Meaning::Skip).map(|control| (control, RefusedBy::Close)))
}

/// The first control of this meaning that a tap reaches.
pub fn tappable(screen: &Screen, reading: &Reading, meaning: Meaning) -> Option<Control> {
    let reachable = |control: &&Control| {
        control.meaning == meaning
            && screen.elements.get(control.element).is_some_and(|e| e.tap_at.is_some())
            && !danger::of_label(&control.label).is_some_and(|danger| danger.is_grave_on(&control.label))
    };
    reading.controls.iter().find(reachable).cloned()
}

/// The control of this meaning that cannot be tapped yet.
fn find_waiting(screen: &Screen, meaning: Meaning) -> Option<Control> {
    let waits = |&at: &usize| {
        let element = &screen.elements[at];
        element.seen && element.disabled && means(&screen.label(at), meaning)
    };
    let element = (0..screen.elements.len()).find(waits)?;
    Some(Control { meaning, element, label: screen.label(element) })
}

/// Consent boxes that are off, by their pixels before their tree.
pub fn boxes_to_tick(seen: &ScreenSeen) -> Vec<Control> {
    let off = |(at, tick): (usize, &TickBox)| {
        let by_pixels = seen.ticks.get(at).copied().unwrap_or(Tick::Unsure);
        let on = by_pixels == Tick::On || (by_pixels == Tick::Unsure && tick.by_tree == Some(Checked::On));
        (tick.consent && !on).then(|| Control {
            meaning: Meaning::Agree,
            element: tick.element,
            label: tick.label.clone(),
        })
    };
    seen.reading.boxes.iter().enumerate().filter_map(off).collect()
}

/// The point of a control on the screen as it is now: at its old place if that still says the same, else by its words.
pub fn where_now(screen: &Screen, control: &Control) -> Option<(f32, f32)> {
    let element = Some(control.element);
    Sought { element, may_tick: false, ..Sought::by_label(&control.label) }.find_on(screen)
}

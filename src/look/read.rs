//! Reads a screen with the readers that a run uses, and puts down what they saw and why.

use super::model::{
    Asks, BoxSeen, ButtonSeen, ControlSeen, FieldSeen, Look, MentionSeen, PermissionSeen, PolicySeen,
};
use crate::language::boxes::only_ticks;
use crate::language::danger::{Place, Surroundings};
use crate::language::explain::{explain_box, explain_prompt, find_in_prose, prompt_layer};
use crate::language::lexicon::{Meaning, explain, explain_all};
use crate::language::reading::{PromptKind, Reading};
use crate::language::{permission, policy, rights};
use crate::screen::{Rect, Screen};
use crate::session::read_screen;
use crate::world::Observation;

/// Something that can be tapped and holds other controls and more words than this is a layer, not a control (characters;
/// ours).
const LAYER: usize = 60;

/// Reads what was observed; `source` says where it came from.
pub fn read_look(observation: &Observation, source: &str) -> Look {
    let screen = &observation.screen;
    let read = read_screen(observation);
    let reading = &read.reading;
    let controls = find_controls(screen, reading);
    let boxes: Vec<BoxSeen> = reading
        .boxes
        .iter()
        .enumerate()
        .map(|(at, tick)| BoxSeen {
            number: controls.len() + at + 1,
            element: tick.element,
            role: tick.role,
            label: tick.label.clone(),
            rect: tick.rect,
            tap_at: tick.tap_at,
            by_tree: tick.by_tree,
            by_pixels: read.ticks.get(at).copied(),
            consent: tick.consent,
            why: explain_box(screen, tick),
        })
        .collect();
    let before = controls.len() + boxes.len();
    let fields = rights::fields(screen).into_iter().enumerate().map(|(at, field)| FieldSeen {
        number: before + at + 1,
        element: field.element,
        label: field.label,
        kind: field.kind,
        required: field.required,
        rect: screen.elements[field.element].rect,
    });
    let mentions = reading.mentions.iter().enumerate().map(|(at, mention)| MentionSeen {
        element: mention.element,
        text: mention.text.clone(),
        font: mention.font,
        contrast: read.contrasts.get(at).copied().flatten(),
        why: find_in_prose(&mention.text, Meaning::Policy).map(|said| said.to_string()).unwrap_or_default(),
        rect: screen.elements[mention.element].rect,
    });
    Look {
        source: source.to_owned(),
        title: screen.title.clone(),
        address: screen.address.clone(),
        width: screen.width,
        height: screen.height,
        density: screen.density,
        elements: screen.elements.len(),
        omitted: screen.omitted,
        settled: screen.settled,
        picture: observation.picture.is_some(),
        asks: read_asks(screen, reading),
        policy: PolicySeen { shown: policy::on_screen(screen, None), why: policy::explain(screen, None) },
        permission: permission::read(screen).map(|dialog| PermissionSeen {
            why: permission::explain(screen, &dialog),
            permission: dialog.permission,
            text: dialog.text,
            buttons: dialog
                .buttons
                .into_iter()
                .map(|button| ButtonSeen { answer: button.answer, label: button.label })
                .collect(),
        }),
        fields: fields.collect(),
        mentions: mentions.collect(),
        unread_share: reading.unread_share,
        differs: Vec::new(),
        notes: Vec::new(),
        controls,
        boxes,
    }
}

fn read_asks(screen: &Screen, reading: &Reading) -> Asks {
    let why = explain_prompt(screen, reading);
    let Some(prompt) = &reading.prompt else {
        return Asks { kind: None, text: String::new(), names_policy: false, asks: false, why, rect: None };
    };
    Asks {
        kind: Some(prompt.kind),
        text: prompt.text.clone(),
        names_policy: prompt.names_policy,
        asks: prompt.asks,
        why,
        rect: layer_of(screen, reading).and_then(|at| extent_of(screen, at)),
    }
}

/// The layer that asks, where one lies over the rest.
fn layer_of(screen: &Screen, reading: &Reading) -> Option<usize> {
    let prompt = reading.prompt.as_ref().filter(|prompt| prompt.kind == PromptKind::Dialog);
    prompt.and_then(|_| prompt_layer(screen))
}

/// What the words and controls of a layer cover: the layer itself may be a backdrop over everything.
fn extent_of(screen: &Screen, layer: usize) -> Option<Rect> {
    let inner = screen.descendants(layer).map(|at| &screen.elements[at]);
    inner
        .filter(|element| element.seen && (!element.text.is_empty() || element.tap_at.is_some()))
        .map(|element| element.rect)
        .reduce(|a, b| {
            let (x, y) = (a.x.min(b.x), a.y.min(b.y));
            Rect::new(x, y, a.right().max(b.right()) - x, a.bottom().max(b.bottom()) - y)
        })
}

/// Every control in sight, in the tree's order: those that were read, and those that can be tapped besides.
fn find_controls(screen: &Screen, reading: &Reading) -> Vec<ControlSeen> {
    let around = Surroundings::of(screen);
    let layer = layer_of(screen, reading);
    let mut controls = Vec::new();
    for (at, element) in screen.elements.iter().enumerate() {
        let meanings: Vec<Meaning> = reading
            .controls
            .iter()
            .filter(|control| control.element == at)
            .map(|control| control.meaning)
            .collect();
        let taps = element.seen && element.tappable.is_some() && !element.role.is_field();
        if meanings.is_empty() && (!taps || only_ticks(screen, at) || is_layer(screen, at)) {
            continue;
        }
        let label = screen.label(at);
        let inside = layer.is_none_or(|layer| at == layer || screen.is_within(at, layer));
        let asked = [Meaning::Agree, Meaning::Refuse, Meaning::Next, Meaning::Skip];
        let outside = !inside
            && asked.iter().any(|&meaning| explain(&label, meaning).is_some_and(|said| said.is_meant()));
        controls.push(ControlSeen {
            number: controls.len() + 1,
            element: at,
            role: element.role,
            why: explain_all(&label),
            label,
            rect: element.rect,
            tap_at: element.tap_at,
            tappable: element.tappable,
            disabled: element.disabled,
            meanings,
            outside,
            danger: around.danger_of(at, Place::Guest).filter(|_| taps),
        });
    }
    controls
}

/// Something around other controls that listens for taps itself, such as a page's body.
fn is_layer(screen: &Screen, at: usize) -> bool {
    screen.text_within(at).chars().count() > LAYER
        && screen
            .descendants(at)
            .any(|inner| screen.elements[inner].tappable.is_some() && screen.elements[inner].seen)
}

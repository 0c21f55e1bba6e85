//! Finding controls by meaning, and the prompt and consent boxes that they belong to.

use super::boxes::{find_boxes, only_ticks};
use super::documents::{mentions_document, names_policy, windows};
use super::lexicon::{Label, Meaning, fold, folded_means, means};
use super::reading::{Control, Mention, Prompt, PromptKind, Reading, TickBox};
use crate::screen::{Rect, Role, Screen};

const CONTROL_MEANINGS: [Meaning; 12] = [
    Meaning::Agree,
    Meaning::Refuse,
    Meaning::Next,
    Meaning::Skip,
    Meaning::Policy,
    Meaning::Agreement,
    Meaning::SignIn,
    Meaning::Pays,
    Meaning::Calls,
    Meaning::Posts,
    Meaning::LogsOut,
    Meaning::Deletes,
];

/// A text longer than this (characters, spaces and marks included) holds more than the wording of one consent (ours).
const PROSE: usize = 1_500;

/// Words about the policy that stand together are at most so long (characters; ours).
const BESIDE_NEXT: usize = 400;

/// Reads one screen.
pub fn read(screen: &Screen) -> Reading {
    let layer = find_prompt_layer(screen);
    let scope: Vec<usize> = match layer {
        Some(at) => std::iter::once(at).chain(screen.descendants(at)).collect(),
        None => (0..screen.elements.len()).collect(),
    };
    let controls = find_controls(screen, &scope);
    let mut boxes = find_boxes(screen, &scope);
    let mentions = find_mentions(screen, &scope);
    let fields =
        scope.iter().filter(|&&at| screen.elements[at].seen && screen.elements[at].role.is_field()).count();
    let prompt = find_prompt(screen, layer, &controls, &boxes, &mentions, fields);
    if prompt.as_ref().is_some_and(|prompt| prompt.names_policy) {
        // 我已阅读并同意上述文件: what it is about stands above it.
        let agrees = |label: &str| {
            means(label, Meaning::Agree)
                || (means(label, Meaning::ConsentWording)
                    && !means(label, Meaning::NotConsent)
                    && !means(label, Meaning::Refuse))
        };
        for tick in boxes.iter_mut().filter(|tick| agrees(&tick.label)) {
            tick.consent = true;
        }
    }
    let implied_consent = scope
        .iter()
        .filter(|&&at| screen.elements[at].seen || screen.elements[at].role == Role::Group)
        .map(|&at| screen.text_within(at))
        .chain(screen.alert.clone())
        .filter(|text| {
            // Most texts are too long or too short, which is told without folding them.
            let length = text.chars().count();
            (4..=PROSE).contains(&length) && means(text, Meaning::ImpliedConsent) && mentions_document(text)
        })
        .min_by_key(|text| text.chars().count());
    Reading {
        prompt,
        controls,
        boxes,
        mentions,
        implied_consent,
        fields,
        unread_share: measure_unread_share(screen),
    }
}

/// Pictures and canvases carry words that the tree does not have.
fn measure_unread_share(screen: &Screen) -> f32 {
    let whole = Rect::new(0.0, 0.0, screen.width, screen.height);
    let share = screen
        .elements
        .iter()
        .filter(|element| element.seen && matches!(element.role, Role::Image | Role::Canvas))
        .filter_map(|element| element.rect.intersection(&whole))
        .map(|rect| rect.area() / whole.area().max(1.0))
        .fold(0.0, f32::max);
    // Two places are enough, and keep the timeline short.
    (share * 100.0).round() / 100.0
}

/// The topmost layer over the screen that shows text; a backdrop without text is none.
pub(super) fn find_prompt_layer(screen: &Screen) -> Option<usize> {
    screen
        .elements
        .iter()
        .enumerate()
        .filter(|(at, element)| element.overlay && element.seen && !screen.text_within(*at).is_empty())
        .filter(|(at, _)| {
            screen
                .descendants(*at)
                .any(|inner| screen.elements[inner].tappable.is_some() && screen.elements[inner].seen)
        })
        .map(|(at, _)| at)
        .next_back()
        .map(|last| {
            // A dialog inside its own wrapping layer is one thing: take the outermost overlay around it.
            screen.ancestors(last).filter(|&outer| screen.elements[outer].overlay).last().unwrap_or(last)
        })
}

fn find_controls(screen: &Screen, scope: &[usize]) -> Vec<Control> {
    let mut controls: Vec<Control> = Vec::new();
    for &at in scope {
        let element = &screen.elements[at];
        if !element.seen {
            continue;
        }
        let label = screen.label(at);
        if label.is_empty() || label.chars().count() > 60 {
            continue;
        }
        let meanings = Label::of(&label);
        for meaning in CONTROL_MEANINGS.into_iter().filter(|&meaning| meanings.means(meaning)) {
            // A document's name may be a link that the tree does not show as one; everything else must be tappable.
            let document = matches!(meaning, Meaning::Policy | Meaning::Agreement);
            let leaf = !element.text.is_empty() && element.role != Role::Heading;
            if element.tappable.is_none() && !(document && leaf && is_quoted_name(&label)) {
                continue;
            }
            if element.role.is_tickable()
                || !document && (element.role == Role::Label || only_ticks(screen, at))
            {
                continue;
            }
            // Nested controls with one label are one control: the innermost that can be tapped.
            if let Some(outer) = controls.iter_mut().find(|c| {
                c.meaning == meaning
                    && screen.is_within(at, c.element)
                    && (document || fold(&c.label) == meanings.folded)
            }) {
                if element.tappable.is_some() {
                    (outer.element, outer.label) = (at, label.clone());
                }
                continue;
            }
            controls.push(Control { meaning, element: at, label: label.clone() });
        }
    }
    controls
}

/// 《隐私政策》: the name alone, marked as a document's.
fn is_quoted_name(label: &str) -> bool {
    label.starts_with('《') && label.trim_end().ends_with('》')
}

fn find_mentions(screen: &Screen, scope: &[usize]) -> Vec<Mention> {
    scope
        .iter()
        .map(|&at| (at, &screen.elements[at]))
        .filter(|(_, element)| element.seen && !element.text.is_empty() && names_policy(&element.text))
        .map(|(at, element)| Mention {
            element: at,
            text: element.text.chars().take(120).collect(),
            font: element.font.map(|px| screen.dp(px)),
        })
        .collect()
}

fn find_prompt(
    screen: &Screen,
    layer: Option<usize>,
    controls: &[Control],
    boxes: &[TickBox],
    mentions: &[Mention],
    fields: usize,
) -> Option<Prompt> {
    let prompt = |kind, text: String| {
        let names_policy = names_policy(&text);
        let asks = windows(&fold(&text)).any(|window| folded_means(window, Meaning::AsksToRead));
        Prompt { kind, text: text.chars().take(1000).collect(), names_policy, asks }
    };
    if let Some(alert) = &screen.alert {
        return Some(prompt(PromptKind::Alert, alert.clone()));
    }
    if let Some(at) = layer {
        return Some(prompt(PromptKind::Dialog, screen.text_within(at)));
    }
    let consent_box = boxes.iter().any(|tick| tick.consent);
    if fields > 0
        && (consent_box || (!mentions.is_empty() && controls.iter().any(|c| c.meaning == Meaning::SignIn)))
    {
        return Some(prompt(PromptKind::Form, screen.seen_text()));
    }
    let agree = controls.iter().any(|control| control.meaning == Meaning::Agree);
    // One button that goes on asks for consent only where words beside it ask to read the policy: a footer's link and a
    // carousel's "next" are no prompt.
    let asks_to_read = |mention: &Mention| {
        // The words often stand around a link that is the policy's name alone.
        let around = std::iter::once(mention.element).chain(screen.ancestors(mention.element).take(3));
        around
            .map(|at| screen.text_within(at))
            .take_while(|text| text.chars().count() <= BESIDE_NEXT)
            .any(|text| means(&text, Meaning::AsksToRead))
    };
    let only_next =
        controls.iter().any(|control| control.meaning == Meaning::Next) && mentions.iter().any(asks_to_read);
    ((agree || consent_box || only_next) && (!mentions.is_empty() || agree))
        .then(|| prompt(PromptKind::Page, screen.seen_text()))
}

#[cfg(test)]
#[path = "controls_tests.rs"]
mod tests;

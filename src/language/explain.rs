//! Why a screen is read as it is: what makes it a prompt, what makes a box one of consent. `controls.rs` and `boxes.rs`
//! decide; this file names the words and signs that decided, for `candor look`.

use super::boxes::{is_consent, read_symbol};
use super::controls::find_prompt_layer;
use super::documents::windows;
use super::lexicon::{Explained, Meaning, explain, explain_folded, fold};
use super::reading::{LabelRelation, PromptKind, Reading, TickBox};
use crate::screen::Screen;

/// Finds the word that gives a text a meaning, however long the text is; in the form `policy: holds “隐私政策”`.
pub fn find_in_prose(text: &str, meaning: Meaning) -> Option<Explained> {
    let folded = fold(text);
    // Names of documents stand beside one another, as in 用户协议和隐私政策.
    let parts = folded.split(['和', '及', '与', '、', '|']);
    let meant = |piece: &str| explain_folded(piece.trim(), meaning).filter(Explained::is_meant);
    parts.chain([folded.as_str()]).find_map(|part| meant(part).or_else(|| windows(part).find_map(meant)))
}

/// The topmost layer over a screen that shows words and has something to tap: what is asked is read in it only.
pub fn prompt_layer(screen: &Screen) -> Option<usize> {
    find_prompt_layer(screen)
}

/// Says in a few lines why a screen asks something of the person, or does not.
pub fn explain_prompt(screen: &Screen, reading: &Reading) -> Vec<String> {
    let Some(prompt) = &reading.prompt else {
        return vec![
            "no alert, and no layer over the screen with words and something to tap; no control agrees, no box is one of consent"
                .to_owned(),
        ];
    };
    let mut why = vec![match prompt.kind {
        PromptKind::Alert => "a native alert covers the screen".to_owned(),
        PromptKind::Dialog => match find_prompt_layer(screen) {
            Some(at) => {
                format!(
                    "element {at} lies over the rest with words and something to tap: only what is in it is read"
                )
            }
            None => "a layer lies over the rest".to_owned(),
        },
        PromptKind::Form => match reading.consent_boxes().next() {
            Some(_) => format!("{} fields beside a box of consent", reading.fields),
            None => {
                format!("{} fields, the policy is named, and a control leads to the log-in", reading.fields)
            }
        },
        PromptKind::Page => explain_page(reading),
    }];
    why.push(match find_in_prose(&prompt.text, Meaning::Policy) {
        Some(said) if prompt.names_policy => format!("names the policy ({said})"),
        _ if prompt.names_policy => "names the policy, after the first 1,000 characters".to_owned(),
        _ => "does not name the policy: no word of `policy` stands in it".to_owned(),
    });
    why.push(match find_in_prose(&prompt.text, Meaning::AsksToRead) {
        Some(said) if prompt.asks => format!("asks to read or to agree ({said})"),
        _ if prompt.asks => "asks to read or to agree".to_owned(),
        _ => "asks neither to read nor to agree: no word of `asks_to_read` stands in it".to_owned(),
    });
    if let Some(text) = &reading.implied_consent {
        let said = explain(text, Meaning::ImpliedConsent).map(|said| format!(" ({said})"));
        why.push(format!("says that going on is consent{}", said.unwrap_or_default()));
    }
    why
}

/// What makes a whole page ask for consent.
fn explain_page(reading: &Reading) -> String {
    if let Some(control) = reading.control(Meaning::Agree) {
        return format!("a page with a control that agrees, “{}”", control.label);
    }
    if let Some(tick) = reading.consent_boxes().next() {
        return format!("a page with a box of consent, “{}”", tick.label);
    }
    let next = reading.control(Meaning::Next).map(|control| control.label.as_str()).unwrap_or_default();
    format!("a page with “{next}” beside words that ask to read the policy")
}

/// Says in a few lines why something is a box, how its words belong to it, and why ticking it is consent or is not.
pub fn explain_box(screen: &Screen, tick: &TickBox) -> Vec<String> {
    let Some(element) = screen.elements.get(tick.element) else { return Vec::new() };
    let sign = if element.checked.is_some() {
        match tick.hidden_native {
            true => "the control itself is hidden: what is drawn in its row stands for it".to_owned(),
            false => "the tree gives it a state".to_owned(),
        }
    } else if read_symbol(&element.text).is_some() {
        format!("the character “{}”", element.text.trim())
    } else if tick.ornament {
        "drawn, of a box's size, and nothing takes a tap on it: it may be an ornament".to_owned()
    } else {
        "drawn, of a box's size, beside a sentence of consent".to_owned()
    };
    let relation = match tick.relation {
        LabelRelation::Wraps => "a tap on the words ticks it",
        LabelRelation::Linked => "the tree ties the words to it",
        LabelRelation::Follows => "the words share its row",
        LabelRelation::Beside => "the words stand next to it",
    };
    vec![sign, relation.to_owned(), explain_consent(tick)]
}

/// Why ticking a box is consent, or is not.
fn explain_consent(tick: &TickBox) -> String {
    let label = &tick.label;
    let by_prompt = tick.consent && !is_consent(label);
    if by_prompt {
        return "consent: its words agree, and the prompt around it names the policy".to_owned();
    }
    let Some(wording) = find_in_prose(label, Meaning::ConsentWording) else {
        return "no consent: no word of `consent_wording` stands in its words".to_owned();
    };
    let document = find_in_prose(label, Meaning::Policy).or_else(|| find_in_prose(label, Meaning::Agreement));
    if let Some(document) = document {
        return format!("consent ({wording}; {document})");
    }
    match explain(label, Meaning::NotConsent).filter(Explained::is_meant) {
        Some(other) => format!("no consent: about something else ({other})"),
        None if tick.consent => format!("consent ({wording}; names personal information)"),
        None => "no consent: names neither a document nor personal information".to_owned(),
    }
}

#[cfg(test)]
#[path = "explain_tests.rs"]
mod tests;

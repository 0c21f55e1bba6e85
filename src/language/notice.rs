//! How an app tells that its policy changed, where it keeps messages, and which switches are about personal information. The
//! words are data in `notice.yaml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::lexicon::fold;
use super::sentences::{sentences, shorten};
use crate::screen::Screen;

/// Longest sentence that tells of a change (characters; ours): a policy's own text is longer and is no notice.
const NOTICE: usize = 160;
/// Longest label of a switch or a way (characters; ours).
const LABEL: usize = 40;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    documents: Vec<String>,
    changed: Vec<String>,
    promises: Vec<String>,
    messages: Vec<String>,
    switches: Vec<String>,
    ways: Vec<String>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("notice.yaml")).expect("notice.yaml is checked by a test")
});

fn has(lower: &str, words: &[String]) -> bool {
    words.iter().any(|word| lower.contains(word.as_str()))
}

/// Returns the sentence on a screen that tells that the policy changed; `None` where none does.
pub fn find_notice(screen: &Screen) -> Option<String> {
    let texts = screen.elements.iter().filter(|element| element.seen).map(|element| element.text.as_str());
    let own = screen.alert.as_deref().into_iter().chain(texts).find_map(notice_in);
    // A link to the document cuts the sentence into several elements.
    own.or_else(|| notice_in(&screen.seen_text().replace('\n', "")).filter(|_| !is_long(screen)))
}

/// Tells whether a screen holds so much text that a sentence of it is the document's own.
fn is_long(screen: &Screen) -> bool {
    screen.seen_text().chars().count() > 1500
}

fn notice_in(text: &str) -> Option<String> {
    sentences(text).find_map(|sentence| {
        let lower = sentence.to_lowercase();
        let tells = sentence.chars().count() <= NOTICE
            && has(&lower, &DATA.documents)
            && has(&lower, &DATA.changed)
            && !has(&lower, &DATA.promises);
        tells.then(|| shorten(sentence, NOTICE))
    })
}

/// Tells whether a label leads to where the app keeps its messages.
pub fn leads_to_messages(label: &str) -> bool {
    let folded = fold(label);
    DATA.messages.contains(&folded)
}

/// Tells whether a label is that of a switch about personal information.
pub fn is_privacy_switch(label: &str) -> bool {
    label.chars().count() <= LABEL && has(&label.to_lowercase(), &DATA.switches)
}

/// Returns how much a label promises to lead to such switches: 0 most, `None` not at all.
pub fn way_to_switches(label: &str) -> Option<usize> {
    let lower = label.to_lowercase();
    (lower.chars().count() <= LABEL / 2)
        .then(|| DATA.ways.iter().position(|word| lower.contains(word.as_str())))?
}

#[cfg(test)]
#[path = "notice_tests.rs"]
mod tests;

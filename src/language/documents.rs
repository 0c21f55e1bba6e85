//! Where a text names a privacy policy or a user agreement.

use super::lexicon::{Meaning, fold, folded_means};
use super::sentences::pieces;

/// Whether prose names a privacy policy, however long it is.
pub fn names_policy(text: &str) -> bool {
    let folded = fold(text);
    folded.split(['和', '及', '与', '、', '|']).any(|part| {
        folded_means(part, Meaning::Policy)
            || windows(part).any(|window| folded_means(window, Meaning::Policy))
    })
}

/// Overlapping pieces of a folded text, so that the lexicon's limit on a control's length does not hide a name in prose.
pub(super) fn windows(folded: &str) -> impl Iterator<Item = &str> {
    pieces(folded, 60)
}

/// Whether a text names a policy or an agreement.
pub(super) fn mentions_document(text: &str) -> bool {
    names_policy(text) || windows(&fold(text)).any(|window| folded_means(window, Meaning::Agreement))
}

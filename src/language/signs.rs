//! Words by which a text gives something away, kept as data in `signs.yaml`. What a control means stands in the lexicon.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `signs.yaml`. Each word is looked for anywhere in a text in lower case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signs {
    /// A list that stands elsewhere: who is not named in the policy may be named in it.
    pub lists_of_partners: Vec<String>,
    /// A third party comes next.
    pub third_comes: Vec<String>,
    /// A label that agrees to hand something over.
    pub hands_over: Vec<String>,
    /// Acts of consent that whoever sees the words does: going on.
    pub goes_on: Vec<String>,
    /// A text about the use of information, or about terms.
    pub about_information: Vec<String>,
    /// What may end an account.
    pub ends_account: Vec<String>,
    /// Purposes that cannot be left out.
    pub purpose_needed: Vec<String>,
    /// Purposes that can be left out, although they hold a word of the list before.
    pub purpose_not_needed: Vec<String>,
    /// A sentence that says that something is not done.
    pub not_done: Vec<String>,
    /// Headings of recommendations that say nothing of one person.
    pub guesses: Vec<String>,
    /// A policy that says that a list of its own names what it collects.
    pub lists_of_information: Vec<String>,
    /// A page that is closed until a permission is given.
    pub wants_permission: Vec<String>,
    /// The name of what a switch of recommendations or adverts switches begins so.
    pub names_of_targeting: Vec<String>,
    /// A text about a permission that asks for it.
    pub asks_permission: Vec<String>,
    /// Words that name no kind of information.
    pub umbrella: Vec<String>,
}

/// The words of `signs.yaml`.
pub static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("signs.yaml")).expect("signs.yaml is checked by a test")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_read_and_are_in_lower_case() {
        let signs = &*SIGNS;
        let lists = [
            &signs.lists_of_partners,
            &signs.third_comes,
            &signs.hands_over,
            &signs.goes_on,
            &signs.about_information,
            &signs.ends_account,
            &signs.purpose_needed,
            &signs.purpose_not_needed,
            &signs.not_done,
            &signs.guesses,
            &signs.lists_of_information,
            &signs.wants_permission,
            &signs.names_of_targeting,
            &signs.asks_permission,
            &signs.umbrella,
        ];
        for word in lists.into_iter().flatten() {
            assert!(!word.is_empty() && *word == word.to_lowercase(), "{word:?}");
        }
        assert!(lists.iter().all(|list| !list.is_empty()));
    }
}

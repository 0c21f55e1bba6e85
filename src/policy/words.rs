//! The lists of words in `words.yaml`, and every place in a text where a word of one stands, found in one pass.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use super::folding::{fold, stands_alone};

/// A list of `words.yaml`, by its name there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Set {
    Collect,
    Give,
    Uses,
    Automatic,
    FromOthers,
    Purpose,
    PurposeGeneral,
    PurposeHead,
    Function,
    Optional,
    Necessary,
    Negation,
    DenyCollect,
    DenyUpload,
    DenyKeep,
    DenyShare,
    Condition,
    ConditionLocal,
    But,
    Definition,
    Permission,
    Share,
    Sdk,
    ReceiverClass,
    ColName,
    ColCompany,
    ColKinds,
    ColPurpose,
    ColLink,
    ColPermission,
    ColMeans,
    LabelName,
    LabelCompany,
    LabelKinds,
    LabelPurpose,
    LabelLink,
    Retain,
    RetainUntil,
    Place,
    PlaceMainland,
    PlaceAbroad,
    PlaceDevice,
    RightAccess,
    RightCorrect,
    RightDelete,
    RightCopy,
    RightWithdraw,
    RightCancel,
    RightExplain,
    RightComplain,
    RightRefusePush,
    TurnOff,
    SaysRight,
    NotRight,
    WayApp,
    WayContact,
    WaySystem,
    CondAsks,
    CondNot,
    CondPaper,
    CondHandHeld,
    CondIdentityPhoto,
    CondFace,
    CondPhoneCall,
    CondDebt,
    CondUnbind,
    CondHistory,
    CondCode,
    CondReason,
    Answers,
    LimitComplaint,
    LimitCancel,
    LimitRequest,
    LimitOther,
    LimitCooling,
    Operator,
    Updated,
    Effective,
    Published,
    HeadCollect,
    HeadShare,
    HeadRights,
    HeadSecurity,
    HeadChild,
    HeadRetention,
    HeadContact,
    HeadChange,
    HeadDefinition,
    HeadExempt,
    HeadCookie,
    HeadPermission,
    Exempt,
    Child,
    Lead,
    Invites,
    PhoneWords,
    Chat,
    Account,
    Form,
    Post,
    StateHotline,
    OthersContact,
    CompanyPlaces,
    CompanyBefore,
}

static WORDS: LazyLock<BTreeMap<Set, Vec<String>>> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("words.yaml")).expect("words.yaml is read by a test")
});

/// Returns the words of a list, as the data has them.
pub fn words_of(set: Set) -> &'static [String] {
    WORDS.get(&set).map_or(&[], Vec::as_slice)
}

/// Every word in one automaton, with the lists in which each stands.
struct Automaton {
    words: AhoCorasick,
    sets: Vec<Vec<Set>>,
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let mut sets: BTreeMap<String, Vec<Set>> = BTreeMap::new();
    for (&set, words) in WORDS.iter() {
        for word in words {
            sets.entry(fold(word)).or_default().push(set);
        }
    }
    let words = AhoCorasick::new(sets.keys()).expect("the words fit; a test builds this");
    Automaton { words, sets: sets.into_values().collect() }
});

/// Where a word of a list stands, in bytes of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub set: Set,
    pub begins: usize,
    pub ends: usize,
}

/// The words of all lists that stand in a text.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    all: Vec<Hit>,
    /// A bit for each list.
    sets: u128,
}

impl Hits {
    /// Finds the words of a folded text.
    pub fn of(folded: &str) -> Hits {
        let mut hits = Hits::default();
        for found in AUTOMATON.words.find_overlapping_iter(folded) {
            if !stands_alone(folded, found.start(), found.end()) {
                continue;
            }
            for &set in &AUTOMATON.sets[found.pattern().as_usize()] {
                hits.sets |= 1 << set as u32;
                hits.all.push(Hit { set, begins: found.start(), ends: found.end() });
            }
        }
        hits
    }

    /// Tells whether a word of a list stands there.
    pub fn has(&self, set: Set) -> bool {
        self.sets & (1 << set as u32) != 0
    }

    /// Tells whether a word of one of these lists stands there.
    pub fn has_any(&self, sets: &[Set]) -> bool {
        sets.iter().any(|set| self.has(*set))
    }

    /// Returns the places where words of a list stand, in the order of their ends.
    pub fn each(&self, set: Set) -> impl Iterator<Item = Hit> {
        self.all.iter().filter(move |hit| hit.set == set).copied()
    }

    /// Returns the first place where a word of a list stands.
    pub fn first(&self, set: Set) -> Option<Hit> {
        self.each(set).min_by_key(|hit| hit.begins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_used_by_name() {
        assert!(WORDS.len() > 90 && WORDS.len() < 128, "{}", WORDS.len());
        assert!(WORDS.values().all(|words| !words.is_empty()));
    }
}

//! The page of an item: when it is a violation, when it is left to a person, what shows it, and what looks like it and is none.
//! Data in `guide.yaml`; `candor rules ITEM` prints it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::catalogue::Bilingual;
use crate::item::ItemId;

/// What an auditor and a developer want to know of an item.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// When it is a violation.
    pub violation: Bilingual,
    /// When a person decides.
    pub review: Bilingual,
    /// What shows it.
    pub evidence: Bilingual,
    /// What looks like it and is none.
    pub traps: Bilingual,
}

static PAGES: LazyLock<BTreeMap<ItemId, Page>> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("guide.yaml"))
        .expect("the pages ship inside the program and a test reads them")
});

/// Returns the page of an item.
pub fn page_of(item: ItemId) -> Option<&'static Page> {
    PAGES.get(&item)
}

#[cfg(test)]
mod tests {
    use super::super::probes_of;
    use super::*;

    #[test]
    fn every_item_has_a_page_in_both_languages() {
        for item in ItemId::all() {
            let page = page_of(item).expect("a page");
            for text in [&page.violation, &page.review, &page.evidence, &page.traps] {
                assert!(text.en.ends_with('.') && text.zh.ends_with('。'), "{item}: {text:?}");
            }
            // What has no rule says so.
            let unruled = page.violation.en.starts_with("No probe yet");
            assert_eq!(unruled, probes_of(item).is_empty(), "{item}");
        }
        assert_eq!(PAGES.len(), 31);
    }
}

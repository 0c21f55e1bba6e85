//! The 31 items in words, Chinese and English, kept as data in `catalogue.yaml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::item::ItemId;
pub use crate::text::{Bilingual, both};

/// One of the notice's six articles.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub article: u8,
    pub title: Bilingual,
}

/// How far an item can be judged without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// From the recording alone.
    Auto,
    /// Needs a few lines from the auditor.
    Scenario,
    /// Evidence is prepared, a person rules.
    Human,
}

/// One of the 31 items.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueItem {
    pub item: ItemId,
    pub article: u8,
    pub title: Bilingual,
    pub meaning: Bilingual,
    pub mend: Bilingual,
}

/// The notice as data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    pub articles: Vec<Article>,
    pub items: Vec<CatalogueItem>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("catalogue.yaml"))
        .expect("the catalogue ships inside the program and a test reads it")
});

/// All of it, in the notice's order.
pub fn get() -> &'static Catalogue {
    &CATALOGUE
}

/// The words of one item.
pub fn entry(item: ItemId) -> &'static CatalogueItem {
    // A test holds the data to all 31 items in order, so the position is the item's own.
    let at = ItemId::all().position(|id| id == item).unwrap_or(0);
    &CATALOGUE.items[at]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_holds_all_31_items_in_order() {
        let found: Vec<ItemId> = get().items.iter().map(|item| item.item).collect();
        assert_eq!(found, ItemId::all().collect::<Vec<_>>());
        assert!(get().items.iter().all(|item| item.article == item.item.article()));
        assert_eq!(get().articles.len(), 6);
    }
}

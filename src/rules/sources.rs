//! Where the criterion of each item stands, with the section: the notice, the guides and standards that measure it. Data in
//! `sources.yaml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::catalogue::Bilingual;
use crate::item::ItemId;
use crate::text::both;

/// What may follow from a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A violation can follow from it.
    Notice,
    /// It says how the notice's words are measured.
    Guide,
    /// A later law, which may ask for more: worth a note, and no item of the notice.
    Law,
}

/// A document in which criteria stand.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub level: Level,
    pub title: Bilingual,
}

/// A place in a document.
#[derive(Debug, Clone)]
pub struct Source {
    pub document: &'static Document,
    pub section: Bilingual,
}

impl Source {
    /// Says it on one line: the document and the section.
    pub fn words(&self) -> Bilingual {
        let Bilingual { zh, en } = &self.document.title;
        both(format!("{en}, {}", self.section.en), format!("{zh}{}", self.section.zh))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    documents: BTreeMap<String, Document>,
    items: BTreeMap<ItemId, Vec<(String, String)>>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("sources.yaml"))
        .expect("the sources ship inside the program and a test reads them")
});

/// The document that the items are of.
const NOTICE: &str = "notice";
/// Numbers of the notice's articles as it writes them.
const ARTICLES: [&str; 7] = ["", "一", "二", "三", "四", "五", "六"];

/// Returns the places where an item's criterion stands, the notice first.
pub fn sources_of(item: ItemId) -> Vec<Source> {
    let (article, number) = (item.article(), item.number());
    let zh = format!("第{}条第 {number} 项", ARTICLES.get(usize::from(article)).copied().unwrap_or_default());
    let own = DATA
        .documents
        .get(NOTICE)
        .map(|document| Source { document, section: both(format!("article {article}, item {number}"), zh) });
    let listed = DATA.items.get(&item).into_iter().flatten();
    let others = listed.filter_map(|(document, section)| {
        let document = DATA.documents.get(document)?;
        Some(Source { document, section: name_section(document.level, section) })
    });
    own.into_iter().chain(others).collect()
}

/// `section 3.5`, `annex C`, or `article 14` of a law.
fn name_section(level: Level, section: &str) -> Bilingual {
    match (level, section.starts_with(|c: char| c.is_ascii_uppercase())) {
        (Level::Law, _) => both(format!("article {section}"), format!("第 {section} 条")),
        (_, true) => both(format!("annex {section}"), format!("附录 {section}")),
        (_, false) => both(format!("section {section}"), format!("第 {section} 节")),
    }
}

/// Returns an item's sources in a few words, for a line of a report: `notice 191 article 3, item 4; …`.
pub fn sources_line(item: ItemId) -> Bilingual {
    let words: Vec<Bilingual> = sources_of(item).iter().map(Source::words).collect();
    crate::text::join(&words, "; ", "；")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_sources_and_every_document_is_known_and_used() {
        for item in ItemId::all() {
            let listed = &DATA.items[&item];
            assert!(!listed.is_empty(), "{item}");
            assert_eq!(
                sources_of(item).len(),
                listed.len() + 1,
                "{item} names a document that is not listed"
            );
            assert_eq!(sources_of(item)[0].document.level, Level::Notice);
        }
        assert_eq!(DATA.items.len(), 31);
        for document in DATA.documents.keys().filter(|name| *name != NOTICE) {
            let used = DATA.items.values().flatten().any(|(name, _)| name == document);
            assert!(used, "{document} is used by no item");
        }
    }

    #[test]
    fn the_notice_s_own_place_comes_first() {
        let words = sources_of("3.4".parse().expect("an item"))[0].words();
        assert_eq!(words.en, "notice 191 of 2019, article 3, item 4");
        assert!(words.zh.ends_with("191号）第三条第 4 项"), "{}", words.zh);
    }
}

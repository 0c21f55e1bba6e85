//! The table of the minefield: every control that is counted, where it stands and how it acts (`field.tsv`).

use std::sync::LazyLock;

/// A control that is counted.
#[derive(Debug)]
pub struct Planted {
    pub id: String,
    pub mine: bool,
    /// The page that it stands on.
    pub page: String,
    /// How it acts: `fetch`, `form`, `get`, `confirm`, …; see `pages.rs` and `pages/app.js`.
    pub how: String,
    /// Its words; empty for an icon.
    pub label: String,
    /// Where it sends its request, or leads.
    pub to: String,
    more: Vec<(String, String)>,
}

impl Planted {
    /// A further property: `ask`, `open`, `class`, `row`, …; empty where it has none.
    pub fn more(&self, name: &str) -> &str {
        let found = self.more.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Whether only a person who is logged in meets it.
    pub fn is_inside(&self) -> bool {
        self.id.starts_with(['a', 'b'])
    }
}

/// Every control that is counted, in the order of the table.
pub fn planted() -> &'static [Planted] {
    static TABLE: LazyLock<Vec<Planted>> = LazyLock::new(|| {
        include_str!("field.tsv").lines().skip(1).filter(|line| !line.is_empty()).map(read_line).collect()
    });
    &TABLE
}

/// The control of an id.
pub fn find_planted(id: &str) -> Option<&'static Planted> {
    planted().iter().find(|each| each.id == id)
}

fn read_line(line: &str) -> Planted {
    let mut fields = line.split('\t').map(str::to_owned);
    let mut next = || fields.next().unwrap_or_default();
    let (id, sort, page, how, label, to, more) = (next(), next(), next(), next(), next(), next(), next());
    assert!(matches!(sort.as_str(), "mine" | "harmless"), "{line}");
    let pair = |each: &str| {
        let (key, value) = each.split_once('=').unwrap_or_else(|| panic!("no value in {line}"));
        (key.to_owned(), value.to_owned())
    };
    let more = more.split(';').filter(|each| !each.is_empty()).map(pair).collect();
    Planted { id, mine: sort == "mine", page, how, label, to, more }
}

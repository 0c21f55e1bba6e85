//! The 39 common types of apps and what the basic function of each cannot do without, as data in `app_types.yaml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::Bilingual;

/// One type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppType {
    /// Its number in the provisions.
    pub number: u8,
    /// What a scenario calls it: `online_shopping`.
    pub id: String,
    pub name: Bilingual,
    /// Its basic function.
    pub basic: Bilingual,
    /// A registered user's phone number is necessary, so that a log-in may be asked for.
    pub registers: bool,
    /// Kinds of information that are necessary besides.
    pub necessary: Vec<String>,
    /// Permissions that its basic function can be expected to ask for.
    pub permissions: Vec<String>,
    /// What the provisions leave open.
    pub unsure: Option<Bilingual>,
    /// That is about what may be asked for.
    #[serde(default)]
    pub fields_open: bool,
    /// Other rules that ask for more.
    pub beside: Option<Bilingual>,
}

/// Where the list comes from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub name: String,
    pub number: String,
    pub in_force: jiff::civil::Date,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    source: Source,
    types: Vec<AppType>,
    sent_as: BTreeMap<String, Vec<String>>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("app_types.yaml"))
        .expect("the types ship inside the program and a test reads them")
});

static IDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| DATA.types.iter().map(|known| known.id.as_str()).collect());

/// Returns every type, in the order of the provisions.
pub fn all() -> &'static [AppType] {
    &DATA.types
}

/// Returns the ids of every type.
pub fn ids() -> &'static [&'static str] {
    &IDS
}

/// Returns where the list comes from.
pub fn source() -> &'static Source {
    &DATA.source
}

/// Returns the types of these ids; those that are not known are left out.
pub fn find(ids: &[String]) -> Vec<&'static AppType> {
    DATA.types.iter().filter(|known| ids.contains(&known.id)).collect()
}

impl AppType {
    /// Tells whether its basic function works without any personal information.
    pub fn needs_nothing(&self) -> bool {
        !self.registers && self.necessary.is_empty()
    }

    /// Tells whether a kind of information, as it is seen to be sent, is necessary for its basic function.
    pub fn needs_sent(&self, kind: &str) -> bool {
        let registered = self.registers && kind == "phone";
        registered
            || self
                .necessary
                .iter()
                .filter_map(|info| DATA.sent_as.get(info))
                .any(|kinds| kinds.iter().any(|known| known == kind))
    }
}

#[cfg(test)]
#[path = "app_types_tests.rs"]
mod tests;

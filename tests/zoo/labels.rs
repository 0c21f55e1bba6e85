//! What stands beside each app: what it is made with, its variants, and the right verdict on each item by the criteria of
//! the notice, written down from the app and not from what candor says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::server::ZOO;

/// What is right for candor to say on an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    Violation,
    /// `conforms`, or `not applicable`: nothing is held against the app.
    Clean,
    /// `conforms`: what the item is about is there to be seen.
    Conforms,
    /// A person must look.
    Review,
    /// Anything but an accusation: what would clear the app cannot be seen.
    Unaccused,
    /// Anything but a clean verdict: what would accuse it cannot be seen.
    Uncleared,
}

/// One app of the zoo.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// The name of its folder.
    #[serde(skip)]
    pub folder: String,
    pub name: String,
    /// What it is made with.
    pub made_with: String,
    /// The path that it begins at.
    #[serde(default = "root")]
    pub begins_at: String,
    /// Addresses without a file are made out by its script.
    #[serde(default)]
    pub history: bool,
    /// Prefixes of its kit's class names.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// More of the scenario; `{origin}` stands for the server's address.
    #[serde(default)]
    pub scenario: String,
    /// Width in CSS px, height and density, where it is no phone's.
    #[serde(default)]
    pub desktop: bool,
    /// What is right of every variant that does not say otherwise.
    pub labels: BTreeMap<String, Right>,
    pub variants: BTreeMap<String, Variant>,
}

fn root() -> String {
    "/".to_owned()
}

/// One of an app's variants.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// What is different from the app at its best, for a person.
    pub what: String,
    /// The parts of the files that it has (`parts.rs`), and what its server does.
    #[serde(default)]
    pub flags: Vec<String>,
    /// What is right of it; the app's own labels hold for the rest.
    #[serde(default)]
    pub labels: BTreeMap<String, Right>,
    /// Items that cannot be told of this variant although they can of the app.
    #[serde(default)]
    pub untold: Vec<String>,
    /// Planted violations that candor is known not to find: they count as missed in the table, and fail no test.
    #[serde(default)]
    pub known_misses: Vec<String>,
}

impl App {
    /// Reads an app's labels.
    pub fn read(folder: &str) -> App {
        let path = Path::new(ZOO).join("apps").join(folder).join("labels.yaml");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut app: App =
            serde_saphyr::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        folder.clone_into(&mut app.folder);
        app
    }

    /// Returns a variant.
    pub fn variant(&self, name: &str) -> &Variant {
        self.variants.get(name).unwrap_or_else(|| panic!("{} has no variant {name}", self.folder))
    }

    /// Returns the right verdict on each item that can be told of a variant.
    pub fn labels_of(&self, variant: &Variant) -> BTreeMap<String, Right> {
        let mut labels = self.labels.clone();
        labels.extend(variant.labels.clone());
        labels.retain(|item, _| !variant.untold.contains(item));
        labels
    }
}

/// Returns the folders of all apps, in their order.
pub fn folders() -> Vec<String> {
    let apps = std::fs::read_dir(Path::new(ZOO).join("apps")).expect("tests/zoo/apps");
    let names: BTreeSet<String> =
        apps.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.into_iter().collect()
}

//! Companies that apps send to, as data: their names, kinds and hosts.
//!
//! They stand in `parties_cn.yaml` and `parties_world.yaml`; a user may add a file of the same form.

use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;

/// Kinds of companies that carry what the app's own operator orders: no third party of item 5.1.
const INFRASTRUCTURE: [&str; 9] =
    ["cdn", "storage", "cloud", "font", "dns", "certificate", "ntp", "captcha", "tiles"];

/// A company that apps send to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    pub name: String,
    pub zh: String,
    /// `analytics`, `advertising`, `push`, `map`, …
    pub kind: String,
    pub hosts: Vec<String>,
    /// Other names by which policies call it.
    pub aliases: Vec<String>,
    /// Where this is known from, and since when.
    pub source: String,
    pub date: String,
}

impl Company {
    /// Tells whether it carries traffic for others.
    pub fn is_infrastructure(&self) -> bool {
        INFRASTRUCTURE.contains(&self.kind.as_str())
    }

    /// Returns every name by which a policy may call it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.name.as_str(), self.zh.as_str()].into_iter().chain(self.aliases.iter().map(String::as_str))
    }
}

/// A file of companies cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PartiesError {
    #[error("cannot read {path}: {source}")]
    Read { path: String, source: std::io::Error },
    #[error(
        "{path}: {why}; expected `source`, `date` and `companies`, each of which is [name, Chinese name, kind, hosts, other names]"
    )]
    Form { path: String, why: String },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: String,
    date: String,
    companies: Vec<Vec<String>>,
}

/// Reads companies from the text of a file.
///
/// # Errors
/// A sentence, where it has another form.
fn read(text: &str) -> Result<Vec<Company>, String> {
    let file: File = serde_saphyr::from_str(text).map_err(|e| e.without_snippet().to_string())?;
    let company = |row: &Vec<String>| {
        let [name, zh, kind, hosts, aliases, rest @ ..] = &row[..] else {
            return Err(format!("{row:?} has {} parts", row.len()));
        };
        let hosts: Vec<String> = hosts.split_whitespace().map(str::to_ascii_lowercase).collect();
        if hosts.is_empty() || name.is_empty() {
            return Err(format!("{row:?} has no name or no host"));
        }
        Ok(Company {
            name: name.clone(),
            zh: zh.clone(),
            kind: kind.clone(),
            hosts,
            aliases: aliases
                .split('|')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
            source: rest.first().unwrap_or(&file.source).clone(),
            date: rest.get(1).unwrap_or(&file.date).clone(),
        })
    };
    file.companies.iter().map(company).collect()
}

/// Reads a file of companies, in the form of candor's own data.
///
/// # Errors
/// When it cannot be read or has another form.
pub fn read_companies(path: &Path) -> Result<Vec<Company>, PartiesError> {
    let shown = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|source| PartiesError::Read { path: shown.clone(), source })?;
    read(&text).map_err(|why| PartiesError::Form { path: shown, why })
}

/// The companies of candor's own data.
pub(super) static KNOWN: LazyLock<Vec<Company>> = LazyLock::new(|| {
    let mut all = read(include_str!("parties_cn.yaml")).expect("checked by a test");
    all.extend(read(include_str!("parties_world.yaml")).expect("checked by a test"));
    all
});

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn the_data_holds_enough_companies_and_each_host_once() {
        let cn = read(include_str!("parties_cn.yaml")).expect("reads");
        let world = read(include_str!("parties_world.yaml")).expect("reads");
        assert!(cn.len() >= 300, "{} in China", cn.len());
        assert!(world.len() >= 200, "{} elsewhere", world.len());
        let mut known: HashMap<&str, &str> = HashMap::new();
        let mut twice = Vec::new();
        for company in cn.iter().chain(&world) {
            for host in &company.hosts {
                assert!(!host.contains('/') && host.contains('.'), "{host}");
                if let Some(other) = known.insert(host, &company.name) {
                    twice.push(format!("{host}: {other} and {}", company.name));
                }
            }
        }
        assert!(twice.is_empty(), "{twice:#?}");
    }

    #[test]
    fn a_file_that_is_none_is_refused_with_its_place() {
        let wrong = read("source: x\ndate: y\ncompanies:\n- [a, b]\n");
        assert!(wrong.expect_err("two parts").contains("2 parts"));
        assert!(read("[").is_err());
    }
}

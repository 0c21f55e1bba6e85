//! Whose a host is: the app's own, an affiliate's, an entrusted maker's, infrastructure, or a third party, by data.
//!
//! The companies are data ([`super::company`]); a scenario adds its own.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::company::{Company, KNOWN};
use crate::text::{Bilingual, both};

/// How a party stands to the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The operator itself.
    Own,
    /// Of the same group, another company: a third party all the same, which a person must look at.
    Affiliate,
    /// Works on the operator's behalf, as the auditor says.
    Entrusted,
    /// Carries traffic: a CDN, an object storage, a captcha.
    Infrastructure,
    /// Another company.
    Third,
    /// Nobody knows.
    Unknown,
}

impl Relation {
    /// Returns its words.
    pub fn words(self) -> Bilingual {
        match self {
            Relation::Own => both("the app's own", "应用自有"),
            Relation::Affiliate => both("affiliate", "关联方"),
            Relation::Entrusted => both("entrusted", "受托方"),
            Relation::Infrastructure => both("infrastructure", "基础设施"),
            Relation::Third => both("third party", "第三方"),
            Relation::Unknown => both("unknown", "未知"),
        }
    }
}

/// What a scenario says of parties. Hosts stand for themselves and all below them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Declared {
    /// Further domains of the app's own operator, beside the one that it is opened at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<String>,
    /// Domains of companies of the same group.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub affiliates: Vec<String>,
    /// Domains of makers that work on the operator's behalf.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entrusted: Vec<String>,
    /// Domains of third parties, with the company's name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub third: BTreeMap<String, String>,
}

impl Declared {
    /// Tells whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Declared::default()
    }
}

/// Whose a host is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub relation: Relation,
    /// What it is told apart by: the company's name where it is known, else the registrable domain.
    pub key: String,
    pub company: Option<Company>,
    pub domain: String,
}

impl Party {
    /// Returns its name for a sentence: `友盟 (umeng.com)`.
    pub fn name(&self) -> Bilingual {
        match &self.company {
            Some(company) if company.zh.is_empty() || company.zh == company.name => both(
                format!("{} ({})", company.name, self.domain),
                format!("{}（{}）", company.name, self.domain),
            ),
            Some(company) => both(
                format!("{} ({})", company.name, self.domain),
                format!("{}（{}）", company.zh, self.domain),
            ),
            None => both(&self.domain, &self.domain),
        }
    }
}

/// Knows parties: candor's own data, and what a scenario says.
#[derive(Debug, Clone)]
pub struct Parties {
    declared: Vec<(String, Relation, Option<String>)>,
    companies: Vec<Company>,
    /// Company by host.
    hosts: HashMap<String, usize>,
    /// Companies whose own app this is: a whole domain of theirs was declared.
    own: Vec<String>,
}

impl Parties {
    /// Knows whose hosts are for an app that is opened at `target`: an address, or anything else where it has none.
    pub fn of(target: &str, declared: &Declared) -> Parties {
        let mut all: Vec<(String, Relation, Option<String>)> = Vec::new();
        let mut say = |host: &str, relation, name: Option<&String>| {
            let host = host.trim().trim_start_matches("*.").to_ascii_lowercase();
            let host = match url::Url::parse(&host) {
                Ok(url) if url.has_host() => crate::world::request::host_of(&host),
                _ => host,
            };
            if !host.is_empty() {
                all.push((host, relation, name.cloned()));
            }
        };
        declared.affiliates.iter().for_each(|host| say(host, Relation::Affiliate, None));
        declared.entrusted.iter().for_each(|host| say(host, Relation::Entrusted, None));
        declared.third.iter().for_each(|(host, name)| say(host, Relation::Third, Some(name)));
        declared.own.iter().for_each(|host| say(host, Relation::Own, None));
        let own = crate::world::request::host_of(target);
        if !own.is_empty() {
            all.push((registrable(&own), Relation::Own, None));
        }
        let mut parties =
            Parties { declared: all, companies: Vec::new(), hosts: HashMap::new(), own: Vec::new() };
        parties.add(KNOWN.clone());
        parties
    }

    /// Adds companies; they go before those that are known already.
    pub fn add(&mut self, companies: Vec<Company>) {
        for company in companies {
            for host in &company.hosts {
                self.hosts.insert(host.clone(), self.companies.len());
            }
            self.companies.push(company);
        }
        let own = self.declared.iter().filter(|(_, relation, _)| *relation == Relation::Own);
        let own = own.filter_map(|(host, ..)| Some(self.companies[*self.hosts.get(host)?].name.clone()));
        self.own = own.collect();
    }

    /// Returns whose a host is (with its port, where it has one of its own).
    pub fn of_host(&self, host: &str) -> Party {
        let host = host.to_ascii_lowercase();
        let domain = registrable(&host);
        let company = self.company_of(&host);
        // The longest of what was declared speaks: a host of a domain may be somebody else's.
        let said = self
            .declared
            .iter()
            .filter(|(known, ..)| is_below(&host, known))
            .max_by_key(|(known, relation, _)| (known.len(), *relation == Relation::Own));
        let (relation, named) = match (said, company) {
            (Some((_, relation, name)), _) => (*relation, name.clone()),
            (None, Some(company)) if self.own.contains(&company.name) => (Relation::Own, None),
            (None, Some(company)) if company.is_infrastructure() => (Relation::Infrastructure, None),
            (None, Some(_)) => (Relation::Third, None),
            (None, None) => (Relation::Unknown, None),
        };
        let company = match (company, named) {
            (_, Some(name)) => Some(Company {
                name: name.clone(),
                zh: name,
                kind: String::new(),
                hosts: vec![host.clone()],
                aliases: Vec::new(),
                source: "scenario".to_owned(),
                date: String::new(),
            }),
            (Some(company), None) if relation != Relation::Own => Some(company.clone()),
            _ => None,
        };
        let key = company.as_ref().map_or_else(|| domain.clone(), |company| company.name.clone());
        Party { relation, key, company, domain }
    }

    fn company_of(&self, host: &str) -> Option<&Company> {
        let bare = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
        let mut rest = bare.map_or(host, |(host, _)| host);
        loop {
            if let Some(at) = self.hosts.get(rest) {
                return Some(&self.companies[*at]);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// Returns how many companies are known.
    pub fn count(&self) -> usize {
        self.companies.len()
    }
}

/// A host is another, or stands below it.
fn is_below(host: &str, of: &str) -> bool {
    host == of
        || host.strip_suffix(of).is_some_and(|rest| rest.ends_with('.'))
        || !of.contains(':')
            && host
                .split(':')
                .next()
                .is_some_and(|bare| bare != host && is_below(bare, of) && !is_local(bare))
}

/// A machine of one's own, where two ports are two servers.
fn is_local(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<std::net::IpAddr>().is_ok()
        || host.starts_with('[')
}

/// Returns the part of a host that somebody registers: `stat.shop.com.cn` is of `shop.com.cn`. A number, and a machine of
/// one's own with its port, stand for themselves.
pub fn registrable(host: &str) -> String {
    let bare = host.split(':').next().unwrap_or(host);
    if is_local(bare) || host.starts_with('[') {
        return host.to_owned();
    }
    psl::domain_str(bare).unwrap_or(bare).to_owned()
}

#[cfg(test)]
#[path = "party_tests.rs"]
mod tests;

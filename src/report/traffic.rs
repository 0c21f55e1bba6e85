//! Who received what, and when: the rows of `candor traffic`, as a table and as JSON.

use std::collections::BTreeMap;

use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use crate::case::{Case, Readings, Sent};
use crate::recording::Recording;
use crate::recording::state::Consent;
use crate::text::shown;
use crate::thresholds::Thresholds;
use crate::traffic::how::say_how;
use crate::traffic::party::{Parties, Party, Relation};
use crate::traffic::{Found, Searched, Unread, kind};

/// Characters of a text of an app that are shown in a cell.
const LONGEST: usize = 60;

/// One kind of information that one party received in one way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Row {
    /// `before_consent`, `after_consent`, `after_refusal`, `after_withdrawal`; empty where nothing tells.
    pub state: &'static str,
    pub relation: Relation,
    /// The part of its hosts that somebody registered.
    pub party: String,
    /// The company's name; empty where it is not known.
    pub company: String,
    /// The word of the kind.
    pub kind: String,
    /// The name of the planted value; empty where nothing was planted.
    pub value: String,
    /// It tells whose it is, or which device.
    pub definite: bool,
    /// How it was written, the outermost step first.
    pub how: Vec<String>,
    /// `address`, `header NAME`, `cookie NAME`, `body`.
    pub place: String,
    pub field: String,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Shut {
    pub state: &'static str,
    pub relation: Relation,
    pub party: String,
    pub company: String,
    pub why: String,
}

/// Requests that a row stands for, with the first of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    pub requests: usize,
    /// Number of the first: of the timeline's entry, or of the HAR's, from 1.
    pub first: u64,
    /// Bytes, where they are known.
    pub bytes: u64,
}

/// Everything that is to be said of traffic.
#[derive(Debug, Default)]
pub struct Traffic {
    pub requests: usize,
    pub hosts: std::collections::BTreeSet<String>,
    pub rows: BTreeMap<Row, Count>,
    pub shut: BTreeMap<Shut, Count>,
}

impl Traffic {
    /// Takes what a recording holds; nothing where it holds no requests.
    pub fn of(recording: &Recording) -> Traffic {
        let thresholds = Thresholds::new(BTreeMap::new());
        let case = Case::new(recording, &thresholds, Readings::AsRecorded);
        let mut traffic = Traffic::default();
        for sent in case.sent() {
            traffic.add_sent(&sent);
        }
        traffic
    }

    fn add_sent(&mut self, sent: &Sent<'_>) {
        let state = match sent.consent {
            Consent::NotGiven => "before_consent",
            Consent::Given => "after_consent",
            Consent::Refused => "after_refusal",
            Consent::Withdrawn => "after_withdrawal",
        };
        let request = sent.request;
        self.add(state, &request.host, &sent.party, sent.seq, &request.found, &request.unread);
    }

    /// Adds one request of a HAR file, by its number from 1.
    pub fn add_searched(&mut self, number: u64, host: &str, parties: &Parties, searched: &Searched) {
        let party = parties.of_host(host);
        self.add("", host, &party, number, &searched.found, &searched.unread);
    }

    fn add(
        &mut self,
        state: &'static str,
        host: &str,
        party: &Party,
        number: u64,
        found: &[Found],
        unread: &[Unread],
    ) {
        self.requests += 1;
        self.hosts.insert(host.to_owned());
        let company = party.company.as_ref().map_or_else(String::new, |company| {
            if company.zh.is_empty() || company.zh == company.name {
                company.name.clone()
            } else {
                format!("{} {}", company.name, company.zh)
            }
        });
        let count = |count: &mut Count, bytes: u64| {
            if count.requests == 0 {
                count.first = number;
            }
            count.requests += 1;
            count.bytes += bytes;
        };
        for found in found {
            let row = Row {
                state,
                relation: party.relation,
                party: party.domain.clone(),
                company: company.clone(),
                kind: found.kind.clone(),
                value: found.value.clone().unwrap_or_default(),
                definite: found.definite,
                how: found.how.iter().map(|how| how.name().to_owned()).collect(),
                place: found.place.to_string(),
                field: found.field.clone(),
            };
            count(self.rows.entry(row).or_default(), 0);
        }
        for unread in unread {
            let shut = Shut {
                state,
                relation: party.relation,
                party: party.domain.clone(),
                company: company.clone(),
                why: unread.why.clone(),
            };
            count(self.shut.entry(shut).or_default(), unread.size.unwrap_or(0));
        }
    }

    /// Returns it as a table, without a line end at the end.
    pub fn table(&self, width: Option<u16>) -> String {
        let mut parts = Vec::new();
        if self.rows.is_empty() {
            parts.push(format!(
                "{} requests to {} hosts: nothing personal was found in them",
                self.requests,
                self.hosts.len()
            ));
        } else {
            let mut table = new_table(width);
            table.set_header(["state", "party", "company", "what", "how", "where", "times"]);
            for (row, count) in &self.rows {
                let kind = kind(&row.kind).words();
                let what = if row.definite { kind.en } else { format!("{} (look)", kind.en) };
                let field = if row.field.is_empty() { String::new() } else { format!(" {}", row.field) };
                table.add_row([
                    row.state.replace('_', " "),
                    format!("{}\n{}", cut(&row.party), row.relation.words().en),
                    cut(&row.company),
                    if row.value.is_empty() { what } else { format!("{what} ‹{}›", cut(&row.value)) },
                    if row.how.is_empty() { say_how(&[]).en } else { row.how.join(" › ") },
                    cut(&format!("{}{field}", row.place)),
                    count.requests.to_string(),
                ]);
            }
            parts.push(table.to_string());
            parts.push(format!("{} requests to {} hosts", self.requests, self.hosts.len()));
        }
        if !self.shut.is_empty() {
            let mut table = new_table(width);
            table.set_header(["state", "party", "company", "not read", "requests", "bytes"]);
            for (shut, count) in &self.shut {
                table.add_row([
                    shut.state.replace('_', " "),
                    format!("{}\n{}", cut(&shut.party), shut.relation.words().en),
                    cut(&shut.company),
                    cut(&shut.why),
                    count.requests.to_string(),
                    count.bytes.to_string(),
                ]);
            }
            parts.push(table.to_string());
        }
        parts.join("\n\n")
    }

    /// Returns it as JSON. Texts of apps stand there as they are: JSON escapes them.
    pub fn json(&self) -> String {
        #[derive(Serialize)]
        struct Line<'a, T: Serialize> {
            #[serde(flatten)]
            row: &'a T,
            #[serde(flatten)]
            count: &'a Count,
        }
        #[derive(Serialize)]
        struct All<'a> {
            requests: usize,
            hosts: usize,
            found: Vec<Line<'a, Row>>,
            unread: Vec<Line<'a, Shut>>,
        }
        let all = All {
            requests: self.requests,
            hosts: self.hosts.len(),
            found: self.rows.iter().map(|(row, count)| Line { row, count }).collect(),
            unread: self.shut.iter().map(|(row, count)| Line { row, count }).collect(),
        };
        serde_json::to_string_pretty(&all).unwrap_or_default()
    }
}

fn cut(text: &str) -> String {
    shown(text, LONGEST)
}

fn new_table(width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if let Some(width) = width {
        table.set_width(width.max(60));
    }
    table
}

#[cfg(test)]
#[path = "traffic_tests.rs"]
mod tests;

//! Who received what, and when: a row for each party, a column for what the person had said. Shown where requests were seen.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::words::{both, t};
use crate::recording::Recording;
use crate::report::traffic::{Count, Row, Traffic};
use crate::text::shown;
use crate::traffic::kind;
use crate::traffic::party::Relation;

/// Parties that are listed; the recording holds all of them.
const MOST: usize = 60;
/// What the person had said, in the order of the columns.
const STATES: [(&str, &str, &str); 4] = [
    ("before_consent", "同意之前", "before consent"),
    ("after_consent", "同意之后", "after consent"),
    ("after_refusal", "拒绝之后", "after refusal"),
    ("after_withdrawal", "撤回之后", "after withdrawal"),
];

/// The rows of one party.
type Received<'a> = Vec<(&'a Row, &'a Count)>;

/// The section; nothing where the recording holds no requests.
pub fn section(recording: &Recording) -> Markup {
    let traffic = Traffic::of(recording);
    let mut parties: BTreeMap<(bool, Relation, &str, &str), Received<'_>> = BTreeMap::new();
    for (row, count) in &traffic.rows {
        // Others before the app's own.
        let key = (row.relation == Relation::Own, row.relation, row.party.as_str(), row.company.as_str());
        parties.entry(key).or_default().push((row, count));
    }
    let used: Vec<&(&str, &str, &str)> =
        STATES.iter().filter(|(state, ..)| traffic.rows.keys().any(|row| row.state == *state)).collect();
    html! {
        @if traffic.requests > 0 {
            section.traffic id="traffic" {
                h2 { (t("谁收到了什么", "Who received what")) }
                p {
                    (t(
                        &format!("共记录 {} 个请求，发往 {} 个主机。", traffic.requests, traffic.hosts.len()),
                        &format!("{} requests to {} hosts were seen.", traffic.requests, traffic.hosts.len()),
                    ))
                    @if parties.is_empty() {
                        " " (t("其中没有发现个人信息。", "Nothing personal was found in them."))
                    }
                }
                @if !parties.is_empty() {
                    table {
                        thead {
                            tr {
                                th scope="col" { (t("接收方", "party")) }
                                @for (_, zh, en) in &used { th scope="col" { (t(zh, en)) } }
                            }
                        }
                        tbody {
                            @for ((_, relation, party, company), rows) in parties.iter().take(MOST) {
                                tr {
                                    th scope="row" {
                                        (shown(if company.is_empty() { party } else { company }, 60))
                                        @if !company.is_empty() { " " (shown(party, 60)) }
                                        " · " (both(&relation.words()))
                                    }
                                    @for (state, ..) in &used { td { (received(rows, state)) } }
                                }
                            }
                        }
                    }
                }
                @if parties.len() > MOST {
                    p { (t(&format!("另有 {} 个接收方", parties.len() - MOST), &format!("{} parties more", parties.len() - MOST))) }
                }
                @if !traffic.shut.is_empty() {
                    h3 { (t("未能读出", "Not read")) }
                    ul {
                        @for (shut, count) in traffic.shut.iter().take(MOST) {
                            li {
                                (shown(&shut.party, 60)) ": " (shown(&shut.why, 120))
                                " ×" (count.requests) " (" (count.bytes) " B)"
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What one party received under one standing: each kind once, with how it was written.
fn received(rows: &Received<'_>, state: &str) -> Markup {
    let mut kinds: BTreeMap<&str, (BTreeSet<String>, usize, u64, bool)> = BTreeMap::new();
    for (row, count) in rows.iter().filter(|(row, _)| row.state == state) {
        let known = kinds.entry(&row.kind).or_insert_with(|| (BTreeSet::new(), 0, count.first, false));
        if !row.how.is_empty() {
            known.0.insert(row.how.join(" › "));
        }
        known.1 += count.requests;
        known.2 = known.2.min(count.first);
        known.3 |= row.definite;
    }
    html! {
        @if kinds.is_empty() { "–" }
        ul {
            @for (word, (how, times, first, definite)) in &kinds {
                li {
                    a href=(format!("#e{first}")) { (both(&kind(word).words())) }
                    @if !how.is_empty() { " (" (how.iter().cloned().collect::<Vec<_>>().join(", ")) ")" }
                    @if *times > 1 { " ×" (times) }
                    @if !definite { " " (t("（待人工判断）", "(look)")) }
                }
            }
        }
    }
}

//! What readers of SARIF ask for: fields that the standard requires, and values that it allows.

use serde_json::Value;

use super::*;
use crate::recording::Recording;
use crate::report::csv;
use crate::rules::{Accepted, Overrides, judge};

const PRETICKED: &str = include_str!("../../tests/recordings/preticked/timeline.jsonl");

fn findings() -> Findings {
    let place = std::path::Path::new(".");
    let recording = Recording::parse(PRETICKED.as_bytes(), "timeline.jsonl", place).expect("reads");
    judge(&recording, &Overrides::default())
}

fn read(findings: &Findings) -> Value {
    serde_json::from_str(&write(findings)).expect("JSON")
}

/// Holds a SARIF against what the standard requires of the parts that we write (sections 3.13, 3.14, 3.18, 3.19, 3.27, 3.28).
fn check(sarif: &Value) {
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let driver = &run["tool"]["driver"];
    assert!(driver["name"].as_str().is_some_and(|name| !name.is_empty()));
    let rules = driver["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), 31);
    for rule in rules {
        assert!(rule["id"].as_str().is_some_and(|id| id.starts_with("191/")));
        for field in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[field]["text"].as_str().is_some_and(|text| !text.is_empty()), "{rule}");
        }
    }
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        let (kind, level) = (result["kind"].as_str(), result["level"].as_str());
        assert!(matches!((kind, level), (Some("fail"), Some("error")) | (Some("review"), Some("none"))));
        let place = &result["locations"][0]["physicalLocation"];
        let related = result["relatedLocations"].as_array().into_iter().flatten();
        let related = related.map(|location| {
            assert!(location["id"].is_u64() && location["message"]["text"].is_string());
            &location["physicalLocation"]
        });
        for place in std::iter::once(place).chain(related) {
            let uri = place["artifactLocation"]["uri"].as_str().expect("a reference");
            assert!(uri.is_ascii() && !uri.contains(' ') && !uri.is_empty(), "{uri}");
            let base = url::Url::parse("https://base.example/").expect("an address");
            assert!(base.join(uri).is_ok(), "{uri}");
        }
    }
}

#[test]
fn violations_and_reviews_are_results_and_nothing_else_is() {
    let findings = findings();
    let sarif = read(&findings);
    check(&sarif);
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let weighty = findings.standing(Verdict::Violation) + findings.standing(Verdict::Review);
    assert_eq!(results.len(), weighty);
    assert!(results.iter().any(|result| result["ruleId"] == "191/3.4" && result["level"] == "error"));
    assert!(results.iter().all(|result| result["suppressions"].is_null()));
}

#[test]
fn what_is_accepted_is_suppressed_with_the_reason() {
    let mut findings = findings();
    let found = findings.findings.iter_mut().find(|found| found.item.to_string() == "3.4").expect("3.4");
    found.accepted = Some(Accepted {
        by: "Li Wei".to_owned(),
        reason: "SHOP-17".to_owned(),
        until: "2099-12-31".parse().expect("a day"),
        expired: false,
    });
    let sarif = read(&findings);
    check(&sarif);
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let found = results.iter().find(|result| result["ruleId"] == "191/3.4").expect("3.4");
    assert_eq!(found["suppressions"][0]["status"], "accepted");
    assert!(found["suppressions"][0]["justification"].as_str().is_some_and(|text| text.contains("SHOP-17")));
}

#[test]
fn names_that_no_address_can_hold_are_encoded_and_empty_ones_replaced() {
    let mut findings = findings();
    findings.app = String::new();
    findings.scenario = "夜间 run/a:b.yaml".to_owned();
    findings.findings[0].verdict = Verdict::Violation;
    findings.findings[0].reason = crate::text::both("", "");
    let sarif = read(&findings);
    check(&sarif);
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%E5%A4%9C%E9%97%B4%20run/a%3Ab.yaml");
    findings.scenario = "https://shop.example/?a=1".to_owned();
    check(&read(&findings));
}

#[test]
fn the_fingerprint_stays_from_run_to_run_and_differs_by_item() {
    let findings = findings();
    let mut later = findings.clone();
    later.begun = "2027-01-01T00:00:00Z".parse().expect("a time");
    later.findings[0].reason = crate::text::both("other", "别的");
    let print = |findings: &Findings, at: usize| fingerprint(&findings.findings[at], findings);
    assert_eq!(print(&findings, 0), print(&later, 0));
    assert_ne!(print(&findings, 0), print(&findings, 1));
}

#[test]
fn csv_has_a_line_for_each_item_and_as_many_cells_as_names() {
    let text = csv::write(&findings());
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 32);
    assert!(lines[0].starts_with("item,verdict,verdict_zh,title,"));
    assert!(lines.iter().any(|line| line.starts_with("3.4,violation,违规,")), "{text}");
    let commas = |line: &str| {
        let mut quoted = false;
        line.chars()
            .filter(|&c| {
                quoted ^= c == '"';
                c == ',' && !quoted
            })
            .count()
    };
    assert!(lines.iter().all(|line| commas(line) == 18), "{text}");
}

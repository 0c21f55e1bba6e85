//! `findings.sarif`: violations and reviews as SARIF 2.1.0, for code scanning and whatever else reads it.
//!
//! Some readers show every result as an alert, whatever its kind: what conforms, was not tested or cannot arise is no result
//! here. Each result lies at the scenario (or the address), which stays the same from run to run; the evidence is related to it.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::form::Form;
use super::json::escaped;
use crate::rules::catalogue::{self, CatalogueItem};
use crate::rules::{Evidence, Finding, Findings, Verdict, sources};
use crate::text::shown;

/// `findings.sarif`.
pub const FORM: Form = Form { file: "findings.sarif", write: |_, findings| Ok(write(findings)) };

/// Where the schema of this version is found.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// Characters of one text of an app that are shown.
const LONGEST: usize = 2_000;

/// The findings as SARIF, with a line end at the end. The same findings give the same bytes.
pub fn write(findings: &Findings) -> String {
    let rules: Vec<Value> = catalogue::get().items.iter().map(rule).collect();
    let weighty = |finding: &&Finding| matches!(finding.standing(), Verdict::Violation | Verdict::Review);
    let results: Vec<Value> =
        findings.findings.iter().filter(weighty).map(|finding| result(finding, findings)).collect();
    let counts: serde_json::Map<String, Value> =
        [Verdict::Violation, Verdict::Review, Verdict::Conforms, Verdict::NotApplicable, Verdict::NotTested]
            .into_iter()
            .map(|verdict| (verdict.words().replace(' ', "_"), findings.standing(verdict).into()))
            .collect();
    let (name, version) = findings.tool.split_once(' ').unwrap_or((findings.tool.as_str(), ""));
    let mut driver = json!({ "name": named(name, "candor"), "rules": rules });
    if !version.is_empty() {
        driver["version"] = shown(version, 100).into();
    }
    let sarif = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "invocations": [{
                "executionSuccessful": !findings.incomplete,
                "startTimeUtc": findings.begun.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
            }],
            "automationDetails": { "id": format!("candor/{}/", named(&shown(&findings.app, 200), "app").replace('/', "_")) },
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": {
                "app": shown(&findings.app, LONGEST),
                "platform": shown(&findings.platform, LONGEST),
                "target": shown(&findings.target, LONGEST),
                "verdicts": counts,
            },
        }],
    });
    let text = serde_json::to_string_pretty(&sarif).expect("findings are strings, numbers and lists");
    escaped(&text)
}

/// A text, or what stands for an empty one.
fn named(text: &str, otherwise: &str) -> String {
    if text.trim().is_empty() { otherwise.to_owned() } else { text.to_owned() }
}

/// `191/3.4`: how results name their item.
fn rule_id(item: impl std::fmt::Display) -> String {
    format!("191/{item}")
}

/// An item of the notice.
fn rule(entry: &CatalogueItem) -> Value {
    let CatalogueItem { item, article, title, meaning, mend } = entry;
    let sources = sources::sources_line(*item);
    json!({
        "id": rule_id(item),
        "name": format!("Item{}", item.to_string().replace('.', "_")),
        "shortDescription": { "text": format!("{item} {} · {}", title.en, title.zh) },
        "fullDescription": { "text": format!("{} {}", meaning.en, meaning.zh) },
        "help": { "text": format!("{}\n{}\n{}\n{}", mend.en, mend.zh, sources.en, sources.zh) },
        "defaultConfiguration": { "level": "error" },
        "properties": { "tags": ["privacy", format!("article-{article}")] },
    })
}

fn result(finding: &Finding, findings: &Findings) -> Value {
    let reason = &finding.reason;
    let violates = finding.standing() == Verdict::Violation;
    let text = format!("{}\n{}", shown(&reason.en, LONGEST), shown(&reason.zh, LONGEST));
    let place = address_of(&findings.scenario);
    let mut result = json!({
        "ruleId": rule_id(finding.item),
        "ruleIndex": catalogue::get().items.iter().position(|entry| entry.item == finding.item).unwrap_or(0),
        "kind": if violates { "fail" } else { "review" },
        // By the standard, what is no failure has no level.
        "level": if violates { "error" } else { "none" },
        "message": { "text": named(&text, "no reason was recorded") },
        "locations": [{
            "physicalLocation": { "artifactLocation": { "uri": place }, "region": { "startLine": 1 } },
            "logicalLocations": [{ "name": named(&shown(&findings.app, 200), "app"), "kind": "module" }],
        }],
        "partialFingerprints": { "candorItem/v1": fingerprint(finding, findings) },
        "properties": { "confidence": finding.confidence() },
    });
    let related: Vec<Value> = finding.evidence.iter().enumerate().map(related).collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some(words) = finding.acceptance().filter(|_| finding.is_accepted()) {
        result["suppressions"] = json!([{
            "kind": "external",
            "status": "accepted",
            "justification": format!("{}\n{}", shown(&words.en, LONGEST), shown(&words.zh, LONGEST)),
        }]);
    }
    result
}

/// An entry of the timeline that shows it, with its first file where it has one.
fn related((at, evidence): (usize, &Evidence)) -> Value {
    let Evidence { entry, shows, files, .. } = evidence;
    let text = format!("#{entry} {} · {}", shown(&shows.en, LONGEST), shown(&shows.zh, LONGEST));
    let file = files.iter().find(|file| file.ends_with(".png")).or(files.first());
    let uri = file.map_or_else(|| "timeline.jsonl".to_owned(), |file| encode_path(file));
    json!({ "id": at, "message": { "text": text }, "physicalLocation": { "artifactLocation": { "uri": uri } } })
}

/// The same for the same item of the same app in every run.
fn fingerprint(finding: &Finding, findings: &Findings) -> String {
    let text = format!("{}\0{}\0{}", findings.app, findings.platform, finding.item);
    hex::encode(Sha256::digest(text))
}

/// A scenario's path or an address as a reference that a URI may be.
fn address_of(scenario: &str) -> String {
    match url::Url::parse(scenario) {
        Ok(url) if url.has_host() || url.scheme() == "file" => url.to_string(),
        _ => encode_path(&named(scenario, "scenario.yaml")),
    }
}

/// A relative path with everything encoded that an address cannot hold. A first segment with a colon would be a scheme.
fn encode_path(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
#[path = "sarif_tests.rs"]
mod tests;

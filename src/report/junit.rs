//! `junit.xml`: one suite per app and one case per item, as Jenkins and GitLab read it.

use std::path::{Component, Path};

use jiff::tz::TimeZone;
use maud::{Markup, PreEscaped, html};

use super::form::Form;
use crate::rules::catalogue::{self, Bilingual};
use crate::rules::{Finding, Findings, Verdict, sources};
use crate::text::{clean, shown};

/// Longer times are cut to this, so that sums stay in bounds (s).
const LONGEST: f64 = 1e9;

/// Characters of one text of an app that are shown: readers of reports hold them in memory.
const LONGEST_TEXT: usize = 4_000;
/// Characters of an app's name.
const LONGEST_NAME: usize = 200;

/// Findings that cannot be written as JUnit.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error(
        "the recording's begin {0} is outside of the years 1 to 9999, which is all that a report can name"
    )]
    Begun(jiff::Timestamp),
}

/// `junit.xml`.
pub const FORM: Form = Form {
    file: "junit.xml",
    write: |recording, findings| {
        write(findings, &recording.folder().display().to_string()).map_err(|e| e.to_string())
    },
};

/// What a case comes to.
enum Outcome {
    Passed,
    Failed,
    /// With a word for what kind of skipping it is.
    Skipped(&'static str),
}

/// The findings as JUnit. `base` is put before the paths of files, so that they are right from where
/// the report is read; empty where that is the recording's folder itself.
///
/// # Errors
/// When the recording's begin is not a time that XML can name.
pub fn write(findings: &Findings, base: &str) -> Result<String, WriteError> {
    let year = findings.begun.to_zoned(TimeZone::UTC).year();
    if !(1..=9999).contains(&year) {
        return Err(WriteError::Begun(findings.begun));
    }
    let app = match shown(&findings.app, LONGEST_NAME) {
        app if app.trim().is_empty() => "app".to_owned(),
        app => text(app),
    };
    let all = &findings.findings;
    let count = |wanted: fn(&Outcome) -> bool| all.iter().filter(|found| wanted(&outcome(found))).count();
    let failed = count(|outcome| matches!(outcome, Outcome::Failed));
    let skipped = count(|outcome| matches!(outcome, Outcome::Skipped(_)));
    let whole: u64 = all.iter().map(|finding| milliseconds(finding.seconds)).sum();
    let page = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"))
        testsuites name="candor" tests=(all.len()) failures=(failed) errors="0" skipped=(skipped) time=(seconds(whole)) {
            testsuite id="0" name=(app) package="candor" tests=(all.len()) failures=(failed) errors="0" skipped=(skipped)
                hostname="localhost" timestamp=(findings.begun) time=(seconds(whole)) {
                (properties(&suite_properties(findings)))
                @for finding in all { (case(finding, &app, base)) }
                system-out { (text(about(findings))) }
                @if findings.incomplete {
                    system-err {
                        "incomplete: the run was cut off; what it did not reach is not tested\n不完整：运行中断，未做到的项目均为“未检测”"
                    }
                }
            }
        }
        "\n"
    };
    Ok(page.into_string())
}

/// What was looked at, for the suite's output.
fn about(findings: &Findings) -> String {
    let lines: Vec<String> =
        suite_properties(findings).iter().map(|(name, value)| format!("{name}: {value}")).collect();
    lines.join("\n")
}

fn suite_properties(findings: &Findings) -> Vec<(&'static str, String)> {
    let Findings { tool, platform, target, scenario, begun, .. } = findings;
    vec![
        ("tool", shown(tool, LONGEST_TEXT)),
        ("platform", shown(platform, LONGEST_TEXT)),
        ("target", shown(target, LONGEST_TEXT)),
        ("scenario", shown(scenario, LONGEST_TEXT)),
        ("begun", begun.to_string()),
    ]
}

/// Facts by name, for dashboards that sort and filter by them.
fn properties(facts: &[(&'static str, String)]) -> Markup {
    html! {
        properties {
            @for (name, value) in facts { property name=(name) value=(text(value.clone())) {} }
        }
    }
}

fn case_properties(finding: &Finding) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("item", finding.item.to_string()),
        ("verdict", finding.standing().words().to_owned()),
        ("confidence", finding.confidence().to_owned()),
        ("source", sources::sources_line(finding.item).en),
    ];
    let entries: Vec<String> =
        finding.evidence.iter().map(|evidence| format!("#{}", evidence.entry)).collect();
    if !entries.is_empty() {
        facts.push(("evidence", entries.join(" ")));
    }
    if let Some(accepted) = &finding.accepted {
        let name = if accepted.expired { "acceptance_expired" } else { "accepted_until" };
        facts.push((name, accepted.until.to_string()));
        facts.push(("accepted_by", shown(&accepted.by, LONGEST_NAME)));
    }
    facts
}

/// A violation fails and what conforms passes; the rest is skipped, as is what somebody accepts for now.
fn outcome(finding: &Finding) -> Outcome {
    match finding.standing() {
        _ if finding.is_accepted() => Outcome::Skipped("accepted"),
        Verdict::Violation => Outcome::Failed,
        Verdict::Conforms => Outcome::Passed,
        verdict => Outcome::Skipped(verdict.words()),
    }
}

fn case(finding: &Finding, app: &str, base: &str) -> Markup {
    let name = text(format!(
        "{} {} · {}",
        finding.item,
        shown(&finding.title.en, LONGEST_NAME),
        shown(&finding.title.zh, LONGEST_NAME)
    ));
    let standing = finding.standing();
    let accepted = finding.acceptance().filter(|_| finding.is_accepted());
    let stated = accepted.or_else(|| finding.stated().filter(|_| standing != finding.verdict));
    // Where a person's word counts, that is the reason, and not what was judged before it.
    let reason = text(shown(&stated.as_ref().unwrap_or(&finding.reason).en, LONGEST_TEXT));
    let told = text(body(finding, standing == Verdict::Violation));
    let attached: Vec<String> =
        attachments(finding).map(|file| format!("[[ATTACHMENT|{}]]", under(base, file))).collect();
    let outcome = outcome(finding);
    let mut output = attached;
    if !matches!(outcome, Outcome::Failed) {
        output.insert(0, told.clone());
    }
    html! {
        testcase name=(name) time=(seconds(milliseconds(finding.seconds))) classname=(class(finding, app)) {
            (properties(&case_properties(finding)))
            @match outcome {
                Outcome::Passed => {},
                Outcome::Failed => { failure type="violation" message=(reason) { (told) } },
                Outcome::Skipped("accepted") => {
                    skipped type="accepted" message=(format!("{}, {reason}", standing.words())) {}
                },
                Outcome::Skipped(kind) => { skipped type=(kind) message=(format!("{kind}: {reason}")) {} },
            }
            @if !output.is_empty() { system-out { (output.join("\n")) } }
        }
    }
}

/// `candor.shop.1-rules-not-disclosed`: Jenkins shows a package per app and a class per article.
fn class(finding: &Finding, app: &str) -> String {
    let article = finding.item.article();
    let title = catalogue::get().articles.iter().find(|entry| entry.article == article);
    let words: Vec<String> = title
        .map_or("", |entry| entry.title.en.as_str())
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    // A dot would begin another package.
    let app = app.replace(['.', '/', '\\'], "_");
    format!("candor.{app}.{article}-{}", words.join("-"))
}

/// Reason, notes, evidence and, if wanted, the way to mend; both languages.
fn body(finding: &Finding, mend: bool) -> String {
    let mut lines = Vec::new();
    for text in finding.acceptance().iter().chain(&finding.stated()).chain([&finding.reason]) {
        lines.extend([shown(&text.en, LONGEST_TEXT), shown(&text.zh, LONGEST_TEXT)]);
    }
    if !finding.notes.is_empty() {
        lines.push("\nNotes · 说明".into());
        lines.extend(finding.notes.iter().map(|note| format!("- {}", pair(note))));
    }
    if !finding.evidence.is_empty() {
        lines.push("\nEvidence · 证据".into());
    }
    for evidence in &finding.evidence {
        let files: Vec<String> = evidence.files.iter().map(|file| clean(file)).collect();
        let files = if files.is_empty() { String::new() } else { format!(": {}", files.join(", ")) };
        lines.push(format!("- #{} {}{files}", evidence.entry, pair(&evidence.shows)));
    }
    if mend {
        let mend = &catalogue::entry(finding.item).mend;
        lines.push(format!("\nHow to mend · 整改\n{}\n{}", mend.en, mend.zh));
    }
    lines.join("\n")
}

fn pair(text: &Bilingual) -> String {
    let (en, zh) = (shown(&text.en, LONGEST_TEXT), shown(&text.zh, LONGEST_TEXT));
    if en == zh { en } else { format!("{en} · {zh}") }
}

/// The files of the evidence, each once, pictures first: some readers show the first one only.
fn attachments(finding: &Finding) -> impl Iterator<Item = &str> {
    let mut files: Vec<&str> = Vec::new();
    for file in finding.evidence.iter().flat_map(|evidence| &evidence.files) {
        if is_inside(file) && !files.contains(&file.as_str()) {
            files.push(file);
        }
    }
    files.sort_by_key(|file| !file.ends_with(".png"));
    files.into_iter()
}

/// Whether a path stays inside the recording and can stand in an attachment's line. A recording may
/// come from elsewhere; the reader must not be made to publish other files.
fn is_inside(file: &str) -> bool {
    let plain = clean(file) == file && !file.contains(['\\', ':', '|', '[', ']']);
    plain
        && !file.is_empty()
        && Path::new(file).components().all(|component| matches!(component, Component::Normal(_)))
}

fn under(base: &str, file: &str) -> String {
    match clean(base).trim_end_matches('/') {
        "" if base.starts_with('/') => format!("/{file}"),
        "" => file.to_owned(),
        base => format!("{base}/{file}"),
    }
}

/// Text of an app must not name attachments of its own.
fn text(text: String) -> String {
    text.replace("[[ATTACHMENT", "[ [ATTACHMENT")
}

/// Whole milliseconds; nothing below zero, and none for a time that is no number.
fn milliseconds(seconds: f64) -> u64 {
    (seconds.clamp(0.0, LONGEST) * 1000.0).round() as u64
}

fn seconds(milliseconds: u64) -> String {
    (milliseconds as f64 / 1000.0).to_string()
}

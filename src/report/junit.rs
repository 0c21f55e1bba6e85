//! `junit.xml`: one suite per app and one case per item, as Jenkins and GitLab read it.

use std::path::{Component, Path};

use jiff::tz::TimeZone;
use junit_report::{
    Duration, OffsetDateTime, ReportBuilder, TestCase, TestResult, TestSuite, TestSuiteBuilder,
};

use super::form::Form;
use super::junit_facts::{Fact, add_facts};
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
    #[error(transparent)]
    Xml(#[from] junit_report::Error),
    #[error("the report cannot be read back: {0}")]
    Facts(String),
}

/// `junit.xml`.
pub const FORM: Form = Form {
    file: "junit.xml",
    write: |recording, findings| {
        write(findings, &recording.folder().display().to_string()).map_err(|e| e.to_string())
    },
};

/// The findings as JUnit. `base` is put before the paths of files, so that they are right from where
/// the report is read; empty where that is the recording's folder itself.
///
/// # Errors
/// When the recording's begin is not a time that XML can name.
pub fn write(findings: &Findings, base: &str) -> Result<String, WriteError> {
    let app = match shown(&findings.app, LONGEST_NAME) {
        app if app.trim().is_empty() => "app".to_owned(),
        app => text(app),
    };
    let mut suite = TestSuiteBuilder::new(&app)
        .set_timestamp(moment(findings.begun)?)
        .add_testcases(findings.findings.iter().map(|finding| case(finding, &app, base)))
        .set_system_out(&cdata(about(findings)))
        .build();
    "candor".clone_into(&mut suite.package);
    note_incomplete(&mut suite, findings);
    let mut out = Vec::new();
    ReportBuilder::new().add_testsuite(suite).build().write_xml(&mut out)?;
    out.push(b'\n');
    let of_cases: Vec<Vec<Fact>> = findings.findings.iter().map(case_facts).collect();
    add_facts(&out, &suite_facts(findings), &of_cases).map_err(WriteError::Facts)
}

/// What was looked at, for the suite's output.
fn about(findings: &Findings) -> String {
    let lines: Vec<String> =
        suite_facts(findings).iter().map(|(name, value)| format!("{name}: {value}")).collect();
    lines.join("\n")
}

fn note_incomplete(suite: &mut TestSuite, findings: &Findings) {
    if findings.incomplete {
        suite.set_system_err(
            "incomplete: the run was cut off; what it did not reach is not tested\n不完整：运行中断，未做到的项目均为“未检测”",
        );
    }
}

fn suite_facts(findings: &Findings) -> Vec<Fact> {
    let Findings { tool, platform, target, scenario, begun, .. } = findings;
    vec![
        ("tool", shown(tool, LONGEST_TEXT)),
        ("platform", shown(platform, LONGEST_TEXT)),
        ("target", shown(target, LONGEST_TEXT)),
        ("scenario", shown(scenario, LONGEST_TEXT)),
        ("begun", begun.to_string()),
    ]
}

/// What dashboards sort and filter a case by.
fn case_facts(finding: &Finding) -> Vec<Fact> {
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
fn case(finding: &Finding, app: &str, base: &str) -> TestCase {
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
    let mut case = TestCase::success(&name, time(finding.seconds));
    case.set_classname(&class(finding, app));
    let mut output = Vec::new();
    let skipped = |kind: &str, message: String| TestResult::SkippedWithCause {
        type_: kind.to_owned(),
        message,
        cause: None,
    };
    // The crate's own makers leave out the time of a skipped case, so the result is set by hand.
    match standing {
        _ if finding.is_accepted() => {
            case.result = skipped("accepted", format!("{}, {reason}", standing.words()));
            output.push(body(finding, standing == Verdict::Violation));
        }
        Verdict::Violation => {
            case.result = TestResult::Failure {
                type_: "violation".into(),
                message: reason,
                cause: Some(cdata(body(finding, true))),
            };
        }
        Verdict::Conforms => output.push(body(finding, false)),
        verdict => {
            case.result = skipped(verdict.words(), format!("{}: {reason}", verdict.words()));
            output.push(body(finding, false));
        }
    }
    let mut output: Vec<String> = output.into_iter().map(text).collect();
    output.extend(attachments(finding).map(|file| format!("[[ATTACHMENT|{}]]", under(base, file))));
    if !output.is_empty() {
        case.set_system_out(&split_ends(&output.join("\n")));
    }
    case
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

fn cdata(raw: String) -> String {
    split_ends(&text(raw))
}

/// The crate writes a section of character data as it is: an end inside of it is split over two.
fn split_ends(text: &str) -> String {
    text.replace("]]>", "]]]]><![CDATA[>")
}

/// Whole milliseconds; nothing below zero.
fn time(seconds: f64) -> Duration {
    // A time that is no number becomes zero.
    Duration::milliseconds((seconds.clamp(0.0, LONGEST) * 1000.0).round() as i64)
}

fn moment(begun: jiff::Timestamp) -> Result<OffsetDateTime, WriteError> {
    let year = begun.to_zoned(TimeZone::UTC).year();
    OffsetDateTime::from_unix_timestamp_nanos(begun.as_nanosecond())
        .ok()
        .filter(|_| (1..=9999).contains(&year))
        .ok_or(WriteError::Begun(begun))
}

use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;

use super::{json, junit, terminal};
use crate::item::ItemId;
use crate::rules::catalogue::{self, both};
use crate::rules::{Evidence, FINDINGS_FORMAT, Finding, Findings, Verdict};
use crate::text::clean;

fn finding(item: &str, verdict: Verdict, en: &str, zh: &str) -> Finding {
    let item: ItemId = item.parse().expect("an item");
    let title = catalogue::entry(item).title.clone();
    Finding {
        item,
        verdict,
        title,
        reason: both(en, zh),
        notes: vec![],
        evidence: vec![],
        seconds: 0.0,
        tables: vec![],
        attested: vec![],
        accepted: None,
    }
}

fn evidence(entry: u64, en: &str, zh: &str, files: &[&str]) -> Evidence {
    Evidence {
        entry,
        shows: both(en, zh),
        files: files.iter().map(|&file| file.to_owned()).collect(),
        marks: None,
    }
}

/// One of each verdict, and an app that would like the report to say something else.
fn sample() -> Findings {
    let mut findings = vec![
        finding("1.1", Verdict::Conforms, "the app has a privacy policy", "有隐私政策"),
        finding(
            "1.2",
            Verdict::Violation,
            "the first screen said “\u{1b}[2J\u{1b}]0;all well\u{7}Welcome ]]> <b>&\u{202e}yako\u{202c}”\n1.2 conforms",
            "首屏显示“欢迎\0\u{9b}32m”",
        ),
        finding(
            "1.3",
            Verdict::Review,
            "the way takes 5 operations, more than 4",
            "路径需要 5 次操作，超过 4 次",
        ),
        finding("1.4", Verdict::NotTested, "no probe yet", "尚无探测"),
        finding("2.2", Verdict::NotApplicable, "the policy has no earlier version", "政策没有旧版本"),
        finding("3.4", Verdict::Violation, "the box is ticked beforehand", "同意框默认勾选"),
    ];
    findings.extend(
        ["5.1", "5.2", "5.3", "6.1", "6.2", "6.3", "6.4"]
            .map(|item| finding(item, Verdict::NotTested, "not asked for", "未要求检测")),
    );
    findings[0].evidence =
        vec![evidence(30, "“Policy”", "《隐私政策》", &["policy/0030.txt", "screens/0003.png"])];
    findings[1].seconds = 12.3456;
    findings[1].notes = vec![both("looked for 10 s [[ATTACHMENT|/etc/passwd]]", "查看了 10 秒")];
    findings[1].evidence = vec![
        evidence(3, "first screen", "首屏", &["screens/0001.json", "screens/0001.png", "../../etc/shadow"]),
        evidence(5, "still there", "仍在", &["screens/0001.png", "/etc/passwd", "a]]\n[[ATTACHMENT|b"]),
        evidence(9, "the end", "结束", &[]),
    ];
    findings[2].seconds = 3.0;
    findings[2].evidence = vec![evidence(12, "1. tap “我的”", "第 1 步：点按“我的”", &["screens/0002.png"])];
    Findings {
        format: FINDINGS_FORMAT,
        tool: "candor 0.1.0".into(),
        app: "记.账 <demo>".into(),
        platform: "web".into(),
        target: "https://shop.example/?a=1&b=2".into(),
        scenario: "shop.yaml".into(),
        begun: "2026-01-02T03:04:05.678Z".parse().expect("a time"),
        incomplete: true,
        findings,
    }
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Runs xmllint on a text and gives what it printed.
fn xmllint(arguments: &[&str], xml: &str) -> Result<String, String> {
    let mut child = Command::new("xmllint")
        .args(["--nonet"])
        .args(arguments)
        .arg("-")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint runs (scripts/install installs it, in the package libxml2-utils)");
    child.stdin.take().expect("a pipe").write_all(xml.as_bytes()).expect("xmllint reads");
    let output = child.wait_with_output().expect("xmllint ends");
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn schema(xml: &str) -> Result<String, String> {
    xmllint(&["--noout", "--schema", "tests/schema/junit.xsd"], xml)
}

#[test]
fn junit_as_it_is_written() {
    insta::assert_snapshot!(junit::write(&sample(), "out/run 1/").expect("writes"));
}

#[test]
fn json_as_it_is_written() {
    insta::assert_snapshot!(json::write(&sample()));
}

#[test]
fn the_table_at_four_widths() {
    for width in [40, 60, 100, 200] {
        let table = terminal::table(&sample(), Some(width), false);
        insta::assert_snapshot!(format!("table_{width}"), table);
    }
}

#[test]
fn the_table_fits_and_colours_only_when_asked() {
    for width in 30..=200 {
        let table = terminal::table(&sample(), Some(width), false);
        assert!(!table.contains('\u{1b}'));
        for line in table.lines() {
            // Chinese characters are two columns wide.
            let columns: usize =
                line.chars().map(|c| if ('\u{2e80}'..='\u{ffef}').contains(&c) { 2 } else { 1 }).sum();
            assert!(columns <= usize::from(width), "{columns} columns at width {width}: {line}");
        }
    }
    for width in 0..30 {
        assert!(!terminal::table(&sample(), Some(width), false).is_empty());
    }
    let coloured = terminal::table(&sample(), Some(100), true);
    assert!(coloured.contains("\u{1b}[38;5;9m") && coloured.contains("\u{1b}[38;5;10m"));
    assert!(!coloured.contains("\u{1b}[2J") && !coloured.contains("\u{1b}]"));
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let wanted = |terminal: bool, set: &[(&str, &str)]| {
        let set: Vec<(String, String)> =
            set.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        terminal::colour(terminal, &|name| {
            set.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        })
    };
    assert!(wanted(true, &[]) && wanted(true, &[("TERM", "xterm-256color"), ("CLICOLOR", "1")]));
    assert!(!wanted(false, &[]), "a file or a pipe is not coloured");
    assert!(!wanted(true, &[("NO_COLOR", "1")]) && !wanted(true, &[("NO_COLOR", "0")]));
    assert!(wanted(true, &[("NO_COLOR", "")]), "an empty NO_COLOR asks for nothing");
    assert!(!wanted(true, &[("CLICOLOR", "0")]) && !wanted(true, &[("TERM", "dumb")]));
    assert!(wanted(false, &[("CLICOLOR_FORCE", "1")]) && !wanted(false, &[("CLICOLOR_FORCE", "0")]));
    assert!(!wanted(true, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]), "no means no");
}

#[test]
fn a_text_of_a_million_characters_drowns_no_report() {
    let mut findings = sample();
    let long = "很长 long ]]> </script> \u{1b}[31m".repeat(50_000);
    findings.app = long.clone();
    findings.findings[1].reason = both(&long, &long);
    findings.findings[1].notes = vec![both(&long, &long)];
    findings.findings[1].evidence = vec![evidence(3, &long, &long, &[])];
    findings.findings[3].reason = both(&long, &long);
    let table = terminal::table(&findings, Some(80), false);
    assert!(table.len() < 20_000 && table.contains("… (+"), "{} bytes", table.len());
    let xml = junit::write(&findings, "").expect("writes");
    assert!(xml.len() < 200_000, "{} bytes", xml.len());
    schema(&xml).expect("keeps to the schema");
    assert_eq!(json::read(&json::write(&findings)).expect("reads"), findings, "the JSON holds all of it");
}

#[test]
fn nothing_found_is_said() {
    let empty = Findings { findings: vec![], incomplete: false, ..sample() };
    insta::assert_snapshot!(terminal::table(&empty, Some(80), false), @"no findings");
    schema(&junit::write(&empty, "").expect("writes")).expect("keeps to the schema");
}

#[test]
fn junit_keeps_to_the_schema() {
    schema(&junit::write(&sample(), "").expect("writes")).expect("keeps to the schema");
    let nameless = Findings { app: "\u{7}\n".into(), ..sample() };
    schema(&junit::write(&nameless, "").expect("writes")).expect("keeps to the schema");
    assert!(schema("<testsuite/>").is_err(), "the schema refuses what it should");
}

#[test]
fn an_end_of_character_data_survives_in_the_text() {
    let xml = junit::write(&sample(), "").expect("writes");
    let failure = xmllint(&["--xpath", "string(//failure)"], &xml).expect("parses");
    assert!(
        failure.starts_with("the first screen said “Welcome ]]> <b>&‹U+202E›yako‹U+202C›” 1.2 conforms\n")
    );
}

#[test]
fn only_files_of_the_recording_are_attached() {
    let xml = junit::write(&sample(), "out").expect("writes");
    let attached: Vec<&str> =
        xml.lines().filter_map(|line| line.split_once("[[ATTACHMENT|")).map(|(_, path)| path).collect();
    let ends: Vec<&str> =
        attached.iter().filter_map(|path| path.split_once("]]")).map(|(path, _)| path).collect();
    assert_eq!(
        ends,
        [
            "out/screens/0003.png",
            "out/policy/0030.txt",
            "out/screens/0001.png",
            "out/screens/0001.json",
            "out/screens/0002.png"
        ]
    );
}

#[test]
fn a_begin_that_no_report_can_name_is_an_error() {
    let early = Findings { begun: jiff::Timestamp::MIN, ..sample() };
    assert!(matches!(junit::write(&early, ""), Err(junit::WriteError::Begun(_))));
    let odd = |seconds| {
        let mut findings = sample();
        findings.findings.iter_mut().for_each(|finding| finding.seconds = seconds);
        schema(&junit::write(&findings, "").expect("writes")).expect("keeps to the schema");
    };
    [f64::NAN, f64::INFINITY, -1.0, f64::MAX, 1e-9].into_iter().for_each(odd);
}

#[test]
fn text_is_cleaned() {
    assert_eq!(clean("a\r\nb\tc\u{2028}d"), "a b c d");
    assert_eq!(clean("\u{1b}[1;31mred\u{1b}[0m \u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{7}"), "red link");
    assert_eq!(clean("\u{9b}31mred\u{9d}title\u{9c}!"), "red!");
    // What is not whole must not swallow the rest.
    assert_eq!(clean("\u{1b}]0;never ends"), "\u{fffd}]0;never ends");
    assert_eq!(clean("\u{1b}[31\nm \u{1b}\u{1b}[0m[31m \u{1b}"), "\u{fffd}[31 m \u{fffd}[31m \u{fffd}");
    assert_eq!(clean("\0\u{7f}\u{80}\u{ffff}"), "\u{fffd}\u{fffd}\u{fffd}\u{fffd}");
    assert_eq!(clean("\u{202e}x\u{2066}"), "‹U+202E›x‹U+2066›");
    assert_eq!(clean("隐私政策 👩‍👩‍👧"), "隐私政策 👩‍👩‍👧");
}

#[test]
fn other_json_is_refused_with_a_reason() {
    let error = json::read(r#"{"tool": 1}"#).expect_err("no findings").to_string();
    assert!(error.contains("candor judge") && error.contains("line 1"), "{error}");
}

/// Any text, and often what would break one of the forms.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "]]>",
            "]]",
            ">",
            "<![CDATA[",
            "[[ATTACHMENT|",
            "&#0;",
            "<",
            "\"",
            "\u{1b}[31m",
            "\u{1b}]",
            "\u{9b}",
            "\u{7}",
            "\0",
            "\u{b}",
            "\r",
            "\n",
            "\u{202e}",
            "\u{ffff}",
            "\u{2028}",
            "\u{85}",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn hostile_findings() -> impl Strategy<Value = Findings> {
    (prop::collection::vec(hostile(), 9), 0..5usize, 0..100_000_000u32).prop_map(
        |(texts, verdict, milliseconds)| {
            let mut texts = texts.into_iter();
            let mut next = || texts.next().unwrap_or_default();
            let mut findings = sample();
            findings.app = next();
            findings.target = next();
            let found = &mut findings.findings[1];
            found.verdict = [
                Verdict::Violation,
                Verdict::Conforms,
                Verdict::Review,
                Verdict::NotTested,
                Verdict::NotApplicable,
            ][verdict];
            found.title = both(next(), next());
            found.reason = both(next(), next());
            found.notes = vec![both(next(), next())];
            found.evidence =
                vec![Evidence { entry: 1, shows: both("it", "它"), files: vec![next()], marks: None }];
            found.seconds = f64::from(milliseconds) / 1000.0;
            findings
        },
    )
}

/// What readers of `findings.json` can rely on.
fn findings_schema() -> serde_json::Value {
    serde_json::to_value(schemars::schema_for!(Findings)).expect("a schema")
}

#[test]
fn the_published_schema_is_the_one_of_this_version_and_findings_keep_to_it() {
    let published = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/findings.schema.json");
    let text =
        std::fs::read_to_string(published).expect("candor schema findings > docs/findings.schema.json");
    let published: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(published, findings_schema(), "candor schema findings > docs/findings.schema.json");
    let validator = jsonschema::validator_for(&published).expect("a schema");
    for recording in ["preticked", "small-print"] {
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings").join(recording);
        let recording = crate::recording::Recording::open(&folder).expect("reads");
        let findings = crate::rules::judge(&recording, &crate::rules::Overrides::default());
        let written: serde_json::Value = serde_json::from_str(&json::write(&findings)).expect("JSON");
        let faults: Vec<String> = validator.iter_errors(&written).map(|e| e.to_string()).collect();
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(written["format"], FINDINGS_FORMAT);
        for (place, wrong) in [("/findings/0/verdict", "fine"), ("/findings/0/item", "7.1x")] {
            let mut broken = written.clone();
            *broken.pointer_mut(place).expect("a place") = wrong.into();
            assert!(!validator.is_valid(&broken), "{place} of {wrong}");
        }
        let mut short = written.clone();
        short["findings"].as_array_mut().expect("a list").pop();
        assert!(!validator.is_valid(&short), "all 31 belong in it");
    }
}

#[test]
fn findings_without_a_form_are_of_the_first() {
    let mut value: serde_json::Value = serde_json::from_str(&json::write(&sample())).expect("JSON");
    value.as_object_mut().expect("an object").remove("format");
    assert_eq!(json::read(&value.to_string()).expect("reads").format, 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_an_app_says_junit_keeps_to_the_schema(findings in hostile_findings()) {
        let xml = junit::write(&findings, "").expect("writes");
        prop_assert!(xml.chars().all(is_xml));
        prop_assert_eq!(schema(&xml).err(), None);
        prop_assert_eq!(junit::write(&findings, "").expect("writes"), xml);
    }

    #[test]
    fn findings_read_back_as_they_were_written(findings in hostile_findings()) {
        let text = json::write(&findings);
        let plain = |c: char| c == '\n' || clean(c.encode_utf8(&mut [0; 4])).starts_with(c);
        prop_assert!(text.chars().all(plain));
        prop_assert_eq!(json::read(&text).expect("reads"), findings);
    }

    #[test]
    fn what_an_app_says_does_not_act_on_the_terminal(findings in hostile_findings(), text in hostile()) {
        let table = terminal::table(&findings, Some(80), false);
        prop_assert!(!table.chars().any(|c| c != '\n' && c.is_control()));
        prop_assert_eq!(clean(&clean(&text)), clean(&text));
    }
}

//! What was attested counts in every report, and each says on whose word.

use std::path::Path;

use super::{html, junit, summary, terminal};
use crate::recording::Recording;
use crate::rules::{Findings, Overrides, Verdict, judge};

/// 1.4 and 5.2 are left open in it, 3.4 is a violation.
const PRETICKED: &str = include_str!("../../tests/recordings/preticked/timeline.jsonl");

/// The recording with statements on items, one after the other.
fn timeline(stated: &[(&str, &str)]) -> String {
    let entries = stated.iter().enumerate().map(|(at, (item, verdict))| {
        format!(
            "{{\"seq\":{},\"time\":\"2026-12-01T09:00:00Z\",\"prev\":\"\",\"event\":\"attested\",\"item\":\"{item}\",\
             \"verdict\":\"{verdict}\",\"note\":\"seen </p> \\u001b[31m\",\"by\":\"Li <b>Wei\",\"tool\":\"candor\",\"seal\":[]}}\n",
            153 + at
        )
    });
    PRETICKED.to_owned() + &entries.collect::<String>()
}

fn attested(stated: &[(&str, &str)]) -> (Recording, Findings) {
    let recording =
        Recording::parse(timeline(stated).as_bytes(), "timeline.jsonl", Path::new(".")).expect("reads");
    let findings = judge(&recording, &Overrides::default());
    (recording, findings)
}

const DECIDED: [(&str, &str); 3] = [("1.4", "conforms"), ("5.2", "violation"), ("3.4", "conforms")];

#[test]
fn a_statement_decides_what_was_open_and_the_judged_verdict_stays_beside_it() {
    let (_, before) = attested(&[]);
    let (_, after) = attested(&DECIDED);
    let of = |item: &str| {
        after.findings.iter().find(|finding| finding.item.to_string() == item).expect("the item")
    };
    assert_eq!((of("5.2").verdict, of("5.2").standing()), (Verdict::NotTested, Verdict::Violation));
    assert_eq!(of("1.4").standing(), Verdict::Conforms);
    let said = of("5.2").stated().expect("a statement");
    assert!(
        said.en.contains("Li <b>Wei on 2026-12-01: violation") && said.en.ends_with("; judged: not tested")
    );
    assert!(said.zh.contains("声明：违规") && said.zh.ends_with("；判定为未检测"), "{}", said.zh);
    let said = of("3.4").stated().expect("a statement");
    assert!(said.en.ends_with("; the judged “violation” stands"), "{}", said.en);
    assert!(before.findings.iter().all(|finding| finding.stated().is_none()));
    assert_eq!((before.standing(Verdict::Violation), after.standing(Verdict::Violation)), (1, 2));
}

#[test]
fn the_table_counts_statements_and_names_who_made_them() {
    let (_, findings) = attested(&DECIDED);
    for width in [60, 160] {
        let table = terminal::table(&findings, Some(width), false);
        let conform = findings.standing(Verdict::Conforms);
        assert!(
            table.contains("2 violations · ") && table.contains(&format!("{conform} conform")),
            "{table}"
        );
        assert_eq!(table.matches("attested by Li <b>Wei").count(), 3, "{table}");
        assert!(!table.contains("5.2 not tested") && !table.contains('\u{1b}'));
    }
    let wide = terminal::table(&findings, Some(160), false);
    assert!(
        wide.lines().any(|line| line.trim_start().starts_with("5.2") && line.contains("violation")),
        "{wide}"
    );
}

#[test]
fn junit_fails_on_a_stated_violation_and_passes_what_a_person_settled() {
    let (_, findings) = attested(&DECIDED);
    let xml = junit::write(&findings, "").expect("writes");
    let document = roxmltree::Document::parse(&xml).expect("XML");
    let case = |item: &str| {
        let named = |node: &roxmltree::Node<'_, '_>| {
            node.attribute("name").is_some_and(|name| name.starts_with(item))
        };
        document.descendants().filter(|node| node.has_tag_name("testcase")).find(named).expect("a case")
    };
    let inside = |item: &str, tag: &str| case(item).children().find(|node| node.has_tag_name(tag));
    let failure = inside("5.2", "failure").expect("a failure");
    assert!(failure.attribute("message").is_some_and(|message| message.starts_with("attested by Li <b>Wei")));
    assert!(inside("1.4", "failure").is_none() && inside("1.4", "skipped").is_none());
    let told = inside("1.4", "system-out").and_then(|node| node.text()).expect("an output");
    assert!(told.contains("attested by Li <b>Wei on 2026-12-01: conforms"), "{told}");
    let judged = inside("3.4", "failure").and_then(|node| node.attribute("message")).expect("a failure");
    assert!(!judged.starts_with("attested"), "the reason is what was judged: {judged}");
    let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).expect("a suite");
    assert_eq!(suite.attribute("failures"), Some("2"));
}

#[test]
fn the_page_shows_a_stated_violation_first_and_who_stated_it() {
    let (recording, findings) = attested(&DECIDED);
    let page = html::write(&recording, &findings);
    assert!(page.contains("发现 2 项违规") && page.contains("2 violations"));
    assert!(page.contains("<details class=\"item violation\" id=\"i5-2\" open>"));
    assert!(page.contains("<details class=\"item conforms\" id=\"i1-4\">"));
    let card =
        page.split("class=\"cards\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("cards");
    assert!(card.contains("attested by Li &lt;b&gt;Wei") && card.contains("; judged: not tested"));
    assert!(!page.contains("<b>Wei") && !page.contains("seen </p>") && !page.contains('\u{1b}'));
}

#[test]
fn a_summary_counts_statements_and_sees_an_item_turn_by_one() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, day, stated) in [("first", 1, &[][..]), ("second", 2, &DECIDED[..])] {
        let run = folder.path().join(name);
        std::fs::create_dir(&run).expect("a folder");
        let moved = timeline(stated).replace("2026-11-24T", &format!("2026-11-{day:02}T"));
        std::fs::write(run.join("timeline.jsonl"), moved).expect("writes");
    }
    let summary = summary::collect(folder.path()).expect("reads");
    let app = &summary.apps[0];
    let violations: Vec<usize> = app.runs.iter().map(|run| run.counts.violation).collect();
    assert_eq!(violations, [1, 2]);
    let item = app.items.iter().find(|item| item.item.to_string() == "5.2").expect("the item");
    assert_eq!((item.verdict, item.turned()), (Verdict::Violation, true));
    let turned = summary::table(&summary, Some(120), false);
    assert!(turned.contains("5.2 violation"), "{turned}");
}

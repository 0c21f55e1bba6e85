use std::fs;

use super::*;

const PRETICKED: &str = include_str!("../../../tests/recordings/preticked/timeline.jsonl");

/// Puts a recording into a folder; its begin is moved to a day of December.
fn put(folder: &Path, name: &str, day: u8, timeline: &str) {
    let path = folder.join(name);
    fs::create_dir_all(&path).expect("a folder");
    let moved = timeline.replace("2026-11-24T", &format!("2026-12-{day:02}T"));
    fs::write(path.join(TIMELINE), moved).expect("writes");
    fs::write(path.join("report.html"), "").expect("writes");
}

fn nights() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mended = PRETICKED
        .replace("\"by_tree\":\"on\"", "\"by_tree\":\"off\"")
        .replace("\"ticks\":[\"on\"]", "\"ticks\":[\"off\"]");
    put(folder.path(), "b-second", 2, &mended);
    put(folder.path(), "a-third", 3, PRETICKED);
    put(folder.path(), "night/first", 1, PRETICKED);
    put(
        folder.path(),
        "other",
        5,
        &PRETICKED.replace("\"app\":\"小满集市\"", "\"app\":\"<script>alert(1)</script>\\u001b[31m\""),
    );
    fs::create_dir_all(folder.path().join("pictures/more")).expect("a folder");
    fs::create_dir(folder.path().join("broken")).expect("a folder");
    fs::write(folder.path().join("broken").join(TIMELINE), "{}\n{}\n").expect("writes");
    fs::write(folder.path().join("notes.txt"), "not a folder").expect("writes");
    folder
}

#[test]
fn apps_are_summed_up_by_their_newest_run_and_what_is_foreign_is_named() {
    let folder = nights();
    let summary = collect(folder.path()).expect("reads");
    assert_eq!(summary.apps.len(), 2);
    let shop = summary.apps.iter().find(|app| app.app == "小满集市").expect("the shop");
    let folders: Vec<&str> = shop.runs.iter().map(|run| run.folder.as_str()).collect();
    assert_eq!(folders, ["night/first", "b-second", "a-third"], "by their begin, not their name");
    let violations: Vec<usize> = shop.runs.iter().map(|run| run.counts.violation).collect();
    assert_eq!(violations, [1, 0, 1]);
    let item = shop.items.iter().find(|item| item.item.to_string() == "3.4").expect("the item");
    assert_eq!((item.verdict, item.turned()), (Verdict::Violation, true));
    assert_eq!(shop.items.len(), 31);
    let skipped: Vec<&str> = summary.skipped.iter().map(|skipped| skipped.folder.as_str()).collect();
    assert_eq!(skipped, ["broken", "pictures"]);
    assert!(summary.skipped[0].why.contains("line 1") && summary.skipped[1].why.contains("no recording"));
}

#[test]
fn the_page_links_every_report_and_nothing_of_an_app_acts() {
    let folder = nights();
    let summary = collect(folder.path()).expect("reads");
    let page = write(&summary, "");
    assert!(page.contains("href=\"./a-third/report.html#i3-4\""), "a cell leads to its finding");
    assert!(page.contains("href=\"./night/first/report.html\""));
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)"));
    assert!(page.contains("violations by run: 1, 0, 1"));
    let odd =
        RunSummary { report: Some("javascript:x#?/report.html".into()), ..summary.apps[0].runs[0].clone() };
    let encoded = page::link_of(&odd);
    assert!(encoded.starts_with("./javascript:x%23%3F/"), "{encoded}");
    assert_eq!(write(&summary, ""), page, "the same bytes again");
}

#[test]
fn the_table_is_short_and_says_what_turned() {
    let folder = nights();
    let summary = collect(folder.path()).expect("reads");
    insta::assert_snapshot!(
        "summary_80",
        table(&summary, Some(80), false).replace(&*folder.path().to_string_lossy(), "DIR")
    );
    insta::assert_snapshot!(
        "summary_40",
        table(&summary, Some(40), false).replace(&*folder.path().to_string_lossy(), "DIR")
    );
    assert!(!table(&summary, Some(80), false).contains('\u{1b}'));
}

#[test]
fn only_the_last_runs_are_kept_and_an_empty_folder_is_no_error() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(collect(folder.path()).expect("reads").apps, []);
    for day in 1..=TREND as u8 + 3 {
        put(folder.path(), &format!("run-{day}"), day, PRETICKED);
    }
    let summary = collect(folder.path()).expect("reads");
    assert_eq!((summary.apps[0].recorded, summary.apps[0].runs.len()), (TREND + 3, TREND));
    assert_eq!(summary.apps[0].newest().map(|run| run.folder.as_str()), Some("run-15"));
    assert!(collect(&folder.path().join("absent")).is_err());
}

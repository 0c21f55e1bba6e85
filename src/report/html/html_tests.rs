use std::path::Path;

use super::*;
use crate::recording::Recording;
use crate::rules::{Overrides, judge};

const PRETICKED: &str = include_str!("../../../tests/recordings/preticked/timeline.jsonl");

fn page_of(recording: &Recording) -> String {
    write(recording, &judge(recording, &Overrides::default()))
}

fn page(timeline: &str) -> String {
    page_of(&Recording::parse(timeline.as_bytes(), "timeline.jsonl", Path::new(".")).expect("reads"))
}

#[test]
fn all_31_items_are_on_the_page_and_the_violation_is_open_and_comes_first() {
    let page = page(PRETICKED);
    assert_eq!(page.matches("<details class=\"item ").count(), 31);
    assert_eq!(page.matches("<details class=\"item violation\" id=\"i3-4\" open>").count(), 1);
    let (card, finding) = (page.find("class=\"card\""), page.find("id=\"i1-1\""));
    assert!(card.is_some() && card < finding, "the violation stands above the list");
    assert!(page.contains("怎样整改") && page.contains("How to mend it"));
    assert!(page.contains("发现 1 项违规") && page.contains("1 violation"));
    assert_eq!(page.matches("<script>").count(), 1, "ours alone");
}

#[test]
fn what_an_app_says_stays_text() {
    let hostile = PRETICKED
        .replace("我已阅读并同意", "</p><script>alert(1)</script>\\u001b[31m\\u202e我已阅读并同意")
        .replace("screens/0002.png", "../../outside.png");
    let page = page(&hostile);
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)"));
    assert!(!page.contains("outside.png"), "a path that leads out of the recording is not linked");
    assert!(!page.contains(['\u{1b}', '\u{202e}']) && page.contains("‹U+202E›"));
}

#[test]
fn a_text_of_a_million_characters_is_cut_and_says_so() {
    let long = PRETICKED.replace("\"app\":\"小满集市\"", &format!("\"app\":\"{}\"", "长".repeat(1_000_000)));
    let page = page(&long);
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
    assert!(page.contains("… (+"));
}

#[test]
fn the_same_recording_gives_the_same_page() {
    assert_eq!(page(PRETICKED), page(PRETICKED));
}

#[test]
fn the_page_may_run_and_load_nothing_but_its_own() {
    let page = page(PRETICKED);
    let hash = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
    assert!(page.contains(&format!("script-src 'sha256-{}'", hash(SCRIPT))));
    assert!(page.contains(&format!("style-src 'sha256-{}'", hash(STYLE))));
    assert!(page.contains("default-src 'none'") && !page.contains("unsafe"));
    assert!(!page.contains(" style=\""), "a style of an element would be refused");
    // Inside of their elements the texts stand as they are.
    assert!(!SCRIPT.contains("</") && !STYLE.contains("</"));
    for address in ["http://", "https://"] {
        for attribute in ["src=\"", "href=\"", "url("] {
            assert!(!page.contains(&format!("{attribute}{address}")), "{attribute}{address}");
        }
    }
}

#[test]
fn marked_places_are_numbered_on_the_picture_and_in_a_list() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/small-print"));
    let copy = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(copy.path().join("screens")).expect("a folder");
    for name in ["timeline.jsonl", "policy.txt"] {
        std::fs::copy(folder.join(name), copy.path().join(name)).expect("copies");
    }
    for number in 1..=16 {
        let name = format!("screens/{number:04}");
        let _ = std::fs::copy(
            folder.join(format!("{name}.sight.json")),
            copy.path().join(format!("{name}.sight.json")),
        );
        image::RgbImage::new(1082, 2402).save(copy.path().join(format!("{name}.png"))).expect("writes");
    }
    let page = page_of(&Recording::open(copy.path()).expect("reads"));
    let finding =
        page.split("id=\"i1-4\"").nth(1).and_then(|rest| rest.split("<details").next()).expect("1.4");
    let boxes = finding.matches("<rect class=\"mark\"").count();
    assert!(finding.contains("viewBox=\"0 0 1082 2402\"") && boxes > 4, "{boxes} boxes");
    let listed: usize = finding
        .split("<ol class=\"marks\">")
        .skip(1)
        .filter_map(|part| part.split("</ol>").next())
        .map(|list| list.matches("<li>").count())
        .sum();
    assert_eq!(listed, boxes, "each box is explained");
    assert!(page.contains("<symbol id=\"p1\"") && page.contains("data:image/jpeg;base64,"));
    assert!(page.contains("<mark>"), "the policy's passages are marked");
}

#[test]
fn a_page_outside_of_its_recording_links_what_is_there_and_a_printed_one_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = folder.path().join("小满 #1");
    crate::bench::report::record(&run, 12, (108, 240)).expect("records");
    std::fs::create_dir(folder.path().join("mail")).expect("a folder");
    let recording = Recording::open(&run).expect("reads");
    let findings = judge(&recording, &Overrides::default());
    let gone = run.join("screens/0003.png");
    std::fs::remove_file(&gone).expect("removed");
    for place in ["mail/shop.html", "shop.html"] {
        let place = folder.path().canonicalize().expect("a folder").join(place);
        let page = write_with(&recording, &findings, &Links::of(&place, &run));
        let at = url::Url::from_file_path(&place).expect("an address");
        let links: Vec<&str> =
            page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let files = links.iter().filter(|link| !link.starts_with(['#']) && !link.starts_with("data:"));
        let followed: Vec<_> =
            files.map(|link| at.join(link).expect("an address").to_file_path().expect("a file")).collect();
        assert!(followed.iter().any(|file| file.ends_with("screens/0001.png")), "{links:?}");
        for file in followed {
            assert!(file.is_file(), "{} is linked and not there", file.display());
        }
        assert!(page.contains(" screens/0003.png"), "what is gone is named all the same");
    }
    let printed = write_with(&recording, &findings, &Links::Nowhere);
    assert!(!printed.contains("href=\"screens/") && printed.contains("screens/0001.png"));
}

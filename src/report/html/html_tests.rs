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

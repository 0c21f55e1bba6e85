use std::path::Path;

use super::*;
use crate::recording::Recording;
use crate::rules::{Overrides, judge};

const PRETICKED: &str = include_str!("../../tests/recordings/preticked/timeline.jsonl");

fn page(timeline: &str) -> String {
    let recording = Recording::parse(timeline.as_bytes(), "timeline.jsonl", Path::new(".")).expect("reads");
    write(&judge(&recording, &Overrides::default()))
}

#[test]
fn all_31_items_are_on_the_page_and_the_violation_is_open_with_its_picture() {
    let page = page(PRETICKED);
    assert_eq!(page.matches("<details").count(), 31);
    assert_eq!(page.matches("<details class=\"violation\" open>").count(), 1);
    assert!(page.contains("<img src=\"screens/0002.png\""), "the box as it was seen");
    assert!(page.contains("整改 · How to mend"));
    assert!(!page.contains("http-equiv=\"refresh\"") && !page.contains("<script"));
}

#[test]
fn what_an_app_says_stays_text() {
    let hostile = PRETICKED
        .replace("我已阅读并同意", "</p><script>alert(1)</script>我已阅读并同意")
        .replace("screens/0002.png", "../../outside.png");
    let page = page(&hostile);
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)"));
    assert!(!page.contains("outside.png"), "a path that leads out of the recording is not linked");
}

#[test]
fn marked_places_are_numbered_on_the_picture_and_in_a_list() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/small-print"));
    let page = write(&judge(&Recording::open(folder).expect("reads"), &Overrides::default()));
    assert!(page.contains("<li class=\"marked\">") && page.contains("viewBox=\"0 0 1082 2402\""), "{page}");
    let boxes = page.matches("fill=\"none\" stroke=\"#c40000\"").count();
    assert!(boxes > 4, "{boxes} boxes");
    let listed: usize = page
        .split("<ol class=\"marks\">")
        .skip(1)
        .filter_map(|part| part.split("</ol>").next())
        .map(|list| list.matches("<li>").count())
        .sum();
    assert_eq!(listed, boxes, "each box is explained");
}

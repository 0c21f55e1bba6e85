use std::path::Path;

use super::*;
use crate::language::policy::{CollectionRule, Form};
use crate::recording::OpenedFrom;
use crate::rules::catalogue::both;
use crate::rules::{Overrides, judge};

const PRETICKED: &str = include_str!("../../../tests/recordings/preticked/timeline.jsonl");

fn findings() -> Findings {
    let recording = Recording::parse(PRETICKED.as_bytes(), "timeline.jsonl", Path::new(".")).expect("reads");
    judge(&recording, &Overrides::default())
}

fn read(rules: Vec<CollectionRule>) -> PolicyRead {
    PolicyRead {
        screen: 1,
        screens: vec![],
        title: String::new(),
        form: Form::Text,
        opened_from: OpenedFrom::MainScreen,
        text: None,
        characters: 0,
        rules,
    }
}

fn rule(text: &str, sentence: &str) -> CollectionRule {
    let at = text.find(sentence).map_or(0, |at| text[..at].chars().count());
    CollectionRule { kind: String::new(), verb: String::new(), sentence: sentence.to_owned(), at }
}

#[test]
fn passages_are_marked_once_with_every_item_that_uses_them() {
    let text = "隐私政策\n我们会收集您的手机号码，用于登录。\n我们从不收集位置信息。\n完 <b>\n";
    let mut found = findings();
    found.findings[3].notes = vec![both("see “收集您的手机号码”", "见“收集您的手机号码”")];
    let read =
        read(vec![rule(text, "我们会收集您的手机号码，用于登录。"), rule(text, "我们从不收集位置信息。")]);
    let used = used(text, &read, &found);
    assert_eq!(used.len(), 2, "one inside another is one");
    let items: Vec<String> = used[0].1.iter().map(ToString::to_string).collect();
    assert_eq!(items, ["1.1", "1.4"]);
    let html = paragraphs(text, &used).into_string();
    assert!(
        html.contains("<mark>我们会收集您的手机号码，用于登录。</mark><sup><a href=\"#i1-1\">1.1</a></sup>"),
        "{html}"
    );
    assert_eq!(html.matches("<p>").count(), 4);
    assert!(html.contains("完 &lt;b&gt;"));
}

#[test]
fn a_passage_over_two_lines_is_marked_in_both() {
    let text = "甲乙丙丁戊\n己庚辛壬癸\n";
    let mut found = findings();
    found.findings[0].notes = vec![both("x", "“丁戊\n己庚辛壬”")];
    let html = paragraphs(text, &used(text, &read(vec![]), &found)).into_string();
    assert!(
        html.contains("<p>甲乙丙<mark>丁戊</mark></p>") && html.contains("<p><mark>己庚辛壬</mark><sup>"),
        "{html}"
    );
}

#[test]
fn only_quotations_long_enough_to_be_passages_count() {
    let found: Vec<&str> = quotations("“短” and “long enough…” and “open").collect();
    assert_eq!(found, ["long enough"]);
}

use std::path::Path;

use super::*;

/// A recording of these events, a second apart.
fn recording(events: &[&str]) -> Recording {
    let start = r#""event":"run_started","format":4,"tool":"candor 0.1.0","scenario":"s","scenario_sha256":"","app":"a","platform":"web","target":"t","probes":[]"#;
    let line = |(at, event): (usize, &&str)| {
        format!("{{\"seq\":{},\"time\":\"2026-01-01T00:00:{at:02}Z\",\"prev\":\"\",{event}}}\n", at + 1)
    };
    let text: String = std::iter::once(&start).chain(events).enumerate().map(line).collect();
    Recording::parse(text.as_bytes(), "timeline.jsonl", Path::new(".")).expect("reads")
}

const FRESH: &str = r#""event":"app_started","how":"fresh""#;
const AGAIN: &str = r#""event":"app_started","how":"resumed""#;
const AGREED: &str = r#""event":"consent_given","screen":1,"by":"同意""#;
const REFUSED: &str = r#""event":"consent_refused","screen":1,"by":"不同意","how":"control""#;
const ASKED: &str = r#""event":"permission_asked","screen":1,"permission":"location","text":"允许？""#;
const READ: &str = r#""event":"accessed","screen":1,"at":"2026-01-01T00:00:00Z","kind":"identifier","what":"graphics","call":"getParameter","from":"https://a.example/""#;

#[test]
fn consent_and_refusal_part_the_timeline_and_a_fresh_start_begins_it_anew() {
    let recording = recording(&[FRESH, ASKED, AGREED, AGAIN, READ, FRESH, REFUSED, READ, READ]);
    let spans = spans(&recording);
    let phases: Vec<Consent> = spans.iter().map(|span| span.phase).collect();
    assert_eq!(phases, [Consent::NotGiven, Consent::Given, Consent::NotGiven, Consent::Refused]);
    assert_eq!(spans[1].starts, 1, "starting again keeps what was said");
    let moments: Vec<Option<u64>> = spans.iter().map(|span| span.moment.map(|entry| entry.seq)).collect();
    assert_eq!(moments, [Some(4), None, Some(8), None]);
    let counts: Vec<Vec<usize>> =
        spans.iter().map(|span| things(span).iter().map(|thing| thing.times).collect()).collect();
    assert_eq!(counts, [vec![1], vec![1], vec![], vec![2]], "what was asked and read, each thing once");
}

#[test]
fn the_drawing_shows_the_moments_and_the_words_what_happened_around_them() {
    let page =
        section(&recording(&[FRESH, ASKED, AGREED, AGAIN, READ, FRESH, REFUSED, READ, READ]), &Links::Inside)
            .into_string();
    assert_eq!(page.matches("<circle class=\"consent\"").count(), 1);
    assert_eq!(page.matches("<path class=\"refusal\"").count(), 1);
    assert_eq!(page.matches("<rect class=\"phase ").count(), 4);
    assert!(page.contains("系统弹窗申请位置权限") || page.contains("the system asks for location"), "{page}");
    assert!(page.contains(" ×2"));
    assert_eq!(page.matches("<li id=\"e").count(), 10, "every entry is listed");
}

#[test]
fn withdrawal_begins_a_stretch_of_its_own() {
    let withdrawn = r#""event":"consent_withdrawn","screen":1,"by":"撤回同意""#;
    let recording = recording(&[FRESH, AGREED, withdrawn, AGAIN, READ]);
    let phases: Vec<Consent> = spans(&recording).iter().map(|span| span.phase).collect();
    assert_eq!(phases, [Consent::NotGiven, Consent::Given, Consent::Withdrawn]);
    let page = section(&recording, &Links::Inside).into_string();
    assert_eq!(page.matches("<path class=\"withdrawal\"").count(), 1);
    assert!(page.contains("通过“撤回同意”撤回同意"));
}

#[test]
fn a_recording_of_one_moment_is_drawn_too() {
    let page = section(&recording(&[]), &Links::Inside).into_string();
    assert!(
        page.contains("No consent and no refusal was recorded")
            && !page.contains("NaN")
            && !page.contains("inf")
    );
}

use super::*;
use crate::case::made_up::{buttons, record, sighting};
use crate::language::reading::{Prompt, PromptKind, Reading};
use crate::recording::entries::{AppStarted, MainReached, ProbeEnded, ProbeStarted};
use crate::recording::{Event, Outcome};
use crate::report;
use crate::rules::{Overrides, judge};
use crate::verdict::Verdict;
use crate::world::Start;

/// A first run of which another candor took the only screen for a prompt that names the policy.
fn first_run() -> (tempfile::TempDir, Recording) {
    let prompt =
        Prompt { kind: PromptKind::Page, text: "下一步".to_owned(), names_policy: true, asks: true };
    let reading = Reading { prompt: Some(prompt), ..Reading::default() };
    let events = vec![
        Event::ProbeStarted(ProbeStarted { probe: "first_run".to_owned() }),
        Event::AppStarted(AppStarted { how: Start::Fresh }),
        sighting(1, reading, true),
        Event::MainReached(MainReached { screen: 1 }),
        Event::ProbeEnded(ProbeEnded { probe: "first_run".to_owned(), outcome: Outcome::Complete }),
    ];
    record(events, &[(1, buttons(&["下一步", "看看有什么新鲜的商品"]))])
}

fn finding(recording: &Recording) -> Finding {
    let findings = judge(recording, &Overrides::default()).findings;
    findings.into_iter().find(|finding| finding.item.to_string() == "1.2").expect("all are there")
}

fn notes(finding: &Finding) -> String {
    finding.notes.iter().map(|note| note.en.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_verdict_that_turned_says_what_was_judged_before_and_why() {
    let (folder, recording) = first_run();
    let now = finding(&recording);
    assert_eq!(now.verdict, Verdict::Violation, "{now:#?}");
    assert!(notes(&now).contains("Screen 1 was read again and differs: what asks"), "{}", notes(&now));
    assert!(!notes(&now).contains("judged this"), "nothing is known of what was judged before");

    let mut earlier = judge(&recording, &Overrides::default());
    for finding in &mut earlier.findings {
        finding.verdict = Verdict::Conforms;
    }
    std::fs::write(folder.path().join("findings.json"), report::json::write(&earlier)).expect("writes");
    let turned = finding(&recording);
    assert!(
        notes(&turned).contains("judged this “conforms”; the verdict turned by what is read of screen 1 now"),
        "{}",
        notes(&turned)
    );
    assert_eq!(judge(&recording, &Overrides::default()), judge(&recording, &Overrides::default()));
}

#[test]
fn what_the_rule_alone_turned_is_not_laid_on_a_reading() {
    let (folder, recording) = first_run();
    std::fs::remove_file(folder.path().join("screens/0001.json")).expect("removes");
    let mut earlier = judge(&recording, &Overrides::default());
    assert_eq!(finding(&recording).verdict, Verdict::Conforms, "without a tree, what the run read stands");
    for finding in &mut earlier.findings {
        finding.verdict = Verdict::Review;
    }
    std::fs::write(folder.path().join("findings.json"), report::json::write(&earlier)).expect("writes");
    assert!(notes(&finding(&recording)).contains("turned by the rule"), "{}", notes(&finding(&recording)));
}

//! Whatever an app says, `junit.xml` is XML, has a case for each finding, and attaches nothing from outside.

#![no_main]

use candor::item::ItemId;
use candor::report::junit;
use candor::rules::catalogue::both;
use candor::rules::{Attestation, Evidence, FINDINGS_FORMAT, Finding, Findings, Verdict};
use libfuzzer_sys::fuzz_target;

const VERDICTS: [Verdict; 5] =
    [Verdict::Violation, Verdict::Conforms, Verdict::Review, Verdict::NotTested, Verdict::NotApplicable];

fuzz_target!(|input: (u8, Vec<String>)| {
    let (number, texts) = input;
    let mut texts = texts.into_iter().cycle().take(64);
    let mut next = || texts.next().unwrap_or_default();
    let items: Vec<ItemId> = ItemId::all().take(1 + usize::from(number) % 31).collect();
    let findings = Findings {
        format: FINDINGS_FORMAT,
        tool: next(),
        app: next(),
        platform: next(),
        target: next(),
        scenario: next(),
        begun: jiff::Timestamp::UNIX_EPOCH,
        incomplete: number % 2 == 0,
        findings: items
            .iter()
            .enumerate()
            .map(|(at, &item)| Finding {
                item,
                verdict: VERDICTS[(at + usize::from(number)) % VERDICTS.len()],
                title: both(next(), next()),
                reason: both(next(), next()),
                notes: vec![both(next(), next())],
                evidence: vec![Evidence {
                    entry: 1,
                    shows: both(next(), next()),
                    files: vec![next()],
                    marks: None,
                }],
                seconds: f64::from_bits(u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15)),
                attested: (at % 2 == 1)
                    .then(|| Attestation {
                        entry: 2,
                        time: jiff::Timestamp::UNIX_EPOCH,
                        by: next(),
                        verdict: VERDICTS[usize::from(number / 5) % 3],
                        note: next(),
                    })
                    .into_iter()
                    .collect(),
                accepted: None,
            })
            .collect(),
    };
    let xml = junit::write(&findings, "out").expect("a time that can be named");
    let document = roxmltree::Document::parse(&xml).expect("XML");
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase")).count();
    assert_eq!(cases, items.len());
    for (at, _) in xml.match_indices("[[ATTACHMENT|") {
        let rest = &xml[at + "[[ATTACHMENT|".len()..];
        let path = rest.split_once("]]").map(|(path, _)| path).expect("an end");
        assert!(path.starts_with("out/") && !path.contains("/../") && !path.contains('\n'), "{path:?}");
    }
});

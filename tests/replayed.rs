//! Probes and the explorer on an app that is replayed from kept runs, on good days and bad ones: an advert between, a
//! tap that does nothing, an effect that comes late, a driver that refuses or is gone. A bad day accuses nobody whom a
//! good one does not, and clears nobody whom a good one accuses. Here the time stands in no clock but the double's.

use std::collections::BTreeMap;
use std::path::Path;

use candor::probes::read_scenario;
use candor::recording::Recording;
use candor::runner::{Job, Progress, Ran, run_in};
use candor::verdict::Verdict;

use crate::replay::{Fault, Replays};
use crate::support::kept::unpack;

/// Items whose verdict needs neither a picture nor the answers of a permission dialog: the double has none.
const WITHOUT_PICTURES: [&str; 8] = ["1.1", "1.2", "1.3", "3.1", "3.2", "3.6", "3.8", "6.5"];

/// Runs the scenario of a kept run on the app that it recorded.
async fn replay(kept: &Path, fault: Fault) -> (Ran, Recording) {
    let artifacts = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(kept.join("scenario.yaml")).expect("a scenario");
    let job = Job {
        scenario: read_scenario(&text, "scenario.yaml").expect("a scenario"),
        text,
        shown: "scenario.yaml".to_owned(),
        driver: None,
        unmasked: false,
        key: None,
        values: BTreeMap::new(),
        pause: false,
        virtual_time: false,
        as_robot: false,
        once: true,
        folder: artifacts.path().join("run"),
    };
    let ran = run_in(&job, &Replays::of(kept, fault), &Progress::new(true)).await.expect("runs");
    assert_eq!(Recording::verify(&job.folder).expect("verifies"), []);
    let recording = Recording::open(&job.folder).expect("opens");
    (ran, recording)
}

fn verdicts(ran: &Ran) -> BTreeMap<String, Verdict> {
    let wanted = |item: &String| WITHOUT_PICTURES.contains(&item.as_str());
    let all = ran.findings.findings.iter().map(|finding| (finding.item.to_string(), finding.verdict));
    all.filter(|(item, _)| wanted(item)).collect()
}

fn operations(recording: &Recording) -> usize {
    let done =
        |entry: &&candor::recording::Entry| matches!(entry.event, candor::recording::Event::OperationDone(_));
    recording.entries.iter().filter(done).count()
}

/// On a good day the double gives the verdicts of the real app; on bad ones, none that accuses or clears anew.
async fn hold(name: &str) {
    let kept = tempfile::tempdir().expect("a folder");
    assert!(unpack(name, 0, kept.path()), "{name} is kept");
    let (ran, recording) = replay(kept.path(), Fault::None).await;
    assert!(ran.broken.is_none(), "{name}: {:?}", ran.broken);
    let good = verdicts(&ran);
    let of_the_app = candor::rules::judge(
        &Recording::open(kept.path()).expect("opens"),
        &candor::rules::Overrides::default(),
    );
    for finding in &of_the_app.findings {
        if let Some(replayed) = good.get(&finding.item.to_string()) {
            assert_eq!(
                *replayed, finding.verdict,
                "{name}, {}: replayed, and as the app was seen",
                finding.item
            );
        }
    }
    let many = operations(&recording);
    let at = |share: usize| (many * share / 4).max(1);
    let mut faults = vec![Fault::Restless, Fault::Elsewhere, Fault::LateCalls];
    // Some apps are only looked at.
    for share in (1..4).filter(|_| many > 0) {
        let at = at(share);
        faults.extend([
            Fault::Gone(at),
            Fault::Refused(at),
            Fault::Lost(at),
            Fault::Late(at),
            Fault::Advert(at),
        ]);
    }
    for fault in faults {
        let (ran, _) = replay(kept.path(), fault).await;
        assert_eq!(
            ran.broken.is_some(),
            matches!(fault, Fault::Gone(_)),
            "{name}, {fault:?}: {:?}",
            ran.broken
        );
        for (item, verdict) in verdicts(&ran) {
            let then = good[&item];
            let turned = (verdict == Verdict::Violation && then != Verdict::Violation)
                || (verdict == Verdict::Conforms && then == Verdict::Violation);
            let why = ran.findings.findings.iter().find(|finding| finding.item.to_string() == item);
            assert!(
                !turned,
                "{name}, {fault:?}: {item} is {verdict:?}, was {then:?}: {:?}",
                why.map(|why| &why.reason.en)
            );
        }
    }
}

macro_rules! apps {
    ($($name:ident: $kept:literal;)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                hold($kept).await;
            }
        )*
    };
}

apps! {
    no_policy_anywhere: "rules/1.1/none";
    policy_six_taps_away: "rules/1.3/deep";
    policy_four_taps_away: "rules/1.3/four";
    policy_behind_an_advert: "rules/1.3/advert";
    policy_by_the_apps_search: "rules/1.3/search";
    prompt_after_a_splash: "rules/1.2/late";
    no_prompt: "rules/1.2/none";
    location_before_consent: "rules/3.1/location";
    location_after_consent: "rules/3.1/after";
    collects_after_a_refusal: "rules/3.2/collects";
    asks_once_more: "rules/3.2/once-more";
    asks_at_each_start: "rules/3.2/nags";
    nothing_personalised: "withdrawal/3.6/nothing";
    switch_that_comes_back_on: "withdrawal/3.6/returns";
    no_way_to_withdraw: "withdrawal/3.8/none";
    collecting_goes_on: "withdrawal/3.8/goes-on";
    no_channel: "withdrawal/6.5/none";
    channel_in_the_policy: "withdrawal/6.5/policy-only";
}

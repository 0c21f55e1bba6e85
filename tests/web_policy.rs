//! The shortest way to the policy, however it opens, and what an explorer never touches.

mod support;

use candor::sample::Sample;
use support::{assert_verdict, audit, audit_of};

const PROBES: &[&str] = &["find_policy", "read_policy"];

macro_rules! opens {
    ($($name:ident: $value:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let run = audit(&[("opens", $value)], PROBES).await;
                assert_verdict(&run, "1.1", "conforms");
                assert_verdict(&run, "1.3", "conforms");
                assert_eq!(operations(&run), 3, "我的, 设置, 隐私政策");
                let text = std::fs::read_to_string(run.folder().join("policy.txt")).expect("the text");
                assert!(text.contains("收集") && text.chars().count() > 2500, "{} characters", text.chars().count());
            }
        )*
    };
}

opens! {
    in_the_same_page: "page";
    in_a_new_tab: "tab";
    in_a_frame: "iframe";
    in_a_foreign_frame: "foreign";
    in_a_shadow_root: "shadow";
    as_a_pdf: "pdf";
    in_a_scroller: "scroller";
}

fn operations(run: &support::Run) -> usize {
    let reached = run.timeline().into_iter().find(|entry| entry["event"] == "goal_reached").expect("reached");
    assert_eq!(reached["shortest"], true);
    reached["path"].as_array().expect("a path").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_count_begins_at_the_main_screen_and_is_the_least() {
    for (value, least) in [("four", 4), ("deep", 6), ("below", 4), ("advert", 3)] {
        let run = audit(&[("1.3", value)], &["find_policy"]).await;
        assert_eq!(operations(&run), least, "{value}\n{}\n{}", run.out, run.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_dangerous_is_ever_tapped() {
    let sample = Sample::start(0).await.expect("the sample app");
    // The search that finds nothing is the one that taps everything.
    let run = audit_of(&sample, &[("1.1", "none")], PROBES).await;
    assert_verdict(&run, "1.1", "violation");
    assert_eq!(sample.touched(), Vec::<String>::new());
}

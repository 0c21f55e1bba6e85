//! Every rule against the sample app in a real Chromium: variants that violate, that conform, and traps.

mod support;

use candor::sample::Sample;
use support::{assert_verdict, audit, audit_of, operations};

/// The items whose switches are covered here.
const ITEMS: &[&str] = &["1.1", "1.2", "1.3", "1.4", "3.4", "3.7"];

/// What each switch of an item must be judged as, with the probes that the item needs.
macro_rules! variants {
    ($($name:ident: $item:literal = $value:literal is $verdict:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let sample = Sample::start(0).await.expect("the sample app");
                let run = audit_of(&sample, &[($item, $value)], probes($item)).await;
                assert_verdict(&run, $item, $verdict);
                assert_eq!(run.code, i32::from($verdict == "violation"), "{}\n{}", run.out, run.err);
                // Nothing that pays, calls, posts, logs out or deletes was tapped on the way.
                assert_eq!(sample.touched(), Vec::<String>::new());
                if let Some(least) = least($item, $value) {
                    assert_eq!(operations(&run), least, "{}\n{}", run.out, run.err);
                }
            }
        )*
        const COVERED: &[(&str, &str, &str)] = &[$(($item, $value, $verdict)),*];
    };
}

fn probes(item: &str) -> &'static [&'static str] {
    match item {
        "1.1" => &["find_policy", "read_policy"],
        "1.2" => &["first_run"],
        "1.3" => &["find_policy", "read_policy"],
        "1.4" => &["read_policy"],
        "3.7" => &["first_run"],
        _ => &["first_run", "sign_in_form"],
    }
}

/// The fewest operations to the policy: counted from the main screen, with swipes and without closed adverts.
fn least(item: &str, value: &str) -> Option<usize> {
    match (item, value) {
        ("1.3", "deep") => Some(6),
        ("1.3", "four" | "below") => Some(4),
        ("1.3", "advert") => Some(3),
        ("1.3", "search") => Some(2),
        _ => None,
    }
}

variants! {
    no_policy_at_all: "1.1" = "none" is "violation";
    policy_without_rules: "1.1" = "empty" is "violation";
    policy_as_a_picture: "1.1" = "picture" is "review";

    no_prompt: "1.2" = "none" is "violation";
    grey_link_at_the_bottom: "1.2" = "grey" is "violation";
    prompt_after_a_long_splash: "1.2" = "late" is "conforms";
    prompt_as_a_page: "1.2" = "page" is "conforms";
    prompt_as_a_login_form: "1.2" = "login" is "conforms";
    prompt_as_an_alert: "1.2" = "alert" is "conforms";

    six_taps: "1.3" = "deep" is "violation";
    eight_taps: "1.3" = "toofar" is "violation";
    four_taps: "1.3" = "four" is "conforms";
    advert_before_the_main_screen: "1.3" = "advert" is "conforms";
    below_the_fold: "1.3" = "below" is "conforms";
    only_by_search: "1.3" = "search" is "conforms";

    policy_of_nine_px: "1.4" = "small" is "violation";
    pale_grey_policy: "1.4" = "pale" is "violation";
    green_on_green: "1.4" = "tint" is "violation";
    lines_that_touch: "1.4" = "tight" is "violation";
    blurred_policy: "1.4" = "blurred" is "violation";
    traditional_characters_only: "1.4" = "traditional" is "violation";
    english_only: "1.4" = "foreign" is "violation";
    one_pale_clause: "1.4" = "clause" is "review";
    exactly_twelve_px: "1.4" = "twelve" is "conforms";
    readable_grey: "1.4" = "grey" is "conforms";
    dark_mode: "1.4" = "dark" is "conforms";
    text_on_a_gradient: "1.4" = "gradient" is "conforms";
    large_pale_headings: "1.4" = "headings" is "conforms";
    a_small_footnote: "1.4" = "footnote" is "conforms";
    close_lines: "1.4" = "close" is "conforms";

    native_box_ticked: "3.4" = "preticked" is "violation";
    drawn_box_ticked: "3.4" = "drawn" is "violation";
    canvas_box_ticked: "3.4" = "canvas" is "violation";
    aria_box_ticked: "3.4" = "aria" is "violation";
    hidden_native_ticked: "3.4" = "hidden" is "violation";
    switch_on: "3.4" = "switch" is "violation";
    radio_chosen: "3.4" = "radio" is "violation";
    continuing_is_agreeing: "3.4" = "implied" is "violation";
    login_box_ticked: "3.4" = "login" is "violation";
    native_box_empty: "3.4" = "unticked" is "conforms";
    drawn_box_empty: "3.4" = "unticked-drawn" is "conforms";
    canvas_box_empty: "3.4" = "unticked-canvas" is "conforms";
    aria_box_empty: "3.4" = "unticked-aria" is "conforms";
    hidden_native_empty: "3.4" = "unticked-hidden" is "conforms";
    remember_me_ticked: "3.4" = "remember" is "conforms";
    ticked_by_the_app_on_agree: "3.4" = "ticks-on-agree" is "conforms";
    tree_and_pixels_disagree: "3.4" = "mismatch" is "review";
    marketing_box_ticked: "3.4" = "marketing" is "conforms";

    refusal_hardly_seen: "3.7" = "hidden" is "violation";
    coupon_on_the_button: "3.7" = "lure-button" is "violation";
    coupon_in_the_text: "3.7" = "lure" is "review";
    pale_refusal: "3.7" = "pale" is "review";
    tiny_refusal: "3.7" = "tiny" is "review";
    no_refusal: "3.7" = "no-refuse" is "review";
    plain_refusal: "3.7" = "plain" is "not_tested";
}

#[test]
fn every_switch_of_an_item_is_covered_with_its_verdict() {
    let named: Vec<_> = candor::sample::switches()
        .iter()
        .filter(|switch| ITEMS.contains(&switch.item.as_str()))
        .filter_map(|switch| Some((switch.item.as_str(), switch.value.as_str(), switch.verdict.as_deref()?)))
        .collect();
    for switch in &named {
        assert!(COVERED.contains(switch), "{switch:?} has no test");
    }
    assert_eq!(named.len(), COVERED.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_without_fault_conforms() {
    let run = audit(&[], &["first_run", "find_policy", "read_policy", "sign_in_form"]).await;
    for item in ["1.1", "1.2", "1.3", "1.4", "3.4"] {
        assert_verdict(&run, item, "conforms");
    }
    assert_eq!(run.code, 0);
    let folder = run.folder();
    let again = std::process::Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["judge", "--format", "json"])
        .arg(&folder)
        .output()
        .expect("the binary runs");
    let written = std::fs::read(folder.join("findings.json")).expect("findings");
    assert!(again.status.success() && again.stdout == written, "judging again gives the same bytes");
    assert_eq!(candor::recording::Recording::verify(&folder).expect("verifies"), []);
    let broken = candor::recording::seal::broken(&folder).expect("verifies");
    assert_eq!(broken, Some(Vec::new()), "the run sealed its folder");
    let valid = std::process::Command::new("xmllint")
        .args(["--noout", "--schema", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schema/junit.xsd")])
        .arg(folder.join("junit.xml"))
        .output()
        .expect("xmllint runs");
    assert!(valid.status.success(), "{}", String::from_utf8_lossy(&valid.stderr));
    let untested = run.json()["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|f| f["verdict"] == "not_tested")
        .count();
    assert_eq!(untested, 26);
}

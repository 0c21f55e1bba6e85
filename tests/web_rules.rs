//! Every rule against the sample app in a real Chromium: variants that violate, that conform, and traps. A few are
//! driven each time, the others are judged as they were kept (`support::kept`).

use crate::support::shop::Shop;
use crate::support::{assert_verdict, audit, operations};

/// The items whose switches are covered here.
const ITEMS: &[&str] = &["1.1", "1.2", "1.3", "1.4", "2.3", "3.1", "3.2", "3.4", "3.7", "4.2", "4.5", "4.6"];

/// What each switch of an item must be judged as, with the probes that the item needs.
macro_rules! variants {
    ($($name:ident: $item:literal = $value:literal is $verdict:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let shop = open($item, $value).await;
                let run = shop.audit(&[($item, $value)], probes($item), SOONER).await;
                assert_verdict(&run, $item, $verdict);
                let found = violations(&run);
                // A variant that breaks nothing of its own breaks nothing else either.
                if $verdict != "violation" {
                    assert_eq!(found, also($item, $value), "{}\n{}", run.out, run.err);
                }
                assert_eq!(run.code, i32::from(!found.is_empty()), "{}\n{}", run.out, run.err);
                // Nothing that pays, calls, posts, logs out or deletes was tapped on the way.
                assert_eq!(shop.touched(), Vec::<String>::new());
                if let Some(least) = least($item, $value) {
                    assert_eq!(operations(&run), least, "{}\n{}", run.out, run.err);
                }
            }
        )*
        const COVERED: &[(&str, &str, &str)] = &[$(($item, $value, $verdict)),*];
    };
}

/// Driven by every run of the suite: for each probe something that violates, and something that does not.
const DRIVEN: &[(&str, &str)] = &[
    ("1.2", "grey"),
    ("1.2", "late"),
    ("1.3", "deep"),
    ("1.3", "advert"),
    ("1.4", "small"),
    ("1.4", "twelve"),
    ("2.3", "bare"),
    ("2.3", "before"),
    ("3.1", "location"),
    ("3.1", "after"),
    ("3.1", "beacon"),
    ("3.1", "views"),
    ("3.2", "collects"),
    ("3.2", "once-more"),
    ("3.4", "drawn"),
    ("3.4", "unticked-drawn"),
    ("3.7", "x-agrees"),
    ("4.2", "blocked"),
    ("4.5", "delivery"),
    ("4.6", "bundle-own"),
];

async fn open(item: &str, value: &str) -> Shop {
    let name = format!("rules/{item}/{value}");
    match DRIVEN.contains(&(item, value)) {
        true => Shop::driven(&name).await,
        false => Shop::kept(&name).await,
    }
}

fn probes(item: &str) -> &'static [&'static str] {
    match item {
        "1.1" => &["find_policy", "read_policy"],
        "1.2" => &["first_run"],
        "1.3" => &["find_policy", "read_policy"],
        "1.4" => &["read_policy"],
        "2.3" => &["first_run", "accept_consent", "refuse_permissions"],
        "3.1" => &["first_run"],
        "3.2" => &["refuse_consent", "refuse_permissions"],
        "3.7" => &["first_run", "read_policy", "refuse_consent"],
        "4.2" | "4.6" => &["refuse_permissions"],
        "4.5" => &["refuse_consent", "refuse_permissions"],
        _ => &["first_run", "sign_in_form"],
    }
}

/// The items that a run calls violated.
fn violations(run: &crate::support::Run) -> Vec<String> {
    let json = run.json();
    let all = json["findings"].as_array().expect("a list").iter();
    let violated = all.filter(|finding| finding["verdict"] == "violation");
    violated.map(|finding| finding["item"].as_str().expect("a word").to_owned()).collect()
}

/// Other items that a variant cannot help violating.
fn also(item: &str, value: &str) -> &'static [&'static str] {
    // Who collects after the prompt was closed collects after a refusal.
    if (item, value) == ("3.7", "x-collects") { &["3.2"] } else { &[] }
}

/// What makes an audit short: less is waited for, and fewer functions are tried.
const SOONER: &str = "thresholds:\n  first_run_watch: 2\n  consent_watch: 1\n  functions: 5\n";

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
    box_of_before_ticked: "3.4" = "pseudo" is "violation";
    background_picture_ticked: "3.4" = "picture" is "violation";
    svg_box_ticked: "3.4" = "svg" is "violation";
    icon_font_ticked: "3.4" = "icon-font" is "violation";
    aria_radio_chosen: "3.4" = "aria-radio" is "violation";
    ticked_for_good: "3.4" = "locked" is "violation";
    ticked_by_a_script_later: "3.4" = "late" is "violation";
    drawn_box_ticked_later: "3.4" = "late-drawn" is "violation";
    bundled_box_ticked: "3.4" = "bundled" is "violation";
    second_box_ticked: "3.4" = "second" is "violation";
    using_is_agreeing: "3.4" = "implied-footer" is "violation";
    looks_ticked_and_says_not: "3.4" = "told-off" is "review";
    pseudo_left_empty: "3.4" = "unticked-pseudo" is "conforms";
    picture_left_empty: "3.4" = "unticked-picture" is "conforms";
    svg_left_empty: "3.4" = "unticked-svg" is "conforms";
    icon_font_left_empty: "3.4" = "unticked-icon-font" is "conforms";
    aria_radio_left_empty: "3.4" = "unticked-aria-radio" is "conforms";
    switch_left_empty: "3.4" = "unticked-switch" is "conforms";
    radio_left_empty: "3.4" = "unticked-radio" is "conforms";
    bundled_left_empty: "3.4" = "unticked-bundled" is "conforms";
    shield_beside_the_words: "3.4" = "icon" is "conforms";
    agreeing_is_agreeing: "3.4" = "implied-choice" is "conforms";
    reminder_after_consent: "3.4" = "implied-reminder" is "conforms";

    refusal_hardly_seen: "3.7" = "hidden" is "violation";
    coupon_on_the_button: "3.7" = "lure-button" is "violation";
    coupon_in_the_text: "3.7" = "lure" is "review";
    pale_refusal: "3.7" = "pale" is "review";
    tiny_refusal: "3.7" = "tiny" is "review";
    no_refusal: "3.7" = "no-refuse" is "review";
    plain_refusal: "3.7" = "plain" is "conforms";

    location_without_a_purpose: "2.3" = "bare" is "violation";
    purpose_that_says_little: "2.3" = "general" is "review";
    purpose_of_another_permission: "2.3" = "other" is "violation";
    identity_card_without_a_purpose: "2.3" = "identity" is "violation";
    location_with_its_purpose: "2.3" = "stated" is "conforms";
    purpose_on_the_screen_before: "2.3" = "before" is "conforms";
    camera_for_scanning: "2.3" = "scan" is "conforms";
    identity_card_for_the_customs: "2.3" = "identity-stated" is "conforms";

    location_before_consent: "3.1" = "location" is "violation";
    motion_before_consent: "3.1" = "motion" is "violation";
    device_read_before_consent: "3.1" = "fingerprint" is "violation";
    a_frame_asks_before_consent: "3.1" = "frame" is "violation";
    a_beacon_before_consent: "3.1" = "beacon" is "violation";
    page_views_before_consent: "3.1" = "views" is "conforms";
    one_canvas_before_consent: "3.1" = "canvas" is "review";
    location_after_consent: "3.1" = "after" is "conforms";

    collects_after_refusal: "3.2" = "collects" is "violation";
    asks_after_refusal: "3.2" = "asks" is "violation";
    asks_at_each_start: "3.2" = "nags" is "violation";
    asks_for_location_at_each_start: "3.2" = "permission-nags" is "violation";
    the_same_prompt_again: "3.2" = "loop" is "review";
    asks_once_more: "3.2" = "once-more" is "conforms";
    asks_after_two_days: "3.2" = "two-days" is "conforms";
    are_you_sure: "3.2" = "sure" is "conforms";
    ends_when_refused: "3.2" = "exits" is "conforms";
    asks_for_location_once_more: "3.2" = "permission-once" is "conforms";
    location_by_the_person_s_wish: "3.2" = "wish" is "conforms";

    closing_is_agreeing: "3.7" = "x-agrees" is "violation";
    collects_after_the_cross: "3.7" = "x-collects" is "review";
    purpose_against_the_policy: "3.7" = "contradicts" is "review";
    purpose_as_in_the_policy: "3.7" = "agrees-with" is "conforms";
    the_cross_refuses: "3.7" = "x-refuses" is "review";

    blocked_without_location: "4.2" = "blocked" is "violation";
    one_function_lost: "4.2" = "function" is "review";
    works_without_location: "4.2" = "limited" is "conforms";
    only_scanning_is_lost: "4.2" = "needs" is "conforms";

    forced_improvement_plan: "4.5" = "forced" is "violation";
    improvement_plan_can_be_declined: "4.5" = "optional" is "conforms";
    forced_for_delivery: "4.5" = "delivery" is "conforms";

    three_permissions_or_nothing: "4.6" = "bundle" is "violation";
    own_dialog_for_three: "4.6" = "bundle-own" is "violation";
    own_dialog_that_can_be_refused: "4.6" = "bundle-optional" is "conforms";
    asked_when_needed: "4.6" = "one-by-one" is "conforms";
}

#[test]
fn every_switch_of_an_item_is_covered_with_its_verdict() {
    crate::support::assert_covered(ITEMS, COVERED);
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
    let broken = candor::recording::verify::find_differences(&folder).expect("verifies");
    assert_eq!(broken, Some(Vec::new()), "the run sealed its folder");
    let valid = std::process::Command::new("xmllint")
        .args(["--noout", "--schema", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schema/junit.xsd")])
        .arg(folder.join("junit.xml"))
        .output()
        .expect("xmllint runs");
    assert!(valid.status.success(), "{}", String::from_utf8_lossy(&valid.stderr));
    for finding in run.json()["findings"].as_array().expect("a list") {
        let verdict = finding["verdict"].as_str();
        assert!(matches!(verdict, Some("conforms" | "not_tested")), "nothing is held against it: {finding}");
    }
}

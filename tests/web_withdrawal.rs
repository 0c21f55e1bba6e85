//! Taking consent back, switching personalisation off and complaining (3.6, 3.8, 6.5) against the sample app in a real
//! Chromium: variants that violate, that conform, and traps.

use crate::support::shop::Shop;
use crate::support::{Run, assert_verdict};

/// The items whose switches are covered here.
const ITEMS: &[&str] = &["3.6", "3.8", "6.5"];

/// What each switch of an item must be judged as.
macro_rules! variants {
    ($($name:ident: $item:literal = $value:literal is $verdict:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let shop = open($item, $value).await;
                let run = audit(&shop, &[($item, $value)], probes($item), "").await;
                assert_verdict(&run, $item, $verdict);
                assert_eq!(run.code, i32::from($verdict == "violation"), "{}\n{}", run.out, run.err);
                // Nothing that pays, calls, posts, logs out or deletes an account was tapped on the way.
                assert_eq!(shop.touched(), Vec::<String>::new());
                told($item, $value, &run);
            }
        )*
        const AS_A_GUEST: &[(&str, &str, &str)] = &[$(($item, $value, $verdict)),*];
    };
}

/// What is judged as here where the scenario has an account, by the tests below.
const LOGGED_IN: &[(&str, &str, &str)] = &[
    ("3.6", "login", "conforms"),
    ("3.6", "nowhere", "violation"),
    ("3.8", "login", "conforms"),
    ("3.8", "asks-login", "conforms"),
    ("3.8", "nowhere", "violation"),
    ("6.5", "login", "conforms"),
    ("6.5", "nowhere", "violation"),
];

/// Driven by every run of the suite; the others are judged as they were kept.
const DRIVEN: &[(&str, &str)] =
    &[("3.6", "returns"), ("3.6", "reversed"), ("3.8", "goes-on"), ("6.5", "thirty")];

async fn open(item: &str, value: &str) -> Shop {
    let name = format!("withdrawal/{item}/{value}");
    match DRIVEN.contains(&(item, value)) {
        true => Shop::driven(&name).await,
        false => Shop::kept(&name).await,
    }
}

fn probes(item: &str) -> &'static [&'static str] {
    match item {
        "3.6" => &["read_policy", "targeted_push"],
        "3.8" => &["read_policy", "withdraw_consent"],
        _ => &["read_policy", "complaint_channel"],
    }
}

/// Audits a variant, searching no deeper than the sample app's own ways go, and one more.
async fn audit(shop: &Shop, switches: &[(&str, &str)], probes: &[&str], more: &str) -> Run {
    let probes: String = probes.iter().map(|probe| format!("  {probe}: {{}}\n")).collect();
    let text = format!(
        "app:\n  name: 小满集市\n  target:\n    web: \"{}\"\nthresholds: {{ search_depth: 4, consent_watch: 1 }}\n{more}probes:\n{probes}",
        shop.variant(switches)
    );
    shop.run(&text, &[("SHOP_PASSWORD", "wrong-2026")]).await
}

/// How many entries of the timeline there are of a kind.
fn count(run: &Run, event: &str) -> usize {
    run.timeline().iter().filter(|entry| entry["event"] == event).count()
}

/// What the recording must hold for the verdict to rest on.
fn told(item: &str, value: &str, run: &Run) {
    let timeline = run.timeline();
    let came_to = || {
        let tried = timeline.iter().find(|entry| entry["event"] == "withdrawal_tried").expect("was tried");
        tried["came_to"].as_str().expect("a word").to_owned()
    };
    match (item, value) {
        ("3.8", "goes-on" | "article") => {
            assert_eq!((came_to().as_str(), count(run, "consent_withdrawn")), ("done", 1));
        }
        ("3.8", "closes") => assert_eq!(came_to(), "closes_account"),
        ("3.8", "contact") => assert_eq!(came_to(), "only_contact"),
        ("3.8", _) => assert_eq!(count(run, "consent_withdrawn"), 0),
        ("3.6", "reversed") => {
            let seen =
                timeline.iter().find(|entry| entry["event"] == "targeted_switch_seen").expect("was seen");
            assert_eq!((&seen["reversed"], &seen["personalised"]), (&true.into(), &true.into()));
        }
        _ => {}
    }
    // How far was looked, and how far it could have been, stands in the finding.
    let notes = run.finding(item)["notes"].to_string();
    assert!(notes.contains("of 1500 operations"), "{notes}");
}

variants! {
    declared_and_no_switch: "3.6" = "none" is "violation";
    shown_and_no_switch: "3.6" = "shown" is "review";
    switch_that_comes_back_on: "3.6" = "returns" is "violation";
    switch_that_stays_off: "3.6" = "lasts" is "conforms";
    switch_that_says_turn_off: "3.6" = "reversed" is "conforms";
    nothing_personalised: "3.6" = "nothing" is "not_applicable";

    no_way_to_withdraw: "3.8" = "none" is "violation";
    entry_in_the_policys_words_only: "3.8" = "policy-only" is "review";
    collecting_goes_on: "3.8" = "goes-on" is "violation";
    entry_in_a_help_article: "3.8" = "article" is "conforms";
    withdrawing_cancels_the_account: "3.8" = "closes" is "review";
    entry_gives_a_mail_address: "3.8" = "contact" is "review";
    policy_says_to_write: "3.8" = "mail" is "review";

    no_channel_anywhere: "6.5" = "none" is "violation";
    thirty_working_days: "6.5" = "thirty" is "violation";
    fifteen_working_days: "6.5" = "fifteen" is "conforms";
    channel_in_the_policy_only: "6.5" = "policy-only" is "conforms";
    phone_for_orders_only: "6.5" = "sales" is "review";
    contact_page_without_contact: "6.5" = "contact-page" is "review";
}

#[test]
fn every_switch_of_these_items_is_covered_with_its_verdict() {
    crate::support::assert_covered(ITEMS, &[AS_A_GUEST, LOGGED_IN].concat());
}

/// An account that the run registers.
fn account(shop: &Shop) -> String {
    format!(
        "persona: {{ phone: \"13800138123\" }}\naccount:\n  register: {{}}\n  code: {{ url: \"{}api/outbox\" }}\n",
        shop.url()
    )
}

/// The walks of a run, by whether they were in the account, and the goals that each ended without.
fn not_found(run: &Run) -> Vec<(bool, String)> {
    let ruled_out = run
        .timeline()
        .into_iter()
        .filter(|entry| entry["event"] == "goal_ruled_out" && entry["goal"] != "sign_in_form");
    ruled_out
        .map(|entry| {
            let inside = entry["breadth"]["signed_in"] == true;
            (inside, entry["goal"].as_str().expect("a goal").to_owned())
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_only_after_logging_in_is_found_by_one_more_walk() {
    let shop =
        Shop::driven("withdrawal/whole/what_is_there_only_after_logging_in_is_found_by_one_more_walk").await;
    let switches = [("3.6", "login"), ("3.8", "login"), ("6.5", "login")];
    let probes = ["read_policy", "targeted_push", "complaint_channel", "withdraw_consent"];
    let run = audit(&shop, &switches, &probes, &account(&shop)).await;
    for item in ["3.6", "3.8", "6.5"] {
        assert_verdict(&run, item, "conforms");
        let notes = run.finding(item)["notes"].to_string();
        assert!(notes.contains("only after logging in"), "{notes}");
        assert!(notes.contains("The search when logged in used"), "{notes}");
    }
    let guest = not_found(&run);
    assert_eq!(guest.len(), 3, "a guest finds none of them, and in the account all are there: {guest:?}");
    assert!(guest.iter().all(|(inside, _)| !inside), "{guest:?}");
    assert_eq!(shop.touched(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_nowhere_before_and_after_logging_in_is_a_violation() {
    let shop =
        Shop::kept("withdrawal/whole/what_is_nowhere_before_and_after_logging_in_is_a_violation").await;
    let switches = [("3.6", "nowhere"), ("3.8", "nowhere"), ("6.5", "nowhere")];
    let probes = ["read_policy", "targeted_push", "complaint_channel", "withdraw_consent"];
    let run = audit(&shop, &switches, &probes, &account(&shop)).await;
    for item in ["3.6", "3.8", "6.5"] {
        assert_verdict(&run, item, "violation");
        let reason = run.finding(item)["reason"]["en"].to_string();
        assert!(reason.contains("as a guest and") && reason.contains("when logged in"), "{reason}");
    }
    let walks = not_found(&run);
    let of = |inside: bool| walks.iter().filter(|(walk, _)| *walk == inside).count();
    assert_eq!((of(false), of(true)), (3, 3), "one walk as a guest and one in the account: {walks:?}");
    assert_eq!(count(&run, "session_looked"), 1);
    assert_eq!(shop.touched(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_asks_for_a_log_in_is_followed_in_the_account_by_its_probe_alone() {
    let shop = Shop::kept(
        "withdrawal/whole/an_entry_that_asks_for_a_log_in_is_followed_in_the_account_by_its_probe_alone",
    )
    .await;
    let run = audit(&shop, &[("3.8", "asks-login")], &["withdraw_consent"], &account(&shop)).await;
    assert_verdict(&run, "3.8", "conforms");
    let tried: Vec<String> = run
        .timeline()
        .iter()
        .filter(|entry| entry["event"] == "withdrawal_tried")
        .map(|entry| entry["came_to"].as_str().expect("a word").to_owned())
        .collect();
    assert_eq!(tried, ["needs_log_in", "done"]);
}

/// Without an account, and with one that does not work, nobody is accused of what may be behind the log-in.
#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_log_in_leaves_it_to_a_person() {
    let shop = Shop::kept("withdrawal/whole/who_cannot_log_in_leaves_it_to_a_person").await;
    let wrong = "persona: { phone: \"13800138123\" }\naccount:\n  password: ${SHOP_PASSWORD}\n";
    for (more, why) in [("", "lets candor log in"), (wrong, "did not work in this run")] {
        let run = audit(&shop, &[("3.8", "login")], &["read_policy", "withdraw_consent"], more).await;
        assert_verdict(&run, "3.8", "review");
        let reason = run.finding("3.8")["reason"]["en"].to_string();
        assert!(reason.contains(why), "{reason}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_walk_serves_every_probe_of_a_run() {
    let shop = Shop::driven("withdrawal/whole/one_walk_serves_every_probe_of_a_run").await;
    let all = [
        "find_policy",
        "read_policy",
        "sign_in_form",
        "targeted_push",
        "complaint_channel",
        "withdraw_consent",
    ];
    let run = audit(&shop, &[], &all, "").await;
    for item in ["1.1", "1.3", "3.6", "3.8", "6.5"] {
        assert_verdict(&run, item, "conforms");
    }
    let timeline = run.timeline();
    let goals: Vec<&str> = timeline
        .iter()
        .take_while(|entry| !(entry["event"] == "probe_ended" && entry["probe"] == "find_policy"))
        .filter(|entry| entry["event"] == "goal_reached")
        .map(|entry| entry["goal"].as_str().expect("a goal"))
        .collect();
    assert_eq!(goals.len(), 5, "all five goals are answered by the first probe's walk: {goals:?}");
    assert_eq!(
        count(&run, "goal_reached") + count(&run, "goal_ruled_out"),
        5,
        "and nothing is searched for again"
    );
    let walked = timeline
        .iter()
        .filter(|entry| entry["event"] == "goal_reached")
        .filter_map(|entry| entry["breadth"]["operations"].as_u64())
        .max();
    println!("one walk for five goals: {walked:?} operations");
    assert_eq!(shop.touched(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_ran_out_of_its_budget_accuses_nobody() {
    let shop = Shop::kept("withdrawal/whole/a_search_that_ran_out_of_its_budget_accuses_nobody").await;
    let limits = "limits: { operations: 5, minutes: 2 }\n";
    let run = audit(&shop, &[("3.8", "none")], &["read_policy", "withdraw_consent"], limits).await;
    assert_verdict(&run, "3.8", "review");
    let finding = run.finding("3.8");
    assert!(
        finding["reason"]["en"].as_str().is_some_and(|why| why.contains("limit of 5 operations")),
        "{finding}"
    );
    assert!(finding["notes"].to_string().contains("of 5 operations"), "{finding}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_auditors_own_steps_lead_to_the_entry() {
    let shop = Shop::driven("withdrawal/whole/the_auditors_own_steps_lead_to_the_entry").await;
    let way = "      - tap: 我的\n      - tap: 设置\n      - tap: 隐私设置\n";
    let text = format!(
        "app:\n  name: 小满集市\n  target:\n    web: \"{}\"\nthresholds: {{ consent_watch: 1 }}\nprobes:\n  targeted_push:\n    steps:\n{way}  withdraw_consent:\n    steps:\n{way}",
        shop.variant(&[("3.6", "returns"), ("3.8", "goes-on")])
    );
    let run = shop.run(&text, &[]).await;
    assert_verdict(&run, "3.8", "violation");
    assert_verdict(&run, "3.6", "violation");
    assert_eq!(count(&run, "goal_reached"), 0, "nothing was searched for");
}

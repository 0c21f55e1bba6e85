//! A person's rights (6.1, 6.2, 6.4) against the sample app in a real Chromium, whose server really deletes, or does
//! not, or only hides.

use crate::support::shop::Shop;
use crate::support::{Run, assert_verdict};
use serde_json::Value;

/// The phone number that runs register.
const PHONE: &str = "13800138123";

/// What a scenario says beside the app.
struct Told<'a> {
    probes: &'a str,
    account: &'a str,
    allow: bool,
}

/// An account that the run registers itself.
const REGISTERS: &str = "  register: {}\n";
/// The way to the profile and to the addresses, where finding them is not the point.
const LED: &str = "  correct_information:
    steps: [{ tap: 我的 }, { tap: 编辑个人资料 }]
    delete_steps: [{ tap: 我的 }, { tap: 收货地址 }]
";
const CANCELS: &str = "  delete_account: {}\n";
const CANCELS_LED: &str = "  delete_account:
    steps: [{ tap: 我的 }, { tap: 设置 }, { tap: 隐私设置 }]
";

async fn rights(shop: &Shop, switches: &[(&str, &str)], told: &Told<'_>) -> Run {
    rights_with(shop, switches, told, &[]).await
}

async fn rights_with(
    shop: &Shop,
    switches: &[(&str, &str)],
    told: &Told<'_>,
    variables: &[(&str, &str)],
) -> Run {
    let (url, server) = (shop.variant(switches), shop.url());
    let allow = if told.allow { "allow: [delete_account]\n" } else { "" };
    let text = format!(
        "app:\n  name: 小满集市\n  target:\n    web: \"{url}\"\nprobes:\n{}persona: {{ phone: \"{PHONE}\" }}\nthresholds: {{ search_depth: 4 }}\naccount:\n  code: {{ url: \"{server}api/outbox\" }}\n  holds: [/api/profile]\n{}{allow}",
        told.probes, told.account
    );
    shop.run(&text, variables).await
}

/// The items whose switches are covered here.
const ITEMS: &[&str] = &["6.1", "6.2", "6.4"];

/// What each switch must be judged as.
macro_rules! variants {
    ($($name:ident: $item:literal = $value:literal is $verdict:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let shop = open($item, $value).await;
                let run = rights(&shop, &[($item, $value)], &told($item, $value)).await;
                assert_verdict(&run, $item, $verdict);
                assert_eq!(run.code, i32::from($verdict == "violation"), "{}\n{}", run.out, run.err);
                after($item, $value, &shop, &run);
            }
        )*
        const COVERED: &[(&str, &str, &str)] = &[$(($item, $value, $verdict)),*];
    };
}

/// Driven by every run of the suite; the others are judged as they were kept.
const DRIVEN: &[(&str, &str)] =
    &[("6.1", "fake-save"), ("6.1", "error-500"), ("6.2", "photo"), ("6.4", "hidden")];

async fn open(item: &str, value: &str) -> Shop {
    let name = format!("rights/{item}/{value}");
    match DRIVEN.contains(&(item, value)) {
        true => Shop::driven(&name).await,
        false => Shop::kept(&name).await,
    }
}

/// What the scenario says for a switch: only what the switch is about is done, so that a test stays short.
fn told(item: &str, value: &str) -> Told<'static> {
    let of = |probes: &'static str, allow| Told { probes, account: REGISTERS, allow };
    match (item, value) {
        ("6.1", "no-correct") => {
            of("  correct_information:\n    delete_steps: [{ tap: 我的 }, { tap: 收货地址 }]\n", false)
        }
        ("6.1", "no-delete" | "fake-save" | "fake-delete") => of(LED, false),
        ("6.1", "error-500" | "dropped") => of(CANCELS_LED, true),
        ("6.1", "no-cancel") => of(CANCELS, false),
        ("6.1", _) => of(concat_led(), true),
        _ => of(CANCELS_LED, true),
    }
}

/// Correcting led by steps, cancelling found by meaning.
fn concat_led() -> &'static str {
    "  correct_information:
    steps: [{ tap: 我的 }, { tap: 编辑个人资料 }]
    delete_steps: [{ tap: 我的 }, { tap: 收货地址 }]
  delete_account: {}
"
}

/// What must be true of the shop and of the recording beside the verdict.
fn after(item: &str, value: &str, shop: &Shop, run: &Run) {
    let touched = shop.touched();
    let confirmed = touched.iter().any(|name| name.starts_with("cancel-account-"));
    let told = told(item, value);
    if !told.allow {
        assert!(!confirmed && shop.has_account(PHONE), "nothing was cancelled: {touched:?}");
    }
    for never in ["pay", "call", "feedback", "review", "clear-cart"] {
        assert!(!touched.iter().any(|name| name == never), "{touched:?}");
    }
    let reason = run.finding(item)["reason"]["en"].as_str().unwrap_or_default().to_owned();
    match (item, value) {
        // It really is gone or still there, and the finding says so.
        ("6.1", "error-500") => {
            assert!(shop.has_account(PHONE) && reason.contains("still there"), "{reason}");
            let surface = run.finding("6.4");
            assert_eq!(surface["verdict"], "not_tested");
            assert!(
                surface["reason"]["en"].as_str().is_some_and(|en| en.contains("still there")),
                "{surface}"
            );
            assert_ne!(run.verdict("6.2"), "conforms");
        }
        ("6.1", "dropped") => {
            assert!(!shop.has_account(PHONE) && reason.contains("no longer logs in"), "{reason}");
            assert_ne!(run.verdict("6.4"), "conforms");
            assert_ne!(run.verdict("6.2"), "conforms");
        }
        ("6.1", "logout-like") => {
            assert!(!shop.has_account(PHONE), "the real entry was found and followed");
            assert_eq!(run.verdict("6.4"), "conforms");
        }
        ("6.2", "typed" | "reason-optional") => assert!(!shop.has_account(PHONE), "it was cancelled"),
        ("6.2", "cooling") => {
            assert!(notes(run, item).contains("7 days to change one's mind"), "{}", notes(run, item));
            assert_eq!(run.verdict("6.4"), "not_tested");
        }
        ("6.2", "captcha") => {
            assert!(shop.has_account(PHONE) && reason.contains("person"), "{reason}");
            assert_eq!(run.verdict("6.4"), "not_tested");
        }
        ("6.2", "identity") => {
            let notes = notes(run, item);
            assert!(notes.contains("registering asks for: phone, code, password"), "{notes}");
            assert!(notes.contains("identity_card"), "{notes}");
        }
        _ => {}
    }
}

fn notes(run: &Run, item: &str) -> String {
    let finding = run.finding(item);
    let notes = finding["notes"].as_array().cloned().unwrap_or_default();
    notes.iter().filter_map(|note| note["en"].as_str()).collect::<Vec<_>>().join("\n")
}

variants! {
    no_entry_to_cancel: "6.1" = "no-cancel" is "violation";
    nothing_to_correct_with: "6.1" = "no-correct" is "violation";
    nothing_to_delete_with: "6.1" = "no-delete" is "review";
    saving_that_forgets: "6.1" = "fake-save" is "violation";
    deleting_that_hides: "6.1" = "fake-delete" is "violation";
    server_error_on_cancelling: "6.1" = "error-500" is "review";
    network_drops_while_cancelling: "6.1" = "dropped" is "review";
    article_named_like_the_entry: "6.1" = "article" is "conforms";
    log_out_named_like_the_entry: "6.1" = "logout-like" is "conforms";
    entry_after_logging_in: "6.1" = "after-login" is "conforms";

    identity_photo: "6.2" = "photo" is "violation";
    identity_number: "6.2" = "identity" is "violation";
    essay_of_reasons: "6.2" = "reason" is "violation";
    by_phone_only: "6.2" = "phone-only" is "violation";
    twenty_working_days: "6.2" = "long-wait" is "violation";
    captcha_needs_a_person: "6.2" = "captcha" is "not_tested";
    word_typed_by_hand: "6.2" = "typed" is "conforms";
    seven_days_to_think: "6.2" = "cooling" is "conforms";
    reason_may_be_left_out: "6.2" = "reason-optional" is "conforms";
    photo_is_not_asked_for: "6.2" = "no-photo" is "conforms";

    old_password_still_logs_in: "6.4" = "surface" is "violation";
    other_devices_go_on: "6.4" = "hidden" is "violation";
    profile_still_served: "6.4" = "served" is "violation";
}

#[test]
fn every_switch_of_these_items_is_covered_with_its_verdict() {
    crate::support::assert_covered(ITEMS, COVERED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_really_deletes_conforms_by_meaning_alone() {
    let shop = Shop::driven("rights/whole/a_shop_that_really_deletes_conforms_by_meaning_alone").await;
    let probes = "  correct_information: {}\n  delete_account: {}\n";
    let run = rights(&shop, &[], &Told { probes, account: REGISTERS, allow: true }).await;
    for item in ["6.1", "6.2", "6.4"] {
        assert_verdict(&run, item, "conforms");
    }
    assert!(!shop.has_account(PHONE));
    let again =
        entries(&run, "account_checked").into_iter().find(|entry| entry["check"] == "log_in").expect("tried");
    assert_eq!(again["answered"], "no_such_account");
    // No secret reached the disk: the made-up password is masked, and so is the phone number.
    let timeline = std::fs::read_to_string(run.folder().join("timeline.jsonl")).expect("a timeline");
    assert!(!timeline.contains(PHONE) && !timeline.contains("Qm") && timeline.contains("‹password›"));
}

fn entries(run: &Run, event: &str) -> Vec<Value> {
    run.timeline().into_iter().filter(|entry| entry["event"] == event).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_leave_an_account_that_was_there_is_left_alone() {
    let shop = Shop::kept("rights/whole/without_leave_an_account_that_was_there_is_left_alone").await;
    shop.register(PHONE, "candor-2026");
    // Allowed, but neither registered by the run nor disposable.
    let account = "  password: ${SHOP_PASSWORD}\n";
    let told = Told { probes: CANCELS_LED, account, allow: true };
    let run = rights_with(&shop, &[], &told, &[("SHOP_PASSWORD", "candor-2026")]).await;
    assert_verdict(&run, "6.4", "not_tested");
    // The entry is not tapped, so nothing is known of what it asks for.
    assert_verdict(&run, "6.2", "not_tested");
    assert!(shop.has_account(PHONE));
    assert_eq!(shop.touched(), Vec::<String>::new());
    let timeline = std::fs::read_to_string(run.folder().join("timeline.jsonl")).expect("a timeline");
    assert!(!timeline.contains("candor-2026"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disposable_account_is_cancelled() {
    let shop = Shop::driven("rights/whole/a_disposable_account_is_cancelled").await;
    shop.register(PHONE, "candor-2026");
    let account = "  password: ${SHOP_PASSWORD}\n  disposable: true\n";
    let told = Told { probes: CANCELS_LED, account, allow: true };
    let run = rights_with(&shop, &[], &told, &[("SHOP_PASSWORD", "candor-2026")]).await;
    assert_verdict(&run, "6.4", "conforms");
    assert!(!shop.has_account(PHONE));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_log_in_is_told_why_and_nothing_conforms() {
    let shop = Shop::kept("rights/whole/who_cannot_log_in_is_told_why_and_nothing_conforms").await;
    shop.register(PHONE, "candor-2026");
    let account = "  password: ${SHOP_PASSWORD}\n  disposable: true\n";
    let told = Told { probes: CANCELS_LED, account, allow: true };
    for (password, gone, why) in
        [("wrong-2026", false, "refuses the credentials"), ("candor-2026", true, "no such account")]
    {
        let other =
            Shop::kept("rights/whole/who_cannot_log_in_is_told_why_and_nothing_conforms_elsewhere").await;
        let run =
            rights_with(if gone { &other } else { &shop }, &[], &told, &[("SHOP_PASSWORD", password)]).await;
        for item in ["6.1", "6.2", "6.4"] {
            assert_verdict(&run, item, "not_tested");
            let reason = run.finding(item)["reason"]["en"].as_str().unwrap_or_default().to_owned();
            assert!(reason.contains(why), "{reason}");
        }
        assert_eq!(run.code, 0);
    }
    assert!(shop.has_account(PHONE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_fails_names_itself_its_line_and_the_screen() {
    let shop = Shop::kept("rights/whole/a_step_that_fails_names_itself_its_line_and_the_screen").await;
    let probes = "  delete_account:\n    steps:\n      - tap: 我的\n      - pause: 请滑动\n";
    let run = rights(&shop, &[], &Told { probes, account: REGISTERS, allow: false }).await;
    let reason = run.finding("6.2")["reason"]["en"].as_str().unwrap_or_default().to_owned();
    assert!(reason.contains("step 2 (line 9), pause: 请滑动") && reason.contains("--pause"), "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_cannot_cancel_without_leave() {
    let shop = Shop::kept("rights/whole/steps_cannot_cancel_without_leave").await;
    let probes = "  delete_account:\n    steps:\n      - tap: 我的\n      - tap: 设置\n      - tap: 隐私设置\n      - tap: 注销账号\n      - tap: 确认注销\n";
    let run = rights(&shop, &[], &Told { probes, account: REGISTERS, allow: false }).await;
    let reason = run.finding("6.4")["reason"]["en"].as_str().unwrap_or_default().to_owned();
    assert!(reason.contains("step 5 (line 12)") && reason.contains("allow: [delete_account]"), "{reason}");
    assert!(!shop.touched().iter().any(|name| name.starts_with("cancel-account-")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variable_that_is_not_set_ends_the_run_before_it_begins() {
    let shop = Shop::driven("rights/whole/a_variable_that_is_not_set_ends_the_run_before_it_begins").await;
    let account = "  password: ${CANDOR_NO_SUCH_VARIABLE}\n";
    let run = rights(&shop, &[], &Told { probes: CANCELS, account, allow: false }).await;
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("CANDOR_NO_SUCH_VARIABLE"), "{}", run.err);
}

//! Two versions of the sample app, the one upgraded in place to the other (2.2, 3.5, 4.3), in a real Chromium: variants that
//! violate, that conform, and traps.

use crate::support::shop::Shop;
use crate::support::{Run, assert_verdict, scenario_text};

/// The items whose switches are covered here.
const ITEMS: &[&str] = &["2.2", "3.5", "4.3"];

/// What each switch of an item must be judged as.
macro_rules! variants {
    ($($name:ident: $item:literal = $value:literal is $verdict:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let shop = open($item, $value).await;
                let run = audit(&shop, $item, $value).await;
                assert_verdict(&run, $item, $verdict);
                assert_eq!(run.code, i32::from($verdict == "violation"), "{}\n{}", run.out, run.err);
                // Nothing that pays, calls, posts, logs out or deletes was tapped on the way.
                assert_eq!(shop.touched(), Vec::<String>::new());
            }
        )*
        const COVERED: &[(&str, &str, &str)] = &[$(($item, $value, $verdict)),*];
    };
}

/// Driven by every run of the suite; the others are judged as they were kept.
const DRIVEN: &[(&str, &str)] = &[("2.2", "silent"), ("3.5", "kept"), ("4.3", "hostage"), ("4.3", "fair")];

async fn open(item: &str, value: &str) -> Shop {
    let name = format!("upgrade/{item}/{value}");
    match DRIVEN.contains(&(item, value)) {
        true => Shop::driven(&name).await,
        false => Shop::kept(&name).await,
    }
}

/// Audits a variant that is upgraded to from the app as it was.
async fn audit(shop: &Shop, item: &str, value: &str) -> Run {
    // Recommendations are on before anybody touches them.
    let (before, now) = match item {
        "3.5" => (shop.variant(&[("3.6", "lasts")]), shop.variant(&[("3.6", "lasts"), (item, value)])),
        _ => (shop.url().to_owned(), shop.variant(&[(item, value)])),
    };
    let probes: &[&str] =
        if item == "2.2" { &["find_policy", "read_policy", "upgrade"] } else { &["upgrade"] };
    let more = format!(
        "upgrade:\n  from: \"{before}\"\n  replaced: []\nthresholds: {{ first_run_watch: 2, consent_watch: 1, functions: 3 }}\n"
    );
    shop.run(&(scenario_text(&now, probes) + &more), &[]).await
}

variants! {
    two_kinds_more_and_no_word_of_it: "2.2" = "silent" is "violation";
    two_kinds_more_and_a_dialog_that_says_so: "2.2" = "told" is "conforms";
    two_kinds_more_and_the_ordinary_prompt: "2.2" = "again" is "review";
    other_words_and_another_date: "2.2" = "wording" is "not_applicable";

    recommendations_on_again: "3.5" = "reset" is "violation";
    recommendations_still_off: "3.5" = "kept" is "conforms";

    the_location_or_nothing: "4.3" = "hostage" is "violation";
    the_microphone_for_the_new_function_alone: "4.3" = "fair" is "conforms";
}

#[test]
fn every_switch_of_these_items_is_covered_with_its_verdict() {
    crate::support::assert_covered(ITEMS, COVERED);
}

//! The shortest way to the policy, however it opens.

use crate::support::shop::Shop;
use crate::support::{assert_verdict, operations};

const PROBES: &[&str] = &["find_policy", "read_policy"];

/// Driven by every run of the suite; the others are judged as they were kept.
const DRIVEN: &[&str] = &["tab", "foreign", "pdf"];

macro_rules! opens {
    ($($name:ident: $value:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let name = concat!("policy/opens/", $value);
                let shop = match DRIVEN.contains(&$value) {
                    true => Shop::driven(name).await,
                    false => Shop::kept(name).await,
                };
                let run = shop.audit(&[("opens", $value)], PROBES, "").await;
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

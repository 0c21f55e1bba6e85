//! The explanation of a label agrees with what the label means.

use super::super::means;
use super::*;

const LABELS: [&str; 14] = [
    "同意并继续",
    "不同意",
    "我接受",
    "仅接受必要",
    "《隐私政策》",
    "设置",
    "登录/注册",
    "退出登录",
    "Accept all cookies",
    "do not accept",
    "Skip ad",
    "登录后查看订单和优惠券以及其他很多很多很多很多很多很多很多很多很多很多很多东西",
    "",
    "×",
];

#[test]
fn an_explanation_says_what_the_label_means() {
    for label in LABELS {
        for &meaning in LEXICON.keys() {
            let explained = explain(label, meaning);
            let meant = explained.as_ref().is_some_and(Explained::is_meant);
            assert_eq!(meant, means(label, meaning), "{label} {meaning:?} {explained:?}");
        }
    }
}

#[test]
fn the_word_and_its_list_are_named() {
    let said = |label: &str, meaning| explain(label, meaning).map(|said| said.to_string());
    assert_eq!(said("同意并继续", Meaning::Agree).as_deref(), Some("agree: is “同意并继续”"));
    assert_eq!(said("请登录", Meaning::SignInWay).as_deref(), Some("sign_in_way: begins with “请登录”"));
    assert_eq!(
        said("不同意", Meaning::Agree).as_deref(),
        None,
        "“同意” counts as a whole label only, and is none here"
    );
    assert_eq!(
        said("暂不，我同意", Meaning::Agree).as_deref(),
        Some("not agree: holds “我同意”, but never with “暂不”")
    );
    let long = said("我同意在任何时候接收任何消息和推送通知", Meaning::Agree).expect("holds a word");
    assert!(long.ends_with("characters, of 12 at most"), "{long}");
}

#[test]
fn every_meaning_has_the_name_that_the_lexicon_gives_it() {
    for meaning in LEXICON.keys() {
        let text = include_str!("../lexicon.yaml");
        assert!(text.contains(&format!("\n{}:", meaning.name())), "{meaning:?}");
    }
}

use super::*;

#[test]
fn every_meaning_has_words() {
    for meaning in [
        Meaning::Policy,
        Meaning::PolicyWay,
        Meaning::Agreement,
        Meaning::Agree,
        Meaning::Refuse,
        Meaning::Next,
        Meaning::Skip,
        Meaning::ConsentWording,
        Meaning::ImpliedConsent,
        Meaning::AsksToRead,
        Meaning::NotConsent,
        Meaning::SignIn,
        Meaning::Pays,
        Meaning::Calls,
        Meaning::Posts,
        Meaning::LogsOut,
        Meaning::Deletes,
        Meaning::Withdraws,
        Meaning::WithdrawWay,
        Meaning::ConfirmsWithdrawal,
        Meaning::Personalised,
        Meaning::TurnsOff,
        Meaning::PersonalisedWay,
        Meaning::ComplaintWay,
    ] {
        let words = LEXICON.get(&meaning);
        assert!(
            words.is_some_and(|w| !w.whole.is_empty() || !w.contains.is_empty()),
            "{meaning:?} has no words"
        );
    }
}

#[test]
fn labels_mean_what_a_person_reads() {
    for (label, meaning, expected) in [
        ("《隐私政策》", Meaning::Policy, true),
        ("Privacy Policy", Meaning::Policy, true),
        ("隐私设置", Meaning::Policy, false),
        ("同意并继续", Meaning::Agree, true),
        ("同 意", Meaning::Agree, true),
        ("不同意", Meaning::Agree, false),
        ("不同意", Meaning::Refuse, true),
        ("I Disagree", Meaning::Agree, false),
        ("AGREE", Meaning::Agree, true),
        ("继续使用即表示您同意《隐私政策》", Meaning::ImpliedConsent, true),
        ("记住我", Meaning::NotConsent, true),
        ("退出登录", Meaning::LogsOut, true),
        ("退出登录", Meaning::SignIn, false),
        ("注销账号", Meaning::Deletes, true),
        ("注销须知", Meaning::Deletes, false),
        ("立即支付", Meaning::Pays, true),
        ("Home", Meaning::PolicyWay, false),
        ("Me", Meaning::PolicyWay, true),
        ("×", Meaning::Skip, true),
        ("撤回同意", Meaning::Withdraws, true),
        ("撤回隐私政策同意", Meaning::Withdraws, true),
        ("如何撤回同意", Meaning::Withdraws, false),
        ("如何撤回同意", Meaning::Deletes, false),
        ("个性化推荐", Meaning::Personalised, true),
        ("关闭个性化推荐", Meaning::TurnsOff, true),
        ("个性化推荐 打开后按您的浏览记录推荐商品", Meaning::TurnsOff, false),
        ("投诉与举报", Meaning::Posts, false),
        ("举报", Meaning::Posts, true),
    ] {
        assert_eq!(means(label, meaning), expected, "{label} as {meaning:?}");
    }
}

#[test]
fn better_ways_rank_first() {
    assert!(rank("隐私", Meaning::PolicyWay) < rank("设置", Meaning::PolicyWay));
    assert!(rank("设置", Meaning::PolicyWay) < rank("更多", Meaning::PolicyWay));
}

proptest::proptest! {
    #[test]
    fn folding_is_stable_and_never_panics(text in "\\PC{0,60}") {
        let once = fold(&text);
        proptest::prop_assert_eq!(fold(&once), once.clone());
        for meaning in [Meaning::Policy, Meaning::Agree, Meaning::Pays] {
            let _ = means(&text, meaning);
        }
    }
}

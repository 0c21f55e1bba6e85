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
        Meaning::SignInWay,
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

/// Looking all words up at once and looking for one meaning come to the same.
fn assert_same(label: &str) {
    let all = Label::of(label);
    for &meaning in LEXICON.keys() {
        assert_eq!(all.means(meaning), means(label, meaning), "“{label}”: {meaning:?}");
    }
}

#[test]
fn all_meanings_of_a_label_are_those_that_are_found_one_by_one() {
    assert!(LEXICON.len() <= 64, "a bit for each");
    for words in LEXICON.values() {
        for word in words.whole.iter().chain(&words.begins).chain(&words.contains).chain(&words.never) {
            assert_same(word);
            assert_same(&format!("{word}吗"));
            assert_same(&format!("my {word}s"));
            assert_same(&format!("《{word}》 and 同意 {word}, 以后再说以后再说以后再说以后再说以后再说"));
        }
    }
    for label in ["", "home", "Log in to see more", "同意并继续", "继续使用即表示您同意《隐私政策》", "×"]
    {
        assert_same(label);
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
        ("收回我的同意", Meaning::Withdraws, true),
        ("Cookie 与服务设置", Meaning::Withdraws, true),
        ("修改隐私选择", Meaning::Withdraws, true),
        ("隐私设置", Meaning::Withdraws, false),
        ("登录 / 注册", Meaning::LogInOrRegister, true),
        ("登录", Meaning::LogInOrRegister, false),
        ("让我来选", Meaning::Chooses, true),
        ("Manage options", Meaning::Chooses, true),
        ("选择城市", Meaning::Chooses, false),
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
fn a_line_that_leads_to_the_log_in_is_told_from_an_article_on_it() {
    let leads = |label: &str| means(label, Meaning::SignIn) || means(label, Meaning::SignInWay);
    for label in [
        "登录",
        "登录 / 注册登录后查看订单",
        "登录/注册 登录后查看订单和优惠",
        "您还未登录，登录后可同步购物车和收藏",
        "立即登录，领取新人专享优惠券",
        "未登录点击登录，畅享更多会员权益",
        "新用户注册即送 20 元无门槛优惠券",
        "验证码登录",
        "密码登录",
        "Log in to see your orders",
        "Log in / Register to see your orders and coupons",
    ] {
        assert!(leads(label), "{label}");
    }
    for label in [
        "怎样登录",
        "如何登录？",
        "怎么注册新账号",
        "登录不上怎么办",
        "登录遇到问题",
        "登录后订单不见了是什么原因",
        "登录时收不到短信验证码",
        "登录密码忘记了如何找回",
        "注册协议",
        "注册与登录须知",
        "登录设备管理",
        "登录记录",
        "注册地址：浙江省杭州市余杭区",
        "退出登录",
        "关于加强登录安全的说明",
        "How to log in",
        "Trouble logging in? Register help",
        "Why can't I sign in to my account",
        "我们在您注册、登录时收集您的手机号码，用来创建账号和确认是您本人在操作，详见隐私政策",
    ] {
        assert!(!leads(label), "{label}");
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

#[test]
fn prompts_are_answered_in_the_words_that_they_use() {
    for label in
        ["接受所有", "全部接受", "照单全收", "没事的", "Allow cookies", "Accept all cookies", "That's ok"]
    {
        assert!(means(label, Meaning::Agree) && !means(label, Meaning::Refuse), "{label}");
    }
    for label in [
        "再想想",
        "仅必要",
        "仅接受必要的 Cookie",
        "Only necessary cookies",
        "Continue without accepting",
        "Reject all",
    ] {
        assert!(means(label, Meaning::Refuse) && !means(label, Meaning::Agree), "{label}");
    }
    for label in ["让我来选", "保存选择", "接受选择", "Accept selected"] {
        assert!(!means(label, Meaning::Agree) && !means(label, Meaning::Refuse), "{label}");
    }
    assert!(means("关闭即表示您同意", Meaning::ClosingAgrees));
    assert!(!means("点击关闭即可继续浏览", Meaning::ClosingAgrees));
}

#[test]
fn an_accounts_end_is_named_with_what_kind_of_account_it_is() {
    for label in
        ["注销读者证账号", "注销我的会员账户", "注销 安和 账号", "Close shop account", "Close this account"]
    {
        assert!(
            means(label, Meaning::CancelAccount) && Label::of(label).means(Meaning::CancelAccount),
            "{label}"
        );
    }
    for label in ["账号注销协议", "如何注销读者证账号", "删除这个地址", "Accounts you closed", "Remove"]
    {
        assert!(
            !means(label, Meaning::CancelAccount) && !Label::of(label).means(Meaning::CancelAccount),
            "{label}"
        );
    }
}

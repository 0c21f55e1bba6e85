use super::*;

fn topics(sentence: &str) -> Vec<&'static str> {
    topics_of(sentence).into_iter().map(|(topic, _)| topic).collect()
}

#[test]
fn plain_sentences_have_their_topics_with_the_words_that_speak_for_them() {
    for (sentence, topic) in [
        ("在您使用搜索服务时，我们会收集您的搜索关键字信息。", "collection"),
        ("当您拍照上传时，我们会申请您的相机权限。", "permission"),
        ("我们可能会向合作伙伴共享您的订单信息。", "sharing"),
        ("我们将您的个人信息存储于中华人民共和国境内。", "retention"),
        ("我们采用加密技术保护您的个人信息。", "security"),
        ("如果您是未成年人，请在监护人的陪同下阅读本政策。", "special_audiences"),
        ("您可以通过“设置-账号”注销您的账号。", "management"),
        ("如我们停止运营，我们将及时停止收集您的个人信息，并以公告通知您。", "cessation"),
    ] {
        let found = topics_of(sentence);
        let words = found.iter().find(|(found, _)| *found == topic).map(|(_, words)| words);
        assert!(words.is_some_and(|words| !words.is_empty()), "{sentence}: {found:?}");
    }
}

#[test]
fn a_sentence_about_nothing_has_none_and_a_long_one_ends() {
    assert_eq!(topics("今天天气不错"), Vec::<&str>::new());
    assert!(topics(&"收集".repeat(2_000_000)).len() <= TOPICS.len());
    assert_eq!(topics(""), Vec::<&str>::new());
}

#[test]
fn every_topic_has_words_and_a_bar() {
    assert!(AUTOMATON.bars.iter().all(|bar| *bar < 100), "{:?}", AUTOMATON.bars);
}

//! The names of SDKs in a sentence.

use std::sync::LazyLock;

use regex::Regex;

use super::folding::fold;

/// A named SDK: `极光推送SDK`, `微信开放平台 SDK`.
static SDK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[\p{Han}A-Za-z0-9+·.&\-]{1,20}(?:[ ][A-Za-z0-9+.&\-]{1,16}){0,3}[ ]?SDK")
        .expect("a pattern")
});

/// What stands before the name of an SDK and does not belong to it.
const BEFORE_SDK: [&str; 30] = [
    "我们接入了",
    "我们使用了",
    "我们集成了",
    "我们使用",
    "我们接入",
    "接入了",
    "使用了",
    "集成了",
    "嵌入了",
    "引入了",
    "采用了",
    "接入",
    "集成",
    "嵌入",
    "引入",
    "采用",
    "提供的",
    "公司的",
    "旗下的",
    "由",
    "包括",
    "例如",
    "如",
    "使用",
    "通过",
    "调用",
    "以及",
    "和",
    "及",
    "的",
];
/// Words that an SDK's name cannot be made of alone.
const NO_SDK: [&str; 26] = [
    "第三方",
    "这些",
    "该",
    "此类",
    "此",
    "各类",
    "上述",
    "相关",
    "前述",
    "类",
    "部分",
    "以下",
    "其他",
    "等",
    "某些",
    "所有",
    "每个",
    "合作方",
    "多个",
    "这类",
    "每一个",
    "本",
    "我们的",
    "软件",
    "方",
    "哪些",
];

/// Finds the SDKs that a text names, at most twelve.
pub fn sdks_in(text: &str) -> Vec<String> {
    SDK.find_iter(text).take(12).filter_map(|found| trim_sdk(found.as_str())).collect()
}

/// Takes off what stands before an SDK's name; `None` where nothing is left.
fn trim_sdk(found: &str) -> Option<String> {
    let mut name = found.trim_start_matches(|c: char| !c.is_alphanumeric());
    if let Some(at) = name.rfind('的').filter(|at| name[*at..].chars().count() > "的SDK".chars().count()) {
        name = &name[at + '的'.len_utf8()..];
    }
    for word in BEFORE_SDK {
        if let Some(at) = name.rfind(word)
            && name.len() - at - word.len() > "SDK".len() + 2
            && (word.chars().count() > 1 || at == 0)
        {
            name = &name[at + word.len()..];
        }
    }
    let own: String = fold(name).replace("sdk", "");
    let own = own.trim_matches([' ', '-', '.']);
    let only_words = NO_SDK.contains(&own)
        || ["第三方", "类", "通过", "相关", "使用"].iter().any(|word| own.ends_with(word))
        || ["我们", "您", "本应用", "其他"].iter().any(|word| own.starts_with(word));
    (own.chars().count() >= 2 && !only_words).then(|| name.trim().to_owned())
}

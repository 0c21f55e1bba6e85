//! Pieces of a sentence: what it says something is for, and of which function of the app.

use std::sync::LazyLock;

use regex::Regex;

use super::marks::{Hits, Marked, Set, words_of};

/// Longest purpose and longest name of a function that are kept (characters; ours).
const PURPOSE: usize = 60;
const FUNCTION: usize = 24;

/// Marks that end a part of a sentence.
const PARTS: [char; 9] = ['，', '：', '（', '）', '\t', '；', '。', '！', '、'];

/// Returns what a sentence says something is for: the part from the word that announces it on, or the part before "之目的".
pub fn purpose_of(sentence: &Marked<'_>) -> Option<String> {
    purpose_in(&sentence.folded, &sentence.hits)
}

/// Returns what a folded text says something is for.
pub fn purpose_in(folded: &str, hits: &Hits) -> Option<String> {
    let hit = hits.first(Set::Purpose)?;
    let begins = folded[..hit.begins].rfind(PARTS).map_or(hit.begins, |_| hit.begins);
    let rest = &folded[begins..];
    let mut ends = rest.len();
    for (at, c) in rest.char_indices() {
        if matches!(c, '，' | '；' | '。' | '\t' | '（') && at >= hit.ends - begins {
            ends = at;
            break;
        }
    }
    let clause: String = rest[..ends].chars().take(PURPOSE).collect();
    // "the purpose of this policy" announces nothing.
    (clause.chars().count() > 3).then_some(clause)
}

/// `当您使用…功能时`, `如您选择“…”服务`, `为实现…功能`.
static FUNCTIONS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"(?:当|如果|如|若|在|因)?[您你](?:选择|需要|想要|首次|开始)?(?:使用|开启|参与|参加|进行|申请|发起|办理|体验|进入|发布|购买|下单|注册|登录|绑定|订阅|浏览|搜索|预订)(?:我们(?:的|提供的)?)?[“「【]?([^，。；：“”「」【】]{1,24}?)[”」】]?(?:功能|服务|业务|活动|场景|模式)?(?:时|过程中|的时候|期间|，|之前|前)",
        r"(?:为|为了|用于)?(?:实现|提供|使用|完成)[“「【]?([^，。；：“”「」【】]{1,20}?)[”」】]?(?:功能|服务)",
        r"when you (?:use |want to |open )?([a-z' ]{2,40}?)(?:，|\.|$| we )",
    ];
    patterns.into_iter().map(|pattern| Regex::new(pattern).expect("a pattern")).collect()
});

/// Returns the function of the app that a sentence names.
pub fn function_of(sentence: &Marked<'_>) -> Option<String> {
    let folded = &sentence.folded;
    let found =
        FUNCTIONS.iter().find_map(|pattern| pattern.captures(folded)?.get(0).map(|found| found.as_str()))?;
    let name: String = found.trim_matches(PARTS).chars().take(FUNCTION).collect();
    (name.chars().count() >= 2).then_some(name)
}

/// A company's name with what it is by law.
static COMPANY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[\p{Han}A-Za-z0-9（）()·&\-]{2,30}?(?:股份有限公司|有限责任公司|有限公司|集团公司|事务所|研究院|有限合伙）?)|(?:[A-Z][A-Za-z&.\-]{0,20},? ){1,5}(?:Co\., ?Ltd\.?|Inc\.?|LLC|Limited|Ltd\.?|Corporation|GmbH|Pte\. Ltd\.?)",
    )
    .expect("a pattern")
});

/// Finds the first company that a text names.
pub fn company_in(text: &str) -> Option<String> {
    companies_in(text).into_iter().next()
}

/// Shortest name of a company (characters; ours).
const COMPANY_NAME: usize = 6;

/// Finds the companies that a text names, at most eight.
pub fn companies_in(text: &str) -> Vec<String> {
    COMPANY.find_iter(text).take(8).filter_map(|found| trim_company(found.as_str())).collect()
}

/// Takes off what stands before a company's name: most begin with a place.
fn trim_company(found: &str) -> Option<String> {
    let mut name = found.trim_start_matches(['（', '(', '）', ')', ' ']);
    let long = |rest: &str| rest.chars().count() >= COMPANY_NAME;
    let place = words_of(Set::CompanyPlaces).iter().filter_map(|place| name.find(place.as_str())).min();
    match place.filter(|at| long(&name[*at..]) && !name[..*at].ends_with(['（', '('])) {
        Some(at) => name = &name[at..],
        None => {
            let before = words_of(Set::CompanyBefore).iter();
            let ends = before.filter_map(|word| Some(name.find(word.as_str())? + word.len()));
            if let Some(at) = ends.filter(|at| long(&name[*at..])).max() {
                name = &name[at..];
            }
        }
    }
    let name = name.trim_matches(['（', '(', ' ', '“', '：', ':']);
    let generic = ["我们公司", "关联公司", "本公司"].iter().any(|word| name.contains(word));
    (long(name) && !generic).then(|| name.to_owned())
}

/// An address on the web.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:(?:https?://|www\.)[a-z0-9\-]+(?:\.[a-z0-9\-]+)+|[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.(?:com|cn|net|org))(?::\d{1,5})?(?:/[a-z0-9\-._~/?#&=%@+]*)?")
        .expect("a pattern")
});

/// Finds the addresses on the web that a text names, with where each begins (bytes), at most 20.
pub fn links_in(text: &str) -> Vec<(usize, String)> {
    let found = LINK.find_iter(text).take(20);
    // A host behind an @ is a mail address's, and android.permission is none.
    let own = |at: usize| !text[..at].ends_with(|c: char| c == '@' || c == '.' || c.is_ascii_alphanumeric());
    found
        .filter(|found| own(found.start()))
        .map(|found| (found.start(), found.as_str().trim_end_matches(['.', ',', '/']).to_owned()))
        .collect()
}

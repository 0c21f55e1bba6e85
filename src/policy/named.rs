//! Whether a text names a permission or what is read by it, from `permissions.yaml`: by which words, and with a purpose or
//! without one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::document::{BlockKind, Document};
use super::folding::{fold, stands_alone};
use super::marks::{Hits, Set};
use crate::language::purpose;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    asked: Vec<String>,
    kinds: Vec<String>,
    also: Vec<String>,
}

static DATA: LazyLock<BTreeMap<String, Words>> = LazyLock::new(|| {
    let mut data: BTreeMap<String, Words> =
        serde_saphyr::from_str(include_str!("permissions.yaml")).expect("permissions.yaml is read by a test");
    for words in data.values_mut() {
        for word in words.asked.iter_mut().chain(&mut words.also) {
            *word = fold(word);
        }
    }
    data
});

fn has(folded: &str, word: &str) -> bool {
    folded.match_indices(word).any(|(at, found)| stands_alone(folded, at, at + found.len()))
}

/// Characters around a permission's name within which the word "permission" stands (ours).
const BESIDE: usize = 24;

/// Returns the permissions that a folded sentence on permissions names.
pub fn permissions_asked(folded: &str) -> Vec<&'static str> {
    let one = folded.chars().count() <= 2 * BESIDE;
    let marks: Vec<usize> =
        ["权限", "permission"].iter().flat_map(|mark| folded.match_indices(mark).map(|(at, _)| at)).collect();
    let beside = |at: usize| {
        one || marks.is_empty()
            || marks.iter().any(|mark| folded[at.min(*mark)..at.max(*mark)].chars().count() <= BESIDE)
    };
    let named = DATA.iter().filter(|(_, words)| {
        words.asked.iter().any(|word| {
            let mut found = folded.match_indices(word.as_str());
            found.any(|(at, found)| stands_alone(folded, at, at + found.len()) && beside(at))
        })
    });
    let mut named: Vec<&'static str> = named.map(|(name, _)| name.as_str()).collect();
    // Narrower names hold wider ones: 通话记录 holds no phone, 相册 alone is no storage, a device's list of apps is no device.
    let drop_where = |named: &mut Vec<&str>, wide: &str, narrow: &str, words: &[&str]| {
        if named.contains(&narrow) && !words.iter().any(|word| has(folded, word)) {
            named.retain(|name| *name != wide);
        }
    };
    drop_where(&mut named, "storage", "photos", &["存储", "读写", "外部存储", "文件", "sd卡", "storage"]);
    drop_where(
        &mut named,
        "photos",
        "storage",
        &["相册", "照片", "图片", "photos", "album", "photo library", "media"],
    );
    drop_where(&mut named, "motion", "body_sensors", &["陀螺仪", "加速度", "重力感应"]);
    drop_where(&mut named, "motion", "activity", &["传感器", "陀螺仪", "加速度"]);
    named
}

/// Where a policy names a permission or what is read by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The word by which it is named.
    pub word: String,
    /// Where (characters).
    pub at: usize,
    /// The block that names it, at most 200 characters.
    pub passage: String,
    /// That block, or a neighbour of its row or list, says what it is for.
    pub purpose: Option<String>,
}

/// Returns the words by which a permission is looked for.
pub fn words_for(permission: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut add = |word: String| {
        if !all.contains(&word) {
            all.push(word);
        }
    };
    if let Some(words) = DATA.get(permission) {
        words.asked.iter().chain(&words.also).for_each(|word| add(word.clone()));
        let kinds = words.kinds.iter().filter_map(|kind| super::kinds::by_name(kind));
        kinds.flat_map(|kind| kind.words().iter()).for_each(|word| add(fold(word)));
    }
    purpose::called(permission).iter().for_each(|word| add(fold(word)));
    all
}

/// Tells whether it is known by which words a permission would be named.
pub fn knows(permission: &str) -> bool {
    DATA.contains_key(permission)
}

/// Finds where a policy names a permission, in any words: what names it with a purpose comes first. `None` where no word
/// for it stands anywhere in the text. Looks for more words than any reading asks for, since a want of them accuses.
pub fn find_permission(document: &Document, permission: &str) -> Option<Naming> {
    let words = words_for(permission);
    let mut best: Option<Naming> = None;
    for (number, block) in document.blocks.iter().enumerate() {
        let folded = fold(&block.text);
        let Some(word) = words.iter().find(|word| has(&folded, word)) else { continue };
        let purpose = purpose_near(document, number, &folded);
        let naming = Naming {
            word: word.clone(),
            at: block.at,
            passage: block.text.chars().take(200).map(|c| if c == '\t' { ' ' } else { c }).collect(),
            purpose,
        };
        if naming.purpose.is_some() {
            return Some(naming);
        }
        best.get_or_insert(naming);
    }
    best
}

/// Blocks after and before one in which its purpose may stand, where a table was read cell by cell (ours).
const CELLS: usize = 3;

/// Returns what a block says something is for; where it is a cell or a heading, what its neighbours say.
fn purpose_near(document: &Document, number: usize, folded: &str) -> Option<String> {
    let said = |folded: &str| super::clauses::purpose_in(folded, &Hits::of(folded));
    if let Some(purpose) = said(folded) {
        return Some(purpose);
    }
    let block = &document.blocks[number];
    if let Some(columns) = block.columns
        && let Some(at) =
            document.blocks[columns].cells().position(|head| Hits::of(&fold(head)).has(Set::ColPurpose))
        && let Some(cell) = block.cells().nth(at).filter(|cell| !cell.is_empty())
    {
        return Some(cell.to_owned());
    }
    if let Some(purpose) = block.lead.and_then(|lead| said(&fold(&document.blocks[lead].text))) {
        return Some(purpose);
    }
    let cell = block.text.chars().count() <= 40 && !block.text.trim_end().ends_with(['。', '；', '.']);
    let short = block.kind == BlockKind::Heading || cell;
    let beside = document.blocks.iter().skip(number.saturating_sub(1)).take(2 + CELLS);
    short.then(|| beside.filter_map(|block| said(&fold(&block.text))).next()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_named_in_any_of_its_words() {
        let policy = crate::policy::plain::read(
            "隐私政策\n为了让您查找附近的门店，我们会读取您手机的经纬度。\n我们可能会拍摄。",
        );
        let naming = find_permission(&policy, "location").expect("named");
        assert!(naming.purpose.is_some(), "{naming:?}");
        assert!(find_permission(&policy, "camera").is_some_and(|naming| naming.purpose.is_none()));
        assert_eq!(find_permission(&policy, "microphone"), None);
    }

    #[test]
    fn permissions_are_told_apart() {
        for (text, expected) in [
            ("相机权限：用于扫码", vec!["camera"]),
            ("我们会申请您的存储权限和麦克风权限", vec!["microphone", "storage"]),
            ("访问相册权限", vec!["photos"]),
            ("读取通话记录权限", vec!["call_log"]),
            ("android.permission.read_contacts", vec!["contacts"]),
        ] {
            assert_eq!(permissions_asked(text), expected, "{text}");
        }
    }
}

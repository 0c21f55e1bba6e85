//! What a single sentence is about, by weighted words of `topics.yaml`: each word counts once, and a topic is there where its
//! words reach its bar. Every answer can be explained by its words.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use super::folding::fold;

/// Topics, in the order in which CAPP-130 labels them.
pub const TOPICS: [&str; 11] = [
    "collection",
    "permission",
    "sharing",
    "use",
    "retention",
    "security",
    "special_audiences",
    "management",
    "contact",
    "change",
    "cessation",
];

/// Characters of a sentence that are looked at (ours).
const LONGEST: usize = 3000;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    bar: i32,
    words: std::collections::BTreeMap<i32, Vec<String>>,
}

#[derive(Debug)]
struct Automaton {
    words: AhoCorasick,
    /// For each word, its weight for each topic that it speaks for or against.
    weights: Vec<Vec<(usize, i32)>>,
    bars: [i32; TOPICS.len()],
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let data: std::collections::BTreeMap<String, Topic> =
        serde_saphyr::from_str(include_str!("topics.yaml")).expect("topics.yaml is read by a test");
    let mut weights: std::collections::BTreeMap<String, Vec<(usize, i32)>> = Default::default();
    let mut bars = [i32::MAX; TOPICS.len()];
    for (at, name) in TOPICS.iter().enumerate() {
        let Some(topic) = data.get(*name) else { continue };
        bars[at] = topic.bar;
        for (weight, words) in &topic.words {
            for word in words {
                weights.entry(fold(word)).or_default().push((at, *weight));
            }
        }
    }
    let words = AhoCorasick::new(weights.keys()).expect("the words fit; a test builds this");
    Automaton { words, weights: weights.into_values().collect(), bars }
});

/// Returns the topics of a sentence, each with the words that speak for it.
pub fn topics_of(sentence: &str) -> Vec<(&'static str, Vec<String>)> {
    let sentence: String = sentence.chars().take(LONGEST).collect();
    let folded = fold(&sentence);
    let mut sums = [0i32; TOPICS.len()];
    let mut spoke = std::collections::BTreeSet::new();
    for hit in AUTOMATON.words.find_overlapping_iter(&folded) {
        let pattern = hit.pattern().as_usize();
        if !spoke.insert(pattern) {
            continue;
        }
        for (topic, weight) in &AUTOMATON.weights[pattern] {
            sums[*topic] += weight;
        }
    }
    let words_for = |topic: usize| {
        let speaks = |pattern: usize| {
            AUTOMATON.weights[pattern].iter().any(|(at, weight)| *at == topic && *weight > 0)
        };
        let mut words: Vec<String> = Vec::new();
        for hit in AUTOMATON.words.find_overlapping_iter(&folded) {
            let word = &folded[hit.start()..hit.end()];
            if speaks(hit.pattern().as_usize()) && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
        words
    };
    let there = (0..TOPICS.len()).filter(|topic| sums[*topic] >= AUTOMATON.bars[*topic]);
    there.map(|topic| (TOPICS[topic], words_for(topic))).collect()
}

#[cfg(test)]
#[path = "topics_tests.rs"]
mod tests;

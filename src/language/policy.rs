//! Knowing a privacy policy when it is on the screen, and reading what it says on collecting.

mod why;

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::lexicon::{Meaning, fold, has_any, means};
use super::sentences::{sentences_with_places, shorten};
use super::signs::SIGNS;
use crate::screen::{Document, Role, Screen};

pub use self::why::explain;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Terms {
    kinds: Vec<Vec<String>>,
    verbs: Vec<String>,
    negations: Vec<String>,
    topics: Vec<String>,
    no_title: Vec<String>,
}

static TERMS: LazyLock<Terms> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("policy_terms.yaml"))
        .expect("the terms ship inside the program and a test reads them")
});

/// A line of at most this many characters can be a title (ours).
const TITLE: usize = 45;
/// Under a policy's title, text of at least this many characters is the policy's text (ours: shorter is a link or a note).
const TITLED_BODY: usize = 60;
/// Without a title, this much text about this many of a policy's topics is one (ours).
const UNTITLED_BODY: usize = 800;
const UNTITLED_TOPICS: usize = 7;
/// A prompt that can be agreed to and is shorter than this is a summary, not the policy (characters; ours).
const PROMPT_BODY: usize = 900;

/// How the policy's text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    Text,
    Pdf,
    /// A picture of text: nothing in the tree to read.
    Picture,
}

/// A screen that shows a privacy policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyPage {
    pub title: String,
    pub form: Form,
    /// Characters of running text in the tree.
    pub characters: usize,
}

/// Tells whether the screen shows the policy's own text, not a link to it or a prompt about it.
/// `way` is the label of the control that led here, which may name a document that cannot be read.
pub fn on_screen(screen: &Screen, way: Option<&str>) -> Option<PolicyPage> {
    let named = way.is_some_and(|label| means(label, Meaning::Policy));
    match screen.document {
        Document::Page => {}
        _ if !named && !means(&screen.title, Meaning::Policy) && !address_names_policy(&screen.address) => {
            return None;
        }
        document => {
            let form = if document == Document::Pdf { Form::Pdf } else { Form::Picture };
            let title = way.filter(|_| named).unwrap_or(&screen.title).to_owned();
            return Some(PolicyPage { title, form, characters: 0 });
        }
    }
    let Weighed { scope, body, characters, title, can_agree } = weigh(screen);
    if can_agree && characters < PROMPT_BODY {
        return None;
    }
    if let Some(title) = title {
        if characters >= TITLED_BODY {
            return Some(PolicyPage { title, form: Form::Text, characters });
        }
        return shows_picture(screen, &scope).then_some(PolicyPage {
            title,
            form: Form::Picture,
            characters,
        });
    }
    let topics = topics(&body);
    (characters >= UNTITLED_BODY && topics >= UNTITLED_TOPICS && (named || topics >= UNTITLED_TOPICS + 3))
        .then(|| PolicyPage { title: way.unwrap_or_default().to_owned(), form: Form::Text, characters })
}

/// What decides whether a page shows the policy's text.
struct Weighed {
    /// Elements of the layer that is read.
    scope: Vec<usize>,
    /// Its running text, and how many characters that has without white space.
    body: String,
    characters: usize,
    /// The first line that can be the policy's title.
    title: Option<String>,
    /// A control of the layer agrees: it may be a prompt about the policy.
    can_agree: bool,
}

fn weigh(screen: &Screen) -> Weighed {
    let scope = top_layer(screen);
    let prose: Vec<usize> = scope.iter().copied().filter(|&at| is_prose(screen, at)).collect();
    let body: String =
        prose.iter().map(|&at| screen.elements[at].text.as_str()).collect::<Vec<_>>().join("\n");
    let characters = body.chars().filter(|c| !c.is_whitespace()).count();
    let lines = prose.iter().take(14).map(|&at| screen.elements[at].text.as_str());
    let title = lines.chain(std::iter::once(screen.title.as_str())).find(|text| is_title(text));
    let title = title.map(str::to_owned);
    let can_agree = scope.iter().any(|&at| {
        let element = &screen.elements[at];
        element.seen && element.tappable.is_some() && means(&screen.label(at), Meaning::Agree)
    });
    Weighed { scope, body, characters, title, can_agree }
}

/// Whether a picture fills a good part of the screen.
fn shows_picture(screen: &Screen, scope: &[usize]) -> bool {
    scope.iter().any(|&at| {
        let element = &screen.elements[at];
        matches!(element.role, Role::Image | Role::Canvas)
            && element.rect.area() > 0.3 * screen.width * screen.height
    })
}

/// Tells whether a line is the policy's title, not a sentence about it or the head of another document.
fn is_title(line: &str) -> bool {
    if line.chars().count() > TITLE || !means(line, Meaning::Policy) {
        return false;
    }
    let lower = line.to_lowercase();
    !has_any(&lower, &TERMS.no_title)
}

/// Kinds of elements that stand inside a line of text and do not end it.
const INLINE: [&str; 18] = [
    "#text", "b", "span", "a", "i", "em", "strong", "u", "s", "font", "small", "sup", "sub", "mark", "code",
    "label", "abbr", "time",
];

/// The policy's running text on this screen, a line per block: words in bold do not break a sentence.
pub fn text_of(screen: &Screen) -> String {
    let block_of = |at: usize| {
        std::iter::once(at)
            .chain(screen.ancestors(at))
            .find(|&at| !INLINE.contains(&screen.elements[at].kind.as_str()))
    };
    let mut text = String::new();
    let mut last = None;
    for at in top_layer(screen) {
        if screen.elements[at].text.is_empty() {
            continue;
        }
        let block = block_of(at);
        if !text.is_empty() && (block.is_none() || block != last) {
            text.push('\n');
        }
        text.push_str(&screen.elements[at].text);
        last = block;
    }
    text.push('\n');
    text
}

/// Two pieces of a scrolled text as one: lines that both hold are kept once. A line that was cut at the edge of
/// the screen in the first piece is there whole in the second.
pub fn joined(first: &str, second: &str) -> String {
    let (above, below): (Vec<&str>, Vec<&str>) = (first.lines().collect(), second.lines().collect());
    // The longest run of lines that ends the first piece and stands in the second.
    for length in (1..=above.len().min(below.len())).rev() {
        let tail = &above[above.len() - length..];
        if let Some(at) = below.windows(length).position(|run| run == tail) {
            return [&above[..], &below[at + length..]].concat().join("\n") + "\n";
        }
    }
    [above, below].concat().join("\n") + "\n"
}

/// What lies on top: the last overlay with a good deal of text, or else everything. A bar that leaves the page beside it to be
/// read, and says less than it, hides nothing: then it is the page without the bar.
fn top_layer(screen: &Screen) -> Vec<usize> {
    let length = |at: usize| screen.text_within(at).chars().count();
    let overlay = screen
        .elements
        .iter()
        .enumerate()
        .rev()
        .find(|(at, element)| element.overlay && element.seen && length(*at) >= TITLED_BODY);
    let Some((layer, _)) = overlay else { return (0..screen.elements.len()).collect() };
    let outside: Vec<usize> =
        (0..screen.elements.len()).filter(|&at| at != layer && !screen.is_within(at, layer)).collect();
    let texts = outside.iter().map(|&at| &screen.elements[at]).filter(|element| element.seen);
    match texts.map(|element| element.text.chars().count()).sum::<usize>() > length(layer) {
        true => outside,
        false => std::iter::once(layer).chain(screen.descendants(layer)).collect(),
    }
}

/// Text that is neither a control nor inside one.
fn is_prose(screen: &Screen, at: usize) -> bool {
    let control = |at: usize| {
        let element = &screen.elements[at];
        element.tappable.is_some() && screen.text_within(at).chars().count() < 60
    };
    !screen.elements[at].text.is_empty() && !control(at) && !screen.ancestors(at).any(control)
}

fn topics(text: &str) -> usize {
    let folded = fold(text);
    TERMS.topics.iter().filter(|topic| folded.contains(fold(topic).as_str())).count()
}

fn address_names_policy(address: &str) -> bool {
    let address = address.to_lowercase();
    ["privacy", "yinsi", "policy"].iter().any(|word| address.contains(word))
}

/// A sentence of the policy that says what is collected or used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionRule {
    /// The word that named a kind of personal information.
    pub kind: String,
    pub verb: String,
    /// The sentence, at most 200 characters.
    pub sentence: String,
    /// Where the sentence begins in the policy's text (characters).
    pub at: usize,
}

/// Every sentence that names a kind of personal information together with a verb of collecting or using.
pub fn collection_rules(text: &str) -> Vec<CollectionRule> {
    let mut rules = Vec::new();
    for (begins, sentence) in sentences_with_places(text) {
        let lower = sentence.to_lowercase();
        if TERMS.negations.iter().any(|word| lower.contains(word.as_str())) {
            continue;
        }
        let verb = TERMS.verbs.iter().find(|verb| lower.contains(verb.as_str()));
        let kind = TERMS.kinds.iter().flatten().find(|kind| lower.contains(kind.as_str()));
        if let (Some(verb), Some(kind)) = (verb, kind) {
            let sentence = shorten(sentence, 200);
            rules.push(CollectionRule { kind: kind.clone(), verb: verb.clone(), sentence, at: begins });
        }
    }
    rules
}

/// What a sentence says is collected of the person, up to where its purpose begins: 收集您的`访问记录`.
static COLLECTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:收集|采集|获取|记录)(?:和使用|、使用|并使用|、存储|、记录)?(?:您|你|用户)(?:[^，。；,;：:、时]*?的)?([^，。；,;：:（(以时来为用是后前应须并]*)",
    )
    .expect("the pattern is right, and a test uses it")
});

/// Finds what a text says is collected in words that are no known kind of personal information, such as 收集您的值班表.
/// An umbrella term is none.
pub fn collected_otherwise(text: &str) -> Option<String> {
    let said = |sentence: &&str| !TERMS.negations.iter().any(|word| sentence.contains(word.as_str()));
    sentences_with_places(text).map(|(_, sentence)| sentence).filter(said).find_map(|sentence| {
        COLLECTED.captures_iter(sentence).find_map(|found| {
            let named = found.get(1)?.as_str().trim();
            let rest =
                SIGNS.umbrella.iter().fold(named.to_owned(), |rest, word| rest.replace(word.as_str(), ""));
            let letters = rest.chars().filter(|c| c.is_alphanumeric() && !"的和与及或等".contains(*c));
            (letters.count() >= 2).then(|| shorten(named, 40))
        })
    })
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;

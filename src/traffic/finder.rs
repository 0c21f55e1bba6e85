//! Finds planted values in a request: in its address, headers, cookies and body, through every layer that can be opened.
//!
//! A value that is masked (`138****8000`) or cut is none. A keyed hash (HMAC) of a value is not looked for: without its key
//! nobody can tell it.

use std::fmt;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::{Deserialize, Serialize};

use super::budget::Budget;
use super::coded;
use super::forms::{Edges, Pattern, Patterns};
use super::how::How;
use super::inflate::named;
use super::kinds;
use super::layers::{self, Layer, Shut};
use super::numbers;
use super::place::{self, Spot};
use super::plant::Plant;
use super::shapes;
use crate::world::request::{Body, Request};

/// Bytes before a value in which the name of its field is looked for.
const FIELD: usize = 120;
/// Findings in one request that are kept (ours): a whole address book names its first ones.
const MOST: usize = 60;
/// Bytes of a layer in which fields are looked at (ours: a file of megabytes holds no fields of ours).
const FIELDS: usize = 4 << 20;

/// Where in a request something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Address,
    Header(String),
    Cookie(String),
    Body,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Address => f.write_str("address"),
            Place::Header(name) => write!(f, "header {name}"),
            Place::Cookie(name) => write!(f, "cookie {name}"),
            Place::Body => f.write_str("body"),
        }
    }
}

/// One thing that a request carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The word of its kind: `phone`, `location`, `android_id`, …
    pub kind: String,
    /// The name of the planted value; absent where nothing was planted and the field's name and shape tell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<String>,
    pub place: Place,
    /// The field that holds it, where one can be told.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub field: String,
    /// How it was written, the outermost step first; empty where it stood in the clear.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub how: Vec<How>,
    /// It tells whose it is, or which device: not a number of an installation, not a coarse place.
    pub definite: bool,
}

/// A part of a request that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    pub place: Place,
    /// Bytes; absent where they are not known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub size: Option<u64>,
    /// `encrypted or of an unknown format`, `compressed and cut short`, …
    pub why: String,
}

/// What a search of one request came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Searched {
    pub found: Vec<Found>,
    pub unread: Vec<Unread>,
}

/// Looks for planted values. Made once for a run; searching needs no further memory than the layers of one request.
pub struct Finder {
    plants: Vec<Plant>,
    folded: Option<AhoCorasick>,
    exact: Option<AhoCorasick>,
    /// Numbers, for texts without the separators between their digits.
    digits: Option<AhoCorasick>,
    patterns: Patterns,
    /// Plants of the patterns of `digits`.
    numbers: Vec<usize>,
    spots: Vec<Spot>,
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never the values.
        write!(f, "Finder of {} values", self.plants.len())
    }
}

impl Finder {
    /// Makes a finder of these values.
    pub fn new(plants: Vec<Plant>) -> Finder {
        let patterns = Patterns::of(&plants);
        let build = |patterns: &[Pattern], folded: bool| {
            (!patterns.is_empty()).then(|| {
                AhoCorasick::builder()
                    .ascii_case_insensitive(folded)
                    .match_kind(MatchKind::Standard)
                    .kind(Some(AhoCorasickKind::ContiguousNFA))
                    .build(patterns.iter().map(|pattern| &pattern.bytes))
                    .ok()
            })
        };
        let mut numbers = Vec::new();
        let mut digits = Vec::new();
        for (at, plant) in plants.iter().enumerate() {
            if numbers::is_long(&plant.value) {
                numbers.push(at);
                digits.push(plant.value.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
            }
        }
        let spots = plants
            .iter()
            .enumerate()
            .filter_map(|(at, plant)| {
                plant.place().map(|(latitude, longitude)| Spot::of(at, latitude, longitude))
            })
            .collect();
        Finder {
            folded: build(&patterns.folded, true).flatten(),
            exact: build(&patterns.exact, false).flatten(),
            digits: (!digits.is_empty())
                .then(|| AhoCorasick::builder().ascii_case_insensitive(true).build(&digits).ok())
                .flatten(),
            plants,
            patterns,
            numbers,
            spots,
        }
    }

    /// Returns what is looked for.
    pub fn plants(&self) -> &[Plant] {
        &self.plants
    }

    /// Searches a request, whole.
    pub fn search(&self, request: &Request) -> Searched {
        let size = request.address.len() + request.body.size().unwrap_or(0) as usize;
        let mut budget = Budget::for_size(size);
        let mut search = Search { finder: self, searched: Searched::default() };
        search.part(&Place::Address, request.address.as_bytes(), &[], &mut budget);
        for (name, value) in &request.headers {
            if name.eq_ignore_ascii_case("cookie") {
                for cookie in value.split(';') {
                    let name = cookie.split('=').next().unwrap_or_default().trim().to_owned();
                    search.part(&Place::Cookie(name), cookie.trim().as_bytes(), &[], &mut budget);
                }
            } else {
                let line = format!("{name}: {value}");
                search.part(&Place::Header(name.clone()), line.as_bytes(), &[], &mut budget);
            }
        }
        match &request.body {
            Body::None => {}
            Body::Bytes(bytes) => {
                let encodings = request.header("content-encoding").map(named).unwrap_or_default();
                search.part(&Place::Body, bytes, &encodings, &mut budget);
                let silent = !search.searched.found.iter().any(|found| found.place == Place::Body);
                if silent
                    && search.searched.unread.is_empty()
                    && says_binary(request)
                    && !coded::shows_words(bytes)
                {
                    let (size, why) = (Some(bytes.len() as u64), say_shut(Shut::Opaque).to_owned());
                    search.searched.unread.push(Unread { place: Place::Body, size, why });
                }
            }
            Body::Missing { size, why } => {
                search.searched.unread.push(Unread { place: Place::Body, size: *size, why: why.clone() });
            }
        }
        search.searched
    }

    /// Searches a text that is stored or shown, not sent, such as a cookie or an entry of a store.
    pub fn search_text(&self, place: &Place, text: &str) -> Searched {
        let mut search = Search { finder: self, searched: Searched::default() };
        search.part(place, text.as_bytes(), &[], &mut Budget::for_size(text.len()));
        search.searched
    }

    /// Tells whether a text holds one of the values that must not be written, in any form.
    pub fn finds_in(&self, text: &str) -> bool {
        let searched = self.search_text(&Place::Body, text);
        let open = |name: &String| self.plants.iter().any(|plant| plant.open && plant.name == *name);
        searched.found.iter().any(|found| found.value.as_ref().is_some_and(|name| !open(name)))
    }
}

struct Search<'a> {
    finder: &'a Finder,
    searched: Searched,
}

impl Search<'_> {
    fn part(&mut self, place: &Place, bytes: &[u8], encodings: &[How], budget: &mut Budget) {
        let mut found = Vec::new();
        let shut =
            layers::open(bytes, encodings, budget, &mut |layer| self.finder.search_layer(&layer, &mut found));
        for hit in found {
            self.keep(place, hit);
        }
        if *place == Place::Body {
            for (shut, size) in shut {
                let why = say_shut(shut);
                let size = Some(size as u64);
                if !self.searched.unread.iter().any(|known| known.why == why && known.size >= size) {
                    self.searched.unread.retain(|known| known.why != why);
                    self.searched.unread.push(Unread { place: place.clone(), size, why: why.to_owned() });
                }
            }
        }
    }

    /// Keeps a hit; of several ways to the same value in the same place, the shortest. What is hashed is told apart from
    /// what is not.
    fn keep(&mut self, place: &Place, hit: Hit) {
        let plant = hit.plant.map(|at| &self.finder.plants[at]);
        let value = plant.map(|plant| plant.name.clone());
        let hash = |how: &[How]| how.last().copied().filter(|how| how.is_hash());
        let known = self.searched.found.iter().position(|known| {
            known.value == value
                && known.kind == hit.kind
                && known.place == *place
                && hash(&known.how) == hash(&hit.how)
                && (value.is_some() || known.field == hit.field)
        });
        match known {
            Some(at) => {
                let known = &mut self.searched.found[at];
                if hit.how.len() < known.how.len() || hit.definite && !known.definite {
                    (known.how, known.definite) = (hit.how, hit.definite);
                    if !hit.field.is_empty() {
                        known.field = hit.field;
                    }
                }
            }
            None if self.searched.found.len() < MOST => self.searched.found.push(Found {
                kind: hit.kind.to_owned(),
                value,
                place: place.clone(),
                field: hit.field,
                how: hit.how,
                definite: hit.definite,
            }),
            None => {}
        }
    }
}

/// One thing found in a layer.
struct Hit {
    /// The plant's place in the list; `None` where nothing was planted.
    plant: Option<usize>,
    kind: &'static str,
    field: String,
    how: Vec<How>,
    definite: bool,
}

impl Finder {
    fn search_layer(&self, layer: &Layer<'_>, hits: &mut Vec<Hit>) {
        let bytes = layer.bytes;
        for (finder, patterns) in [(&self.folded, &self.patterns.folded), (&self.exact, &self.patterns.exact)]
        {
            let Some(finder) = finder else { continue };
            for hit in finder.find_overlapping_iter(bytes) {
                let pattern = &patterns[hit.pattern().as_usize()];
                let whole = pattern
                    .holds
                    .as_ref()
                    .is_none_or(|form| coded::base64_holds(bytes, hit.start(), hit.end(), form));
                if whole && stands_free(bytes, hit.start(), hit.end(), pattern.edges) {
                    self.note(layer, pattern.plant, &pattern.how, hit.start(), hits);
                }
            }
        }
        if let Some(digits) = &self.digits
            && let Some(squeezed) = numbers::squeeze(bytes)
        {
            for hit in digits.find_overlapping_iter(&squeezed) {
                let plant = self.numbers[hit.pattern().as_usize()];
                let field = Layer { bytes: &squeezed, ..*layer };
                self.note(&field, plant, &[], hit.start(), hits);
            }
        }
        for spot in &self.spots {
            if let Some(near) = spot.find(bytes, layer.text) {
                let before = hits.len();
                let how: Vec<How> = near.how.into_iter().collect();
                self.note(layer, near.plant, &how, near.at, hits);
                if let Some(hit) = hits.get_mut(before) {
                    hit.definite = near.decimals >= place::PRECISE;
                }
            }
        }
        if bytes.len() <= FIELDS {
            for shaped in shapes::find(bytes) {
                hits.push(Hit {
                    plant: None,
                    kind: shaped.kind,
                    field: shaped.field,
                    how: layer.how.to_vec(),
                    definite: shaped.definite,
                });
            }
        }
    }

    fn note(&self, layer: &Layer<'_>, plant: usize, how: &[How], at: usize, hits: &mut Vec<Hit>) {
        let mut whole = layer.how.to_vec();
        whole.extend_from_slice(how);
        let known = |hit: &Hit| hit.plant == Some(plant) && hit.how == whole;
        if hits.iter().any(known) {
            return;
        }
        hits.push(Hit {
            plant: Some(plant),
            kind: self.plants[plant].kind,
            field: field_before(layer.bytes, at),
            how: whole,
            definite: kinds::kind(self.plants[plant].kind).is_definite(),
        });
    }
}

/// Tells whether a request says that its body is no text.
fn says_binary(request: &Request) -> bool {
    let mime = request.header("content-type").unwrap_or_default().to_ascii_lowercase();
    ["octet-stream", "protobuf", "thrift", "msgpack", "encrypt"].iter().any(|word| mime.contains(word))
}

fn stands_free(bytes: &[u8], start: usize, end: usize, edges: Edges) -> bool {
    let sides = [start.checked_sub(1).map(|at| bytes[at]), bytes.get(end).copied()];
    let mut sides = sides.into_iter().flatten();
    match edges {
        Edges::Any => true,
        Edges::Word => !sides.any(|byte| byte.is_ascii_alphanumeric()),
        Edges::Digits => !sides.any(|byte| byte.is_ascii_digit()),
    }
}

/// The name of the field whose value stands at a place: what goes before the last `:` or `=`.
fn field_before(bytes: &[u8], at: usize) -> String {
    let before = &bytes[at.saturating_sub(FIELD)..at];
    let Some(mark) = before.iter().rposition(|byte| matches!(byte, b'=' | b':')) else {
        return String::new();
    };
    // Another value between the name and this one: it belongs to that.
    if before[mark..].iter().any(|byte| matches!(byte, b',' | b'&' | b'{' | b'}' | b';')) {
        return String::new();
    }
    let name = &before[..mark];
    let name = &name
        [..name.iter().rposition(|byte| !matches!(byte, b'"' | b'\'' | b' ' | b'\\')).map_or(0, |at| at + 1)];
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.[]".contains(byte);
    let begin = name.iter().rposition(|byte| !part(byte)).map_or(0, |at| at + 1);
    let name = String::from_utf8_lossy(&name[begin..]).into_owned();
    if name.len() > 60 { String::new() } else { name }
}

fn say_shut(shut: Shut) -> &'static str {
    match shut {
        Shut::Opaque => "encrypted, or of a format that is not known",
        Shut::Torn => "compressed, and cut short or spoiled",
        Shut::Media => "a picture, a sound or a document: what it shows was not looked at",
        Shut::TooLarge => "unpacks to more than is looked at",
    }
}

#[cfg(test)]
#[path = "finder_tests.rs"]
mod tests;

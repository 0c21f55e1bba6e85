//! Finds planted values in a request: in its address, headers, cookies and body, through every layer that can be opened.
//!
//! A value that is masked (`138****8000`) or cut is none. A keyed hash (HMAC) of a value is not looked for: without its key
//! nobody can tell it.

use std::fmt;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::budget::Budget;
use super::coded;
use super::field::{name_field_before, stands_free};
use super::forms::{Pattern, Patterns};
use super::found::{Found, Place, Searched, Unread};
use super::how::How;
use super::inflate::named;
use super::kinds;
use super::layers::{self, Layer, Shut};
use super::numbers;
use super::place::{self, Spot};
use super::plant::Plant;
use super::shapes;
use crate::world::request::{Body, Request};

/// Findings in one request that are kept (ours): a whole address book names its first ones.
const MOST: usize = 60;
/// Bytes of a layer in which fields are looked at (ours: a file of megabytes holds no fields of ours).
const FIELDS: usize = 4 << 20;

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
            field: name_field_before(layer.bytes, at),
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

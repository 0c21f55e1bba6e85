//! Whatever stands in a HAR file: reading it and searching its requests end with an answer, in bounded memory.

#![no_main]

use std::sync::LazyLock;

use candor::traffic::har::read_har;
use candor::traffic::{Finder, Plant};
use candor::world::request::{Body, Request};

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let plants = [("phone", "16312345678"), ("name", "逄犇垚"), ("location", "30.57391,103.92318")];
    Finder::new(plants.iter().filter_map(|(name, value)| Plant::of(name, value)).collect())
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = read_har(bytes, &mut |request| {
        let _ = FINDER.search(&request);
        true
    });
    // The same bytes as a body that claims to be compressed.
    let headers = vec![("content-encoding".to_owned(), "br, gzip".to_owned())];
    let _ = FINDER.search(&Request { headers, body: Body::Bytes(bytes.to_vec()), ..Request::default() });
});

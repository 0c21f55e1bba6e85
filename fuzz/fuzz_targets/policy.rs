//! Whatever stands in a policy's file: decoding it and reading its statements, as text and as a page, end.

#![no_main]

use candor::policy::{Policy, decode};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = decode::decode(bytes).text;
    let _ = Policy::of_text(&text);
    let _ = Policy::of_html(&text);
});

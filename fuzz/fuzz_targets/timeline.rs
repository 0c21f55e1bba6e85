//! Whatever stands in a timeline: reading and verifying end with an answer.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| candor::recording::read_anything(bytes));

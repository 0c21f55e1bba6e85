//! What the words of a request say that it does: the guard on the wire asks here. The words are data, in
//! `requests.yaml`.

mod address;
mod body;
mod deeds;
mod words;

pub use address::{find_deed_in_address, find_strong_deed, is_log_in, only_asks};
pub use body::{BODY, find_deed_in_body};

#[cfg(test)]
mod tests;

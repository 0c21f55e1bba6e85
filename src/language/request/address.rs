//! What the address of a request says that it does.

use super::deeds::{Weight, find_deed, find_deed_in_field, find_strong};
use super::words::{ADDRESS, PARTS, WORDS, leads_in, split_words, without_harmless, without_log_in};

/// Returns the word by which the path or the query of an address says that something is done.
pub fn find_deed_in_address(address: &str) -> Option<String> {
    let (path, query) = split_address(address);
    let path = split_words(&decode(path));
    if let Some(deed) = find_deed(&path, Weight::Spoken) {
        // "sms/send" is a log-in, "sms/send/cancelAccount" is none.
        return if leads_in(&path) { find_deed(&without_log_in(&path), Weight::Plain) } else { Some(deed) };
    }
    url::form_urlencoded::parse(query.as_bytes())
        .take(PARTS)
        .find_map(|(name, value)| find_deed_in_field(&name, &value))
}

/// Returns whether an address is one by which a person comes in: a body that is sent there is not asked.
pub fn is_log_in(address: &str) -> bool {
    let path = split_words(&decode(split_address(address).0));
    leads_in(&path) && find_deed(&without_log_in(&path), Weight::Plain).is_none()
}

/// Returns whether the last part of an address only asks for something, and nothing of it is a deed.
pub fn only_asks(address: &str) -> bool {
    let path = decode(split_address(address).0);
    let last = path.split('/').rfind(|part| !part.is_empty()).map(split_words).unwrap_or_default();
    last.iter().any(|word| WORDS.data.reads.contains(word))
}

/// Returns the word by which a GET says that it deletes, pays, logs out and the like: in the last part of its path, or
/// in a parameter that names an action.
pub fn find_strong_deed(address: &str) -> Option<String> {
    let (path, query) = split_address(address);
    let path = decode(path);
    // The last part that is no number or identifier.
    let last = path.split('/').rfind(|part| !part.is_empty() && !is_identifier(part)).unwrap_or_default();
    let document = [".html", ".htm", ".pdf", ".md", ".txt"].iter().any(|end| last.ends_with(end));
    let told = split_words(&path).iter().any(|word| WORDS.data.tells.contains(word));
    if !document && !told {
        let words = without_harmless(split_words(last));
        if let Some(found) = find_strong(&words) {
            return Some(found);
        }
    }
    url::form_urlencoded::parse(query.as_bytes())
        .take(PARTS)
        .filter(|(name, _)| split_words(name).last().is_some_and(|word| WORDS.data.actions.contains(word)))
        .find_map(|(_, value)| find_strong(&without_harmless(split_words(&value))))
}

/// Cuts an address into its path and its query; host and fragment are left out.
fn split_address(address: &str) -> (&str, &str) {
    let end = address.char_indices().nth(ADDRESS).map_or(address.len(), |(at, _)| at);
    let address = &address[..end];
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest =
        if address.contains("://") { rest.find(['/', '?']).map_or("", |at| &rest[at..]) } else { rest };
    let rest = rest.split('#').next().unwrap_or_default();
    rest.split_once('?').unwrap_or((rest, ""))
}

/// Turns `%E5%88%A0` into the characters that it stands for.
fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    // A plus is a plus in a path.
    let kept = text.replace('+', "%2B");
    url::form_urlencoded::parse(format!("x={}", kept.replace('&', "%26")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn is_identifier(part: &str) -> bool {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    digits > 0 && (digits * 2 >= part.len() || part.len() >= 16)
}

//! Deeds by the names that the app's code gives: ids, classes, icons, handlers, addresses.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Danger;
use crate::language::lexicon::fold;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hints {
    strong: BTreeSet<String>,
    weak: BTreeSet<String>,
    takes: BTreeSet<String>,
    places: BTreeSet<String>,
    strong_places: BTreeSet<String>,
    texts: BTreeSet<String>,
    harmless: BTreeSet<String>,
    parameters: BTreeSet<String>,
    addresses: BTreeSet<String>,
}

static HINTS: LazyLock<Hints> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("hints.yaml"))
        .expect("the hints ship inside the program and a test reads them")
});

/// Parts of one name that are joined again to find a word, at most: `sign-out`, `close_my_account` (ours).
const JOINED: usize = 3;
/// Parts of one name that are looked at (ours): a class or an address can be of any length.
const PARTS: usize = 60;

/// Splits a name into its parts, lower case: `btnDeleteAccount2` → btn, delete, account.
pub(super) fn split_name(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let capital = c.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit());
        if (capital || !c.is_alphabetic()) && !parts.last().is_some_and(String::is_empty) {
            parts.push(String::new());
        }
        if c.is_alphabetic()
            && let Some(last) = parts.last_mut()
        {
            last.extend(c.to_lowercase());
        }
        before = c;
    }
    parts.retain(|part| !part.is_empty());
    parts.truncate(PARTS);
    parts
}

/// The first word of a set that a name has, as one of its parts or as neighbours joined, unless what follows is a place.
fn word_of<'a>(parts: &[String], words: &'a BTreeSet<String>, places: &BTreeSet<String>) -> Option<&'a str> {
    for start in 0..parts.len() {
        let mut joined = String::new();
        for end in start..parts.len().min(start + JOINED) {
            joined.push_str(&parts[end]);
            let place = parts.get(end + 1).is_some_and(|next| places.contains(next));
            if let Some(word) = words.get(&joined).filter(|_| !place) {
                return Some(word);
            }
        }
    }
    None
}

/// A deed that a name of the app's code names wherever the control stands, as `icon-trash` does.
pub(super) fn strong_in(names: &str) -> Option<Danger> {
    let hints = &*HINTS;
    names.split_whitespace().find_map(|name| {
        let parts = split_name(name);
        // helpDeleteAccount names a text.
        if parts.first().is_some_and(|first| hints.texts.contains(first)) {
            return None;
        }
        let word = word_of(&parts, &hints.strong, &hints.strong_places)?;
        Some(Danger::new("by_name", format!("name {} ({word})", shown(name))))
    })
}

/// A deed that a name may stand for, where no words say something else.
pub(super) fn weak_in(names: &str) -> Option<Danger> {
    let hints = &*HINTS;
    names.split_whitespace().find_map(|name| {
        let parts = split_name(name);
        let taken = word_of(&parts, &hints.takes, &BTreeSet::new());
        let word = taken.or_else(|| word_of(&parts, &hints.weak, &hints.places))?;
        Some(Danger::new("by_name", format!("name {} ({word})", shown(name))))
    })
}

/// Money that is paid, by a name of the app's code: of what stands beside words that only go on.
pub(super) fn pays_in(names: &str) -> Option<Danger> {
    let pays = |name: &&str| split_name(name).iter().any(|part| matches!(part.as_str(), "pay" | "zhifu"));
    names.split_whitespace().find(pays).map(|name| Danger::new("pay", format!("name {}", shown(name))))
}

/// Whether a name says that a control only shows something: a menu, a way back, a search.
pub(super) fn is_harmless(names: &str) -> bool {
    names.split_whitespace().any(|name| split_name(name).iter().any(|part| HINTS.harmless.contains(part)))
}

/// What an address does when it is followed: it leaves the app for another one, or its last part or a parameter of it
/// names a deed (`/photo/3/delete`, `?action=logout`).
pub fn of_address(href: &str) -> Option<Danger> {
    let address = href.trim();
    let lower = address.to_ascii_lowercase();
    let shown = || shown(address);
    if let Some(code) = lower.strip_prefix("javascript:") {
        return strong_in(&address[address.len() - code.len()..])
            .or_else(|| weak_in(&address[address.len() - code.len()..]));
    }
    if let Some((scheme, _)) = lower.split_once(':')
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        && !scheme.is_empty()
        && !matches!(scheme, "http" | "https" | "file" | "about" | "blob" | "data")
    {
        return Some(Danger::new("leaves_app", format!("address {}", shown())));
    }
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => address,
    };
    let hints = &*HINTS;
    // A hash router keeps its path behind `#`.
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parts: Vec<&str> = path.split(['/', '#', '!']).filter(|part| !part.is_empty()).collect();
    let text = parts.iter().rev().skip(1).any(|part| hints.texts.contains(&part.to_lowercase()));
    let named = |part: &str| {
        let words = split_name(part);
        if words.len() > 1 && words.first().is_some_and(|first| hints.texts.contains(first)) {
            return false;
        }
        let joined = words.concat();
        hints.addresses.contains(&part.to_lowercase())
            || hints.addresses.contains(&joined)
            || words.first().is_some_and(|first| hints.strong.contains(first))
            || word_of(&words, &hints.strong, &hints.strong_places).is_some()
    };
    let last = parts.iter().rev().find(|part| part.chars().any(char::is_alphabetic));
    let trailing = last.filter(|last| {
        let rest = parts.iter().rev().take_while(|part| part != last).count();
        !text && rest <= 1 && named(last.split('.').next().unwrap_or_default())
    });
    if trailing.is_some() {
        return Some(Danger::new("by_address", format!("address {}", shown())));
    }
    let query = query.split('#').next().unwrap_or_default();
    let parameter = query.split('&').find(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        hints.parameters.contains(&key.to_lowercase()) && (named(value) || super::of_label(value).is_some())
            || (hints.strong.contains(key) && !matches!(value, "0" | "false"))
    });
    parameter.map(|_| Danger::new("by_address", format!("address {}", shown())))
}

fn shown(name: &str) -> String {
    fold(name).chars().take(60).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_at_capitals_digits_and_marks() {
        assert_eq!(split_name("btnDeleteAccount2"), ["btn", "delete", "account"]);
        assert_eq!(split_name("com.shop:id/iv_trash"), ["com", "shop", "id", "iv", "trash"]);
        assert!(split_name("--").is_empty());
    }

    #[test]
    fn deeds_are_known_by_the_names_in_the_code() {
        for name in [
            "icon-trash",
            "van-icon-delete-o",
            "com.shop:id/btn_sign_out",
            "bi-cart-check checkout",
            "deleteAccount()",
        ] {
            assert!(strong_in(name).is_some(), "{name}");
        }
        for name in [
            "delete-history-page",
            "help_delete_account",
            "checkout-settings",
            "icon-menu",
            "selected",
            "undeleted",
        ] {
            assert!(strong_in(name).is_none(), "{name}");
        }
    }

    #[test]
    fn addresses_tell_what_following_them_does() {
        for address in [
            "http://127.0.0.1:9/photo/3/delete",
            "/x?action=logout",
            "https://a.example/item/delete/3",
            "tel:10086",
            "weixin://dl",
            "alipays://platformapi",
            "javascript:deleteAll()",
            "#/order/pay",
            "/logout",
        ] {
            assert!(of_address(address).is_some(), "{address}");
        }
        for address in [
            "http://127.0.0.1:9/",
            "/help/delete-account",
            "/orders",
            "#/settings/payment",
            "javascript:;",
            "javascript:void(0)",
            "",
            "about:blank",
            "/news/delete/3",
            "https://pay.example/",
        ] {
            assert!(of_address(address).is_none(), "{address}");
        }
    }
}

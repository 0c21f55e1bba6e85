//! Secrets that nobody has to name: what stands where passwords, tokens and cookies stand.

use std::borrow::Cow;

/// Names of parameters whose values open something.
const NAMES: &[&str] = &[
    "access_token",
    "accesstoken",
    "api_key",
    "apikey",
    "auth",
    "auth_token",
    "authorization",
    "code_verifier",
    "credential",
    "id_token",
    "jsessionid",
    "jwt",
    "passwd",
    "password",
    "phpsessid",
    "private_token",
    "pwd",
    "refresh_token",
    "secret",
    "session",
    "session_id",
    "sessionid",
    "session_token",
    "sid",
    "sig",
    "signature",
    "ticket",
    "token",
    "x-amz-signature",
    "x-amz-credential",
];

/// Whether a parameter, field or setting of this name holds a secret: `token`, `accessKey`, `userPassword`.
pub fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = [
        "password",
        "passwd",
        "token",
        "secret",
        "accesskey",
        "access_key",
        "apikey",
        "api_key",
        "credential",
    ];
    NAMES.contains(&name.as_str()) || ends.iter().any(|end| name.ends_with(end))
}

/// The text without the secrets of addresses (`?token=…`, `user:password@`), bearers and signed tokens.
pub fn hide(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    if text.contains('=') {
        text = Cow::Owned(parameters(&text));
    }
    if text.contains("://") && text.contains('@') {
        text = Cow::Owned(logins(&text));
    }
    if text.contains("eyJ") {
        text = Cow::Owned(signed(&text));
    }
    after_word(&text, "bearer ", "‹token›").into_owned()
}

/// `…?token=abc&x=1`: the value of every parameter with a telling name.
fn parameters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices('=') {
        if at < from {
            continue;
        }
        let before = &text[from..at];
        let begin = before.rfind(['?', '&', '#', ';', '/', '!']).filter(|&cut| {
            before[cut + 1..].bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.[]%".contains(&byte))
        });
        let Some(begin) = begin else { continue };
        if !is_secret_name(&before[begin + 1..]) {
            continue;
        }
        let value = &text[at + 1..];
        let end = value
            .find(|c: char| {
                c.is_whitespace() || matches!(c, '&' | '#' | '?' | ';' | '"' | '\'' | '<' | '>' | '”' | '’')
            })
            .unwrap_or(value.len());
        if end == 0 || value.starts_with('‹') || value.starts_with('$') {
            continue;
        }
        out.push_str(&text[from..=at]);
        out.push_str("‹token›");
        from = at + 1 + end;
    }
    out + &text[from..]
}

/// `https://me:secret@host/`: both the name and the password.
fn logins(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (head, tail) = rest.split_at(at + 3);
        out.push_str(head);
        let end = tail
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"'))
            .unwrap_or(tail.len());
        match tail[..end].rfind('@') {
            Some(host) if tail[..host].split_once(':').is_some_and(|(_, word)| !word.starts_with('‹')) => {
                out.push_str("‹login›");
                rest = &tail[host..];
            }
            _ => rest = tail,
        }
    }
    out + rest
}

/// Signed tokens (three parts of base64 with dots between, the first of which begins as JSON does).
fn signed(text: &str) -> String {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("eyJ") {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        let end = tail.find(|c: char| !part(c) && c != '.').unwrap_or(tail.len());
        let token = &tail[..end];
        let parts: Vec<&str> = token.trim_end_matches('.').split('.').collect();
        if parts.len() == 3 && parts.iter().take(2).all(|part| part.len() > 8) {
            out.push_str("‹token›");
        } else {
            out.push_str(token);
        }
        rest = &tail[end..];
    }
    out + rest
}

/// The word after `word`, whose case does not matter.
fn after_word<'a>(text: &'a str, word: &str, shown: &str) -> Cow<'a, str> {
    let lower = text.to_ascii_lowercase();
    if !lower.contains(word) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in lower.match_indices(word) {
        let begin = at + word.len();
        let tail = &text[begin..];
        let end =
            tail.find(|c: char| !(c.is_ascii_alphanumeric() || "-._~+/=".contains(c))).unwrap_or(tail.len());
        // A word of a sentence is no token: tokens are long.
        if begin >= from && end >= 16 {
            out.push_str(&text[from..begin]);
            out.push_str(shown);
            from = begin + end;
        }
    }
    Cow::Owned(out + &text[from..])
}

//! The app's files, embedded in the program, and the policy in the form that the switches ask for.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};

use super::switches::Chosen;

static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scenarios/sample-app");

/// An embedded file's bytes.
pub(super) fn raw(path: &str) -> Option<&'static [u8]> {
    ASSETS.get_file(path).map(|file| file.contents())
}

fn text(path: &str) -> Option<&'static str> {
    raw(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
}

/// An embedded file as an answer, or 404.
pub(super) fn file(path: &str) -> Response {
    match raw(path) {
        Some(bytes) => answer(content_type(path), bytes),
        None => missing(),
    }
}

/// Nothing is cached, so that one browser can be sent through many variants at the same addresses.
pub(super) fn answer(content_type: &'static str, body: impl IntoResponse) -> Response {
    let headers = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-store")];
    (headers, body).into_response()
}

pub(super) fn missing() -> Response {
    (StatusCode::NOT_FOUND, "404 页面不存在\n").into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("pdf") => "application/pdf",
        Some("ttf") => "font/ttf",
        _ => "application/octet-stream",
    }
}

/// The policy as a piece of HTML; none when the switches say that the app has no policy.
pub(super) fn policy_fragment(chosen: &Chosen) -> Option<&'static str> {
    let english = chosen.has("odd", "english") || chosen.has("1.4", "foreign");
    if chosen.has("1.1", "none") {
        None
    } else if chosen.has("1.1", "picture") {
        text("texts/policy-picture.html")
    } else if chosen.has("1.4", "traditional") {
        text("texts/policy-traditional.html")
    } else if chosen.has("1.1", "empty") {
        text(if english { "texts/policy-empty-en.html" } else { "texts/policy-empty.html" })
    } else {
        text(if english { "texts/policy-en.html" } else { "texts/policy.html" })
    }
}

/// The policy as a page of its own, as it opens in a new tab or a frame.
pub(super) fn policy_page(chosen: &Chosen) -> Response {
    let title = if chosen.has("odd", "english") { "Privacy Policy" } else { "隐私政策" };
    match (text("texts/standalone.html"), policy_fragment(chosen)) {
        (Some(shell), Some(body)) => {
            let page = shell.replace("{{title}}", title).replace("{{body}}", body);
            answer("text/html; charset=utf-8", page)
        }
        _ => missing(),
    }
}

/// The policy as a PDF.
pub(super) fn policy_pdf(chosen: &Chosen) -> Response {
    if chosen.has("1.1", "none") {
        return missing();
    }
    file(if chosen.has("odd", "english") { "texts/policy-en.pdf" } else { "texts/policy.pdf" })
}

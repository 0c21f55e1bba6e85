//! The app's files, embedded in the program, and how they are answered.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};

static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scenarios/sample-app");

/// An embedded file's bytes.
pub(super) fn read_bytes(path: &str) -> Option<&'static [u8]> {
    ASSETS.get_file(path).map(|file| file.contents())
}

/// An embedded file as text.
pub(super) fn read_text(path: &str) -> Option<&'static str> {
    read_bytes(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
}

/// An embedded file as an answer, or 404.
pub(super) fn answer_file(path: &str) -> Response {
    match read_bytes(path) {
        Some(bytes) if path.ends_with(".html") => answer(find_content_type(path), bytes),
        Some(bytes) => answer_for(FILES_LAST, find_content_type(path), bytes),
        None => answer_missing(),
    }
}

/// How long a browser may keep the app's files, which are the same in all variants.
const FILES_LAST: &str = "max-age=600";

/// Pages are not cached, so that one browser can be sent through many variants at the same addresses.
pub(super) fn answer(content_type: &'static str, body: impl IntoResponse) -> Response {
    answer_for("no-store", content_type, body)
}

fn answer_for(cached: &'static str, content_type: &'static str, body: impl IntoResponse) -> Response {
    let headers = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, cached)];
    (headers, body).into_response()
}

/// The answer 404.
pub(super) fn answer_missing() -> Response {
    (StatusCode::NOT_FOUND, "404 页面不存在\n").into_response()
}

fn find_content_type(path: &str) -> &'static str {
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

//! The second origin: an analytics company's server, as far as the app and the browser can tell.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Bytes;
use axum::extract::{Query, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Json, Router, middleware};
use serde::Serialize;

use super::switches::{Chosen, help};
use super::{assets, policy};

/// One message that reached `/collect`.
#[derive(Debug, Clone, Serialize)]
struct Message {
    at_ms: u64,
    query: String,
    referer: String,
    body: String,
}

type Seen = Arc<Mutex<Vec<Message>>>;

/// `/sdk.js`, `/collect`, `/seen`, a page of its own at `/`, and a copy of the shop's policy for `opens=foreign`.
pub(super) fn router() -> Router {
    Router::new()
        .route("/", get(async || assets::answer_file("third-party/index.html")))
        .route("/locate.html", get(async || assets::answer_file("third-party/locate.html")))
        .route("/sdk.js", get(async || assets::answer_file("third-party/sdk.js")))
        .route("/collect", any(collect))
        .route("/seen", get(seen))
        .route("/policy.html", get(answer_policy))
        .route("/policy.png", get(async || assets::answer_file("texts/policy.png")))
        .route("/document.css", get(async || assets::answer_file("document.css")))
        .layer(middleware::map_response(open_to_all))
        .with_state(Seen::default())
}

/// Keeps what was sent. Trackers answer 204 to everything, so this does too.
async fn collect(
    State(seen): State<Seen>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    method: axum::http::Method,
    body: Bytes,
) -> StatusCode {
    if method != axum::http::Method::OPTIONS {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
        seen.lock().unwrap_or_else(PoisonError::into_inner).push(Message {
            at_ms: u64::try_from(now.as_millis()).unwrap_or(u64::MAX),
            query: query.unwrap_or_default(),
            referer: referer.unwrap_or_default().to_owned(),
            body: String::from_utf8_lossy(&body).into_owned(),
        });
    }
    StatusCode::NO_CONTENT
}

async fn seen(State(seen): State<Seen>) -> Json<Vec<Message>> {
    Json(seen.lock().unwrap_or_else(PoisonError::into_inner).clone())
}

async fn answer_policy(Query(pairs): Query<Vec<(String, String)>>) -> Response {
    match Chosen::from_pairs(pairs) {
        Ok(chosen) => policy::answer_page(&chosen),
        Err(wrong) => (StatusCode::BAD_REQUEST, help(&wrong)).into_response(),
    }
}

async fn open_to_all(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    for name in [
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        header::ACCESS_CONTROL_ALLOW_METHODS,
        header::ACCESS_CONTROL_ALLOW_HEADERS,
    ] {
        headers.insert(name, HeaderValue::from_static("*"));
    }
    answer
}

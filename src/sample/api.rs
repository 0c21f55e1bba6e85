//! The app's own origin: its files, and the JSON that its screens talk to.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::shop::{Address, Ending, Line, Order, Profile, Refusal, Shop};
use super::switches::{Chosen, help};
use super::{assets, policy};

/// How long `/api/poll` holds a request open: longer than any sensible wait for a page to settle.
const POLL: Duration = Duration::from_secs(25);

#[derive(Clone)]
pub(super) struct AppState {
    pub shop: Arc<Shop>,
    pub third_party: Arc<str>,
    pub stopped: watch::Receiver<()>,
}

pub(super) fn router(state: AppState) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/index.html", get(page))
        .route("/policy.html", get(async |chosen: Chosen| policy::answer_page(&chosen)))
        .route("/policy.pdf", get(async |chosen: Chosen| policy::answer_pdf(&chosen)))
        .route("/policy.png", get(async || assets::answer_file("texts/policy.png")))
        .route("/texts/policy.html", get(policy_text))
        .route("/api/config", get(config))
        .route("/api/session", get(session))
        .route("/api/outbox", get(async || Json(json!({ "code": "246810" }))))
        .route("/api/code", post(async || Json(json!({ "code": "246810" }))))
        .route("/api/register", post(register))
        .route("/api/login", post(login))
        .route("/api/logout", post(logout))
        .route("/api/profile", get(profile).put(put_profile))
        .route("/api/addresses", get(addresses).post(add_address))
        .route("/api/addresses/{id}", put(put_address).delete(delete_address))
        .route("/api/orders", get(orders).post(add_order))
        .route("/api/account", axum::routing::delete(delete_account))
        .route("/api/touched", get(touched).post(touch))
        .route("/api/poll", get(poll))
        .fallback(get(async |uri: Uri| assets::answer_file(uri.path().trim_start_matches('/'))))
        .with_state(state)
}

/// A request's switches; an unknown one is answered with the list of those that exist.
impl<S: Send + Sync> FromRequestParts<S> for Chosen {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        Chosen::from_pairs(pairs).map_err(|wrong| (StatusCode::BAD_REQUEST, help(&wrong)).into_response())
    }
}

/// The signed-in account of a request, by bearer token or by cookie.
struct SignedIn {
    phone: String,
    token: String,
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        let token = token(&parts.headers).ok_or(Refusal::SignedOut)?;
        let phone = state.shop.who(&token).ok_or(Refusal::SignedOut)?;
        Ok(SignedIn { phone, token })
    }
}

fn token(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    let cookie = text(header::COOKIE)
        .and_then(|line| line.split(';').find_map(|pair| pair.trim().strip_prefix("session=")));
    bearer.or(cookie).map(str::to_owned)
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = match self {
            Refusal::Taken => StatusCode::CONFLICT,
            Refusal::WrongLogin | Refusal::NoAccount | Refusal::SignedOut => StatusCode::UNAUTHORIZED,
            Refusal::NotFound => StatusCode::NOT_FOUND,
            Refusal::Phone | Refusal::Password | Refusal::Code | Refusal::Incomplete => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
        };
        (status, Json(json!({ "error": self.to_string() }))).into_response()
    }
}

async fn page(_: Chosen) -> Response {
    assets::answer_file("index.html")
}

async fn policy_text(chosen: Chosen) -> Response {
    match policy::build_fragment(&chosen) {
        Some(fragment) => assets::answer("text/html; charset=utf-8", fragment.into_owned()),
        None => assets::answer_missing(),
    }
}

async fn config(State(state): State<AppState>) -> Json<Value> {
    Json(json!({ "third_party": &*state.third_party }))
}

#[derive(Deserialize)]
struct Credentials {
    phone: String,
    password: String,
    #[serde(default)]
    code: String,
}

/// Guests get `null` rather than an error: not being signed in is not a mistake.
async fn session(State(state): State<AppState>, signed: Result<SignedIn, Refusal>) -> Json<Value> {
    let phone = signed.ok().map(|signed| signed.phone);
    Json(json!({ "phone": phone.filter(|phone| !state.shop.shown_as_guest(phone)) }))
}

async fn register(State(state): State<AppState>, Json(who): Json<Credentials>) -> Result<Response, Refusal> {
    let token = state.shop.register(&who.phone, &who.password, &who.code)?;
    Ok((StatusCode::CREATED, signed_in(&who.phone, &token)).into_response())
}

async fn login(State(state): State<AppState>, Json(who): Json<Credentials>) -> Result<Response, Refusal> {
    let token = state.shop.login(&who.phone, &who.password)?;
    Ok(signed_in(&who.phone, &token).into_response())
}

fn signed_in(phone: &str, token: &str) -> impl IntoResponse + use<> {
    let cookie = format!("session={token}; Path=/; HttpOnly; SameSite=Lax");
    ([(header::SET_COOKIE, cookie)], Json(json!({ "phone": phone, "token": token })))
}

async fn logout(State(state): State<AppState>, signed: SignedIn) -> impl IntoResponse {
    state.shop.logout(&signed.token);
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, "session=; Path=/; Max-Age=0")])
}

async fn profile(State(state): State<AppState>, signed: SignedIn) -> Result<Json<Profile>, Refusal> {
    state.shop.with(&signed.phone, |account, _| Ok(Json(account.profile.clone())))
}

async fn put_profile(
    State(state): State<AppState>,
    signed: SignedIn,
    chosen: Chosen,
    Json(profile): Json<Profile>,
) -> Result<Json<Profile>, Refusal> {
    state.shop.with(&signed.phone, |account, _| {
        // 6.1=fake-save says yes and forgets.
        if !chosen.has("6.1", "fake-save") {
            account.profile = profile.clone();
        }
        Ok(Json(profile))
    })
}

async fn addresses(State(state): State<AppState>, signed: SignedIn) -> Result<Json<Vec<Address>>, Refusal> {
    state.shop.with(&signed.phone, |account, _| Ok(Json(account.addresses.clone())))
}

async fn add_address(
    State(state): State<AppState>,
    signed: SignedIn,
    Json(mut address): Json<Address>,
) -> Result<(StatusCode, Json<Address>), Refusal> {
    complete(&address)?;
    state.shop.with(&signed.phone, |account, number| {
        address.id = number;
        account.addresses.push(address.clone());
        Ok((StatusCode::CREATED, Json(address)))
    })
}

async fn put_address(
    State(state): State<AppState>,
    signed: SignedIn,
    Path(id): Path<u64>,
    Json(mut address): Json<Address>,
) -> Result<Json<Address>, Refusal> {
    complete(&address)?;
    state.shop.with(&signed.phone, |account, _| {
        address.id = id;
        *account.address(id)? = address.clone();
        Ok(Json(address))
    })
}

async fn delete_address(
    State(state): State<AppState>,
    signed: SignedIn,
    chosen: Chosen,
    Path(id): Path<u64>,
) -> Result<StatusCode, Refusal> {
    state.shop.with(&signed.phone, |account, _| {
        account.address(id)?;
        // 6.1=fake-delete says yes and keeps it.
        if chosen.has("6.1", "fake-delete") {
            return Ok(StatusCode::NO_CONTENT);
        }
        account.addresses.retain(|address| address.id != id);
        Ok(StatusCode::NO_CONTENT)
    })
}

fn complete(address: &Address) -> Result<(), Refusal> {
    let fields = [&address.name, &address.phone, &address.detail];
    if fields.iter().any(|field| field.trim().is_empty()) { Err(Refusal::Incomplete) } else { Ok(()) }
}

#[derive(Deserialize)]
struct NewOrder {
    lines: Vec<Line>,
    address: Option<u64>,
}

async fn orders(State(state): State<AppState>, signed: SignedIn) -> Result<Json<Vec<Order>>, Refusal> {
    state.shop.with(&signed.phone, |account, _| Ok(Json(account.orders.clone())))
}

async fn add_order(
    State(state): State<AppState>,
    signed: SignedIn,
    Json(order): Json<NewOrder>,
) -> Result<(StatusCode, Json<Order>), Refusal> {
    state.shop.with(&signed.phone, |account, number| {
        account.order(number, order.lines, order.address).map(|order| (StatusCode::CREATED, Json(order)))
    })
}

async fn delete_account(State(state): State<AppState>, signed: SignedIn, chosen: Chosen) -> Response {
    if chosen.has("6.1", "error-500") {
        return (StatusCode::INTERNAL_SERVER_ERROR, "500\n").into_response();
    }
    let ending = match () {
        () if chosen.has("6.4", "surface") => Ending::OnTheSurface,
        () if chosen.has("6.4", "hidden") => Ending::Hides,
        () if chosen.has("6.4", "served") => Ending::Serves,
        () if chosen.has("6.2", "cooling") => Ending::Waits,
        () => Ending::Deletes,
    };
    state.shop.end_account(&signed.phone, ending);
    if chosen.has("6.1", "dropped") {
        // The connection breaks off in the middle of the answer: what the phone sees of a network that drops.
        let broken = futures_util::stream::once(async { Err::<&str, _>(std::io::Error::other("dropped")) });
        let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_LENGTH, "64")];
        return (headers, axum::body::Body::from_stream(broken)).into_response();
    }
    // Only the app that asked forgets who it was; where the data is still served, others can go on reading it.
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, "session=; Path=/; Max-Age=0")]).into_response()
}

#[derive(Serialize, Deserialize)]
struct Touch {
    name: String,
}

async fn touched(State(state): State<AppState>) -> Json<Vec<String>> {
    Json(state.shop.touched())
}

async fn touch(State(state): State<AppState>, Json(touch): Json<Touch>) -> StatusCode {
    state.shop.touch(touch.name);
    StatusCode::NO_CONTENT
}

/// A request that stays open: what an app with a live feed does.
async fn poll(State(mut state): State<AppState>) -> StatusCode {
    let _ = tokio::time::timeout(POLL, state.stopped.changed()).await;
    StatusCode::NO_CONTENT
}

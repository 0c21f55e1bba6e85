//! A minefield: an app made for the tests in which 120 controls do what nobody allowed (pay, delete, publish, log out,
//! …) and 60 controls beside them only show something; an account has 20 and 8 more. Each has a counter of its own on
//! the server. It shares nothing with the sample app.
//!
//! `field.tsv` is the table of all of them, `pages.rs` draws the pages, `pages/app.js` makes them act.

mod field;
mod pages;
mod people;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};

pub use self::field::{Planted, find_planted, planted};
pub use self::pages::{address_of, is_served};

/// Which part of the minefield is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// All of it, with a policy linked on the home page.
    Whole,
    /// All of it, without that link: a walk for the policy goes everywhere.
    WithoutPolicy,
    /// A few pages, for the simulated phone, and nothing that only a guard on the wire could hold back.
    Phone,
}

/// What happened to the controls so far.
#[derive(Debug, Default)]
struct Counters {
    /// What a mine stands for happened.
    hits: BTreeMap<String, usize>,
    /// A control was tapped, whatever came of it.
    touches: BTreeMap<String, usize>,
    /// What a harmless control leads to was shown.
    seen: BTreeMap<String, usize>,
}

struct Shared {
    ground: Ground,
    counters: Mutex<Counters>,
    people: people::People,
}

/// A minefield that listens on this machine.
pub struct Minefield {
    address: String,
    shared: Arc<Shared>,
}

impl Minefield {
    /// Serves the minefield on a port that the system chooses.
    pub async fn start(ground: Ground) -> Minefield {
        let shared =
            Arc::new(Shared { ground, counters: Mutex::default(), people: people::People::default() });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}/", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(answer).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Minefield { address, shared }
    }

    /// The address of its home page.
    pub fn url(&self) -> &str {
        &self.address
    }

    /// The mines that were hit, each with how often.
    pub fn hits(&self) -> Vec<String> {
        describe(&self.shared.counters.lock().expect("no panic").hits)
    }

    /// The controls that were tapped, whether or not what they stand for came of it.
    pub fn touches(&self) -> Vec<String> {
        describe(&self.shared.counters.lock().expect("no panic").touches)
    }

    /// How often what a control stands for happened: a mine's hits, a harmless control's showings.
    pub fn count(&self, id: &str) -> usize {
        let counters = self.shared.counters.lock().expect("no panic");
        counters.hits.get(id).or(counters.seen.get(id)).copied().unwrap_or(0)
    }

    /// The harmless controls that are served here and that `which` holds for: all, and those that were not opened.
    pub fn harmless(&self, which: impl Fn(&Planted) -> bool) -> (usize, Vec<String>) {
        let ground = self.shared.ground;
        let served =
            planted().iter().filter(|each| !each.mine && pages::is_served(ground, each) && which(each));
        let all: Vec<_> = served.collect();
        let closed = all.iter().filter(|each| self.count(&each.id) == 0);
        let closed = closed.map(|each| format!("{} {} on {}", each.id, each.label, each.page)).collect();
        (all.len(), closed)
    }

    /// Whether somebody registered with this phone number.
    pub fn has_account(&self, phone: &str) -> bool {
        self.shared.people.has(phone)
    }
}

fn describe(counts: &BTreeMap<String, usize>) -> Vec<String> {
    let line = |(id, count): (&String, &usize)| {
        let label = find_planted(id).map(|each| {
            let words = if each.label.is_empty() { "(no words)" } else { &each.label };
            format!("{words} on {} by {}", each.page, each.how)
        });
        format!("{id} ×{count} {}", label.unwrap_or_default())
    };
    counts.iter().map(line).collect()
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let query = uri.query().unwrap_or_default();
    let id = query.split('&').find_map(|pair| pair.strip_prefix("k=")).unwrap_or_default();
    let count = |which: fn(&mut Counters) -> &mut BTreeMap<String, usize>| {
        assert!(find_planted(id).is_some(), "{id} is in the table");
        *which(&mut shared.counters.lock().expect("no panic")).entry(id.to_owned()).or_insert(0) += 1;
    };
    match uri.path() {
        "/hit" => count(|counters| &mut counters.hits),
        "/touch" => count(|counters| &mut counters.touches),
        "/seen" => count(|counters| &mut counters.seen),
        path => {
            let mine =
                find_planted(id).filter(|each| each.mine && (method != Method::GET || each.how == "get"));
            if let Some(mine) = mine {
                count(|counters| &mut counters.hits);
                return match mine.how.as_str() {
                    "form" | "enter" | "get" => Redirect::to("/done").into_response(),
                    _ => StatusCode::NO_CONTENT.into_response(),
                };
            }
            if let Some(answer) = shared.people.answer(path, &method, &body) {
                return answer;
            }
            let cookie =
                headers.get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
            return pages::draw_page(shared.ground, path, shared.people.is_signed_in(cookie));
        }
    }
    (StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

//! Serves an app of the zoo: its files with the variant's parts chosen, what it is made with, and its own answers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::desk::Desk;
use super::labels::App;
use super::parts;
use super::people::People;
use super::weather::{Names, Weather};

/// Where the apps and what they are made with lie.
pub const ZOO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/zoo");
const KITS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/kits");

/// A request as an app's own answers see it.
pub struct Asked<'a> {
    pub method: &'a Method,
    pub path: &'a str,
    pub query: &'a str,
    pub headers: &'a HeaderMap,
    pub body: &'a str,
}

/// An app that listens on this machine.
pub struct Served {
    /// The address that it begins at.
    pub url: String,
    /// The same without the path.
    pub origin: String,
}

struct Shared {
    /// The app's folder.
    root: PathBuf,
    flags: BTreeSet<String>,
    weather: Weather,
    /// Names of classes and ids, which the weather may scramble.
    names: Names,
    /// Addresses without a file are the app's own, to be made out by its script.
    history: bool,
    people: People,
    desk: Option<Desk>,
    /// The address of the app's other half, where it has one.
    other: String,
}

/// Serves a variant of an app in some weather.
pub async fn serve(app: &App, flags: &[String], weather: &Weather) -> Served {
    let root = Path::new(ZOO).join("apps").join(&app.folder);
    // Another host by name is another site to the browser, and gets a process of its own.
    let other = match root.join("inner").is_dir() {
        true => listen(share(app, root.join("inner"), flags, weather, String::new())).await.1,
        false => String::new(),
    };
    let (origin, _) = listen(share(app, root, flags, weather, other)).await;
    Served { url: format!("{origin}{}", app.begins_at), origin }
}

fn share(app: &App, root: PathBuf, flags: &[String], weather: &Weather, other: String) -> Shared {
    let flags: BTreeSet<String> = flags.iter().cloned().collect();
    let desk = (app.folder == "library").then(|| Desk::open(&root, &flags));
    Shared {
        weather: weather.clone(),
        names: Names::find(&root, &app.prefixes),
        history: app.history,
        people: People::new(&flags),
        flags,
        desk,
        other,
        root,
    }
}

/// Listens; the address by number and by name.
async fn listen(shared: Shared) -> (String, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let router = Router::new().fallback(answer).with_state(Arc::new(shared));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (format!("http://127.0.0.1:{port}"), format!("http://localhost:{port}"))
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    tokio::time::sleep(shared.weather.delay(uri.path())).await;
    let body = String::from_utf8_lossy(&body);
    let (path, query) = (uri.path(), uri.query().unwrap_or_default());
    let asked = Asked { method: &method, path, query, headers: &headers, body: &body };
    if let Some(answer) = shared.people.answer(&asked) {
        return answer;
    }
    if let Some(answer) = shared.desk.as_ref().and_then(|desk| desk.answer(&asked)) {
        return shared.in_weather(answer).await;
    }
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::NO_CONTENT.into_response();
    }
    shared.file(path)
}

impl Shared {
    fn file(&self, path: &str) -> Response {
        let path = if path == "/" { "/index.html" } else { path };
        let found = match path.strip_prefix("/lib/") {
            Some(below) => find_library(below),
            None => inside(&self.root, path.trim_start_matches('/')),
        };
        let found = found.or_else(|| self.history.then(|| self.root.join("index.html")));
        let Some((path, bytes)) = found.and_then(|path| Some((path.clone(), std::fs::read(path).ok()?)))
        else {
            return (StatusCode::NOT_FOUND, "404").into_response();
        };
        let kind = kind_of(&path);
        let own = path.starts_with(&self.root) || path.starts_with(Path::new(ZOO).join("built"));
        match String::from_utf8(bytes) {
            Ok(text) if kind.starts_with("text/") => {
                let text = if own { self.choose(&text) } else { text };
                let text = self.weather.over(text, kind, own, &self.names);
                ([(header::CONTENT_TYPE, kind)], text).into_response()
            }
            Ok(text) => ([(header::CONTENT_TYPE, kind)], text).into_response(),
            Err(bytes) => ([(header::CONTENT_TYPE, kind)], bytes.into_bytes()).into_response(),
        }
    }

    /// Chooses the variant's parts of a file of the app's own.
    fn choose(&self, text: &str) -> String {
        parts::choose(text, &self.flags).replace("{{other}}", &self.other)
    }

    /// Puts the weather over a page that the app's server made.
    async fn in_weather(&self, answer: Response) -> Response {
        let (head, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, 1 << 20).await.expect("a page of ours");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut head = head;
        head.headers.remove(header::CONTENT_LENGTH);
        Response::from_parts(
            head,
            self.weather.over(text, "text/html; charset=utf-8", true, &self.names).into(),
        )
    }
}

/// Finds a file of what the apps are made with: bundles built by `build.mjs`, the zoo's own packages, or the kits'.
fn find_library(below: &str) -> Option<PathBuf> {
    let zoo = Path::new(ZOO);
    let places = [zoo.join("built"), zoo.join("node_modules"), Path::new(KITS).join("node_modules")];
    places.iter().find_map(|place| inside(place, below))
}

/// Returns a file below a folder; nothing outside of it.
fn inside(folder: &Path, below: &str) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    let path = folder.join(below).canonicalize().ok()?;
    (path.starts_with(&folder) && path.is_file()).then_some(path)
}

fn kind_of(path: &Path) -> &'static str {
    match path.extension().and_then(|ext| ext.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

//! Weather over an app: what must not change a verdict.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use regex::Regex;

/// What an app is driven in.
#[derive(Debug, Clone, Default)]
pub struct Weather {
    /// Each answer comes after 0 to 2,000 ms, by this seed.
    pub latency: Option<u64>,
    /// The names of classes and ids say nothing.
    pub scrambled: bool,
    /// Every button is a `div`.
    pub divs: bool,
    /// The system shows its apps in the dark.
    pub dark: bool,
    /// The system speaks English.
    pub english: bool,
    /// A window of a desktop's width.
    pub desktop: bool,
    /// The machine has a quarter of its speed left.
    pub slow: bool,
    /// How many requests were answered.
    pub asked: std::sync::Arc<AtomicUsize>,
}

/// The longest wait for an answer, ms.
const LONGEST: u64 = 2000;

/// A class or an id where it is given: `class="a-b c-d"`, `className: 'a-b'`, `id=a-b`, `el.className = 'a-b'`.
static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:class|className|id)\s*[=:]\s*(?:"([^"<>]*)"|'([^'<>]*)'|([\w-]+))"#).expect("a pattern")
});
static OPENS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<button\b").expect("a pattern"));

/// Makes a `div` of what a script makes a button of, and lets it act as one.
const DIVS: &str = include_str!("divs.js");

impl Weather {
    /// Returns how long an answer takes: the same for the same seed and the same number of requests for it.
    pub fn delay(&self, path: &str) -> Duration {
        let Some(seed) = self.latency else { return Duration::ZERO };
        let mut hasher = DefaultHasher::new();
        (seed, path, self.asked.fetch_add(1, Ordering::Relaxed)).hash(&mut hasher);
        // What an app is made with comes from nearby: only its pages and answers are far away.
        let longest = if path.starts_with("/lib/") { LONGEST / 10 } else { LONGEST };
        Duration::from_millis(hasher.finish() % (longest + 1))
    }

    /// Puts the weather over a file; `own` says that the app's author wrote it.
    pub fn over(&self, text: String, kind: &str, own: bool, names: &Names) -> String {
        let mut text = text;
        if self.scrambled {
            text = names.scramble(text, own);
        }
        if self.divs && own {
            text = OPENS.replace_all(&text, "<div data-was=button").replace("</button>", "</div>");
            if kind.starts_with("text/html") {
                let script = format!("<script>{DIVS}</script>");
                text = match text.find("<meta") {
                    Some(at) => format!("{}{script}{}", &text[..at], &text[at..]),
                    None => script + &text,
                };
            }
        }
        text
    }

    /// Writes a browser's starter for this weather into a folder, where one is needed.
    pub fn write_starter(&self, folder: &Path) -> Option<std::path::PathBuf> {
        let dark = if self.dark { "--blink-settings=preferredColorScheme=0" } else { "" };
        let english = if self.english { "--lang=en-US --accept-lang=en-US" } else { "" };
        if !self.dark && !self.english {
            return None;
        }
        let browser = ["chromium", "chromium-browser", "google-chrome"]
            .iter()
            .find_map(|name| {
                let paths = std::env::var_os("PATH")?;
                std::env::split_paths(&paths).map(|path| path.join(name)).find(|path| path.is_file())
            })
            .expect("a browser");
        let starter = folder.join("browser");
        let text = format!("#!/bin/sh\nexec {} \"$@\" {dark} {english}\n", browser.display());
        std::fs::write(&starter, text).expect("writes");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&starter, mode).expect("sets");
        Some(starter)
    }
}

/// Returns another name, the same for the same name wherever it stands.
fn rename(name: &str) -> String {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    format!("x{:06x}", hasher.finish() & 0xff_ffff)
}

/// The names of an app's classes and ids, which may say nothing in some weather.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// With a `-` or `_`, as the app's author gave them; the longest first, as one may be in another. Plain words stay: they
    /// may be words of the page as well.
    own: Vec<String>,
    /// What a kit's names begin with.
    prefixes: Vec<String>,
}

impl Names {
    /// Finds the names in an app's folder.
    pub fn find(folder: &Path, prefixes: &[String]) -> Names {
        let mut own = BTreeSet::new();
        for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap_or_default();
            let given = GIVEN
                .captures_iter(&text)
                .filter_map(|found| (1..=3).find_map(|group| found.get(group)))
                .flat_map(|names| names.as_str().split_whitespace())
                .filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'))
                .filter(|name| name.contains(['-', '_']) && name.len() > 3)
                .filter(|name| !prefixes.iter().any(|prefix| name.starts_with(prefix)));
            own.extend(given.map(str::to_owned));
        }
        let mut own: Vec<String> = own.into_iter().collect();
        own.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Names { own, prefixes: prefixes.to_vec() }
    }

    fn scramble(&self, text: String, own: bool) -> String {
        let mut text = text;
        for name in self.own.iter().filter(|_| own) {
            text = text.replace(name.as_str(), &rename(name));
        }
        for prefix in &self.prefixes {
            text = text.replace(prefix.as_str(), &format!("{}-", rename(prefix)));
        }
        text
    }
}

/// Takes the machine's speed away while it lives: three threads beside each processor.
pub struct Load(std::sync::Arc<std::sync::atomic::AtomicBool>);

impl Load {
    pub fn on() -> Load {
        let on = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        for _ in 0..processors * 3 {
            let on = on.clone();
            std::thread::spawn(move || {
                while on.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        Load(on)
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

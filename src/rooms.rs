//! Holds every `use` line and every `crate::…` path of the program against the table of rooms in `docs/architecture.md`:
//! a room knows only rooms on lower floors, and no two files know each other in a circle. Open this file when one of its
//! tests fails: it says which file knows what it must not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

/// Arrows between rooms that run up or sideways, still to be mended: `from/file → to`.
const ARROWS_TO_MEND: &[&str] = &[];
/// Circles of files inside a room, still to be mended, each by the first of its files.
const CIRCLES_TO_MEND: &[&str] = &[];

/// A `use` line, and whether it hands its names on.
static USE_LINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)\b(pub(?:\([a-z]+\))? )?use ([^;]+);").expect("a pattern"));
/// A path that stands in the middle of the code.
static INLINE_PATH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b[a-z_]\w*(?:::[A-Za-z_]\w*)+").expect("a pattern"));
/// A name that is declared.
static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:struct|enum|trait|fn|const|static|type) ([A-Za-z_]\w*)").expect("a pattern")
});

/// A file of the program without its comments and its tests.
struct Source {
    /// `probes/account/way`, `probes` for `probes/mod.rs`.
    module: String,
    /// Its `use` lines, a path for each name: whether it is handed on, and the path.
    uses: Vec<(bool, Vec<String>)>,
    /// What it declares.
    declares: BTreeSet<String>,
    /// Everything but its `use` lines.
    body: String,
}

/// All files, by the module that each holds.
struct Program {
    sources: BTreeMap<String, Source>,
}

/// One name that a file takes from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    from: String,
    to: String,
}

impl Program {
    fn read() -> Program {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut sources = BTreeMap::new();
        read_folder(&root, &root, &mut sources);
        Program { sources }
    }

    /// The file that a path from the crate's root leads to: re-exported names lead to where they are declared.
    fn file_of(&self, path: &[String], depth: usize) -> Option<String> {
        let length =
            (1..=path.len()).rev().find(|&length| self.sources.contains_key(&path[..length].join("/")))?;
        let module = path[..length].join("/");
        let Some(name) = path.get(length).filter(|_| depth < 4) else { return Some(module) };
        let source = &self.sources[&module];
        for (public, exported) in source.uses.clone() {
            let Some(exported) = self.absolute(&module, &exported).filter(|_| public) else { continue };
            let declares = || {
                let file = self.sources.get(&exported[..exported.len() - 1].join("/"));
                file.is_some_and(|file| file.declares.contains(name))
            };
            match exported.last().map(String::as_str) {
                Some("*") if declares() => return Some(exported[..exported.len() - 1].join("/")),
                Some(last) if last == name => return self.file_of(&exported, depth + 1),
                _ => {}
            }
        }
        Some(module)
    }

    /// A path as it stands in a module, from the crate's root; `None` where it leads out of the crate.
    fn absolute(&self, module: &str, path: &[String]) -> Option<Vec<String>> {
        let own: Vec<String> = module.split('/').map(str::to_owned).collect();
        let mut at = match path.first()?.as_str() {
            "crate" => Vec::new(),
            "self" => own,
            "super" => own[..own.len() - 1].to_vec(),
            first if self.sources.contains_key(&format!("{module}/{first}")) => {
                [own.as_slice(), &[first.to_owned()]].concat()
            }
            _ => return None,
        };
        for part in &path[1..] {
            match part.as_str() {
                "super" => drop(at.pop()),
                "self" => {}
                part => at.push(part.to_owned()),
            }
        }
        Some(at)
    }

    /// Every file that a file takes something from.
    fn arrows(&self) -> BTreeSet<Arrow> {
        let mut arrows = BTreeSet::new();
        for source in self.sources.values() {
            let inline = INLINE_PATH.find_iter(&source.body);
            let inline = inline.map(|found| found.as_str().split("::").map(str::to_owned).collect());
            // What is only handed on is known to whoever takes it from here.
            let used = source.uses.clone().into_iter().filter(|(public, _)| !public).map(|(_, path)| path);
            for path in used.chain(inline) {
                let to = self.absolute(&source.module, &path).and_then(|path| self.file_of(&path, 0));
                if let Some(to) = to.filter(|to| *to != source.module) {
                    arrows.insert(Arrow { from: source.module.clone(), to });
                }
            }
        }
        arrows
    }
}

fn read_folder(root: &Path, folder: &Path, sources: &mut BTreeMap<String, Source>) {
    for entry in std::fs::read_dir(folder).expect("the program's own folder").flatten() {
        let path = entry.path();
        let name = path.strip_prefix(root).expect("below it").to_string_lossy().into_owned();
        if path.is_dir() {
            read_folder(root, &path, sources);
        } else if let Some(module) = name.strip_suffix(".rs") {
            let module = module.strip_suffix("/mod").unwrap_or(module).to_owned();
            if module.ends_with("tests") || ["main", "lib", "rooms"].contains(&module.as_str()) {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a file of the program");
            let text = without_tests_and_comments(&text);
            let declares = DECLARED.captures_iter(&text).map(|name| name[1].to_owned()).collect();
            let body = USE_LINE.replace_all(&text, "").into_owned();
            sources.insert(module.clone(), Source { module, uses: uses(&text), declares, body });
        }
    }
}

fn without_tests_and_comments(text: &str) -> String {
    let mut lines = Vec::new();
    let mut of_tests = false;
    for line in text.lines() {
        let bare = line.trim_start();
        if bare == "mod tests {" {
            break;
        }
        of_tests |= line == "#[cfg(test)]";
        if !bare.starts_with("//") && !of_tests {
            lines.push(line);
        }
        // What is for tests alone ends with its line, or with its closing brace in the first column.
        of_tests &= !(line.ends_with(';') || line == "}");
    }
    lines.join("\n")
}

/// The `use` lines of a text, a path for each name: whether it is handed on, and the path.
fn uses(text: &str) -> Vec<(bool, Vec<String>)> {
    let mut found = Vec::new();
    for line in USE_LINE.captures_iter(text) {
        let tree: String = line[2].chars().filter(|c| !c.is_whitespace() || *c == ' ').collect();
        let mut paths = Vec::new();
        expand(&tree, &mut Vec::new(), &mut paths);
        found.extend(paths.into_iter().map(|path| (line.get(1).is_some(), path)));
    }
    found
}

/// Writes out `a::{b, c::d}` as the paths that it means.
fn expand(tree: &str, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let tree = tree.trim();
    if let Some((head, inner)) = tree.split_once('{') {
        let heads: Vec<String> =
            head.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let length = before.len();
        before.extend(heads);
        let inner = inner.strip_suffix('}').unwrap_or(inner);
        let (mut depth, mut begun) = (0, 0);
        for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    if !inner[begun..at].trim().is_empty() {
                        expand(&inner[begun..at], before, found);
                    }
                    begun = at + 1;
                }
                _ => {}
            }
        }
        before.truncate(length);
        return;
    }
    let path = tree.split(" as ").next().unwrap_or_default();
    let mut whole = before.clone();
    whole.extend(
        path.split("::").map(str::trim).filter(|part| !part.is_empty() && *part != "self").map(str::to_owned),
    );
    if path == "self" || path.starts_with("self::") {
        let own = before.is_empty().then(|| "self".to_owned());
        whole = before.iter().cloned().chain(own).chain(whole.into_iter().skip(before.len())).collect();
    }
    found.push(whole);
}

fn room_of(module: &str) -> &str {
    module.split('/').next().unwrap_or_default()
}

/// The floor of each room, as the table in `docs/architecture.md` has it: `| 3 | `language/` | … |`.
fn floors() -> BTreeMap<String, usize> {
    let row = Regex::new(r"(?m)^\| (\d+) \| `([a-z_]+)(?:/|\.rs)` \|").expect("a pattern");
    let text = include_str!("../docs/architecture.md");
    row.captures_iter(text).map(|row| (row[2].to_owned(), row[1].parse().expect("digits"))).collect()
}

/// Groups of files that know each other in a circle, by the first of each.
fn circles(arrows: &BTreeSet<Arrow>) -> BTreeMap<String, String> {
    let mut reaches: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for arrow in arrows {
        reaches.entry(&arrow.from).or_default().insert(&arrow.to);
    }
    loop {
        let mut grown = false;
        for from in reaches.keys().copied().collect::<Vec<_>>() {
            let further: BTreeSet<&str> =
                reaches[from].iter().filter_map(|to| reaches.get(to)).flatten().copied().collect();
            let known = reaches.entry(from).or_default();
            let before = known.len();
            known.extend(further);
            grown |= known.len() > before;
        }
        if !grown {
            break;
        }
    }
    let knows = |a: &str, b: &str| reaches.get(a).is_some_and(|reached| reached.contains(b));
    let group = |of: &str| {
        let others = reaches.keys().filter(|other| knows(of, other) && knows(other, of));
        others.copied().collect::<Vec<_>>().join(" ⇄ ")
    };
    let circles = reaches.keys().filter(|file| knows(file, file)).map(|file| group(file));
    // The first of a circle names it.
    circles.map(|circle| (circle.split(' ').next().unwrap_or_default().to_owned(), circle)).collect()
}

/// Holds what was found against the list of what is still to be mended.
fn compare(found: &BTreeMap<String, String>, to_mend: &[&str], what: &str) {
    let new: Vec<_> =
        found.iter().filter(|(name, _)| !to_mend.contains(&name.as_str())).map(|(_, found)| found).collect();
    assert!(new.is_empty(), "{what}, see docs/architecture.md:\n{new:#?}");
    let mended: Vec<_> = to_mend.iter().filter(|known| !found.contains_key(**known)).collect();
    assert!(mended.is_empty(), "mended, so take it off the list:\n{mended:#?}");
}

#[test]
fn every_room_stands_in_the_table() {
    let floors = floors();
    let program = Program::read();
    let rooms: BTreeSet<&str> = program.sources.keys().map(|module| room_of(module)).collect();
    let drawn: BTreeSet<&str> = floors.keys().map(String::as_str).collect();
    assert_eq!(rooms, drawn, "rooms in src/ beside rooms in the table of docs/architecture.md");
}

#[test]
fn rooms_know_only_rooms_on_lower_floors() {
    let floors = floors();
    let arrows = Program::read().arrows();
    assert!(arrows.len() > 300, "only {} arrows were found: are `use` lines still read?", arrows.len());
    let wrong = arrows.iter().filter(|arrow| {
        let (from, to) = (room_of(&arrow.from), room_of(&arrow.to));
        from != to && floors.get(from) <= floors.get(to)
    });
    let wrong = wrong
        .map(|arrow| format!("{} → {}", arrow.from, arrow.to))
        .map(|arrow| (arrow.clone(), arrow))
        .collect();
    compare(&wrong, ARROWS_TO_MEND, "a room knows one that is not on a lower floor");
}

#[test]
fn no_files_of_a_room_know_each_other_in_a_circle() {
    let arrows = Program::read().arrows();
    let inside = arrows.into_iter().filter(|arrow| room_of(&arrow.from) == room_of(&arrow.to)).collect();
    compare(&circles(&inside), CIRCLES_TO_MEND, "files of one room know each other in a circle");
}

#[test]
fn use_lines_are_read_as_the_compiler_reads_them() {
    let text = "use crate::app::{self, web::{Web as W, tabs}};\npub use self::x::*;\nuse super::super::goal;";
    let read: Vec<String> = uses(text).into_iter().map(|(_, path)| path.join("::")).collect();
    let expected =
        ["crate::app", "crate::app::web::Web", "crate::app::web::tabs", "self::x::*", "super::super::goal"];
    assert_eq!(read, expected);
}

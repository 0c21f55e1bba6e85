//! Holds the reading of statements against the labelled policies of `tests/policies/`: pieces with what each states, put
//! together as text, Markdown, a page or Word's page, by 24 recipes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::gaps::{self, Weight};
use super::statement::{Channel, Fact, Scope, Serves, Statement};
use super::*;
use crate::thresholds::Thresholds;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Piece {
    #[serde(default)]
    heading: String,
    text: String,
    truth: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recipe {
    name: String,
    form: String,
    numbers: String,
    #[serde(default)]
    mess: String,
    #[serde(default)]
    complete: bool,
    #[serde(default)]
    gaps: BTreeSet<String>,
    blocks: Vec<String>,
}

fn read<T: for<'d> Deserialize<'d>>(name: &str) -> T {
    let path = format!("{}/tests/policies/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_saphyr::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn pieces() -> BTreeMap<String, Piece> {
    let mut all: BTreeMap<String, Piece> = BTreeMap::new();
    for file in ["blocks-about.yaml", "blocks-collecting.yaml", "blocks-rights.yaml"] {
        all.extend(read::<BTreeMap<String, Piece>>(file));
    }
    all
}

const CHINESE: [&str; 15] =
    ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"];

/// Puts a policy together as its recipe says.
fn cook(recipe: &Recipe, pieces: &BTreeMap<String, Piece>) -> String {
    let mut out = String::new();
    let page = ["html", "word"].contains(&recipe.form.as_str());
    let mut number = 0;
    for name in &recipe.blocks {
        let piece = pieces.get(name).unwrap_or_else(|| panic!("{}: no piece {name}", recipe.name));
        if !piece.heading.is_empty() {
            let number = {
                number += 1;
                number
            };
            let numbered = match recipe.numbers.as_str() {
                "chinese" => format!("{}、{}", CHINESE[number - 1], piece.heading),
                "arabic" => format!("{number}. {}", piece.heading),
                _ => piece.heading.clone(),
            };
            out += &match recipe.form.as_str() {
                "html" => format!("<h2>{numbered}</h2>\n"),
                "word" => {
                    format!("<p class=MsoNormal><b><span lang=ZH-CN>{numbered}<o:p></o:p></span></b></p>\n")
                }
                "md" => format!("\n## {numbered}\n\n"),
                _ => format!("\n{numbered}\n"),
            };
        }
        let mut table = false;
        for line in piece.text.lines() {
            if let Some(row) = line.strip_prefix("| ") {
                let cells: Vec<&str> = row.split(" | ").collect();
                out += &match (page, recipe.form.as_str()) {
                    (true, _) => {
                        let row: String =
                            cells.iter().map(|cell| format!("<td><p>{cell}</p></td>")).collect();
                        format!("{}<tr>{row}</tr>\n", if table { "" } else { "<table border=1>" })
                    }
                    (_, "md") => format!("| {} |\n", cells.join(" | ")),
                    _ => format!("{}\n", cells.join("\t")),
                };
                table = true;
                continue;
            }
            if page && table {
                out += "</table>";
                table = false;
            }
            out += &match (page, line.strip_prefix("- ")) {
                (true, Some(entry)) => format!("<ul><li>{entry}</li></ul>\n"),
                (true, None) => format!("<p>{}</p>\n", line.replace('，', "，<span></span>")),
                (false, Some(entry)) if recipe.form == "md" => format!("- {entry}\n"),
                (false, Some(entry)) => format!("• {entry}\n"),
                (false, None) => format!("{line}\n"),
            };
        }
        if page && table {
            out += "</table>\n";
        }
    }
    if page {
        out = format!(
            "<html><head><title>政策</title><style>p{{color:red}}</style></head><body>{out}</body></html>"
        );
    }
    match recipe.mess.as_str() {
        // What a text layer and careless editors leave: spaces beside English and digits, no-break spaces.
        "spaces" => out
            .replace("手机号", "手机 号")
            .replace("SDK", " SDK")
            .replace("15个", "15 个")
            .replace('。', "。\u{a0}"),
        "crlf" => out.replace('\n', "\r\n"),
        _ => out,
    }
}

fn read_policy(recipe: &Recipe, source: &str) -> Policy {
    match ["html", "word"].contains(&recipe.form.as_str()) {
        true => Policy::of_html(source),
        false => Policy::of_text(source),
    }
}

/// The same words for what was read and for what is true, by kind of statement. What is not sure counts as read.
fn key_of(statement: &Statement) -> Option<(&'static str, String)> {
    Some(match &statement.fact {
        Fact::Collects { kind, .. } => ("collects", kind.clone()),
        Fact::Permission { permission, .. } => ("permissions", permission.clone()),
        Fact::Receiver { name, .. } => ("receivers", name.replace(' ', "")),
        Fact::Retention { count, unit } => {
            let said = count.zip(*unit).map(|(count, unit)| format!("{count} {}", unit.name()));
            ("retention", said.unwrap_or_else(|| "no figure".to_owned()))
        }
        Fact::Storage { place } => ("storage", place.name()),
        Fact::Right { .. } if !statement.sure => return None,
        Fact::Right { right, .. } => ("rights", right.name()),
        Fact::Condition { condition } => ("conditions", condition.name()),
        Fact::Channel { serves: Serves::State, .. } => return None,
        Fact::Channel { means, says, .. } => {
            let named = matches!(means, Channel::Phone | Channel::Mail | Channel::Web);
            ("channels", if named { format!("{} {says}", means.name()) } else { means.name() })
        }
        Fact::Limit { about: statement::About::CoolingOff, .. } => return None,
        Fact::Limit { about, count, unit } => ("limits", format!("{} {count} {}", about.name(), unit.name())),
        Fact::Operator { name } => ("operator", name.clone()),
        Fact::Date { date, of } => ("dates", format!("{} {date}", of.name())),
        Fact::Version { version } => ("version", version.trim_start_matches(['V', 'v']).to_owned()),
        Fact::Denial { act, kinds, scope } => {
            // A denial that names no kind and holds under conditions, or of children, denies nothing that is tested.
            if *scope == Scope::Conditional && kinds.is_empty() {
                return None;
            }
            ("denials", format!("{} {} {}", act.name(), scope.name(), kinds.join(" ")).trim().to_owned())
        }
    })
}

#[derive(Default)]
struct Score {
    right: usize,
    wrong: Vec<String>,
    missed: Vec<String>,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong.len()).max(1) as f64
    }
    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed.len()).max(1) as f64
    }
}

/// What precision and recall must reach, per kind of statement.
const REACHED: f64 = 0.95;

#[test]
fn statements_are_read_with_precision_and_recall() {
    let (recipes, pieces): (Vec<Recipe>, _) = (read("recipes.yaml"), pieces());
    assert_eq!(recipes.len(), 24);
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for recipe in &recipes {
        let source = cook(recipe, &pieces);
        let policy = read_policy(recipe, &source);
        let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (kind, key) in policy.statements.iter().filter_map(key_of) {
            found.entry(kind).or_default().insert(key);
        }
        let mut truth: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for name in &recipe.blocks {
            for (kind, keys) in &pieces[name].truth {
                let conditional =
                    |key: &&String| !(kind == "denials" && key.trim_end().ends_with("conditional"));
                let keys = keys.iter().filter(conditional).map(|key| key.trim().replace("SDK ", "SDK"));
                let keys = keys.map(|key| if kind == "receivers" { key.replace(' ', "") } else { key });
                truth.entry(kind).or_default().extend(keys);
            }
        }
        for kind in [
            "collects",
            "permissions",
            "receivers",
            "retention",
            "storage",
            "rights",
            "conditions",
            "channels",
            "limits",
            "operator",
            "dates",
            "version",
            "denials",
        ] {
            let none = BTreeSet::new();
            let (read, there) = (found.get(kind).unwrap_or(&none), truth.get(kind).unwrap_or(&none));
            let score = scores.entry(kind).or_default();
            score.right += read.intersection(there).count();
            score.wrong.extend(read.difference(there).map(|key| format!("{}: {key}", recipe.name)));
            score.missed.extend(there.difference(read).map(|key| format!("{}: {key}", recipe.name)));
        }
    }
    let mut low = Vec::new();
    for (kind, score) in &scores {
        println!(
            "{kind:12} precision {:.3} recall {:.3} of {}",
            score.precision(),
            score.recall(),
            score.right + score.missed.len()
        );
        println!("    wrong {:?}\n    missed {:?}", score.wrong, score.missed);
        if score.precision() < REACHED || score.recall() < REACHED {
            low.push(*kind);
        }
    }
    assert!(low.is_empty(), "below {REACHED}: {low:?}");
}

#[test]
fn gaps_are_found_and_complete_policies_have_none_that_is_grave() {
    let (recipes, pieces): (Vec<Recipe>, _) = (read("recipes.yaml"), pieces());
    let thresholds = Thresholds::default();
    let mut wrong = Vec::new();
    for recipe in &recipes {
        let source = cook(recipe, &pieces);
        let policy = read_policy(recipe, &source);
        let found = gaps::find(&policy, &thresholds);
        let names: BTreeSet<&str> = found.iter().map(|gap| gap.gap).collect();
        let grave: BTreeSet<&str> =
            found.iter().filter(|gap| gap.weight == Weight::Grave).map(|gap| gap.gap).collect();
        let missed: Vec<&String> = recipe.gaps.iter().filter(|gap| !names.contains(gap.as_str())).collect();
        let more: Vec<&&str> = grave.iter().filter(|gap| !recipe.gaps.contains(**gap)).collect();
        if !missed.is_empty() || !more.is_empty() || recipe.complete != recipe.gaps.is_empty() {
            wrong.push(format!("{}: missed {missed:?}, grave beyond {more:?}", recipe.name));
        }
        let characters = policy.document.text.chars().count();
        assert!((1900..20_000).contains(&characters), "{}: {characters} characters", recipe.name);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_statement_stands_where_it_says() {
    let (recipes, pieces): (Vec<Recipe>, _) = (read("recipes.yaml"), pieces());
    for recipe in &recipes {
        let policy = read_policy(recipe, &cook(recipe, &pieces));
        for statement in &policy.statements {
            let begins: String = statement.quote.chars().take(12).collect();
            let there = policy.document.passage(statement.at, 12).replace('\t', " ");
            assert!(
                there.starts_with(&begins) || begins.starts_with(there.trim_end()),
                "{there:?} {begins:?}"
            );
        }
    }
}

//! Reading a scenario, with errors that show the line, the column and the nearest valid word.

// A scenario is read once a run: a large error costs nothing here.
#![allow(clippy::result_large_err)]

use std::path::Path;

use miette::{Diagnostic, NamedSource, SourceSpan};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_saphyr::Error as YamlError;

use super::probe_names::with_probes;
use super::secret::NO_LITERAL;
use super::{Scenario, Step, Target};
use crate::acceptance::{Acceptance, read_acceptances};
use crate::language::rights;

/// A scenario that cannot be used. Exit code 2.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum ScenarioError {
    #[error("cannot read {path}: {source}")]
    #[diagnostic(help("`candor init URL` writes a first scenario"))]
    Open { path: String, source: std::io::Error },
    #[error("cannot read {path}: {source}")]
    OpenOther { path: String, source: std::io::Error },
    #[error("{path}:{line}:{column}: {why}")]
    Invalid {
        path: String,
        line: usize,
        column: usize,
        why: String,
        #[source_code]
        text: NamedSource<String>,
        #[label("here")]
        at: SourceSpan,
        #[help]
        help: Option<String>,
    },
}

/// Reads the scenario in a file; `probes` are the names of probes that it may use.
///
/// # Errors
/// When it cannot be read or says something that a scenario cannot say.
pub fn read(path: &Path, probes: &'static [&'static str]) -> Result<(Scenario, String), ScenarioError> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|source| ScenarioError::Open { path: shown.clone(), source })?;
    Ok((read_text(&text, &shown, probes)?, text))
}

/// Reads a scenario from its text; `shown` names it in errors, `probes` are the names of probes that it may use.
///
/// # Errors
/// As [`read`].
pub fn read_text(
    text: &str,
    shown: &str,
    probes: &'static [&'static str],
) -> Result<Scenario, ScenarioError> {
    let help = "a scenario begins with `app:`; `candor init URL` writes one";
    let scenario: Scenario = with_probes(probes, || parse(text, shown, help))?;
    if let Some((at, why, help)) = find_fault_in_versions(&scenario) {
        return Err(explain_place(text, shown, &at, why, help.to_owned()));
    }
    // What is typed where a password belongs must not stand in the file either.
    let typed = scenario.all_steps().find(|step| match &step.value {
        Step::Type(typed) => {
            let into = typed.into.text.as_deref().or(typed.into.id.as_deref()).unwrap_or_default();
            rights::kind_of(into) == Some("password") && !typed.text.starts_with('$')
        }
        _ => false,
    });
    match typed {
        Some(step) => {
            let at = &step.referenced;
            Err(literal(text, shown, at.line() as usize, at.column() as usize))
        }
        None => Ok(scenario),
    }
}

/// A file of acceptances.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AcceptanceFile {
    #[serde(deserialize_with = "read_acceptances")]
    accept: Vec<Acceptance>,
}

/// Reads a file of acceptances: a map with the list `accept:`, as a scenario has it.
///
/// # Errors
/// When it cannot be read or says something else.
pub fn read_acceptance_file(path: &Path) -> Result<Vec<Acceptance>, ScenarioError> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|source| ScenarioError::OpenOther { path: shown.clone(), source })?;
    let file: AcceptanceFile = parse(&text, &shown, "a file of acceptances begins with `accept:`")?;
    Ok(file.accept)
}

/// Reads a YAML text; `begins` is the help for an empty one.
fn parse<T: DeserializeOwned>(text: &str, shown: &str, begins: &str) -> Result<T, ScenarioError> {
    let invalid = |line: usize, column: usize, why: String, help: Option<String>| {
        invalid_at(text, shown, (line, column), why, help)
    };
    if text.trim().is_empty() {
        return Err(invalid(1, 1, "the file is empty".to_owned(), Some(begins.to_owned())));
    }
    if let Some((at, line)) =
        text.lines().enumerate().find(|(_, line)| line.trim_start_matches(' ').starts_with('\t'))
    {
        let column = line.len() - line.trim_start_matches(' ').len() + 1;
        let help = "YAML is indented with spaces: replace the tab with two of them".to_owned();
        return Err(invalid(at + 1, column, "a tab where spaces indent".to_owned(), Some(help)));
    }
    serde_saphyr::from_str(text).map_err(|e: YamlError| {
        let place = |at: &serde_saphyr::Location| (at.line() as usize, at.column() as usize);
        let (line, column) = e.location().as_ref().map_or((1, 1), place);
        let why = plain(&e);
        if why.contains(NO_LITERAL) {
            return literal(text, shown, line, column);
        }
        let help = nearest(&why).or_else(|| lacking(&why));
        invalid(line, column, why, help)
    })
}

/// What an acceptance must have, where it lacks some of it.
fn lacking(why: &str) -> Option<String> {
    let of_acceptance = ["`reason`", "`by`", "`until`"].iter().any(|field| why.contains(field));
    (why.starts_with("missing field") && of_acceptance).then(|| {
        "an acceptance says `item`, `reason`, `by` and `until`, the last day on which it holds".to_owned()
    })
}

/// Says what is wrong with the two versions of an app, and where.
fn find_fault_in_versions(scenario: &Scenario) -> Option<(serde_saphyr::Location, String, &'static str)> {
    let upgrade = scenario.upgrade.as_ref()?;
    let from = upgrade.from.value.as_str();
    let (why, help) = match &scenario.app.target {
        Target::Web(web) => match url::Url::parse(from) {
            Err(e) => (
                format!("`{from}` is no address: {e}"),
                "the address of the version before, such as https://shop.example/v1/",
            ),
            Ok(url) if url == web.url => (
                "this is the address of the target: the same version twice".to_owned(),
                "give the address of the version before; for a policy that changed on the server, `earlier: FOLDER`",
            ),
            Ok(url) if url.origin() != web.url.origin() => (
                format!("{from} is of another origin than the target, so nothing that was stored is kept"),
                "serve both versions from one origin: an upgrade keeps what the app stored",
            ),
            Ok(_) => return None,
        },
        _ => match upgrade.to.as_deref() {
            None => (
                "on a phone `to` is needed as well".to_owned(),
                "give the package of the version that is audited: `to: shop-2.apk`",
            ),
            Some(to) if to == from => (
                "`from` and `to` are the same package: the same version twice".to_owned(),
                "give the package of the version before as `from`",
            ),
            Some(_) => return None,
        },
    };
    Some((upgrade.from.referenced, why, help))
}

/// The error for a password in the file's text. What is shown of the file does not have it.
fn literal(text: &str, shown: &str, line: usize, column: usize) -> ScenarioError {
    let hidden: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, own)| match (at + 1).cmp(&line) {
            std::cmp::Ordering::Less => own.to_owned(),
            std::cmp::Ordering::Equal => {
                let kept: String = own.chars().take(column.saturating_sub(1)).collect();
                format!("{kept}••••••")
            }
            std::cmp::Ordering::Greater => String::new(),
        })
        .collect();
    let hidden = hidden.join("\n");
    ScenarioError::Invalid {
        path: shown.to_owned(),
        line,
        column,
        why: NO_LITERAL.to_owned(),
        at: span(&hidden, line, column),
        text: NamedSource::new(shown, hidden),
        help: Some(
            "write `${SHOP_PASSWORD}` or `$password` there, and set the variable where candor runs"
                .to_owned(),
        ),
    }
}

/// Says what is wrong with a YAML file, with the place and the nearest word: for files of the auditor's beside the scenario.
pub fn explain_yaml(text: &str, shown: &str, error: &YamlError) -> ScenarioError {
    let (line, column) =
        error.location().as_ref().map_or((1, 1), |at| (at.line() as usize, at.column() as usize));
    let why = plain(error);
    let help = nearest(&why);
    invalid_at(text, shown, (line, column), why, help)
}

/// Says what is wrong at a place of a YAML file, and what to do.
pub fn explain_place(
    text: &str,
    shown: &str,
    at: &serde_saphyr::Location,
    why: String,
    help: String,
) -> ScenarioError {
    invalid_at(text, shown, (at.line() as usize, at.column() as usize), why, Some(help))
}

fn invalid_at(
    text: &str,
    shown: &str,
    (line, column): (usize, usize),
    why: String,
    help: Option<String>,
) -> ScenarioError {
    ScenarioError::Invalid {
        path: shown.to_owned(),
        line,
        column,
        why,
        text: NamedSource::new(shown, text.to_owned()),
        at: span(text, line, column),
        help,
    }
}

/// The parser's message without its own snippet and place, which we show ourselves.
fn plain(error: &YamlError) -> String {
    let text = error.without_snippet().to_string();
    let first = text.lines().next().unwrap_or_default();
    let cut = first.find(" at line ").or_else(|| first.find(" at 1:")).unwrap_or(first.len());
    first[..cut].trim_start_matches("error: ").to_owned()
}

/// "Did you mean": the listed word that is closest to the unknown one, as serde's messages name both.
fn nearest(why: &str) -> Option<String> {
    let unknown = why.split("unknown ").nth(1)?.split('`').nth(1)?;
    let known = why.split("expected ").nth(1)?.trim_start_matches("one of ");
    let best = known
        .split([',', ' '])
        .map(|word| word.trim_matches(['`', '"']))
        .filter(|word| !word.is_empty())
        .map(|word| (word, strsim::jaro_winkler(unknown, word)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best.1 > 0.7).then(|| format!("did you mean `{}`?", best.0))
}

/// The byte range of the word at a line and column (both from 1, columns in characters).
fn span(text: &str, line: usize, column: usize) -> SourceSpan {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text[start.min(text.len())..].split('\n').next().unwrap_or_default();
    let into: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    let word = rest[into..]
        .chars()
        .take_while(|c| !c.is_whitespace() && *c != ':')
        .map(char::len_utf8)
        .sum::<usize>();
    (start + into, word.max(1).min(text.len().saturating_sub(start + into))).into()
}

//! `candor run --from RECORDING`: the scenario that a recording was made with, made whole again.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::probes::read_scenario;
use crate::recording::mask::Masks;
use crate::recording::{Recording, RunStarted, sha256};
use crate::runner::kept;
use crate::scenario::{Scenario, Target};

/// A scenario out of a recording, its text, and what the person should know.
#[derive(Debug)]
pub struct Again {
    pub scenario: Scenario,
    pub text: String,
    pub shown: String,
    pub warnings: Vec<String>,
}

/// The scenario of a recording. What was masked in it comes from `persona` (a file with a map from names to values, or a
/// scenario with a `persona`), or from the environment: `CANDOR_PERSONA_PHONE`.
///
/// # Errors
/// What the recording or the persona lacks, for the person at the terminal.
pub fn scenario(folder: &Path, persona: Option<&Path>) -> Result<Again, String> {
    let recording = Recording::open(folder).map_err(|e| e.to_string())?;
    let shown = folder.display();
    let Some(start) = recording.start() else { return Err(format!("{shown} does not say what was run")) };
    let Some(file) = &start.scenario_file else {
        return Err(format!(
            "{shown} holds no scenario: it is of form {} by {}, and scenarios are kept from form 4 on. Run the scenario's own file \
             ({}), then `candor compare {shown} NEW`",
            start.format, start.tool, start.scenario
        ));
    };
    let Some(text) = recording.text(file) else {
        return Err(format!(
            "{shown} lacks {}, which its first entry names; `candor verify {shown}` says more",
            file.file
        ));
    };
    let found = sha256(text.as_bytes());
    if found != start.scenario_sha256 {
        return Err(format!(
            "{shown}/{} was changed since it was recorded: its SHA-256 is {found}, the timeline says {}",
            file.file, start.scenario_sha256
        ));
    }
    let mut given = persona.map(values).transpose()?.unwrap_or_default();
    for (name, value) in std::env::vars() {
        if let Some(name) = name.strip_prefix("CANDOR_") {
            // Names in the environment are in capitals: they stand for the name in any case.
            let known = stand_ins(&text).find(|known| known.replace('.', "_").eq_ignore_ascii_case(name));
            if let Some(known) = known {
                given.entry(known.to_owned()).or_insert(value);
            }
        }
    }
    let filled = kept::fill(&text, &given).map_err(|missing| lacking(&shown.to_string(), &missing))?;
    let mut scenario = read_scenario(&filled, &format!("{shown}/{}", file.file))
        .map_err(|e| format!("{:?}", miette::Report::new(e)))?;
    as_it_was_run(&mut scenario, start);
    let warnings = other_values(&scenario, start);
    Ok(Again { scenario, text: filled, shown: start.scenario.clone(), warnings })
}

/// What was replaced on the command line then is replaced again.
fn as_it_was_run(scenario: &mut Scenario, start: &RunStarted) {
    scenario.items.clone_from(&start.items);
    if let (Target::Web(web), Ok(url)) = (&mut scenario.app.target, url::Url::parse(&start.target))
        && !start.target.contains('‹')
    {
        let mut own = web.url.clone();
        let _ = own.set_password(None);
        let _ = own.set_username("");
        if own != url {
            web.url = url;
        }
    }
}

/// Values of the persona that are others than then.
fn other_values(scenario: &Scenario, start: &RunStarted) -> Vec<String> {
    let masks = Masks::salted(start.salt.clone());
    let differs = |name: &String, value: &String| {
        start.persona.get(name).is_some_and(|then| *then != masks.digest(value))
    };
    let names = scenario.persona.iter().filter(|(name, value)| differs(name, value)).map(|(name, _)| name);
    names.map(|name| format!("the persona's {name} is another than in the recording")).collect()
}

fn stand_ins(text: &str) -> impl Iterator<Item = &str> {
    text.split('‹').skip(1).filter_map(|rest| Some(rest.split_once('›')?.0))
}

/// Reads values by name, out of a map of the persona's or a whole scenario.
fn values(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read {shown}: {e}"))?;
    let wrong = |why: String| {
        format!(
            "{shown}: {why}; expected a map from the persona's names to values, such as phone: \"13800138000\""
        )
    };
    if let Ok(scenario) = read_scenario(&text, &shown.to_string()) {
        return Ok(kept::secrets(&scenario, &text));
    }
    let value: Value = serde_saphyr::from_str(&text).map_err(|e| wrong(e.without_snippet().to_string()))?;
    let map = value.as_object().ok_or_else(|| wrong("it is no map".to_owned()))?;
    let mut given = BTreeMap::new();
    for (name, value) in map {
        let value = match value {
            Value::String(value) => value.clone(),
            Value::Number(value) => value.to_string(),
            _ => return Err(wrong(format!("{name} is no text"))),
        };
        let name = if name.starts_with("secret.") || name.starts_with("typed.") {
            name.clone()
        } else {
            format!("persona.{name}")
        };
        given.insert(name, value);
    }
    Ok(given)
}

fn lacking(shown: &str, missing: &[String]) -> String {
    let mut hints: Vec<String> = missing
        .iter()
        .map(|name| match name.as_str() {
            "login" | "token" | "password" => {
                format!("  ‹{name}›: give the scenario's own file in place of --from")
            }
            name => format!(
                "  {name}: a line in the --persona file, or CANDOR_{}",
                name.replace('.', "_").to_uppercase()
            ),
        })
        .collect();
    hints.sort();
    format!(
        "the scenario in {shown} was kept without its secrets, and these are still to be given:\n{}",
        hints.join("\n")
    )
}

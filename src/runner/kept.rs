//! The scenario as a recording keeps it: as it was run, with its secrets masked; and made whole again for another run.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::probes::read_scenario;
use crate::recording::mask::Masks;
use crate::recording::tokens::is_secret_name;
use crate::scenario::{PLANTED, Scenario, Target};

/// The name of the file in a recording's folder.
pub const FILE: &str = "scenario.yaml";

/// What must be kept out of a scenario's recording: the persona, and what opens something.
pub fn masks(scenario: &Scenario, text: &str, salt: String) -> Masks {
    let mut masks = Masks::salted(salt);
    // `${VARIABLE}` is no value: what it stands for is hidden by whoever reads it.
    for (name, value) in scenario.persona.iter().filter(|(_, value)| is_value(value)) {
        masks.hide(&format!("persona.{name}"), value);
    }
    if let Target::Web(web) = &scenario.app.target {
        if let Some(password) = web.url.password() {
            masks.hide("secret.password", password);
        }
        for (name, value) in web.url.query_pairs().filter(|(name, _)| is_secret_name(name)) {
            masks.hide(&format!("secret.{name}"), &value);
        }
    }
    if let Ok(mut value) = serde_saphyr::from_str::<Value>(text) {
        if let Some(map) = value.as_object_mut() {
            map.remove("persona");
        }
        hide_named(&value, &mut masks);
    }
    masks
}

/// A text of the persona that is a value itself, and not what stands for one.
fn is_value(text: &str) -> bool {
    !text.starts_with("${") && text != PLANTED
}

/// What was masked in a kept scenario, by the names that stand there for it: out of the scenario itself.
pub fn secrets(scenario: &Scenario, text: &str) -> BTreeMap<String, String> {
    let mut masks = masks(scenario, text, String::new());
    for (name, value) in scenario.values().unwrap_or_default() {
        if !scenario.persona.contains_key(&name) {
            masks.hide(&format!("account.{name}"), &value);
        }
    }
    hide_typed(text, &mut masks);
    masks.secrets()
}

/// Texts that steps type and that are no persona's: any of them may be a password, unless it is written in Chinese. In the
/// kept scenario something stands for them; elsewhere only for those that went into a field which hides its text.
fn hide_typed(text: &str, masks: &mut Masks) {
    let mut found = Vec::new();
    typed(&serde_saphyr::from_str(text).unwrap_or_default(), &mut found);
    for (at, text) in found.iter().enumerate() {
        masks.hide(&format!("typed.{}", at + 1), text);
    }
}

/// What `type` steps hold anywhere in the file.
fn typed(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| typed(value, found)),
        Value::Object(map) => {
            if let Some(Value::String(text)) = map.get("type").and_then(|step| step.get("text"))
                && text.is_ascii()
                && !text.starts_with('$')
            {
                found.push(text.clone());
            }
            map.values().for_each(|value| typed(value, found));
        }
        _ => {}
    }
}

/// Hides the values of fields that are named as secrets, such as a device farm's `accessKey`.
fn hide_named(value: &Value, masks: &mut Masks) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| hide_named(value, masks)),
        Value::Object(map) => {
            for (name, value) in map {
                match value {
                    Value::String(secret) if is_secret_name(name) => {
                        masks.hide(&format!("secret.{name}"), secret);
                    }
                    value => hide_named(value, masks),
                }
            }
        }
        _ => {}
    }
}

/// The scenario's text as it is kept. A scenario that was made from an address alone is written down as one.
pub fn keep(scenario: &Scenario, text: &str, masks: &Masks) -> String {
    let text = if text.trim().is_empty() { written(scenario) } else { text.to_owned() };
    if masks.is_off() {
        return text;
    }
    let mut masks = masks.clone();
    hide_typed(&text, &mut masks);
    let masked = masks.text(&text);
    let plain = |value: &String| value.is_empty() || !is_value(value) || is_stand_in(value);
    let hidden = |scenario: &Scenario| scenario.persona.values().all(plain);
    // Short values are found where they are a whole text of the file as data.
    let nothing_left = || {
        let data: Value = serde_saphyr::from_str(&masked).unwrap_or_default();
        let mut again = data.clone();
        masks.value(&mut again);
        again == data
    };
    if read_scenario(&masked, FILE).is_ok_and(|scenario| hidden(&scenario)) && nothing_left() {
        return masked;
    }
    // A value in a spelling of YAML's own, or too short to be looked for in a whole file: the same as plain data.
    let mut value: Value = serde_saphyr::from_str(&text).unwrap_or_default();
    if let Some(persona) = value.get_mut("persona").and_then(Value::as_object_mut) {
        let literal = |value: &Value| value.as_str().is_none_or(is_value);
        for (name, value) in persona.iter_mut().filter(|(_, value)| literal(value)) {
            *value = json!(format!("‹persona.{name}›"));
        }
    }
    masks.value(&mut value);
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}

fn is_stand_in(text: &str) -> bool {
    text.starts_with('‹') && text.ends_with('›')
}

/// JSON, which is YAML too.
fn written(scenario: &Scenario) -> String {
    let target = match &scenario.app.target {
        Target::Web(web) => {
            let viewport = json!({"width": web.viewport.width, "height": web.viewport.height, "density": web.viewport.density});
            json!({"web": {"url": web.url.as_str(), "viewport": viewport}})
        }
        Target::Android(app) => json!({"android": app.package}),
        Target::Ios(app) => json!({"ios": app.bundle}),
    };
    let mut value = json!({"app": {"name": scenario.app.name, "target": target}});
    if let Some(probes) = &scenario.probes {
        let probes: serde_json::Map<String, Value> =
            probes.keys().map(|name| (name.0.clone(), json!({}))).collect();
        value["probes"] = probes.into();
    }
    if !scenario.thresholds.is_empty() {
        value["thresholds"] =
            scenario.thresholds.iter().map(|(name, limit)| (name.0.clone(), json!(limit))).collect();
    }
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}

/// A kept scenario's text with the given values in the place of what stands for them.
///
/// # Errors
/// The names that nothing is given for.
pub fn fill(text: &str, given: &BTreeMap<String, String>) -> Result<String, Vec<String>> {
    let mut missing: Vec<String> =
        stand_ins(text).filter(|name| !given.contains_key(*name)).map(str::to_owned).collect();
    if !missing.is_empty() {
        missing.sort();
        missing.dedup();
        return Err(missing);
    }
    let replaced = |text: &str, value: fn(&str) -> String| {
        given
            .iter()
            .fold(text.to_owned(), |text, (name, given)| text.replace(&format!("‹{name}›"), &value(given)))
    };
    // As it stood: the same text gives the same hash again. Quotes in a value would end the text's own.
    let filled = replaced(text, str::to_owned);
    let plain = given.values().all(|value| !value.contains(['"', '\'', '\\', '\n', '#', ':']));
    if plain && read_scenario(&filled, FILE).is_ok() {
        return Ok(filled);
    }
    let mut value: Value = serde_saphyr::from_str(text).unwrap_or_default();
    each_text(&mut value, &|text| *text = replaced(text, str::to_owned));
    Ok(serde_json::to_string_pretty(&value).unwrap_or_default() + "\n")
}

fn each_text(value: &mut Value, change: &dyn Fn(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(values) => values.iter_mut().for_each(|value| each_text(value, change)),
        Value::Object(map) => map.values_mut().for_each(|value| each_text(value, change)),
        _ => {}
    }
}

/// The names between `‹` and `›`.
fn stand_ins(text: &str) -> impl Iterator<Item = &str> {
    text.split('‹').skip(1).filter_map(|rest| rest.split_once('›')).map(|(name, _)| name).filter(|name| {
        ["persona.", "account.", "secret.", "typed."].iter().any(|kind| name.starts_with(kind))
            || ["login", "token", "password"].contains(name)
    })
}

#[cfg(test)]
#[path = "kept_tests.rs"]
mod tests;

//! What the programs' answers mean.

use std::path::PathBuf;

/// The first version number in a text: `ChromeDriver 156.0.8078.79 (…)`, `v20.1.2`, `openjdk version "21" …`.
pub fn version_in(text: &str) -> Option<String> {
    text.split(|c: char| c.is_whitespace() || "\"'(),;@".contains(c)).find_map(|word| {
        let word = word.strip_prefix(['v', 'V']).unwrap_or(word);
        let length = word.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_')).unwrap_or(word.len());
        let number = word.get(..length)?.trim_end_matches(['.', '_']);
        number.starts_with(|c: char| c.is_ascii_digit()).then(|| number.to_string())
    })
}

/// The number before the first dot.
pub fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// The languages in what `tesseract --list-langs` says: one a line, after a heading.
pub fn languages(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains([' ', ':'])).collect()
}

/// The file of the first font in what `fc-list` says: `FILE: FAMILY,OTHER NAME:style=…`.
pub fn first_font(text: &str) -> Option<PathBuf> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    Some(PathBuf::from(line.split_once(": ").map_or(line, |(file, _)| file).trim()))
}

/// Name and version of every driver in what `appium driver list --installed --json` says; `None` when
/// it is not that JSON.
pub fn drivers(text: &str) -> Option<Vec<(String, Option<String>)>> {
    // npm and Appium may print a line of their own before the object.
    let json = text.get(text.find('{')?..)?;
    let listed: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json.trim()).ok()?;
    let installed =
        listed.into_iter().filter(|(_, about)| about["installed"] != serde_json::Value::Bool(false));
    Some(installed.map(|(name, about)| (name, about["version"].as_str().map(str::to_string))).collect())
}

/// Serial and state of every device in what `adb devices` says.
pub fn devices(text: &str) -> Vec<(String, String)> {
    text.lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(serial, state)| (serial.trim().to_string(), state.trim().to_string()))
        .collect()
}

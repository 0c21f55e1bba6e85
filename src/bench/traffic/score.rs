//! Recall, false alarms and speed over generated requests, and memory over a long HAR file.

use std::collections::BTreeMap;
use std::fs::File;
use std::time::Instant;

use comfy_table::{Table, presets};

use super::chance::Chance;
use super::generate::{Made, make, make_person, make_without, plants};
use crate::traffic::Finder;
use crate::traffic::har::{HarWriter, read_har};
use crate::world::request::Body;

/// What is to be measured.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Requests with a value, and as many without.
    pub requests: usize,
    /// Other numbers make other requests.
    pub seed: u64,
    /// Size of the HAR file to be read (MB); none where it is 0.
    pub har: usize,
}

/// A new person after so many requests.
const PERSON: usize = 250;
/// Missed requests that are listed.
const LISTED: usize = 12;

/// Measures, and says it as a table.
///
/// # Errors
/// When the HAR file cannot be written or read: a sentence.
pub fn run(options: Options) -> Result<String, String> {
    let mut chance = Chance::new(options.seed);
    let mut by: BTreeMap<(u8, &'static str), (usize, usize)> = BTreeMap::new();
    let (mut found, mut alarms, mut bytes, mut wrong_way) = (0, 0, 0, 0);
    let mut missed = Vec::new();
    let mut spent = std::time::Duration::ZERO;
    let mut building = std::time::Duration::ZERO;
    let (mut person, mut finder) = (Vec::new(), Finder::new(Vec::new()));
    for at in 0..options.requests {
        if at % PERSON == 0 {
            person = make_person(&mut chance);
            let begun = Instant::now();
            finder = Finder::new(plants(&person));
            building += begun.elapsed();
        }
        let with = make(&person, &mut chance);
        let without = make_without(&person, &mut chance);
        bytes += size_of(&with) + size_of(&without);
        let begun = Instant::now();
        let (in_with, in_without) = (finder.search(&with.request), finder.search(&without.request));
        spent += begun.elapsed();
        let hit = in_with.found.iter().any(|found| found.value.as_deref() == Some(with.value));
        found += usize::from(hit);
        let others = in_with.found.iter().filter(|found| found.value.as_deref() != Some(with.value)).count();
        wrong_way += usize::from(others > 0);
        if !in_without.found.is_empty() {
            alarms += 1;
            missed.push(format!("false alarm: {:?} in {without:?}", in_without.found));
        }
        let layer = with.layers.last().copied().unwrap_or("none");
        for key in [
            (0, with.form),
            (1, layer),
            (2, with.place),
            (3, ["no layer", "one layer", "two layers"][with.layers.len().min(2)]),
        ] {
            let count = by.entry(key).or_default();
            count.0 += usize::from(hit);
            count.1 += 1;
        }
        if !hit {
            missed.push(format!("missed: {} {} {:?} {}", with.value, with.form, with.layers, with.place));
        }
    }
    let mut parts = vec![table(&by)];
    parts.push(format!(
        "{found} of {all} found ({recall:.2} %), {alarms} false alarms in {all} without, {wrong_way} with a wrong value besides\n{mb:.1} MB in {seconds:.2} s: {speed:.1} MB/s; a finder of 8 values is made in {made:.0} ms",
        all = options.requests,
        recall = found as f64 / options.requests.max(1) as f64 * 100.0,
        mb = bytes as f64 / 1e6,
        seconds = spent.as_secs_f64(),
        speed = bytes as f64 / 1e6 / spent.as_secs_f64().max(1e-9),
        made = building.as_secs_f64() * 1000.0 / options.requests.div_ceil(PERSON).max(1) as f64,
    ));
    parts.extend(
        (!missed.is_empty()).then(|| missed.iter().take(LISTED).cloned().collect::<Vec<_>>().join("\n")),
    );
    if options.har > 0 {
        parts.push(read_long_har(options, &mut chance)?);
    }
    Ok(parts.join("\n\n"))
}

fn size_of(made: &Made) -> usize {
    let headers: usize = made.request.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    made.request.address.len() + headers + made.request.body.size().unwrap_or(0) as usize
}

fn table(by: &BTreeMap<(u8, &'static str), (usize, usize)>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY);
    table.set_header(["", "", "found", "of", "%"]);
    for ((part, name), (found, all)) in by {
        let what = ["form", "outer layer", "place", "depth"][usize::from(*part)];
        let share = *found as f64 / (*all).max(1) as f64 * 100.0;
        table.add_row([
            what.to_owned(),
            (*name).to_owned(),
            found.to_string(),
            all.to_string(),
            format!("{share:.1}"),
        ]);
    }
    table.to_string()
}

/// Writes a HAR file of so many megabytes, reads it and searches it; tells how fast, and how much memory that took more.
fn read_long_har(options: Options, chance: &mut Chance) -> Result<String, String> {
    let io = |e: std::io::Error| e.to_string();
    let folder = tempfile::tempdir().map_err(io)?;
    let path = folder.path().join("long.har");
    let person = make_person(chance);
    let mut writer =
        HarWriter::begin(std::io::BufWriter::new(File::create(&path).map_err(io)?)).map_err(io)?;
    let (mut written, mut planted) = (0, 0);
    while written < options.har * 1_000_000 {
        let carries = chance.below(20) == 0;
        let mut made = if carries { make(&person, chance) } else { make_without(&person, chance) };
        planted += usize::from(carries);
        if let (Body::None, 0) = (&made.request.body, chance.below(2)) {
            let rows: Vec<String> = (0..40)
                .map(|_| format!("{{\"id\":{},\"n\":\"{}\"}}", chance.digits(9), chance.digits(20)))
                .collect();
            made.request.body = Body::Bytes(format!("[{}]", rows.join(",")).into_bytes());
        }
        writer.push(&made.request, "").map_err(io)?;
        written = std::fs::metadata(&path).map_err(io)?.len() as usize;
    }
    drop(writer);
    let finder = Finder::new(plants(&person));
    let before = peak_memory();
    let begun = Instant::now();
    let (mut count, mut found) = (0, 0);
    read_har(File::open(&path).map_err(io)?, &mut |request| {
        count += 1;
        found += usize::from(finder.search(&request).found.iter().any(|found| found.value.is_some()));
        true
    })
    .map_err(|e| e.to_string())?;
    let seconds = begun.elapsed().as_secs_f64();
    let more = peak_memory().saturating_sub(before);
    Ok(format!(
        "a HAR file of {mb:.0} MB, {count} requests: read and searched in {seconds:.1} s ({speed:.1} MB/s), {found} requests of {planted} found, {more} MB of memory more than before",
        mb = written as f64 / 1e6,
        speed = written as f64 / 1e6 / seconds.max(1e-9),
    ))
}

/// The most memory that this process had so far (MB), as Linux tells it; 0 elsewhere.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_everything_is_found_and_nothing_that_is_not_there() {
        let said = run(Options { requests: 400, seed: 7, har: 0 }).expect("measures");
        assert!(said.contains(" 0 false alarms"), "{said}");
        let found: usize = said
            .split(" of 400 found")
            .next()
            .and_then(|text| text.rsplit(['\n', ' ']).next()?.parse().ok())
            .expect("a number");
        assert!(found >= 396, "{said}");
    }
}

//! How policies are read: time by length, what is found in a folder of real ones, and the topics of single sentences beside
//! their labels.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use crate::policy::decode::decode;
use crate::policy::statement::{About, Channel, Serves};
use crate::policy::topics::{TOPICS, topics_of};
use crate::policy::{Fact, Policy, gaps};
use crate::thresholds::Thresholds;

/// Reads every policy of a folder and says what was found in it.
///
/// # Errors
/// The folder or a file of it cannot be read.
pub fn read_folder(folder: &Path) -> Result<String, String> {
    let wrong = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut files: Vec<_> =
        std::fs::read_dir(folder).map_err(wrong)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    let (mut without_channel, mut without_rules, mut too_long) = (Vec::new(), Vec::new(), String::new());
    let (mut characters, mut seconds, mut slowest) = (0usize, 0.0f64, 0.0f64);
    let most = Thresholds::default().get("max_answer_days");
    for file in &files {
        let text = decode(&std::fs::read(file).map_err(wrong)?).text;
        let begun = Instant::now();
        let policy = Policy::of_text(&text);
        let took = begun.elapsed().as_secs_f64();
        let length = text.chars().count();
        (characters, seconds) = (characters + length, seconds + took);
        slowest = slowest.max(took / length.max(1) as f64);
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let reaches = |fact: &Fact| matches!(fact, Fact::Channel { means, serves: Serves::Complaints | Serves::Unsaid, .. } if *means != Channel::Post);
        if !policy.statements.iter().any(|statement| reaches(&statement.fact)) {
            without_channel.push(name.clone());
        }
        if !policy.statements.iter().any(|statement| matches!(statement.fact, Fact::Collects { .. })) {
            without_rules.push(name.clone());
        }
        for statement in &policy.statements {
            if let Fact::Limit { about, count, unit } = &statement.fact
                && *about != About::CoolingOff
                && gaps::is_too_long(statement, most)
            {
                let sure = if statement.sure { "" } else { " (unsure)" };
                let _ = writeln!(
                    too_long,
                    "  {name}: {} {count} {}{sure}: {}",
                    about.name(),
                    unit.name(),
                    statement.quote
                );
            }
        }
    }
    let per = |seconds: f64| seconds * 20_000.0 * 1000.0;
    Ok(format!(
        "{} policies, {characters} characters in {seconds:.2} s: {:.1} ms per 20,000 characters, {:.1} ms in the slowest\n\
         without a channel: {} {without_channel:?}\nwithout a statement on collecting: {} {without_rules:?}\n\
         promises over {most} working days:\n{too_long}",
        files.len(),
        per(seconds / characters.max(1) as f64),
        per(slowest),
        without_channel.len(),
        without_rules.len(),
    ))
}

/// Compares the topics of sentences with their labels: a line `sentence TAB [0, 1, …]` each, in the order of [`TOPICS`].
///
/// # Errors
/// The file cannot be read, or a line of it has no labels.
pub fn compare_topics(file: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut counts = [[0usize; 3]; TOPICS.len()];
    let begun = Instant::now();
    let mut sentences = 0usize;
    for (number, line) in text.lines().enumerate() {
        let (sentence, labels) = line.split_once('\t').ok_or_else(|| {
            format!("{} line {}: expected a sentence, a tab and labels", file.display(), number + 1)
        })?;
        let labels: Vec<u8> = serde_json::from_str(labels).map_err(|e| {
            format!("{} line {}: labels such as [0, 1, 0] expected: {e}", file.display(), number + 1)
        })?;
        let found: Vec<&str> = topics_of(sentence).into_iter().map(|(topic, _)| topic).collect();
        for (at, topic) in TOPICS.iter().enumerate() {
            match (found.contains(topic), labels.get(at) == Some(&1)) {
                (true, true) => counts[at][0] += 1,
                (true, false) => counts[at][1] += 1,
                (false, true) => counts[at][2] += 1,
                (false, false) => {}
            }
        }
        sentences += 1;
    }
    let took = begun.elapsed().as_secs_f64();
    let f1 =
        |[right, wrong, missed]: [usize; 3]| 2.0 * right as f64 / (2 * right + wrong + missed).max(1) as f64;
    let mut out = String::new();
    for (topic, counts) in TOPICS.iter().zip(counts) {
        let _ = writeln!(
            out,
            "{topic:18} F1 {:.3}  right {} wrong {} missed {}",
            f1(counts),
            counts[0],
            counts[1],
            counts[2]
        );
    }
    let all = counts.iter().fold([0; 3], |sum, one| [sum[0] + one[0], sum[1] + one[1], sum[2] + one[2]]);
    let _ = writeln!(out, "{sentences} sentences in {took:.2} s: micro F1 {:.3}", f1(all));
    Ok(out)
}

/// Makes a text of so many bytes.
type Text = fn(usize) -> String;

/// Measures how the time grows with the length of hostile texts, up to 10 MB in one line.
pub fn time_sizes() -> String {
    let mut out = String::new();
    let texts: [(&str, Text); 4] = [
        ("one sentence over and over, in one line", |bytes| {
            "我们收集您的手机号码，用于登录，并会在15个工作日内答复您的请求；".repeat(bytes / 96)
        }),
        ("no marks at all", |bytes| "我们收集您的手机号码".repeat(bytes / 30)),
        ("aaaa…@", |bytes| "a".repeat(bytes) + "@"),
        ("digits", |bytes| "4008206677".repeat(bytes / 10)),
    ];
    for (name, text) in texts {
        for bytes in [100_000, 1_000_000, 10_000_000] {
            let text = text(bytes);
            let begun = Instant::now();
            let policy = Policy::of_text(&text);
            let cut = if policy.document.cut { ", cut" } else { "" };
            let _ = writeln!(
                out,
                "{name}: {bytes} bytes in {:.2} s, {} statements{cut}",
                begun.elapsed().as_secs_f64(),
                policy.statements.len()
            );
        }
    }
    out
}

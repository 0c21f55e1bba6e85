//! Where a policy comes from: a file in whatever form and encoding, a recording's folder, a folder of policies, an address.

use std::path::{Path, PathBuf};

use url::Url;

use crate::app::document;
use crate::cli::address;
use crate::cli::run::RunOptions;
use crate::policy::decode::{Decoded, decode};
use crate::policy::{Document, Policy};
use crate::recording::{Event, Recording};
use crate::runner::{self, Job, Progress};
use crate::scenario::{ProbeName, ProbeOptions, Scenario};

/// Largest file that is read (bytes; ours).
const LARGEST: u64 = 64 * 1024 * 1024;
/// Files of a folder that are read (ours).
const MOST_FILES: usize = 2000;
/// Endings of names of files that can hold a policy.
const ENDINGS: [&str; 8] = ["txt", "md", "markdown", "html", "htm", "xhtml", "mht", "pdf"];

/// Something to read a policy from.
#[derive(Debug, Clone)]
pub enum Source {
    Address(Url),
    File(PathBuf),
}

/// A policy that was read, with where from.
#[derive(Debug)]
pub struct Read {
    /// The file or the address.
    pub shown: String,
    pub encoding: Option<&'static str>,
    /// What a person should know of the reading.
    pub notes: Vec<String>,
    pub policy: Policy,
}

/// Finds out what the command line means: an address, a file, a recording's folder, or a folder of policies.
///
/// # Errors
/// What was given, what was expected, and what to do.
pub fn sources(given: &str) -> Result<Vec<Source>, String> {
    let path = Path::new(given);
    if given.contains("://") && !path.exists() {
        return Ok(vec![Source::Address(address(given)?)]);
    }
    let kind = std::fs::metadata(path).map_err(|e| {
        format!(
            "cannot read {given}: {e}; expected a file, a folder, or an address such as https://shop.example/"
        )
    })?;
    if kind.is_file() {
        return Ok(vec![Source::File(path.to_owned())]);
    }
    if path.join("timeline.jsonl").is_file() {
        let text = path.join("policy.txt");
        return match text.is_file() {
            true => Ok(vec![Source::File(text)]),
            false => Err(format!(
                "{given} is a recording without a policy's text (policy.txt): the run did not read one"
            )),
        };
    }
    let mut files = Vec::new();
    let listed = std::fs::read_dir(path).map_err(|e| format!("cannot read {given}: {e}"))?;
    for entry in listed.flatten().take(MOST_FILES * 4) {
        let file = entry.path();
        let ending =
            file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if file.is_file() && ENDINGS.contains(&ending.as_str()) && files.len() < MOST_FILES {
            files.push(file);
        }
    }
    files.sort();
    match files.is_empty() {
        true => Err(format!("{given} holds no policy: expected files that end in .{}", ENDINGS.join(", ."))),
        false => Ok(files.into_iter().map(Source::File).collect()),
    }
}

/// Reads a policy from a file.
///
/// # Errors
/// Which file, what is wrong with it, and what to do.
pub async fn from_file(path: &Path) -> Result<Read, String> {
    let shown = path.display().to_string();
    let length = std::fs::metadata(path).map_err(|e| format!("cannot read {shown}: {e}"))?.len();
    if length > LARGEST {
        return Err(format!("{shown} has {length} bytes; a policy of more than {LARGEST} is not read"));
    }
    let bytes = std::fs::read(path).map_err(|e| format!("cannot read {shown}: {e}"))?;
    let mut notes = Vec::new();
    if bytes.starts_with(b"%PDF") {
        let Some(text) = document::pdf_text(bytes).await else {
            return Err(format!(
                "{shown}: no text could be read from this PDF; it may hold pictures only. Give its text, or the page that it was made from"
            ));
        };
        let policy = Policy::of_text(&text);
        notes.push("read from a PDF: tables and lists may have lost their form".to_owned());
        return finish(Read { shown, encoding: None, notes, policy });
    }
    for (mark, kind) in [
        (&b"PK\x03\x04"[..], "a .docx or another archive"),
        (b"\xd0\xcf\x11\xe0", "an old .doc"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
    ] {
        if bytes.starts_with(mark) {
            return Err(format!(
                "{shown} is {kind}; expected text, Markdown, HTML or PDF. Save it as one of these (Word: as a web page)"
            ));
        }
    }
    let Decoded { text, encoding, mislabelled, broken } = decode(&bytes);
    if let Some(said) = mislabelled {
        notes.push(format!("it says that it is {said}, and is {encoding}"));
    }
    if broken {
        let place = broken_place(&text);
        notes.push(format!("{place}the text is spoilt: it holds characters that come of a wrong encoding, and what stands there is not read"));
    }
    let policy = match is_page(path, &text) {
        true => Policy::of_html(&text),
        false => Policy::of_text(&text),
    };
    if policy.document.blocks.is_empty() {
        let pictures = text.to_lowercase().matches("<img").count();
        return Err(match pictures {
            0 => format!("{shown} holds no text; expected a policy"),
            1 => format!(
                "{shown} shows 1 picture and no text: a picture is not read here. `candor run` measures policies that are pictures"
            ),
            n => format!(
                "{shown} shows {n} pictures and no text: pictures are not read here. `candor run` measures policies that are pictures"
            ),
        });
    }
    finish(Read { shown, encoding: Some(encoding), notes, policy })
}

fn finish(mut read: Read) -> Result<Read, String> {
    let Document { cut, text, .. } = &read.policy.document;
    if *cut {
        read.notes.push(format!(
            "it is longer than candor reads: only its first {} characters were read",
            text.chars().count()
        ));
    }
    Ok(read)
}

/// Tells whether a text is the source of a page: by its name, or by what it begins with.
fn is_page(path: &Path, text: &str) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if ["html", "htm", "xhtml"].contains(&ending.as_str()) {
        return true;
    }
    let head: String = text.chars().take(2000).collect::<String>().to_lowercase();
    let begins = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    begins.starts_with("<!doctype html")
        || begins.starts_with("<html")
        || head.matches("</p>").count() + head.matches("</div>").count() > 3
}

/// Says where the first character stands that is no text: `line 3, column 14: `.
fn broken_place(text: &str) -> String {
    let Some(at) = text.find(|c: char| c == '\u{fffd}' || c.is_control() && !c.is_whitespace()) else {
        return String::new();
    };
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}: ")
}

/// Opens an address in a browser, searches it for the policy as `candor run` does, and reads that.
///
/// # Errors
/// Why it could not be driven, or that no policy was found.
pub async fn from_address(url: &Url, options: &RunOptions) -> Result<Read, String> {
    let mut scenario = Scenario::for_address(url.clone());
    let probes = ["find_policy", "read_policy"];
    scenario.probes =
        Some(probes.map(|name| (ProbeName(name.to_owned()), ProbeOptions::default())).into_iter().collect());
    let folder = runner::folder_for(&options.artifacts, &scenario.app.name);
    let progress = Progress::new(options.quiet).verbose(options.verbose);
    let job = Job {
        scenario,
        text: String::new(),
        shown: url.to_string(),
        driver: options.driver.clone(),
        unmasked: options.unmasked,
        key: options.key().map_err(|e| e.to_string())?,
        values: Default::default(),
        pause: false,
        virtual_time: options.virtual_time(),
        as_robot: options.as_robot,
        once: true,
        folder,
    };
    let ran = runner::run(&job, &progress).await;
    progress.finish();
    let ran = ran.map_err(|e| e.to_string())?;
    let recording = Recording::open(&job.folder).map_err(|e| e.to_string())?;
    let read = recording.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::PolicyRead(read) => read.text.as_ref(),
        _ => None,
    });
    let text = read.and_then(|file| recording.text(file));
    let Some(text) = text else {
        let why = ran.broken.unwrap_or_else(|| "none was found, or it is a picture".to_owned());
        return Err(format!(
            "{url}: no policy's text was read: {why}. The recording is in {}",
            job.folder.display()
        ));
    };
    let notes = vec![
        format!("the recording is in {}", job.folder.display()),
        "read from the screen: cells of a table stand in lines of their own".to_owned(),
    ];
    finish(Read { shown: url.to_string(), encoding: None, notes, policy: Policy::of_text(&text) })
}

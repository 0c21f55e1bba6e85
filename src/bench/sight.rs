//! `candor bench sight`: candor's eye, the plain `tesseract` command and axe-core on the same pages.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use comfy_table::{Table, presets};

use super::pages::{Page, TrueLine};
use super::score::{Class, ReadLine, Score, spread};
use crate::rules::article1::fault::{self, Kind};
use crate::screen::Rect;
use crate::sight;
use crate::sight::read::Known;
use crate::thresholds::Thresholds;

/// What stopped a benchmark.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    #[error("{0}")]
    File(String),
    #[error(transparent)]
    Engine(#[from] sight::engine::EngineError),
}

/// The results of all readers.
#[derive(Debug, Default)]
pub struct Results {
    pub candor: Score,
    /// With the rectangles of the texts known from the tree.
    pub with_tree: Score,
    pub tesseract: Score,
    /// Lines whose contrast axe-core judged: right and wrong of 4.5:1, and left open.
    pub axe: [usize; 3],
}

/// Lines that the aims are stated for: font size from 12 px, density from 2.
pub fn aimed(page: &Page, line: &TrueLine) -> bool {
    line.size >= 12.0 && page.density >= 2.0
}

/// Reads every page of a folder with every reader.
///
/// # Errors
/// When a page cannot be read or Tesseract's language files are missing.
pub fn run(folder: &Path, every: bool, progress: &dyn Fn(usize, usize)) -> Result<Results, BenchError> {
    let files = pages(folder)?;
    let mut results = Results::default();
    let counted = |page: &Page, line: &TrueLine| every || aimed(page, line);
    // Loads the engines, so that the first page is as fast as the others.
    for (at, file) in files.iter().enumerate() {
        progress(at, files.len());
        let failed = |e: &dyn std::fmt::Display| BenchError::File(format!("{}: {e}", file.display()));
        let page: Page = serde_json::from_str(&std::fs::read_to_string(file).map_err(|e| failed(&e))?)
            .map_err(|e| failed(&e))?;
        let png = file.with_extension("png");
        let bytes = std::fs::read(&png).map_err(|e| failed(&e))?;
        let picture = sight::decode(&bytes).ok_or_else(|| failed(&"no picture"))?;
        let threads = sight::threads();
        if at == 0 {
            sight::read::read(&picture, page.density, &[], threads)?;
        }
        let begun = Instant::now();
        let seen = sight::read::read(&picture, page.density, &[], threads)?;
        results.candor.count(&page, &lines(&seen), begun.elapsed().as_secs_f64(), counted);
        let known: Vec<Known> = page
            .lines
            .iter()
            .map(|line| Known { rect: line.rect(page.density), text: line.text.clone() })
            .collect();
        let begun = Instant::now();
        let seen = sight::read::read(&picture, page.density, &known, threads)?;
        results.with_tree.count(&page, &lines(&seen), begun.elapsed().as_secs_f64(), counted);
        let begun = Instant::now();
        let words = plain_tesseract(&png).map_err(|e| failed(&e))?;
        results.tesseract.count(&page, &words, begun.elapsed().as_secs_f64(), counted);
        count_axe(&page, &mut results.axe, counted);
    }
    Ok(results)
}

fn pages(folder: &Path) -> Result<Vec<std::path::PathBuf>, BenchError> {
    let entries =
        std::fs::read_dir(folder).map_err(|e| BenchError::File(format!("{}: {e}", folder.display())))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    Ok(files)
}

fn lines(seen: &sight::line::Sight) -> Vec<ReadLine> {
    let limits = Thresholds::default();
    let line = |line: &sight::line::Line| {
        let faults = fault::of(line, seen.density, &limits);
        let has = |kind| faults.iter().any(|fault| fault.kind == kind && fault.sure);
        ReadLine {
            rect: line.rect,
            text: line.text.clone(),
            size: Some(line.size.value),
            contrast: line.contrast.map(|contrast| contrast.value),
            accused: [has(Kind::Small), has(Kind::Pale)],
        }
    };
    seen.lines.iter().map(line).collect()
}

/// The words of the `tesseract` command over the whole picture, as a user would call it.
fn plain_tesseract(png: &Path) -> std::io::Result<Vec<ReadLine>> {
    let output = Command::new("tesseract")
        .arg(png)
        .args(["-", "-l", "chi_sim+eng", "tsv"])
        // One thread: with the four that it starts on its own it takes three times as long on two cores.
        .env("OMP_THREAD_LIMIT", "1")
        .stderr(Stdio::null())
        .output()?;
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    let word = |row: &str| {
        let cells: Vec<&str> = row.split('\t').collect();
        let number = |at: usize| cells.get(at).and_then(|cell| cell.parse::<f32>().ok());
        let text = cells.get(11).copied().unwrap_or_default().trim().to_owned();
        (cells.first() == Some(&"5") && !text.is_empty())
            .then(|| {
                Some(ReadLine {
                    rect: Rect::new(number(6)?, number(7)?, number(8)?, number(9)?),
                    text,
                    size: None,
                    contrast: None,
                    accused: [false; 2],
                })
            })
            .flatten()
    };
    Ok(table.lines().filter_map(word).collect())
}

fn count_axe(page: &Page, axe: &mut [usize; 3], counted: impl Fn(&Page, &TrueLine) -> bool) {
    for line in page.lines.iter().filter(|line| counted(page, line)) {
        let passes = line.contrast >= line.least_contrast();
        match page.axe.get(line.block).map(String::as_str) {
            Some("pass") => axe[usize::from(!passes)] += 1,
            Some("fail") => axe[usize::from(passes)] += 1,
            _ => axe[2] += 1,
        }
    }
}

/// The results as tables for the terminal.
pub fn tables(results: &Results) -> String {
    let percent = |share: f32| format!("{:.1} %", share * 100.0);
    let mut found = Table::new();
    found.load_preset(presets::NOTHING);
    found.set_header(["lines", "number", "found", "character error", "tesseract: found", "character error"]);
    let none = Class::default();
    for (name, class) in &results.candor.classes {
        let plain = results.tesseract.classes.get(name).unwrap_or(&none);
        found.add_row([
            name.clone(),
            class.lines.to_string(),
            percent(class.found()),
            format!("{:.3}", class.error_rate()),
            percent(plain.found()),
            format!("{:.3}", plain.error_rate()),
        ]);
    }
    let mut figures = Table::new();
    figures.load_preset(presets::NOTHING);
    figures.set_header([
        "lines",
        "size: mean error",
        "within 1 px",
        "95th",
        "contrast: median error",
        "95th",
        "wrong side of 4.5",
        "of 3",
    ]);
    for (name, class) in &results.candor.classes {
        let (Some(size), Some(contrast)) =
            (spread(&class.size_errors, 1.0), spread(&class.contrast_errors, 0.0))
        else {
            continue;
        };
        let side =
            |at: usize| percent(class.wrong_side[at] as f32 / class.contrast_errors.len().max(1) as f32);
        figures.add_row([
            name.clone(),
            format!("{:.2} px", size[2]),
            percent(size[3]),
            format!("{:.2} px", size[1]),
            percent(contrast[0]),
            percent(contrast[1]),
            side(0),
            side(1),
        ]);
    }
    let accused = results.candor.classes.get("all lines").map_or([0; 2], |class| class.accused);
    let each = |score: &Score| score.seconds / score.pages.max(1) as f64;
    let spurious = |score: &Score| score.spurious as f32 / score.pages.max(1) as f32;
    let mut text = format!("{found}\n\n{figures}\n\n");
    text.push_str(&format!(
        "called too small for sure and not so: {} lines; too pale for sure and not so: {} lines\n",
        accused[0], accused[1]
    ));
    let plain = each(&results.tesseract).max(1e-9);
    for (name, score) in [
        ("candor, from pixels alone", &results.candor),
        ("candor, texts' rectangles known", &results.with_tree),
        ("tesseract command, whole picture", &results.tesseract),
    ] {
        text.push_str(&format!(
            "{name}: {:.2} s a page ({:.2} of the command's), {:.1} spurious characters a page\n",
            each(score),
            each(score) / plain,
            spurious(score)
        ));
    }
    let [right, wrong, open] = results.axe;
    if right + wrong > 0 {
        let all = (right + wrong + open) as f32;
        text.push_str(&format!(
            "axe-core, color-contrast: {} of the lines on the right side of its limit, {} on the wrong side, {} left open\n",
            percent(right as f32 / all),
            percent(wrong as f32 / all),
            percent(open as f32 / all)
        ));
    }
    text
}

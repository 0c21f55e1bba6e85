//! How long a recording takes to be written, read, judged and verified, and how much memory, as it grows.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use image::{ImageFormat, Rgb, RgbImage};

use crate::recording::entries::{AppStarted, OperationDone, ProbeEnded, ProbeStarted, RunEnded};
use crate::recording::mask::Masks;
use crate::recording::seal::{SealError, seal};
use crate::recording::verify::verify;
use crate::recording::{Event, FORMAT, Outcome, Recorder, Recording, RunStarted, WriteError};
use crate::rules::{self, Overrides};
use crate::screen::operation::Operation;
use crate::screen::{Element, Rect, Role, Screen};
use crate::session::Eyes;
use crate::world::{Observation, Start};

/// Elements on each screen.
const ELEMENTS: u32 = 200;

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Read(#[from] crate::recording::ReadError),
    #[error("the recording does not verify: {0}")]
    Differs(String),
}

/// Makes recordings of so many screens in a folder and measures each: a table as text.
///
/// # Errors
/// When one cannot be written or read.
pub fn run(folder: &Path, sizes: &[u32]) -> Result<String, BenchError> {
    let mut table = format!(
        "{:>8} {:>8} {:>9}  {:>16} {:>16} {:>16} {:>16}\n",
        "screens", "entries", "on disk", "written", "read", "judged", "verified"
    );
    for &screens in sizes {
        let recording = folder.join(format!("{screens}"));
        let (_, written) = measured(|| write(&recording, screens))?;
        let (entries, read) = measured(|| Ok(Recording::open(&recording)?.entries.len()))?;
        let (_, judged) = measured(|| {
            let findings = rules::judge(&Recording::open(&recording)?, &Overrides::default());
            Ok(findings.findings.len())
        })?;
        let (_, verified) = measured(|| match verify(&recording)?.differences.first() {
            Some(difference) => Err(BenchError::Differs(difference.place.clone())),
            None => Ok(()),
        })?;
        let size = format!("{} MB", size_of(&recording) >> 20);
        let _ = writeln!(
            table,
            "{screens:>8} {entries:>8} {size:>9}  {written:>16} {read:>16} {judged:>16} {verified:>16}"
        );
    }
    Ok(table + "time, and the most memory that was in use at once beyond what was in use before\n")
}

/// What came of it, and `1.20 s, 14 MB`.
fn measured<T>(work: impl FnOnce() -> Result<T, BenchError>) -> Result<(T, String), BenchError> {
    // Linux begins to count the peak anew.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = memory("VmRSS");
    let begun = Instant::now();
    let result = work()?;
    let seconds = begun.elapsed().as_secs_f64();
    let more = memory("VmHWM").zip(before).map(|(peak, before)| peak.saturating_sub(before) >> 10);
    let memory = more.map_or_else(|| "?".to_owned(), |more| more.to_string());
    Ok((result, format!("{seconds:.2} s, {memory} MB")))
}

/// A line of the process's own account (KB); `None` where the system keeps none.
fn memory(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    text.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':')?.trim().strip_suffix(" kB")?.parse().ok())
}

fn size_of(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let size = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(data) if data.is_dir() => size_of(&entry.path()),
        Ok(data) => data.len(),
        Err(_) => 0,
    };
    entries.flatten().map(size).sum()
}

/// Writes a recording of so many distinct screens, and seals it.
fn write(folder: &Path, screens: u32) -> Result<(), BenchError> {
    let mut masks = Masks::salted("bench".to_owned());
    masks.hide("persona.phone", "13800138000");
    let (mut recorder, mut eyes) = (Recorder::create(folder, masks)?, Eyes::default());
    let start = RunStarted {
        format: FORMAT,
        tool: "candor bench".into(),
        platform: "web".into(),
        ..RunStarted::default()
    };
    recorder.append(Event::RunStarted(start))?;
    recorder.append(Event::ProbeStarted(ProbeStarted { probe: "find_policy".into() }))?;
    recorder.append(Event::AppStarted(AppStarted { how: Start::Fresh }))?;
    for number in 0..screens {
        let shown = eyes.see(&mut recorder, &observation(number))?.screen;
        let operation = Operation::Tap { x: 10.0, y: 10.0, label: format!("商品 {number}") };
        recorder.append(Event::OperationDone(OperationDone { screen: shown, operation }))?;
    }
    recorder
        .append(Event::ProbeEnded(ProbeEnded { probe: "find_policy".into(), outcome: Outcome::Complete }))?;
    recorder.append(Event::RunEnded(RunEnded { whole: true }))?;
    seal(folder)?;
    Ok(())
}

/// A phone's screen with a list, and a picture that does not shrink to nothing.
fn observation(number: u32) -> Observation {
    let mut screen = Screen { width: 540.0, height: 1200.0, density: 1.5, ..Screen::default() };
    screen.title = format!("第 {number} 页");
    for at in 0..ELEMENTS {
        let mut element = Element::new(Role::Text, "p", Rect::new(0.0, at as f32 * 6.0, 540.0, 6.0));
        element.text = format!("第 {number} 页的第 {at} 行，价格 {} 元", number * 7 + at);
        screen.elements.push(element);
    }
    let pixel = |x: u32, y: u32| {
        let noise = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503) ^ number.wrapping_mul(97)) >> 13;
        if (y / 6).is_multiple_of(4) { Rgb([noise as u8, 40, 90]) } else { Rgb([255, 255, 255]) }
    };
    let mut png = std::io::Cursor::new(Vec::new());
    let written = RgbImage::from_fn(540, 1200, pixel).write_to(&mut png, ImageFormat::Png);
    Observation { screen, picture: written.ok().map(|()| png.into_inner()), accesses: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_made_and_goes_through_everything() {
        let folder = tempfile::tempdir().expect("a folder");
        let table = run(folder.path(), &[2]).expect("measured");
        assert!(table.contains("       2        9 "), "{table}");
    }
}

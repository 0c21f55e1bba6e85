//! How long judging and reporting take, and how much memory, as recordings grow.

use std::path::Path;
use std::time::Instant;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{Rgb, RgbImage};
use serde::{Deserialize, Serialize};

use crate::language::policy::{Form, collection_rules};
use crate::recording::entries::{
    AppStarted, ConsentGiven, MainReached, OperationDone, ProbeEnded, ProbeStarted, RunEnded,
};
use crate::recording::mask::Masks;
use crate::recording::{
    Breadth, Event, FORMAT, GoalReached, OpenedFrom, Outcome, PolicyRead, ReadError, Recorder, Recording,
    RunStarted, Step, WriteError,
};
use crate::report;
use crate::rules::{self, Overrides};
use crate::screen::operation::Operation;
use crate::screen::{Element, Rect, Role, Screen, Tappable};
use crate::session::Eyes;
use crate::world::access::{Access, AccessKind, Standing, Watch};
use crate::world::{Observation, Start};

/// px of the pictures per dp.
const DENSITY: f32 = 2.625;
/// Controls on each screen of a synthetic recording.
const CONTROLS: usize = 60;
/// Operations on the way to the policy: more than are allowed, so that there is a violation with its steps.
const WAY: usize = 6;
/// Paragraphs of the synthetic policy.
const PARAGRAPHS: usize = 60;

/// What was measured on one recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    pub screens: usize,
    pub entries: usize,
    /// Reading the timeline and judging it (s).
    pub judge: f64,
    /// Building and writing the page (s).
    pub report: f64,
    /// Size of the page.
    pub bytes: usize,
    /// The most memory that the process held at once (kB); `None` where the system does not tell.
    pub peak: Option<u64>,
}

/// Records an app that does not exist: so many screens, each with a picture of its own of `size` px, an operation on each,
/// a policy six operations away, and calls after consent.
///
/// # Errors
/// When a file cannot be written.
pub fn record(folder: &Path, screens: usize, size: (u32, u32)) -> Result<(), WriteError> {
    let (mut recorder, mut eyes) = (Recorder::create(folder, Masks::default())?, Eyes::default());
    recorder.append(Event::RunStarted(RunStarted {
        format: FORMAT,
        tool: concat!("candor ", env!("CARGO_PKG_VERSION")).to_owned(),
        scenario: "bench".to_owned(),
        scenario_sha256: String::new(),
        app: "合成应用".to_owned(),
        platform: "web".to_owned(),
        target: "https://bench.example/".to_owned(),
        thresholds: Default::default(),
        items: Vec::new(),
        probes: ["first_run", "find_policy", "read_policy"].map(str::to_owned).to_vec(),
        ..RunStarted::default()
    }))?;
    recorder.append(Event::ProbeStarted(ProbeStarted { probe: "first_run".into() }))?;
    recorder.append(Event::AppStarted(AppStarted { how: Start::Fresh }))?;
    recorder.watching(Watch {
        sees: [AccessKind::Ask, AccessKind::Sensor, AccessKind::Identifier].into(),
        requests: None,
        gaps: Vec::new(),
    })?;
    let first = eyes.see(&mut recorder, &seen(0, size))?.screen;
    recorder.append(tapped(first, size, 0))?;
    recorder.append(Event::ConsentGiven(ConsentGiven { screen: first, by: "同意".into() }))?;
    // All of them after consent: one before it would be judged by how busy the machine is.
    recorder.note(vec![
        call(AccessKind::Ask, "location"),
        call(AccessKind::Identifier, "graphics"),
        call(AccessKind::Sensor, "motion"),
    ])?;
    recorder.append(Event::MainReached(MainReached { screen: first }))?;
    ended(&mut recorder, "first_run")?;
    recorder.append(Event::ProbeStarted(ProbeStarted { probe: "find_policy".into() }))?;
    let mut path = Vec::new();
    let mut on = first;
    for number in 1..screens.max(2) {
        let operation = tap(size, number);
        recorder.append(Event::OperationDone(OperationDone { screen: on, operation: operation.clone() }))?;
        let led_to = eyes.see(&mut recorder, &seen(number, size))?.screen;
        if path.len() < WAY {
            path.push(Step { on, operation, led_to });
        }
        on = led_to;
    }
    let breadth = Breadth { screens, operations: screens, ..Breadth::default() };
    let last = path.last().map_or(first, |step| step.led_to);
    recorder.append(Event::GoalReached(GoalReached {
        goal: "policy".into(),
        path,
        screen: last,
        shortest: true,
        none_within: 0,
        breadth,
    }))?;
    ended(&mut recorder, "find_policy")?;
    recorder.append(Event::ProbeStarted(ProbeStarted { probe: "read_policy".into() }))?;
    let policy = policy();
    let text = recorder.text("policy.txt", &policy)?;
    recorder.append(Event::PolicyRead(PolicyRead {
        screen: last,
        screens: vec![last],
        title: "隐私政策".into(),
        form: Form::Text,
        opened_from: OpenedFrom::MainScreen,
        characters: policy.chars().filter(|c| !c.is_whitespace()).count(),
        rules: collection_rules(&policy).into_iter().take(40).collect(),
        text: Some(text),
    }))?;
    ended(&mut recorder, "read_policy")?;
    recorder.append(Event::RunEnded(RunEnded { whole: true }))?;
    Ok(())
}

fn ended(recorder: &mut Recorder, probe: &str) -> Result<(), WriteError> {
    recorder.append(Event::ProbeEnded(ProbeEnded { probe: probe.into(), outcome: Outcome::Complete }))?;
    Ok(())
}

fn call(kind: AccessKind, what: &str) -> Access {
    Access {
        // As a browser's calls and the timeline's entries are: to the millisecond.
        at: jiff::Timestamp::now().round(jiff::Unit::Millisecond).unwrap_or_default(),
        kind,
        what: what.to_owned(),
        call: format!("navigator.{what}"),
        from: "https://bench.example/".to_owned(),
        script: String::new(),
        framed: false,
        by_hand: false,
        standing: (kind == AccessKind::Ask).then_some(Standing::Unanswered),
    }
}

/// A place among the controls of a screen.
fn place(size: (u32, u32), number: usize) -> Rect {
    let (columns, rows) = (4, CONTROLS / 4);
    let at = number % CONTROLS;
    let (width, height) = (size.0 as f32 / columns as f32, size.1 as f32 / rows as f32);
    Rect::new(
        (at % columns) as f32 * width + 4.0,
        (at / columns) as f32 * height + 4.0,
        width - 8.0,
        height - 8.0,
    )
}

fn tap(size: (u32, u32), number: usize) -> Operation {
    let (x, y) = place(size, number * 7).center();
    Operation::Tap { x, y, label: format!("入口 {number}") }
}

fn tapped(screen: u32, size: (u32, u32), number: usize) -> Event {
    Event::OperationDone(OperationDone { screen, operation: tap(size, number) })
}

/// A screen like no other of the recording, and its picture.
fn seen(number: usize, size: (u32, u32)) -> Observation {
    let mut screen = Screen {
        width: size.0 as f32,
        height: size.1 as f32,
        density: DENSITY,
        address: format!("https://bench.example/{number}"),
        title: format!("界面 {number}"),
        settled: true,
        ..Screen::default()
    };
    for at in 0..CONTROLS {
        let rect = place(size, at);
        let mut element = Element::new(Role::Button, "button", rect);
        element.text = format!("界面 {number} 的第 {at} 个按钮");
        element.tappable = Some(Tappable::Native);
        element.tap_at = Some(rect.center());
        screen.elements.push(element);
    }
    Observation { picture: Some(picture(number, size)), screen, accesses: Vec::new() }
}

/// Cards with lines on them, as busy as a screen of a shop.
fn picture(number: usize, size: (u32, u32)) -> Vec<u8> {
    let mut state = number as u32 + 1;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    let mut image = RgbImage::from_pixel(size.0, size.1, Rgb([246, 246, 244]));
    for at in 0..CONTROLS {
        let rect = place(size, at);
        let colour = random().to_le_bytes();
        fill(&mut image, rect, [colour[0] / 2 + 120, colour[1] / 2 + 120, colour[2] / 2 + 120]);
        // Strokes of the size of letters: what makes a picture of text heavy.
        let (mut x, middle) = (rect.x + 6.0, rect.center().1);
        while x < rect.right() - 8.0 {
            let high = (random() % 14) as f32 + 2.0;
            fill(&mut image, Rect::new(x, middle - high / 2.0, 3.0, high), [40, 40, 48]);
            x += (random() % 5) as f32 + 5.0;
        }
    }
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive);
    // Writing into memory does not fail; without a picture the screen would still be one.
    let _ = image.write_with_encoder(encoder);
    png
}

fn fill(image: &mut RgbImage, rect: Rect, colour: [u8; 3]) {
    let (right, bottom) =
        ((rect.right() as u32).min(image.width()), (rect.bottom() as u32).min(image.height()));
    for y in rect.y.max(0.0) as u32..bottom {
        for x in rect.x.max(0.0) as u32..right {
            image.put_pixel(x, y, Rgb(colour));
        }
    }
}

fn policy() -> String {
    let mut text = "隐私政策\n".to_owned();
    for number in 1..=PARAGRAPHS {
        text.push_str(&format!(
            "{number}. 第 {number} 项服务\n为了提供第 {number} 项服务，我们会收集您的手机号码和收货地址，用于配送和售后。您可以在设置中查看和删除这些信息。\n"
        ));
    }
    text
}

/// Judges a recording, writes its page, and measures both.
///
/// # Errors
/// When the recording cannot be read.
pub fn measure(folder: &Path) -> Result<Measured, ReadError> {
    let begun = Instant::now();
    let recording = Recording::open(folder)?;
    let findings = rules::judge(&recording, &Overrides::default());
    let judge = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let page = report::html::write(&recording, &findings);
    let path = folder.join("report.html");
    std::fs::write(&path, &page)
        .map_err(|source| ReadError::Open { path: path.display().to_string(), source })?;
    let report = begun.elapsed().as_secs_f64();
    let screens =
        recording.entries.iter().filter(|entry| matches!(&entry.event, Event::ScreenSeen(_))).count();
    Ok(Measured { screens, entries: recording.entries.len(), judge, report, bytes: page.len(), peak: peak() })
}

/// The most memory that this process held at once (kB).
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// The figures as a table.
pub fn table(measured: &[Measured]) -> String {
    let mut text = "screens  entries  judge     report    page      peak memory\n".to_owned();
    for row in measured {
        let peak = row.peak.map_or("?".to_owned(), |peak| format!("{:.0} MB", peak as f64 / 1024.0));
        text.push_str(&format!(
            "{:<8} {:<8} {:<9} {:<9} {:<9} {peak}\n",
            row.screens,
            row.entries,
            format!("{:.2} s", row.judge),
            format!("{:.2} s", row.report),
            format!("{:.1} MB", row.bytes as f64 / 1e6),
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Verdict;

    #[test]
    fn the_synthetic_recording_is_whole_and_has_a_violation_with_its_steps() {
        let folder = tempfile::tempdir().expect("a folder");
        record(folder.path(), 12, (108, 240)).expect("records");
        assert_eq!(Recording::verify(folder.path()).expect("verifies"), []);
        let recording = Recording::open(folder.path()).expect("reads");
        let findings = rules::judge(&recording, &Overrides::default());
        let far = findings.findings.iter().find(|found| found.item.to_string() == "1.3").expect("1.3");
        assert_eq!(far.verdict, Verdict::Violation, "{far:?}");
        let page = report::html::write(&recording, &findings);
        let finding =
            page.split("id=\"i1-3\"").nth(1).and_then(|rest| rest.split("<details").next()).expect("1.3");
        assert_eq!(
            finding.matches("<rect class=\"operated\"").count(),
            WAY,
            "the operated element of each step is boxed"
        );
        let measured = measure(folder.path()).expect("measures");
        assert_eq!((measured.screens, measured.bytes), (12, page.len()));
        assert!(table(&[measured]).lines().count() == 2);
    }
}

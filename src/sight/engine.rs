//! The text of one line, read by Tesseract.

use std::sync::Mutex;

use image::imageops::FilterType;
use image::{GrayImage, Luma};
use tesseract::{PageSegMode, Tesseract};

use super::lines::Bounds;

/// Height that a line's ink is brought to before it is read (px; ours: the models were trained on lines 48 px
/// high, with some white around the letters).
const INK_HEIGHT: f32 = 34.0;
/// White around the ink (px).
const MARGIN: u32 = 10;

/// Reading could not begin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "Tesseract cannot read {languages}: {why}. Its language files are missing or broken; get them: apt-get install tesseract-ocr-chi-sim, or name their folder with TESSDATA_PREFIX"
)]
pub struct EngineError {
    languages: String,
    why: String,
}

/// A word as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    pub text: String,
    /// 0–1, as Tesseract tells it.
    pub confidence: f32,
    /// px from the left of the line's ink, in px of the picture.
    pub left: f32,
    pub right: f32,
}

/// An engine that reads one line after the other; one for each thread.
pub struct Engine {
    tesseract: Option<Tesseract>,
    languages: &'static str,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine({})", self.languages)
    }
}

/// Engines that wait for work: loading one takes longer than reading a screen's line.
static IDLE: Mutex<Vec<Engine>> = Mutex::new(Vec::new());
/// The language files that are read with: simplified Chinese, which knows Latin letters as well. With `eng` beside
/// it every uncertain line is read twice, at half the speed and no fewer errors (see the benchmark).
pub const SIMPLIFIED: &str = "chi_sim";
/// Those for traditional Chinese, which a screen is only compared with.
pub const TRADITIONAL: &str = "chi_tra";

impl Engine {
    /// An engine for `languages` that waits for work, or a new one.
    ///
    /// # Errors
    /// When the language files are missing.
    pub fn borrow(languages: &'static str) -> Result<Engine, EngineError> {
        let waiting = IDLE.lock().ok().and_then(|mut idle| {
            let at = idle.iter().position(|engine| engine.languages == languages)?;
            Some(idle.swap_remove(at))
        });
        waiting.map_or_else(|| Engine::new(languages), Ok)
    }

    /// Keeps it for the next picture.
    pub fn give_back(self) {
        if let Ok(mut idle) = IDLE.lock() {
            idle.push(self);
        }
    }

    /// Loads the language files, such as `chi_sim`.
    ///
    /// # Errors
    /// When one is missing or broken.
    pub fn new(languages: &'static str) -> Result<Engine, EngineError> {
        Ok(Engine { tesseract: Some(load(languages)?), languages })
    }

    /// Reads a line of ink; no words where it shows none.
    ///
    /// # Errors
    /// When the engine gave up and cannot be loaded again.
    pub fn read(&mut self, strength: &GrayImage, line: &Bounds) -> Result<Vec<Word>, EngineError> {
        let (picture, scale) = prepared(strength, line);
        let (width, height) = (picture.width() as i32, picture.height() as i32);
        let tesseract = match self.tesseract.take() {
            Some(tesseract) => tesseract,
            None => load(self.languages)?,
        };
        // An engine that fails on a line is given up with it; the next line gets a new one.
        let Ok(tesseract) = tesseract.set_frame(picture.as_raw(), width, height, 1, width) else {
            return Ok(Vec::new());
        };
        let Ok(mut tesseract) = tesseract.set_source_resolution(300).recognize() else {
            return Ok(Vec::new());
        };
        let table = tesseract.get_tsv_text(0).unwrap_or_default();
        self.tesseract = Some(tesseract);
        Ok(words(&table, scale))
    }
}

fn load(languages: &'static str) -> Result<Tesseract, EngineError> {
    let failed = |why: String| EngineError { languages: languages.to_owned(), why };
    let mut tesseract = Tesseract::new(None, Some(languages)).map_err(|e| failed(e.to_string()))?;
    for (name, value) in
        [("debug_file", "/dev/null"), ("tessedit_do_invert", "0"), ("user_defined_dpi", "300")]
    {
        tesseract = tesseract.set_variable(name, value).map_err(|e| failed(e.to_string()))?;
    }
    // We have found the line already: no layout analysis of Tesseract's own (fewer errors in English; see the benchmark).
    tesseract.set_page_seg_mode(PageSegMode::PsmRawLine);
    Ok(tesseract)
}

/// The line as black letters on white, at the height that is read best, and by how much it was enlarged.
fn prepared(strength: &GrayImage, line: &Bounds) -> (GrayImage, f32) {
    let scale = INK_HEIGHT / line.height().max(1.0);
    let cut = image::imageops::crop_imm(
        strength,
        line.left,
        line.top,
        line.right - line.left,
        line.bottom - line.top,
    )
    .to_image();
    let size = |length: f32| ((length * scale).round() as u32).clamp(1, 8000);
    let filter = if scale > 1.0 { FilterType::CatmullRom } else { FilterType::Triangle };
    let cut = image::imageops::resize(&cut, size(line.width()), size(line.height()), filter);
    let mut picture = GrayImage::from_pixel(cut.width() + 2 * MARGIN, cut.height() + 2 * MARGIN, Luma([255]));
    for (x, y, ink) in cut.enumerate_pixels() {
        picture.put_pixel(x + MARGIN, y + MARGIN, Luma([255 - ink.0[0]]));
    }
    (picture, scale)
}

/// The words in Tesseract's table (level, page, block, paragraph, line, word, left, top, width, height, conf, text).
fn words(table: &str, scale: f32) -> Vec<Word> {
    let word = |row: &str| {
        let cells: Vec<&str> = row.splitn(12, '\t').collect();
        let number = |at: usize| cells.get(at).and_then(|cell| cell.parse::<f32>().ok());
        let text = (*cells.get(11)?).trim();
        if cells.first() != Some(&"5") || text.is_empty() {
            return None;
        }
        let left = (number(6)? - MARGIN as f32) / scale;
        Some(Word {
            text: text.to_owned(),
            confidence: (number(10)? / 100.0).clamp(0.0, 1.0),
            left,
            right: left + number(8)? / scale,
        })
    };
    table.lines().filter_map(word).collect()
}

//! How near a reading of pages comes to the truth about them.

use std::collections::BTreeMap;

use super::pages::{Background, Page, TrueLine};
use crate::screen::Rect;

/// A line as some reader read it.
#[derive(Debug, Clone)]
pub struct ReadLine {
    pub rect: Rect,
    pub text: String,
    /// CSS px, where the reader tells it.
    pub size: Option<f32>,
    /// WCAG ratio, where the reader tells it.
    pub contrast: Option<f32>,
    /// Whether the reader would call it too small, and too pale.
    pub accused: [bool; 2],
}

/// Errors of a class of lines.
#[derive(Debug, Clone, Default)]
pub struct Class {
    pub lines: usize,
    /// Lines of which at least half of the characters came back.
    pub found: usize,
    pub characters: usize,
    /// Characters that must be changed to get from what was read to what is there.
    pub wrong: usize,
    /// CSS px.
    pub size_errors: Vec<f32>,
    /// Share of the true ratio.
    pub contrast_errors: Vec<f32>,
    /// Lines whose contrast was put on the wrong side of 4.5 and of 3.
    pub wrong_side: [usize; 2],
    /// Lines that were called too small, and too pale, and are not.
    pub accused: [usize; 2],
}

/// The scores of one reader over many pages.
#[derive(Debug, Clone, Default)]
pub struct Score {
    pub classes: BTreeMap<String, Class>,
    pub pages: usize,
    /// Characters read where there is no text.
    pub spurious: usize,
    pub seconds: f64,
}

impl Class {
    pub fn add(&mut self, other: &Class) {
        self.lines += other.lines;
        self.found += other.found;
        self.characters += other.characters;
        self.wrong += other.wrong;
        self.size_errors.extend(&other.size_errors);
        self.contrast_errors.extend(&other.contrast_errors);
        self.wrong_side = [0, 1].map(|at| self.wrong_side[at] + other.wrong_side[at]);
        self.accused = [0, 1].map(|at| self.accused[at] + other.accused[at]);
    }
    /// Share of the lines found, 0–1.
    pub fn found(&self) -> f32 {
        self.found as f32 / self.lines.max(1) as f32
    }
    /// Character error rate, 0–1.
    pub fn error_rate(&self) -> f32 {
        self.wrong as f32 / self.characters.max(1) as f32
    }
}

/// The middle, the 95th percentile and the mean of some errors, and the share of them up to `limit`.
pub fn spread(errors: &[f32], limit: f32) -> Option<[f32; 4]> {
    let mut sorted = errors.to_vec();
    sorted.sort_by(f32::total_cmp);
    let at = |share: f32| sorted.get(((sorted.len().max(1) - 1) as f32 * share) as usize).copied();
    let mean = sorted.iter().sum::<f32>() / sorted.len().max(1) as f32;
    let within = sorted.iter().filter(|error| **error <= limit).count() as f32 / sorted.len().max(1) as f32;
    Some([at(0.5)?, at(0.95)?, mean, within])
}

/// The classes that a line counts in: by contrast, by language with its size, and by what is behind it.
fn classes(line: &TrueLine, background: Background) -> Vec<String> {
    let band = match line.contrast {
        ..1.3 => "contrast under 1.3",
        1.3..3.0 => "contrast 1.3 to 3",
        3.0..4.5 => "contrast 3 to 4.5",
        _ => "contrast from 4.5",
    };
    let language = match line.language.as_str() {
        "zh" => "Chinese",
        "en" => "English",
        _ => "mixed",
    };
    let ground = match background {
        Background::Plain => "plain ground",
        Background::Gradient => "gradient",
        Background::Photo => "photo-like ground",
    };
    let size = if line.size < 12.0 {
        "8 to 12 px"
    } else if line.size < 18.0 {
        "12 to 18 px"
    } else {
        "18 to 24 px"
    };
    [band, language, ground, size].map(str::to_owned).to_vec()
}

impl Score {
    /// Compares what was read of a page with what is there.
    pub fn count(
        &mut self,
        page: &Page,
        read: &[ReadLine],
        seconds: f64,
        aimed: impl Fn(&Page, &TrueLine) -> bool,
    ) {
        self.pages += 1;
        self.seconds += seconds;
        let mut used = vec![false; read.len()];
        for line in &page.lines {
            let rect = line.rect(page.density);
            let mut parts: Vec<(usize, &ReadLine)> =
                read.iter().enumerate().filter(|(_, part)| belongs(&part.rect, &rect)).collect();
            parts.sort_by(|a, b| a.1.rect.x.total_cmp(&b.1.rect.x));
            for (at, _) in &parts {
                used[*at] = true;
            }
            if !aimed(page, line) {
                continue;
            }
            let text: String = parts.iter().map(|(_, part)| part.text.as_str()).collect();
            let class = compare(line, &text, &parts, &rect);
            for name in classes(line, page.background) {
                self.classes.entry(name).or_default().add(&class);
            }
            self.classes.entry("all lines".to_owned()).or_default().add(&class);
        }
        let extra = read.iter().zip(used).filter(|(_, used)| !used);
        self.spurious += extra.map(|(part, _)| plain(&part.text).len()).sum::<usize>();
    }
}

/// Whether a piece that was read lies in a true line.
fn belongs(part: &Rect, line: &Rect) -> bool {
    let middle = part.center().1;
    middle > line.y && middle < line.bottom() && part.x < line.right() && part.right() > line.x
}

fn compare(line: &TrueLine, text: &str, parts: &[(usize, &ReadLine)], rect: &Rect) -> Class {
    let (truth, text) = (plain(&line.text), plain(text));
    let wrong = strsim::generic_levenshtein(&truth, &text).min(truth.len());
    let mut class = Class {
        lines: 1,
        found: usize::from(2 * wrong <= truth.len()),
        characters: truth.len(),
        wrong,
        ..Class::default()
    };
    // Of a line in pieces, the largest speaks.
    let Some((_, part)) = parts.iter().max_by(|a, b| a.1.rect.width.total_cmp(&b.1.rect.width)) else {
        return class;
    };
    if part.rect.width < 0.5 * rect.width {
        return class;
    }
    let guilty = [line.size < 12.0, line.contrast < line.least_contrast()];
    class.accused = [0, 1].map(|at| usize::from(part.accused[at] && !guilty[at]));
    if let Some(size) = part.size {
        class.size_errors.push((size - line.size).abs());
    }
    if let Some(contrast) = part.contrast {
        class.contrast_errors.push((contrast - line.contrast).abs() / line.contrast);
        class.wrong_side = [4.5, 3.0].map(|limit| usize::from((contrast < limit) != (line.contrast < limit)));
    }
    class
}

/// Characters without white space, with full-width marks as their narrow forms: which of them a reader writes is taste.
fn plain(text: &str) -> Vec<char> {
    let narrow = |c: char| match c {
        '，' | '、' => ',',
        '：' => ':',
        '；' => ';',
        '。' => '.',
        '（' => '(',
        '）' => ')',
        other => other,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        let line = |text: &str, top: f32, contrast: f32| TrueLine {
            text: text.into(),
            language: "zh".into(),
            block: 0,
            left: 10.0,
            top,
            right: 110.0,
            bottom: top + 20.0,
            size: 14.0,
            pitch: 20.0,
            weight: 400,
            family: String::new(),
            ink: [0; 3],
            ground: [255; 3],
            contrast,
        };
        Page {
            seed: 1,
            density: 2.0,
            background: Background::Plain,
            dark: false,
            lines: vec![line("我们收集，", 0.0, 5.0), line("手机号码", 40.0, 2.0)],
            axe: Vec::new(),
        }
    }

    #[test]
    fn what_was_read_is_held_against_what_is_there() {
        let read = |y: f32, text: &str, size: f32, contrast: f32| ReadLine {
            rect: Rect::new(20.0, y, 200.0, 30.0),
            text: text.into(),
            size: Some(size),
            contrast: Some(contrast),
            accused: [false; 2],
        };
        let mut score = Score::default();
        score.count(
            &page(),
            &[read(5.0, "我们收集,", 14.5, 4.4), read(300.0, "噪声", 9.0, 2.0)],
            1.0,
            |_, _| true,
        );
        let all = &score.classes["all lines"];
        assert_eq!((all.lines, all.found, all.characters, all.wrong), (2, 1, 9, 4));
        assert_eq!(
            (all.size_errors.as_slice(), all.wrong_side, score.spurious),
            ([0.5].as_slice(), [1, 0], 2)
        );
    }

    #[test]
    fn the_spread_of_errors() {
        assert_eq!(spread(&[], 1.0), None);
        assert_eq!(spread(&[3.0, 1.0, 2.0], 2.0), Some([2.0, 2.0, 2.0, 2.0 / 3.0]));
    }
}

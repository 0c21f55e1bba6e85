//! What pixels say: whether a box is ticked, how text stands out from its background.

pub mod block;
pub mod boxed;
pub mod contrast;
pub mod engine;
pub mod ink;
pub mod joined;
pub mod line;
pub mod lines;
mod missed;
pub mod prominence;
pub mod read;
pub mod size;
pub mod tick;

use image::RgbImage;

use crate::screen::Rect;

/// Threads that a picture is read on: as many as the machine has, but no more than four.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get().min(4))
}

/// A larger picture is not a phone's screen; decoding it could use up the memory (px²).
const MOST_PIXELS: u64 = 60_000_000;

/// Why a picture cannot be looked at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    #[error("no PNG picture ({0}); expected a screenshot as PNG")]
    NoPng(String),
    #[error(
        "{0} × {1} px is more than a screen has; cut out the part that matters, or make it smaller (60 million px at most)"
    )]
    TooLarge(u32, u32),
}

/// Decodes a PNG.
///
/// # Errors
/// When it is none, or larger than 60 million px.
pub fn open(png: &[u8]) -> Result<RgbImage, PictureError> {
    let no_png = |e: image::ImageError| PictureError::NoPng(e.to_string());
    // The size stands in the head: a picture that would use up the memory is refused before it is unpacked.
    let (width, height) = image::ImageReader::with_format(std::io::Cursor::new(png), image::ImageFormat::Png)
        .into_dimensions()
        .map_err(no_png)?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureError::TooLarge(width, height));
    }
    Ok(image::load_from_memory_with_format(png, image::ImageFormat::Png).map_err(no_png)?.to_rgb8())
}

/// As [`open`]; `None` where that is an error.
pub fn decode(png: &[u8]) -> Option<RgbImage> {
    open(png).ok()
}

/// The whole pixels of a rectangle that lie on the picture, as `(left, top, right, bottom)`, the last two exclusive.
fn pixels(picture: &RgbImage, rect: Rect) -> Option<(u32, u32, u32, u32)> {
    let left = rect.x.max(0.0).round() as u32;
    let top = rect.y.max(0.0).round() as u32;
    let right = (rect.right().max(0.0).round() as u32).min(picture.width());
    let bottom = (rect.bottom().max(0.0).round() as u32).min(picture.height());
    (right > left && bottom > top).then_some((left, top, right, bottom))
}

/// The largest difference of two colours over the channels, 0–255.
fn distance(a: [u8; 3], b: [u8; 3]) -> u8 {
    (0..3).map(|channel| a[channel].abs_diff(b[channel])).max().unwrap_or(0)
}

/// The commonest colour and its share of the pixels (0–1), counted in cells of 16 levels a channel
/// and given as the mean of its cell.
fn commonest(colours: impl Iterator<Item = [u8; 3]>) -> Option<([u8; 3], f32)> {
    let mut cells: std::collections::HashMap<[u8; 3], (u32, [u64; 3])> = std::collections::HashMap::new();
    let mut all = 0u32;
    for colour in colours {
        all += 1;
        let cell = cells.entry(colour.map(|channel| channel / 16)).or_default();
        cell.0 += 1;
        for (sum, channel) in cell.1.iter_mut().zip(colour) {
            *sum += u64::from(channel);
        }
    }
    let (count, sums) =
        cells.into_iter().max_by_key(|(cell, (count, _))| (*count, *cell)).map(|(_, value)| value)?;
    Some((sums.map(|sum| (sum / u64::from(count)) as u8), count as f32 / all as f32))
}

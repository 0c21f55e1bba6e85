//! Page sources and screenshots from anywhere: Appium's XML of Android and iOS, and trees as recordings keep them.

use image::imageops::FilterType;

use crate::screen::{Screen, SourceError, uiautomator, xcuitest};
use crate::sight::{self, PictureError};
use crate::world::Observation;

/// px per dp of many Android phones, taken where nothing tells it (ours).
const ANDROID_DENSITY: f32 = 2.625;
/// px per pt of most iPhones, taken where there is no picture to tell it (ours).
const IOS_SCALE: f32 = 3.0;
/// Scales that iPhones and iPads have, and a margin (px per pt).
const IOS_SCALES: std::ops::RangeInclusive<f32> = 0.9..=4.5;
/// Sizes that differ by at most this are the same (px).
const SAME_SIZE: f32 = 1.5;
/// Shapes that differ by at most this share of the width are of one screen (ours).
const SAME_SHAPE: f32 = 0.03;

/// What is known of a page source beside its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct SourceOptions<'a> {
    /// px of the picture per dp or pt.
    pub density: Option<f32>,
    /// The screenshot, as PNG.
    pub picture: Option<&'a [u8]>,
}

/// An observation that was made of a page source, and what a reader should know of it.
#[derive(Debug, Clone)]
pub struct Taken {
    pub observation: Observation,
    pub notes: Vec<String>,
}

/// A page source that cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableSource {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error(
        "this is HTML, and candor reads pages in a browser: give the page's address, or file:// and the file's path"
    )]
    Html,
    #[error(
        "expected the XML of a page source as Appium gives it, or a tree (screens/0001.json) of a recording"
    )]
    Unknown,
    #[error("line {line}, column {column} of the tree: {why}")]
    Tree { line: usize, column: usize, why: String },
    #[error("the picture: {0}")]
    Picture(#[from] PictureError),
}

/// Reads a page source, with its picture where there is one.
///
/// # Errors
/// When the text is no page source, or the picture is none.
pub fn observe_source(text: &str, options: &SourceOptions<'_>) -> Result<Taken, UnreadableSource> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let pixels = options.picture.map(sight::open).transpose()?;
    let mut notes = Vec::new();
    let screen = match text {
        text if text.starts_with('{') => {
            let mut screen: Screen = serde_json::from_str(text).map_err(|e| UnreadableSource::Tree {
                line: e.line(),
                column: e.column(),
                why: e.to_string(),
            })?;
            screen.density = options.density.unwrap_or(screen.density);
            screen
        }
        text if is_html(text) => return Err(UnreadableSource::Html),
        text if !text.starts_with('<') => return Err(UnreadableSource::Unknown),
        text if text.contains("XCUIElementType") || text.contains("<AppiumAUT") => {
            let scale = match options.density {
                Some(density) => density,
                None => guess_scale(text, pixels.as_ref().map(image::RgbImage::width), &mut notes)?,
            };
            xcuitest::read(text, scale)?
        }
        text => {
            if options.density.is_none() {
                notes.push(format!(
                    "the source does not tell the density: {ANDROID_DENSITY} px per dp were taken, as many phones have; --density says it"
                ));
            }
            uiautomator::read(text, options.density.unwrap_or(ANDROID_DENSITY))?
        }
    };
    let picture = match (options.picture, pixels) {
        (Some(png), Some(pixels)) => fit_picture(png, pixels, &screen, &mut notes),
        _ => {
            notes.push("without a picture the state of drawn boxes and contrasts are not known".to_owned());
            None
        }
    };
    let observation = Observation { screen, picture, accesses: Vec::new() };
    Ok(Taken { observation, notes })
}

fn is_html(text: &str) -> bool {
    let head: String = text.chars().take(200).collect::<String>().to_lowercase();
    head.starts_with("<!doctype html") || head.contains("<html")
}

/// px per pt: the picture's width by the application's, or what most iPhones have.
fn guess_scale(text: &str, width: Option<u32>, notes: &mut Vec<String>) -> Result<f32, SourceError> {
    let points = xcuitest::read(text, 1.0)?.width;
    let scale = width.map(|width| width as f32 / points.max(1.0)).filter(|scale| IOS_SCALES.contains(scale));
    if scale.is_none() {
        notes.push(format!(
            "the source does not tell the scale: {IOS_SCALE} px per pt were taken, as most iPhones have; --density says it"
        ));
    }
    Ok(scale.unwrap_or(IOS_SCALE))
}

/// The picture in the tree's size; none where it is of another screen.
fn fit_picture(
    png: &[u8],
    pixels: image::RgbImage,
    screen: &Screen,
    notes: &mut Vec<String>,
) -> Option<Vec<u8>> {
    let (width, height) = (pixels.width() as f32, pixels.height() as f32);
    if (width - screen.width).abs() <= SAME_SIZE && (height - screen.height).abs() <= SAME_SIZE {
        return Some(png.to_vec());
    }
    let scale = screen.width / width;
    let like = (height * scale - screen.height).abs() <= SAME_SHAPE * screen.width;
    let sizes =
        format!("the picture has {width} × {height} px, the tree {} × {}", screen.width, screen.height);
    // A tree's size comes from a file: it may be anything.
    let sane = (0.2..=8.0).contains(&scale) && screen.width * screen.height <= 60_000_000.0;
    if !like || !sane {
        notes.push(format!("{sizes}: they are not of one screen, and the picture was left out"));
        return None;
    }
    notes.push(format!("{sizes}: the picture was brought to the tree's size"));
    let (wide, high) = (screen.width.round() as u32, screen.height.round() as u32);
    let fitted = image::imageops::resize(&pixels, wide.max(1), high.max(1), FilterType::Triangle);
    let mut out = std::io::Cursor::new(Vec::new());
    fitted.write_to(&mut out, image::ImageFormat::Png).ok()?;
    Some(out.into_inner())
}

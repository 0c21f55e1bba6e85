//! Pages of text drawn in a real browser, with the truth about every line taken from the document.

use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use image::RgbImage;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::app::AppError;
use crate::app::session::{COMMAND, Session};
use crate::app::web::Viewport;
use crate::app::web::capabilities::{Manner, capabilities};
use crate::app::web::chromedriver::Chromedriver;
use crate::screen::Rect;
use crate::sight::contrast::ratio;

/// What is behind the text of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Background {
    Plain,
    Gradient,
    /// Soft shapes and noise, as a photograph has them; no photograph.
    Photo,
}

/// What a line of a page is known to be.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TrueLine {
    pub text: String,
    /// `zh`, `en` or `mixed`.
    pub language: String,
    /// Number of its paragraph on the page.
    pub block: usize,
    /// CSS px.
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    /// Font size in CSS px.
    pub size: f32,
    /// Distance from one line to the next in CSS px.
    pub pitch: f32,
    pub weight: u32,
    pub family: String,
    pub ink: [u8; 3],
    /// The colour behind it as it was chosen; on gradients and photos the middle of it.
    pub ground: [u8; 3],
    /// Contrast (1–21) to what is really behind the line: the median over the pixels of the page without its text.
    #[serde(default)]
    pub contrast: f32,
}

/// A page, its picture, and the truth about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page {
    pub seed: u32,
    pub density: f32,
    pub background: Background,
    pub dark: bool,
    pub lines: Vec<TrueLine>,
    /// What axe-core's color-contrast rule said of each paragraph: `pass`, `fail` or `unsure`.
    #[serde(default)]
    pub axe: Vec<String>,
}

impl TrueLine {
    /// The contrast that WCAG 2.x AA asks of it: large text, from 24 px or bold from 18.66 px, may be paler.
    pub fn least_contrast(&self) -> f32 {
        let large = self.size >= 24.0 || (self.weight >= 700 && self.size >= 18.66);
        if large { 3.0 } else { 4.5 }
    }
    /// Its rectangle in px of the picture.
    pub fn rect(&self, density: f32) -> Rect {
        Rect::new(
            self.left * density,
            self.top * density,
            (self.right - self.left) * density,
            (self.bottom - self.top) * density,
        )
    }
}

/// Densities of the pages in turn, px per CSS px.
pub const DENSITIES: [f32; 4] = [2.625, 2.0, 3.0, 1.0];

/// Draws `count` pages from `seed` on into `folder`: `0001.png` with its truth beside it in `0001.json`.
///
/// # Errors
/// When the browser cannot be driven.
pub async fn draw(
    folder: &Path,
    seed: u32,
    count: usize,
    axe: Option<&str>,
    progress: &dyn Fn(usize),
) -> Result<(), AppError> {
    let mut driver = Chromedriver::start().await?;
    let mut drawn = 0;
    for density in DENSITIES {
        let profile = tempfile::tempdir().map_err(|e| AppError::Gone(e.to_string()))?;
        let viewport = Viewport { density, ..Viewport::default() };
        let session = Session::open(
            driver.address(),
            capabilities(profile.path(), &viewport, Manner::default()),
            COMMAND,
            Arc::default(),
        )
        .await?;
        for at in (0..count).filter(|at| DENSITIES[at % DENSITIES.len()] == density) {
            let page = page(
                &session,
                seed + at as u32,
                density,
                at / DENSITIES.len(),
                axe,
                &folder.join(format!("{:04}.png", at + 1)),
            )
            .await?;
            let text = serde_json::to_string_pretty(&page).map_err(|e| AppError::Gone(e.to_string()))?;
            std::fs::write(folder.join(format!("{:04}.json", at + 1)), text)
                .map_err(|e| AppError::Gone(e.to_string()))?;
            drawn += 1;
            progress(drawn);
        }
        session.close().await;
    }
    driver.stop().await;
    Ok(())
}

async fn page(
    session: &Session,
    seed: u32,
    density: f32,
    turn: usize,
    axe: Option<&str>,
    file: &Path,
) -> Result<Page, AppError> {
    // As a page for phones: without the viewport it would be laid out 980 px wide and shrunk.
    let blank = "data:text/html,<meta name=viewport content='width=device-width,initial-scale=1'>";
    session.post("url", json!({"url": blank})).await?;
    let background =
        [Background::Plain, Background::Plain, Background::Gradient, Background::Photo][turn % 4];
    // Dark every third page, so that every background comes in both.
    let asked = json!({"seed": seed, "background": background, "dark": turn % 3 == 2, "language": "any"});
    let mut truth = session.script(include_str!("page.js"), asked).await?;
    session.script("return document.fonts.ready.then(() => 0)", Value::Null).await?;
    let shot = screenshot(session).await?;
    std::fs::write(file, &shot.0).map_err(|e| AppError::Gone(e.to_string()))?;
    truth["seed"] = json!(seed);
    truth["density"] = json!(density);
    let mut page: Page = serde_json::from_value(truth)
        .map_err(|e| AppError::Nonsense { command: "page.js".into(), why: e.to_string() })?;
    if let Some(source) = axe {
        page.axe = axe_says(session, source).await?;
    }
    session.script("document.body.className = 'bare'", Value::Null).await?;
    let bare = screenshot(session).await?.1;
    for line in &mut page.lines {
        line.contrast = behind(&bare, line.rect(density), line.ink);
    }
    Ok(page)
}

async fn screenshot(session: &Session) -> Result<(Vec<u8>, RgbImage), AppError> {
    let value = session.get("screenshot").await?;
    let nonsense = |why: &str| AppError::Nonsense { command: "screenshot".into(), why: why.into() };
    let png = base64::engine::general_purpose::STANDARD
        .decode(value.as_str().unwrap_or_default())
        .map_err(|_| nonsense("no picture"))?;
    let picture = crate::sight::decode(&png).ok_or_else(|| nonsense("no PNG"))?;
    Ok((png, picture))
}

/// Median contrast of a colour to the pixels of a rectangle.
fn behind(bare: &RgbImage, rect: Rect, ink: [u8; 3]) -> f32 {
    let mut ratios = Vec::new();
    for y in rect.y.max(0.0) as u32..(rect.bottom() as u32).min(bare.height()) {
        for x in rect.x.max(0.0) as u32..(rect.right() as u32).min(bare.width()) {
            ratios.push(ratio(ink, bare.get_pixel(x, y).0));
        }
    }
    ratios.sort_by(f32::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(1.0)
}

/// What axe-core's rule says of each paragraph, in their order.
async fn axe_says(session: &Session, source: &str) -> Result<Vec<String>, AppError> {
    session.script(source, Value::Null).await?;
    let answer = session.script_async(include_str!("axe.js"), Value::Null).await?;
    serde_json::from_value(answer)
        .map_err(|e| AppError::Nonsense { command: "axe".into(), why: e.to_string() })
}

//! The pictures of a page: each embedded once, smaller than it was taken, and only as many as a page can bear.

use std::collections::HashMap;
use std::path::{Component, Path};

use base64::Engine as _;
use image::codecs::jpeg::JpegEncoder;
use maud::{Markup, PreEscaped, html};

use crate::sight;

/// The shorter side of an embedded picture (px): a phone's screen at a little more than its size in CSS px.
const SIDE: u32 = 480;
/// Quality of the embedded JPEG: text of 12 dp stays legible, and a screen takes 25 to 60 kB.
const QUALITY: u8 = 74;
/// Pictures that one page embeds at most. The others are linked.
const MOST: usize = 120;
/// Bytes that they take together at most, as they stand in the page.
const MOST_BYTES: usize = 12_000_000;

/// An embedded picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picture {
    id: usize,
    /// Size as it was taken (px).
    pub width: u32,
    pub height: u32,
}

impl Picture {
    /// The reference to it, inside a drawing of its own size.
    pub fn draw(&self) -> Markup {
        html! { use href=(format!("#p{}", self.id)) width=(self.width) height=(self.height) {} }
    }
}

/// The pictures that a page shows.
#[derive(Debug)]
pub struct Pictures<'a> {
    folder: &'a Path,
    known: HashMap<String, Option<Picture>>,
    store: String,
    count: usize,
}

impl<'a> Pictures<'a> {
    /// Pictures of a recording's folder.
    pub fn of(folder: &'a Path) -> Pictures<'a> {
        Pictures { folder, known: HashMap::new(), store: String::new(), count: 0 }
    }

    /// A picture by its path in the recording; `None` where it cannot be shown or the page holds enough of them.
    pub fn get(&mut self, file: &str) -> Option<Picture> {
        if let Some(known) = self.known.get(file) {
            return *known;
        }
        let picture = self.embed(file);
        self.known.insert(file.to_owned(), picture);
        picture
    }

    fn embed(&mut self, file: &str) -> Option<Picture> {
        if self.count >= MOST || self.store.len() >= MOST_BYTES || !is_plain(file) {
            return None;
        }
        let taken = sight::decode(&std::fs::read(self.folder.join(file)).ok()?)?;
        let (width, height) = taken.dimensions();
        let (wide, high) = scaled(width, height);
        let small = image::imageops::thumbnail(&taken, wide, high);
        drop(taken);
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&small).ok()?;
        self.count += 1;
        let id = self.count;
        let data = base64::engine::general_purpose::STANDARD.encode(&jpeg);
        let symbol = html! {
            symbol id=(format!("p{id}")) viewBox=(format!("0 0 {wide} {high}")) preserveAspectRatio="none" {
                image href=(PreEscaped(format!("data:image/jpeg;base64,{data}"))) width=(wide) height=(high) {}
            }
        };
        self.store.push_str(&symbol.0);
        Some(Picture { id, width, height })
    }

    /// What the page must hold so that its pictures can be drawn.
    pub fn store(self) -> Markup {
        html! {
            @if self.count > 0 {
                svg.store width="0" height="0" aria-hidden="true" focusable="false" { (PreEscaped(self.store)) }
            }
        }
    }
}

/// The size of the embedded picture.
fn scaled(width: u32, height: u32) -> (u32, u32) {
    let side = width.min(height).max(1);
    if side <= SIDE {
        return (width, height);
    }
    let part = |length: u32| ((u64::from(length) * u64::from(SIDE) / u64::from(side)) as u32).max(1);
    (part(width), part(height))
}

/// A picture's name.
pub fn is_picture(file: &str) -> bool {
    is_plain(file) && Path::new(file).extension().is_some_and(|kind| kind == "png")
}

/// A path that stays in the recording's folder: a judged recording may come from a stranger.
pub fn is_plain(file: &str) -> bool {
    !file.is_empty()
        && !file.contains([':', '\\', '?', '#', '%'])
        && crate::text::clean(file) == file
        && Path::new(file).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_made_smaller_and_embedded_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let screen = image::RgbImage::from_pixel(1082, 2402, image::Rgb([200, 10, 10]));
        screen.save(folder.path().join("a.png")).expect("writes");
        std::fs::write(folder.path().join("b.png"), "no picture").expect("writes");
        let mut pictures = Pictures::of(folder.path());
        let first = pictures.get("a.png").expect("a picture");
        assert_eq!((first.width, first.height), (1082, 2402));
        assert_eq!(pictures.get("a.png"), Some(first));
        assert_eq!(
            (pictures.get("b.png"), pictures.get("absent.png"), pictures.get("../a.png")),
            (None, None, None)
        );
        let store = pictures.store().into_string();
        assert_eq!(store.matches("data:image/jpeg").count(), 1);
        assert!(store.contains("viewBox=\"0 0 480 1065\""), "{}", &store[..200]);
    }

    #[test]
    fn a_page_holds_only_so_many_pictures() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut pictures = Pictures::of(folder.path());
        let shown = (0..MOST + 5).filter(|at| {
            let name = format!("{at}.png");
            image::RgbImage::new(4, 8).save(folder.path().join(&name)).expect("writes");
            pictures.get(&name).is_some()
        });
        assert_eq!(shown.count(), MOST);
    }

    #[test]
    fn paths_that_lead_out_or_elsewhere_are_no_files_of_the_recording() {
        for name in [
            "../x.png",
            "/x.png",
            "javascript:x.png",
            "a\\..\\x.png",
            "",
            "a/../x.png",
            "x\u{202e}.png",
            "//h/x.png",
        ] {
            assert!(!is_picture(name), "{name}");
        }
        assert!(is_picture("screens/0001.png") && !is_picture("screens/0001.json"));
    }
}

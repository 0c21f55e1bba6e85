use image::{Rgb, RgbImage};

use super::*;
use crate::bench::pages::Page;
use crate::rules::article1::fault;
use crate::sight::decode;
use crate::thresholds::Thresholds;

fn picture(name: &str) -> RgbImage {
    let path = format!("{}/tests/pictures/{name}.png", env!("CARGO_MANIFEST_DIR"));
    decode(&std::fs::read(path).expect("the picture is there")).expect("a PNG")
}

/// What the browser said that it drew on `lines.png`.
fn truth() -> Page {
    serde_json::from_str(include_str!("../../tests/pictures/lines.json")).expect("the truth is there")
}

fn alike(a: &str, b: &str) -> f64 {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    strsim::normalized_levenshtein(&letters(a), &letters(b))
}

#[test]
fn every_line_of_a_page_is_read_and_measured_within_its_margin() {
    let truth = truth();
    let seen = read(&picture("lines"), truth.density, &[], 2).expect("reads");
    assert_eq!(seen.lines.len(), truth.lines.len(), "{:#?}", seen.lines);
    for (line, true_line) in seen.lines.iter().zip(&truth.lines) {
        assert!(line.read && alike(&line.text, &true_line.text) > 0.9, "{} / {}", line.text, true_line.text);
        let holds = |measured: Measured, truth: f32| measured.low <= truth && truth <= measured.high;
        assert!(holds(line.size, true_line.size), "{} px: {:?}", true_line.size, line.size);
        let contrast = line.contrast.expect("a contrast");
        assert!(holds(contrast, true_line.contrast), "{}: {contrast:?}", true_line.contrast);
        if let Some(spacing) = line.spacing {
            let told = true_line.pitch / true_line.size;
            assert!((-0.06..0.2).contains(&(spacing / told - 1.0)), "{told}: {spacing}");
        }
        assert!(line.blur < 0.1, "{}", line.blur);
    }
    assert_eq!(seen.script, Some(Script::Simplified));
}

#[test]
fn what_the_tree_tells_is_read_only_where_it_seems_hard_to_read() {
    let truth = truth();
    let known: Vec<Known> = truth
        .lines
        .iter()
        .map(|line| Known { rect: line.rect(truth.density), text: line.text.clone() })
        .collect();
    let seen = read(&picture("lines"), truth.density, &known, 2).expect("reads");
    assert_eq!(seen.lines.len(), truth.lines.len());
    for (line, true_line) in seen.lines.iter().zip(&truth.lines) {
        let hard = true_line.size < 11.5 || true_line.contrast < 4.4;
        assert!(line.read || !hard, "{}", true_line.text);
        assert!(line.read || line.text == true_line.text, "{}", true_line.text);
    }
}

#[test]
fn a_blurred_picture_of_text_is_told_from_a_sharp_one() {
    let density = truth().density;
    // What a filter of one CSS px does.
    let soft = image::imageops::blur(&picture("lines"), density);
    let seen = read(&soft, density, &[], 2).expect("reads");
    assert!(!seen.lines.is_empty());
    for line in &seen.lines {
        let faults = fault::of(line, density, &Thresholds::default());
        assert!(
            faults.iter().any(|fault| fault.kind == fault::Kind::Blurred) || line.size.value > 18.0,
            "{line:?}"
        );
    }
}

#[test]
fn traditional_characters_on_a_picture_are_noticed() {
    let seen = read(&picture("traditional"), 1.0, &[], 2).expect("reads");
    assert_eq!(seen.script, Some(Script::Traditional));
}

#[test]
fn a_picture_without_text_has_no_lines() {
    for colour in [[0, 0, 0], [255, 255, 255], [90, 120, 200]] {
        for (width, height) in [(1, 1), (3, 900), (400, 300)] {
            let plain = RgbImage::from_pixel(width, height, Rgb(colour));
            assert_eq!(read(&plain, 2.0, &[], 2).expect("reads").lines, []);
        }
    }
}

#[test]
fn noise_is_not_read_as_text() {
    let mut state = 7u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let mut noise = RgbImage::new(600, 800);
    noise.pixels_mut().for_each(|pixel| *pixel = Rgb([next(), next(), next()]));
    let lines = read(&noise, 2.0, &[], 2).expect("reads").lines;
    let letters: usize = lines.iter().map(|line| line.text.chars().count()).sum();
    assert!(letters <= 2, "{lines:#?}");
}

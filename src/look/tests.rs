//! Looks at page sources and at a made-up recording.

use super::*;
use crate::recording::mask::Masks;
use crate::recording::{Event, Recorder, Recording, RunStarted};
use crate::session::read_screen;

const FLUTTER: &str = include_str!("../../tests/sources/flutter.xml");
const IOS_FORM: &str = include_str!("../../tests/sources/ios-form.xml");
const LOCATION: &str = include_str!("../../tests/sources/permission/xiaomi-location.xml");

fn look_at(source: &str) -> Look {
    let taken = observe_source(source, &SourceOptions::default()).expect("a page source");
    let mut look = read_look(&taken.observation, "source.xml");
    look.notes.extend(taken.notes);
    look
}

/// A PNG of one colour.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(width, height, image::Rgb([255, 255, 255]));
    picture.write_to(&mut out, image::ImageFormat::Png).expect("writes");
    out.into_inner()
}

#[test]
fn a_page_source_is_told_in_a_table() {
    insta::assert_snapshot!("look_flutter", table(&look_at(FLUTTER), 120, false));
    insta::assert_snapshot!("look_ios_form", table(&look_at(IOS_FORM), 120, false));
    insta::assert_snapshot!("look_permission", table(&look_at(LOCATION), 120, false));
}

#[test]
fn numbers_run_through_controls_boxes_and_fields_and_stand_in_the_picture() {
    let taken = observe_source(IOS_FORM, &SourceOptions::default()).expect("a page source");
    let look = read_look(&taken.observation, "source.xml");
    let numbers: Vec<usize> = look
        .controls
        .iter()
        .map(|control| control.number)
        .chain(look.boxes.iter().map(|tick| tick.number))
        .chain(look.fields.iter().map(|field| field.number))
        .collect();
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
    let svg = draw(&look, &taken.observation.screen, None);
    assert!(roxmltree::Document::parse(&svg).is_ok(), "{svg}");
    for number in numbers {
        assert!(svg.contains(&format!("font-weight=\"bold\">{number}</tspan>")), "{number}");
    }
}

#[test]
fn words_of_an_app_stay_words_in_the_picture() {
    let source = FLUTTER.replace("同意并继续", "&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#x202e;");
    let taken = observe_source(&source, &SourceOptions::default()).expect("a page source");
    let look = read_look(&taken.observation, "source.xml");
    let svg = draw(&look, &taken.observation.screen, Some(&png(1080, 2340)));
    assert!(!svg.contains("<script") && !svg.contains('\u{202e}'), "{svg}");
    assert!(!table(&look, 100, false).contains('\u{202e}'));
}

#[test]
fn the_scale_of_an_iphone_comes_from_its_picture() {
    let points = crate::screen::xcuitest::read(IOS_FORM, 1.0).expect("a source");
    let wide = png((points.width * 2.0) as u32, (points.height * 2.0) as u32);
    let options = SourceOptions { density: None, picture: Some(&wide) };
    let taken = observe_source(IOS_FORM, &options).expect("a page source");
    assert!((taken.observation.screen.density - 2.0).abs() < 0.01);
    assert!(taken.observation.picture.is_some() && taken.notes.is_empty(), "{:?}", taken.notes);
}

#[test]
fn a_picture_of_another_size_is_fitted_and_one_of_another_screen_left_out() {
    let with = |png: &[u8]| {
        let options = SourceOptions { density: Some(2.625), picture: Some(png) };
        observe_source(FLUTTER, &options).expect("a page source")
    };
    let half = with(&png(540, 1170));
    assert!(half.notes[0].ends_with("the picture was brought to the tree's size"), "{:?}", half.notes);
    let fitted = crate::sight::decode(&half.observation.picture.expect("kept")).expect("a picture");
    assert_eq!(fitted.dimensions(), (1080, 2340));
    let other = with(&png(1170, 540));
    assert!(other.observation.picture.is_none() && other.notes[0].contains("not of one screen"));
}

#[test]
fn what_is_no_page_source_is_said() {
    let error =
        |text: &str| observe_source(text, &SourceOptions::default()).expect_err("no page source").to_string();
    assert!(error("<!DOCTYPE html><html></html>").contains("file://"));
    assert!(error("hello").starts_with("expected the XML of a page source"));
    assert!(error("<hierarchy><node").starts_with("line "), "{}", error("<hierarchy><node"));
    assert!(error("{\"width\": 1}").contains("of the tree"), "{}", error("{\"width\": 1}"));
    let options = SourceOptions { density: None, picture: Some(b"no picture") };
    let picture = observe_source(FLUTTER, &options).expect_err("no picture").to_string();
    assert!(picture.starts_with("the picture: no PNG"), "{picture}");
}

#[test]
fn a_recording_is_listed_and_one_of_its_screens_looked_at() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("run");
    let mut recorder = Recorder::create(&folder, Masks::none()).expect("creates");
    let start = RunStarted { format: crate::recording::FORMAT, ..RunStarted::default() };
    recorder.append(Event::RunStarted(start)).expect("writes");
    for source in [FLUTTER, IOS_FORM] {
        let taken = observe_source(source, &SourceOptions::default()).expect("a page source");
        let read = read_screen(&taken.observation);
        recorder.see(&taken.observation, read).expect("writes");
    }
    drop(recorder);
    let recording = Recording::open(&folder).expect("a recording");
    let screens = list_screens(&recording);
    assert_eq!(screens.iter().map(|screen| screen.screen).collect::<Vec<_>>(), [1, 2]);
    insta::assert_snapshot!("look_screens", screens_table(&screens, 120));
    let (look, screen, picture) = open_screen(&recording, 2, "run").expect("the screen");
    assert_eq!(look.elements, screen.elements.len());
    assert!(picture.is_none() && look.differs.is_empty(), "{:?}", look.differs);
    assert_eq!(
        open_screen(&recording, 9, "run").map(|_| ()),
        Err("run: there is no screen 9; they run from 1 to 2".to_owned())
    );
}

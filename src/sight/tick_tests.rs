use image::Rgb;
use imageproc::drawing::{
    draw_filled_circle_mut, draw_filled_rect_mut, draw_hollow_rect_mut, draw_line_segment_mut,
};
use imageproc::rect::Rect as Area;

use super::*;

const WHITE: Rgb<u8> = Rgb([255, 255, 255]);
const GREY: Rgb<u8> = Rgb([150, 150, 150]);
const BLUE: Rgb<u8> = Rgb([20, 110, 240]);

fn sheet() -> RgbImage {
    RgbImage::from_pixel(200, 100, WHITE)
}
fn box_frame(picture: &mut RgbImage) {
    for inset in 0..3 {
        draw_hollow_rect_mut(
            picture,
            Area::at(20 + inset, 20 + inset).of_size(46 - 2 * inset as u32, 46 - 2 * inset as u32),
            GREY,
        );
    }
}
const BOX: Rect = Rect { x: 20.0, y: 20.0, width: 46.0, height: 46.0 };

#[test]
fn an_empty_frame_is_off() {
    let mut picture = sheet();
    box_frame(&mut picture);
    assert_eq!(look(&picture, BOX, 2.6), Tick::Off);
}

#[test]
fn a_white_tick_on_blue_is_on() {
    let mut picture = sheet();
    draw_filled_rect_mut(&mut picture, Area::at(20, 20).of_size(46, 46), BLUE);
    for shift in 0..4 {
        let shift = shift as f32;
        draw_line_segment_mut(&mut picture, (30.0, 42.0 + shift), (40.0, 52.0 + shift), WHITE);
        draw_line_segment_mut(&mut picture, (40.0, 52.0 + shift), (57.0, 32.0 + shift), WHITE);
    }
    assert_eq!(look(&picture, BOX, 2.6), Tick::On);
}

#[test]
fn a_dot_in_a_circle_is_on_and_an_empty_circle_is_off() {
    let mut picture = sheet();
    draw_filled_circle_mut(&mut picture, (43, 43), 22, GREY);
    draw_filled_circle_mut(&mut picture, (43, 43), 19, WHITE);
    assert_eq!(look(&picture, BOX, 2.6), Tick::Off);
    draw_filled_circle_mut(&mut picture, (43, 43), 10, BLUE);
    assert_eq!(look(&picture, BOX, 2.6), Tick::On);
}

#[test]
fn switches_show_by_track_and_knob() {
    for (track, knob, expected) in [(BLUE, 108, Tick::On), (Rgb([215, 215, 215]), 50, Tick::Off)] {
        let mut picture = sheet();
        draw_filled_rect_mut(&mut picture, Area::at(20, 20).of_size(118, 60), track);
        draw_filled_circle_mut(&mut picture, (knob, 50), 26, WHITE);
        assert_eq!(look(&picture, Rect::new(20.0, 20.0, 118.0, 60.0), 2.6), expected);
    }
}

#[test]
fn nothing_drawn_is_unsure_and_outside_is_no_panic() {
    assert_eq!(look(&sheet(), BOX, 2.6), Tick::Unsure);
    assert_eq!(look(&sheet(), Rect::new(-50.0, 900.0, 10.0, 10.0), 2.6), Tick::Unsure);
    assert_eq!(look(&RgbImage::new(1, 1), Rect::new(0.0, 0.0, 1.0, 1.0), 1.0), Tick::Unsure);
}

/// Boxes, circles and switches of four kits, light and dark, cut from real screenshots at 2.625 px per dp with 12 px
/// around each: `tests/pictures/ticks/<kit>-<control>-<state>-<theme>.png`.
#[test]
fn the_controls_of_real_kits_are_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures/ticks");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the pictures") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let picture = image::open(&path).expect("a picture").to_rgb8();
        let around = 12.0;
        let rect = Rect::new(
            around,
            around,
            picture.width() as f32 - 2.0 * around,
            picture.height() as f32 - 2.0 * around,
        );
        let expected = match name.split('-').nth(2) {
            Some("on") => Tick::On,
            Some("off") => Tick::Off,
            // The kit draws nothing while nothing is chosen.
            _ => Tick::Unsure,
        };
        assert_eq!(look(&picture, rect, 2.625), expected, "{name}");
        count += 1;
    }
    assert!(count >= 48, "{count} pictures");
}

fn tick(picture: &mut RgbImage, colour: Rgb<u8>, (x, y): (f32, f32), scale: f32) {
    for shift in 0..(3.0 * scale) as u32 {
        let at = |px: f32, py: f32| (x + px * scale, y + py * scale + shift as f32);
        draw_line_segment_mut(picture, at(4.0, 9.0), at(8.0, 13.0), colour);
        draw_line_segment_mut(picture, at(8.0, 13.0), at(15.0, 5.0), colour);
    }
}

#[test]
fn a_tick_alone_is_on_whatever_its_colour() {
    for (ground, ink) in [(WHITE, BLUE), (Rgb([28, 28, 30]), Rgb([7, 193, 96])), (WHITE, Rgb([20, 20, 20]))] {
        let mut picture = RgbImage::from_pixel(200, 100, ground);
        tick(&mut picture, ink, (20.0, 20.0), 2.4);
        assert_eq!(look(&picture, BOX, 2.6), Tick::On, "{ink:?} on {ground:?}");
    }
}

#[test]
fn a_shield_a_chevron_and_a_pale_tick_are_no_answer() {
    let mut shield = sheet();
    let points = [(43, 20), (64, 27), (64, 44), (43, 65), (22, 44), (22, 27)]
        .map(|(x, y)| imageproc::point::Point::new(x, y));
    imageproc::drawing::draw_polygon_mut(&mut shield, &points, BLUE);
    assert_eq!(look(&shield, BOX, 2.6), Tick::Unsure);
    let mut chevron = sheet();
    for shift in 0..6 {
        let shift = shift as f32;
        draw_line_segment_mut(&mut chevron, (22.0, 28.0 + shift), (43.0, 50.0 + shift), GREY);
        draw_line_segment_mut(&mut chevron, (43.0, 50.0 + shift), (64.0, 28.0 + shift), GREY);
    }
    assert_eq!(look(&chevron, BOX, 2.6), Tick::Unsure);
    // An empty circle with a pale tick in it is how some apps draw "not yet".
    let mut pale = sheet();
    box_frame(&mut pale);
    tick(&mut pale, Rgb([215, 215, 215]), (20.0, 20.0), 2.4);
    assert_eq!(look(&pale, BOX, 2.6), Tick::Unsure);
}

#[test]
fn a_box_that_cannot_be_changed_is_never_read_as_empty() {
    // A grey tick on a grey ground, as kits draw what is on and disabled.
    let mut picture = sheet();
    draw_filled_rect_mut(&mut picture, Area::at(20, 20).of_size(46, 46), Rgb([235, 237, 240]));
    box_frame(&mut picture);
    tick(&mut picture, Rgb([200, 201, 204]), (20.0, 20.0), 2.4);
    assert_ne!(look(&picture, BOX, 2.6), Tick::Off);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    fn grounds() -> impl Strategy<Value = Rgb<u8>> {
        prop_oneof![(240u8..=255).prop_map(|grey| Rgb([grey; 3])), (0u8..50).prop_map(|grey| Rgb([grey; 3]))]
    }

    proptest! {
        #[test]
        fn anything_is_looked_at_without_a_fall(
            width in 1u32..90, height in 1u32..90, seed in any::<u64>(), density in 0.5f32..4.0,
            (x, y, w, h) in (-40f32..120.0, -40f32..120.0, -10f32..200.0, -10f32..200.0),
        ) {
            let mut state = seed | 1;
            let picture = RgbImage::from_fn(width, height, |_, _| {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                let bytes = (state >> 33).to_le_bytes();
                Rgb([bytes[0] & 0xc0, bytes[1] & 0x80, bytes[2] & 0xe0])
            });
            look(&picture, Rect::new(x, y, w, h), density);
        }

        #[test]
        fn an_empty_frame_is_off_and_a_ticked_one_on(
            ground in grounds(), side in 14f32..28.0, density in 1.5f32..3.5, line in 1f32..2.0,
            red in 0u8..120, green in 60u8..200, dx in -2f32..2.0, dy in -2f32..2.0,
        ) {
            let px = (side * density) as u32;
            let width = ((line * density) as u32).max(2);
            let (left, top) = (20, 20);
            let inner = Area::at(left + width as i32, top + width as i32).of_size(px - 2 * width, px - 2 * width);
            let frame = if ground.0[0] > 128 { Rgb([140, 140, 146]) } else { Rgb([130, 130, 134]) };
            let mut empty = RgbImage::from_pixel(px + 60, px + 60, ground);
            draw_filled_rect_mut(&mut empty, Area::at(left, top).of_size(px, px), frame);
            draw_filled_rect_mut(&mut empty, inner, ground);
            let rect = Rect::new(20.0 + dx, 20.0 + dy, px as f32, px as f32);
            prop_assert_eq!(look(&empty, rect, density), Tick::Off);

            let mut full = RgbImage::from_pixel(px + 60, px + 60, ground);
            draw_filled_rect_mut(&mut full, Area::at(left, top).of_size(px, px), Rgb([red, green, 255]));
            tick(&mut full, WHITE, (20.0, 20.0), px as f32 / 19.0);
            let said = look(&full, rect, density);
            prop_assert_ne!(said, Tick::Off);
            if green < 170 {
                prop_assert_eq!(said, Tick::On);
            }
        }

        #[test]
        fn a_switch_is_read_by_its_knob_in_any_colours(
            ground in grounds(), on in any::<bool>(), density in 1.5f32..3.5,
            track in (60u8..200, 60u8..200, 60u8..200), knob in prop_oneof![Just(WHITE), Just(Rgb([20u8, 10, 60]))],
        ) {
            let track = Rgb([track.0, track.1, track.2]);
            prop_assume!(distance(track.0, knob.0) > 2 * FAINT && distance(track.0, ground.0) > 2 * FAINT);
            let (width, height) = ((48.0 * density) as u32, (26.0 * density) as u32);
            let radius = height as i32 / 2;
            let mut picture = RgbImage::from_pixel(width + 40, height + 40, ground);
            draw_filled_circle_mut(&mut picture, (20 + radius, 20 + radius), radius, track);
            draw_filled_circle_mut(&mut picture, (20 + width as i32 - radius, 20 + radius), radius, track);
            draw_filled_rect_mut(&mut picture, Area::at(20 + radius, 20).of_size(width - height, height), track);
            let x = if on { 20 + width as i32 - radius } else { 20 + radius };
            draw_filled_circle_mut(&mut picture, (x, 20 + radius), radius - (2.0 * density) as i32, knob);
            let rect = Rect::new(20.0, 20.0, width as f32, height as f32);
            prop_assert_eq!(look(&picture, rect, density), if on { Tick::On } else { Tick::Off });
        }
    }
}

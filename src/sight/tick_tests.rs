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

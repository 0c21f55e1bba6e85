use image::Rgb;
use imageproc::drawing::{draw_filled_rect_mut, draw_hollow_rect_mut};
use imageproc::rect::Rect as Area;
use proptest::prelude::*;

use super::*;

/// Five upright strokes in a row, 2 px wide and 12 high.
fn strokes(picture: &mut RgbImage, x: i32, y: i32, ink: [u8; 3]) {
    for stroke in 0..5 {
        draw_filled_rect_mut(picture, Area::at(x + stroke * 5, y).of_size(2, 12), Rgb(ink));
    }
}

#[test]
fn pale_and_black_strokes_are_equally_strong_on_every_ground() {
    for (ground, ink) in [
        ([255, 255, 255], [0, 0, 0]),
        ([255, 255, 255], [240, 240, 240]),
        ([18, 18, 18], [40, 40, 40]),
        ([18, 18, 18], [250, 250, 250]),
        ([220, 230, 250], [230, 210, 230]),
    ] {
        let mut picture = RgbImage::from_pixel(120, 80, Rgb(ground));
        strokes(&mut picture, 40, 30, ink);
        let found = Ink::of(&picture, 1.0);
        assert!(found.strength.get_pixel(46, 36).0[0] > 200, "{ink:?} on {ground:?}");
        assert_eq!(found.strength.get_pixel(48, 36).0[0], 0, "{ink:?} on {ground:?}");
        assert_eq!(found.behind(46, 36), ground);
    }
}

#[test]
fn a_button_is_ground_for_its_label() {
    let mut picture = RgbImage::from_pixel(200, 120, Rgb([255, 255, 255]));
    draw_filled_rect_mut(&mut picture, Area::at(30, 40).of_size(140, 40), Rgb([0, 100, 220]));
    strokes(&mut picture, 90, 54, [255, 255, 255]);
    let found = Ink::of(&picture, 1.0);
    assert_eq!(found.behind(96, 60), [0, 100, 220]);
    assert!(found.strength.get_pixel(96, 60).0[0] > 200);
    assert_eq!(found.strength.get_pixel(60, 60).0[0], 0);
    draw_hollow_rect_mut(&mut picture, Area::at(2, 2).of_size(20, 20), Rgb([0, 0, 0]));
    assert_eq!(Ink::of(&picture, 1.0).strength.get_pixel(12, 12).0[0], 0);
}

#[test]
fn a_picture_of_one_pixel_or_of_one_colour_has_no_ink() {
    assert_eq!(Ink::of(&RgbImage::new(1, 1), 3.0).strength.get_pixel(0, 0).0[0], 0);
    assert!(Ink::of(&RgbImage::new(300, 200), 2.0).strength.pixels().all(|p| p.0[0] == 0));
}

proptest! {
    #[test]
    fn running_blocks_give_what_looking_at_every_window_gives(line in proptest::collection::vec(any::<u8>(), 1..60), radius in 0usize..20) {
        let slid = slide_down(&line, 1, radius, u8::max);
        for at in 0..line.len() {
            let window = &line[at.saturating_sub(radius)..=(at + radius).min(line.len() - 1)];
            prop_assert_eq!(Some(slid[at]), window.iter().copied().max());
        }
    }
}

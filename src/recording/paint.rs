//! Paints over what must not be seen on a picture: fields that hold secrets, texts that show the persona's values.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use super::mask::Masks;
use crate::screen::{Element, Rect, Screen};
use crate::sight;

/// What is painted: a flat grey that is no app's text.
const GREY: Rgb<u8> = Rgb([112, 112, 112]);
/// Painted beyond the element's own edge: letters may stand out of it (dp).
const EDGE: f32 = 1.0;
/// A short value (a name of two ideographs) paints over short texts only: a policy must not go grey for a city's name
/// (characters).
const SHORT_TEXT: usize = 60;

/// The places on a screen's picture that must be painted over, px.
pub fn places(screen: &Screen, masks: &Masks) -> Vec<Rect> {
    if masks.is_off() {
        return Vec::new();
    }
    let edge = EDGE * screen.density.max(1.0);
    screen
        .elements
        .iter()
        .filter(|element| element.rect.area() > 0.0 && is_hidden(element, masks))
        .map(|element| {
            let Rect { x, y, width, height } = element.rect;
            Rect::new(x - edge, y - edge, width + 2.0 * edge, height + 2.0 * edge)
        })
        .collect()
}

fn is_hidden(element: &Element, masks: &Masks) -> bool {
    // What a field holds is painted over even where something seems to lie over it: a keyboard, a label.
    if element.secret || masks.touches(&element.value, true) {
        return !element.invisible;
    }
    let short = |text: &str| element.role.is_field() || text.chars().count() <= SHORT_TEXT;
    element.seen && [&element.text, &element.name].into_iter().any(|text| masks.touches(text, short(text)))
}

/// The picture with these places painted over; `None` where it is no picture that could be.
pub fn over(png: &[u8], places: &[Rect]) -> Option<Vec<u8>> {
    let mut picture: RgbImage = sight::decode(png)?;
    for place in places {
        let (left, top) = (place.x.max(0.0).floor() as u32, place.y.max(0.0).floor() as u32);
        let right = (place.right().max(0.0).ceil() as u32).min(picture.width());
        let bottom = (place.bottom().max(0.0).ceil() as u32).min(picture.height());
        for y in top..bottom {
            for x in left..right {
                picture.put_pixel(x, y, GREY);
            }
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::Role;

    fn screen() -> Screen {
        let mut password = Element::new(Role::TextField, "input", Rect::new(10.0, 10.0, 20.0, 5.0));
        password.secret = true;
        let mut phone = Element::new(Role::TextField, "input", Rect::new(10.0, 20.0, 20.0, 5.0));
        phone.value = "138 0013 8000".into();
        let mut told = Element::new(Role::Text, "p", Rect::new(10.0, 30.0, 20.0, 5.0));
        told.text = "你好，小明".into();
        let mut policy = Element::new(Role::Text, "p", Rect::new(10.0, 40.0, 20.0, 5.0));
        policy.text = format!("小明{}", "很长的政策".repeat(20));
        let mut covered = told.clone();
        (covered.rect, covered.seen) = (Rect::new(0.0, 0.0, 50.0, 50.0), false);
        Screen { density: 1.0, elements: vec![password, phone, told, policy, covered], ..Screen::default() }
    }

    #[test]
    fn fields_and_texts_with_secrets_are_painted_over_and_nothing_else() {
        let mut masks = Masks::default();
        masks.hide("persona.phone", "13800138000");
        masks.hide("persona.name", "小明");
        let places = places(&screen(), &masks);
        assert_eq!(places.iter().map(|rect| rect.y).collect::<Vec<_>>(), [9.0, 19.0, 29.0]);
        assert_eq!(super::places(&screen(), &Masks::none()), []);
        let mut png = Cursor::new(Vec::new());
        RgbImage::from_pixel(50, 50, Rgb([255, 0, 0]))
            .write_to(&mut png, ImageFormat::Png)
            .expect("a picture");
        let painted = over(png.get_ref(), &places).expect("painted");
        let painted = sight::decode(&painted).expect("a picture");
        assert_eq!((painted.get_pixel(12, 12), painted.get_pixel(12, 42)), (&GREY, &Rgb([255, 0, 0])));
        assert_eq!(over(b"no picture", &places), None);
        let outside = [Rect::new(-5.0, -5.0, 1000.0, 1.0), Rect::new(f32::NAN, 0.0, f32::INFINITY, 2.0)];
        assert!(over(png.get_ref(), &outside).is_some());
    }
}

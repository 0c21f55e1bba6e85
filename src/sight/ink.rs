//! Where ink is, whatever its colour: each pixel's difference from what is really behind it, made equally
//! strong for pale and for black text, so that pale text is found and read as well.

use image::{GrayImage, Luma, Rgb, RgbImage};

/// Half the side of the square that a stroke is narrower than (dp; ours: the stems of bold 32 dp text).
const STROKE: u32 = 4;
/// Half the side of the window whose middle colour is the background (dp; ours: two lines of bold text, which
/// cover half of their own line, are less than half of it).
const GROUND: u32 = 14;
/// Half the side of the window over which ink is made equally strong (dp; ours: about a line of text).
const LOCAL: u32 = 6;
/// Differences below this are no ink, on a ground of one colour (0–255; ours: contrast 1.05 on white).
const FLOOR: f32 = 6.0;
/// On a noisy ground ink must stand out from the noise by this factor (ours).
const OVER_NOISE: f32 = 2.5;

/// The ink of a picture.
#[derive(Debug, Clone)]
pub struct Ink {
    /// What lies behind, in cells of `step` px a side.
    ground: RgbImage,
    step: u32,
    /// Strength of the ink, 0 none to 255 as strong as the strongest nearby.
    pub strength: GrayImage,
}

impl Ink {
    /// Finds the ink of a picture with `density` px per dp.
    pub fn of(picture: &RgbImage, density: f32) -> Ink {
        let step = (density.round() as u32).max(1);
        let cells = Cells::of(picture, step);
        let scale = density / step as f32;
        let dp = |length: u32| ((length as f32 * scale).round() as u32).clamp(1, 120);
        let ground = cells.ground(dp(STROKE), dp(GROUND));
        let (width, height) = picture.dimensions();
        let difference = GrayImage::from_fn(width, height, |x, y| {
            Luma([super::distance(picture.get_pixel(x, y).0, ground.get_pixel(x / step, y / step).0)])
        });
        let (most, noise) = local(&difference, step, dp(LOCAL));
        let strength = GrayImage::from_fn(width, height, |x, y| {
            let at = (x / step, y / step);
            let here = f32::from(difference.get_pixel(x, y).0[0]);
            let noise = f32::from(noise.get_pixel(at.0 / 2, at.1 / 2).0[0]);
            let most = f32::from(most.get_pixel(at.0, at.1).0[0]).max(FLOOR + OVER_NOISE * noise);
            Luma([(255.0 * (here - noise).max(0.0) / (most - noise).max(1.0)).min(255.0) as u8])
        });
        Ink { ground, step, strength }
    }

    /// What lies behind a pixel.
    pub fn behind(&self, x: u32, y: u32) -> [u8; 3] {
        self.ground.get_pixel(x / self.step, y / self.step).0
    }
}

/// The picture in cells of `step` px a side: the least, the most and one value of each channel.
struct Cells {
    least: [GrayImage; 3],
    most: [GrayImage; 3],
    one: RgbImage,
}

impl Cells {
    fn of(picture: &RgbImage, step: u32) -> Cells {
        let (width, height) = (picture.width().div_ceil(step), picture.height().div_ceil(step));
        let mut least: [GrayImage; 3] =
            std::array::from_fn(|_| GrayImage::from_pixel(width, height, Luma([255])));
        let mut most: [GrayImage; 3] = std::array::from_fn(|_| GrayImage::new(width, height));
        for (x, y, pixel) in picture.enumerate_pixels() {
            let (x, y) = (x / step, y / step);
            for (channel, value) in pixel.0.into_iter().enumerate() {
                let low = &mut least[channel].get_pixel_mut(x, y).0[0];
                *low = (*low).min(value);
                let high = &mut most[channel].get_pixel_mut(x, y).0[0];
                *high = (*high).max(value);
            }
        }
        let middle = step / 2;
        let one = RgbImage::from_fn(width, height, |x, y| {
            *picture.get_pixel(
                (x * step + middle).min(picture.width() - 1),
                (y * step + middle).min(picture.height() - 1),
            )
        });
        Cells { least, most, one }
    }

    /// What is behind the strokes. Filling every shape narrower than a stroke, once with the brighter and once
    /// with the darker surroundings, gives the two colours that may be behind; the commoner nearby decides.
    fn ground(&self, stroke: u32, around: u32) -> RgbImage {
        let common = imageproc::filter::median_filter(&every_second(&self.one), around / 2, around / 2);
        let bounds: [(GrayImage, GrayImage); 3] = std::array::from_fn(|channel| {
            let bright = least_around(&most_around(&self.most[channel], stroke), stroke);
            let dark = most_around(&least_around(&self.least[channel], stroke), stroke);
            (dark, bright)
        });
        RgbImage::from_fn(self.one.width(), self.one.height(), |x, y| {
            let mut colour = common.get_pixel(x / 2, y / 2).0;
            for (value, (dark, bright)) in colour.iter_mut().zip(&bounds) {
                let (dark, bright) = (dark.get_pixel(x, y).0[0], bright.get_pixel(x, y).0[0]);
                *value = (*value).clamp(dark.min(bright), bright.max(dark));
            }
            Rgb(colour)
        })
    }
}

/// The strongest difference around each cell, and the noise there: the middle one of the differences in a wider
/// window, for every second cell.
fn local(difference: &GrayImage, step: u32, radius: u32) -> (GrayImage, GrayImage) {
    let (width, height) = (difference.width().div_ceil(step), difference.height().div_ceil(step));
    let mut most = GrayImage::new(width, height);
    let mut one = GrayImage::new(width, height);
    for (x, y, value) in difference.enumerate_pixels() {
        let cell = &mut most.get_pixel_mut(x / step, y / step).0[0];
        *cell = (*cell).max(value.0[0]);
        if x % step == step / 2 && y % step == step / 2 {
            one.put_pixel(x / step, y / step, *value);
        }
    }
    (most_around(&most, radius), imageproc::filter::median_filter(&every_second(&one), 2 * radius, radius))
}

/// A quarter of the pixels: enough for a median, in a fraction of the time.
fn every_second<P: image::Pixel>(
    picture: &image::ImageBuffer<P, Vec<P::Subpixel>>,
) -> image::ImageBuffer<P, Vec<P::Subpixel>> {
    image::ImageBuffer::from_fn(picture.width().div_ceil(2), picture.height().div_ceil(2), |x, y| {
        *picture.get_pixel(2 * x, 2 * y)
    })
}

fn most_around(picture: &GrayImage, radius: u32) -> GrayImage {
    slide(picture, radius, u8::max)
}
fn least_around(picture: &GrayImage, radius: u32) -> GrayImage {
    slide(picture, radius, u8::min)
}

/// The most or the least in a square around each pixel, by van Herk's running blocks: its time does not depend
/// on the square's size.
fn slide(picture: &GrayImage, radius: u32, choose: fn(u8, u8) -> u8) -> GrayImage {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut pixels = picture.as_raw().clone();
    let mut line = Vec::new();
    for row in pixels.chunks_exact_mut(width.max(1)) {
        line.clear();
        line.extend_from_slice(row);
        slide_line(&line, radius as usize, choose, |at, value| row[at] = value);
    }
    for x in 0..width {
        line.clear();
        line.extend((0..height).map(|y| pixels[y * width + x]));
        slide_line(&line, radius as usize, choose, |at, value| pixels[at * width + x] = value);
    }
    GrayImage::from_raw(picture.width(), picture.height(), pixels).unwrap_or_else(|| picture.clone())
}

fn slide_line(line: &[u8], radius: usize, choose: fn(u8, u8) -> u8, mut put: impl FnMut(usize, u8)) {
    let (count, block) = (line.len(), 2 * radius + 1);
    let mut forward = line.to_vec();
    let mut backward = line.to_vec();
    for at in 1..count {
        if at % block != 0 {
            forward[at] = choose(forward[at], forward[at - 1]);
        }
        let back = count - 1 - at;
        if (back + 1) % block != 0 {
            backward[back] = choose(backward[back], backward[back + 1]);
        }
    }
    for at in 0..count {
        let (first, last) = (at.saturating_sub(radius), (at + radius).min(count - 1));
        // A window that is cut off by the border lies within two blocks all the same.
        let mut best = choose(backward[first], forward[last]);
        if first / block == last / block {
            best = line[first..=last].iter().copied().reduce(choose).unwrap_or(best);
        }
        put(at, best);
    }
}

#[cfg(test)]
#[path = "ink_tests.rs"]
mod tests;

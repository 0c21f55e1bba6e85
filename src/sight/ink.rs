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
        let (difference, most) = differences(picture, &ground, step);
        let (most, noise) = local(&difference, &most, step, dp(LOCAL));
        let strength = strengthened(difference, &most, &noise, step);
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
        let row = 3 * picture.width().max(1) as usize;
        let (mut low, mut high) = (Vec::new(), Vec::new());
        for (y, rows) in picture.as_raw().chunks(row * step as usize).enumerate() {
            // First down the rows of a cell, byte by byte of all columns at once, then along them.
            low.clear();
            low.extend_from_slice(&rows[..row]);
            high.clone_from(&low);
            for next in rows[row..].chunks_exact(row) {
                merge(&mut low, next, u8::min);
                merge(&mut high, next, u8::max);
            }
            let (low, high) = (low.chunks(3 * step as usize), high.chunks(3 * step as usize));
            for (x, (low, high)) in low.zip(high).enumerate() {
                for channel in 0..3 {
                    let of = |values: &[u8], choose: fn(u8, u8) -> u8| {
                        values.iter().skip(channel).step_by(3).copied().reduce(choose).unwrap_or_default()
                    };
                    least[channel].put_pixel(x as u32, y as u32, Luma([of(low, u8::min)]));
                    most[channel].put_pixel(x as u32, y as u32, Luma([of(high, u8::max)]));
                }
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

/// Every pixel's difference from its cell's ground, and the largest of each cell.
fn differences(picture: &RgbImage, ground: &RgbImage, step: u32) -> (GrayImage, GrayImage) {
    let mut difference = GrayImage::new(picture.width(), picture.height());
    let mut most = GrayImage::new(ground.width(), ground.height());
    let (width, cell) = (picture.width().max(1) as usize, step as usize);
    let rows = picture.as_raw().chunks_exact(3 * width).zip(difference.chunks_exact_mut(width));
    for (y, (pixels, differences)) in rows.enumerate() {
        let across = 3 * ground.width() as usize;
        let behind = &ground.as_raw()[y / cell * across..][..across];
        let strongest: &mut [u8] = most.as_mut();
        let most = &mut strongest[y / cell * ground.width() as usize..];
        let cells = pixels.chunks(3 * cell).zip(differences.chunks_mut(cell));
        for (((pixels, differences), behind), most) in cells.zip(behind.as_chunks().0).zip(most) {
            for (pixel, difference) in pixels.as_chunks().0.iter().zip(differences) {
                *difference = super::distance(*pixel, *behind);
                *most = (*most).max(*difference);
            }
        }
    }
    (difference, most)
}

/// The strongest difference around each cell, and the noise there: the middle one of the differences in a wider
/// window, for every second cell.
fn local(difference: &GrayImage, most: &GrayImage, step: u32, radius: u32) -> (GrayImage, GrayImage) {
    let one = GrayImage::from_fn(most.width().div_ceil(2), most.height().div_ceil(2), |x, y| {
        let middle = |cell: u32, end: u32| (2 * cell * step + step / 2).min(end - 1);
        *difference.get_pixel(middle(x, difference.width()), middle(y, difference.height()))
    });
    (most_around(most, radius), imageproc::filter::median_filter(&one, 2 * radius, radius))
}

/// The differences as shares of the strongest one nearby, 0–255, above the noise.
fn strengthened(mut difference: GrayImage, most: &GrayImage, noise: &GrayImage, step: u32) -> GrayImage {
    let (width, cell) = (difference.width().max(1) as usize, step as usize);
    for (y, row) in difference.chunks_exact_mut(width).enumerate() {
        let y = y as u32 / step;
        for (x, pixels) in row.chunks_mut(cell).enumerate() {
            let noise = f32::from(noise.get_pixel(x as u32 / 2, y / 2).0[0]);
            let most = f32::from(most.get_pixel(x as u32, y).0[0]).max(FLOOR + OVER_NOISE * noise);
            let scale = 255.0 / (most - noise).max(1.0);
            for pixel in pixels {
                // A float outside of 0 to 255 becomes the nearer end.
                *pixel = ((f32::from(*pixel) - noise) * scale) as u8;
            }
        }
    }
    difference
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
fn slide(picture: &GrayImage, radius: u32, choose: impl Fn(u8, u8) -> u8 + Copy) -> GrayImage {
    let (width, radius) = (picture.width().max(1) as usize, radius as usize);
    // Down all columns at once, and along the rows as down the columns of the picture turned.
    let down = slide_down(picture.as_raw(), width, radius, choose);
    let height = down.len() / width;
    let along = slide_down(&turned(&down, width), height.max(1), radius, choose);
    GrayImage::from_raw(picture.width(), picture.height(), turned(&along, height))
        .unwrap_or_else(|| picture.clone())
}

/// Rows of `width` values as columns.
fn turned(values: &[u8], width: usize) -> Vec<u8> {
    let width = width.max(1);
    let height = values.len() / width;
    let mut turned = vec![0; values.len()];
    // In squares that fit the processor's nearest memory.
    const SIDE: usize = 32;
    for top in (0..height).step_by(SIDE) {
        for left in (0..width).step_by(SIDE) {
            for y in top..(top + SIDE).min(height) {
                for x in left..(left + SIDE).min(width) {
                    turned[x * height + y] = values[y * width + x];
                }
            }
        }
    }
    turned
}

/// The most or the least of each value and of `radius` values above and below it.
fn slide_down(values: &[u8], width: usize, radius: usize, choose: impl Fn(u8, u8) -> u8 + Copy) -> Vec<u8> {
    let (count, block) = (values.len() / width, 2 * radius + 1);
    let row = |at: usize| at * width..(at + 1) * width;
    let mut forward = values.to_vec();
    for at in (1..count).filter(|at| at % block != 0) {
        let (before, here) = forward.split_at_mut(at * width);
        merge(&mut here[..width], &before[row(at - 1)], choose);
    }
    let mut backward = values.to_vec();
    for at in (1..count).rev().filter(|at| at % block != 0) {
        let (before, here) = backward.split_at_mut(at * width);
        merge(&mut before[row(at - 1)], &here[..width], choose);
    }
    let mut slid = Vec::with_capacity(values.len());
    for at in 0..count {
        let (first, last) = (at.saturating_sub(radius), (at + radius).min(count - 1));
        // A window that the border cuts off may lie in one block, of which neither run covers just that part.
        if first / block == last / block && first % block != 0 {
            slid.extend_from_slice(&values[row(first)]);
            for other in first + 1..=last {
                merge(&mut slid[row(at)], &values[row(other)], choose);
            }
        } else {
            slid.extend_from_slice(&forward[row(last)]);
            if first / block != last / block {
                merge(&mut slid[row(at)], &backward[row(first)], choose);
            }
        }
    }
    slid
}

/// Puts what is chosen of each pair in the first's place.
fn merge(into: &mut [u8], other: &[u8], choose: impl Fn(u8, u8) -> u8) {
    for (into, other) in into.iter_mut().zip(other) {
        *into = choose(*into, *other);
    }
}

#[cfg(test)]
#[path = "ink_tests.rs"]
mod tests;

//! Coordinates near a planted place: as text, as whole numbers, as floating-point bytes, in China's own systems too.

use super::how::How;

/// Degrees within which a coordinate is the planted one: 200 m (ours, from CRITERIA 3.3).
const NEAR: f64 = 0.002;
/// Bytes within which both halves must stand.
const TOGETHER: usize = 2000;
/// The same in binary, where they follow each other.
const BESIDE: usize = 40;
/// Decimals from which on a place is precise: about 100 m (ours).
pub const PRECISE: usize = 3;

/// A planted place in the systems that are in use in China.
#[derive(Debug, Clone)]
pub struct Spot {
    pub plant: usize,
    systems: Vec<(Option<How>, f64, f64)>,
}

/// A place that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    pub plant: usize,
    pub how: Option<How>,
    /// Decimals of the less precise half.
    pub decimals: usize,
    /// Where its latitude stands in the layer.
    pub at: usize,
}

/// A number in a text.
struct Number {
    at: usize,
    value: f64,
    decimals: usize,
}

impl Spot {
    /// Takes a planted place (WGS-84, degrees).
    pub fn of(plant: usize, latitude: f64, longitude: f64) -> Spot {
        let (gcj_latitude, gcj_longitude) = to_gcj02(latitude, longitude);
        let (bd_latitude, bd_longitude) = to_bd09(gcj_latitude, gcj_longitude);
        Spot {
            plant,
            systems: vec![
                (None, latitude, longitude),
                (Some(How::Gcj02), gcj_latitude, gcj_longitude),
                (Some(How::Bd09), bd_latitude, bd_longitude),
            ],
        }
    }

    /// Finds it in a layer; `text` tells whether that is one, else it is searched for floating-point numbers as well.
    pub fn find(&self, bytes: &[u8], text: bool) -> Option<Near> {
        self.find_in_text(bytes).or_else(|| if text { None } else { self.find_in_bytes(bytes) })
    }

    fn find_in_text(&self, bytes: &[u8]) -> Option<Near> {
        let numbers = numbers(bytes);
        self.systems.iter().find_map(|(how, latitude, longitude)| {
            let near = |wanted: f64| {
                numbers.iter().filter(move |number| is_near(number.value, number.decimals, wanted))
            };
            let mut best: Option<Near> = None;
            for first in near(*latitude) {
                let second = near(*longitude).filter(|second| first.at.abs_diff(second.at) <= TOGETHER);
                if let Some(second) = second.max_by_key(|second| second.decimals) {
                    let decimals = first.decimals.min(second.decimals);
                    if best.as_ref().is_none_or(|best| best.decimals < decimals) {
                        best = Some(Near { plant: self.plant, how: *how, decimals, at: first.at });
                    }
                }
            }
            best
        })
    }

    fn find_in_bytes(&self, bytes: &[u8]) -> Option<Near> {
        for (_, latitude, longitude) in &self.systems {
            for read in [double_le, double_be, single_le, single_be] {
                let near = |at: usize, wanted: f64| {
                    read(&bytes[at..]).is_some_and(|value| (value - wanted).abs() < NEAR)
                };
                let firsts = (0..bytes.len()).filter(|&at| near(at, *latitude));
                for first in firsts.take(8) {
                    let (from, to) = (first.saturating_sub(BESIDE), (first + BESIDE).min(bytes.len()));
                    if (from..to).any(|at| near(at, *longitude)) {
                        return Some(Near {
                            plant: self.plant,
                            how: Some(How::Number),
                            decimals: 6,
                            at: first,
                        });
                    }
                }
            }
        }
        None
    }
}

fn is_near(value: f64, decimals: usize, wanted: f64) -> bool {
    let step = 10f64.powi(-(decimals.min(9) as i32));
    // A coarser number is the planted one where rounding makes it that.
    decimals >= 2 && (value - wanted).abs() <= NEAR.max(0.51 * step)
}

/// Every number of a text that can be half of a place: with decimals, or a whole one of 8 to 10 digits (degrees times 10⁶ or
/// 10⁷).
fn numbers(bytes: &[u8]) -> Vec<Number> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let begin = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let whole = at - begin;
        let mut decimals = 0;
        if bytes.get(at) == Some(&b'.') && whole <= 3 {
            let point = at;
            at += 1;
            while at < bytes.len() && bytes[at].is_ascii_digit() {
                at += 1;
            }
            decimals = at - point - 1;
        }
        let sign = if begin > 0 && bytes[begin - 1] == b'-' { -1.0 } else { 1.0 };
        let digits = std::str::from_utf8(&bytes[begin..at]).unwrap_or_default();
        let Ok(value) = digits.parse::<f64>() else { continue };
        if decimals >= 2 {
            all.push(Number { at: begin, value: sign * value, decimals });
        } else if decimals == 0 && (8..=10).contains(&whole) {
            all.push(Number { at: begin, value: sign * value / 1e6, decimals: 6 });
            all.push(Number { at: begin, value: sign * value / 1e7, decimals: 7 });
        }
    }
    all
}

fn double_le(bytes: &[u8]) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(..8)?.try_into().ok()?))
}
fn double_be(bytes: &[u8]) -> Option<f64> {
    Some(f64::from_be_bytes(bytes.get(..8)?.try_into().ok()?))
}
fn single_le(bytes: &[u8]) -> Option<f64> {
    Some(f64::from(f32::from_le_bytes(bytes.get(..4)?.try_into().ok()?)))
}
fn single_be(bytes: &[u8]) -> Option<f64> {
    Some(f64::from(f32::from_be_bytes(bytes.get(..4)?.try_into().ok()?)))
}

/// Turns WGS-84 into GCJ-02, the system of China's maps (the transformation as it is publicly known).
fn to_gcj02(latitude: f64, longitude: f64) -> (f64, f64) {
    use std::f64::consts::PI;
    const AXIS: f64 = 6_378_245.0;
    const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;
    let (x, y) = (longitude - 105.0, latitude - 35.0);
    let wave = |value: f64| (6.0 * value * PI).sin() * 20.0 + (2.0 * value * PI).sin() * 20.0;
    let mut north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * x.abs().sqrt();
    north += wave(x) * 2.0 / 3.0;
    north += (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0;
    north += (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let mut east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt();
    east += wave(x) * 2.0 / 3.0;
    east += (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0;
    east += (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let radians = latitude / 180.0 * PI;
    let magic = 1.0 - ECCENTRICITY * radians.sin().powi(2);
    let north = north * 180.0 / ((AXIS * (1.0 - ECCENTRICITY)) / (magic * magic.sqrt()) * PI);
    let east = east * 180.0 / (AXIS / magic.sqrt() * radians.cos() * PI);
    (latitude + north, longitude + east)
}

/// Turns GCJ-02 into BD-09, the system of Baidu's maps.
fn to_bd09(latitude: f64, longitude: f64) -> (f64, f64) {
    let factor = std::f64::consts::PI * 3000.0 / 180.0;
    let length = (longitude * longitude + latitude * latitude).sqrt() + 0.000_02 * (latitude * factor).sin();
    let angle = latitude.atan2(longitude) + 0.000_003 * (longitude * factor).cos();
    (length * angle.sin() + 0.006, length * angle.cos() + 0.0065)
}

/// Returns the geohash of a place with `length` characters.
pub fn geohash(latitude: f64, longitude: f64, length: usize) -> String {
    const DIGITS: &[u8; 32] = b"0123456789bcdefghjkmnpqrstuvwxyz";
    let (mut north, mut east) = ((-90.0, 90.0), (-180.0, 180.0));
    let mut bits = (0..length * 5).map(|bit| {
        let (range, value) = if bit % 2 == 0 { (&mut east, longitude) } else { (&mut north, latitude) };
        let middle = (range.0 + range.1) / 2.0;
        let upper = value >= middle;
        *(if upper { &mut range.0 } else { &mut range.1 }) = middle;
        usize::from(upper)
    });
    let mut out = String::new();
    for _ in 0..length {
        let at = (0..5).fold(0, |at, _| at << 1 | bits.next().unwrap_or(0));
        out.push(char::from(DIGITS[at]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_in_every_system() {
        let spot = Spot::of(0, 30.573_91, 103.923_18);
        let decimals = |text: &str| spot.find(text.as_bytes(), true).map(|near| near.decimals);
        assert_eq!(decimals(r#"{"lat":30.57391,"lng":103.92318}"#), Some(5));
        assert_eq!(decimals("ll=103.923,30.574"), Some(3));
        assert_eq!(decimals("ll=103.92,30.57"), Some(2));
        assert_eq!(decimals("ll=103.9,30.6"), None, "a district is not a place");
        assert_eq!(decimals("lat=30573910&lng=103923180"), Some(6));
        assert_eq!(decimals("lat=30.57391&lng=104.10"), None);
        let (latitude, longitude) = to_gcj02(30.573_91, 103.923_18);
        let near = spot.find(format!("{latitude:.6},{longitude:.6}").as_bytes(), true).expect("found");
        assert_eq!(near.how, Some(How::Gcj02));
        let mut binary = vec![0x11];
        binary.extend(30.573_91f64.to_le_bytes());
        binary.push(0x19);
        binary.extend(103.923_18f64.to_le_bytes());
        assert_eq!(spot.find(&binary, false).and_then(|near| near.how), Some(How::Number));
    }

    #[test]
    fn a_geohash_is_the_known_one() {
        assert_eq!(geohash(57.649_11, 10.407_44, 7), "u4pruyd");
    }

    #[test]
    fn china_is_shifted_by_some_hundred_metres() {
        let (latitude, longitude) = to_gcj02(39.908_23, 116.397_47);
        assert!(
            (latitude - 39.909_63).abs() < 1e-4 && (longitude - 116.403_72).abs() < 1e-4,
            "{latitude} {longitude}"
        );
    }
}

//! Working days of China: which days are worked, kept as data in `holidays.yaml`, how long so many of them take, and when a
//! limit that is counted in them ends.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Calendar {
    years: BTreeMap<i16, Year>,
    most_days_off: u32,
    most_days_worked: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    /// The notice that published it.
    source: String,
    /// First and last days.
    off: Vec<(Date, Date)>,
    works: Vec<Date>,
}

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("holidays.yaml"))
        .expect("the holidays ship inside the program and a test reads them")
});

/// Whether a day is worked; `None` where its year's holidays are not known.
fn works(day: Date) -> Option<bool> {
    let year = CALENDAR.years.get(&day.year())?;
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let off = year.off.iter().any(|(first, last)| (*first..=*last).contains(&day));
    Some(year.works.contains(&day) || !(weekend || off))
}

/// The calendar days from a day to the last of so many working days after it; `None` where holidays are not known.
fn takes(from: Date, working: u32) -> Option<u32> {
    let (mut day, mut days, mut left) = (from, 0, working);
    while left > 0 {
        day = day.checked_add(1.day()).ok()?;
        days += 1;
        left -= u32::from(works(day)?);
    }
    Some(days)
}

/// The last day of a limit, as exactly as the known holidays tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// On this day and before it the limit surely runs.
    pub first: Date,
    /// After this day it surely has passed; the same day where all holidays are known.
    pub last: Date,
    /// The first year on the way whose holidays are not known: because of it the two days differ.
    pub unknown: Option<i16>,
}

/// Returns when a limit of so many working days ends that is counted from the day after `from`; `None` where the calendar
/// itself ends before.
///
/// Where a year on the way is not known, the first day takes it that weekends are worked as often as in any known year,
/// and the last that as many holidays lie in between.
pub fn due_in_working_days(from: Date, working: u32) -> Option<Due> {
    let weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let mut unknown = None;
    let mut end = |most_worked: u32| {
        let (mut day, mut left, mut worked) = (from, working, most_worked);
        while left > 0 {
            day = day.checked_add(1.day()).ok()?;
            let counts = match works(day) {
                Some(counts) => counts,
                None => {
                    unknown = unknown.or(Some(day.year()));
                    let swapped = weekend(day) && worked > 0;
                    worked -= u32::from(swapped);
                    swapped || !weekend(day)
                }
            };
            left -= u32::from(counts);
        }
        Some(day)
    };
    let (first, plain) = (end(CALENDAR.most_days_worked)?, end(0)?);
    let last = match unknown {
        Some(_) => plain.checked_add(i64::from(CALENDAR.most_days_off).days()).ok()?,
        None => plain,
    };
    Some(Due { first, last, unknown })
}

/// Returns when a limit of so many days of the calendar ends that is counted from the day after `from`.
pub fn due_in_days(from: Date, days: u32) -> Option<Due> {
    let last = from.checked_add(i64::from(days).days()).ok()?;
    Some(Due { first: last, last, unknown: None })
}

/// The day on which something happened, in China.
pub fn day_in_china(at: Timestamp) -> Date {
    let china = TimeZone::fixed(Offset::constant(8));
    at.to_zoned(china).date()
}

/// The notice by which working days are counted from a day on; `None` where its year is not known.
pub fn counted_by(from: Date) -> Option<&'static str> {
    CALENDAR.years.get(&from.year()).map(|year| year.source.as_str())
}

/// How a promise of calendar days stands to a limit of working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    Fits,
    /// It depends on when it is counted from.
    Doubtful,
    TooLong,
}

/// Compares a promise with a limit of working days, where it is counted from a day.
///
/// Promises hold for every day of the year: what fits into the limit's weeks is never too long, although a weekend that
/// is worked can make the limit a day shorter; and what fits from this day only because holidays lie in between is
/// doubtful.
pub fn length(days: u32, working: bool, limit: f64, from: Option<Date>) -> Length {
    if working {
        return if f64::from(days) > limit { Length::TooLong } else { Length::Fits };
    }
    let weeks = limit / 5.0 * 7.0;
    let most = from
        .and_then(|from| takes(from, limit.clamp(0.0, 1000.0).ceil() as u32))
        .map_or(weeks + f64::from(CALENDAR.most_days_off), f64::from);
    match f64::from(days) {
        days if days <= weeks => Length::Fits,
        days if days <= most => Length::Doubtful,
        _ => Length::TooLong,
    }
}

#[cfg(test)]
#[path = "working_days_tests.rs"]
mod tests;

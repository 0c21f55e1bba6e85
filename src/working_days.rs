//! Working days of China: which days are worked, kept as data in `holidays.yaml`, and how long so many of them take.

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
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_year_of_the_file_is_whole_and_names_its_source() {
        for (year, known) in &CALENDAR.years {
            assert!(known.source.contains(&year.to_string()));
            let days = known.off.iter().flat_map(|(first, last)| [first, last]).chain(&known.works);
            assert!(days.clone().all(|day| day.year() == *year));
            assert!(known.off.iter().all(|(first, last)| first <= last));
            // What is worked instead is a weekend and no holiday.
            for day in &known.works {
                assert!(matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), "{day}");
                assert!(!known.off.iter().any(|(first, last)| (*first..=*last).contains(day)), "{day}");
            }
            // What is off and not made up for on a weekend are the holidays of the law, since 2025 13 days.
            let moved = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            let off: usize = known
                .off
                .iter()
                .map(|(first, last)| {
                    first.series(1.day()).take_while(|day| day <= last).filter(moved).count()
                })
                .sum();
            assert_eq!(off - known.works.len(), 13, "the law gives 13 days a year: {year}");
        }
    }

    #[test]
    fn holidays_and_weekends_that_are_worked_count() {
        assert_eq!(works(date(2026, 2, 14)), Some(true), "a Saturday that is worked");
        assert_eq!(works(date(2026, 2, 16)), Some(false), "a Monday of the Spring Festival");
        assert_eq!(works(date(2026, 11, 25)), Some(true));
        assert_eq!(works(date(2026, 11, 28)), Some(false));
        assert_eq!(works(date(2027, 2, 8)), None);
    }

    #[test]
    fn fifteen_working_days_are_three_weeks_and_more_around_holidays() {
        assert_eq!(takes(date(2026, 11, 6), 15), Some(21));
        assert_eq!(takes(date(2026, 2, 6), 15), Some(27));
        assert_eq!(takes(date(2025, 9, 26), 15), Some(27));
        assert_eq!(takes(date(2026, 12, 20), 15), None, "into a year that is not known");
    }

    #[test]
    fn a_promise_is_measured_from_the_day_of_the_run() {
        let autumn = Some(date(2026, 11, 6));
        let spring = Some(date(2026, 2, 6));
        let unknown = Some(date(2031, 3, 3));
        for (days, from, length_) in [
            (21, autumn, Length::Fits),
            (22, autumn, Length::TooLong),
            (30, autumn, Length::TooLong),
            (27, spring, Length::Doubtful),
            (28, spring, Length::TooLong),
            (30, unknown, Length::Doubtful),
            (33, unknown, Length::Doubtful),
            (34, unknown, Length::TooLong),
            (34, None, Length::TooLong),
            (21, None, Length::Fits),
            // A Saturday that is worked ends 15 working days a day early: three weeks stay three weeks.
            (21, Some(date(2026, 1, 26)), Length::Fits),
        ] {
            assert_eq!(length(days, false, 15.0, from), length_, "{days} days from {from:?}");
        }
        assert_eq!(length(15, true, 15.0, spring), Length::Fits);
        assert_eq!(length(16, true, 15.0, spring), Length::TooLong);
    }

    #[test]
    fn no_year_that_is_known_needs_more_than_the_bound_for_those_that_are_not() {
        let bound = 21 + CALENDAR.most_days_off;
        let longest = CALENDAR
            .years
            .keys()
            .flat_map(|year| date(*year, 1, 1).series(1.day()).take(365))
            .filter_map(|day| takes(day, 15))
            .max();
        assert!(longest.is_some_and(|days| days > 21 && days <= bound), "{longest:?}");
    }

    #[test]
    fn the_day_is_the_one_in_china() {
        let late = "2026-02-13T17:30:00Z".parse().expect("a time");
        assert_eq!(day_in_china(late), date(2026, 2, 14));
    }
}

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
            .map(|(first, last)| first.series(1.day()).take_while(|day| day <= last).filter(moved).count())
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

#[test]
fn a_limit_ends_on_a_day_that_is_worked_and_the_day_of_asking_does_not_count() {
    for (from, working, last) in [
        (date(2026, 11, 27), 15, date(2026, 12, 18)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        // Over the Spring Festival, with two Saturdays that are worked.
        (date(2026, 2, 6), 15, date(2026, 3, 5)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 12, 10), 15, date(2026, 12, 31)),
        (date(2026, 12, 10), 0, date(2026, 12, 10)),
    ] {
        let due = due_in_working_days(from, working).expect("a day");
        assert_eq!(due, Due { first: last, last, unknown: None }, "{working} from {from}");
    }
    assert_eq!(due_in_days(date(2026, 12, 20), 30).map(|due| due.last), Some(date(2027, 1, 19)));
}

#[test]
fn a_limit_that_reaches_into_a_year_that_is_not_known_widens_and_names_the_year() {
    let due = due_in_working_days(date(2026, 12, 21), 15).expect("a day");
    assert_eq!(due, Due { first: date(2027, 1, 7), last: date(2027, 1, 23), unknown: Some(2027) });
    assert_eq!(due_in_working_days(date(9999, 12, 20), 15), None, "the calendar ends before");
}

#[test]
fn no_year_that_is_known_ends_a_limit_outside_of_what_is_taken_for_those_that_are_not() {
    let weekend = |day: &Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let days = CALENDAR.years.keys().flat_map(|year| date(*year, 1, 1).series(1.day()).take(340));
    for from in days.filter(|day| day.year() <= 2026) {
        let Some(taken) = takes(from, 15) else { continue };
        let worked = from.series(1.day()).skip(1).take(taken as usize);
        let swapped = worked.filter(|day| weekend(day) && works(*day) == Some(true)).count();
        assert!(swapped <= CALENDAR.most_days_worked as usize, "{from}: {swapped}");
    }
}

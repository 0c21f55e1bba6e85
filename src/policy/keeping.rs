//! How long and where information is kept.

use super::document::{BlockKind, Document};
use super::marks::{Marked, Section, Set};
use super::statement::{Fact, Place, Statement, Unit};
use crate::language::days::{self, Measure};

/// Reads the statements on retention and on storage.
pub fn read(document: &Document, sentences: &[Marked<'_>], found: &mut Vec<Statement>) {
    for sentence in sentences {
        if document.blocks[sentence.block].kind == BlockKind::Heading
            && document.blocks[sentence.block].lead.is_none()
        {
            continue;
        }
        if let Some(statement) = retention(document, sentence) {
            found.push(statement);
        }
        storage(document, sentence, found);
    }
}

fn retention(document: &Document, sentence: &Marked<'_>) -> Option<Statement> {
    let about = sentence.section == Section::Retention || sentence.has(Set::Retain);
    let keeps =
        ["保存", "存储", "保留", "储存", "kept", "keep"].iter().any(|word| sentence.folded.contains(word));
    let listed = sentence.section == Section::Retention && keeps;
    if !about
        || !(listed || sentence.has_any(&[Set::Retain, Set::RetainUntil]))
        || sentence.has(Set::Definition)
    {
        return None;
    }
    let named = [
        "期限",
        "时间",
        "期间",
        "时长",
        "多久",
        "年",
        "月",
        "日",
        "天",
        "retain",
        "retention",
        "kept",
        "keep",
        "as long as",
        "until",
        "届满",
        "到期",
        "之后",
        "以后",
        "后",
    ];
    let timed = named.iter().any(|word| sentence.folded.contains(word));
    let period = days::periods_in(&sentence.folded).into_iter().next();
    if !timed || period.is_none() && !sentence.has(Set::RetainUntil) {
        return None;
    }
    let handles = sentence.has(Set::Answers)
        && sentence.has(Set::LimitRequest)
        && sentence.section != Section::Retention;
    if handles || period.is_none() && sentence.section == Section::Rights {
        return None;
    }
    let (count, unit) = (period.map(|period| period.count), period.map(|period| unit_of(period.unit)));
    let plain = sentence.has(Set::Retain) || period.is_some();
    Some(Statement::new(Fact::Retention { count, unit }, document, sentence).sure_if(plain))
}

/// Takes a measure of time over.
pub fn unit_of(measure: Measure) -> Unit {
    match measure {
        Measure::Minutes => Unit::Minutes,
        Measure::Hours => Unit::Hours,
        Measure::Days => Unit::Days,
        Measure::WorkingDays => Unit::WorkingDays,
        Measure::Weeks => Unit::Weeks,
        Measure::Months => Unit::Months,
        Measure::Years => Unit::Years,
    }
}

fn storage(document: &Document, sentence: &Marked<'_>, found: &mut Vec<Statement>) {
    if !sentence.has(Set::Place) || sentence.has(Set::Definition) {
        return;
    }
    let places = [
        (Set::PlaceMainland, Place::Mainland),
        (Set::PlaceDevice, Place::Device),
        (Set::PlaceAbroad, Place::Abroad),
    ];
    let Some((_, place)) = places.into_iter().find(|(set, _)| stands_by(sentence, *set)) else { return };
    let information =
        ["信息", "数据", "information", "data"].iter().any(|word| sentence.folded.contains(word));
    if information || sentence.section == Section::Retention {
        found.push(Statement::new(Fact::Storage { place }, document, sentence));
    }
}

/// Characters between the word for storing and that for the place, in either order (ours).
const BEHIND: usize = 14;
const BEFORE: usize = 6;

/// Tells whether the place stands by the word for storing: "stored in China", "in China … stored" is another matter.
fn stands_by(sentence: &Marked<'_>, set: Set) -> bool {
    sentence.hits.each(set).any(|place| {
        sentence.hits.each(Set::Place).any(|store| {
            let (from, to, most) = match store.begins <= place.begins {
                true => (store.ends.min(place.begins), place.begins, BEHIND),
                false => (place.ends.min(store.begins), store.begins, BEFORE),
            };
            sentence.folded.get(from..to).is_some_and(|gap| gap.chars().count() <= most)
        })
    })
}

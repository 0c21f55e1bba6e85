//! How long and where information is kept.

use super::document::{BlockKind, Document};
use super::marks::{Marked, Section, Set};
use super::statement::{Fact, Place, Statement, Unit};
use crate::language::days::{self, Measure};

/// Reads the statements on retention and on storage.
pub fn read(document: &Document, sentences: &[Marked<'_>], found: &mut Vec<Statement>) {
    for sentence in sentences {
        if document.blocks[sentence.block].kind == BlockKind::Heading && document.blocks[sentence.block].lead.is_none() {
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
    if !about || !sentence.has_any(&[Set::Retain, Set::RetainUntil]) || sentence.has(Set::Definition) {
        return None;
    }
    let named = ["期限", "时间", "期间", "时长", "多久", "年", "月", "日", "天", "retain", "retention", "kept", "keep", "as long as", "until", "届满", "到期", "之后", "以后", "后"];
    let timed = named.iter().any(|word| sentence.folded.contains(word));
    let period = days::periods_in(&sentence.folded).into_iter().next();
    if !timed || period.is_none() && !sentence.has(Set::RetainUntil) {
        return None;
    }
    let handles = sentence.has(Set::Answers) && sentence.has(Set::LimitRequest) && sentence.section != Section::Retention;
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
    let place = if sentence.has(Set::PlaceMainland) {
        Place::Mainland
    } else if sentence.has(Set::PlaceDevice) {
        Place::Device
    } else if sentence.has(Set::PlaceAbroad) {
        Place::Abroad
    } else {
        return;
    };
    let information = ["信息", "数据", "information", "data"].iter().any(|word| sentence.folded.contains(word));
    if information || sentence.section == Section::Retention {
        found.push(Statement::new(Fact::Storage { place }, document, sentence));
    }
}

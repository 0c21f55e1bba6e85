//! What a policy says is collected: kinds of information with purpose, means, function and need; and permissions.

use super::clauses::{function_of, purpose_in, purpose_of};
use super::document::{BlockKind, Document};
use super::folding::fold;
use super::kinds;
use super::marks::{Hits, Marked, Section, Set};
use super::named;
use super::statement::{Fact, Means, Need, Statement};

/// Reads the statements on collecting and on permissions.
pub fn read(document: &Document, sentences: &[Marked<'_>], found: &mut Vec<Statement>) {
    for (at, sentence) in sentences.iter().enumerate() {
        let row = Row::of(document, sentence);
        if let Some(kinds) = collected(document, sentence, row.as_ref()) {
            add_kinds(document, sentences, at, kinds, row.as_ref(), found);
        }
        add_permissions(document, sentences, at, row.as_ref(), found);
    }
}

/// A row of a table whose columns have names.
struct Row<'d> {
    cells: Vec<&'d str>,
    heads: Vec<Hits>,
}

impl<'d> Row<'d> {
    fn of(document: &'d Document, sentence: &Marked<'_>) -> Option<Row<'d>> {
        let block = &document.blocks[sentence.block];
        let columns = &document.blocks[block.columns?];
        let heads = columns.cells().map(|head| Hits::of(&fold(head))).collect();
        Some(Row { cells: block.cells().collect(), heads })
    }

    /// Returns the cell of the first column that is named so.
    fn cell(&self, set: Set) -> Option<&'d str> {
        let at = self.heads.iter().position(|head| head.has(set))?;
        self.cells.get(at).copied().filter(|cell| !cell.is_empty())
    }

    fn has(&self, set: Set) -> bool {
        self.heads.iter().any(|head| head.has(set))
    }
}

/// Returns the places of the kinds that a sentence says are collected; `None` where it says nothing of it.
fn collected(document: &Document, sentence: &Marked<'_>, row: Option<&Row<'_>>) -> Option<Vec<kinds::Named>> {
    if sentence.kinds.is_empty() {
        return None;
    }
    if let Some(row) = row {
        // A table of what others receive is read elsewhere.
        let others = row.has(Set::Sdk) || (row.has(Set::ColName) && row.has(Set::ColCompany));
        let own = row.has(Set::ColKinds) || row.has(Set::ColPermission) && row.has(Set::ColPurpose);
        let plain = row.has(Set::ColKinds) && sentence.section != Section::Sharing && !others;
        return (own && plain).then(|| {
            let cell = row.cell(Set::ColKinds).map(fold).unwrap_or_default();
            let begins = sentence.folded.find(&cell).unwrap_or(0);
            let inside = |named: &kinds::Named| named.begins >= begins && named.ends <= begins + cell.len();
            sentence.kinds.iter().copied().filter(inside).collect()
        });
    }
    let block = &document.blocks[sentence.block];
    if block.kind == BlockKind::Row || block.kind == BlockKind::Heading && block.lead.is_none() {
        return None;
    }
    if matches!(
        sentence.section,
        Section::Rights | Section::Definitions | Section::Exemptions | Section::Changes | Section::Contact
    ) || sentence.has(Set::Definition) && !sentence.has(Set::Give)
    {
        return None;
    }
    let led = lead(document, sentence).is_some_and(|lead| {
        let hits = Hits::of(&lead);
        hits.has(Set::Optional) && sentence.section == Section::Collecting
            || hits.has_any(&[Set::Collect, Set::Give, Set::Uses])
                && !hits.has_any(&[Set::Negation, Set::Share, Set::SaysRight, Set::Exempt])
            || hits.has(Set::Collect) && !hits.has_any(&[Set::Negation, Set::Exempt])
    });
    let collects = sentence.has_any(&[Set::Collect, Set::Give])
        || sentence.has(Set::Uses) && !sentence.has(Set::Share)
        || sentence.has(Set::Optional) && sentence.section == Section::Collecting
        || led;
    if !collects || sentence.has(Set::Exempt) {
        return None;
    }
    // What others collect by themselves, and what is handed to others, is told by receivers.
    if (sentence.section == Section::Sharing || sentence.has(Set::Sdk))
        && !sentence.folded.contains("我们会收集")
        && !sentence.folded.contains("我们收集")
    {
        return None;
    }
    if sentence.section == Section::Security && !sentence.has(Set::Collect) {
        return None;
    }
    if is_about_right(sentence) {
        return None;
    }
    let kept: Vec<kinds::Named> =
        sentence.kinds.iter().copied().filter(|named| !is_denied(sentence, named)).collect();
    (!kept.is_empty()).then_some(kept)
}

/// Tells whether a sentence says what a person may do with information that is there already.
fn is_about_right(sentence: &Marked<'_>) -> bool {
    sentence.has_any(&[
        Set::RightCorrect,
        Set::RightDelete,
        Set::RightAccess,
        Set::RightCancel,
        Set::RightWithdraw,
    ]) && sentence.has(Set::SaysRight)
        && !sentence.has_any(&[Set::Give, Set::Necessary])
        && sentence.hits.each(Set::Collect).all(|hit| {
            sentence.hits.each(Set::SaysRight).any(|right| right.begins < hit.begins)
                && !is_ours(sentence, hit.begins)
        })
}

/// Tells whether what is done at a place is done by the operator: "we will record".
fn is_ours(sentence: &Marked<'_>, at: usize) -> bool {
    let before: String = sentence.folded[..at].chars().rev().take(6).collect();
    ["们我", "行我", "会", "将", "ew"].iter().any(|word| before.contains(word))
        || ["会记录", "将记录"].iter().any(|word| sentence.folded[at..].starts_with(word))
}

/// Tells whether a kind is said not to be collected: by the last word before it that says whether, or by the first behind
/// it where none stands before.
pub fn is_denied(sentence: &Marked<'_>, named: &kinds::Named) -> bool {
    let negations: Vec<_> =
        sentence.hits.each(Set::Negation).chain(sentence.hits.each(Set::DenyUpload)).collect();
    if negations.is_empty() {
        return false;
    }
    let positive = |begins: usize, ends: usize| {
        !negations.iter().any(|negation| negation.begins <= begins && ends <= negation.ends + 3)
    };
    let verbs = [Set::Collect, Set::Give, Set::But, Set::Uses];
    let said =
        verbs.iter().flat_map(|set| sentence.hits.each(*set)).filter(|hit| positive(hit.begins, hit.ends));
    let positive: Vec<usize> = said.map(|hit| hit.begins).collect();
    let before = negations.iter().map(|hit| hit.begins).filter(|at| *at < named.begins).max();
    let positive_before = positive.iter().copied().filter(|at| *at < named.begins).max();
    match (before, positive_before) {
        (Some(no), Some(yes)) => no > yes,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => {
            let after = negations.iter().map(|hit| hit.begins).filter(|at| *at > named.begins).min();
            let positive_after = positive.iter().copied().filter(|at| *at > named.begins).min();
            after.is_some_and(|no| positive_after.is_none_or(|yes| no < yes))
        }
    }
}

/// Returns the folded words that introduce the list in which a sentence stands.
pub fn lead(document: &Document, sentence: &Marked<'_>) -> Option<String> {
    let lead = document.blocks[sentence.block].lead?;
    Some(fold(&document.blocks[lead].text))
}

fn add_kinds(
    document: &Document,
    sentences: &[Marked<'_>],
    at: usize,
    kinds: Vec<kinds::Named>,
    row: Option<&Row<'_>>,
    found: &mut Vec<Statement>,
) {
    let sentence = &sentences[at];
    let purpose = match row.and_then(|row| row.cell(Set::ColPurpose)) {
        Some(cell) => Some(cell.to_owned()),
        None => purpose_around(document, sentences, at),
    };
    let function = function_of(sentence);
    let need = need_of(sentence);
    let means = means_of(sentence);
    let mut known: Vec<&str> = Vec::new();
    for named in kinds {
        let kind = named.kind();
        if known.contains(&kind.kind.as_str()) {
            continue;
        }
        known.push(&kind.kind);
        let fact = Fact::Collects {
            kind: kind.kind.clone(),
            purpose: purpose.clone(),
            means,
            function: function.clone(),
            need,
        };
        let plain = sentence.section != Section::Children && !sentence.has(Set::Negation);
        found.push(Statement::new(fact, document, sentence).sure_if(plain));
    }
}

/// Returns the purpose that a sentence states, or else the words that introduce its list, or its neighbours in the block.
fn purpose_around(document: &Document, sentences: &[Marked<'_>], at: usize) -> Option<String> {
    let sentence = &sentences[at];
    if let Some(purpose) = purpose_of(sentence) {
        return Some(purpose);
    }
    if let Some(lead) = lead(document, sentence)
        && let Some(purpose) = purpose_in(&lead, &Hits::of(&lead))
    {
        return Some(purpose);
    }
    let beside = [at.checked_add(1), at.checked_sub(1)];
    beside
        .into_iter()
        .flatten()
        .filter_map(|at| sentences.get(at))
        .find_map(|other| (other.block == sentence.block).then(|| purpose_of(other)).flatten())
}

fn need_of(sentence: &Marked<'_>) -> Option<Need> {
    if sentence.has(Set::Optional) {
        return Some(Need::Optional);
    }
    sentence.has(Set::Necessary).then_some(Need::Necessary)
}

fn means_of(sentence: &Marked<'_>) -> Means {
    if sentence.has(Set::Automatic) {
        Means::Automatic
    } else if sentence.has(Set::FromOthers) {
        Means::FromOthers
    } else if sentence.folded.contains("权限") || sentence.folded.contains("permission") {
        Means::ByPermission
    } else if sentence.has(Set::Give) {
        Means::Given
    } else {
        Means::Unsaid
    }
}

fn add_permissions(
    document: &Document,
    sentences: &[Marked<'_>],
    at: usize,
    row: Option<&Row<'_>>,
    found: &mut Vec<Statement>,
) {
    let sentence = &sentences[at];
    let listed = row.is_some_and(|row| row.has(Set::ColPermission));
    let led =
        || lead(document, sentence).is_some_and(|lead| lead.contains("权限") || lead.contains("permission"));
    let asked = sentence.folded.contains("权限")
        || sentence.folded.contains("permission")
        || (sentence.section == Section::Permissions || led()) && sentence.has(Set::Purpose);
    let header = document.blocks[sentence.block].kind == BlockKind::Row && row.is_none();
    if !(listed || asked) || header || sentence.has(Set::Sdk) || sentence.section == Section::Sharing {
        return;
    }
    let text = match row.and_then(|row| row.cell(Set::ColPermission)).filter(|_| listed) {
        Some(cell) => fold(cell),
        // "camera: to take pictures" names the camera only.
        None => match sentence.folded.split_once('：') {
            Some((head, _)) if head.chars().count() <= 20 && !named::permissions_asked(head).is_empty() => {
                head.to_owned()
            }
            _ => sentence.folded.clone(),
        },
    };
    if is_about_right(sentence) || sentence.has(Set::TurnOff) && sentence.has(Set::WaySystem) {
        return;
    }
    for permission in named::permissions_asked(&text) {
        let purpose = row
            .and_then(|row| row.cell(Set::ColPurpose).map(str::to_owned))
            .or_else(|| purpose_around(document, sentences, at));
        let denied = sentence.has(Set::DenyCollect)
            || sentence.has(Set::Negation) && (purpose.is_none() || !sentence.folded.contains("权限"));
        if !denied {
            let fact = Fact::Permission { permission: permission.to_owned(), purpose };
            found.push(Statement::new(fact, document, sentence));
        }
    }
}

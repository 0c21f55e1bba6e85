//! Operations as they may be written down.

use crate::language::rights;
use crate::screen::operation::Operation;

/// The operation as it may be written down: without what is typed into a field for a password, a code and the like,
/// and without the keys that empty a field before.
pub fn unsecret(operation: &Operation) -> Operation {
    let Operation::Type { x, y, label, text, submit } = operation else { return operation.clone() };
    let text = match rights::kind_of(label).filter(|_| rights::is_secret(label)) {
        Some(kind) => format!("‹{kind}›"),
        None => text.chars().filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c)).collect(),
    };
    Operation::Type { x: *x, y: *y, label: label.clone(), text, submit: *submit }
}

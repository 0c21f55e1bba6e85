//! The names of probes that a scenario may use. A scenario knows no probes: whoever has one read says which there are.

use std::cell::Cell;

thread_local! {
    /// The names that the scenario that is being read on this thread may use.
    static KNOWN: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
}

/// Returns the names that the scenario that is being read may use.
pub(super) fn known() -> &'static [&'static str] {
    KNOWN.get()
}

/// Reads a scenario, or writes its schema, in which these names of probes may stand.
pub fn with_probes<T>(names: &'static [&'static str], read: impl FnOnce() -> T) -> T {
    let before = KNOWN.replace(names);
    let read = read();
    KNOWN.set(before);
    read
}

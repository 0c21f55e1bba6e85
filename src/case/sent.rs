//! One request of a recording, with whose it was and when it was made.

use std::rc::Rc;

use crate::recording::entries::RequestSent;
use crate::recording::state::Consent;
use crate::traffic::Found;
use crate::traffic::party::{Party, Relation};

/// What is known of a request besides itself: where its entry is, whose it was, what the person had said.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) at: usize,
    pub(super) party: Rc<Party>,
    pub(super) consent: Consent,
}

/// One request, with whose it was and when.
#[derive(Debug, Clone)]
pub struct Sent<'a> {
    pub seq: u64,
    pub request: &'a RequestSent,
    pub party: Rc<Party>,
    /// What the person had said when it was made.
    pub consent: Consent,
}

impl<'a> Sent<'a> {
    /// Returns what tells whose it is, or which device.
    pub fn definite(&self) -> impl Iterator<Item = &'a Found> + use<'a> {
        self.request.found.iter().filter(|found| found.definite)
    }

    /// Tells whether somebody else than the operator, and whoever works for him, received it.
    pub fn is_to_others(&self) -> bool {
        matches!(self.party.relation, Relation::Third | Relation::Affiliate | Relation::Unknown)
    }

    /// Says why part of it could not be read, and may hold anything; `None` where all of it was.
    pub fn unread(&self) -> Option<&'a str> {
        self.request.unread.first().map(|unread| unread.why.as_str())
    }
}

//! A recording as rules look at it: the state at each moment, the runs of each probe, the goals of the walks, what the app
//! called for, the policy, and every screen read again from its tree.
//!
//! Open this room when a rule needs to know something of a recording that another rule may need too. A rule's own law
//! stays in its own file. [`Case`] is what rules are given; the other files add to it what belongs to their subject.

mod answer_limit;
mod base;
mod calls;
mod doubts;
mod evidence;
mod follow_ups;
#[cfg(test)]
pub(crate) mod made_up;
mod readings;
mod safety;
mod screens;
mod search;
mod sent;
mod span;
mod traffic;

pub use answer_limit::{AnswerLimit, Source};
pub use base::{Case, Readings};
pub use calls::{Around, Call, Collected, calls};
pub use doubts::Doubt;
pub use evidence::{Evidence, Mark, Marks, files_of};
pub use follow_ups::{Came, FollowUp};
pub use readings::Read;
pub use screens::say_not_measured;
pub use sent::Sent;
pub use span::Span;

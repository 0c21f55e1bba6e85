//! What a rule is, and what it gives: opinions on what a recording shows. Which of them is the verdict is not a rule's
//! business; see [`ruling`](super::ruling).

use super::table::Table;
use crate::case::{Case, Doubt, Evidence};
use crate::recording::GoalRuledOut;
use crate::text::Bilingual;
use crate::verdict::Verdict;
use crate::world::access::AccessKind;

/// Weighs what a recording shows on one item.
pub trait Rule: Sync {
    /// Returns the item's number, such as `1.3`.
    fn item(&self) -> &'static str;
    /// Returns the probes whose recording it reads.
    fn reads(&self) -> &'static [&'static str];
    /// Returns those of them that must have run to their end before something can be called good, or not there.
    fn must_end(&self) -> &'static [&'static str] {
        self.reads()
    }
    /// Returns the kinds of calls that must have been seen before something can be called good.
    fn needs(&self) -> &'static [AccessKind] {
        &[]
    }
    /// Tells whether what the app sends must have been seen before something can be called good. It holds for recordings that
    /// say whether it was; what an older candor recorded stands, with a note.
    fn needs_requests(&self) -> bool {
        false
    }
    /// Tells whether there is something to weigh although none of its probes was started: what a person stated after the run.
    fn stands_alone(&self, _case: &Case<'_>) -> bool {
        false
    }
    /// Weighs it. Called only where at least one of its probes was started, or where it stands alone.
    fn weigh(&self, case: &Case<'_>) -> Weighed;
}

/// A verdict with its reason, what more is to be said, and what shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    pub verdict: Verdict,
    pub reason: Bilingual,
    pub notes: Vec<Bilingual>,
    pub evidence: Vec<Evidence>,
    pub tables: Vec<Table>,
    /// It stands however the probes ended: what was seen was seen.
    pub settled: bool,
}

impl Opinion {
    pub fn new(verdict: Verdict, reason: Bilingual) -> Opinion {
        Opinion {
            verdict,
            reason,
            notes: Vec::new(),
            evidence: Vec::new(),
            tables: Vec::new(),
            settled: false,
        }
    }
    pub fn violation(reason: Bilingual) -> Opinion {
        Opinion::new(Verdict::Violation, reason)
    }
    pub fn review(reason: Bilingual) -> Opinion {
        Opinion::new(Verdict::Review, reason)
    }
    pub fn conforms(reason: Bilingual) -> Opinion {
        Opinion::new(Verdict::Conforms, reason)
    }
    pub fn not_tested(reason: Bilingual) -> Opinion {
        Opinion::new(Verdict::NotTested, reason)
    }
    pub fn not_applicable(reason: Bilingual) -> Opinion {
        Opinion::new(Verdict::NotApplicable, reason)
    }
    /// Lets it stand however the probes ended.
    pub fn settled(mut self) -> Opinion {
        self.settled = true;
        self
    }
    /// Adds something that a reader should know.
    pub fn note(mut self, note: Bilingual) -> Opinion {
        self.notes.push(note);
        self
    }
    /// Adds what shows it.
    pub fn with(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Opinion {
        self.evidence.extend(evidence);
        self
    }
}

/// Something that was not seen, and what follows from that where nothing speaks against its not being there.
#[derive(Debug, Clone, PartialEq)]
pub struct Absence {
    /// `no channel for complaints was found`
    pub what: Bilingual,
    /// What leaves it to a person, in words of its own.
    pub reviews: Vec<Opinion>,
    /// Why it may be there all the same.
    pub doubts: Vec<Doubt>,
    pub comes_to: Opinion,
}

impl Absence {
    /// Something that was not seen, for reasons of the rule's own.
    pub fn new(what: Bilingual, comes_to: Opinion) -> Absence {
        Absence { what, reviews: Vec::new(), doubts: Vec::new(), comes_to }
    }

    /// Something that a search of the app did not find, with every reason to doubt the search.
    pub fn of_search(
        case: &Case<'_>,
        what: Bilingual,
        ruled_out: &GoalRuledOut,
        comes_to: Opinion,
    ) -> Absence {
        Absence { doubts: case.doubt_search(ruled_out).into_iter().collect(), ..Absence::new(what, comes_to) }
    }

    /// Adds reasons to doubt it.
    pub fn doubted(mut self, doubts: impl IntoIterator<Item = Doubt>) -> Absence {
        self.doubts.extend(doubts);
        self
    }

    /// Adds what leaves it to a person.
    pub fn reviewed(mut self, reviews: impl IntoIterator<Item = Opinion>) -> Absence {
        self.reviews.extend(reviews);
        self
    }
}

/// Everything that a rule has to say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weighed {
    /// On each thing that was seen, in the order in which they are told.
    pub opinions: Vec<Opinion>,
    /// Why not all was looked at that the item is about, beside probes that did not end.
    pub unfinished: Vec<Opinion>,
    /// What was not seen, where the item is about that.
    pub absence: Option<Absence>,
    /// What is said where nothing is held against the app; the first opinion that finds it good where this is `None`.
    pub clean: Option<Opinion>,
    /// Goals whose searches are told of, whatever the verdict.
    pub goals: Vec<&'static str>,
    /// What is said and shown whatever the verdict.
    pub notes: Vec<Bilingual>,
    pub evidence: Vec<Evidence>,
    pub tables: Vec<Table>,
}

impl Weighed {
    pub fn of(opinions: Vec<Opinion>) -> Weighed {
        Weighed { opinions, ..Weighed::default() }
    }
    pub fn absent(absence: Absence) -> Weighed {
        Weighed { absence: Some(absence), ..Weighed::default() }
    }
    pub fn clean(opinion: Opinion) -> Weighed {
        Weighed { clean: Some(opinion), ..Weighed::default() }
    }
    /// Has the searches for a goal told of.
    pub fn searched(mut self, goal: &'static str) -> Weighed {
        self.goals.push(goal);
        self
    }
    /// Shows something whatever the verdict.
    pub fn shown(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Weighed {
        self.evidence.extend(evidence);
        self
    }
}

impl From<Opinion> for Weighed {
    fn from(opinion: Opinion) -> Weighed {
        Weighed::of(vec![opinion])
    }
}

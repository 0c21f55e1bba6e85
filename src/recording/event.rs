//! The list of what a timeline can say. Each kind of entry is declared in `entries/`: its fields, its words in both languages,
//! its lane in the report and the files that it names. A new one is its declaration there and a line here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::entries::*;
use super::file::FileRef;
use super::kind::{Addition, Kind, Lane};
use crate::text::Bilingual;
use crate::world::access::Watch;

/// Version of the recording's form. Judging refuses a newer one and says so; older ones it reads.
/// 2: the system's permission asks, and starts after an upgrade. 3: measured texts, the screens of a policy.
/// 4: what the app calls for, refusals and what came of them, functions tried, a moved clock.
/// 5: controls that a walk left alone, requests that were held back, walks in an account that were not made.
/// 6: what the app sends, a second session.
/// 7: what was asked of the operator, and later looks at it; two versions of an app.
pub const FORMAT: u32 = 7;

/// A line of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// 1 for the first line, one more for each next one.
    pub seq: u64,
    /// When it was written, to the millisecond.
    pub time: Timestamp,
    /// SHA-256 of the line before (without its line end), 64 zeros for the first.
    pub prev: String,
    #[serde(flatten)]
    pub event: Event,
}

/// Makes the enumeration of all kinds, which is written with the name of the kind as `event`.
macro_rules! entries {
    ($($name:ident($content:ty),)*) => {
        /// What happened.
        #[allow(clippy::large_enum_variant, reason = "the largest begins a run, and is there once")]
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "event", rename_all = "snake_case")]
        pub enum Event {
            $($name($content),)*
        }

        impl Event {
            fn kind(&self) -> &dyn Kind {
                match self {
                    $(Event::$name(content) => content,)*
                }
            }
        }
    };
}

entries! {
    RunStarted(RunStarted),
    ProbeStarted(ProbeStarted),
    ProbeEnded(ProbeEnded),
    AppStarted(AppStarted),
    ScreenSeen(Box<ScreenSeen>),
    OperationDone(OperationDone),
    ConsentGiven(ConsentGiven),
    Watching(Watch),
    Accessed(Accessed),
    ConsentRefused(ConsentRefused),
    WithdrawalTried(WithdrawalTried),
    ConsentWithdrawn(ConsentWithdrawn),
    TargetedSwitchSeen(TargetedSwitchSeen),
    AfterRefusal(RefusalOutcome),
    AskAnswered(AskAnswered),
    PermissionsSet(PermissionsSet),
    ClockMoved(ClockMoved),
    SessionChanged(SessionChanged),
    SessionLooked(SessionLooked),
    AccountEntered(AccountEntered),
    CancellationStep(CancellationStep),
    Cancellation(Cancellation),
    AccountChecked(AccountChecked),
    InformationChanged(InformationChanged),
    FunctionTried(FunctionTried),
    PermissionAsked(PermissionAsked),
    PermissionAnswered(PermissionAnswered),
    PermissionStates(PermissionStates),
    MainReached(MainReached),
    GoalReached(GoalReached),
    GoalRuledOut(GoalRuledOut),
    PathReplayed(PathReplayed),
    PolicyRead(PolicyRead),
    TextMeasured(TextMeasured),
    TextNotMeasured(TextNotMeasured),
    Guarding(Guarding),
    ControlsLeft(ControlsLeft),
    HeldBack(RequestHeldBack),
    RequestSent(Box<RequestSent>),
    VersionUsed(VersionUsed),
    EarlierPolicyRead(EarlierPolicyRead),
    EarlierTaken(EarlierTaken),
    SettingSeen(SettingSeen),
    LeftOut(LeftOut),
    LookedAgain(LookedAgain),
    Trouble(Trouble),
    RunEnded(RunEnded),
    Attested(Box<Attested>),
    DemandStated(Box<DemandStated>),
    DemandLookedAt(Box<DemandLookedAt>),
}

impl Event {
    /// Says it in words.
    pub fn words(&self) -> Bilingual {
        self.kind().words()
    }
    /// Returns where it is drawn in the report's timeline.
    pub fn lane(&self) -> Lane {
        self.kind().lane()
    }
    /// Returns what it was added to, where it was added after the run.
    pub fn addition(&self) -> Option<Addition<'_>> {
        self.kind().addition()
    }
    /// Returns the files of the recording that it names.
    pub fn files(&self) -> Vec<&FileRef> {
        self.kind().files()
    }
}

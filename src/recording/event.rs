//! What a timeline can say. One variant per kind of entry; every field is data of the rooms below.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::account::{AccountChecked, AccountEntered, Cancellation, CancellationStep, InformationChanged};
use super::consent::{TargetedSwitchSeen, WithdrawalTried};
use super::search::{GoalReached, GoalRuledOut, PolicyRead};
use crate::item::ItemId;
use crate::language::controls::Reading;
use crate::language::danger::Danger;
use crate::language::permission::Answer;
use crate::screen::operation::Operation;
use crate::sight::tick::Tick;
use crate::verdict::Verdict;
use crate::world::Start;
use crate::world::access::{Access, Standing, Watch};
use crate::world::guard::{Guard, HeldBack};

/// Version of the recording's form. Judging refuses a newer one and says so; older ones it reads.
/// 2: the system's permission asks, and starts after an upgrade. 3: measured texts, the screens of a policy.
/// 4: what the app calls for, refusals and what came of them, functions tried, a moved clock.
/// 5: controls that a walk left alone, requests that were held back, walks in an account that were not made.
pub const FORMAT: u32 = 5;

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

/// What happened.
#[allow(clippy::large_enum_variant, reason = "the largest begins a run, and is there once")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    RunStarted(RunStarted),
    ProbeStarted {
        probe: String,
    },
    ProbeEnded {
        probe: String,
        outcome: Outcome,
    },
    AppStarted {
        how: Start,
    },
    /// What the app showed. The first sighting of a picture stores it; later ones point to it.
    ScreenSeen(Box<ScreenSeen>),
    /// A person's operation on the screen with that number.
    OperationDone {
        screen: u32,
        operation: Operation,
    },
    ConsentGiven {
        screen: u32,
        by: String,
    },
    /// How much of what the app calls for is seen from here on.
    Watching(Watch),
    /// The app called for something that a permission guards, or read what needs none.
    Accessed {
        /// The screen that was seen last before.
        screen: u32,
        #[serde(flatten)]
        access: Access,
    },
    /// Consent was asked for on this screen and not given.
    ConsentRefused {
        screen: u32,
        by: String,
        how: RefusedBy,
    },
    /// The entry that takes consent back was followed.
    WithdrawalTried(WithdrawalTried),
    /// Consent that was given before was taken back.
    ConsentWithdrawn {
        screen: u32,
        by: String,
    },
    /// How the switch for content or adverts chosen for one person stands.
    TargetedSwitchSeen(TargetedSwitchSeen),
    /// What the app did once consent had been refused.
    AfterRefusal {
        /// The screen that it ended on.
        screen: u32,
        outcome: Afterwards,
    },
    /// An ask of the app's own that is not for its documents was answered.
    AskAnswered {
        screen: u32,
        /// Permissions that its text names.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        permissions: Vec<String>,
        agreed: bool,
        by: String,
    },
    /// Permissions were set without asking the person, by name; those not named stand as they stood.
    PermissionsSet {
        standings: BTreeMap<String, Standing>,
    },
    /// The clock that the app reads was moved forward, counted from the real time, from the next start on.
    ClockMoved {
        hours: u32,
    },
    /// From here on another session of the same app is driven: `first`, or `second` with nothing of the first.
    SessionChanged {
        session: String,
    },
    /// Whether the session still was in the account, once the app had been walked in it.
    SessionLooked {
        /// `None` where it could not be told.
        signed_in: Option<bool>,
        screen: u32,
    },
    /// An account was registered, or logged into, or that was tried.
    AccountEntered(AccountEntered),
    /// A screen on the way to the end of an account, and what it asks for.
    CancellationStep(CancellationStep),
    /// How far cancelling the account came.
    Cancellation(Cancellation),
    /// Whether something of a cancelled account is still there.
    AccountChecked(AccountChecked),
    /// Information of the person's was changed or deleted, and whether that lasted.
    InformationChanged(InformationChanged),
    /// One of the app's functions was tried.
    FunctionTried(FunctionTried),
    /// The phone's system asked for a permission on this screen.
    PermissionAsked {
        screen: u32,
        /// `location`, `camera`, …, or `unknown`.
        permission: String,
        /// All that the dialog said beside its buttons; on iOS the purpose with it.
        text: String,
        /// Which of how many asks in a row, where the dialog says so.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        of: Option<(u32, u32)>,
    },
    PermissionAnswered {
        screen: u32,
        permission: String,
        answer: Answer,
    },
    /// What the system says is granted, by the permission's own name.
    PermissionStates {
        states: BTreeMap<String, bool>,
    },
    /// The app's own main screen, where counting to the policy starts.
    MainReached {
        screen: u32,
    },
    GoalReached(GoalReached),
    GoalRuledOut(GoalRuledOut),
    /// The way to a goal was gone once more, from a start of its own.
    PathReplayed {
        goal: String,
        /// The screen that it led to.
        screen: u32,
        /// It shows the goal.
        arrived: bool,
    },
    PolicyRead(PolicyRead),
    /// The lines of text on a screen's picture, as pixels show them: a [`Sight`](crate::sight::read::Sight) as JSON.
    TextMeasured {
        screen: u32,
        sight: FileRef,
    },
    TextNotMeasured {
        screen: u32,
        why: String,
    },
    /// From here on requests of walks are held back, or cannot be.
    Guarding {
        guard: Guard,
        /// There is a line on which they can be.
        works: bool,
    },
    /// Controls of a screen that a walk left alone, as they may do harm.
    ControlsLeft {
        screen: u32,
        controls: Vec<ControlLeft>,
    },
    /// A request that followed an operation was held back: the app saw it fail.
    HeldBack {
        screen: u32,
        /// The label of what was tapped before it.
        control: String,
        request: HeldBack,
    },
    /// Something was not done, as it could change what is somebody's own.
    LeftOut {
        what: Omission,
        /// The goals that were to be looked for.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        goals: Vec<String>,
    },
    Trouble {
        what: String,
    },
    RunEnded {
        whole: bool,
    },
    /// A person's statement on an item, added after the run.
    Attested(Box<Attested>),
}

/// What was not done because the account is somebody's own: this run did not register it, the scenario does not call it
/// `disposable`, and no strict guard works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Omission {
    /// Walking through the app in the account.
    WalkInAccount,
    /// Taking consent back in the account.
    WithdrawalInAccount,
}

/// A control that a walk left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlLeft {
    /// Its words, at most 60 characters; its id where it has none.
    pub label: String,
    pub danger: Danger,
}

/// What a person states on an item, with what shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attested {
    pub item: ItemId,
    pub verdict: Verdict,
    pub note: String,
    /// Who states it.
    pub by: String,
    /// `candor` and its version that wrote this down.
    pub tool: String,
    /// Copies of what was handed in.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub files: Vec<FileRef>,
    /// Fingerprint of the key that the new seal is signed with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub key: Option<String>,
    /// The seal before, with its signature and the findings that it covered, as they were.
    pub seal: Vec<FileRef>,
}

/// The first entry: what was to be done, and under which rules.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RunStarted {
    pub format: u32,
    /// `candor` and its version.
    pub tool: String,
    pub scenario: String,
    /// SHA-256 of `scenario.yaml`; in recordings before form 4, of the scenario's own file.
    pub scenario_sha256: String,
    pub app: String,
    /// `web`, `android`, `ios`.
    pub platform: String,
    pub target: String,
    /// Thresholds that the scenario overrides, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub thresholds: BTreeMap<String, f64>,
    /// The items asked for; all where empty.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub items: Vec<ItemId>,
    pub probes: Vec<String>,
    /// The scenario as it was run, secrets masked: its hash is `scenario_sha256`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scenario_file: Option<FileRef>,
    /// What goes before a value when its digest is made.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub salt: String,
    /// Salted digests of the persona's values, by name: tells whether a later run has the same persona.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub persona: BTreeMap<String, String>,
    /// The auditor wanted nothing to be masked.
    #[serde(skip_serializing_if = "is_false", default)]
    pub unmasked: bool,
    /// `virtual` where the time of the app's pages was given in budgets; absent where it was real. Not `time`: each entry has
    /// its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page_time: Option<String>,
    /// Why the time of the app's pages was real although virtual time was tried: the run was begun again.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub real_time_because: Option<String>,
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// With what consent was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedBy {
    /// A control that says so.
    Control,
    /// A control that closes the prompt or puts it off.
    Close,
    /// Going back, as the prompt has no control that refuses.
    Back,
}

/// What an app does once consent has been refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Afterwards {
    /// It can be used, whole or in part.
    GoesOn,
    /// It is gone: closed, or an empty page.
    Exits,
    /// It shows something on which nothing can be done.
    Locks,
    /// It asks the same again and again on one start.
    AsksOn,
    /// The prompt has nothing that refuses, and stays.
    CannotRefuse,
}

/// A function of the app that was tried under the permissions as they stood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FunctionTried {
    /// Its name: what is tapped on the main screen, or as the scenario names it.
    pub name: String,
    /// Permissions that it needs, where the scenario says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub needs: Option<Vec<String>>,
    /// The permissions that were refused meanwhile; none where all that can be were granted.
    pub refused: Vec<String>,
    /// The screen that it led to, after the app's own asks were answered.
    pub screen: u32,
    /// Where it was reached with everything granted: whether this is the same screen. `None` on that first time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub same: Option<bool>,
    /// It could not be tried, and why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub not_tried: Option<String>,
}

/// How a probe ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It ran to its end: what it did not show is not there, as far as it looks.
    Complete,
    /// It could not, and why.
    Incomplete(String),
}

/// A file of the recording and its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// Relative to the recording's folder, with `/`.
    pub file: String,
    pub sha256: String,
}

/// A screen and what was read from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScreenSeen {
    pub screen: u32,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub picture: Option<FileRef>,
    pub tree: FileRef,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub address: String,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub title: String,
    /// It was seen before in this recording, picture and tree byte for byte.
    #[serde(default)]
    pub again: bool,
    /// It stopped changing before the time to wait had passed.
    pub settled: bool,
    /// Characters of text in sight.
    #[serde(default)]
    pub characters: usize,
    /// Height of the picture in dp.
    pub height: f32,
    pub reading: Reading,
    /// State of each of the reading's boxes as its pixels show it, in the same order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub ticks: Vec<Tick>,
    /// Contrast ratio of each of the reading's mentions of the policy, from pixels, in the same order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub contrasts: Vec<Option<f32>>,
}

//! What a policy says, piece by piece: [`Statement`], with its words and its place.

use serde::Serialize;

use super::document::Document;
use super::marks::Marked;
use crate::language::sentences::shorten;

/// Longest quotation (characters; ours).
const QUOTE: usize = 200;

/// One thing that a policy says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    #[serde(flatten)]
    pub fact: Fact,
    /// Its words, at most 200 characters.
    pub quote: String,
    /// Where they begin in the document's text (characters).
    pub at: usize,
    /// The headings above it, the highest first.
    pub section: Vec<String>,
    /// Whether the words say it plainly. No violation may rest on what is not sure.
    pub sure: bool,
}

impl Statement {
    /// Makes a statement of a sentence.
    pub fn new(fact: Fact, document: &Document, sentence: &Marked<'_>) -> Statement {
        Statement {
            fact,
            quote: shorten(&sentence.text.replace(['\t', '\n'], " "), QUOTE),
            at: sentence.at,
            section: document.section_of(sentence.block),
            sure: true,
        }
    }

    /// Marks that the words leave it open.
    pub fn unsure(mut self) -> Statement {
        self.sure = false;
        self
    }

    /// Marks that the words leave it open, where they do.
    pub fn sure_if(mut self, sure: bool) -> Statement {
        self.sure &= sure;
        self
    }
}

/// The kinds of statements.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Fact {
    /// A kind of information is collected or used.
    Collects {
        /// A kind of `kinds.yaml`.
        kind: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
        means: Means,
        #[serde(skip_serializing_if = "Option::is_none")]
        function: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        need: Option<Need>,
    },
    /// A permission is asked for.
    Permission {
        permission: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
    },
    /// Somebody else receives information.
    Receiver {
        /// The SDK's or the receiver's name, or its class ("couriers") where no name is told.
        name: String,
        /// Only the class of receivers is told.
        class_only: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        company: Option<String>,
        kinds: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        link: Option<String>,
    },
    /// How long information is kept.
    Retention {
        #[serde(skip_serializing_if = "Option::is_none")]
        count: Option<u32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Unit>,
    },
    /// Where information is kept.
    Storage { place: Place },
    /// A right, with the ways in which it can be used.
    Right { right: Right, ways: Vec<Way> },
    /// Something that cancelling the account asks for.
    Condition { condition: Condition },
    /// By what the operator can be reached.
    Channel { means: Channel, says: String, serves: Serves },
    /// A promised limit.
    Limit { about: About, count: u32, unit: Unit },
    /// Who runs the app.
    Operator { name: String },
    /// A date, as `2026-01-31`.
    Date { date: String, of: DateOf },
    /// The policy's version.
    Version { version: String },
    /// Something that is not done.
    Denial { act: Act, kinds: Vec<String>, scope: Scope },
}

impl Fact {
    /// Returns the name of its kind: `collects`.
    pub fn name(&self) -> &'static str {
        match self {
            Fact::Collects { .. } => "collects",
            Fact::Permission { .. } => "permission",
            Fact::Receiver { .. } => "receiver",
            Fact::Retention { .. } => "retention",
            Fact::Storage { .. } => "storage",
            Fact::Right { .. } => "right",
            Fact::Condition { .. } => "condition",
            Fact::Channel { .. } => "channel",
            Fact::Limit { .. } => "limit",
            Fact::Operator { .. } => "operator",
            Fact::Date { .. } => "date",
            Fact::Version { .. } => "version",
            Fact::Denial { .. } => "denial",
        }
    }
}

macro_rules! plain_enum {
    ($($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $variant:ident),+ $(,)? })+) => {
        $(
            $(#[$about])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
            #[serde(rename_all = "snake_case")]
            pub enum $name { $($(#[$of])* $variant),+ }

            impl $name {
                /// Returns its name for programs.
                pub fn name(self) -> String {
                    serde_json::to_value(self).ok().and_then(|name| Some(name.as_str()?.to_owned())).unwrap_or_default()
                }
            }
        )+
    };
}

plain_enum! {
    /// How information comes to the operator.
    Means { Given, Automatic, ByPermission, FromOthers, Unsaid }
    /// Whether it must be given.
    Need { Necessary, Optional }
    /// Units of time.
    Unit { Minutes, Hours, Days, WorkingDays, Weeks, Months, Years }
    /// Places of storage.
    Place { Mainland, Abroad, Device }
    /// Rights of a person.
    Right { Access, Correct, Delete, Copy, Withdraw, Cancel, Explain, RefusePush }
    /// Ways to use a right.
    Way { InApp, ByContact, InSystem }
    /// What cancelling can ask for.
    Condition { Paper, HandHeld, IdentityPhoto, Face, PhoneCall, NothingOpen, Unbind, History, Code, Reason }
    /// Means of reaching the operator.
    Channel { Phone, Mail, Web, Form, Chat, Account, InApp, Post }
    /// What a channel is for.
    Serves {
        /// Complaints, questions on privacy, service.
        Complaints,
        Unsaid,
        /// Sales, partners.
        Sales,
        /// Another firm's.
        ThirdParty,
        /// The State's hot lines.
        State,
    }
    /// What a limit is about.
    About {
        Request,
        Cancellation,
        Complaint,
        /// It is about answering, and of what is not plain.
        Unclear,
        /// Time in which a person may change their mind.
        CoolingOff,
    }
    /// What a date is of.
    DateOf { Updated, Effective, Published }
    /// What is not done.
    Act { Collect, Upload, Keep, Share }
    /// How far a denial goes.
    Scope {
        /// It is not done at all.
        Absolute,
        /// Only of one function or one permission.
        Local,
        /// It is done under conditions.
        Conditional,
    }
}

impl Unit {
    /// Returns how long so many of them are (days), as the calendar has it at most.
    pub fn in_days(self, count: u32) -> u32 {
        match self {
            Unit::Minutes => count.div_ceil(1440),
            Unit::Hours => count.div_ceil(24),
            Unit::Days | Unit::WorkingDays => count,
            Unit::Weeks => count.saturating_mul(7),
            Unit::Months => count.saturating_mul(30),
            Unit::Years => count.saturating_mul(365),
        }
    }
}

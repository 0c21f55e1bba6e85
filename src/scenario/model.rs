//! What a scenario can say.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use serde_saphyr::Spanned;

use super::account::{self, AccountSection};
use super::target::{Target, ViewportSection, WebSection};
use crate::item::ItemId;
use crate::language::danger::Wish;
use crate::language::lexicon::Meaning;
use crate::screen::Role;
use crate::screen::operation::Direction;
use crate::world::guard::Guard;

/// A scenario: which app, what to do to it, and what to judge.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    pub app: AppSection,
    /// What to do to the app, in candor's own order; every probe that needs no help where this is left out.
    pub probes: Option<BTreeMap<ProbeName, ProbeOptions>>,
    /// The items to judge; all 31 where this is left out.
    #[serde(default)]
    pub items: Vec<ItemId>,
    /// Other limits than the usual ones, by name (`candor rules` lists them with their units).
    #[serde(default)]
    pub thresholds: BTreeMap<ThresholdName, f64>,
    /// Planted personal information, by a name of your own. `$name` in a step stands for it; it is masked in every file.
    #[serde(default)]
    #[serde(deserialize_with = "account::persona")]
    pub persona: BTreeMap<String, String>,
    /// The account that the app is used with: how to register and log in.
    #[serde(default)]
    pub account: Option<AccountSection>,
    /// What may be done that cannot be undone.
    #[serde(default)]
    pub allow: Vec<Allowed>,
    #[serde(default)]
    pub limits: LimitsSection,
    /// Proves that the way to the policy is the shortest, in place of one that is short enough; `candor explore --shortest`
    /// sets it.
    #[serde(skip)]
    pub shortest: bool,
    /// How requests are held back while candor walks through a web app: `words`, `strict`, or `off`.
    #[serde(default)]
    pub guard: Guard,
    /// Controls that are never tapped: a part of their words, `{ id: btn_x }`, or a pattern between slashes.
    #[serde(default)]
    pub never: Vec<Wish>,
    /// Controls that may be tapped although candor would leave them alone, named the same way.
    #[serde(default)]
    pub may: Vec<Wish>,
    /// The app's functions that are tried before and after permissions are refused; those on the main screen where this
    /// is left out.
    #[serde(default)]
    pub functions: Vec<FunctionSection>,
}

/// Something that cannot be undone and is done only where the scenario says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    /// Cancelling the account, where this run registered it or `account.disposable` is true.
    DeleteAccount,
    /// Changing a nickname and adding and deleting an address in an account that is somebody's own. In one that this run
    /// registered, or that is `disposable`, this needs no leave.
    CorrectInformation,
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Allowed::DeleteAccount => "delete_account",
            Allowed::CorrectInformation => "correct_information",
        })
    }
}

/// A function of the app.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FunctionSection {
    /// Its name; what is tapped on the main screen where there are no steps.
    pub name: String,
    /// The way from the main screen into it.
    #[serde(default)]
    #[schemars(with = "Vec<Step>")]
    pub steps: Vec<Spanned<Step>>,
    /// Permissions that it cannot do without, such as `camera`; an empty list says that it needs none.
    #[serde(default)]
    pub needs: Option<Vec<PermissionName>>,
}

/// The app under test.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppSection {
    /// Its name in reports.
    pub name: String,
    /// What kind of app it is, such as `online_shopping`.
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    pub target: Target,
}

/// How long a run may go on.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsSection {
    /// Operations in one exploration.
    pub operations: usize,
    /// Minutes for one exploration.
    pub minutes: f64,
}

impl Default for LimitsSection {
    fn default() -> Self {
        LimitsSection { operations: 1500, minutes: 10.0 }
    }
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident, $what:literal, $list:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        pub struct $name(pub String);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = String::deserialize(deserializer)?;
                if $list.iter().any(|known| *known == word) {
                    return Ok($name(word));
                }
                Err(serde::de::Error::custom(format!("unknown {} `{word}`, expected one of {}", $what, quoted(&$list))))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": $list.to_vec() })
            }
        }
    };
}

names!(
    /// The name of a probe.
    ProbeName, "probe", super::probe_names::known()
);
names!(
    /// The name of a threshold.
    ThresholdName, "threshold", crate::thresholds::names()
);

names!(
    /// The name of a permission.
    PermissionName, "permission", crate::language::purpose::permission_names()
);

fn quoted(words: &[impl fmt::Display]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// What a probe is told.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProbeOptions {
    /// The auditor's own way, step by step, in place of finding it by meaning.
    #[serde(default)]
    #[schemars(with = "Vec<Step>")]
    pub steps: Vec<Spanned<Step>>,
    /// `correct_information`: the way from the main screen to where an address or the like can be deleted.
    #[serde(default)]
    #[schemars(with = "Vec<Step>")]
    pub delete_steps: Vec<Spanned<Step>>,
}

/// One step of the auditor's own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A tap on an element.
    Tap(Selector),
    /// Text into a field.
    Type(TypeStep),
    /// A swipe that shows what is `down`, `up`, `left` or `right`.
    Swipe(Direction),
    /// Back, as the phone's back key.
    Back,
    /// Waits until an element is on the screen (at most 20 s).
    #[serde(rename = "wait for")]
    WaitFor(Selector),
    /// Opens an address.
    Open(String),
    /// Sends a phone's app to the background for so many seconds, then brings it back.
    Background(f64),
    /// Installs another version over the one on the phone, data kept, and starts it: a path or address that the
    /// Appium server can read.
    Upgrade(String),
    /// Records the screen as it is.
    Observe,
    /// Says this to the person who sits before the visible browser and waits for Enter; needs `candor run --pause`.
    Pause(String),
}

/// What to type and where.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypeStep {
    pub into: Selector,
    /// The text; `$name` stands for the persona's value of that name, `$phone`, `$password`, `$email` and `$name` for
    /// the account's, `$code` for a fresh code from `account.code`.
    pub text: String,
    /// Press Enter after it.
    #[serde(default)]
    pub submit: bool,
}

/// An element: its visible text, or a map of what must all be true of it.
#[derive(Debug, Clone, Default, JsonSchema)]
#[schemars(with = "SelectorForms")]
pub struct Selector {
    pub text: Option<String>,
    pub role: Option<Role>,
    pub id: Option<String>,
    pub control: Option<Meaning>,
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum SelectorForms {
    Text(String),
    Map(SelectorMap),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SelectorMap {
    /// Text that it shows, or a part of it.
    text: Option<String>,
    /// What it is, such as `button`.
    role: Option<Role>,
    /// Its `id`, resource id or accessibility id.
    id: Option<String>,
    /// What it means, such as `agree`.
    control: Option<Meaning>,
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word =
            |value: &Option<Value>| value.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        let parts = [
            self.text.as_ref().map(|text| format!("“{text}”")),
            self.role.map(|role| format!("role {}", word(&serde_json::to_value(role).ok()))),
            self.id.as_ref().map(|id| format!("id {id}")),
            self.control.map(|control| format!("control {}", word(&serde_json::to_value(control).ok()))),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

impl<'de> Deserialize<'de> for Selector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Selector;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an element's visible text, or a map of `text`, `role`, `id`, `control`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Selector, E> {
                Ok(Selector { text: Some(text.to_owned()), ..Selector::default() })
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Selector, A::Error> {
                let map = SelectorMap::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                if map.text.is_none() && map.role.is_none() && map.id.is_none() && map.control.is_none() {
                    return Err(serde::de::Error::custom(
                        "an element needs at least one of `text`, `role`, `id`, `control`",
                    ));
                }
                Ok(Selector { text: map.text, role: map.role, id: map.id, control: map.control })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Scenario {
    /// A scenario for an address alone: every probe that needs no help, all items.
    pub fn for_address(url: url::Url) -> Scenario {
        let name = url.host_str().unwrap_or("app").to_owned();
        let web = WebSection { url, viewport: ViewportSection::default(), capabilities: Map::new() };
        Scenario {
            app: AppSection { name, kind: None, target: Target::Web(web) },
            probes: None,
            items: Vec::new(),
            thresholds: BTreeMap::new(),
            persona: BTreeMap::new(),
            account: None,
            allow: Vec::new(),
            limits: LimitsSection::default(),
            shortest: false,
            guard: Guard::default(),
            never: Vec::new(),
            may: Vec::new(),
            functions: Vec::new(),
        }
    }

    /// Whether the scenario names a probe; `None` where it leaves to candor which run.
    pub fn names_probe(&self, name: &str) -> Option<bool> {
        self.probes.as_ref().map(|chosen| chosen.contains_key(&ProbeName(name.to_owned())))
    }

    /// The auditor's own steps for a probe.
    pub fn steps(&self, probe: &str) -> &[Spanned<Step>] {
        self.options(probe).map_or(&[], |options| &options.steps)
    }

    /// The auditor's own way to where information is deleted.
    pub fn delete_steps(&self, probe: &str) -> &[Spanned<Step>] {
        self.options(probe).map_or(&[], |options| &options.delete_steps)
    }

    fn options(&self, probe: &str) -> Option<&ProbeOptions> {
        self.probes.as_ref().and_then(|chosen| chosen.get(&ProbeName(probe.to_owned())))
    }

    /// Every step of the auditor's own.
    pub fn all_steps(&self) -> impl Iterator<Item = &Spanned<Step>> {
        let probes = self.probes.iter().flat_map(|chosen| chosen.values());
        let account = self.account.iter();
        let ways = account.flat_map(|account| account.register.iter().chain([&account.log_in]));
        probes
            .flat_map(|options| options.steps.iter().chain(&options.delete_steps))
            .chain(self.functions.iter().flat_map(|function| &function.steps))
            .chain(ways.flat_map(|way| &way.steps))
    }

    /// Whether cancelling the account is allowed, as far as the scenario goes.
    pub fn allows(&self, what: Allowed) -> bool {
        self.allow.contains(&what)
    }
}

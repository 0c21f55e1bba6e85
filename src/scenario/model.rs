//! What a scenario can say.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Map;
use serde_saphyr::Spanned;

use super::account::AccountSection;
use super::amount::{read_amount, read_limits};
use super::names::{AppTypeName, KindName, PermissionName, ProbeName, ThresholdName};
use super::one_or_more::{OneOrMore, read_types};
use super::secret::read_persona;
use super::step::Step;
use super::target::{Target, ViewportSection, WebSection};
use crate::acceptance::{Acceptance, read_acceptances};
use crate::item::ItemId;
use crate::language::danger::Wish;
use crate::traffic::party::Declared;
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
    #[serde(default, deserialize_with = "read_limits")]
    pub thresholds: BTreeMap<ThresholdName, f64>,
    /// Planted personal information, by a name of your own. `$name` in a step stands for it; it is masked in every file.
    #[serde(default)]
    #[serde(deserialize_with = "read_persona")]
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
    /// Whose the hosts are that the app sends to.
    #[serde(default)]
    pub parties: Declared,
    /// What the app sends, where candor cannot see it itself.
    #[serde(default)]
    pub traffic: TrafficSection,
    /// Findings that are accepted for a while: they stay in every report, marked, and do not fail the run.
    #[serde(default, deserialize_with = "read_acceptances")]
    pub accept: Vec<Acceptance>,
    /// The app's functions that are tried before and after permissions are refused; those on the main screen where this
    /// is left out.
    #[serde(default)]
    pub functions: Vec<FunctionSection>,
    /// The auditor vouches that `functions` lists every function of the app, those that only some people see included:
    /// then a permission that none of them needs is one too many (4.1).
    #[serde(default)]
    pub functions_complete: bool,
    /// The version before, for what an upgrade changes (2.2, 3.5, 4.3).
    #[serde(default)]
    pub upgrade: Option<UpgradeSection>,
    /// The folder of an earlier recording of the same app: its policy is compared with the one of now (2.2).
    #[serde(default)]
    pub earlier: Option<PathBuf>,
}

/// The version before: it is driven first, as people have it, and upgraded in place to the target.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpgradeSection {
    /// The version before: an address of the same origin for a web app, a package that the Appium server can read for a
    /// phone.
    #[schemars(with = "String")]
    pub from: Spanned<String>,
    /// The version that is audited; left out for a web app, whose target is it.
    #[serde(default)]
    pub to: Option<String>,
    /// Functions of the version before that the new one replaces; an empty list says that it replaces none.
    #[serde(default)]
    pub replaced: Option<Vec<String>>,
}

/// Where what the app sends comes from, beside what the browser itself tells.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TrafficSection {
    /// A HAR file that a proxy or a tool wrote while the app was driven; it is read when driving has ended.
    pub har: Option<PathBuf>,
    /// A file of companies, in the form of candor's own data, whose hosts are known besides.
    pub companies: Option<PathBuf>,
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
    /// Kinds of information that it uses, such as `address`.
    #[serde(default)]
    pub uses: Vec<KindName>,
}

/// The app under test.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppSection {
    /// Its name in reports.
    pub name: String,
    /// What type of app it is, such as `online_shopping`, or several of them: one of the 39 common types, which say what
    /// the basic function needs (4.1, 4.2).
    #[serde(rename = "type", default, deserialize_with = "read_types")]
    #[schemars(with = "OneOrMore")]
    pub types: Vec<AppTypeName>,
    pub target: Target,
}

/// How long a run may go on.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsSection {
    /// Operations in one exploration.
    pub operations: usize,
    /// Minutes for one exploration.
    #[serde(deserialize_with = "read_amount")]
    pub minutes: f64,
}

impl Default for LimitsSection {
    fn default() -> Self {
        LimitsSection { operations: 1500, minutes: 10.0 }
    }
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

impl Scenario {
    /// A scenario for an address alone: every probe that needs no help, all items.
    pub fn for_address(url: url::Url) -> Scenario {
        let name = url.host_str().unwrap_or("app").to_owned();
        let web = WebSection { url, viewport: ViewportSection::default(), capabilities: Map::new() };
        Scenario {
            app: AppSection { name, types: Vec::new(), target: Target::Web(web) },
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
            functions_complete: false,
            upgrade: None,
            earlier: None,
            parties: Declared::default(),
            traffic: TrafficSection::default(),
            accept: Vec::new(),
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

    /// Whether the scenario allows a thing that cannot be undone.
    pub fn allows(&self, what: Allowed) -> bool {
        self.allow.contains(&what)
    }
}

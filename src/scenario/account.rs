//! The account that an app is used with. No secret stands in the file: it comes from the environment or another file.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::secret::{Secret, Value};
use super::step::Step;

/// How to register and log in.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AccountSection {
    /// The phone number to register and log in with; `persona.phone` where this is left out.
    pub phone: Option<Value>,
    /// The mail address to register and log in with; `persona.email` where this is left out.
    pub email: Option<Value>,
    /// The name to register and log in with; `persona.name` where this is left out.
    pub name: Option<Value>,
    /// `${VARIABLE}` or `{ file: path }`, never the password itself. Left out, the run makes one up for the account
    /// that it registers.
    pub password: Option<Secret>,
    /// Registers a new account: `{}` finds the form by meaning, `steps` lead through it. Left out, the run only logs in.
    pub register: Option<WaySection>,
    /// How to log in, where it is not found by meaning.
    pub log_in: WaySection,
    /// Where verification codes come from.
    pub code: Option<CodeSource>,
    /// Addresses that serve what the account holds, opened in the session of a person who is logged in.
    pub holds: Vec<String>,
    /// The account may be lost: `allow: [delete_account]` may cancel it although this run did not register it.
    pub disposable: bool,
}

/// The auditor's own way, in place of finding it by meaning.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WaySection {
    #[schemars(with = "Vec<Step>")]
    pub steps: Vec<Spanned<Step>>,
}

/// Where a verification code comes from: the first 4 to 8 digits in what is read.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CodeSource {
    /// A file that holds the newest code.
    File(PathBuf),
    /// A program and its arguments, run without a shell; its output holds the code.
    Command(Vec<String>),
    /// An address that is asked with GET; its answer holds the code.
    Url(String),
}

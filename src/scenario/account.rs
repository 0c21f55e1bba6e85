//! The account that an app is used with. No secret stands in the file: it comes from the environment or another file.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_saphyr::Spanned;

use super::{Scenario, Step};
use crate::language::rights;

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

/// A text of the scenario, or `${VARIABLE}` of the environment.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(with = "String")]
pub struct Value(pub String);

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Value)
    }
}

/// Where a secret comes from.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(with = "SecretForms")]
pub enum Secret {
    Variable(String),
    File(PathBuf),
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum SecretForms {
    /// `${VARIABLE}`.
    Variable(String),
    File {
        file: PathBuf,
    },
}

/// What is wrong with a password in the file.
pub(super) const NO_LITERAL: &str = "a password does not belong into the scenario's text; expected `${VARIABLE}`, the name of an environment variable, or `{ file: path }`";

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;
        impl<'de> Visitor<'de> for Forms {
            type Value = Secret;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("`${VARIABLE}` or `{ file: path }`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Secret, E> {
                match variable(text) {
                    Some(name) => Ok(Secret::Variable(name.to_owned())),
                    None => Err(E::custom(NO_LITERAL)),
                }
            }
            fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Secret, E> {
                Err(E::custom(NO_LITERAL))
            }
            fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Secret, E> {
                Err(E::custom(NO_LITERAL))
            }
            fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Secret, E> {
                Err(E::custom(NO_LITERAL))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Secret, A::Error> {
                let mut file = None;
                while let Some(key) = map.next_key::<String>()? {
                    if key != "file" {
                        return Err(A::Error::custom(format!("unknown key `{key}`, expected `file`")));
                    }
                    file = Some(map.next_value::<PathBuf>()?);
                }
                file.map(Secret::File).ok_or_else(|| A::Error::custom(NO_LITERAL))
            }
        }
        deserializer.deserialize_any(Forms)
    }
}

/// The name in `${NAME}`.
fn variable(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix("${")?.strip_suffix('}')?.trim();
    let fits = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    fits.then_some(name)
}

/// Reads the persona; what is called a password in it must be `${VARIABLE}`.
///
/// # Errors
/// When a value is not a text, or a password itself.
pub fn persona<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    struct Persona;
    impl<'de> Visitor<'de> for Persona {
        type Value = BTreeMap<String, String>;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a map of names and texts")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut values = BTreeMap::new();
            while let Some(name) = map.next_key::<String>()? {
                let text =
                    map.next_value_seed(Text { secret: rights::kind_of(&name) == Some("password") })?;
                values.insert(name, text);
            }
            Ok(values)
        }
    }
    deserializer.deserialize_map(Persona)
}

/// A text of the persona.
struct Text {
    secret: bool,
}

impl<'de> DeserializeSeed<'de> for Text {
    type Value = String;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        struct Checked(bool);
        impl Visitor<'_> for Checked {
            type Value = String;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<String, E> {
                if self.0 && variable(text).is_none() {
                    Err(E::custom(NO_LITERAL))
                } else {
                    Ok(text.to_owned())
                }
            }
        }
        deserializer.deserialize_string(Checked(self.secret))
    }
}

/// A value that the environment or a file lacks. Exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum ValueError {
    #[error(
        "{what} comes from the environment variable `{variable}`, which is not set; set it before the run, as in {variable}=… candor run …"
    )]
    Variable { what: String, variable: String },
    #[error("{what} comes from the file {path}, which cannot be read: {why}")]
    File { what: String, path: String, why: String },
    #[error("{what} is empty")]
    Empty { what: String },
}

/// What is typed, by name: the persona and the account, with what the environment and files hold.
pub type Values = BTreeMap<String, String>;

impl Scenario {
    /// The values that are typed, secrets among them. An account that is to be registered and has no password gets a
    /// new one.
    ///
    /// # Errors
    /// When a variable is not set or a file cannot be read.
    pub fn values(&self) -> Result<Values, ValueError> {
        let mut values = Values::new();
        for (name, text) in &self.persona {
            values.insert(name.clone(), filled(&format!("persona.{name}"), text)?);
        }
        let Some(account) = &self.account else { return Ok(values) };
        for (name, value) in [("phone", &account.phone), ("email", &account.email), ("name", &account.name)] {
            if let Some(Value(text)) = value {
                values.insert(name.to_owned(), filled(&format!("account.{name}"), text)?);
            }
        }
        let what = "account.password".to_owned();
        let password = match &account.password {
            Some(Secret::Variable(variable)) => Some(of_variable(&what, variable)?),
            Some(Secret::File(path)) => {
                let text = std::fs::read_to_string(path).map_err(|e| ValueError::File {
                    what: what.clone(),
                    path: path.display().to_string(),
                    why: e.to_string(),
                })?;
                Some(text.trim_end_matches(['\r', '\n']).to_owned())
            }
            None if account.register.is_some() && !values.contains_key("password") => Some(made_up()),
            None => None,
        };
        if let Some(password) = password {
            if password.is_empty() {
                return Err(ValueError::Empty { what });
            }
            values.insert("password".to_owned(), password);
        }
        Ok(values)
    }
}

fn filled(what: &str, text: &str) -> Result<String, ValueError> {
    match variable(text) {
        Some(variable) => of_variable(what, variable),
        None => Ok(text.to_owned()),
    }
}

fn of_variable(what: &str, variable: &str) -> Result<String, ValueError> {
    let missing = || ValueError::Variable { what: what.to_owned(), variable: variable.to_owned() };
    let value = std::env::var(variable).map_err(|_| missing())?;
    if value.is_empty() { Err(ValueError::Empty { what: what.to_owned() }) } else { Ok(value) }
}

/// A password that most rules for passwords allow: letters of both cases, digits, a sign.
fn made_up() -> String {
    let mut bytes = [0u8; 6];
    // Without the system's randomness the clock must do: it guards an account of a few minutes.
    if getrandom::fill(&mut bytes).is_err() {
        let now = jiff::Timestamp::now().as_nanosecond().to_le_bytes();
        bytes.copy_from_slice(&now[..6]);
    }
    format!("Qm{}-7", hex::encode(bytes))
}

#[cfg(test)]
#[path = "account_tests.rs"]
mod tests;

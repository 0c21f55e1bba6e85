//! What is typed in a run: the persona and the account, with what the environment and files hold.

use std::collections::BTreeMap;

use super::model::Scenario;
use super::planted::{PLANTED, make_up};
use super::secret::{Secret, Value, find_variable};

/// A value that the environment or a file lacks. Exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum ValueError {
    #[error(
        "{what} comes from the environment variable `{variable}`, which is not set; set it before the run, as in {variable}=… candor run …"
    )]
    Variable { what: String, variable: String },
    #[error("{what} comes from the file {path}, which cannot be read: {why}")]
    File { what: String, path: String, why: String },
    #[error(
        "{what} is to be made up, and its name says no kind that candor can make up; there are phone, name, email, address, id_card, bank_card, birthday, location, contact, clipboard, account, android_id, imei"
    )]
    Planted { what: String },
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
            let value = match text.as_str() {
                PLANTED => {
                    make_up(name).ok_or_else(|| ValueError::Planted { what: format!("persona.{name}") })?
                }
                text => fill_in(&format!("persona.{name}"), text)?,
            };
            values.insert(name.clone(), value);
        }
        let Some(account) = &self.account else { return Ok(values) };
        for (name, value) in [("phone", &account.phone), ("email", &account.email), ("name", &account.name)] {
            if let Some(Value(text)) = value {
                values.insert(name.to_owned(), fill_in(&format!("account.{name}"), text)?);
            }
        }
        let what = "account.password".to_owned();
        let password = match &account.password {
            Some(Secret::Variable(variable)) => Some(read_variable(&what, variable)?),
            Some(Secret::File(path)) => {
                let text = std::fs::read_to_string(path).map_err(|e| ValueError::File {
                    what: what.clone(),
                    path: path.display().to_string(),
                    why: e.to_string(),
                })?;
                Some(text.trim_end_matches(['\r', '\n']).to_owned())
            }
            None if account.register.is_some() && !values.contains_key("password") => Some(make_password()),
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

fn fill_in(what: &str, text: &str) -> Result<String, ValueError> {
    match find_variable(text) {
        Some(variable) => read_variable(what, variable),
        None => Ok(text.to_owned()),
    }
}

fn read_variable(what: &str, variable: &str) -> Result<String, ValueError> {
    let missing = || ValueError::Variable { what: what.to_owned(), variable: variable.to_owned() };
    let value = std::env::var(variable).map_err(|_| missing())?;
    if value.is_empty() { Err(ValueError::Empty { what: what.to_owned() }) } else { Ok(value) }
}

/// A password that most rules for passwords allow: letters of both cases, digits, a sign.
fn make_password() -> String {
    let mut bytes = [0u8; 6];
    // Without the system's randomness the clock must do: it guards an account of a few minutes.
    if getrandom::fill(&mut bytes).is_err() {
        let now = jiff::Timestamp::now().as_nanosecond().to_le_bytes();
        bytes.copy_from_slice(&now[..6]);
    }
    format!("Qm{}-7", hex::encode(bytes))
}

#[cfg(test)]
#[path = "values_tests.rs"]
mod tests;

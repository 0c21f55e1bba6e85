//! Keeps secrets out of the recording: typed values are replaced before anything is written.

use serde_json::Value;

/// Values that must not be written, each with the name that stands for it.
#[derive(Debug, Clone, Default)]
pub struct Masks {
    secrets: Vec<(String, String)>,
}

/// Shorter values would blot out innocent text (characters).
const SHORTEST: usize = 4;

impl Masks {
    /// Hides `value` behind `‹name›` from now on. Values under four characters are left alone.
    pub fn hide(&mut self, name: &str, value: &str) {
        if value.chars().count() >= SHORTEST {
            self.secrets.push((value.to_owned(), format!("‹{name}›")));
            // The longest first, so that a value that holds another is hidden whole.
            self.secrets.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
        }
    }

    /// The text with every secret replaced.
    pub fn text(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, (value, name)| text.replace(value, name))
    }

    /// Replaces secrets in every string of a value, keys included.
    pub fn value(&self, value: &mut Value) {
        if self.secrets.is_empty() {
            return;
        }
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(value)),
            Value::Object(map) => map.values_mut().for_each(|value| self.value(value)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_replaced_wherever_they_stand() {
        let mut masks = Masks::default();
        masks.hide("persona.phone", "13800138000");
        masks.hide("persona.code", "1");
        let mut value = serde_json::json!({"a": ["call 13800138000", 1], "b": {"c": "13800138000"}});
        masks.value(&mut value);
        assert_eq!(
            value,
            serde_json::json!({"a": ["call ‹persona.phone›", 1], "b": {"c": "‹persona.phone›"}})
        );
    }
}

//! A text in Chinese and in English.

use serde::{Deserialize, Serialize};

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub zh: String,
    pub en: String,
}

/// A text in both languages, English first.
pub fn both(en: impl Into<String>, zh: impl Into<String>) -> Bilingual {
    Bilingual { zh: zh.into(), en: en.into() }
}

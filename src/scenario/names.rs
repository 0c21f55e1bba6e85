//! Words of a scenario of which candor knows the list: an unknown one is an error that says which are known.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

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
names!(
    /// One of the 39 common types of apps.
    AppTypeName, "app type", crate::app_types::ids()
);
names!(
    /// A kind of personal information.
    KindName, "kind of information", crate::traffic::kinds::names()
);

fn quoted(words: &[impl fmt::Display]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

//! Where the app under test is: a web address, an Android package, an iOS bundle.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::amount::read_density;

/// Where the app is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A web app: its address, or an address with more.
    Web(WebSection),
    /// An Android app: its package, or a map with more. Driven through an Appium server.
    Android(AndroidSection),
    /// An iOS app: its bundle id, or a map with more. Driven through an Appium server.
    Ios(IosSection),
}

/// A web app: `web: https://…` or a map with `url`.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "WebForms")]
pub struct WebSection {
    pub url: url::Url,
    pub viewport: ViewportSection,
    pub capabilities: Map<String, Value>,
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum WebForms {
    Url(String),
    Map(WebMap),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WebMap {
    /// Where the app begins.
    url: String,
    #[serde(default)]
    viewport: ViewportSection,
    /// WebDriver capabilities passed through as they are.
    #[serde(default)]
    capabilities: Map<String, Value>,
}

fn web<E: serde::de::Error>(map: WebMap) -> Result<WebSection, E> {
    let url = url::Url::parse(&map.url).map_err(|e| {
        E::custom(format!("{:?} is not an address: {e}; expected one such as https://shop.example/", map.url))
    })?;
    if !matches!(url.scheme(), "http" | "https" | "file") {
        return Err(E::custom(format!("an address begins with http:// or https://, not {}:", url.scheme())));
    }
    Ok(WebSection { url, viewport: map.viewport, capabilities: map.capabilities })
}

/// The phone that the browser plays.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ViewportSection {
    /// CSS px.
    pub width: u32,
    /// CSS px.
    pub height: u32,
    /// Device px per CSS px.
    #[serde(deserialize_with = "read_density")]
    pub density: f32,
}

impl Default for ViewportSection {
    fn default() -> Self {
        ViewportSection { width: 412, height: 915, density: 2.625 }
    }
}

/// An Android app: `android: com.shop.app` or a map with `package`.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "AndroidForms")]
pub struct AndroidSection {
    pub package: String,
    pub activity: Option<String>,
    pub apk: Option<String>,
    pub capabilities: Map<String, Value>,
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum AndroidForms {
    Package(String),
    Map(AndroidMap),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AndroidMap {
    /// The app's package, such as `com.shop.app`.
    package: String,
    /// The activity to start; the launcher's own without it.
    activity: Option<String>,
    /// Path or address of the apk, as the Appium server sees it: installed before the run.
    apk: Option<String>,
    /// Appium capabilities passed through as they are: a cloud farm's own, `appium:udid`, …
    #[serde(default)]
    capabilities: Map<String, Value>,
}

/// An iOS app: `ios: com.shop.app` or a map with `bundle`.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(with = "IosForms")]
pub struct IosSection {
    pub bundle: String,
    pub file: Option<String>,
    pub capabilities: Map<String, Value>,
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum IosForms {
    Bundle(String),
    Map(IosMap),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct IosMap {
    /// The app's bundle id, such as `com.shop.app`.
    bundle: String,
    /// Path or address of the .ipa or .app, as the Appium server sees it: a real device starts fresh only by installing again.
    file: Option<String>,
    /// Appium capabilities passed through as they are: a cloud farm's own, `appium:udid`, …
    #[serde(default)]
    capabilities: Map<String, Value>,
}

/// A package or bundle id: letters, digits, `.`, `-`, `_`, with a dot inside.
fn checked_id<E: serde::de::Error>(id: String, what: &str) -> Result<String, E> {
    let fits = id.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
    if fits && id.trim_matches('.').contains('.') {
        return Ok(id);
    }
    Err(E::custom(format!("{id:?} is not a {what}; expected one such as com.shop.app")))
}

fn android<E: serde::de::Error>(map: AndroidMap) -> Result<AndroidSection, E> {
    let package = checked_id(map.package, "package")?;
    Ok(AndroidSection { package, activity: map.activity, apk: map.apk, capabilities: map.capabilities })
}

fn ios<E: serde::de::Error>(map: IosMap) -> Result<IosSection, E> {
    let bundle = checked_id(map.bundle, "bundle id")?;
    Ok(IosSection { bundle, file: map.file, capabilities: map.capabilities })
}

/// Reads a section that is a word or a map.
macro_rules! word_or_map {
    ($section:ident, $map:ident, $read:ident, $expecting:literal, |$text:ident| $from_word:expr) => {
        impl<'de> Deserialize<'de> for $section {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl<'de> serde::de::Visitor<'de> for Visitor {
                    type Value = $section;
                    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                        f.write_str($expecting)
                    }
                    fn visit_str<E: serde::de::Error>(self, $text: &str) -> Result<$section, E> {
                        $read($from_word)
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<$section, A::Error> {
                        $read($map::deserialize(serde::de::value::MapAccessDeserializer::new(map))?)
                    }
                }
                deserializer.deserialize_any(Visitor)
            }
        }
    };
}
word_or_map!(AndroidSection, AndroidMap, android, "a package, or a map with `package`", |word| AndroidMap {
    package: word.to_owned(),
    activity: None,
    apk: None,
    capabilities: Map::new(),
});
word_or_map!(IosSection, IosMap, ios, "a bundle id, or a map with `bundle`", |word| IosMap {
    bundle: word.to_owned(),
    file: None,
    capabilities: Map::new(),
});
word_or_map!(WebSection, WebMap, web, "an address, or a map with `url`", |word| WebMap {
    url: word.to_owned(),
    viewport: ViewportSection::default(),
    capabilities: Map::new(),
});

impl Target {
    /// `web`, `android` or `ios`.
    pub fn platform(&self) -> &'static str {
        match self {
            Target::Web(_) => "web",
            Target::Android(_) => "android",
            Target::Ios(_) => "ios",
        }
    }
}

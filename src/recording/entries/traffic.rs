//! What left the device, request by request.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::recording::kind::{Kind, Lane};
use crate::text::{Bilingual, said};
use crate::traffic::how::say_how;
use crate::traffic::{Found, Unread, kind};
use crate::world::request::RequestKind;

/// A request left the device. The request itself stands in `traffic.har`, masked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RequestSent {
    /// The screen that was seen last before it was noted.
    pub screen: u32,
    /// When it was made; the entry is written a little later.
    pub at: Timestamp,
    pub kind: RequestKind,
    pub method: String,
    /// The host that it went to, with its port where that is not the scheme's own.
    pub host: String,
    /// Its address without fragment, masked, at most 500 characters.
    pub address: String,
    /// Address of the document that made it, without query.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub from: String,
    /// Address of the script that made it, without query.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub script: String,
    /// The host that led here by a redirect.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub redirected_from: Option<String>,
    /// It loads the page itself.
    #[serde(skip_serializing_if = "is_false", default)]
    pub main: bool,
    /// What the server answered, where that was seen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<u16>,
    /// Why no server answered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failed: Option<String>,
    /// Bytes of its body, where it has one and they are known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub size: Option<u64>,
    /// What was found in it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub found: Vec<Found>,
    /// What of it could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub unread: Vec<Unread>,
    /// Its number among the entries of `traffic.har`, from 0.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub har: Option<u64>,
}

impl RequestSent {
    /// Returns what tells whose it is, or which device.
    pub fn definite(&self) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(|found| found.definite)
    }
}

impl Kind for RequestSent {
    fn words(&self) -> Bilingual {
        let what: Vec<Bilingual> = self
            .found
            .iter()
            .map(|found| {
                said!(
                    "{kind}: {how}",
                    "{kind}：{how}",
                    kind = kind(&found.kind).words(),
                    how = say_how(&found.how)
                )
            })
            .collect();
        let (method, host) = (&self.method, &self.host);
        if what.is_empty() {
            return said!("sends to {host}: {method}", "向 {host} 发送请求：{method}", host, method);
        }
        let what = crate::text::join(&what, ", ", "，");
        said!("sends to {host}: {what}", "向 {host} 发送：{what}", host, what)
    }
    fn lane(&self) -> Lane {
        if self.found.is_empty() { Lane::Listed } else { Lane::Sent }
    }
}

fn is_false(value: &bool) -> bool {
    !*value
}

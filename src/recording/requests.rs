//! Requests on their way into the recording: searched as they were sent, written masked.
//!
//! What a request carries is found while its bytes are still as they were: a hash in a compressed body could not be found
//! in what is kept. The kept request must not hold a planted value in any form, so what the masks cannot reach is left out.

use std::fs::{File, OpenOptions};
use std::path::Path;

use super::entries::RequestSent;
use super::mask::Masks;
use super::tokens::is_secret_name;
use crate::traffic::har::HarWriter;
use crate::traffic::how::say_how;
use crate::traffic::{Finder, Found, Plant, Searched};
use crate::world::request::{Body, Request, host_of};

/// The HAR file's name inside a recording's folder.
pub const HAR: &str = "traffic.har";
/// Characters of an address in the timeline.
const ADDRESS: usize = 500;
/// Bytes of a body that are kept in the HAR file (ours): the rest is said by its size.
const KEPT: usize = 256 << 10;
/// Bytes behind those that are masked with them: more than any value has in any spelling.
const BESIDE: usize = 16 << 10;
/// Names of persona values that are no personal information: what opens an account goes to its own server.
const OPENERS: [&str; 4] = ["password", "passwd", "code", "secret"];

/// What is looked for, and where requests are kept.
#[derive(Debug, Default)]
pub(super) struct Requests {
    plants: Vec<Plant>,
    finder: Option<Finder>,
    har: Option<HarWriter<File>>,
}

impl Requests {
    /// Looks for one more value from now on, by the name that stands for it in the recording.
    pub(super) fn plant(&mut self, name: &str, value: &str) {
        let bare = name.strip_prefix("persona.").or_else(|| name.strip_prefix("account.")).unwrap_or(name);
        let opens = OPENERS.iter().any(|opener| bare.to_lowercase().contains(opener));
        if opens || name.starts_with("secret.") || name.starts_with("typed.") {
            return;
        }
        let Some(mut plant) = Plant::of(bare, value) else { return };
        plant.open = name == "location";
        if !self.plants.iter().any(|known| known.value == plant.value) {
            self.plants.push(plant);
            self.finder = None;
        }
    }

    /// Searches a request and keeps it in the HAR file; gives the entry for the timeline.
    ///
    /// # Errors
    /// When the HAR file cannot be written.
    pub(super) fn take(
        &mut self,
        folder: &Path,
        masks: &Masks,
        screen: u32,
        request: &Request,
    ) -> std::io::Result<RequestSent> {
        let finder = self.finder.get_or_insert_with(|| Finder::new(self.plants.clone()));
        let searched = finder.search(request);
        let kept =
            if masks.is_off() { request.clone() } else { mask(request, masks, finder, &searched.found) };
        if self.har.is_none() {
            let file = OpenOptions::new().write(true).create_new(true).open(folder.join(HAR))?;
            self.har = Some(HarWriter::begin(file)?);
        }
        let number = match &mut self.har {
            Some(har) => Some(har.push(&kept, &comment(&searched))?),
            None => None,
        };
        let without_fragment = kept.address.split('#').next().unwrap_or_default();
        Ok(RequestSent {
            screen,
            at: request.at,
            kind: request.kind,
            method: request.method.clone(),
            host: request.host(),
            address: without_fragment.chars().take(ADDRESS).collect(),
            from: without_query(&request.from),
            script: without_query(&request.script),
            redirected_from: request.redirected_from.as_deref().map(host_of),
            main: request.main,
            status: request.status,
            failed: request.failed.clone(),
            size: request.body.size().filter(|size| *size > 0),
            found: searched.found,
            unread: searched.unread,
            har: number,
        })
    }
}

fn without_query(address: &str) -> String {
    address.split(['?', '#']).next().unwrap_or_default().chars().take(ADDRESS).collect()
}

/// Says in the HAR file what was found and what was not read.
fn comment(searched: &Searched) -> String {
    let found = searched.found.iter().map(|found| {
        let name = found.value.as_deref().unwrap_or(&found.kind);
        format!("{name} in {} ({})", found.place, say_how(&found.how).en)
    });
    let unread = searched.unread.iter().map(|unread| format!("not read: {}", unread.why));
    found.chain(unread).collect::<Vec<_>>().join("; ")
}

/// The request as it is kept: no planted value, no token, no cookie's value in it.
fn mask(request: &Request, masks: &Masks, finder: &Finder, found: &[Found]) -> Request {
    let planted = found.iter().any(|found| found.value.is_some());
    // Searching again costs as much as the first time; where nothing was found there is nothing left.
    let holds = |text: &str| planted && finder.finds_in(text);
    let mut kept = request.clone();
    kept.address = masks.text(&request.address);
    if holds(&kept.address) {
        let path = kept.address.split(['?', '#']).next().unwrap_or_default();
        kept.address = if holds(path) {
            format!("https://{}/‹masked›", request.host())
        } else {
            format!("{path}?‹masked›")
        };
    }
    for (name, value) in &mut kept.headers {
        if name.eq_ignore_ascii_case("cookie") {
            let names = value.split(';').map(|cookie| cookie.split('=').next().unwrap_or_default().trim());
            *value = names.map(|name| format!("{name}=‹cookie›")).collect::<Vec<_>>().join("; ");
            continue;
        }
        *value = match is_secret_name(name) || is_secret_name(&name.replace('-', "_")) {
            true => "‹token›".to_owned(),
            false => masks.text(value),
        };
        if holds(value) {
            *value = "‹masked›".to_owned();
        }
    }
    if let Body::Bytes(bytes) = &request.body {
        kept.body = mask_body(bytes, masks, &holds, planted);
    }
    (kept.from, kept.script) = (without_query(&masks.text(&request.from)), without_query(&request.script));
    kept.redirected_from = None;
    kept
}

fn mask_body(bytes: &[u8], masks: &Masks, holds: &dyn Fn(&str) -> bool, planted: bool) -> Body {
    let size = bytes.len();
    let left_out = |why: &str| Body::Bytes(format!("‹{size} bytes, {why}›").into_bytes());
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) if planted => return left_out("left out: they hold what was planted"),
        Err(_) if size > KEPT => return left_out("too many to keep"),
        Err(_) => return Body::Bytes(bytes.to_vec()),
    };
    // A value that the cut goes through lies behind what is kept.
    let near = (KEPT + BESIDE..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let masked = masks.text(&text[..near]);
    if holds(&masked) {
        return left_out("left out: they hold what was planted");
    }
    let most = if near < text.len() { masked.len().saturating_sub(BESIDE) } else { masked.len() };
    let mut cut: String =
        masked.char_indices().take_while(|(at, _)| *at < most).map(|(_, c)| c).take(KEPT).collect();
    if near < text.len() || cut.len() < masked.len() {
        cut.push_str(&format!("‹… {size} bytes›"));
    }
    Body::Bytes(cut.into_bytes())
}

#[cfg(test)]
#[path = "requests_tests.rs"]
mod tests;

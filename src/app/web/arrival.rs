//! Whose pages are the app's: those of the host that was given, and of the host that its address led to.

use url::{Host, Url};

use super::browser::Web;
use crate::screen::Screen;

/// First labels of names under which one site answers, depending on who asks.
const FACES: [&str; 6] = ["www.", "m.", "wap.", "h5.", "mobile.", "touch."];

impl Web {
    /// Notes where the app's address led, at the first look after a start. An app that answers under another name of its
    /// site (www., m.) is the app all the same; another site's page is not, and nothing is explored there.
    pub(super) fn note_arrival(&mut self, screen: &Screen) {
        if !std::mem::take(&mut self.arriving) || screen.alert.is_some() {
            return;
        }
        self.arrived =
            Url::parse(&screen.address).ok().filter(|arrived| is_same_site(&self.address, arrived));
    }

    /// Returns the origin whose permissions are the app's.
    pub(super) fn origin(&self) -> String {
        self.arrived.as_ref().unwrap_or(&self.address).origin().ascii_serialization()
    }

    /// Tells whether a page at this address belongs to the app.
    pub(super) fn is_of_the_app(&self, address: &str) -> bool {
        let same = |own: &Url, url: &Url| own.host_str() == url.host_str() && own.port() == url.port();
        Url::parse(address).is_ok_and(|url| {
            same(&self.address, &url) || self.arrived.as_ref().is_some_and(|own| same(own, &url))
        })
    }
}

/// Tells whether two addresses are of one site: this machine under two names, or one name below the other, without what
/// only says which face of the site it is.
fn is_same_site(given: &Url, arrived: &Url) -> bool {
    let (Some(given), Some(arrived)) = (given.host(), arrived.host()) else { return false };
    if is_this_machine(&given) && is_this_machine(&arrived) {
        return true;
    }
    let (Host::Domain(given), Host::Domain(arrived)) = (given, arrived) else { return false };
    let (given, arrived) = (strip_face(given), strip_face(arrived));
    let below = |inner: &str, outer: &str| {
        outer.contains('.')
            && inner.strip_suffix(outer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    below(given, arrived) || below(arrived, given)
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

fn strip_face(host: &str) -> &str {
    let bare = FACES.iter().find_map(|face| host.strip_prefix(face));
    bare.filter(|bare| bare.contains('.')).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_site_under_several_names_is_told_from_another_site() {
        let same = |given: &str, arrived: &str| {
            let url = |host: &str| Url::parse(&format!("https://{host}/")).expect("an address");
            is_same_site(&url(given), &url(arrived))
        };
        for (given, arrived) in [
            ("shop.example", "www.shop.example"),
            ("www.shop.example", "m.shop.example"),
            ("h5.shop.com.cn", "shop.com.cn"),
            ("shop.example", "app.shop.example"),
            ("127.0.0.1:80", "localhost:90"),
        ] {
            assert!(same(given, arrived), "{given} {arrived}");
        }
        for (given, arrived) in [
            ("shop.example", "login.other.example"),
            ("shop.com.cn", "other.com.cn"),
            ("myshop.example", "shop.example"),
            ("m.cn", "other.cn"),
            ("127.0.0.1", "10.0.0.1"),
            ("shop.example", "127.0.0.1"),
        ] {
            assert!(!same(given, arrived), "{given} {arrived}");
        }
    }
}

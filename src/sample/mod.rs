//! The sample app: 小满集市, a small shop served on loopback, with one switch per thing that an app can do wrong.
//!
//! candor's own tests drive it in a real browser, and `candor demo` shows it. Without switches it conforms to the
//! notice; each switch in its address (`/?1.3=deep&3.4=drawn`) breaks one thing, or sets a trap for a hasty judge.
//! A second origin plays a third party: it serves an analytics script and remembers what was sent to it.

mod api;
mod assets;
mod policy;
mod shop;
mod switches;
mod third_party;

#[cfg(test)]
mod tests;

use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;

pub use switches::{Switch, switches};

/// The running sample app. Dropping it stops both servers.
#[derive(Debug)]
pub struct Sample {
    url: String,
    third_party_url: String,
    shop: Arc<shop::Shop>,
    /// Dropped with the sample; the servers wait on the other end.
    _running: watch::Sender<()>,
}

impl Sample {
    /// Starts the app on loopback at `port` (0 = any free port), and the third party at a free port beside it.
    pub async fn start(port: u16) -> std::io::Result<Sample> {
        let own = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://127.0.0.1:{}/", own.local_addr()?.port());
        // "localhost" and "127.0.0.1" are different hosts to a browser, so this is another site, not only another port.
        let third_party_url = format!("http://localhost:{}/", other.local_addr()?.port());

        let (running, stopped) = watch::channel(());
        let shop: Arc<shop::Shop> = Arc::default();
        let state = api::AppState {
            shop: shop.clone(),
            third_party: third_party_url.as_str().into(),
            stopped: stopped.clone(),
        };
        serve(own, api::router(state), stopped.clone());
        serve(other, third_party::router(), stopped);
        Ok(Sample { url, third_party_url, shop, _running: running })
    }

    /// The app's address: `http://127.0.0.1:PORT/`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The third party's address: `http://localhost:PORT/`.
    pub fn third_party_url(&self) -> &str {
        &self.third_party_url
    }

    /// What was activated so far that no explorer may: paying, calling, posting, logging out, deleting.
    pub fn touched(&self) -> Vec<String> {
        self.shop.touched()
    }

    /// Whether the shop still keeps an account, shown or hidden.
    pub fn has_account(&self, phone: &str) -> bool {
        self.shop.has_account(phone)
    }

    /// The phone numbers of all accounts that the shop keeps, shown or hidden.
    pub fn accounts(&self) -> Vec<String> {
        self.shop.accounts()
    }

    /// Opens an account, as one that was there before a run.
    ///
    /// # Errors
    /// Why the shop refuses it, in its own words.
    pub fn register(&self, phone: &str, password: &str) -> Result<(), String> {
        self.shop.register(phone, password, "246810").map(|_| ()).map_err(|refusal| refusal.to_string())
    }

    /// The app's address with switches: `variant(&[("3.4", "drawn")])`.
    pub fn variant(&self, switches: &[(&str, &str)]) -> String {
        let pairs: Vec<String> = switches
            .iter()
            .map(|(item, value)| format!("{}={}", switches::encode(item), switches::encode(value)))
            .collect();
        match pairs.is_empty() {
            true => self.url.clone(),
            false => format!("{}?{}", self.url, pairs.join("&")),
        }
    }
}

/// Serves until the sample is dropped; requests under way are answered first.
fn serve(listener: TcpListener, router: axum::Router, mut stopped: watch::Receiver<()>) {
    tokio::spawn(async move {
        let until = async move {
            // An error here means that the sender is gone, which is the signal.
            let _ = stopped.changed().await;
        };
        let served = axum::serve(listener, router).with_graceful_shutdown(until);
        if let Err(error) = served.await {
            eprintln!("sample app: {error}");
        }
    });
}

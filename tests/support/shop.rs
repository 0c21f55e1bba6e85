//! The sample app as tests use it: driven, or as it was when its runs were kept.

use std::sync::Mutex;

use candor::sample::Sample;

use super::Run;
use super::kept::{Facts, Runs};

/// The sample app, and the runs of one test against it.
#[derive(Debug)]
pub struct Shop {
    sample: Option<Sample>,
    runs: Runs,
    /// Of the last run.
    facts: Mutex<Facts>,
}

impl Shop {
    /// Opens the shop for a test whose runs may be kept ones.
    pub async fn kept(name: &str) -> Shop {
        Shop::of(Runs::kept(name)).await
    }

    /// Opens the shop for a test that is driven each time.
    pub async fn driven(name: &str) -> Shop {
        Shop::of(Runs::driven(name)).await
    }

    async fn of(runs: Runs) -> Shop {
        let sample = match runs.are_driven() {
            true => Some(Sample::start(0).await.expect("the sample app")),
            false => None,
        };
        Shop { sample, runs, facts: Mutex::default() }
    }

    /// Tells whether the test drives the app.
    pub fn is_driven(&self) -> bool {
        self.runs.are_driven()
    }

    /// Returns the app's address, or a stand-in where nothing is driven.
    pub fn url(&self) -> &str {
        self.sample.as_ref().map_or("http://127.0.0.1:9/", Sample::url)
    }

    /// Returns the host of the app's third party with its port.
    pub fn third_party(&self) -> String {
        let url = self.sample.as_ref().map_or("http://localhost:9/", Sample::third_party_url);
        url.trim_start_matches("http://").trim_end_matches('/').to_owned()
    }

    /// Returns the app's address with switches.
    pub fn variant(&self, switches: &[(&str, &str)]) -> String {
        self.sample.as_ref().map_or_else(|| self.url().to_owned(), |sample| sample.variant(switches))
    }

    /// Opens an account, as one that was there before the run.
    pub fn register(&self, phone: &str, password: &str) {
        if let Some(sample) = &self.sample {
            sample.register(phone, password).expect("registers");
        }
    }

    /// Runs a scenario, or judges the kept run.
    pub async fn run(&self, scenario: &str, variables: &[(&str, &str)]) -> Run {
        let facts = || match &self.sample {
            Some(sample) => {
                Facts { touched: sample.touched(), accounts: sample.accounts(), ..Facts::default() }
            }
            None => Facts::default(),
        };
        let (run, facts) = self.runs.run(scenario, variables, facts).await;
        *self.facts.lock().expect("not poisoned") = facts;
        run
    }

    /// Runs some probes, with more of the scenario after them.
    pub async fn audit(&self, switches: &[(&str, &str)], probes: &[&str], more: &str) -> Run {
        self.run(&(super::scenario_text(&self.variant(switches), probes) + more), &[]).await
    }

    /// Returns what was activated until the last run's end that no explorer may.
    pub fn touched(&self) -> Vec<String> {
        self.facts.lock().expect("not poisoned").touched.clone()
    }

    /// Tells whether the shop had an account at the last run's end.
    pub fn has_account(&self, phone: &str) -> bool {
        self.facts.lock().expect("not poisoned").accounts.iter().any(|known| known == phone)
    }
}

//! Reading the clock of a page's process, and comparing it with ours.

use std::collections::HashSet;
use std::time::Instant;

use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::line::{Line, LineError};
use super::time::{Given, STUCK, WATCH};
use super::wire::{Order, Reply};

/// How far a page's clock is kept before ours, ms. The browser draws no frame for a page whose clock is behind: it takes
/// the frame's time for one still to come, and a touch or a picture waits for it for ever.
const AHEAD: f64 = 300.0;

impl Line {
    /// Where a process' clock stands, ms: asked of the process where that is not known.
    pub(super) async fn read_clock(&self, session: &str, window: &str) -> Result<f64, Given> {
        match self.lock().sessions.get(session) {
            None => return Err(Given::Gone),
            Some(attached) => {
                if let Some(at) = attached.stands {
                    return Ok(at);
                }
            }
        }
        let begun = Instant::now();
        let (answer, mut answered) = oneshot::channel();
        let order = Order {
            session: Some(session.to_owned()),
            method: "Performance.getMetrics".to_owned(),
            params: json!({}),
            reply: Reply::Caller(answer),
        };
        self.orders.send(order).map_err(|_| Given::Gone)?;
        loop {
            match tokio::time::timeout(WATCH, &mut answered).await {
                Ok(Ok(value)) => {
                    self.meter.add(begun.elapsed());
                    return timestamp(&value["result"]).ok_or(Given::Gone);
                }
                Ok(Err(_)) => return Err(Given::Gone),
                Err(_) if self.dialog(window).is_some() => return Err(Given::Dialog),
                Err(_) if self.count_documents(session).is_none() => return Err(Given::Gone),
                Err(_) if begun.elapsed() > STUCK => return Err(Given::Stuck),
                Err(_) => {}
            }
        }
    }

    /// Compares a page's clock with ours, while its time is still real.
    pub(super) async fn compare_clocks(&mut self, windows: &HashSet<String>) -> Result<(), LineError> {
        let session = windows.iter().find_map(|window| self.lock().session_of(window));
        let moment = Instant::now();
        let metrics = self.command(session.as_deref(), "Performance.getMetrics", json!({})).await?;
        self.real = timestamp(&metrics).map(|at| (moment, at));
        match self.real {
            Some(_) => Ok(()),
            None => Err(LineError::Refused("the browser does not tell a page's clock".to_owned())),
        }
    }

    /// What a clock that stands there lacks to be [`AHEAD`] of ours, ms.
    pub(super) fn measure_lag(&self, at: f64) -> f64 {
        self.real.map_or(0.0, |(moment, then)| then + moment.elapsed().as_secs_f64() * 1000.0 + AHEAD - at)
    }
}

/// The clock of a process, ms, in the answer to `Performance.getMetrics`.
fn timestamp(metrics: &Value) -> Option<f64> {
    let metrics = metrics["metrics"].as_array()?;
    let found = metrics.iter().find(|metric| metric["name"] == "Timestamp")?;
    found["value"].as_f64().filter(|seconds| *seconds > 0.0).map(|seconds| seconds * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_of_a_process_is_read_in_ms() {
        let metrics =
            json!({"metrics": [{"name": "Nodes", "value": 4}, {"name": "Timestamp", "value": 12.5}]});
        assert_eq!(timestamp(&metrics), Some(12_500.0));
        for bad in
            [json!({}), json!({"metrics": [{"name": "Timestamp", "value": "x"}]}), json!({"metrics": []})]
        {
            assert_eq!(timestamp(&bad), None);
        }
    }
}

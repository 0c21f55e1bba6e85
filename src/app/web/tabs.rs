//! The browser's tabs, and the alert that may stand before one.

use serde_json::json;

use super::browser::Web;
use crate::app::AppError;

impl Web {
    /// Tabs in the order in which the driver lists them.
    pub(super) async fn tabs(&self) -> Result<Vec<String>, AppError> {
        let value = self.session()?.get("window/handles").await?;
        serde_json::from_value(value)
            .map_err(|e| AppError::Nonsense { command: "window/handles".into(), why: e.to_string() })
    }

    pub(super) async fn switch_to(&self, tab: &str) -> Result<(), AppError> {
        self.session()?.post("window", json!({"handle": tab})).await.map(|_| ())
    }

    /// A person looks at the tab that opened last.
    pub(super) async fn follow_new_tab(&self) -> Result<(), AppError> {
        let tabs = self.tabs().await?;
        let here =
            self.session()?.get("window").await.ok().and_then(|value| value.as_str().map(str::to_owned));
        match tabs.last() {
            Some(last) if here.as_deref() != Some(last) => self.switch_to(last).await,
            _ => Ok(()),
        }
    }

    pub(super) async fn alert(&self) -> Result<Option<String>, AppError> {
        match self.session()?.get("alert/text").await {
            Ok(text) => Ok(Some(text.as_str().unwrap_or_default().to_owned())),
            Err(e) if e.is_fatal() => Err(e),
            Err(_) => Ok(None),
        }
    }
}

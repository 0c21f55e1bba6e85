//! How far a tab's document has come, by the line's events.

use serde_json::Value;

/// A document on its way.
#[derive(Debug, Clone, Default)]
pub struct Load {
    /// Documents so far.
    pub navigations: u64,
    /// Its structure is there.
    pub ready: bool,
    /// What the server answered; 0 where none did.
    pub status: u64,
    /// The browser shows an error page of its own.
    pub failed: bool,
    /// What the server answered to a document that has not come yet.
    coming: u64,
}

impl Load {
    /// Takes in an event of the tab with this frame; says whether a new document has come.
    pub fn note(&mut self, frame: &str, method: &str, params: &Value) -> bool {
        match method {
            "Network.responseReceived"
                if params["type"] == "Document" && params["frameId"].as_str() == Some(frame) =>
            {
                self.coming = params["response"]["status"].as_u64().unwrap_or(0);
            }
            "Page.frameNavigated" if params["frame"]["parentId"].is_null() => {
                self.navigations += 1;
                self.ready = false;
                self.status = std::mem::take(&mut self.coming);
                self.failed = params["frame"]["unreachableUrl"].is_string();
                return true;
            }
            "Page.domContentEventFired" => self.ready = true,
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_document_has_the_status_of_its_own_answer() {
        let mut load = Load::default();
        let answer = json!({"type": "Document", "frameId": "f", "response": {"status": 404}});
        assert!(!load.note("f", "Network.responseReceived", &answer));
        assert!(load.note("f", "Page.frameNavigated", &json!({"frame": {"id": "f"}})));
        assert_eq!((load.navigations, load.ready, load.status, load.failed), (1, false, 404, false));
        load.note("f", "Page.domContentEventFired", &json!({}));
        assert!(load.ready);
        // A frame inside of it changes nothing.
        assert!(!load.note("f", "Page.frameNavigated", &json!({"frame": {"id": "g", "parentId": "f"}})));
        assert!(load.ready);
    }
}

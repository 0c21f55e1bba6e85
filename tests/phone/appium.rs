//! The real Appium server, from `tests/appium`, with its real drivers.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// A running Appium.
pub struct Appium {
    child: Child,
    pub address: String,
    pub system_port: u16,
}

impl Appium {
    /// Starts the server; `sdk` is its `ANDROID_HOME`.
    pub async fn start(sdk: Option<&Path>) -> Appium {
        let home = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/appium"));
        let program = home.join("node_modules/.bin/appium");
        assert!(program.exists(), "Appium is not installed: run scripts/install --tests");
        let port = free_port();
        let mut command = Command::new(program);
        command.arg("--port").arg(port.to_string()).args(["--address", "127.0.0.1", "--log-no-colors"]);
        command.env("APPIUM_HOME", &home).env_remove("ANDROID_SDK_ROOT");
        if let Some(sdk) = sdk {
            command.env("ANDROID_HOME", sdk);
        }
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .expect("node runs Appium");
        let mut lines = BufReader::new(child.stdout.take().expect("an output")).lines();
        let started = tokio::time::timeout(Duration::from_secs(60), async {
            while let Ok(Some(line)) = lines.next_line().await {
                if line.contains("listener started") {
                    return true;
                }
            }
            false
        });
        assert!(started.await.expect("Appium starts within 60 s"), "Appium ended");
        let log = std::env::var_os("PHONE_LOG").is_some();
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                if log {
                    eprintln!("appium: {line}");
                }
            }
        });
        Appium { child, address: format!("http://127.0.0.1:{port}"), system_port: free_port() }
    }

    /// Ends it.
    pub async fn stop(mut self) {
        let _ = self.child.kill().await;
    }
}

/// A port that nothing listens on.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

//! A chromedriver of our own: started on a free port, always ended, its browsers with it.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::app::AppError;

/// How long chromedriver may take to say on which port it listens (it takes 0.1 s).
const START: Duration = Duration::from_secs(20);

/// How often it is started at most. It picks a port that is free for IPv4 and ends at once where the same port is taken
/// for IPv6, which happens when many are started side by side.
const ATTEMPTS: usize = 4;

/// A running chromedriver; dropping it ends the process.
#[derive(Debug)]
pub struct Chromedriver {
    child: Child,
    address: String,
}

impl Chromedriver {
    /// Starts the chromedriver of `CANDOR_CHROMEDRIVER` or of the PATH.
    ///
    /// # Errors
    /// When there is none, or it does not say in time that it listens.
    pub async fn start() -> Result<Chromedriver, AppError> {
        let program = std::env::var_os("CANDOR_CHROMEDRIVER")
            .filter(|name| !name.is_empty())
            .map_or_else(|| PathBuf::from("chromedriver"), PathBuf::from);
        let missing = |why: String| AppError::Missing {
            program: program.display().to_string(),
            how: format!(
                "{why}. Get it: apt-get install chromium chromium-driver; or name one with CANDOR_CHROMEDRIVER; `candor doctor` tells what is there"
            ),
        };
        for _ in 0..ATTEMPTS {
            if let Some(started) = attempt(&program).await.map_err(missing)? {
                return Ok(started);
            }
        }
        Err(missing("it ended without saying on which port it listens".to_owned()))
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Ends it.
    pub async fn stop(&mut self) {
        let _ = self.child.kill().await;
    }
}

/// Starts the program once; `None` where it ended before it listened.
///
/// # Errors
/// When it cannot be started, or says nothing in time.
async fn attempt(program: &Path) -> Result<Option<Chromedriver>, String> {
    let mut child = Command::new(program)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|e| e.to_string())?;
    let output = child.stdout.take().ok_or_else(|| "it has no output".to_owned())?;
    let mut lines = BufReader::new(output).lines();
    let listens = async {
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some(port) = port_in(&line) {
                return Some(port);
            }
        }
        None
    };
    match tokio::time::timeout(START, listens).await {
        Err(_) => Err(format!("it did not say within {} s on which port it listens", START.as_secs())),
        Ok(None) => Ok(None),
        Ok(Some(port)) => {
            // Its output must be read on, or it would stand still once the pipe is full.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            Ok(Some(Chromedriver { child, address: format!("http://127.0.0.1:{port}") }))
        }
    }
}

/// The port in "ChromeDriver was started successfully on port 41235."
fn port_in(line: &str) -> Option<u16> {
    line.split_once("on port ")?.1.trim_end_matches('.').trim().parse().ok().filter(|&port| port != 0)
}

/// Ends browsers that still run with this profile: a chromedriver that was killed leaves them behind.
pub fn end_browsers_of(profile: &Path) {
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return;
    };
    let needle = format!("--user-data-dir={}", profile.display());
    for process in processes.flatten() {
        let Some(id) = process.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(line) = std::fs::read(process.path().join("cmdline")) else {
            continue;
        };
        if line.split(|&byte| byte == 0).any(|argument| argument == needle.as_bytes()) {
            let _ = std::process::Command::new("kill")
                .arg("-9")
                .arg(id.to_string())
                .stderr(Stdio::null())
                .status();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_it_says() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 41235."), Some(41235));
        assert_eq!(port_in("Starting ChromeDriver 156.0 on port 0"), None);
        assert_eq!(port_in("Only local connections are allowed."), None);
    }
}

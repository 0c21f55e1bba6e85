//! Verification codes, from where the scenario says that they come.

use std::time::{Duration, Instant};

use crate::scenario::Scenario;
use crate::scenario::account::CodeSource;

/// How long a code is waited for (ours).
const WAIT: Duration = Duration::from_secs(20);
/// Limit on one look (ours).
const ONE: Duration = Duration::from_secs(10);
/// What an answer may be long, at most (bytes; ours).
const LONGEST: u64 = 1_000_000;

/// The code that is there now.
///
/// # Errors
/// Why there is none.
pub async fn fetch(scenario: &Scenario) -> Result<String, String> {
    let Some(source) = scenario.account.as_ref().and_then(|account| account.code.clone()) else {
        return Err("a verification code is asked for, and the scenario does not say where codes come from (`account.code`)".to_owned());
    };
    let until = Instant::now() + WAIT;
    loop {
        let failed = match look(&source).await {
            Ok(text) => match code_in(&text) {
                Some(code) => return Ok(code),
                None => "there is no code of 4 to 8 digits in it".to_owned(),
            },
            Err(why) => why,
        };
        if Instant::now() >= until {
            return Err(format!("no verification code from {}: {failed}", named(&source)));
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

fn named(source: &CodeSource) -> String {
    match source {
        CodeSource::File(path) => format!("the file {}", path.display()),
        CodeSource::Command(words) => format!("the program {}", words.first().map_or("", String::as_str)),
        CodeSource::Url(address) => {
            // What follows the path may hold a key.
            let shown = address.split(['?', '#']).next().unwrap_or_default();
            format!("the address {shown}")
        }
    }
}

async fn look(source: &CodeSource) -> Result<String, String> {
    match source {
        CodeSource::File(path) => tokio::fs::read_to_string(path).await.map_err(|e| e.to_string()),
        CodeSource::Command(words) => {
            let (program, arguments) = words.split_first().ok_or("`command` is empty")?;
            let run = tokio::process::Command::new(program)
                .args(arguments)
                .stdin(std::process::Stdio::null())
                .kill_on_drop(true)
                .output();
            let output = tokio::time::timeout(ONE, run)
                .await
                .map_err(|_| format!("it did not end within {} s", ONE.as_secs()))?
                .map_err(|e| e.to_string())?;
            if !output.status.success() {
                return Err(format!("it ended with {}", output.status));
            }
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        CodeSource::Url(address) => {
            let address = address.clone();
            let asked = tokio::task::spawn_blocking(move || {
                let config = ureq::Agent::config_builder().timeout_global(Some(ONE)).build();
                let agent: ureq::Agent = config.into();
                let mut answer = agent.get(&address).call().map_err(|e| e.to_string())?;
                answer.body_mut().with_config().limit(LONGEST).read_to_string().map_err(|e| e.to_string())
            });
            asked.await.map_err(|e| e.to_string())?
        }
    }
}

/// The last run of 4 to 8 digits: in a log the newest message stands last.
fn code_in(text: &str) -> Option<String> {
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    runs.rfind(|run| (4..=8).contains(&run.len())).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_code_is_taken() {
        for (text, code) in [
            ("{\"code\":\"246810\"}", Some("246810")),
            ("[小满集市] 验证码 1111\n[小满集市] 验证码 2222，5 分钟内有效", Some("2222")),
            ("no code here, only 13800138000 and 12", None),
        ] {
            assert_eq!(code_in(text).as_deref(), code, "{text}");
        }
    }

    #[tokio::test]
    async fn programs_and_files_are_asked_without_a_shell() {
        let echo = CodeSource::Command(vec!["echo".into(), "code 1357; exit".into()]);
        assert_eq!(look(&echo).await.expect("runs").trim(), "code 1357; exit");
        let gone = CodeSource::Command(vec!["candor-no-such-program".into()]);
        assert!(look(&gone).await.is_err());
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "8642").expect("writes");
        assert_eq!(look(&CodeSource::File(file.path().to_owned())).await.expect("reads"), "8642");
    }
}

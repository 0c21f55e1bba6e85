//! Finding other programs and asking them something, with a limit on how long and how much they may say.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_secs(10);
/// A daemon that a command leaves behind (adb does) may hold its output open; this long we still listen.
const GRACE: Duration = Duration::from_millis(300);
const MOST_BYTES: u64 = 1 << 20;

/// What a program said before it ended well.
#[derive(Debug, Default)]
pub struct Said {
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// The first of `names` that is an executable file in one of `folders` or on PATH.
pub fn find(names: &[&str], folders: &[PathBuf]) -> Option<PathBuf> {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let places: Vec<PathBuf> = folders.iter().cloned().chain(std::env::split_paths(&on_path)).collect();
    names.iter().find_map(|name| places.iter().map(|place| place.join(name)).find(|file| is_executable(file)))
}

/// The program that the environment variable `variable` names, by path or by a name on PATH; `Err` holds
/// what it names when that is not a program. `None` when it is not set.
pub fn from_variable(variable: &str) -> Option<Result<PathBuf, String>> {
    let named = std::env::var_os(variable).filter(|value| !value.is_empty())?;
    let path = PathBuf::from(&named);
    if is_executable(&path) {
        return Some(Ok(path));
    }
    let text = named.to_string_lossy().into_owned();
    let bare = path.components().count() == 1;
    Some(bare.then(|| find(&[&text], &[])).flatten().ok_or(text))
}

/// The folder that the environment variable `variable` names.
pub fn folder_from(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn is_executable(file: &Path) -> bool {
    let Ok(about) = file.metadata() else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        about.is_file() && about.permissions().mode() & 0o111 != 0
    }
    #[cfg(not(unix))]
    about.is_file()
}

/// Runs a program; an error says in a few words why there is no answer.
pub async fn ask(program: &Path, arguments: &[&str]) -> Result<Said, String> {
    ask_with(program, arguments, &[], LIMIT).await
}

/// As [`ask`], with environment variables and a time limit.
pub async fn ask_with(
    program: &Path,
    arguments: &[&str],
    variables: &[(&str, &OsStr)],
    limit: Duration,
) -> Result<Said, String> {
    let shown = || format!("`{} {}`", program.display(), arguments.join(" "));
    let mut child = Command::new(program)
        .args(arguments)
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("{} does not start: {error}", shown()))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let ended = {
        let reading = async { tokio::join!(drain(stdout, &mut out), drain(stderr, &mut err)) };
        tokio::pin!(reading);
        let ending = async {
            let mut read_all = false;
            let status = loop {
                tokio::select! {
                    status = child.wait() => break status,
                    _ = &mut reading, if !read_all => read_all = true,
                }
            };
            if !read_all {
                let _ = timeout(GRACE, &mut reading).await;
            }
            status
        };
        timeout(limit, ending).await
    };
    let said = Said {
        out: String::from_utf8_lossy(&out).into_owned(),
        err: String::from_utf8_lossy(&err).into_owned(),
    };
    match ended {
        Err(_) => Err(format!("{} gave no answer in {} s", shown(), limit.as_secs_f32())),
        Ok(Err(error)) => Err(format!("{} could not be waited for: {error}", shown())),
        Ok(Ok(status)) if status.success() => Ok(said),
        Ok(Ok(status)) => {
            let last = said.err.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
            let why = if last.is_empty() { String::new() } else { format!(": {last}") };
            Err(format!("{} failed ({status}){why}", shown()))
        }
    }
}

/// Reads to the end. Keeps the first [`MOST_BYTES`] and lets the rest go by, so that the program never waits for us.
async fn drain(stream: Option<impl AsyncRead + Unpin>, kept: &mut Vec<u8>) {
    let Some(mut stream) = stream else { return };
    let _ = (&mut stream).take(MOST_BYTES).read_to_end(kept).await;
    let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
}

//! The `adb` of the simulated phone: a script that hands its arguments to this process and prints the answer.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use candor::app::App as _;
use candor::world::Start;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::{ACTIVITY, DPI, PACKAGE, Phone, device};

/// The script. Bash speaks TCP by itself, so that nothing needs to be built or installed.
const SCRIPT: &str = r#"#!/usr/bin/env bash
exec 3<>"/dev/tcp/127.0.0.1/PORT"
printf '%s\0' "$#" "$@" >&3
read -r code <&3
cat <&3
exit "$code"
"#;

/// Puts `platform-tools/adb` into the SDK's folder and answers its calls from now on.
pub async fn install(phone: &Arc<Phone>, sdk: &Path) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let tools = sdk.join("platform-tools");
    std::fs::create_dir_all(&tools).expect("a folder");
    let adb = tools.join("adb");
    std::fs::write(&adb, SCRIPT.replace("PORT", &port.to_string())).expect("writes");
    std::fs::set_permissions(&adb, std::fs::Permissions::from_mode(0o755)).expect("is made executable");
    let phone = phone.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(phone.clone(), stream));
        }
    });
}

async fn serve(phone: Arc<Phone>, stream: TcpStream) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    let mut word = async || -> Option<String> {
        let mut bytes = Vec::new();
        read.read_until(0, &mut bytes).await.ok()?;
        bytes.pop();
        String::from_utf8(bytes).ok()
    };
    let count: usize = word().await?.parse().ok()?;
    let mut arguments = Vec::new();
    for _ in 0..count {
        arguments.push(word().await?);
    }
    // The driver names the server's port and the device first: adb -P 5037 -s simulated …
    let mut rest = &arguments[..];
    while let [flag, _, tail @ ..] = rest
        && (flag == "-P" || flag == "-s")
    {
        rest = tail;
    }
    let call = rest.join(" ");
    phone.note(format!("adb {call}"));
    if call.contains("am instrument") {
        // The on-device server runs until the session ends.
        let _ = read.read_u8().await;
        return Some(());
    }
    let (code, out) = answer(&phone, rest).await;
    write.write_all(format!("{code}\n{out}").as_bytes()).await.ok()
}

/// What adb prints for a call, with its exit code.
async fn answer(phone: &Arc<Phone>, arguments: &[String]) -> (i32, String) {
    let call = arguments.join(" ");
    let words: Vec<&str> = call.split_whitespace().collect();
    let out = match &words[..] {
        ["version"] => "Android Debug Bridge version 1.0.41\nVersion 35.0.2-12147458\n".into(),
        ["devices", ..] => "List of devices attached\nsimulated\tdevice\n\n".into(),
        ["start-server" | "wait-for-device" | "reconnect", ..] => String::new(),
        ["get-state"] => "device\n".into(),
        ["push" | "logcat", ..] => String::new(),
        ["forward", "--list"] => String::new(),
        ["forward", "--remove", ..] => String::new(),
        ["forward", from, _] => {
            let port = from.strip_prefix("tcp:").and_then(|port| port.parse().ok());
            device::listen(phone, port.expect("a port")).await;
            String::new()
        }
        ["shell", rest @ ..] => return shell(phone, rest, &call).await,
        _ => {
            phone.note(format!("UNKNOWN adb {call}"));
            String::new()
        }
    };
    (0, out)
}

async fn shell(phone: &Arc<Phone>, words: &[&str], call: &str) -> (i32, String) {
    let out = match words {
        ["echo", rest @ ..] => format!("{}\n", rest.join(" ").trim_matches('\'')),
        ["getprop", property] => format!("{}\n", property_of(property)),
        ["wm", "size"] => "Physical size: 1082x2402\n".into(),
        ["wm", "density"] => format!("Physical density: {DPI}\n"),
        ["pm", "list", "packages", ..] | ["cmd", "package", "list", ..] => format!("package:{PACKAGE}\n"),
        ["pm", "path", PACKAGE] => format!("package:/data/app/{PACKAGE}/base.apk\n"),
        ["pm", "clear", ..] => {
            let mut state = phone.state.lock().expect("no panic");
            state.running = false;
            state.cleared = true;
            state.granted.clear();
            "Success\n".into()
        }
        ["pm", verb @ ("grant" | "revoke"), _, permission] => {
            let mut state = phone.state.lock().expect("no panic");
            state.granted.retain(|granted| granted != permission);
            if *verb == "grant" {
                state.granted.push((*permission).to_owned());
            }
            String::new()
        }
        ["dumpsys", "package", PACKAGE] => package(phone),
        ["dumpsys", "activity", "processes"] => {
            let running = phone.state.lock().expect("no panic").running;
            if running { format!("    ProcessRecord{{a1b2c3 4711:{PACKAGE}/u0a1}}\n") } else { String::new() }
        }
        // Preparations of the driver that leave nothing to see on this phone.
        ["appops" | "settings" | "mkdir" | "logcat" | "[", ..] => String::new(),
        ["dumpsys", "activity", "services", ..] => String::new(),
        ["am", "force-stop", package] if *package != PACKAGE => String::new(),
        ["am", "force-stop", ..] => {
            phone.state.lock().expect("no panic").running = false;
            String::new()
        }
        ["am", "start" | "start-activity", ..] | ["monkey", ..] => {
            start(phone).await;
            "Starting: Intent\nStatus: ok\nComplete\n".into()
        }
        ["cmd", "package", "resolve-activity", ..] | ["dumpsys", "package", "r", ..] => {
            format!("priority=0 preferredOrder=0 match=0x108000\n{PACKAGE}/{ACTIVITY}\n")
        }
        ["ps", ..] => processes(phone),
        ["pidof", PACKAGE] | ["pgrep", ..] => {
            if phone.state.lock().expect("no panic").running {
                "4711\n".into()
            } else {
                return (1, String::new());
            }
        }
        ["dumpsys", "window", ..] => format!(
            "  mCurrentFocus=Window{{1 u0 {PACKAGE}/{ACTIVITY}}}\n  mFocusedApp=ActivityRecord{{1 u0 {PACKAGE}/{ACTIVITY} t1}}\n"
        ),
        _ => {
            phone.note(format!("UNKNOWN adb {call}"));
            String::new()
        }
    };
    (0, out)
}

fn property_of(name: &str) -> &'static str {
    match name {
        "ro.build.version.sdk" => "34",
        "ro.build.version.release" => "14",
        "ro.product.model" => "Simulated",
        "ro.product.manufacturer" => "candor",
        "sys.boot_completed" => "1",
        "init.svc.bootanim" => "stopped",
        "ro.product.cpu.abi" => "arm64-v8a",
        _ => "",
    }
}

fn processes(phone: &Arc<Phone>) -> String {
    let mut list = "USER PID PPID VSZ RSS WCHAN ADDR S NAME\n".to_owned();
    if phone.state.lock().expect("no panic").running {
        list.push_str(&format!("u0_a1 4711 1 1 1 0 0 S {PACKAGE}\n"));
    }
    list
}

/// The permissions that the app declares.
const DECLARED: [&str; 4] = ["ACCESS_FINE_LOCATION", "CAMERA", "RECORD_AUDIO", "READ_CONTACTS"];

fn package(phone: &Arc<Phone>) -> String {
    let state = phone.state.lock().expect("no panic");
    let mut text = format!(
        "Packages:\n  Package [{PACKAGE}] (1):\n    versionCode=1 minSdk=24 targetSdk=34\n    versionName=1.0\n    requested permissions:\n"
    );
    for name in DECLARED {
        text.push_str(&format!("      android.permission.{name}\n"));
    }
    text.push_str("    install permissions:\n      android.permission.INTERNET: granted=true\n    User 0: ceDataInode=1 installed=true hidden=false\n      runtime permissions:\n");
    for name in DECLARED {
        let name = format!("android.permission.{name}");
        let granted = state.granted.contains(&name);
        text.push_str(&format!("        {name}: granted={granted}, flags=[ USER_SENSITIVE_WHEN_GRANTED]\n"));
    }
    text
}

/// Starts the app, or brings it to the front where it runs.
async fn start(phone: &Arc<Phone>) {
    let (running, cleared) = {
        let mut state = phone.state.lock().expect("no panic");
        let was = (state.running, state.cleared);
        state.running = true;
        state.cleared = false;
        was
    };
    if running {
        return;
    }
    let how = if cleared { Start::Fresh } else { Start::Resumed };
    phone.browser.lock().await.start(how).await.expect("the sample app");
}

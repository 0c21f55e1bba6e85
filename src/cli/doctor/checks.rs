//! The checks, each a [`Check`].

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::check::NeededFor::{Android, Extra, Web};
use super::check::{Check, NeededFor, State};
use super::external::{ask, ask_with, find, folder_from, from_variable};
use super::parse;

const GET_BROWSER: &str = "apt-get install chromium chromium-driver";
const GET_TESSERACT: &str = "apt-get install tesseract-ocr tesseract-ocr-chi-sim";
const GET_FONT: &str = "apt-get install fontconfig fonts-noto-cjk";
const GET_APPIUM: &str = "npm install appium";
const GET_ADB: &str = "apt-get install adb, or set ANDROID_HOME to a folder that holds platform-tools/adb";
const GET_JAVA: &str = "apt-get install default-jdk-headless";
const GET_NODE: &str = "apt-get install nodejs npm";

/// Runs every check, side by side where they do not wait for each other.
pub async fn run_all() -> Vec<Check> {
    let (browser, sight, font, appium, phone, java, node) = tokio::join!(
        check_browser_and_driver(),
        check_tesseract(),
        check_cjk_font(),
        check_appium(),
        check_adb(),
        check_program("java", Android, find(&["java"], &find_java_folders()), "-version", GET_JAVA),
        check_program("node", Android, find(&["node", "nodejs"], &[]), "--version", GET_NODE),
    );
    [browser, sight, vec![font], appium, phone, vec![java, node]].concat()
}

fn find_java_folders() -> Vec<PathBuf> {
    folder_from("JAVA_HOME").map(|folder| folder.join("bin")).into_iter().collect()
}

/// A program that only has to be there and to tell its version.
async fn check_program(
    name: &str,
    needed_for: NeededFor,
    path: Option<PathBuf>,
    version_flag: &str,
    how_to_get: &str,
) -> Check {
    let Some(path) = path else {
        return Check::missing(name, needed_for, how_to_get);
    };
    match ask(&path, &[version_flag]).await {
        Ok(said) => {
            let version = parse::version_in(&said.out).or_else(|| parse::version_in(&said.err));
            Check::found(name, needed_for, version, Some(path))
        }
        Err(why) => Check {
            path: Some(path),
            ..Check::missing(name, needed_for, format!("it is there but does not work: {why}; {how_to_get}"))
        },
    }
}

/// A program for web runs that an environment variable may name.
async fn check_named_program(name: &str, variable: &str, usual: &[&str]) -> Check {
    match from_variable(variable) {
        Some(Err(named)) => Check::missing(
            name,
            Web,
            format!("{variable} names {named}, which is no program: correct or unset it; {GET_BROWSER}"),
        ),
        Some(Ok(path)) => check_program(name, Web, Some(path), "--version", GET_BROWSER).await,
        None => check_program(name, Web, find(usual, &[]), "--version", GET_BROWSER).await,
    }
}

async fn check_browser_and_driver() -> Vec<Check> {
    let (browser, driver) = tokio::join!(
        check_named_program(
            "chromium",
            "CANDOR_CHROMIUM",
            &["chromium", "chromium-browser", "google-chrome"]
        ),
        check_named_program("chromedriver", "CANDOR_CHROMEDRIVER", &["chromedriver"]),
    );
    let driver = match_driver(driver, &browser);
    vec![browser, driver]
}

/// The driver, marked when it was made for another major version of the browser.
pub fn match_driver(driver: Check, browser: &Check) -> Check {
    let major_of = |check: &Check| check.version.as_deref().and_then(parse::major);
    match (driver.state, browser.state, major_of(&driver), major_of(browser)) {
        (State::Found, State::Found, Some(own), Some(theirs)) if own != theirs => Check {
            state: State::Mismatch,
            how_to_get: Some(format!(
                "the driver is for version {own} and the browser is {theirs}: {GET_BROWSER}, \
                 or set CANDOR_CHROMEDRIVER to a driver of version {theirs}"
            )),
            ..driver
        },
        _ => driver,
    }
}

async fn check_tesseract() -> Vec<Check> {
    let path = find(&["tesseract"], &[]);
    let listing = async {
        match &path {
            Some(path) => ask(path, &["--list-langs"]).await.unwrap_or_default(),
            None => Default::default(),
        }
    };
    let (itself, said) =
        tokio::join!(check_program("tesseract", Web, path.clone(), "--version", GET_TESSERACT), listing);
    // Older versions list them on standard error.
    let known = [parse::languages(&said.out), parse::languages(&said.err)].concat();
    let language = |code: &str, package: &str| {
        let name = format!("tesseract {code}");
        match known.contains(&code) {
            true => Check::found(&name, Web, None, None),
            false => Check::missing(&name, Web, format!("apt-get install {package}")),
        }
    };
    let simplified = language("chi_sim", "tesseract-ocr-chi-sim");
    // Without it text on pictures is read all the same; only its script stays unknown.
    let traditional = language("chi_tra", "tesseract-ocr-chi-tra");
    vec![itself, simplified, traditional]
}

async fn check_cjk_font() -> Check {
    let name = "Chinese font";
    let Some(lister) = find(&["fc-list"], &[]) else {
        return Check::missing(name, Web, format!("fc-list, which tells the fonts, is not here: {GET_FONT}"));
    };
    match ask(&lister, &[":lang=zh-cn"]).await {
        Err(why) => Check::missing(name, Web, format!("{why}; {GET_FONT}")),
        Ok(said) => match parse::first_font(&said.out) {
            Some(file) => Check::found(name, Web, None, Some(file)),
            None => Check::missing(name, Web, GET_FONT),
        },
    }
}

async fn check_appium() -> Vec<Check> {
    const DRIVERS: [(&str, NeededFor); 3] =
        [("uiautomator2", Android), ("chromium", Extra), ("xcuitest", Extra)];
    let here = std::env::current_dir().unwrap_or_default();
    let local = here.join("node_modules").join(".bin");
    let path = find(&["appium"], &[]).or_else(|| find(&["appium"], std::slice::from_ref(&local)));
    let listing = async {
        match &path {
            Some(path) => installed_drivers(path, path.starts_with(&local).then_some(here.as_path())).await,
            None => Ok(Vec::new()),
        }
    };
    let (itself, drivers) =
        tokio::join!(check_program("appium", Android, path.clone(), "--version", GET_APPIUM), listing);
    let mut checks = vec![itself];
    for (driver, needed_for) in DRIVERS {
        let name = format!("appium driver {driver}");
        let get = format!("appium driver install {driver}");
        checks.push(match &drivers {
            Err(why) => Check::missing(&name, needed_for, format!("not known, as {why}; {get}")),
            Ok(drivers) => match drivers.iter().find(|(installed, _)| installed == driver) {
                Some((_, version)) => Check::found(&name, needed_for, version.clone(), None),
                None => Check::missing(&name, needed_for, get),
            },
        });
    }
    checks
}

/// An Appium inside a folder's `node_modules` keeps its drivers there as well, unless APPIUM_HOME says otherwise.
async fn installed_drivers(
    appium: &Path,
    home: Option<&Path>,
) -> Result<Vec<(String, Option<String>)>, String> {
    let home = home.filter(|_| folder_from("APPIUM_HOME").is_none());
    let variables: Vec<(&str, &OsStr)> =
        home.map(|home| ("APPIUM_HOME", home.as_os_str())).into_iter().collect();
    let arguments = ["driver", "list", "--installed", "--json"];
    let said = ask_with(appium, &arguments, &variables, Duration::from_secs(10)).await?;
    parse::drivers(&said.out).ok_or_else(|| "`appium driver list` did not answer in JSON".to_string())
}

async fn check_adb() -> Vec<Check> {
    let homes = ["ANDROID_HOME", "ANDROID_SDK_ROOT"].into_iter().filter_map(folder_from);
    let folders: Vec<PathBuf> = homes.map(|home| home.join("platform-tools")).collect();
    // The SDK's own adb comes first, as it does for Appium: two versions of it would end each other's server.
    let path = find(&["adb"], &folders);
    let itself = check_program("adb", Android, path.clone(), "version", GET_ADB).await;
    let device = match path.filter(|_| itself.state == State::Found) {
        None => Check::missing("Android device", Android, GET_ADB),
        Some(path) => match ask(&path, &["devices"]).await {
            Ok(said) => check_device(&parse::devices(&said.out)),
            Err(why) => Check::missing("Android device", Android, why),
        },
    };
    vec![itself, device]
}

/// Whether one of the devices that adb lists can be worked with.
pub fn check_device(listed: &[(String, String)]) -> Check {
    let name = "Android device";
    let ready: Vec<&str> =
        listed.iter().filter(|(_, state)| state == "device").map(|(serial, _)| serial.as_str()).collect();
    match (ready.is_empty(), listed.first()) {
        (false, _) => Check::found(name, Android, Some(ready.join(" ")), None),
        (true, Some((serial, state))) if state == "unauthorized" => {
            Check::missing(name, Android, format!("{serial} is attached: allow USB debugging on its screen"))
        }
        (true, Some((serial, state))) => {
            Check::missing(name, Android, format!("{serial} is attached but {state}: attach it again"))
        }
        (true, None) => Check::missing(
            name,
            Android,
            "attach a phone with USB debugging on, or start an emulator; `adb devices` should list it",
        ),
    }
}

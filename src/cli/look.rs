//! `candor look URL|SOURCE|RECORDING`

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use super::beside::place_for;
use super::{UNDRIVEN, USAGE, fail, in_colour, say};
use crate::app::AppError;
use crate::look::{self, Look, SourceOptions};
use crate::recording::{Recording, TIMELINE};
use crate::report::json::escaped;
use crate::report::terminal;
use crate::runner::{self, Job};
use crate::scenario::Scenario;
use crate::screen::Screen;
use crate::text::clean;

/// The longest that a page is left alone before it is looked at (s; ours).
const LONGEST_WAIT: f64 = 600.0;

/// What `candor look` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Shows how candor sees one screen: whether it asks something, whether it is the privacy policy, the system's permission
dialog, every control with what it is taken for and what would be dangerous to tap, boxes with their state, fields. For each it
says why: the word, and the list of the lexicon that the word stands in. A picture with numbered boxes is written beside.
Nothing is tapped, and a recording is not changed.

Examples:
  candor look https://shop.example/                        a web app as newly installed, in a browser
  candor look https://shop.example/ --wait 5               the same five seconds later
  candor look source.xml --picture source.png              Appium's page source of Android or iOS, with its screenshot
  candor look artifacts/20260301T020000Z-shop              the screens of a recording, one line each
  candor look artifacts/20260301T020000Z-shop --screen 7   one of them

Exit codes: 0 looked at · 2 it cannot be read or written · 3 the app could not be opened"
)]
pub struct LookArgs {
    /// An address, a page source (XML, or the tree of a recording as JSON), or a recording's folder
    #[arg(value_name = "URL|SOURCE|RECORDING")]
    what: String,
    /// The screen of a recording; without it they are listed
    #[arg(long, value_name = "N")]
    screen: Option<u32>,
    /// The screenshot of a page source, as PNG; without it the PNG of the same name beside it, if there is one
    #[arg(long, value_name = "FILE")]
    picture: Option<PathBuf>,
    /// px of the picture per dp or pt, for a page source: 2.625 for many Android phones, 3 for most iPhones
    #[arg(long, value_parser = read_density)]
    density: Option<f32>,
    /// How long an app is left alone before it is looked at (s)
    #[arg(long, value_name = "SECONDS", default_value = "0", value_parser = read_wait)]
    wait: f64,
    /// A WebDriver server that is running already, for an address; without it candor starts chromedriver itself
    #[arg(long, value_name = "URL")]
    driver: Option<String>,
    /// Where the picture with boxes goes (an SVG); into the current folder without it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

fn read_density(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(density) if (0.5..=8.0).contains(&density) => Ok(density),
        _ => Err("expected a number from 0.5 to 8, such as 2.625".to_owned()),
    }
}

fn read_wait(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.0..=LONGEST_WAIT).contains(&seconds) => Ok(seconds),
        _ => Err(format!("expected seconds from 0 to {LONGEST_WAIT}")),
    }
}

/// What was looked at, with its tree and picture, and the name of its file.
struct Looked {
    look: Look,
    screen: Screen,
    picture: Option<Vec<u8>>,
    name: String,
}

/// Why nothing could be looked at, and the exit code.
type Failed = (String, u8);

pub async fn run(args: &LookArgs) -> ExitCode {
    let path = Path::new(&args.what);
    if path.join(TIMELINE).is_file() && args.screen.is_none() {
        return match list(args, path) {
            Ok(text) => {
                say(&text);
                ExitCode::SUCCESS
            }
            Err(why) => fail(clean(&why), USAGE),
        };
    }
    let looked = if path.is_dir() {
        from_recording(args, path)
    } else if is_page(path) || !path.exists() {
        from_app(args).await
    } else {
        from_source(args, path)
    };
    match looked.and_then(|looked| show(args, &looked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err((why, code)) => fail(clean(&why), code),
    }
}

/// A page on disk, which a browser can open.
fn is_page(path: &Path) -> bool {
    let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    path.is_file() && ["html", "htm"].contains(&kind.to_ascii_lowercase().as_str())
}

fn list(args: &LookArgs, folder: &Path) -> Result<String, String> {
    let recording = Recording::open(folder).map_err(|e| e.to_string())?;
    let screens = look::list_screens(&recording);
    if args.json {
        let json = serde_json::to_string_pretty(&screens).map_err(|e| e.to_string())?;
        return Ok(escaped(&json).trim_end().to_owned());
    }
    let table = look::screens_table(&screens, terminal::width().unwrap_or(terminal::USUAL_WIDTH));
    Ok(format!("{table}\n\n--screen N shows one of them with the reasons"))
}

fn from_recording(args: &LookArgs, folder: &Path) -> Result<Looked, Failed> {
    let wrong = |why: String| (why, USAGE);
    let recording = Recording::open(folder).map_err(|e| wrong(e.to_string()))?;
    let number = args.screen.unwrap_or(1);
    let shown = folder.display().to_string();
    let (look, screen, picture) = look::open_screen(&recording, number, &shown).map_err(wrong)?;
    Ok(Looked { look, screen, picture, name: format!("screen-{number:04}") })
}

fn from_source(args: &LookArgs, path: &Path) -> Result<Looked, Failed> {
    let shown = path.display();
    let wrong = |why: String| (why, USAGE);
    let bytes = std::fs::read(path).map_err(|e| wrong(format!("cannot read {shown}: {e}")))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong(format!("{shown} is no text in UTF-8")))?;
    let beside = Some(path.with_extension("png")).filter(|file| file.is_file());
    let picture = match args.picture.clone().or(beside) {
        Some(file) => {
            let read = std::fs::read(&file);
            Some(read.map_err(|e| wrong(format!("cannot read {}: {e}", file.display())))?)
        }
        None => None,
    };
    let options = SourceOptions { density: args.density, picture: picture.as_deref() };
    let taken = look::observe_source(&text, &options).map_err(|e| wrong(format!("{shown}: {e}")))?;
    let mut look = look::read_look(&taken.observation, &shown.to_string());
    look.notes.extend(taken.notes);
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Looked { look, screen: taken.observation.screen, picture: taken.observation.picture, name })
}

async fn from_app(args: &LookArgs) -> Result<Looked, Failed> {
    let url = address_of(&args.what).map_err(|why| (why, USAGE))?;
    let scenario = Scenario::for_address(url);
    let stem = Path::new(&args.what).file_stem().filter(|_| is_page(Path::new(&args.what)));
    let name = stem.map_or_else(|| scenario.app.name.clone(), |stem| stem.to_string_lossy().into_owned());
    let job = Job {
        scenario,
        text: String::new(),
        shown: args.what.clone(),
        driver: args.driver.clone(),
        unmasked: false,
        key: None,
        values: Default::default(),
        pause: false,
        virtual_time: true,
        as_robot: false,
        once: true,
        folder: PathBuf::new(),
    };
    let undriven = |e: AppError| (e.to_string(), UNDRIVEN);
    let observed = tokio::select! {
        observed = runner::observe_once(&job, Duration::from_secs_f64(args.wait)) => observed.map_err(undriven)?,
        _ = tokio::signal::ctrl_c() => return Err(("stopped before the app was seen".to_owned(), UNDRIVEN)),
    };
    let look = look::read_look(&observed, &args.what);
    Ok(Looked { look, screen: observed.screen, picture: observed.picture, name })
}

/// The address that is meant: as it is given, or that of a page on disk.
fn address_of(what: &str) -> Result<url::Url, String> {
    let path = Path::new(what);
    if is_page(path) {
        let whole = path.canonicalize().map_err(|e| format!("cannot read {what}: {e}"))?;
        return url::Url::from_file_path(whole).map_err(|()| format!("{what} has no address"));
    }
    super::address(what).map_err(|why| match what.contains("://") {
        true => why,
        false => format!(
            "there is no {what}; expected an address (https://shop.example/), a page source, or a recording's folder"
        ),
    })
}

/// Writes the picture and prints what was seen.
fn show(args: &LookArgs, looked: &Looked) -> Result<(), Failed> {
    let wrong = |why: String| (why, USAGE);
    let out = place_for(args.out.as_deref(), &format!("{}.look.svg", plain(&looked.name))).map_err(wrong)?;
    let svg = look::draw(&looked.look, &looked.screen, looked.picture.as_deref());
    std::fs::write(&out, svg).map_err(|e| wrong(format!("cannot write {}: {e}", out.display())))?;
    if args.json {
        let json = serde_json::to_string_pretty(&looked.look).map_err(|e| wrong(e.to_string()))?;
        say(escaped(&json).trim_end());
        return Ok(());
    }
    let width = terminal::width().unwrap_or(terminal::USUAL_WIDTH);
    say(&look::table(&looked.look, width, in_colour()));
    say(&format!("picture with boxes: {}", out.display()));
    Ok(())
}

/// A name that can stand in a path.
fn plain(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
    let plain = plain.trim_matches('.').to_owned();
    if plain.is_empty() { "screen".to_owned() } else { plain }
}

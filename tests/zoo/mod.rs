//! A zoo of small apps that share no code with the sample app nor with each other, each with labels beside it: what is right
//! to say of it. A run of a variant must neither accuse it nor clear it falsely, and must find what was planted.
//!
//! # Architecture
//! `apps/NAME/` holds an app and its `labels.yaml` (`labels.rs`). `server.rs` serves a variant of it: `parts.rs` chooses the
//! parts of its files, `people.rs` keeps accounts, `desk.rs` draws the pages of the one app whose server draws them,
//! `weather.rs` puts weather over it. `score.rs` compares and writes `docs/accuracy.md` (`scripts/accuracy`).
//!
//! Three variants are driven by every run of the suite, all by `scripts/test --all` (`CANDOR_TESTS=drive`).

mod desk;
mod labels;
mod parts;
mod people;
mod score;
mod server;
mod weather;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use self::labels::{App, Variant};
use self::score::{Card, Grade, Scored};
use self::weather::{Load, Weather};
use crate::support::{Run, candor_with};

/// Whether all is driven, or only what every run of the suite drives.
fn drives_all() -> bool {
    std::env::var("CANDOR_TESTS").is_ok_and(|mode| mode == "drive")
}

/// Drives a variant with every probe that needs no help, and with its account where the app has one.
async fn drive(app: &App, variant: &Variant, weather: &Weather) -> Run {
    let built = Path::new(server::ZOO).join("built/bus.js").is_file();
    assert!(built, "what the zoo is made with is not there: run `scripts/install --tests` first");
    let served = server::serve(app, &variant.flags, weather).await;
    let folder = tempfile::tempdir().expect("a folder");
    let viewport = match app.desktop || weather.desktop {
        true => "\n      viewport: { width: 1280, height: 800, density: 1 }",
        false => "",
    };
    let text = format!(
        "app:\n  name: {}\n  target:\n    web:\n      url: \"{}\"{viewport}\n{}",
        app.name,
        served.url,
        app.scenario.replace("{origin}", &served.origin)
    );
    let scenario = folder.path().join("scenario.yaml");
    std::fs::write(&scenario, text).expect("writes");
    let starter = weather.write_starter(folder.path());
    let starter = starter.as_ref().map(|path| ("CANDOR_CHROMIUM", path.to_str().expect("a path")));
    let load = weather.slow.then(Load::on);
    let run = candor_with(&["run", "--quiet", scenario.to_str().expect("a path")], starter.as_slice()).await;
    drop(load);
    run
}

/// Drives a variant and holds it against its labels.
async fn score(folder: &str, name: &str, weather: &Weather) -> Card {
    let app = App::read(folder);
    let variant = app.variant(name);
    let began = Instant::now();
    let run = drive(&app, variant, weather).await;
    assert!(
        run.has_findings(),
        "{folder}/{name} was not judged: exit {}\n{}\n{}",
        run.code,
        run.out,
        run.err
    );
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let score = |(item, right): (String, labels::Right)| {
        let finding = run.finding(&item);
        let said = text(&finding["verdict"]);
        let grade = Grade::of(right, &said);
        let reason =
            finding["reason"]["en"].as_str().map_or_else(|| finding["reason"].to_string(), str::to_owned);
        let right = format!("{right:?}").to_lowercase();
        Scored { item, right, said, grade, reason }
    };
    Card {
        app: folder.to_owned(),
        made_with: app.made_with.clone(),
        variant: name.to_owned(),
        seconds: began.elapsed().as_secs(),
        code: run.code,
        recording: run.folder(),
        scores: app.labels_of(variant).into_iter().map(score).collect(),
    }
}

/// Whether a score fails its test.
fn fails(variant: &Variant, score: &Scored) -> bool {
    match score.grade {
        Grade::FalseViolation | Grade::FalseConforms => true,
        Grade::Missed => score.right == "violation" && !variant.known_misses.contains(&score.item),
        Grade::Needless | Grade::Right => false,
    }
}

/// Drives a variant; it must not be judged falsely.
async fn check(folder: &str, name: &str) {
    let card = score(folder, name, &Weather::default()).await;
    card.keep();
    println!("{}", card.describe(|_| true));
    let app = App::read(folder);
    let wrong = card.describe(|score| fails(app.variant(name), score));
    assert!(wrong.is_empty(), "{wrong}");
}

/// Every variant of every app: `test: "app" "variant" when`, where `when` is `always` or `all`.
macro_rules! zoo {
    ($($test:ident: $app:literal $variant:literal $when:ident;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                if drives_all() || stringify!($when) == "always" {
                    check($app, $variant).await;
                }
            }
        )*
        const LISTED: &[(&str, &str)] = &[$(($app, $variant)),*];
    };
}

zoo! {
    drive_books_fair: "books" "fair" all;
    drive_books_unasked: "books" "unasked" all;
    drive_books_aimed: "books" "aimed" all;
    drive_bubbles_fair: "bubbles" "fair" all;
    drive_bubbles_bare: "bubbles" "bare" all;
    drive_bus_fair: "bus" "fair" all;
    drive_bus_early: "bus" "early" all;
    drive_bus_hostage: "bus" "hostage" always;
    drive_bus_dead: "bus" "dead" all;
    drive_circle_fair: "circle" "fair" all;
    drive_circle_essay: "circle" "essay" all;
    drive_circle_captive: "circle" "captive" all;
    drive_clinic_fair: "clinic" "fair" all;
    drive_clinic_stubborn: "clinic" "stubborn" all;
    drive_clinic_sticky: "clinic" "sticky" all;
    drive_clinic_shut: "clinic" "shut" all;
    drive_groupbuy_fair: "groupbuy" "fair" all;
    drive_groupbuy_bundle: "groupbuy" "bundle" all;
    drive_groupbuy_improve: "groupbuy" "improve" all;
    drive_klaro_shipped: "klaro" "shipped" all;
    drive_klaro_linked: "klaro" "linked" all;
    drive_klaro_preset: "klaro" "preset" all;
    drive_klaro_forced: "klaro" "forced" always;
    drive_library_fair: "library" "fair" all;
    drive_library_old: "library" "old" all;
    drive_library_hollow: "library" "hollow" all;
    drive_meals_fair: "meals" "fair" all;
    drive_meals_buried: "meals" "buried" all;
    drive_meals_greedy: "meals" "greedy" all;
    drive_meals_pushy: "meals" "pushy" all;
    drive_meals_nagging: "meals" "nagging" all;
    drive_notes_fair: "notes" "fair" all;
    drive_notes_told: "notes" "told" always;
    drive_notes_implied: "notes" "implied" all;
    drive_osano_shipped: "osano" "shipped" all;
    drive_osano_optin: "osano" "optin" all;
    drive_osano_optout: "osano" "optout" all;
    drive_park_fair: "park" "fair" all;
    drive_park_buried: "park" "buried" all;
    drive_plants_fair: "plants" "fair" all;
    drive_plants_preset: "plants" "preset" all;
    drive_plants_oneway: "plants" "oneway" all;
}

/// Some variants in some weather: `test: "app" "variant" what`, where `what` is a field of [`Weather`].
macro_rules! weather {
    ($($test:ident: $app:literal $variant:literal $($field:ident = $value:expr),+;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                if drives_all() {
                    let weather = Weather { $($field: $value,)+ ..Weather::default() };
                    check_in($app, $variant, &weather).await;
                }
            }
        )*
    };
}

/// Drives a variant in some weather; it must be judged as it is without.
async fn check_in(folder: &str, name: &str, weather: &Weather) {
    let card = score(folder, name, weather).await;
    println!("{}", card.describe(|_| true));
    let app = App::read(folder);
    let wrong = card.describe(|score| fails(app.variant(name), score));
    assert!(wrong.is_empty(), "{weather:?}\n{wrong}");
}

weather! {
    late_books_unasked: "books" "unasked" latency = Some(11);
    late_library_fair: "library" "fair" latency = Some(5);
    late_klaro_linked: "klaro" "linked" latency = Some(3);
    slow_meals_buried: "meals" "buried" slow = true;
    slow_plants_fair: "plants" "fair" slow = true;
    dark_books_fair: "books" "fair" dark = true;
    dark_clinic_stubborn: "clinic" "stubborn" dark = true;
    english_bus_early: "bus" "early" english = true;
    english_klaro_linked: "klaro" "linked" english = true;
    wide_groupbuy_fair: "groupbuy" "fair" desktop = true;
    wide_plants_preset: "plants" "preset" desktop = true;
    scrambled_meals_buried: "meals" "buried" scrambled = true;
    scrambled_clinic_fair: "clinic" "fair" scrambled = true;
    scrambled_circle_essay: "circle" "essay" scrambled = true;
    divs_books_aimed: "books" "aimed" divs = true;
    divs_meals_fair: "meals" "fair" divs = true;
    divs_bus_hostage: "bus" "hostage" divs = true;
    storm_groupbuy_bundle: "groupbuy" "bundle" latency = Some(7), dark = true, english = true, scrambled = true, divs = true;
}

#[test]
fn every_variant_of_every_app_is_driven() {
    let listed: BTreeSet<(String, String)> =
        LISTED.iter().map(|(app, variant)| ((*app).to_owned(), (*variant).to_owned())).collect();
    let mut there = BTreeSet::new();
    for folder in labels::folders() {
        let app = App::read(&folder);
        there.extend(app.variants.keys().map(|variant| (folder.clone(), variant.clone())));
        // A flag that no file and no server knows plants nothing.
        let mut known = BTreeSet::from(["keeps_all".to_owned()]);
        let own = Path::new(server::ZOO).join("apps").join(&folder);
        for place in [own.clone(), own.join("inner")] {
            for file in std::fs::read_dir(place).into_iter().flatten().flatten() {
                known.extend(parts::flags_of(&std::fs::read_to_string(file.path()).unwrap_or_default()));
            }
        }
        for (name, variant) in &app.variants {
            assert!(!variant.what.is_empty(), "{folder}/{name} does not say what it is");
            for flag in &variant.flags {
                assert!(known.contains(flag), "{folder}/{name}: nothing asks for {flag}");
            }
            for item in variant.known_misses.iter() {
                let right = app.labels_of(variant).get(item).copied();
                assert_eq!(right, Some(labels::Right::Violation), "{folder}/{name}: {item} is not planted");
            }
        }
    }
    assert_eq!(listed, there);
}

/// Serves a variant until it is stopped: `ZOO=meals/fair cargo test zoo::serve -- --ignored --nocapture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "for a person who looks at an app"]
async fn serve() {
    let asked = std::env::var("ZOO").expect("ZOO=app/variant");
    let mut all = Vec::new();
    for one in asked.split(',') {
        let (folder, name) = one.split_once('/').expect("ZOO=app/variant");
        let app = App::read(folder);
        let served = server::serve(&app, &app.variant(name).flags, &Weather::default()).await;
        println!("{one} {}", served.url);
        all.push(served);
    }
    std::future::pending::<()>().await;
}

/// Writes `docs/accuracy.md` from the last drive; `scripts/accuracy` drives first.
#[test]
#[ignore = "writes a page of the documentation"]
fn write_accuracy() {
    let cards = score::read_cards();
    assert!(!cards.is_empty(), "nothing was driven: run scripts/accuracy");
    let date = jiff::Zoned::now().date().to_string();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/accuracy.md");
    std::fs::write(path, score::write_table(&cards, &date)).expect("writes");
}

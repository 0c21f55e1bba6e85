//! `candor traffic RECORDING|FILE.har`

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{USAGE, fail, say};
use crate::recording::Recording;
use crate::report::terminal;
use crate::report::traffic::Traffic;
use crate::scenario;
use crate::traffic::company::read_companies;
use crate::traffic::har::read_har;
use crate::traffic::party::{Declared, Parties};
use crate::traffic::{Finder, Plant, kinds};

/// What `candor traffic` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "A recording holds what was found while the app was driven. A HAR file is searched now, for the values that are given:
  candor traffic artifacts/20260301T020000Z-shop
  candor traffic proxy.har --own shop.cn --value phone=16312345678 --value location=30.57391,103.92318
  candor traffic proxy.har --scenario shop.yaml --json

Values are found in addresses, headers, cookies and bodies: plain, percent-encoded (twice), base64, hexadecimal, MD5, SHA-1, SHA-256,
SHA-512 and SM3 of all usual forms, in gzip, deflate, Brotli and Zstandard, in JSON, forms, multipart, protobuf and msgpack, layers inside
of layers. A masked value is none. A keyed hash (HMAC) cannot be told without its key. What could not be read is listed below.

Device identifiers (IMEI, OAID, Android id, IDFA, MAC …) are known by the names of their fields and their shapes.
“(look)” marks a number of an installation, or a coarse place: a person must look at it.

Exit codes: 0 it was read · 2 it cannot be read"
)]
pub struct TrafficArgs {
    /// The recording's folder, or a HAR file
    #[arg(value_name = "RECORDING|FILE.har")]
    from: PathBuf,
    /// A value to look for in a HAR file, such as phone=16312345678; the name says what it is
    #[arg(long = "value", value_name = "KIND=VALUE", value_parser = read_value)]
    values: Vec<(String, String)>,
    /// A scenario whose persona and account are looked for in a HAR file, and whose parties are known
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// A domain of the app's own operator, for a HAR file
    #[arg(long, value_name = "DOMAIN")]
    own: Vec<String>,
    /// A file of companies, in the form of candor's own data
    #[arg(long, value_name = "FILE")]
    companies: Option<PathBuf>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// Reads `KIND=VALUE`.
fn read_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| format!("{text:?} has no `=`; expected one such as phone=16312345678"))?;
    if kinds::kind_of_name(name).kind == "other" && name.is_empty() {
        return Err("the value has no name; expected one such as phone=16312345678".to_owned());
    }
    match Plant::of(name, value) {
        Some(_) => Ok((name.to_owned(), value.to_owned())),
        None => Err(format!(
            "{value:?} is too short to be told from chance; expected 4 characters or 7 digits and more"
        )),
    }
}

pub fn run(args: &TrafficArgs) -> ExitCode {
    let traffic = match args.from.is_dir() {
        true => match Recording::open(&args.from) {
            Ok(recording) => Ok(Traffic::of(&recording)),
            Err(e) => return fail(e, USAGE),
        },
        false => search_har(args),
    };
    match traffic {
        Ok(traffic) if args.json => say(&traffic.json()),
        Ok(traffic) => say(&traffic.table(terminal::width())),
        Err(why) => return fail(why, USAGE),
    }
    ExitCode::SUCCESS
}

fn search_har(args: &TrafficArgs) -> Result<Traffic, String> {
    let mut plants: Vec<Plant> =
        args.values.iter().filter_map(|(name, value)| Plant::of(name, value)).collect();
    let mut declared = Declared::default();
    if let Some(path) = &args.scenario {
        let (scenario, _) = scenario::read(path, crate::probes::names()).map_err(|e| e.to_string())?;
        let values = scenario.values().map_err(|e| e.to_string())?;
        let named = values.iter().filter(|(name, _)| !name.contains("password"));
        plants.extend(named.filter_map(|(name, value)| Plant::of(name, value)));
        declared = scenario.parties.clone();
        if let scenario::Target::Web(web) = &scenario.app.target {
            declared.own.push(web.url.to_string());
        }
    }
    declared.own.extend(args.own.iter().cloned());
    let mut parties = Parties::of("", &declared);
    if let Some(path) = &args.companies {
        parties.add(read_companies(path).map_err(|e| e.to_string())?);
    }
    read_traffic(&args.from, &Finder::new(plants), &parties)
}

fn read_traffic(path: &Path, finder: &Finder, parties: &Parties) -> Result<Traffic, String> {
    let shown = path.display();
    let file = File::open(path).map_err(|e| format!("cannot read {shown}: {e}"))?;
    let mut traffic = Traffic::default();
    let mut number = 0;
    read_har(file, &mut |request| {
        number += 1;
        traffic.add_searched(number, &request.host(), parties, &finder.search(&request));
        true
    })
    .map_err(|e| format!("{shown}: {e}"))?;
    Ok(traffic)
}

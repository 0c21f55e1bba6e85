//! `candor rules [ITEM]`

use std::process::ExitCode;

use clap::Args;
use comfy_table::{ContentArrangement, Table, presets};

use super::{USAGE, fail};
use crate::item::ItemId;
use crate::probes;
use crate::rules::{self, catalogue, guide, sources};
use crate::text::Bilingual;
use crate::thresholds;

/// What `candor rules` takes.
#[derive(Debug, Args)]
pub struct RulesArgs {
    /// The item to explain, such as 1.3; all 31 in a table without it
    item: Option<String>,
}

pub fn run(args: &RulesArgs) -> ExitCode {
    let Some(wanted) = &args.item else {
        let mut table = Table::new();
        table.load_preset(presets::UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(["item", "title", "标题"]);
        for item in &catalogue::get().items {
            table.add_row([item.item.to_string(), item.title.en.clone(), item.title.zh.clone()]);
        }
        println!("{table}");
        print_probes();
        print_thresholds();
        return ExitCode::SUCCESS;
    };
    let item: ItemId = match wanted.parse() {
        Ok(item) => item,
        Err(e) => return fail(e, USAGE),
    };
    let entry = catalogue::entry(item);
    println!("{item} {}\n    {}\n", entry.title.en, entry.title.zh);
    println!("{}\n{}\n", entry.meaning.en, entry.meaning.zh);
    let say = |(en, zh): (&str, &str), text: &Bilingual| println!("{en}: {}\n{zh}：{}\n", text.en, text.zh);
    if let Some(page) = guide::page_of(item) {
        say(("Violation", "违规"), &page.violation);
        say(("Left to a person", "待复核"), &page.review);
        say(("What shows it", "证据"), &page.evidence);
        say(("No violation", "不算"), &page.traps);
    }
    say(("To mend", "整改"), &entry.mend);
    let probes = rules::probes_of(item);
    if !probes.is_empty() {
        println!("Judged from the probes {}\n", probes.join(", "));
    }
    println!("Sources · 依据");
    for source in sources::sources_of(item) {
        let words = source.words();
        println!("  {}\n  {}", words.en, words.zh);
    }
    ExitCode::SUCCESS
}

/// Prints what can be done to an app: the probes that a scenario's `probes:` can name.
fn print_probes() {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["probe", "what it does", "作用", "needs"]);
    for facts in probes::ALL.iter().map(|probe| probe.facts()) {
        let needs = [
            facts.account.then(|| "`account:`".to_owned()),
            facts.leave.map(|leave| format!("`allow: [{leave}]`")),
            facts.person.then(|| "sometimes a person (`--pause`)".to_owned()),
        ];
        let needs: Vec<String> = needs.into_iter().flatten().collect();
        table.add_row([facts.name, facts.does.0, facts.does.1, &needs.join(", ")]);
    }
    println!("{table}");
}

/// The limits that rules use, which a scenario's `thresholds:` can override.
fn print_thresholds() {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["threshold", "value", "unit", "source", "what it limits"]);
    for (name, threshold) in thresholds::all() {
        table.add_row([
            name,
            &threshold.value.to_string(),
            &threshold.unit,
            &threshold.source,
            &threshold.what,
        ]);
    }
    println!("{table}");
}

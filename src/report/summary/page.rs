//! The summary as a page: a matrix of apps by items, and each app's last runs.

use maud::{Markup, html};

use super::{AppSummary, RunSummary, Summary};
use crate::item::ItemId;
use crate::report::html::words::{class, sign, t, verdict};
use crate::report::html::{document, language};
use crate::rules::catalogue;
use crate::text::shown;

/// What the matrix looks like, beside the looks that every page of candor has.
const STYLE: &str = concat!(include_str!("../html/report.css"), include_str!("summary.css"));
/// Height of a trend's tallest bar, and width of one run (px).
const TALL: usize = 26;
const RUN: usize = 9;

/// The summary as a page in one file. `base` is put before the paths of reports, so that they are right from where the
/// page lies; empty where that is the folder that was summed up.
pub fn write(summary: &Summary, base: &str) -> String {
    let failing =
        summary.apps.iter().filter(|app| app.newest().is_some_and(|run| run.counts.violation > 0)).count();
    let apps = summary.apps.len();
    document(
        "candor",
        STYLE,
        include_str!("../html/report.js"),
        &html! {
            header.top {
                (language())
                p.kind { (t("个人信息合规检测汇总", "Personal information audits")) }
                h1 { (t(&format!("{apps} 个应用"), &format!("{apps} app{}", if apps == 1 { "" } else { "s" }))) }
                p.headline.(if failing > 0 { "violation" } else { "conforms" }) {
                    @if failing > 0 {
                        (t(&format!("{failing} 个应用有违规"), &format!("{failing} with violations")))
                    } @else { (t("最近一次运行都没有发现违规", "No violation in any newest run")) }
                }
            }
            main {
                section {
                    h2 { (t("应用与条目", "Apps by items")) }
                    p.rest { (t(
                        "每个应用最近一次运行；带圆点的条目与上一次运行不同。",
                        "The newest run of each app; a dot marks items that turned since the run before.",
                    )) }
                    (matrix(summary, base))
                    (legend())
                }
                (runs(summary, base))
                (skipped(summary))
            }
        },
    )
}

fn matrix(summary: &Summary, base: &str) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="应用与条目 apps by items" {
            table.matrix {
                thead { tr {
                    th scope="col" { (t("应用", "App")) }
                    th scope="col" { (t("违规走势", "Violations")) }
                    @for item in ItemId::all() {
                        th scope="col" title=(format!("{} · {}", catalogue::entry(item).title.zh, catalogue::entry(item).title.en)) { (item) }
                    }
                } }
                tbody {
                    @for app in &summary.apps { (row(app, base)) }
                }
            }
        }
    }
}

fn row(app: &AppSummary, base: &str) -> Markup {
    let report = app.newest().and_then(|run| link(run, base));
    html! {
        tr {
            th scope="row" {
                @let name = shown(&app.app, 60);
                @if let Some(report) = &report { a href=(report) { (name) } } @else { (name) }
                small { (shown(&app.platform, 20)) " · " (app.newest().map(|run| run.begun.strftime("%Y-%m-%d").to_string()).unwrap_or_default()) }
            }
            td { (trend(app)) }
            @for item in &app.items {
                td.(class(item.verdict)).turned[item.turned()] {
                    @let mark = html! {
                        span aria-hidden="true" { (sign(item.verdict)) }
                        span.spoken {
                            (verdict(item.verdict))
                            @if let Some(before) = item.before.filter(|_| item.turned()) {
                                (t("，上次为", ", before: ")) (verdict(before))
                            }
                        }
                    };
                    @match &report {
                        Some(report) => a href=(format!("{report}#i{}", item.item.to_string().replace('.', "-"))) { (mark) },
                        None => (mark),
                    }
                }
            }
        }
    }
}

/// Violations over the last runs as bars, and the last figure.
fn trend(app: &AppSummary) -> Markup {
    let counts: Vec<usize> = app.runs.iter().map(|run| run.counts.violation).collect();
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let said = counts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    html! {
        span.trend {
            svg role="img" width=(counts.len() * RUN) height=(TALL) aria-label=(format!("历次违规数 violations by run: {said}")) {
                @for (at, count) in counts.iter().enumerate() {
                    @let high = (count * (TALL - 3)).div_ceil(most) + 3;
                    rect.(if *count > 0 { "bad" } else { "good" }) x=(at * RUN) y=(TALL - high) width=(RUN - 2) height=(high) rx="1" {}
                }
            }
            b { (counts.last().copied().unwrap_or(0)) }
        }
    }
}

fn legend() -> Markup {
    html! {
        ul.legend {
            @for of in crate::report::html::ORDER {
                li { span.key.(class(of)) aria-hidden="true" { (sign(of)) } " " (verdict(of)) }
            }
        }
    }
}

/// Each app's last runs, the newest first.
fn runs(summary: &Summary, base: &str) -> Markup {
    html! {
        section {
            h2 { (t("各次运行", "Runs")) }
            @for app in &summary.apps {
                details {
                    summary {
                        (shown(&app.app, 60)) " "
                        (t(&format!("最近 {} 次（共 {} 次）", app.runs.len(), app.recorded), &format!("last {} of {}", app.runs.len(), app.recorded)))
                    }
                    ol.runs reversed {
                        @for run in app.runs.iter().rev() {
                            li {
                                @let when = run.begun.strftime("%Y-%m-%d %H:%M UTC").to_string();
                                @match link(run, base) {
                                    Some(report) => a href=(report) { (when) },
                                    None => (when),
                                }
                                " · "
                                (t(&format!("{} 违规，{} 待复核，{} 合规", run.counts.violation, run.counts.review, run.counts.conforms),
                                   &format!("{} violation, {} review, {} conform", run.counts.violation, run.counts.review, run.counts.conforms)))
                                @if run.incomplete { " · " (t("中断", "cut off")) }
                                small { " " (shown(&run.folder, 200)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn skipped(summary: &Summary) -> Markup {
    html! {
        @if !summary.skipped.is_empty() {
            section {
                h2 { (t("未计入的文件夹", "Folders left out")) }
                ul { @for skipped in &summary.skipped { li { b { (shown(&skipped.folder, 200)) } " " (shown(&skipped.why, 400)) } } }
            }
        }
    }
}

/// The address of a run's report from where the page lies.
fn link(run: &RunSummary, base: &str) -> Option<String> {
    let report = run.report.as_ref()?;
    // The parts of an address are written as a file's address would be; a folder's name cannot begin one.
    let encoded = url::Url::from_file_path(format!("/{report}")).ok()?;
    let path = encoded.path().trim_start_matches('/');
    Some(if base.is_empty() { format!("./{path}") } else { format!("{}/{path}", base.trim_end_matches('/')) })
}

#[cfg(test)]
pub(super) fn link_of(run: &RunSummary) -> String {
    link(run, "").unwrap_or_default()
}

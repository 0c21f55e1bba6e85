//! One page for people, in one file: the findings, their pictures, the timeline drawn, the policy's text. Opens from disk;
//! reaches out to nothing, and runs nothing but the few lines that choose the language.

mod findings;
pub mod links;
mod pictures;
mod policy;
mod strip;
mod timeline;
mod traffic;
mod unseen;
pub(super) mod words;

use base64::Engine as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

pub(super) use self::findings::ORDER;
pub use self::links::Links;
use self::pictures::Pictures;
use self::strip::Strips;
use self::words::{class, sign, t, verdict};
use crate::recording::Recording;
use crate::report::form::Form;
use crate::rules::Findings;
use crate::text::{clean, shown};

/// The page's looks.
const STYLE: &str = include_str!("report.css");
/// Follows the browser's language; everything else works without it.
const SCRIPT: &str = include_str!("report.js");

/// `report.html`.
pub const FORM: Form =
    Form { file: "report.html", write: |recording, findings| Ok(write(recording, findings)) };

/// The findings of a recording as a page for the recording's own folder. The same recording and findings give the same
/// bytes.
pub fn write(recording: &Recording, findings: &Findings) -> String {
    write_with(recording, findings, &Links::Inside)
}

/// The findings of a recording as a page. Its pictures are embedded; whole pictures, those that are too many, and other
/// files are linked, as far as links can lead to them from where the page lies.
pub fn write_with(recording: &Recording, findings: &Findings, links: &Links) -> String {
    let mut pictures = Pictures::of(recording.folder());
    let mut strips = Strips::of(recording, links);
    let first = findings::first(findings, &mut strips, &mut pictures);
    let articles = findings::articles(findings, &mut strips, &mut pictures);
    document(
        &clean(&findings.app),
        STYLE,
        SCRIPT,
        &html! {
            header.top {
                (language())
                p.kind { (t("个人信息合规检测报告", "Personal information audit")) }
                h1 { (shown(&findings.app, 200)) }
                @if findings.incomplete {
                    p.cut { (t(
                        "运行中断：未到达的部分没有检测。",
                        "The run was cut off: what it did not reach is not tested.",
                    )) }
                }
                (findings::headline(findings))
                (findings::map(findings))
                (about(recording, findings))
            }
            main {
                (first)
                section.items id="items" {
                    h2.all { (t("全部 31 项", "All 31 items")) }
                    (filter(findings))
                    (articles)
                }
                (unseen::section(recording, findings))
                (timeline::section(recording, links))
                (traffic::section(recording))
                (policy::section(recording, findings, links))
            }
            footer {
                p {
                    (clean(&findings.tool)) " · "
                    (t(
                        "判定只依据本录制；用 candor verify 可核对录制是否被改动，用 candor judge 可重新判定。",
                        "Judged from the recording alone: candor verify tells whether it was changed, candor judge judges it again.",
                    ))
                }
            }
            (pictures.store())
        },
    )
}

/// A whole document around a body: nothing in it can load or run anything but its own style, script and pictures.
pub(super) fn document(title: &str, style: &str, script: &str, body: &Markup) -> String {
    let hash = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
    let policy = format!(
        "default-src 'none'; img-src data:; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    );
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (shown(title, 120)) " · candor" }
                style { (PreEscaped(style)) }
            }
            body {
                (body)
                script { (PreEscaped(script)) }
            }
        }
    }
    .into_string()
}

/// The switch of languages. Both are shown until one is chosen, by the browser's own language or by hand.
pub(super) fn language() -> Markup {
    html! {
        fieldset.language {
            legend.spoken { "语言 Language" }
            @for (value, name, lang) in [("zh", "中文", "zh-CN"), ("en", "English", "en"), ("both", "双语 Both", "zh-CN")] {
                label { input type="radio" name="language" id=(format!("lang-{value}")) value=(value) checked[value == "both"]; span lang=(lang) { (name) } }
            }
        }
    }
}

/// What was audited, when and how.
fn about(recording: &Recording, findings: &Findings) -> Markup {
    let row = |zh: &str, en: &str, value: &str| {
        html! { @if !value.is_empty() { div { dt { (t(zh, en)) } dd { (shown(value, 400)) } } } }
    };
    let seconds = match (recording.entries.first(), recording.entries.last()) {
        (Some(first), Some(last)) => (last.time.as_millisecond() - first.time.as_millisecond()) / 1000,
        _ => 0,
    };
    html! {
        dl.about {
            (row("对象", "Target", &findings.target))
            (row("平台", "Platform", &findings.platform))
            (row("开始", "Begun", &findings.begun.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()))
            (row("用时", "Took", &format!("{}:{:02} min", seconds / 60, seconds % 60)))
            (row("场景", "Scenario", &findings.scenario))
            (row("记录", "Entries", &recording.entries.len().to_string()))
        }
    }
}

/// Which verdicts are listed. Works by style alone.
fn filter(findings: &Findings) -> Markup {
    html! {
        fieldset.filter {
            legend { (t("显示", "Show")) }
            @for of in findings::ORDER {
                label.(class(of)) {
                    input type="checkbox" id=(format!("show-{}", class(of))) checked;
                    span { span aria-hidden="true" { (sign(of)) " " } (verdict(of)) " " b { (findings.standing(of)) } }
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;

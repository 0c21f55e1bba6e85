//! One page for people: the 31 items by article, each finding with its pictures. Opens from disk; reaches out to nothing.

use std::path::Path;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::clean;
use crate::rules::catalogue::{self, Bilingual};
use crate::rules::{Evidence, Finding, Findings, Marks, Verdict};

/// From grave to harmless, as the summary counts them.
const ORDER: [Verdict; 5] =
    [Verdict::Violation, Verdict::Review, Verdict::Conforms, Verdict::NotApplicable, Verdict::NotTested];

/// The findings as a page. Pictures are referred to beside it, so it belongs into the recording's folder.
pub fn write(findings: &Findings) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Nothing of an app's text could load or run anything, even if it got through.
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'";
                title { "candor · " (clean(&findings.app)) }
                style { (PreEscaped(include_str!("html.css"))) }
            }
            body {
                header {
                    h1 { (clean(&findings.app)) }
                    p { (clean(&findings.target)) }
                    p.small { (findings.begun) " · " (clean(&findings.tool)) " · " (clean(&findings.scenario)) }
                    @if findings.incomplete {
                        p.cut { "The run was cut off: what it did not reach is not tested. 运行中断，未到达的部分没有检测。" }
                    }
                    ul.counts {
                        @for verdict in ORDER {
                            li class=(class(verdict)) { b { (findings.count(verdict)) } " " (words(verdict)) }
                        }
                    }
                }
                main {
                    @for article in &catalogue::get().articles {
                        section {
                            h2 { (article.article) " · " (article.title.zh) small { (article.title.en) } }
                            @for finding in findings.findings.iter().filter(|f| f.item.article() == article.article) {
                                (one(finding))
                            }
                        }
                    }
                }
            }
        }
    };
    page.into_string()
}

fn one(finding: &Finding) -> Markup {
    let open = matches!(finding.verdict, Verdict::Violation | Verdict::Review);
    html! {
        details class=(class(finding.verdict)) open[open] {
            summary {
                span.item { (finding.item) }
                span.title { (finding.title.zh) small { (finding.title.en) } }
                span.verdict { (words(finding.verdict)) }
            }
            (both(&finding.reason))
            @if !finding.notes.is_empty() {
                ul { @for note in &finding.notes { li { (both(note)) } } }
            }
            @if !finding.evidence.is_empty() {
                ol.strip { @for evidence in &finding.evidence { (strip(evidence)) } }
            }
            @if finding.verdict == Verdict::Violation {
                h3 { "整改 · How to mend" }
                (both(&catalogue::entry(finding.item).mend))
            }
        }
    }
}

fn strip(evidence: &Evidence) -> Markup {
    let picture = evidence.files.iter().find(|file| is_picture(file));
    html! {
        li class=[evidence.marks.as_ref().map(|_| "marked")] {
            @if let Some(picture) = picture {
                a.picture href=(picture) {
                    img src=(picture) alt=(clean(&evidence.shows.zh)) loading="lazy";
                    @if let Some(marks) = &evidence.marks { (boxes(marks)) }
                }
            }
            p { (clean(&evidence.shows.zh)) small { (clean(&evidence.shows.en)) } }
            @if let Some(marks) = &evidence.marks {
                ol.marks { @for mark in &marks.places { li { (both(&mark.says)) } } }
            }
            p.small {
                "#" (evidence.entry)
                @for file in evidence.files.iter().filter(|file| is_plain(file)) { " " a href=(file) { (file) } }
            }
        }
    }
}

/// Numbered boxes that lie over a picture; what they say stands in a list of the same numbers.
fn boxes(marks: &Marks) -> Markup {
    // A letter is a thirtieth of the picture's width: legible where the picture is shown at a third of its size.
    let letter = marks.width as f32 / 30.0;
    html! {
        svg viewBox=(format!("0 0 {} {}", marks.width, marks.height)) aria-hidden="true" {
            @for (at, mark) in marks.places.iter().enumerate() {
                rect x=(mark.rect.x - letter / 8.0) y=(mark.rect.y - letter / 8.0)
                    width=(mark.rect.width + letter / 4.0) height=(mark.rect.height + letter / 4.0)
                    fill="none" stroke="#c40000" stroke-width=(letter / 8.0) {}
                text x=(mark.rect.x - letter / 3.0) y=(mark.rect.center().1 + letter / 3.0) font-size=(letter)
                    text-anchor="end" fill="#c40000" stroke="#fff" stroke-width=(letter / 5.0) paint-order="stroke" {
                    (at + 1)
                }
            }
        }
    }
}

fn both(text: &Bilingual) -> Markup {
    html! { p { (clean(&text.zh)) small { (clean(&text.en)) } } }
}

fn is_picture(file: &str) -> bool {
    is_plain(file) && Path::new(file).extension().is_some_and(|kind| kind == "png")
}

/// A path that stays in the recording's folder: a judged recording may come from a stranger.
fn is_plain(file: &str) -> bool {
    !file.contains([':', '\\'])
        && Path::new(file).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Violation => "violation",
        Verdict::Conforms => "conforms",
        Verdict::Review => "review",
        Verdict::NotTested => "untested",
        Verdict::NotApplicable => "inapplicable",
    }
}

fn words(verdict: Verdict) -> String {
    let zh = match verdict {
        Verdict::Violation => "违规",
        Verdict::Conforms => "合规",
        Verdict::Review => "待复核",
        Verdict::NotTested => "未检测",
        Verdict::NotApplicable => "不适用",
    };
    format!("{zh} {}", verdict.words())
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;

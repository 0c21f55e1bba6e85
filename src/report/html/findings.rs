//! The findings: what weighs most with a picture each, then all 31 items by article.

use maud::{Markup, html};

use super::pictures::Pictures;
use super::strip::{Strips, way};
use super::words::{both, class, sign, t, verdict};
use crate::rules::catalogue;
use crate::rules::{Finding, Findings, Verdict};

/// From grave to harmless, as the counts and the filter name them.
pub const ORDER: [Verdict; 5] =
    [Verdict::Violation, Verdict::Review, Verdict::Conforms, Verdict::NotApplicable, Verdict::NotTested];

/// The anchor of an item.
pub fn anchor(finding: &Finding) -> String {
    format!("i{}", finding.item.to_string().replace('.', "-"))
}

/// The verdict in one sentence.
pub fn headline(findings: &Findings) -> Markup {
    let count = |verdict| findings.standing(verdict);
    let (violations, reviews, conform) =
        (count(Verdict::Violation), count(Verdict::Review), count(Verdict::Conforms));
    let s = |n: usize| if n == 1 { "" } else { "s" };
    html! {
        p.headline.(if violations > 0 { "violation" } else if reviews > 0 { "review" } else { "conforms" }) {
            // In one text: a space would stand before the comma else.
            @let (zh, en) = match violations {
                0 => ("未发现违规".to_owned(), "No violation found".to_owned()),
                _ => (format!("发现 {violations} 项违规"), format!("{violations} violation{}", s(violations))),
            };
            @let (zh_rest, en_rest) = match reviews {
                0 => (String::new(), String::new()),
                _ => (format!("，{reviews} 项待复核"), format!(", {reviews} to review")),
            };
            (t(&(zh + &zh_rest), &(en + &en_rest)))
        }
        p.rest {
            (t(
                &format!("31 项中 {conform} 项合规，{} 项不适用，{} 项未检测",
                    count(Verdict::NotApplicable), count(Verdict::NotTested)),
                &format!("of 31 items {conform} conform{}, {} not applicable, {} not tested",
                    if conform == 1 { "s" } else { "" }, count(Verdict::NotApplicable), count(Verdict::NotTested)),
            ))
        }
    }
}

/// All 31 at a glance, each leading to its finding.
pub fn map(findings: &Findings) -> Markup {
    html! {
        nav.map aria-label="31 项 items" {
            @for article in &catalogue::get().articles {
                ul {
                    @for finding in findings.findings.iter().filter(|f| f.item.article() == article.article) {
                        li {
                            a class=(class(finding.standing())) href=(format!("#{}", anchor(finding)))
                                title=(format!("{} {} · {}", finding.item, finding.title.zh, finding.title.en)) {
                                (finding.item) " " span.sign aria-hidden="true" { (sign(finding.standing())) }
                                span.spoken { (verdict(finding.standing())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What weighs most, for who has ten seconds: a card for each violation, a line for each review.
pub fn first(findings: &Findings, strips: &mut Strips<'_>, pictures: &mut Pictures<'_>) -> Markup {
    let of = |verdict| findings.findings.iter().filter(move |finding| finding.standing() == verdict);
    html! {
        @if findings.standing(Verdict::Violation) > 0 {
            section.first {
                h2 { (t("违规", "Violations")) }
                ul.cards {
                    @for finding in of(Verdict::Violation) {
                        li.card {
                            @if let Some(drawing) = strips.best(finding, pictures) { div.picture { (drawing) } }
                            div {
                                h3 { span.number { (finding.item) } " " (both(&finding.title)) }
                                p { (both(&finding.reason)) }
                                (stated(finding))
                                p { a href=(format!("#{}", anchor(finding))) { (t("证据与整改 ", "Evidence and mending ")) (finding.item) } }
                            }
                        }
                    }
                }
            }
        }
        @if findings.standing(Verdict::Review) > 0 {
            section.first {
                h2 { (t("待复核", "For a person to decide")) }
                ul.reviews {
                    @for finding in of(Verdict::Review) {
                        li {
                            a href=(format!("#{}", anchor(finding))) { (finding.item) " " (both(&finding.title)) }
                            p { (both(&finding.reason)) }
                            (stated(finding))
                        }
                    }
                }
            }
        }
    }
}

/// All findings by article.
pub fn articles(findings: &Findings, strips: &mut Strips<'_>, pictures: &mut Pictures<'_>) -> Markup {
    html! {
        @for article in &catalogue::get().articles {
            section.article {
                h2 { span.number { (article.article) } " " (both(&article.title)) }
                @for finding in findings.findings.iter().filter(|f| f.item.article() == article.article) {
                    (one(finding, strips, pictures))
                }
            }
        }
    }
}

fn one(finding: &Finding, strips: &mut Strips<'_>, pictures: &mut Pictures<'_>) -> Markup {
    let standing = finding.standing();
    let weighty = matches!(standing, Verdict::Violation | Verdict::Review);
    let entry = catalogue::entry(finding.item);
    html! {
        details.item.(class(standing)) id=(anchor(finding)) open[weighty] {
            summary {
                span.number { (finding.item) }
                h3 { (both(&finding.title)) }
                span.verdict { span aria-hidden="true" { (sign(standing)) " " } (verdict(standing)) }
                span.reason { (both(&finding.reason)) (stated(finding)) }
            }
            div.body {
                p.meaning { (t("该项的含义：", "What the item means: ")) (both(&entry.meaning)) }
                @if !finding.notes.is_empty() {
                    ul.notes { @for note in &finding.notes { li { (both(note)) } } }
                }
                (strips.strip(finding, pictures))
                @if weighty {
                    @if let Some(steps) = strips.way(finding) { (way(&steps)) }
                }
                @if standing == Verdict::Violation {
                    div.mend {
                        h4 { (t("怎样整改", "How to mend it")) }
                        p { (both(&entry.mend)) }
                    }
                }
            }
        }
    }
}

/// What was stated on an item after the run: who, when, what, and which verdict counts. Every statement with its files is
/// in the evidence.
fn stated(finding: &Finding) -> Markup {
    html! { @if let Some(stated) = finding.stated() { span.stated { (both(&stated)) } } }
}

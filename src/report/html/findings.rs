//! The findings: what weighs most with a picture each, then all 31 items by article.

use maud::{Markup, html};

use super::pictures::Pictures;
use super::strip::{Strips, way};
use super::words::{both, class, sign, t, verdict};
use crate::rules::catalogue;
use crate::rules::{Finding, Findings, Table, Verdict, sources};

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
    let untested = count(Verdict::NotTested);
    let tested = findings.findings.len() - untested;
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let accepted = |verdict| match findings.accepted(verdict) {
        0 => (String::new(), String::new()),
        accepted => (format!("（{accepted} 项已接受）"), format!(" ({accepted} accepted)")),
    };
    // Green is for an app of which everything was looked at.
    let class = match (findings.failing(Verdict::Violation), violations + reviews, untested) {
        (1.., _, _) => "violation",
        (_, 1.., _) => "review",
        (_, _, 1..) => "partial",
        _ => "conforms",
    };
    html! {
        p.headline.(class) {
            // In one text: a space would stand before the comma else.
            @let ((zh_accepted, en_accepted), (zh_open, en_open)) = (accepted(Verdict::Violation), accepted(Verdict::Review));
            @let (zh, en) = match (violations, untested) {
                (0, 0) => ("未发现违规".to_owned(), "No violation found".to_owned()),
                (0, _) => (
                    format!("已检测的 {tested} 项中未发现违规"),
                    format!("No violation in the {tested} of {} items that were tested", findings.findings.len()),
                ),
                _ => (
                    format!("发现 {violations} 项违规{zh_accepted}"),
                    format!("{violations} violation{}{en_accepted}", s(violations)),
                ),
            };
            @let (zh_rest, en_rest) = match reviews {
                0 => (String::new(), String::new()),
                _ => (format!("，{reviews} 项待复核{zh_open}"), format!(", {reviews} to review{en_open}")),
            };
            (t(&(zh + &zh_rest), &(en + &en_rest)))
        }
        p.rest {
            (t(
                &format!("31 项中 {conform} 项合规，{} 项不适用，{} 项未检测",
                    count(Verdict::NotApplicable), untested),
                &format!("of 31 items {conform} conform{}, {} not applicable, {} not tested",
                    if conform == 1 { "s" } else { "" }, count(Verdict::NotApplicable), untested),
            ))
            @if untested > 0 { " · " a href="#unseen" { (t("没有看到什么", "what was not seen")) } }
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
                                h3 { span.number { (finding.item) } " " (both(&finding.title)) (mark(finding)) }
                                (todo(finding))
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
                            a href=(format!("#{}", anchor(finding))) { (finding.item) " " (both(&finding.title)) } (mark(finding))
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
                span.verdict { span aria-hidden="true" { (sign(standing)) " " } (verdict(standing)) (mark(finding)) }
                span.reason { (both(&finding.reason)) (stated(finding)) }
            }
            div.body {
                @if standing == Verdict::Violation { (todo(finding)) }
                p.meaning { (t("该项的含义：", "What the item means: ")) (both(&entry.meaning)) }
                @if !finding.notes.is_empty() {
                    ul.notes { @for note in &finding.notes { li { (both(note)) } } }
                }
                @for table in &finding.tables { (draw_table(table)) }
                (strips.strip(finding, pictures))
                @if weighty {
                    @if let Some(steps) = strips.way(finding) { (way(&steps)) }
                }
                (sources_of(finding))
            }
        }
    }
}

/// What an engineer does about a violation, and where it was seen first.
fn todo(finding: &Finding) -> Markup {
    let mend = &catalogue::entry(finding.item).mend;
    html! {
        div.mend {
            h4 {
                (t("怎样整改", "How to mend it"))
                @if let Some(screen) = first_screen(finding) {
                    " · " (t(&format!("见界面 {screen}"), &format!("seen on screen {screen}")))
                }
            }
            p { (both(mend)) }
        }
    }
}

/// The number of the first screen in a finding's evidence: `screens/0007.png` is 7.
fn first_screen(finding: &Finding) -> Option<u32> {
    let files = finding.evidence.iter().flat_map(|evidence| &evidence.files);
    let number = |file: &String| file.strip_prefix("screens/")?.split('.').next()?.parse().ok();
    files.filter_map(number).next()
}

/// Where the item's criterion stands, with the section; and how to link to the finding.
fn sources_of(finding: &Finding) -> Markup {
    html! {
        div.sources {
            h4 { (t("依据", "Sources")) }
            ul { @for source in sources::sources_of(finding.item) { li { (both(&source.words())) } } }
            p { a href=(format!("#{}", anchor(finding))) { (t("指向此项的链接", "link to this finding")) } }
        }
    }
}

/// What was held against what.
fn draw_table(table: &Table) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(format!("{} {}", table.title.zh, table.title.en)) {
            table.compared {
                caption { (both(&table.title)) }
                thead { tr { @for name in &table.head { th scope="col" { (both(name)) } } } }
                tbody { @for row in &table.rows { tr { @for cell in row { td { (both(cell)) } } } } }
            }
        }
    }
}

/// What was stated on an item after the run: who, when, what, and which verdict counts. Every statement with its files is
/// in the evidence. Then who accepts the finding, or did until it was over.
fn stated(finding: &Finding) -> Markup {
    html! {
        @if let Some(stated) = finding.stated() { span.stated { (both(&stated)) } }
        @if let Some(accepted) = finding.acceptance() {
            span.stated.accepted[finding.is_accepted()] { (both(&accepted)) }
        }
    }
}

/// That a finding is accepted, beside its verdict.
fn mark(finding: &Finding) -> Markup {
    html! { @if finding.is_accepted() { " " span.mark { (t("已接受", "accepted")) } } }
}

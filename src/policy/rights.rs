//! What a person may do: rights with the ways to use them, withdrawal and cancellation among them, and what cancelling asks for.

use super::document::{BlockKind, Document};
use super::folding::fold;
use super::marks::{Hits, Marked, Section, Set};
use super::statement::{Condition, Fact, Right, Statement, Way};

const RIGHTS: [(Set, Right); 8] = [
    (Set::RightAccess, Right::Access),
    (Set::RightCorrect, Right::Correct),
    (Set::RightDelete, Right::Delete),
    (Set::RightCopy, Right::Copy),
    (Set::RightWithdraw, Right::Withdraw),
    (Set::RightCancel, Right::Cancel),
    (Set::RightExplain, Right::Explain),
    (Set::RightRefusePush, Right::RefusePush),
];

/// Conditions with the words for each.
const CONDITIONS: [(Set, Condition); 10] = [
    (Set::CondHandHeld, Condition::HandHeld),
    (Set::CondIdentityPhoto, Condition::IdentityPhoto),
    (Set::CondFace, Condition::Face),
    (Set::CondPaper, Condition::Paper),
    (Set::CondPhoneCall, Condition::PhoneCall),
    (Set::CondDebt, Condition::NothingOpen),
    (Set::CondUnbind, Condition::Unbind),
    (Set::CondHistory, Condition::History),
    (Set::CondCode, Condition::Code),
    (Set::CondReason, Condition::Reason),
];

/// Sentences behind one that names a right in which a way to it may stand (ours).
const WAYS_WITHIN: usize = 3;

/// Reads the statements on rights and on conditions of cancelling.
pub fn read(document: &Document, sentences: &[Marked<'_>], found: &mut Vec<Statement>) {
    for at in 0..sentences.len() {
        for (right, ways, sure) in rights_of(document, sentences, at) {
            let fact = Fact::Right { right, ways };
            found.push(Statement::new(fact, document, &sentences[at]).sure_if(sure));
        }
        conditions(document, sentences, at, found);
    }
}

fn rights_of(document: &Document, sentences: &[Marked<'_>], at: usize) -> Vec<(Right, Vec<Way>, bool)> {
    let sentence = &sentences[at];
    let heading = document.blocks[sentence.block].kind == BlockKind::Heading;
    let in_chapter = sentence.section == Section::Rights;
    let away = matches!(
        sentence.section,
        Section::Children | Section::Definitions | Section::Exemptions | Section::Sharing | Section::Security
    );
    if sentence.has(Set::Exempt) || sentence.has(Set::Definition) && !in_chapter {
        return Vec::new();
    }
    let may = sentence.has(Set::SaysRight);
    let mut all = Vec::new();
    for (set, right) in RIGHTS {
        if !sentence.has(set) {
            continue;
        }
        let named = match right {
            // Words of everyday use are rights where a person may do it to what is theirs.
            Right::Access | Right::Correct | Right::Delete | Right::Copy | Right::Explain => {
                (in_chapter && (may || heading) || may && owns(sentence)) && !sentence.has(Set::NotRight)
                    || in_chapter && may && !denied(sentence)
            }
            Right::Withdraw => may && !about_complaints(sentence) || in_chapter && !denied(sentence),
            Right::Cancel => (may || in_chapter) && !about_past_cancelling(sentence),
            Right::RefusePush => sentence.has(Set::TurnOff),
        };
        if !named {
            continue;
        }
        let mut ways = ways_in(sentence);
        let next_names_another = |next: &Marked<'_>| {
            document.blocks[next.block].kind == BlockKind::Heading
                && RIGHTS.iter().any(|(set, _)| next.has(*set))
        };
        if ways.is_empty() {
            for next in sentences[at + 1..].iter().take(WAYS_WITHIN) {
                if next_names_another(next) || !same_chapter(document, sentence, next, heading) {
                    break;
                }
                ways.extend(ways_in(next));
                if !ways.is_empty() {
                    break;
                }
            }
        }
        ways.sort();
        ways.dedup();
        let sure = !away && (!ways.is_empty() || !heading && in_chapter);
        all.push((right, ways, sure));
    }
    all
}

/// Tells whether a sentence speaks of what belongs to a person.
fn owns(sentence: &Marked<'_>) -> bool {
    !sentence.kinds.is_empty()
        || [
            "个人信息",
            "您的信息",
            "你的信息",
            "上述信息",
            "这些信息",
            "资料",
            "记录",
            "your information",
            "personal information",
            "personal data",
            "your data",
        ]
        .iter()
        .any(|word| sentence.folded.contains(word))
}

fn denied(sentence: &Marked<'_>) -> bool {
    [
        "不能",
        "无法",
        "不支持",
        "暂不支持",
        "我们将删除",
        "我们会删除",
        "将会删除",
        "将您的个人信息进行删除",
        "匿名化",
    ]
    .iter()
    .any(|word| sentence.folded.contains(word))
}

fn about_complaints(sentence: &Marked<'_>) -> bool {
    ["撤回投诉", "撤回消息", "撤回申请", "撤回评论"].iter().any(|word| sentence.folded.contains(word))
}

/// Tells whether a sentence says what happens once the account is gone, not how it goes.
fn about_past_cancelling(sentence: &Marked<'_>) -> bool {
    let after = [
        "注销后",
        "注销账号后",
        "注销账户后",
        "注销之后",
        "已注销",
        "注销帐号后",
        "注销成功后",
        "注销完成后",
    ];
    after.iter().any(|word| sentence.folded.contains(word)) && ways_in(sentence).is_empty()
}

fn same_chapter(document: &Document, sentence: &Marked<'_>, next: &Marked<'_>, heading: bool) -> bool {
    let (own, other) = (&document.blocks[sentence.block].headings, &document.blocks[next.block].headings);
    own == other
        || heading && other.starts_with(own)
        || document.blocks[next.block].lead == Some(sentence.block)
}

/// Returns the ways that a sentence names.
fn ways_in(sentence: &Marked<'_>) -> Vec<Way> {
    let path = ["-", "—", "→", ">", "–", "»", "~"].iter().any(|mark| sentence.text.contains(mark))
        && (sentence.has(Set::WayApp) || sentence.text.contains(['“', '【', '「', '[', '"']));
    let named =
        ["点击", "进入", "我的", "个人中心", "页面", "设置", "首页", "长按", "settings", "tap", "menu"]
            .iter()
            .filter(|word| sentence.folded.contains(**word))
            .count();
    let mut ways = Vec::new();
    let system = sentence.has(Set::WaySystem);
    if (path || named >= 1 && !system || named >= 2) && !sentence.folded.contains("设置必要") {
        ways.push(Way::InApp);
    }
    if sentence.has(Set::WayContact) || sentence.text.contains('@') {
        ways.push(Way::ByContact);
    }
    if system {
        ways.push(Way::InSystem);
    }
    ways
}

fn conditions(document: &Document, sentences: &[Marked<'_>], at: usize, found: &mut Vec<Statement>) {
    let sentence = &sentences[at];
    let heading_cancels = document.blocks[sentence.block]
        .headings
        .iter()
        .chain(&document.blocks[sentence.block].lead)
        .any(|at| Hits::of(&fold(&document.blocks[*at].text)).has(Set::RightCancel));
    let near = at.checked_sub(1).is_some_and(|before| {
        sentences[before].has(Set::RightCancel) && sentences[before].block == sentence.block
    });
    let cancelling = sentence.has(Set::RightCancel);
    if !(cancelling || heading_cancels || near) || sentence.has(Set::CondNot) {
        return;
    }
    for (set, condition) in CONDITIONS {
        if sentence.has(set)
            && (sentence.has(Set::CondAsks) || heading_cancels && condition == Condition::NothingOpen)
        {
            // "to use this function we scan your face; cancel the account if you do not want it" asks for nothing.
            let sure = cancelling || heading_cancels;
            found.push(Statement::new(Fact::Condition { condition }, document, sentence).sure_if(sure));
        }
    }
}

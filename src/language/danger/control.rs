//! One control and all that is known of it: words, names, form, address, the row that it stands in, and what the dialog
//! or the screen around it says.

use super::Danger;
use super::names::{is_harmless, of_address, pays_in, strong_in, weak_in};
use super::words::{grave_end, is_answer, is_onward, of_label};
use crate::language::lexicon::{Meaning, fold, means};
use crate::screen::{Role, Screen};

/// Where candor walks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// As a guest: nothing there is anybody's.
    #[default]
    Guest,
    /// In somebody's account.
    Account,
}

/// Deeds for which a page says what its “next” is about: grave ones, as a page says much.
const OF_PAGES: [&str; 9] =
    ["pay", "transfer", "delete", "clear", "reset", "cancel", "cancel_account", "unbind", "withdraw_consent"];
/// Longer sentences explain; shorter ones name what is about to be done (characters; ours).
const SENTENCE: usize = 60;
/// A line of a page that names what the page is about (characters; ours).
const TITLE: usize = 24;
/// A row's height at most, and its width at least as a share of the screen's (dp; ours).
const ROW: (f32, f32) = (160.0, 0.5);
/// A bar of tabs begins this far down the screen (share of its height) and is no higher (dp); names in it are this long at most
/// (characters; ours).
const BAR_TOP: f32 = 0.85;
const BAR_HEIGHT: f32 = 90.0;
const BAR_NAME: usize = 8;
/// Names of which a bar of tabs has one.
const BAR_PLACES: [&str; 10] =
    ["首页", "主页", "首頁", "我的", "我", "个人中心", "home", "me", "profile", "account"];
/// Signs that people know to open, close or turn something.
const SIGNS: [&str; 16] = ["‹", "›", "<", ">", "«", "»", "←", "→", "☰", "≡", "⋮", "…", "...", "^", "▾", "▼"];
/// Signs that close.
const CLOSES: [&str; 5] = ["×", "✕", "✖", "x", "╳"];

/// What a screen says around its controls, read once.
#[derive(Debug)]
pub struct Surroundings<'a> {
    screen: &'a Screen,
    /// The layer on top of the rest.
    dialog: Option<usize>,
    /// What the dialog asks for.
    asked: Option<Danger>,
    /// What the page is about.
    page: Option<Danger>,
}

impl<'a> Surroundings<'a> {
    /// Reads a screen.
    pub fn of(screen: &'a Screen) -> Surroundings<'a> {
        let dialog = top_layer(screen);
        let asked = dialog.and_then(|at| named_in(&text_lines(screen, at)));
        Surroundings { screen, dialog, asked, page: page_deed(screen) }
    }

    /// The screen that was read.
    pub fn screen(&self) -> &'a Screen {
        self.screen
    }

    /// What the control would do that candor must not; `None` where it only shows something.
    pub fn danger_of(&self, at: usize, place: Place) -> Option<Danger> {
        let element = self.screen.elements.get(at)?;
        let label = self.screen.label(at);
        if let Some(danger) = self.by_words(at, &label).or_else(|| self.by_code(at)) {
            return Some(danger);
        }
        if is_wordless(&label) {
            return self.without_words(at, label.trim(), place);
        }
        let inside = self.dialog.is_some_and(|top| self.screen.is_within(at, top));
        if is_answer(&label) {
            let asked = self.asked.clone().filter(|_| inside);
            return asked.or_else(|| Some(Danger::new("answer", format!("“{}” confirms", fold(&label)))));
        }
        if is_onward(&label) {
            let about = if inside { &self.asked } else { &self.page };
            let by_name = || pays_in(&self.names(at)).filter(|_| element.role != Role::Link);
            return about.clone().or_else(|| self.row_deed(at)).or_else(by_name);
        }
        None
    }

    /// By every word of the control: what it shows, what it is called, what is written in it.
    fn by_words(&self, at: usize, label: &str) -> Option<Danger> {
        let element = &self.screen.elements[at];
        // 收藏 and 关注 in the bar at the bottom are places.
        let place = |danger: &Danger| ["like", "follow"].contains(&danger.deed.as_str());
        if of_label(label).as_ref().is_some_and(place) && is_in_tab_bar(self.screen, at) {
            return None;
        }
        let inner = self.screen.text_within(at);
        of_label(label)
            .or_else(|| of_label(&element.name).filter(|_| element.name != label))
            .or_else(|| of_label(&inner).filter(|_| inner != label))
            .or_else(|| element.hints.split('\u{1f}').skip(1).find_map(of_label))
    }

    /// By the names in the app's code, by its form and by its address, its own and those around it that a tap reaches.
    fn by_code(&self, at: usize) -> Option<Danger> {
        let screen = self.screen;
        let around = std::iter::once(at).chain(screen.ancestors(at).take(3)).map(|at| &screen.elements[at]);
        // /join behind 注册 is the form for registering, not a group that one joins.
        let registers = means(&screen.label(at), Meaning::Register);
        let only_joins = |href: &str| registers && of_address(&href.replace("join", "")).is_none();
        let address = around
            .filter(|element| !element.href.is_empty() && !only_joins(&element.href))
            .find_map(|element| of_address(&element.href));
        address.or_else(|| of_form(&screen.elements[at].form)).or_else(|| strong_in(&self.names(at)))
    }

    /// Ids, classes, icons and handlers of a control and of what is drawn in it.
    fn names(&self, at: usize) -> String {
        let mut names = String::new();
        for inner in std::iter::once(at).chain(self.screen.descendants(at).take(8)) {
            let element = &self.screen.elements[inner];
            if inner != at && element.tappable.is_some() && element.tap_at.is_some() {
                continue;
            }
            // A resource id's own name comes last: com.shop:id/btn_delete.
            let id = element.id.rsplit(['/', ':']).next().unwrap_or_default();
            let hints = element.hints.split('\u{1f}').next().unwrap_or_default();
            for name in [id, hints] {
                names.push(' ');
                names.push_str(name);
            }
            // An icon's alternative text is often its file's name.
            if element.name.is_ascii() {
                names.push(' ');
                names.push_str(&element.name.replace(' ', "-"));
            }
        }
        names
    }

    /// An icon, a sign or a number: opened only where something says that it is harmless, and never in an account.
    fn without_words(&self, at: usize, label: &str, place: Place) -> Option<Danger> {
        if let Some(danger) = self.row_deed(at) {
            return Some(danger);
        }
        let element = &self.screen.elements[at];
        let inside = self.dialog.is_some_and(|top| self.screen.is_within(at, top));
        let closes = CLOSES.contains(&label);
        if inside && closes {
            return None;
        }
        if place == Place::Account {
            return Some(Danger::new("unknown", "no words, in an account"));
        }
        let names = self.names(at);
        if let Some(danger) = weak_in(&names) {
            return Some(danger);
        }
        let harmless = SIGNS.contains(&label)
            || element.role == Role::Tab
            || is_harmless(&names)
            || leads_within(&element.href, &self.screen.address);
        // A cross in a row takes the row away.
        let harmless = harmless && !(closes && self.row_of(at).is_some());
        (!harmless).then(|| Danger::new("unknown", "no words, and nothing says that it is harmless"))
    }

    /// What the words of the control's row say that it does.
    fn row_deed(&self, at: usize) -> Option<Danger> {
        let row = self.row_of(at)?;
        let deed = of_label(&self.screen.text_within(row))?;
        Some(Danger::new(&deed.deed, format!("its row says {}", deed.because)))
    }

    /// The row that a control stands in: the nearest thing around it that has words and the shape of a row.
    fn row_of(&self, at: usize) -> Option<usize> {
        let screen = self.screen;
        let own = screen.text_within(at);
        screen.ancestors(at).take(4).find(|&outer| {
            let rect = screen.elements[outer].rect;
            let text = screen.text_within(outer);
            screen.dp(rect.height) <= ROW.0
                && rect.width >= ROW.1 * screen.width
                && text.chars().count() > own.chars().count()
        })
    }
}

/// Whether a control stands in the bar at the bottom with which people change between an app's parts: three to five controls of
/// short names side by side, of which one leads home or to the person's own.
fn is_in_tab_bar(screen: &Screen, at: usize) -> bool {
    let rect = screen.elements[at].rect;
    if rect.y < BAR_TOP * screen.height || screen.dp(rect.height) > BAR_HEIGHT {
        return false;
    }
    let beside: Vec<String> = (0..screen.elements.len())
        .filter(|&other| {
            let element = &screen.elements[other];
            element.seen
                && element.tappable.is_some()
                && (element.rect.y - rect.y).abs() < 1.0
                && (element.rect.width - rect.width).abs() < rect.width * 0.2
        })
        .map(|other| fold(&screen.label(other)))
        .collect();
    (3..=5).contains(&beside.len())
        && beside.iter().all(|label| label.chars().count() <= BAR_NAME)
        && beside.iter().any(|label| BAR_PLACES.contains(&label.as_str()))
}

/// What a control would do, by all that its screen shows of it. For many controls of one screen read its
/// [`Surroundings`] once.
pub fn of_control(screen: &Screen, at: usize, place: Place) -> Option<Danger> {
    Surroundings::of(screen).danger_of(at, place)
}

/// What pressing Enter in a field would do: its words, its names, the form that it sends.
pub fn of_field(screen: &Screen, at: usize) -> Option<Danger> {
    let element = screen.elements.get(at)?;
    let around = Surroundings { screen, dialog: None, asked: None, page: None };
    let names = around.names(at);
    of_form(&element.form)
        .or_else(|| of_label(&screen.label(at)))
        .or_else(|| strong_in(&names))
        .or_else(|| weak_in(&names))
}

/// What an alert, or the dialog on top of a screen, asks a person to do; `None` where it names no deed.
pub fn in_question(screen: &Screen) -> Option<Danger> {
    match &screen.alert {
        Some(text) => named_in(text),
        None => top_layer(screen).and_then(|at| named_in(&text_lines(screen, at))),
    }
}

/// A form that sends something, or whose address names a deed: `post /order/create`.
fn of_form(form: &str) -> Option<Danger> {
    let (method, action) = form.split_once(' ').unwrap_or((form, ""));
    if matches!(method, "" | "dialog") {
        return None;
    }
    if method != "get" {
        return Some(Danger::new("sends_form", format!("a form by {}", method.to_uppercase())));
    }
    of_address(action)
}

/// Signs, numbers and prices alone tell nothing.
fn is_wordless(label: &str) -> bool {
    !label.chars().any(char::is_alphabetic) || CLOSES.contains(&label.trim())
}

/// A link with an address of the app itself.
fn leads_within(href: &str, address: &str) -> bool {
    let origin = |text: &str| {
        let (scheme, rest) = text.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        Some((scheme.to_ascii_lowercase(), host.to_ascii_lowercase()))
    };
    let names_place = !href.ends_with('#') && !href.to_ascii_lowercase().starts_with("javascript:");
    names_place && origin(href).is_some() && origin(href) == origin(address)
}

/// The layer on top of the rest that shows words and has something to tap.
fn top_layer(screen: &Screen) -> Option<usize> {
    let last = (0..screen.elements.len()).rev().find(|&at| {
        let element = &screen.elements[at];
        element.overlay
            && element.seen
            && !screen.text_within(at).is_empty()
            && screen.descendants(at).any(|inner| screen.elements[inner].tappable.is_some())
    })?;
    Some(screen.ancestors(last).filter(|&outer| screen.elements[outer].overlay).last().unwrap_or(last))
}

/// A layer's words, a line an element.
fn text_lines(screen: &Screen, at: usize) -> String {
    let own = std::iter::once(at).chain(screen.descendants(at));
    own.map(|at| screen.elements[at].text.as_str())
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The deed that a text asks for: by a short sentence that names one, or a longer one that asks.
fn named_in(text: &str) -> Option<Danger> {
    const ASKS: [&str; 10] = [
        "确定",
        "确认",
        "是否",
        "将被",
        "即将",
        "吗",
        "are you sure",
        "do you want",
        "will be",
        "cannot be undone",
    ];
    text.split(['\n', '。', '！', '!', '；', '?', '？']).find_map(|sentence| {
        let folded = fold(sentence);
        let tells = folded.chars().count() <= SENTENCE || ASKS.iter().any(|word| folded.contains(word));
        let grave = of_label(sentence).filter(Danger::is_grave).or_else(|| grave_end(sentence));
        grave.filter(|_| tells)
    })
}

/// What a page is about: a short line of its own, no control's, that names a grave deed.
fn page_deed(screen: &Screen) -> Option<Danger> {
    let lines = screen.elements.iter().enumerate().filter(|(at, element)| {
        element.seen
            && !element.text.is_empty()
            && element.text.chars().count() <= TITLE
            && element.tappable.is_none()
            && !screen.ancestors(*at).take(3).any(|outer| screen.elements[outer].tappable.is_some())
    });
    let titles =
        std::iter::once(screen.title.as_str()).chain(lines.map(|(_, element)| element.text.as_str()));
    titles
        .filter_map(|line| {
            of_label(line)
                .filter(|danger| OF_PAGES.contains(&danger.deed.as_str()))
                .or_else(|| grave_end(line))
        })
        .next()
}

#[cfg(test)]
#[path = "control_tests.rs"]
mod tests;

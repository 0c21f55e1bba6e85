//! The source of a page as a [`Document`]: headings, paragraphs, entries of lists and rows of tables, from whatever soup of
//! tags it is. Nothing is run and nothing is fetched; Word's pages are read like any other.

use html5gum::{StartTag, Token, Tokenizer};

use super::document::{BlockKind, Builder, Document, MOST_CELLS, MOST_CHARACTERS};
use super::outline;

/// Elements whose text is not the page's.
const UNSEEN: [&str; 11] = [
    "script", "style", "noscript", "template", "head", "title", "svg", "select", "iframe", "object",
    "textarea",
];
/// Elements that stand inside a line of text and do not end it.
const INLINE: [&str; 26] = [
    "b", "span", "a", "i", "em", "strong", "u", "s", "font", "small", "sup", "sub", "mark", "code", "label",
    "abbr", "time", "ins", "del", "q", "cite", "img", "wbr", "big", "tt", "bdi",
];
/// Elements without an end.
const EMPTY: [&str; 8] = ["br", "hr", "img", "input", "meta", "link", "wbr", "col"];

/// Tells whether an element stands inside a line; so do those of other vocabularies, such as Word's `o:p`.
fn is_inline(name: &str) -> bool {
    INLINE.contains(&name) || name.contains(':')
}

/// Reads the source of a page.
pub fn read(source: &str) -> Document {
    let mut page = Page::default();
    for token in Tokenizer::new(source) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => page.begin(&tag),
            Token::EndTag(tag) => page.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => page.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
        if page.written > MOST_CHARACTERS * 2 {
            break;
        }
    }
    page.end_row();
    page.finish_block();
    page.builder.finish()
}

#[derive(Default)]
struct Page {
    builder: Builder,
    /// The block that is being written.
    block: String,
    /// Depth of the heading that it is, 0 for none.
    heading: u8,
    /// It is an entry of a list.
    item: bool,
    /// How many elements deep what is not seen is, with its name.
    unseen: Option<(String, usize)>,
    /// Cells of the row that is being written; `None` outside of rows.
    row: Option<Vec<String>>,
    /// A cell of that row is being written.
    in_cell: bool,
    /// The next row is the first of its table.
    new_table: bool,
    /// Words that are bold, of the block: one that is bold as a whole can be a heading.
    bold: usize,
    bold_depth: usize,
    written: usize,
}

impl Page {
    fn begin(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if let Some((unseen, depth)) = &mut self.unseen {
            *depth += usize::from(*unseen == name && !tag.self_closing);
            return;
        }
        let attribute = |name: &str| {
            tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).to_lowercase())
        };
        let style = attribute("style").unwrap_or_default().replace(' ', "");
        let hidden = style.contains("display:none")
            || style.contains("mso-hide:all")
            || tag.attributes.contains_key("hidden".as_bytes());
        if (UNSEEN.contains(&name.as_str()) || hidden) && !EMPTY.contains(&name.as_str()) && !tag.self_closing
        {
            self.unseen = Some((name, 1));
            return;
        }
        match name.as_str() {
            "br" | "hr" => match self.row {
                Some(_) => self.block.push(' '),
                None => self.finish_block(),
            },
            "img" => {
                if let Some(alt) = attribute("alt") {
                    self.push(&alt);
                }
            }
            "table" => {
                self.end_row();
                self.finish_block();
                self.new_table = true;
            }
            "tr" => {
                // The cell before may not have been ended: what is written is its text then, and no block.
                self.end_row();
                self.finish_block();
                self.row = Some(Vec::new());
            }
            "td" | "th" => {
                if self.row.is_none() {
                    self.finish_block();
                    self.row = Some(Vec::new());
                }
                self.end_cell();
                self.in_cell = true;
            }
            "li" | "dd" | "dt" => {
                self.break_block();
                self.item = true;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.break_block();
                self.heading = name.as_bytes()[1] - b'0';
            }
            "b" | "strong" => self.bold_depth += 1,
            inline if is_inline(inline) => {}
            _ => self.break_block(),
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((unseen, depth)) = &mut self.unseen {
            if *unseen == name {
                *depth -= 1;
                if *depth == 0 {
                    self.unseen = None;
                }
            }
            return;
        }
        match name {
            "td" | "th" => self.end_cell(),
            "tr" => self.end_row(),
            "table" => self.end_row(),
            "b" | "strong" => self.bold_depth = self.bold_depth.saturating_sub(1),
            inline if is_inline(inline) => {}
            _ => {
                self.break_block();
                if ["li", "ul", "ol", "dl"].contains(&name) {
                    self.item = false;
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.unseen.is_none() {
            let before = self.block.chars().count();
            self.push(text);
            if self.bold_depth > 0 {
                self.bold += self.block.chars().count() - before;
            }
        }
    }

    /// Adds text to the block, its white space as a single space.
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                if !self.block.ends_with(' ') && !self.block.is_empty() {
                    self.block.push(' ');
                }
            } else {
                self.block.push(c);
            }
        }
        self.written += text.len();
    }

    /// Ends a block where rows are not concerned: in a cell it is a space.
    fn break_block(&mut self) {
        match self.row {
            Some(_) => {
                if !self.block.is_empty() && !self.block.ends_with(' ') {
                    self.block.push(' ');
                }
            }
            None => self.finish_block(),
        }
    }

    fn end_cell(&mut self) {
        // What stands between cells is white space, or a caption that is in the wrong place.
        let cell = std::mem::take(&mut self.block);
        let inside = std::mem::take(&mut self.in_cell) || !cell.trim().is_empty();
        self.bold = 0;
        if let Some(row) = &mut self.row
            && inside
            && row.len() < MOST_CELLS
        {
            row.push(cell.trim().replace('\t', " "));
        }
    }

    fn end_row(&mut self) {
        if self.row.is_some() {
            self.end_cell();
        }
        let Some(cells) = self.row.take() else { return };
        match cells.iter().filter(|cell| !cell.is_empty()).count() {
            0 => {}
            // A table that only holds the page's layout is none.
            1 => {
                let text = cells.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default();
                self.write(&text);
            }
            _ => {
                self.builder.add(BlockKind::Row, &cells.join("\t"), 0, self.new_table);
                self.builder.skip("\n");
                self.new_table = false;
            }
        }
    }

    fn finish_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let text = block.trim();
        let (heading, item) = (std::mem::take(&mut self.heading), self.item);
        let bold = std::mem::take(&mut self.bold);
        if text.is_empty() {
            return;
        }
        let length = text.chars().count();
        let whole_bold = bold + 1 >= length && length <= 36 && !text.ends_with(['。', '；', '，']);
        let (kind, level) = match heading {
            0 => match outline::heading_level(text) {
                Some(level) if !item || whole_bold => (BlockKind::Heading, level.max(2)),
                _ if whole_bold && !item => (BlockKind::Heading, 4),
                _ if item || outline::is_entry(text) => (BlockKind::Item, 0),
                _ => (BlockKind::Paragraph, 0),
            },
            level if length <= 80 => (BlockKind::Heading, level),
            _ => (BlockKind::Paragraph, 0),
        };
        self.builder.add(kind, text, level, false);
        self.builder.skip("\n");
    }

    fn write(&mut self, text: &str) {
        self.block = text.to_owned();
        self.finish_block();
    }
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;

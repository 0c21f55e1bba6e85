//! A policy's form: [`Document`], blocks of text in order, each with its place and the headings above it.

use serde::Serialize;

use super::outline;

/// Characters of a document that are read (ours): the longest policies have 60,000; what comes behind is left and told of.
pub const MOST_CHARACTERS: usize = 1_000_000;
/// Blocks of a document that are read (ours): a table of 3,000 rows has 3,000.
pub const MOST_BLOCKS: usize = 60_000;
/// Cells of a row that are read (ours).
pub const MOST_CELLS: usize = 40;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    Heading,
    Paragraph,
    /// An entry of a list.
    Item,
    /// A row of a table; its cells stand between tabs.
    Row,
}

/// A piece of a document that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    pub kind: BlockKind,
    pub text: String,
    /// Where it begins in the document's text (characters).
    pub at: usize,
    /// Depth of a heading, 1 the highest; 0 for anything else.
    pub level: u8,
    /// The headings above it, as places in [`Document::blocks`], the highest first.
    #[serde(skip)]
    pub headings: Vec<usize>,
    /// The block that introduces the list in which it stands ("… the following:").
    #[serde(skip)]
    pub lead: Option<usize>,
    /// The row that names the columns of its table.
    #[serde(skip)]
    pub columns: Option<usize>,
}

impl Block {
    /// Returns the cells of a row; the whole text of anything else.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.text.split('\t').take(MOST_CELLS).map(str::trim)
    }
}

/// A policy as blocks of text.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Document {
    /// Its whole text; places are counted in characters of it.
    pub text: String,
    pub blocks: Vec<Block>,
    /// It was longer than candor reads: what comes behind was left.
    pub cut: bool,
}

impl Document {
    /// Returns the titles of the headings above a block, the highest first.
    pub fn section_of(&self, block: usize) -> Vec<String> {
        let Some(found) = self.blocks.get(block) else { return Vec::new() };
        found.headings.iter().map(|&at| self.blocks[at].text.trim().chars().take(60).collect()).collect()
    }

    /// Returns characters from a place on, without line ends.
    pub fn passage(&self, at: usize, length: usize) -> String {
        self.text.chars().skip(at).take(length).map(|c| if c == '\n' { ' ' } else { c }).collect()
    }
}

/// Puts a document together, block by block.
#[derive(Debug, Default)]
pub struct Builder {
    document: Document,
    characters: usize,
    /// The headings that are open, with their levels.
    open: Vec<(usize, u8)>,
    lead: Option<usize>,
    /// Entries of its list were seen since.
    in_list: bool,
    columns: Option<usize>,
}

impl Builder {
    /// Adds white space or other text that belongs to no block.
    pub fn skip(&mut self, text: &str) {
        if !self.document.cut {
            self.characters += text.chars().count();
            self.document.text.push_str(text);
        }
    }

    /// Adds a block. `new_table` for the first row of a table.
    pub fn add(&mut self, kind: BlockKind, text: &str, level: u8, new_table: bool) {
        let length = text.chars().count();
        if self.document.cut
            || self.characters + length > MOST_CHARACTERS
            || self.document.blocks.len() >= MOST_BLOCKS
        {
            self.document.cut = true;
            return;
        }
        let number = self.document.blocks.len();
        if kind == BlockKind::Heading {
            while self.open.last().is_some_and(|(_, open)| *open >= level) {
                self.open.pop();
            }
        }
        match kind {
            BlockKind::Row if new_table => self.columns = Some(number),
            BlockKind::Row => {}
            _ => self.columns = None,
        }
        let listed = matches!(kind, BlockKind::Item | BlockKind::Row | BlockKind::Heading);
        if kind == BlockKind::Paragraph && self.in_list {
            (self.lead, self.in_list) = (None, false);
        }
        let lead = self.lead.filter(|_| kind != BlockKind::Heading || outline::is_entry(text));
        self.document.blocks.push(Block {
            kind,
            text: text.to_owned(),
            at: self.characters,
            level: if kind == BlockKind::Heading { level } else { 0 },
            headings: self.open.iter().map(|(at, _)| *at).collect(),
            lead,
            columns: self.columns.filter(|columns| kind == BlockKind::Row && *columns != number),
        });
        if kind == BlockKind::Heading {
            self.open.push((number, level));
            if !outline::is_entry(text) {
                (self.lead, self.in_list) = (None, false);
            }
        }
        if outline::introduces(text) && kind != BlockKind::Row {
            (self.lead, self.in_list) = (Some(number), false);
        } else if listed && self.lead.is_some() {
            self.in_list = true;
        }
        self.characters += length;
        self.document.text.push_str(text);
    }

    /// Ends the document.
    pub fn finish(self) -> Document {
        self.document
    }
}

//! YAML as a tree in which everything knows its place.
//! In: YAML text, where it stands, and the rule that its findings belong to. Out: a tree of located nodes, read as
//! far as it can be; readers that turn nodes into texts, lists, numbers.
//! Never knows: what a key means, which file the text is from.
//!
//! This is the one home of the YAML crate: no other module names it. The tree is built from the parser's events
//! and not by deserialising into types, since a typed reading ends at its first error, and here a broken entry
//! costs that entry only.

mod read;
mod repair;
mod serialize;
#[cfg(test)]
mod tests;
mod tree;

pub use read::FieldReader;

use crate::diagnostic::{Parsed, Rule};
use crate::source::{Located, Span};

/// More values than any playbook or front matter has. Aliases count with all that they stand for, which is what
/// ends an alias bomb.
const MOST_NODES: usize = 20_000;
/// Deeper than any playbook is nested.
const MOST_DEPTH: usize = 32;
/// More aliases than any playbook has.
const MOST_ALIASES: usize = 100;
/// After this many syntax errors the rest of a text stays unread: each costs more passes.
const MOST_REPAIRS: usize = 8;

/// A value and its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct YamlNode {
    /// A text without its quotes or block mark; a list or mapping from its first to its last byte. A value that
    /// is left out stands where its key or its `-` does.
    pub span: Span,
    /// What is there.
    pub content: NodeContent,
}

/// What a node is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NodeContent {
    /// Nothing, `~` or `null`.
    Null,
    /// Text, number, boolean, date: as spelled.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<YamlNode>),
    /// Keys and values.
    Mapping(Mapping),
    /// Something that could not be read; a finding says why, and no reader says more.
    Unreadable,
}

/// A text with its spelling kept: `1.10`, `012` and `yes` are these very characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scalar {
    /// Escapes and folds decoded.
    pub text: String,
    /// How it was written.
    pub style: QuoteStyle,
}

/// How a text was written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum QuoteStyle {
    /// Without quotes: may also mean a number or a boolean.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// After `|` or `>`.
    Block,
}

/// Keys and values in the order of the text, each key once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mapping {
    /// In the order of the text.
    pub entries: Vec<MappingEntry>,
    /// Some line in it could not be read: what is missing may have been there.
    pub incomplete: bool,
}

/// A key and its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MappingEntry {
    /// The key, without quotes.
    pub key: Located<String>,
    /// What it is given.
    pub value: YamlNode,
}

impl YamlNode {
    /// The text, when it is one. The line break at the end of a block is left out, since nobody means it.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            NodeContent::Scalar(Scalar { text, style: QuoteStyle::Block }) => Some(text.trim_end()),
            NodeContent::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The texts of a list, or the one text that stands for itself: what filters and facts ask for.
    #[must_use]
    pub fn as_texts(&self) -> Vec<&str> {
        match &self.content {
            NodeContent::Sequence(items) => items.iter().filter_map(Self::as_text).collect(),
            _ => self.as_text().into_iter().collect(),
        }
    }
}

impl Mapping {
    /// The entry of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&MappingEntry> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }
}

/// Reads one document. `text` stands at `at`; what is wrong with it is found as `rule`.
///
/// A syntax error costs the entry in which it stands: that value is [`Content::Unreadable`], the rest is read.
#[must_use]
pub fn parse(text: &str, at: Span, rule: &'static Rule) -> Parsed<YamlNode> {
    // The parser ends at its first error. So the entry to blame is blanked out, byte for byte, and all is read once
    // more: one broken step must not hide the others.
    let mut repaired = repair::RecoveredText::new(text);
    let mut errors = Vec::new();
    let mut repairs = 0;
    loop {
        let reading = tree::read(&repaired, at, rule);
        if let Some(failure) = &reading.failure {
            let (finding, next) = repaired.repair(failure, at, rule);
            errors.extend(finding);
            repairs += 1;
            if next == repair::Continue::Again && repairs < MOST_REPAIRS {
                continue;
            }
        }
        errors.extend(reading.found);
        // Repairs are found in the order in which the parser met them, which is not that of the text: a bracket left
        // open is noticed at the end.
        errors.sort_by_key(|finding| finding.span);
        return Parsed { value: reading.root, found: errors };
    }
}

fn too_deep() -> String {
    format!("nested more than {MOST_DEPTH} levels deep")
}

//! YAML as a tree of nodes with spans.
//! In: YAML text, its location, and the rule for its findings. Out: a tree that is as complete as possible, and readers
//! that turn nodes into strings, lists and numbers.
//!
//! This is the only module that uses the YAML crate. The tree is built from parser events instead of deserializing into
//! types, because a typed reading stops at its first error. Here, a broken entry costs only that entry.

mod day;
mod read;
mod repair;
mod serialize;
#[cfg(test)]
mod tests;
mod tree;

pub use day::is_day;
pub use read::FieldReader;

use crate::diagnostic::{Parsed, Rule};
use crate::source::{Located, Span};

/// More values than any playbook or front matter has. Aliases count with everything they refer to, which stops alias
/// bombs.
const MOST_NODES: usize = 20_000;
/// Deeper than any playbook is nested.
const MOST_DEPTH: usize = 32;
/// More aliases than any playbook has.
const MOST_ALIASES: usize = 100;
/// After this many syntax errors, the rest of a text isn't read: each error costs more passes.
const MOST_REPAIRS: usize = 8;

/// A value with its span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct YamlNode {
    /// The range of a scalar without its quotes or block indicator, or of a whole list or mapping. A missing value is
    /// at its key or its `-`.
    pub span: Span,
    /// The content.
    pub content: NodeContent,
    /// The tag in front of it, as written: `!ENV`. `None` unless tags were asked for with [`parse_with_tags`].
    pub tag: Option<Box<str>>,
}

/// What becomes of tags that are not YAML's own.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum CustomTags {
    /// They are findings: here, nobody gives them a meaning.
    Reported,
    /// They are kept, for a reader that knows the program whose tags they are.
    Kept,
}

/// The content of a node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NodeContent {
    /// Nothing, `~` or `null`.
    Null,
    /// A string, number, boolean or date, as spelled.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<YamlNode>),
    /// A mapping.
    Mapping(Mapping),
    /// Something that couldn't be parsed. It already has a finding, so readers don't report it again.
    Unreadable,
}

/// A scalar that keeps its spelling: `1.10`, `012` and `yes` are exactly these characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scalar {
    /// With escapes and folds decoded.
    pub text: String,
    /// How it was written.
    pub style: QuoteStyle,
}

/// The style of a scalar.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum QuoteStyle {
    /// Unquoted: can also be a number or a boolean.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// A block scalar: `|` or `>`.
    Block,
}

/// A mapping in source order, without duplicate keys.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mapping {
    /// In source order.
    pub entries: Vec<MappingEntry>,
    /// Whether some line in it couldn't be parsed, so that a missing key may have been there.
    pub incomplete: bool,
}

/// A key and its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MappingEntry {
    /// The key, without quotes.
    pub key: Located<String>,
    /// Its value.
    pub value: YamlNode,
}

impl YamlNode {
    /// The string, if it's one, without the line break at the end of a block scalar, which is never meant.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            NodeContent::Scalar(Scalar { text, style: QuoteStyle::Block }) => Some(text.trim_end()),
            NodeContent::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The strings of a list, or a single string as a list, for filters and facts.
    #[must_use]
    pub fn as_texts(&self) -> Vec<&str> {
        match &self.content {
            NodeContent::Sequence(items) => items.iter().filter_map(Self::as_text).collect(),
            _ => self.as_text().into_iter().collect(),
        }
    }
}

impl Mapping {
    /// The entry with a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&MappingEntry> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }
}

/// Reads one document. `text` is at `at`, and problems are reported as `rule`.
///
/// A syntax error costs only its entry: that value is [`NodeContent::Unreadable`], and the rest is read.
#[must_use]
pub fn parse(text: &str, at: Span, rule: &'static Rule) -> Parsed<YamlNode> {
    parse_all(text, at, rule, CustomTags::Reported)
}

/// The same for the settings of another program, whose tags say what a value is: `!ENV [NAME, default]`.
#[must_use]
pub fn parse_with_tags(text: &str, at: Span, rule: &'static Rule) -> Parsed<YamlNode> {
    parse_all(text, at, rule, CustomTags::Kept)
}

fn parse_all(text: &str, at: Span, rule: &'static Rule, tags: CustomTags) -> Parsed<YamlNode> {
    // The parser ends at its first error. So the entry to blame is blanked out, byte for byte, and all is read once
    // more: one broken step must not hide the others.
    let mut repaired = repair::RecoveredText::new(text);
    let mut errors = Vec::new();
    let mut repairs = 0;
    loop {
        let reading = tree::read(&repaired, at, rule, tags);
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

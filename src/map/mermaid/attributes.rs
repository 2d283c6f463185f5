//! `@{ shape: …, label: … }` behind a node.

use std::ops::Range;

use super::Parser;
use super::cursor::{Cursor, is_blank, trim};
use super::entry::DiagramEntryId;
use super::label::Notation;
use super::shape;
use super::words::{LabelWords, string};
use crate::map::graph::Shape;
use crate::source::Part as _;

impl Parser<'_> {
    /// Eats `@{ shape: …, label: … }`.
    pub(super) fn attributes(&mut self, entry: Option<DiagramEntryId>, id: &Range<usize>) {
        let start = self.cursor.at;
        self.cursor.at += 2;
        let mut shape = None;
        let mut label = None;
        loop {
            self.cursor.eat_while(|c| is_blank(c) || c == '\n' || c == ',');
            if self.cursor.eat("}") {
                break;
            }
            if arrow_stands_at(self.cursor) {
                self.unclosed_attributes(start..self.cursor.at);
                break;
            }
            // What is left of the line belongs to the broken list. What stands on the next is read again.
            let Some((key, value)) = attribute(&mut self.cursor) else {
                self.cursor.at = start + 2;
                let end = self.cursor.near_line_end();
                self.cursor.at = self.cursor.rest().find('\n').map_or(end, |at| end.min(self.cursor.at + at));
                self.unclosed_attributes(start..self.cursor.at);
                break;
            };
            match self.cursor.text.part(key) {
                "shape" => shape = self.named_shape(value.range.clone()).or(shape),
                "label" => label = Some(value),
                // Icons, images and the ways of edges change nothing a map says.
                _ => {}
            }
        }
        let Some(entry) = entry else { return };
        if let Some(words) = label {
            self.declare(entry, id, &words, shape);
        } else if let Some(shape) = shape {
            let known = self.build.at(entry);
            known.shape = Some(shape);
            known.declared = true;
        }
    }

    fn unclosed_attributes(&mut self, range: Range<usize>) {
        let range = trim(self.cursor.text, range);
        self.syntax_with(range, "unclosed `@{`", |found| found.help("write `@{ shape: …, label: \"…\" }`"));
    }

    fn named_shape(&mut self, range: Range<usize>) -> Option<Shape> {
        let name = self.cursor.text.part(range.clone());
        let known = shape::named(name);
        if known.is_none() {
            let near = self.near(name, shape::names());
            self.syntax_with(range, format!("unknown shape `{name}`"), |found| found.help_if(near));
        }
        known
    }
}

/// Eats `key: value` of an attribute list.
fn attribute(cursor: &mut Cursor) -> Option<(Range<usize>, LabelWords)> {
    // JSON is written here as well, with its keys in quotes.
    let quoted = cursor.eat("\"");
    let key = cursor.eat_while(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if quoted && !cursor.eat("\"") {
        return None;
    }
    cursor.skip_blanks();
    if key.is_empty() || !cursor.eat(":") {
        return None;
    }
    cursor.skip_blanks();
    if let Some(words) = string(cursor) {
        return Some((key, words));
    }
    if cursor.eat("'") {
        let range = cursor.eat_while(|c| c != '\'');
        return cursor.eat("'").then_some((key, LabelWords { range, notation: Notation::Text }));
    }
    let start = cursor.at;
    loop {
        cursor.eat_while(|c| !matches!(c, ',' | '}' | '\n'));
        let end = cursor.at;
        if !cursor.eat(",") || attribute_follows(*cursor) {
            cursor.at = end;
            break;
        }
    }
    if !is_closed(*cursor) {
        let value = cursor.text.part(start..cursor.at);
        cursor.at = start + ARROWS.iter().filter_map(|arrow| value.find(arrow)).min().unwrap_or(value.len());
    }
    let range = trim(cursor.text, start..cursor.at);
    Some((key, LabelWords { range, notation: Notation::Text }))
}

/// How the arrows begin that may follow a list of attributes.
const ARROWS: [&str; 4] = [" --", " ==", " -.", " ~~~"];

/// Whether an arrow stands here, where an attribute should: the list was never closed.
fn arrow_stands_at(cursor: Cursor<'_>) -> bool {
    ARROWS.iter().any(|arrow| cursor.rest().starts_with(arrow.trim_start()))
}

/// Whether a list of attributes is closed behind here, before the next one is opened.
fn is_closed(cursor: Cursor<'_>) -> bool {
    let near = cursor.near();
    let rest = near.rest();
    rest.find('}').is_some_and(|close| rest.find("@{").is_none_or(|open| close < open))
}

/// Whether a comma ends a value: `label: Sign, then file` holds one that does not.
fn attribute_follows(mut cursor: Cursor<'_>) -> bool {
    cursor.skip_blanks();
    cursor.eat("\"");
    let key = cursor.word().len();
    cursor.at += key;
    cursor.eat("\"");
    cursor.skip_blanks();
    if key > 0 { cursor.peek() == Some(':') } else { cursor.peek().is_none_or(|c| matches!(c, '\n' | '}')) }
}

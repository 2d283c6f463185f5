//! Parses chains of nodes and arrows: `A & B -->|label| C --> D`.

use std::ops::Range;

use super::arrow::{self, Arrow};
use super::build::{MOST_EDGES, PendingEdge};
use super::cursor::{is_blank, trim};
use super::entry::DiagramEntryId;
use super::label::Notation;
use super::vertex::id;
use super::words::{Enclosed, LabelWords, enclosed};
use super::{Parser, TOO_LARGE};
use crate::map::graph::Shape;
use crate::source::{Located, Part as _};

/// An arrow and everything written on it.
struct Drawn {
    arrow: Arrow,
    words: Option<LabelWords>,
    range: Range<usize>,
}

impl Parser<'_> {
    /// `A & B -->|label| C --> D`
    pub(super) fn chain(&mut self) {
        let start = self.cursor.at;
        let mut from = self.vertices();
        if from.is_empty() {
            return;
        }
        let first = if let [only] = from.as_slice() { Some(*only) } else { None };
        let mut edges = 0;
        while let Some(drawn) = self.arrow() {
            let behind = self.cursor;
            self.cursor.skip_space();
            let target = self.cursor.at;
            let on_next_line = self.cursor.text.part(behind.at..target).contains('\n');
            // An arrow at the end of a line goes on to a node on the next, as in Mermaid. It must not take `end` for
            // one: the subgraph would never be closed.
            let to = if on_next_line && self.keyword_stands_here() { Vec::new() } else { self.vertices() };
            // That the diagram is too large has been said, and why the arrow has no node follows from it.
            if to.is_empty() && self.found.last().is_some_and(|last| last.rule.code == TOO_LARGE.code) {
                return;
            }
            if to.is_empty() {
                self.syntax_with(drawn.range, "missing target of the arrow", |found| {
                    found.help("add the node that the arrow leads to")
                });
                if self.cursor.at == target {
                    // What is left of the line follows from this; what stands on the next does not.
                    self.cursor = behind;
                    self.cursor.eat_while(|c| c != '\n' && c != ';');
                }
                return;
            }
            self.connect(&from, &to, &drawn);
            from = to;
            edges += 1;
        }
        let alone = first.filter(|_| edges == 0 && self.cursor.is_at_statement_end());
        // Only a statement of its own says where a node lies; an arrow may name it from anywhere.
        if let Some(entry) = alone {
            let line = self.own_line(start);
            self.settle(entry);
            let entry = self.build.at(entry);
            entry.declared = true;
            entry.place.line = line;
        }
    }

    /// The line of a statement that starts at `start` and ends here, when nothing else stands on it.
    fn own_line(&self, start: usize) -> Option<Located<String>> {
        let text = self.cursor.text;
        let line_start = self.line_start(start)?;
        let end = self.cursor.line_end() + 1;
        let alone = text.get(self.cursor.at..end)?.chars().all(|c| is_blank(c) || c == '\n');
        let span = self.span(line_start..end);
        (alone && span.len() == end - line_start).then(|| Located::new(text.part(line_start..end).to_owned(), span))
    }

    /// Where the line starts on which nothing but blanks stands before `at`.
    pub(super) fn line_start(&self, at: usize) -> Option<usize> {
        // Lines are looked at no further than people indent them.
        const DEEPEST_INDENT: usize = 64;
        let before = self.cursor.text.part(..at);
        let indent = before.bytes().rev().take(DEEPEST_INDENT).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        before.part(..at - indent).ends_with('\n').then_some(at - indent)
    }

    /// `A & B & C`
    fn vertices(&mut self) -> Vec<DiagramEntryId> {
        let mut entries = Vec::new();
        while let Some(entry) = self.vertex() {
            entries.push(entry);
            let mut ahead = self.cursor;
            ahead.skip_blanks();
            if !ahead.eat("&") {
                break;
            }
            ahead.skip_space();
            self.cursor = ahead;
        }
        entries
    }

    /// Eats an arrow with its label; it may stand on the next line. Gives what was written, all of it.
    fn arrow(&mut self) -> Option<Drawn> {
        let mut ahead = self.cursor;
        ahead.skip_blanks();
        let start = ahead.at;
        let mut named = ahead;
        let name = id(&mut named).filter(|_| named.eat("@") && !named.rest().starts_with(['{', '"']));
        let arrow = if let Some(name) = name {
            ahead = named;
            let arrow = arrow::lex(&mut ahead)?;
            self.edge_ids.insert(self.cursor.text.part(name));
            arrow
        } else {
            if ahead.peek() == Some('\n') || ahead.rest().starts_with("%%") {
                ahead.skip_space();
                // A line may start with a node called `x`, so only what cannot be an id goes on with a chain.
                ahead.peek().filter(|c| matches!(c, '-' | '=' | '~' | '<' | '.'))?;
            }
            arrow::lex(&mut ahead)?
        };
        let arrow_start = if self.cursor.text.part(start..ahead.at).starts_with('\n') {
            trim(self.cursor.text, start..ahead.at).start
        } else {
            start
        };
        self.cursor = ahead;
        let range = arrow_start..ahead.at;
        if !arrow.finished {
            let written = self.cursor.text.part(range.clone());
            self.syntax_with(range.clone(), format!("unfinished arrow `{written}`"), |found| {
                found.help("write `-->` or `-- words -->`")
            });
        }
        self.arrow_words.extend(arrow.words.iter().map(|words| words.range.clone()));
        let words = self.pipe_label().or_else(|| arrow.words.clone());
        let range = range.start..self.cursor.at;
        Some(Drawn { arrow, words, range: trim(self.cursor.text, range) })
    }

    /// `|words|` behind an arrow.
    fn pipe_label(&mut self) -> Option<LabelWords> {
        let mut ahead = self.cursor;
        ahead.skip_blanks();
        let start = ahead.at;
        if !ahead.eat("|") {
            return None;
        }
        self.cursor = ahead;
        match enclosed(&mut self.cursor, &[("|", Shape::Rectangle)]) {
            Enclosed::Whole(words, _) | Enclosed::AroundClass { words, .. } => Some(self.straight(words)),
            Enclosed::Unquoted(words, _) => Some(self.unquoted(words)),
            Enclosed::OpenQuote(words, _) => Some(self.half_quoted(words)),
            Enclosed::Unclosed { words, .. } => {
                let label = self.cursor.text.part(words.range.clone());
                self.syntax_with(start..words.range.end, format!("unclosed label `|{label}`"), |found| {
                    found.help("end it with `|`")
                });
                // The last word is the node that the arrow leads to: better a short label than a lost node.
                let last = label
                    .rfind(is_blank)
                    .map_or(0, |at| at + label.part(at..).chars().next().map_or(0, char::len_utf8));
                self.cursor.at = words.range.start + last;
                let range = trim(self.cursor.text, words.range.start..self.cursor.at);
                (!range.is_empty()).then_some(LabelWords { range, notation: Notation::Text })
            }
        }
    }

    /// Ties each of `from` to each of `to`.
    fn connect(&mut self, from: &[DiagramEntryId], to: &[DiagramEntryId], drawn: &Drawn) {
        let words = drawn.words.as_ref();
        let label = words.map(|words| words.label(self.cursor.text)).filter(|label| !label.lines.is_empty());
        let span = self.span(drawn.range.clone());
        for (from, to) in from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to))) {
            if self.build.links.len() >= MOST_EDGES {
                return self.too_large(drawn.range.clone(), &format!("more than {MOST_EDGES} edges"));
            }
            let Arrow { line, tail, head, length, .. } = drawn.arrow;
            let style = Vec::new();
            self.build.links.push(PendingEdge {
                from,
                to,
                label: label.clone(),
                line,
                tail,
                head,
                length,
                style,
                span,
            });
        }
    }
}

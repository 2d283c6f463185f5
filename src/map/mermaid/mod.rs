//! Mermaid flowcharts, as people write them.
//! In: the text of a diagram and where it came from. Out: a `Graph` and every statement that could not be
//! understood, at its place.
//! Never knows: tables, layout, pages.
//!
//! Reading never stops: whatever is wrong costs the statement it stands in, or less.

mod arrow;
mod build;
mod chain;
mod click;
mod cursor;
mod header;
mod label;
mod looks;
mod scope;
mod shape;
mod statement;
mod style;
mod subgraph;
mod vertex;
mod words;

use std::ops::Range;

use build::Builder;
use cursor::Cursor;

use super::graph::Graph;
use crate::diagnostic::{Diagnostic, Findings, Parsed, Rule};
use crate::text::{Origin, Span};

/// A diagram that cannot be read.
pub static SYNTAX: Rule = Rule::error("diagram/syntax", include_str!("syntax.md"));

/// A diagram that is larger than can be drawn.
pub static TOO_LARGE: Rule = Rule::error("diagram/too-large", include_str!("too_large.md"));

/// A statement about something the diagram does not have.
pub static UNKNOWN_ID: Rule = Rule::warning("diagram/unknown-id", include_str!("unknown_id.md"));

/// What the text of a diagram turned out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Diagram {
    /// A flowchart, understood.
    Flowchart(Graph),
    /// Another of Mermaid's diagrams.
    Other {
        /// Its first word: `sequenceDiagram`.
        kind: String,
        /// Where the word stands.
        span: Span,
    },
}

/// Reads a diagram.
#[must_use]
pub fn parse(text: &str, origin: &Origin) -> Parsed<Diagram> {
    let mut parser = Parser {
        cursor: Cursor::new(text),
        origin,
        found: Vec::new(),
        build: Builder::default(),
        pending: Vec::new(),
        edge_ids: Vec::new(),
    };
    if let Some(other) = parser.header() {
        return Parsed { value: other, found: parser.found };
    }
    parser.statements();
    parser.finish()
}

/// Reads a flowchart from front to back, filling the builder.
struct Parser<'a> {
    cursor: Cursor<'a>,
    origin: &'a Origin,
    found: Findings,
    build: Builder,
    /// Statements about ids that may be declared further down.
    pending: Vec<statement::Pending>,
    /// Names given to edges: `e1@-->`.
    edge_ids: Vec<&'a str>,
}

impl Parser<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        self.origin.span(range)
    }

    /// Notes something that cannot be read.
    fn syntax(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.syntax_with(range, message, |found| found);
    }

    /// Notes something that cannot be read, with help or a repair.
    fn syntax_with(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        more: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let finding = SYNTAX.at(self.span(range), message);
        self.found.push(more(finding));
    }
}

#[cfg(test)]
mod tests;

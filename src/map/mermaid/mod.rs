//! Mermaid flowcharts, as people write them.
//! In: the text of a diagram and where it came from. Out: a `Graph` and every statement that could not be
//! understood, at its place.
//! Never knows: tables, layout, pages.
//!
//! Reading never stops: whatever is wrong costs the statement it stands in, or less.

mod arrow;
mod attributes;
mod build;
mod chain;
mod click;
mod contradiction;
mod cursor;
mod entry;
mod header;
mod label;
mod looks;
mod pending;
mod scope;
mod shape;
mod statement;
mod style;
mod subgraph;
mod vertex;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use build::GraphBuilder;
use cursor::Cursor;

use super::graph::Graph;
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed, Rule, nearest};
use crate::source::{SourceMap, Span};

/// A diagram that cannot be read.
pub static SYNTAX: Rule = Rule::error("diagram/syntax", include_str!("syntax.md"));

/// A diagram that is larger than can be drawn.
pub static TOO_LARGE: Rule = Rule::error("diagram/too-large", include_str!("too_large.md"));

/// A label in the curly quotes of a word processor.
pub static CURLY_QUOTES: Rule = Rule::warning("diagram/curly-quotes", include_str!("curly_quotes.md"));

/// A statement about something the diagram does not have.
pub static UNKNOWN_ID: Rule = Rule::warning("diagram/unknown-id", include_str!("unknown_id.md"));

/// Statements that do not go together: Mermaid follows one of them and says nothing of the other.
pub static CONTRADICTION: Rule = Rule::warning("diagram/contradiction", include_str!("contradiction.md"));

/// What the text of a diagram turned out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::large_enum_variant, reason = "one for each diagram, and nearly all of them are flowcharts")]
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
pub fn parse(text: &str, origin: &SourceMap) -> Parsed<Diagram> {
    let mut parser = Parser {
        cursor: Cursor::new(text),
        origin,
        found: Vec::new(),
        build: GraphBuilder::default(),
        head: 0..0,
        pending: Vec::new(),
        edge_ids: BTreeSet::new(),
        classes_named: Vec::new(),
        styled: Vec::new(),
        arrow_words: Vec::new(),
    };
    if let Some(other) = parser.header() {
        return Parsed { value: other, found: parser.found };
    }
    // Whatever is wrong, all of it is read: one slip must not hide the next.
    parser.statements();
    parser.finish()
}

/// Reads a flowchart from front to back, filling the builder.
struct Parser<'a> {
    cursor: Cursor<'a>,
    origin: &'a SourceMap,
    found: Diagnostics,
    build: GraphBuilder,
    /// The word that says that this is a flowchart.
    head: Range<usize>,
    /// Statements about ids that may be declared further down.
    pending: Vec<pending::Pending>,
    /// Names given to edges: `e1@-->`.
    edge_ids: BTreeSet<&'a str>,
    /// Classes given to something, and by `class` to whom.
    classes_named: Vec<(Range<usize>, Vec<Range<usize>>)>,
    /// Ids that `style` names.
    styled: Vec<Range<usize>>,
    /// The words of `-- words -->`.
    arrow_words: Vec<Range<usize>>,
}

impl Parser<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        self.origin.span(range)
    }

    /// "Did you mean", as long as it is worth its cost: a text that is wrong throughout is no text of
    /// misspelt names.
    fn near<'n>(&self, name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<String> {
        did_you_mean(self.found.len(), name, candidates)
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

/// The name that was probably meant, for the first findings of a diagram and among the first names in it: each
/// question costs a look at every name.
pub(super) fn did_you_mean<'n>(
    findings: usize,
    name: &str,
    candidates: impl IntoIterator<Item = &'n str>,
) -> Option<String> {
    meant(findings, name, candidates).map(|near| format!("did you mean `{near}`?"))
}

/// The same name as it is.
pub(super) fn meant<'n>(findings: usize, name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    const FINDINGS: usize = 50;
    const NAMES: usize = 500;
    // Ids of three letters are all near each other: `D9` is as near to `D1` as to `D2`. Only letter case can slip there.
    const SHORTEST: usize = 4;
    if findings >= FINDINGS {
        return None;
    }
    let is_short = name.chars().count() < SHORTEST;
    let may_be_meant = |candidate: &&str| !is_short || candidate.to_lowercase() == name.to_lowercase();
    nearest(name, candidates.into_iter().take(NAMES).filter(may_be_meant))
}

#[cfg(test)]
mod tests;

//! Parses `subgraph` and `end`.

use std::ops::Range;

use super::cursor::{Cursor, trim};
use super::label::Notation;
use super::subgraph::{DEEPEST, OpenSubgraph, Subgraph};
use super::words::{Enclosed, LabelWords, enclosed, string};
use super::{Parser, SYNTAX, TOO_LARGE};
use crate::map::graph::{LanePlace, Shape};
use crate::source::{Located, Part as _, Span};

impl<'a> Parser<'a> {
    /// `subgraph id [title]`
    pub(super) fn subgraph(&mut self, behind: Cursor<'a>) {
        let keyword = self.cursor.at..behind.at;
        self.cursor = behind;
        self.cursor.skip_blanks();
        let (name, title) = self.subgraph_name();
        let text = self.cursor.text;
        let span = self.span(name.clone().filter(|name| !name.is_empty()).unwrap_or(keyword.clone()));
        let written = (name.as_ref() != Some(&title.range))
            .then(|| Located::new(text.part(title.range.clone()).to_owned(), self.span(title.range.clone())));
        let id = name.map(|name| text.part(name).to_owned());
        let mut around = self.build.scopes.iter().rev().take(DEEPEST);
        if let Some(id) = id.as_ref().filter(|id| around.any(|scope| scope.id.as_ref() == Some(id))) {
            self.found.push(
                SYNTAX.at(span, format!("subgraph `{id}` is inside itself")).help("give the inner one a different id"),
            );
        }
        // It is opened all the same: its `end` must not close another one.
        if self.build.scopes.len() == DEEPEST {
            let finding = TOO_LARGE.at(span, format!("subgraphs are nested deeper than {DEEPEST} levels"));
            self.found.push(finding.help("deeper subgraphs are drawn at this level"));
        }
        self.build.scopes.push(OpenSubgraph { id, title: title.label(text), written, span, members: Vec::new() });
    }

    /// The id and the title. A title of several words alone is no id, as in Mermaid.
    fn subgraph_name(&mut self) -> (Option<Range<usize>>, LabelWords) {
        let text = self.cursor.text;
        let is_id = |range: &Range<usize>| !range.is_empty() && !text.part(range.clone()).contains(char::is_whitespace);
        if let Some(words) = string(&mut self.cursor) {
            return (Some(words.range.clone()).filter(is_id), words);
        }
        let start = self.cursor.at;
        self.cursor.eat_while(|c| !matches!(c, '\n' | ';' | '[' | '%'));
        // One `%` is a letter of the title, two begin a comment.
        while self.cursor.peek() == Some('%') && !self.cursor.rest().starts_with("%%") {
            self.cursor.at += 1;
            self.cursor.eat_while(|c| !matches!(c, '\n' | ';' | '[' | '%'));
        }
        let name = trim(text, start..self.cursor.at);
        if let Some(words) = self.without_curly_quotes(name.clone()) {
            return (Some(words.range.clone()).filter(is_id), words);
        }
        if self.cursor.peek() == Some('[') && !name.is_empty() {
            return (Some(name), self.subgraph_title());
        }
        (Some(name.clone()).filter(is_id), LabelWords { range: name, notation: Notation::Text })
    }

    /// `[title]`
    fn subgraph_title(&mut self) -> LabelWords {
        let open = self.cursor.at;
        self.cursor.at += 1;
        match enclosed(&mut self.cursor, &[("]", Shape::Rectangle)]) {
            Enclosed::Whole(words, _) | Enclosed::AroundClass { words, .. } => self.straight(words),
            Enclosed::Unquoted(words, _) => self.unquoted(words),
            Enclosed::OpenQuote(words, _) => self.half_quoted(words),
            Enclosed::Unclosed { words, end } => {
                self.syntax_with(open..end.end, "unclosed title", |found| found.help("end it with `]`"));
                words
            }
        }
    }

    /// `end`
    pub(super) fn end(&mut self, behind: Cursor<'a>) {
        let range = self.cursor.at..behind.at;
        self.cursor = behind;
        if self.build.scopes.is_empty() {
            self.syntax_with(range.clone(), "`end` without a subgraph", |found| found.help("remove it"));
        }
        // A line put in front of `end` needs the same indentation in the file as it has in the diagram.
        let place =
            self.line_start(range.start).filter(|start| self.span(*start..range.end).len() == range.end - start);
        let place = place.map(|start| self.span(start..start));
        self.close(place);
    }

    /// Closes the innermost subgraph; `end` is the place right before the line that does so.
    pub(super) fn close(&mut self, end: Option<Span>) {
        let Some(scope) = self.build.scopes.pop() else { return };
        let OpenSubgraph { id, title, written, span, members } = scope;
        let id = id.unwrap_or_else(|| format!("subGraph{}", self.build.closed));
        self.build.closed += 1;
        let Some(entry) = self.build.entry(&id, span) else { return };
        if let Some(outer) = self.build.scopes.last_mut() {
            outer.members.push(entry);
        }
        self.build.subgraphs.push(Subgraph { entry, title, span, place: LanePlace { title: written, end }, members });
    }
}

//! Subgraphs as they are written.
//! In: `subgraph` and `end`. Out: open and closed scopes, in the builder.
//! Never knows: which subgraph owns which node in the end.

use std::ops::Range;

use super::cursor::{Cursor, trim};
use super::label::{self, Notation};
use super::subgraph::{DEEPEST, Scope, Subgraph};
use super::words::{Enclosed, enclosed, string};
use super::{Parser, SYNTAX, TOO_LARGE};
use crate::map::graph::{Label, Shape};

impl<'a> Parser<'a> {
    /// `subgraph id [title]`
    pub(super) fn subgraph(&mut self, behind: Cursor<'a>) {
        let keyword = self.cursor.at..behind.at;
        self.cursor = behind;
        self.cursor.skip_blanks();
        let (name, title) = self.subgraph_name();
        let text = self.cursor.text;
        let span = self.span(name.clone().filter(|name| !name.is_empty()).unwrap_or(keyword.clone()));
        let id = name.map(|name| text[name].to_owned());
        if let Some(id) = id.as_ref().filter(|id| self.build.scopes.iter().any(|scope| scope.id.as_ref() == Some(id))) {
            self.found
                .push(SYNTAX.at(span, format!("subgraph `{id}` lies in itself")).help("give the inner one another id"));
        }
        if self.build.scopes.len() == DEEPEST {
            let finding = TOO_LARGE.at(span, format!("subgraphs are nested deeper than {DEEPEST} levels"));
            self.found.push(finding.help("what lies deeper is drawn as if it lay here"));
        }
        self.build.scopes.push(Scope { id, title, span, members: Vec::new() });
    }

    /// The id and the title. A title of several words alone is no id, as in Mermaid.
    fn subgraph_name(&mut self) -> (Option<Range<usize>>, Label) {
        let text = self.cursor.text;
        if let Some(words) = string(&mut self.cursor) {
            let title = words.label(text);
            let single = !text[words.range.clone()].contains(char::is_whitespace) && !words.range.is_empty();
            return (single.then_some(words.range), title);
        }
        let start = self.cursor.at;
        self.cursor.eat_while(|c| !matches!(c, '\n' | ';' | '['));
        let name = trim(text, start..self.cursor.at);
        if self.cursor.peek() == Some('[') && !name.is_empty() {
            let open = self.cursor.at;
            self.cursor.at += 1;
            let words = match enclosed(&mut self.cursor, &[("]", Shape::Rectangle)]) {
                Enclosed::Whole(words, _) => words,
                Enclosed::Unquoted(words, _) | Enclosed::OpenQuote(words, _) => {
                    self.unquoted(&words);
                    words
                }
                Enclosed::Unclosed(words) => {
                    self.syntax_with(open..words.range.end, "the title is never closed", |found| {
                        found.help("end it with `]`")
                    });
                    words
                }
            };
            return (Some(name), words.label(text));
        }
        let title = label::read(&text[name.clone()], Notation::Text);
        let is_id = !name.is_empty() && !text[name.clone()].contains(char::is_whitespace);
        (is_id.then_some(name), title)
    }

    /// `end`
    pub(super) fn end(&mut self, behind: Cursor<'a>) {
        let range = self.cursor.at..behind.at;
        self.cursor = behind;
        if self.build.scopes.is_empty() {
            self.syntax_with(range, "`end` closes no subgraph", |found| found.help("remove it"));
        }
        self.close();
    }

    /// Closes the innermost subgraph.
    pub(super) fn close(&mut self) {
        let Some(scope) = self.build.scopes.pop() else { return };
        let Scope { id, title, span, members } = scope;
        let id = id.unwrap_or_else(|| format!("subGraph{}", self.build.closed));
        self.build.closed += 1;
        let Some(entry) = self.build.entry(&id, span) else { return };
        if let Some(outer) = self.build.scopes.last_mut() {
            outer.members.push(entry);
        }
        self.build.subgraphs.push(Subgraph { entry, title, span, members });
    }
}

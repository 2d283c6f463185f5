//! Statements of a flowchart.
//! In: the text behind the head. Out: everything it says, in the builder; findings for what says nothing.
//! Never knows: how labels or colours are read.

use std::ops::Range;

use super::arrow;
use super::cursor::{Cursor, is_blank, trim};
use super::style::declarations;
use super::{Diagram, Parser, SYNTAX, TOO_LARGE, UNKNOWN_ID, header};
use crate::diagnostic::{Parsed, nearest};
use crate::map::graph::Click;
use crate::source::{Located, Part as _};

/// Letters of the longest word that is compared with `subgraph`.
const LONGEST_SLIP: usize = 12;

/// A statement about an id that may be declared further down.
pub(super) struct Pending {
    pub(super) id: Range<usize>,
    pub(super) says: Says,
}

/// What such a statement says.
pub(super) enum Says {
    Class(String),
    /// `None` for a call: maps carry no script, but the id must exist.
    Click(Option<Click>),
    /// The edge at this position; `None` for all.
    Line(Option<usize>, String),
}

impl<'a> Parser<'a> {
    /// Reads statements to the end of the text.
    pub(super) fn statements(&mut self) {
        loop {
            self.skip_between_statements();
            if self.cursor.is_at_end() {
                return;
            }
            let start = self.cursor.at;
            let found = self.found.len();
            self.statement();
            self.cursor.skip_blanks();
            if self.cursor.is_at_statement_end() {
                continue;
            }
            if self.found.len() == found {
                self.skip_rest_of_statement(start);
            } else {
                // The statement has its finding; that its rest makes no sense follows from it.
                self.cursor.eat_while(|c| c != '\n' && c != ';');
            }
        }
    }

    /// Eats what may stand between statements: space, semicolons, comments, directives.
    pub(super) fn skip_between_statements(&mut self) {
        loop {
            self.cursor.eat_while(|c| is_blank(c) || c == '\n' || c == ';');
            if self.cursor.rest().starts_with("%%{") {
                self.directive();
            } else if self.cursor.rest().starts_with("%%") {
                self.cursor.at = self.cursor.line_end();
            } else {
                return;
            }
        }
    }

    /// Eats `%%{init: …}%%`. Maps have their own looks, so it says nothing.
    fn directive(&mut self) {
        let start = self.cursor.at;
        let rest = self.cursor.rest().part(3..);
        // The next `%%` must be the end of this one, or it has none.
        if let Some(end) = rest.find("%%").filter(|end| rest.part(..*end).ends_with('}')) {
            self.cursor.at = start + 3 + end + 2;
        } else {
            self.cursor.at = self.cursor.line_end();
            let range = trim(self.cursor.text, start..self.cursor.at);
            self.syntax_with(range, "unclosed directive", |found| found.help("end it with `}%%`"));
        }
    }

    /// Notes what is left of a statement that was understood only so far.
    fn skip_rest_of_statement(&mut self, start: usize) {
        let rest = self.cursor.at;
        self.cursor.eat_while(|c| c != '\n' && c != ';');
        let range = trim(self.cursor.text, rest..self.cursor.at);
        let what = self.cursor.text.part(range.clone());
        let message = if trim(self.cursor.text, start..rest).is_empty() {
            format!("unknown flowchart statement `{what}`")
        } else {
            format!("unexpected `{what}`")
        };
        self.syntax(range, message);
    }

    fn statement(&mut self) {
        let start = self.cursor.at;
        let word = self.cursor.word();
        let mut behind = self.cursor;
        behind.at += word.len();
        let blank_follows = behind.peek().is_none_or(|c| is_blank(c) || c == '\n' || c == ';');
        let colon_follows = behind.rest().trim_start_matches(is_blank).starts_with([':', '{']);
        match word {
            "subgraph" if blank_follows => self.subgraph(behind),
            "end" if blank_follows && !arrow_follows(behind) => self.end(behind),
            "direction" if blank_follows => self.direction(behind),
            "classDef" if blank_follows => self.class_def(behind),
            "class" if blank_follows => self.class(behind),
            "style" if blank_follows => self.style(behind),
            "linkStyle" if blank_follows => self.link_style(behind),
            "click" if blank_follows => self.click(behind, start),
            "accTitle" if colon_follows => self.acc_title(behind),
            "accDescr" if colon_follows => self.acc_descr(behind),
            _ if blank_follows && is_meant_as_subgraph(word, behind) => {
                // Read as what it was meant for, so that its `end` has something to close.
                let message = format!("unknown flowchart statement `{word}`");
                self.syntax_with(start..behind.at, message, |found| found.help("did you mean `subgraph`?"));
                self.subgraph(behind);
            }
            _ => self.chain(),
        }
    }

    /// Whether a statement of its own starts here, where an arrow looks for its node.
    pub(super) fn keyword_stands_here(&self) -> bool {
        const KEYWORDS: [&str; 7] = ["subgraph", "end", "classDef", "class", "style", "linkStyle", "click"];
        let word = self.cursor.word();
        let behind = Cursor { at: self.cursor.at + word.len(), ..self.cursor };
        let ends = behind.peek().is_none_or(|c| is_blank(c) || c == '\n' || c == ';');
        ends && KEYWORDS.contains(&word) && !arrow_follows(behind)
    }

    /// Notes that the diagram is too large, and reads no further.
    pub(super) fn too_large(&mut self, range: Range<usize>, how: &str) {
        let finding = TOO_LARGE.at(self.span(range), format!("the diagram has {how}"));
        self.found.push(finding.help("split it into several maps; everything from here on is left out"));
        self.cursor.at = self.cursor.text.len();
    }

    /// `direction LR`: lanes and groups flow as the map does, so it is only checked.
    fn direction(&mut self, behind: Cursor<'a>) {
        self.cursor = behind;
        self.cursor.skip_blanks();
        let range = self.cursor.eat_while(|c| !is_blank(c) && c != '\n' && c != ';');
        let word = self.cursor.text.part(range.clone());
        if header::direction(word).is_none() {
            self.syntax_with(range, format!("unknown direction `{word}`"), |found| {
                found.help("use `LR`, `RL`, `TB` or `BT`")
            });
        }
    }

    fn acc_title(&mut self, behind: Cursor<'a>) {
        let words = self.accessible(behind);
        self.build.title = Some(words);
    }

    fn acc_descr(&mut self, behind: Cursor<'a>) {
        let words = self.accessible(behind);
        self.build.description = Some(words);
    }

    /// `accTitle: words` to the end of the line, or `accDescr { words }`.
    fn accessible(&mut self, behind: Cursor<'a>) -> Located<String> {
        let keyword = self.cursor.at..behind.at;
        self.cursor = behind;
        self.cursor.skip_blanks();
        let range = if self.cursor.eat("{") {
            let range = self.cursor.eat_while(|c| c != '}');
            if !self.cursor.eat("}") {
                self.cursor.at = Cursor { at: range.start, ..self.cursor }.line_end();
                self.syntax_with(keyword, "unclosed description", |found| found.help("end it with `}`"));
            }
            range.start..range.end.min(self.cursor.at)
        } else {
            self.cursor.eat(":");
            self.cursor.eat_while(|c| c != '\n')
        };
        let range = trim(self.cursor.text, range);
        let words: Vec<&str> = self.cursor.text.part(range.clone()).split_whitespace().collect();
        Located::new(words.join(" "), self.span(range))
    }
}

/// Whether a word is a misspelt `subgraph`: it looks like one, and a name follows instead of an arrow.
fn is_meant_as_subgraph(word: &str, behind: Cursor<'_>) -> bool {
    let mut ahead = behind;
    ahead.skip_blanks();
    let named = ahead.peek().is_some_and(|c| c.is_alphanumeric() || c == '"') && arrow::lex(&mut ahead).is_none();
    named && word.len() <= LONGEST_SLIP && !line_names_edge(ahead) && nearest(word, ["subgraph"]).is_some()
}

/// Whether the next word names an edge: `a e1@--> b`.
fn line_names_edge(ahead: Cursor<'_>) -> bool {
    ahead.rest().part(ahead.word().len()..).starts_with('@')
}

/// Whether an arrow stands behind a word: then the word is a node.
fn arrow_follows(behind: Cursor<'_>) -> bool {
    let mut ahead = behind;
    ahead.skip_blanks();
    ahead.peek().is_some_and(|c| matches!(c, '-' | '=' | '<' | '~')) && arrow::lex(&mut ahead).is_some()
}

impl Parser<'_> {
    /// Closes what is open, applies what was said about ids, and makes the graph.
    pub(super) fn finish(mut self) -> Parsed<Diagram> {
        while let Some(scope) = self.build.scopes.last() {
            let message = match &scope.id {
                Some(id) => format!("unclosed subgraph `{id}`"),
                None => format!("unclosed subgraph `{}`", scope.title.text()),
            };
            self.found.push(SYNTAX.at(scope.span, message).help("end it with `end`"));
            self.close(None);
        }
        for pending in std::mem::take(&mut self.pending) {
            self.apply(pending);
        }
        self.lost_names();
        self.lost_arrows();
        if self.found.is_empty() && self.build.entries.is_empty() {
            self.syntax_with(self.head.clone(), "the diagram has no nodes", |found| {
                found.help("add a first step: `sign[\"Sign NDA\"]`")
            });
        }
        let mut found = self.found;
        found.sort_by_key(|finding| finding.span);
        Parsed { value: Diagram::Flowchart(self.build.finish()), found }
    }

    fn apply(&mut self, pending: Pending) {
        let Pending { id, says } = pending;
        let name = self.cursor.text.part(id.clone());
        let links = &mut self.build.links;
        if let Says::Line(index, style) = says {
            let style = declarations(&style);
            match index {
                None => links.iter_mut().for_each(|link| link.style.extend(style.iter().cloned())),
                Some(index) if index < links.len() => links[index].style.extend(style),
                Some(_) => {
                    let count = links.len();
                    self.syntax(id, format!("unknown edge {name}: the diagram has {count}, counted from 0"));
                }
            }
            return;
        }
        let Some(entry) = self.build.find(name) else {
            if !self.edge_ids.contains(name) {
                let ids = self.build.entries.iter().map(|entry| entry.id.as_str());
                let near = self.near(name, ids);
                let finding = UNKNOWN_ID.at(self.span(id), format!("unknown node `{name}`"));
                self.found.push(finding.help_if(near));
            }
            return;
        };
        if let (Says::Click(_), true) = (&says, self.build.is_subgraph(entry)) {
            let message = format!("`{name}` is a subgraph, and subgraphs cannot be clicked");
            let help = "use one of its nodes instead, or link to the page in the text";
            self.found.push(UNKNOWN_ID.at(self.span(id), message).help(help));
            return;
        }
        match says {
            Says::Class(class) => self.build.at(entry).classes.push(class),
            Says::Click(Some(click)) => self.build.at(entry).click = Some(click),
            Says::Click(None) | Says::Line(..) => {}
        }
    }
}

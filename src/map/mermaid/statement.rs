//! Statements of a flowchart: the table of those with a word of their own, and what stands between statements.

use std::ops::Range;

use super::arrow;
use super::cursor::{Cursor, is_blank, trim};
use super::{Parser, TOO_LARGE, header};
use crate::diagnostic::nearest;
use crate::source::{Located, Part as _};

/// Letters of the longest word that is compared with `subgraph`.
const LONGEST_SLIP: usize = 12;

/// A statement that begins with a word of its own. All others are chains of nodes and arrows.
struct Statement {
    keyword: &'static str,
    /// Whether what stands behind the word makes it the keyword, and not the id of a node.
    goes_on: fn(Cursor<'_>) -> bool,
    /// Whether an arrow on the line before leads nowhere, in place of leading to a node of this name.
    ends_chain: bool,
    /// Reads the rest. The cursor stands at the word, the other one behind it.
    read: for<'a> fn(&mut Parser<'a>, Cursor<'a>),
}

/// Every statement with a word of its own, each with what Mermaid does with it and a map does not.
const STATEMENTS: [Statement; 10] = [
    // The outermost subgraphs are lanes, whether the diagram is a `flowchart` or a `swimlane-beta`.
    Statement { keyword: "subgraph", goes_on: ends_word, ends_chain: true, read: |it, behind| it.subgraph(behind) },
    // Mermaid takes no node called `end`. People draw one all the same, and an arrow behind it says so.
    Statement { keyword: "end", goes_on: ends_without_arrow, ends_chain: true, read: |it, behind| it.end(behind) },
    // Mermaid turns a subgraph. Lanes flow as the map does, so here it is only checked.
    Statement { keyword: "direction", goes_on: ends_word, ends_chain: false, read: |it, behind| it.direction(behind) },
    // Of styles, maps keep colours and strokes: what moves, hides or resizes would break the layout.
    Statement { keyword: "classDef", goes_on: ends_word, ends_chain: true, read: |it, behind| it.class_def(behind) },
    Statement { keyword: "class", goes_on: ends_word, ends_chain: true, read: |it, behind| it.class(behind) },
    Statement { keyword: "style", goes_on: ends_word, ends_chain: true, read: |it, behind| it.style(behind) },
    Statement { keyword: "linkStyle", goes_on: ends_word, ends_chain: true, read: |it, behind| it.link_style(behind) },
    // Mermaid also calls scripts. A map carries none, and says so.
    Statement { keyword: "click", goes_on: ends_word, ends_chain: true, read: |it, behind| it.click(behind) },
    Statement { keyword: "accTitle", goes_on: opens_words, ends_chain: false, read: |it, behind| it.acc_title(behind) },
    Statement { keyword: "accDescr", goes_on: opens_words, ends_chain: false, read: |it, behind| it.acc_descr(behind) },
];

/// Whether a word ends here: `class A` and not `class_a`.
fn ends_word(behind: Cursor<'_>) -> bool {
    behind.peek().is_none_or(|c| is_blank(c) || c == '\n' || c == ';')
}

fn ends_without_arrow(behind: Cursor<'_>) -> bool {
    ends_word(behind) && !arrow_follows(behind)
}

/// `accTitle: words` or `accDescr { words }`.
fn opens_words(behind: Cursor<'_>) -> bool {
    behind.rest().trim_start_matches(is_blank).starts_with([':', '{'])
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
        let word = self.cursor.word();
        let behind = Cursor { at: self.cursor.at + word.len(), ..self.cursor };
        let keyword = STATEMENTS.iter().find(|statement| statement.keyword == word && (statement.goes_on)(behind));
        if let Some(statement) = keyword {
            (statement.read)(self, behind);
        } else if ends_word(behind) && is_meant_as_subgraph(word, behind) {
            // Read as what it was meant for, so that its `end` has something to close.
            let message = format!("unknown flowchart statement `{word}`");
            self.syntax_with(self.cursor.at..behind.at, message, |found| found.help("did you mean `subgraph`?"));
            self.subgraph(behind);
        } else {
            self.chain();
        }
    }

    /// Whether a statement of its own starts here, where an arrow looks for its node.
    pub(super) fn keyword_stands_here(&self) -> bool {
        let word = self.cursor.word();
        let behind = Cursor { at: self.cursor.at + word.len(), ..self.cursor };
        let is_keyword = STATEMENTS.iter().any(|statement| statement.ends_chain && statement.keyword == word);
        is_keyword && ends_word(behind) && !arrow_follows(behind)
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
        self.build.graph.title = Some(words);
    }

    fn acc_descr(&mut self, behind: Cursor<'a>) {
        let words = self.accessible(behind);
        self.build.graph.description = Some(words);
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

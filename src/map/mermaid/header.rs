//! Parses what comes before the first statement: front matter, the diagram type, the direction.

use std::ops::Range;

use super::cursor::{Cursor, is_blank, trim};
use super::{Diagram, Parser};
use crate::diagnostic::{Edit, Fix, nearest};
use crate::map::graph::Direction;
use crate::source::{Located, Part as _};

/// The words that flowcharts start with. `swimlane-beta` is a flowchart whose subgraphs Mermaid draws as lanes.
const FLOWCHARTS: [&str; 6] = ["flowchart", "graph", "swimlane-beta", "flowchart-elk", "flowchart-v2", "swimlane"];

/// The words that Mermaid's other diagrams start with.
const OTHERS: [&str; 38] = [
    "architecture",
    "architecture-beta",
    "block",
    "block-beta",
    "C4Component",
    "C4Container",
    "C4Context",
    "C4Deployment",
    "C4Dynamic",
    "classDiagram",
    "classDiagram-v2",
    "erDiagram",
    "gantt",
    "gitGraph",
    "info",
    "ishikawa-beta",
    "journey",
    "kanban",
    "mindmap",
    "packet",
    "packet-beta",
    "pie",
    "quadrantChart",
    "radar",
    "radar-beta",
    "requirement",
    "requirementDiagram",
    "sankey",
    "sankey-beta",
    "sequenceDiagram",
    "stateDiagram",
    "stateDiagram-v2",
    "timeline",
    "treemap",
    "treemap-beta",
    "xychart",
    "xychart-beta",
    "zenuml",
];

/// A direction as diagrams write it.
pub(super) fn direction(word: &str) -> Option<Direction> {
    Some(match word {
        "LR" | ">" => Direction::LeftRight,
        "RL" | "<" => Direction::RightLeft,
        "TB" | "TD" | "v" => Direction::TopBottom,
        "BT" | "^" => Direction::BottomTop,
        _ => return None,
    })
}

impl Parser<'_> {
    /// Eats the head. Gives the diagram when it is no flowchart.
    pub(super) fn header(&mut self) -> Option<Diagram> {
        self.front_matter();
        self.skip_between_statements();
        let start = self.cursor.at;
        if self.cursor.is_at_end() {
            let length = self.cursor.text.len();
            self.syntax_with(length..length, "the diagram is empty", |found| {
                found.help("start it with `flowchart LR`")
            });
            return None;
        }
        let word = self.cursor.word();
        let range = start..start + word.len();
        if OTHERS.contains(&word) {
            return Some(Diagram::Other { kind: word.to_owned(), span: self.span(range) });
        }
        // Mermaid's default.
        self.build.graph.direction = Direction::TopBottom;
        if FLOWCHARTS.contains(&word) {
            self.cursor.at = range.end;
            self.head = range;
            self.direction_of_flow();
            return None;
        }
        self.no_header(word, range)
    }

    /// A text that starts with no kind of diagram. A misspelt one is taken for what it was meant as, and a
    /// statement for the first of a flowchart.
    fn no_header(&mut self, word: &str, range: Range<usize>) -> Option<Diagram> {
        let meant = nearest(word, FLOWCHARTS.into_iter().chain(OTHERS));
        let line = self.cursor.text.part(range.start..self.cursor.line_end());
        if let Some(meant) = meant {
            self.cursor.at = range.end;
            self.syntax_with(range.clone(), format!("unknown diagram type `{word}`"), |found| {
                let edit = Edit { span: found.span, replacement: meant.to_owned() };
                found.help(format!("did you mean `{meant}`?")).fix(Fix::suggested(vec![edit]))
            });
            if !FLOWCHARTS.contains(&meant) {
                return Some(Diagram::Other { kind: meant.to_owned(), span: self.span(range) });
            }
            self.direction_of_flow();
        } else if word.is_empty() || ["--", "==", "-.", "[", "(", "{"].iter().any(|mark| line.contains(mark)) {
            // A statement stands where the head should be: only the head was forgotten, and the rest is read.
            let first = trim(self.cursor.text, range.start..range.start + line.len());
            self.syntax_with(first, "missing diagram type", |found| found.help("start it with `flowchart LR`"));
        } else {
            self.syntax_with(range.clone(), format!("unknown diagram type `{word}`"), |found| {
                found.help("a workflow map starts with `flowchart LR`")
            });
            return Some(Diagram::Other { kind: word.to_owned(), span: self.span(range) });
        }
        None
    }

    fn direction_of_flow(&mut self) {
        self.cursor.skip_blanks();
        if self.cursor.is_at_statement_end() {
            return;
        }
        let range = self.cursor.eat_while(|c| !is_blank(c) && c != '\n' && c != ';');
        let word = self.cursor.text.part(range.clone());
        match direction(word) {
            Some(direction) => self.build.graph.direction = direction,
            None => self.syntax_with(range, format!("unknown direction `{word}`"), |found| {
                found.help("use `LR`, `RL`, `TB` or `BT`")
            }),
        }
    }

    /// Eats `---`, settings, `---`; keeps the title.
    fn front_matter(&mut self) {
        self.cursor.skip_space();
        let start = self.cursor.at;
        let is_fence = |line: &str| line.trim_end() == "---";
        if !is_fence(self.cursor.text.part(start..self.cursor.line_end())) {
            return;
        }
        let mut line = Cursor { text: self.cursor.text, at: self.cursor.line_end() };
        let mut title = None;
        while line.eat("\n") {
            let range = line.at..line.line_end();
            line.at = range.end;
            let words = self.cursor.text.part(range.clone());
            if is_fence(words.trim_start()) {
                self.cursor.at = range.end;
                self.build.graph.title = title;
                return;
            }
            // The other settings are about how Mermaid draws.
            if words.trim_start().starts_with("title:") {
                let colon = range.start + words.find(':').unwrap_or_default() + 1;
                let value = trim(self.cursor.text, colon..range.end);
                let words = self.cursor.text.part(value.clone()).trim_matches(['"', '\'']).to_owned();
                title = Some(Located::new(words, self.span(value)));
            }
        }
        // All of the diagram would be settings. It begins where a line says what it is.
        self.cursor.at = self.head_behind(start + 3);
        self.syntax_with(start..start + 3, "unclosed front matter in the diagram", |found| {
            found.help("end it with a line `---`")
        });
    }

    /// Where the first line behind `at` starts that says what the diagram is; `at`, if none does.
    fn head_behind(&self, at: usize) -> usize {
        let text = self.cursor.text;
        let lines = text.part(at..).match_indices('\n').map(|(line, _)| Cursor { text, at: at + line + 1 });
        let is_head = |line: &Cursor| {
            let mut line = *line;
            line.skip_blanks();
            FLOWCHARTS.contains(&line.word()) || OTHERS.contains(&line.word())
        };
        lines.into_iter().find(is_head).map_or(at, |line| line.at)
    }
}

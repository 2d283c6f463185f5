//! Parses `classDef`, `class`, `style` and `linkStyle`.

use std::ops::Range;

use crate::source::Part as _;

use super::Parser;
use super::cursor::{Cursor, trim};
use super::pending::{Pending, Says};
use super::style::declarations;
use super::vertex::id;

impl Parser<'_> {
    /// Names separated by commas, as `class` and `style` take them.
    pub(super) fn names(&mut self) -> Vec<Range<usize>> {
        let mut names = Vec::new();
        loop {
            self.cursor.skip_blanks();
            let Some(name) = id(&mut self.cursor) else { return names };
            names.push(name);
            let mut ahead = self.cursor;
            ahead.skip_blanks();
            if !ahead.eat(",") {
                return names;
            }
            self.cursor = ahead;
        }
    }

    /// Eats the rest of the statement; gives it without blanks around it.
    fn rest_of_statement(&mut self) -> Range<usize> {
        let start = self.cursor.at;
        while !self.cursor.is_at_statement_end() {
            // A `%` that begins no comment belongs to a value: `opacity:50%`.
            self.cursor.at += self.cursor.peek().map_or(0, char::len_utf8);
            self.cursor.eat_while(|c| !matches!(c, '\n' | ';' | '%'));
        }
        trim(self.cursor.text, start..self.cursor.at)
    }

    /// `classDef a,b fill:#fff`
    pub(super) fn class_def(&mut self, behind: Cursor<'_>) {
        let keyword = self.cursor.at..behind.at;
        self.cursor.at = behind.at;
        let names = self.names();
        let style = self.rest_of_statement();
        if names.is_empty() || style.is_empty() {
            self.syntax_with(keyword, "`classDef` needs a name and a style", |found| {
                found.help("write `classDef lead fill:#E1F0FF`")
            });
            return;
        }
        for name in names {
            let declared = declarations(self.cursor.text.part(style.clone()));
            let text = self.cursor.text;
            self.build.class(text.part(name), declared);
        }
    }

    /// `class A,B lead`
    pub(super) fn class(&mut self, behind: Cursor<'_>) {
        let keyword = self.cursor.at..behind.at;
        self.cursor.at = behind.at;
        let nodes = self.names();
        let classes = self.names();
        self.classes_named.extend(classes.iter().map(|class| (class.clone(), nodes.clone())));
        if nodes.is_empty() || classes.is_empty() {
            self.syntax_with(keyword, "`class` needs nodes and a class", |found| found.help("write `class A,B lead`"));
        }
        for node in nodes {
            for class in &classes {
                let says = Says::Class(self.cursor.text.part(class.clone()).to_owned());
                self.pending.push(Pending { id: node.clone(), says });
            }
        }
    }

    /// `style A,B fill:#fff`
    pub(super) fn style(&mut self, behind: Cursor<'_>) {
        let keyword = self.cursor.at..behind.at;
        self.cursor.at = behind.at;
        let nodes = self.names();
        let style = self.rest_of_statement();
        if nodes.is_empty() || style.is_empty() {
            self.syntax_with(keyword, "`style` needs a node and a style", |found| {
                found.help("write `style A fill:#E1F0FF`")
            });
        }
        let text = self.cursor.text;
        self.styled.extend(nodes.iter().cloned());
        for node in nodes {
            let span = self.span(node.clone());
            if let Some(entry) = self.build.entry(text.part(node), span) {
                // Mermaid draws a node that only `style` names, so it is there.
                self.build.at(entry).drawn = true;
                self.build.at(entry).style.extend(declarations(text.part(style.clone())));
            }
        }
    }

    /// `linkStyle 0,1 stroke:red`, `linkStyle default interpolate basis stroke:red`
    pub(super) fn link_style(&mut self, behind: Cursor<'_>) {
        let keyword = self.cursor.at..behind.at;
        self.cursor.at = behind.at;
        let targets = self.names();
        self.cursor.skip_blanks();
        // A curve says nothing here: lines of a map run along its axes.
        if self.cursor.word() == "interpolate" {
            self.cursor.eat("interpolate");
            self.cursor.skip_blanks();
            self.cursor.eat_while(|c| c.is_ascii_alphanumeric());
        }
        let style = self.rest_of_statement();
        if targets.is_empty() {
            self.syntax_with(keyword, "`linkStyle` needs edge numbers", |found| {
                found.help("write `linkStyle 0,1 stroke:#c62828`")
            });
        }
        for target in targets {
            let name = self.cursor.text.part(target.clone());
            let style = self.cursor.text.part(style.clone()).to_owned();
            match name.parse() {
                Ok(index) => self.pending.push(Pending { id: target, says: Says::Line(Some(index), style) }),
                Err(_) if name == "default" => self.pending.push(Pending { id: target, says: Says::Line(None, style) }),
                Err(_) => self.syntax(target, format!("invalid edge number `{name}`")),
            }
        }
    }
}

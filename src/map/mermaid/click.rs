//! Parses `click` in all its forms.

use super::Parser;
use super::cursor::Cursor;
use super::pending::{Pending, Says};
use super::words::string;
use crate::diagnostic::Fix;
use crate::map::graph::Click;
use crate::source::{Located, Part as _};

impl Parser<'_> {
    /// `click A "address" "tooltip" _blank`, `click A,B href "address"`, `click A call name()`, `click A name`
    pub(super) fn click(&mut self, behind: Cursor<'_>) {
        let start = self.cursor.at;
        self.cursor.at = behind.at;
        let nodes = self.names();
        if nodes.is_empty() {
            self.syntax_with(start..behind.at, "`click` needs a node", |found| {
                found.help("write `click A \"address\" \"tooltip\"`")
            });
            return;
        }
        self.cursor.skip_blanks();
        // With or without `href`, an address is an address.
        if self.cursor.word() == "href" {
            self.cursor.eat("href");
            self.cursor.skip_blanks();
        }
        if self.cursor.peek() != Some('"') {
            return self.call(&nodes);
        }
        // An address lies on one line: a quote that runs on was never closed.
        let quote = self.cursor.at;
        let Some(address) =
            string(&mut self.cursor).filter(|words| !self.cursor.text.part(words.range.clone()).contains('\n'))
        else {
            self.cursor.at = quote;
            let end = self.cursor.near_line_end();
            self.syntax_with(quote..end, "unclosed address", |found| found.help("end it with `\"`"));
            self.cursor.at = end;
            return;
        };
        let tooltip = self.tooltip();
        let target = self.cursor.text.part(address.range.clone()).trim();
        let target = Located::new(target.to_owned(), self.span(address.range));
        let click = Click { target, tooltip, span: self.span(start..self.cursor.at) };
        // The nodes may be declared further down.
        let says = nodes.into_iter().map(|id| Pending { id, says: Says::Click(Some(click.clone())) });
        self.pending.extend(says);
    }

    /// `"tooltip"` and the name of a window, which maps do without.
    fn tooltip(&mut self) -> Option<String> {
        let mut ahead = self.cursor;
        ahead.skip_blanks();
        let words = string(&mut ahead);
        if words.is_some() {
            self.cursor = ahead;
        }
        ahead.skip_blanks();
        if ["_self", "_blank", "_parent", "_top"].contains(&ahead.word()) {
            ahead.at += ahead.word().len();
            self.cursor = ahead;
        }
        words.map(|words| words.label(self.cursor.text).text()).filter(|text| !text.is_empty())
    }

    /// `call name(arguments)` or a bare name: a script that maps do not carry.
    fn call(&mut self, nodes: &[std::ops::Range<usize>]) {
        // A function may be called `call` itself: it is the keyword only where a name follows.
        let explicit = self.cursor.word() == "call" && self.cursor.rest().part(4..).starts_with([' ', '\t']);
        if explicit {
            self.cursor.eat("call");
            self.cursor.skip_blanks();
        }
        let start = self.cursor.at;
        let name = self.cursor.eat_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'));
        let arguments = self.cursor.peek() == Some('(');
        if arguments {
            let end = self.cursor.near_line_end();
            let close = self.cursor.text.part(self.cursor.at..end).find(')');
            self.cursor.at = close.map_or(self.cursor.at, |close| self.cursor.at + close + 1);
        }
        let mut ahead = self.cursor;
        ahead.skip_blanks();
        if !name.is_empty() && (ahead.is_at_statement_end() || ahead.peek() == Some('"')) {
            let call = start..self.cursor.at;
            self.tooltip();
            self.pending.extend(nodes.iter().map(|id| Pending { id: id.clone(), says: Says::Click(None) }));
            self.callback(call);
            return;
        }
        self.cursor.at = start;
        let address = self.cursor.eat_while(|c| !c.is_whitespace() && c != ';' && c != '"');
        if address.is_empty() {
            let node = nodes.first().cloned().unwrap_or(start..start);
            self.syntax_with(node, "`click` has no target", |found| found.help("write `click A \"address\"`"));
            return;
        }
        let written = self.cursor.text.part(address.clone());
        let mut behind = self.cursor;
        behind.skip_blanks();
        let _tooltip = string(&mut behind);
        behind.skip_blanks();
        if !written.contains(char::is_alphanumeric) || behind.peek() == Some('"') {
            // The address is in quotes, and what stands before it is a slip.
            self.syntax(address, format!("invalid address `{written}`"));
            return;
        }
        let fix = Fix::replace(self.span(address.clone()), format!("\"{written}\""));
        self.syntax_with(address, format!("the address `{written}` needs quotes"), |found| {
            found.help("write `click A \"address\"`").fix(fix)
        });
    }
}

//! Parses nodes: id, shape, label and classes.

use std::ops::Range;

use super::build::MOST_ENTRIES;
use super::cursor::Cursor;
use super::entry::DiagramEntryId;
use super::label::Notation;
use super::shape::{BRACKETS, Bracket};
use super::words::{CLASS, Enclosed, LabelWords, enclosed, in_curly_quotes};
use super::{CURLY_QUOTES, Parser, SYNTAX};
use crate::diagnostic::{Edit, Fix};
use crate::map::graph::Shape;
use crate::source::{Located, Part as _};

/// Eats an id.
pub(super) fn id(cursor: &mut Cursor) -> Option<Range<usize>> {
    let rest = cursor.rest();
    let mut letters = rest.char_indices().peekable();
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || c == '_' || !(c.is_ascii() || c.is_whitespace() || c.is_control());
    let mut end = 0;
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let belongs = match c {
            // A hyphen within an id, but not the first one of an arrow: `a-b` is an id, `a--b` an arrow.
            '-' => at > 0 && next.is_some_and(is_plain),
            '=' => at > 0 && next.is_some_and(|next| next != '=' && next != '>'),
            ':' | '&' => at > 0 && next.is_some_and(is_plain) && !rest.part(..at).ends_with(':'),
            '%' => next != Some('%'),
            '.' => next != Some('-') || at > 0,
            '!' | '#' | '$' | '\'' | '*' | '+' | '?' | '\\' | '/' => true,
            '\u{feff}' => false,
            c => is_plain(c),
        };
        if !belongs {
            break;
        }
        end = at + c.len_utf8();
    }
    let start = cursor.at;
    cursor.at += end;
    (end > 0).then_some(start..cursor.at)
}

impl Parser<'_> {
    /// Eats a node with its shape, classes and `@{ … }`; gives its entry. Nothing is eaten when no node
    /// stands here.
    pub(super) fn vertex(&mut self) -> Option<DiagramEntryId> {
        let range = id(&mut self.cursor)?;
        let text = self.cursor.text;
        if self.cursor.rest().starts_with("@{") && self.edge_ids.contains(text.part(range.clone())) {
            // `e1@{ animate: true }` is about an edge, and maps stand still.
            self.attributes(None, &range);
            return None;
        }
        if text.part(range.clone()) == "end" {
            self.syntax_with(range.clone(), "`end` is a keyword and cannot be the id of a node", |found| {
                found.help("write `End`, or give the node another id: `e[end]`")
            });
        }
        let span = self.span(range.clone());
        let Some(entry) = self.build.mention(text.part(range.clone()), span) else {
            self.too_large(range, &format!("more than {MOST_ENTRIES} nodes"));
            return None;
        };
        self.bracket(entry, &range);
        loop {
            if self.cursor.eat(":::") {
                if let Some(class) = id(&mut self.cursor) {
                    self.build.at(entry).classes.push(text.part(class.clone()).to_owned());
                    self.classes_named.push((class, Vec::new()));
                }
            } else if self.cursor.rest().starts_with("@{") {
                self.attributes(Some(entry), &range);
            } else {
                return Some(entry);
            }
        }
    }

    /// Eats the shape behind an id.
    fn bracket(&mut self, entry: DiagramEntryId, id: &Range<usize>) {
        let mut ahead = self.cursor;
        ahead.skip_blanks();
        let gap = self.cursor.at..ahead.at;
        let Some(bracket) = BRACKETS.iter().find(|bracket| ahead.rest().starts_with(bracket.open)) else { return };
        if !gap.is_empty() {
            // `A > B` is half an arrow, and not a flag with a blank before it.
            if bracket.open == ">" {
                return;
            }
            let fix = Fix::replace(self.span(gap.clone()), "");
            self.syntax_with(gap, "space between a node's id and its bracket", |found| {
                found.help("remove the space").fix(fix)
            });
        }
        let open = ahead.at..ahead.at + bracket.open.len();
        self.cursor.at = open.end;
        let (words, shape) = match enclosed(&mut self.cursor, bracket.close) {
            Enclosed::Whole(words, shape) => (self.straight(words), Some(shape)),
            Enclosed::Unquoted(words, shape) => (self.unquoted(words), Some(shape)),
            Enclosed::OpenQuote(words, shape) => (self.open_quote(words), Some(shape)),
            Enclosed::Unclosed { words, end } => {
                self.unclosed(bracket, open.start, end);
                (words, None)
            }
            Enclosed::AroundClass { words, shape, class } => {
                self.around_class(class.clone());
                self.classes_named.push((class.start + CLASS.len()..class.end, Vec::new()));
                let class = self.cursor.text.part(class).trim_start_matches(':').to_owned();
                self.build.at(entry).classes.push(class);
                (words, Some(shape))
            }
        };
        self.declare(entry, id, &words, shape);
    }

    /// Gives a node its label. The last label written is the one that counts, as in Mermaid.
    pub(super) fn declare(
        &mut self,
        entry: DiagramEntryId,
        id: &Range<usize>,
        words: &LabelWords,
        shape: Option<Shape>,
    ) {
        let (span, label_span) = (self.span(id.clone()), self.span(words.range.clone()));
        let label = words.label(self.cursor.text);
        let written = self.cursor.text.part(words.range.clone()).to_owned();
        self.told_apart(entry, &label, label_span);
        self.settle(entry);
        let known = self.build.at(entry);
        (known.label, known.label_span, known.span) = (Some(label), Some(label_span), span);
        known.place.label = Some(Located::new(written, label_span));
        known.shape = shape.or(known.shape);
        known.declared = true;
    }

    /// Notes a bracket that nothing closes; it belongs at `end`, in place of what is there of it.
    fn unclosed(&mut self, bracket: &Bracket, open: usize, end: Range<usize>) {
        let close = bracket.usual_close();
        let range = open..end.end;
        let edit = Edit { span: self.span(end), replacement: close.to_owned() };
        let message = format!("unclosed `{}`: `{}`", bracket.open, self.cursor.text.part(range.clone()));
        self.syntax_with(range, message, |found| {
            found.help(format!("end the label with `{close}`")).fix(Fix::suggested(vec![edit]))
        });
    }

    /// Notes a class between a label and the bracket that closes it; the cursor stands behind the bracket.
    fn around_class(&mut self, class: Range<usize>) {
        let text = self.cursor.text;
        let (name, bracket) = (text.part(class.clone()), text.part(class.end..self.cursor.at));
        let edit = Edit { span: self.span(class.start..self.cursor.at), replacement: format!("{bracket}{name}") };
        self.syntax_with(class, format!("the class `{name}` is inside the brackets"), |found| {
            found.help(format!("close the label first: `{bracket}{name}`")).fix(Fix::suggested(vec![edit]))
        });
    }

    /// Words without the curly quotes that a word processor put around them.
    pub(super) fn straight(&mut self, words: LabelWords) -> LabelWords {
        self.without_curly_quotes(words.range.clone()).unwrap_or(words)
    }

    /// Notes curly quotes around words and gives the words within.
    pub(super) fn without_curly_quotes(&mut self, range: Range<usize>) -> Option<LabelWords> {
        let text = self.cursor.text;
        let inner = in_curly_quotes(text, &range)?;
        // With one straight quote among them Mermaid reads nothing; with none it draws them.
        let rule = if text.part(range.clone()).contains('"') { &SYNTAX } else { &CURLY_QUOTES };
        let written = text.part(range.clone());
        let quoted = format!("\"{}\"", text.part(inner.clone()));
        let message = format!("curly quotes around the label `{written}`");
        let span = self.span(range);
        let finding = rule.at(span, message).help(format!("write `{quoted}`"));
        self.found.push(finding.fix(Fix::replace(span, quoted)));
        Some(LabelWords { range: inner, notation: Notation::Text })
    }

    /// Notes a label that Mermaid reads only in quotes.
    pub(super) fn unquoted(&mut self, words: LabelWords) -> LabelWords {
        if let Some(straight) = self.without_curly_quotes(words.range.clone()) {
            return straight;
        }
        let label = self.cursor.text.part(words.range.clone());
        let quoted = format!("\"{}\"", within_quotes(label).replace('"', "#quot;"));
        let fix = Fix::replace(self.span(words.range.clone()), quoted.clone());
        self.syntax_with(words.range.clone(), format!("label `{label}` needs quotes"), |found| {
            found.help(format!("labels with brackets, pipes or quotes must be quoted: `{quoted}`")).fix(fix)
        });
        words
    }

    /// Notes a title or an edge's label with a quote too few or too many.
    pub(super) fn half_quoted(&mut self, words: LabelWords) -> LabelWords {
        let range = words.range.start - 1..words.range.end;
        self.without_curly_quotes(range.clone()).unwrap_or_else(|| {
            self.unquoted(LabelWords { range, notation: words.notation });
            words
        })
    }

    fn open_quote(&mut self, words: LabelWords) -> LabelWords {
        if let Some(straight) = self.without_curly_quotes(words.range.start - 1..words.range.end) {
            return straight;
        }
        let label = self.cursor.text.part(words.range.clone());
        let end = words.range.end;
        let fix = Fix::suggested(vec![Edit { span: self.span(end..end), replacement: "\"".to_owned() }]);
        self.syntax_with(words.range.start - 1..end, format!("unclosed quote before `{label}`"), |found| {
            found.help("end the label with `\"`").fix(fix)
        });
        words
    }
}

/// A label without the quotes that its author put around all of it. `"x" and "y"` begins and ends with quotes as well,
/// but these are around its words; and a single one behind a number is a sign of inches.
fn within_quotes(label: &str) -> &str {
    let around = label.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if let Some(inner) = around {
        // The first quote within must open words of its own, and each must be closed.
        let opens = |at: usize| at == 0 || inner.part(..at).ends_with([' ', '(', '[', '{']);
        let is_one_text = inner.find('"').is_none_or(opens) && inner.matches('"').count() % 2 == 0;
        return if is_one_text { inner } else { label };
    }
    match (label.matches('"').count(), label.strip_prefix('"'), label.strip_suffix('"')) {
        (1, Some(rest), _) => rest,
        (1, _, Some(rest)) if !rest.ends_with(|c: char| c.is_ascii_digit()) => rest,
        _ => label,
    }
}

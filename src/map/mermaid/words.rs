//! Lexes text between delimiters, and recovers where quotes or brackets are missing.

use std::ops::Range;

use super::cursor::{Cursor, is_blank, trim};
use super::label::{self, Notation};
use crate::map::graph::{Label, Shape};
use crate::source::Part as _;

/// Words as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct LabelWords {
    /// Without quotes and the blanks around them.
    pub(super) range: Range<usize>,
    pub(super) notation: Notation,
}

impl LabelWords {
    fn plain(text: &str, range: Range<usize>) -> Self {
        Self { range: trim(text, range), notation: Notation::Text }
    }

    /// As readers see them.
    pub(super) fn label(&self, text: &str) -> Label {
        label::read(text.part(self.range.clone()), self.notation)
    }
}

/// Eats `"words"` or ``"`words`"``, which may run over several lines. Moves nothing when no quote closes it.
pub(super) fn string(cursor: &mut Cursor) -> Option<LabelWords> {
    let start = cursor.at + 1;
    let inner = cursor.rest().strip_prefix('"')?;
    let (inner, _) = inner.split_once('"')?;
    cursor.at = start + inner.len() + 1;
    let markdown = inner.len() > 1 && inner.starts_with('`') && inner.ends_with('`');
    Some(if markdown {
        LabelWords { range: start + 1..start + inner.len() - 1, notation: Notation::Markdown }
    } else {
        LabelWords { range: start..start + inner.len(), notation: Notation::Text }
    })
}

/// What stood behind an opening bracket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Enclosed {
    /// As it should be.
    Whole(LabelWords, Shape),
    /// Brackets, pipes or quotes among words that are not in quotes.
    Unquoted(LabelWords, Shape),
    /// A quote that nothing closes.
    OpenQuote(LabelWords, Shape),
    /// No closing bracket; it belongs at `end`, in place of what is there of it.
    Unclosed { words: LabelWords, end: Range<usize> },
    /// The bracket stands behind the class instead of before it: `["Sign":::lead]`.
    AroundClass { words: LabelWords, shape: Shape, class: Range<usize> },
}

/// Eats words and the bracket that closes them; the cursor stands behind the opening one.
pub(super) fn enclosed(cursor: &mut Cursor, close: &[(&str, Shape)]) -> Enclosed {
    let start = cursor.at;
    let closing = |at: &Cursor| close.iter().find(|(bracket, _)| at.rest().starts_with(bracket)).copied();
    cursor.eat_while(|c| is_blank(c) || c == '\n');
    let words = if let Some(words) = string(cursor) {
        cursor.eat_while(|c| is_blank(c) || c == '\n');
        words
    } else {
        // A slash or a hyphen may be a letter or begin a bracket: `/]` closes and `a/b` goes on.
        let mut ahead = cursor.near();
        loop {
            ahead.eat_while(|c| !"[](){}|\"/\\-".contains(c));
            if closing(&ahead).is_some() || ahead.peek().is_none_or(|c| !"/\\-".contains(c)) {
                break;
            }
            ahead.at += 1;
        }
        cursor.at = ahead.at;
        LabelWords::plain(cursor.text, start..cursor.at)
    };
    if let Some((bracket, shape)) = closing(cursor) {
        cursor.at += bracket.len();
        return Enclosed::Whole(words, shape);
    }
    cursor.at = start;
    recover(cursor, close)
}

/// Words in quotes with a class between them and their bracket: `A["Sign":::done]`.
fn around_class(cursor: &mut Cursor, words: &LabelWords, end: usize, close: &[(&str, Shape)]) -> Option<Enclosed> {
    let text = cursor.text;
    if !text.part(end..).starts_with(CLASS) {
        return None;
    }
    let mut behind = Cursor { text, at: end + CLASS.len() };
    behind.at += behind.word().len();
    let class = end..behind.at;
    let closed = close.iter().find(|(bracket, _)| behind.eat(bracket));
    cursor.at = if closed.is_some() { behind.at } else { end };
    let words = words.clone();
    Some(match closed {
        Some((_, shape)) => Enclosed::AroundClass { words, shape: *shape, class },
        None => Enclosed::Unclosed { words, end: end..end },
    })
}

/// Makes the best of words that are not as they should be; looks no further than this line.
fn recover(cursor: &mut Cursor, close: &[(&str, Shape)]) -> Enclosed {
    let text = cursor.text;
    let start = cursor.at;
    let line_end = cursor.near_line_end();
    let quoted = quoted(*cursor, line_end);
    if let Some(enclosed) = quoted.as_ref().and_then(|(words, end)| around_class(cursor, words, *end, close)) {
        return enclosed;
    }
    // `[/api/users]`: a path, not a slanted box.
    let path = close.iter().any(|(bracket, _)| *bracket == "/]").then_some(("]", Shape::Rectangle));
    let mut depth = 0_usize;
    for (offset, c) in text.part(start..line_end).char_indices().filter(|(_, c)| "[](){}|/\\-".contains(*c)) {
        let at = start + offset;
        let closing = close.iter().copied().chain(path).find(|(bracket, _)| text.part(at..).starts_with(bracket));
        if let Some((bracket, shape)) = closing.filter(|_| depth == 0) {
            cursor.at = at + bracket.len();
            let start = if bracket == "]" && path.is_some() { start - 1 } else { start };
            let words = LabelWords::plain(text, start..at);
            return match text.part(words.range.clone()).strip_prefix('"').filter(|rest| !rest.contains('"')) {
                Some(_) => {
                    Enclosed::OpenQuote(LabelWords { range: words.range.start + 1..words.range.end, ..words }, shape)
                }
                None => Enclosed::Unquoted(words, shape),
            };
        }
        match c {
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if let Some((words, end)) = quoted {
        let end = half_bracket(text.part(..line_end), end, close);
        cursor.at = end.end;
        return Enclosed::Unclosed { words, end };
    }
    let line = text.part(start..line_end);
    let end = [" --", " ==", " -.", " ~~~", " <-", ";", CLASS].iter().filter_map(|arrow| line.find(arrow)).min();
    cursor.at = start + end.unwrap_or(line.len());
    let all = trim(text, start..cursor.at);
    let written = text.part(all.clone());
    // What is there of the bracket is what no bracket within the words has opened.
    let is_left_over = |at: &usize| {
        let (words, rest) = written.split_at(*at);
        let opening = |c: char| ['(', '[', '{'].into_iter().zip([')', ']', '}']).find(|(_, close)| *close == c);
        let count = |of: char| words.matches(of).count();
        let is_free = |c: char| opening(c).is_none_or(|(open, close)| count(open) <= count(close));
        !rest.is_empty() && rest.chars().all(is_free)
    };
    let is_slanted = close.iter().any(|(bracket, _)| bracket.starts_with(['/', '\\']));
    let closes = |c: char| [')', ']', '}'].contains(&c) || (is_slanted && ['/', '\\'].contains(&c));
    let behind = written.trim_end_matches(closes).len();
    let half = (behind..written.len()).find(is_left_over).map(|at| all.start + at);
    let half = half.filter(|at| half_bracket(text.part(..all.end), *at, close).end == all.end);
    let end = half.unwrap_or(all.end)..all.end;
    Enclosed::Unclosed { words: LabelWords::plain(text, all.start..end.start), end }
}

/// How much of a bracket stands at a place where all of it should: `]` of `])`, or another one by a slip.
fn half_bracket(text: &str, at: usize, close: &[(&str, Shape)]) -> Range<usize> {
    let rest = text.get(at..).unwrap_or_default();
    let found = rest.len() - rest.trim_start_matches([')', ']', '}', '/', '\\']).len();
    at..at + if close.iter().any(|(bracket, _)| found <= bracket.len()) { found } else { 0 }
}

/// What stands between a node and its class.
pub(super) const CLASS: &str = ":::";

/// Words in quotes that stand right here and end before `line_end`, and the place behind them: where a bracket is
/// missing, they say where the label ends.
fn quoted(mut cursor: Cursor<'_>, line_end: usize) -> Option<(LabelWords, usize)> {
    cursor.skip_blanks();
    let words = string(&mut cursor).filter(|_| cursor.at <= line_end)?;
    Some((words, cursor.at))
}

/// Words in the curly quotes of a word processor, with nothing else around them: what lies within. One of the two
/// quotes may be straight.
pub(super) fn in_curly_quotes(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    const QUOTES: [char; 5] = ['“', '”', '„', '‟', '"'];
    // What stands in straight quotes is as the author wants it.
    if text.part(..range.start).ends_with('"') {
        return None;
    }
    let mut letters = text.get(range.clone())?.char_indices();
    let (first, last) = (letters.next()?, letters.next_back()?);
    let inner = range.start + first.1.len_utf8()..range.start + last.0;
    let is_straight = first.1 == '"' && last.1 == '"';
    let is_quoted = QUOTES.contains(&first.1) && QUOTES.contains(&last.1) && !is_straight;
    let inner = trim(text, inner);
    (is_quoted && !inner.is_empty() && !text.part(inner.clone()).contains(QUOTES)).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What lies in square brackets, and what is left behind them.
    fn square(text: &str) -> String {
        let mut cursor = Cursor::new(text);
        let (name, words) = match enclosed(&mut cursor, &[("]", Shape::Rectangle)]) {
            Enclosed::Whole(words, _) => ("whole", words),
            Enclosed::Unquoted(words, _) => ("unquoted", words),
            Enclosed::OpenQuote(words, _) => ("open quote", words),
            Enclosed::Unclosed { words, .. } => ("unclosed", words),
            Enclosed::AroundClass { words, .. } => ("around class", words),
        };
        format!("{name} `{}` |{}", &text[words.range], cursor.rest())
    }

    #[test]
    fn words_end_at_their_bracket() {
        assert_eq!(square(" Sign NDA ] --> B"), "whole `Sign NDA` | --> B");
        assert_eq!(square("\"Go [now] (really)\"] --> B"), "whole `Go [now] (really)` | --> B");
        assert_eq!(square("two\nlines]"), "whole `two\nlines` |");
        assert_eq!(square("\"two\nlines\"]"), "whole `two\nlines` |");
        assert_eq!(square("a/b - c]"), "whole `a/b - c` |");
    }

    #[test]
    fn brackets_and_quotes_among_plain_words_are_named_and_read() {
        assert_eq!(square("Go (now)] --> B"), "unquoted `Go (now)` | --> B");
        assert_eq!(square("say \"yes\"] --> B"), "unquoted `say \"yes\"` | --> B");
        assert_eq!(square("\"Sign] --> B"), "open quote `Sign` | --> B");
    }

    #[test]
    fn an_open_bracket_ends_before_the_next_arrow() {
        assert_eq!(square("unclosed --> b\nc[ok]"), "unclosed `unclosed` | --> b\nc[ok]");
        assert_eq!(square("unclosed\nc --> d"), "unclosed `unclosed` |\nc --> d");
        assert_eq!(square("unclosed:::lead --> b"), "unclosed `unclosed` |:::lead --> b");
        assert_eq!(square("\"Sign\":::lead\nb[\"c\"]"), "unclosed `Sign` |:::lead\nb[\"c\"]");
        assert_eq!(square("\"Sign\" --> b"), "unclosed `Sign` | --> b");
        assert_eq!(square("\"Sign\":::lead] --> b"), "around class `Sign` | --> b");
    }

    #[test]
    fn curly_quotes_around_words_are_no_part_of_them() {
        let inner = |text: &str| in_curly_quotes(text, &(0..text.len())).map(|inner| text[inner].to_owned());
        assert_eq!(inner("“Sign”").as_deref(), Some("Sign"));
        assert_eq!(inner("„Sign“").as_deref(), Some("Sign"));
        assert_eq!(inner("“Sign\"").as_deref(), Some("Sign"));
        assert_eq!(inner("\"Sign ”").as_deref(), Some("Sign"));
        for text in ["\"Sign\"", "Sign", "“Go” or “no go”", "say “go”", "“", "“”"] {
            assert_eq!(inner(text), None, "{text}");
        }
    }
}

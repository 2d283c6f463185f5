//! Marks around text: `==x==`, `^^x^^`, `x^2^`, `H~2~O`, and those of Critic Markup.
//! In: a place in a text where marks may start. Out: the pair of tags they stand for, when their end is found.
//! Never knows: what is marked.

use std::ops::Range;

use pulldown_cmark::Event;

use super::writer::Writer;

/// A kind of marks.
#[derive(Debug)]
pub(crate) struct MarkKind {
    pub open: &'static str,
    pub close: &'static str,
    pub start_tag: &'static str,
    pub end_tag: &'static str,
    content: MarkContent,
}

/// What may stand between marks.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum MarkContent {
    /// Anything inline that does not start or end in a blank.
    Inline,
    /// Anything inline.
    Any,
    /// An old text and a new one, with `~>` between them.
    Replacement,
    /// A word.
    Word,
}

const fn mark(
    open: &'static str,
    close: &'static str,
    tags: (&'static str, &'static str),
    content: MarkContent,
) -> MarkKind {
    MarkKind { open, close, start_tag: tags.0, end_tag: tags.1, content }
}

/// Longer ones first.
pub(crate) static MARKS: [MarkKind; 9] = [
    mark("{~~", "~~}", ("<del class=\"critic\">", "</ins>"), MarkContent::Replacement),
    mark("{++", "++}", ("<ins class=\"critic\">", "</ins>"), MarkContent::Any),
    mark("{--", "--}", ("<del class=\"critic\">", "</del>"), MarkContent::Any),
    mark("{==", "==}", ("<mark class=\"critic\">", "</mark>"), MarkContent::Any),
    mark("{>>", "<<}", ("<span class=\"critic comment\">", "</span>"), MarkContent::Any),
    mark("==", "==", ("<mark>", "</mark>"), MarkContent::Inline),
    mark("^^", "^^", ("<ins>", "</ins>"), MarkContent::Inline),
    mark("^", "^", ("<sup>", "</sup>"), MarkContent::Word),
    mark("~", "~", ("<sub>", "</sub>"), MarkContent::Word),
];

/// The marks that are open, and what is known of those that are not.
#[derive(Default)]
pub(crate) struct OpenMarks {
    open: Vec<OpenMark>,
    /// For each kind, up to where no end of it was found: looked for once, not again from every start.
    none_before: [usize; MARKS.len()],
}

struct OpenMark {
    mark: &'static MarkKind,
    /// Where its end stands.
    close: usize,
}

impl OpenMarks {
    /// Whether the text is the old one of a replacement.
    pub(super) fn replaces(&self) -> bool {
        self.open.last().is_some_and(|open| open.mark.content == MarkContent::Replacement)
    }

    /// Where the innermost open mark ends.
    pub(super) fn next_close(&self) -> Option<usize> {
        self.open.last().map(|open| open.close)
    }
}

impl Writer<'_> {
    /// The mark that starts at `at`, in a run of text that ends at `end`, and where its own end stands.
    pub(super) fn mark_at(&mut self, at: usize, end: usize) -> Option<(&'static MarkKind, usize)> {
        let text = &self.input.text[at..end];
        let (kind, mark) = MARKS.iter().enumerate().find(|(_, mark)| text.starts_with(mark.open))?;
        let from = at + mark.open.len();
        let limit = self.marks.next_close().unwrap_or(usize::MAX);
        if mark.content == MarkContent::Word {
            let word = &self.input.text[from..end.min(limit.max(from))];
            let length = word.find(|c: char| c.is_whitespace() || mark.open.contains(c))?;
            let is_single = length > 0 && !self.input.text[..at].ends_with(mark.open);
            let closes = word[length..].starts_with(mark.close) && !word[length + 1..].starts_with(mark.close);
            return (is_single && closes).then_some((mark, from + length));
        }
        if at < self.marks.none_before[kind] {
            return None;
        }
        let starts_well =
            mark.content != MarkContent::Inline || !self.input.text[from..].starts_with(char::is_whitespace);
        if !starts_well {
            return None;
        }
        match self.close_of(mark, from, end, limit) {
            Ok(close) => Some((mark, close)),
            Err(searched) => {
                self.marks.none_before[kind] = searched;
                None
            }
        }
    }

    /// Where a mark ends that starts before `from`; or up to where there is no end. The end stands beside the
    /// start, not inside other markup, and before `limit`.
    fn close_of(&self, mark: &MarkKind, from: usize, end: usize, limit: usize) -> Result<usize, usize> {
        let mut run = from..end;
        let mut depth = 0_usize;
        let mut events = self.input.events[self.at..].iter();
        loop {
            let stop = run.end.min(limit).max(run.start);
            if let Some(found) = self.close_in(mark, run.start, stop, from) {
                return Ok(found);
            }
            if run.end >= limit {
                return Err(stop);
            }
            loop {
                match events.next() {
                    Some((Event::Start(_), _)) => depth += 1,
                    Some((Event::End(_), _)) if depth > 0 => depth -= 1,
                    Some((Event::Text(_), place)) if depth == 0 => {
                        run = place.clone();
                        break;
                    }
                    None | Some((Event::End(_), _)) => return Err(stop),
                    Some(_) => {}
                }
            }
        }
    }

    fn close_in(&self, mark: &MarkKind, start: usize, stop: usize, from: usize) -> Option<usize> {
        let start = match mark.content {
            MarkContent::Replacement => start + self.input.text.get(start..stop)?.find("~>")?,
            MarkContent::Any | MarkContent::Inline | MarkContent::Word => start,
        };
        let text = self.input.text.get(start..stop)?;
        text.match_indices(mark.close).map(|(at, _)| start + at).find(|at| {
            let before = &self.input.text[from..*at];
            match mark.content {
                MarkContent::Any | MarkContent::Replacement => true,
                MarkContent::Inline | MarkContent::Word => !before.is_empty() && !before.ends_with(char::is_whitespace),
            }
        })
    }

    pub(super) fn start_emphasis(&mut self, tag: &str) {
        self.markup(tag);
        self.emphasis.push(self.out.html.len());
    }

    /// Ends emphasis, which an attribute list may follow: `**Net 30**{ #terms }`.
    pub(super) fn end_emphasis(&mut self, tag: &str, range: &Range<usize>) {
        let content = self.emphasis.pop();
        if let Some(content) = content.filter(|_| self.images == 0)
            && let Some(attributes) = self.attributes_at(range.end)
        {
            self.insert_attributes(content - 1, &attributes);
        }
        self.markup(tag);
    }

    pub(super) fn open_mark(&mut self, mark: &'static MarkKind, close: usize) {
        self.markup(mark.start_tag);
        self.marks.open.push(OpenMark { mark, close });
    }

    /// Ends the innermost open mark; returns how long its end is.
    pub(super) fn close_mark(&mut self) -> usize {
        let Some(open) = self.marks.open.pop() else { return 0 };
        self.markup(open.mark.end_tag);
        open.mark.close.len()
    }

    /// Ends all open marks: no mark outlives its block.
    pub(super) fn close_marks(&mut self) {
        while !self.marks.open.is_empty() {
            self.close_mark();
        }
    }
}

/// The tags of what the parser takes for struck out: one tilde on each side is a subscript, two strike out.
pub(crate) fn strikethrough(text: &str, range: &Range<usize>) -> (&'static str, &'static str) {
    if text[range.clone()].starts_with("~~") { ("<del>", "</del>") } else { ("<sub>", "</sub>") }
}

//! Marks around text: `==x==`, `^^x^^`, `x^2^`, `H~2~O`, and those of Critic Markup.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::markdown::write::writer::{Enclosing, Writer};
use crate::source::Part as _;

/// A kind of marks.
#[derive(Debug)]
pub(crate) struct MarkKind {
    pub open: &'static str,
    pub close: &'static str,
    pub start_tag: &'static str,
    pub end_tag: &'static str,
    content: MarkContent,
}

/// What may be between marks.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum MarkContent {
    /// Anything inline that does not start or end in whitespace.
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
pub(in crate::markdown::write) struct Marks {
    open: Vec<OpenMark>,
    /// For each kind, up to where no end of it was found: looked for once, not again from every start.
    none_before: [usize; MARKS.len()],
    /// Where the contents of open emphasis start in the HTML.
    emphasis: Vec<usize>,
}

struct OpenMark {
    mark: &'static MarkKind,
    /// Where its end is.
    close: usize,
}

impl Marks {
    /// Whether the text is the old one of a replacement.
    pub(super) fn replaces(&self) -> bool {
        self.open.last().is_some_and(|open| open.mark.content == MarkContent::Replacement)
    }

    /// Where the innermost open mark ends.
    pub(super) fn next_close(&self) -> Option<usize> {
        self.open.last().map(|open| open.close)
    }

    /// The mark that starts at `at`, in a run of text that ends at `end`, and where its own end is.
    pub(super) fn at(&mut self, writer: &Writer<'_>, at: usize, end: usize) -> Option<(&'static MarkKind, usize)> {
        let text = writer.text().part(at..end);
        let limit = self.next_close().unwrap_or(usize::MAX);
        let mut kinds = MARKS.iter().zip(&mut self.none_before);
        let (mark, none_before) = kinds.find(|(mark, _)| text.starts_with(mark.open))?;
        let from = at + mark.open.len();
        if mark.content == MarkContent::Word {
            // A word goes to the first space or mark: `H~2~O`, and not from one `~` of a paragraph to another.
            let word = writer.text().part(from..end.min(limit.max(from)));
            let length = word.find(|c: char| c.is_whitespace() || mark.open.contains(c))?;
            // Two of them are another mark, or the parser's own.
            let is_single = length > 0 && !writer.text().part(..at).ends_with(mark.open);
            let closes =
                word.part(length..).starts_with(mark.close) && !word.part(length + 1..).starts_with(mark.close);
            return (is_single && closes).then_some((mark, from + length));
        }
        if at < *none_before {
            return None;
        }
        let (before, after) = (writer.text().part(..at), writer.text().part(from..));
        let repeats = |c: char| mark.open.starts_with(c);
        // A comparison may follow a bracket: `(tier)==1`.
        let starts_well = !before.ends_with(|c| joins_words(c) || repeats(c) || matches!(c, ')' | ']'))
            && !after.starts_with(|c: char| c.is_whitespace() || repeats(c));
        if mark.content == MarkContent::Inline && !starts_well {
            return None;
        }
        match close_of(writer, mark, from..end, limit) {
            Ok(close) => Some((mark, close)),
            Err(searched) => {
                *none_before = searched;
                None
            }
        }
    }

    pub(in crate::markdown::write) fn start_emphasis(&mut self, writer: &mut Writer<'_>, tag: &str) {
        writer.markup(tag);
        self.emphasis.push(writer.end());
    }

    /// Ends emphasis, which an attribute list may follow: `**Net 30**{ #terms }`.
    pub(in crate::markdown::write) fn end_emphasis(
        &mut self,
        writer: &mut Writer<'_>,
        tag: &str,
        range: &Range<usize>,
    ) {
        let content = self.emphasis.pop();
        if let Some(content) = content.filter(|_| !writer.is_in(Enclosing::Image))
            && let Some(attributes) = writer.attributes_at(range.end)
        {
            // The tag ends right before its content.
            writer.insert_attributes(content - 1, &attributes);
        }
        writer.markup(tag);
    }

    pub(super) fn open(&mut self, writer: &mut Writer<'_>, mark: &'static MarkKind, close: usize) {
        writer.markup(mark.start_tag);
        self.open.push(OpenMark { mark, close });
    }

    /// Ends the innermost open mark; returns how long its end is.
    pub(super) fn close(&mut self, writer: &mut Writer<'_>) -> usize {
        let Some(open) = self.open.pop() else { return 0 };
        writer.markup(open.mark.end_tag);
        open.mark.close.len()
    }

    /// Ends all open marks: no mark outlives its block.
    pub(in crate::markdown::write) fn close_all(&mut self, writer: &mut Writer<'_>) {
        while !self.open.is_empty() {
            self.close(writer);
        }
    }
}

/// Where a mark ends that starts before `from`; or up to where there is no end. The end is beside the
/// start, not inside other markup, and before `limit`.
fn close_of(writer: &Writer<'_>, mark: &MarkKind, content: Range<usize>, limit: usize) -> Result<usize, usize> {
    let from = content.start;
    let mut run = content;
    let mut depth = 0_usize;
    let mut events = writer.rest().iter();
    loop {
        let stop = run.end.min(limit).max(run.start);
        if let Some(found) = close_in(writer.text(), mark, run.start..stop, from) {
            return Ok(found);
        }
        if run.end >= limit {
            return Err(stop);
        }
        loop {
            match events.next() {
                // Markup in between is passed over whole: `==a *b== c* d==` ends behind `d`.
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

fn close_in(text: &str, mark: &MarkKind, run: Range<usize>, from: usize) -> Option<usize> {
    let start = match mark.content {
        // An end before `~>` belongs to something else.
        MarkContent::Replacement => run.start + text.get(run.clone())?.find("~>")?,
        MarkContent::Any | MarkContent::Inline | MarkContent::Word => run.start,
    };
    text.get(start..run.end)?.match_indices(mark.close).map(|(at, _)| start + at).find(|at| {
        let before = text.part(from..*at);
        match mark.content {
            MarkContent::Any | MarkContent::Replacement => true,
            MarkContent::Word => !before.is_empty() && !before.ends_with(char::is_whitespace),
            MarkContent::Inline => {
                let after = text.part(*at + mark.close.len()..);
                !before.is_empty() && !before.ends_with(char::is_whitespace) && !after.starts_with(joins_words)
            }
        }
    })
}

/// Whether a character right beside marks makes them a part of a word: `tier==Gold or tier==Silver`. Scripts that put no
/// spaces between words go without this.
fn joins_words(c: char) -> bool {
    c == '_' || c.is_ascii_digit() || (c.is_alphabetic() && c < '\u{590}')
}

/// The tags of what the parser takes for struck out: one tilde on each side is a subscript, two strike out.
pub(crate) fn strikethrough(text: &str, range: &Range<usize>) -> (&'static str, &'static str) {
    if text.part(range.clone()).starts_with("~~") { ("<del>", "</del>") } else { ("<sub>", "</sub>") }
}

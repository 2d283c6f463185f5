//! HTML elements whose content is Markdown: `<div markdown>`.
//!
//! Their lines lose the attribute that asks for it, and get the blank lines around them that make the parser read what
//! is inside.

use super::quoted::{LinePlace, Next, QuotedText};
use crate::html::tokenizer::{Markup, StartTag, markup_at};
use crate::markdown::lines::IndentedLine;
use crate::source::Part as _;

/// A tag ends within this many bytes, or its content is not read.
const LONGEST_TAG: usize = 4_096;

/// The elements around the current line whose content is Markdown.
#[derive(Default)]
pub(super) struct MarkdownElements {
    /// Their names, innermost last.
    open: Vec<String>,
    /// Lines that start before here are written already: a tag may go over several.
    done: usize,
}

impl MarkdownElements {
    /// Whether a line is a part of a tag that is written already.
    pub(super) fn has_written(&self, line: &IndentedLine<'_>) -> bool {
        line.start < self.done
    }

    /// Writes a line with a tag at `at`, where its text or that of a list item starts, when the tag's content is
    /// Markdown, or when it ends such content: blank lines make the parser read it so. Returns whether it was such a
    /// line.
    pub(super) fn tag_line(
        &mut self,
        out: &mut QuotedText<'_>,
        line: &IndentedLine<'_>,
        at: usize,
        place: LinePlace,
    ) -> bool {
        let text = out.source();
        match markup_at(text.part(..line.end), at) {
            Some(Markup::StartTag(tag)) => self.opens(out, line, &tag, place),
            // A tag with many attributes is often written over several lines.
            Some(Markup::UnclosedTag(_)) => match markup_at(text.part(..tag_limit(text, at)), at) {
                Some(Markup::StartTag(tag)) => self.opens(out, &line_to(text, line, tag.span.end), &tag, place),
                _ => false,
            },
            Some(Markup::EndTag(tag))
                if at == line.body_start && self.open.iter().any(|element| *element == *tag.name) =>
            {
                let innermost = self.open.iter().rposition(|element| *element == *tag.name);
                self.open.truncate(innermost.unwrap_or(0));
                out.blank_here(line.start);
                out.copy(line, place);
                out.blank_here(line.next);
                true
            }
            _ => self.summary_line(out, line, place),
        }
    }

    /// Writes a line with an opening tag, when the tag asks for something.
    fn opens(
        &mut self,
        out: &mut QuotedText<'_>,
        line: &IndentedLine<'_>,
        tag: &StartTag<'_>,
        place: LinePlace,
    ) -> bool {
        let asks = tag.value("markdown").is_some_and(|value| value != "0");
        if asks {
            self.opening_line(out, line, tag, place);
        }
        asks || self.summary_line(out, line, place)
    }

    /// Writes the line that ends a summary: what follows it would belong to its block of HTML.
    fn summary_line(&self, out: &mut QuotedText<'_>, line: &IndentedLine<'_>, place: LinePlace) -> bool {
        let ends = self.open.last().is_some_and(|element| element == "details")
            && line.body.trim_end().ends_with("</summary>");
        if ends {
            out.copy(line, place);
            out.blank_here(line.next);
        }
        ends
    }

    /// Writes a line of content that its element ends on, with the end tag as a block of its own: `**Sign.**</div>`.
    pub(super) fn last_line(&mut self, out: &mut QuotedText<'_>, line: &IndentedLine<'_>, place: LinePlace) -> bool {
        let Some(name) = self.open.last() else { return false };
        let (opening, closing) = (format!("<{name}"), format!("</{name}>"));
        let Some(content) = line.body.trim_end().strip_suffix(&*closing) else { return false };
        // In `<div>a</div>` the tag ends an element of this line, not the one around it.
        let is_own = content.matches(&*opening).count() > content.matches(&*closing).count();
        if is_own || content.trim().is_empty() {
            return false;
        }
        self.open.pop();
        out.mark_changed();
        let end = line.body_start + content.len();
        out.copy(&IndentedLine { end, next: end, body: content, ..*line }, place);
        let here = out.span(end..end);
        out.insert("\n", here);
        out.blank_line(place.depth, here);
        out.write_prefix(place.depth, place.indent, here);
        out.copy_range(end..end + closing.len());
        out.insert("\n", out.span(line.end..line.next));
        out.blank_here(line.next);
        true
    }

    fn opening_line(
        &mut self,
        out: &mut QuotedText<'_>,
        line: &IndentedLine<'_>,
        tag: &StartTag<'_>,
        place: LinePlace,
    ) {
        let at = tag.span.start;
        out.mark_changed();
        self.done = line.next;
        if at == line.body_start {
            out.blank_here(line.start);
        }
        out.separate(place.depth, Next::Other, line.start);
        out.flush_blanks(place.depth);
        out.write_prefix(place.depth, place.indent, out.span(line.start..line.body_start));
        out.copy_range(line.body_start..at);
        copy_tag(out, tag);
        let text = out.source();
        let rest = text.part(tag.span.end..line.end).trim_end();
        let closing = format!("</{}>", tag.name);
        let content = rest.strip_suffix(&*closing);
        if content.is_none() && !tag.is_self_closing {
            self.open.push(tag.name.clone().into_owned());
        }
        let content_end = tag.span.end + content.unwrap_or(rest).len();
        for part in [tag.span.end..content_end, content_end..tag.span.end + rest.len()] {
            if !text.part(part.clone()).trim().is_empty() {
                let here = out.span(part.start..part.start);
                out.insert("\n", here);
                out.blank_line(place.depth, here);
                out.write_prefix(place.depth, place.indent, here);
                out.copy_range(part);
            }
        }
        out.insert("\n", out.span(line.end..line.next));
        out.blank_here(line.next);
    }
}

/// Where a tag that goes over lines must have ended: before the next blank line, and some way on.
fn tag_limit(text: &str, at: usize) -> usize {
    let end = text.floor_char_boundary(at + LONGEST_TAG);
    text.part(at..end).find("\n\n").map_or(end, |blank| at + blank)
}

/// A line that goes on to the end of the one that `end` is in.
fn line_to<'a>(text: &'a str, line: &IndentedLine<'_>, end: usize) -> IndentedLine<'a> {
    let next = text.part(end..).find('\n').map_or(text.len(), |at| end + at + 1);
    let end = end + text.part(end..next).trim_end_matches(['\n', '\r']).len();
    let body = text.part(line.body_start..end);
    IndentedLine { end, next, body, ..*line }
}

/// Writes a tag on one line, without the attribute that asks for Markdown.
fn copy_tag(out: &mut QuotedText<'_>, tag: &StartTag<'_>) {
    out.copy_range(tag.span.start..tag.span.start + "<".len() + tag.name.len());
    for attribute in tag.attributes().filter(|attribute| attribute.name != "markdown") {
        let place = attribute.span;
        let here = out.span(place.start - 1..place.start);
        out.insert(" ", here);
        let written = out.source().part(place.clone());
        if written.contains('\n') {
            // The marks of quotes around the line would come between.
            let folded = written.split_whitespace().collect::<Vec<_>>().join(" ");
            out.insert(&folded, out.span(place));
        } else {
            out.copy_range(place);
        }
    }
    let end = if tag.is_self_closing { "/>" } else { ">" };
    out.insert(end, out.span(tag.span.end - 1..tag.span.end));
}

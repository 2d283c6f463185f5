//! HTML elements whose content is Markdown: `<div markdown>`.
//! In: lines that start with a tag. Out: the same lines without the attribute that asks for it, and with the blank
//! lines around them that make the parser read what is inside.
//! Never knows: what the elements are for.

use super::Pass;
use super::quoted::Next;
use crate::html::tokenizer::{Markup, StartTag, markup_at};
use crate::markdown::lines::IndentedLine;
use crate::source::Part as _;

/// A tag ends within this many bytes, or its content is not read.
const LONGEST_TAG: usize = 4_096;

/// How many blocks surround a line, and its indentation inside them.
type BlockDepth = (usize, usize);

impl<'a> Pass<'a> {
    /// Writes a line with a tag at `at`, where its text or that of a list item starts, when the tag's content is
    /// Markdown, or when it ends such content: blank lines make the parser read it so. Returns whether it was such a
    /// line.
    pub(super) fn html_line(&mut self, line: &IndentedLine<'_>, at: usize, place: BlockDepth) -> bool {
        let text = self.text;
        match markup_at(text.part(..line.end), at) {
            Some(Markup::StartTag(tag)) => self.opens(line, &tag, place),
            Some(Markup::UnclosedTag(_)) => match markup_at(text.part(..self.tag_limit(at)), at) {
                Some(Markup::StartTag(tag)) => self.opens(&self.line_to(line, tag.span.end), &tag, place),
                _ => false,
            },
            Some(Markup::EndTag(tag))
                if at == line.body_start && self.elements.iter().any(|element| *element == *tag.name) =>
            {
                let innermost = self.elements.iter().rposition(|element| *element == *tag.name);
                self.elements.truncate(innermost.unwrap_or(0));
                self.blank_here(line.start);
                self.copy(line, place.0, place.1);
                self.blank_here(line.next);
                true
            }
            _ => self.summary_line(line, place),
        }
    }

    /// Writes a line with a start tag, when the tag asks for something.
    fn opens(&mut self, line: &IndentedLine<'_>, tag: &StartTag<'_>, place: BlockDepth) -> bool {
        let asks = tag.value("markdown").is_some_and(|value| value != "0");
        if asks {
            self.markdown_element(line, tag, place);
        }
        asks || self.summary_line(line, place)
    }

    /// Writes the line that ends a summary: what follows it would belong to its block of HTML.
    fn summary_line(&mut self, line: &IndentedLine<'_>, (depth, indent): BlockDepth) -> bool {
        let ends = self.elements.last().is_some_and(|element| element == "details")
            && line.body.trim_end().ends_with("</summary>");
        if ends {
            self.copy(line, depth, indent);
            self.blank_here(line.next);
        }
        ends
    }

    /// Writes a line of content that its element ends on, with the end tag as a block of its own: `**Sign.**</div>`.
    pub(super) fn last_line(&mut self, line: &IndentedLine<'_>, (depth, indent): BlockDepth) -> bool {
        let Some(name) = self.elements.last() else { return false };
        let (opening, closing) = (format!("<{name}"), format!("</{name}>"));
        let Some(content) = line.body.trim_end().strip_suffix(&*closing) else { return false };
        let is_own = content.matches(&*opening).count() > content.matches(&*closing).count();
        if is_own || content.trim().is_empty() {
            return false;
        }
        self.elements.pop();
        self.changed = true;
        let end = line.body_start + content.len();
        self.copy(&IndentedLine { end, next: end, body: content, ..*line }, depth, indent);
        let here = self.origin.span(end..end);
        self.out.insert("\n", here);
        self.blank_line(depth, here);
        self.write_prefix(depth, indent, here);
        self.out.copy_derived(self.text, end..end + closing.len(), self.origin);
        self.out.insert("\n", self.origin.span(line.end..line.next));
        self.blank_here(line.next);
        true
    }

    /// Where a tag that goes over lines must have ended: before the next blank line, and some way on.
    fn tag_limit(&self, at: usize) -> usize {
        let end = self.text.floor_char_boundary(at + LONGEST_TAG);
        self.text[at..end].find("\n\n").map_or(end, |blank| at + blank)
    }

    /// A line that goes on to the end of the one that `end` lies in.
    fn line_to(&self, line: &IndentedLine<'_>, end: usize) -> IndentedLine<'a> {
        let next = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at + 1);
        let end = end + self.text[end..next].trim_end_matches(['\n', '\r']).len();
        IndentedLine { end, next, body: &self.text[line.body_start..end], ..*line }
    }

    fn markdown_element(&mut self, line: &IndentedLine<'_>, tag: &StartTag<'_>, (depth, indent): BlockDepth) {
        let at = tag.span.start;
        self.changed = true;
        self.done = line.next;
        if at == line.body_start {
            self.blank_here(line.start);
        }
        self.separate(depth, Next::Other, line.start);
        self.flush_blanks(depth);
        self.write_prefix(depth, indent, self.origin.span(line.start..line.body_start));
        self.out.copy_derived(self.text, line.body_start..at, self.origin);
        self.copy_tag(tag);
        let text = self.text;
        let rest = text.part(tag.span.end..line.end).trim_end();
        let closing = format!("</{}>", tag.name);
        let content = rest.strip_suffix(&*closing);
        if content.is_none() && !tag.is_self_closing {
            self.elements.push(tag.name.clone().into_owned());
        }
        let content_end = tag.span.end + content.unwrap_or(rest).len();
        for part in [tag.span.end..content_end, content_end..tag.span.end + rest.len()] {
            if !text.part(part.clone()).trim().is_empty() {
                let here = self.origin.span(part.start..part.start);
                self.out.insert("\n", here);
                self.blank_line(depth, here);
                self.write_prefix(depth, indent, here);
                self.out.copy_derived(text, part, self.origin);
            }
        }
        self.out.insert("\n", self.origin.span(line.end..line.next));
        self.blank_here(line.next);
    }

    /// Writes a tag on one line, without the attribute that asks for Markdown.
    fn copy_tag(&mut self, tag: &StartTag<'_>) {
        let name_end = tag.span.start + "<".len() + tag.name.len();
        self.out.copy_derived(self.text, tag.span.start..name_end, self.origin);
        for attribute in tag.attributes().filter(|attribute| attribute.name != "markdown") {
            let place = attribute.span;
            let here = self.origin.span(place.start - 1..place.start);
            self.out.insert(" ", here);
            let written = self.text.part(place.clone());
            if written.contains('\n') {
                // The marks of quotes around the line would come between.
                let folded = written.split_whitespace().collect::<Vec<_>>().join(" ");
                self.out.insert(&folded, self.origin.span(place));
            } else {
                self.out.copy_derived(self.text, place, self.origin);
            }
        }
        let end = if tag.is_self_closing { "/>" } else { ">" };
        self.out.insert(end, self.origin.span(tag.span.end - 1..tag.span.end));
    }

    /// Asks for a blank line, unless there is one.
    fn blank_here(&mut self, at: usize) {
        if self.blanks.is_empty() && !self.out.is_empty() {
            self.blanks.push(at..at);
        }
    }
}

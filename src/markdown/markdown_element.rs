//! HTML elements whose content is Markdown: `<div markdown>`.
//! In: lines that start with a tag. Out: the same lines without the attribute that asks for it, and with the blank
//! lines around them that make the parser read what is inside.
//! Never knows: what the elements are for.

use super::desugar::Pass;
use super::lines::Line;
use super::quoted::Next;
use super::tag::{self, Markup, Tag};

impl Pass<'_> {
    /// Writes a line that starts with a tag whose content is Markdown, or ends such content: blank lines make the
    /// parser read it so. Returns whether it was such a line.
    pub(super) fn html_line(&mut self, line: &Line<'_>, depth: usize, indent: usize) -> bool {
        match tag::read(line.body) {
            Markup::Open(tag) if tag.value(line.body, "markdown").is_some_and(|value| value != "0") => {
                self.markdown_element(line, &tag, depth, indent);
                true
            }
            Markup::Close(name, _) if self.elements.contains(&name) => {
                let innermost = self.elements.iter().rposition(|element| *element == name);
                self.elements.truncate(innermost.unwrap_or(0));
                self.blank_here(line.start);
                self.copy(line, depth, indent);
                self.blank_here(line.next);
                true
            }
            // What follows a summary would belong to its block of HTML.
            _ if self.elements.last().is_some_and(|element| element == "details")
                && line.body.trim_end().ends_with("</summary>") =>
            {
                self.copy(line, depth, indent);
                self.blank_here(line.next);
                true
            }
            _ => false,
        }
    }

    fn markdown_element(&mut self, line: &Line<'_>, tag: &Tag, depth: usize, indent: usize) {
        self.changed = true;
        self.blank_here(line.start);
        self.separate(depth, Next::Other, line.start);
        self.flush_blanks(depth);
        let at = |offset: usize| line.body_start + offset;
        let attribute = tag.attributes.iter().find(|attribute| attribute.name == "markdown");
        let cut = attribute.map_or(tag.end..tag.end, |attribute| attribute.whole.clone());
        let before = line.body[..cut.start].trim_end().len();
        self.write_prefix(depth, indent, self.origin.span(line.start..line.body_start));
        self.out.copy_derived(self.text, at(0)..at(before), self.origin);
        self.out.copy_derived(self.text, at(cut.end)..at(tag.end), self.origin);
        let rest = line.body[tag.end..].trim_end();
        let closing = format!("</{}>", tag.name);
        let content = rest.strip_suffix(&*closing);
        if content.is_none() {
            self.elements.push(tag.name.clone());
        }
        let content_end = tag.end + content.unwrap_or(rest).len();
        for part in [tag.end..content_end, content_end..tag.end + rest.len()] {
            if !line.body[part.clone()].trim().is_empty() {
                let here = self.origin.span(at(part.start)..at(part.start));
                self.out.insert("\n", here);
                self.blank_line(depth, here);
                self.write_prefix(depth, indent, here);
                self.out.copy_derived(self.text, at(part.start)..at(part.end), self.origin);
            }
        }
        self.out.insert("\n", self.origin.span(line.end..line.next));
        self.blank_here(line.next);
    }

    /// Asks for a blank line, unless there is one.
    fn blank_here(&mut self, at: usize) {
        if self.blanks.is_empty() && !self.out.is_empty() {
            self.blanks.push(at..at);
        }
    }
}

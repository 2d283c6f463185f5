//! Headings.
//! In: headings as they come, with the ids that authors give them. Out: HTML with ids, none of them twice.
//! Never knows: the table of contents, or what links to the ids.

use std::ops::Range;

use super::writer::Writer;
use crate::diagnostic::Rule;
use crate::html::escape_attribute;
use crate::markdown::attributes::Attributes;
use crate::markdown::document::Heading;
use crate::markdown::plain::folded;
use crate::source::{Located, Span};
use crate::url::Anchor;
use crate::wording::Wording;

/// The same id twice on a page.
pub static DUPLICATE_ID: Rule = Rule::error("heading/duplicate-id", include_str!("duplicate_id.md"));

/// A heading in which nothing is shown.
pub(crate) static EMPTY: Rule = Rule::warning("heading/empty", include_str!("empty_heading.md"));

/// A heading whose end was not met yet.
pub(crate) struct OpenHeading {
    /// The id that the parser read.
    id: Option<String>,
    /// Where its plain text starts.
    pub plain: usize,
    range: Range<usize>,
    /// Position of its first event.
    first: usize,
}

/// The headings above a place, each by the level it has and the one it is read out at.
///
/// A level is often taken for a size of type. Those who hear the page go from heading to heading, and would look for
/// the ones between.
#[derive(Default)]
pub(crate) struct HeadingLevels(Vec<(u8, u8)>);

impl HeadingLevels {
    /// The level at which a heading is read out: one below the heading it stands under.
    fn place(&mut self, level: u8) -> u8 {
        self.0.retain(|(above, _)| *above < level);
        // Under nothing but the page's title.
        let place = self.0.last().map_or(level.min(2), |(_, place)| place + 1);
        self.0.push((level, place));
        place
    }
}

impl Writer<'_> {
    pub(super) fn start_heading(&mut self, id: Option<&str>, range: &Range<usize>) {
        self.out.fresh_line();
        self.put_aside();
        let plain = self.plain.start();
        self.headings.push(OpenHeading { id: id.map(ToOwned::to_owned), plain, range: range.clone(), first: self.at });
    }

    pub(super) fn end_heading(&mut self, level: u8) {
        let Some(heading) = self.headings.pop() else { return };
        let content = self.take_up();
        let text = folded(self.plain.since(heading.plain));
        self.plain.end();
        let span = self.content_span(heading.first, &heading.range);
        if text.is_empty() && content.html.trim().is_empty() && content.holes.is_empty() {
            let line = self.span(self.trimmed(&heading.range));
            let help = "add the text, or remove the line";
            self.found.push(EMPTY.at(line, "this heading has no text").help(help));
        }
        let list = self.heading_attributes(&heading);
        let brace = self.input.text[heading.range.clone()].rfind('{').map(|at| heading.range.start + at);
        self.report_refused(&list, brace.unwrap_or(heading.range.start));
        if let Some(at) = brace.filter(|at| list == Attributes::default() && self.is_behind_content(heading.first, *at))
        {
            self.report_lost_attributes(at);
        }
        let id_span = heading.id.as_deref().map(|id| self.id_span(id, &heading.range));
        let id = match (heading.id, id_span) {
            (Some(id), Some(span)) => {
                self.give_id(&id, span);
                id
            }
            _ => self.ids.make(self.input.options.heading_ids, &text),
        };
        let digit = ["1", "2", "3", "4", "5", "6"][usize::from(level.clamp(1, 6)) - 1];
        self.out.raw("<h");
        self.out.raw(digit);
        self.out.attribute("id", &id);
        let place = self.outline.place(level);
        if place != level {
            self.out.attribute("aria-level", &place.to_string());
        }
        self.write_attributes(&Attributes { id: None, ..list });
        self.out.raw(">");
        self.append(content);
        // A card that is a link as a whole can hold no other link.
        if !self.elements.is_inside(&["a"]) {
            self.out.raw(" <a class=\"anchor\" href=\"#");
            escape_attribute(&mut self.out.html, &id);
            self.out.raw("\"");
            self.out.attribute("aria-label", &Wording::english().with("text.heading", &[("heading", &text)]));
            self.out.raw("><span aria-hidden=\"true\">#</span></a>");
        }
        self.out.raw("</h");
        self.out.raw(digit);
        self.out.raw(">\n");
        self.document.headings.push(Heading { level, id: Anchor::new(&id), text, span, id_span });
    }

    /// Takes the id of a heading that readers see as code.
    pub(super) fn hide_heading(&mut self, range: Range<usize>) {
        let text = &self.input.text[range.clone()];
        let list = text.rfind('{').and_then(|at| Some((Attributes::read(&text[at..])?.0, at)));
        let id = match list {
            Some((Attributes { id: Some(id), .. }, _)) => id,
            Some((_, at)) => self.ids.make(self.input.options.heading_ids, &text[..at]),
            None => self.ids.make(self.input.options.heading_ids, text),
        };
        let span = self.span(range);
        self.document.anchors.push(Located::new(Anchor::new(&id), span));
    }

    /// The attribute list at a heading's end. The parser takes it off the text but splits values at blanks.
    fn heading_attributes(&self, heading: &OpenHeading) -> Attributes {
        let text = &self.input.text[heading.range.clone()];
        let list = text.rfind('{').and_then(|at| Some((Attributes::read(&text[at..])?, at)));
        let marks = |c: char| c.is_whitespace() || matches!(c, '#' | '=' | '-' | '>');
        match list {
            Some(((list, length), at)) if text[at + length..].trim_start_matches(marks).is_empty() => list,
            _ => Attributes::default(),
        }
    }

    /// Takes an id that an author gave, which must be the only one of its name.
    pub(super) fn give_id(&mut self, id: &str, span: Span) {
        if let Some(first) = self.ids.give(id, span) {
            let message = format!("the id `{id}` is used twice on this page");
            let help = "links go to the first one: rename one of them";
            self.found.push(DUPLICATE_ID.at(span, message).help(help).related(first, "first used here"));
        }
    }

    /// Takes an id of something that is no heading.
    pub(crate) fn give_anchor(&mut self, id: &str, span: Span) {
        self.give_id(id, span);
        self.document.anchors.push(Located::new(Anchor::new(id), span));
    }

    /// Writes an attribute list, after the name of a tag.
    pub(super) fn write_attributes(&mut self, attributes: &Attributes) {
        if let Some(id) = &attributes.id {
            self.out.attribute("id", id);
        }
        if !attributes.classes.is_empty() {
            self.out.attribute("class", &attributes.classes.join(" "));
        }
        for (name, value) in &attributes.others {
            self.out.attribute(name, value);
        }
    }

    /// Reads the attribute list that stands right after an element, which is then no text any more.
    pub(super) fn attributes_at(&mut self, at: usize) -> Option<Attributes> {
        let (list, length) = Attributes::read(self.input.text.get(at..).filter(|text| text.starts_with('{'))?)?;
        self.skip = at + length;
        self.report_refused(&list, at);
        if let Some(id) = &list.id {
            let span = self.span(at + list.id_at.start..at + list.id_at.end);
            self.give_anchor(id, span);
        }
        Some(list)
    }

    /// Where a heading's id stands, without its `#`.
    fn id_span(&self, id: &str, range: &Range<usize>) -> Span {
        let text = &self.input.text[range.clone()];
        let place = text.rfind(&format!("#{id}")).map(|at| range.start + at + 1);
        place.map_or_else(|| self.span(range.clone()), |start| self.span(start..start + id.len()))
    }

    /// Whether a place in a heading lies behind all that is shown of it.
    fn is_behind_content(&self, first: usize, at: usize) -> bool {
        let inside = &self.input.events[first..self.at.saturating_sub(1).max(first)];
        inside.iter().all(|(_, range)| range.end <= at)
    }

    /// From the first to the last event inside a heading.
    fn content_span(&self, first: usize, range: &Range<usize>) -> Span {
        let inside = &self.input.events[first..self.at.saturating_sub(1).max(first)];
        match (inside.first(), inside.iter().map(|(_, range)| range.end).max()) {
            (Some((_, first)), Some(end)) => self.span(first.start..end),
            _ => self.span(range.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::HeadingLevels;

    #[test]
    fn headings_are_read_out_at_the_level_of_their_place() {
        let cases: [(&[u8], &[u8]); 5] = [
            (&[1, 2, 3, 2, 3], &[1, 2, 3, 2, 3]),
            (&[1, 2, 4, 4, 5, 2, 3], &[1, 2, 3, 3, 4, 2, 3]),
            (&[2, 3], &[2, 3]),
            (&[4, 4, 3, 4], &[2, 2, 2, 3]),
            (&[2, 1, 6], &[2, 1, 2]),
        ];
        for (written, read) in cases {
            let mut outline = HeadingLevels::default();
            assert_eq!(written.iter().map(|level| outline.place(*level)).collect::<Vec<_>>(), read, "{written:?}");
        }
    }
}

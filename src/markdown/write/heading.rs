//! Headings: their ids, their anchors, and the level at which they are read out.

use std::ops::Range;

use super::output::HtmlOutput;
use super::writer::{Enclosing, Writer};
use crate::diagnostic::Rule;
use crate::html::escape_attribute;
use crate::markdown::attributes::{Attributes, list_of_heading};
use crate::markdown::document::Heading;
use crate::markdown::lint::leaked::report_lost_attributes;
use crate::markdown::plain::folded;
use crate::source::{Part as _, Span};
use crate::url::Anchor;
use crate::wording::Wording;

/// A heading in which nothing is shown.
pub(crate) static EMPTY: Rule = Rule::warning("heading/empty", include_str!("empty_heading.md"));

/// A heading whose end was not met yet.
struct OpenHeading {
    /// The id that the parser read.
    id: Option<String>,
    /// Where its plain text starts.
    plain: usize,
    range: Range<usize>,
    /// Position of its first event.
    first: usize,
}

/// The headings above a place, each by the level it has and the one it is read out at.
///
/// A level is often taken for a size of type. Those who hear the page go from heading to heading, and would look for
/// the ones between.
#[derive(Default)]
struct HeadingLevels(Vec<(u8, u8)>);

impl HeadingLevels {
    /// The level at which a heading is read out: one below the heading above it.
    fn place(&mut self, level: u8) -> u8 {
        self.0.retain(|(above, _)| *above < level);
        // Under nothing but the page's title.
        let place = self.0.last().map_or(level.min(2), |(_, place)| place + 1);
        self.0.push((level, place));
        place
    }
}

/// The headings of a text.
#[derive(Default)]
pub(super) struct Headings {
    /// Headings that are being written: more than one when an alert's title is a heading of its own.
    open: Vec<OpenHeading>,
    /// The headings that the next one is below.
    levels: HeadingLevels,
}

impl Headings {
    pub(super) fn start(&mut self, writer: &mut Writer<'_>, id: Option<&str>, range: &Range<usize>) {
        writer.fresh_line();
        // The id that goes into its tag is made from its text, so the text is written first.
        writer.start_nested();
        writer.enter(Enclosing::Heading);
        let (plain, first) = (writer.plain().start(), writer.position());
        self.open.push(OpenHeading { id: id.map(ToOwned::to_owned), plain, range: range.clone(), first });
    }

    /// Ends a heading that is the title of a block; returns it as HTML and as plain text.
    pub(super) fn end_title(&mut self, writer: &mut Writer<'_>) -> Option<(HtmlOutput, String)> {
        let heading = self.open.pop()?;
        writer.leave(Enclosing::Heading);
        let title = writer.end_nested();
        let plain = writer.gathered(heading.plain, str::to_owned);
        Some((title, plain))
    }

    pub(super) fn end(&mut self, writer: &mut Writer<'_>, level: u8) {
        let Some(heading) = self.open.pop() else { return };
        let list = heading.attributes(writer);
        writer.leave(Enclosing::Heading);
        let content = writer.end_nested();
        let text = writer.gathered(heading.plain, folded);
        let span = heading.content_span(writer);
        if text.is_empty() && content.html.trim().is_empty() && content.holes.is_empty() {
            let line = writer.span(writer.trimmed(&heading.range));
            let help = "add the text, or remove the line";
            writer.report(EMPTY.at(line, "this heading has no text").help(help));
        }
        let id_span = list.id.as_ref().map(|(_, span)| *span);
        let id = match list.id {
            Some((id, span)) => {
                writer.claim_id(&id, span);
                id
            }
            None => writer.make_id(&text),
        };
        let tag = match level {
            0 | 1 => "h1",
            2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            6.. => "h6",
        };
        writer.raw("<");
        writer.raw(tag);
        writer.attribute("id", &id);
        let place = self.levels.place(level);
        // The size stays as the author chose it; only what is read out differs.
        if place != level {
            writer.attribute("aria-level", &place.to_string());
        }
        writer.write_attributes(&list.others);
        writer.raw(">");
        writer.append(content);
        // A card that is a link as a whole can hold no other link.
        if !writer.is_in(Enclosing::Anchor) {
            writer.raw(" <a class=\"anchor\" href=\"#");
            escape_attribute(&mut writer.out().html, &id);
            writer.raw("\"");
            writer.attribute("aria-label", &Wording::english().with("text.heading", &[("heading", &text)]));
            writer.raw("><span aria-hidden=\"true\">#</span></a>");
        }
        writer.raw("</");
        writer.raw(tag);
        writer.raw(">\n");
        writer.document().headings.push(Heading { level, id: Anchor::new(&id), text, span, id_span });
    }
}

/// What a heading says of its element.
#[derive(Default)]
struct HeadingAttributes {
    /// The id, and where it is.
    id: Option<(String, Span)>,
    others: Attributes,
}

impl OpenHeading {
    /// What is in braces at the heading's end: an attribute list, or words that readers see. The parser takes off both.
    fn attributes(&self, writer: &mut Writer<'_>) -> HeadingAttributes {
        let ended = list_of_heading(writer.text(), &self.range);
        if let Some((list, at)) = ended {
            writer.report_refused(&list, at);
            let id_at = at + list.id_at.start..at + list.id_at.end;
            let id = list.id.clone().map(|id| (id, writer.span(id_at)));
            return HeadingAttributes { id, others: Attributes { id: None, ..list } };
        }
        // What the parser takes for an id and we for no list is one all the same: `{#a/b}`.
        if let Some(id) = &self.id {
            let span = self.id_span(writer, id);
            return HeadingAttributes { id: Some((id.clone(), span)), others: Attributes::default() };
        }
        self.put_back(writer);
        HeadingAttributes::default()
    }

    /// Writes what the parser took off for an attribute list and is none: `GET /partners/{id}`.
    fn put_back(&self, writer: &mut Writer<'_>) {
        let text = writer.text().part(self.range.clone());
        let Some((open, close)) = text.rfind('{').zip(text.rfind('}')) else { return };
        let (open, end) = (self.range.start + open, self.range.start + close + 1);
        let shown = writer.inside(self.first).iter().map(|(_, range)| range.end).max();
        // A brace that is shown already was none of the parser's.
        if open >= end || shown.is_some_and(|shown| shown > open) {
            return;
        }
        report_lost_attributes(writer, open);
        let range = shown.unwrap_or(open)..end;
        writer.write_text(writer.text().part(range.clone()), &range);
    }

    /// Where the heading's id is, without its `#`.
    fn id_span(&self, writer: &Writer<'_>, id: &str) -> Span {
        let text = writer.text().part(self.range.clone());
        let place = text.rfind(&format!("#{id}")).map(|at| self.range.start + at + 1);
        place.map_or_else(|| writer.span(self.range.clone()), |start| writer.span(start..start + id.len()))
    }

    /// From the first to the last event inside the heading.
    fn content_span(&self, writer: &Writer<'_>) -> Span {
        let inside = writer.inside(self.first);
        match (inside.first(), inside.iter().map(|(_, range)| range.end).max()) {
            (Some((_, first)), Some(end)) => writer.span(first.start..end),
            _ => writer.span(self.range.clone()),
        }
    }
}

/// Takes the id of a heading that readers see as code: a link to it is not what is wrong.
pub(super) fn hide(writer: &mut Writer<'_>, range: Range<usize>) {
    let text = writer.text().part(range.clone());
    let list = text.rfind('{').and_then(|at| Some((Attributes::read(text.part(at..))?.0, at)));
    let id = match list {
        Some((Attributes { id: Some(id), .. }, _)) => id,
        Some((_, at)) => writer.make_id(text.part(..at)),
        None => writer.make_id(text),
    };
    let span = writer.span(range);
    writer.add_anchor(&id, span);
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

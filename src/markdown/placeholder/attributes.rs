//! Placeholders in the attributes of elements: `href="mailto:{{ mail }}"`.

use std::ops::Range;

use super::holes::HoleOpener;
use crate::html::decode_attribute;
use crate::html::tokenizer::{Attribute, StartTag};
use crate::markdown::document::{BlankAttribute, Hole, HoleContent};
use crate::source::Part as _;

/// Attributes that lead somewhere, or that readers see or hear.
const FILLED: [&str; 9] = ["href", "src", "poster", "cite", "alt", "title", "aria-label", "label", "value"];

impl HoleOpener<'_> {
    /// Copies a tag as far as needed to leave out what holds placeholders; returns where to go on.
    pub(crate) fn tag(&mut self, tag: &StartTag<'_>) -> usize {
        let open: Vec<(Range<usize>, BlankAttribute)> =
            tag.attributes().filter_map(|attribute| self.with_blanks(&attribute)).collect();
        let mut at = tag.span.start;
        let mut place = None;
        for (whole, _) in &open {
            let before = self.html.part(at..whole.start).trim_end().len();
            self.markup(at..at + before);
            place.get_or_insert(self.document.html.len());
            at = whole.end;
            // The hole of the address goes with its attribute.
            (_, self.old) = self.old.split_at(self.old.partition_point(|hole| hole.at < at));
        }
        if let Some(place) = place {
            let index = u32::try_from(self.document.blank_attributes.len()).expect("fewer than 2^32 elements");
            let hole = Hole { at: place, content: HoleContent::Attributes(index) };
            let after = self.document.holes.partition_point(|other| other.at <= place);
            self.document.holes.insert(after, hole);
            self.document.blank_attributes.push(open.into_iter().map(|(_, attribute)| attribute).collect());
        }
        at
    }

    /// An attribute that holds placeholders, and where it stands.
    fn with_blanks(&self, attribute: &Attribute<'_>) -> Option<(Range<usize>, BlankAttribute)> {
        if !FILLED.contains(&&*attribute.name) {
            return None;
        }
        // The address of a link is in its hole, not in the HTML.
        let value = match self.link_at(attribute.value_span.start) {
            Some(link) => self.filling.parts(&self.document.links.get(link)?.destination),
            None => self.filling.parts(&decode_attribute(attribute.value)),
        };
        Some((attribute.span.clone(), BlankAttribute { name: attribute.name.clone().into_owned(), value: value? }))
    }

    /// The link whose address goes to this place of the HTML.
    fn link_at(&self, place: usize) -> Option<usize> {
        let next = self.old.partition_point(|hole| hole.at < place);
        match self.old.get(next).filter(|hole| hole.at == place)?.content {
            HoleContent::Address(link) => Some(link as usize),
            HoleContent::Embed(_)
            | HoleContent::Table(_)
            | HoleContent::Tags
            | HoleContent::Blank(_)
            | HoleContent::Attributes(_) => None,
        }
    }
}

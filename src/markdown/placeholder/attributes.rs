//! Blanks in the attributes of elements: `href="mailto:{{ mail }}"`.
//! In: an opening tag of compiled HTML. Out: the same without the attributes that hold blanks, and a hole for these.
//! Never knows: who fills them, and with what.

use std::ops::Range;

use super::holes::HoleOpener;
use crate::html::unescaped;
use crate::markdown::document::{BlankAttribute, BlankPart, Hole, HoleContent};
use crate::markdown::raw_html::tag::{OpeningTag, SpannedAttribute};

/// Attributes that lead somewhere, or that readers see or hear.
const FILLED: [&str; 9] = ["href", "src", "poster", "cite", "alt", "title", "aria-label", "label", "value"];

impl HoleOpener<'_> {
    /// Copies the tag at `start` as far as needed to leave out what holds blanks; returns where to go on.
    pub(crate) fn tag(&mut self, start: usize, tag: &OpeningTag) -> usize {
        let open: Vec<(Range<usize>, BlankAttribute)> =
            tag.attributes.iter().filter_map(|attribute| self.with_blanks(start, attribute)).collect();
        let mut at = start;
        let mut place = None;
        for (whole, _) in &open {
            let before = self.html[at..whole.start].trim_end().len();
            self.markup(at..at + before);
            place.get_or_insert(self.document.html.len());
            at = whole.end;
            // The hole of the address goes with its attribute.
            self.old = &self.old[self.old.partition_point(|hole| hole.at < at)..];
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

    /// An attribute that holds blanks, and where it stands.
    fn with_blanks(&self, start: usize, attribute: &SpannedAttribute) -> Option<(Range<usize>, BlankAttribute)> {
        if !FILLED.contains(&attribute.name.as_str()) {
            return None;
        }
        let value = start + attribute.value.start..start + attribute.value.end;
        let value = match self.link_at(value.start) {
            Some(link) => self.filling.parts(&self.document.links.get(link)?.destination),
            None => self.filling.parts(&unescaped(&self.html[value])),
        };
        let value: Vec<BlankPart> = value?;
        let whole = start + attribute.whole.start..start + attribute.whole.end;
        Some((whole, BlankAttribute { name: attribute.name.clone(), value }))
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

//! Attribute lists in HTML: `{ #terms .wide }` after a link, in a heading, around a block.

use super::writer::Writer;
use crate::diagnostic::{Edit, Fix};
use crate::html::RawHtmlPolicy;
use crate::markdown::attributes::{Attributes, refused};

impl Writer<'_> {
    /// Reads the attribute list right after an element, which is then no text any more.
    pub(crate) fn attributes_at(&mut self, at: usize) -> Option<Attributes> {
        let (list, length) = Attributes::read(self.text().get(at..).filter(|text| text.starts_with('{'))?)?;
        self.skip_to(at + length);
        self.claim_list(&list, at);
        Some(list)
    }

    /// Reports what a list at `at` must not say, and takes the id that it gives.
    pub(crate) fn claim_list(&mut self, list: &Attributes, at: usize) {
        self.report_refused(list, at);
        if let Some(id) = &list.id {
            let span = self.span(at + list.id_at.start..at + list.id_at.end);
            self.claim_anchor(id, span);
        }
    }

    /// Reports what a list at `at` must not say.
    pub(crate) fn report_refused(&mut self, list: &Attributes, at: usize) {
        for (name, place) in &list.refused {
            let span = self.span(at + place.start..at + place.end);
            let edit = Edit { span, replacement: String::new() };
            self.report(refused(name, span).fix(Fix::suggested(vec![edit])));
        }
    }

    /// Writes an attribute list, after the name of a tag.
    pub(crate) fn write_attributes(&mut self, attributes: &Attributes) {
        if let Some(id) = &attributes.id {
            self.attribute("id", id);
        }
        if !attributes.classes.is_empty() {
            self.attribute("class", &attributes.classes.join(" "));
        }
        // Where raw HTML is not published as it is, `style` is not either: an attribute list must be no way around that.
        let is_allowed = self.input().options.raw_html == RawHtmlPolicy::Allow;
        for (name, value) in &attributes.others {
            if is_allowed || !name.eq_ignore_ascii_case("style") {
                self.attribute(name, value);
            }
        }
    }

    /// Writes an attribute list into a tag that is written already.
    pub(crate) fn insert_attributes(&mut self, at: usize, attributes: &Attributes) {
        // Written at the end and moved, so that values are escaped in one place.
        let end = self.end();
        self.write_attributes(attributes);
        let written = self.out().html.split_off(end);
        self.out().insert(at, &written);
    }
}

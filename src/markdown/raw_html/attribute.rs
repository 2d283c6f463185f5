//! Attributes of raw HTML that the document knows: ids, and addresses, which become holes.

use std::ops::Range;

use super::url_attributes::addresses;
use crate::html::decode_attribute;
use crate::html::tokenizer::Attribute;
use crate::markdown::document::{HoleContent, LinkKind};
use crate::markdown::stretch::Stretch;
use crate::markdown::write::writer::Writer;
use crate::source::Part as _;

/// Takes the id or name that an attribute gives.
pub(super) fn take_id(writer: &mut Writer<'_>, html: &Stretch<'_>, attribute: &Attribute<'_>) {
    let id = decode_attribute(attribute.value).into_owned();
    let span = writer.span(html.place(attribute.value_span.clone()));
    // `<a id="x" name="x">` is one anchor, for browsers of two ages.
    if !id.is_empty() && !is_last_anchor(writer, &id, attribute) {
        writer.claim_anchor(&id, span);
    }
}

fn is_last_anchor(writer: &mut Writer<'_>, id: &str, attribute: &Attribute<'_>) -> bool {
    attribute.name == "name" && writer.document().anchors.last().is_some_and(|last| last.value.as_str() == id)
}

/// Writes an attribute that holds one or more addresses, with a hole for each; returns the first link.
pub(super) fn address_attribute(
    writer: &mut Writer<'_>,
    html: &Stretch<'_>,
    attribute: &Attribute<'_>,
    whole: &Range<usize>,
) -> Option<u32> {
    let value = attribute.value;
    let kind = match &*attribute.name {
        "href" => LinkKind::HtmlHref,
        "src" | "poster" | "srcset" => LinkKind::HtmlSrc,
        _ => LinkKind::HtmlOther,
    };
    writer.raw(attribute.written_name);
    // What goes into the hole is escaped for double quotes, whichever the author took.
    writer.raw("=\"");
    let mut first = None;
    let mut done = 0;
    for address in addresses(&attribute.name, value) {
        writer.raw(&value.part(done..address.start).replace('"', "&quot;"));
        let start = attribute.value_span.start;
        let place = html.place(start + address.start..start + address.end);
        let index = writer.add_link(kind, decode_attribute(value.part(address.clone())).into_owned(), whole);
        let span = writer.span(place);
        if let Some(link) = writer.link(index) {
            link.span = span;
        }
        writer.hole(HoleContent::Address(index));
        first = first.or(Some(index));
        done = address.end;
    }
    writer.raw(&value.part(done..).replace('"', "&quot;"));
    writer.raw("\"");
    first
}

//! Diagrams in raw HTML, as Mermaid's own script finds them on a page: `<pre class="mermaid">`.

use std::borrow::Cow;

use crate::html::tokenizer::{Markup, StartTag, next_markup};
use crate::html::{decode_attribute, decode_text};
use crate::markdown::document::Ending;
use crate::markdown::stretch::Stretch;
use crate::markdown::write::embed::{DIAGRAM, EmbedHead, embed, is_diagram};
use crate::markdown::write::writer::Writer;
use crate::source::{Located, Part as _};

/// Whether Mermaid's script would draw what is in an element.
pub(super) fn holds_diagram(tag: &StartTag<'_>) -> bool {
    let class = if matches!(&*tag.name, "pre" | "div") { tag.value("class") } else { None };
    class.is_some_and(|class| decode_attribute(class).split_whitespace().any(is_diagram))
}

/// Leaves a hole for the diagram in an element, when all of it is in one block of HTML; returns where to go on.
pub(super) fn write(writer: &mut Writer<'_>, html: &Stretch<'_>, tag: &StartTag<'_>) -> Option<usize> {
    let text: &str = &html.text;
    let mut at = tag.span.end;
    // A label may hold `<br>`.
    let end = loop {
        match next_markup(text, at)? {
            Markup::EndTag(end) if end.name == tag.name => break end.span,
            other => at = other.span().end,
        }
    };
    let mut start = tag.span.end;
    let lines: Vec<_> = text
        .part(tag.span.end..end.start)
        .split_inclusive('\n')
        .map(|line| {
            let place = html.place(start..start + line.len());
            start += line.len();
            (decode_text(line), place)
        })
        .collect();
    let whole = html.place(tag.span.start..end.end);
    let name = Located::new(DIAGRAM.to_owned(), writer.span(html.place(tag.span.clone())));
    let arguments = Located::new(String::new(), name.span.part(0..0));
    let head = EmbedHead { name, arguments, ending: Ending::Closed };
    embed(writer, head, lines.iter().map(|(line, place): &(Cow<'_, str>, _)| (&**line, place.clone())), &whole);
    Some(end.end)
}

//! What is left in raw HTML: components, Markdown that stands too close to a tag, includes in comments.

use std::ops::Range;

use super::construct::{COMPONENT, DIAGRAM, ELEMENT, LOST_INCLUDE, MARKDOWN};
use super::place::Leak;
use super::report;
use crate::html::tokenizer::StartTag;
use crate::markdown::stretch::Stretch;
use crate::markdown::write::writer::Writer;
use crate::source::Part as _;

/// Elements that browsers still know, though HTML does not any more.
const OBSOLETE: [&str; 14] = [
    "acronym",
    "applet",
    "basefont",
    "bgsound",
    "blink",
    "dir",
    "frame",
    "frameset",
    "listing",
    "plaintext",
    "marquee",
    "nobr",
    "noframes",
    "xmp",
];

/// Reports an element that neither HTML knows nor a script of the site may: those have a hyphen in their name.
pub(crate) fn report_component(writer: &mut Writer<'_>, tag: &StartTag<'_>, html: &Stretch<'_>) {
    // The names of components begin with a capital: `<Frame>` is one, and `<frame>` is not.
    let name = tag.written_name;
    let is_component = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.contains(|letter: char| letter.is_ascii_lowercase());
    if name.contains('-') || (!is_component && OBSOLETE.contains(&&*tag.name)) {
        return;
    }
    let place = html.place(tag.span.clone());
    let reads = html.text.part(tag.span.clone()).lines().next();
    let construct = if is_component { &COMPONENT } else { &ELEMENT };
    report(writer, place.start, Leak { reads, ..Leak::new(0..place.len(), construct) });
}

/// Reports a diagram in HTML that goes beyond its block.
pub(crate) fn report_diagram(writer: &mut Writer<'_>, place: &Range<usize>) {
    report(writer, place.start, Leak::new(0..place.len(), &DIAGRAM));
}

/// Reports a comment that brings in another file in `VitePress`.
pub(crate) fn report_lost_include(writer: &mut Writer<'_>, comment: &str, place: &Range<usize>) {
    let says = comment.trim_start_matches("<!--").trim_start();
    if says.starts_with("@include:") || says.starts_with("@include ") {
        report(writer, place.start, Leak::new(0..place.len(), &LOST_INCLUDE));
    }
}

/// Reports the first Markdown in a text between tags, which is shown as it is; whether there was any.
pub(crate) fn report_markdown(writer: &mut Writer<'_>, html: &Stretch<'_>, range: &Range<usize>) -> bool {
    let text = html.text.part(range.clone());
    // A quick look, since most HTML holds none.
    if !text.contains(['*', '`', '[', '#', '|', '-']) {
        return false;
    }
    let mut start = range.start;
    for line in text.split_inclusive('\n') {
        let starts_line = start == 0 || html.text.part(..start).ends_with('\n');
        let below = html.text.part(start + line.len()..range.end);
        let words = line.trim();
        if (starts_line && starts_block(words, below)) || holds_inline(words) {
            let at = start + (line.len() - line.trim_start().len());
            let place = html.place(at..at + words.len());
            let leak = Leak { reads: Some(words), ..Leak::new(0..place.len(), &MARKDOWN) };
            let is_apart = writer.text().part(..place.start).ends_with('\n');
            report(writer, place.start, if is_apart { leak.right(0..0, "\n".to_owned()) } else { leak });
            return true;
        }
        start += line.len();
    }
    false
}

/// Whether a line is a heading, a row of a table, or the first of several items.
fn starts_block(line: &str, below: &str) -> bool {
    let heading = line.trim_start_matches('#');
    let marks = line.len() - heading.len();
    if (1..=6).contains(&marks) && heading.starts_with(' ') && heading.trim_start().starts_with(char::is_alphanumeric) {
        return true;
    }
    let next = below.lines().next().unwrap_or_default().trim_start();
    // One line may be a footnote, or begin with a dash.
    let is_item = |line: &str| ["- ", "* ", "1. "].iter().any(|mark| line.starts_with(mark));
    let is_row = |line: &str| line.len() > 2 && line.starts_with('|') && line.ends_with('|');
    (is_item(line) && (is_item(next) || next.starts_with("2. ")))
        || (is_row(line) && is_row(next.trim_end()))
        || line.starts_with("```")
}

/// Whether a line holds a link, bold text, or code.
fn holds_inline(line: &str) -> bool {
    let between = |open: &str, close: &str| {
        let (_, after) = line.split_once(open)?;
        let (inner, rest) = after.split_once(close)?;
        Some((inner, rest)).filter(|(inner, _)| !inner.is_empty() && inner.trim() == *inner)
    };
    let is_link = between("[", "](").is_some_and(|(_, rest)| rest.contains(')'));
    let is_bold = between("**", "**").is_some_and(|(words, _)| words.contains(char::is_alphanumeric));
    let is_code = between("`", "`").is_some_and(|(code, _)| code.contains(char::is_alphanumeric));
    is_link || is_bold || is_code
}

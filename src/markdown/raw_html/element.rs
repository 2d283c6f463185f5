//! Elements of raw HTML, followed from their opening to their closing tags, over Markdown in between.
//! In: tags and text as they come. Out: the elements that carry a class, with their text; tags without end.
//! Never knows: what an element is for.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::Rule;
use crate::html::tokenizer::StartTag;
use crate::html::{RawHtmlPolicy, decode_attribute};
use crate::markdown::document::Element;
use crate::markdown::plain::folded;
use crate::markdown::write::link::report_empty_text;
use crate::markdown::write::writer::{Enclosing, Writer, position};
use crate::source::Part as _;

/// An element or comment that nothing ends.
pub(crate) static UNCLOSED: Rule = Rule::warning("markdown/unclosed-html", include_str!("unclosed_html.md"));

/// Elements that have no end.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements whose end may be left out.
const OPTIONAL_END: [&str; 18] = [
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption",
    "rt", "rp", "body", "html",
];

/// Whether an element of this name has no end, or may go without.
pub(crate) fn has_no_end(name: &str) -> bool {
    VOID.contains(&name) || OPTIONAL_END.contains(&name)
}

/// Text is gathered for this many elements around each other; deeper ones have none.
const MOST_NESTED: usize = 32;

/// The elements that are open.
#[derive(Default)]
pub(crate) struct Elements {
    open: Vec<OpenHtmlElement>,
    /// How many of each name are open.
    names: HashMap<String, usize>,
    /// Positions in the document of those that gather their text, innermost last.
    recorded: Vec<u32>,
    /// How many links gather theirs.
    anchors: usize,
}

struct OpenHtmlElement {
    name: String,
    tag: Range<usize>,
    /// Its position in the document, and where its plain text starts.
    record: Option<(u32, usize)>,
    /// The link it is.
    link: Option<OpenAnchor>,
}

/// An `<a href>` whose end was not met yet.
struct OpenAnchor {
    /// Its position in the document.
    index: u32,
    /// Where its plain text starts, and where its content starts in the HTML.
    plain: usize,
    content: usize,
    /// Whether it has a name that readers hear without its text.
    is_named: bool,
}

impl Elements {
    /// Whether any element of these names is open.
    pub(crate) fn is_inside(&self, names: &[&str]) -> bool {
        !self.open.is_empty() && names.iter().any(|name| self.names.get(*name).is_some_and(|count| *count > 0))
    }

    /// Takes note of a start tag.
    pub(super) fn open(
        &mut self,
        writer: &mut Writer<'_>,
        tag: &StartTag<'_>,
        link: Option<u32>,
        range: &Range<usize>,
    ) {
        let record = self.record(writer, tag, range);
        // Unknown names are placeholders in prose more often than elements: they need no end.
        if tag.is_self_closing || VOID.contains(&&*tag.name) || !is_known(&tag.name) {
            return;
        }
        let record = record.filter(|_| self.recorded.len() < MOST_NESTED);
        self.recorded.extend(record);
        let record = record.map(|index| (index, writer.plain().follow()));
        let is_named = ["aria-label", "aria-labelledby", "title"].iter().any(|name| tag.value(name).is_some());
        let content = writer.end();
        let link = link.filter(|_| tag.name == "a" && self.anchors < MOST_NESTED).map(|index| {
            self.anchors += 1;
            OpenAnchor { index, plain: writer.plain().start(), content, is_named }
        });
        if tag.name == "a" {
            writer.enter(Enclosing::Anchor);
        }
        *self.names.entry(tag.name.clone().into_owned()).or_default() += 1;
        self.open.push(OpenHtmlElement { name: tag.name.clone().into_owned(), tag: range.clone(), record, link });
    }

    /// Adds an element that carries a class to the document.
    fn record(&self, writer: &mut Writer<'_>, tag: &StartTag<'_>, range: &Range<usize>) -> Option<u32> {
        let class = tag.value("class")?;
        let classes: Vec<String> = decode_attribute(class).split_whitespace().map(ToOwned::to_owned).collect();
        if classes.is_empty() {
            return None;
        }
        let parent = self.recorded.last().copied();
        let index = position(writer.document().elements.len());
        let element = Element {
            name: tag.name.clone().into_owned(),
            classes,
            text: String::new(),
            span: writer.span(range.end..range.end),
            tag: writer.span(range.clone()),
            parent,
            headings_before: writer.heading_count(),
            replaceable: None,
        };
        writer.document().elements.push(element);
        Some(index)
    }

    /// Ends the innermost open element of a name, and all that was left open inside it; `end` is where its closing tag
    /// ends.
    pub(super) fn close(&mut self, writer: &mut Writer<'_>, name: &str, end: usize) {
        if self.names.get(name).copied().unwrap_or(0) == 0 {
            return;
        }
        while let Some(open) = self.open.pop() {
            let is_meant = open.name == name;
            if !is_meant {
                write_missing_end(writer, &open);
            }
            self.settle(writer, &open);
            if is_meant {
                let replaceable = writer.input().replaceable(&(open.tag.start..end));
                if let Some(element) = open.record.and_then(|(index, _)| writer.element(index)) {
                    element.replaceable = replaceable;
                }
                return;
            }
            report_unclosed(writer, &open);
        }
    }

    /// Ends what is still open at the end of the text.
    pub(super) fn close_all(&mut self, writer: &mut Writer<'_>) {
        while let Some(open) = self.open.pop() {
            write_missing_end(writer, &open);
            self.settle(writer, &open);
            report_unclosed(writer, &open);
        }
    }

    fn settle(&mut self, writer: &mut Writer<'_>, open: &OpenHtmlElement) {
        if let Some(count) = self.names.get_mut(&open.name) {
            *count -= 1;
        }
        if open.name == "a" {
            writer.leave(Enclosing::Anchor);
        }
        if let Some(anchor) = &open.link {
            self.anchors -= 1;
            let text = writer.gathered(anchor.plain, folded);
            let shows_nothing = writer.html_since(anchor.content).trim().is_empty();
            if shows_nothing && text.is_empty() && !anchor.is_named {
                report_empty_text(writer, anchor.index, "add the link text between the tags");
            }
            if let Some(link) = writer.link(anchor.index) {
                link.text = text;
            }
        }
        if let Some((index, plain)) = open.record {
            self.recorded.pop();
            let span = writer.plain().followed().map(|place| writer.span(place));
            let text = writer.gathered(plain, folded);
            if let Some(element) = writer.element(index) {
                element.span = span.unwrap_or(element.span);
                element.text = text;
            }
        }
    }
}

/// Ends an element that its author did not, unless HTML is published as it is: a table that goes on would take in what
/// the page has behind the text.
fn write_missing_end(writer: &mut Writer<'_>, open: &OpenHtmlElement) {
    if writer.input().options.raw_html != RawHtmlPolicy::Allow {
        writer.raw(&format!("</{}>", open.name));
    }
}

fn report_unclosed(writer: &mut Writer<'_>, open: &OpenHtmlElement) {
    if OPTIONAL_END.contains(&&*open.name) {
        return;
    }
    let message = format!("unclosed `<{}>`", open.name);
    let span = writer.span(open.tag.clone());
    writer.report(UNCLOSED.at(span, message).help(format!("add `</{}>` where it ends", open.name)));
}

/// Reports a comment or tag that goes on to the end of its block.
pub(super) fn report_unclosed_markup(writer: &mut Writer<'_>, range: Range<usize>) {
    let text = writer.text().part(range.clone());
    let (what, end) = if text.starts_with("<!--") { ("comment", "-->") } else { ("tag", ">") };
    let message = format!("unclosed {what} `{text}`");
    let span = writer.span(range);
    writer.report(UNCLOSED.at(span, message).help(format!("add `{end}` where it ends")));
}

/// Whether a name is one of HTML's, or of those of SVG and `MathML` that authors write by hand.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.binary_search(&name).is_ok() || VOID.contains(&name)
}

/// Sorted.
const KNOWN: [&str; 110] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "i",
    "iframe",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "main",
    "map",
    "mark",
    "math",
    "menu",
    "meter",
    "nav",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "picture",
    "pre",
    "progress",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "text",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "use",
    "var",
    "video",
    "wbr",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_for_bisection() {
        assert!(KNOWN.is_sorted());
    }
}

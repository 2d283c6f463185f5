//! Elements of raw HTML, followed from their opening to their closing tags, over Markdown in between.
//! In: tags and text as they come. Out: the elements that carry a class, with their text; tags without end.
//! Never knows: what an element is for.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::Rule;
use crate::html::decode_attribute;
use crate::html::tokenizer::StartTag;
use crate::markdown::document::Element;
use crate::markdown::plain::folded;
use crate::markdown::write::writer::Writer;
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
    /// Where the text ends that was met last.
    heard: usize,
}

struct OpenHtmlElement {
    name: String,
    tag: Range<usize>,
    /// Its position in the document, and where its plain text starts.
    record: Option<(u32, usize)>,
    /// The link it is.
    link: Option<OpenAnchor>,
    /// Where its first text stands.
    first: Option<usize>,
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

    /// Takes note of text.
    pub(crate) fn hear(&mut self, text: &str, range: &Range<usize>) {
        if self.open.is_empty() || text.trim().is_empty() {
            return;
        }
        self.heard = range.end;
        // All elements inside one that has heard text before were opened since.
        for open in self.open.iter_mut().rev().take_while(|open| open.first.is_none()) {
            open.first = Some(range.start);
        }
    }
}

impl Writer<'_> {
    /// Takes note of a start tag.
    pub(super) fn open_element(&mut self, tag: &StartTag<'_>, link: Option<u32>, range: &Range<usize>) {
        let record = self.record(tag, range);
        // Unknown names are placeholders in prose more often than elements: they need no end.
        if tag.is_self_closing || VOID.contains(&&*tag.name) || !is_known(&tag.name) {
            return;
        }
        let record = record.filter(|_| self.elements.recorded.len() < MOST_NESTED);
        self.elements.recorded.extend(record);
        let record = record.map(|index| (index, self.plain.start()));
        let is_named = ["aria-label", "aria-labelledby", "title"].iter().any(|name| tag.value(name).is_some());
        let content = self.out.html.len();
        let link = link.filter(|_| tag.name == "a" && self.elements.anchors < MOST_NESTED).map(|index| {
            self.elements.anchors += 1;
            OpenAnchor { index, plain: self.plain.start(), content, is_named }
        });
        *self.elements.names.entry(tag.name.clone().into_owned()).or_default() += 1;
        self.elements.open.push(OpenHtmlElement {
            name: tag.name.clone().into_owned(),
            tag: range.clone(),
            record,
            link,
            first: None,
        });
    }

    /// Adds an element that carries a class to the document.
    fn record(&mut self, tag: &StartTag<'_>, range: &Range<usize>) -> Option<u32> {
        let class = tag.value("class")?;
        let classes: Vec<String> = decode_attribute(class).split_whitespace().map(ToOwned::to_owned).collect();
        if classes.is_empty() {
            return None;
        }
        let parent = self.elements.recorded.last().copied();
        let index = u32::try_from(self.document.elements.len()).unwrap_or(u32::MAX);
        let element = Element {
            name: tag.name.clone().into_owned(),
            classes,
            text: String::new(),
            span: self.span(range.end..range.end),
            tag: self.span(range.clone()),
            parent,
            headings_before: self.document.headings.len(),
            replaceable: None,
        };
        self.document.elements.push(element);
        Some(index)
    }

    /// Ends the innermost open element of a name, and all that was left open inside it; `end` is where its closing tag
    /// ends.
    pub(super) fn close_element(&mut self, name: &str, end: usize) {
        if self.elements.names.get(name).copied().unwrap_or(0) == 0 {
            return;
        }
        while let Some(open) = self.elements.open.pop() {
            let is_meant = open.name == name;
            self.settle(&open);
            if is_meant {
                if let Some((index, _)) = open.record {
                    let replaceable = self.replaceable(&(open.tag.start..end));
                    self.document.elements[index as usize].replaceable = replaceable;
                }
                return;
            }
            self.report_unclosed(&open);
        }
    }

    /// Ends what is still open at the end of the text.
    pub(crate) fn close_elements(&mut self) {
        while let Some(open) = self.elements.open.pop() {
            self.settle(&open);
            self.report_unclosed(&open);
        }
    }

    fn settle(&mut self, open: &OpenHtmlElement) {
        if let Some(count) = self.elements.names.get_mut(&open.name) {
            *count -= 1;
        }
        if let Some(anchor) = &open.link {
            self.elements.anchors -= 1;
            let text = folded(self.plain.since(anchor.plain));
            self.plain.end();
            let shows_nothing = self.out.html.get(anchor.content..).is_none_or(|html| html.trim().is_empty());
            if shows_nothing && text.is_empty() && !anchor.is_named {
                self.report_empty_text(anchor.index, "add the link text between the tags");
            }
            self.document.links[anchor.index as usize].text = text;
        }
        if let Some((index, plain)) = open.record {
            let text = folded(self.plain.since(plain));
            self.plain.end();
            self.elements.recorded.pop();
            if let Some(first) = open.first {
                let span = self.span(first..self.elements.heard.max(first));
                self.document.elements[index as usize].span = span;
            }
            self.document.elements[index as usize].text = text;
        }
    }

    fn report_unclosed(&mut self, open: &OpenHtmlElement) {
        if OPTIONAL_END.contains(&&*open.name) {
            return;
        }
        let message = format!("unclosed `<{}>`", open.name);
        let span = self.span(open.tag.clone());
        self.found.push(UNCLOSED.at(span, message).help(format!("add `</{}>` where it ends", open.name)));
    }

    /// Reports a comment or tag that goes on to the end of its block.
    pub(super) fn report_unclosed_markup(&mut self, range: Range<usize>) {
        let text = self.input.text.part(range.clone());
        let (what, end) = if text.starts_with("<!--") { ("comment", "-->") } else { ("tag", ">") };
        let message = format!("unclosed {what} `{text}`");
        let span = self.span(range);
        self.found.push(UNCLOSED.at(span, message).help(format!("add `{end}` where it ends")));
    }
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

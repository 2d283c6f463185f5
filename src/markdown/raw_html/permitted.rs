//! Raw HTML where a site does not publish all of it: tags of the elements that are permitted, with the attributes that are,
//! and text.
//!
//! It is decided tag by tag, since Markdown stands between them: a library that cleans whole documents would close each
//! element where it opens, and move the holes. This is safe because no permitted element has content that is read in
//! another way than text and tags, and because each `<` that does not begin a permitted tag is written as `&lt;`.

use super::attribute::{address_attribute, take_id};
use super::element::has_no_end;
use super::url_attributes::is_address;
use crate::diagnostic::Rule;
use crate::html::RawHtmlPolicy;
use crate::html::tokenizer::{Attribute, StartTag};
use crate::markdown::stretch::Stretch;
use crate::markdown::write::writer::Writer;

/// HTML that a site does not publish.
pub(crate) static NOT_PUBLISHED: Rule =
    Rule::warning("markdown/html-not-published", include_str!("html_not_published.md"));

/// Elements that format text, and show images, sound and films. None of them runs, submits or embeds anything, and
/// browsers read the content of each as text and tags. Sorted.
const ELEMENTS: [&str; 76] = [
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
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];
/// Attributes that every permitted element may have. Sorted.
const EVERYWHERE: [&str; 8] = ["class", "dir", "hidden", "id", "lang", "role", "title", "translate"];
/// Attributes that these elements may have besides.
const OF_ELEMENTS: [(&str, &[&str]); 22] = [
    ("a", &["download", "href", "hreflang", "name", "rel", "target"]),
    ("audio", &["controls", "loop", "muted", "preload", "src"]),
    ("blockquote", &["cite"]),
    ("col", &["align", "span", "width"]),
    ("colgroup", &["align", "span", "width"]),
    ("del", &["cite", "datetime"]),
    ("details", &["name", "open"]),
    ("div", &["align"]),
    ("font", &["color", "size"]),
    ("img", &["align", "alt", "decoding", "height", "loading", "sizes", "src", "srcset", "width"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("p", &["align"]),
    ("q", &["cite"]),
    ("source", &["height", "media", "sizes", "src", "srcset", "type", "width"]),
    ("table", &["align", "border", "cellpadding", "cellspacing", "summary", "width"]),
    ("td", &["align", "colspan", "headers", "height", "rowspan", "valign", "width"]),
    ("th", &["abbr", "align", "colspan", "headers", "height", "rowspan", "scope", "valign", "width"]),
    ("time", &["datetime"]),
    ("track", &["default", "kind", "label", "src", "srclang"]),
    ("video", &["controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"]),
];

/// Whether tags of an element are published.
pub(super) fn is_permitted(element: &str) -> bool {
    ELEMENTS.binary_search(&element).is_ok()
}

/// Whether an attribute of a permitted element is published. Names are in lower case.
fn may_have(element: &str, attribute: &str) -> bool {
    let own = OF_ELEMENTS.iter().find(|(name, _)| *name == element).map(|(_, own)| *own).unwrap_or_default();
    EVERYWHERE.binary_search(&attribute).is_ok() || attribute.starts_with("aria-") || own.contains(&attribute)
}

/// What an element leads to or shows, as links of the document.
#[derive(Copy, Clone, Default)]
pub(super) struct TagLinks {
    pub(super) target: Option<u32>,
    pub(super) source: Option<u32>,
}

/// Writes a start tag with those of its attributes that are published; says what it links. `None` for one that is not
/// published.
pub(super) fn start_tag(writer: &mut Writer<'_>, html: &Stretch<'_>, tag: &StartTag<'_>) -> Option<TagLinks> {
    if !is_permitted(&tag.name) {
        let message = format!("`<{}>` is not published: `raw-html` is `sanitize`", tag.name);
        let span = writer.span(html.place(tag.span.clone()));
        writer.report(NOT_PUBLISHED.at(span, message).help("write it in Markdown, or leave it out"));
        return None;
    }
    writer.raw("<");
    writer.raw(&tag.name);
    let links = permitted_attributes(writer, html, tag);
    writer.raw(">");
    if tag.is_self_closing && !has_no_end(&tag.name) {
        // Browsers take `<div/>` for the start of an element, which would then have no end.
        end_tag(writer, &tag.name);
    }
    Some(links)
}

/// Writes an end tag.
pub(super) fn end_tag(writer: &mut Writer<'_>, name: &str) {
    writer.raw("</");
    writer.raw(name);
    writer.raw(">");
}

/// Writes the permitted ones among the attributes of a tag.
fn permitted_attributes(writer: &mut Writer<'_>, html: &Stretch<'_>, tag: &StartTag<'_>) -> TagLinks {
    let mut links = TagLinks::default();
    let whole = html.place(tag.span.clone());
    let mut written: Vec<String> = Vec::new();
    for attribute in tag.attributes() {
        let name = &*attribute.name;
        // Of two with one name, browsers go by the first. What `markdown` asks for is done already.
        if name == "markdown" || written.iter().any(|known| known == name) {
            continue;
        }
        written.push(name.to_owned());
        if !may_have(&tag.name, name) {
            report_attribute(writer, html, &attribute);
            continue;
        }
        writer.raw(" ");
        if is_address(tag, &attribute) {
            let first = address_attribute(writer, html, &attribute, &whole);
            links.target = links.target.or(first.filter(|_| name == "href"));
            links.source = links.source.or(first.filter(|_| name == "src"));
            continue;
        }
        if name == "id" || (name == "name" && tag.name == "a") {
            take_id(writer, html, &attribute);
        }
        writer.raw(name);
        writer.raw("=\"");
        writer.raw(&attribute.value.replace('"', "&quot;"));
        writer.raw("\"");
    }
    links
}

fn report_attribute(writer: &mut Writer<'_>, html: &Stretch<'_>, attribute: &Attribute<'_>) {
    let message = format!("`{}` is not published: `raw-html` is `sanitize`", attribute.name);
    let help = if attribute.name == "style" { "use a class" } else { "remove it" };
    let span = writer.span(html.place(attribute.span.clone()));
    writer.report(NOT_PUBLISHED.at(span, message).help(help));
}

/// Text between tags under a policy: what begins no tag now must begin none later, when something was left out before it
/// or after it.
pub(super) fn harmless_text(text: &str, policy: RawHtmlPolicy) -> std::borrow::Cow<'_, str> {
    match policy {
        RawHtmlPolicy::Allow => text.into(),
        RawHtmlPolicy::Sanitize | RawHtmlPolicy::Escape => text.replace('<', "&lt;").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{ELEMENTS, EVERYWHERE, OF_ELEMENTS, is_permitted, may_have};
    use crate::html::tokenizer::{Markup, markup_at};
    use crate::markdown::raw_html::element::{has_no_end, is_known};

    #[test]
    fn lists_can_be_searched() {
        assert!(ELEMENTS.is_sorted() && EVERYWHERE.is_sorted() && OF_ELEMENTS.is_sorted());
        assert!(OF_ELEMENTS.iter().all(|(element, own)| is_permitted(element) && own.is_sorted()));
    }

    #[test]
    fn every_permitted_element_is_followed_to_its_end() {
        for element in ELEMENTS {
            assert!(is_known(element) || has_no_end(element), "{element}");
        }
    }

    #[test]
    fn no_permitted_element_has_content_of_another_kind() {
        for element in ELEMENTS {
            let html = format!("<{element}>");
            let Some(Markup::StartTag(tag)) = markup_at(&html, 0) else { panic!("{html}") };
            assert!(tag.raw_text().is_none(), "{element}");
        }
        for foreign in ["svg", "math", "template", "noscript", "select", "object"] {
            assert!(!is_permitted(foreign), "{foreign}");
        }
    }

    #[test]
    fn nothing_permitted_runs_styles_or_speaks_to_scripts() {
        for element in ELEMENTS {
            for attribute in
                ["onclick", "style", "srcdoc", "formaction", "data-script", "xlink:href", "ping", "background"]
            {
                assert!(!may_have(element, attribute), "{element} {attribute}");
            }
        }
    }
}

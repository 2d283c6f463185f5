//! What runs in an SVG file when readers open it: scripts, event handlers, and whatever can bring some.
//!
//! As an image on a page, a drawing runs nothing. Opened by itself, it is a page of the site, with all that pages may do.

use std::ops::Range;

use crate::html::decode_attribute;
use crate::html::rewrite::{AttributeEdit, EditableTag, rewrite};
use crate::html::tokenizer::{Markup, StartTag, Token, Tokens};
use crate::source::Part as _;
use crate::url::scheme;

/// Elements that run something, or hold HTML or a document of another kind.
const ELEMENTS: [&str; 10] =
    ["audio", "embed", "foreignobject", "handler", "html", "iframe", "listener", "object", "script", "video"];
/// What is left of a drawing that cannot be read as one.
const EMPTY: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";

/// A part of a drawing that runs, and what it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActivePart {
    /// Its place in the text.
    pub at: Range<usize>,
    /// `<script>`, `onload`.
    pub what: String,
}

/// The first part of a drawing that runs something.
#[must_use]
pub fn active_part(svg: &str) -> Option<ActivePart> {
    unreadable(svg).or_else(|| Tokens::of(svg).find_map(|token| of_token(svg, &token)))
}

fn of_token(svg: &str, token: &Token<'_>) -> Option<ActivePart> {
    match token {
        Token::Markup(Markup::StartTag(tag)) => of_tag(tag),
        Token::Markup(Markup::Comment(span)) => {
            let text = svg.part(span.clone());
            // A style sheet that is a program (XSLT), and names that stand for markup.
            let is_sheet = text.starts_with("<?xml-stylesheet");
            let what = if is_sheet { "<?xml-stylesheet?>" } else { "<!ENTITY>" };
            (is_sheet || entity(text)).then(|| ActivePart { at: span.clone(), what: what.to_owned() })
        }
        Token::Markup(_) | Token::Text(_) | Token::RawText(_) => None,
    }
}

/// A drawing without what runs in it. One that cannot be read as UTF-8 and plain XML is empty.
#[must_use]
pub fn without_active_parts(svg: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(svg.len());
    let mut done = false;
    // First whole elements with all that is in them, and everything in front of the drawing and behind it.
    for token in Tokens::of(svg) {
        let text = svg.part(token.span().clone());
        match &token {
            Token::Markup(Markup::StartTag(tag)) if is_active_element(tag.written_name) => {
                depth += usize::from(!tag.is_self_closing);
                continue;
            }
            Token::Markup(Markup::EndTag(tag)) if is_active_element(tag.written_name) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Token::Markup(Markup::StartTag(tag)) if !done => done = local(tag.written_name) == "svg",
            Token::Markup(Markup::Comment(_) | Markup::UnclosedComment(_) | Markup::UnclosedTag(_)) => continue,
            Token::Markup(_) | Token::Text(_) | Token::RawText(_) => {}
        }
        if depth == 0 && done {
            kept.push_str(text);
        }
    }
    let clean = rewrite(&kept, drop_active_attributes);
    // What is still found was written to be misread.
    if unreadable(svg).is_some() || clean.is_empty() || active_part(&clean).is_some() {
        EMPTY.to_owned()
    } else {
        clean
    }
}

/// Why a text cannot be judged: letters that were no UTF-8, or a declaration that another program would read it in.
fn unreadable(svg: &str) -> Option<ActivePart> {
    let broken = svg.find(['\0', char::REPLACEMENT_CHARACTER]);
    let declared = svg.trim_start_matches('\u{feff}').strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let encoding = declared.and_then(|(declaration, _)| declaration.split_once("encoding"));
    let encoding = encoding.map(|(_, rest)| rest.trim_start_matches([' ', '=', '"', '\'']).to_ascii_lowercase());
    let is_known = |name: &String| ["utf-8", "us-ascii", "iso-8859-1"].iter().any(|known| name.starts_with(known));
    let at = broken.or_else(|| encoding.filter(|name| !is_known(name)).map(|_| 0))?;
    Some(ActivePart { at: at..at, what: "text that is not UTF-8".to_owned() })
}

/// Whether a document type gives names to texts that could hold markup or the address of a script. Drawing programs name
/// the addresses of their namespaces so.
fn entity(declaration: &str) -> bool {
    let is_address = |value: &str| value.starts_with("http") && !value.contains(['<', '&', '%']);
    let mut values = declaration.split("<!ENTITY").skip(1).map(|rest| rest.split(['"', '\'']).nth(1));
    values.any(|value| !value.is_some_and(is_address))
}

fn of_tag(tag: &StartTag<'_>) -> Option<ActivePart> {
    if is_active_element(tag.written_name) {
        return Some(ActivePart { at: tag.span.clone(), what: format!("<{}>", tag.written_name) });
    }
    let mut attributes = tag.attributes();
    let active = attributes.find(|attribute| is_active_attribute(&tag.name, &attribute.name, attribute.value))?;
    Some(ActivePart { at: active.span, what: active.written_name.to_owned() })
}

fn drop_active_attributes(tag: &mut EditableTag<'_>) {
    let element = tag.name().to_ascii_lowercase();
    tag.edit(
        |name, value| {
            if is_active_attribute(&element, name, value) { AttributeEdit::Drop } else { AttributeEdit::Keep }
        },
    );
}

/// A name without its namespace, in lower case: `svg:script` is a script.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn is_active_element(name: &str) -> bool {
    ELEMENTS.contains(&&*local(name))
}

fn is_active_attribute(element: &str, name: &str, value: &str) -> bool {
    let value = decode_attribute(value);
    let name = local(name);
    if name.len() > "on".len() && name.starts_with("on") {
        return true;
    }
    match (local(element).as_str(), name.as_str()) {
        // Pictures inside pictures run nothing.
        ("image" | "feimage", "href") => {
            !value.trim_start().to_ascii_lowercase().starts_with("data:image/") && runs(&value)
        }
        // An animation writes another attribute: a handler, or an address.
        ("animate" | "set", "attributename") => {
            let animated = local(&value);
            animated == "href" || animated.starts_with("on")
        }
        (_, "href" | "src" | "from" | "to" | "by" | "values" | "action" | "formaction" | "base") => runs(&value),
        _ => false,
    }
}

fn runs(value: &str) -> bool {
    value.split(';').any(scheme::may_run)
}

#[cfg(test)]
mod tests {
    use super::{active_part, without_active_parts};

    fn found(svg: &str) -> Option<String> {
        active_part(svg).map(|part| part.what)
    }

    #[test]
    fn whatever_runs_is_found_and_taken_out() {
        for (svg, what) in [
            ("<svg><script>x()</script><g/></svg>", "<script>"),
            ("<svg><SCRIPT href=\"x.js\"/><g/></svg>", "<SCRIPT>"),
            ("<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:script>x()</s:script></s:svg>", "<s:script>"),
            ("<svg onload=\"x()\"><g/></svg>", "onload"),
            ("<svg><g onclick='x()'/></svg>", "onclick"),
            ("<svg><a xlink:href=\"java&#9;script:x()\"><g/></a></svg>", "xlink:href"),
            ("<svg><a href=\" JavaScript:x()\"/></svg>", "href"),
            ("<svg><a href=\"data:text/html,x\"/></svg>", "href"),
            ("<svg><use href=\"data:image/svg+xml,x#y\"/></svg>", "href"),
            ("<svg><set attributeName=\"onmouseover\" to=\"x()\"/></svg>", "attributeName"),
            ("<svg><animate attributeName=\"xlink:href\" values=\"#a;javascript:x\"/></svg>", "attributeName"),
            ("<svg><foreignObject><p>x</p></foreignObject></svg>", "<foreignObject>"),
            ("<svg><g><iframe src=\"x\"></iframe></g></svg>", "<iframe>"),
            ("<?xml-stylesheet href=\"x.xsl\" type=\"text/xsl\"?><svg/>", "<?xml-stylesheet?>"),
            ("<!DOCTYPE svg [<!ENTITY x \"<script>y()</script>\">]><svg>&x;</svg>", "<!ENTITY>"),
            ("<svg>\0s\0c</svg>", "text that is not UTF-8"),
            ("<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg/>", "text that is not UTF-8"),
        ] {
            assert_eq!(found(svg).as_deref(), Some(what), "{svg}");
            let clean = without_active_parts(svg);
            assert_eq!(found(&clean), None, "{svg}: {clean}");
            assert!(clean.contains("svg"), "{clean}");
        }
    }

    #[test]
    fn ordinary_drawings_are_left_alone() {
        for svg in [
            "<svg><style>a{fill:red}</style><title>On load</title><a href=\"https://example.org/javascript\"><g/></a></svg>",
            "<svg><image href=\"data:image/png;base64,AA\"/><use href=\"#a\"/><animate attributeName=\"opacity\" to=\"1\"/></svg>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- made by hand --><svg/>",
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x.dtd\" [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">]><svg/>",
        ] {
            assert_eq!(found(svg), None, "{svg}");
        }
    }

    #[test]
    fn the_rest_of_a_drawing_stays() {
        let svg = "<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 9 9\" onload=\"x()\"><script><![CDATA[x()]]></script><g id='a'>b</g></svg>\n";
        assert_eq!(without_active_parts(svg), "<svg viewBox=\"0 0 9 9\"><g id='a'>b</g></svg>\n");
    }
}

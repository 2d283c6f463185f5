//! Addresses in the attributes of raw HTML.
//! In: the name of an attribute and its value. Out: whether it holds addresses, and the place of each.
//! Never knows: where an address leads.

use std::ops::Range;

use crate::html::decode_attribute;
use crate::html::tokenizer::{Attribute, StartTag};
use crate::source::Part as _;

/// Attributes that are links of their own.
const LINKS: [&str; 4] = ["href", "poster", "src", "srcset"];
/// Attributes that lead, load or send, besides those that are links of their own. Browsers, or older ones, follow each
/// of them.
const OTHERS: [&str; 12] = [
    "action",
    "background",
    "cite",
    "dynsrc",
    "formaction",
    "imagesrcset",
    "longdesc",
    "lowsrc",
    "manifest",
    "ping",
    "xlink:href",
    "xml:base",
];
/// Attributes by which an animation writes another attribute of its drawing, such as its `href`.
const ANIMATED: [&str; 4] = ["by", "from", "to", "values"];

/// Whether an attribute of this name, in lower case, holds addresses on any element.
pub(in crate::markdown) fn holds_addresses(attribute: &str) -> bool {
    LINKS.contains(&attribute) || OTHERS.contains(&attribute)
}

/// Whether an attribute of a tag holds an address, or may once its placeholders are filled in.
pub(in crate::markdown) fn is_address(tag: &StartTag<'_>, attribute: &Attribute<'_>) -> bool {
    let value = attribute.value;
    match &*attribute.name {
        _ if value.is_empty() => false,
        "content" => tag.name == "meta" && tag.value("http-equiv").is_some() && refresh(value).is_some(),
        "data" | "codebase" | "archive" => matches!(&*tag.name, "object" | "applet"),
        name if ANIMATED.contains(&name) => {
            // `values` of other attributes are numbers, and many.
            let written = tag.value("attributename").map(decode_attribute);
            written.is_some_and(|name| name.trim().to_ascii_lowercase().ends_with("href"))
        }
        name => holds_addresses(name),
    }
}

/// The places of the addresses in a value.
pub(in crate::markdown) fn addresses(attribute: &str, value: &str) -> Vec<Range<usize>> {
    match attribute {
        "srcset" | "imagesrcset" => candidates(value),
        "content" => refresh(value).into_iter().collect(),
        "values" => parts(value, ';'),
        "ping" => parts(value, ' '),
        _ => vec![trimmed(value, 0..value.len())],
    }
}

fn trimmed(value: &str, range: Range<usize>) -> Range<usize> {
    let text = value.part(range.clone());
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

fn parts(value: &str, border: char) -> Vec<Range<usize>> {
    let mut at = 0;
    let parts = value.split(border).map(|part| {
        let start = at;
        at += part.len() + border.len_utf8();
        trimmed(value, start..start + part.len())
    });
    parts.filter(|range| !range.is_empty()).collect()
}

/// The addresses in a `srcset`, read as browsers read it: up to a blank, so that commas inside an address belong to
/// it, and without the commas at its end.
fn candidates(value: &str) -> Vec<Range<usize>> {
    let is_blank = |c: char| c.is_ascii_whitespace();
    let mut list = Vec::new();
    let mut at = 0;
    loop {
        at += value.part(at..).find(|c: char| !is_blank(c) && c != ',').unwrap_or(value.len() - at);
        if at == value.len() {
            return list;
        }
        let length = value.part(at..).find(is_blank).unwrap_or(value.len() - at);
        let address = value.part(at..at + length).trim_end_matches(',');
        list.push(at..at + address.len());
        at += length;
        // A comma right behind an address ends its candidate; else a width or density follows, up to the next comma.
        if address.len() == length {
            at += value.part(at..).find(',').unwrap_or(value.len() - at);
        }
    }
}

/// Where `<meta http-equiv="refresh" content="0; url=…">` leads. Browsers ask for nothing but a number in front
/// (<https://html.spec.whatwg.org/#shared-declarative-refresh-steps>), and for `url=` as little as for the semicolon.
fn refresh(value: &str) -> Option<Range<usize>> {
    let after = value.trim_start();
    let behind = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let rest = behind.trim_start().trim_start_matches([';', ',']).trim_start();
    if behind.len() == after.len() || rest.len() == behind.len() {
        return None;
    }
    let named = rest.get(..3).filter(|name| name.eq_ignore_ascii_case("url"));
    let named = named.and_then(|name| rest.part(name.len()..).trim_start().strip_prefix('='));
    let address = named.map_or(rest, str::trim_start).trim_start_matches(['"', '\'']);
    let start = value.len() - address.len();
    Some(trimmed(value, start..start + address.trim_end_matches(['"', '\'']).len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tokenizer::{Markup, markup_at};

    fn read<'v>(attribute: &str, value: &'v str) -> Vec<&'v str> {
        addresses(attribute, value).into_iter().map(|range| &value[range]).collect()
    }

    #[test]
    fn values_are_taken_apart_as_browsers_do() {
        assert_eq!(read("href", " a.md "), ["a.md"]);
        assert_eq!(read("srcset", "a.png, b.png 2x,c,d.png 3x , e.png"), ["a.png", "b.png", "c,d.png", "e.png"]);
        assert_eq!(read("srcset", "data:image/png;base64,AA 1x"), ["data:image/png;base64,AA"]);
        assert_eq!(read("content", "0; URL = 'javascript:x'"), ["javascript:x"]);
        assert_eq!(read("content", " 0.5 data:,x"), ["data:,x"]);
        assert_eq!(read("content", "3,javascript:x"), ["javascript:x"]);
        assert_eq!(read("values", "#a; javascript:x;"), ["#a", "javascript:x"]);
    }

    #[test]
    fn it_depends_on_the_element_what_an_address_is() {
        let holds_one = |text: &str| {
            let Some(Markup::StartTag(tag)) = markup_at(text, 0) else { panic!("no tag: {text}") };
            tag.attributes().any(|attribute| is_address(&tag, &attribute))
        };
        for text in [
            "<meta http-equiv=refresh content='0;url=javascript:x'>",
            "<object data=javascript:x>",
            "<set attributeName=href to='javascript:x'/>",
            "<animate attributeName='xlink:h&#114;ef' values='#;javascript:x'/>",
            "<form ACTION=javascript:x>",
            "<a href=x>",
        ] {
            assert!(holds_one(text), "{text}");
        }
        for text in [
            "<meta name=description content='3 steps: a'>",
            "<p data=a:b to=a:b>",
            "<animate attributeName=x values='0;1'>",
            "<a href>",
        ] {
            assert!(!holds_one(text), "{text}");
        }
    }
}

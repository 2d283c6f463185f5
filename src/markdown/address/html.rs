//! Addresses in the attributes of raw HTML.
//! In: the name of an attribute and its value. Out: whether it holds addresses, and the place of each.
//! Never knows: where an address leads.

use std::ops::Range;

/// Attributes that lead, load or send, besides those that are links of their own. Browsers, or older ones, follow each
/// of them.
const OTHERS: [&str; 10] =
    ["action", "background", "cite", "dynsrc", "formaction", "longdesc", "lowsrc", "manifest", "ping", "xlink:href"];
/// Attributes by which an animation writes another attribute of its drawing, such as its `href`.
const ANIMATED: [&str; 4] = ["by", "from", "to", "values"];

/// Whether an attribute holds an address. Of those that are no links of their own only such are looked at as can have
/// a scheme at all: the others stay as they are written.
pub(in super::super) fn is_address(element: &str, attribute: &str, value: &str) -> bool {
    match attribute {
        "href" | "src" | "poster" | "srcset" => !value.is_empty(),
        _ if !value.contains([':', '&']) => false,
        "content" => element == "meta" && refresh(value).is_some(),
        "data" | "codebase" | "archive" => matches!(element, "object" | "applet"),
        _ if ANIMATED.contains(&attribute) => element == "set" || element.starts_with("animate"),
        _ => OTHERS.contains(&attribute),
    }
}

/// The places of the addresses in a value.
pub(in super::super) fn addresses(attribute: &str, value: &str) -> Vec<Range<usize>> {
    match attribute {
        "srcset" => candidates(value),
        "content" => refresh(value).into_iter().collect(),
        "values" => parts(value, ';'),
        "ping" => parts(value, ' '),
        _ => vec![trimmed(value, 0..value.len())],
    }
}

fn trimmed(value: &str, range: Range<usize>) -> Range<usize> {
    let text = &value[range.clone()];
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
        at += value[at..].find(|c: char| !is_blank(c) && c != ',').unwrap_or(value.len() - at);
        if at == value.len() {
            return list;
        }
        let length = value[at..].find(is_blank).unwrap_or(value.len() - at);
        let address = value[at..at + length].trim_end_matches(',');
        list.push(at..at + address.len());
        at += length;
        if address.len() == length {
            at += value[at..].find(',').unwrap_or(value.len() - at);
        }
    }
}

/// Where `<meta http-equiv="refresh" content="0; url=…">` leads.
fn refresh(value: &str) -> Option<Range<usize>> {
    let at = value.to_ascii_lowercase().find("url")? + "url".len();
    let after = value[at..].trim_start().strip_prefix('=')?.trim_start();
    let address = after.trim_start_matches(['"', '\'']);
    let start = value.len() - address.len();
    Some(trimmed(value, start..start + address.trim_end_matches(['"', '\'']).len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'v>(attribute: &str, value: &'v str) -> Vec<&'v str> {
        addresses(attribute, value).into_iter().map(|range| &value[range]).collect()
    }

    #[test]
    fn values_are_taken_apart_as_browsers_do() {
        assert_eq!(read("href", " a.md "), ["a.md"]);
        assert_eq!(read("srcset", "a.png, b.png 2x,c,d.png 3x , e.png"), ["a.png", "b.png", "c,d.png", "e.png"]);
        assert_eq!(read("srcset", "data:image/png;base64,AA 1x"), ["data:image/png;base64,AA"]);
        assert_eq!(read("content", "0; URL = 'javascript:x'"), ["javascript:x"]);
        assert_eq!(read("values", "#a; javascript:x;"), ["#a", "javascript:x"]);
        for (element, attribute) in [("meta", "content"), ("object", "data"), ("set", "to"), ("form", "action")] {
            assert!(is_address(element, attribute, "0;url=javascript:x"), "{element} {attribute}");
        }
        for (element, attribute, value) in [("meta", "content", "a: b"), ("p", "data", "a:b"), ("form", "action", "x")]
        {
            assert!(!is_address(element, attribute, value), "{element} {attribute}");
        }
    }
}

//! Tags of raw HTML, read as browsers read them.
//! In: a text that starts with `<`. Out: the comment, declaration or tag there, with its attributes in place.
//! Never knows: Markdown, or what a tag does.

use std::ops::Range;

/// What stands at a `<`. All ranges count from it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Markup {
    /// A comment, declaration or processing instruction, up to here.
    Other(usize),
    /// A comment that is never closed.
    OpenComment,
    /// `</name>`, up to here.
    Close(String, usize),
    /// `<name …>`.
    Open(OpeningTag),
    /// A tag without its `>`.
    Unfinished,
    /// No markup: a `<` that stands for itself.
    Text,
}

/// An opening tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct OpeningTag {
    /// In lower case.
    pub name: String,
    pub attributes: Vec<SpannedAttribute>,
    /// One past its `>`.
    pub end: usize,
    /// Whether it ends in `/>`.
    pub closes_itself: bool,
}

/// An attribute with a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SpannedAttribute {
    /// In lower case.
    pub name: String,
    /// All of it, from its name to the closing quote.
    pub whole: Range<usize>,
    /// Its value without quotes; empty when it has none.
    pub value: Range<usize>,
}

impl OpeningTag {
    /// The value of an attribute, as written.
    pub(crate) fn value<'t>(&self, text: &'t str, name: &str) -> Option<&'t str> {
        let attribute = self.attributes.iter().find(|attribute| attribute.name == name)?;
        text.get(attribute.value.clone())
    }
}

/// Reads what stands at the `<` that `text` starts with.
pub(crate) fn read(text: &str) -> Markup {
    let after = &text[1..];
    if let Some(comment) = after.strip_prefix("!--") {
        // `<!-->` and `<!--->` are whole comments.
        let inner = if comment.starts_with('>') || comment.starts_with("->") {
            after[1..].find('>').map(|at| at + 1)
        } else {
            ["-->", "--!>"].iter().filter_map(|end| Some(after.find(end)? + end.len() - 1)).min()
        };
        return inner.map_or(Markup::OpenComment, |at| Markup::Other(at + 2));
    }
    if after.starts_with(['!', '?']) {
        return after.find('>').map_or(Markup::Unfinished, |at| Markup::Other(at + 2));
    }
    let (is_close, named) = after.strip_prefix('/').map_or((false, after), |rest| (true, rest));
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Markup::Text;
    }
    let length = named.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).unwrap_or(named.len());
    let name = named[..length].to_ascii_lowercase();
    if is_close {
        // They have no attributes, but a quote in them hides a `>` all the same.
        let end = attributes(text, "</".len() + length).map(|(_, end)| end);
        return end.map_or(Markup::Unfinished, |end| Markup::Close(name, end));
    }
    attributes(text, 1 + length).map_or(Markup::Unfinished, |(attributes, end)| {
        Markup::Open(OpeningTag { name, attributes, end, closes_itself: text[..end].ends_with("/>") })
    })
}

/// Reads the attributes from `at` to the tag's `>`; returns them and one past it.
fn attributes(text: &str, mut at: usize) -> Option<(Vec<SpannedAttribute>, usize)> {
    let bytes = text.as_bytes();
    let mut list = Vec::new();
    let skip = |at: usize, stop: fn(u8) -> bool| {
        bytes[at..].iter().position(|byte| stop(*byte)).map_or(bytes.len(), |found| at + found)
    };
    loop {
        at = skip(at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        if *bytes.get(at)? == b'>' {
            return Some((list, at + 1));
        }
        let name_end = skip(at + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/'));
        let name = text[at..name_end].to_ascii_lowercase();
        let equals = skip(name_end, |byte| !byte.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            list.push(SpannedAttribute { name, whole: at..name_end, value: name_end..name_end });
            at = name_end;
            continue;
        }
        let start = skip(equals + 1, |byte| !byte.is_ascii_whitespace());
        let first = *bytes.get(start)?;
        let (value, end) = if matches!(first, b'"' | b'\'') {
            let close = start + 1 + bytes[start + 1..].iter().position(|byte| *byte == first)?;
            (start + 1..close, close + 1)
        } else {
            let close = skip(start, |byte| byte.is_ascii_whitespace() || byte == b'>');
            (start..close, close)
        };
        list.push(SpannedAttribute { name, whole: at..end, value });
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_keep_their_places() {
        let text = "<a class=card href='../nda/' download>";
        let Markup::Open(tag) = read(text) else { panic!("no tag") };
        assert_eq!(tag.value(text, "href"), Some("../nda/"));
        assert_eq!(tag.value(text, "class"), Some("card"));
        assert_eq!(tag.value(text, "download"), Some(""));
        assert_eq!(tag.end, text.len());
    }

    #[test]
    fn comments_and_closing_tags_end_where_they_end() {
        assert_eq!(read("<!-- a > b --> c"), Markup::Other(14));
        assert_eq!(read("<!-- a --!> b -->"), Markup::Other(11));
        assert_eq!(read("<!-- a"), Markup::OpenComment);
        assert_eq!(read("</b a=\">\"> c"), Markup::Close("b".into(), 10));
        assert_eq!(read("</DIV > c"), Markup::Close("div".into(), 7));
        assert_eq!(read("<div class=\"a"), Markup::Unfinished);
        assert_eq!(read("< 3"), Markup::Text);
    }
}

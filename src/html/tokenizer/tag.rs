//! A tag of HTML with its attributes.

use std::borrow::Cow;
use std::ops::Range;

use super::Markup;
use super::raw_text::raw_text_end;
use crate::source::Part as _;

/// The start of an element.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StartTag<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
    /// In the case that its author chose.
    pub written_name: &'a str,
    /// From its `<` to its `>`.
    pub span: Range<usize>,
    /// Whether it ends in `/>`. Browsers go by that in drawings and formulas alone.
    pub is_self_closing: bool,
    html: &'a str,
}

/// The end of an element.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EndTag<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
    /// In the case that its author chose.
    pub written_name: &'a str,
    /// From its `<` to its `>`.
    pub span: Range<usize>,
}

/// An attribute of a tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribute<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
    /// In the case that its author chose.
    pub written_name: &'a str,
    /// Without its quotes, entities not decoded; empty where there is none.
    pub value: &'a str,
    /// The quote around the value; empty where there is none.
    pub quote: &'a str,
    /// From its name to the closing quote.
    pub span: Range<usize>,
    /// The place of the value.
    pub value_span: Range<usize>,
}

impl<'a> StartTag<'a> {
    /// Its attributes in order, read when they are asked for: most tags are passed by for their names. Of two with one
    /// name, browsers go by the first.
    #[must_use]
    pub fn attributes(&self) -> Attributes<'a> {
        let at = self.span.start + "<".len() + self.name.len();
        Attributes { cursor: TagCursor { html: self.html, at } }
    }

    /// The value of an attribute that is named in lower case, as written; empty where it has none.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|attribute| attribute.name == name).map(|attribute| attribute.value)
    }

    /// What follows the tag and is text, whatever it looks like; `None` for elements whose content is markup.
    #[must_use]
    pub fn raw_text(&self) -> Option<Range<usize>> {
        Some(self.span.end..raw_text_end(self.html, self.span.end, &self.name)?)
    }
}

/// The attributes of a tag.
#[derive(Clone, Debug)]
pub struct Attributes<'a> {
    cursor: TagCursor<'a>,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let TagPart::Attribute { name, value, end } = self.cursor.tag_part()? else { return None };
        let html = self.cursor.html;
        let written_name = html.part(name.clone());
        Some(Attribute {
            name: lower_case(written_name),
            written_name,
            value: html.part(value.clone()),
            quote: html.part(value.end..end),
            span: name.start..end,
            value_span: value,
        })
    }
}

/// The tag at a place whose name begins at another, behind the `<` or `</`.
pub(super) fn tag(html: &str, at: usize, start: usize) -> Markup<'_> {
    let mut cursor = TagCursor { html, at: start };
    cursor.skip_to(ends_name);
    let written_name = html.part(start..cursor.at);
    let name = lower_case(written_name);
    let Some(is_self_closing) = cursor.skip_attributes() else { return Markup::UnclosedTag(at..html.len()) };
    let span = at..cursor.at;
    // An end tag may carry attributes: nobody reads them, but a quote in them hides a `>` all the same.
    if start > at + "<".len() {
        Markup::EndTag(EndTag { name, written_name, span })
    } else {
        Markup::StartTag(StartTag { name, written_name, span, is_self_closing, html })
    }
}

/// What comes next in a tag.
enum TagPart {
    Attribute { name: Range<usize>, value: Range<usize>, end: usize },
    End { is_self_closing: bool },
}

/// A place in a tag.
#[derive(Clone, Debug)]
struct TagCursor<'a> {
    html: &'a str,
    at: usize,
}

impl TagCursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.html.as_bytes().get(self.at).copied()
    }

    /// Goes to the next byte of a kind; to the end where there is none.
    fn skip_to(&mut self, is_it: impl Fn(u8) -> bool) {
        let rest = self.html.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| is_it(*byte)).unwrap_or(rest.len());
    }

    /// Goes behind the `>` of a tag; says whether the tag closes itself. `None` where the input ends first.
    fn skip_attributes(&mut self) -> Option<bool> {
        if let Some((length, is_self_closing)) = self.usual_attributes() {
            self.at += length;
            return Some(is_self_closing);
        }
        loop {
            if let TagPart::End { is_self_closing } = self.tag_part()? {
                return Some(is_self_closing);
            }
        }
    }

    /// The length of attributes that are all written as `name` or `name="value"`, with the `>` behind them. Most are,
    /// and going from quote to quote is twice as fast: drawings are little but long values.
    fn usual_attributes(&self) -> Option<(usize, bool)> {
        let bytes = self.html.as_bytes().get(self.at..)?;
        let mut done = 0;
        loop {
            let rest = bytes.get(done..)?;
            let (before, behind) = rest.split_at_checked(memchr::memchr3(b'>', b'"', b'\'', rest)?)?;
            let (mark, behind) = behind.split_first()?;
            match (mark, memchr::memchr(b'=', before)) {
                (b'>', None) => return Some((done + before.len() + ">".len(), before.ends_with(b"/"))),
                (b'"' | b'\'', Some(equals)) if equals + 1 == before.len() && ends_in_name(before.get(..equals)?) => {
                    done += before.len() + memchr::memchr(*mark, behind)? + "''".len();
                }
                // A value without quotes, a quote in a name: what people write by hand.
                _ => return None,
            }
        }
    }

    /// Reads on from behind a tag's name or an attribute. `None` where the input ends first.
    fn tag_part(&mut self) -> Option<TagPart> {
        let before = self.at;
        self.skip_to(|byte| !is_space(byte) && byte != b'/');
        if self.peek()? == b'>' {
            // The slash of `<a href=../terms/>` belongs to the value, and so was not passed by here.
            let is_self_closing = self.html.part(before..self.at).ends_with('/');
            self.at += 1;
            return Some(TagPart::End { is_self_closing });
        }
        let start = self.at;
        // An `=` that nothing stands before is the first letter of a name.
        self.at += 1;
        self.skip_to(|byte| byte == b'=' || ends_name(byte));
        let name = start..self.at;
        self.skip_to(|byte| !is_space(byte));
        if self.peek() != Some(b'=') {
            // The space behind belongs to nobody: a span ends where what the author wrote ends.
            self.at = name.end;
            return Some(TagPart::Attribute { value: name.end..name.end, end: name.end, name });
        }
        self.at += 1;
        self.skip_to(|byte| !is_space(byte));
        let quote = self.peek()?;
        if !matches!(quote, b'"' | b'\'') {
            // `/` and `=` end no such value: it may be an address with a query. `<a href=>` has an empty one.
            let start = self.at;
            self.skip_to(|byte| is_space(byte) || byte == b'>');
            return Some(TagPart::Attribute { name, value: start..self.at, end: self.at });
        }
        let start = self.at + 1;
        let length = memchr::memchr(quote, self.html.as_bytes().get(start..)?)?;
        self.at = start + length + 1;
        Some(TagPart::Attribute { name, value: start..start + length, end: self.at })
    }
}

/// What HTML calls whitespace, which is no more than this in any language.
fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

/// What ends the name of a tag.
pub(super) fn ends_name(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ' | b'/' | b'>')
}

/// Whether a name stands right before the `=` of an attribute.
fn ends_in_name(before: &[u8]) -> bool {
    before.last().is_some_and(|byte| !ends_name(*byte))
}

fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

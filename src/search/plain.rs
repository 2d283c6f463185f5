//! HTML as plain text, whole or section by section.
//! In: HTML that this program wrote, so its quotes and brackets are in order. Out: the text below each heading.
//! Never knows: what the text is about.

use crate::html::{unescaped, unescaped_text};
use crate::source::Part as _;

/// The text from one heading to the next.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Passage {
    /// The heading's id; empty before the first one.
    pub anchor: String,
    /// Plain text, blanks folded; the heading's own words are not in it.
    pub text: String,
}

/// Elements whose content is no text of the page's.
const SILENT: [&str; 5] = ["svg", "script", "style", "button", "math"];

/// Takes the tags off. Headings of all levels begin a passage.
#[must_use]
pub fn passages(html: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut open = Passage::default();
    let mut pieces = Pieces { rest: html };
    while let Some(piece) = pieces.next() {
        match piece {
            PlainPiece::Text(html) => add_text(&mut open.text, html),
            PlainPiece::Gap => add_text(&mut open.text, " "),
            PlainPiece::Heading(tag) => {
                pieces.rest = behind(pieces.rest, tag.name);
                let anchor = tag.attribute("id").unwrap_or_default();
                passages.push(std::mem::replace(&mut open, Passage { anchor, text: String::new() }));
            }
        }
    }
    passages.push(open);
    for passage in &mut passages {
        passage.text.truncate(passage.text.trim_end().len());
    }
    passages
}

/// The whole text, headings too, in one line.
#[must_use]
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    for piece in (Pieces { rest: html }) {
        match piece {
            PlainPiece::Text(html) => add_text(&mut text, html),
            PlainPiece::Gap | PlainPiece::Heading(_) => add_text(&mut text, " "),
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// What HTML says, without the tags that make no difference to that.
struct Pieces<'a> {
    rest: &'a str,
}

enum PlainPiece<'a> {
    /// Text, its characters still escaped.
    Text(&'a str),
    /// The border of a block.
    Gap,
    /// The start of a heading.
    Heading(LeadingTag<'a>),
}

impl<'a> Iterator for Pieces<'a> {
    type Item = PlainPiece<'a>;

    fn next(&mut self) -> Option<PlainPiece<'a>> {
        while !self.rest.is_empty() {
            let open = memchr::memchr(b'<', self.rest.as_bytes()).unwrap_or(self.rest.len());
            let tag = if open == 0 { LeadingTag::read(self.rest) } else { None };
            let Some(tag) = tag else {
                // A bracket that begins no tag is text, and so is all that follows.
                let (text, rest) = self.rest.split_at(if open == 0 { self.rest.len() } else { open });
                self.rest = rest;
                return Some(PlainPiece::Text(text));
            };
            self.rest = self.rest.part(tag.length..);
            if tag.is_heading() {
                return Some(PlainPiece::Heading(tag));
            }
            if SILENT.contains(&tag.name) {
                self.rest = behind(self.rest, tag.name);
            } else if !tag.is_inline() {
                return Some(PlainPiece::Gap);
            }
        }
        None
    }
}

/// A tag at the start of a text.
struct LeadingTag<'a> {
    /// Empty for closing tags of headings and for comments.
    name: &'a str,
    attributes: &'a str,
    length: usize,
}

impl<'a> LeadingTag<'a> {
    fn read(text: &'a str) -> Option<Self> {
        if let Some(comment) = text.strip_prefix("<!--") {
            let length = comment.find("-->").map_or(text.len(), |end| end + 7);
            return Some(Self { name: "", attributes: "", length });
        }
        let end = tag_end(text)?;
        let named = text.part(1..end);
        let inside = named.trim_start_matches('/');
        let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let is_closing = named.starts_with('/');
        let (name, attributes) = inside.split_at(name_end);
        let opens_passage = is_heading(name) || SILENT.contains(&name);
        Some(Self { name: if is_closing && opens_passage { "" } else { name }, attributes, length: end + 1 })
    }

    fn is_heading(&self) -> bool {
        is_heading(self.name)
    }

    fn is_inline(&self) -> bool {
        matches!(
            self.name,
            "a" | "abbr"
                | "b"
                | "code"
                | "del"
                | "em"
                | "i"
                | "ins"
                | "kbd"
                | "mark"
                | "small"
                | "span"
                | "strong"
                | "sub"
                | "sup"
                | "u"
        )
    }

    fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.split_once(&format!(" {name}=\""))?;
        let (value, _) = value.split_once('"')?;
        Some(unescaped(value).into_owned())
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

/// Where the tag ends that begins the text: brackets in quotes do not count.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    text.bytes().position(|byte| {
        if let Some(open) = quote {
            if byte == open {
                quote = None;
            }
            return false;
        }
        if matches!(byte, b'"' | b'\'') {
            quote = Some(byte);
        }
        byte == b'>'
    })
}

/// What comes after the element that was just opened.
fn behind<'a>(text: &'a str, name: &str) -> &'a str {
    text.split_once(&format!("</{name}>")).map_or("", |(_, rest)| rest)
}

fn add_text(plain: &mut String, html: &str) {
    for c in unescaped_text(html).chars() {
        if !c.is_whitespace() {
            plain.push(c);
        } else if !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
}

//! HTML as plain text, whole or section by section.

use crate::html::tokenizer::{EndTag, Markup, StartTag, Token, Tokens};
use crate::html::{decode_attribute, decode_text};
use crate::source::Part as _;

/// The text from one heading to the next.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Passage {
    /// The heading's id; empty before the first one.
    pub anchor: String,
    /// Plain text, blanks folded; the heading's own words are not in it.
    pub text: String,
}

/// Elements whose content is no text of the page's: what drawings say is found by the nodes of their maps, and
/// buttons belong to the theme.
const SILENT: [&str; 5] = ["button", "math", "script", "style", "svg"];

/// Elements that words go on through: all others end one, so that `<li>one</li><li>two</li>` is two words.
const INLINE: [&str; 17] = [
    "a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "small", "span", "strong", "sub", "sup", "u",
    "wbr",
];

/// Takes the tags off. Headings of all levels begin a passage.
#[must_use]
pub fn passages(html: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut open = Passage::default();
    let mut pieces = Pieces { html, tokens: Tokens::of(html) };
    while let Some(piece) = pieces.next() {
        match piece {
            PlainPiece::Text(html) => add_text(&mut open.text, html),
            PlainPiece::Gap => add_text(&mut open.text, " "),
            PlainPiece::Heading(tag) => {
                // The index has its words from the document, without the sign of its link.
                pieces.skip_element(&tag);
                let anchor = tag.value("id").map(|id| decode_attribute(id).into_owned()).unwrap_or_default();
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
    for piece in (Pieces { html, tokens: Tokens::of(html) }) {
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
    html: &'a str,
    tokens: Tokens<'a>,
}

enum PlainPiece<'a> {
    /// Text, its characters still escaped.
    Text(&'a str),
    /// The border of a block.
    Gap,
    /// The start of a heading.
    Heading(StartTag<'a>),
}

impl<'a> Iterator for Pieces<'a> {
    type Item = PlainPiece<'a>;

    fn next(&mut self) -> Option<PlainPiece<'a>> {
        loop {
            match self.tokens.next()? {
                // Of raw text, what is left here is the content of a `<textarea>`: readers see it.
                Token::Text(span) | Token::RawText(span) => return Some(PlainPiece::Text(self.html.part(span))),
                Token::Markup(Markup::StartTag(tag)) if is_heading(&tag.name) => {
                    return Some(PlainPiece::Heading(tag));
                }
                Token::Markup(Markup::StartTag(tag)) if SILENT.contains(&&*tag.name) => self.skip_element(&tag),
                Token::Markup(Markup::StartTag(StartTag { name, .. }) | Markup::EndTag(EndTag { name, .. })) => {
                    if !INLINE.contains(&&*name) {
                        return Some(PlainPiece::Gap);
                    }
                }
                Token::Markup(Markup::Comment(_) | Markup::UnclosedComment(_) | Markup::UnclosedTag(_)) => {}
            }
        }
    }
}

impl Pieces<'_> {
    /// Goes on behind the element that was just opened. Drawings stand in drawings: the icon in a node of a map.
    fn skip_element(&mut self, element: &StartTag<'_>) {
        let mut depth = usize::from(!element.is_self_closing);
        while depth > 0 {
            match self.tokens.next() {
                Some(Token::Markup(Markup::StartTag(tag))) if tag.name == element.name => {
                    depth += usize::from(!tag.is_self_closing);
                }
                Some(Token::Markup(Markup::EndTag(tag))) if tag.name == element.name => depth -= 1,
                Some(Token::Markup(_) | Token::Text(_) | Token::RawText(_)) => {}
                None => return,
            }
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

fn add_text(plain: &mut String, html: &str) {
    for c in decode_text(html).chars() {
        if !c.is_whitespace() {
            plain.push(c);
        } else if !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
}

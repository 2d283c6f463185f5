//! HTML as tokens, read as the HTML standard reads it (<https://html.spec.whatwg.org/#tokenization>), without copies.
//!
//! Whoever reads HTML reads it here: what authors write into Markdown, pages of our own, files that lie beside pages,
//! pages of other sites. The crates for this copy each token, decode every value and drop what is never closed; here
//! a value is needed as it was written and at its place, and what is never closed is a finding.

mod raw_text;
mod tag;

use std::ops::Range;

pub use tag::{Attribute, Attributes, EndTag, StartTag};

use self::tag::tag;
use crate::source::Part as _;

/// A piece of HTML. All ranges count from the start of the whole input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Token<'a> {
    /// Characters; entities are not decoded.
    Text(Range<usize>),
    /// The content of a script, a style sheet, a title and their like, or a CDATA section: no tag in it is one.
    RawText(Range<usize>),
    /// A tag or a comment.
    Markup(Markup<'a>),
}

/// What a `<` may begin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Markup<'a> {
    /// `<name …>`
    StartTag(StartTag<'a>),
    /// `</name>`
    EndTag(EndTag<'a>),
    /// A comment, a declaration, and what browsers take for a comment: `<?xml …?>`, `</ b>`.
    Comment(Range<usize>),
    /// A comment that nothing ends: it goes on to the end of the input.
    UnclosedComment(Range<usize>),
    /// A tag or declaration without its `>`, up to the end of the input. Browsers show nothing of it.
    UnclosedTag(Range<usize>),
}

impl Token<'_> {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> &Range<usize> {
        match self {
            Self::Text(span) | Self::RawText(span) => span,
            Self::Markup(markup) => markup.span(),
        }
    }
}

impl Markup<'_> {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> &Range<usize> {
        match self {
            Self::StartTag(tag) => &tag.span,
            Self::EndTag(tag) => &tag.span,
            Self::Comment(span) | Self::UnclosedComment(span) | Self::UnclosedTag(span) => span,
        }
    }
}

/// All of an input, token by token.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// The tag or comment that ended the text before it.
    next: Option<Token<'a>>,
    /// Where the raw text ends that begins here.
    raw_text_end: usize,
    /// How many drawings and formulas are open: their elements have names of their own, and CDATA sections.
    foreign: usize,
}

impl<'a> Tokens<'a> {
    /// The tokens of a text, which follow each other without gaps.
    #[must_use]
    pub fn of(html: &'a str) -> Self {
        Self { html, at: 0, next: None, raw_text_end: 0, foreign: 0 }
    }

    /// What ends the text that begins here.
    fn next_markup(&self) -> Option<Token<'a>> {
        if self.foreign == 0 {
            return next_markup(self.html, self.at).map(Token::Markup);
        }
        let mut places = brackets(self.html, self.at);
        places.find_map(|at| self.cdata(at).or_else(|| markup_at(self.html, at).map(Token::Markup)))
    }

    /// A CDATA section, where there can be one: anywhere else, browsers take it for a comment up to the first `>`.
    fn cdata(&self, at: usize) -> Option<Token<'a>> {
        let inner = self.html.part(at..).strip_prefix("<![CDATA[")?;
        let start = self.html.len() - inner.len();
        Some(Token::RawText(at..inner.find("]]>").map_or(self.html.len(), |end| start + end + "]]>".len())))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let token = if self.at < self.raw_text_end {
            Token::RawText(self.at..self.raw_text_end)
        } else if let Some(token) = self.next.take() {
            token
        } else if self.at < self.html.len() {
            let found = self.next_markup();
            let end = found.as_ref().map_or(self.html.len(), |token| token.span().start);
            if end == self.at {
                found?
            } else {
                // Found once and kept: to look for it again would read each tag twice.
                self.next = found;
                Token::Text(self.at..end)
            }
        } else {
            return None;
        };
        // The standard has the parser of elements say this to the tokenizer. It knows more, such as that a paragraph ends
        // a drawing; what is counted here is right for elements that are closed.
        match &token {
            Token::Markup(Markup::StartTag(tag)) if matches!(&*tag.name, "svg" | "math") => {
                self.foreign += usize::from(!tag.is_self_closing);
            }
            Token::Markup(Markup::StartTag(tag)) if self.foreign == 0 => {
                self.raw_text_end = tag.raw_text().map_or(0, |content| content.end);
            }
            Token::Markup(Markup::EndTag(tag)) if matches!(&*tag.name, "svg" | "math") => {
                self.foreign = self.foreign.saturating_sub(1);
            }
            _ => {}
        }
        self.at = token.span().end;
        Some(token)
    }
}

/// The places of all `<` from one on.
fn brackets(html: &str, from: usize) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'<', html.as_bytes().get(from..).unwrap_or_default()).map(move |offset| from + offset)
}

/// The first tag or comment from a place on.
#[must_use]
pub fn next_markup(html: &str, from: usize) -> Option<Markup<'_>> {
    brackets(html, from).find_map(|at| markup_at(html, at))
}

/// The tag or comment that begins at a place; `None` where the `<` there is only a sign, or there is none.
#[must_use]
pub fn markup_at(html: &str, at: usize) -> Option<Markup<'_>> {
    let rest = html.part(at..).strip_prefix('<')?;
    let is_name = |name: &str| name.starts_with(|first: char| first.is_ascii_alphabetic());
    if let Some(comment) = rest.strip_prefix("!--") {
        let body = at + "<!--".len();
        let end = comment_end(comment).map(|length| body + length);
        return Some(end.map_or(Markup::UnclosedComment(at..html.len()), |end| Markup::Comment(at..end)));
    }
    match rest.strip_prefix('/') {
        Some(name) if is_name(name) => Some(tag(html, at, at + "</".len())),
        // `</` at the end of all is text, and nobody sees the rest of `</>` and `</ b>`.
        Some(name) if !name.is_empty() => Some(declaration(html, at)),
        None if is_name(rest) => Some(tag(html, at, at + "<".len())),
        None if rest.starts_with(['!', '?']) => Some(declaration(html, at)),
        _ => None,
    }
}

/// The length of a comment behind its `<!--`. `<!-->` and `<!--->` are whole comments as well.
fn comment_end(body: &str) -> Option<usize> {
    // The dashes that open the comment close these.
    if let Some(short) = [">", "->"].into_iter().find(|short| body.starts_with(short)) {
        return Some(short.len());
    }
    let closes = |at: &usize| ["--", "--!"].iter().any(|mark| body.part(..*at).ends_with(mark));
    // From `>` to `>`, since looking for the rare `--!>` first would go through the whole page for every comment.
    memchr::memchr_iter(b'>', body.as_bytes()).find(closes).map(|at| at + ">".len())
}

/// A declaration, or what is read like one. Unlike in a tag, quotes in it hide no `>`.
fn declaration(html: &str, at: usize) -> Markup<'_> {
    match html.part(at..).find('>') {
        Some(length) => Markup::Comment(at..at + length + ">".len()),
        None => Markup::UnclosedTag(at..html.len()),
    }
}

#[cfg(test)]
mod tests;

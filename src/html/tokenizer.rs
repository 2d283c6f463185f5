//! HTML as tokens, read as the HTML standard reads it (<https://html.spec.whatwg.org/#tokenization>), without copies.
//!
//! Whoever reads HTML reads it here: what authors write into Markdown, pages of our own, files that lie beside pages,
//! pages of other sites. The crates for this copy each token, decode every value and drop what is never closed; here
//! a value is needed as it was written and at its place, and what is never closed is a finding.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::Part as _;

/// Elements whose content is text, whatever it looks like. `noscript` is none of them, though browsers that run scripts
/// read it so: what it leads to and loads is published for the others.
const RAW_TEXT: [&str; 9] =
    ["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"];

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

/// The start of an element.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StartTag<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
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

impl<'a> StartTag<'a> {
    /// The name in the case that its author chose.
    #[must_use]
    pub fn written_name(&self) -> &'a str {
        let start = self.span.start + "<".len();
        self.html.part(start..start + self.name.len())
    }

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
        let is_raw = RAW_TEXT.contains(&&*self.name);
        is_raw.then(|| self.span.end..raw_text_end(self.html, self.span.end, &self.name))
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
                self.next = found;
                Token::Text(self.at..end)
            }
        } else {
            return None;
        };
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
    let cursor = TagCursor { html, at: at + "<".len() };
    match rest.strip_prefix('/') {
        Some(name) if is_name(name) => Some(tag(html, at, TagCursor { at: cursor.at + "/".len(), ..cursor })),
        // `</` at the end of all is text, and nobody sees the rest of `</>` and `</ b>`.
        Some(name) if !name.is_empty() => Some(declaration(html, at)),
        None if is_name(rest) => Some(tag(html, at, cursor)),
        None if rest.starts_with(['!', '?']) => Some(declaration(html, at)),
        _ => None,
    }
}

/// The length of a comment behind its `<!--`. `<!-->` and `<!--->` are whole comments.
fn comment_end(body: &str) -> Option<usize> {
    if let Some(short) = [">", "->"].into_iter().find(|short| body.starts_with(short)) {
        return Some(short.len());
    }
    let closes = |at: &usize| ["--", "--!"].iter().any(|mark| body.part(..*at).ends_with(mark));
    // From `>` to `>`, since looking for the rare `--!>` first would go through the whole page for every comment.
    memchr::memchr_iter(b'>', body.as_bytes()).find(closes).map(|at| at + ">".len())
}

/// A declaration, or what is read like one: quotes in it hide no `>`.
fn declaration(html: &str, at: usize) -> Markup<'_> {
    match html.part(at..).find('>') {
        Some(length) => Markup::Comment(at..at + length + ">".len()),
        None => Markup::UnclosedTag(at..html.len()),
    }
}

/// The tag at a place whose name begins at the cursor.
fn tag<'a>(html: &'a str, at: usize, mut cursor: TagCursor<'a>) -> Markup<'a> {
    let start = cursor.at;
    cursor.skip_to(ends_name);
    let name = lower_case(html.part(start..cursor.at));
    let Some(is_self_closing) = cursor.skip_attributes() else { return Markup::UnclosedTag(at..html.len()) };
    let span = at..cursor.at;
    // An end tag may carry attributes: nobody reads them, but a quote in them hides a `>` all the same.
    if start > at + "<".len() {
        Markup::EndTag(EndTag { name, span })
    } else {
        Markup::StartTag(StartTag { name, span, is_self_closing, html })
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
            self.at = name.end;
            return Some(TagPart::Attribute { value: name.end..name.end, end: name.end, name });
        }
        self.at += 1;
        self.skip_to(|byte| !is_space(byte));
        let quote = self.peek()?;
        if !matches!(quote, b'"' | b'\'') {
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
fn ends_name(byte: u8) -> bool {
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

/// Where the content ends of an element that holds text alone: at its end tag, or with the input.
fn raw_text_end(html: &str, from: usize, name: &str) -> usize {
    match name {
        // It has no end tag: a page from before there was `<pre>` ended so.
        "plaintext" => return html.len(),
        "script" => return script_end(html, from),
        _ => {}
    }
    brackets(html, from).find(|at| is_tag_of(html.part(at + 1..), "/", name)).unwrap_or(html.len())
}

/// Where a script ends. One that is hidden from old browsers, `<!-- … -->`, may write a whole `<script>` element: the
/// end tag of that one ends nothing.
fn script_end(html: &str, from: usize) -> usize {
    let (mut is_hidden, mut is_inner) = (false, false);
    let places = memchr::memchr2_iter(b'<', b'>', html.as_bytes().get(from..).unwrap_or_default());
    let mut hidden_from = from;
    for at in places.map(|offset| from + offset) {
        let rest = html.part(at + 1..);
        if html.part(at..).starts_with('>') {
            if is_hidden && html.part(hidden_from..at).ends_with("--") {
                (is_hidden, is_inner) = (false, false);
            }
        } else if is_tag_of(rest, "/", "script") {
            if !is_inner {
                return at;
            }
            is_inner = false;
        } else if is_hidden {
            is_inner |= is_tag_of(rest, "", "script");
        } else if rest.starts_with("!--") {
            is_hidden = true;
            // Its own dashes may be those of its end: `<!-->` hides nothing.
            hidden_from = at + "<!".len();
        }
    }
    html.len()
}

/// Whether what follows a `<` is a tag of this element, behind a slash or not.
fn is_tag_of(rest: &str, slash: &str, name: &str) -> bool {
    let Some((own, behind)) = rest.strip_prefix(slash).and_then(|rest| rest.split_at_checked(name.len())) else {
        return false;
    };
    own.eq_ignore_ascii_case(name) && behind.bytes().next().is_some_and(ends_name)
}

#[cfg(test)]
mod tests;

//! A text as Markdown again, for somebody else's files: with what it includes, and blanks that can be filled.
//! In: a text, and where its links are to lead now. Out: pieces of Markdown with the blanks between them.
//! Never knows: where links lead, what blanks are filled with.

use std::borrow::Cow;
use std::ops::Range;

use super::blank::{next_sealed, shown};
use super::compile::{Prepared, prepare, read};
use super::verbatim::{Kind, Verbatim};
use super::{Document, Options, World};
use crate::diagnostic::Findings;
use crate::text::{Origin, Span};

/// A text that can be written again.
#[derive(Clone, Debug, Default)]
pub struct Manuscript {
    /// With what it includes and the values of variables, names that are filled in later sealed.
    text: String,
    /// Where the destination of each link stands in the text, in the order of [`Document::links`].
    pub links: Vec<Range<usize>>,
    /// Stretches that are nothing outside the site: its own parts.
    pub parts: Vec<Range<usize>>,
    /// Sorted by place.
    blanks: Vec<(Range<usize>, Filling)>,
}

#[derive(Clone, Debug)]
enum Filling {
    Blank { name: String, written: String },
    Value(String),
}

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece<'m> {
    /// Markdown.
    Text(Cow<'m, str>),
    /// A place to be filled in.
    Blank {
        /// Of what is wanted.
        name: &'m str,
        /// What stands there until then.
        written: &'m str,
    },
}

impl Manuscript {
    /// Takes a text apart; the document has its places in the manuscript.
    pub fn new(text: &str, body: Span, options: &Options, world: &dyn World) -> (Self, Document) {
        let Prepared { text, .. } = prepare(text, body, (world, options), &mut Findings::new());
        let place = Span::new(body.source, 0..text.len());
        let document = read(&text, &Origin::identity(place), options, world).value;
        let links = document.links.iter().map(|link| link.span.range()).collect();
        let blanks = blanks(&text, options, world);
        (Self { text: text.into_owned(), links, parts: Vec::new(), blanks }, document)
    }

    /// Whether there is anything to fill in.
    #[must_use]
    pub fn has_blanks(&self) -> bool {
        self.blanks.iter().any(|(_, filling)| matches!(filling, Filling::Blank { .. }))
    }

    /// The text in pieces, each link whose new address is given leading there.
    pub fn pieces(&self, address: impl Fn(usize) -> Option<String>) -> Vec<Piece<'_>> {
        let links = self.links.iter().enumerate().filter(|(_, range)| !range.is_empty());
        let links = links.filter_map(|(index, range)| Some((range.clone(), Piece::Text(address(index)?.into()))));
        let parts = self.parts.iter().map(|range| (range.clone(), Piece::Text("".into())));
        let blanks = self.blanks.iter().map(|(range, filling)| (range.clone(), filling.piece()));
        let mut edits: Vec<(Range<usize>, Piece<'_>)> = parts.chain(links).chain(blanks).collect();
        // Of two edits at one place the first holds: a link is written whole, with the blanks in its address.
        edits.sort_by_key(|(range, _)| range.start);
        let mut pieces = Vec::new();
        let mut done = 0;
        for (range, piece) in edits {
            if range.start < done {
                continue;
            }
            pieces.push(Piece::Text(Cow::Borrowed(&self.text[done..range.start])));
            pieces.push(piece);
            done = range.end;
        }
        pieces.push(Piece::Text(Cow::Borrowed(&self.text[done..])));
        pieces
    }
}

impl Filling {
    fn piece(&self) -> Piece<'_> {
        match self {
            Self::Blank { name, written } => Piece::Blank { name, written },
            Self::Value(value) => Piece::Text(Cow::Borrowed(value)),
        }
    }
}

/// The blanks of a text: sealed names anywhere, and literal words outside comments and code in prose. A block of code
/// may be a letter to send.
fn blanks(text: &str, options: &Options, world: &dyn World) -> Vec<(Range<usize>, Filling)> {
    let mut list = Vec::new();
    let mut at = 0;
    while let Some((range, name)) = next_sealed(text, at) {
        at = range.end;
        list.push((range, Filling::Blank { name: name.to_owned(), written: shown(name) }));
    }
    let literals = world.blanks().literals();
    if literals.iter().any(|(word, _)| text.contains(word)) {
        let verbatim = Verbatim::of(text, options);
        let mut done = 0;
        for (at, _) in text.char_indices() {
            let found = literals.iter().find(|(literal, _)| at >= done && text[at..].starts_with(literal));
            let Some((literal, name)) = found else { continue };
            done = at + literal.len();
            if matches!(verbatim.at(at), Some(Kind::Comment | Kind::CodeSpan)) || is_link(text, at, done) {
                continue;
            }
            let filling = match world.variable(name) {
                Some(value) => Filling::Value(value),
                None => Filling::Blank { name: (*name).to_owned(), written: (*literal).to_owned() },
            };
            list.push((at..done, filling));
        }
        list.sort_by_key(|(range, _)| range.start);
    }
    list
}

/// Whether words in brackets are a link's, or define one.
fn is_link(text: &str, start: usize, end: usize) -> bool {
    let is_first = text[..start].trim_end_matches(' ').ends_with('\n') || start == 0;
    text[..end].ends_with(']') && (text[end..].starts_with(['(', '[']) || (is_first && text[end..].starts_with(':')))
}

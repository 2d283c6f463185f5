//! Quotes that open with the kind of callout they are: `> [!NOTE]`, `> [!tip]- Ask early`.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::writer::Writer;
use crate::markdown::desugar::block::Fold;
use crate::source::Part as _;

/// The first line of a quote that says what it is.
pub(super) struct AlertLine<'t> {
    /// As written.
    pub kind: &'t str,
    /// Where the kind is in the text.
    pub at: usize,
    /// Whether it can be folded, and how it starts out.
    pub fold: Option<Fold>,
    /// One past the mark; the title follows.
    pub end: usize,
}

impl<'t> AlertLine<'t> {
    /// The opening of the quote whose start was just read, when its first paragraph has one that the parser does not
    /// know: GitHub's are the parser's own.
    pub(super) fn of_quote(writer: &Writer<'t>) -> Option<Self> {
        let [(Event::Start(Tag::Paragraph), paragraph), (Event::Text(_), first), ..] = writer.rest() else {
            return None;
        };
        // Emphasis in front of it, `**[!tip]**`, makes a text of it.
        (first.start == paragraph.start).then(|| Self::read(writer.text(), first.start))?
    }

    /// Reads the mark at the start of a paragraph, as Obsidian and pymdownx write it: with any kind, a sign for folding,
    /// and a title.
    fn read(text: &'t str, at: usize) -> Option<Self> {
        let (kind, rest) = text.part(at..).strip_prefix("[!")?.split_once(']')?;
        // `[!!]` and `[! note]` are texts.
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if !kind.starts_with(|c: char| c.is_ascii_alphabetic()) || !kind.chars().all(is_word) {
            return None;
        }
        let fold = match rest.chars().next() {
            Some('-') => Some(Fold::Closed),
            Some('+') => Some(Fold::Open),
            _ => None,
        };
        let rest = rest.part(usize::from(fold.is_some())..);
        // `[!tip](a.md)` is a link, so whitespace must follow.
        let end = text.len() - rest.trim_start_matches([' ', '\t']).len();
        (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(Self {
            kind,
            at: at + "[!".len(),
            fold,
            end,
        })
    }
}

/// Whether an event ends the line that a quote opens with.
pub(super) fn is_title_end(event: &Event<'_>) -> bool {
    matches!(event, Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph))
}

/// What GitHub's alerts are drawn as, and their kind.
pub(super) fn alert_kind(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "note"),
        BlockQuoteKind::Tip => ("tip", "tip"),
        BlockQuoteKind::Important => ("info", "important"),
        BlockQuoteKind::Warning => ("warning", "warning"),
        BlockQuoteKind::Caution => ("danger", "caution"),
    }
}

/// Whether a word is one of GitHub's, as it is written there: `NOTE`.
pub(super) fn is_githubs(word: &str) -> bool {
    use BlockQuoteKind::{Caution, Important, Note, Tip, Warning};
    [Note, Tip, Important, Warning, Caution].into_iter().any(|kind| alert_kind(kind).1.to_uppercase() == word)
}

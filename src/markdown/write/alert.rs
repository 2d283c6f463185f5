//! Quotes that open with the kind of callout they are: `> [!NOTE]`, `> [!tip]- Ask early`.
//! In: a quote as it starts. Out: its kind, how it folds, and its title, as far as it says so.
//! Never knows: blocks that were rewritten into quotes.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::output::HtmlOutput;
use super::writer::Writer;
use crate::markdown::desugar::block::Fold;

/// The first line of a quote that says what it is.
pub(super) struct AlertLine<'t> {
    /// As written.
    pub kind: &'t str,
    /// Whether it can be folded, and how it starts out.
    pub fold: Option<Fold>,
    /// One past the mark; the title follows.
    pub end: usize,
}

impl<'t> AlertLine<'t> {
    /// Reads the mark at the start of a paragraph, as Obsidian and pymdownx write it: with any kind, a sign for folding,
    /// and a title.
    fn read(text: &'t str, at: usize) -> Option<Self> {
        let (kind, rest) = text[at..].strip_prefix("[!")?.split_once(']')?;
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if !kind.starts_with(|c: char| c.is_ascii_alphabetic()) || !kind.chars().all(is_word) {
            return None;
        }
        let fold = match rest.chars().next() {
            Some('-') => Some(Fold::Closed),
            Some('+') => Some(Fold::Open),
            _ => None,
        };
        let rest = &rest[usize::from(fold.is_some())..];
        let end = text.len() - rest.trim_start_matches([' ', '\t']).len();
        (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(Self { kind, fold, end })
    }
}

impl<'a> Writer<'a> {
    /// The opening of the quote whose start was just read, when its first paragraph has one that the parser does not
    /// know: GitHub's are the parser's own.
    pub(super) fn quote_opening(&self) -> Option<AlertLine<'a>> {
        let (Event::Start(Tag::Paragraph), paragraph) = self.input.events.get(self.at)? else { return None };
        let (Event::Text(_), first) = self.input.events.get(self.at + 1)? else { return None };
        (first.start == paragraph.start).then(|| AlertLine::read(self.input.text, first.start))?
    }

    /// Takes the title of a callout out of its first paragraph, which goes on with what is left of it; returns the title
    /// as HTML and as plain text.
    pub(super) fn quote_title(&mut self, opening: &AlertLine<'_>) -> (HtmlOutput, String) {
        let paragraph = self.at;
        let is_end =
            |event: &Event<'_>| matches!(event, Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph));
        let rest = &self.input.events[paragraph..];
        let end = paragraph + rest.iter().position(|(event, _)| is_end(event)).unwrap_or(rest.len());
        self.skip = opening.end;
        self.put_aside();
        let heard = self.plain.start();
        self.at += 1;
        while let Some((event, range)) = self.input.events[..end].get(self.at) {
            self.at += 1;
            self.event(event, range);
        }
        self.close_marks();
        let plain = self.plain.since(heard).trim().to_owned();
        self.plain.end();
        let title = self.take_up();
        self.at = end + 1;
        (title, plain)
    }
}

/// Class and kind of GitHub's alerts.
pub(super) fn alert_kind(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("callout-note", "note"),
        BlockQuoteKind::Tip => ("callout-tip", "tip"),
        BlockQuoteKind::Important => ("callout-info important", "important"),
        BlockQuoteKind::Warning => ("callout-warning", "warning"),
        BlockQuoteKind::Caution => ("callout-danger caution", "caution"),
    }
}

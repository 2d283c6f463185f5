//! What every construct writes with: the events, the HTML so far, and the document that comes of them.
//!
//! It knows no construct. Each construct keeps its own state in its own file and is handed this; who comes when is for
//! `dispatch` to say.

use std::ops::Range;

use pulldown_cmark::Event;

use super::ids::{DUPLICATE_ID, Ids};
use super::input::Input;
use super::output::HtmlOutput;
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed, Rule};
use crate::markdown::document::{Document, Element, HoleContent, Link, LinkKind};
use crate::markdown::parse::SpannedEvent;
use crate::markdown::plain::Plain;
use crate::source::{Located, Span};
use crate::url::Anchor;

/// Something around the current place that changes how the text in it is written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Enclosing {
    /// The content of an image is its `alt`, not markup.
    Image,
    Link,
    /// `<a>` in raw HTML.
    Anchor,
    Heading,
    Cell,
}

/// How many of each are open: a list would be searched again for every text inside a thousand nested `<a>`.
#[derive(Default)]
struct EnclosingCounts {
    images: usize,
    links: usize,
    anchors: usize,
    headings: usize,
    cells: usize,
}

impl EnclosingCounts {
    fn of(&mut self, enclosing: Enclosing) -> &mut usize {
        match enclosing {
            Enclosing::Image => &mut self.images,
            Enclosing::Link => &mut self.links,
            Enclosing::Anchor => &mut self.anchors,
            Enclosing::Heading => &mut self.headings,
            Enclosing::Cell => &mut self.cells,
        }
    }
}

pub(crate) struct Writer<'a> {
    input: Input<'a>,
    /// Position of the next event.
    at: usize,
    out: HtmlOutput,
    /// Outputs put aside while something inside them is written that needs to be known whole.
    aside: Vec<HtmlOutput>,
    /// Outputs that are empty again: their memory serves the next one.
    spare: Vec<HtmlOutput>,
    document: Document,
    diagnostics: Diagnostics,
    plain: Plain,
    ids: Ids,
    around: EnclosingCounts,
    /// Text up to here is written already: it was an attribute list.
    skipped: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(input: Input<'a>) -> Self {
        let mut out = HtmlOutput::default();
        // HTML of prose is about half as long again as its Markdown.
        out.html.reserve(input.text.len() + input.text.len() / 2);
        Self {
            input,
            at: 0,
            out,
            aside: Vec::new(),
            spare: Vec::new(),
            document: Document::default(),
            diagnostics: Diagnostics::new(),
            plain: Plain::default(),
            ids: Ids::of(&input),
            around: EnclosingCounts::default(),
            skipped: 0,
        }
    }

    /// Everything that was written.
    pub(crate) fn finish(mut self) -> Parsed<Document> {
        self.document.needs.icons.sort();
        self.document.needs.icons.dedup();
        let document = Document { html: self.out.html, holes: self.out.holes, ..self.document };
        Parsed { value: document, found: self.diagnostics }
    }
}

/// The text and its events.
impl<'a> Writer<'a> {
    pub(crate) fn input(&self) -> &Input<'a> {
        &self.input
    }

    pub(crate) fn text(&self) -> &'a str {
        self.input.text
    }

    /// The place in the source of a range of the parsed text.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        self.input.source_map.span(range)
    }

    pub(crate) fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        self.input.trimmed(range)
    }

    /// Goes on to the next event.
    pub(crate) fn advance(&mut self) -> Option<&'a SpannedEvent<'a>> {
        let event = self.input.events.get(self.at)?;
        self.at += 1;
        Some(event)
    }

    /// Position of the next event.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Goes on at another event.
    pub(crate) fn go_to(&mut self, position: usize) {
        self.at = position;
    }

    pub(crate) fn event_at(&self, position: usize) -> Option<&'a SpannedEvent<'a>> {
        self.input.events.get(position)
    }

    /// The event `ahead` of the next one.
    pub(crate) fn peek(&self, ahead: usize) -> Option<&'a Event<'a>> {
        self.event_at(self.at + ahead).map(|(event, _)| event)
    }

    /// The event before the one that is being written.
    pub(crate) fn event_before(&self) -> Option<&'a SpannedEvent<'a>> {
        self.event_at(self.at.checked_sub(2)?)
    }

    /// The events from the next one on.
    pub(crate) fn rest(&self) -> &'a [SpannedEvent<'a>] {
        self.input.events.get(self.at..).unwrap_or_default()
    }

    /// The events from `first` on inside the block which ends now.
    pub(crate) fn inside(&self, first: usize) -> &'a [SpannedEvent<'a>] {
        self.input.events.get(first..self.at.saturating_sub(1)).unwrap_or_default()
    }

    /// Up to where the text is written already.
    pub(crate) fn skipped(&self) -> usize {
        self.skipped
    }

    /// Leaves out the text up to a place.
    pub(crate) fn skip_to(&mut self, place: usize) {
        self.skipped = place;
    }

    pub(crate) fn enter(&mut self, enclosing: Enclosing) {
        *self.around.of(enclosing) += 1;
    }

    pub(crate) fn leave(&mut self, enclosing: Enclosing) {
        let count = self.around.of(enclosing);
        *count = count.saturating_sub(1);
    }

    pub(crate) fn is_in(&self, enclosing: Enclosing) -> bool {
        let around = &self.around;
        let count = match enclosing {
            Enclosing::Image => around.images,
            Enclosing::Link => around.links,
            Enclosing::Anchor => around.anchors,
            Enclosing::Heading => around.headings,
            Enclosing::Cell => around.cells,
        };
        count > 0
    }
}

/// HTML.
impl Writer<'_> {
    /// The HTML that is being written, where more is wanted than to add to its end.
    pub(crate) fn out(&mut self) -> &mut HtmlOutput {
        &mut self.out
    }

    /// Where the next HTML goes.
    pub(crate) fn end(&self) -> usize {
        self.out.html.len()
    }

    /// The HTML since a place.
    pub(crate) fn html_since(&self, at: usize) -> &str {
        self.out.html.get(at..).unwrap_or_default()
    }

    pub(crate) fn raw(&mut self, markup: &str) {
        self.out.raw(markup);
    }

    pub(crate) fn write_escaped(&mut self, text: &str) {
        self.out.text(text);
    }

    pub(crate) fn attribute(&mut self, name: &str, value: &str) {
        self.out.attribute(name, value);
    }

    pub(crate) fn hole(&mut self, content: HoleContent) {
        self.out.hole(content);
    }

    pub(crate) fn fresh_line(&mut self) {
        self.out.fresh_line();
    }

    pub(crate) fn open_line(&mut self, markup: &str) {
        self.fresh_line();
        self.raw(markup);
    }

    /// Writes markup that no `alt` text has room for.
    pub(crate) fn markup(&mut self, markup: &str) {
        if !self.is_in(Enclosing::Image) {
            self.raw(markup);
        }
    }

    /// Writes text that readers see.
    pub(crate) fn write_text(&mut self, text: &str, range: &Range<usize>) {
        if !self.is_in(Enclosing::Image) {
            self.write_escaped(text);
        }
        self.gather_text(text, range);
    }

    /// Takes note of text that readers see, without writing it.
    pub(crate) fn gather_text(&mut self, text: &str, range: &Range<usize>) {
        self.plain.push(text, range);
    }

    /// The plain text that is being gathered.
    pub(crate) fn plain(&mut self) -> &mut Plain {
        &mut self.plain
    }

    /// Ends a gathering of plain text that began at `start`; returns what `read` makes of it.
    pub(crate) fn gathered<T>(&mut self, start: usize, read: impl FnOnce(&str) -> T) -> T {
        let value = read(self.plain.since(start));
        self.plain.end();
        value
    }

    /// Puts the output aside and starts an empty one.
    pub(crate) fn start_nested(&mut self) {
        // Headings and table heads are put aside by the thousand; their memory is used again.
        let empty = self.spare.pop().unwrap_or_default();
        self.aside.push(std::mem::replace(&mut self.out, empty));
    }

    /// Ends the current output and returns to the one put aside.
    pub(crate) fn end_nested(&mut self) -> HtmlOutput {
        let outer = self.aside.pop().unwrap_or_default();
        std::mem::replace(&mut self.out, outer)
    }

    /// Adds what was written aside.
    pub(crate) fn append(&mut self, mut written: HtmlOutput) {
        self.out.append(&written);
        written.html.clear();
        written.holes.clear();
        self.spare.push(written);
    }
}

/// The document.
impl Writer<'_> {
    pub(crate) fn document(&mut self) -> &mut Document {
        &mut self.document
    }

    /// How many headings came so far.
    pub(crate) fn heading_count(&self) -> usize {
        self.document.headings.len()
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What was reported of a rule, the last first.
    pub(crate) fn reported(&self, rule: &'static Rule) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().rev().filter(move |diagnostic| diagnostic.rule == rule)
    }

    /// Adds a link whose text and exact place are not known yet; returns its position.
    pub(crate) fn add_link(&mut self, kind: LinkKind, destination: String, range: &Range<usize>) -> u32 {
        let whole = self.span(range.clone());
        let index = position(self.document.links.len());
        self.document.links.push(Link { kind, destination, span: whole, whole, text: String::new(), width: None });
        index
    }

    pub(crate) fn link_count(&self) -> u32 {
        position(self.document.links.len())
    }

    pub(crate) fn link(&mut self, index: u32) -> Option<&mut Link> {
        self.document.links.get_mut(index as usize)
    }

    pub(crate) fn element(&mut self, index: u32) -> Option<&mut Element> {
        self.document.elements.get_mut(index as usize)
    }

    /// Takes an id that an author gave, which must be the only one of its name.
    pub(crate) fn claim_id(&mut self, id: &str, span: Span) {
        if let Some(first) = self.ids.claim(id, span) {
            let message = format!("the id `{id}` is used twice on this page");
            let help = "links go to the first one: rename one of them";
            self.report(DUPLICATE_ID.at(span, message).help(help).related(first, "first used here"));
        }
    }

    /// Makes the id of a heading from its text.
    pub(crate) fn make_id(&mut self, text: &str) -> String {
        self.ids.make(self.input.options.heading_ids, text)
    }

    /// Takes an id of something that is no heading.
    pub(crate) fn claim_anchor(&mut self, id: &str, span: Span) {
        self.claim_id(id, span);
        self.add_anchor(id, span);
    }

    pub(crate) fn add_anchor(&mut self, id: &str, span: Span) {
        self.document.anchors.push(Located::new(Anchor::new(id), span));
    }
}

/// A position as holes and cells keep it.
pub(crate) fn position(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

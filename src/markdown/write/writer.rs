//! Events to HTML.
//! In: the parser's events with their places, and the table of rewritten blocks. Out: a `Document` and what was
//! found on the way.
//! Never knows: other texts, or how the text was rewritten before it was parsed.
//!
//! The writer is one struct; each construct has its methods in a file of its own.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::aside::Quotes;
use super::code::block::CodeAnnotations;
use super::definition::Definitions;
use super::footnote::Footnotes;
use super::heading::{HeadingLevels, OpenHeading};
use super::ids::Ids;
use super::link::OpenLink;
use super::mark::{OpenMarks, strikethrough};
use super::math::MathStyle;
use super::output::HtmlOutput;
use super::slot::{Slots, took_attributes};
use super::table::OpenTable;
use crate::diagnostic::{Diagnostics, Parsed};
use crate::markdown::Options;
use crate::markdown::desugar::abbreviation::Abbreviations;
use crate::markdown::desugar::rewritten::Block;
use crate::markdown::document::Document;
use crate::markdown::plain::Plain;
use crate::markdown::raw_html::element::Elements;
use crate::markdown::raw_html::pseudo_tag::EndTags;
use crate::source::{SourceMap, Span};

/// An event and where its text stands.
pub(crate) type Spotted<'a> = (Event<'a>, Range<usize>);

/// What the writer works on.
#[derive(Copy, Clone)]
pub(crate) struct Input<'a> {
    /// The text that was parsed.
    pub text: &'a str,
    /// Where it came from.
    pub origin: &'a SourceMap,
    pub events: &'a [Spotted<'a>],
    pub options: &'a Options,
    /// The blocks that quotes may be.
    pub blocks: &'a [Block],
    pub abbreviations: &'a Abbreviations,
    /// What stood before fences that are inside quotes now: see [`Desugared::margins`](crate::markdown::desugar::rewritten::Desugared).
    pub margins: &'a [(usize, String)],
}

pub(crate) struct Writer<'a> {
    pub input: Input<'a>,
    /// Position of the next event.
    pub at: usize,
    pub out: HtmlOutput,
    /// Outputs put aside while something inside them is written that needs to be known whole.
    pub aside: Vec<HtmlOutput>,
    /// Outputs that are empty again: their memory serves the next one.
    spare: Vec<HtmlOutput>,
    pub document: Document,
    pub found: Diagnostics,
    pub plain: Plain,
    pub ids: Ids,
    pub quotes: Quotes<'a>,
    pub headings: Vec<OpenHeading>,
    /// The headings that the next one stands below.
    pub outline: HeadingLevels,
    pub links: Vec<OpenLink<'a>>,
    pub definitions: Definitions<'a>,
    pub abbreviations: &'a Abbreviations,
    pub marks: OpenMarks,
    /// Where the contents of open emphasis start in the HTML.
    pub emphasis: Vec<usize>,
    pub annotations: CodeAnnotations,
    pub slots: Slots,
    /// Columns of the markers of open items, kept only for who compares.
    pub item_columns: Vec<usize>,
    pub tables: Vec<OpenTable>,
    pub footnotes: Footnotes<'a>,
    pub elements: Elements,
    pub end_tags: EndTags,
    /// Quotes, items and definitions around the current place.
    pub depth: usize,
    /// Images around the current place: their content is their `alt`, not markup.
    pub images: usize,
    /// Whether the label of a task is open.
    pub task_label: bool,
    /// Text up to here is written already: it was an attribute list.
    pub skip: usize,
    /// Asides that were not understood, and whose ends are still to come.
    pub leaked_asides: usize,
    /// Text up to here belongs to something that was not understood and is reported.
    pub leaked_until: usize,
    /// Whether a formula was reported that this site does not draw.
    pub leaked_formula: bool,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(input: Input<'a>, definitions: Definitions<'a>) -> Self {
        let mut out = HtmlOutput::default();
        out.html.reserve(input.text.len() + input.text.len() / 2);
        Self {
            input,
            at: 0,
            out,
            aside: Vec::new(),
            spare: Vec::new(),
            document: Document::default(),
            found: Diagnostics::new(),
            plain: Plain::default(),
            ids: Ids::of(&input),
            quotes: Quotes::new(input.blocks),
            headings: Vec::new(),
            outline: HeadingLevels::default(),
            links: Vec::new(),
            definitions,
            abbreviations: input.abbreviations,
            marks: OpenMarks::default(),
            emphasis: Vec::new(),
            annotations: CodeAnnotations::default(),
            slots: Slots::default(),
            item_columns: Vec::new(),
            tables: Vec::new(),
            footnotes: Footnotes::default(),
            elements: Elements::default(),
            end_tags: EndTags::default(),
            depth: 0,
            images: 0,
            task_label: false,
            skip: 0,
            leaked_asides: 0,
            leaked_until: 0,
            leaked_formula: false,
        }
    }

    /// Writes everything.
    pub(crate) fn run(mut self) -> Parsed<Document> {
        while let Some((event, range)) = self.input.events.get(self.at) {
            self.at += 1;
            self.event(event, range);
        }
        self.write_footnotes();
        self.close_elements();
        self.report_definitions();
        self.document.needs.icons.sort();
        self.document.needs.icons.dedup();
        Parsed { value: self.document_with_html(), found: self.found }
    }

    fn document_with_html(&mut self) -> Document {
        let out = std::mem::take(&mut self.out);
        Document { html: out.html, holes: out.holes, ..std::mem::take(&mut self.document) }
    }

    /// The place in the source of a range of the parsed text.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        self.input.origin.span(range)
    }

    /// The event `ahead` of the next one.
    pub(crate) fn peek(&self, ahead: usize) -> Option<&'a Event<'a>> {
        self.input.events.get(self.at + ahead).map(|(event, _)| event)
    }

    pub(crate) fn event(&mut self, event: &'a Event<'a>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(text) => self.text_run(text, range),
            Event::Code(code) => self.code_span(code, range),
            Event::Html(html) | Event::InlineHtml(html) => self.inline_html(html, range),
            Event::FootnoteReference(label) => self.footnote_reference(label, range),
            Event::SoftBreak => self.say("\n", range),
            Event::HardBreak => {
                self.markup("<br>");
                self.say("\n", range);
            }
            Event::Rule => {
                self.report_second_front_matter(range);
                self.out.fresh_line();
                self.out.raw("<hr>\n");
            }
            Event::TaskListMarker(done) => {
                let checked = if *done { " checked" } else { "" };
                self.out.raw(&format!("<label><input type=\"checkbox\" disabled{checked}> "));
                self.task_label = true;
            }
            Event::InlineMath(formula) => self.formula(formula, MathStyle::Inline, range),
            Event::DisplayMath(formula) => self.formula(formula, MathStyle::Display, range),
        }
    }

    pub(crate) fn start(&mut self, tag: &'a Tag<'a>, range: &Range<usize>) {
        if is_block(tag) {
            self.enter(tag, range);
            self.end_task_label();
            self.open_slot(tag);
        }
        match tag {
            Tag::Paragraph => {
                self.out.fresh_line();
                self.out.raw("<p>");
            }
            Tag::Heading { id, .. } => self.start_heading(id.as_deref(), range),
            Tag::BlockQuote(alert) => self.start_quote(*alert, range),
            Tag::CodeBlock(kind) => {
                self.code_block(kind, range);
                self.slots.close();
            }
            Tag::HtmlBlock => self.html_block(),
            Tag::List(first) => self.start_list(*first, range),
            Tag::Item => self.start_item(range),
            Tag::FootnoteDefinition(label) => self.start_footnote(label, range),
            Tag::DefinitionList => self.open_line("<dl>\n"),
            Tag::DefinitionListTitle => self.open_line("<dt>"),
            Tag::DefinitionListDefinition => self.open_line("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments, range),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(range),
            Tag::Emphasis => self.start_emphasis("<em>"),
            Tag::Strong => self.start_emphasis("<strong>"),
            Tag::Strikethrough => self.start_emphasis(strikethrough(self.input.text, range).0),
            Tag::Superscript => self.markup("<sup>"),
            Tag::Subscript => self.markup("<sub>"),
            Tag::Link { .. } => self.start_link(tag, range),
            Tag::Image { .. } => self.start_image(tag, range),
            // The parser's option for these is off: front matter never gets here.
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        if !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) {
            self.close_marks();
            self.leave(tag);
        }
        if took_attributes(tag) {
            self.slots.close();
        }
        match tag {
            TagEnd::Paragraph => {
                self.end_task_label();
                if !self.slots.paragraph_is_gone() {
                    self.out.raw("</p>\n");
                }
            }
            TagEnd::Heading(HeadingLevel::H1) if self.title_is_due() => self.end_title(),
            TagEnd::Heading(level) => self.end_heading(level as u8),
            TagEnd::BlockQuote(_) => self.end_quote(),
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
            TagEnd::List(is_numbered) => {
                self.annotations.close_list();
                self.out.raw(if is_numbered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => {
                self.item_columns.pop();
                self.end_task_label();
                self.out.raw("</li>\n");
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.out.raw("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.raw("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.raw("</dd>\n"),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.end_row(range),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => self.end_emphasis("</em>", range),
            TagEnd::Strong => self.end_emphasis("</strong>", range),
            TagEnd::Strikethrough => self.end_emphasis(strikethrough(self.input.text, range).1, range),
            TagEnd::Superscript => self.markup("</sup>"),
            TagEnd::Subscript => self.markup("</sub>"),
            TagEnd::Link => self.end_link(range),
            TagEnd::Image => self.end_image(range),
        }
    }

    pub(super) fn open_line(&mut self, markup: &str) {
        self.out.fresh_line();
        self.out.raw(markup);
    }

    /// Writes markup that no `alt` text has room for.
    pub(crate) fn markup(&mut self, markup: &str) {
        if self.images == 0 {
            self.out.raw(markup);
        }
    }

    /// Writes text that readers see.
    pub(crate) fn say(&mut self, text: &str, range: &Range<usize>) {
        if self.images == 0 {
            self.out.text(text);
        }
        self.hear(text, range);
    }

    /// Takes note of text that readers see, without writing it.
    pub(crate) fn hear(&mut self, text: &str, range: &Range<usize>) {
        self.plain.push(text);
        self.elements.hear(text, range);
    }

    /// Puts the output aside and starts an empty one.
    pub(super) fn put_aside(&mut self) {
        let empty = self.spare.pop().unwrap_or_default();
        self.aside.push(std::mem::replace(&mut self.out, empty));
    }

    /// Adds what was written aside.
    pub(crate) fn append(&mut self, mut written: HtmlOutput) {
        self.out.append(&written);
        written.html.clear();
        written.holes.clear();
        self.spare.push(written);
    }

    /// Ends the current output and returns to the one put aside.
    pub(super) fn take_up(&mut self) -> HtmlOutput {
        let outer = self.aside.pop().unwrap_or_default();
        std::mem::replace(&mut self.out, outer)
    }
}

/// Whether a tag cannot stand in the label of a task.
fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}
